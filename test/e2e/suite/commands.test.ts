import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  eventually,
  hintLabels,
  hoverAt,
  open,
  panelTabs,
  positionOf,
  rangeOf,
  TUTORIAL,
} from './support.ts';

const PLAIN = `const rate = 0.5;
function growth(x: number, t: number): number {
  return x * Math.exp(rate * t);
}
`;

function select(editor: vscode.TextEditor, text: string): void {
  const range = rangeOf(editor.document, text);
  editor.selection = new vscode.Selection(range.start, range.end);
}

function putCursor(editor: vscode.TextEditor, text: string): void {
  const at = positionOf(editor.document, text);
  editor.selection = new vscode.Selection(at, at);
}

describe('commands', () => {
  afterEach(closeAll);

  it('opens one panel beside the editor, which keeps the focus', async () => {
    const editor = await open(TUTORIAL);
    putCursor(editor, 'product');
    await vscode.commands.executeCommand('gradlens.showGraph');
    const [tab] = await eventually(panelTabs, (tabs) => {
      assert.equal(tabs.length, 1);
      assert.match(tabs[0]!.label, /f/);
    });
    assert.notEqual(tab!.group.viewColumn, editor.viewColumn);
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
    await vscode.commands.executeCommand('gradlens.showGraph');
    assert.equal(panelTabs().length, 1);
  });

  it('follows the cursor to another function, but stays on a selection’s result', async () => {
    const editor = await open(
      `${TUTORIAL}\n// @differentiable at x = 3\nconst square = (x: number) => x * x;\n`,
    );
    const label = (expected: string): Promise<vscode.Tab[]> =>
      eventually(panelTabs, (tabs) =>
        assert.deepEqual(
          tabs.map((tab) => tab.label),
          [expected],
        ),
      );
    putCursor(editor, 'product');
    await vscode.commands.executeCommand('gradlens.showGraph');
    await label('∇ f');
    putCursor(editor, 'x * x');
    await label('∇ square');
    putCursor(editor, 'product');
    await label('∇ f');
    select(editor, 'Math.sin(x1)');
    await vscode.commands.executeCommand('gradlens.differentiateSelection');
    await label('∇ selection');
    putCursor(editor, 'product');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await label('∇ selection');
    putCursor(editor, 'square');
    await label('∇ square');
  });

  it('differentiates a selection of a function that is not annotated', async () => {
    const editor = await open(PLAIN);
    select(editor, 'x * Math.exp(rate * t)');
    const done = vscode.commands.executeCommand('gradlens.differentiateSelection');
    // The list of variables has all of them chosen; accept it as it is.
    await eventually(
      async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return panelTabs();
      },
      (tabs) => assert.equal(tabs.length, 1),
    );
    await done;
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
  });

  it('annotates a function, and adds sample points', async () => {
    const editor = await open(PLAIN);
    const { document } = editor;
    putCursor(editor, 'growth');
    await vscode.commands.executeCommand('gradlens.differentiateFunction');
    assert.match(
      document.getText(),
      /^const rate = 0\.5;\n\/\/ @differentiable at x = \S+, t = \S+\nfunction/,
    );
    await eventually(
      () => hoverAt(document.uri, positionOf(document, 'growth')),
      (text) => assert.match(text, /∂growth\/∂x/),
    );
    putCursor(editor, 'growth');
    await vscode.commands.executeCommand('gradlens.addSamplePoint');
    assert.match(document.getText(), /@differentiable at x = \S+, t = \S+\n\/\/ @at x = /);
  });

  it('copies the gradient in the form that is asked for', async () => {
    const { document } = await open(TUTORIAL);
    const reference = { uri: document.uri.toString(), target: 'f' };
    const copied = async (format: string): Promise<string> => {
      await vscode.env.clipboard.writeText('');
      await vscode.commands.executeCommand('gradlens.copyGradient', reference, format);
      return vscode.env.clipboard.readText();
    };
    assert.match(await copied('unicode'), /∂f\/∂x1 = x2 \+ cos\(x1\)/);
    assert.match(await copied('latex'), /\\frac\{\\partial f\}\{\\partial x_\{?1\}?\}/);
    assert.match(await copied('typescript'), /x2 \+ Math\.cos\(x1\)/);
    assert.match(await copied('numbers'), /2\.5838531634528574/);
  });

  it('switches the hints off and on again', async () => {
    const { document } = await open(TUTORIAL);
    await eventually(
      () => hintLabels(document),
      (labels) => assert.notDeepEqual(labels, {}),
    );
    await vscode.commands.executeCommand('gradlens.toggleInlayHints');
    await eventually(
      () => hintLabels(document),
      (labels) => assert.deepEqual(labels, {}),
    );
    await vscode.commands.executeCommand('gradlens.toggleInlayHints');
    await eventually(
      () => hintLabels(document),
      (labels) => assert.notDeepEqual(labels, {}),
    );
  });

  it('offers Differentiate Selection and Differentiate Function in the light bulb', async () => {
    const { document } = await open(PLAIN);
    const titles = async (text: string): Promise<string[]> => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        rangeOf(document, text),
      );
      return actions.map((action) => action.title);
    };
    await eventually(
      () => titles('x * Math.exp(rate * t)'),
      (found) =>
        assert.ok(
          found.some((title) => /differentiate selection/i.test(title)),
          found.join(),
        ),
    );
    await eventually(
      () => titles('growth'),
      (found) =>
        assert.ok(
          found.some((title) => /differentiate function/i.test(title)),
          found.join(),
        ),
    );
  });
});
