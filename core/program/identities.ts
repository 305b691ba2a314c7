import type { Operation } from '../operations/names.ts';
import type { Location } from '../source/span.ts';
import type { ValueId } from './program.ts';

/** What the identities ask of whatever holds the values. */
interface Values {
  constantOf(id: ValueId): number | boolean | undefined;
  definition(id: ValueId): { readonly op: Operation; readonly args: readonly ValueId[] } | undefined;
  isVisible(id: ValueId): boolean;
  constant(value: number | boolean): ValueId;
  op(op: Operation, args: readonly ValueId[], at?: Location): ValueId;
}

/**
 * A value that `op(args)` equals to the bit for all arguments (signed zeros, infinities and NaN included), or
 * undefined. x + 0 is not among them (−0 + 0 is 0), nor is x · 0.
 */
export function identity(
  k: Values,
  op: Operation,
  args: readonly ValueId[],
  at?: Location,
): ValueId | undefined {
  const [a, b, c] = args as [ValueId, ValueId, ValueId];
  const is = (id: ValueId, value: number | boolean) => Object.is(k.constantOf(id), value);
  /** The argument of a negation (or other unary operation) that is still in scope. */
  const under = (id: ValueId, unary: Operation) => {
    const definition = k.definition(id);
    const arg = definition?.op === unary ? definition.args[0] : undefined;
    return arg !== undefined && k.isVisible(arg) ? arg : undefined;
  };
  switch (op) {
    case 'add': {
      if (is(a, -0)) return b;
      if (is(b, -0)) return a;
      const right = under(b, 'neg');
      if (right !== undefined) return k.op('sub', [a, right], at);
      const left = under(a, 'neg');
      if (left !== undefined) return k.op('sub', [b, left], at);
      return a === b ? k.op('mul', [k.constant(2), a], at) : undefined;
    }
    case 'sub': {
      if (is(b, 0)) return a;
      const right = under(b, 'neg');
      return right === undefined ? undefined : k.op('add', [a, right], at);
    }
    case 'mul': {
      if (is(a, 1)) return b;
      if (is(b, 1)) return a;
      if (is(a, -1)) return k.op('neg', [b], at);
      if (is(b, -1)) return k.op('neg', [a], at);
      const scaled = scale(k, a, b);
      if (scaled !== undefined) return k.op('mul', [k.constant(scaled.factor), scaled.of], at);
      const left = under(a, 'neg');
      const right = under(b, 'neg');
      if (left !== undefined && right !== undefined) return k.op('mul', [left, right], at);
      // Signs go outwards, where a sum takes them in.
      if (left !== undefined) return k.op('neg', [k.op('mul', [left, b], at)], at);
      return right === undefined ? undefined : k.op('neg', [k.op('mul', [a, right], at)], at);
    }
    case 'div': {
      if (is(b, 1)) return a;
      if (is(b, -1)) return k.op('neg', [a], at);
      const left = under(a, 'neg');
      const right = under(b, 'neg');
      if (left !== undefined && right !== undefined) return k.op('div', [left, right], at);
      if (left !== undefined) return k.op('neg', [k.op('div', [left, b], at)], at);
      return right === undefined ? undefined : k.op('neg', [k.op('div', [a, right], at)], at);
    }
    case 'pow':
      return is(b, 1) ? a : undefined;
    case 'neg':
      return under(a, 'neg');
    case 'not':
      return under(a, 'not');
    case 'and':
      if (is(a, true) || a === b) return b;
      if (is(b, true)) return a;
      return is(a, false) || is(b, false) ? k.constant(false) : undefined;
    case 'or':
      if (is(a, false) || a === b) return b;
      if (is(b, false)) return a;
      return is(a, true) || is(b, true) ? k.constant(true) : undefined;
    case 'select': {
      const known = k.constantOf(a);
      if (known !== undefined) return known ? b : c;
      if (b === c) return b;
      const negated = under(a, 'not');
      if (negated !== undefined) return k.op('select', [negated, c, b], at);
      return is(b, true) && is(c, false) ? a : undefined;
    }
    case 'truthy':
      return under(a, 'toNumber');
    default:
      return undefined;
  }
}

/** 2 · (c · x) is (2 · c) · x, as a product with a power of two loses nothing but at the ends of the range. */
function scale(
  k: Values,
  a: ValueId,
  b: ValueId,
): { readonly factor: number; readonly of: ValueId } | undefined {
  const outer = k.constantOf(a);
  const inner = k.definition(b);
  if (typeof outer !== 'number' || inner?.op !== 'mul') return undefined;
  const [c, of] = inner.args as [ValueId, ValueId];
  const factor = k.constantOf(c);
  if (typeof factor !== 'number' || !(isBinary(outer) || isBinary(factor)) || !k.isVisible(of))
    return undefined;
  return { factor: outer * factor, of };
}

/** A half, 1, 2, 4 or 8, whatever its sign. */
const isBinary = (factor: number): boolean => [0.25, 0.5, 1, 2, 4, 8].includes(Math.abs(factor));
