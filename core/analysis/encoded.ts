/** Values that arrive as JSON (evaluateAt.types.ts): their numeric leaves, and the values made of them. */
import { construct } from '../evaluate/construct.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { JsFunction, type JsObject } from '../evaluate/objects.ts';
import { define } from '../evaluate/properties.ts';
import { Poison, type Site, type Value } from '../evaluate/values.ts';
import { keyLabel } from '../source/labels.ts';
import type { Place } from './arguments.ts';
import type { EncodedValue } from './evaluateAt.types.ts';
import type { Path } from './paths.ts';
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

const NUMBERS: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

/** Kinds of typed arrays, and whether they keep whole numbers only. */
const TYPED: ReadonlyMap<unknown, boolean> = new Map([
  ['Float64Array', false],
  ['Float32Array', false],
  ['Int8Array', true],
  ['Uint8Array', true],
  ['Uint8ClampedArray', true],
  ['Int16Array', true],
  ['Uint16Array', true],
  ['Int32Array', true],
  ['Uint32Array', true],
]);

/** The keys that an object of each form may have. */
const FORMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['$number', ['$number']],
  ['$undefined', ['$undefined']],
  ['$typed', ['$typed', 'data']],
  ['$new', ['$new', 'args']],
  ['$class', ['$class', 'fields']],
  ['$date', ['$date']],
  ['$function', ['$function']],
  ['$map', ['$map']],
  ['$set', ['$set']],
]);

/** Arrays and objects within each other. */
const DEEPEST = 1000;

type Fields = { readonly [key: string]: EncodedValue };

export function decode(
  context: DecodeContext,
  encoded: EncodedValue,
  label: string,
  path: Path,
  parameter: number,
): Decoded {
  if (typeof encoded === 'number') return alone(encoded, label, path, parameter);
  if (typeof encoded !== 'object' || encoded === null) return { places: [], make: () => encoded };
  if (path.length > DEEPEST) throw new BadValue('the arguments are nested too deeply');
  return new Decoder(context, label, path, parameter).decode(encoded);
}

function alone(value: number, label: string, path: Path, parameter: number): Decoded {
  let now: Value = value;
  const replace = (v: Value) => {
    now = v;
  };
  return { places: [{ label, path, value, parameter, replace }], make: () => now };
}

/** A number in an array or object: there may be very many, of which few are asked for their label or path. */
class Leaf implements Place {
  private readonly around: { readonly label: string; readonly path: Path };
  private readonly key: string | number;
  readonly value: number;
  readonly parameter: number;
  readonly whole?: string;
  now: Value;

  constructor(
    around: Leaf['around'],
    key: string | number,
    value: number,
    parameter: number,
    whole?: string,
  ) {
    this.around = around;
    this.key = key;
    this.value = value;
    this.parameter = parameter;
    if (whole !== undefined) this.whole = whole;
    this.now = value;
  }
  get label(): string {
    return keyLabel(this.around.label, this.key);
  }
  get path(): Path {
    return [...this.around.path, this.key];
  }
  replace(value: Value): void {
    this.now = value;
  }
}

/** One array, object or encoded value, at its place. */
class Decoder {
  private readonly context: DecodeContext;
  readonly label: string;
  readonly path: Path;
  private readonly parameter: number;

  constructor(context: DecodeContext, label: string, path: Path, parameter: number) {
    this.context = context;
    this.label = label;
    this.path = path;
    this.parameter = parameter;
  }

  decode(encoded: object): Decoded {
    const { ev } = this.context;
    if (Array.isArray(encoded)) return this.list(encoded, (made) => ev.array(made));
    const record = encoded as Fields;
    switch (formOf(record)) {
      case '$number':
        return this.number(record['$number']);
      case '$undefined':
        if (record['$undefined'] !== true) throw new BadValue('{"$undefined": true} is undefined');
        return { places: [], make: () => undefined };
      case '$typed':
        return this.typed(record['$typed'], record['data'] ?? []);
      case '$new': {
        const name = nameOf(record, '$new');
        const { site } = this.context;
        return this.list(arrayOf(record['args'] ?? [], '"args" of $new'), (made) =>
          construct(ev, this.find(name), made, site),
        );
      }
      case '$class':
        return this.instance(nameOf(record, '$class'), record['fields'] ?? {});
      case '$function': {
        const name = nameOf(record, '$function');
        return { places: [], make: () => this.find(name) };
      }
      case '$date': {
        const text = nameOf(record, '$date');
        if (Number.isNaN(Date.parse(text)))
          throw new BadValue(`$date is a date in ISO 8601, not ${JSON.stringify(text)}`);
        return { places: [], make: () => this.builtIn('Date', [text]) };
      }
      case '$map':
        return this.map(arrayOf(record['$map'], '$map'));
      case '$set': {
        // What a set holds are its keys: they are found by being equal, and have no derivative.
        const parts = arrayOf(record['$set'], '$set').map((v) => this.child(v, ''));
        return { places: [], make: () => this.builtIn('Set', [ev.array(parts.map((p) => p.make()))]) };
      }
      default:
        return this.object(record);
    }
  }

  private child(value: EncodedValue, key: string | number): Decoded {
    return decode(this.context, value, keyLabel(this.label, key), [...this.path, key], this.parameter);
  }

  private number(name: EncodedValue | undefined): Decoded {
    const value = NUMBERS.get(name);
    if (value === undefined) throw new BadValue(`$number is one of ${[...NUMBERS.keys()].join(', ')}`);
    return alone(value, this.label, this.path, this.parameter);
  }

  private list(values: readonly EncodedValue[], finish: (made: Value[]) => Value): Decoded {
    const places: Place[] = [];
    const parts = values.map((value, i) => {
      if (typeof value !== 'number') {
        const part = this.child(value, i);
        for (const place of part.places) places.push(place);
        return part;
      }
      const leaf = this.leaf(i, value);
      places.push(leaf);
      return leaf;
    });
    return {
      places,
      make: () => finish(parts.map((part) => (part instanceof Leaf ? part.now : part.make()))),
    };
  }

  private typed(kind: EncodedValue | undefined, data: EncodedValue): Decoded {
    const whole = TYPED.get(kind);
    if (whole === undefined) throw new BadValue(`$typed is one of ${[...TYPED.keys()].join(', ')}`);
    const name = kind as string;
    const parts = arrayOf(data, '"data" of $typed').map((value, i) => {
      const element = typeof value === 'number' ? value : this.onlyNumber(this.child(value, i));
      return this.leaf(i, element, whole ? name : undefined);
    });
    return {
      places: parts,
      make: () => this.builtIn(name, [this.context.ev.array(parts.map(({ now }) => now))]),
    };
  }

  private onlyNumber({ places }: Decoded): number {
    const [place] = places;
    if (place === undefined || places.length !== 1 || place.path.length !== this.path.length + 1)
      throw new BadValue('"data" of $typed is an array of numbers');
    return place.value;
  }

  private leaf(key: string | number, value: number, whole?: string): Leaf {
    return new Leaf(this, key, value, this.parameter, whole);
  }

  private object(fields: Fields): Decoded {
    const { ev } = this.context;
    const parts = Object.entries(fields).map(([key, value]) => ({ key, part: this.child(value, key) }));
    return {
      places: parts.flatMap(({ part }) => part.places),
      make: () => {
        const object = ev.object();
        for (const { key, part } of parts) define(ev, object, key, part.make());
        return object;
      },
    };
  }

  private instance(name: string, fields: EncodedValue): Decoded {
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
      throw new BadValue('"fields" of $class is an object');
    const { ev, site } = this.context;
    const { places, make } = this.object(fields as Fields);
    return {
      places,
      make: () => {
        const type = this.find(name);
        if (type instanceof Poison) return type;
        if (!(type instanceof JsFunction)) throw new BadValue(`'${name}' is not a class`);
        const object = make() as JsObject;
        giveClass(ev, object, type, site);
        return object;
      },
    };
  }

  private map(pairs: readonly EncodedValue[]): Decoded {
    const { ev } = this.context;
    const parts = pairs.map((pair) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw new BadValue('$map is an array of pairs');
      const [key, value] = pair as [EncodedValue, EncodedValue];
      const named = this.child(key, '');
      return { key: named, part: this.child(value, String(scalar(key))) };
    });
    return {
      places: parts.flatMap(({ part }) => part.places),
      make: () =>
        this.builtIn('Map', [ev.array(parts.map(({ key, part }) => ev.array([key.make(), part.make()])))]),
    };
  }

  /** `new` of one of JavaScript's own. */
  private builtIn(name: string, args: Value[]): Value {
    const { ev, site } = this.context;
    return construct(ev, ev.realm.globals.get(name)?.value, args, site);
  }

  private find(name: string): Value {
    const value = this.context.lookup(name);
    if (value === undefined) throw new BadValue(`the file has no '${name}'`);
    return value;
  }
}

/** The form of an object that stands for what JSON lacks; undefined for one that is itself. */
function formOf(record: Fields): string | undefined {
  const keys = Object.keys(record);
  const form = keys.find((key) => FORMS.has(key));
  if (form === undefined) return undefined;
  const allowed = FORMS.get(form)!;
  const other = keys.find((key) => !allowed.includes(key));
  if (other === undefined) return form;
  const escape = '{"$class": "Object", "fields": {…}}';
  throw new BadValue(
    `beside ${form} stands ${JSON.stringify(other)}; an object that has ${form} as a key of its own is ${escape}`,
  );
}

/** How a key of a map stands in a path. */
function scalar(key: EncodedValue): unknown {
  if (typeof key !== 'object' || key === null) return key;
  return (key as Fields)['$number'] ?? '';
}

function nameOf(record: Fields, form: string): string {
  const name = record[form];
  if (typeof name !== 'string') throw new BadValue(`${form} is a string`);
  return name;
}

function arrayOf(value: EncodedValue | undefined, what: string): readonly EncodedValue[] {
  if (!Array.isArray(value)) throw new BadValue(`${what} is an array`);
  return value as readonly EncodedValue[];
}
