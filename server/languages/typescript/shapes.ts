/** What type operators make of shapes. */
import { NUMBER, type Shape, UNKNOWN } from '../../../core/source/shape.ts';

type ArrayShape = Shape & { readonly kind: 'array' };
export type ObjectShape = Shape & { readonly kind: 'object' };

/** A type that is given and not understood. */
export const unread = (named: string): Shape => ({ kind: 'unknown', named });

export function sameShape(a: Shape, b: Shape): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export const optionalOf = (shape: Shape): Shape =>
  shape.kind === 'optional' || shape.kind === 'unknown' ? shape : { kind: 'optional', shape };

/** One shape for values of any of these; unread where there is none. */
export function unionOf(shapes: readonly Shape[], text: () => string): Shape {
  const distinct: Shape[] = [];
  let isOptional = false;
  for (const given of shapes) {
    if (given.kind === 'optional') isOptional = true;
    const shape = given.kind === 'optional' ? given.shape : given;
    if (!distinct.some((other) => sameShape(other, shape))) distinct.push(shape);
  }
  const [only] = distinct;
  const shape =
    distinct.length === 1 ? only! : (arrayOf(distinct) ?? commonOf(distinct, text) ?? unread(text()));
  return isOptional ? optionalOf(shape) : shape;
}

/** Of objects what all of them have: the rest is there, perhaps, and is not read. */
function commonOf(shapes: readonly Shape[], text: () => string): Shape | undefined {
  const objects = shapes.filter(
    (shape): shape is ObjectShape => shape.kind === 'object' && shape.class === undefined,
  );
  if (objects.length < shapes.length || objects.length === 0) return undefined;
  const names = new Set(objects.flatMap(({ fields }) => fields.map(({ name }) => name)));
  const fields = [...names].map((name) => {
    const found = objects.map((object) => object.fields.find((field) => field.name === name));
    const all = found.filter((field) => field !== undefined);
    if (all.length < objects.length) return { name, shape: unread(text()), optional: false };
    const shape = unionOf(
      all.map((field) => field.shape),
      text,
    );
    return { name, shape, optional: all.some(({ optional }) => optional) };
  });
  return { kind: 'object', fields };
}

/** Arrays of the same elements are one: of numbers also where some of them are typed, as long as they hold floats. */
function arrayOf(shapes: readonly Shape[]): Shape | undefined {
  const arrays: ArrayShape[] = [];
  for (const shape of shapes) {
    const array = asArray(shape);
    if (array === undefined) return undefined;
    arrays.push(array);
  }
  const [first] = arrays;
  if (first === undefined || arrays.some(({ element }) => !sameShape(element, first.element)))
    return undefined;
  const kinds = new Set(arrays.flatMap(({ typed, also = [] }) => [typed, ...also]));
  const typed = [...kinds].filter((kind) => kind !== undefined);
  if (typed.some((kind) => !kind.startsWith('Float'))) return undefined;
  const plain = kinds.has(undefined);
  const also = plain ? typed : typed.slice(1);
  return {
    kind: 'array',
    element: first.element,
    ...(plain ? {} : { typed: typed[0]! }),
    ...(also.length === 0 ? {} : { also }),
  };
}

function asArray(shape: Shape): ArrayShape | undefined {
  if (shape.kind === 'array') return shape;
  const [element] = shape.kind === 'tuple' ? shape.elements : [];
  if (shape.kind !== 'tuple' || element === undefined) return undefined;
  return shape.elements.every((other) => sameShape(other, element)) ? { kind: 'array', element } : undefined;
}

export function intersectionOf(shapes: readonly Shape[], text: () => string): Shape {
  if (shapes.length === 1) return shapes[0]!;
  const known = shapes.filter((shape) => !sameShape(shape, UNKNOWN));
  const others = known.filter((shape): shape is Exclude<Shape, ObjectShape> => shape.kind !== 'object');
  const objects = known.filter((shape): shape is ObjectShape => shape.kind === 'object');
  const [other, second] = others;
  if (other !== undefined) {
    // A brand (`number & { __unit: 'm' }`) leaves a number a number.
    if (second !== undefined && others.some((shape) => !sameShape(shape, other))) return unread(text());
    if (other.kind === 'number' || other.kind === 'boolean' || other.kind === 'string') return other;
    const fields = objects.flatMap((object) => object.fields);
    const branded = fields.every(({ name }) => name === 'length' || name.startsWith('_'));
    return branded && other.kind !== 'unknown' ? other : unread(text());
  }
  if (known.length < shapes.length) return UNKNOWN;
  const fields = new Map<string, ObjectShape['fields'][number]>();
  for (const field of objects.flatMap((object) => object.fields)) {
    const before = fields.get(field.name);
    fields.set(field.name, before?.optional === false ? { ...field, optional: false } : field);
  }
  const owner = objects.find((object) => object.class !== undefined)?.class;
  return { kind: 'object', fields: [...fields.values()], ...(owner === undefined ? {} : { class: owner }) };
}

/** `T[number]`: of an array, whichever. */
export const ELEMENTS = Symbol('elements');
export type Key = string | number | typeof ELEMENTS;

/** `T[K]`. */
export function fieldOf(shape: Shape, key: Key, text: () => string): Shape {
  const unknown = sameShape(shape, UNKNOWN) ? UNKNOWN : unread(text());
  switch (shape.kind) {
    case 'object': {
      const field = shape.fields.find(({ name }) => name === String(key));
      if (field === undefined) return unknown;
      return field.optional ? optionalOf(field.shape) : field.shape;
    }
    case 'array':
      return key === 'length'
        ? NUMBER
        : typeof key === 'number' || key === ELEMENTS
          ? shape.element
          : unknown;
    case 'tuple':
      if (key === 'length') return NUMBER;
      if (key === ELEMENTS) return unionOf(shape.elements, text);
      return shape.elements[Number(key)] ?? unknown;
    default:
      return unknown;
  }
}

/** undefined for lists, whose elements it would make optional. */
export function withOptional(shape: Shape, optional: boolean): Shape | undefined {
  if (shape.kind === 'array' || shape.kind === 'tuple') return undefined;
  if (shape.kind !== 'object') return shape;
  return { ...shape, fields: shape.fields.map((field) => ({ ...field, optional })) };
}

export function picked(shape: Shape, keys: readonly string[] | undefined, keep: boolean): Shape | undefined {
  if (shape.kind !== 'object' || keys === undefined) return undefined;
  return { kind: 'object', fields: shape.fields.filter((field) => keys.includes(field.name) === keep) };
}
