/**
 * Ten thousand requests to one process of the built `gradlens gradient --jsonl`: what the last thousand take against
 * the second, and how much memory is taken in between.      npm run bench -- requests [count]
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const COUNT = Number(process.argv[2] ?? 10_000);
const FILES = 40;
const MOST_RATIO = 1.1;
const MOST_GROWTH = 20;

/** Files of a kind of their own, each importing another one. */
function project(folder: string): void {
  for (let i = 0; i < FILES; i++) {
    const imported = `./f${(i + 1) % FILES}.ts`;
    fs.writeFileSync(
      path.join(folder, `f${i}.ts`),
      `import { scale as other } from '${imported}';
export const scale = (x: number): number => x * ${i + 1};
export class Vec { constructor(public x: number, public y: number) {} norm() { return Math.hypot(this.x, this.y); } }
export function sum(xs: number[]): number { let s = 0; for (const x of xs) s += other(x) * Math.sin(x); return s; }
export function distance(a: Vec, b: Vec): number { return Math.hypot(a.x - b.x, a.y - b.y); }
export function write(out: Float64Array, x: number): void { for (let i = 0; i < out.length; i++) out[i] = x ** i; }
`,
    );
  }
}

const KINDS: readonly ((k: number) => object)[] = [
  (k) => ({ function: 'sum', args: [Array.from({ length: 20 }, (_, i) => (i + (k % 7)) / 10)] }),
  () => ({ function: 'Vec.norm', this: { $new: 'Vec', args: [3, 4] }, wrt: ['this.0', 'this.1'] }),
  (k) => ({
    function: 'distance',
    args: [
      { $new: 'Vec', args: [k, 4] },
      { x: 1, y: 2 },
    ],
    hessian: true,
  }),
  (k) => ({
    function: 'write',
    args: [{ $typed: 'Float64Array', data: [0, 0, 0] }, k],
    wrt: ['1'],
    outputs: ['$0.0', '$0.2'],
  }),
  () => ({ function: 'nothing', args: [] }),
];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-bench-'));
project(folder);
const cli = path.resolve('dist', 'cli.js');
const child = spawn(process.execPath, [cli, 'gradient', '--jsonl'], {
  cwd: folder,
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

/** Megabytes; NaN where the system does not tell. */
function memory(): number {
  try {
    const status = fs.readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

const thousands: { readonly milliseconds: number; readonly megabytes: number }[] = [];
let begun = performance.now();
for (let i = 0; i < COUNT; i++) {
  const request = { id: i, file: `f${i % FILES}.ts`, ...KINDS[i % KINDS.length]!(i % 11) };
  child.stdin.write(`${JSON.stringify(request)}\n`);
  const { value } = (await answers.next()) as { value: string };
  if ((JSON.parse(value) as { id: number }).id !== i)
    throw new Error(`not the answer to request ${i}: ${value}`);
  if ((i + 1) % 1000 === 0) {
    const now = performance.now();
    thousands.push({ milliseconds: now - begun, megabytes: memory() });
    begun = now;
    const { milliseconds, megabytes } = thousands.at(-1)!;
    console.log(
      `${String(i + 1).padStart(6)}  ${milliseconds.toFixed(0).padStart(6)} ms  ${megabytes.toFixed(1).padStart(6)} MB`,
    );
  }
}
child.stdin.end();
fs.rmSync(folder, { recursive: true, force: true });
const second = thousands[1];
const last = thousands.at(-1);
if (second !== undefined && last !== undefined) {
  const ratio = last.milliseconds / second.milliseconds;
  const growth = last.megabytes - second.megabytes;
  console.log(`the last thousand took ${ratio.toFixed(2)} × the second (at most ${MOST_RATIO})`);
  console.log(`memory grew by ${growth.toFixed(1)} MB from there on (at most ${MOST_GROWTH})`);
}
