/** The analysis worker under Node: a thread of the server's process. */
import { parentPort } from 'node:worker_threads';
import { Disk } from '../modules/disk.node.ts';
import { boot } from './boot.ts';

if (parentPort === null) throw new Error('This is started by the language server, as a thread.');
const port = parentPort;
port.on(
  'message',
  boot(
    (message) => port.postMessage(message),
    // Built by itself, since browsers run it too.
    () => import('./analysis.js'),
    new Disk(),
  ),
);
