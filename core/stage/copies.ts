/** Arrays of unknown length copied whole or in part: loops of loads and stores. */
import { Activation, Frame } from '../evaluate/heap.ts';
import type { JsBuffer } from '../evaluate/objects.ts';
import { binary } from '../evaluate/operators.ts';
import { Leaf, type Site, type Value } from '../evaluate/values.ts';
import type { Stage } from './stage.ts';

/** `to[at + i] = from[start + i]` for i below the count. */
export function copyInto(
  stage: Stage,
  from: JsBuffer,
  to: JsBuffer,
  site: Site,
  part: { readonly start?: Value; readonly at?: Value; readonly count?: Value } = {},
): void {
  const { ev } = stage;
  const { start = 0, at = 0, count = from.length } = part;
  counted(stage, count, site, (i) => {
    const plus = (a: Value) => (a === 0 ? i : (binary(ev, '+', a, i, site) as number | Leaf));
    stage.store(to, plus(at), stage.load(from, plus(start), site), site);
  });
}

/** A loop of so many iterations. */
export function counted(stage: Stage, count: Value, site: Site, body: (i: number | Leaf) => void): void {
  const { ev } = stage;
  const position = new Frame([0], null, new Activation(undefined, null, [], undefined), ev.store.epoch);
  const i = () => position.slots[0] as number | Leaf;
  stage.loop({
    form: 'for',
    labels: [],
    site,
    test: () => binary(ev, '<', i(), count, site) as boolean | Leaf,
    body: () => {
      body(i());
      return undefined;
    },
    update: () => {
      ev.own(position);
      position.slots[0] = binary(ev, '+', i(), 1, site);
    },
  });
}

/** The greatest or the least of the elements; of none, what Math.max() and Math.min() are. */
export function extreme(stage: Stage, op: 'max' | 'min', array: JsBuffer, site: Site): Value {
  const { ev } = stage;
  const none = op === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const found = new Frame([none], null, new Activation(undefined, null, [], undefined), ev.store.epoch);
  counted(stage, array.length, site, (i) => {
    const element = stage.load(array, i, site) as number | Leaf;
    ev.own(found);
    found.slots[0] = stage.opN(op, [found.slots[0] as number | Leaf, element], site);
  });
  return found.slots[0];
}

/** A new array of these parts, one after another: whole arrays and single numbers. */
export function concatenated(
  stage: Stage,
  parts: readonly (JsBuffer | { readonly one: Value })[],
  site: Site,
): Value {
  const { ev } = stage;
  let total: Value = 0;
  const starts = parts.map((part) => {
    const start = total;
    const size = 'one' in part ? 1 : part.length;
    total = total === 0 ? size : binary(ev, '+', total, size, site);
    return start;
  });
  const id = stage.f.alloc(stage.id(total as number | Leaf, site), undefined, site.location);
  const made = stage.buffer(id, total, undefined);
  parts.forEach((part, k) => {
    if ('one' in part) stage.store(made, starts[k] as number | Leaf, part.one, site);
    else copyInto(stage, part, made, site, { at: starts[k] });
  });
  return made;
}

/** `slice(from, to)`, both within the array or relative to its end. */
export function sliced(stage: Stage, array: JsBuffer, from: Value, to: Value, site: Site): Value {
  const { ev } = stage;
  const { length } = array;
  const bound = (v: Value, fallback: Value): Value => {
    if (v === undefined) return fallback;
    if (typeof v === 'number' && Number.isInteger(v)) {
      if (v < 0) return most(0, binary(ev, '+', length, v, site));
      return v === 0 ? 0 : least(v, length);
    }
    if (!(v instanceof Leaf) || v.type !== 'number')
      return ev.refuse('GL111', 'Where this slice begins or ends depends on an input.', site.location);
    const whole = stage.op1('trunc', v, site) as Leaf;
    return stage.branchValue(
      binary(ev, '<', whole, 0, site) as Leaf,
      () => most(0, binary(ev, '+', length, whole, site)),
      () => least(whole, length),
      site,
    );
  };
  const op = (name: 'min' | 'max', a: Value, b: Value): Value =>
    typeof a === 'number' && typeof b === 'number'
      ? Math[name](a, b)
      : stage.opN(name, [a as number | Leaf, b as number | Leaf], site);
  const most = (a: Value, b: Value) => op('max', a, b);
  const least = (a: Value, b: Value) => op('min', a, b);
  const start = bound(from, 0);
  const end = bound(to, length);
  const count = start === 0 ? end : most(0, binary(ev, '-', end, start, site));
  const { typed } = array;
  const id = stage.f.alloc(stage.id(count as number | Leaf, site), typed, site.location);
  const made = stage.buffer(id, count, typed);
  copyInto(stage, array, made, site, { start, count });
  return made;
}
