/** The rules of differentiation for one operation, from its row alone, emitted into a Program under construction. */
import { OPERATIONS, type Operation } from '../operations/names.ts';
import type { Algebra } from '../operations/row.ts';
import { TABLE } from '../operations/table.ts';
import type { FunctionBuilder } from '../program/builder.ts';
import type { ValueId } from '../program/program.ts';

/**
 * The operations as instructions of a builder. What derivatives add has no place in the user's text: what has one is
 * what stands there.
 */
export function emitting(f: FunctionBuilder): Algebra<ValueId> {
  const algebra: Record<string, unknown> = { constant: (value: number | boolean) => f.constant(value) };
  for (const name of OPERATIONS) algebra[name] = (...args: ValueId[]) => f.op(name, args);
  return algebra as unknown as Algebra<ValueId>;
}

/**
 * seed · partial, where both are values of `f`. Written as one would by hand: seed/x rather than seed · (1/x), a
 * choice between seed and 0 rather than a product with 1 or 0 (a seed that is not finite must not make a NaN of it).
 */
export function scale(
  f: FunctionBuilder,
  seed: ValueId,
  partial: ValueId,
  /** Values from here on were made for the partial; others are the user's own, to be taken as they are. */
  own = 0,
): ValueId {
  if (f.constantOf(seed) === 1) return partial;
  const definition = f.definition(partial);
  const [a, b, c] = (definition?.args ?? []) as [ValueId, ValueId, ValueId];
  const visible = partial >= own && (definition?.args.every((arg) => f.isVisible(arg)) ?? false);
  if (visible && definition?.op === 'neg') return f.op('neg', [scale(f, seed, a, own)]);
  if (visible && definition?.op === 'div' && f.constantOf(a) === 1) return f.op('div', [seed, b]);
  if (visible && definition?.op === 'select') {
    const sides = [b, c].map((side) => f.constantOf(side));
    if (sides.every((side) => side === 0 || side === 1 || side === -1)) {
      return f.op('select', [a, scale(f, seed, b, own), scale(f, seed, c, own)]);
    }
  }
  const constant = f.constantOf(partial);
  if (constant === 0) return f.constant(0);
  return f.op('mul', constant === undefined ? [seed, partial] : [partial, seed]);
}

/** a + b, where undefined is a zero that was never formed. */
export function sum(f: FunctionBuilder, a: ValueId | undefined, b: ValueId): ValueId {
  if (a === undefined || f.constantOf(a) === 0) return b;
  return f.constantOf(b) === 0 ? a : f.op('add', [a, b]);
}

/**
 * The tangent of op(args), given those of its arguments; undefined where all of them are. `masked` has tangents that are
 * 0 where a choice went past what they are of: a partial that is infinite there must not make a NaN of them.
 */
export function tangentOf(
  f: FunctionBuilder,
  op: Operation,
  args: readonly ValueId[],
  tangents: readonly (ValueId | undefined)[],
  masked: Set<ValueId>,
): ValueId | undefined {
  const row = TABLE[op];
  const k = emitting(f);
  const isMasked = (tangent: ValueId | undefined) => tangent === undefined || masked.has(tangent);
  if (row.choose) {
    return row.choose(k, ...args).reduceRight<ValueId | undefined>((rest, chosen, i) => {
      const mine = tangents[i];
      if (chosen === undefined || (mine === undefined && rest === undefined)) return rest;
      const tangent = f.op('select', [chosen, mine ?? f.constant(0), rest ?? f.constant(0)]);
      if (isMasked(mine) || isMasked(rest)) masked.add(tangent);
      return tangent;
    }, undefined);
  }
  let total: ValueId | undefined;
  tangents.forEach((tangent, i) => {
    if (tangent === undefined) return;
    const own = f.size;
    const partial = row.partial(k, i, args);
    if (partial === undefined) return;
    const term = scale(f, tangent, partial, own);
    total = sum(f, total, masked.has(tangent) && SINGULAR.has(op) ? unlessZero(f, tangent, term) : term);
  });
  if (total !== undefined && tangents.every(isMasked)) masked.add(total);
  return total;
}

/** The term, or 0 where what it is a multiple of is 0. */
function unlessZero(f: FunctionBuilder, seed: ValueId, term: ValueId): ValueId {
  const zero = f.constant(0);
  return f.op('select', [f.op('eq', [seed, zero]), zero, term]);
}

/** Operations whose partials can be infinite where the operation itself is finite, or both. */
const SINGULAR: ReadonlySet<Operation> = new Set<Operation>([
  'div',
  'pow',
  'sqrt',
  'cbrt',
  'log',
  'log2',
  'log10',
  'log1p',
  'asin',
  'acos',
  'acosh',
  'atanh',
  'atan2',
  'hypot',
]);

/** Pullbacks, emitted into one function. */
export class Pullbacks {
  private readonly f: FunctionBuilder;
  /** Adjoints that are 0 where a choice went past them: what is behind must not be touched then, not even by 0·∞. */
  private readonly masked = new Set<ValueId>();

  constructor(f: FunctionBuilder) {
    this.f = f;
  }

  /**
   * What op(args) with the adjoint `seed` adds to the adjoint of its argument at `index`; undefined: nothing. Only
   * those arguments are asked for that the partial needs.
   */
  of(
    op: Operation,
    args: readonly (() => ValueId)[],
    index: number,
    seed: ValueId,
    result?: () => ValueId,
  ): ValueId | undefined {
    const { f } = this;
    const row = TABLE[op];
    const k = emittingLazily(f, result && { op, args, result });
    if (op === 'tanh' && result) return this.markLike(seed, this.tanh(args[0]!, seed, result()));
    if (row.choose) {
      const chosen = row.choose(k, ...args)[index];
      if (chosen === undefined) return undefined;
      return this.mark(f.op('select', [chosen(), seed, f.constant(0)]));
    }
    // seed / c rather than seed · (1/c), which is rounded.
    if (op === 'div' && index === 0 && f.constantOf(seed) !== 1) {
      const divisor = f.constantOf(args[1]!());
      if (typeof divisor === 'number' && divisor !== 0 && !Number.isInteger(Math.log2(Math.abs(divisor))))
        return this.markLike(seed, f.op('div', [seed, args[1]!()]));
    }
    const own = f.size;
    const partial = row.partial(k, index, args)?.();
    if (partial === undefined) return undefined;
    const term = scale(f, seed, partial, own);
    if (!this.masked.has(seed)) return term;
    if (!SINGULAR.has(op)) return this.mark(term);
    return this.mark(unlessZero(f, seed, term));
  }

  /** seed · (1 − tanh²) where that loses no digits: it spares the hyperbolic cosine. */
  private tanh(x: () => ValueId, seed: ValueId, result: ValueId): ValueId {
    const { f } = this;
    const square = f.op('mul', [result, result]);
    const argument = x();
    f.openBlock();
    const complement = f.op('sub', [f.constant(1), square]);
    const easy = f.closeBlock([complement]);
    f.openBlock();
    const exact = f.closeBlock([f.op('pow', [f.op('cosh', [argument]), f.constant(-2)])]);
    const [partial] = f.if(f.op('lt', [square, f.constant(0.9)]), easy, exact) as [ValueId];
    return f.op('mul', [seed, partial]);
  }

  /** The term, marked where the seed is. */
  private markLike(seed: ValueId, term: ValueId): ValueId {
    return this.masked.has(seed) ? this.mark(term) : term;
  }

  add(a: ValueId | undefined, b: ValueId): ValueId {
    const total = sum(this.f, a, b);
    return a !== undefined && this.masked.has(a) && this.masked.has(b) ? this.mark(total) : total;
  }

  /** What comes out of the arms of a branch, one of which may have gone past. */
  join(id: ValueId, arms: readonly (ValueId | undefined)[]): void {
    const isMasked = (arm: ValueId | undefined) =>
      arm !== undefined && (this.masked.has(arm) || this.f.constantOf(arm) === 0);
    if (arms.some(isMasked)) this.mark(id);
  }

  private mark(id: ValueId): ValueId {
    this.masked.add(id);
    return id;
  }
}

/** An operation that was done before, where its result is to be had. */
interface Done {
  readonly op: Operation;
  readonly args: readonly (() => ValueId)[];
  readonly result: () => ValueId;
}

/** The operations over values that are emitted when, and only if, they are asked for. */
function emittingLazily(f: FunctionBuilder, done?: Done): Algebra<() => ValueId> {
  const algebra: Record<string, unknown> = { constant: (value: number | boolean) => () => f.constant(value) };
  for (const name of OPERATIONS) {
    algebra[name] =
      (...args: (() => ValueId)[]) =>
      () =>
        done?.op === name && args.every((arg, i) => arg === done.args[i])
          ? done.result()
          : f.op(
              name,
              args.map((arg) => arg()),
            );
  }
  return algebra as unknown as Algebra<() => ValueId>;
}
