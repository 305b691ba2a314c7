// The commands, the light bulb and the panel's own controls.
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Example, lensShown, placeOf, selectPiece, useSession } from './fixture.ts';
import { clipboardOf } from './panelWindow.ts';

const { open } = useSession();
const openTutorial = () => open('examples/01-tutorial.ts');

async function text({ workbench, file }: Example): Promise<string> {
  return (await workbench.lines(file)).join('\n');
}

async function putCaret({ workbench, file }: Example, piece: string, offset = 0): Promise<void> {
  const { line, column } = placeOf(file, piece, offset);
  await workbench.goTo(line, column);
}

test('a click on the sample lens goes to the next sample', async () => {
  const example = await openTutorial();
  const { workbench, file } = example;
  await lensShown(example, 'sample 1 of 3');
  await putCaret(example, 'bell = '); // its lenses into view
  await workbench.until(
    () =>
      workbench
        .lens(file, /sample \d of 3/)
        .first()
        .click(),
    workbench.lens(file, /sample [23] of 3/),
  );
});

test('Differentiate Function writes the annotation, and Add Sample Point a sample', async () => {
  const example = await open(
    'cube.ts',
    'export function cube(x: number): number {\n  return x * x * x;\n}\n',
  );
  const { workbench } = example;
  await putCaret(example, 'cube');
  await workbench.command('Gradlens: Differentiate Function');
  await expect.poll(() => text(example)).toContain('@differentiable');
  await lensShown(example, 'show derivative');
  if (!/@at|\bat x/.test(await text(example))) {
    await workbench.goTo(2, 18);
    await workbench.command('Gradlens: Add Sample Point');
  }
  await expect.poll(() => text(example)).toMatch(/\bat x = /);
  await lensShown(example, /∇cube\(/);
});

test('the light bulb offers to differentiate the selection', async () => {
  const example = await openTutorial();
  const { workbench } = example;
  const { page } = workbench;
  await lensShown(example, '∇f(2, 3)');
  await selectPiece(example, 'Math.sin(x1)');
  const entry = page
    .locator('.action-widget .monaco-list-row')
    .filter({ hasText: 'Differentiate Selection' });
  await workbench.until(async () => {
    await page.keyboard.press('Escape');
    await selectPiece(example, 'Math.sin(x1)');
    await page.keyboard.press('Control+.');
  }, entry);
  await entry.first().click();
  const formula = workbench.webview().locator('[role="math"]').filter({ hasText: 'cos' });
  await formula.first().waitFor();
});

test('Toggle Inlay Hints hides them and shows them again', async () => {
  const example = await openTutorial();
  const { workbench } = example;
  const hint = /const product = x1 \* x2;\s*= 6/;
  await putCaret(example, 'const product');
  await expect.poll(() => text(example), { timeout: 30_000 }).toMatch(hint);
  await workbench.command('Gradlens: Toggle Inlay Hints');
  await expect.poll(() => text(example)).not.toMatch(hint);
  await workbench.command('Gradlens: Toggle Inlay Hints');
  await expect.poll(() => text(example), { timeout: 30_000 }).toMatch(hint);
});

test('Toggle Gradlens takes everything away and brings it back', async () => {
  const example = await openTutorial();
  const { workbench, file, session } = example;
  await lensShown(example, '∇f(2, 3)');
  await workbench.command('Gradlens: Toggle Gradlens');
  await expect.poll(() => workbench.lenses(file)).toEqual([]);
  await expect.poll(() => session.languageServers()).toEqual([]);
  await workbench.command('Gradlens: Toggle Gradlens');
  await lensShown(example, '∇f(2, 3)');
});

test('Copy Gradient As puts the formulas on the clipboard', async () => {
  const example = await openTutorial();
  const { workbench, file } = example;
  const clipboard = await clipboardOf(example);
  await lensShown(example, '∇f(2, 3)');
  await putCaret(example, 'function f', 'function '.length);
  await workbench.command('Gradlens: Copy Gradient As');
  await workbench.quickPick('LaTeX').first().click();
  await expect.poll(clipboard).toContain('\\cos');
  await workbench.editor(file).waitFor();
});

test('a node chosen in the panel is marked in the source, and the keyboard walks the trace', async () => {
  const example = await openTutorial();
  const { workbench, file } = example;
  const { page } = workbench;
  await lensShown(example, '∇f(2, 3)');
  const panel = workbench.webview();
  await workbench.until(
    () => workbench.lens(file, 'show derivative').first().click(),
    panel.locator('table').first(),
  );
  const row = (name: string) =>
    panel.locator('tbody tr').filter({ has: panel.getByRole('button', { name, exact: true }) });
  await row('w1').getByRole('button').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await row('w3').and(panel.locator('.selected')).waitFor();
});

test('the panel survives a reload of the window', async () => {
  const example = await openTutorial();
  const { workbench, file, session } = example;
  // The address that named a file would open it anew instead of what was open.
  await workbench.openFolder(session.server, path.dirname(file));
  await workbench.quickOpen('01-tutorial');
  await lensShown(example, '∇f(2, 3)');
  const table = workbench.webview().locator('table').first();
  await workbench.until(() => workbench.lens(file, 'show derivative').first().click(), table);
  await workbench.reload();
  await table.waitFor({ timeout: 60_000 });
  expect(await table.innerText()).toContain('sin(w1)');
});

test('a refusal is one message at the cursor', async () => {
  const example = await open(
    'noise.ts',
    'export function noisy(x: number): number {\n  return x * Math.random();\n}\n',
  );
  const { workbench } = example;
  await selectPiece(example, 'x * Math.random()');
  await workbench.command('Gradlens: Differentiate Selection');
  const message = workbench.page.locator('.monaco-editor-overlaymessage, .monaco-hover:not(.hidden)');
  await message
    .filter({ hasText: /random/i })
    .first()
    .waitFor();
});
