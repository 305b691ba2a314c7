/**
 * The panel's page in headless Chromium, under its own policy: from its first script to the first picture, from a
 * slider's movement to the repainted page, and the layout of a large graph with what else the page can do meanwhile.
 *   npm run bench -- panel [--moves N] [--opens N] [--only opening|moves|layout] [--json FILE] [--profile FILE]
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { PanelState, ToPage } from '../../client/panel/messages.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import {
  launchChromium,
  type PageSources,
  pageSources,
  servePanel,
  standIn,
} from '../../test/e2e/barePage.ts';
import { chainModel, networkModel, showing, unfolded } from '../../test/e2e/panelModels.ts';

const { values: flags } = parseArgs({
  options: {
    moves: { type: 'string', default: '300' },
    opens: { type: 'string', default: '15' },
    only: { type: 'string' },
    json: { type: 'string' },
    profile: { type: 'string' },
  },
});
const moves = Number(flags.moves);
const opens = Number(flags.opens);

interface Row {
  readonly what: string;
  /** Milliseconds, or what `what` says. */
  readonly least: number;
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
  readonly goal: number | null;
}
const rows: Row[] = [];

function report(what: string, times: readonly number[], goal: number | null = null): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  rows.push({ what, least: at(0), p50: at(0.5), p95: at(0.95), most: at(1), goal });
  const cells = [at(0), at(0.5), at(0.95), at(1)].map((n) => n.toFixed(1).padStart(8));
  console.log(`${what.padEnd(58)}${cells.join('')}   ${goal === null ? '' : `goal ${goal}`}`);
}

interface Painted {
  /** From the dispatch of the event to the frame with its effect, painted. */
  readonly work: number;
  /** From when the browser got the input: it waits for the next frame's beginning. */
  readonly latency: number;
}
declare global {
  interface Window {
    /** When the first picture was painted, since the page's first script. */
    firstPicture: number | undefined;
    painted: Painted[];
    /** Distances between frames. */
    frameGaps: number[];
    longTasks: number[];
  }
}

/** In the page, before its scripts: answers `ready` with a model, and takes the times. */
function instruments(answer: ToPage): void {
  const { sent } = window;
  sent.push = (...messages) => {
    for (const { kind } of messages) if (kind === 'ready') window.postMessage(answer, '*');
    return Array.prototype.push.apply(sent, messages);
  };
  const afterPaint = (then: () => void): void => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(null);
  };
  const look = (): void => {
    const drawn = document.querySelector('.graph-frame .node, .graph-canvas:not([hidden])') !== null;
    if (!drawn) {
      requestAnimationFrame(look);
      return;
    }
    afterPaint(() => {
      window.firstPicture = performance.now() - performance.getEntriesByName('first script')[0]!.startTime;
    });
  };
  requestAnimationFrame(look);
  window.painted = [];
  window.addEventListener(
    'input',
    (event) => {
      const start = performance.now();
      const { timeStamp } = event;
      requestAnimationFrame(() =>
        afterPaint(() => {
          const end = performance.now();
          window.painted.push({ work: end - start, latency: end - timeStamp });
        }),
      );
    },
    { capture: true },
  );
  window.frameGaps = [];
  window.longTasks = [];
  let last = performance.now();
  const frame = (now: number): void => {
    window.frameGaps.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    window.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask' });
}

interface Open {
  readonly page: Page;
  readonly firstPicture: number;
  close(): Promise<void>;
}

/** Opens the page as the panel does, with what it has stored. */
async function open(
  browser: Browser,
  sources: PageSources,
  model: PanelModel,
  stored?: PanelState,
): Promise<Open> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1400 } });
  const goTo = await servePanel(context, sources);
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`in the page: ${error.message}`));
  await page.addInitScript(standIn, stored);
  await page.addInitScript(instruments, showing(model));
  await goTo(page);
  await page.waitForFunction(() => window.firstPicture !== undefined);
  const firstPicture = await page.evaluate(() => window.firstPicture!);
  return { page, firstPicture, close: () => context.close() };
}

/** Seconds that the page's main thread has spent, by what. */
async function spent(session: CDPSession): Promise<Map<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}

/** Profiles the page, if that was asked for, until what it gives is called with a name for the file. */
async function profiling(page: Page): Promise<(name: string) => Promise<void>> {
  if (flags.profile === undefined) return async () => {};
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.start');
  return async (name) => {
    const { profile } = await session.send('Profiler.stop');
    fs.writeFileSync(`${flags.profile}-${name}.cpuprofile`, JSON.stringify(profile));
  };
}

async function measureOpening(browser: Browser, sources: PageSources): Promise<void> {
  for (const [name, model] of [
    ['100', networkModel(100)],
    ['400', networkModel(395)],
  ] as const) {
    const times: number[] = [];
    for (let i = 0; i < opens; i++) {
      const { firstPicture, close } = await open(
        browser,
        sources,
        model,
        i % 2 === 0 ? unfolded(model) : undefined,
      );
      times.push(firstPicture);
      await close();
    }
    report(`first script to first picture, ${name} rows`, times, 300);
  }
}

async function measureMoves(browser: Browser, sources: PageSources): Promise<void> {
  for (const [size, goal] of [
    [100, 16],
    [395, 33],
  ] as const) {
    const model = networkModel(size);
    const { page, close } = await open(browser, sources, model, unfolded(model));
    await page.getByRole('button', { name: 'Fit the whole graph' }).click();
    const slider = page.getByRole('slider', { name: model.inputs.at(-1)!.label, exact: true });
    await slider.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    const visible = await page.evaluate(() => {
      const frame = document.querySelector('.graph-frame')!.getBoundingClientRect();
      const bottom = Math.min(frame.bottom, window.innerHeight);
      return [...document.querySelectorAll('.graph-frame .node')].filter((node) => {
        const box = node.getBoundingClientRect();
        return box.right > frame.left && box.left < frame.right && box.bottom > frame.top && box.top < bottom;
      }).length;
    });
    const box = (await slider.boundingBox())!;
    const x = (share: number): number => box.x + box.width * share;
    const y = box.y + box.height / 2;
    await page.mouse.move(x(0.5), y);
    await page.mouse.down();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const drag = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        await page.mouse.move(x(0.5 + 0.3 * Math.sin(i / 9)), y);
        // At no fixed distance from the frames.
        await page.waitForTimeout(17 + (i % 7));
      }
    };
    await drag(60);
    await page.evaluate(() => {
      window.painted = [];
      window.longTasks = [];
    });
    const before = await spent(session);
    const stop = await profiling(page);
    await drag(moves);
    await stop(String(size));
    const after = await spent(session);
    const painted = await page.evaluate(() => window.painted);
    await page.mouse.up();
    const asked = await page.evaluate(() => window.sent.filter(({ kind }) => kind === 'query').length);
    console.log(
      `\n${model.trace.length} rows, ${visible} nodes in sight, ${painted.length} movements painted`,
    );
    if (asked > 2) console.log(`the server was asked ${asked} times`);
    const name = `slider, ${visible} nodes`;
    report(
      `${name}: event to repaint`,
      painted.map(({ work }) => work),
      goal,
    );
    report(
      `${name}: the same with the wait for the frame`,
      painted.map(({ latency }) => latency),
    );
    for (const [what, metric] of [
      ['script', 'ScriptDuration'],
      ['style', 'RecalcStyleDuration'],
      ['layout', 'LayoutDuration'],
      ['all of the main thread', 'TaskDuration'],
    ] as const) {
      const each = (1000 * (after.get(metric)! - before.get(metric)!)) / painted.length;
      report(`${name}: ${what}, mean of a movement`, [each]);
    }
    await close();
  }
}

async function measureLayout(browser: Browser, sources: PageSources): Promise<void> {
  const ROWS = 5000;
  const large = chainModel(ROWS);
  const other = chainModel(ROWS - 1);
  const small = networkModel(40);
  const [times, longest, gaps, cancelled]: number[][] = [[], [], [], []];
  for (let i = 0; i < Math.max(3, opens / 3); i++) {
    const { page, close } = await open(browser, sources, small);
    /** Tells the page to show these one after the other; how long until the last is drawn. */
    const shown = (...models: readonly PanelModel[]): Promise<number> =>
      page.evaluate(
        ([messages, wanted]) =>
          new Promise<number>((resolve) => {
            const start = performance.now();
            window.longTasks = [];
            window.frameGaps = [];
            const look = (): void => {
              if (document.querySelector('svg.graph')?.getAttribute('aria-label')?.includes(wanted!))
                resolve(performance.now() - start);
              else requestAnimationFrame(look);
            };
            messages!.forEach((data, index) => {
              setTimeout(() => window.dispatchEvent(new MessageEvent('message', { data })), 50 * index);
            });
            requestAnimationFrame(look);
          }),
        [models.map(showing), models.at(-1)!.title] as const,
      );
    const stop = i === 0 ? await profiling(page) : null;
    times!.push(await shown(large));
    await stop?.('layout');
    const seen = await page.evaluate(() => [Math.max(0, ...window.longTasks), Math.max(...window.frameGaps)]);
    longest!.push(seen[0]!);
    gaps!.push(seen[1]!);
    // One that has begun gives way to the next.
    cancelled!.push(await shown(other, small));
    await close();
  }
  console.log();
  report(`${ROWS} nodes: told to drawn`, times!, 1000);
  report(`${ROWS} nodes: longest task of the main thread meanwhile`, longest!);
  report(`${ROWS} nodes: longest distance between frames meanwhile`, gaps!);
  report(`${ROWS} nodes: another function shown in the midst of it`, cancelled!);
}

const sources = await pageSources({ minify: true });
const browser = await launchChromium();
try {
  console.log(`${'milliseconds'.padEnd(58)}   least     p50     p95    most`);
  const parts = { opening: measureOpening, moves: measureMoves, layout: measureLayout };
  for (const [name, measure] of Object.entries(parts))
    if (flags.only === undefined || flags.only === name) await measure(browser, sources);
} finally {
  await browser.close();
}
if (flags.json !== undefined) fs.writeFileSync(flags.json, `${JSON.stringify(rows, null, 2)}\n`);
