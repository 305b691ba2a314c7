/**
 * The iterators of the built-in collections (ECMA-262 §23.1.5, §24.1.5, §24.2.6, §22.1.5): objects whose position is a
 * property, so that it is journalled like one.
 */
import type { Evaluator } from './evaluator.ts';
import { JsView } from './memory.ts';
import { JsArray, JsBuffer, JsMap, JsObject, JsSet, JsTypedArray, privateKey, Slot } from './objects.ts';
import { toNumber } from './operators.ts';
import { get } from './properties.ts';
import { HOLE, Leaf, Poison, type Site, type Value } from './values.ts';

export type IteratorKind = 'Array' | 'Map' | 'Set' | 'String' | 'RegExp String';
export type Pick = 'keys' | 'values' | 'entries';

/** What `advance` gives behind the last element. */
export const END = Symbol('end') as unknown as Value;

const POSITION = privateKey('position');
const FINISHED = new Slot({ value: -1 });

export class JsIterator extends JsObject {
  readonly kind: IteratorKind;
  readonly source: Value;
  readonly pick: Pick;
  /** Of a Map or a Set: the host's, which sees what is added and removed meanwhile, and how often it was asked. */
  host: { readonly iterator: Iterator<Value>; readonly of: object; count: number } | undefined = undefined;
  /** Of a regular expression's: finds the next match, or null. */
  readonly find: (() => Value) | undefined;
  constructor(ev: Evaluator, kind: IteratorKind, source: Value, pick: Pick, find?: () => Value) {
    super(ev.realm.iteratorPrototypes.get(kind)!, ev.store.epoch, 'Object');
    this.kind = kind;
    this.source = source;
    this.pick = pick;
    this.find = find;
    this.properties.set(POSITION, new Slot({ value: 0 }));
  }
}

/** Whether the built-in `next` is what steps iterators of this kind. */
export function steps(ev: Evaluator, kind: IteratorKind): boolean {
  const slot = ev.realm.iteratorPrototypes.get(kind)!.properties.get('next');
  return slot instanceof Slot && slot.value === ev.realm.nexts.get(kind);
}

/** The next element, or END. */
export function advance(ev: Evaluator, iterator: JsIterator, site: Site): Value {
  const position = (iterator.properties.get(POSITION) as Slot).value as number;
  if (position < 0) return END;
  const found = elementAt(ev, iterator, position, site);
  ev.own(iterator);
  const width = iterator.kind === 'String' && found !== END ? (found as string).length : 1;
  iterator.properties.set(POSITION, found === END ? FINISHED : new Slot({ value: position + width }));
  return found;
}

function elementAt(ev: Evaluator, iterator: JsIterator, position: number, site: Site): Value {
  const { source, pick } = iterator;
  const shown = (key: Value, value: () => Value): Value =>
    pick === 'keys' ? key : pick === 'values' ? value() : ev.array([key, value()]);
  if (iterator.find !== undefined) {
    const match = iterator.find();
    return match === null ? END : match;
  }
  if (typeof source === 'string') {
    return position < source.length ? String.fromCodePoint(source.codePointAt(position)!) : END;
  }
  if (source instanceof JsMap || source instanceof JsSet) {
    if (pick !== 'values' || source instanceof JsSet) ev.listsKeys(source, site);
    const entry = hostNext(iterator, source, position);
    if (entry === undefined) return END;
    return shown(entry[0], () => entry[1]);
  }
  if (source instanceof JsArray || (source instanceof JsTypedArray && !(source instanceof JsView))) {
    const { elements } = source;
    if (position >= elements.length) return END;
    const element = elements[position];
    return shown(position, () => (element === HOLE ? get(ev, source, position, site) : element));
  }
  const length = lengthOf(ev, source, site);
  return position < length ? shown(position, () => get(ev, source, position, site)) : END;
}

function lengthOf(ev: Evaluator, source: Value, site: Site): number {
  if (source instanceof JsBuffer && typeof source.length !== 'number') {
    return ev.refuse(
      'GL111',
      'An array of unknown length is iterated here: index it instead.',
      site.location,
    );
  }
  const length = toNumber(ev, get(ev, source, 'length', site), site);
  if (length instanceof Poison)
    return ev.refuse(length.problem.id, length.problem.message, length.problem.location);
  return length instanceof Leaf ? (ev.domain.known(length, site) as number) : Math.trunc(length) || 0;
}

/** Live over the collection; begun anew where an undone write has replaced it or set the position back. */
function hostNext(
  iterator: JsIterator,
  source: JsMap | JsSet,
  position: number,
): readonly [Value, Value] | undefined {
  const of = source instanceof JsMap ? source.entries : source.items;
  if (iterator.host === undefined || iterator.host.of !== of || iterator.host.count !== position) {
    iterator.host = { iterator: of.entries() as Iterator<never>, of, count: 0 };
    while (iterator.host.count < position) {
      iterator.host.iterator.next();
      iterator.host.count++;
    }
  }
  const { value, done } = iterator.host.iterator.next();
  if (done === true) return undefined;
  iterator.host.count++;
  return value as unknown as readonly [Value, Value];
}
