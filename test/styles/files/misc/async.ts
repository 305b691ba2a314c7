/** Beside things that cannot be followed: the numeric part is fine. */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
export async function load(path: string): Promise<number[]> { return JSON.parse(readFileSync(path, 'utf8')); }
export let server: Server | undefined;
const started = Date.now();
export const uptime = () => Date.now() - started;
console.log('loaded');
if (typeof window !== 'undefined') (window as any).ready = true;
const DEBUG = process.env['DEBUG'] === '1';
//= smooth([1, 2.5, 3, 2], 0.4)
export function smooth(xs: number[], alpha: number): number[] {
  if (DEBUG) console.debug('smoothing', xs);
  const out: number[] = [];
  xs.forEach((x, i) => out.push(i === 0 ? x : alpha * x + (1 - alpha) * out[i - 1]!));
  return out;
}
//= jitter(2) refused
export const jitter = (x: number) => x + Math.random();
//= clock(2) refused
export const clock = (x: number) => x * performance.now();
//= logged(2)
export const logged = (x: number) => { console.log('x is', x); return x ** 2; };
