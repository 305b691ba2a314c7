/**
 * Memory that several views see (ECMA-262 §25.1): typed arrays over one ArrayBuffer, DataViews. As long as all views
 * are of one kind, one typed array holds the elements and the others look into it. With the second kind, memory becomes
 * cells of bytes; a number that depends on an input occupies its bytes as a whole (`Part`), and bits.ts says what its
 * words are.
 */
import { floatOfWords, wordOf } from './bits.ts';
import type { Evaluator } from './evaluator.ts';
import { JsObject, JsTypedArray, privateKey, Slot, type TypedKind } from './objects.ts';
import { TYPED_STORE } from './typed.ts';
import { type Leaf, Poison, type Site, type Value } from './values.ts';

export const BYTES: { readonly [K in TypedKind]: number } = {
  Float64Array: 8,
  Float32Array: 4,
  Int8Array: 1,
  Uint8Array: 1,
  Uint8ClampedArray: 1,
  Int16Array: 2,
  Uint16Array: 2,
  Int32Array: 4,
  Uint32Array: 4,
};

/** Where a typed array keeps the buffer that was asked of it, and a buffer the typed array that holds its content. */
const BUFFER = privateKey('buffer');
const HOLDER = privateKey('holder');

export class JsArrayBuffer extends JsObject {
  readonly byteLength: number;
  constructor(proto: JsObject | null, epoch: number, byteLength: number) {
    super(proto, epoch, 'ArrayBuffer');
    this.byteLength = byteLength;
  }
}

/** Bytes as cells: numbers from 0 to 255, and Parts. */
class Cells extends JsTypedArray {}

/** One byte of what is no known number; `at` counts from the least significant. */
class Part {
  readonly item: Leaf | Poison;
  readonly kind: TypedKind;
  readonly at: number;
  constructor(item: Leaf | Poison, kind: TypedKind, at: number) {
    this.item = item;
    this.kind = kind;
    this.at = at;
  }
}

/** A typed array that looks into the memory of a buffer. */
export class JsView extends JsTypedArray {
  declare readonly memory: JsArrayBuffer;
  declare readonly byteOffset: number;
  declare readonly count: number;

  /** What it shows now. Writing to this list changes nothing: `storeElement` does. */
  static list(view: JsView): Value[] {
    const { typed, byteOffset, count } = view;
    const holder = holderOf(view.memory);
    if (holder === undefined) return new Array<Value>(count).fill(0);
    const size = BYTES[typed];
    if (!(holder instanceof Cells))
      return holder.elements.slice(byteOffset / size, byteOffset / size + count);
    return Array.from(
      { length: count },
      (_, i) => plain(holder.elements, typed, byteOffset + i * size, true) ?? MIXED,
    );
  }
}
// An accessor, and not a field, so that a typed array can become a view.
Object.defineProperty(JsView.prototype, 'elements', {
  get(this: JsView) {
    return JsView.list(this);
  },
});

const MIXED = new Poison({
  id: 'GL111',
  severity: 'error',
  message: 'The bits of a number that depends on an input are read through a view of another type here.',
});

export class JsDataView extends JsObject {
  readonly memory: JsArrayBuffer;
  readonly byteOffset: number;
  readonly byteLength: number;
  constructor(
    proto: JsObject | null,
    epoch: number,
    memory: JsArrayBuffer,
    byteOffset: number,
    byteLength: number,
  ) {
    super(proto, epoch, 'DataView');
    this.memory = memory;
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
  }
}

function slotValue(object: JsObject, key: symbol): Value {
  const slot = object.properties.get(key);
  return slot instanceof Slot ? slot.value : undefined;
}

function holderOf(memory: JsArrayBuffer): JsTypedArray | undefined {
  return slotValue(memory, HOLDER) as JsTypedArray | undefined;
}

/** Whether there may be other views of what it holds. */
export function isShared(array: JsObject): boolean {
  return array.properties.has(BUFFER);
}

/** `.buffer`: of an array that has none yet, one whose content it holds. */
export function bufferOf(ev: Evaluator, array: JsTypedArray, site: Site): JsArrayBuffer {
  if (array instanceof JsView) return array.memory;
  const known = slotValue(array, BUFFER);
  if (known instanceof JsArrayBuffer) return known;
  refuseWhereUnshared(ev, site);
  const size = array.elements.length * BYTES[array.typed];
  const buffer = new JsArrayBuffer(ev.realm.arrayBufferPrototype, ev.store.epoch, size);
  ev.own(array);
  array.properties.set(BUFFER, new Slot({ value: buffer }));
  buffer.properties.set(HOLDER, new Slot({ value: array }));
  return buffer;
}

function refuseWhereUnshared(ev: Evaluator, site: Site): void {
  if (ev.domain.sharesMemory) return;
  ev.refuse('GL111', 'Views that share memory are not supported here: use slice().', site.location);
}

/** A typed array over a part of a buffer. */
export function viewOf(
  ev: Evaluator,
  typed: TypedKind,
  memory: JsArrayBuffer,
  byteOffset: number,
  count: number,
  site: Site,
): JsTypedArray {
  refuseWhereUnshared(ev, site);
  const size = BYTES[typed];
  const proto = ev.realm.typedPrototypes.get(typed)!;
  const holder = holderOf(memory);
  if (holder === undefined && memory.byteLength % size === 0) {
    const whole = new JsTypedArray(
      proto,
      ev.store.epoch,
      typed,
      new Array<Value>(memory.byteLength / size).fill(0),
    );
    whole.properties.set(BUFFER, new Slot({ value: memory }));
    ev.own(memory);
    memory.properties.set(HOLDER, new Slot({ value: whole }));
    if (count === whole.elements.length) return whole;
  } else if (holder === undefined || (holder.typed !== typed && !(holder instanceof Cells))) {
    intoCells(ev, memory, holder, site);
  }
  return asView(new JsTypedArray(proto, ev.store.epoch, typed, []), memory, byteOffset, count);
}

function asView(array: JsTypedArray, memory: JsArrayBuffer, byteOffset: number, count: number): JsView {
  Object.setPrototypeOf(array, JsView.prototype);
  delete (array as { elements?: unknown }).elements;
  array.properties.set(BUFFER, new Slot({ value: memory }));
  return Object.assign(array as unknown as JsView, { memory, byteOffset, count });
}

/** From now on the memory is bytes, and what held it is a view like the others. */
function intoCells(
  ev: Evaluator,
  memory: JsArrayBuffer,
  holder: JsTypedArray | undefined,
  site: Site,
): Cells {
  ev.charge(memory.byteLength, site);
  const cells = new Cells(null, ev.store.epoch, 'Uint8Array', new Array<Value>(memory.byteLength).fill(0));
  if (holder !== undefined) {
    const size = BYTES[holder.typed];
    holder.elements.forEach((value, i) => put(cells.elements, holder.typed, i * size, value, true));
    ev.own(holder);
    asView(holder, memory, 0, holder.elements.length);
  }
  ev.own(memory);
  memory.properties.set(HOLDER, new Slot({ value: cells }));
  return cells;
}

function cellsOf(ev: Evaluator, memory: JsArrayBuffer, site: Site): Cells {
  refuseWhereUnshared(ev, site);
  const holder = holderOf(memory);
  return holder instanceof Cells ? holder : intoCells(ev, memory, holder, site);
}

/** An element of a typed array that may be a view. */
export function loadElement(ev: Evaluator, array: JsTypedArray, index: number, site: Site): Value {
  if (!(array instanceof JsView)) return array.elements[index];
  refuseWhereUnshared(ev, site);
  if (index >= array.count) return undefined;
  const size = BYTES[array.typed];
  const holder = holderOf(array.memory);
  if (holder instanceof Cells)
    return loadBytes(ev, holder, array.typed, array.byteOffset + index * size, true, site);
  return holder === undefined ? 0 : holder.elements[array.byteOffset / size + index];
}

/** Stores what TYPED_STORE made of a value. */
export function storeElement(
  ev: Evaluator,
  array: JsTypedArray,
  index: number,
  stored: Value,
  site: Site,
): void {
  if (!(array instanceof JsView)) {
    ev.own(array);
    array.elements[index] = stored;
    return;
  }
  refuseWhereUnshared(ev, site);
  const size = BYTES[array.typed];
  const holder = holderOf(array.memory)!;
  ev.own(holder);
  if (holder instanceof Cells)
    put(holder.elements, array.typed, array.byteOffset + index * size, stored, true);
  else holder.elements[array.byteOffset / size + index] = stored;
}

/** Nothing is known any longer of what all views of this memory show. */
export function spoilMemory(ev: Evaluator, object: JsObject, because: Poison): void {
  const found = object instanceof JsDataView ? object.memory : slotValue(object, BUFFER);
  const memory = object instanceof JsArrayBuffer ? object : (found as JsArrayBuffer);
  const unknown = new Part(because, 'Uint8Array', 0) as unknown as Value;
  const holder = holderOf(memory);
  if (holder === undefined) {
    const bytes = new Array<Value>(memory.byteLength).fill(unknown);
    ev.own(memory);
    const cells = new Cells(null, ev.store.epoch, 'Uint8Array', bytes);
    memory.properties.set(HOLDER, new Slot({ value: cells }));
    return;
  }
  ev.own(holder);
  holder.elements.fill(holder instanceof Cells ? unknown : because);
}

export function lengthOf(array: JsTypedArray): number {
  return array instanceof JsView ? array.count : array.elements.length;
}

export function getBytes(
  ev: Evaluator,
  memory: JsArrayBuffer,
  kind: TypedKind,
  offset: number,
  little: boolean,
  site: Site,
): Value {
  return loadBytes(ev, cellsOf(ev, memory, site), kind, offset, little, site);
}

export function setBytes(
  ev: Evaluator,
  memory: JsArrayBuffer,
  kind: TypedKind,
  offset: number,
  value: Value,
  little: boolean,
  site: Site,
): void {
  const stored = TYPED_STORE[kind](ev, value, site);
  const cells = cellsOf(ev, memory, site);
  ev.own(cells);
  put(cells.elements, kind, offset, stored, little);
}

/** ArrayBuffer.prototype.slice. */
export function copyBuffer(
  ev: Evaluator,
  memory: JsArrayBuffer,
  from: number,
  to: number,
  site: Site,
): JsArrayBuffer {
  const copy = new JsArrayBuffer(ev.realm.arrayBufferPrototype, ev.store.epoch, Math.max(0, to - from));
  if (holderOf(memory) === undefined) return copy;
  ev.charge(copy.byteLength, site);
  const bytes = new Cells(
    null,
    ev.store.epoch,
    'Uint8Array',
    cellsOf(ev, memory, site).elements.slice(from, to),
  );
  copy.properties.set(HOLDER, new Slot({ value: bytes }));
  return copy;
}

const scratch = new DataView(new ArrayBuffer(8));
type Getter = 'getFloat64' | 'getFloat32' | 'getInt8' | 'getUint8' | 'getInt16' | 'getUint16' | 'getInt32';

function accessor(kind: TypedKind): string {
  return kind === 'Uint8ClampedArray' ? 'Uint8' : kind.slice(0, -'Array'.length);
}

/** A value into its bytes, the least significant first where `little`. */
function put(cells: Value[], kind: TypedKind, offset: number, value: Value, little: boolean): void {
  const size = BYTES[kind];
  const known = typeof value === 'number';
  if (known) scratch[`set${accessor(kind)}` as 'setFloat64'](0, value, true);
  for (let at = 0; at < size; at++) {
    const place = offset + (little ? at : size - 1 - at);
    cells[place] = known
      ? scratch.getUint8(at)
      : (new Part(value as Leaf | Poison, kind, at) as unknown as Value);
  }
}

/** The value where its bytes are known, or those of one value of this kind. */
function plain(cells: readonly Value[], kind: TypedKind, offset: number, little: boolean): Value {
  const size = BYTES[kind];
  const first = cells[offset + (little ? 0 : size - 1)] as unknown;
  const item = first instanceof Part ? first.item : undefined;
  for (let at = 0; at < size; at++) {
    const cell = cells[offset + (little ? at : size - 1 - at)] as unknown;
    if (typeof cell === 'number') {
      if (item !== undefined) return undefined;
      scratch.setUint8(at, cell);
    } else {
      const part = cell as Part;
      if (part.item !== item || part.kind !== kind || part.at !== at) return undefined;
    }
  }
  return item ?? scratch[`get${accessor(kind)}` as Getter](0, true);
}

function loadBytes(
  ev: Evaluator,
  holder: Cells,
  kind: TypedKind,
  offset: number,
  little: boolean,
  site: Site,
): Value {
  const cells = holder.elements;
  const known = plain(cells, kind, offset, little);
  if (known !== undefined) return known;
  const size = BYTES[kind];
  const bytes = Array.from(
    { length: size },
    (_, at) => cells[offset + (little ? at : size - 1 - at)] as unknown as number | Part,
  );
  const poison = bytes.find((b): b is Part => b instanceof Part && b.item instanceof Poison);
  if (poison !== undefined) return poison.item;
  const first = bytes[0]!;
  if (size === 4 && first instanceof Part && sameItem(bytes, first)) {
    return wordOf(ev, first.item as Leaf, first.kind, first.at, kind, site);
  }
  if (kind === 'Float64Array') {
    const low = word(bytes.slice(0, 4));
    const high = word(bytes.slice(4));
    if (low !== undefined && high !== undefined) return floatOfWords(ev, high, low, site);
  }
  return ev.poison(MIXED.problem.id, MIXED.problem.message, site.location);
}

/** Four bytes that are one after the other in one item. */
function sameItem(bytes: readonly (number | Part)[], first: Part): boolean {
  return bytes.every(
    (b, i) => b instanceof Part && b.item === first.item && b.kind === first.kind && b.at === first.at + i,
  );
}

/** What four bytes of a float are: a known word, a word that was stored, or the word of a float. */
export type Word = number | { readonly item: Leaf; readonly kind: TypedKind; readonly at: number };

function word(bytes: readonly (number | Part)[]): Word | undefined {
  const first = bytes[0]!;
  if (first instanceof Part) {
    return sameItem(bytes, first) ? { item: first.item as Leaf, kind: first.kind, at: first.at } : undefined;
  }
  if (!bytes.every((b) => typeof b === 'number')) return undefined;
  bytes.forEach((b, i) => scratch.setUint8(i, b as number));
  return scratch.getUint32(0, true);
}
