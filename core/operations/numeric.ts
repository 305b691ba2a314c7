/**
 * The rows' partials as plain functions of numbers, by opcode, for the hot loops of sweeps: no arrays, no closures
 * made on the way. Both come from the rows alone.
 */
import { type Dual, duals } from './algebras/duals.ts';
import { NUMBERS } from './algebras/numbers.ts';
import { ROWS } from './table.ts';

/** A partial of a unary (y is ignored) or binary operation. */
export type NumericPartial = (x: number, y: number) => number;

function instantiate(index: 0 | 1): readonly NumericPartial[] {
  return ROWS.map((row) => {
    const slope = row.slopes?.[index];
    if (slope === undefined) return () => 0;
    return row.arity === 1 ? (x) => slope(NUMBERS, x) : (x, y) => slope(NUMBERS, x, y);
  });
}

/** partialA[opcode](x, y) of unary and binary operations; 0 where nothing flows. */
export const partialA: readonly NumericPartial[] = instantiate(0);
export const partialB: readonly NumericPartial[] = instantiate(1);

/** ∂/∂args[index] of any operation; 0 where nothing flows. */
export function partialOf(code: number, index: number, args: readonly number[]): number {
  return ROWS[code]!.partial(NUMBERS, index, args) ?? 0;
}

const DUALS = duals(NUMBERS);

/** ∂²/∂args[i]∂args[j] of any operation. */
export function secondPartialOf(code: number, i: number, j: number, args: readonly number[]): number {
  const row = ROWS[code]!;
  if (row.linear || row.flat) return 0;
  const seeded = args.map(
    (primal, index): Dual<number> => ({ primal, tangent: index === j ? 1 : undefined }),
  );
  return row.partial(DUALS, i, seeded)?.tangent ?? 0;
}
