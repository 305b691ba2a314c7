/** JavaScript's operators and conversions on values, leaves and poison (ECMA-262 §7.1, §7.2, §13). */
import type { Operation } from '../operations/names.ts';
import type { BinaryOperator, UnaryOperator } from '../source/syntax.ts';
import { ActiveText, equalTexts, joined, keyOfText, numberOf, textOfLeaf } from './activeText.ts';
import { ClockReading, clockArithmetic, clockOrder, clockTruth } from './clock.ts';
import type { Evaluator } from './evaluator.ts';
import { BOUND, JsArray, JsBuffer, JsFunction, JsObject, JsTypedArray, Slot } from './objects.ts';
import { get, hasProperty } from './properties.ts';
import { protoOf } from './proxies.ts';
import {
  bare,
  Leaf,
  mayBeMissing,
  Poison,
  type Primitive,
  type Site,
  UnknownPrimitive,
  type Value,
} from './values.ts';

/** ToPrimitive. Poison and leaves pass. */
export function toPrimitive(
  ev: Evaluator,
  value: Value,
  hint: 'number' | 'string' | 'default',
  site: Site,
): Primitive | Leaf | Poison {
  if (!(value instanceof JsObject)) return value;
  const custom = get(ev, value, Symbol.toPrimitive, site);
  if (custom instanceof JsFunction) {
    const result = ev.call(custom, value, [hint], site);
    if (result instanceof JsObject)
      ev.throwError('TypeError', 'Cannot convert object to primitive value', site);
    return result as Primitive | Leaf | Poison;
  }
  const order = hint === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString'];
  return ordinaryPrimitive(ev, value, order, site);
}

/** OrdinaryToPrimitive: the first of the methods that gives no object. */
export function ordinaryPrimitive(
  ev: Evaluator,
  value: JsObject,
  order: readonly string[],
  site: Site,
): Primitive | Leaf | Poison {
  for (const name of order) {
    const method = get(ev, value, name, site);
    if (method instanceof Poison) return method;
    if (method instanceof JsFunction) {
      const result = ev.call(method, value, [], site);
      if (!(result instanceof JsObject)) return result;
    }
  }
  return ev.throwError('TypeError', 'Cannot convert object to primitive value', site);
}

/** ToNumber: a number, a number leaf or poison. */
export function toNumber(ev: Evaluator, value: Value, site: Site): number | Leaf | Poison {
  if (typeof value === 'number') return value;
  if (value instanceof Leaf)
    return value.type === 'number' ? value : numeric(ev.domain.op1('toNumber', value, site));
  if (value instanceof ActiveText) return numberOf(ev, value, 'Number', site);
  if (value instanceof UnknownPrimitive) return value.type === 'number' ? value : numberLike(value);
  if (value instanceof Poison) return value;
  if (value instanceof JsObject) return toNumber(ev, toPrimitive(ev, value, 'number', site), site);
  if (typeof value === 'bigint')
    return ev.throwError('TypeError', 'Cannot convert a BigInt value to a number', site);
  if (typeof value === 'symbol')
    return ev.throwError('TypeError', 'Cannot convert a Symbol value to a number', site);
  return Number(value);
}

const numberLike = (unknown: Poison): Poison => new UnknownPrimitive('number', unknown);
const booleanLike = (unknown: Poison): Poison => new UnknownPrimitive('boolean', unknown);
const textLike = (unknown: Poison): Poison => new UnknownPrimitive('string', unknown);

/** Whether it is a number, whatever else is known of it. */
function isNumber(value: number | Leaf | Poison): boolean {
  return !(value instanceof Poison) || (value instanceof UnknownPrimitive && value.type === 'number');
}

/** Whether of two numbers, one of them unknown, the other is NaN. */
function isNoNumber(x: number | Leaf | Poison, y: number | Leaf | Poison): boolean {
  return isNumber(x) && isNumber(y) && (Number.isNaN(x) || Number.isNaN(y));
}

function numeric(value: Value): number | Leaf | Poison {
  return value as number | Leaf | Poison;
}

/** ToString: a string, or poison where the text would depend on an input. */
export function toText(ev: Evaluator, value: Value, site: Site): string | Poison {
  if (typeof value === 'string') return value;
  if (value instanceof Leaf) return textOfLeaf(ev, value, site);
  if (value instanceof ActiveText) return value;
  // What may be an object has its own say in what its text is.
  if (value instanceof Poison) return value.of.length === 0 ? textLike(value) : value;
  if (value instanceof JsObject) return toText(ev, toPrimitive(ev, value, 'string', site), site);
  if (typeof value === 'symbol')
    return ev.throwError('TypeError', 'Cannot convert a Symbol value to a string', site);
  // Decimal digits of a large BigInt cost the square of its length.
  if (typeof value === 'bigint') ev.charge(value.toString(16).length ** 1.5, site);
  const text = String(value);
  ev.charge(text.length, site);
  return text;
}

/** ToBoolean: known, or a boolean leaf, or poison. */
export function truth(ev: Evaluator, value: Value, site: Site): boolean | Leaf | Poison {
  if (typeof value === 'boolean') return value;
  if (value instanceof Leaf) {
    return value.type === 'boolean' ? value : (ev.domain.op1('truthy', value, site) as boolean | Leaf);
  }
  if (value instanceof JsObject) return value instanceof Poison ? value : true;
  if (value instanceof ActiveText) return value.marked !== '';
  if (value instanceof ClockReading) return clockTruth(value) ?? booleanLike(value);
  if (value instanceof Poison) return value instanceof UnknownPrimitive ? booleanLike(value) : value;
  return Boolean(value);
}

/** A condition to branch on: poison is refused here. */
export function condition(ev: Evaluator, value: Value, site: Site): boolean | Leaf {
  const known = truth(ev, value, site);
  if (known instanceof Poison)
    return ev.refuse(known.problem.id, known.problem.message, known.problem.location);
  return known;
}

/** The same where loops run iteration by iteration, and each branch that is taken is known. */
export function settled(ev: Evaluator, value: Value, site: Site): boolean {
  if (typeof value === 'boolean') return value;
  const test = condition(ev, value, site);
  if (typeof test === 'boolean') return test;
  return (
    ev.domain.branchValue(
      test,
      () => true,
      () => false,
      site,
    ) === true
  );
}

const ARITHMETIC = {
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
  '**': 'pow',
  '&': 'bitand',
  '|': 'bitor',
  '^': 'bitxor',
  '<<': 'shl',
  '>>': 'shr',
  '>>>': 'ushr',
} as const satisfies Partial<Record<BinaryOperator, Operation>>;
const RELATIONAL = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' } as const;

/** A number, known or the domain's: nothing has to be converted. */
export function isNumeric(value: Value): value is number | Leaf {
  return typeof value === 'number' || (value instanceof Leaf && value.type === 'number');
}

export function binary(
  ev: Evaluator,
  operator: BinaryOperator,
  left: Value,
  right: Value,
  site: Site,
): Value {
  switch (operator) {
    case '+':
      return add(ev, left, right, site);
    case '-':
    case '*':
    case '/':
    case '%':
    case '**':
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
    case '>>>':
      return arithmetic(ev, operator, left, right, site);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return relational(ev, operator, left, right, site);
    case '===':
      return strictEquals(ev, left, right, site);
    case '!==':
      return negate(ev, strictEquals(ev, left, right, site), site);
    case '==':
      return looseEquals(ev, left, right, site);
    case '!=':
      return negate(ev, looseEquals(ev, left, right, site), site);
    case 'in': {
      if (left instanceof Poison && !(left instanceof ActiveText)) return bare(left);
      if (right instanceof Poison) return bare(right);
      if (!(right instanceof JsObject))
        return ev.throwError('TypeError', "Cannot use 'in' on a primitive", site);
      const key = toKey(ev, left, site);
      return key instanceof Poison ? key : hasProperty(ev, right, key);
    }
    case 'instanceof':
      return instanceOf(ev, left, right, site);
  }
}

export function add(ev: Evaluator, left: Value, right: Value, site: Site): Value {
  const a = toPrimitive(ev, left, 'default', site);
  const b = toPrimitive(ev, right, 'default', site);
  if (isString(a) || isString(b)) return joined(ev, [toText(ev, a, site), toText(ev, b, site)], site);
  if (typeof a === 'bigint' || typeof b === 'bigint') return bigints(ev, '+', a, b, site);
  const x = toNumber(ev, a, site);
  const y = toNumber(ev, b, site);
  if (x instanceof Poison || y instanceof Poison) {
    if (isNoNumber(x, y)) return Number.NaN;
    // Of what may be a text it is one.
    const unknown = (x instanceof Poison ? x : y) as Poison;
    return isNumber(x) && isNumber(y) ? (clockArithmetic('+', x, y) ?? numberLike(unknown)) : bare(unknown);
  }
  return typeof x === 'number' && typeof y === 'number' ? x + y : ev.domain.op2('add', x, y, site);
}

const isText = (value: Value): value is string | ActiveText =>
  typeof value === 'string' || value instanceof ActiveText;

const isString = (value: Value): boolean =>
  isText(value) || (value instanceof UnknownPrimitive && value.type === 'string');

function arithmetic(
  ev: Evaluator,
  operator: keyof typeof ARITHMETIC,
  left: Value,
  right: Value,
  site: Site,
): Value {
  if (isNumeric(left) && isNumeric(right)) {
    return typeof left === 'number' && typeof right === 'number'
      ? knownArithmetic(operator, left, right)
      : ev.domain.op2(ARITHMETIC[operator], left, right, site);
  }
  const a = toPrimitive(ev, left, 'number', site);
  const b = toPrimitive(ev, right, 'number', site);
  if (typeof a === 'bigint' || typeof b === 'bigint') return bigints(ev, operator, a, b, site);
  const x = toNumber(ev, a, site);
  const y = toNumber(ev, b, site);
  if (x instanceof Poison || y instanceof Poison) {
    if ('-*/%'.includes(operator) && isNoNumber(x, y)) return Number.NaN;
    const unknown = (x instanceof Poison ? x : y) as Poison;
    // A BigInt goes with BigInts only.
    return isNumber(x) || isNumber(y) ? (clockArithmetic(operator, x, y) ?? numberLike(unknown)) : unknown;
  }
  if (typeof x === 'number' && typeof y === 'number') return knownArithmetic(operator, x, y);
  return ev.domain.op2(ARITHMETIC[operator], x, y, site);
}

export function knownArithmetic(operator: keyof typeof ARITHMETIC, x: number, y: number): number {
  switch (operator) {
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
    case '**':
      return x ** y;
    case '&':
      return x & y;
    case '|':
      return x | y;
    case '^':
      return x ^ y;
    case '<<':
      return x << y;
    case '>>':
      return x >> y;
    case '>>>':
      return x >>> y;
  }
}

function bigints(ev: Evaluator, operator: BinaryOperator, a: Value, b: Value, site: Site): Value {
  if (a instanceof Poison) return bare(a);
  if (b instanceof Poison) return bare(b);
  if (typeof a !== 'bigint' || typeof b !== 'bigint') {
    return ev.throwError('TypeError', 'Cannot mix BigInt and other types', site);
  }
  const size = a.toString(16).length + b.toString(16).length;
  ev.charge(
    operator === '**' || operator === '<<' ? Number(b < 0n ? 0n : b > 1000000n ? 1000000n : b) * size : size,
    site,
  );
  try {
    switch (operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '/':
        return a / b;
      case '%':
        return a % b;
      case '**':
        return a ** b;
      case '&':
        return a & b;
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      case '<<':
        return a << b;
      case '>>':
        return a >> b;
      default:
        return ev.throwError('TypeError', 'BigInts have no unsigned right shift', site);
    }
  } catch (error) {
    if (error instanceof RangeError) return ev.throwError('RangeError', error.message, site);
    throw error;
  }
}

function relational(
  ev: Evaluator,
  operator: keyof typeof RELATIONAL,
  left: Value,
  right: Value,
  site: Site,
): Value {
  const a = toPrimitive(ev, left, 'number', site);
  const b = toPrimitive(ev, right, 'number', site);
  if ((typeof a === 'string' && typeof b === 'string') || typeof a === 'bigint' || typeof b === 'bigint') {
    if (a instanceof Poison) return bare(a);
    if (b instanceof Poison) return bare(b);
    if (a instanceof Leaf || b instanceof Leaf) {
      return ev.refuse(
        'GL111',
        'A number that depends on an input is compared with a BigInt here.',
        site.location,
      );
    }
    if (typeof a === 'string' && typeof b === 'string')
      ev.step(site, 1 + (Math.min(a.length, b.length) >> 8));
    return compareKnown(operator, a, b);
  }
  // Which of two texts comes first depends on single digits.
  if (isText(a) && isText(b)) return bare((a instanceof ActiveText ? a : b) as ActiveText);
  const x = toNumber(ev, a, site);
  const y = toNumber(ev, b, site);
  if (x instanceof Poison || y instanceof Poison) {
    if (isNoNumber(x, y)) return false;
    const order = clockOrder(x, y);
    return order === undefined
      ? booleanLike((x instanceof Poison ? x : y) as Poison)
      : compareKnown(operator, order, 0);
  }
  if (typeof x === 'number' && typeof y === 'number') return compareKnown(operator, x, y);
  return ev.domain.op2(RELATIONAL[operator], x, y, site);
}

function compareKnown(operator: keyof typeof RELATIONAL, a: Primitive, b: Primitive): boolean {
  const x = a as number;
  const y = b as number;
  switch (operator) {
    case '<':
      return x < y;
    case '<=':
      return x <= y;
    case '>':
      return x > y;
    case '>=':
      return x >= y;
  }
}

/** Refuses a value that may be undefined, where that would make a difference. */
export function definite(ev: Evaluator, value: Value, site: Site): void {
  if (value instanceof Leaf && value.maybeUndefined) {
    ev.refuse('GL111', 'Whether this variable was set depends on an input.', site.location);
  }
}

/** The value where it is there, else the fallback: what `??` and defaults do. `fresh`: nobody else holds the value. */
export function orElse(
  ev: Evaluator,
  value: Value,
  nullToo: boolean,
  fallback: () => Value,
  site: Site,
  fresh = false,
): Value {
  if (!(value instanceof Leaf))
    return value === undefined || (nullToo && value === null) ? fallback() : value;
  const presence = ev.domain.presence(value, site, fresh);
  if (presence === true) return value;
  const { when } = presence;
  if (typeof when === 'boolean') return when ? presence.value() : fallback();
  return ev.domain.branchValue(when, presence.value, fallback, site);
}

/** Whether a leaf is undefined. */
function isAbsent(ev: Evaluator, leaf: Leaf, site: Site): Value {
  const presence = ev.domain.presence(leaf, site, false);
  return presence === true ? false : negate(ev, presence.when, site);
}

/** Whether two objects are one: refused where that depends on an input. */
function sameObject(ev: Evaluator, a: JsObject, b: JsObject, site: Site): Value {
  const known = a === b ? true : ev.domain.sameObject?.(a, b, site);
  if (known !== undefined) return known;
  if (a !== b && ev.store.mayBeOne(a, b))
    ev.refuse('GL111', 'Whether these two are the same object depends on an input.', site.location);
  return a === b;
}

export function strictEquals(ev: Evaluator, a: Value, b: Value, site: Site): Value {
  if (a instanceof ActiveText || b instanceof ActiveText) {
    if (isText(a) && isText(b)) return equalTexts(ev, a, b, site);
    const other = a instanceof ActiveText ? b : a;
    return mayBeMissing(other) || isString(other) ? booleanLike(other as Poison) : false;
  }
  if (a instanceof Poison || b instanceof Poison) {
    const unknown = (a instanceof Poison ? a : b) as Poison;
    if (clockOrder(a, b) !== undefined) return false;
    const [one, other] = [typeOf(a), typeOf(b)];
    return one instanceof Poison || other instanceof Poison || one === other ? booleanLike(unknown) : false;
  }
  if (a instanceof Leaf || b instanceof Leaf) {
    const leaf = (a instanceof Leaf ? a : b) as Leaf;
    const other = a instanceof Leaf ? b : a;
    if (other === undefined) return isAbsent(ev, leaf, site);
    // What may be undefined stands for NaN, which equals no number either.
    if (other instanceof Leaf && other.maybeUndefined) definite(ev, leaf, site);
    const { type } = leaf;
    const otherType = other instanceof Leaf ? other.type : typeof other;
    if (type !== otherType) return false;
    const x = toNumber(ev, a, site) as number | Leaf;
    const y = toNumber(ev, b, site) as number | Leaf;
    return ev.domain.op2('eq', x, y, site);
  }
  return a instanceof JsObject && b instanceof JsObject ? sameObject(ev, a, b, site) : a === b;
}

export function looseEquals(ev: Evaluator, left: Value, right: Value, site: Site): Value {
  const nullish = (v: Value) => v === null || v === undefined;
  if (
    (nullish(left) && right instanceof UnknownPrimitive) ||
    (nullish(right) && left instanceof UnknownPrimitive)
  )
    return false;
  if (left instanceof ActiveText || right instanceof ActiveText) {
    if (isText(left) && isText(right)) return equalTexts(ev, left, right, site);
    const other = left instanceof ActiveText ? right : left;
    if (nullish(other)) return false;
  }
  if (left instanceof Poison) return booleanLike(left);
  if (right instanceof Poison) return booleanLike(right);
  if (nullish(left) && right instanceof Leaf) return isAbsent(ev, right, site);
  if (nullish(right) && left instanceof Leaf) return isAbsent(ev, left, site);
  if (nullish(left) || nullish(right)) return nullish(left) && nullish(right);
  if (left instanceof JsObject && right instanceof JsObject) return sameObject(ev, left, right, site);
  const a = toPrimitive(ev, left, 'default', site);
  const b = toPrimitive(ev, right, 'default', site);
  if (a instanceof Poison) return booleanLike(a);
  if (b instanceof Poison) return booleanLike(b);
  if (a instanceof Leaf || b instanceof Leaf) {
    const other = a instanceof Leaf ? b : a;
    if (typeof other === 'symbol') return false;
    if (typeof other === 'bigint') {
      return ev.refuse(
        'GL111',
        'A number that depends on an input is compared with a BigInt here.',
        site.location,
      );
    }
    return strictEquals(ev, toNumber(ev, a, site), toNumber(ev, b, site), site);
  }
  // biome-ignore lint/suspicious/noDoubleEquals: this is the meaning of ==
  return (a as unknown) == (b as unknown);
}

export function negate(ev: Evaluator, value: Value, site: Site): Value {
  if (typeof value === 'boolean') return !value;
  if (value instanceof Leaf) return ev.domain.op1('not', value, site);
  return value;
}

function instanceOf(ev: Evaluator, left: Value, right: Value, site: Site): Value {
  if (left instanceof ActiveText) return false;
  if (left instanceof Poison && !(left instanceof UnknownPrimitive)) return left;
  if (right instanceof Poison) return bare(right);
  if (!(right instanceof JsObject))
    return ev.throwError('TypeError', "Right-hand side of 'instanceof' is not callable", site);
  const custom = get(ev, right, Symbol.hasInstance, site);
  const usual = ev.realm.functionPrototype.properties.get(Symbol.hasInstance);
  if (custom instanceof JsFunction && !(usual instanceof Slot && usual.value === custom))
    return truth(ev, ev.call(custom, right, [left], site), site);
  if (!(right instanceof JsFunction))
    return ev.throwError('TypeError', "Right-hand side of 'instanceof' is not callable", site);
  return isInstance(ev, left, right, site);
}

/** OrdinaryHasInstance. */
export function isInstance(ev: Evaluator, value: Value, constructor: Value, site: Site): boolean {
  if (!(constructor instanceof JsFunction)) return false;
  const bound = constructor.properties.get(BOUND);
  if (bound instanceof Slot) return isInstance(ev, value, bound.value, site);
  if (!(value instanceof JsObject)) return false;
  const prototype = get(ev, constructor, 'prototype', site);
  if (prototype instanceof Poison)
    return ev.refuse(prototype.problem.id, prototype.problem.message, prototype.problem.location);
  if (!(prototype instanceof JsObject))
    return ev.throwError('TypeError', 'Function has non-object prototype in instanceof check', site);
  for (let o = protoOf(value); o !== null; o = protoOf(o)) if (o === prototype) return true;
  return false;
}

export function unary(ev: Evaluator, operator: UnaryOperator, value: Value, site: Site): Value {
  if (operator === '!') {
    const t = truth(ev, value, site);
    return t instanceof Poison ? t : negate(ev, t, site);
  }
  const primitive = toPrimitive(ev, value, 'number', site);
  if (typeof primitive === 'bigint') {
    if (operator === '-') return -primitive;
    if (operator === '~') return ~primitive;
  }
  const x = toNumber(ev, primitive, site);
  // Of a BigInt there is no `+`.
  if (x instanceof Poison) {
    const turned = operator === '~' ? undefined : clockArithmetic('*', x, operator === '-' ? -1 : 1);
    return turned ?? (operator === '+' || isNumber(x) ? numberLike(x) : x);
  }
  if (operator === '+') return x;
  if (operator === '-') return typeof x === 'number' ? -x : ev.domain.op1('neg', x, site);
  return typeof x === 'number' ? ~x : ev.domain.op1('bitnot', x, site);
}

export function typeOf(value: Value): string | Poison {
  if (value instanceof ActiveText) return 'string';
  if (value instanceof Poison) return value instanceof UnknownPrimitive ? value.type : value;
  if (value instanceof Leaf) return value.type;
  if (value instanceof JsFunction) return 'function';
  if (value instanceof JsObject || value === null) return 'object';
  return typeof value;
}

/** ToPropertyKey; an active number is made known. */
export function toKey(ev: Evaluator, value: Value, site: Site): string | symbol | number | Poison {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'symbol') return value;
  if (value instanceof Leaf) {
    const known = ev.domain.key(value, site);
    return typeof known === 'boolean' ? String(known) : known;
  }
  if (value instanceof JsObject) {
    const primitive = toPrimitive(ev, value, 'string', site);
    return primitive instanceof JsObject ? String(primitive) : toKey(ev, primitive, site);
  }
  if (value instanceof ActiveText) return keyOfText(ev, value, site);
  if (value instanceof Poison) return bare(value);
  return String(value);
}

export function isArrayLike(value: Value): value is JsArray | JsTypedArray | JsBuffer {
  return value instanceof JsArray || value instanceof JsTypedArray || value instanceof JsBuffer;
}
