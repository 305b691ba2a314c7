/**
 * The operations over formulas: what the table's partials run in to give derivative formulas. Folds only what is
 * equal for every double up to the sign of zero (x + 0, 1·x, constants): simplify does the rest.
 */
import type { Operation } from '../operations/names.ts';
import { OPERATIONS } from '../operations/names.ts';
import type { Algebra } from '../operations/row.ts';
import { TABLE } from '../operations/table.ts';
import { boolean, isNumber, number, op } from './build.ts';
import type { Expr } from './expression.ts';

type Build = (...args: Expr[]) => Expr;

const negate: Build = (a) => {
  if (a!.kind === 'number') return number(-a!.value);
  return a!.kind === 'op' && a!.op === 'neg' ? a!.args[0]! : op('neg', a!);
};

/** 0 times a formula stays: it may be undefined. `derivativeTimes` in differentiate.ts drops absent terms instead. */
const SPECIAL: { readonly [O in Operation]?: Build } = {
  add: (a, b) => {
    if (isNumber(a!, 0)) return b!;
    if (isNumber(b!, 0)) return a!;
    return b!.kind === 'op' && b!.op === 'neg' ? op('sub', a!, b!.args[0]!) : op('add', a!, b!);
  },
  sub: (a, b) => {
    if (isNumber(b!, 0)) return a!;
    if (isNumber(a!, 0)) return negate(b!);
    return b!.kind === 'op' && b!.op === 'neg' ? op('add', a!, b!.args[0]!) : op('sub', a!, b!);
  },
  mul: (a, b) => {
    if (isNumber(a!, 1)) return b!;
    if (isNumber(b!, 1)) return a!;
    if (isNumber(a!, -1)) return negate(b!);
    if (isNumber(b!, -1)) return negate(a!);
    return op('mul', a!, b!);
  },
  div: (a, b) => (isNumber(b!, 1) ? a! : op('div', a!, b!)),
  pow: (a, b) => (isNumber(b!, 1) ? a! : op('pow', a!, b!)),
  neg: negate,
  select: (c, a, b) => {
    if (c!.kind === 'boolean') return c!.value ? a! : b!;
    return a === b ? a! : op('select', c!, a!, b!);
  },
};

function builderOf(name: Operation): Build {
  const special = SPECIAL[name];
  const row = TABLE[name];
  return (...args) => {
    if (args.length > 0 && args.every((a) => a.kind === 'number' || a.kind === 'boolean')) {
      const value = row.value(...args.map((a) => Number((a as { value: number | boolean }).value)));
      if (row.type === 'boolean') return boolean(value !== 0);
      if (Number.isInteger(value)) return number(value);
    }
    return special ? special(...args) : op(name, ...args);
  };
}

export const EXPRESSIONS: Algebra<Expr> = {
  ...(Object.fromEntries(OPERATIONS.map((name) => [name, builderOf(name)])) as {
    [O in Operation]: Build;
  }),
  constant: (value) => (typeof value === 'number' ? number(value) : boolean(value)),
};
