/**
 * First-order dual numbers over any algebra (Griewank and Walther, Evaluating Derivatives, 2nd ed., §3.1): duals over
 * numbers give directional derivatives, duals over duals second ones, duals over a Program builder the tangent code.
 */
import { OPERATIONS } from '../names.ts';
import type { Algebra, Row } from '../row.ts';
import { TABLE } from '../table.ts';

export interface Dual<T> {
  readonly primal: T;
  /** undefined: passive. A partial with respect to something passive is never formed. */
  readonly tangent: T | undefined;
}

export function duals<T>(base: Algebra<T>): Algebra<Dual<T>> {
  const algebra: Record<string, unknown> = {
    constant: (value: number | boolean): Dual<T> => ({ primal: base.constant(value), tangent: undefined }),
  };
  for (const name of OPERATIONS) {
    const row = TABLE[name];
    const apply = base[name];
    algebra[name] = (...args: Dual<T>[]): Dual<T> => {
      const primals = args.map((arg) => arg.primal);
      return { primal: apply(...primals), tangent: tangent(base, row, primals, args) };
    };
  }
  return algebra as unknown as Algebra<Dual<T>>;
}

function tangent<T>(k: Algebra<T>, row: Row, primals: readonly T[], args: readonly Dual<T>[]): T | undefined {
  if (row.flat || args.every((arg) => arg.tangent === undefined)) return undefined;
  if (row.choose !== undefined) return chosenTangent(k, row.choose(k, ...primals), args);
  let sum: T | undefined;
  args.forEach((arg, index) => {
    if (arg.tangent === undefined) return;
    const partial = row.partial(k, index, primals);
    if (partial === undefined) return;
    const term = k.mul(partial, arg.tangent);
    sum = sum === undefined ? term : k.add(sum, term);
  });
  return sum;
}

function chosenTangent<T>(
  k: Algebra<T>,
  chosen: readonly (T | undefined)[],
  args: readonly Dual<T>[],
): T | undefined {
  return chosen.reduceRight<T | undefined>((rest, condition, index) => {
    if (condition === undefined) return rest;
    const mine = args[index]!.tangent;
    if (mine === undefined && rest === undefined) return undefined;
    const zero = () => k.constant(0);
    return k.select(condition, mine ?? zero(), rest ?? zero());
  }, undefined);
}
