import * as vscode from 'vscode';
import { SECTION } from './configuration.ts';

/**
 * A view of the output channel for the client's message trace. The language client writes the trace only while the
 * channel's log level is Trace; this view follows `gradlens.trace.server` instead, so that the setting alone is
 * enough.
 */
export function traceChannel(channel: vscode.LogOutputChannel): {
  readonly channel: vscode.LogOutputChannel;
  readonly dispose: () => void;
} {
  const changed = new vscode.EventEmitter<vscode.LogLevel>();
  const wanted = (): boolean =>
    vscode.workspace.getConfiguration(SECTION).get('trace.server', 'off') !== 'off';
  const level = (): vscode.LogLevel => (wanted() ? vscode.LogLevel.Trace : vscode.LogLevel.Off);
  const listener = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${SECTION}.trace`)) changed.fire(level());
  });
  const view: vscode.LogOutputChannel = {
    name: channel.name,
    get logLevel() {
      return level();
    },
    onDidChangeLogLevel: changed.event,
    trace: (message, ...args) => channel.info(message, ...args),
    debug: (message, ...args) => channel.debug(message, ...args),
    info: (message, ...args) => channel.info(message, ...args),
    warn: (message, ...args) => channel.warn(message, ...args),
    error: (error, ...args) => channel.error(error, ...args),
    append: (value) => channel.append(value),
    appendLine: (value) => channel.appendLine(value),
    replace: (value) => channel.replace(value),
    clear: () => channel.clear(),
    show: () => channel.show(true),
    hide: () => channel.hide(),
    // The channel itself belongs to the extension and outlives every client.
    dispose: () => {},
  };
  return {
    channel: view,
    dispose: () => {
      listener.dispose();
      changed.dispose();
    },
  };
}
