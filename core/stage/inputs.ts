/** Unknown arguments: made from declared shapes, else from a sample, else taken to be numbers. */

import { JsArray, JsFunction, JsMap, JsObject, JsSet, JsTypedArray, Slot } from '../evaluate/objects.ts';
import type { Site, Value } from '../evaluate/values.ts';
import { keyLabel } from '../source/labels.ts';
import type { Shape } from '../source/shape.ts';
import { type Stage, Unknown } from './stage.ts';

export interface InputContext {
  readonly stage: Stage;
  readonly site: Site;
  /** Makes a plain object an instance of a class of the file. */
  readonly giveClass: (object: JsObject, name: string) => void;
}

export function unknownOf(
  context: InputContext,
  shape: Shape,
  sample: Value,
  name: string,
  path: readonly (string | number)[],
): Value {
  const { stage, site } = context;
  const { ev, f } = stage;
  const part = (s: Shape, v: Value, key: string | number) =>
    unknownOf(context, s, v, keyLabel(name, key), [...path, key]);
  switch (shape.kind) {
    case 'number':
      return new Unknown('number', f.parameter({ type: 'number', name, path }), f);
    case 'boolean':
      return new Unknown('boolean', f.parameter({ type: 'boolean', name, path }), f);
    case 'optional':
      return sample === undefined || sample === null
        ? sample
        : unknownOf(context, shape.shape, sample, name, path);
    case 'array': {
      if (shape.element.kind === 'number' || shape.typed !== undefined)
        return buffer(context, shape.typed, name, path);
      const elements = elementsOf(sample);
      if (elements === undefined) {
        return ev.refuse(
          'GL111',
          `The shape of ${name} is not known without a sample: an array of something else than numbers.`,
          site.location,
        );
      }
      return ev.array(elements.map((e, i) => part(shape.element, e, i)));
    }
    case 'tuple': {
      const elements = elementsOf(sample);
      return ev.array(shape.elements.map((s, i) => part(s, elements?.[i], i)));
    }
    case 'object': {
      const object = ev.object();
      for (const field of shape.fields) {
        const given = sample instanceof JsObject ? sample.properties.get(field.name) : undefined;
        const value = given instanceof Slot ? given.value : given;
        if (field.optional && sample instanceof JsObject && value === undefined) continue;
        object.properties.set(field.name, part(field.shape, value, field.name));
      }
      if (shape.class !== undefined) context.giveClass(object, shape.class);
      return object;
    }
    case 'string':
    case 'function':
      if (sample !== undefined) return sample;
      return ev.refuse(
        'GL111',
        `${name} is a ${shape.kind}: without a sample its value is not known.`,
        site.location,
      );
    case 'unknown':
      return fromSample(context, sample, name, path);
  }
}

function elementsOf(v: Value): readonly Value[] | undefined {
  return v instanceof JsArray || v instanceof JsTypedArray ? v.elements : undefined;
}

function buffer(
  context: InputContext,
  typed: string | undefined,
  name: string,
  path: readonly (string | number)[],
): Value {
  const { stage } = context;
  const { f } = stage;
  const id = f.parameter({ type: 'buffer', name, path, ...(typed === undefined ? {} : { typed }) });
  return stage.buffer(id, new Unknown('number', f.length(id), f), typed);
}

function fromSample(
  context: InputContext,
  sample: Value,
  name: string,
  path: readonly (string | number)[],
): Value {
  const { ev, f } = context.stage;
  const part = (v: Value, key: string | number) =>
    fromSample(context, v, keyLabel(name, key), [...path, key]);
  // Without a sample or a type it is taken to be what most parameters are.
  if (sample === undefined || typeof sample === 'number')
    return new Unknown('number', f.parameter({ type: 'number', name, path }), f);
  if (typeof sample === 'boolean')
    return new Unknown('boolean', f.parameter({ type: 'boolean', name, path }), f);
  if (!(sample instanceof JsObject) || sample instanceof JsFunction) return sample;
  if (sample instanceof JsTypedArray) return buffer(context, sample.typed, name, path);
  if (sample instanceof JsArray) {
    if (sample.elements.length > 0 && sample.elements.every((e) => typeof e === 'number'))
      return buffer(context, undefined, name, path);
    return ev.array(sample.elements.map(part));
  }
  if (sample instanceof JsMap || sample instanceof JsSet) {
    return ev.refuse('GL111', `${name} is a collection: its keys are not known here.`, context.site.location);
  }
  const object = ev.object(sample.proto);
  for (const [key, p] of sample.properties) {
    if (typeof key !== 'string') continue;
    object.properties.set(key, p instanceof Slot ? p : part(p, key));
  }
  return object;
}
