/**
 * The analysis is loaded while the client still prepares its first request. Messages that come before it is there
 * are kept.
 */
import type { Files } from '../modules/files.ts';
import type { FromWorker, ToWorker } from './channel.ts';

export interface Receiver {
  receive(message: ToWorker): void;
}

type Post = (message: FromWorker) => void;

/** The global under which the script analysis.js leaves the class of sessions. */
export const SESSION = 'GradlensSession';

/**
 * Returns what takes the messages from the main thread. `load` runs analysis.js; `disk` is absent where there is none.
 */
export function boot(post: Post, load: () => Promise<unknown>, disk?: Files): (message: ToWorker) => void {
  const waiting: ToWorker[] = [];
  let session: Receiver | undefined;
  const start = async (): Promise<void> => {
    await load();
    const scope = globalThis as unknown as { [SESSION]: new (post: Post, disk?: Files) => Receiver };
    const loaded = new scope[SESSION](post, disk);
    for (const message of waiting.splice(0)) loaded.receive(message);
    session = loaded;
    post({ kind: 'loaded' });
  };
  void start();
  return (message) => {
    if (session === undefined) waiting.push(message);
    else session.receive(message);
  };
}
