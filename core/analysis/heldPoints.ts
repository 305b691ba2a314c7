/** Arguments at which generated code is held against the function: beside the sample, smaller than it, or made of types. */
import { JsArray, JsFunction, JsObject, JsTypedArray, Slot } from '../evaluate/objects.ts';
import { ownKeys } from '../evaluate/properties.ts';
import type { Value } from '../evaluate/values.ts';
import type { ProgramParameter } from '../program/program.ts';
import type { EncodedValue } from './evaluateAt.types.ts';
import { pathText } from './paths.ts';
import type { Lengths } from './programArguments.ts';

export interface Encoded {
  readonly args: readonly EncodedValue[];
  readonly receiver?: EncodedValue;
}

/** What a number of the arguments becomes. */
export type Change = (value: number, path: string) => number;

/** The name of a class of the module, where it is the prototype's. */
export type NameOf = (proto: JsObject) => string | undefined;

/** Numbers between −1 and 1, the same ones each time (xorshift: Marsaglia, J. Stat. Softw. 8, 2003). */
export function numbers(seed: number): () => number {
  let state = 0x9e3779b9 ^ Math.imul(seed + 1, 0x85ebca6b);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
}

/** Beyond so many elements an array is cut where a smaller run is wanted. */
const SHORT = 6;

export interface Encoding {
  readonly change: Change;
  readonly nameOf: NameOf;
  /** Whether arrays are cut short. */
  readonly short?: boolean;
}

/** Arguments as data; undefined where one of them has no such form. */
export function encodeArguments(
  args: readonly Value[],
  receiver: Value,
  encoding: Encoding,
): Encoded | undefined {
  const encoder = new Encoder(encoding);
  const made = args.map((v, i) => encoder.encode(v, [i]));
  const self = receiver === undefined ? undefined : encoder.encode(receiver, ['this']);
  if (encoder.failed) return undefined;
  return { args: made, ...(self === undefined ? {} : { receiver: self }) };
}

class Encoder {
  failed = false;
  private readonly encoding: Encoding;
  private readonly above = new Set<JsObject>();

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  encode(value: Value, path: readonly (string | number)[]): EncodedValue {
    const { change, nameOf, short } = this.encoding;
    if (typeof value === 'number') {
      const changed = change(value, pathText(path));
      if (Number.isFinite(changed) && !Object.is(changed, -0)) return changed;
      const $number = Number.isNaN(changed)
        ? 'NaN'
        : changed > 0
          ? 'Infinity'
          : changed < 0
            ? '-Infinity'
            : '-0';
      return { $number };
    }
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
    if (value === undefined) return { $undefined: true };
    if (!(value instanceof JsObject) || value instanceof JsFunction || this.above.has(value))
      return this.fail();
    this.above.add(value);
    try {
      if (value instanceof JsArray || value instanceof JsTypedArray) {
        if (value.properties.size > 0) return this.fail();
        const elements = short === true ? value.elements.slice(0, SHORT) : value.elements;
        const data = elements.map((e, i) => this.encode(e as Value, [...path, i]));
        return value instanceof JsTypedArray ? { $typed: value.typed, data } : data;
      }
      if (value.constructor !== JsObject) return this.fail();
      const fields: { [key: string]: EncodedValue } = {};
      for (const key of ownKeys(value, true)) {
        const property = value.properties.get(key);
        if (typeof key !== 'string' || property instanceof Slot || key.startsWith('$')) return this.fail();
        fields[key] = this.encode(property as Value, [...path, key]);
      }
      const name = value.proto === null ? undefined : nameOf(value.proto);
      if (name === undefined) return this.fail();
      return name === 'Object' ? fields : { $class: name, fields };
    } finally {
      this.above.delete(value);
    }
  }

  private fail(): EncodedValue {
    this.failed = true;
    return null;
  }
}

/** What numbers and lengths are in arguments that are made of types. */
export interface Draw {
  readonly number: () => number;
  /** Of arrays. */
  readonly element: () => number;
  readonly length: number;
  /** Those that types tell. */
  readonly lengths?: Lengths | undefined;
}

/** Arguments for a Program's parameters, all of whose arrays have one length, where nothing says otherwise. */
export function drawArguments(parameters: readonly ProgramParameter[], draw: Draw): Encoded {
  const root = new Map<string | number, EncodedValue>();
  let booleans = 0;
  for (const p of parameters) {
    if (p.extent === true || p.presence === true) continue;
    const leaf = (): EncodedValue => {
      if (p.type === 'boolean') return booleans++ % 2 === 0;
      if (p.type === 'number') return draw.number();
      if (p.each !== undefined) return draw.element();
      const data = Array.from({ length: draw.length }, draw.element);
      return p.typed === undefined ? data : { $typed: p.typed, data };
    };
    const [head, ...keys] = p.path;
    if (p.rest === true) {
      for (let k = 0; k < draw.length; k++) root.set(Number(head) + k, draw.element());
      continue;
    }
    const each = (p.each ?? []).map((k) => ({
      at: k - 1,
      length: draw.lengths?.get(p.path.slice(0, k).join(' ')) ?? draw.length,
    }));
    root.set(head!, put(root.get(head!), keys, each, leaf));
  }
  const count = Math.max(-1, ...[...root.keys()].filter((k) => typeof k === 'number')) + 1;
  const self = root.get('this');
  const args = Array.from({ length: count }, (_, i): EncodedValue => root.get(i) ?? { $undefined: true });
  return { args, ...(self === undefined ? {} : { receiver: self }) };
}

function put(
  at: EncodedValue | undefined,
  keys: readonly (string | number)[],
  each: readonly { readonly at: number; readonly length: number }[],
  leaf: () => EncodedValue,
): EncodedValue {
  const [key, ...rest] = keys;
  if (key === undefined) return leaf();
  const deeper = each.map((k) => ({ ...k, at: k.at - 1 }));
  const here = each.find((k) => k.at === 0);
  if (here !== undefined) {
    const before = (at ?? []) as readonly EncodedValue[];
    return Array.from({ length: here.length }, (_, i) => put(before[i], rest, deeper, leaf));
  }
  if (typeof key === 'number') {
    const before = [...((at ?? []) as readonly EncodedValue[])];
    while (before.length < key) before.push(0);
    before[key] = put(before[key], rest, deeper, leaf);
    return before;
  }
  const before = (at ?? {}) as { readonly [key: string]: EncodedValue };
  return { ...before, [key]: put(before[key], rest, deeper, leaf) };
}
