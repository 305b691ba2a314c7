/** Single rewritings of normal forms: multiplying out, common factors, common denominators, trigonometric identities. */
import { coefficientOf, type Forms } from './forms.ts';
import type { Node } from './node.ts';
import { baseOf, exponentOf, factorsOf, termsOf } from './node.ts';
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

/** base ↦ exponent of a term; powers with symbolic exponents stand whole, with exponent 1. */
export function powersOf(forms: Forms, term: Node): ReadonlyMap<Node, Rational> {
  let powers = forms.powers.get(term);
  if (!powers) {
    powers = findPowers(forms, term);
    forms.powers.set(term, powers);
  }
  return powers;
}

function findPowers(forms: Forms, term: Node): Map<Node, Rational> {
  const powers = new Map<Node, Rational>();
  for (const factor of factorsOf(term)) {
    const p = exponentOf(factor);
    const base = baseOf(factor);
    if (p && base !== forms.e) powers.set(base.kind === 'sum' ? forms.primitive(base)[1] : base, p);
    else powers.set(factor, Q.ONE);
  }
  return powers;
}

/** The factor that all terms share, without coefficient; one where there is none. */
export function commonFactor(forms: Forms, terms: readonly Node[]): Node {
  const common = new Map(powersOf(forms, terms[0]!));
  for (const term of terms.slice(1)) {
    if (common.size === 0) break;
    const powers = powersOf(forms, term);
    for (const [base, p] of common) {
      const q = powers.get(base);
      if (!q || q.n < 0 !== p.n < 0) common.delete(base);
      else if (Math.abs(Q.toDouble(q)) < Math.abs(Q.toDouble(p))) common.set(base, q);
    }
  }
  return forms.mul([...common].map(([base, p]) => forms.pow(base, forms.number(p))));
}

export function divideTerms(forms: Forms, terms: readonly Node[], by: Node): Node {
  const inverse = forms.pow(by, forms.minusOne);
  return forms.add(terms.map((t) => forms.mul([t, inverse])));
}

/** numerator and denominator of a sum; undefined where no term has a denominator other than a number. */
export function together(forms: Forms, node: Node): readonly [Node, Node] | undefined {
  const lowest = new Map<Node, Rational>();
  let common = 1;
  const terms = termsOf(node);
  for (const term of terms) {
    const c = coefficientOf(term);
    if (Q.isExact(c)) common = (common / Q.gcd(common, c.d)) * c.d;
    for (const [base, p] of powersOf(forms, term)) {
      if (p.n >= 0) continue;
      const before = lowest.get(base);
      if (!before || Q.toDouble(p) < Q.toDouble(before)) lowest.set(base, p);
    }
  }
  if (lowest.size === 0) return undefined;
  const scale = common < 1e6 ? [forms.integer(common)] : [];
  const denominator = forms.mul([
    ...scale,
    ...[...lowest].map(([base, p]) => forms.pow(base, forms.number(Q.negate(p)))),
  ]);
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
  for (const [base, p] of powers) {
    if (base.kind !== 'call' || (base.op !== 'sin' && base.op !== 'sinh' && base.op !== 'tan')) continue;
    const partner = forms.call(base.op === 'sinh' ? 'cosh' : 'cos', base.args);
    const q = powers.get(partner);
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
