/**
 * The stage: the evaluator's domain in which unknowns stay unknown, and a Program is built that keeps branches, loops
 * and calls. Arms and loop bodies run in epochs of their own; what they wrote is joined (join.ts) or carried (loop.ts).
 */

import type { Completion, Domain, LoopParts, Presence, Split } from '../evaluate/domain.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { Closure } from '../evaluate/functions.ts';
import { isShared } from '../evaluate/memory.ts';
import { JsArray, JsBuffer, JsObject, JsTypedArray, type TypedKind } from '../evaluate/objects.ts';
import { binary, definite, toNumber } from '../evaluate/operators.ts';
import { get, put } from '../evaluate/properties.ts';
import { HOLE, Leaf, Poison, type Site, type Value } from '../evaluate/values.ts';
import type { Operation } from '../operations/names.ts';
import { OPERATIONS } from '../operations/names.ts';
import type { Problem } from '../problem.ts';
import type { FunctionBuilder, Mark, ProgramBuilder } from '../program/builder.ts';
import type { ValueId } from '../program/program.ts';
import { wished } from '../program/wishes.ts';
import { Aliases } from './aliases.ts';
import { Bounds } from './bounds.ts';
import { Branches } from './branches.ts';
import { callFunction, type Finished, type Specialisation } from './calls.ts';
import { concatenated, copyInto, extreme, sliced } from './copies.ts';
import { JsList, Lists } from './lists.ts';
import { runLoop } from './loop.ts';
import { JsNested, NeedsOrder, Views } from './nested.ts';
import type { Openings } from './openings.ts';
import { formOf, NeedsForm, storageFor, takeIn } from './regular.ts';
import { Sampled } from './sampled.ts';
import { Unknown } from './unknown.ts';

/** Elements of longer lists have no names. */
const MOST_NAMED = 16;

/** Signal of the stage's own: this array has to become a buffer before the region that is being run. */
export class NeedsBuffer {
  readonly array: JsArray | JsTypedArray;
  readonly site: Site;
  constructor(array: JsArray | JsTypedArray, site: Site) {
    this.array = array;
    this.site = site;
  }
}

export class Stage implements Domain {
  /** Where a loop is run iteration after iteration; generalised, it carries its variables in one frame. */
  copiesVariables = false;
  readonly runsLoops = false;
  readonly resumes = false;
  readonly sharesMemory = false;
  readonly ev: Evaluator;
  readonly program: ProgramBuilder;
  /** The function of the Program that is being built. */
  f: FunctionBuilder;
  /** Objects made before this epoch are the module's. */
  readonly since: number;
  /** Recursive functions under construction, and those that are complete. */
  readonly specialisations: Specialisation[] = [];
  readonly finished: Finished[] = [];
  /** Functions that become functions of the Program. */
  readonly recursive: ReadonlySet<object>;
  /** The variable that a value was first given to. */
  readonly hearsNames = true;
  readonly names = new WeakMap<Leaf, string>();
  /** What the user calls arrays that are no buffers yet. */
  private readonly arrayNames = new WeakMap<JsObject, string>();
  /** Calls under way, by the function's node. */
  readonly active = new Map<object, number>();
  readonly aliases: Aliases;
  readonly views: Views;
  readonly lists: Lists;
  /** Where it is staged for the shape at the sample. */
  readonly sampled: Sampled | undefined = undefined;
  /** Where a branch stands whose two paths cannot be joined, by what was said of that. */
  readonly branchOf = new WeakMap<Problem, string>();
  readonly bounds: Bounds;
  /** What of the arguments may be there or not; undefined where all is as at the sample. */
  openings: Openings | undefined = undefined;
  private readonly branches: Branches;
  /** What the rest parameter is, by the arguments of the call. */
  private rest: { readonly args: readonly Value[]; readonly value: Value } | undefined;
  /** How many instructions were made that change an array. */
  effects = 0;
  /** Where something was computed last, for what has no place of its own. */
  place: Site | undefined = undefined;
  /** Functions that were called. */
  readonly ran = new Set<Closure>();
  /** How many throws were made. */
  throws = 0;
  /** Elements as they were read, with their places: outside their arrays they are undefined. */
  private readonly loads = new WeakMap<
    Leaf,
    { readonly array: JsBuffer; readonly index: Leaf; readonly mark: Mark }
  >();
  /** The function of the Program that a buffer belongs to. */
  private readonly owners = new WeakMap<JsBuffer, FunctionBuilder>();
  /** How many arrays were made without values, which of them an array is, and of what form they are to be. */
  private allocations = 0;
  private readonly ordinals = new WeakMap<JsObject, number>();
  private readonly forms: ReadonlyMap<number, NeedsForm>;
  /** Buffers that were stored to at unknown indices: at their end, perhaps. */
  private readonly reached = new WeakSet<JsBuffer>();
  /** Buffers that became lists: not for the second time. */
  private readonly listedBefore = new WeakSet<JsObject>();
  /** Arrays that were made without values for their elements: the function's index and the value. */
  readonly unset = new Set<string>();

  constructor(
    ev: Evaluator,
    program: ProgramBuilder,
    f: FunctionBuilder,
    recursive: ReadonlySet<object> = new Set(),
    decided?: ReadonlySet<string>,
    forms: ReadonlyMap<number, NeedsForm> = new Map(),
  ) {
    this.forms = forms;
    this.recursive = recursive;
    this.ev = ev;
    this.program = program;
    this.f = f;
    if (decided !== undefined) this.sampled = new Sampled(this, decided);
    this.since = ev.store.epoch;
    this.views = new Views(this);
    this.lists = new Lists(this);
    this.bounds = new Bounds(this);
    this.branches = new Branches(this);
    this.aliases = new Aliases(ev, () => this.place?.location ?? ev.current?.location);
  }

  id(x: number | boolean | Leaf, site: Site): ValueId {
    this.place = site;
    if (!(x instanceof Leaf)) return this.f.constant(x);
    if (!(x instanceof Unknown) || x.owner !== this.f) {
      return this.ev.refuse(
        'GL111',
        'A recursive function uses a variable of the function around it: pass it as an argument.',
        site.location,
      );
    }
    return x.id;
  }

  /** A value of the Program as a value of the evaluator. */
  leaf(id: ValueId, maybeUndefined = false, present?: boolean | Leaf): number | boolean | Leaf {
    const known = maybeUndefined ? undefined : this.f.constantOf(id);
    if (known !== undefined) return known;
    const type = this.f.typeOf(id) === 'boolean' ? 'boolean' : 'number';
    return new Unknown(type, id, this.f, maybeUndefined, present);
  }

  private constant(value: number): Leaf {
    return new Unknown('number', this.f.constant(value), this.f);
  }

  named(value: Value, name: string): void {
    if (value instanceof JsArray || value instanceof JsTypedArray) {
      if (!this.arrayNames.has(value)) this.arrayNames.set(value, name);
      if (value instanceof JsArray) this.nameElements(value, name);
      return;
    }
    if (value instanceof JsBuffer && !(value instanceof JsNested)) {
      if (this.owners.get(value) === this.f) this.f.setName(value.buffer, name);
      return;
    }
    if (!(value instanceof Unknown) || value.owner !== this.f) return;
    if (!this.names.has(value)) this.names.set(value, name);
    this.f.setName(value.id, name);
  }

  /** The elements of a short list are called by their places, where they have no name of their own. */
  private nameElements({ elements }: JsArray, name: string): void {
    if (elements.length > MOST_NAMED) return;
    elements.forEach((element, i) => {
      if (element instanceof Unknown && element.owner === this.f)
        this.f.setName(element.id, wished(`${name}${i}`));
    });
  }

  op1(op: Operation, a: Leaf, site: Site): Value {
    this.ev.step(site);
    return this.leaf(this.f.op(op, [this.id(a, site)], site.location));
  }

  op2(op: Operation, a: number | Leaf, b: number | Leaf, site: Site): Value {
    this.ev.step(site);
    return this.leaf(this.f.op(op, [this.id(a, site), this.id(b, site)], site.location));
  }

  /** What asks for the value of an unknown is meant for a trace. */
  primal(): never {
    return this.ev.refuse(
      'GL111',
      'What happens here depends on the value of an input, not only on its kind.',
      undefined,
    );
  }

  code2(code: number, a: number | Leaf, b: number | Leaf, site: Site): Value {
    return this.op2(OPERATIONS[code]!, a, b, site);
  }

  opN(op: Operation, args: readonly (number | Leaf)[], site: Site): Value {
    this.ev.step(site, args.length);
    return this.leaf(
      this.f.op(
        op,
        args.map((a) => this.id(a, site)),
        site.location,
      ),
    );
  }

  // ───────────── branches ─────────────

  branchValue(condition: Leaf, then: () => Value, otherwise: () => Value, site: Site): Value {
    return this.branches.branchValue(condition, then, otherwise, site);
  }

  branch(condition: Leaf, then: () => Completion, otherwise: () => Completion, site: Site): Completion {
    return this.branches.branch(condition, then, otherwise, site);
  }

  resume(split: Split, rest: () => Completion, site: Site): Completion {
    return this.branches.resume(split, rest, site);
  }

  returned(split: Split, value: Value, site: Site): Value {
    return this.branches.returned(split, value, site);
  }

  /** After a region was undone: makes the buffer it asked for, where that can be made here; else passes the error on. */
  again(error: unknown, depth: number, current: Site | undefined): void {
    const { ev } = this;
    if (error instanceof NeedsOrder && ev.store.isNew(error.array)) {
      ev.depth = depth;
      ev.current = current;
      this.views.arrange(error.array, current ?? this.place!);
      return;
    }
    if (!(error instanceof NeedsBuffer)) throw error;
    ev.depth = depth;
    ev.current = current;
    if (!ev.store.isNew(error.array)) throw error;
    this.becomeBuffer(error.array, error.site);
  }

  // ───────────── loops, calls ─────────────

  loop(parts: LoopParts): Completion {
    return runLoop(this, parts);
  }

  call(
    closure: Closure,
    self: Value,
    args: Value[],
    newTarget: JsObject | undefined,
    site: Site | undefined,
  ): Value {
    this.ran.add(closure);
    return callFunction(this, closure, self, args, newTarget, site);
  }

  gather(args: readonly Value[], value: Value): void {
    this.rest = { args, value };
  }

  gathered(args: readonly Value[]): Value {
    return this.rest?.args === args ? this.rest.value : undefined;
  }

  // ───────────── arrays ─────────────

  key(leaf: Leaf, site: Site): number | boolean {
    return this.known(leaf, site);
  }

  known(leaf: Leaf, site: Site): number | boolean {
    const decided = this.sampled?.decide(leaf, site);
    if (decided !== undefined) return decided;
    return this.ev.refuse(
      'GL111',
      'What happens here depends on the value of an input, not only on its kind.',
      site.location,
    );
  }

  allocate(length: Leaf, typed: TypedKind | undefined, site: Site): Value {
    const ordinal = this.allocations++;
    const asked = typed === undefined ? this.forms.get(ordinal) : undefined;
    if (asked !== undefined) {
      const element = storageFor(this, asked.form, length, asked.f, site);
      if (element === undefined) {
        return this.ev.refuse('GL111', 'The arrays in this array may have different lengths.', site.location);
      }
      const nested = new JsNested(this.ev.realm.arrayPrototype, this.ev.store.epoch, element, length);
      this.views.own(nested);
      return nested;
    }
    const id = this.f.alloc(this.id(length, site), typed, site.location);
    const made = this.buffer(id, length, typed);
    this.ordinals.set(made, ordinal);
    if (typed === undefined) {
      made.gaps = true;
      this.unset.add(`${this.f.index} ${id}`);
    }
    return made;
  }

  /** A buffer of the function being built as an array. */
  buffer(id: ValueId, length: Value, typed: string | undefined): JsBuffer {
    const { ev } = this;
    const { arrayPrototype, typedPrototypes } = ev.realm;
    const proto =
      typed === undefined ? arrayPrototype : (typedPrototypes.get(typed as TypedKind) ?? arrayPrototype);
    const made = new JsBuffer(proto, ev.store.epoch, id, length, typed);
    this.owners.set(made, this.f);
    return made;
  }

  /** The buffer as a value of the function being built. */
  bufferId(array: JsBuffer, site: Site): ValueId {
    if (array instanceof JsNested) {
      return this.ev.refuse(
        'GL111',
        'A nested array of unknown lengths is used as a whole here.',
        site.location,
      );
    }
    if (this.owners.get(array) !== this.f) {
      return this.ev.refuse(
        'GL111',
        'A recursive function uses an array of the function around it: pass it as an argument.',
        site.location,
      );
    }
    return array.buffer;
  }

  presence(leaf: Leaf, site: Site, fresh: boolean): true | Presence {
    if (leaf.maybeUndefined) {
      const given = leaf instanceof Unknown ? leaf.present : undefined;
      const present = given instanceof Leaf && !this.f.isVisible(given.id) ? undefined : given;
      if (present === undefined) definite(this.ev, leaf, site);
      else return { when: present, value: () => this.leaf((leaf as Unknown).id) };
    }
    const place = this.loads.get(leaf);
    this.openings?.asks(leaf);
    if (place === undefined) return true;
    const { array, index, mark } = place;
    if (array.gaps) {
      return this.ev.refuse(
        'GL111',
        'Whether this element was set depends on an input: fill the array first.',
        site.location,
      );
    }
    const { ev, f } = this;
    // An element that was read for the question alone is not read where there is none.
    const now = f.mark();
    if (fresh && now.depth === mark.depth && now.instructions === mark.instructions + 1) f.rollback(mark);
    const and = (a: Value, b: () => Value): Value =>
      a instanceof Leaf ? this.branchValue(a, b, () => false, site) : a === true ? b() : false;
    const when = and(binary(ev, '>=', index, 0, site), () =>
      and(binary(ev, '<', index, array.length, site), () =>
        binary(ev, '===', this.op1('floor', index, site), index, site),
      ),
    ) as boolean | Leaf;
    return { when, value: () => this.load(array, index, site) };
  }

  doubt(site: Site): void {
    this.ev.refuse('GL111', 'A number that is made of bits is not supported here.', site.location);
  }

  sameObject(a: JsObject, b: JsObject, site: Site): Value {
    return this.views.same(a, b, site);
  }

  load(array: JsArray | JsTypedArray | JsBuffer, index: number | Leaf, site: Site): Value {
    if (array instanceof JsNested) return this.views.load(array, index, site);
    if (array instanceof JsList) {
      if (typeof index === 'number' && typeof array.length === 'number' && !isIndex(index, array.length))
        return undefined;
      this.bounds.insist(index, array.length as number | Leaf, site);
      return this.loadWithin(array, index, site);
    }
    if (array instanceof JsBuffer) {
      const { length } = array;
      if (typeof index === 'number') {
        if (!(Number.isInteger(index) && index >= 0)) return undefined;
        if (typeof length === 'number' && index >= length) return this.beyond(array, site);
      }
      const buffer = this.bufferId(array, site);
      const at = this.id(index, site);
      const mark = this.f.mark();
      const id = this.f.load(buffer, at, site.location);
      if (this.effects === 0) this.sampled?.tell(id, { kind: 'load', buffer, index: at });
      const made = this.leaf(id);
      const inside = typeof index === 'number' && typeof length === 'number' && !array.gaps;
      if (made instanceof Leaf && !inside)
        this.loads.set(made, { array, index: index instanceof Leaf ? index : this.constant(index), mark });
      return made;
    }
    if (typeof index === 'number') return get(this.ev, array, index, site);
    return this.load(this.bufferOf(array, site), index, site);
  }

  /** An element that is there. */
  loadWithin(array: JsBuffer, index: number | Leaf, site: Site): Value {
    return this.leaf(this.f.load(this.bufferId(array, site), this.id(index, site), site.location));
  }

  store(array: JsArray | JsTypedArray | JsBuffer, index: number | Leaf, value: Value, site: Site): void {
    if (array instanceof JsNested) {
      this.views.store(array, index, value, site);
      return;
    }
    if (!(array instanceof JsBuffer) && typeof index === 'number') {
      put(this.ev, array, index, value, site);
      return;
    }
    // To store where the only element is, nobody counts.
    if (array instanceof JsArray && array.elements.length <= 1) this.growing(site);
    const buffer = array instanceof JsBuffer ? array : this.bufferOf(array, site);
    if (buffer instanceof JsList) {
      const { length } = buffer;
      if (
        Object.is(index, length) ||
        (index instanceof Leaf && length instanceof Leaf && index.id === length.id)
      ) {
        this.lists.append(buffer, [value], site);
        return;
      }
      this.bounds.insist(index, length as number | Leaf, site);
    } else if (buffer.typed === undefined && typeof buffer.length === 'number') {
      if (typeof index !== 'number') this.reached.add(buffer);
      else if (!(index >= 0 && index < buffer.length && Number.isInteger(index))) this.growing(site);
    }
    this.put(buffer, index, value, site);
  }

  /** Stores a number. */
  put(buffer: JsBuffer, index: number | Leaf, value: Value, site: Site): void {
    if (!(typeof value === 'number' || (value instanceof Leaf && value.type === 'number'))) {
      const ordinal = this.ordinals.get(buffer);
      const form = ordinal === undefined ? undefined : formOf(this, value, site);
      if (form !== undefined && form.kind !== 'constant') throw new NeedsForm(ordinal!, form, this.f);
      this.ev.refuse(
        'GL111',
        'Something that is not a number is stored in an array of numbers here.',
        site.location,
      );
    }
    let x = toNumber(this.ev, value, site);
    if (buffer.typed === undefined) definite(this.ev, value, site);
    if (x instanceof Poison) this.ev.refuse(x.problem.id, x.problem.message, x.problem.location);
    if (buffer.typed === 'Float32Array')
      x = typeof x === 'number' ? Math.fround(x) : (this.op1('fround', x, site) as Leaf);
    else if (buffer.typed !== undefined && buffer.typed !== 'Float64Array') {
      this.ev.refuse(
        'GL111',
        `Storing into a ${buffer.typed} at an unknown index is not supported.`,
        site.location,
      );
    }
    this.effects++;
    this.f.store(this.bufferId(buffer, site), this.id(index, site), this.id(x, site), site.location);
  }

  /** What stands behind the end of an array: nothing, unless something may have been stored there. */
  private beyond(array: JsBuffer, site: Site): Value {
    return this.reached.has(array) ? this.growing(site) : undefined;
  }

  private growing(site: Site): never {
    const message =
      'An array grows here, where its length is not followed: make it as long as it will be first.';
    return this.ev.refuse('GL111', message, site.location);
  }

  /** The array as a buffer: made here, or asked for from the region in which the array is older. */
  private bufferOf(array: JsArray | JsTypedArray, site: Site): JsBuffer {
    if (!this.ev.store.isNew(array)) throw new NeedsBuffer(array, site);
    return this.becomeBuffer(array, site);
  }

  copied(parts: readonly (JsBuffer | { readonly one: Value })[], site: Site): Value {
    return parts.some((p) => p instanceof JsNested && p.element.kind !== 'number')
      ? this.ev.refuse(
          'GL111',
          'A copy of a nested array would share its rows: copy them too.',
          site.location,
        )
      : concatenated(this, parts, site);
  }

  typedCopy(array: JsBuffer, typed: TypedKind, site: Site): Value {
    if (typeof array.length === 'number' || (array instanceof JsNested && array.element.kind !== 'number'))
      return undefined;
    const length = array.length as Leaf;
    const made = this.buffer(this.f.alloc(this.id(length, site), typed, site.location), length, typed);
    copyInto(this, array, made, site);
    return made;
  }

  extreme(op: 'max' | 'min', array: JsBuffer, site: Site): Value {
    return extreme(this, op, array, site);
  }

  sliced(array: JsBuffer, from: Value, to: Value, site: Site): Value {
    return array instanceof JsNested && array.element.kind !== 'number'
      ? this.ev.refuse(
          'GL111',
          'A slice of a nested array would share its rows: copy them too.',
          site.location,
        )
      : sliced(this, array, from, to, site);
  }

  listsKeys(object: JsObject, ordered: boolean): void {
    this.openings?.lists(object, ordered);
  }

  lacksNumbers(object: JsObject): boolean {
    for (let o: JsObject | null = object; o !== null; o = o.proto) {
      if (o.constructor !== JsObject || o.outside !== undefined) return false;
      for (const key of o.properties.keys())
        if (typeof key === 'string' && /^(-|\d|NaN$|Infinity$)/.test(key)) return false;
    }
    return true;
  }

  grows(array: JsBuffer): boolean {
    return array instanceof JsList;
  }

  appended(array: JsBuffer, values: readonly Value[], site: Site): boolean {
    if (!this.lists.isList(array)) return false;
    this.lists.append(array, values, site);
    return true;
  }

  takenLast(array: JsBuffer, site: Site): { readonly value: Value } | undefined {
    return this.lists.isList(array) ? { value: this.lists.takeLast(array, site) } : undefined;
  }

  /** It is an array of the function being built. */
  belongs(array: JsBuffer): void {
    this.owners.set(array, this.f);
  }

  listed(array: JsBuffer, site: Site): boolean {
    const { length } = array;
    if (array instanceof JsList) return false;
    if (typeof length !== 'number' || array.typed !== undefined || array instanceof JsNested) return false;
    const elements = Array.from({ length }, (_, i) => this.load(array, i, site));
    this.ev.own(array);
    this.listedBefore.add(array);
    Object.setPrototypeOf(array, JsArray.prototype);
    Object.assign(array as unknown as JsArray, { elements, fixedLength: false });
    return true;
  }

  becomeBuffer(array: JsArray | JsTypedArray, site: Site): JsBuffer {
    const { ev, f } = this;
    const numbers = array.elements.map((e) => (e === HOLE ? Number.NaN : e));
    if (array instanceof JsArray && !isShared(array) && numbers.length > 0) {
      const form = formOf(this, array, site);
      if (form?.kind === 'array' && form.element.kind !== 'number' && form.element.kind !== 'constant') {
        const element = storageFor(this, form.element, form.length, f, site);
        if (element !== undefined) {
          array.elements.forEach((e, i) => takeIn(this, e, element, i, site));
          ev.own(array);
          const nested = new JsNested(array.proto!, array.epoch, element, numbers.length);
          Object.setPrototypeOf(array, JsNested.prototype);
          const { proto, properties, epoch } = array;
          return Object.assign(array as unknown as JsNested, nested, { proto, properties, epoch });
        }
      }
    }
    if (!numbers.every((e) => typeof e === 'number' || (e instanceof Leaf && e.type === 'number'))) {
      return ev.refuse(
        'GL111',
        'An array of something else than numbers is indexed by an unknown number here.',
        site.location,
      );
    }
    if (isShared(array)) {
      return ev.refuse(
        'GL111',
        'An array that shares memory with others is indexed by an unknown number here.',
        site.location,
      );
    }
    if (this.listedBefore.has(array)) {
      return ev.refuse(
        'GL111',
        'An array that changes its length is indexed by an unknown number here.',
        site.location,
      );
    }
    ev.own(array);
    const typed = array instanceof JsTypedArray ? array.typed : undefined;
    const buffer = f.alloc(f.constant(numbers.length), typed, site.location);
    numbers.forEach((e, i) =>
      f.store(buffer, f.constant(i), this.id(e as number | Leaf, site), site.location),
    );
    const { length } = numbers;
    const gaps = array.elements.includes(HOLE);
    Object.setPrototypeOf(array, JsBuffer.prototype);
    const made = Object.assign(array as unknown as JsBuffer, { buffer, length, typed });
    this.owners.set(made, f);
    const name = this.arrayNames.get(array);
    if (name !== undefined) f.setName(buffer, name);
    made.gaps = gaps;
    return made;
  }
}

function isIndex(index: number, length: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < length;
}
