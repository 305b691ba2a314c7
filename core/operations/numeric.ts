/**
 * The rows' partials as plain functions of numbers, by opcode, for the hot loops of sweeps: no arrays, no closures
 * made on the way. They come from the rows; the few written out for speed give the same bits (a test compares them).
 */
import { type Dual, duals } from './algebras/duals.ts';
import { NUMBERS } from './algebras/numbers.ts';
import { OPCODE, OPERATIONS, type Operation } from './names.ts';
import { ROWS, TABLE } from './table.ts';

/** A partial of a unary (y is ignored) or binary operation. */
export type NumericPartial = (x: number, y: number) => number;

const QUICK: { readonly [O in Operation]?: readonly [NumericPartial, NumericPartial?] } = {
  mul: [(_, y) => y, (x) => x],
  div: [(_, y) => 1 / y, (x, y) => -(x / y / y)],
  pow: [(x, y) => (y === 0 && x === 0 ? 0 : y * x ** (y - 1))],
  sqrt: [(x) => 0.5 / Math.sqrt(x)],
};

/** Where functions end but the formula of their slope goes on: beyond there is no derivative, 1/x at log(−2) is none. */
const ENDS: { readonly [O in Operation]?: readonly [number, number] } = {
  log: [0, Infinity],
  log2: [0, Infinity],
  log10: [0, Infinity],
  log1p: [-1, Infinity],
  atanh: [-1, 1],
};

function instantiate(index: 0 | 1): readonly NumericPartial[] {
  return OPERATIONS.map((name) => {
    const row = TABLE[name];
    const slope = row.slopes?.[index];
    if (slope === undefined) return () => 0;
    if (row.linear) {
      const constant = slope(NUMBERS);
      return () => constant;
    }
    const quick = QUICK[name]?.[index];
    if (quick !== undefined) return quick;
    const ends = ENDS[name];
    if (ends !== undefined) return (x) => (x < ends[0] || x > ends[1] ? NaN : slope(NUMBERS, x));
    return row.arity === 1 ? (x) => slope(NUMBERS, x) : (x, y) => slope(NUMBERS, x, y);
  });
}

/** partialA[opcode](x, y) of unary and binary operations; 0 where nothing flows. */
export const partialA: readonly NumericPartial[] = instantiate(0);
export const partialB: readonly NumericPartial[] = instantiate(1);

export const ADD = OPCODE.add;
export const SUB = OPCODE.sub;
export const MUL = OPCODE.mul;
export const DIV = OPCODE.div;

/** A binary operation's value; the commonest are written out, so that no call is needed for them. */
export function valueOf(code: number, x: number, y: number): number {
  if (code === MUL) return x * y;
  if (code === ADD) return x + y;
  if (code === SUB) return x - y;
  if (code === DIV) return x / y;
  return ROWS[code]!.value(x, y);
}

/** ∂/∂args[index] of any operation; 0 where nothing flows. */
export function partialOf(code: number, index: number, args: readonly number[]): number {
  const row = ROWS[code]!;
  if (row.arity === 1 || row.arity === 2) {
    return (index === 0 ? partialA : partialB)[code]!(args[0]!, args[1] ?? NaN);
  }
  return row.partial(NUMBERS, index, args) ?? 0;
}

/** ∂/∂args[i] for all i: of an operation on many arguments what they share is worked out once. */
export function partialsOf(code: number, args: readonly number[]): readonly number[] {
  if (code === OPCODE.max || code === OPCODE.min) {
    const winner = args.some(Number.isNaN) && args.length > 1 ? -1 : firstExtreme(args, code === OPCODE.max);
    return args.map((_, i) => (i === winner ? 1 : 0));
  }
  if (code === OPCODE.hypot) {
    const h = ROWS[code]!.value(...args);
    return args.map((x) => (h === 0 ? 1 : x / h));
  }
  return args.map((_, i) => partialOf(code, i, args));
}

function firstExtreme(args: readonly number[], largest: boolean): number {
  let best = 0;
  for (let i = 1; i < args.length; i++)
    if (largest ? args[i]! > args[best]! : args[i]! < args[best]!) best = i;
  return best;
}

const DUALS = duals(NUMBERS);

/** ∂²/∂args[i]∂args[j] of any operation. */
export function secondPartialOf(code: number, i: number, j: number, args: readonly number[]): number {
  const row = ROWS[code]!;
  if (row.linear || row.flat) return 0;
  if (Number.isNaN(partialOf(code, i, args))) return NaN;
  if (code === MUL) return i === j ? 0 : 1;
  const seeded = args.map(
    (primal, index): Dual<number> => ({ primal, tangent: index === j ? 1 : undefined }),
  );
  return row.partial(DUALS, i, seeded)?.tangent ?? 0;
}
