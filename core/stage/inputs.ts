/**
 * Unknown arguments: made from declared shapes, else from a sample, else taken to be numbers. What a Program has no
 * parameter for (text, functions, lengths where they are held) is as the sample has it, and noted.
 */

import {
  JsArray,
  JsFunction,
  JsMap,
  JsObject,
  JsSet,
  JsTypedArray,
  Slot,
  type TypedKind,
} from '../evaluate/objects.ts';
import type { Leaf, Site, Value } from '../evaluate/values.ts';
import { keyLabel } from '../source/labels.ts';
import type { Shape } from '../source/shape.ts';
import type { Assumption } from './assumptions.ts';
import type { Marks } from './defaults.ts';
import { type Element, JsNested } from './nested.ts';
import { type Plan, planOf } from './plan.ts';
import type { Stage } from './stage.ts';
import { Unknown } from './unknown.ts';

/**
 * `elements`: nested arrays have as many rows as the sample, each a buffer of its own. `open`: they are of unknown
 * lengths where they are regular. `sample`: all arrays have the lengths of the sample.
 */
export type Shapes = 'elements' | 'open' | 'sample';

export interface InputContext {
  readonly stage: Stage;
  readonly site: Site;
  /** Makes a plain object an instance of a class of the file. */
  readonly giveClass: (object: JsObject, name: string) => void;
  readonly shapes: Shapes;
  readonly assumptions: Assumption[];
  /** What is said of the argument's parts, by their paths below it. */
  readonly marks?: ReadonlyMap<string, Marks>;
  /** There is a sample: what it leaves out is not there. */
  readonly isSampled: boolean;
  /** Of arrays that may be of several kinds: which, by their paths, or as in the sample; absent: of any. */
  readonly kinds?: Kinds | undefined;
}

/** Of which kind an array is to be, by its path: an index into those that its type lists. */
export type Kinds = 'sample' | ReadonlyMap<string, number>;

type Path = readonly (string | number)[];

export function unknownOf(
  context: InputContext,
  shape: Shape,
  sample: Value,
  name: string,
  path: Path,
): Value {
  const { stage } = context;
  const { ev } = stage;
  if (contradicts(shape, sample)) return fromSample(context, sample, name, path);
  switch (shape.kind) {
    case 'number':
    case 'boolean':
      return leaf(context, shape.kind, sample, name, path);
    case 'optional':
      if (sample !== undefined && sample !== null) {
        stage.openings?.isGiven(path, name);
        return unknownOf(context, shape.shape, sample, name, path);
      }
      if (!context.isSampled) {
        const isNumber = shape.shape.kind === 'number';
        const open = isNumber && optional(context, undefined, name, path, { omitted: false });
        if (open) return open;
        stage.openings?.isGiven(path, name);
        return unknownOf(context, shape.shape, undefined, name, path);
      }
      assume(context, { kind: 'value', path, name, value: sample });
      return sample;
    case 'array': {
      if (shape.element.kind === 'number' || shape.typed !== undefined)
        return buffer(context, shape, sample, name, path);
      const nested = nestedOf(context, shape, sample, name, path);
      if (nested !== undefined) return nested;
      const elements = elementsOf(sample);
      if (shape.element.kind === 'unknown' && elements !== undefined)
        return fromSample(context, sample, name, path);
      if (elements === undefined) {
        const what = `The shape of ${name} is not known without a sample: an array of something else than numbers.`;
        return notKnown(context, what);
      }
      return rows(context, elements, () => shape.element, name, path);
    }
    case 'tuple': {
      const elements = elementsOf(sample);
      return ev.array(
        shape.elements.map((s, i) => unknownOf(context, s, elements?.[i], keyLabel(name, i), [...path, i])),
      );
    }
    case 'object': {
      const object = ev.object();
      for (const field of shape.fields) {
        const given = sample instanceof JsObject ? sample.properties.get(field.name) : undefined;
        const value = given instanceof Slot ? given.value : given;
        const label = keyLabel(name, field.name);
        const at = [...path, field.name];
        const hasDefault = marksOf(context, at).default !== undefined;
        if (field.optional && !hasDefault && field.shape.kind === 'number' && !(given instanceof Slot)) {
          const open = optional(context, value, label, at, {
            omitted: sample instanceof JsObject,
          });
          if (open !== undefined) {
            object.properties.set(field.name, open);
            continue;
          }
        }
        if (field.optional && sample instanceof JsObject && value === undefined) {
          assume(context, { kind: 'value', path: [...path, field.name], name: label, value: undefined });
          continue;
        }
        if (field.optional && !hasDefault) stage.openings?.isGiven(at, label);
        object.properties.set(
          field.name,
          unknownOf(context, field.shape, value, label, [...path, field.name]),
        );
      }
      // What the type does not tell of: fields that a constructor makes.
      if (sample instanceof JsObject) {
        for (const [key, p] of sample.properties) {
          if (typeof key !== 'string' || shape.fields.some((field) => field.name === key)) continue;
          const label = keyLabel(name, key);
          object.properties.set(key, p instanceof Slot ? p : fromSample(context, p, label, [...path, key]));
        }
      }
      if (shape.class !== undefined) context.giveClass(object, shape.class);
      stage.openings?.watch(object, path, name);
      return object;
    }
    case 'string':
    case 'function':
      if (sample !== undefined) return held(context, sample, name, path);
      return notKnown(context, `${name} is a ${shape.kind}: without a sample its value is not known.`);
    case 'unknown':
      if (sample === undefined && shape.named !== undefined && marksOf(context, path).default === undefined) {
        const what =
          shape.named === ''
            ? `${name} has no type, and is no number`
            : `The type ${shape.named} of ${name} is not known here`;
        return notKnown(context, `${what}: give a sample that shows what it is.`);
      }
      return fromSample(context, sample, name, path);
  }
}

/** What is refused where the function uses it. */
function notKnown({ stage, site }: InputContext, message: string): Value {
  return stage.ev.poison('GL111', message, site.location);
}

/** Whether the sample is something else than the type says: then that is what counts. */
function contradicts(shape: Shape, sample: Value): boolean {
  if (sample === undefined || shape.kind === 'unknown' || shape.kind === 'optional') return false;
  const isList = sample instanceof JsArray || sample instanceof JsTypedArray;
  switch (shape.kind) {
    case 'object':
      return isList || !(sample instanceof JsObject);
    case 'array':
    case 'tuple':
    case 'function':
      return !(sample instanceof JsObject);
    default:
      return typeof sample !== shape.kind;
  }
}

function marksOf({ marks }: InputContext, path: Path): Marks {
  return marks?.get(path.slice(1).join('.')) ?? {};
}

/**
 * A number that its type lets be left out: open where the function asks for it, or the sample leaves it out. undefined
 * where it is to be as the sample has it.
 */
export function optional(
  context: InputContext,
  sample: Value,
  name: string,
  path: Path,
  { omitted }: { readonly omitted: boolean },
): Value {
  const { openings } = context.stage;
  if (openings === undefined || !(sample === undefined || typeof sample === 'number')) return undefined;
  if (sample === undefined) openings.ask(path);
  if (openings.opens(path)) return open(context, name, path, sample === undefined && omitted);
  if (sample === undefined) return undefined;
  const made = leaf(context, 'number', sample, name, path);
  openings.mayLack(made, path, name, true);
  return made;
}

function open({ stage: { f } }: InputContext, name: string, path: Path, omitted: boolean): Leaf {
  const marks = { optional: true as const, ...(omitted ? { omitted: true as const } : {}) };
  const id = f.parameter({ type: 'number', name, path, ...marks });
  const given = f.parameter({
    type: 'boolean',
    name: `${name} is given`,
    path: [...path, '?'],
    presence: true,
  });
  return new Unknown('number', id, f, true, new Unknown('boolean', given, f));
}

function leaf(
  context: InputContext,
  type: 'number' | 'boolean',
  sample: Value,
  name: string,
  path: Path,
): Leaf {
  const { f, sampled } = context.stage;
  const id = f.parameter({ type, name, path, ...marksOf(context, path) });
  if (typeof sample === 'number' || typeof sample === 'boolean')
    sampled?.tell(id, { kind: 'value', value: Number(sample) });
  return new Unknown(type, id, f);
}

function assume(context: InputContext, assumption: Assumption): void {
  context.assumptions.push(assumption);
}

/** What has no parameter: it stays what the sample has. */
function held(context: InputContext, sample: Value, name: string, path: Path): Value {
  const value = sample instanceof JsObject ? undefined : (sample as string | undefined);
  assume(
    context,
    sample instanceof JsObject ? { kind: 'object', path, name } : { kind: 'value', path, name, value },
  );
  return sample;
}

function elementsOf(v: Value): readonly Value[] | undefined {
  return v instanceof JsArray || v instanceof JsTypedArray ? v.elements : undefined;
}

/** An array of as many elements as the sample has, each with parameters of its own. */
function rows(
  context: InputContext,
  elements: readonly Value[],
  shape: (i: number) => Shape,
  name: string,
  path: Path,
): Value {
  assume(context, { kind: 'length', path, name, length: elements.length });
  return context.stage.ev.array(
    elements.map((e, i) => unknownOf(context, shape(i), e, keyLabel(name, i), [...path, i])),
  );
}

function buffer(context: InputContext, kind: Kind, sample: Value, name: string, path: Path): Value {
  const { stage } = context;
  const { f } = stage;
  const { typed, also } = kindOf(context, kind, sample, path);
  const kept = { ...(typed === undefined ? {} : { typed }), ...(also === undefined ? {} : { also }) };
  const id = f.parameter({ type: 'buffer', name, path, ...kept, ...marksOf(context, path) });
  const elements = context.shapes === 'sample' ? elementsOf(sample) : undefined;
  if (elements === undefined) return stage.buffer(id, new Unknown('number', f.length(id), f), typed);
  assume(context, { kind: 'length', path, name, length: elements.length });
  if (elements.every((e) => typeof e === 'number')) stage.sampled?.tell(id, { kind: 'elements', elements });
  return stage.buffer(id, elements.length, typed);
}

interface Kind {
  readonly typed?: string | undefined;
  readonly also?: readonly string[] | undefined;
}

/** The kind of array that is asked for, of those that a type lists. */
function kindOf({ kinds, shapes }: InputContext, { typed, also }: Kind, sample: Value, path: Path): Kind {
  if (also === undefined) return { typed };
  if (kinds === undefined && shapes !== 'elements') return { typed, also };
  const all = [typed, ...also];
  const given = sample instanceof JsTypedArray ? sample.typed : undefined;
  if (typeof kinds === 'object') return { typed: all[kinds.get(JSON.stringify(path)) ?? 0] };
  return { typed: sample !== undefined && all.includes(given) ? given : typed };
}

/** Arrays within an array, or records, of unknown lengths; undefined where they are not regular, or not wanted. */
function nestedOf(context: InputContext, shape: Shape, sample: Value, name: string, path: Path): Value {
  if (context.shapes === 'elements') return undefined;
  const { stage } = context;
  const plan = planOf(shape, sample === undefined ? [] : [sample], (made, type) => {
    const object = stage.ev.object();
    context.giveClass(object, type);
    return { ...made, proto: object.proto };
  });
  if (plan?.kind !== 'array' || plan.element.kind === 'number') return undefined;
  const length = extent(context, plan, name, path, []);
  const element = elementOf(context, plan.element, name, [...path, '*'], [path.length]);
  return new JsNested(stage.ev.realm.arrayPrototype, stage.ev.store.epoch, element, length);
}

/** The length of the arrays at a path. */
function extent(
  { stage: { f }, shapes, assumptions }: InputContext,
  plan: Plan & { kind: 'array' },
  name: string,
  path: Path,
  each: readonly number[],
): number | Leaf {
  const several = each.length === 0 ? {} : { each };
  const fixed = plan.fixed ?? (shapes === 'sample' ? plan.length : undefined);
  const at = each.length === 0 ? name : `${name}${'[i]'.repeat(each.length)}`;
  if (fixed !== undefined) {
    const declared = plan.fixed === undefined ? {} : { declared: true as const };
    assumptions.push({ kind: 'length', path, name: at, length: fixed, ...several, ...declared });
    return fixed;
  }
  const parameter = {
    type: 'number' as const,
    name: `${at}.length`,
    path: [...path, 'length'],
    ...several,
    extent: true as const,
  };
  return new Unknown('number', f.parameter(parameter), f);
}

function elementOf(
  context: InputContext,
  plan: Plan,
  name: string,
  path: Path,
  each: readonly number[],
): Element {
  const { stage } = context;
  const { ev, f } = stage;
  switch (plan.kind) {
    case 'number': {
      const typed = plan.typed === undefined ? {} : { typed: plan.typed };
      const id = f.parameter({ type: 'buffer', name, path, each, ...typed });
      return {
        kind: 'number',
        storage: stage.buffer(id, new Unknown('number', f.length(id), f), plan.typed),
      };
    }
    case 'array': {
      const length = extent(context, plan, name, path, each);
      const element = elementOf(context, plan.element, name, [...path, '*'], [...each, path.length]);
      const { arrayPrototype, typedPrototypes } = ev.realm;
      const { typed } = plan;
      const proto = typed === undefined ? arrayPrototype : typedPrototypes.get(typed as TypedKind)!;
      return { kind: 'array', length, element, proto, typed };
    }
    case 'record': {
      const proto = plan.proto === undefined ? ev.realm.objectPrototype : plan.proto;
      const element = {
        kind: 'record' as const,
        proto,
        fields: plan.fields.map(([key, field]): [string, Element] => [
          key,
          elementOf(context, field, keyLabel(name, key), [...path, key], each),
        ]),
      };
      stage.openings?.watchElements(element, ev.object(proto), path, `${name}${'[i]'.repeat(each.length)}`);
      return element;
    }
  }
}

function fromSample(context: InputContext, sample: Value, name: string, path: Path): Value {
  const { ev } = context.stage;
  const unknown: Shape = { kind: 'unknown' };
  // Without a sample or a type it is taken to be what most parameters are.
  if (sample === undefined || typeof sample === 'number') {
    const { openings } = context.stage;
    if (marksOf(context, path).default !== undefined || openings === undefined)
      return leaf(context, 'number', sample, name, path);
    if (openings.opens(path)) return open(context, name, path, false);
    const made = leaf(context, 'number', sample, name, path);
    openings.mayLack(made, path, name, false);
    return made;
  }
  if (typeof sample === 'boolean') return leaf(context, 'boolean', sample, name, path);
  if (!(sample instanceof JsObject) || sample instanceof JsFunction) return held(context, sample, name, path);
  if (sample instanceof JsTypedArray) return buffer(context, { typed: sample.typed }, sample, name, path);
  if (sample instanceof JsArray) {
    if (sample.elements.length > 0 && sample.elements.every((e) => typeof e === 'number'))
      return buffer(context, {}, sample, name, path);
    const nested = nestedOf(context, unknown, sample, name, path);
    return nested ?? rows(context, sample.elements, () => unknown, name, path);
  }
  if (sample instanceof JsMap || sample instanceof JsSet) {
    return ev.refuse('GL111', `${name} is a collection: its keys are not known here.`, context.site.location);
  }
  const object = ev.object(sample.proto);
  for (const [key, p] of sample.properties) {
    if (typeof key !== 'string') continue;
    object.properties.set(
      key,
      p instanceof Slot ? p : fromSample(context, p, keyLabel(name, key), [...path, key]),
    );
  }
  context.stage.openings?.watch(object, path, name);
  return object;
}
