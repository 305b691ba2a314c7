/**
 * From normal forms back to formulas as a person writes them: minus signs and quotients, numerators in the order of
 * coefficient, constants, variables, sums, functions. `lengthOf` counts the same layout's characters without building it.
 */
import { isNumber, number, op } from '../expression/build.ts';
import type { Expr } from '../expression/expression.ts';
import { formulaNumber } from '../print/numbers.ts';
import { BINDING, printUnicode } from '../print/unicode.ts';
import { type Bar, decimalOver, fraction, SHORT_DECIMAL, withDecimals } from './decimals.ts';
import { isNonzero } from './facts.ts';
import type { Forms } from './forms.ts';
import type { Node, PowerNode, ProductNode, Quotient, SumNode } from './node.ts';
import { baseOf, coefficientOf, exponentOf, factorsOf, NONE, termsOf } from './node.ts';
import type { Rational } from './rational.ts';
import * as Q from './rational.ts';

/** `leading`: it stands first, where a sum is turned rather than a minus sign written. */
function quotientOf(forms: Forms, node: PowerNode | ProductNode, leading: boolean): Quotient {
  node.quotient ??= findQuotient(forms, node, false);
  if (!leading || !node.quotient.negative) return node.quotient;
  node.leading ??= findQuotient(forms, node, true);
  return node.leading;
}

function findQuotient(forms: Forms, node: Node, leading: boolean): Quotient {
  let coefficient = coefficientOf(node);
  const factors = factorsOf(node);
  let above = factors;
  let below = NONE;
  if (hasBelow(forms, factors)) {
    const start = forms.begin();
    for (const factor of factors) if (!isBelow(forms, factor)) forms.put(factor);
    above = forms.listFrom(start);
    for (const factor of factors) {
      if (!isBelow(forms, factor)) continue;
      const rest = inverted(forms, factor as PowerNode);
      if (rest.kind === 'number') coefficient = Q.times(coefficient, Q.inverse(rest.value));
      else forms.put(rest);
    }
    below = forms.listFrom(start);
  }
  let negative = coefficient.n < 0;
  if (negative && leading) {
    const turned = turn(forms, above);
    if (turned) above = turned;
    const opposite = turned ? undefined : turn(forms, below);
    if (opposite) below = opposite;
    if (turned || opposite) negative = false;
  }
  const size = Q.absolute(coefficient);
  const [top, bottom] = split(forms, size);
  return { negative, top, bottom, above: ordered(forms, node, above), below: ordered(forms, node, below) };
}

function hasBelow(forms: Forms, factors: readonly Node[]): boolean {
  for (const factor of factors) if (isBelow(forms, factor)) return true;
  return false;
}

/** A power that stands below a bar, as it is written there. */
function inverted(forms: Forms, factor: PowerNode): Node {
  const { base, exponent } = factor;
  if (exponent.kind === 'number') return forms.pow(base, forms.number(Q.negate(exponent.value)));
  return forms.pow(base, forms.distribute(exponent, Q.MINUS_ONE));
}

/** A power with a symbolic negative exponent that stands below the bar: (1 + y)^(−n), where y ≠ −1 is known. */
function sinks(forms: Forms, node: PowerNode): boolean {
  return (
    termsOf(node.exponent).every((term) => coefficientOf(term).n < 0) && isNonzero(forms.facts, node.base)
  );
}

/** With the first sum that has a positive term to lead its opposite turned: −(x − 1) is 1 − x. undefined without one. */
function turn(forms: Forms, factors: readonly Node[]): readonly Node[] | undefined {
  for (let i = 0; i < factors.length; i++) {
    const factor = factors[i]!;
    const p = exponentOf(factor);
    const base = baseOf(factor);
    if (base.kind !== 'sum' || !p || !Q.isInteger(p) || p.n % 2 === 0) continue;
    if (!base.terms.some((t) => coefficientOf(t).n < 0)) continue;
    const opposite = forms.distribute(base, Q.MINUS_ONE);
    const result = factors.slice();
    result[i] = forms.turned(opposite, p.n);
    return result;
  }
  return undefined;
}

/**
 * A positive coefficient above and below the bar: 3/2 is 3 and 2, or 1.5 above where the user writes decimals. `alone`:
 * a number that is no coefficient.
 */
function split(forms: Forms, size: Rational, alone = false): Bar {
  if (size.d === 1) return [size, Q.ONE];
  if (forms.decimals) return withDecimals(forms, size, alone);
  const text = formulaNumber(Q.toDouble(size));
  const shorter = text.length < String(size.n).length + String(size.d).length;
  return shorter && text.length <= SHORT_DECIMAL
    ? (decimalOver(size, Q.ONE) ?? fraction(size))
    : fraction(size);
}

function rank(node: Node): number {
  const base = baseOf(node);
  if (base.kind === 'number') return 0;
  if (base.kind === 'leaf') {
    if (base.expr.kind === 'named') return node.kind === 'power' && base.expr.name === 'e' ? 5 : 1;
    if (base.expr.kind !== 'variable' && base.expr.kind !== 'element') return 6;
    return exponentOf(node) ? 2 : 2.5;
  }
  if (base.kind === 'sum') return 3;
  return 4;
}

/**
 * Constants, variables, sums, functions; a product of the user's own as it is, and variables that stand together in
 * one in the order they have there.
 */
function ordered(forms: Forms, node: Node, factors: readonly Node[]): readonly Node[] {
  if (factors.length < 2 || node.id < forms.firstDerived) return factors;
  for (let i = 1; i < factors.length; i++)
    if (inOrder(forms, factors[i]!, factors[i - 1]!) < 0) return inWrittenOrder(forms, factors);
  return factors;
}

function inWrittenOrder(forms: Forms, factors: readonly Node[]): readonly Node[] {
  return sorted(factors, (a, b) => inOrder(forms, a, b));
}

function inOrder(forms: Forms, a: Node, b: Node): number {
  const x = baseOf(a);
  const y = baseOf(b);
  return rank(a) - rank(b) || forms.usersOrder(x, y) || x.id - y.id;
}

/** By insertion: the few members there are cost less so than `sort` needs to begin. */
function sorted(nodes: readonly Node[], compare: (a: Node, b: Node) => number): Node[] {
  const result = nodes.slice();
  for (let i = 1; i < result.length; i++) {
    const node = result[i]!;
    let at = i;
    for (; at > 0 && compare(node, result[at - 1]!) < 0; at--) result[at] = result[at - 1]!;
    result[at] = node;
  }
  return result;
}

/** Polynomials in variables by falling degree, then by variable; other sums as they came about. */
function byDegree(terms: readonly Node[]): Node[] {
  return terms.every(isMonomial)
    ? sorted(terms, (a, b) => degreeOf(b) - degreeOf(a) || firstOf(a) - firstOf(b))
    : terms.slice();
}

function isMonomial(term: Node): boolean {
  const factors = factorsOf(term);
  for (let i = 0; i < factors.length; i++) {
    const p = exponentOf(factors[i]!);
    if (baseOf(factors[i]!).kind !== 'leaf' || !p || p.n < 0) return false;
  }
  return true;
}

function degreeOf(monomial: Node): number {
  let degree = 0;
  for (const factor of factorsOf(monomial)) degree += Q.toDouble(exponentOf(factor)!);
  return degree;
}

function firstOf(monomial: Node): number {
  let first = Infinity;
  for (const factor of factorsOf(monomial)) first = Math.min(first, baseOf(factor).id);
  return first;
}

/** The terms in the order written: a positive one leads where there is one. */
function writtenTerms(forms: Forms, sum: SumNode): readonly Node[] {
  const terms = sum.id < forms.firstDerived ? sum.terms.slice() : byDegree(sum.terms);
  let lead = 0;
  while (lead < terms.length && coefficientOf(terms[lead]!).n <= 0) lead++;
  if (lead === terms.length) {
    lead = 0;
    while (lead < terms.length && isNegative(forms, terms[lead]!, true)) lead++;
    if (lead === terms.length) lead = 0;
  }
  if (lead > 0) {
    const first = terms[lead]!;
    terms.copyWithin(1, 0, lead);
    terms[0] = first;
  }
  return terms;
}

/** Whether a term has a minus sign in front. */
function isNegative(forms: Forms, term: Node, leading: boolean): boolean {
  if (term.kind === 'number') return term.value.n < 0;
  return isQuotient(term) && quotientOf(forms, term, leading).negative;
}

/** Products and powers: what is written with a bar or a sign. */
function isQuotient(node: Node): node is PowerNode | ProductNode {
  return node.kind === 'product' || node.kind === 'power';
}

// ───────────────────────────── to formulas ─────────────────────────────

/** The formula of a node; shared nodes give shared formulas. */
export function toExpr(forms: Forms, node: Node, done = new Map<Node, Expr>()): Expr {
  const before = done.get(node);
  if (before) return before;
  const result = build(forms, node, done);
  done.set(node, result);
  return result;
}

function build(forms: Forms, node: Node, done: Map<Node, Expr>): Expr {
  switch (node.kind) {
    case 'number': {
      if (node.value.n < 0) return negated(build(forms, forms.negate(node), done));
      const [top, bottom] = split(forms, node.value, true).map(Q.toDouble) as [number, number];
      return bottom === 1 ? number(top) : op('div', number(top), number(bottom));
    }
    case 'leaf':
      return node.expr;
    case 'call':
      return op(node.op, ...node.args.map((a) => toExpr(forms, a, done)));
    case 'power':
    case 'product': {
      if (node.kind === 'power' && !isBelow(forms, node)) return power(forms, node.base, node.exponent, done);
      const quotient = quotientOf(forms, node, true);
      const size = fromQuotient(forms, quotient, done);
      return quotient.negative ? negated(size) : size;
    }
    case 'sum': {
      let total: Expr | undefined;
      for (const term of writtenTerms(forms, node)) {
        const negative = isNegative(forms, term, total === undefined);
        const size = unsigned(forms, term, total === undefined, done);
        if (total === undefined) total = negative ? negated(size) : size;
        else total = op(negative ? 'sub' : 'add', total, size);
      }
      return total!;
    }
  }
}

/** A term without its sign. */
function unsigned(forms: Forms, term: Node, leading: boolean, done: Map<Node, Expr>): Expr {
  if (isQuotient(term)) return fromQuotient(forms, quotientOf(forms, term, leading), done);
  return toExpr(forms, term.kind === 'number' && term.value.n < 0 ? forms.negate(term) : term, done);
}

/** A power that stands below a bar. */
function isBelow(forms: Forms, node: Node): boolean {
  if (node.kind !== 'power' || node.base === forms.e) return false;
  if (node.exponent.kind === 'number') return node.exponent.value.n < 0;
  return sinks(forms, node);
}

/** −(a·b) is written (−a)·b: the sign belongs to what stands first. */
function negated(expr: Expr): Expr {
  if (expr.kind === 'number') return number(-expr.value);
  if (expr.kind === 'op' && (expr.op === 'mul' || expr.op === 'div')) {
    const [first, second] = expr.args as [Expr, Expr];
    if (first.kind === 'number' || (first.kind === 'op' && (first.op === 'mul' || first.op === 'div')))
      return op(expr.op, negated(first), second);
  }
  return op('neg', expr);
}

/** a/b/c is shorter than a/(b·c), and as clear where b and c are names, their powers and roots. */
function isRepeated(q: Quotient): boolean {
  if (!Q.isOne(q.bottom) || q.below.length < 2 || q.below.length > 3) return false;
  const named = (node: Node) => node.kind === 'leaf' && node.expr.kind === 'named';
  const long = q.below.filter((node) => baseOf(node).kind !== 'leaf');
  return long.length === 0 || (long.length === 1 && q.below.every((node) => node === long[0] || named(node)));
}

function fromQuotient(forms: Forms, q: Quotient, done: Map<Node, Expr>): Expr {
  const above = chain(forms, q.top, q.above, done);
  if (isRepeated(q)) {
    return q.below.reduce((top, node) => op('div', top, chain(forms, Q.ONE, [node], done)), above);
  }
  if (q.below.length === 0 && Q.isOne(q.bottom)) return above;
  return op('div', above, chain(forms, q.bottom, q.below, done));
}

function chain(forms: Forms, coefficient: Rational, factors: readonly Node[], done: Map<Node, Expr>): Expr {
  const parts = factors.map((f) =>
    f.kind === 'power' ? power(forms, f.base, f.exponent, done) : toExpr(forms, f, done),
  );
  const size = number(Q.toDouble(coefficient));
  if (parts.length === 0) return size;
  const all = isNumber(size, 1) ? parts : [size, ...parts];
  return all.reduce((a, b) => op('mul', a, b));
}

/** 1.5, 2.5, … for the exponents 3/2, 5/2, … */
function halves(exponent: Node): number | undefined {
  if (exponent.kind !== 'number' || exponent.value.d !== 2 || exponent.value.n < 3) return undefined;
  return exponent.value.n / 2;
}

function power(forms: Forms, base: Node, exponent: Node, done: Map<Node, Expr>): Expr {
  if (base === forms.e) return op('exp', toExpr(forms, exponent, done));
  if (exponent === forms.half) return op('sqrt', toExpr(forms, base, done));
  const decimal = halves(exponent);
  if (decimal !== undefined) return op('pow', toExpr(forms, base, done), number(decimal));
  return op('pow', toExpr(forms, base, done), toExpr(forms, exponent, done));
}

// ───────────────────────────── lengths ─────────────────────────────

/** Characters of the Unicode form without blanks. */
export function lengthOf(forms: Forms, node: Node): number {
  if (node.length < 0) node.length = count(forms, node);
  return node.length;
}

function count(forms: Forms, node: Node): number {
  switch (node.kind) {
    case 'number':
      return (node.value.n < 0 ? 1 : 0) + numberLength(forms, Q.absolute(node.value));
    case 'leaf':
      return compactLength(node.expr);
    case 'call': {
      let inside = node.args.length - 1;
      for (const a of node.args) inside += lengthOf(forms, a);
      return inside + CALL_LENGTH(node.op);
    }
    case 'power':
    case 'product': {
      if (node.kind === 'power' && !isBelow(forms, node)) return powerLength(forms, node.base, node.exponent);
      return signedLength(forms, quotientOf(forms, node, true));
    }
    case 'sum': {
      const terms = writtenTerms(forms, node);
      let total = terms.length - 1;
      for (let i = 0; i < terms.length; i++) {
        const term = terms[i]!;
        if (i === 0 && isNegative(forms, term, true)) total++;
        if (term.kind === 'number') total += numberLength(forms, Q.absolute(term.value));
        else if (isQuotient(term)) total += quotientLength(forms, quotientOf(forms, term, i === 0));
        else total += lengthOf(forms, term);
      }
      return total;
    }
  }
}

const NAMED_LENGTH: { readonly [op: string]: number } = { abs: 2, floor: 2, ceil: 2, cbrt: 3 };
function CALL_LENGTH(name: string): number {
  return NAMED_LENGTH[name] ?? name.length + 2;
}

function compactLength(expr: Expr): number {
  if (expr.kind === 'variable' || expr.kind === 'named') return expr.name.length;
  return printUnicode(expr).replaceAll(' ', '').length;
}

function numberLength(forms: Forms, size: Rational): number {
  const [top, bottom] = split(forms, size, true);
  return digits(top) + (Q.isOne(bottom) ? 0 : 1 + digits(bottom));
}

/** Characters of a positive number that is no fraction. */
function digits(part: Rational): number {
  const value = Q.toDouble(part);
  return value >= 0 && value < 10 && Number.isInteger(value) ? 1 : formulaNumber(value).length;
}

function signedLength(forms: Forms, q: Quotient): number {
  return (q.negative ? 1 : 0) + quotientLength(forms, q);
}

function quotientLength(forms: Forms, q: Quotient): number {
  const whole = q.below.length === 0 && Q.isOne(q.bottom);
  const above = chainLength(forms, q.top, q.above, !whole);
  if (whole) return above;
  const parts = q.below.length + (Q.isOne(q.bottom) ? 0 : 1);
  const parentheses = parts > 1 && !isRepeated(q) ? 2 : 0;
  return above + 1 + chainLength(forms, q.bottom, q.below, true) + parentheses;
}

function chainLength(
  forms: Forms,
  coefficient: Rational,
  factors: readonly Node[],
  quotient: boolean,
): number {
  const alone = !quotient && factors.length + (Q.isOne(coefficient) ? 0 : 1) < 2;
  let total = Q.isOne(coefficient) && factors.length > 0 ? -1 : digits(coefficient);
  for (const factor of factors) {
    const length =
      factor.kind === 'power' ? powerLength(forms, factor.base, factor.exponent) : lengthOf(forms, factor);
    total += 1 + length + (factor.kind === 'sum' && !alone ? 2 : 0);
  }
  return total;
}

function powerLength(forms: Forms, base: Node, exponent: Node): number {
  const inside = lengthOf(forms, base);
  if (base === forms.e) return lengthOf(forms, exponent) + 5;
  const leaf = base.kind === 'leaf' && bindingOf(base) === BINDING.atom;
  if (exponent === forms.half) return inside + (leaf || base.kind === 'number' ? 1 : 3);
  const below = inside + (bindingOf(base) >= BINDING.atom ? 0 : 2);
  const decimal = halves(exponent);
  if (decimal !== undefined) return below + 1 + String(decimal).length;
  const length = lengthOf(forms, exponent);
  if (exponent.kind === 'number') {
    if (exponent.value.d === 1) return below + length;
    return below + 1 + length + 2;
  }
  return below + 1 + length + (exponent.kind === 'leaf' ? 0 : 2);
}

function bindingOf(node: Node): number {
  switch (node.kind) {
    case 'number':
      return node.value.n < 0 || node.value.d !== 1 ? BINDING.prefix : BINDING.atom;
    case 'leaf':
      return node.expr.kind === 'sum' || node.expr.kind === 'product' ? BINDING.prefix : BINDING.atom;
    case 'call':
      return BINDING.atom;
    default:
      return BINDING.add;
  }
}
