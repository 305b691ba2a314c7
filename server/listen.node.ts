import { createConnection } from 'vscode-languageserver/node';
import { serve } from './serve.ts';
import type { WorkerHandle } from './worker/channel.ts';

/** Serves over what the command line names: --node-ipc, --stdio or --socket. */
export function listen(start: () => WorkerHandle): void {
  serve(createConnection(), { early: true, start });
}
