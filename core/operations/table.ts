/** The one place that knows the operations; each family has its file. */
import type { Operation } from './names.ts';
import { OPERATIONS } from './names.ts';
import type { Row, Table } from './row.ts';
import { add, div, fround, mul, neg, pow, rem, sub } from './rows/arithmetic.ts';
import { bitand, bitnot, bitor, bitxor, clz32, imul, shl, shr, ushr } from './rows/bits.ts';
import { cbrt, exp, expm1, log, log1p, log2, log10, sqrt } from './rows/elementary.ts';
import { and, eq, ge, gt, le, lt, ne, not, or, select, toNumber, truthy } from './rows/logic.ts';
import { abs, ceil, floor, hypot, max, min, round, sign, trunc } from './rows/pieces.ts';
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cos,
  cosh,
  sin,
  sinh,
  tan,
  tanh,
} from './rows/trigonometry.ts';

export const TABLE: Table = {
  add,
  sub,
  mul,
  div,
  rem,
  pow,
  neg,
  lt,
  le,
  gt,
  ge,
  eq,
  ne,
  not,
  and,
  or,
  select,
  toNumber,
  truthy,
  bitand,
  bitor,
  bitxor,
  bitnot,
  shl,
  shr,
  ushr,
  abs,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  ceil,
  clz32,
  cos,
  cosh,
  exp,
  expm1,
  floor,
  fround,
  hypot,
  imul,
  log,
  log10,
  log1p,
  log2,
  max,
  min,
  round,
  sign,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
  trunc,
};

/** Rows by opcode. */
export const ROWS: readonly Row[] = OPERATIONS.map((name) => TABLE[name]);

/** The row of an opcode, which must be one (INPUT is none). */
export function rowOf(code: number): Row {
  return ROWS[code]!;
}
export function nameOf(code: number): Operation {
  return OPERATIONS[code]!;
}
