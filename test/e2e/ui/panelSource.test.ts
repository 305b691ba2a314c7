// The panel and the source beside it, in a real window: what is chosen in one is shown in the other.
import { expect, test } from 'vitest';
import { type Example, placeOf, useSession } from './fixture.ts';
import { openPanel } from './panelWindow.ts';

const { open } = useSession();

const marked = ({ workbench, file }: Example) => workbench.marked(file);

test('each step of the sweeps marks its own expression in the editor', async () => {
  const example = await open('examples/01-tutorial.ts');
  const panel = await openPanel(example, '∇f(2, 3)');
  const expressions = ['x1', 'x2', 'x1 * x2', 'Math.sin(x1)', 'x1 * x2 + Math.sin(x1)'];
  const step = panel.getByRole('button', { name: 'Step', exact: true });
  const title = panel.locator('.step-title');
  for (const [sweep, marks] of [
    ['Forward', expressions],
    ['Reverse', expressions.toReversed()],
  ] as const)
    for (const [index, expression] of marks.entries()) {
      await step.click();
      await title.filter({ hasText: `${sweep} sweep, step ${index + 1} of 5` }).waitFor();
      await expect.poll(() => marked(example), { message: `${sweep} ${index + 1}` }).toEqual([expression]);
    }
  // And back, by mouse and by keyboard.
  await panel.getByRole('button', { name: 'Step back' }).click();
  await expect.poll(() => marked(example)).toEqual(['x2']);
  await panel.getByLabel('Step of the sweeps').focus();
  await example.workbench.page.keyboard.press('ArrowLeft');
  await expect.poll(() => marked(example)).toEqual(['x1 * x2']);
  await example.workbench.page.keyboard.press('Home');
  await title.filter({ hasText: '10 steps' }).waitFor();
});

test('a node and its expression are found from one another, by mouse and by keyboard', async () => {
  const example = await open('examples/01-tutorial.ts');
  const panel = await openPanel(example, '∇f(2, 3)');
  const { workbench, file } = example;
  const { page } = workbench;
  const status = (text: string | RegExp) =>
    page.locator('.statusbar-item', { hasText: text }).first().waitFor();
  const selected = (name: string) =>
    panel.locator('tr.selected').filter({ hasText: name }).waitFor({ timeout: 10_000 });

  await panel.locator('.node', { hasText: 'w4 = sin(w1)' }).click();
  await selected('w4');
  await expect.poll(() => marked(example)).toEqual(['Math.sin(x1)']);
  // The other way: where the caret goes, the node is.
  const goTo = async (piece: string, offset: number): Promise<void> => {
    const { line, column } = placeOf(file, piece, offset);
    await workbench.goTo(line, column);
  };
  await goTo('return x1 * x2 + Math', 'return x1 *'.length);
  await selected('w3');
  await panel.locator('.node.selected', { hasText: 'w3 = w1·w2' }).waitFor();
  await goTo('function f(x1: number, x2', 'function f(x1: number, x'.length);
  await selected('w2');
  await workbench
    .line(file, /return\sx1\s\*\sx2\s\+/)
    .locator('span', { hasText: /^sin$/ })
    .click();
  await selected('w4');

  // A double click, and Enter, take the caret there.
  await panel.locator('.node', { hasText: 'w3 = w1·w2' }).dblclick();
  const { line } = placeOf(file, 'return x1 * x2 + Math');
  await status(`Ln ${line}, Col 17 (7 selected)`);
  await workbench.enterPanel();
  await panel.locator('svg.graph').focus();
  await page.keyboard.press('End');
  await selected('w5');
  await expect.poll(() => marked(example)).toEqual(['x1 * x2 + Math.sin(x1)']);
  await page.keyboard.press('Enter');
  await status('(22 selected)');
  // So does Enter in the trace and in the tree.
  await workbench.enterPanel();
  await panel.getByRole('button', { name: 'w1', exact: true }).focus();
  await page.keyboard.press('Enter');
  await status('(2 selected)');
  await panel.getByText('The graph as a tree').click();
  await panel.getByRole('treeitem', { name: 'w4 = sin(w1)' }).focus();
  await page.keyboard.press('Enter');
  await status('(12 selected)');
});

test('from a diagnostic, the way of what is to blame is marked in the graph', async () => {
  const source = [
    '// @differentiable at x = 0, y = 3',
    'export function root(x: number, y: number): number {',
    '  const inner = x * x;',
    '  const outer = Math.sqrt(inner);',
    '  return outer * 2 + Math.cos(y);',
    '}',
    '',
  ].join('\n');
  const example = await open('root.ts', source);
  const { workbench, file } = example;
  const { page } = workbench;
  await workbench.editor(file).locator('[class*="squiggly-"]').first().waitFor();
  const panel = workbench.webview();
  const entry = page.locator('.action-widget .monaco-list-row').filter({ hasText: 'Why in the Graph' });
  await workbench.until(async () => {
    await page.keyboard.press('Escape');
    const { line, column } = placeOf(file, 'Math.sqrt', 2);
    await workbench.goTo(line, column);
    await page.keyboard.press('Control+.');
  }, entry);
  await page.keyboard.press('Escape');
  await workbench.until(async () => {
    await page.keyboard.press('Control+.');
    await entry.first().click({ timeout: 3000 });
  }, panel.locator('.node.why'));
  const way = () =>
    panel.locator('.node.why .heading').evaluateAll((all) => all.map((each) => each.textContent));
  // √ of what is 0 has no slope there; what does not come of it is not on the way.
  await expect.poll(way).toEqual(['outer: w4 = √w3', 'w5 = w4·2', 'w7 = w5 + w6']);
  await expect.poll(() => marked(example)).toEqual(['Math.sqrt(inner)']);
  const button = panel.getByRole('button', { name: 'show its way in the graph' });
  await button.click();
  await expect.poll(way).toEqual([]);
  await button.focus();
  await page.keyboard.press('Enter');
  await expect.poll(way).toHaveLength(3);
});
