import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, diagnosticsOf, eventually, idOf, open, rangeOf, withSetting } from './support.ts';

const NOISY = `// @differentiable at x = 1
function noisy(x: number): number {
  return x + Math.random();
}
`;
const KINK = `// @differentiable at x = 0
function distance(x: number): number {
  return Math.abs(x);
}
`;

/** Waits until the diagnostics have exactly these ids. */
async function expectIds(document: vscode.TextDocument, ids: string[]): Promise<vscode.Diagnostic[]> {
  return eventually(
    () => diagnosticsOf(document.uri),
    (found) => assert.deepEqual(found.map(idOf).sort(), ids),
  );
}

describe('diagnostics', () => {
  afterEach(closeAll);

  it('names Math.random where it reaches the result', async () => {
    const { document } = await open(NOISY);
    const [diagnostic] = await expectIds(document, ['GL114']);
    assert.match(diagnostic!.message, /Math\.random/);
    assert.ok(diagnostic!.range.contains(rangeOf(document, 'Math.random').start));
    assert.equal(diagnostic!.range.isSingleLine, true);
  });

  it('links to the diagnostic’s page', async () => {
    const { document } = await open(NOISY);
    const [diagnostic] = await expectIds(document, ['GL114']);
    const code = diagnostic!.code;
    assert.ok(typeof code === 'object' && code.target.path.endsWith('/docs/diagnostics/GL114.md'));
  });

  it('gives both slopes at a kink', async () => {
    const { document } = await open(KINK);
    const [diagnostic] = await expectIds(document, ['GL108']);
    assert.match(diagnostic!.message, /−1/);
    assert.match(diagnostic!.message, /1/);
  });

  it('is about the active sample', async () => {
    const { document } = await open(KINK.replace('at x = 0', 'at x = 1\n// @at x = 0'));
    const reference = { uri: document.uri.toString(), target: 'distance' };
    await vscode.commands.executeCommand('gradlens.nextSample', reference);
    await expectIds(document, ['GL108']);
    await vscode.commands.executeCommand('gradlens.nextSample', reference);
    await expectIds(document, []);
  });

  it('says what is wrong with an annotation, on it', async () => {
    const { document } = await open(
      '// @differentiable at x = , y = 2\nconst f = (x: number, y: number) => x * y;\n',
    );
    const found = await eventually(
      () => diagnosticsOf(document.uri),
      (all) => assert.ok(all.some((diagnostic) => idOf(diagnostic) === 'GL001')),
    );
    assert.ok(found.every((diagnostic) => diagnostic.range.start.line === 0));
  });

  it('can be silenced on one line', async () => {
    const editor = await open(KINK);
    const { document } = editor;
    await expectIds(document, ['GL108']);
    await editor.edit((edit) =>
      edit.insert(rangeOf(document, '  return').start, '  // gradlens-ignore GL108: meant\n'),
    );
    await expectIds(document, []);
  });

  it('can be silenced everywhere', async () => {
    const { document } = await open(KINK);
    await expectIds(document, ['GL108']);
    await withSetting('diagnostics.severity', { GL108: 'off' }, async () => {
      await expectIds(document, []);
    });
    await expectIds(document, ['GL108']);
  });

  it('ends a loop without end by its budget', async () => {
    const { document } = await open(
      '// @differentiable at x = 1\nfunction f(x: number) {\n  while (x > 0) x += 1;\n  return x;\n}\n',
    );
    await expectIds(document, ['GL012']);
  });

  it('reports nothing on a file without annotations', async () => {
    const { document } = await open('export function f(x: number) { return Math.random() * Math.abs(x); }\n');
    const other = await open(KINK);
    await expectIds(other.document, ['GL108']);
    assert.deepEqual(diagnosticsOf(document.uri), []);
  });
});
