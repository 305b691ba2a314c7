/**
 * The operations of tapes, Programs and expressions: JavaScript's numeric operations, one name each. What is known
 * of each stands in its row of table.ts and nowhere else.
 */
export const OPERATIONS = [
  // arithmetic
  'add',
  'sub',
  'mul',
  'div',
  'rem',
  'pow',
  'neg',
  // comparisons of two numbers, yielding a boolean
  'lt',
  'le',
  'gt',
  'ge',
  'eq',
  'ne',
  // booleans
  'not',
  'and',
  'or',
  /** select(c, a, b): a where c, else b; both sides are evaluated. */
  'select',
  /** toNumber(boolean): 1 or 0. truthy(number): false for 0 and NaN. */
  'toNumber',
  'truthy',
  // bit operations, on ToInt32/ToUint32 of their arguments
  'bitand',
  'bitor',
  'bitxor',
  'bitnot',
  'shl',
  'shr',
  'ushr',
  // Math
  'abs',
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atan2',
  'atanh',
  'cbrt',
  'ceil',
  'clz32',
  'cos',
  'cosh',
  'exp',
  'expm1',
  'floor',
  'fround',
  'hypot',
  'imul',
  'log',
  'log10',
  'log1p',
  'log2',
  'max',
  'min',
  'round',
  'sign',
  'sin',
  'sinh',
  'sqrt',
  'tan',
  'tanh',
  'trunc',
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** Tapes store an operation as its index here. */
export const OPCODE: { readonly [O in Operation]: number } = Object.fromEntries(
  OPERATIONS.map((name, code) => [name, code]),
) as { [O in Operation]: number };
