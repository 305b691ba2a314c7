import * as vscode from 'vscode';

export const SECTION = 'gradlens';

/** VS Code's ids of the languages that Gradlens reads. */
const LANGUAGES: readonly string[] = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

/** Every scheme: untitled buffers and virtual file systems are documents like any other. */
export const SELECTOR = LANGUAGES.map((language) => ({ language }));

export function isOurs(document: vscode.TextDocument): boolean {
  return LANGUAGES.includes(document.languageId);
}

/** Whether Gradlens is switched on for a document, or in general. */
export function isEnabled(scope?: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(SECTION, scope ?? null).get('enable', true);
}

export function significantDigits(scope?: vscode.Uri): number {
  const digits: unknown = vscode.workspace.getConfiguration(SECTION, scope ?? null).get('significantDigits');
  return typeof digits === 'number' ? digits : 4;
}

/** Writes a setting where the user already keeps it (folder, workspace), else into the user's own settings. */
export async function updateSetting(key: string, value: unknown, scope?: vscode.Uri): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION, scope ?? null);
  const kept = configuration.inspect(key);
  const target =
    kept?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : kept?.workspaceValue !== undefined
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  await configuration.update(key, value, target);
}
