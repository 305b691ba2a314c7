/** Values that arrive as JSON (evaluateAt.types.ts): their numeric leaves, and the values made of them. */
import { construct } from '../evaluate/construct.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { JsMap, JsSet, JsTypedArray, type TypedKind } from '../evaluate/objects.ts';
import { define } from '../evaluate/properties.ts';
import { TYPED_STORE } from '../evaluate/typed.ts';
import type { Site, Value } from '../evaluate/values.ts';
import { keyLabel } from '../source/labels.ts';
import type { Place } from './arguments.ts';
import type { EncodedValue } from './evaluateAt.types.ts';
import { giveClass } from './samples.ts';

/** A value yet to be made: its leaves can be replaced before. */
export interface Decoded {
  readonly places: readonly Place[];
  readonly make: () => Value;
}

/** Thrown for a value that is not of the form: the caller reports a bad request. */
export class BadValue extends Error {}

export interface DecodeContext {
  readonly ev: Evaluator;
  readonly site: Site;
  readonly lookup: (name: string) => Value | undefined;
}

const NUMBERS: { readonly [name: string]: number } = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

export function decode(
  context: DecodeContext,
  encoded: EncodedValue,
  label: string,
  path: readonly (string | number)[],
  parameter: number,
): Decoded {
  const { ev, site } = context;
  const child = (value: EncodedValue, key: string | number) =>
    decode(context, value, keyLabel(label, key), [...path, key], parameter);
  const leaf = (value: number): Decoded => {
    let now: Value = value;
    const place: Place = {
      label,
      path,
      value,
      parameter,
      replace: (v) => {
        now = v;
      },
    };
    return { places: [place], make: () => now };
  };
  const list = (values: readonly EncodedValue[], finish: (made: Value[]) => Value): Decoded => {
    const parts = values.map(child);
    return { places: parts.flatMap((p) => p.places), make: () => finish(parts.map((p) => p.make())) };
  };
  if (typeof encoded === 'number') return leaf(encoded);
  if (typeof encoded !== 'object' || encoded === null) return { places: [], make: () => encoded };
  if (Array.isArray(encoded)) return list(encoded, (made) => ev.array(made));
  const record = encoded as { readonly [key: string]: EncodedValue };
  const tag = Object.keys(record).find((key) => key.startsWith('$'));
  switch (tag) {
    case '$number': {
      const name = String(record['$number']);
      const value = Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : undefined;
      if (value === undefined) throw new BadValue(`$number is one of ${Object.keys(NUMBERS).join(', ')}`);
      return leaf(value);
    }
    case '$undefined':
      return { places: [], make: () => undefined };
    case '$typed': {
      const typed = String(record['$typed']) as TypedKind;
      const prototype = ev.realm.typedPrototypes.get(typed);
      if (prototype === undefined || !Array.isArray(record['data'])) {
        throw new BadValue('{"$typed": "Float64Array", "data": [numbers]} is what a typed array looks like');
      }
      const store = TYPED_STORE[typed];
      return list(record['data'], (made) => {
        const elements = made.map((v) => store(ev, v, site));
        return new JsTypedArray(prototype, ev.store.epoch, typed, elements);
      });
    }
    case '$new': {
      const args = record['args'] ?? [];
      if (!Array.isArray(args)) throw new BadValue('"args" of $new is an array');
      return list(args, (made) => construct(ev, find(context, String(record['$new'])), made, site));
    }
    case '$class':
    case undefined: {
      const fields = (tag === '$class' ? (record['fields'] ?? {}) : record) as {
        readonly [key: string]: EncodedValue;
      };
      const parts = Object.entries(fields).map(([key, value]) => ({ key, part: child(value, key) }));
      return {
        places: parts.flatMap(({ part }) => part.places),
        make: () => {
          const object = ev.object();
          for (const { key, part } of parts) define(ev, object, key, part.make());
          if (tag === '$class') giveClass(ev, object, find(context, String(record['$class'])), site);
          return object;
        },
      };
    }
    case '$function':
      return { places: [], make: () => find(context, String(record['$function'])) };
    case '$date':
      return {
        places: [],
        make: () => ev.poison('GL111', 'Date arguments are not supported yet.', site.location),
      };
    case '$map': {
      if (!Array.isArray(record['$map'])) throw new BadValue('$map is an array of pairs');
      const parts = (record['$map'] as readonly (readonly [EncodedValue, EncodedValue])[]).map(
        ([key, value]) => {
          const name = typeof key === 'number' ? key : String(key as never);
          return { key: decode(context, key, '', [], parameter), part: child(value, String(name)) };
        },
      );
      return {
        places: parts.flatMap(({ part }) => part.places),
        make: () => {
          const map = new JsMap(ev.realm.mapPrototype, ev.store.epoch, 'Map');
          for (const { key, part } of parts) map.entries.set(key.make(), part.make());
          return map;
        },
      };
    }
    case '$set': {
      if (!Array.isArray(record['$set'])) throw new BadValue('$set is an array');
      const parts = (record['$set'] as readonly EncodedValue[]).map((v) =>
        decode(context, v, '', [], parameter),
      );
      return {
        places: [],
        make: () => {
          const set = new JsSet(ev.realm.setPrototype, ev.store.epoch, 'Set');
          for (const part of parts) set.items.add(part.make());
          return set;
        },
      };
    }
    default:
      throw new BadValue(`${tag} is no form of value`);
  }
}

function find(context: DecodeContext, name: string): Value {
  const value = context.lookup(name);
  if (value === undefined) throw new BadValue(`the module has no ${name}`);
  return value;
}

/** A path in the text form: `1.2`, `0["a.b"]`, `this.x`, `` for the whole. */
export function pathText(path: readonly (string | number)[]): string {
  let text = '';
  path.forEach((key, i) => {
    const name = String(key);
    if (name === '' || /[."[\]]/.test(name)) text += `[${JSON.stringify(name)}]`;
    else text += i === 0 ? name : `.${name}`;
  });
  return text;
}
