/**
 * What a loop carries from one iteration to the next: places whose values are numbers, or records of them, found out by
 * what a run of the body changed; how they are read, compared and written.
 */
import type { LoopParts } from '../evaluate/domain.ts';
import { Cell, type Change, type Container, Frame } from '../evaluate/heap.ts';
import {
  JsArray,
  JsBuffer,
  JsFunction,
  type JsObject,
  JsTypedArray,
  type Key,
  Slot,
} from '../evaluate/objects.ts';
import { HOLE, Leaf, Poison, type Site, UNINITIALISED, type Value } from '../evaluate/values.ts';
import type { ValueId } from '../program/program.ts';
import { NeedsList } from './lists.ts';
import { alike, blank, leavesOf, objectsIn, rebuild } from './records.ts';
import type { Stage } from './stage.ts';

/** `index` into the container's elements or slots, or a key of its properties. */
export interface Place {
  readonly container: Container;
  readonly index: number | undefined;
  readonly key: Key | undefined;
}

/** A place that the loop carries. */
export interface Carried extends Place {
  /** Its value before the loop. */
  readonly initial: Value;
  /** A record or array of fixed length is carried leaf by leaf. */
  readonly leaves: readonly (number | boolean | Leaf)[];
  /** It may be undefined before the loop or after an iteration; a number stands in for that. */
  maybeUndefined: boolean;
}

/** What a loop carries, and what it leaves without a value. */
export interface Places {
  readonly carried: Carried[];
  readonly scratch: Place[];
  /** Objects that the loop carries as copies, and so may be one with others. */
  readonly kin: Set<JsObject>;
  /** The epoch in which the loop began. */
  readonly before: number;
}

/**
 * What the carried places hold after an iteration: true where that may be undefined as was not known before, or is an
 * object from before the loop, of which copies will go round.
 */
export function relate(stage: Stage, now: readonly Present[], { carried, kin, before }: Places): boolean {
  const { store } = stage.ev;
  let found = false;
  for (const [i, { leaves, objects }] of now.entries()) {
    const c = carried[i];
    if (c?.maybeUndefined === false && leaves?.some((x) => x instanceof Leaf && x.maybeUndefined)) {
      c.maybeUndefined = true;
      found = true;
    }
    for (const o of objects) {
      if (kin.has(o) || store.epochOf(o) > before) continue;
      kin.add(o);
      found = true;
    }
  }
  return found;
}

/** What a carried place holds at the end of an iteration, with what its objects hold: older ones hold it until the run is undone. */
export interface Present {
  readonly leaves: readonly (number | boolean | Leaf)[] | undefined;
  readonly objects: ReadonlySet<JsObject>;
  readonly alike: boolean;
}

export function presentOf(stage: Stage, c: Carried): Present {
  const { container, index, key } = c;
  const value: Value =
    container instanceof Frame
      ? container.slots[index!]
      : container instanceof Cell
        ? container.value
        : index === undefined
          ? (container.properties.get(key!) as Value)
          : container instanceof JsBuffer
            ? container.length
            : (container as JsArray).elements[index];
  return {
    leaves: leavesOf(value, stage),
    objects: objectsIn(value, stage),
    alike: alike(stage, c.initial, value),
  };
}

function valueAfter(c: Place, changes: readonly Change[]): Value {
  const change = changes.find((x) => x.container === c.container);
  return (
    c.index !== undefined ? change?.after.values?.[c.index] : change?.after.properties?.get(c.key!)
  ) as Value;
}

export const GROWS = 'This loop changes the length of an array.';

/** Adds to what is carried what the body changed anew. True where there was something. */
export function grow(
  stage: Stage,
  changes: readonly Change[],
  { carried, scratch, before: began }: Places,
  parts: LoopParts,
): boolean {
  const { ev } = stage;
  let grown = false;
  let longer: JsObject | undefined;
  const consider = (
    container: Container,
    index: number | undefined,
    key: Key | undefined,
    before: Value,
    after: Value,
  ): void => {
    if (same(before, after)) return;
    const at = (c: Place) => c.container === container && c.index === index && c.key === key;
    if (scratch.some(at)) return;
    const known = carried.findIndex(at);
    if (known >= 0 && !(after instanceof Poison)) return;
    if (known >= 0) {
      carried.splice(known, 1);
      scratch.push({ container, index, key });
      grown = true;
      return;
    }
    // What the function will return has no value before the `return` in the loop that sets it.
    const returns = container instanceof Frame && index === 0 && before === HOLE;
    const unset =
      before === undefined &&
      (typeof after === 'number' || (after instanceof Leaf && after.type === 'number'));
    const held = unset ? Number.NaN : returns ? blank(stage, after, parts.site) : before;
    const initial = leavesOf(held, stage);
    if (initial !== undefined && leavesOf(after, stage) !== undefined)
      carried.push({
        container,
        index,
        key,
        initial: held,
        leaves: initial,
        maybeUndefined: unset || initial.some((x) => x instanceof Leaf && x.maybeUndefined),
      });
    else if (
      before === UNINITIALISED ||
      before === undefined ||
      before instanceof Poison ||
      before instanceof JsFunction
    ) {
      scratch.push({ container, index, key });
    } else if (before === HOLE && !returns) {
      ev.refuse(
        'GL111',
        'An array of empty elements is filled here at known positions only.',
        parts.site.location,
      );
    } else scratch.push({ container, index, key });
    grown = true;
  };
  for (const { container, before, after } of changes) {
    // The copies of an earlier run are nowhere any longer.
    if (ev.store.epochOf(container) > began) continue;
    if (
      before.is !== after.is ||
      before.proto !== after.proto ||
      before.flags !== after.flags ||
      !sameEntries(before.entries, after.entries)
    ) {
      ev.refuse('GL111', 'This loop changes the kind of an object.', parts.site.location);
    }
    const nb = before.values?.length ?? 0;
    const na = after.values?.length ?? 0;
    if (nb !== na && container instanceof JsArray) {
      longer = container;
      continue;
    }
    if (nb !== na && !(container instanceof Frame)) {
      ev.refuse('GL111', GROWS, parts.site.location);
    }
    // A flag that was met for the first time has no slot before: it is carried from the next round on.
    for (let i = 0; i < Math.min(na, nb); i++)
      consider(container, i, undefined, before.values![i], after.values![i]);
    for (const [key, value] of after.properties ?? []) {
      const old = before.properties!.get(key);
      if (!before.properties!.has(key))
        ev.refuse('GL111', 'This loop adds a property to an object.', parts.site.location);
      if (value instanceof Slot || old instanceof Slot) {
        if (value !== old) ev.refuse('GL111', 'This loop redefines a property.', parts.site.location);
        continue;
      }
      consider(container, undefined, key, old, value);
    }
  }
  // What it counts by is found out first.
  if (longer !== undefined && !grown) throw new NeedsList(longer);
  return grown;
}

function sameEntries(a: Change['before']['entries'], b: Change['before']['entries']): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.size === b.size &&
    [...a.entries()].every(([k, v]) => (b instanceof Map ? b.has(k) && same(b.get(k), v as Value) : b.has(k)))
  );
}

function same(a: Value, b: Value): boolean {
  return Object.is(a, b) || (a instanceof Leaf && b instanceof Leaf && a.id === b.id && a.type === b.type);
}

/** Writes values into the carried places. */
export function put(
  stage: Stage,
  carried: readonly Carried[],
  values: readonly Value[],
  kin: Set<JsObject>,
  site: Site,
): void {
  let i = 0;
  const group = new Set<JsObject>();
  for (const c of carried) {
    const next = (): Value => {
      const v = values[i++];
      if (!c.maybeUndefined || !(v instanceof Leaf)) return v;
      return stage.leaf(v.id, true);
    };
    const value = rebuild(stage, c.initial, site, next);
    for (const o of objectsIn(c.initial, stage)) kin.add(o);
    for (const o of objectsIn(value, stage)) group.add(o);
    write(stage, c, value);
  }
  if (group.size > 0) stage.aliases.relate([...kin, ...group]);
}

export function write(stage: Stage, { container, index, key }: Place, value: Value): void {
  stage.aliases.silently(() => stage.ev.own(container));
  if (container instanceof Frame) container.slots[index!] = value;
  else if (container instanceof Cell) container.value = value;
  else if (index !== undefined) {
    if (container instanceof JsArray || container instanceof JsTypedArray) container.elements[index] = value;
    else if (container instanceof JsBuffer) container.length = value;
  } else container.properties.set(key!, value);
}

/** The variables' names, a leaf each. */
export function carriedNames(
  stage: Stage,
  carried: readonly Carried[],
  changes: readonly Change[],
): (string | undefined)[] {
  return carried.flatMap((c) => {
    const after = valueAfter(c, changes);
    return c.leaves.map(() => (after instanceof Leaf ? stage.names.get(after) : undefined));
  });
}

/** The carried place's leaves after the body. */
export function nextLeaves(
  stage: Stage,
  c: Carried,
  { leaves: found, alike: same }: Present,
  parts: LoopParts,
): ValueId[] {
  if (found === undefined || found.length !== c.leaves.length || !same) {
    return stage.ev.refuse(
      'GL111',
      'A variable of this loop changes its kind from one iteration to the next.',
      parts.site.location,
    );
  }
  return found.map((leaf, i) => {
    const before = c.leaves[i]!;
    const kind = (x: number | boolean | Leaf) => (x instanceof Leaf ? x.type : typeof x);
    if (kind(before) !== kind(leaf)) {
      return stage.ev.refuse(
        'GL111',
        'A variable of this loop is now a number, now a truth value.',
        parts.site.location,
      );
    }
    return stage.id(leaf, parts.site);
  });
}
