/**
 * The analysis is loaded when it is first needed: an editor without a document of ours pays nothing for the parser.
 * Messages that come before are kept.
 */
import type { FromWorker, ToWorker } from './channel.ts';

export interface Receiver {
  receive(message: ToWorker): void;
}

/** Returns what takes the messages from the main thread. */
export function boot(post: (message: FromWorker) => void): (message: ToWorker) => void {
  const waiting: ToWorker[] = [];
  let session: Receiver | undefined;
  let loading = false;
  const load = async (): Promise<void> => {
    loading = true;
    const { Session } = await import('./session.ts');
    const loaded = new Session(post);
    for (const message of waiting.splice(0)) loaded.receive(message);
    session = loaded;
    post({ kind: 'loaded' });
  };
  return (message) => {
    if (session !== undefined) {
      session.receive(message);
      return;
    }
    waiting.push(message);
    if (!loading && (message.kind === 'open' || message.kind === 'request')) void load();
  };
}
