/**
 * Inline caches: what a place in the program that reads or writes a property by name found the last time. It holds
 * as long as the objects have the same shapes. Everything else goes the long way, by `get` and `put`.
 */
import type { Evaluator } from '../evaluator.ts';
import { JsFunction, JsObject, type JsRecord, outsideObjects, RECORDED, Slot, UNKNOWN } from '../objects.ts';
import { get, put } from '../properties.ts';
import { JsProxy, proxies } from '../proxies.ts';
import { isSlotted, Shape, slottedKeys } from '../shapes.ts';
import type { Site, Value } from '../values.ts';

/** Keys that mean the same for every kind of object: no elements, and no `length`. */
function isPlain(key: string | symbol): boolean {
  if (typeof key === 'symbol') return true;
  return /^[A-Za-z_$#%]/.test(key) && key !== 'length' && key !== 'Infinity' && key !== 'NaN';
}

/** Whether nothing of which an assignment would have to ask is among an object's prototypes. */
function isOrdinary(object: JsObject): boolean {
  const some = proxies() > 0;
  for (let o = object.proto; o !== null; o = o.proto) {
    if (o.outside !== undefined && o.properties.has(UNKNOWN)) return false;
    if (some && o instanceof JsProxy) return false;
  }
  return true;
}

/** Up to three prototypes of which `isOrdinary` was found: sound while no proxy and nothing outside has been added. */
class OrdinaryChain {
  private counted = -1;
  private first: JsObject | null = null;
  private second: JsObject | null = null;
  private third: JsObject | null = null;

  /** `isOrdinary`, which is asked only where the prototypes are others than the last time. */
  holds(object: JsObject): boolean {
    const { proto } = object;
    if (proto !== null && proto === this.first && this.counted === outsideObjects() + proxies()) {
      const above = proto.proto;
      if (above === this.second) {
        if (above === null) return true;
        const top = above.proto;
        if (top === this.third && (top === null || top.proto === null)) return true;
      }
    }
    if (!isOrdinary(object)) return false;
    this.learn(proto);
    return true;
  }

  private learn(first: JsObject | null): void {
    const second = first?.proto ?? null;
    const third = second?.proto ?? null;
    const lies = [first, second, third].some((o) => o !== null && o.outside !== undefined);
    // What lies outside may become unknown at any time.
    this.counted = lies || (third !== null && third.proto !== null) ? -1 : outsideObjects() + proxies();
    this.first = first;
    this.second = second;
    this.third = third;
  }
}

export class ReadCache {
  private readonly ev: Evaluator;
  private readonly key: string | symbol;
  private readonly site: Site;
  private readonly plain: boolean;
  private shape: Shape | undefined = undefined;
  private at = 0;
  /** The prototype that has it, where the object has not. */
  private holder: JsObject | undefined = undefined;
  private holderShape: Shape | undefined = undefined;
  /** The prototype between the two, where there is one. */
  private middle: JsObject | undefined = undefined;
  private middleShape: Shape | undefined = undefined;

  constructor(ev: Evaluator, key: string | symbol, site: Site) {
    this.ev = ev;
    this.key = key;
    this.site = site;
    this.plain = isPlain(key);
  }

  get(object: Value): Value {
    if (object instanceof JsObject) {
      if (object.held instanceof Shape) return this.ofRecord(object as JsRecord, object.held);
      const properties = object.readable;
      if (properties.shape === this.shape && properties.shape !== undefined) {
        const { holder } = this;
        if (holder === undefined) {
          const value = properties.slots[this.at];
          return properties.special && value instanceof Slot ? this.slot(value, object) : (value as Value);
        }
        if (this.inherits(object.proto, holder) && object.outside === undefined) {
          const value = holder.properties.slots[this.at];
          return value instanceof Slot ? this.slot(value, object) : value;
        }
      }
      this.learn(object);
    }
    return get(this.ev, object, this.key, this.site);
  }

  private ofRecord(object: JsRecord, shape: Shape): Value {
    if (shape !== this.shape) this.learn(object);
    if (shape === this.shape) {
      const { holder } = this;
      if (holder === undefined) return object.at(this.at);
      if (this.inherits(object.proto, holder) && object.outside === undefined) {
        const value = holder.properties.slots[this.at];
        return value instanceof Slot ? this.slot(value, object) : value;
      }
    }
    return get(this.ev, object, this.key, this.site);
  }

  private slot(slot: Slot, object: JsObject): Value {
    if (!slot.accessor) return slot.value;
    return slot.get instanceof JsFunction ? this.ev.call(slot.get, object, [], this.site) : undefined;
  }

  /** Whether the chain of prototypes is still the one to the holder. */
  private inherits(proto: JsObject | null, holder: JsObject): boolean {
    if (holder.properties.shape !== this.holderShape) return false;
    if (this.middle === undefined) return proto === holder;
    return (
      proto === this.middle &&
      this.middle.properties.shape === this.middleShape &&
      this.middle.proto === holder
    );
  }

  private learn(object: JsObject): void {
    const { held } = object;
    const shape = held instanceof Shape ? held : object.readable.shape;
    if (shape === undefined || !this.plain) return;
    const own = shape.find(this.key);
    if (own >= 0) {
      this.shape = shape;
      this.at = own;
      this.holder = undefined;
      return;
    }
    let holder = object.proto;
    let middle: JsObject | undefined;
    for (let depth = 0; depth < 2 && holder !== null; depth++) {
      const found = holder.properties.shape;
      if (found === undefined || object.outside !== undefined || holder.outside !== undefined) return;
      const at = found.find(this.key);
      if (at >= 0) {
        this.shape = shape;
        this.at = at;
        this.holder = holder;
        this.holderShape = found;
        this.middle = middle;
        this.middleShape = middle?.properties.shape;
        return;
      }
      middle = holder;
      holder = holder.proto;
    }
  }
}

export class WriteCache {
  private readonly ev: Evaluator;
  private readonly key: string | symbol;
  private readonly site: Site;
  private readonly strict: boolean;
  private readonly plain: boolean;
  private shape: Shape | undefined = undefined;
  private at = 0;
  /** Where the key is added: the shape after, sound while no further key has become special anywhere. */
  private next: Shape | undefined = undefined;
  private slotted = -1;
  private readonly chain = new OrdinaryChain();

  constructor(ev: Evaluator, key: string | symbol, site: Site, strict: boolean) {
    this.ev = ev;
    this.key = key;
    this.site = site;
    this.strict = strict;
    this.plain = isPlain(key);
  }

  put(object: Value, value: Value): void {
    const { ev } = this;
    if (object instanceof JsObject) {
      const { held } = object;
      if (held instanceof Shape && this.intoRecord(object as JsRecord, held, value)) return;
      const { properties } = object;
      const { shape } = properties;
      if (shape === this.shape && shape !== undefined) {
        const { next } = this;
        if (next === undefined) {
          if (!(properties.special && properties.slots[this.at] instanceof Slot)) {
            if (object.epoch < ev.store.epoch) ev.store.own(object);
            object.properties.slots[this.at] = value;
            return;
          }
        } else if (this.slotted === slottedKeys() && object.extensible && this.chain.holds(object)) {
          if (object.epoch < ev.store.epoch) ev.store.own(object);
          object.properties.append(next, value);
          return;
        }
      }
      put(ev, object, this.key, value, this.site, this.strict);
      this.learn(object, shape);
      return;
    }
    put(ev, object, this.key, value, this.site, this.strict);
  }

  /** False where the place has not learned yet what to do, or more is to be done. */
  private intoRecord(object: JsRecord, shape: Shape, value: Value): boolean {
    if (shape !== this.shape || object.epoch < this.ev.store.epoch) return false;
    const { next } = this;
    if (next === undefined) object.putAt(this.at, value);
    else {
      if (shape.size >= RECORDED || this.slotted !== slottedKeys()) return false;
      if (!object.extensible || !this.chain.holds(object)) return false;
      object.held = next;
      object.putAt(shape.size, value);
    }
    return true;
  }

  private learn(object: JsObject, before: Shape | undefined): void {
    const { shape } = object.properties;
    if (shape === undefined || before === undefined || !this.plain) return;
    if (shape === before) {
      const at = shape.find(this.key);
      if (at < 0) return;
      this.shape = shape;
      this.at = at;
      this.next = undefined;
      return;
    }
    if (typeof this.key === 'symbol' || isSlotted(this.key) || shape.size !== before.size + 1) return;
    if (before.find(this.key) >= 0 || shape.key(before.size) !== this.key) return;
    this.shape = before;
    this.next = shape;
    this.slotted = slottedKeys();
  }
}
