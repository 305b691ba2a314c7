/**
 * One-sided series: c₀ε^p₀ + c₁ε^p₁ + … + O(ε^order) as ε → 0 from above, with fractional and negative powers
 * (Puiseux). What first-order tangents leave open at a kink, √(x²) or √x·√x at 0, is decided by its leading terms.
 */
export interface Term {
  readonly power: number;
  readonly coefficient: number;
}
export interface Series {
  /** By ascending power, no coefficient 0. */
  readonly terms: readonly Term[];
  /** Terms from this power on are not known; ∞: there are none. −∞: nothing is known. */
  readonly order: number;
}

/** So many terms are kept. */
const LENGTH = 8;
/** So many powers of a correction are summed. */
const DEGREE = 6;
/** Sums of fractions such as 1/3 are equal up to this. */
const SAME = 1e-9;

export const UNKNOWN: Series = { terms: [], order: -Infinity };
export const ZERO: Series = { terms: [], order: Infinity };

export function constantSeries(value: number): Series {
  if (value === 0) return ZERO;
  return Number.isFinite(value) ? { terms: [{ power: 0, coefficient: value }], order: Infinity } : UNKNOWN;
}

/** x + direction·ε. */
export function approaching(x: number, direction: number): Series {
  return sum(constantSeries(x), series([{ power: 1, coefficient: direction }], Infinity));
}

function series(terms: readonly Term[], order: number): Series {
  const merged: Term[] = [];
  for (const term of [...terms].sort((s, t) => s.power - t.power)) {
    if (!Number.isFinite(term.coefficient)) return UNKNOWN;
    const last = merged.at(-1);
    if (last !== undefined && term.power - last.power < SAME) {
      merged[merged.length - 1] = { power: last.power, coefficient: added(last, term) };
    } else merged.push(term);
  }
  const known = merged.filter((t) => t.coefficient !== 0 && t.power < order - SAME);
  if (known.length <= LENGTH) return { terms: known, order };
  return { terms: known.slice(0, LENGTH), order: known[LENGTH]!.power };
}

/** What rounding leaves of coefficients that cancel is 0; constants keep the bits of the program's own numbers. */
function added({ power, coefficient: a }: Term, { coefficient: b }: Term): number {
  const c = a + b;
  return power !== 0 && Math.abs(c) <= 4 * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b)) ? 0 : c;
}

export function sum(x: Series, y: Series): Series {
  return series([...x.terms, ...y.terms], Math.min(x.order, y.order));
}

export function scaled(x: Series, factor: number): Series {
  return series(
    x.terms.map((t) => ({ power: t.power, coefficient: t.coefficient * factor })),
    factor === 0 ? Infinity : x.order,
  );
}

export function difference(x: Series, y: Series): Series {
  return sum(x, scaled(y, -1));
}

/** Power of the leading term, or of what is not known. */
function valuation(x: Series): number {
  return x.terms[0]?.power ?? x.order;
}

export function product(x: Series, y: Series): Series {
  if (x.order === -Infinity || y.order === -Infinity) return UNKNOWN;
  if (isZero(x) || isZero(y)) return ZERO;
  return series(
    x.terms.flatMap((s) =>
      y.terms.map((t) => ({ power: s.power + t.power, coefficient: s.coefficient * t.coefficient })),
    ),
    Math.min(x.order + valuation(y), y.order + valuation(x)),
  );
}

export function isZero(x: Series): boolean {
  return x.terms.length === 0 && x.order === Infinity;
}

/** −1, 0 or 1 as ε → 0; undefined where the known terms do not tell. */
export function signOf(x: Series): number | undefined {
  const lead = x.terms[0];
  if (lead === undefined) return isZero(x) ? 0 : undefined;
  return Math.sign(lead.coefficient);
}

/** The limit as ε → 0; NaN where it is not finite or not known. */
export function limitOf(x: Series): number {
  const lead = x.terms[0];
  if (x.order <= 0 || (lead !== undefined && lead.power < 0)) return NaN;
  return lead?.power === 0 ? lead.coefficient : 0;
}

/** The value for an x that does not move; undefined for one that does. */
export function constantOf(x: Series): number | undefined {
  return x.order === Infinity && x.terms.every((t) => t.power === 0) ? limitOf(x) : undefined;
}

/** The derivative with respect to ε at 0 from above, ±∞ included; NaN where the known terms do not tell. */
export function slopeOf(x: Series): number {
  const moving = x.terms.find((t) => t.power !== 0);
  if (moving !== undefined && moving.power < 1 - SAME) {
    return moving.coefficient * moving.power > 0 ? Infinity : -Infinity;
  }
  if (x.order < 1 + SAME) return NaN;
  return moving !== undefined && moving.power < 1 + SAME ? moving.coefficient : 0;
}

/** The second derivative with respect to ε at 0 from above; NaN where it is infinite or not known. */
export function curvatureOf(x: Series): number {
  if (x.order < 2 + SAME) return NaN;
  const up = x.terms.filter((t) => t.power < 2 + SAME);
  const is = (power: number) => (t: Term) => Math.abs(t.power - power) < SAME;
  if (!up.every((t) => [0, 1, 2].some((power) => is(power)(t)))) return NaN;
  return 2 * (up.find(is(2))?.coefficient ?? 0);
}

/** Σ coefficients[n]·u^n for a u without constant term, and O(u^coefficients.length) unless `exact`. */
function polynomial(coefficients: readonly number[], u: Series, exact: boolean): Series {
  let result = exact ? ZERO : series([], coefficients.length * valuation(u));
  let power = constantSeries(1);
  for (const [n, coefficient] of coefficients.entries()) {
    if (n > 0) power = product(power, u);
    result = sum(result, scaled(power, coefficient));
  }
  return result;
}

/**
 * x^exponent by the binomial series around x's leading term c·ε^p; `lead` is c^exponent. x must have a term.
 */
export function powered(x: Series, exponent: number, lead: number): Series {
  const { power, coefficient } = x.terms[0]!;
  const coefficients = [1];
  for (let n = 1; n <= DEGREE; n++) coefficients.push((coefficients[n - 1]! * (exponent - n + 1)) / n);
  const exact = Number.isInteger(exponent) && exponent >= 0 && exponent <= DEGREE;
  const rest = series(
    x.terms.slice(1).map((t) => ({ power: t.power - power, coefficient: t.coefficient / coefficient })),
    x.order - power,
  );
  return shifted(polynomial(coefficients, rest, exact || isZero(rest)), power * exponent, lead);
}

export function quotient(x: Series, y: Series): Series {
  const lead = y.terms[0];
  if (lead === undefined) return UNKNOWN;
  // Divided first, so that constants have the bits that the division of constants has.
  const numerator = series(
    x.terms.map((t) => ({ power: t.power - lead.power, coefficient: t.coefficient / lead.coefficient })),
    x.order - lead.power,
  );
  const unit = series(
    y.terms.map((t) => ({ power: t.power - lead.power, coefficient: t.coefficient / lead.coefficient })),
    y.order - lead.power,
  );
  return product(numerator, powered(unit, -1, 1));
}

/** factor·ε^power·x. */
function shifted(x: Series, power: number, factor: number): Series {
  return series(
    x.terms.map((t) => ({ power: t.power + power, coefficient: t.coefficient * factor })),
    x.order + power,
  );
}

/** f(x) from f's Taylor coefficients f⁽ⁿ⁾(v)/n! at v, the limit of x. */
export function composed(taylor: readonly number[], x: Series): Series {
  const correction = difference(x, constantSeries(limitOf(x)));
  return polynomial(taylor, correction, isZero(correction));
}
