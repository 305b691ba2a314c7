/**
 * An evaluation with its reverse sweep beside the plain JavaScript of the same function and beside tape libraries
 * from npm; the whole request of the command line; Hessians; ten million operations; what stays behind.
 *
 *   npm run bench -- tape [--runs 7] [--only logistic,tree] [--large]
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as functions from './functions.js';
import { type Library, libraries } from './libraries.ts';
import { type Argument, bytesOf, made, type Ours, ours, pathsOf, Rows } from './ours.ts';

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '7' },
    only: { type: 'string' },
    /** In a process of its own, so that its memory is its own: one workload ten times as large. */
    large: { type: 'boolean', default: false },
  },
});

const table = { ...functions };
type Name = keyof typeof table;
interface Workload {
  readonly args: readonly Argument[];
  /** Indices of arguments that are no inputs. */
  readonly fixed: readonly number[];
}

const list = (n: number, f: (i: number) => number) => Array.from({ length: n }, (_, i) => f(i));
const { sin, cos } = Math;
/** Rows of two numbers each, which stand outside of the heap. */
function pairs(n: number, first: (i: number) => number, second: (i: number) => number): Rows {
  const numbers = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    numbers[2 * i] = first(i);
    numbers[2 * i + 1] = second(i);
  }
  return new Rows(n, (i) => [numbers[2 * i]!, numbers[2 * i + 1]!]);
}
/** About a million operations each, or so many times as many. */
const workloads = (times: number): { readonly [N in Name]: Workload } => ({
  logistic: { args: [2.9, 0.3, 333_333 * times], fixed: [2] },
  nbody: {
    args: [
      list(20, (i) => 1 + i / 8),
      list(60, (i) => 20 * sin(1.7 * i)),
      list(60, (i) => 0.1 * cos(i)),
      170 * times,
    ],
    fixed: [3],
  },
  matvec: {
    args: [list(700, () => 0).map((_, i) => list(700, (j) => sin(i * j + 1))), list(700, cos)],
    fixed: [],
  },
  convolve: { args: [list(10_000 * times, sin), list(49, (i) => cos(i) / 49)], fixed: [] },
  tree: { args: [1.01, 17], fixed: [1] },
  vectors: { args: [1, 0.5, -0.3, 37_000 * times], fixed: [3] },
  functional: {
    args: [[0.1, 0.2, 0.3, 0.4], pairs(90_000 * times, (i) => i / 9e4, sin)],
    fixed: [1],
  },
  likelihood: { args: [list(70_000 * times, (i) => 3 * sin(i)), 0.1, 1.3], fixed: [0] },
});

const WARM = 3;
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const processor = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

interface Times {
  readonly wall: number;
  /** Of all threads of the process, collecting garbage included. */
  readonly cpu: number;
}

function timed(runs: number, run: () => unknown): Times {
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let i = -WARM; i < runs; i++) {
    const [before, start] = [processor(), performance.now()];
    last.result = run();
    if (i < 0) continue;
    wall.push(performance.now() - start);
    cpu.push(processor() - before);
  }
  return { wall: median(wall), cpu: median(cpu) };
}
/** The last result is kept, so that nothing is optimised away. */
const last: { result: unknown } = { result: undefined };

const text = fs.readFileSync(path.join('bench', 'tape', 'functions.js'), 'utf8');
const runs = Number(flags.runs);
const cell = (value: string | number, width: number) => String(value).padStart(width);
const shown = (ms: number) => (ms < 10 ? ms.toFixed(2) : ms.toFixed(0));

if (flags.large) await large(flags.only as Name);
else await compare();

async function compare(): Promise<void> {
  const others = await libraries(path.resolve('.cache', 'bench'));
  const all = workloads(1);
  const chosen = (Object.keys(all) as Name[]).filter(
    (name) => flags.only === undefined || flags.only.split(',').includes(name),
  );
  console.log(
    'milliseconds of processor time, medians; in brackets those of the clock; MB of tape; ratios are to plain JavaScript\n',
  );
  console.log(
    'function       rows     sweep            ns/row  MB  request    plain   ratio   libraries, with the same sweep',
  );
  for (const name of chosen) {
    const { fixed } = all[name];
    const args = all[name].args.map((a) => (a instanceof Rows ? made(a) : a));
    const held = new Set(fixed);
    const mine = ours(text, name);
    const { tape, gradient } = mine.sweep(args, held);
    const rows = tape.length - tape.inputs;
    const sweep = timed(runs, () => mine.sweep(args, held).value);
    const wrt = pathsOf(args, held).slice(0, 16);
    let request: string;
    try {
      request = shown(timed(3, () => mine.request(name, args, wrt)).cpu);
    } catch (error) {
      request = (error as Error).message.slice(0, 5);
    }
    const itself = table[name] as (...given: unknown[]) => number;
    const plain = timed(runs, () => itself(...args));
    const rest = Object.entries(others).flatMap(([library, written]) => {
      const theirs: Library | undefined = written[name];
      if (theirs === undefined) return [];
      const { cpu } = timed(3, () => theirs(args));
      return [`${library} ${shown(cpu)}${agree(theirs(args), gradient) ? '' : ' (another gradient)'}`];
    });
    console.log(
      [
        name.padEnd(11),
        cell(rows, 8),
        cell(`${shown(sweep.cpu)} (${shown(sweep.wall)})`, 14),
        cell(((sweep.cpu * 1e6) / rows).toFixed(0), 8),
        cell((bytesOf(tape) / 1e6).toFixed(0), 5),
        cell(request, 7),
        cell(shown(plain.cpu), 9),
        cell((sweep.cpu / plain.cpu).toFixed(0), 8),
        `   ${rest.join(', ')}`,
      ].join(' '),
    );
  }
  hessians();
  console.log(
    '\nten times as much, each in a process of its own: first run, later ones, peak and what stays',
  );
  for (const name of ['logistic', 'nbody', 'convolve', 'vectors', 'functional', 'likelihood'] as const) {
    if (!chosen.includes(name)) continue;
    spawnSync(process.execPath, ['--expose-gc', process.argv[1]!, '--large', '--only', name], {
      stdio: 'inherit',
    });
  }
}

function agree(theirs: readonly number[], mine: Float64Array): boolean {
  const size = mine.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return mine.every((x, i) => Math.abs(x - theirs[i]!) <= 1e-4 * size);
}

function hessians(): void {
  if (flags.only !== undefined) return;
  for (const [n, steps] of [
    [4, 20_000],
    [16, 5_000],
  ] as const) {
    const source = `export function chain(x, steps) {
      let sum = 0;
      for (let k = 0; k < steps; k++) for (let i = 1; i < x.length; i++) sum += Math.sin(x[i] * x[i - 1]) / (1 + k);
      return sum;
    }`;
    const mine = ours(source, 'chain');
    const args = [list(n, (i) => 0.3 + i / n), steps];
    const { tape, hessian } = mine.sweep(args, new Set([1]));
    const { cpu } = timed(3, hessian);
    const rows = tape.length - tape.inputs;
    console.log(
      `Hessian, ${n} inputs, ${rows} rows: ${shown(cpu)} ms, ${((cpu * 1e6) / rows / n).toFixed(0)} ns a row and input`,
    );
  }
}

/** By itself, so that its tape is not on the stack when the next one is made or the memory is looked at. */
function rowsOf(mine: Ours, args: readonly Argument[], held: ReadonlySet<number>): number {
  const { tape } = mine.sweep(args, held);
  return tape.length - tape.inputs;
}

function threeRuns(mine: Ours, args: readonly Argument[], held: ReadonlySet<number>) {
  const times: Times[] = [];
  let rows = 0;
  for (let run = 0; run < 3; run++) {
    const [cpu, wall] = [processor(), performance.now()];
    rows = rowsOf(mine, args, held);
    times.push({ wall: performance.now() - wall, cpu: processor() - cpu });
  }
  return { rows, times };
}

async function large(name: Name): Promise<void> {
  const { args, fixed } = workloads(10)[name];
  const held = new Set(fixed);
  const mine = ours(text, name);
  const megabytes = async () => {
    // Buffers are given back after the collection, in another turn.
    for (let i = 0; i < 3; i++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rss: rss / 1e6, used: (heapUsed + external) / 1e6 };
  };
  const before = await megabytes();
  const { rows, times } = threeRuns(mine, args, held);
  const after = await megabytes();
  const peak = process.resourceUsage().maxRSS / 1000;
  const each = times.map(({ cpu, wall }) => `${cpu.toFixed(0)} (${wall.toFixed(0)})`).join(', ');
  console.log(
    `${name.padEnd(9)} ${rows} rows: ${each} ms; peak ${peak.toFixed(0)} MB, before ${before.rss.toFixed(0)}; ` +
      `in use ${before.used.toFixed(0)} → ${after.used.toFixed(0)} MB`,
  );
}
