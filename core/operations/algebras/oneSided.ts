/** The operations on one-sided series: f(x₀ ± 0) with its leading terms, through kinks that compose. */
import { OPERATIONS, type Operation } from '../names.ts';
import type { Algebra, Row } from '../row.ts';
import { TABLE } from '../table.ts';
import {
  composed,
  constantOf,
  constantSeries,
  difference,
  isZero,
  limitOf,
  powered,
  product,
  quotient,
  type Series,
  scaled,
  signOf,
  sum,
  UNKNOWN,
  ZERO,
} from './series.ts';
import { taylorCoefficients } from './taylor.ts';

/** Taylor polynomials go up to this power. */
const ORDER = 6;

/** f⁽ⁿ⁾(v)/n! for n = 0 … ORDER. What is small because v is rounded (the cosine of the number next to π/2) is 0. */
function taylor(name: Operation, v: number): number[] {
  const known = taylorCoefficients(name, v, ORDER);
  return known.map((c, n) => {
    const rounding = Math.abs((known[n + 1] ?? 0) * v) * 4 * Number.EPSILON;
    return n > 0 && Math.abs(c) <= Math.min(rounding, 1) ? 0 : c;
  });
}

/** A function of one argument at a point where nothing is special. */
function smooth(name: Operation, x: Series): Series {
  const v = limitOf(x);
  const at = constantOf(x);
  if (at !== undefined) return constantSeries(TABLE[name].value(at));
  return Number.isNaN(v) || TABLE[name].kinks(v).length > 0 ? UNKNOWN : composed(taylor(name, v), x);
}

/** Piecewise constant functions: the value on the side of a jump to which the arguments move. */
function stepwise(row: Row, ...args: Series[]): Series {
  const limits = args.map(limitOf);
  if (limits.some(Number.isNaN)) return UNKNOWN;
  const beside = [...limits];
  for (const { argument } of row.kinks(...limits)) {
    const side = signOf(difference(args[argument]!, constantSeries(limits[argument]!)));
    if (side === undefined) return UNKNOWN;
    // All of them jump at integers and halves.
    beside[argument] = limits[argument]! + side / 4;
    if (side !== 0 && beside[argument] === limits[argument]) return UNKNOWN;
  }
  return constantSeries(row.value(...beside));
}

function compared(row: Row, x: Series, y: Series): Series {
  const sign = signOf(difference(x, y));
  return sign === undefined ? UNKNOWN : constantSeries(row.value(sign, 0));
}

function logical(row: Row, ...args: Series[]): Series {
  const signs = args.map(signOf);
  return signs.includes(undefined) ? UNKNOWN : constantSeries(row.value(...signs.map((s) => s!)));
}

/** Roots and powers, of bases that go to 0 as well. */
function power(x: Series, exponent: number, of: (c: number) => number): Series {
  if (isZero(x)) return constantSeries(of(0));
  if (x.terms.length === 0) return { terms: [], order: exponent > 0 ? x.order * exponent : -Infinity };
  return powered(x, exponent, of(x.terms[0]!.coefficient));
}
const root = (x: Series) => power(x, 0.5, Math.sqrt);

function pow(x: Series, y: Series): Series {
  const exponent = constantOf(y);
  if (exponent !== undefined) {
    return exponent === 0 ? constantSeries(1) : power(x, exponent, (c) => c ** exponent);
  }
  if (isZero(x) && limitOf(y) > 0) return ZERO;
  return withBits('pow', smooth('exp', product(y, smooth('log', x))), x, y);
}

/** A series come by in another way, with the constant that the operation itself has at the limits. */
function withBits(name: Operation, found: Series, ...args: Series[]): Series {
  const at = args.map(limitOf);
  if (TABLE[name].kinks(...at).length > 0) return found;
  const correction = TABLE[name].value(...at) - limitOf(found);
  return Number.isNaN(correction) ? found : sum(found, constantSeries(correction));
}

function larger(x: Series, y: Series): Series {
  const above = difference(x, y);
  const sign = signOf(above);
  if (sign !== undefined) return sign >= 0 ? x : y;
  return sum(x, { terms: [], order: above.order });
}
const opposite = (x: Series) => scaled(x, -1);

function hypot(...args: Series[]): Series {
  const size = Math.max(0, ...args.flatMap((x) => x.terms.map((t) => Math.abs(t.coefficient))));
  if (size === 0 || size === Infinity) return args.reduce((total, x) => sum(total, x), ZERO);
  const squares = args.map((x) => scaled(x, 1 / size)).map((x) => product(x, x));
  return withBits('hypot', scaled(root(squares.reduce(sum, ZERO)), size), ...args);
}

function atan2(y: Series, x: Series): Series {
  const up = signOf(y);
  const right = signOf(x);
  if (up === undefined || right === undefined) return UNKNOWN;
  // 0, π or −π, by a zero's sign that series do not have.
  if (up === 0 && right <= 0) return UNKNOWN;
  const steep = right === 0 || Number.isNaN(limitOf(quotient(y, x)));
  const turn = right > 0 ? 0 : up < 0 ? -Math.PI : Math.PI;
  const angle = steep
    ? difference(constantSeries((up * Math.PI) / 2), smooth('atan', quotient(x, y)))
    : sum(smooth('atan', quotient(y, x)), constantSeries(turn));
  return withBits('atan2', angle, y, x);
}

/** x − n·y with the whole quotient n of the side. */
function rem(x: Series, y: Series): Series {
  const [v, w] = [limitOf(x), limitOf(y)];
  const r = v % w;
  if (Number.isNaN(r)) return UNKNOWN;
  let n = Math.round((v - r) / w);
  const rest = difference(x, scaled(y, n));
  const side = signOf(rest);
  if (r !== 0 || v === 0 || side === 0) return rest;
  if (side === undefined) return UNKNOWN;
  // At a multiple of y the remainder keeps x's sign: on the other side the quotient is one less.
  if (side !== Math.sign(v)) n -= Math.sign(n);
  return difference(x, scaled(y, n));
}

/** acos(x) = 2·asin √((1 − x)/2), and by symmetry at −1. */
function acos(x: Series): Series {
  const v = limitOf(x);
  if (v === -1) return difference(constantSeries(Math.PI), acos(opposite(x)));
  if (v !== 1) return smooth('acos', x);
  return scaled(smooth('asin', root(scaled(difference(constantSeries(1), x), 0.5))), 2);
}
function asin(x: Series): Series {
  return Math.abs(limitOf(x)) === 1 ? difference(constantSeries(Math.PI / 2), acos(x)) : smooth('asin', x);
}
/** acosh(x) = 2·asinh √((x − 1)/2). */
function acosh(x: Series): Series {
  if (limitOf(x) !== 1) return smooth('acosh', x);
  return scaled(smooth('asinh', root(scaled(difference(x, constantSeries(1)), 0.5))), 2);
}

const OWN: { readonly [O in Operation]?: (...args: Series[]) => Series } = {
  add: (x, y) => sum(x!, y!),
  sub: (x, y) => difference(x!, y!),
  mul: (x, y) => product(x!, y!),
  div: (x, y) => quotient(x!, y!),
  rem: (x, y) => rem(x!, y!),
  pow: (x, y) => pow(x!, y!),
  neg: (x) => opposite(x!),
  fround: (x) => x!,
  select: (c, x, y) => (signOf(c!) === undefined ? UNKNOWN : signOf(c!) !== 0 ? x! : y!),
  toNumber: (x) => x!,
  abs: (x) => ((signOf(x!) ?? 1) < 0 ? opposite(x!) : x!),
  sqrt: (x) => root(x!),
  cbrt: (x) => power(x!, 1 / 3, Math.cbrt),
  max: (...args) => (args.length === 0 ? UNKNOWN : args.reduce(larger)),
  min: (...args) => (args.length === 0 ? UNKNOWN : opposite(args.map(opposite).reduce(larger))),
  hypot,
  atan2: (y, x) => atan2(y!, x!),
  acos: (x) => acos(x!),
  asin: (x) => asin(x!),
  acosh: (x) => acosh(x!),
};

function lifted(name: Operation): (...args: Series[]) => Series {
  const row = TABLE[name];
  if (OWN[name] !== undefined) return OWN[name];
  if (row.compares !== undefined && row.arity === 2) return (x, y) => compared(row, x!, y!);
  if (row.type === 'boolean') return (...args) => logical(row, ...args);
  return row.flat ? (...args) => stepwise(row, ...args) : (x) => smooth(name, x!);
}

/** Start from approaching(x₀, ±1), read with slopeOf. */
export const ONE_SIDED: Algebra<Series> = {
  ...(Object.fromEntries(OPERATIONS.map((name) => [name, lifted(name)])) as Omit<
    Algebra<Series>,
    'constant'
  >),
  constant: (value) => constantSeries(Number(value)),
};
