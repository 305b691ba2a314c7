/**
 * Values of formulas over the reals, as far as doubles tell: undefined wherever any part is (no ∞ that disappears
 * again in 1/∞), each value with a bound of its rounding error, and a way out where rounding decides definedness.
 */
import type { Expr } from '../../core/expression/expression.ts';
import { NUMBERS, TABLE } from '../../core/operations/index.ts';

export type Strict = { readonly value: number; readonly error: number } | 'undefined' | 'unclear';

const EPSILON = 2 ** -52;

export function evaluateStrictly(expr: Expr, variables: ReadonlyMap<string, number>): Strict {
  const done = new Map<Expr, Strict>();
  const visit = (node: Expr): Strict => {
    const before = done.get(node);
    if (before) return before;
    const result = compute(node);
    done.set(node, result);
    return result;
  };
  const compute = (node: Expr): Strict => {
    switch (node.kind) {
      case 'number':
      case 'named':
        return {
          value: node.value,
          error: Number.isInteger(node.value) ? 0 : Math.abs(node.value) * EPSILON,
        };
      case 'boolean':
        return { value: Number(node.value), error: 0 };
      case 'variable':
        return { value: variables.get(node.name)!, error: 0 };
      case 'op':
        return node.op === 'select'
          ? choose([{ when: node.args[0]!, value: node.args[1]! }], node.args[2]!)
          : apply(node);
      case 'cases':
        return choose(node.arms, node.otherwise);
      default:
        throw new Error(`no strict value of ${node.kind}`);
    }
  };
  const choose = (arms: readonly { when: Expr; value: Expr }[], otherwise: Expr): Strict => {
    for (const arm of arms) {
      const when = visit(arm.when);
      if (typeof when === 'string') return when;
      if (when.value !== 0) return visit(arm.value);
    }
    return visit(otherwise);
  };
  const apply = (node: Extract<Expr, { kind: 'op' }>): Strict => {
    const args = node.args.map(visit);
    if (args.includes('undefined')) return 'undefined';
    const known = args.filter((a) => typeof a !== 'string');
    if (known.length < args.length) return 'unclear';
    const values = known.map((a) => a.value);
    if (delicate(node.op, known)) return 'unclear';
    if (node.op === 'atan2' && values.every((v) => v === 0)) return 'undefined';
    const value = TABLE[node.op].value(...values);
    if (!Number.isFinite(value))
      return Math.abs(Math.max(...values.map(Math.abs))) > 1e6 ? 'unclear' : 'undefined';
    if (node.op === 'pow' && values[0] === 0 && values[1]! <= 0) return 'undefined';
    if (Math.abs(value) > 1e12 || (value !== 0 && Math.abs(value) < 1e-12)) return 'unclear';
    let error = exact(node.op, value, known) ? 0 : Math.abs(value) * EPSILON * 4;
    known.forEach((a, i) => {
      if (a.error === 0) return;
      const slope = TABLE[node.op].partial(NUMBERS, i, values);
      if (slope !== undefined) error += Math.abs(slope) * a.error;
    });
    return Number.isFinite(error) ? { value, error } : 'unclear';
  };
  return visit(expr);
}

/** Sums and products of short dyadic numbers are exact. */
function exact(op: string, value: number, args: readonly { error: number }[]): boolean {
  if (args.some((a) => a.error !== 0)) return false;
  const rounds = !['add', 'sub', 'mul', 'neg', 'abs', 'max', 'min', 'div', 'pow', 'sqrt'].includes(op);
  if (rounds && value !== 0) return false;
  return Number.isInteger(value * 2 ** 20) && Math.abs(value) < 2 ** 30;
}

/** Whether rounding errors decide on which side of a boundary of definedness an argument lies. */
function delicate(op: string, args: readonly { value: number; error: number }[]): boolean {
  const near = (index: number, boundary: number) => {
    const a = args[index]!;
    return a.error > 0 && Math.abs(a.value - boundary) <= 1e-9;
  };
  switch (op) {
    case 'div':
    case 'rem':
      return near(1, 0);
    case 'log':
    case 'log2':
    case 'log10':
    case 'sqrt':
    case 'sign':
    case 'cbrt':
      return near(0, 0);
    case 'abs':
      return near(0, 0);
    case 'log1p':
      return near(0, -1);
    case 'pow':
      return near(0, 0) || (args[1]!.error > 0 && args[0]!.value <= 0);
    case 'atan2':
      // The sign of a zero decides between π and −π.
      return args[1]!.value <= 0 && Math.abs(args[0]!.value) <= 1e-9;
    case 'asin':
    case 'acos':
    case 'atanh':
    case 'acosh':
      return near(0, 1) || near(0, -1);
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'eq':
    case 'ne':
      return args.some((a) => a.error > 0) && Math.abs(args[0]!.value - args[1]!.value) <= 1e-9;
    case 'floor':
    case 'ceil':
    case 'round':
    case 'trunc':
      return args[0]!.error > 0;
    default:
      return false;
  }
}

/** What is wrong where two values of the same thing differ; undefined where nothing is. */
export function difference(a: Strict, b: Strict): string | undefined {
  if (a === 'unclear' || b === 'unclear') return undefined;
  if (a === 'undefined' || b === 'undefined') return a === b ? undefined : `${show(a)} against ${show(b)}`;
  const tolerance = 64 * (a.error + b.error) + 1e-13;
  return Math.abs(a.value - b.value) <= tolerance
    ? undefined
    : `${a.value} against ${b.value} (± ${tolerance})`;
}

function show(a: Strict): string {
  return typeof a === 'string' ? a : String(a.value);
}
