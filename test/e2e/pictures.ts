// Pictures of the panel on examples in every kind of theme, and those of README.   --help tells.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { FrameLocator } from 'playwright-core';
import { Session, type Theme, themeSetting, themes } from './window.ts';
import type { Workbench } from './workbench.ts';

const FOLDER = path.join('docs', 'pictures');
const SIZE = { width: 1240, height: 940 };

interface Subject {
  readonly name: string;
  /** The function. */
  readonly of: string;
  readonly file: string;
  /** Which of the file's lenses. */
  readonly nth?: number;
  /** What is done in the panel before the picture is taken. */
  act?(panel: FrameLocator): Promise<void>;
  /** The section that the picture begins with. */
  readonly from?: string;
}

const click = (panel: FrameLocator, name: string | RegExp): Promise<void> =>
  panel.getByRole('button', { name }).first().click();

async function sweepTo(panel: FrameLocator, step: number): Promise<void> {
  const scrubber = panel.getByLabel('Step of the sweeps');
  await scrubber.focus();
  await scrubber.press('Home');
  for (let i = 0; i < step; i++) await scrubber.press('ArrowRight');
}

async function move(panel: FrameLocator, input: string, value: string): Promise<void> {
  const field = panel.getByLabel(`${input}, value`);
  await field.fill(value);
  await field.press('Enter');
}

const overTwo = (first: string, second: string) => async (panel: FrameLocator) => {
  await panel.locator('#section-plots').scrollIntoViewIfNeeded();
  await panel.getByLabel(/^Along/).selectOption(first);
  await panel.getByLabel('and along').selectOption(second);
};

const subjects: readonly Subject[] = [
  { name: 'tutorial', of: 'f', file: '01-tutorial.ts', act: (panel) => sweepTo(panel, 10) },
  { name: 'rosenbrock', of: 'rosenbrock', file: '02-rosenbrock.ts', from: 'plots', act: overTwo('x', 'y') },
  {
    name: 'black-scholes',
    of: 'callPrice',
    file: '03-black-scholes.ts',
    act: (panel) => click(panel, /^Reverse/),
  },
  {
    name: 'logistic-loss',
    of: 'logisticLoss',
    file: '04-logistic-loss.ts',
    from: 'graph',
    act: (panel) => sweepTo(panel, 8),
  },
  { name: 'two-link-arm', of: 'hand', file: '05-two-link-arm.ts' },
  {
    name: 'kepler',
    of: 'eccentricAnomaly',
    file: '06-kepler.ts',
    from: 'inputs',
    act: (panel) => click(panel, /^Reverse/),
  },
  {
    name: 'damped-oscillator',
    of: 'position',
    file: '07-damped-oscillator.ts',
    from: 'plots',
    act: (panel) => move(panel, 'stiffness', '6'),
  },
  {
    name: 'softmax',
    of: 'crossEntropy',
    file: '08-softmax-cross-entropy.ts',
    from: 'graph',
    act: (panel) => click(panel, /^Reverse/),
  },
  { name: 'bezier', of: 'bezierLength', file: '09-bezier-length.ts', from: 'inputs' },
  { name: 'lennard-jones', of: 'pairEnergy', file: '10-lennard-jones.ts', from: 'plots' },
  {
    name: 'leaky-relu',
    of: 'leakyRelu',
    file: '11-branchy-activation.ts',
    nth: 1,
    act: (panel) => move(panel, 'x', '-0.7'),
  },
  { name: 'vector-class', of: 'angleToAxis', file: '12-vector-class.ts', nth: 1, from: 'evaluation-trace' },
];

async function show(
  workbench: Workbench,
  folder: string,
  { name, of, file, nth = 0, from = 'formulas', act }: Subject,
): Promise<void> {
  const { page } = workbench;
  const source = path.join(folder, file);
  await page.keyboard.press('Control+1');
  await workbench.quickOpen(file);
  await workbench.editor(source).waitFor();
  const lens = workbench.lens(source, 'show derivative').nth(nth);
  const panel = workbench.webview();
  await workbench.until(() => lens.click(), panel.locator('h1', { hasText: new RegExp(`^${of}\\(`) }));
  await panel.locator('.graph-frame .node').first().waitFor();
  console.log(`  ${name}`);
  await act?.(panel);
  await page.mouse.move(2, 2);
  // What is in sight is drawn; then differences, refined plots.
  for (const ms of [400, 1500]) {
    await panel.locator(`#section-${from}`).evaluate((element) => {
      element.scrollIntoView({ block: 'start' });
      window.scrollBy(0, -12);
    });
    await page.waitForTimeout(ms);
  }
}

/** The panel alone, of each subject. */
async function ofPanel(session: Session, theme: Theme, wanted: readonly Subject[]): Promise<void> {
  const folder = session.workspace(...wanted.map(({ file }) => path.join('examples', file)));
  const workbench = await session.open({ folder }, SIZE);
  for (const subject of wanted) {
    try {
      await show(workbench, folder, subject);
    } catch (error) {
      console.error(`  ${subject.name}: ${error instanceof Error ? error.message : error}`);
    }
    const frame = workbench.page.locator('iframe.webview.ready');
    const clip = (await frame.boundingBox()) ?? undefined;
    const file = path.join(FOLDER, `${subject.name}-${theme}.png`);
    await workbench.page.screenshot({ path: file, animations: 'disabled', ...(clip && { clip }) });
  }
  await session.close(workbench);
}

/** Those of README, of whole windows. */
async function ofReadme(packed: string): Promise<void> {
  const start = (theme: Theme): Promise<Session> =>
    Session.start({
      release: 'current',
      vsix: packed,
      settings: { ...themeSetting(theme, 'current'), 'workbench.activityBar.location': 'hidden' },
    });
  const open = async (session: Session, name: string, size: { width: number; height: number }) => {
    const folder = session.workspace(path.join('examples', name));
    const file = path.join(folder, name);
    const workbench = await session.open({ folder, file }, size);
    await workbench.lens(file, 'show derivative').first().waitFor();
    await workbench.page.keyboard.press('Control+B'); // the side bar goes
    return { workbench, file };
  };
  const keep = async (workbench: Workbench, name: string): Promise<void> => {
    await workbench.page.waitForTimeout(1500);
    const clip = await workbench.page.locator('.part.editor').boundingBox();
    const picture = path.join(FOLDER, `${name}.png`);
    await workbench.page.screenshot({ path: picture, animations: 'disabled', ...(clip && { clip }) });
    console.log(`  ${name}`);
    await workbench.page.context().close();
  };
  const light = await start('light');
  try {
    const hovered = await open(light, '01-tutorial.ts', { width: 820, height: 560 });
    await hovered.workbench.goTo(15, 17);
    await hovered.workbench.hoverAtCaret('∂f/∂x1');
    await keep(hovered.workbench, 'hover');
    const marked = await open(light, '04-logistic-loss.ts', { width: 820, height: 560 });
    await marked.workbench.goTo(28, 28);
    // At its second sample the exponential overflows.
    await marked.workbench.lens(marked.file, 'sample 1 of 2').first().click();
    await marked.workbench
      .editor(marked.file)
      .locator('.squiggly-warning, .squiggly-error')
      .first()
      .waitFor();
    await marked.workbench.goTo(28, 28);
    await marked.workbench.hoverAtCaret('GL1');
    await keep(marked.workbench, 'diagnostic');
  } finally {
    await light.stop();
  }
  const dark = await start('dark');
  try {
    const hinted = await open(dark, '03-black-scholes.ts', { width: 1000, height: 700 });
    await keep(hinted.workbench, 'lenses');
    const swept = await open(dark, '01-tutorial.ts', { width: 1240, height: 1060 });
    const panel = swept.workbench.webview();
    const lens = swept.workbench.lens(swept.file, 'show derivative').nth(0);
    await swept.workbench.until(() => lens.click(), panel.locator('.graph-frame .node'));
    await sweepTo(panel, 10);
    await keep(swept.workbench, 'sweep');
  } finally {
    await dark.stop();
  }
}

const usage = `node scripts/pictures.mjs [--theme NAME] [--only NAME,…] [--readme]

Takes pictures of the panel on twelve examples in ${themes.join(', ')} into ${FOLDER};
--readme: only those that README shows.`;

export async function main(args: readonly string[], vsix: () => Promise<string>): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      theme: { type: 'string' },
      only: { type: 'string' },
      readme: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const names = values.only?.split(',');
  const wanted = subjects.filter(({ name }) => names?.includes(name) ?? true);
  fs.mkdirSync(FOLDER, { recursive: true });
  const packed = await vsix();
  await ofReadme(packed);
  if (values.readme) return;
  for (const theme of themes) {
    if (values.theme !== undefined && values.theme !== theme) continue;
    console.log(theme);
    const settings = { ...themeSetting(theme, 'current'), 'workbench.activityBar.location': 'hidden' };
    const session = await Session.start({ release: 'current', vsix: packed, settings });
    try {
      await ofPanel(session, theme, wanted);
    } finally {
      await session.stop();
    }
  }
}
