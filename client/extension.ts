import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { Panels } from './panels/panels.ts';
import { RefusalHover } from './refusal.ts';
import { type CreateClient, Server } from './server.ts';
import { createStatusItem } from './status.ts';

/** What both platforms share: the server's life, the commands, the panel, the status item. */
export function activateExtension(context: vscode.ExtensionContext, create: CreateClient): void {
  const server = new Server(
    create,
    vscode.Uri.joinPath(context.extensionUri, 'docs', 'diagnostics').toString(),
  );
  const panel = new Panels(context, server);
  const refusal = new RefusalHover();
  const settle = (): void => void server.settle();
  context.subscriptions.push(
    server,
    panel,
    refusal,
    createStatusItem(server),
    registerCommands(context, server, panel, refusal),
    vscode.workspace.onDidOpenTextDocument(settle),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('gradlens.enable')) settle();
    }),
  );
  settle();
}
