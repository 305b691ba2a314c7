import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  eventually,
  hintLabels,
  hoverAt,
  lensTitles,
  open,
  positionOf,
  TUTORIAL,
  withSetting,
} from './support.ts';

const BELL = `// @differentiable at x = 0
// @at x = 1
const square = (x: number): number => x * x + x;
`;

describe('what is shown of an annotated function', () => {
  afterEach(closeAll);

  it('tells the textbook’s derivatives in a hover, at the declaration and at a call', async () => {
    const { document } = await open(TUTORIAL);
    for (const occurrence of [0, 1]) {
      const text = await eventually(
        () => hoverAt(document.uri, positionOf(document, 'f(', occurrence)),
        (found) => assert.notEqual(found, ''),
      );
      assert.match(text, /^```text$/m);
      assert.match(text, /f\(2, 3\) = x1·x2 \+ sin\(x1\) ≈ 6\.909/);
      assert.match(text, /∂f\/∂x1 = x2 \+ cos\(x1\) ≈ 2\.584/);
      assert.match(text, /∂f\/∂x2 = x1 = 2/);
      assert.match(text, /\[Show graph\]\(command:gradlens\.showGraph/);
    }
  });

  it('tells a parameter’s partial alone', async () => {
    const { document } = await open(TUTORIAL);
    const text = await eventually(
      () => hoverAt(document.uri, positionOf(document, 'x2: number')),
      (found) => assert.match(found, /∂f\/∂x2/),
    );
    assert.doesNotMatch(text, /∂f\/∂x1/);
  });

  it('tells value, adjoint and tangents of a local variable', async () => {
    const { document } = await open(TUTORIAL);
    await eventually(
      () => hoverAt(document.uri, positionOf(document, 'product')),
      (text) => {
        assert.match(text, /product = 6/);
        assert.match(text, /∂f\/∂product = 1/);
        assert.match(text, /∂product\/∂x1 = 3/);
        assert.match(text, /∂product\/∂x2 = 2/);
      },
    );
  });

  it('says nothing of a function without an annotation', async () => {
    const { document } = await open(`${TUTORIAL}function plain(x: number) { return x * x; }\n`);
    await eventually(
      () => hoverAt(document.uri, positionOf(document, 'f(')),
      (text) => assert.notEqual(text, ''),
    );
    assert.equal(await hoverAt(document.uri, positionOf(document, 'plain')), '');
    assert.deepEqual(
      (await lensTitles(document.uri)).filter((title) => title === 'show derivative').length,
      1,
    );
  });

  it('shows the gradient in a lens, and goes on to the next sample', async () => {
    const { document } = await open(BELL);
    const titles = (): Promise<string[]> => lensTitles(document.uri);
    await eventually(titles, (found) =>
      assert.deepEqual(found, ['show derivative', '∇square(0) = 1', 'sample 1 of 2', 'insert gradient']),
    );
    const reference = { uri: document.uri.toString(), target: 'square' };
    await vscode.commands.executeCommand('gradlens.nextSample', reference);
    await eventually(titles, (found) =>
      assert.deepEqual(found, ['show derivative', '∇square(1) = 3', 'sample 2 of 2', 'insert gradient']),
    );
    await vscode.commands.executeCommand('gradlens.nextSample', reference);
    await eventually(titles, (found) => assert.equal(found[2], 'sample 1 of 2'));
  });

  it('shows values and adjoints at the line ends', async () => {
    const { document } = await open(TUTORIAL);
    await eventually(
      () => hintLabels(document),
      (labels) => {
        assert.match(labels[2] ?? '', /^\s*= 6, ∂f = 1\s*$/);
        assert.match(labels[3] ?? '', /^\s*≈ 6\.91/);
      },
    );
  });

  it('shows no hints in the mode off', async () => {
    const { document } = await open(TUTORIAL);
    await eventually(
      () => hintLabels(document),
      (labels) => assert.notDeepEqual(labels, {}),
    );
    await withSetting('inlayHints.mode', 'off', async () => {
      await eventually(
        () => hintLabels(document),
        (labels) => assert.deepEqual(labels, {}),
      );
    });
  });

  it('rounds to the digits that the user wants', async () => {
    const { document } = await open(TUTORIAL);
    await withSetting('significantDigits', 7, async () => {
      await eventually(
        () => hoverAt(document.uri, positionOf(document, 'f(')),
        (text) => assert.match(text, /≈ 6\.909297$/m),
      );
    });
  });

  it('keeps the last good lens and the neighbours while a function is half typed', async () => {
    const editor = await open(`${TUTORIAL}\n${BELL}`);
    const { document } = editor;
    const titles = (): Promise<string[]> => lensTitles(document.uri);
    await eventually(titles, (found) => assert.equal(found.length, 7));
    const at = positionOf(document, ' + Math.sin(x1);');
    await editor.edit((edit) => edit.insert(at, ' * ('));
    await eventually(titles, (found) => {
      assert.equal(found.length, 7);
      assert.match(found[1]!, /∇f\(2, 3\) ≈ \(2\.584, 2\) \(outdated\)/);
      assert.equal(found[4], '∇square(0) = 1');
    });
    await vscode.commands.executeCommand('undo');
    await eventually(titles, (found) => assert.equal(found[1], '∇f(2, 3) ≈ (2.584, 2)'));
  });

  it('follows an edit', async () => {
    const editor = await open(TUTORIAL);
    const { document } = editor;
    const hover = (): Promise<string> => hoverAt(document.uri, positionOf(document, 'f('));
    await eventually(hover, (text) => assert.match(text, /≈ 2\.584/));
    const at = positionOf(document, 'x1 = 2').translate(0, 5);
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 1)), '0'));
    await eventually(hover, (text) => assert.match(text, /∂f\/∂x1 = x2 \+ cos\(x1\) = 4/));
  });
});
