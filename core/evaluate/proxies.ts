/** Proxy objects (ECMA-262 §10.5): each operation asks its trap, and goes to the target where there is none. */
import type { Evaluator } from './evaluator.ts';
import { JsArray, JsFunction, JsObject, type Key, type Slot, UNKNOWN } from './objects.ts';
import { condition } from './operators.ts';
import { deleteProperty, get, getFrom, getOwn, hasOwn, hasProperty, ownKeys, putFor } from './properties.ts';
import { Poison, type Site, type Value } from './values.ts';

let made = 0;
/** How many there have been: as long as there are none, no prototype has to be asked. */
export function proxies(): number {
  return made;
}

export class JsProxy extends JsObject {
  readonly target: JsObject;
  readonly handler: JsObject;
  private readonly ev: Evaluator;
  private readonly site: () => Site;

  constructor(ev: Evaluator, target: JsObject, handler: JsObject, site: () => Site) {
    // It has no properties and no prototype of its own, and takes none: nothing of it can be remembered.
    super(null, ev.store.epoch, target.tag);
    this.extensible = false;
    made++;
    this.ev = ev;
    this.target = target;
    this.handler = handler;
    this.site = site;
  }

  /** The handler's method, or undefined. */
  private trap(name: string): JsFunction | undefined {
    const method = get(this.ev, this.handler, name, this.site());
    if (method === undefined || method === null) return undefined;
    if (method instanceof JsFunction) return method;
    if (method instanceof Poison)
      return this.ev.refuse(method.problem.id, method.problem.message, method.problem.location);
    return this.ev.throwError('TypeError', `The proxy's '${name}' is not a function`, this.site());
  }

  private ask(trap: JsFunction, args: Value[]): Value {
    return this.ev.call(trap, this.handler, [this.target, ...args], this.site());
  }

  private truly(value: Value): boolean {
    const known = condition(this.ev, value, this.site());
    return typeof known === 'boolean' ? known : (this.ev.domain.known(known, this.site()) as boolean);
  }

  read(key: Key, receiver: Value): Value {
    const trap = this.trap('get');
    return trap === undefined
      ? getFrom(this.ev, this.target, key, receiver, this.site())
      : this.ask(trap, [key, receiver]);
  }

  write(key: Key, value: Value, strict: boolean, receiver: Value = this): void {
    const trap = this.trap('set');
    if (trap === undefined) putFor(this.ev, this.target, key, value, receiver, this.site(), strict);
    else if (!this.truly(this.ask(trap, [key, value, receiver])) && strict)
      this.ev.throwError(
        'TypeError',
        `'set' on proxy: trap returned falsish for '${String(key)}'`,
        this.site(),
      );
  }

  has(key: Key): boolean {
    const trap = this.trap('has');
    return trap === undefined ? hasProperty(this.ev, this.target, key) : this.truly(this.ask(trap, [key]));
  }

  delete(key: Key, strict: boolean): boolean {
    const trap = this.trap('deleteProperty');
    if (trap === undefined) return deleteProperty(this.ev, this.target, key, this.site(), strict);
    const done = this.truly(this.ask(trap, [key]));
    if (!done && strict)
      this.ev.throwError('TypeError', `'deleteProperty' on proxy: trap returned falsish`, this.site());
    return done;
  }

  /** What lists or describes own properties: only where the handler leaves that to the target. */
  own(key: Key): Value | Slot {
    this.without('getOwnPropertyDescriptor');
    return getOwn(this.target, key);
  }
  hasOwn(key: Key): boolean {
    this.without('getOwnPropertyDescriptor');
    return hasOwn(this.target, key);
  }
  keys(enumerableOnly: boolean): string[] {
    this.without('ownKeys');
    this.without('getOwnPropertyDescriptor');
    return ownKeys(this.target, enumerableOnly);
  }
  get prototype(): JsObject | null {
    this.without('getPrototypeOf');
    return protoOf(this.target);
  }

  /** The object that an operation reaches at last, where no handler on the way has a trap of that name. */
  beneath(name: string): JsObject {
    this.without(name);
    this.without('getOwnPropertyDescriptor');
    return this.target instanceof JsProxy ? this.target.beneath(name) : this.target;
  }

  private without(name: string): void {
    if (this.trap(name) !== undefined)
      this.ev.refuse('GL111', `A proxy with a trap '${name}' is not supported.`, this.site().location);
  }
}

/** IsArray: `arguments` is none. */
export function isArray(value: Value): boolean {
  if (value instanceof JsProxy) return isArray(value.target);
  if (value instanceof JsArray) return value.tag !== 'Arguments';
  // One of which nothing else is known any longer.
  return value instanceof JsObject && value.tag === 'Array' && value.properties.has(UNKNOWN);
}

/** What an operation reaches that no trap of a proxy takes. */
export function beneath(object: JsObject, operation: string): JsObject {
  return object instanceof JsProxy ? object.beneath(operation) : object;
}

/** [[GetPrototypeOf]]. */
export function protoOf(object: JsObject): JsObject | null {
  return object instanceof JsProxy ? object.prototype : object.proto;
}
