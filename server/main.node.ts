/** The language server under Node. */
import { startThread } from './worker/thread.node.ts';

// The analysis loads in its thread while this one loads the protocol.
let early: ReturnType<typeof startThread> | undefined = startThread();
const { listen } = await import('./listen.node.ts');
listen(() => {
  const thread = early ?? startThread();
  early = undefined;
  return thread;
});
