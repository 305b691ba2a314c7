import * as vscode from 'vscode';
import { isEnabled, SELECTOR } from './configuration.ts';
import type { Server, Status } from './server.ts';

const OFF = { command: 'gradlens.toggle', title: 'Turn Off' };
const ON = { command: 'gradlens.toggle', title: 'Turn On' };
const RESTART = { command: 'gradlens.restartServer', title: 'Restart' };

/** The language status item: the server's state, and the switch that turns everything off. */
export function createStatusItem(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('gradlens.status', SELECTOR);
  item.name = 'Gradlens';
  const update = (status: Status): void => {
    const enabled = isEnabled(vscode.window.activeTextEditor?.document.uri);
    const said = enabled ? describe(status) : describe({ state: 'off', message: '' });
    item.text = said.text;
    item.detail = status.message === '' ? said.detail : status.message;
    item.severity = said.severity;
    item.busy = said.busy;
    item.command = !enabled ? ON : said.severity === vscode.LanguageStatusSeverity.Error ? RESTART : OFF;
  };
  update(server.status);
  return vscode.Disposable.from(
    item,
    server.onDidChangeStatus(update),
    vscode.window.onDidChangeActiveTextEditor(() => update(server.status)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('gradlens.enable')) update(server.status);
    }),
  );
}

interface Said {
  readonly text: string;
  readonly detail: string;
  readonly severity: vscode.LanguageStatusSeverity;
  readonly busy: boolean;
}

function describe(status: Status): Said {
  const { Information, Warning, Error: Failure } = vscode.LanguageStatusSeverity;
  switch (status.state) {
    case 'starting':
      return {
        text: 'Gradlens',
        detail: 'The language server is starting.',
        severity: Information,
        busy: true,
      };
    case 'busy':
      return { text: 'Gradlens', detail: 'Analysing…', severity: Information, busy: true };
    case 'ready':
      return {
        text: '$(symbol-operator) Gradlens',
        detail: 'Derivatives are shown.',
        severity: Information,
        busy: false,
      };
    case 'restarted':
      return {
        text: '$(symbol-operator) Gradlens',
        detail: 'The analysis was started again.',
        severity: Warning,
        busy: false,
      };
    case 'failed':
      return {
        text: '$(error) Gradlens',
        detail: 'The language server does not run.',
        severity: Failure,
        busy: false,
      };
    case 'off':
      return {
        text: '$(circle-slash) Gradlens',
        detail: 'Switched off.',
        severity: Information,
        busy: false,
      };
    case 'stopped':
      return {
        text: '$(symbol-operator) Gradlens',
        detail: 'The language server does not run.',
        severity: Information,
        busy: false,
      };
  }
}
