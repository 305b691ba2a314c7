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
  let changed = false;
  const terms: Node[] = [];
  for (const term of termsOf(node)) {
    const parts = expandTerm(forms, term, first);
    if (parts === null) return undefined;
    if (parts) {
      changed = true;
      terms.push(...parts);
    } else terms.push(term);
    if (terms.length > MOST_TERMS) return undefined;
  }
  return changed ? forms.add(terms) : undefined;
}

/** undefined: nothing to do; null: too long. */
function expandTerm(forms: Forms, term: Node, first: number): Node[] | undefined | null {
  if (term.kind !== 'product' && term.kind !== 'power') return undefined;
  const sums: (readonly Node[])[] = [];
  const rest: Node[] = [forms.number(coefficientOf(term))];
  for (const factor of factorsOf(term)) {
    const base = baseOf(factor);
    const p = exponentOf(factor);
    const open = base.kind === 'sum' && base.id >= first;
    if (open && p && Q.isInteger(p) && p.n > 0 && p.n <= LARGEST_POWER)
      for (let i = 0; i < p.n; i++) sums.push(base.terms);
    else rest.push(factor);
  }
  if (sums.length === 0) return undefined;
  let terms: Node[] = [forms.mul(rest)];
  for (const sum of sums) {
    if (terms.length * sum.length > 4 * MOST_TERMS) return null;
    const next = forms.add(terms.flatMap((a) => sum.map((b) => forms.mul([a, b]))));
    terms = [...termsOf(next)];
    if (terms.length > MOST_TERMS) return null;
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
  const bases: Node[] = [];
  const exponents: Rational[] = [];
  for (const factor of factorsOf(term)) {
    let p = exponentOf(factor);
    let base = baseOf(factor);
    if (!p || base === forms.e) {
      base = factor;
      p = Q.ONE;
    } else if (base.kind === 'sum') base = forms.primitive(base)[1];
    const at = bases.indexOf(base);
    if (at < 0) {
      bases.push(base);
      exponents.push(p);
    } else exponents[at] = p;
  }
  return { bases, exponents };
}

/** The exponent of a base, where it is one of them. */
function exponentIn(powers: Powers, base: Node): Rational | undefined {
  const at = powers.bases.indexOf(base);
  return at < 0 ? undefined : powers.exponents[at]!;
}

/** The factor that all terms share, without coefficient; one where there is none. */
export function commonFactor(forms: Forms, terms: readonly Node[]): Node {
  const first = powersOf(forms, terms[0]!);
  const factors: Node[] = [];
  for (let i = 0; i < first.bases.length; i++) {
    const base = first.bases[i]!;
    const p = commonExponent(forms, terms, base, first.exponents[i]!);
    if (p) factors.push(forms.pow(base, forms.number(p)));
  }
  return factors.length === 0 ? forms.one : forms.mul(factors);
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

export function divideTerms(forms: Forms, terms: readonly Node[], by: Node): Node {
  const inverse = forms.pow(by, forms.minusOne);
  return forms.add(terms.map((t) => forms.mul([t, inverse])));
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
  const numerator = forms.add(terms.map((t) => forms.mul([t, denominator])));
  return [numerator, denominator];
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
  const coefficients = new Map<Node, Rational>();
  for (const term of terms) coefficients.set(monomialOf(forms, term), coefficientOf(term));
  for (const term of terms) {
    for (const factor of factorsOf(term)) {
      const base = baseOf(factor);
      const p = exponentOf(factor);
      if (base.kind !== 'call' || !(base.op in PARTNER) || !p || !Q.isInteger(p) || p.n < 2) continue;
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

/** sin·cos → sin(2u)/2, sin/cos → tan, sinh/cosh → tanh, tan·cos → sin. */
export function circularProducts(forms: Forms, node: Node): Node[] {
  const found: Node[] = [];
  const powers = powersOf(forms, node);
  for (let i = 0; i < powers.bases.length; i++) {
    const base = powers.bases[i]!;
    const p = powers.exponents[i]!;
    if (base.kind !== 'call' || (base.op !== 'sin' && base.op !== 'sinh' && base.op !== 'tan')) continue;
    const partner = forms.call(base.op === 'sinh' ? 'cosh' : 'cos', base.args);
    const q = exponentIn(powers, partner);
    if (!q || !Q.isInteger(p) || !Q.isInteger(q)) continue;
    const k = Math.min(Math.abs(p.n), Math.abs(q.n));
    const times = (x: Node, n: number) => forms.pow(x, forms.integer(n));
    if (p.n > 0 && q.n < 0 && base.op !== 'tan') {
      const ratio = forms.call(base.op === 'sin' ? 'tan' : 'tanh', base.args);
      found.push(forms.mul([node, times(base, -k), times(partner, k), times(ratio, k)]));
    } else if (p.n > 0 && q.n > 0) {
      if (base.op === 'tan') {
        found.push(
          forms.mul([node, times(base, -k), times(partner, -k), times(forms.call('sin', base.args), k)]),
        );
      } else {
        const double = forms.call(base.op, [forms.mul([forms.integer(2), base.args[0]!])]);
        const half = forms.number(Q.power(Q.HALF, k)!);
        found.push(forms.mul([half, node, times(base, -k), times(partner, -k), times(double, k)]));
      }
    }
  }
  return found;
}

/** eᵘ·(a + b)ⁿ = (a·e^(u/n) + b·e^(u/n))ⁿ: exp(x)/(1 + exp(x)) is 1/(exp(−x) + 1). */
export function balanceExponentials(forms: Forms, node: Node): Node[] {
  const exponential = factorsOf(node).find((f) => f.kind === 'power' && f.base === forms.e);
  if (exponential?.kind !== 'power') return [];
  const found: Node[] = [];
  for (const factor of factorsOf(node)) {
    const base = baseOf(factor);
    const p = exponentOf(factor);
    if (base.kind !== 'sum' || !p || !Q.isInteger(p)) continue;
    if (!base.terms.some((t) => factorsOf(t).some((f) => f.kind === 'power' && f.base === forms.e))) continue;
    const share = forms.pow(forms.e, forms.scale(exponential.exponent, Q.inverse(p)));
    const moved = forms.add(base.terms.map((t) => forms.mul([t, share])));
    const rest = factorsOf(node).filter((f) => f !== factor && f !== exponential);
    found.push(forms.mul([forms.number(coefficientOf(node)), ...rest, forms.pow(moved, forms.number(p))]));
  }
  return found;
}
