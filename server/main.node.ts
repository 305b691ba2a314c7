/** The language server under Node, over what the client names on the command line: --node-ipc, --stdio, --socket. */
import { createConnection } from 'vscode-languageserver/node';
import { serve } from './serve.ts';
import { startThread } from './worker/thread.node.ts';

serve(createConnection(), { early: true, start: startThread });
