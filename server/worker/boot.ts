/**
 * The analysis is loaded while the client still prepares its first request. Messages that come before it is there
 * are kept.
 */
import type { Files } from '../modules/files.ts';
import type { FromWorker, ToWorker } from './channel.ts';

export interface Receiver {
  receive(message: ToWorker): void;
}

/** Returns what takes the messages from the main thread; `disk` is absent where there is none. */
export function boot(post: (message: FromWorker) => void, disk?: Files): (message: ToWorker) => void {
  const waiting: ToWorker[] = [];
  let session: Receiver | undefined;
  const load = async (): Promise<void> => {
    const { Session } = await import('./session.ts');
    const loaded = new Session(post, disk);
    for (const message of waiting.splice(0)) loaded.receive(message);
    session = loaded;
    post({ kind: 'loaded' });
  };
  void load();
  return (message) => {
    if (session === undefined) waiting.push(message);
    else session.receive(message);
  };
}
