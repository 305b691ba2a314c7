/** What a typed array stores of a value (ECMA-262 §10.4.5.16 and §7.1). */
import { isWord } from './bits.ts';
import type { Evaluator } from './evaluator.ts';
import type { TypedKind } from './objects.ts';
import { binary, toNumber } from './operators.ts';
import { Poison, type Site, UnknownPrimitive, type Value } from './values.ts';

type Store = (ev: Evaluator, value: Value, site: Site) => Value;

/** Integer arrays keep whole numbers only: an input's derivative ends there, as with Math.trunc. */
function integer(
  convert: (x: number) => number,
  wrap: (ev: Evaluator, value: Value, site: Site) => Value,
): Store {
  return (ev, value, site) => {
    const x = toNumber(ev, value, site);
    if (typeof x === 'number') return convert(x);
    return x instanceof Poison ? new UnknownPrimitive('number', x) : wrap(ev, x, site);
  };
}

const refuse =
  (kind: TypedKind): Store =>
  (ev, _value, site) =>
    ev.poison(
      'GL102',
      `A number that depends on an input is rounded to an integer by storing it in a ${kind}.`,
      site.location,
    );

/** The low bits of ToInt32, with and without sign. */
const signed =
  (bits: number): Store =>
  (ev, value, site) =>
    binary(ev, '>>', binary(ev, '<<', value, bits, site), bits, site);
const masked =
  (mask: number): Store =>
  (ev, value, site) =>
    binary(ev, '&', value, mask, site);

const host = (array: { [i: number]: number; 0: number }) => (x: number) => {
  array[0] = x;
  return array[0];
};

export const TYPED_STORE: { readonly [K in TypedKind]: Store } = {
  Float64Array: (ev, value, site) => toNumber(ev, value, site),
  Float32Array: (ev, value, site) => {
    const x = toNumber(ev, value, site);
    if (typeof x === 'number') return Math.fround(x);
    return x instanceof Poison ? new UnknownPrimitive('number', x) : ev.domain.op1('fround', x, site);
  },
  Int8Array: integer(host(new Int8Array(1) as never), signed(24)),
  Uint8Array: integer(host(new Uint8Array(1) as never), masked(0xff)),
  Uint8ClampedArray: integer(host(new Uint8ClampedArray(1) as never), refuse('Uint8ClampedArray')),
  Int16Array: integer(host(new Int16Array(1) as never), signed(16)),
  Uint16Array: integer(host(new Uint16Array(1) as never), masked(0xffff)),
  Int32Array: integer(host(new Int32Array(1) as never), (ev, v, site) =>
    ev.domain.op2('bitor', v as never, 0, site),
  ),
  Uint32Array: integer(host(new Uint32Array(1) as never), (ev, v, site) =>
    isWord(v) ? v : ev.domain.op2('ushr', v as never, 0, site),
  ),
};
