/** The analysis worker in the browser: the second part of a script of which analysis.js is the first. */
import { boot } from './boot.ts';
import type { ToWorker } from './channel.ts';

const receive = boot(
  (message) => self.postMessage(message),
  () => Promise.resolve(),
);
self.addEventListener('message', (event: MessageEvent<ToWorker>) => receive(event.data));
