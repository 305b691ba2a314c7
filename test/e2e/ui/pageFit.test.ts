// The panel's page where there is little room: a group of 300 pixels, and a window at 200 %. Nothing is cut off, the
// page does not scroll sideways, every control can be reached; also with long names and with names from right to left.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import type { PanelModel } from '../../../server/protocol/messages.ts';
import { TUTORIAL } from '../../client/tutorialModel.ts';
import { axeViolations } from '../axe.ts';
import { networkModel } from '../panelModels.ts';
import { type PanelPage, usePanelPage } from '../panelPage.ts';

const panelPage = usePanelPage();
let page: Page;
let { load, show } = {} as PanelPage;
beforeEach(() => {
  ({ page, load, show } = panelPage());
});

const long = 'aVeryLongIdentifierThatNobodyWouldEverWriteButSomebodyDoes';
const problem = { id: 'GL108', severity: 'warning', location: TUTORIAL.trace[3]!.location } as const;

const [x1, x2] = TUTORIAL.inputs;
const models: Readonly<Record<string, PanelModel>> = {
  tutorial: { ...TUTORIAL, problems: [{ ...problem, message: 'Kink here.' }] },
  'long and right-to-left names': {
    ...TUTORIAL,
    title: `${long}(x1, x2)`,
    name: long,
    inputs: [
      { ...x1!, label: long },
      { ...x2!, label: 'אורך' },
    ],
    seeds: [long, 'אורך'],
    sample: { index: 0, count: 2, text: `${long} = 2, אורך = 3` },
    problems: [{ ...problem, message: `${long} ${long} أبجد` }],
    trace: TUTORIAL.trace.map((row, index) => ({ ...row, name: index === 3 ? 'גובה' : long })),
  },
  network: networkModel(100),
};

/** What of the page's controls and texts cannot be reached or read whole. */
function outOfReach(): string[] {
  const width = document.documentElement.clientWidth;
  const found: string[] = [];
  const shown = (element: Element): boolean =>
    element.checkVisibility() && element.closest('.spoken') === null;
  const describe = (element: Element): string =>
    `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}`;
  for (const control of document.querySelectorAll<HTMLElement>(
    'button, input, select, summary, [tabindex="0"]',
  )) {
    if (!shown(control)) continue;
    control.scrollIntoView({ block: 'center', inline: 'nearest' });
    const box = control.getBoundingClientRect();
    const wide = control.matches('svg, .scroller, .math, pre');
    const scrolls = control.closest('.scroller') !== null;
    if (!wide && !scrolls && (box.left < -0.5 || box.right > width + 0.5))
      found.push(`beyond the edge: ${describe(control)} ${Math.round(box.left)}–${Math.round(box.right)}`);
    if (!control.matches('select, input, .chip') && !wide && control.scrollWidth > control.clientWidth + 1)
      found.push(`cut: ${describe(control)}`);
    if (control.matches(':disabled') || control.closest('svg') !== null) continue;
    const hit = document.elementFromPoint(
      Math.min(width - 1, Math.max(0, box.left + box.width / 2)),
      box.top + Math.min(box.height / 2, window.innerHeight / 2),
    );
    if (hit === null || !(control.contains(hit) || hit.contains(control)))
      found.push(`covered: ${describe(control)} by ${hit === null ? 'nothing' : describe(hit)}`);
  }
  for (const text of document.querySelectorAll<HTMLElement>('h1, h2, p, li, label, .input-name, .at')) {
    if (!shown(text) || text.closest('.scroller') !== null) continue;
    const box = text.getBoundingClientRect();
    if (box.left < -0.5 || box.right > width + 0.5) found.push(`beyond the edge: ${describe(text)}`);
    const clips = getComputedStyle(text).overflowX !== 'visible';
    if (clips && text.scrollWidth > text.clientWidth + 1 && text.title === '')
      found.push(`cut without a tooltip: ${describe(text)}`);
  }
  const root = document.documentElement;
  if (root.scrollWidth > width) found.push(`the page scrolls sideways: ${root.scrollWidth} > ${width}`);
  return found;
}

describe.each([
  ['in a group of 300 pixels', { width: 300, height: 900 }],
  // What CSS sees of a window of 700 × 900 at 200 %.
  ['at 200 %', { width: 350, height: 450 }],
])('%s', (_, size) => {
  test.each(Object.keys(models))('%s: all can be reached and read', async (name) => {
    await page.setViewportSize(size);
    await load();
    await show(models[name]!);
    await page.locator('.graph-frame .node').first().waitFor();
    await page.getByText('The graph as a tree').click();
    await page.getByRole('treeitem').first().waitFor();
    await page.locator('#section-plots').scrollIntoViewIfNeeded();
    await page.locator('.readout').first().waitFor();
    expect(await page.evaluate(outOfReach)).toEqual([]);
    await page.getByLabel('and along').selectOption({ index: 1 });
    await page.locator('#section-plots').scrollIntoViewIfNeeded();
    await page.locator('.contour canvas').waitFor();
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    expect(await page.evaluate(outOfReach)).toEqual([]);
  });
});

test('names from right to left stay what they are, and their rows with them', async () => {
  await load();
  await show(models['long and right-to-left names']!);
  expect(await page.getByRole('slider', { name: 'אורך' }).count()).toBe(1);
  await page.getByLabel('Seed').selectOption('אורך');
  const row = page.locator('table.trace tbody tr').nth(3);
  // The equation comes first, from left to right; the name is set apart by its own direction.
  expect(await row.locator('th').innerText()).toContain('w4 = sin(w1)');
  const order = await row.evaluate((tr) => {
    const [name, user] = [tr.querySelector('th button')!, tr.querySelector('.user')!];
    return name.getBoundingClientRect().left < user.getBoundingClientRect().left;
  });
  expect(order).toBe(true);
  expect(await axeViolations(page)).toEqual([]);
});

test('where less motion is asked for, nothing moves but from step to step', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await load();
  await show(TUTORIAL);
  await page.getByRole('button', { name: 'Play the sweeps' }).click();
  await page.locator('.step-title', { hasText: 'step 2 of 5' }).waitFor();
  const moving = await page.evaluate(() => ({
    animations: document.getAnimations().length,
    smooth: [...document.querySelectorAll('*')].filter(
      (one) => getComputedStyle(one).scrollBehavior !== 'auto',
    ).length,
  }));
  expect(moving).toEqual({ animations: 0, smooth: 0 });
});
