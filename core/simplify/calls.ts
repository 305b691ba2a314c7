/** Function applications: parity, inverse pairs and values at 0 and 1. Every rule holds wherever both sides do. */
import type { Operation } from '../operations/names.ts';
import { isNonnegative } from './facts.ts';
import type { Forms } from './forms.ts';
import type { Node } from './node.ts';
import * as Q from './rational.ts';

const ODD = new Set<Operation>([
  'sin',
  'tan',
  'sinh',
  'tanh',
  'asin',
  'atan',
  'asinh',
  'atanh',
  'cbrt',
  'sign',
  'trunc',
]);
const EVEN = new Set<Operation>(['cos', 'cosh', 'abs']);
const ZERO_AT_ZERO = ODD;
const ONE_AT_ZERO = new Set<Operation>(['cos', 'cosh']);

export function call(forms: Forms, op: Operation, args: readonly Node[]): Node {
  const u = args[0]!;
  if (ODD.has(op) || EVEN.has(op)) {
    const [negative, size] = unsigned(forms, u);
    if (negative) {
      const value = call(forms, op, [size]);
      return EVEN.has(op) ? value : forms.negate(value);
    }
  }
  if (u === forms.zero && ZERO_AT_ZERO.has(op)) return forms.zero;
  if (u === forms.zero && ONE_AT_ZERO.has(op)) return forms.one;
  switch (op) {
    case 'exp':
      return forms.pow(forms.e, u);
    case 'sqrt':
      return forms.pow(u, forms.half);
    case 'log':
      return logarithm(forms, u);
    case 'expm1':
      if (u === forms.zero) return u;
      break;
    case 'log2':
    case 'log10':
    case 'log1p':
    case 'acosh':
      if (u === (op === 'log1p' ? forms.zero : forms.one)) return forms.zero;
      break;
    case 'abs':
      return absolute(forms, u);
    case 'cbrt':
      if (u === forms.one) return u;
      break;
    case 'sign':
      if (u.kind === 'number') return forms.integer(Math.sign(u.value.n));
      break;
    case 'floor':
    case 'ceil':
    case 'round':
    case 'trunc':
      if (u.kind === 'number' && Q.isInteger(u.value)) return u;
      break;
    case 'max':
    case 'min':
      return extreme(forms, op, args);
    default:
      break;
  }
  return forms.rawCall(op, args);
}

/** u = ±size, the size being the one of u and −u that came first. */
function unsigned(forms: Forms, u: Node): readonly [boolean, Node] {
  if (u.kind === 'number') return u.value.n < 0 ? [true, forms.negate(u)] : [false, u];
  if (u.kind === 'product') return u.coefficient.n < 0 ? [true, forms.negate(u)] : [false, u];
  if (u.kind === 'sum') {
    const [content] = forms.primitive(u);
    return content.n < 0 ? [true, forms.distribute(u, Q.MINUS_ONE)] : [false, u];
  }
  return [false, u];
}

/** log(eᵘ) = u, log(√u) = log(u)/2, log(1/u) = −log(u): both sides are defined for the same u. */
function logarithm(forms: Forms, u: Node): Node {
  if (u === forms.one) return forms.zero;
  if (u === forms.e) return forms.one;
  if (u.kind !== 'power') return forms.rawCall('log', [u]);
  if (u.base === forms.e) return u.exponent;
  const p = u.exponent.kind === 'number' ? u.exponent.value : undefined;
  const odd = p !== undefined && (!Q.isInteger(p) || p.n % 2 !== 0);
  if (p && (odd || isNonnegative(forms.facts, u.base))) return forms.scale(logarithm(forms, u.base), p);
  return forms.rawCall('log', [u]);
}

/** Of two arguments the one that is known to win. */
function extreme(forms: Forms, op: 'max' | 'min', args: readonly Node[]): Node {
  const [a, b] = args as [Node, Node | undefined];
  if (b === undefined) return a;
  if (args.length === 2) {
    const [greater, less] = op === 'max' ? [a, b] : [b, a];
    if (isNonnegative(forms.facts, forms.subtract(a, b))) return greater;
    if (isNonnegative(forms.facts, forms.subtract(b, a))) return less;
  }
  return forms.rawCall(op, args);
}

function absolute(forms: Forms, u: Node): Node {
  if (isNonnegative(forms.facts, u)) return u;
  if (u.kind === 'product' && !Q.isOne(Q.absolute(u.coefficient))) {
    const inner = forms.call('abs', [forms.monomial(u)]);
    return forms.mul([forms.number(Q.absolute(u.coefficient)), inner]);
  }
  return forms.rawCall('abs', [u]);
}
