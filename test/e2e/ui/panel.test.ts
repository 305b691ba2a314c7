// The panel's controls, by mouse and by keyboard, in a real window; the numbers against closed forms.
import fs from 'node:fs';
import type { FrameLocator } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Example, lensShown, useSession } from './fixture.ts';
import { clipboardOf, digitsOf, expectValues, formulaValues, openPanel, tutorial } from './panelWindow.ts';

const { open } = useSession();

const openTutorial = async (): Promise<{ example: Example; panel: FrameLocator }> => {
  const example = await open('examples/01-tutorial.ts');
  return { example, panel: await openPanel(example, '∇f(2, 3)') };
};

const expectTutorialAt = (panel: FrameLocator, x1: number, x2: number): Promise<void> =>
  expectValues(panel, tutorial(x1, x2));

test('the sweeps run by mouse and keyboard, with the equations, the table and the source', async () => {
  const { example, panel } = await openTutorial();
  const { workbench, file } = example;
  const equations = panel.locator('.step-equations');
  const step = panel.getByRole('button', { name: 'Step', exact: true });
  for (let i = 0; i < 3; i++) await step.click();
  await expect
    .poll(() => equations.innerText())
    .toMatch(/w3 = w1·w2 = 2·3 = 6\s+ẇ3 = ẇ1·w2 \+ w1·ẇ2 = 1·3 \+ 2·0 = 3/);
  await panel.locator('tr.current').filter({ hasText: 'w3' }).waitFor();
  // What is not reached is not shown.
  expect(await panel.locator('tr', { hasText: 'w5' }).locator('td').first().isVisible()).toBe(false);
  // Its source is marked, and the panel keeps the focus.
  await workbench.editor(file).locator('.view-overlays [class*="ced-"]').first().waitFor();
  expect(await step.evaluate((button) => button === document.activeElement)).toBe(true);
  await workbench.page.keyboard.press('Tab');
  await panel.getByLabel('Step of the sweeps').focus();
  await workbench.page.keyboard.press('End');
  await expect
    .poll(() => equations.innerText())
    .toContain('w\u03041 = w\u03043·w2 + w\u03044·cos(w1) = 1·3 + 1·cos(2) ≈ 2.584');
  expect(await panel.locator('.spoken').textContent()).toMatch(/^Reverse sweep, step 5 of 5\. adjoint 1 = /);
  await panel.getByRole('button', { name: 'Reset the sweep' }).click();
  await expect.poll(() => panel.locator('tr.current').count()).toBe(0);
  // It plays on its own, and stops when it is told to.
  await panel.getByRole('button', { name: 'Play the sweeps' }).click();
  await panel.locator('.step-title', { hasText: 'Forward sweep, step 2 of 5' }).waitFor();
  await panel.getByRole('button', { name: 'Pause' }).click();
  await panel.getByRole('button', { name: 'Play the sweeps' }).waitFor();
});

test('sliders, fields and plots move the point, and everything follows', async () => {
  const { example, panel } = await openTutorial();
  const { page } = example.workbench;
  await expectTutorialAt(panel, 2, 3);
  await panel.locator('.differences', { hasText: /agree: ∂f\/∂x1 to \d+ digits/ }).waitFor();

  const x1 = panel.getByLabel('x1, value');
  await panel.getByRole('slider', { name: 'x1' }).focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  const moved = digitsOf(await x1.inputValue());
  expect(moved).toBeGreaterThan(2);
  await expectTutorialAt(panel, moved, 3);
  expect(await panel.locator('.sample .at').innerText()).toContain('x1');
  const last = panel.locator('table.trace tbody tr.output td.number').first();
  expect(digitsOf(await last.getAttribute('title'))).toBeCloseTo(tutorial(moved, 3)[0]!, 12);

  await panel.getByLabel('x2, value').fill('-5e-1');
  await page.keyboard.press('Enter');
  await expectTutorialAt(panel, moved, -0.5);
  await panel.getByLabel('x2, value').fill('five');
  await page.keyboard.press('Enter');
  expect(await panel.getByLabel('x2, value').getAttribute('aria-invalid')).toBe('true');
  await page.keyboard.press('Escape');
  await panel.getByRole('button', { name: 'Reset x2' }).click();
  await expectTutorialAt(panel, moved, 3);

  // By mouse: along the line plot, and over the contours.
  await panel.locator('#section-plots').scrollIntoViewIfNeeded();
  const over = panel.locator('.u-over');
  await over.scrollIntoViewIfNeeded();
  const box = (await over.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => digitsOf(await x1.inputValue())).toBeGreaterThan(2.5);
  await expectTutorialAt(panel, digitsOf(await x1.inputValue()), 3);
  await panel.getByLabel('and along').selectOption('x2');
  const canvas = panel.locator('.contour canvas');
  await canvas.scrollIntoViewIfNeeded();
  await canvas.click({ position: { x: 120, y: 60 } });
  await expect
    .poll(async () => digitsOf(await panel.getByLabel('x2, value').inputValue()))
    .toBeGreaterThan(3.5);
  await expectTutorialAt(
    panel,
    digitsOf(await x1.inputValue()),
    digitsOf(await panel.getByLabel('x2, value').inputValue()),
  );

  // A direction by hand: ∇f·(1, ½) at the sample.
  await panel.getByRole('button', { name: 'Reset all' }).click();
  await panel.getByLabel('Seed').selectOption({ label: 'a direction …' });
  await panel.getByRole('textbox', { name: 'Direction' }).fill('1, 0.5');
  await page.keyboard.press('Enter');
  const along = panel.locator('table.trace tbody tr.output td.chosen');
  await expect.poll(async () => digitsOf(await along.getAttribute('title'))).toBeCloseTo(4 + Math.cos(2), 12);
});

test('where the path turns the server is asked; positions outlive edits and a reload', async () => {
  const source = [
    '// @differentiable at x = 2',
    'export function bend(x: number): number {',
    '  if (x > 1) return x * x;',
    '  return 3 * x - 2;',
    '}',
    '',
  ].join('\n');
  const example = await open('bend.ts', source);
  const { workbench, file, session } = example;
  await workbench.openFolder(session.server, file.replace(/\/[^/]*$/, ''));
  await workbench.quickOpen('bend');
  const panel = await openPanel(example, 'show derivative');
  const field = panel.getByLabel('x, value');
  const values = () => formulaValues(panel);
  await expect.poll(values).toEqual([4, 4]);
  await field.fill('0.5');
  await workbench.page.keyboard.press('Enter');
  await expect.poll(values).toEqual([-0.5, 3]);
  // Beside the jump of the slope: 0.5 stays where it is while the code changes.
  fs.writeFileSync(file, source.replace('3 * x - 2', '5 * x - 2'));
  await expect.poll(values).toEqual([0.5, 5]);
  expect(await field.inputValue()).toBe('0.5');
  await workbench.reload();
  await field.waitFor({ timeout: 60_000 });
  await expect.poll(values).toEqual([0.5, 5]);
  expect(await field.inputValue()).toBe('0.5');
});

test('the trace is sorted and copied, the graph is a tree and leaves as source', async () => {
  const { example, panel } = await openTutorial();
  const { page } = example.workbench;
  const clipboard = await clipboardOf(example);
  const names = () => panel.locator('table.trace tbody th button').allInnerTexts();
  await panel.getByRole('button', { name: 'Value', exact: true }).click();
  await expect.poll(names).toEqual(['w5', 'w3', 'w2', 'w1', 'w4']);
  await panel.getByRole('button', { name: 'Primal' }).click();
  await expect.poll(names).toEqual(['w1', 'w2', 'w3', 'w4', 'w5']);
  await panel.getByRole('group', { name: 'Copy the trace' }).getByRole('button', { name: 'CSV' }).click();
  await expect
    .poll(clipboard)
    .toContain('w4 = sin(w1),,0.9092974268256817,ẇ4 = ẇ1·cos(w1),-0.4161468365471424,0,');
  await panel.getByRole('button', { name: 'Copy the graph as DOT' }).click();
  await expect.poll(clipboard).toMatch(/^digraph /);
  await panel.getByRole('button', { name: 'Copy the graph as TikZ' }).click();
  await expect.poll(clipboard).toContain('\\begin{tikzpicture}');

  await panel.getByText('The graph as a tree').click();
  const item = (name: string) => panel.getByRole('treeitem', { name });
  await item('w3 = w1·w2').focus();
  await page.keyboard.press('ArrowRight');
  await item('from w1 = x1: ').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await panel.locator('tr.selected').filter({ hasText: 'w1 = x1' }).waitFor();
});

test('a refused function shows its diagnostic with a link to the line', async () => {
  const example = await open(
    'noise.ts',
    '// @differentiable at x = 2\nexport function noisy(x: number): number {\n  return x * Math.random();\n}\n',
  );
  const { workbench, file } = example;
  await lensShown(example, 'show derivative');
  const panel = workbench.webview();
  const link = panel.getByRole('button', { name: 'line 3' });
  await workbench.until(() => workbench.lens(file, 'show derivative').first().click(), link);
  expect(await panel.locator('.problems').innerText()).toMatch(/GL114[\s\S]*random/i);
  await link.click();
  await workbench.page.locator('.statusbar-item', { hasText: /Ln 3/ }).waitFor();
});
