/**
 * What code that was left half-way could have changed: found by values, from the names that it uses through functions
 * with their variables, properties, prototypes, entries of collections, frames of generators and shared memory. All of
 * it becomes unknown. Where code may come by what is built in, and change it, nothing more is known anywhere.
 */

import type { Problem } from '../../problem.ts';
import type { Statement } from '../../source/syntax.ts';
import type { Binding, ModuleScope, Scope, Waiting } from '../compile/scope.ts';
import type { Evaluator } from '../evaluator.ts';
import { Closure } from '../functions.ts';
import { JsGenerator } from '../generators.ts';
import { Cell, Frame } from '../heap.ts';
import { isShared, JsArrayBuffer, JsDataView, JsView, spoilMemory } from '../memory.ts';
import {
  BOUND,
  classOf,
  JsArray,
  JsFunction,
  JsMap,
  JsObject,
  JsRegExp,
  JsSet,
  JsTypedArray,
  type Key,
  NativeFunction,
  privateName,
  Slot,
  UNKNOWN,
} from '../objects.ts';
import { indexOf } from '../properties.ts';
import { JsProxy } from '../proxies.ts';
import { Properties } from '../shapes.ts';
import { Poison, Refusal, Thrown, type Value } from '../values.ts';
import { type Effects, effectsOf, type Path, SHAPERS, THIS, WRITERS } from './effects.ts';

/** Code made from text reaches everything. */
const REACHES_ALL: ReadonlySet<string> = new Set(['eval', 'Function']);
/** What can be looked into whole. */
const TRANSPARENT: ReadonlySet<unknown> = new Set([
  JsObject,
  JsArray,
  JsTypedArray,
  JsView,
  JsArrayBuffer,
  JsDataView,
  JsMap,
  JsSet,
  JsRegExp,
  JsProxy,
  JsGenerator,
  Closure,
]);

/** A place of a variable. */
type Variable = Cell | { readonly frame: Frame; readonly slot: number };

/** What a name stands for. */
interface Found {
  readonly value: Value;
  readonly variable?: Variable;
  readonly global?: true;
}

export class Reach {
  private readonly objects = new Set<JsObject>();
  /** Variables that some of the code reached assigns to. */
  private readonly assigned = new Set<Variable>();
  private readonly frames = new Map<Frame, Map<number, Variable>>();
  /** Frames of generators. */
  private readonly suspended = new Set<Frame>();
  /** Objects of which single properties are set. */
  private readonly touched = new Map<JsObject, Set<string>>();
  private readonly ev: Evaluator;
  private readonly most: number;
  private readonly waiting: JsObject[] = [];
  /** Modules that it may run. */
  private readonly waitingModules = new Set<Waiting>();
  private readonly receivers = new Map<Closure, Set<Value>>();
  private readonly held: Value[] = [];
  private readonly unknowns = new Set<Poison>();
  /** What is built in that it may hold. */
  private readonly builtIns = new Set<JsObject>();
  private isLost = false;
  /** It may hold what is built in. */
  private exposed = false;
  private writes = false;
  /** Objects whose methods are called, with these. */
  private readonly owners: { readonly owner: JsObject; readonly key: string }[] = [];

  constructor(ev: Evaluator, most: number) {
    this.ev = ev;
    this.most = most;
  }

  /** It reaches too much, or what cannot be looked into, or it may change what is built in. */
  get lost(): boolean {
    return this.isLost || (this.exposed && this.writes);
  }

  private isBuiltIn(value: JsObject): boolean {
    return this.ev.store.isFirst(value);
  }

  add(value: Value): void {
    if (value instanceof Poison && !this.unknowns.has(value)) {
      this.unknowns.add(value);
      for (const one of value.of) this.add(one);
    }
    if (!(value instanceof JsObject) || this.objects.has(value)) return;
    if (this.isBuiltIn(value)) {
      this.builtIns.add(value);
      if (value instanceof NativeFunction) this.offered(value);
      if (this.isOutside(value)) return;
      // What nobody sets properties of.
      if (!(value instanceof JsFunction) || value.properties.has('prototype')) this.exposed = true;
      return;
    }
    this.objects.add(value);
    this.waiting.push(value);
    if (this.objects.size > this.most) this.isLost = true;
  }

  /** Nothing of what lies outside is relied upon. */
  private isOutside(value: JsObject): boolean {
    if (value.outside !== undefined) return true;
    const process = this.ev.realm.globals.get('process')?.value;
    return process instanceof JsObject && [...process.properties.values()].includes(value);
  }

  /** A built-in function that code may call. */
  private offered({ label }: NativeFunction): void {
    if (REACHES_ALL.has(label) || SHAPERS.has(label)) this.isLost = true;
    if (WRITERS.has(label)) this.writes = true;
  }

  /** Objects that lie in the way of what is looked up. */
  private addPrototype(value: JsObject | null): void {
    if (value !== null && !this.isBuiltIn(value)) this.add(value);
  }

  /** Takes what `add` adds, and all that follows from it. */
  start(add: () => void): void {
    try {
      add();
      this.run();
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Thrown)) throw error;
      this.isLost = true;
    }
  }

  private run(): void {
    do {
      for (let object = this.waiting.pop(); object !== undefined && !this.lost; object = this.waiting.pop())
        this.visit(object);
      // What is called is another function where it was set before: that may do anything to the object.
      for (const { owner, key } of this.owners) if (this.isChanged(owner, key)) this.add(owner);
    } while (this.waiting.length > 0 && !this.lost);
  }

  private isChanged(object: JsObject, key: Key): boolean {
    for (let o: JsObject | null = object; o !== null; o = o.proto) {
      if (this.objects.has(o) || this.touched.get(o)?.has(key as string) === true) return true;
      if (o.properties.has(key)) return false;
    }
    return false;
  }

  // ───────────────────────────── values ─────────────────────────────

  private visit(object: JsObject): void {
    if (object.tag === 'Module') {
      this.visitNamespace(object);
      return;
    }
    if (object instanceof NativeFunction) {
      // What lies outside keeps nothing of the program's; what other natives hold cannot be seen.
      if (object.outside !== undefined || object.label === 'require') return;
      if (!object.properties.has(BOUND)) this.isLost = true;
    } else if (!TRANSPARENT.has(object.constructor)) {
      this.isLost = true;
      return;
    }
    this.addPrototype(object.proto);
    for (const [, property] of object.properties) {
      if (property instanceof Slot)
        for (const value of [property.value, property.get, property.set]) this.add(value);
      else this.add(property);
    }
    if (object instanceof JsArray) for (const element of object.elements) this.add(element);
    if (object instanceof JsMap)
      for (const [key, value] of object.entries) for (const one of [key, value]) this.add(one);
    if (object instanceof JsSet) for (const item of object.items) this.add(item);
    if (object instanceof JsView || object instanceof JsDataView) this.add(object.memory);
    if (object instanceof JsProxy) for (const one of [object.target, object.handler]) this.add(one);
    if (object instanceof JsGenerator) this.visitGenerator(object);
    if (object instanceof Closure) this.visitClosure(object);
  }

  private visitNamespace(object: JsObject): void {
    for (const [, property] of object.properties) {
      try {
        this.add(property instanceof Slot ? property.value : property);
      } catch {
        // It is not there yet.
        this.isLost = true;
      }
    }
  }

  private visitGenerator(generator: JsGenerator): void {
    this.add(generator.closure);
    const { self, args } = generator.frame.call;
    for (const value of [self, ...args]) this.add(value);
    const waiting = [generator.frame];
    for (let frame = waiting.pop(); frame !== undefined; frame = waiting.pop()) {
      if (this.suspended.has(frame)) continue;
      this.suspended.add(frame);
      for (const value of frame.slots as unknown[]) {
        if (value instanceof Frame) waiting.push(value);
        else if (value instanceof JsObject) this.add(value);
        else if (typeof value === 'object' && value !== null && !(value instanceof Poison))
          this.exposed = true;
      }
    }
  }

  private visitClosure(closure: Closure): void {
    const effects = effectsOf(closure.node);
    if (effects.usesHome) this.add(closure.node.arrow ? closure.scope.call.callee : closure.home);
    if (closure.node.arrow) {
      this.add(closure.scope.call.self);
      for (const arg of closure.scope.call.args) this.add(arg);
    }
    for (const field of closure.parts?.fields ?? []) this.add(field.initialise);
    const { outer } = closure.code();
    this.code(effects, outer.module, (name) => this.inFrame(outer, closure.scope, name));
  }

  /** What a name means in a frame of a scope. */
  inFrame(scope: Scope, from: Frame, name: string): Found | undefined {
    if (name === THIS) return { value: from.call.self };
    const at = (binding: Binding): Found => {
      let frame = from;
      for (let i = scope.hops(binding); i > 0; i--) frame = frame.parent!;
      // Elements of `arguments`, which share their values with parameters.
      if (binding.mapped !== undefined) this.add(frame.slots[binding.mapped.arguments.slot]);
      return { value: frame.slots[binding.slot], variable: this.variable(frame, binding.slot) };
    };
    for (const members of scope.membersBefore(name)) this.add(at(members).value);
    const binding = scope.find(name);
    return binding === undefined ? this.inModule(scope.module, name) : at(binding);
  }

  inModule(module: ModuleScope, name: string): Found | undefined {
    const cell = module.cell(name);
    if (cell !== undefined) return { value: cell.value, variable: cell };
    const { globals, globalThis } = this.ev.realm;
    const own = globalThis.properties.get(name);
    if (own instanceof Slot && own.accessor) this.isLost = true;
    const variable = globals.get(name);
    if (variable === undefined && !globalThis.properties.has(name)) return undefined;
    return { value: variable?.value ?? (own instanceof Slot ? own.value : own), global: true };
  }

  /** One for each place. */
  private variable(frame: Frame, slot: number): Variable {
    let slots = this.frames.get(frame);
    if (slots === undefined) {
      slots = new Map();
      this.frames.set(frame, slots);
    }
    let variable = slots.get(slot);
    if (variable === undefined) {
      variable = { frame, slot };
      slots.set(slot, variable);
    }
    return variable;
  }

  // ───────────────────────────── code ─────────────────────────────

  /** What code can do by the names that it has from outside. */
  code(
    effects: Effects,
    module: ModuleScope,
    find: (name: string) => Found | undefined,
    skips: (path: Path) => boolean = () => false,
  ): void {
    this.isLost ||= effects.breaks;
    this.writes ||= effects.writes;
    this.exposed ||= effects.climbs;
    for (const name of effects.assigned) {
      const found = find(name);
      // A global, new or old.
      if (found?.variable === undefined) this.isLost = true;
      else {
        this.assigned.add(found.variable);
        this.keep(found.value);
      }
    }
    for (const specifier of effects.requires) this.required(module, specifier);
    for (const path of effects.paths) if (!skips(path)) this.follow(find(path.root), path);
  }

  /** What it requires may run only then. */
  private required(module: ModuleScope, specifier: string): void {
    const found = module.required?.(specifier);
    if (typeof found !== 'object' || found === null || !('specifiers' in found)) {
      this.add(found);
      return;
    }
    if (this.waitingModules.has(found)) return;
    this.waitingModules.add(found);
    for (const one of found.specifiers) this.required(found, one);
    // What it would get of others is reached from there.
    const find = (name: string) =>
      name === THIS || found.imported(name) ? { value: undefined } : this.inModule(found, name);
    for (const statement of found.statements) this.code(effectsOf(statement), found, find);
  }

  private follow(found: Found | undefined, { keys, use }: Path): void {
    if (found === undefined) return;
    const sets = use === 'write' || use === 'delete';
    let owner: Value;
    let { value } = found;
    for (const key of sets ? keys.slice(0, -1) : keys) {
      if (value instanceof Poison) this.add(value);
      if (!(value instanceof JsObject)) return;
      owner = value;
      const property = this.property(value, key);
      if (property === undefined) {
        // Where it is set before, what it is set to is reached from there.
        if (this.isHidden(value, key)) this.add(value);
        else if (use === 'call' && !this.isBuiltIn(value)) this.owners.push({ owner: value, key });
        return;
      }
      if (property.accessor) {
        // It is worked out: the rest is all that may come of it.
        this.add(value);
        return;
      }
      value = property.value;
    }
    if (value instanceof Poison) this.add(value);
    else if (sets) {
      if (value instanceof JsObject) this.set(value, keys.at(-1)!, use === 'delete');
    } else if (use === 'call' || use === 'construct') {
      this.called(value, owner, use === 'call');
      if (owner instanceof JsObject && !this.isBuiltIn(owner)) this.owners.push({ owner, key: keys.at(-1)! });
    } else if (use !== 'look' || (value instanceof JsObject && !this.isBuiltIn(value))) this.add(value);
  }

  /** Whether an object may have a property that is not among those listed. */
  private isHidden(object: JsObject, key: string): boolean {
    if (this.isBuiltIn(object)) return false;
    if (key.startsWith('#')) return true;
    for (let o: JsObject | null = object; o !== null; o = o.proto) {
      if (o.outside !== undefined) return true;
      if ((o instanceof JsArray || o instanceof JsTypedArray) && indexOf(key) >= 0) return true;
    }
    return false;
  }

  private property(object: JsObject, key: Key): { value?: Value; accessor: boolean } | undefined {
    for (let o: JsObject | null = object; o !== null; o = o.proto) {
      if (o instanceof JsProxy || o.tag === 'Module') return { accessor: true };
      const property = o.properties.get(key);
      if (property instanceof Slot) return { value: property.value, accessor: property.accessor };
      if (property !== undefined || o.properties.has(key)) return { value: property, accessor: false };
    }
    return undefined;
  }

  /** What programs made of what is built in: any code may use it without naming it. */
  patches(): void {
    const { store, realm } = this.ev;
    for (const container of store.first) {
      if (!(container instanceof JsObject) || container === realm.globalThis) continue;
      for (const [, property] of container.properties) {
        const values = property instanceof Slot ? [property.value, property.get, property.set] : [property];
        for (const value of values) if (value instanceof JsObject && !this.isBuiltIn(value)) this.add(value);
      }
    }
  }

  /** Statements of a block that run, or not. */
  rest(nodes: readonly Statement[], scope: Scope, frame: Frame): void {
    const { callee } = frame.call;
    // Our own code does only what is done to what it holds.
    if (callee !== null && this.isBuiltIn(callee)) {
      this.frame(frame);
      return;
    }
    for (const node of nodes) {
      const effects = effectsOf(node);
      this.code(effects, scope.module, (name) => this.inFrame(scope, frame, name));
      if (effects.usesHome) for (const value of [callee, frame.call.self]) this.add(value);
    }
  }

  /** What calls gave to statements under way, and no variable need hold. */
  given(since: number): void {
    for (const value of this.ev.given?.slice(since) ?? []) if (!this.isBuiltIn(value)) this.add(value);
  }

  /** All variables of a call under way. */
  frame(frame: Frame): void {
    if (frame.call.callee === null || !this.isBuiltIn(frame.call.callee)) this.suspended.add(frame);
    for (const value of frame.slots)
      if (!(value instanceof JsObject && this.isBuiltIn(value))) this.add(value);
  }

  /** A function that was called. */
  call(closure: Closure, self: Value): void {
    this.called(closure, self, true);
    this.add(closure);
  }

  private called(value: Value, owner: Value, plain: boolean): void {
    if (value instanceof Closure) {
      if (plain) this.received(value, owner);
      if (!this.isBuiltIn(value)) this.add(value);
      else if (owner instanceof JsObject && !this.isBuiltIn(owner)) this.add(owner);
      return;
    }
    if (value instanceof NativeFunction && this.isBuiltIn(value)) {
      this.offered(value);
    } else if (!(value instanceof NativeFunction && value.label === 'require')) this.add(value);
    if (owner instanceof JsObject && !this.isBuiltIn(owner)) this.add(owner);
  }

  /** What a function does by its `this`. */
  private received(closure: Closure, owner: Value): void {
    const { globalThis } = this.ev.realm;
    const self = (owner === undefined || owner === null) && !closure.node.strict ? globalThis : owner;
    const known = this.receivers.get(closure) ?? new Set();
    if (known.has(self)) return;
    this.receivers.set(closure, known.add(self));
    for (const path of effectsOf(closure.node).receiver) this.follow({ value: self }, path);
  }

  private set(object: JsObject, key: string, deletes: boolean): void {
    const isBuiltIn = this.isBuiltIn(object);
    if (isBuiltIn && !this.isOutside(object)) {
      this.isLost = true;
      return;
    }
    const own = object.properties.get(key);
    const isPlain = !deletes && !(own instanceof Slot) && object.properties.has(key) && key !== 'prototype';
    if (!isPlain && !isBuiltIn) {
      // Prototypes that objects had before are not told from those after.
      if (object instanceof JsFunction && key === 'prototype') this.isLost = true;
      this.add(object);
      return;
    }
    this.keep(own);
    const keys = this.touched.get(object) ?? new Set();
    this.touched.set(object, keys.add(key));
  }

  // ───────────────────────────── what becomes of it ─────────────────────────────

  /** How much it is. */
  get size(): number {
    return this.objects.size + this.assigned.size;
  }

  /** What stands for anything that comes of it. */
  unknown(problem: Problem): Poison {
    return new Poison(problem, this.held);
  }

  /** What a place holds now, it may hold afterwards. */
  keep(value: Value | Slot): void {
    if (value instanceof JsObject || (value instanceof Poison && value.of.length > 0)) this.held.push(value);
  }

  /** What stands for it may be any of it. */
  hold(): void {
    for (const held of [this.objects, this.builtIns]) for (const one of held) this.held.push(one);
  }

  /** All of it is unknown from now on. */
  spoil(because: Poison): void {
    const { ev } = this;
    this.hold();
    for (const variable of this.assigned) {
      const container = variable instanceof Cell ? variable : variable.frame;
      ev.own(container);
      if (variable instanceof Cell) variable.value = because;
      else variable.frame.slots[variable.slot] = because;
    }
    for (const frame of this.suspended) {
      ev.own(frame);
      frame.slots.fill(because);
    }
    for (const [object, keys] of this.touched) {
      ev.own(object);
      for (const key of keys) object.properties.set(key, because);
    }
    for (const object of this.objects) spoil(ev, object, because);
    for (const module of this.waitingModules) module.lose(because);
  }
}

function spoil(ev: Evaluator, object: JsObject, because: Poison): void {
  // Variables of modules, which the code that assigns to them has.
  if (object.tag === 'Module') return;
  ev.own(object);
  if (object instanceof JsArrayBuffer || object instanceof JsDataView || isShared(object)) {
    spoilMemory(ev, object, because);
    return;
  }
  const properties = new Properties();
  properties.set(UNKNOWN, true);
  const isFunction = object instanceof JsFunction;
  for (const [key, property] of object.properties) {
    // A function's code stays what it is.
    const keeps = isFunction && (key === 'prototype' || key === 'name' || key === 'length');
    if (keeps) properties.set(key, property);
    else if (privateName(key)?.startsWith('#') !== false) properties.set(key, because);
  }
  if (!isFunction && classOf(object) !== JsObject.prototype)
    Object.setPrototypeOf(object, JsObject.prototype);
  object.properties = properties;
  object.outside = () => because;
}
