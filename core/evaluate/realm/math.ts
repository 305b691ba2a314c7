import type { Operation } from '../../operations/names.ts';
import type { Evaluator } from '../evaluator.ts';
import { letTakeMany, Many } from '../many.ts';
import { JsObject, NativeFunction, Slot } from '../objects.ts';
import { toNumber } from '../operators.ts';
import { Leaf, Poison, type Value } from '../values.ts';
import { here } from './here.ts';
import { constant, global, method, type Realm } from './realm.ts';

const UNARY = [
  'abs',
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atanh',
  'cbrt',
  'ceil',
  'clz32',
  'cos',
  'cosh',
  'exp',
  'expm1',
  'floor',
  'fround',
  'log',
  'log10',
  'log1p',
  'log2',
  'round',
  'sign',
  'sin',
  'sinh',
  'sqrt',
  'tan',
  'tanh',
  'trunc',
] as const satisfies readonly (Operation & keyof Math)[];
const BINARY = ['atan2', 'imul', 'pow'] as const satisfies readonly (Operation & keyof Math)[];
const VARIADIC = ['hypot', 'max', 'min'] as const satisfies readonly (Operation & keyof Math)[];
const CONSTANTS = ['E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'PI', 'SQRT1_2', 'SQRT2'] as const;

export function installMath(ev: Evaluator, realm: Realm): void {
  const math = new JsObject(realm.objectPrototype, 0, 'Math');
  global(realm, 'Math', math);
  for (const name of CONSTANTS) constant(math, name, Math[name]);
  constant(math, Symbol.toStringTag, 'Math');
  for (const name of UNARY) {
    const host = Math[name];
    method(realm, math, name, (_self, args) => {
      const x = toNumber(ev, args[0], here(ev));
      if (typeof x === 'number') return host(x);
      return x instanceof Poison ? x : ev.domain.op1(name, x, here(ev));
    });
  }
  for (const name of BINARY) {
    const host = Math[name];
    method(realm, math, name, (_self, args) => {
      const x = toNumber(ev, args[0], here(ev));
      const y = toNumber(ev, args[1], here(ev));
      if (x instanceof Poison) return x;
      if (y instanceof Poison) return y;
      return typeof x === 'number' && typeof y === 'number'
        ? host(x, y)
        : ev.domain.op2(name, x, y, here(ev));
    });
  }
  for (const name of VARIADIC) {
    const host = Math[name];
    const made = method(realm, math, name, (_self, args) => {
      const numbers: (number | Leaf)[] = [];
      let poison: Value;
      let active = false;
      for (const given of args) {
        const arg =
          given instanceof Many ? ev.domain.extreme?.(name as 'max' | 'min', given.array, here(ev)) : given;
        const x = toNumber(ev, arg, here(ev));
        if (x instanceof Poison) poison ??= x;
        else {
          active ||= x instanceof Leaf;
          numbers.push(x);
        }
      }
      if (poison !== undefined) return poison;
      if (!active) return host(...(numbers as number[]));
      if (numbers.length === 1 && name !== 'hypot') return numbers[0];
      return ev.domain.opN(name, numbers, here(ev));
    });
    if (name !== 'hypot') letTakeMany(made);
  }
  method(realm, math, 'random', () =>
    ev.poison(
      'GL114',
      'Math.random() gives another value at each call, so it has no derivative.',
      here(ev).location,
    ),
  );
  for (const [, property] of math.properties)
    if (property instanceof Slot && property.value instanceof NativeFunction) property.value.gives = 'number';
}
