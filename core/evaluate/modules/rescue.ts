/**
 * A call that cannot be followed while modules load: its result is unknown, and so is all that it could have changed,
 * as long as that is little. Otherwise the whole of a bundle would be lost with one of its functions.
 */
import type { FunctionNode } from '../../source/syntax.ts';
import { boundNames, freeNames, walk } from '../../source/traverse.ts';
import type { Evaluator } from '../evaluator.ts';
import { Closure } from '../functions.ts';
import { Cell, type Container, type Frame } from '../heap.ts';
import { JsArray, JsFunction, JsMap, JsObject, JsSet, NativeFunction, privateKey, Slot } from '../objects.ts';
import { Properties } from '../shapes.ts';
import { Poison, Refusal, type Value } from '../values.ts';

/** Objects and variables that a call may reach to be rescued. */
const MOST = 300;
/** Marks what is unknown, so that nothing remembered of objects like it holds. */
const UNKNOWN = privateKey('unknown');
/** Code made from text reaches everything. */
const REACHES_ALL: ReadonlySet<string> = new Set(['eval', 'Function']);

interface Names {
  readonly free: ReadonlySet<string>;
  readonly assigned: ReadonlySet<string>;
}

const known = new WeakMap<FunctionNode, Names>();

function namesOf(node: FunctionNode): Names {
  let names = known.get(node);
  if (names === undefined) {
    const assigned = new Set<string>();
    walk(node, (inner) => {
      if (!('kind' in inner)) return true;
      if (inner.kind === 'assign' || inner.kind === 'update')
        for (const name of boundNames(inner.target)) assigned.add(name);
      if (inner.kind === 'forOf' || inner.kind === 'forIn' || inner.kind === 'declare')
        for (const name of boundNames(inner.target)) assigned.add(name);
      return true;
    });
    names = { free: freeNames([node]), assigned };
    known.set(node, names);
  }
  return names;
}

/** A place of a variable. */
type Variable = Cell | { readonly frame: Frame; readonly slot: number };

class Reach {
  readonly objects = new Set<JsObject>();
  /** Variables that one of the functions reached assigns to. */
  readonly assigned = new Set<Variable>();
  readonly frames = new Map<Frame, Map<number, Variable>>();
  private readonly ev: Evaluator;
  private readonly waiting: JsObject[] = [];
  /** It reaches too much, or what cannot be looked into. */
  lost = false;

  constructor(ev: Evaluator) {
    this.ev = ev;
  }

  add(value: Value): void {
    if (!(value instanceof JsObject) || this.objects.has(value)) return;
    // What is built in is not changed; what a program made of it would be.
    if (value.epoch === 0) {
      if (value instanceof NativeFunction && REACHES_ALL.has(value.label)) this.lost = true;
      return;
    }
    this.objects.add(value);
    this.waiting.push(value);
    if (this.objects.size > MOST) this.lost = true;
  }

  run(): void {
    for (let object = this.waiting.pop(); object !== undefined && !this.lost; object = this.waiting.pop())
      this.visit(object);
  }

  private visit(object: JsObject): void {
    if (object instanceof NativeFunction || object.tag === 'Module') {
      this.lost = true;
      return;
    }
    if (object.proto !== null) this.add(object.proto);
    for (const [, property] of object.properties) {
      if (property instanceof Slot)
        for (const value of [property.value, property.get, property.set]) this.add(value);
      else this.add(property);
    }
    if (object instanceof JsArray) for (const element of object.elements) this.add(element);
    if (object instanceof JsMap)
      for (const [key, value] of object.entries) for (const one of [key, value]) this.add(one);
    if (object instanceof JsSet) for (const item of object.items) this.add(item);
    if (object instanceof Closure) this.visitClosure(object);
  }

  private visitClosure(closure: Closure): void {
    const { free, assigned } = namesOf(closure.node);
    const { outer } = closure.code();
    const { module } = outer;
    this.add(closure.home);
    if (closure.node.arrow) {
      this.add(closure.scope.call.self);
      for (const arg of closure.scope.call.args) this.add(arg);
    }
    for (const field of closure.fields ?? []) this.add(field.initialise);
    for (const name of free) {
      const binding = outer.find(name);
      let variable: Variable | undefined;
      if (binding !== undefined) {
        let frame = closure.scope;
        for (let i = outer.hops(binding); i > 0; i--) frame = frame.parent!;
        variable = this.variable(frame, binding.slot);
        this.add(frame.slots[binding.slot]);
      } else {
        const cell = module.peek?.(name);
        if (cell === null) this.lost = true;
        else if (cell !== undefined) {
          variable = cell;
          this.add(cell.value);
        } else {
          const { globals, globalThis } = this.ev.realm;
          variable = globals.get(name);
          const own = globalThis.properties.get(name);
          this.add(variable?.value ?? (own instanceof Slot ? own.value : own));
        }
      }
      if (variable !== undefined && assigned.has(name)) this.assigned.add(variable);
    }
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
}

/** What the call gives instead of ending everything; undefined where it could have changed too much. */
export function rescued(
  ev: Evaluator,
  error: unknown,
  closure: Closure,
  self: Value,
  args: readonly Value[],
): Poison | undefined {
  if (!(error instanceof Refusal) || error.problem.id === 'GL012') return undefined;
  // A built-in that the program has changed may lead anywhere.
  const isBuiltIn = (c: Container) => c instanceof JsObject && c !== ev.realm.globalThis;
  if (ev.store.writtenFirst().some(isBuiltIn)) return undefined;
  const reach = new Reach(ev);
  for (const value of [closure, self, ...args]) reach.add(value);
  reach.run();
  if (reach.lost || reach.objects.has(ev.realm.globalThis)) return undefined;
  const because = new Poison(error.problem);
  for (const variable of reach.assigned) {
    const container = variable instanceof Cell ? variable : variable.frame;
    ev.own(container);
    if (variable instanceof Cell) variable.value = because;
    else variable.frame.slots[variable.slot] = because;
  }
  for (const object of reach.objects) spoil(ev, object, because);
  return because;
}

function spoil(ev: Evaluator, object: JsObject, because: Poison): void {
  ev.own(object);
  const properties = new Properties();
  properties.set(UNKNOWN, true);
  if (object instanceof JsFunction) {
    // Its code stays what it is.
    for (const [key, property] of object.properties)
      properties.set(key, key === 'prototype' || key === 'name' || key === 'length' ? property : because);
  } else if (Object.getPrototypeOf(object) !== JsObject.prototype)
    Object.setPrototypeOf(object, JsObject.prototype);
  object.properties = properties;
  object.outside = () => because;
}
