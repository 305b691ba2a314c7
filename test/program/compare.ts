/** Running Programs on plain numbers, and derivatives of them by differences of high order. */
import { type ProgramValue, run } from '../../core/program/interpret.ts';
import type { Program } from '../../core/program/program.ts';
import type { Sample } from './samples.ts';

export type Inputs = readonly (number | readonly number[])[];

export function valuesOf(inputs: Inputs): ProgramValue[] {
  return inputs.map((x) => (typeof x === 'number' ? x : Float64Array.from(x)));
}

export function flatten(values: readonly (ProgramValue | readonly number[])[]): number[] {
  return values.flatMap((v) => (typeof v === 'object' ? [...v] : [Number(v)]));
}

/** The results of a Program, each as numbers. */
export function results(program: Program, inputs: Inputs, budget = 1e7): number[][] {
  const outcome = run(program, valuesOf(inputs), budget);
  if (outcome.kind !== 'done') throw new Error(`${outcome.kind}: ${outcome.message}`);
  return outcome.results.map((r) => flatten([r]));
}

export function reference(sample: Sample): number[] {
  const inputs = sample.inputs.map((x) => (typeof x === 'number' ? x : [...x]));
  return (sample.reference as (...args: unknown[]) => number[])(...inputs);
}

/** The inputs moved by t along a direction of the same form. */
export function moved(inputs: Inputs, direction: Inputs, t: number): (number | number[])[] {
  return inputs.map((x, i) => {
    const d = direction[i]!;
    return typeof x === 'number' ? x + t * (d as number) : x.map((v, j) => v + t * (d as number[])[j]!);
  });
}

/**
 * Directional derivatives of all results by central differences of order 8 (Fornberg 1988, table 1), extrapolated
 * over two step sizes for an estimate of their error.
 */
export function differences(
  f: (t: number) => readonly number[],
  h = 1e-2,
): { readonly value: number; readonly error: number }[] {
  const weights = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
  const at = (step: number) => {
    const total = f(0).map(() => 0);
    weights.forEach((w, k) => {
      const right = f((k + 1) * step);
      const left = f(-(k + 1) * step);
      total.forEach((_, i) => {
        total[i]! += (w * (right[i]! - left[i]!)) / step;
      });
    });
    return total;
  };
  const coarse = at(h);
  const fine = at(h / 2);
  return fine.map((value, i) => ({ value, error: Math.abs(value - coarse[i]!) }));
}
