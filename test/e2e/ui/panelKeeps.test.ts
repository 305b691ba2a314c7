// What stays as it was in the panel, in a real window: over a reload, edits, another name of the file, other panels.
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Example, lensShown, placeOf, useSession } from './fixture.ts';
import { digitsOf, expectValues, openPanel } from './panelWindow.ts';

const { open } = useSession();

const LOOP = `// @differentiable at x = 0.3, r = 3.1
export function steps(x: number, r: number): number {
  let y = x;
  for (let i = 0; i < 12; i++) {
    y = r * y * (1 - y);
    y = y + 0.01 * Math.sin(y);
  }
  return y * Math.cos(x);
}
`;

function steps(x: number, r: number): number {
  let y = x;
  for (let i = 0; i < 12; i++) {
    y = r * y * (1 - y);
    y = y + 0.01 * Math.sin(y);
  }
  return y * Math.cos(x);
}

/** What the picture shows, and where: headings with the places of their nodes, and the part in sight. */
const picture = (panel: FrameLocator) =>
  panel.locator('svg.graph').evaluate((svg) => ({
    view: svg.querySelector('.nodes')!.parentElement!.getAttribute('transform'),
    nodes: [...svg.querySelectorAll('.node')].map((node): [string, string] => [
      node.querySelector('.heading')!.textContent ?? '',
      // To the pixel.
      node.getAttribute('transform')!.replace(/[\d.]+/g, (at) => Number(at).toFixed(0)),
    ]),
  }));

const valueOf = async (panel: FrameLocator): Promise<number> =>
  digitsOf(await panel.locator('table.trace tr.output td.number').first().getAttribute('title'));

/** The loop unfolded, the picture zoomed and moved, an input moved. */
async function arrange(example: Example): Promise<{ panel: FrameLocator; x: number }> {
  const panel = await openPanel(example);
  const { page } = example.workbench;
  await panel.locator('.node.box', { hasText: 'for i × 12' }).dblclick();
  await panel.locator('.node.box', { hasText: 'iteration 2' }).first().dblclick();
  await panel.locator('.node', { hasText: 'w12 = sin(w11)' }).waitFor();
  await panel.getByRole('slider', { name: 'x' }).focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  const x = digitsOf(await panel.getByLabel('x, value').inputValue());
  expect(x).toBeGreaterThan(0.3);
  await expect.poll(() => valueOf(panel)).toBeCloseTo(steps(x, 3.1), 12);
  await panel.locator('svg.graph').focus();
  for (const key of ['+', 'Shift+ArrowRight', 'Shift+ArrowDown']) await page.keyboard.press(key);
  return { panel, x };
}

test('a reload of the window keeps sliders, folding and the part in sight', async () => {
  const example = await open('steps.ts', LOOP);
  const { workbench, file, session } = example;
  await workbench.openFolder(session.server, path.dirname(file));
  await workbench.quickOpen('steps');
  const { panel, x } = await arrange(example);
  await panel.getByRole('button', { name: /^Reverse/ }).click();
  await panel.getByLabel(/^Along/).selectOption('r');
  await workbench.page.waitForTimeout(600);
  const before = await picture(panel);
  await workbench.reload();
  await panel.locator('.node', { hasText: 'w12 = sin(w11)' }).waitFor({ timeout: 60_000 });
  await expect.poll(() => valueOf(panel)).toBeCloseTo(steps(x, 3.1), 12);
  expect(digitsOf(await panel.getByLabel('x, value').inputValue())).toBe(x);
  expect(await picture(panel)).toEqual(before);
  expect(await panel.getByRole('button', { name: /^Reverse/ }).getAttribute('aria-pressed')).toBe('true');
  expect(await panel.getByLabel(/^Along/).inputValue()).toBe('r');
});

test('edits leave sliders, folding and the part in sight as they are', async () => {
  const example = await open('steps.ts', LOOP);
  const { workbench, file } = example;
  const { panel, x } = await arrange(example);
  // Where the caret goes the picture goes, unless what it is on is in sight.
  const { line, column } = placeOf(file, 'Math.cos(x)', 'Math.cos(x)'.length);
  await workbench.goTo(line, column);
  await panel.locator('.node.selected', { hasText: 'w75 = cos(w1)' }).waitFor();
  const before = await picture(panel);
  for (const text of ['', ' + r', ' + r *', ' + r * r']) {
    fs.writeFileSync(file, `\n// Logistic growth.\n${LOOP.replace('Math.cos(x)', `$&${text}`)}`);
    await workbench.page.waitForTimeout(700);
  }
  await expect.poll(() => valueOf(panel)).toBeCloseTo(steps(x, 3.1) + 3.1 * 3.1, 12);
  const after = await picture(panel);
  expect(after.view).toBe(before.view);
  // All that was unfolded is, in the order in which it was.
  const shown = new Set(before.nodes.map(([heading]) => heading));
  expect(after.nodes.map(([heading]) => heading).filter((one) => shown.has(one))).toEqual([...shown]);
  expect(digitsOf(await panel.getByLabel('x, value').inputValue())).toBe(x);
});

test('a file with another name goes on being shown, as it was', async () => {
  const example = await open('steps.ts', LOOP);
  const { workbench, file } = example;
  const { page } = workbench;
  const { panel, x } = await arrange(example);
  const before = await picture(panel);
  const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'steps.ts' });
  await workbench.goTo(1, 1);
  await row.click();
  const name = page.locator('.explorer-folders-view .monaco-inputbox input');
  await workbench.until(() => page.keyboard.press('F2'), name);
  await name.fill('growth.ts');
  await page.keyboard.press('Enter');
  await expect.poll(() => fs.existsSync(file)).toBe(false);
  const renamed = path.join(path.dirname(file), 'growth.ts');
  await workbench.editor(renamed).waitFor();
  await workbench.lens(renamed, 'show derivative').first().waitFor();
  await page.waitForTimeout(1000);
  expect(await panel.getByRole('status').filter({ hasText: '.ts' }).count()).toBe(0);
  expect(await picture(panel)).toEqual(before);
  expect(digitsOf(await panel.getByLabel('x, value').inputValue())).toBe(x);
  // It is the new file that it follows.
  const { line, column } = placeOf(renamed, 'Math.cos(x)', 'Math.cos(x)'.length);
  await workbench.goTo(line, column);
  await page.keyboard.type(' * 2');
  await expect.poll(() => valueOf(panel)).toBeCloseTo(2 * steps(x, 3.1), 12);
});

test('several panels are pinned, each with its own function and its own point', async () => {
  const source = ['square', 'cube', 'fourth']
    .map((name, n) => {
      const power = Array.from({ length: n + 2 }, () => 'x').join(' * ');
      return `// @differentiable at x = 3\nexport function ${name}(x: number): number {\n  return ${power};\n}\n`;
    })
    .join('\n');
  const example = await open('powers.ts', source);
  const { workbench } = example;
  const { page } = workbench;
  const tab = (name: string) => page.locator('.tabs-container .tab', { hasText: name });
  await lensShown(example, '∇fourth');
  const shown = workbench.webview();
  for (const [n, name] of ['square', 'cube', 'fourth'].entries()) {
    await openPanel(example, `∇${name}(3)`, n);
    await tab(`∇ ${name}`).click();
    await shown.locator('h1', { hasText: `${name}(x)` }).waitFor();
    await workbench.enterPanel();
    const pin = shown.getByRole('button', { name: 'Pin', exact: true });
    await pin.focus();
    await page.keyboard.press('Enter');
    await shown.getByRole('button', { name: 'Pinned' }).waitFor();
    await shown.getByLabel('x, value').fill(String(n + 4));
    await page.keyboard.press('Enter');
    await page.waitForTimeout(500);
  }
  for (const [n, name] of ['square', 'cube', 'fourth'].entries()) {
    await tab(`∇ ${name}`).click();
    await shown.locator('h1', { hasText: `${name}(x)` }).waitFor();
    await expectValues(shown, [(n + 4) ** (n + 2), (n + 2) * (n + 4) ** (n + 1)]);
  }
});
