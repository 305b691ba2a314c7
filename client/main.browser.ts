import { type ExtensionContext, Uri, workspace } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { InitializationOptions } from '../server/protocol/messages.ts';
import { activateExtension } from './extension.ts';

/** The web: the server runs in a worker beside the extension host's own, and the analysis in one of the server's. */
export async function activate(context: ExtensionContext): Promise<void> {
  const [server, worker] = await Promise.all([
    localScript(context, 'server.browser.js'),
    localScript(context, 'analysis.js', 'worker.browser.js'),
  ]);
  let running: Worker | undefined;
  const end = (): void => running?.terminate();
  context.subscriptions.push({ dispose: end });
  activateExtension(context, (options) => {
    const initializationOptions: InitializationOptions = { ...options.initializationOptions, worker };
    // The host's `Worker` makes what is no instance of it, so the client is given the transports.
    const start = (): Promise<{ reader: BrowserMessageReader; writer: BrowserMessageWriter }> => {
      end();
      running = new Worker(server, { name: 'Gradlens' });
      return Promise.resolve({
        reader: new BrowserMessageReader(running),
        writer: new BrowserMessageWriter(running),
      });
    };
    return new LanguageClient('gradlens', 'Gradlens', start, { ...options, initializationOptions });
  });
}

/**
 * Files of ours as one script, at an address that a worker may be started from: where the extension lies may be of
 * another origin, or no http at all.
 */
async function localScript(context: ExtensionContext, ...names: readonly string[]): Promise<string> {
  const read = (name: string) => workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'dist', name));
  const parts = (await Promise.all(names.map(read))).flatMap((bytes) => [bytes as BlobPart, '\n']);
  const address = URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }));
  context.subscriptions.push({ dispose: () => URL.revokeObjectURL(address) });
  return address;
}
