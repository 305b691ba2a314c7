/** Single rewritings of normal forms: multiplying out, common factors, common denominators, trigonometric identities. */
import type { Forms } from './forms.ts';
import type { Node, Powers } from './node.ts';
import { baseOf, coefficientOf, exponentOf, factorsOf, termsOf } from './node.ts';
import type { Rational } from './rational.ts';
import * as Q from './rational.ts';

/** Products of sums with more terms than this stay products. */
const MOST_TERMS = 48;
const LARGEST_POWER = 6;

/**
 * node with every product of sums multiplied out, or (not `all`) of those sums that the user did not write;
 * undefined where nothing is to do or it would grow too long.
 */
export function expand(forms: Forms, node: Node, all: boolean): Node | undefined {
  const first = all ? 0 : forms.firstDerived;
  const terms = termsOf(node);
  if (!hasOpen(terms, first)) return undefined;
  const start = forms.begin();
  for (const term of terms) {
    const parts = isOpen(term, first) ? expandTerm(forms, term, first) : [term];
    if (parts) for (const part of parts) forms.put(part);
    if (!parts || forms.begin() - start > MOST_TERMS) {
      forms.drop(start);
      return undefined;
    }
  }
  return forms.sumFrom(start);
}

function hasOpen(terms: readonly Node[], first: number): boolean {
  for (const term of terms) if (isOpen(term, first)) return true;
  return false;
}

/** Whether a term has a factor to multiply out. */
function isOpen(term: Node, first: number): boolean {
  if (term.kind !== 'product' && term.kind !== 'power') return false;
  const factors = factorsOf(term);
  for (let i = 0; i < factors.length; i++) if (timesOpen(factors[i]!, first) > 0) return true;
  return false;
}

/** How often the sum stands there that a factor is a power of; 0 for what stays as it is. */
function timesOpen(factor: Node, first: number): number {
  const base = baseOf(factor);
  if (base.kind !== 'sum' || base.id < first) return 0;
  const p = exponentOf(factor);
  return p && Q.isInteger(p) && p.n > 0 && p.n <= LARGEST_POWER ? p.n : 0;
}

/** undefined: too long. */
function expandTerm(forms: Forms, term: Node, first: number): readonly Node[] | undefined {
  const factors = factorsOf(term);
  const start = forms.begin();
  forms.put(forms.number(coefficientOf(term)));
  for (const factor of factors) if (timesOpen(factor, first) === 0) forms.put(factor);
  let terms: readonly Node[] = [forms.productFrom(start)];
  for (const factor of factors) {
    for (let i = timesOpen(factor, first); i > 0; i--) {
      const sum = termsOf(baseOf(factor));
      if (terms.length * sum.length > 4 * MOST_TERMS) return undefined;
      for (const a of terms) for (const b of sum) forms.put(forms.times(a, b));
      terms = termsOf(forms.sumFrom(start));
      if (terms.length > MOST_TERMS) return undefined;
    }
  }
  return terms;
}

const NONE: Powers = { bases: [], exponents: [] };

/** The bases and exponents of a term; powers with symbolic exponents stand whole, with exponent 1. */
export function powersOf(forms: Forms, term: Node): Powers {
  term.powers ??= findPowers(forms, term);
  return term.powers;
}

function findPowers(forms: Forms, term: Node): Powers {
  if (term.kind === 'number') return NONE;
  if (term.kind !== 'product')
    return { bases: [wholeBase(forms, term)], exponents: [wholeExponent(forms, term)] };
  const start = forms.begin();
  const exponents: Rational[] = new Array(term.factors.length);
  let repeated = false;
  for (let i = 0; i < term.factors.length; i++) {
    const base = wholeBase(forms, term.factors[i]!);
    repeated ||= forms.isPut(base, start);
    forms.put(base);
    exponents[i] = wholeExponent(forms, term.factors[i]!);
  }
  const bases = forms.listFrom(start);
  return repeated ? withoutRepeated(bases, exponents) : { bases, exponents };
}

/** Of powers of one base, which must not be merged, the last one counts. */
function withoutRepeated(bases: readonly Node[], exponents: readonly Rational[]): Powers {
  const distinct = bases.filter((base, i) => bases.indexOf(base) === i);
  return { bases: distinct, exponents: distinct.map((base) => exponents[bases.lastIndexOf(base)]!) };
}

/** What a factor is a numeric power of, sums in the orientation met first; other powers are their own base. */
function wholeBase(forms: Forms, factor: Node): Node {
  const base = baseOf(factor);
  if (base === forms.e || !exponentOf(factor)) return factor;
  return base.kind === 'sum' ? forms.primitive(base)[1] : base;
}

function wholeExponent(forms: Forms, factor: Node): Rational {
  return baseOf(factor) === forms.e ? Q.ONE : (exponentOf(factor) ?? Q.ONE);
}

/** The exponent of a base, where it is one of them. */
function exponentIn(powers: Powers, base: Node): Rational | undefined {
  const at = powers.bases.indexOf(base);
  return at < 0 ? undefined : powers.exponents[at]!;
}

/** The factor that all terms share, without coefficient; one where there is none. */
export function commonFactor(forms: Forms, terms: readonly Node[]): Node {
  const first = powersOf(forms, terms[0]!);
  const start = forms.begin();
  for (let i = 0; i < first.bases.length; i++) {
    const base = first.bases[i]!;
    const p = commonExponent(forms, terms, base, first.exponents[i]!);
    if (p) forms.put(forms.pow(base, forms.number(p)));
  }
  return forms.productFrom(start);
}

/** The least power of a base that all terms after the first have too; p is the first's. */
function commonExponent(forms: Forms, terms: readonly Node[], base: Node, p: Rational): Rational | undefined {
  let least = p;
  for (let i = 1; i < terms.length; i++) {
    const q = exponentIn(powersOf(forms, terms[i]!), base);
    if (!q || q.n < 0 !== least.n < 0) return undefined;
    if (Math.abs(Q.toDouble(q)) < Math.abs(Q.toDouble(least))) least = q;
  }
  return least;
}

/** Every term times a factor, added up. */
export function timesEach(forms: Forms, terms: readonly Node[], factor: Node): Node {
  const start = forms.begin();
  for (const term of terms) forms.put(forms.times(term, factor));
  return forms.sumFrom(start);
}

export function divideTerms(forms: Forms, terms: readonly Node[], by: Node): Node {
  return timesEach(forms, terms, forms.pow(by, forms.minusOne));
}

/** numerator and denominator of a sum; undefined where no term has a denominator other than a number. */
export function together(forms: Forms, node: Node): readonly [Node, Node] | undefined {
  const bases: Node[] = [];
  const lowest: Rational[] = [];
  let common = 1;
  const terms = termsOf(node);
  for (const term of terms) {
    const c = coefficientOf(term);
    if (Q.isExact(c)) common = (common / Q.gcd(common, c.d)) * c.d;
    const powers = powersOf(forms, term);
    for (let i = 0; i < powers.bases.length; i++) {
      const p = powers.exponents[i]!;
      if (p.n >= 0) continue;
      const at = bases.indexOf(powers.bases[i]!);
      if (at < 0) {
        bases.push(powers.bases[i]!);
        lowest.push(p);
      } else if (Q.toDouble(p) < Q.toDouble(lowest[at]!)) lowest[at] = p;
    }
  }
  if (bases.length === 0) return undefined;
  const factors = common < 1e6 ? [forms.integer(common)] : [];
  for (let i = 0; i < bases.length; i++)
    factors.push(forms.pow(bases[i]!, forms.number(Q.negate(lowest[i]!))));
  const denominator = forms.mul(factors);
  return [timesEach(forms, terms, denominator), denominator];
}

// ───────────────────────────── trigonometry ─────────────────────────────

/** sin² + cos² = 1, 1 − sin² = cos², cosh² − sinh² = 1, cos² − sin² = cos 2u, … with any common cofactor. */
export function pythagoras(forms: Forms, node: Node): Node {
  let current = node;
  for (let round = 0; round < 8 && current.kind === 'sum'; round++) {
    const next = pythagorasOnce(forms, current.terms);
    if (!next) break;
    current = next;
  }
  return current;
}

type Circular = 'sin' | 'cos' | 'sinh' | 'cosh';
const PARTNER: { readonly [K in Circular]: { other: Circular; sign: number; alone: number } } = {
  sin: { other: 'cos', sign: 1, alone: -1 },
  cos: { other: 'sin', sign: 1, alone: -1 },
  cosh: { other: 'sinh', sign: -1, alone: -1 },
  sinh: { other: 'cosh', sign: -1, alone: 1 },
};

function pythagorasOnce(forms: Forms, terms: readonly Node[]): Node | undefined {
  for (const term of terms)
    for (const factor of factorsOf(term)) if (isSquare(factor)) return pythagorasIn(forms, terms);
  return undefined;
}

/** A square of a circular or hyperbolic function, or a higher power. */
function isSquare(factor: Node): boolean {
  if (factor.kind !== 'power' || factor.base.kind !== 'call' || !(factor.base.op in PARTNER)) return false;
  const p = exponentOf(factor);
  return p !== undefined && Q.isInteger(p) && p.n >= 2;
}

function pythagorasIn(forms: Forms, terms: readonly Node[]): Node | undefined {
  const coefficients = new Map<Node, Rational>();
  for (const term of terms) coefficients.set(monomialOf(forms, term), coefficientOf(term));
  for (const term of terms) {
    for (const factor of factorsOf(term)) {
      const base = baseOf(factor);
      if (base.kind !== 'call' || !isSquare(factor)) continue;
      const op = base.op as Circular;
      const { other, sign, alone } = PARTNER[op];
      const c = coefficientOf(term);
      const two = forms.integer(2);
      const cofactor = forms.mul([monomialOf(forms, term), forms.pow(base, forms.integer(-2))]);
      const square = forms.pow(forms.call(other, base.args), two);
      const twin = forms.mul([cofactor, square]);
      const rest = (drop: readonly Node[]) => terms.filter((t) => !drop.includes(monomialOf(forms, t)));
      const mine = monomialOf(forms, term);
      const d = coefficients.get(twin);
      if (d && twin !== mine) {
        if (Q.same(d, sign > 0 ? c : Q.negate(c))) {
          const value = op === 'sinh' ? Q.negate(c) : c;
          return forms.add([...rest([mine, twin]), forms.scale(cofactor, value)]);
        }
        if (op === 'cos' && Q.same(d, Q.negate(c))) {
          const double = forms.call('cos', [forms.mul([two, base.args[0]!])]);
          return forms.add([...rest([mine, twin]), forms.scale(forms.mul([cofactor, double]), c)]);
        }
      }
      const e = coefficients.get(cofactor);
      if (e && Q.same(e, alone > 0 ? c : Q.negate(c))) {
        const value = op === 'cosh' || op === 'sinh' ? c : Q.negate(c);
        return forms.add([...rest([mine, cofactor]), forms.scale(twin, value)]);
      }
    }
  }
  return undefined;
}

/** A term without its coefficient. */
function monomialOf(forms: Forms, term: Node): Node {
  if (term.kind === 'number') return forms.one;
  return term.kind === 'product' ? forms.monomial(term) : term;
}

/** Puts a product's other forms: sin·cos → sin(2u)/2, sin/cos → tan, sinh/cosh → tanh, tan·cos → sin. */
export function circularProducts(forms: Forms, node: Node): void {
  const powers = powersOf(forms, node);
  for (let i = 0; i < powers.bases.length; i++) {
    const base = powers.bases[i]!;
    const p = powers.exponents[i]!;
    if (base.kind !== 'call' || (base.op !== 'sin' && base.op !== 'sinh' && base.op !== 'tan')) continue;
    const partner = forms.call(base.op === 'sinh' ? 'cosh' : 'cos', base.args);
    const q = exponentIn(powers, partner);
    if (!q || !Q.isInteger(p) || !Q.isInteger(q)) continue;
    const k = Math.min(Math.abs(p.n), Math.abs(q.n));
    if (p.n > 0 && q.n < 0 && base.op !== 'tan') {
      const ratio = forms.call(base.op === 'sin' ? 'tan' : 'tanh', base.args);
      forms.put(forms.mul([node, power(forms, base, -k), power(forms, partner, k), power(forms, ratio, k)]));
    } else if (p.n > 0 && q.n > 0) {
      if (base.op === 'tan') {
        const sine = power(forms, forms.call('sin', base.args), k);
        forms.put(forms.mul([node, power(forms, base, -k), power(forms, partner, -k), sine]));
      } else {
        const double = forms.call(base.op, [forms.mul([forms.integer(2), base.args[0]!])]);
        const half = forms.number(Q.power(Q.HALF, k)!);
        const [sine, cosine] = [power(forms, base, -k), power(forms, partner, -k)];
        forms.put(forms.mul([half, node, sine, cosine, power(forms, double, k)]));
      }
    }
  }
}

function power(forms: Forms, base: Node, n: number): Node {
  return forms.pow(base, forms.integer(n));
}

/** Puts a product's other forms: eᵘ·(a + b)ⁿ = (a·e^(u/n) + b·e^(u/n))ⁿ: exp(x)/(1 + exp(x)) is 1/(exp(−x) + 1). */
export function balanceExponentials(forms: Forms, node: Node): void {
  const factors = factorsOf(node);
  const exponential = factors.find((f) => f.kind === 'power' && f.base === forms.e);
  if (exponential?.kind !== 'power') return;
  for (const factor of factors) {
    const base = baseOf(factor);
    const p = exponentOf(factor);
    if (base.kind !== 'sum' || !p || !Q.isInteger(p)) continue;
    if (!base.terms.some((t) => factorsOf(t).some((f) => f.kind === 'power' && f.base === forms.e))) continue;
    const share = forms.pow(forms.e, forms.scale(exponential.exponent, Q.inverse(p)));
    const moved = timesEach(forms, base.terms, share);
    const start = forms.begin();
    forms.put(forms.number(coefficientOf(node)));
    for (const other of factors) if (other !== factor && other !== exponential) forms.put(other);
    forms.put(forms.pow(moved, forms.number(p)));
    forms.put(forms.productFrom(start));
  }
}
