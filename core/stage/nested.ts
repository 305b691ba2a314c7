/**
 * Nested arrays and arrays of records whose lengths are unknown: their numbers stand in one buffer for each field, row
 * by row. What the program sees of them are views: an inner array or a record is an element and its position, so that
 * several names for one object are one position, and a view is carried by loops and joined by branches as that number.
 */
import { JsBuffer, JsObject, type Key, NativeFunction, Slot } from '../evaluate/objects.ts';
import { binary } from '../evaluate/operators.ts';
import { Leaf, type Site, type Value } from '../evaluate/values.ts';
import { counted } from './copies.ts';
import { fits, takeIn } from './regular.ts';
import type { Stage } from './stage.ts';

/** What stands at each place of an array; what is told besides of numbers, and of arrays with their lengths. */
export type Regular<Numbers, Arrays> =
  | ({ readonly kind: 'number' } & Numbers)
  | ({
      readonly kind: 'array';
      readonly element: Regular<Numbers, Arrays>;
      readonly proto: JsObject;
      readonly typed: string | undefined;
    } & Arrays)
  | {
      readonly kind: 'record';
      readonly proto: JsObject | null;
      readonly fields: readonly (readonly [Key, Regular<Numbers, Arrays>])[];
    }
  /** The same everywhere. */
  | { readonly kind: 'constant'; readonly value: Value };

/** With the buffers that hold the numbers. */
export type Element = Regular<{ readonly storage: JsBuffer }, { readonly length: number | Leaf }>;

/** Which element of its kind, counted through all the arrays of its level. */
export interface View {
  readonly element: Element;
  readonly at: number | Leaf;
}

/** An array of arrays or records, or a row of numbers within a buffer. */
export class JsNested extends JsBuffer {
  readonly element: Element;
  /** The position of its first element; absent for all there are, where an index outside is outside of the buffers too. */
  readonly offset: number | Leaf;
  readonly whole: boolean;
  /** Where its elements are exchanged: which of its kind each one is. */
  order: JsBuffer | undefined = undefined;
  constructor(
    proto: JsObject,
    epoch: number,
    element: Element,
    length: number | Leaf,
    offset?: number | Leaf,
    typed?: string,
  ) {
    super(proto, epoch, -1, length, typed);
    this.element = element;
    this.offset = offset ?? 0;
    this.whole = offset === undefined;
  }
}

/** Signal of the stage's own: elements of this array are exchanged in the region that is being run. */
export class NeedsOrder {
  readonly array: JsNested;
  constructor(array: JsNested) {
    this.array = array;
  }
}

export class Views {
  private readonly stage: Stage;
  private readonly known = new WeakMap<JsObject, View>();
  private readonly made = new WeakSet<JsNested>();

  constructor(stage: Stage) {
    this.stage = stage;
  }

  of(object: JsObject): View | undefined {
    return this.known.get(object);
  }

  /** The element at a position: a number, or a view of the array or record there. */
  at(element: Element, at: number | Leaf, site: Site): Value {
    const { stage } = this;
    if (element.kind === 'number') return stage.load(element.storage, at, site);
    if (element.kind === 'constant') return element.value;
    const made =
      element.kind === 'array'
        ? new JsNested(
            element.proto,
            stage.ev.store.epoch,
            element.element,
            element.length,
            at === 0 ? 0 : this.plain(binary(stage.ev, '*', at, element.length, site)),
            element.typed,
          )
        : this.record(element, at, site);
    this.known.set(made, { element, at });
    return made;
  }

  private record(element: Element & { kind: 'record' }, at: number | Leaf, site: Site): JsObject {
    const { ev } = this.stage;
    const made = ev.object(element.proto);
    this.fields(made, element, at, site);
    made.extensible = false;
    this.stage.openings?.view(made, element);
    return made;
  }

  private fields(made: JsObject, element: Element & { kind: 'record' }, at: number | Leaf, site: Site): void {
    const { ev } = this.stage;
    for (const [key, field] of element.fields) {
      const accessor = (label: string, call: (args: readonly Value[]) => Value) =>
        new NativeFunction(ev.realm.functionPrototype, ev.store.epoch, label, (_self, args) => call(args));
      const slot = new Slot({
        enumerable: true,
        get: accessor(String(key), () => this.at(field, at, site)),
        set: accessor(String(key), ([value]) => {
          this.put(field, at, value, site);
          return undefined;
        }),
      });
      made.properties.set(key, slot);
    }
  }

  /** Makes an object, whose contents stand at the position, the view of it. */
  become(object: JsObject, element: Element, at: number | Leaf, site: Site): void {
    this.stage.ev.own(object);
    if (element.kind === 'record') this.fields(object, element, at, site);
    else {
      const { proto } = object;
      const view = this.at(element, at, site) as JsNested;
      Object.setPrototypeOf(object, JsNested.prototype);
      Object.assign(object, view, { proto, epoch: object.epoch, properties: object.properties });
    }
    this.known.set(object, { element, at });
  }

  /** The position of an element of an array within all of its kind. */
  within(array: JsNested, index: number, site: Site): number | Leaf {
    return this.position(array, index, site);
  }

  private put(element: Element, at: number | Leaf, value: Value, site: Site): void {
    const { stage } = this;
    if (element.kind === 'number') stage.store(element.storage, at, value, site);
    else if (fits(stage, value, element) && (!(value instanceof JsObject) || stage.ev.store.isNew(value)))
      takeIn(stage, value, element, at, site);
    else {
      this.stage.ev.refuse(
        'GL111',
        'An array or object within an array of unknown length is replaced here: change its numbers.',
        site.location,
      );
    }
  }

  load(array: JsNested, index: number | Leaf, site: Site): Value {
    return this.at(array.element, this.position(array, index, site), site);
  }

  store(array: JsNested, index: number | Leaf, value: Value, site: Site): void {
    const view = value instanceof JsObject ? this.known.get(value) : undefined;
    if (view !== undefined && view.element === array.element && this.made.has(array)) {
      if (array.order === undefined) throw new NeedsOrder(array);
      this.stage.store(array.order, index, view.at, site);
      return;
    }
    if (array.order !== undefined && array.element.kind !== 'number') {
      this.stage.ev.refuse(
        'GL111',
        'New elements are put into an array whose elements are exchanged: copy their numbers.',
        site.location,
      );
    }
    this.put(array.element, this.position(array, index, site), value, site);
  }

  private position(array: JsNested, index: number | Leaf, site: Site): number | Leaf {
    if (array.order !== undefined) return this.plain(this.stage.load(array.order, index, site));
    if (array.whole) return index;
    this.stage.bounds.insist(index, array.length as number | Leaf, site);
    if (array.offset === 0) return index;
    return this.plain(binary(this.stage.ev, '+', array.offset, index, site));
  }

  /** It is an array of the function's own, in which elements may be exchanged. */
  own(array: JsNested): void {
    this.made.add(array);
  }

  /** From now on it says of each of its elements which it is. */
  arrange(array: JsNested, site: Site): void {
    const { stage } = this;
    const length = array.length as number | Leaf;
    const id = stage.f.alloc(stage.id(length, site), undefined, site.location);
    const order = stage.buffer(id, length, undefined);
    counted(stage, length, site, (i) => stage.store(order, i, i, site));
    array.order = order;
  }

  /** Whether two views are of one object; undefined where they are no views. */
  same(a: JsObject, b: JsObject, site: Site): Value {
    const va = this.known.get(a);
    const vb = this.known.get(b);
    if (va === undefined || vb === undefined) return undefined;
    return va.element === vb.element && binary(this.stage.ev, '===', va.at, vb.at, site);
  }

  private plain(value: Value): number | Leaf {
    if (typeof value === 'number' || value instanceof Leaf) return value;
    throw new Error('a position is a number');
  }
}
