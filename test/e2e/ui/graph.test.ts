// The picture of the graph alone in a browser: folding, search, zoom, keys, numbers in place, many nodes, images.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { GraphView } from '../../../client/panel/graph/view.ts';
import { PANEL_MODEL, type PanelModel, type PanelModelResult } from '../../../server/protocol/messages.ts';
import { InProcess } from '../../server/inProcess.ts';
import { launchChromium, type PageSources, pageSources } from '../barePage.ts';

interface GraphWindow {
  readonly view: GraphView;
  /** Rows that were chosen, and whether to be opened. */
  readonly chosen: [number, boolean][];
  show(model: PanelModel, mode: 'forward' | 'reverse', scale?: number): void;
  png(): Promise<number[]>;
  /** How often a worker was sent something. */
  posted: number;
}
declare const graphPage: GraphWindow;

const ENTRY = `
import { GraphView } from './client/panel/graph/view.ts';
import { pngOf } from './client/panel/graph/image.ts';
import { FIRST_CHOICE } from './client/panel/choice.ts';
import { modelNumbers } from './client/panel/numbers.ts';
const chosen = [];
let shown;
const view = new GraphView({
  select(row, open) {
    chosen.push([row, open]);
    view.highlight({ selected: row, current: null, reached: null });
  },
  changed() {},
});
document.body.append(view.element);
const { postMessage } = Worker.prototype;
Worker.prototype.postMessage = function (...args) {
  globalThis.graphPage.posted++;
  return postMessage.apply(this, args);
};
globalThis.graphPage = {
  posted: 0,
  view,
  chosen,
  show(model, mode) {
    view.show({ source: model.title, model, mode, digits: 4, numbers: modelNumbers(model, { ...FIRST_CHOICE, mode }) });
  },
  png: async () => [...new Uint8Array(await (await pngOf(view.drawing())).arrayBuffer())],
};
`;

let browser: Browser;
let page: Page;
let sources: PageSources;

beforeAll(async () => {
  sources = await pageSources({ contents: ENTRY });
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 800, height: 900 } });
  page.setDefaultTimeout(10_000);
  await page.setContent(`<!DOCTYPE html><style>${sources.style}</style>`);
  await page.addScriptTag({ content: sources.script });
});
afterEach(() => page.close());

function modelOf(text: string): PanelModel {
  const worker = new InProcess();
  worker.open('file:///graph.ts', text);
  const found = worker.request<PanelModelResult | null>(PANEL_MODEL, {
    function: { uri: 'file:///graph.ts', target: 'f' },
  });
  return found!.model;
}

const LOOP = modelOf(`// @differentiable at x = 0.3, r = 3.1
function f(x: number, r: number): number {
  let y = x;
  for (let i = 0; i < 12; i++) {
    y = r * y * (1 - y);
    y = y + 0.01 * Math.sin(y);
  }
  return y * Math.cos(x);
}
`);
const TUTORIAL = modelOf(`// @differentiable at x1 = 2, x2 = 3
function f(x1: number, x2: number): number {
  return x1 * x2 + Math.sin(x1);
}
`);

async function show(model: PanelModel, mode: 'forward' | 'reverse' = 'forward'): Promise<void> {
  await page.evaluate(([shown, how]) => graphPage.show(shown, how), [model, mode] as const);
}
const headings = (): Promise<string[]> =>
  page.locator('.node .heading').evaluateAll((texts) => texts.map((text) => text.textContent ?? ''));
const viewport = (): Promise<{ x: number; y: number; scale: number }> =>
  page.evaluate(() => graphPage.view.state!.viewport!);
const selected = (): Promise<string | null> => page.locator('.node.selected .heading').textContent();

test('a loop of a large graph is a box that unfolds round by round, and folds again', async () => {
  await show(LOOP);
  expect(await headings()).toEqual(['w1 = x', 'w2 = r', 'for i × 12', 'w75 = cos(w1)', 'w76 = w74·w75']);
  await page.locator('.node.box').dblclick();
  expect((await headings()).slice(2, -2)).toEqual(Array.from({ length: 12 }, (_, i) => `iteration ${i + 1}`));
  await page.locator('.node.box').nth(1).dblclick();
  expect(await headings()).toContain('w12 = sin(w11)');
  await page.getByRole('button', { name: 'Fold for i × 12' }).click();
  expect(await headings()).toHaveLength(5);
});

test('what is unfolded has a frame, and a click on its label folds it again', async () => {
  await show(LOOP);
  const labels = (): Promise<string[]> =>
    page.locator('.region-label').evaluateAll((all) => all.map((each) => each.lastChild?.nodeValue ?? ''));
  expect(await labels()).toEqual([]);
  await page.locator('.node.box').dblclick();
  await page.locator('.node.box').nth(1).dblclick();
  expect(await labels()).toEqual(['⊟ for i × 12', '⊟ iteration 2']);
  await page.locator('.region-label').last().click();
  expect(await labels()).toEqual(['⊟ for i × 12']);
  expect(await headings()).toHaveLength(16);
  await page.locator('.region-label').click();
  expect(await labels()).toEqual([]);
  expect(await headings()).toHaveLength(5);
});

test('what is unfolded and in sight stays when the function changes, and when it is shown again', async () => {
  await show(LOOP);
  await page.locator('.node.box').dblclick();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  const before = await viewport();
  await show({ ...LOOP, name: 'f' }, 'reverse');
  expect(await headings()).toHaveLength(16);
  expect(await viewport()).toEqual(before);
  await show(TUTORIAL);
  expect(await headings()).toHaveLength(5);
  await show(LOOP);
  expect(await headings()).toHaveLength(16);
  expect(await viewport()).toEqual(before);
});

test('what a box hands through is the derivative by the chain rule', async () => {
  await show(LOOP);
  const labels = await page
    .locator('.label')
    .evaluateAll((all) => all.map((each) => each.lastChild?.nodeValue));
  const y = (x: number, r: number): number => {
    let value = x;
    for (let i = 0; i < 12; i++) {
      value = r * value * (1 - value);
      value += 0.01 * Math.sin(value);
    }
    return value;
  };
  const h = 1e-6;
  const slopes = [
    (y(0.3 + h, 3.1) - y(0.3 - h, 3.1)) / (2 * h),
    (y(0.3, 3.1 + h) - y(0.3, 3.1 - h)) / (2 * h),
  ];
  const shown = labels.slice(0, 2).map((label) => Number(label!.replace('−', '-')));
  shown.forEach((slope, i) => {
    expect(slope / slopes[i]!).toBeCloseTo(1, 3);
  });
});

test('a search counts while it is typed, and unfolds to what it found', async () => {
  await show(LOOP);
  const search = page.getByRole('searchbox');
  await search.fill('sin');
  expect(await page.locator('.hits').textContent()).toContain('found');
  expect(await headings()).toHaveLength(5);
  await search.press('Enter');
  expect(await selected()).toBe('w6 = sin(w5)');
  await search.fill('no such thing');
  expect(await page.locator('.hits').textContent()).toBe('not found');
});

test('keys move along the edges, unfold, fold, zoom and pan', async () => {
  await show(LOOP);
  await page.locator('svg.graph').focus();
  for (const key of ['Home', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  expect(await selected()).toBe('for i × 12');
  await page.keyboard.press('Enter');
  expect(await headings()).toHaveLength(16);
  await page.keyboard.press('Backspace');
  expect(await headings()).toHaveLength(5);
  const before = await viewport();
  await page.keyboard.press('+');
  expect((await viewport()).scale).toBeCloseTo(before.scale * 1.25, 9);
  await page.keyboard.press('0');
  expect((await viewport()).scale).toBeCloseTo(1, 9);
  const { x, scale } = await viewport();
  await page.keyboard.press('Shift+ArrowRight');
  expect(((await viewport()).x - x) * scale).toBeCloseTo(60, 6);
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('graph-search');
});

test('the mouse drags and zooms, and a drag chooses nothing', async () => {
  await show(TUTORIAL);
  const frame = (await page.locator('.graph-frame').boundingBox())!;
  const before = await viewport();
  await page.mouse.move(frame.x + 20, frame.y + 100);
  await page.mouse.down();
  await page.mouse.move(frame.x + 90, frame.y + 140, { steps: 4 });
  await page.mouse.up();
  const after = await viewport();
  expect((before.x - after.x) * before.scale).toBeCloseTo(70, 6);
  expect((before.y - after.y) * before.scale).toBeCloseTo(40, 6);
  expect(await page.evaluate(() => graphPage.chosen)).toEqual([]);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await viewport()).scale).toBeGreaterThan(after.scale * 1.1);
  await page.locator('.node').nth(2).click();
  expect(await page.evaluate(() => graphPage.chosen)).toEqual([[2, false]]);
});

test('moving numbers rewrites the text of the elements that are there', async () => {
  await show(TUTORIAL);
  const kept = await page.evaluate(() => {
    const nodes = [...document.querySelectorAll('.node')];
    const [x1, x2] = [1, 4];
    graphPage.view.update({
      values: [x1, x2, x1 * x2, Math.sin(x1), x1 * x2 + Math.sin(x1)],
      tangents: [1, 0, x2, Math.cos(x1), x2 + Math.cos(x1)],
      adjoints: null,
      partial: () => 2,
    });
    return [...document.querySelectorAll('.node')].every((node, i) => node === nodes[i]);
  });
  expect(kept).toBe(true);
  const last = page.locator('.node').last();
  expect(await last.locator('.value').textContent()).toBe('≈ 4.841');
  expect(await last.locator('.derivative').textContent()).toBe('ẇ5 ≈ 4.540');
  await expect.poll(() => last.getAttribute('aria-label')).toContain('≈ 4.841');
});

test('a sweep shows what it has come to, and no more', async () => {
  await show(TUTORIAL, 'reverse');
  await page.evaluate(() =>
    graphPage.view.highlight({
      selected: null,
      current: 3,
      reached: { values: () => true, derivatives: (row) => row >= 3 },
      why: [],
    }),
  );
  const texts = (cls: string): Promise<string[]> =>
    page.locator(`.node .${cls}`).evaluateAll((all) => all.map((each) => each.textContent ?? ''));
  expect(await texts('derivative')).toEqual(['', '', '', 'w\u03044 = 1', 'w\u03045 = 1']);
  expect((await texts('value')).every((text) => text !== '')).toBe(true);
  expect(await page.locator('.node.current .heading').textContent()).toBe('w4 = sin(w1)');
});

test('the strongest paths of a component can be looked at alone', async () => {
  await show(TUTORIAL);
  await page.getByLabel('Paths shown').selectOption({ label: 'Paths of ∂/∂x2' });
  expect(await headings()).toEqual(['w2 = x2', 'w3 = w1·w2', 'w5 = w3 + w4']);
  expect(await page.locator('.graph-notes').textContent()).toContain('carry 100 % of the component');
  await page.getByLabel('Paths shown').selectOption({ label: 'All paths' });
  expect(await headings()).toHaveLength(5);
});

/** sin(sin(… x1)), so many of them. */
function sines(count: number): PanelModel {
  const first = TUTORIAL.trace[0]!;
  const sine = TUTORIAL.trace[3]!;
  const rows = Array.from({ length: count }, (_, n) => ({
    ...sine,
    index: n + 2,
    primal: { ...sine.primal, left: `w${n + 2}` },
    operands: [{ ...sine.operands[0]!, row: n }],
  }));
  return { ...TUTORIAL, title: `${count} sines`, regions: null, trace: [first, ...rows] };
}
/** Nodes that stand below the one before, which all do in a chain; as many as the picture says it has. */
const stacked = (): Promise<number> =>
  page.evaluate(() => {
    const tops = graphPage.view.drawing()?.nodes.map(({ y }) => y) ?? [];
    return tops.filter((top, n) => n === 0 || top > tops[n - 1]!).length;
  });

test('a large graph is laid out in a worker, which ends when another graph is wanted', async () => {
  await show(sines(900));
  await expect.poll(stacked).toBe(901);
  expect(page.workers()).toHaveLength(1);
  const ended = page.workers()[0]!;
  const gone = ended.waitForEvent('close');
  const { longer, shorter } = { longer: sines(12_000), shorter: sines(2) };
  await show(longer);
  await page.waitForFunction(() => graphPage.posted === 2);
  await show(shorter);
  await gone;
  expect(await stacked()).toBe(3);
  // What it was at does not come after all.
  await page.waitForTimeout(300);
  expect(await headings()).toHaveLength(3);
  await show(sines(700));
  await expect.poll(stacked).toBe(701);
});

test.each([
  [
    'throws',
    () => {
      window.Worker = class {
        constructor() {
          throw new DOMException('no workers here', 'SecurityError');
        }
      } as unknown as typeof Worker;
    },
  ],
  [
    'fails',
    () => {
      window.Worker = class extends Worker {
        constructor() {
          super('data:text/javascript,throw 1');
        }
      };
    },
  ],
] as const)('where a worker %s a large graph is laid out in the page', async (_, without) => {
  await page.evaluate(without);
  await show(sines(900));
  await expect.poll(stacked).toBe(901);
  expect(page.workers()).toHaveLength(0);
});

test('more nodes than elements can be moved are painted, and those in sight become elements again', async () => {
  await show(sines(900));
  await expect.poll(() => page.locator('.node').count()).toBeGreaterThan(0);
  expect(await page.locator('.node').count()).toBeLessThan(100);
  await page.getByRole('button', { name: 'Fit the whole graph' }).click();
  await expect.poll(() => page.locator('canvas.graph-canvas').isVisible()).toBe(true);
  const painted = await page.locator('canvas.graph-canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value !== 0);
  });
  expect(painted).toBe(true);
  await page.locator('svg.graph').focus();
  await page.keyboard.press('0');
  await expect.poll(() => page.locator('.node').count()).toBeGreaterThan(0);
  expect(await page.locator('canvas.graph-canvas').isVisible()).toBe(false);
});

test('the picture becomes an image', async () => {
  await show(TUTORIAL);
  const bytes = await page.evaluate(() => graphPage.png());
  expect(bytes.slice(0, 8)).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const width = bytes.slice(16, 20).reduce((sum, byte) => 256 * sum + byte, 0);
  const drawn = await page.evaluate(() => graphPage.view.drawing()!.width);
  expect(width).toBeGreaterThanOrEqual(2 * drawn);
});
