import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateExtension } from './extension.ts';

/** Desktop and remote: the server is a process of its own, spoken to over Node's IPC. */
export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.node.js');
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009', '--enable-source-maps'] } };
  activateExtension(
    context,
    (options) => new LanguageClient('gradlens', 'Gradlens', { run, debug }, options),
  );
}
