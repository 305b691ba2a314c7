/**
 * Arrays that the function itself makes of arrays or records: their regular form, and how what is put into them becomes
 * a view of the buffers that hold their numbers, so that all its names go on being names of one thing.
 */
import {
  JsArray,
  JsBuffer,
  JsFunction,
  JsObject,
  JsTypedArray,
  type Key,
  Slot,
} from '../evaluate/objects.ts';
import { Leaf, type Site, type Value } from '../evaluate/values.ts';
import type { FunctionBuilder } from '../program/builder.ts';
import type { ValueId } from '../program/program.ts';
import { copyInto } from './copies.ts';
import { type Element, JsNested, type Regular } from './nested.ts';
import type { Stage } from './stage.ts';

/** Without buffers yet; `known`: its length is a number of the source. */
export type Form = Regular<unknown, { readonly length: number | ValueId; readonly known: boolean }>;

/** Signal of the stage's own: an array that was made without values is to hold things of this form. */
export class NeedsForm {
  readonly ordinal: number;
  readonly form: Form;
  /** Whose values the lengths in the form are. */
  readonly f: FunctionBuilder;
  constructor(ordinal: number, form: Form, f: FunctionBuilder) {
    this.ordinal = ordinal;
    this.form = form;
    this.f = f;
  }
}

/** Arrays and records within each other: what is deeper, or holds itself, has no form. */
const DEEPEST = 6;

/** The form of a value that can be taken in; undefined where it has none. */
export function formOf(stage: Stage, v: Value, site: Site, depth = 0): Form | undefined {
  if (depth > DEEPEST) return undefined;
  if (typeof v === 'number' || (v instanceof Leaf && v.type === 'number')) return { kind: 'number' };
  if (!(v instanceof JsObject)) return v instanceof Leaf ? undefined : { kind: 'constant', value: v };
  if (v instanceof JsFunction) return { kind: 'constant', value: v };
  if (stage.views.of(v) !== undefined || v instanceof JsNested || !v.extensible) return undefined;
  if (v instanceof JsBuffer) {
    const { length } = v;
    const known = typeof length === 'number';
    const element: Form = { kind: 'number' };
    const size = known ? length : stage.id(length as Leaf, site);
    return { kind: 'array', length: size, known, element, proto: v.proto!, typed: v.typed };
  }
  if (v instanceof JsArray || v instanceof JsTypedArray) {
    const element = formOfAll(stage, v.elements, site, depth + 1);
    if (element === undefined || v.properties.size > 0) return undefined;
    const typed = v instanceof JsTypedArray ? v.typed : undefined;
    return { kind: 'array', length: v.elements.length, known: true, element, proto: v.proto!, typed };
  }
  if (v.constructor !== JsObject) return undefined;
  const fields: [Key, Form][] = [];
  for (const [key, p] of v.properties) {
    const form = p instanceof Slot ? undefined : formOf(stage, p, site, depth + 1);
    if (form === undefined) return undefined;
    fields.push([key, form]);
  }
  return { kind: 'record', proto: v.proto, fields };
}

/** The form that all of the values have; undefined where they have none in common. */
export function formOfAll(stage: Stage, values: readonly Value[], site: Site, depth = 0): Form | undefined {
  let common: Form | undefined;
  for (const v of values) {
    const form = formOf(stage, v, site, depth);
    if (form === undefined || (common !== undefined && !sameForm(common, form))) return undefined;
    common ??= form;
  }
  return common;
}

function sameForm(a: Form, b: Form): boolean {
  if (a.kind === 'number') return b.kind === 'number';
  if (a.kind === 'constant') return b.kind === 'constant' && Object.is(a.value, b.value);
  if (a.kind === 'array')
    return (
      b.kind === 'array' &&
      a.known === b.known &&
      a.length === b.length &&
      a.typed === b.typed &&
      a.proto === b.proto &&
      sameForm(a.element, b.element)
    );
  return (
    b.kind === 'record' &&
    a.proto === b.proto &&
    a.fields.length === b.fields.length &&
    a.fields.every(([key, form], i) => b.fields[i]![0] === key && sameForm(form, b.fields[i]![1]))
  );
}

/** New buffers for `count` things of a form; undefined where a length is not known here. */
export function storageFor(
  stage: Stage,
  form: Form,
  count: number | Leaf,
  from: FunctionBuilder,
  site: Site,
): Element | undefined {
  switch (form.kind) {
    case 'number': {
      const id = stage.f.alloc(stage.id(count, site), undefined, site.location);
      return { kind: 'number', storage: stage.buffer(id, count, undefined) };
    }
    case 'constant':
      return form;
    case 'array': {
      const length = form.known ? form.length : lengthHere(stage, form.length, from);
      if (length === undefined) return undefined;
      const { f } = stage;
      const all = f.op('mul', [stage.id(count, site), stage.id(length, site)], site.location);
      const inner = storageFor(stage, form.element, stage.leaf(all) as number | Leaf, from, site);
      if (inner === undefined) return undefined;
      const element =
        inner.kind === 'number' && form.typed !== undefined
          ? { kind: 'number' as const, storage: typedStorage(stage, all, form.typed, site) }
          : inner;
      return { kind: 'array', length, element, proto: form.proto, typed: form.typed };
    }
    case 'record': {
      const fields: [Key, Element][] = [];
      for (const [key, field] of form.fields) {
        const element = storageFor(stage, field, count, from, site);
        if (element === undefined) return undefined;
        fields.push([key, element]);
      }
      return { kind: 'record', proto: form.proto, fields };
    }
  }
}

function typedStorage(stage: Stage, size: ValueId, typed: string, site: Site): JsBuffer {
  const length = stage.leaf(size) as number | Leaf;
  return stage.buffer(stage.f.alloc(size, typed, site.location), length, typed);
}

/** A length that was worked out later, worked out here; undefined where it comes of what is not there yet. */
function lengthHere(stage: Stage, id: ValueId, from: FunctionBuilder): number | Leaf | undefined {
  const { f } = stage;
  const here = (old: ValueId): ValueId | undefined => {
    const constant = from.constantOf(old);
    if (constant !== undefined) return f.constant(constant);
    if (f.isVisible(old)) return old;
    const made = from.definition(old);
    if (made === undefined) return undefined;
    const args: ValueId[] = [];
    for (const arg of made.args) {
      const found = here(arg);
      if (found === undefined) return undefined;
      args.push(found);
    }
    return f.op(made.op, args);
  };
  const found = here(id);
  return found === undefined ? undefined : (stage.leaf(found) as number | Leaf);
}

/** Whether a value can be put where an element is. */
export function fits(stage: Stage, v: Value, element: Element): boolean {
  switch (element.kind) {
    case 'number':
      return typeof v === 'number' || (v instanceof Leaf && v.type === 'number' && !v.maybeUndefined);
    case 'constant':
      return Object.is(v, element.value);
    case 'array': {
      if (!(v instanceof JsObject) || stage.views.of(v) !== undefined || v instanceof JsNested) return false;
      if (v instanceof JsBuffer) return v.typed === element.typed && isSame(v.length, element.length);
      if (!(v instanceof JsArray || v instanceof JsTypedArray)) return false;
      if ((v instanceof JsTypedArray ? v.typed : undefined) !== element.typed) return false;
      return v.elements.length === element.length && v.elements.every((e) => fits(stage, e, element.element));
    }
    case 'record': {
      if (!(v instanceof JsObject) || v.constructor !== JsObject || v.proto !== element.proto) return false;
      if (stage.views.of(v) !== undefined || v.properties.size !== element.fields.length) return false;
      return element.fields.every(([key, field]) => {
        const p = v.properties.get(key);
        return v.properties.has(key) && !(p instanceof Slot) && fits(stage, p, field);
      });
    }
  }
}

function isSame(a: Value, b: number | Leaf): boolean {
  return a instanceof Leaf && b instanceof Leaf ? a.id === b.id : a === b;
}

/** Puts a value that fits at a position; what is an object becomes the view of that position. */
export function takeIn(stage: Stage, v: Value, element: Element, at: number | Leaf, site: Site): void {
  if (element.kind === 'constant') return;
  if (element.kind === 'number') {
    stage.store(element.storage, at, v, site);
    return;
  }
  const object = v as JsObject;
  if (element.kind === 'record') {
    for (const [key, field] of element.fields)
      takeIn(stage, object.properties.get(key) as Value, field, at, site);
  } else {
    const row = stage.views.at(element, at, site) as JsNested;
    if (object instanceof JsBuffer) copyInto(stage, object, row, site);
    else {
      (object as JsArray).elements.forEach((e, i) => {
        takeIn(stage, e, element.element, stage.views.within(row, i, site), site);
      });
    }
  }
  stage.views.become(object, element, at, site);
}
