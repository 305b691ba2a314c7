/**
 * What of the arguments may be there or not: numbers that the function asks for, which stay open; and what else it
 * asks of their keys, which generated code has to hold its callers to.
 */
import type { JsObject } from '../evaluate/objects.ts';
import { hasOwn } from '../evaluate/properties.ts';
import { type Key, Properties } from '../evaluate/shapes.ts';
import type { Leaf } from '../evaluate/values.ts';
import type { Assumption } from './assumptions.ts';
import type { Element } from './nested.ts';

type Path = readonly (string | number)[];

/** Signal of the stage's own: whether this number is there is asked for. */
export class AsksFor {
  readonly key: string;
  constructor(key: string) {
    this.key = key;
  }
}

/** Signal of the stage's own: what is open has to be as it is at the sample. */
export class Closes {}

/** What outlives a restart. */
export interface Opened {
  /** The paths of numbers that are open. */
  readonly asked: Set<string>;
  /** Nothing is: all is as at the sample. */
  closed: boolean;
}

interface Record {
  readonly path: Path;
  readonly name: string;
  /** The keys that were asked for and are not there. */
  readonly missed: Set<string>;
  /** Those that were asked for, and are there. */
  readonly met: Set<string>;
  object: JsObject;
  /** In which order it has its keys matters, or only which. */
  listed?: 'order' | 'keys';
  keys: readonly string[];
}

/** Properties that tell what is looked for in vain. */
class Watched extends Properties {
  private readonly missed: Set<string>;
  private readonly met: Set<string>;
  constructor(of: Properties, { missed, met }: Record) {
    super(of);
    this.missed = missed;
    this.met = met;
  }
  override get(key: Key): ReturnType<Properties['get']> {
    const found = super.get(key);
    if (found === undefined && typeof key === 'string' && !super.has(key)) this.missed.add(key);
    return found;
  }
  override has(key: Key): boolean {
    const has = super.has(key);
    if (typeof key === 'string') (has ? this.met : this.missed).add(key);
    return has;
  }
}

export class Openings {
  private readonly opened: Opened;
  private readonly open = new Set<string>();
  private readonly askable = new Map<
    number,
    { readonly path: Path; readonly name: string; declared: boolean }
  >();
  private readonly records: Record[] = [];
  private readonly byObject = new WeakMap<JsObject, Record>();
  private readonly elements = new WeakMap<Element, Record>();
  private readonly given: { readonly path: Path; readonly name: string }[] = [];

  constructor(opened: Opened) {
    this.opened = opened;
  }

  /** A number that has to be open. */
  ask(path: Path): void {
    this.opened.asked.add(JSON.stringify(path));
  }

  /** Whether a number at this path is open; else it may be asked for. */
  opens(path: Path): boolean {
    const key = JSON.stringify(path);
    if (this.opened.closed || !this.opened.asked.has(key)) return false;
    this.open.add(key);
    return true;
  }

  /** A number that may not be there, where `declared` by its type. */
  mayLack(leaf: Leaf, path: Path, name: string, declared: boolean): void {
    this.askable.set(leaf.id, { path, name, declared });
  }

  /** What is there at the sample, and need not be. */
  isGiven(path: Path, name: string): void {
    this.given.push({ path, name });
  }

  /** Somebody asks whether the number is there. */
  asks(leaf: Leaf): void {
    const found = this.askable.get(leaf.id);
    if (found !== undefined && !this.opened.closed) throw new AsksFor(JSON.stringify(found.path));
    if (found !== undefined) found.declared = true;
  }

  /** A record of the arguments. */
  watch(object: JsObject, path: Path, name: string): void {
    const record: Record = {
      path,
      name,
      missed: new Set(),
      met: new Set(),
      object,
      keys: [...stringKeys(object)],
    };
    this.records.push(record);
    this.follow(object, record);
  }

  /** The records in an array of the arguments, which are made when they are read. */
  watchElements(element: Element & { kind: 'record' }, object: JsObject, path: Path, name: string): void {
    const keys = element.fields.map(([key]) => String(key));
    const record: Record = { path, name, missed: new Set(), met: new Set(), object, keys };
    this.records.push(record);
    this.elements.set(element, record);
  }

  view(object: JsObject, element: Element): void {
    const record = this.elements.get(element);
    if (record !== undefined) this.follow(object, record);
  }

  private follow(object: JsObject, record: Record): void {
    this.byObject.set(object, record);
    let held = new Watched(object.properties, record);
    Object.defineProperty(object, 'held', {
      get: () => held,
      set: (properties: Properties) => {
        held = properties instanceof Watched ? properties : new Watched(properties, record);
      },
    });
  }

  /** All keys of an object are gone through. */
  lists(object: JsObject, ordered: boolean): void {
    const record = this.byObject.get(object);
    if (record === undefined) return;
    const at = JSON.stringify(record.path).slice(0, -1);
    if ([...this.open].some((key) => key.startsWith(`${at},`))) throw new Closes();
    record.listed = ordered ? 'order' : (record.listed ?? 'keys');
  }

  /** What callers have to be held to; `all`: nobody saw what keys were asked for. */
  assumptions(all: boolean): Assumption[] {
    const made: Assumption[] = [];
    const asked = [...this.askable.values()].filter(({ declared }) => declared);
    const given = new Map([...this.given, ...asked].map((each) => [JSON.stringify(each.path), each]));
    for (const [key, { path, name }] of given)
      if (!this.open.has(key)) made.push({ kind: 'given', path, name });
    for (const record of this.records) {
      const { path, name, keys, listed = all ? 'keys' : undefined } = record;
      if (listed !== undefined) made.push({ kind: 'keys', path, name, keys, ordered: listed === 'order' });
      for (const key of record.met)
        if (keys.includes(key) && !this.open.has(JSON.stringify([...path, key])))
          made.push({ kind: 'given', path: [...path, key], name: `${name}.${key}` });
      for (const key of record.missed)
        if (!inherits(record.object, key) && !keys.includes(key))
          made.push({ kind: 'lacks', path: [...path, key], name: `${name}.${key}` });
    }
    return made;
  }
}

function* stringKeys(object: JsObject): Generator<string> {
  for (const key of object.properties.keys()) if (typeof key === 'string') yield key;
}

function inherits({ proto }: JsObject, key: string): boolean {
  for (let o = proto; o !== null; o = o.proto) if (hasOwn(o, key)) return true;
  return false;
}
