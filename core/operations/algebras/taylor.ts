/**
 * Taylor polynomials in one variable, truncated: the operations by their own partials, y = y₀ + ∫ Σ ∂y/∂xᵢ·ẋᵢ, order
 * after order (Griewank and Walther, Evaluating Derivatives, 2nd ed., §13.2).
 */
import { OPERATIONS, type Operation } from '../names.ts';
import type { Algebra } from '../row.ts';
import { TABLE } from '../table.ts';

/** Coefficients, as many as the order and one. */
type Polynomial = readonly number[];

function product(x: Polynomial, y: Polynomial): number[] {
  return x.map((_, n) => {
    let sum = 0;
    for (let k = 0; k <= n; k++) if (x[k] !== 0 && y[n - k] !== 0) sum += x[k]! * y[n - k]!;
    return sum;
  });
}

function quotient(x: Polynomial, y: Polynomial): number[] {
  const found: number[] = [];
  for (let n = 0; n < x.length; n++) {
    let rest = x[n]!;
    for (let k = 1; k <= n; k++) if (y[k] !== 0) rest -= y[k]! * found[n - k]!;
    found.push(rest / y[0]!);
  }
  return found;
}

function root(x: Polynomial): number[] {
  const found = [Math.sqrt(x[0]!)];
  for (let n = 1; n < x.length; n++) {
    let rest = x[n]!;
    for (let k = 1; k < n; k++) rest -= found[k]! * found[n - k]!;
    found.push(rest / (2 * found[0]!));
  }
  return found;
}

const DIRECT: { readonly [O in Operation]?: (x: Polynomial, y: Polynomial) => Polynomial } = {
  add: (x, y) => x.map((c, n) => c + y[n]!),
  sub: (x, y) => x.map((c, n) => c - y[n]!),
  neg: (x) => x.map((c) => -c),
  mul: product,
  div: quotient,
  sqrt: root,
};

function byPartials(name: Operation, order: number, args: readonly Polynomial[]): Polynomial {
  const row = TABLE[name];
  const value = row.value(...args.map((x) => x[0]!));
  const constant = (c: number): number[] => [c, ...new Array<number>(order).fill(0)];
  if (order === 0 || row.flat) return constant(value);
  if (name === 'select') return args[0]![0] !== 0 ? args[1]! : args[2]!;
  const lower = polynomials(order - 1);
  const shorter = args.map((x) => x.slice(0, order));
  let rate: Polynomial | undefined;
  args.forEach((x, i) => {
    if (x.every((c, n) => n === 0 || c === 0)) return;
    const partial = row.partial(lower, i, shorter);
    if (partial === undefined) return;
    const part = product(
      partial,
      x.slice(1).map((c, n) => c * (n + 1)),
    );
    rate = rate?.map((c, n) => c + part[n]!) ?? part;
  });
  return rate === undefined ? constant(value) : [value, ...rate.map((c, n) => c / (n + 1))];
}

const made: Algebra<Polynomial>[] = [];

/** The operations on polynomials of an order. */
function polynomials(order: number): Algebra<Polynomial> {
  made[order] ??= {
    ...(Object.fromEntries(
      OPERATIONS.map((name) => [
        name,
        DIRECT[name] ?? ((...args: Polynomial[]) => byPartials(name, order, args)),
      ]),
    ) as Omit<Algebra<Polynomial>, 'constant'>),
    constant: (value) => [Number(value), ...new Array<number>(order).fill(0)],
  };
  return made[order];
}

/** f⁽ⁿ⁾(v)/n! for n = 0 … order, of an operation of one argument. */
export function taylorCoefficients(name: Operation, v: number, order: number): readonly number[] {
  const k = polynomials(order);
  return k[name]([v, ...(order > 0 ? [1] : []), ...new Array<number>(Math.max(order - 1, 0)).fill(0)]);
}
