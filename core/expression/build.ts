/** Builders of formulas, without any rewriting (algebra.ts folds, simplify rewrites). */
import type { Operation } from '../operations/names.ts';
import type { Expr } from './expression.ts';

export type CasesExpr = Extract<Expr, { kind: 'cases' }>;
export type RangeExpr = Extract<Expr, { kind: 'sum' | 'product' }>;

export function number(value: number): Expr {
  return { kind: 'number', value };
}
export const ZERO = number(0);
export const ONE = number(1);
export const MINUS_ONE = number(-1);
const TRUE: Expr = { kind: 'boolean', value: true };
const FALSE: Expr = { kind: 'boolean', value: false };
export const PI: Expr = { kind: 'named', name: 'π', value: Math.PI };
export const E: Expr = { kind: 'named', name: 'e', value: Math.E };

export function boolean(value: boolean): Expr {
  return value ? TRUE : FALSE;
}
export function named(name: string, value: number): Expr {
  return { kind: 'named', name, value };
}
export function variable(name: string): Expr {
  return { kind: 'variable', name };
}
export function element(array: string, index: Expr): Expr {
  return { kind: 'element', array, index };
}
export function op(name: Operation, ...args: Expr[]): Expr {
  return { kind: 'op', op: name, args };
}
export function cases(arms: CasesExpr['arms'], otherwise: Expr): Expr {
  return { kind: 'cases', arms, otherwise };
}
/** An expression that chooses, as cases: `select` is cases of one arm. */
export function asCases(expr: Expr): CasesExpr | undefined {
  if (expr.kind === 'cases') return expr;
  if (expr.kind !== 'op' || expr.op !== 'select') return undefined;
  const [when, value, otherwise] = expr.args as [Expr, Expr, Expr];
  return { kind: 'cases', arms: [{ when, value }], otherwise };
}
export function sum(name: string, from: Expr, to: Expr, body: Expr): Expr {
  return { kind: 'sum', variable: name, from, to, body };
}
export function product(name: string, from: Expr, to: Expr, body: Expr): Expr {
  return { kind: 'product', variable: name, from, to, body };
}
export function isNumber(expr: Expr, value: number): boolean {
  return expr.kind === 'number' && expr.value === value;
}
