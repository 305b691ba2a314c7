/**
 * Whether the panel keeps what it should let go: heap, nodes and listeners after forced collections, while sliders
 * move, and while panels are opened and closed in the real workbench.   --help tells.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchChromium, pageSources, servePanel, standIn, tell } from './barePage.ts';
import { networkModel, showing } from './panelModels.ts';
import { Session } from './window.ts';
import type { Workbench } from './workbench.ts';

export interface Footprint {
  /** After how many movements or openings. */
  readonly after: number;
  /** Bytes. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly documents: number;
  /** Resident bytes of processes, by what they are. */
  readonly resident: Readonly<Record<string, number>>;
}

async function footprint(
  session: CDPSession,
  after: number,
  pids: Record<string, number> = {},
): Promise<Footprint> {
  // What one collection finalises the next one frees.
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  const resident = Object.entries(pids).map(([name, pid]) => [name, residentBytes(pid)] as const);
  return {
    after,
    heap: of('JSHeapUsedSize'),
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    documents: of('Documents'),
    resident: Object.fromEntries(resident),
  };
}

function residentBytes(pid: number): number {
  const pages = Number(fs.readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return pages * 4096;
}

async function metricsOf(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  return session;
}

/** Moves each slider in turn, one movement a frame, in both modes and with both kinds of plot. */
export async function slide(
  browser: Browser,
  moves: number,
  checkpoints: number,
  told: (at: Footprint) => void = () => {},
): Promise<Footprint[]> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 1400 } });
  const goTo = await servePanel(context, await pageSources({ minify: false }));
  const page = await context.newPage();
  await page.addInitScript(standIn, undefined);
  await goTo(page);
  await tell(page, showing(networkModel(100)));
  await page.locator('.graph-frame .node').first().waitFor();
  const session = await metricsOf(page);
  const some = Math.ceil(moves / checkpoints);
  const found: Footprint[] = [];
  // The first round fills caches.
  for (let round = 0; round <= checkpoints; round++) {
    await page.evaluate(
      async ([count, turn]) => {
        const button = (name: string): void =>
          [...document.querySelectorAll('button')].find((one) => one.textContent?.startsWith(name))?.click();
        const sliders = [...document.querySelectorAll<HTMLInputElement>('.inputs input[type="range"]')];
        const second = [...document.querySelectorAll('select')].find((one) =>
          one.parentElement?.textContent?.startsWith('and along'),
        );
        button(turn! % 2 === 0 ? 'Forward' : 'Reverse');
        if (second !== undefined) {
          second.value = turn! % 2 === 0 ? '' : second.options[1]!.value;
          second.dispatchEvent(new Event('change', { bubbles: true }));
        }
        for (let i = 0; i < count!; i++) {
          const slider = sliders[Math.floor(i / 25) % sliders.length]!;
          const [low, high] = [Number(slider.min), Number(slider.max)];
          slider.value = String(low + (high - low) * (0.5 + 0.4 * Math.sin(0.7 * i + turn!)));
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          if (i % 25 === 24) slider.dispatchEvent(new Event('change', { bubbles: true }));
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        button('Reset all');
        button('Forward');
      },
      [some, round] as const,
    );
    // Until what waits for rest has been done.
    await page.waitForTimeout(1200);
    await page.evaluate(() => {
      window.sent.length = 0;
    });
    const at = await footprint(session, round * some);
    told(at);
    if (round > 0) found.push(at);
  }
  await context.close();
  return found;
}

/** Opens the panel of the function in sight by its lens, and closes its tab. */
export async function openAndClose(
  session: Session,
  workbench: Workbench,
  file: string,
  times: number,
  checkpoints: number,
  told: (at: Footprint) => void = () => {},
): Promise<Footprint[]> {
  const { page } = workbench;
  const metrics = await metricsOf(page);
  const server = session.languageServers()[0]!;
  const pids = { server, 'extension host': parentOf(server) };
  const some = Math.ceil(times / checkpoints);
  const found: Footprint[] = [];
  const once = async (): Promise<void> => {
    await workbench.until(
      () => workbench.lens(file, 'show derivative').first().click(),
      workbench.webview().locator('table.trace'),
    );
    await page.locator('.tabs-container .tab', { hasText: '∇' }).locator('.tab-actions a').click();
    await page.locator('iframe.webview').waitFor({ state: 'detached' });
  };
  for (let i = 0; i < 2; i++) await once();
  for (let round = 0; round < checkpoints; round++) {
    for (let i = 0; i < some; i++) await once();
    const at = await footprint(metrics, (round + 1) * some, pids);
    told(at);
    found.push(at);
  }
  return found;
}

function parentOf(pid: number): number {
  // The name, in parentheses, may hold anything.
  return Number(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1]);
}

/** How much more there is at the end than there was at the beginning, less the ups and downs between. */
export function growth(found: readonly Footprint[], of: (at: Footprint) => number): number {
  const half = found.length >> 1;
  const least = (some: readonly Footprint[]): number => Math.min(...some.map(of));
  return least(found.slice(-half)) - least(found.slice(0, half));
}

const usage = `npm run steadiness [-- options]

  --moves N    slider movements in the panel's page (default 10000; 0: none)
  --opens N    panels opened and closed in the real workbench (default 200; 0: none)`;

export async function main(args: readonly string[], vsix: () => Promise<string>): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      moves: { type: 'string', default: '10000' },
      opens: { type: 'string', default: '200' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(2)} MB`;
  const say = (at: Footprint): void => {
    const processes = Object.entries(at.resident).map(([name, bytes]) => `${name} ${megabytes(bytes)}`);
    console.log(
      [
        `after ${String(at.after).padStart(5)}: heap ${megabytes(at.heap)}, ${at.nodes} nodes`,
        `${at.listeners} listeners, ${at.documents} documents`,
        ...processes,
      ].join(', '),
    );
  };
  const sum = (what: string, found: readonly Footprint[]): void => {
    const [heap, nodes, listeners] = [
      growth(found, (at) => at.heap),
      growth(found, (at) => at.nodes),
      growth(found, (at) => at.listeners),
    ];
    console.log(`${what}: grown by ${megabytes(heap)}, ${nodes} nodes, ${listeners} listeners\n`);
  };
  const moves = Number(values.moves);
  if (moves > 0) {
    const browser = await launchChromium();
    sum(`${moves} movements`, await slide(browser, moves, 10, say));
    await browser.close();
  }
  const opens = Number(values.opens);
  if (opens === 0) return;
  const session = await Session.start({ release: 'current', vsix: await vsix(), say: console.log });
  try {
    const folder = session.workspace('examples/01-tutorial.ts');
    const file = path.join(folder, '01-tutorial.ts');
    const workbench = await session.open({ folder, file });
    await workbench.lens(file, 'show derivative').first().waitFor();
    sum(`${opens} openings`, await openAndClose(session, workbench, file, opens, 10, say));
  } finally {
    await session.stop();
  }
}
