/** The language server in a Web Worker (vscode.dev); the analysis runs in a worker of its own, which can be ended. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { serve } from './serve.ts';
import { startThread } from './worker/thread.browser.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
serve(connection, { early: false, start: ({ worker }) => startThread(worker) });

declare global {
  /** lib.dom and lib.webworker exclude each other; this is all that is needed of the latter. */
  interface DedicatedWorkerGlobalScope extends Worker {}
}
