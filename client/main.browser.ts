import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import type { InitializationOptions } from '../server/protocol/messages.ts';
import { activateExtension } from './extension.ts';

/** The web: the server runs in a worker beside the extension host's own. */
export function activate(context: ExtensionContext): void {
  const script = (name: string): string => Uri.joinPath(context.extensionUri, 'dist', name).toString(true);
  activateExtension(context, (options) => {
    const server = (): Promise<Worker> =>
      Promise.resolve(new Worker(script('server.browser.js'), { name: 'Gradlens' }));
    const initializationOptions: InitializationOptions = {
      ...options.initializationOptions,
      worker: script('worker.browser.js'),
    };
    return new LanguageClient('gradlens', 'Gradlens', server, { ...options, initializationOptions });
  });
}
