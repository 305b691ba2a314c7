/** Records (objects and arrays of known length that the function itself made) as lists of their numbers. */
import { JsArray, JsBuffer, JsObject, JsTypedArray, Slot } from '../evaluate/objects.ts';
import { Leaf, type Site, type Value } from '../evaluate/values.ts';
import type { Stage } from './stage.ts';

/** The objects of a record; views, which are positions, apart. */
export function objectsIn(v: Value, stage: Stage, found = new Set<JsObject>()): Set<JsObject> {
  if (v instanceof JsObject && !found.has(v) && stage.views.of(v) === undefined) {
    found.add(v);
    for (const child of children(v)) objectsIn(child, stage, found);
  }
  return found;
}

/** The numbers and booleans of a value, where it is one or a record of such made by the function itself. */
export function leavesOf(
  v: Value,
  stage: Stage,
  above: readonly JsObject[] = [],
): (number | boolean | Leaf)[] | undefined {
  if (typeof v === 'number' || typeof v === 'boolean' || v instanceof Leaf) return [v];
  const view = v instanceof JsObject ? stage.views.of(v) : undefined;
  if (view !== undefined) return [view.at];
  if (!isRecord(v, stage) || above.includes(v)) return undefined;
  const parts: (number | boolean | Leaf)[] = [];
  for (const child of children(v)) {
    const inner = leavesOf(child, stage, [...above, v]);
    if (inner === undefined) return undefined;
    parts.push(...inner);
  }
  return parts;
}

function isRecord(v: Value, stage: Stage): v is JsObject {
  return (
    v instanceof JsObject &&
    stage.ev.store.epochOf(v) >= stage.since &&
    (v.constructor === JsObject || v instanceof JsArray || v instanceof JsTypedArray) &&
    !(v instanceof JsBuffer) &&
    ![...v.properties.values()].some((p) => p instanceof Slot)
  );
}

function children(v: JsObject): Value[] {
  const elements = v instanceof JsArray || v instanceof JsTypedArray ? v.elements : [];
  return [...elements, ...[...v.properties.values()].map((p) => p as Value)];
}

/** A copy of the value with other leaves, taken from the iterator. */
export function rebuild(stage: Stage, v: Value, site: Site, next: () => Value): Value {
  if (!(v instanceof JsObject)) return next();
  const view = stage.views.of(v);
  if (view !== undefined) return stage.views.at(view.element, next() as number | Leaf, site);
  const epoch = stage.ev.store.epoch;
  const copy =
    v instanceof JsTypedArray
      ? new JsTypedArray(
          v.proto,
          epoch,
          v.typed,
          v.elements.map((e) => rebuild(stage, e, site, next)),
        )
      : v instanceof JsArray
        ? new JsArray(
            v.proto,
            epoch,
            v.elements.map((e) => rebuild(stage, e, site, next)),
          )
        : new JsObject(v.proto, epoch, v.tag);
  for (const [key, p] of v.properties) copy.properties.set(key, rebuild(stage, p as Value, site, next));
  copy.extensible = v.extensible;
  copy.frozen = v.frozen;
  copy.sealed = v.sealed;
  return copy;
}

/** The like of a value, of zeros. */
export function blank(stage: Stage, v: Value, site: Site): Value {
  if (leavesOf(v, stage) === undefined) return undefined;
  if (!(v instanceof JsObject))
    return v === true || v === false || (v instanceof Leaf && v.type === 'boolean') ? false : 0;
  const zeros = leavesOf(v, stage)!.map((x) =>
    typeof x === 'boolean' || (x instanceof Leaf && x.type === 'boolean') ? false : 0,
  );
  let i = 0;
  return rebuild(stage, v, site, () => zeros[i++]);
}

export function alike(stage: Stage, a: Value, b: Value): boolean {
  if (!(a instanceof JsObject)) return !(b instanceof JsObject);
  const view = stage.views.of(a);
  if (view !== undefined) return b instanceof JsObject && stage.views.of(b)?.element === view.element;
  if (!(b instanceof JsObject) || a.constructor !== b.constructor || a.proto !== b.proto) return false;
  if (a.extensible !== b.extensible || a.frozen !== b.frozen || a.sealed !== b.sealed) return false;
  const ca = children(a);
  const cb = children(b);
  if ([...a.properties.keys()].join() !== [...b.properties.keys()].join()) return false;
  return ca.length === cb.length && ca.every((x, i) => alike(stage, x, cb[i]));
}
