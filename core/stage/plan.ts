/** Which nested arrays and arrays of records are regular, by their types or by a sample. */
import { JsArray, JsFunction, JsObject, JsTypedArray, type Key, Slot } from '../evaluate/objects.ts';
import type { Value } from '../evaluate/values.ts';
import type { Shape } from '../source/shape.ts';

export type Plan =
  | { readonly kind: 'number'; readonly typed?: string }
  | {
      readonly kind: 'array';
      readonly element: Plan;
      readonly typed: string | undefined;
      /** The type says how many. */
      readonly fixed?: number;
      /** As many as in the sample. */
      readonly length: number | undefined;
    }
  | {
      readonly kind: 'record';
      readonly proto?: JsObject | null;
      readonly fields: readonly (readonly [string, Plan])[];
    };

type Classed = (plan: Plan & { kind: 'record' }, name: string) => Plan;

/** `samples`: all that stand at this place. undefined: they are not alike, or hold something else than numbers. */
export function planOf(shape: Shape, samples: readonly Value[], classed: Classed): Plan | undefined {
  switch (shape.kind) {
    case 'number':
      return { kind: 'number' };
    case 'array': {
      const parts = elements(samples);
      if (parts === undefined) return undefined;
      return array(planOf(shape.element, parts.all, classed), shape.typed, parts.length);
    }
    case 'tuple': {
      const fixed = shape.elements.length;
      if (fixed === 0 || shape.elements.some((e) => e.kind !== 'number')) return undefined;
      return { kind: 'array', element: { kind: 'number' }, typed: undefined, fixed, length: fixed };
    }
    case 'object': {
      const fields: [string, Plan][] = [];
      for (const field of shape.fields) {
        const values = samples.map((s) => (s instanceof JsObject ? s.properties.get(field.name) : undefined));
        if (field.optional || values.some((v) => v instanceof Slot)) return undefined;
        const plan = planOf(field.shape, values as Value[], classed);
        if (plan === undefined) return undefined;
        fields.push([field.name, plan]);
      }
      if (fields.length === 0) return undefined;
      const plan = { kind: 'record' as const, fields };
      return shape.class === undefined ? plan : classed(plan, shape.class);
    }
    case 'unknown':
      return fromSamples(samples, classed);
    default:
      return undefined;
  }
}

function array(
  element: Plan | undefined,
  typed: string | undefined,
  length: number | undefined,
): Plan | undefined {
  if (element === undefined) return undefined;
  const part = element.kind === 'number' && typed !== undefined ? { ...element, typed } : element;
  return { kind: 'array', element: part, typed, length };
}

/** The elements of all the arrays, which are to have one length. */
function elements(
  samples: readonly Value[],
): { readonly all: readonly Value[]; readonly length: number | undefined } | undefined {
  const all: Value[] = [];
  let length: number | undefined;
  for (const s of samples) {
    if (!(s instanceof JsArray || s instanceof JsTypedArray)) return undefined;
    length ??= s.elements.length;
    if (s.elements.length !== length || s.properties.size > 0) return undefined;
    all.push(...s.elements);
  }
  return { all, length };
}

function fromSamples(samples: readonly Value[], classed: Classed): Plan | undefined {
  const [first] = samples;
  if (typeof first === 'number')
    return samples.every((s) => typeof s === 'number') ? { kind: 'number' } : undefined;
  if (first instanceof JsArray || first instanceof JsTypedArray) {
    const typed = first instanceof JsTypedArray ? first.typed : undefined;
    if (samples.some((s) => (s instanceof JsTypedArray ? s.typed : undefined) !== typed)) return undefined;
    const parts = elements(samples);
    if (parts === undefined) return undefined;
    return array(fromSamples(parts.all, classed), typed, parts.length);
  }
  if (!(first instanceof JsObject) || first instanceof JsFunction || first.constructor !== JsObject)
    return undefined;
  return record(first, samples, classed);
}

function record(first: JsObject, samples: readonly Value[], classed: Classed): Plan | undefined {
  const keys = [...first.properties.keys()];
  const fields: [string, Plan][] = [];
  if (keys.length === 0) return undefined;
  for (const key of keys) {
    if (typeof key !== 'string') return undefined;
    const values: Value[] = [];
    for (const s of samples) {
      if (!(s instanceof JsObject) || s.proto !== first.proto || s.properties.size !== keys.length)
        return undefined;
      const value = s.properties.get(key as Key);
      if (value instanceof Slot) return undefined;
      values.push(value);
    }
    const plan = fromSamples(values, classed);
    if (plan === undefined) return undefined;
    fields.push([key, plan]);
  }
  return { kind: 'record', proto: first.proto, fields };
}
