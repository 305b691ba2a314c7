/** The analysis worker in the browser. */
import { boot } from './boot.ts';
import type { ToWorker } from './channel.ts';

const receive = boot((message) => self.postMessage(message));
self.addEventListener('message', (event: MessageEvent<ToWorker>) => receive(event.data));
