import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  EXTENSION,
  eventually,
  hoverAt,
  lensTitles,
  open,
  positionOf,
  TUTORIAL,
  withSetting,
} from './support.ts';

describe('the extension', () => {
  afterEach(closeAll);

  it('activates when a TypeScript document opens', async () => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension, 'not installed');
    await open(TUTORIAL);
    await eventually(
      () => extension.isActive,
      (active) => assert.equal(active, true),
    );
  });

  it('registers every command of its manifest, and no other', async () => {
    const manifest = vscode.extensions.getExtension(EXTENSION)!.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const declared = manifest.contributes.commands.map(({ command }) => command).sort();
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('gradlens.'));
    assert.deepEqual(registered.sort(), declared);
  });

  it('works in all four languages', async () => {
    for (const language of ['typescript', 'typescriptreact', 'javascript', 'javascriptreact']) {
      const content = '// @differentiable at x = 3\nfunction square(x) { return x * x; }\n';
      const { document } = await open(content, language);
      await eventually(
        () => hoverAt(document.uri, positionOf(document, 'square')),
        (text) => assert.match(text, /∂square\/∂x = 2·x = 6/, language),
      );
    }
  });

  it('shows nothing while it is switched off, and all again when it is switched on', async () => {
    const { document } = await open(TUTORIAL);
    const hover = (): Promise<string> => hoverAt(document.uri, positionOf(document, 'f('));
    await eventually(hover, (text) => assert.match(text, /∂f\/∂x1/));
    await withSetting('enable', false, async () => {
      await eventually(hover, (text) => assert.equal(text, ''));
      await eventually(
        () => lensTitles(document.uri),
        (titles) => assert.deepEqual(titles, []),
      );
    });
    await eventually(hover, (text) => assert.match(text, /∂f\/∂x1/));
  });

  it('answers again after a restart of the server', async () => {
    const { document } = await open(TUTORIAL);
    const hover = (): Promise<string> => hoverAt(document.uri, positionOf(document, 'f('));
    await eventually(hover, (text) => assert.match(text, /∂f\/∂x1/));
    await vscode.commands.executeCommand('gradlens.restartServer');
    await eventually(hover, (text) => assert.match(text, /∂f\/∂x1/));
  });
});
