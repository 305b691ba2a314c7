import { ActiveText, numberOf, roundedText } from '../activeText.ts';
import type { Evaluator } from '../evaluator.ts';
import { BOXED, JsObject, Slot } from '../objects.ts';
import { binary, definite, toNumber, toPrimitive, toText, truth } from '../operators.ts';
import { bare, Leaf, Poison, type Value } from '../values.ts';
import { integer } from './arrays.ts';
import { here } from './here.ts';
import { constant, constructor, global, method, type Realm } from './realm.ts';

const CONSTANTS = [
  'EPSILON',
  'MAX_SAFE_INTEGER',
  'MAX_VALUE',
  'MIN_SAFE_INTEGER',
  'MIN_VALUE',
  'NaN',
  'NEGATIVE_INFINITY',
  'POSITIVE_INFINITY',
] as const;

const WRAPPERS = {
  number: ['numberPrototype', 'Number'],
  boolean: ['booleanPrototype', 'Boolean'],
  string: ['stringPrototype', 'String'],
  bigint: ['bigintPrototype', 'Object'],
  symbol: ['symbolPrototype', 'Object'],
} as const;

/** ToObject of a primitive: an object around it, with the characters of a text as its properties. */
export function boxed(ev: Evaluator, value: Value): JsObject {
  const type = (value instanceof Leaf ? value.type : typeof value) as keyof typeof WRAPPERS;
  const [prototype, tag] = WRAPPERS[type];
  const object = new JsObject(ev.realm[prototype], ev.store.epoch, tag);
  object.properties.set(BOXED, new Slot({ value }));
  if (typeof value !== 'string') return object;
  ev.charge(value.length, here(ev));
  for (let i = 0; i < value.length; i++)
    object.properties.set(String(i), new Slot({ value: value[i], enumerable: true }));
  object.properties.set('length', new Slot({ value: value.length }));
  return object;
}

export function installNumbers(ev: Evaluator, realm: Realm): void {
  const unbox = (self: Value): Value => {
    if (!(self instanceof JsObject)) return self;
    const slot = self.properties.get(BOXED);
    return slot instanceof Slot ? slot.value : ev.throwError('TypeError', 'not a boxed primitive', here(ev));
  };
  const number = constructor(realm, 'Number', realm.numberPrototype, (_self, args, newTarget) => {
    const value =
      args.length === 0 ? 0 : typeof args[0] === 'bigint' ? Number(args[0]) : toNumber(ev, args[0], here(ev));
    return newTarget === undefined || value instanceof Poison ? value : boxed(ev, value);
  });
  for (const name of CONSTANTS) constant(number, name, Number[name]);

  const isNaNOf = (x: number | Leaf): Value =>
    typeof x === 'number' ? x !== x : ev.domain.op2('ne', x, x, here(ev));
  const isFiniteOf = (x: number | Leaf): Value => {
    if (typeof x === 'number') return Number.isFinite(x);
    const size = ev.domain.op1('abs', x, here(ev));
    return binary(ev, '<', size, Number.POSITIVE_INFINITY, here(ev));
  };
  const isIntegerOf = (x: number | Leaf): Value => {
    if (typeof x === 'number') return Number.isInteger(x);
    const whole = binary(ev, '===', ev.domain.op1('trunc', x, here(ev)), x, here(ev));
    return whole instanceof Leaf
      ? ev.domain.branchValue(
          whole,
          () => isFiniteOf(x),
          () => false,
          here(ev),
        )
      : whole;
  };
  const strict = (f: (x: number | Leaf) => Value) => (_self: Value, args: Value[]) => {
    const x = args[0];
    if (x instanceof ActiveText) return false;
    if (x instanceof Poison) return x;
    return typeof x === 'number' || (x instanceof Leaf && x.type === 'number') ? f(x) : false;
  };
  const loose = (f: (x: number | Leaf) => Value) => (_self: Value, args: Value[]) => {
    const x = toNumber(ev, args[0], here(ev));
    return x instanceof Poison ? x : f(x);
  };
  // Unlike the global isNaN it tells undefined from NaN.
  const isNaNItself = (x: number | Leaf): Value => {
    definite(ev, x, here(ev));
    return isNaNOf(x);
  };
  method(realm, number, 'isNaN', strict(isNaNItself));
  method(realm, number, 'isFinite', strict(isFiniteOf));
  method(realm, number, 'isInteger', strict(isIntegerOf));
  method(
    realm,
    number,
    'isSafeInteger',
    strict((x) => {
      const whole = isIntegerOf(x);
      const small = () =>
        binary(
          ev,
          '<=',
          typeof x === 'number' ? Math.abs(x) : ev.domain.op1('abs', x, here(ev)),
          Number.MAX_SAFE_INTEGER,
          here(ev),
        );
      return whole instanceof Leaf
        ? ev.domain.branchValue(whole, small, () => false, here(ev))
        : whole === true
          ? small()
          : whole;
    }),
  );
  global(realm, 'isNaN', method(realm, new JsObject(null, 0), 'isNaN', loose(isNaNOf)));
  global(realm, 'isFinite', method(realm, new JsObject(null, 0), 'isFinite', loose(isFiniteOf)));

  const parse = (name: 'parseFloat' | 'parseInt') => {
    const fn = method(realm, number, name, (_self, args) => {
      const x = args[0];
      // The shortest text of a double reads back as the same double: parseFloat of a number is that number.
      if (name === 'parseFloat' && x instanceof Leaf && x.type === 'number' && !x.maybeUndefined) {
        const isNegativeZero = x.hasValue && Object.is(ev.domain.primal(x, true), -0);
        return isNegativeZero ? ev.domain.op2('add', x, 0, here(ev)) : x;
      }
      const text = toText(ev, x, here(ev));
      const radix = args[1] === undefined ? undefined : toNumber(ev, args[1], here(ev));
      if (radix instanceof Poison) return radix;
      if (radix instanceof Leaf)
        return ev.poison('GL102', 'A radix that depends on an input is not supported.', here(ev).location);
      if (text instanceof ActiveText && (name === 'parseFloat' || radix === undefined || radix === 10))
        return numberOf(ev, text, name, here(ev));
      if (text instanceof Poison) return bare(text);
      if (name === 'parseFloat') return Number.parseFloat(text);
      return Number.parseInt(text, radix);
    });
    global(realm, name, fn);
  };
  parse('parseFloat');
  parse('parseInt');

  method(realm, realm.numberPrototype, 'valueOf', (self) => unbox(self));
  for (const name of ['toFixed', 'toPrecision', 'toExponential', 'toString', 'toLocaleString'] as const) {
    const made = method(realm, realm.numberPrototype, name, (self, args) => {
      const x = unbox(self);
      if (x instanceof Poison) return x;
      if (name === 'toLocaleString')
        return ev.poison('GL114', 'toLocaleString depends on the machine.', here(ev).location);
      const primal = x instanceof Leaf ? ev.domain.primal(x) : x;
      if (typeof primal !== 'number') return ev.throwError('TypeError', `${name} is not generic`, here(ev));
      const lost = x instanceof Leaf || args[0] instanceof Leaf;
      const digits = args[0] === undefined ? undefined : integer(ev, args[0], 0);
      let text: string;
      try {
        text = primal[name](digits);
      } catch (error) {
        return ev.throwError('RangeError', error instanceof Error ? error.message : String(error), here(ev));
      }
      if (!lost) return text;
      if (name === 'toString' && x instanceof Leaf && (digits === undefined || digits === 10))
        return toText(ev, x, here(ev));
      const poison = ev.poison(
        'GL102',
        `.${name}() makes text of the number here, and its derivative is lost.`,
        here(ev).location,
      );
      if (!Number.isFinite(primal)) return poison;
      const isRounded =
        x instanceof Leaf && (name === 'toFixed' || name === 'toPrecision') && !(args[0] instanceof Leaf);
      return roundedText(ev, isRounded ? x : undefined, text, poison, here(ev));
    });
    made.gives = 'string';
  }

  constructor(realm, 'Boolean', realm.booleanPrototype, (_self, args, newTarget) => {
    const value = truth(ev, args[0], here(ev));
    return newTarget === undefined || value instanceof Poison ? value : boxed(ev, value);
  });
  method(realm, realm.booleanPrototype, 'valueOf', (self) => unbox(self));
  method(realm, realm.booleanPrototype, 'toString', (self) => toText(ev, unbox(self), here(ev)));

  const bigint = constructor(realm, 'BigInt', realm.bigintPrototype, (_self, args, newTarget) => {
    if (newTarget !== undefined) return ev.throwError('TypeError', 'BigInt is not a constructor', here(ev));
    const x = toPrimitive(ev, args[0], 'number', here(ev));
    if (x instanceof Poison) return bare(x);
    const primal = x instanceof Leaf ? ev.domain.primal(x) : undefined;
    if (primal !== undefined && !Number.isNaN(primal) && !Number.isInteger(primal))
      return ev.throwError('RangeError', 'Only a whole number can be a BigInt', here(ev));
    if (x instanceof Leaf)
      return ev.poison(
        'GL102',
        'The number becomes a BigInt here, and its derivative is lost.',
        here(ev).location,
      );
    try {
      return BigInt(x as never);
    } catch (error) {
      const type =
        error instanceof SyntaxError
          ? 'SyntaxError'
          : error instanceof TypeError
            ? 'TypeError'
            : 'RangeError';
      return ev.throwError(type, error instanceof Error ? error.message : String(error), here(ev));
    }
  });
  method(realm, realm.bigintPrototype, 'valueOf', (self) => unbox(self));
  method(realm, realm.bigintPrototype, 'toString', (self, [radix]) => {
    const x = unbox(self);
    if (typeof x !== 'bigint') return ev.throwError('TypeError', 'toString is not generic', here(ev));
    ev.charge(x.toString(16).length, here(ev));
    const base = radix === undefined ? 10 : integer(ev, radix, 10);
    return base >= 2 && base <= 36
      ? x.toString(base)
      : ev.throwError('RangeError', 'toString() radix must be between 2 and 36', here(ev));
  });
  for (const name of ['asIntN', 'asUintN'] as const) {
    method(realm, bigint, name, (_self, args) => {
      const bits = integer(ev, args[0], 0);
      if (bits < 0 || bits > Number.MAX_SAFE_INTEGER)
        return ev.throwError('RangeError', 'Invalid value: not (convertible to) a safe integer', here(ev));
      const given = toPrimitive(ev, args[1], 'number', here(ev));
      const x = /^(?:boolean|string)$/.test(typeof given)
        ? ev.call(bigint, undefined, [given], here(ev))
        : given;
      if (x instanceof Poison) return bare(x);
      if (typeof x !== 'bigint') return ev.throwError('TypeError', 'Cannot convert to a BigInt', here(ev));
      ev.charge(Math.min(bits, 1e9) / 4, here(ev));
      try {
        return BigInt[name](bits, x);
      } catch (error) {
        return ev.throwError('RangeError', error instanceof Error ? error.message : String(error), here(ev));
      }
    });
  }
  global(realm, 'NaN', Number.NaN);
  global(realm, 'Infinity', Number.POSITIVE_INFINITY);
}
