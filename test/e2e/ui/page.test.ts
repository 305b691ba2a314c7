// The panel's page alone in a browser: what it shows, what it says to the extension, and that text stays text.
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { TUTORIAL, URI } from '../../client/tutorialModel.ts';
import { axeViolations } from '../axe.ts';
import { type PanelPage, usePanelPage } from '../panelPage.ts';

const panelPage = usePanelPage();
let page: Page;
let { load, send, show, sent } = {} as PanelPage;
beforeEach(() => {
  ({ page, load, send, show, sent } = panelPage());
});

const selectedRow = (): Promise<string | null> =>
  page.locator('tr.selected th').textContent({ timeout: 2000 });

test('says that it is ready, and shows what it is sent', async () => {
  await load();
  expect(await sent()).toEqual([{ kind: 'ready' }]);
  await show(TUTORIAL);
  expect(await page.locator('h1').textContent()).toBe('f(x1, x2)');
  const rows = await page.locator('table.trace tbody tr').allInnerTexts();
  expect(rows[2]).toBe('w3 = w1·w2\t6\tẇ3 = ẇ1·w2 + w1·ẇ2\t3\t2\t1');
  expect(await page.locator('.node').count()).toBe(5);
});

test('shows reverse mode, and the tangents of the seed that is chosen', async () => {
  await load();
  await show(TUTORIAL);
  await page.getByLabel('Seed').selectOption('x2');
  expect(await page.locator('table.trace tbody tr').last().innerText()).toContain('= ∂f/∂x2');
  await page.getByRole('button', { name: /^Reverse/ }).click();
  expect(await page.locator('table.trace tbody tr').last().innerText()).toBe(
    'w1 = x1\t2\tw̄1 = w̄3·w2 + w̄4·cos(w1) = ∂f/∂x1\t2.584\t1\t0',
  );
  expect(await page.locator('.node').first().getAttribute('aria-label')).toContain('adjoint ≈ 2.584');
});

test('keeps text of the source as text', async () => {
  const hostile = '<img src=x onerror="window.hit=1"><b>x</b>';
  const mathml =
    '<math onclick="window.hit=1"><mi href="https://example.com/">x</mi><script>window.hit=1</script>' +
    '<annotation-xml><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="window.hit=1"/></annotation-xml></math>';
  const location = TUTORIAL.trace[0]!.location;
  await load();
  await show({
    ...TUTORIAL,
    title: hostile,
    name: hostile,
    sample: { index: 0, count: 1, text: hostile },
    formulas: TUTORIAL.formulas.map((formula) => ({ ...formula, mathml, unicode: hostile })),
    inputs: TUTORIAL.inputs.map((input) => ({ ...input, label: hostile })),
    trace: TUTORIAL.trace.map((row) => ({
      ...row,
      name: hostile,
      primal: { ...row.primal, right: hostile },
    })),
    problems: [{ id: 'GL108', severity: 'warning', message: hostile, location }],
  });
  expect(await page.locator('h1').textContent()).toBe(hostile);
  const root = page.locator('#root');
  expect(await root.locator('img, script, b, annotation-xml').count()).toBe(0);
  expect(await root.locator('math').count()).toBe(3);
  const attributes = await root
    .locator('math, math *')
    .evaluateAll((elements) => elements.flatMap((element) => element.getAttributeNames()));
  expect(attributes).toEqual([]);
  expect(await page.evaluate(() => 'hit' in window)).toBe(false);
});

test('shows a formula as text where its markup does not parse', async () => {
  await load();
  await show({ ...TUTORIAL, formulas: [{ ...TUTORIAL.formulas[0]!, mathml: '<math><mi>f</math>' }] });
  expect(await page.locator('.math').textContent()).toBe('f = x1·x2 + sin(x1)');
});

test('selecting a node marks its row and asks for its source', async () => {
  await load();
  await show(TUTORIAL);
  await page.locator('.node').nth(2).click();
  expect(await selectedRow()).toBe('w3 = w1·w2');
  const reveal = { kind: 'reveal', location: TUTORIAL.trace[2]!.location, open: false };
  expect((await sent()).at(-1)).toEqual(reveal);
  await page.locator('.node').nth(2).dblclick();
  expect((await sent()).at(-1)).toEqual({ ...reveal, open: true });
});

test('the cursor selects the row of the expression that it is in', async () => {
  await load();
  await show(TUTORIAL);
  await send({ kind: 'cursor', uri: URI, position: { line: 2, character: 21 } });
  expect(await selectedRow()).toContain('w4 = sin(w1)');
  await send({ kind: 'cursor', uri: URI, position: { line: 0, character: 0 } });
  expect(await selectedRow()).toContain('w4 = sin(w1)');
  expect((await sent()).some((message) => message.kind === 'reveal')).toBe(false);
});

test('the keyboard alone walks the graph and goes to the source', async () => {
  await load();
  await show(TUTORIAL);
  await page.locator('svg.graph').focus();
  for (const [key, row] of [
    ['ArrowDown', 'w1'],
    ['ArrowRight', 'w2'],
    ['ArrowDown', 'w3'],
    ['ArrowDown', 'w5'],
    ['ArrowUp', 'w3'],
    ['Home', 'w1'],
    ['End', 'w5'],
  ] as const) {
    await page.keyboard.press(key);
    expect(await selectedRow(), key).toContain(`${row} = `);
  }
  const active = await page.locator('svg.graph').getAttribute('aria-activedescendant');
  expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Enter');
  expect((await sent()).at(-1)).toEqual({
    kind: 'reveal',
    location: TUTORIAL.trace[4]!.location,
    open: true,
  });
});

test('the focus stays where it was when something is chosen', async () => {
  await load();
  await show(TUTORIAL);
  const reverse = page.getByRole('button', { name: /^Reverse/ });
  await reverse.focus();
  await page.keyboard.press('Enter');
  expect(await reverse.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await reverse.getAttribute('aria-pressed')).toBe('true');
});

test('copies what is shown', async () => {
  await load();
  await show(TUTORIAL);
  await page.getByRole('button', { name: 'Unicode' }).click();
  expect((await sent()).at(-1)).toEqual({
    kind: 'copy',
    text: 'f = x1·x2 + sin(x1)\n∂f/∂x1 = x2 + cos(x1)\n∂f/∂x2 = x1',
    what: 'Unicode',
  });
});

test('comes back as it was after a reload, before the extension has said anything', async () => {
  await load();
  await show(TUTORIAL);
  await page.getByRole('button', { name: /^Reverse/ }).click();
  await page.locator('.node').nth(3).click();
  const state = await page.evaluate(() => {
    window.dispatchEvent(new Event('pagehide'));
    return window.stored;
  });
  await load(state);
  expect(await page.locator('h1').textContent()).toBe('f(x1, x2)');
  expect(await selectedRow()).toContain('w4');
  expect(await page.locator('table.trace').getAttribute('class')).toContain('reverse');
  await show(TUTORIAL);
  expect(await selectedRow()).toContain('w4');
  await show({ ...TUTORIAL, title: 'g(x1, x2)' }, 'g');
  expect(await page.locator('tr.selected').count()).toBe(0);
});

test('shows the Jacobian of several outputs, and asks for the trace of another', async () => {
  await load();
  await show({
    ...TUTORIAL,
    formulas: [],
    outputs: [
      { label: '.x', value: 6, row: 2 },
      { label: '.y', value: 0.5, row: 3 },
    ],
    jacobian: [
      [3, 2],
      [-0.25, 0],
    ],
  });
  const table = page.locator('section').filter({ hasText: 'Jacobian' }).locator('tbody tr');
  expect(await table.allInnerTexts()).toEqual(['f.x\t6\t3\t2', 'f.y\t0.5\t−0.25\t0']);
  await page.getByLabel('Output').selectOption('f.y');
  expect((await sent()).at(-1)).toEqual({ kind: 'output', output: 1 });
});

test('keeps focus, scrolling and what is being typed while other models come', async () => {
  await load();
  await show(TUTORIAL);
  const field = page.getByLabel('x1, value');
  await field.focus();
  await page.keyboard.type('7');
  const typed = await field.inputValue();
  const table = page.locator('#section-evaluation-trace');
  await table.evaluate((element) => element.scrollIntoView());
  const before = await page.evaluate(() => window.scrollY);
  const trace = TUTORIAL.trace.map((row) => ({ ...row, name: 'renamed' }));
  await show({ ...TUTORIAL, trace, problems: [] });
  expect(await page.locator('table.trace').innerText()).toContain('renamed');
  expect(await field.inputValue()).toBe(typed);
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.evaluate(() => window.scrollY)).toBe(before);
});

test('has nothing that axe-core objects to, unfolded and in the midst of a sweep', async () => {
  await load();
  const location = TUTORIAL.trace[3]!.location!;
  await show({
    ...TUTORIAL,
    problems: [{ id: 'GL108', severity: 'warning', message: 'Kink here.', location }],
  });
  await page.getByText('The graph as a tree').click();
  await page.getByRole('treeitem').first().waitFor();
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  expect(await axeViolations(page)).toEqual([]);
});

test('fits into 300 pixels with long and with right-to-left names', async () => {
  const long = 'aVeryLongIdentifierThatNobodyWouldEverWriteButSomebodyDoes';
  const [x1, x2] = TUTORIAL.inputs;
  await page.setViewportSize({ width: 300, height: 900 });
  await load();
  await show({
    ...TUTORIAL,
    title: `${long}(x1, x2)`,
    name: long,
    inputs: [
      { ...x1!, label: long },
      { ...x2!, label: 'אורך' },
    ],
    sample: { index: 0, count: 2, text: `${long} = 2, אורך = 3` },
    problems: [{ id: 'GL108', severity: 'warning', message: long + long, location: null }],
  });
  await page.locator('#section-plots').scrollIntoViewIfNeeded();
  await page.locator('.readout').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(300);
});

test('says why there is nothing to show', async () => {
  await load();
  await send({ kind: 'empty', message: 'There is no function here.', follow: true });
  expect(await page.locator('.empty p').textContent()).toBe('There is no function here.');
});

test('links a problem to its line, and tells when the text is broken', async () => {
  const location = TUTORIAL.trace[3]!.location!;
  await load();
  await show({
    ...TUTORIAL,
    outdated: true,
    problems: [{ id: 'GL108', severity: 'warning', message: 'Kink here.', location }],
  });
  expect(await page.locator('.badge').textContent()).toBe('outdated');
  await page.getByRole('button', { name: 'line 3' }).click();
  expect((await sent()).at(-1)).toEqual({ kind: 'reveal', location, open: true });
});
