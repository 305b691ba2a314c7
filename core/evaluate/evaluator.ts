/**
 * The state of an evaluation: the store, the budget, the realm and the domain. What JavaScript's operators,
 * conversions and property accesses mean stands in the neighbouring files, each a set of functions of an Evaluator.
 */
import type { Problem, ProblemId } from '../problem.ts';
import type { Location } from '../source/span.ts';
import type { Statement } from '../source/syntax.ts';
import { ActiveText } from './activeText.ts';
import type { Scope } from './compile/scope.ts';
import type { Domain } from './domain.ts';
import { Closure, type Code, slotsOf } from './functions.ts';
import { makeGenerator } from './generators.ts';
import { handOver } from './handOver.ts';
import { Activation, type Container, Frame, Store } from './heap.ts';
import { BareArrays } from './iterate.ts';
import { JsArray, JsObject, NativeFunction } from './objects.ts';
import { installPrelude } from './prelude/install.ts';
import { DECLINED, type Shortcut } from './prelude/shortcuts.ts';
import { boxed } from './realm/numbers.ts';
import { createRealm, type Realm } from './realm/realm.ts';
import { signBuiltIns } from './realm/signatures.ts';
import {
  bare,
  mayBe,
  Poison,
  Refusal,
  type Site,
  Spent,
  Thrown,
  UNINITIALISED,
  UnknownPrimitive,
  type Value,
} from './values.ts';

export interface Budget {
  /** Steps allowed: statements, iterations, calls and operations. */
  readonly steps: number;
  /** Nested calls allowed. */
  readonly depth: number;
  /** Elements and characters that may be made. */
  readonly cells: number;
}

export class Evaluator {
  readonly store = new Store();
  readonly realm: Realm;
  domain: Domain;
  steps = 0;
  cells = 0;
  depth = 0;
  /** Enclosing `try` statements that could catch; a stage cannot join a path that throws into one. */
  handlers = 0;
  budget: Budget = { steps: 3e6, depth: 50_000, cells: 5e7 };
  /** Collections and objects with a key that depended on an input: which keys they have must not be asked. */
  private readonly keyedByInputs = new WeakSet<JsObject>();
  readonly bareArrays = new BareArrays();
  /** The call or loop under way, for messages of the budget. */
  current: Site | undefined = undefined;
  /** Called when a part of the work is done that ends by itself: a module has run, a run has ended. */
  progress: () => void = () => undefined;
  /** While modules load: what a call that cannot be followed gives, where that can be told. */
  rescue:
    | ((
        error: unknown,
        called: {
          readonly closure: Closure;
          readonly self: Value;
          readonly args: readonly Value[];
          readonly frame: Frame;
          /** How many objects were given before. */
          readonly since: number;
        },
      ) => Poison | undefined)
    | undefined = undefined;

  /**
   * While modules load: whether what the first of the statements that are left of a block could have changed is told,
   * and forgotten, so that the others can run.
   */
  skip:
    | ((
        error: unknown,
        nodes: readonly Statement[],
        scope: Scope,
        frame: Frame,
        since: number,
        goesOn: boolean,
      ) => boolean)
    | undefined = undefined;

  /** While modules load: objects that calls gave to the statements under way. */
  given: JsObject[] | undefined = undefined;

  /** While modules load: told of what is given to something outside of the program, which may call it back. */
  later: ((values: readonly Value[], name: string | undefined, because: Poison) => void) | undefined =
    undefined;

  constructor(domain: Domain) {
    this.domain = domain;
    this.realm = createRealm(this);
    installPrelude(this, this.realm);
    signBuiltIns(this.realm);
  }

  /** Saves a container before a write, where the present epoch has not made or saved it. */
  own(c: Container): void {
    if (c.epoch < this.store.epoch) this.store.own(c);
  }

  step(site: Site | undefined, count = 1): void {
    this.steps += count;
    if (this.steps > this.budget.steps) this.spend('steps', this.budget.steps, site);
  }

  /** The evaluation ends because a budget is spent. */
  spend(unit: string, allowed: number, site: Site | undefined): never {
    const message = `The evaluation was stopped here after ${grouped(allowed)} ${unit}.`;
    throw new Spent(problem('GL012', message, (site ?? this.current)?.location), unit, allowed);
  }

  /**
   * To be told of what ended a loop or a call that had begun after `before` of what is counted: of a budget that is
   * spent the innermost is named that took most of it.
   */
  blame(error: unknown, before: number, now: number, what: string, site: Site): void {
    if (!(error instanceof Spent) || error.blamed || now - before < error.allowed / 2) return;
    error.blamed = true;
    const whole = `The evaluation was stopped after ${grouped(error.allowed)} ${error.unit}`;
    const message = `${whole}: this ${what} took ${grouped(now - before)} of them.`;
    error.problem = { ...error.problem, message, location: site.location };
  }

  /** Charges for host work before it is done: arrays filled, strings built. */
  charge(count: number, site: Site | undefined, cellsPerStep = 16): void {
    if (this.cells + count <= this.budget.cells) this.cells += count;
    else {
      this.refuse(
        'GL012',
        `This would make ${grouped(count)} elements or characters, more than the budget allows.`,
        (site ?? this.current)?.location,
      );
    }
    this.step(site, Math.ceil(count / cellsPerStep));
  }

  keyed(object: JsObject): void {
    this.keyedByInputs.add(object);
  }

  /** To be called before the keys of an object or a collection become values. */
  listsKeys(object: JsObject, site: Site | undefined): void {
    this.domain.listsKeys?.(object, true);
    if (this.keyedByInputs.has(object)) {
      this.refuse(
        'GL111',
        'A key that depends on an input becomes a value here, and its derivative is lost: keep the number as a value.',
        site?.location,
      );
    }
  }

  refuse(id: ProblemId, message: string, location: Location | undefined): never {
    throw new Refusal(problem(id, message, location));
  }

  /** The evaluation ends where what is unknown would have to be known. */
  refusePoison({ problem: why }: Poison): never {
    throw new Refusal(why);
  }

  poison(id: ProblemId, message: string, location: Location | undefined): Poison {
    return new Poison(problem(id, message, location));
  }

  object(proto: JsObject | null = this.realm.objectPrototype): JsObject {
    return new JsObject(proto, this.store.epoch);
  }

  array(elements: Value[]): JsArray {
    return new JsArray(this.realm.arrayPrototype, this.store.epoch, elements);
  }

  native(name: string, call: NativeFunction['call'], constructs = false): NativeFunction {
    return new NativeFunction(this.realm.functionPrototype, this.store.epoch, name, call, constructs);
  }

  /** An exception of the program's own. */
  throwError(
    type: 'TypeError' | 'RangeError' | 'ReferenceError' | 'SyntaxError' | 'URIError',
    message: string,
    site?: Site,
  ): never {
    const error = new JsObject(this.realm.errorPrototypes[type], this.store.epoch, 'Error');
    error.properties.set('message', message);
    throw new Thrown(error, site);
  }

  call(callee: Value, self: Value, args: Value[], site: Site | undefined, newTarget?: JsObject): Value {
    if (callee instanceof Closure) return this.domain.call(callee, self, args, newTarget, site);
    if (callee instanceof NativeFunction) {
      const before = this.current;
      this.current = site?.user ?? before;
      this.step(site);
      const result = typed(callee, callee.call(self, args, newTarget));
      if (this.given !== undefined && result instanceof JsObject) this.given.push(result);
      if (result instanceof UnknownPrimitive) {
        this.current = before;
        return result;
      }
      if (callee.outside !== undefined && result instanceof Poison) {
        this.mayThrow(result);
        // Text made code can reach anything, and a proxy's traps run whenever it is touched.
        if (callee.label === 'eval' || callee.label === 'Proxy') throw new Refusal(result.problem);
        handOver(args, result);
      }
      this.current = before;
      if (!(result instanceof Poison)) return result;
      this.later?.(args, callee.label, result);
      if (callee.outside !== undefined || result.constructor !== Poison) return result;
      // It may be one of these, or come from within them. Methods of what is built in do not give that.
      const isOurs = self instanceof JsObject && !this.store.isFirst(self);
      return mayBe(result, isOurs ? self : undefined, ...args);
    }
    if (callee instanceof Poison) {
      this.mayThrow(callee);
      // It may be a function of the program's.
      if (callee.of.length > 0) throw new Refusal(callee.problem);
      handOver([self, ...args], callee);
      this.later?.(args, undefined, callee);
      return bare(callee);
    }
    return this.throwError('TypeError', 'what is called here is not a function', site);
  }

  /** What cannot be followed may throw: where a `catch` would go on from there, nobody can tell which way it goes. */
  mayThrow(because: Poison): void {
    if (this.handlers > 0) throw new Refusal(because.problem);
  }

  /** One more call is under way: whoever calls this takes it back. */
  deepen(site: Site): void {
    if (this.depth >= this.budget.depth) {
      this.refuse(
        'GL012',
        `The recursion went deeper than ${grouped(this.budget.depth)} calls here.`,
        site.location,
      );
    }
    this.depth++;
  }

  /** Whether modules load, and calls are watched. */
  private get loading(): boolean {
    return this.rescue !== undefined || this.skip !== undefined || this.given !== undefined;
  }

  private blameCall(error: unknown, begun: number, closure: Closure, site: Site | undefined): void {
    const { name } = closure.node;
    const what = name === undefined ? 'call' : `call of ${name}`;
    this.blame(error, begun, this.steps, what, site?.user ?? closure.code().site);
  }

  /** What a closure's shortcut gives, where it takes these arguments. */
  private short(
    closure: Closure,
    shortcut: Shortcut,
    self: Value,
    args: readonly Value[],
    site: Site | undefined,
  ): Value | typeof DECLINED {
    const before = this.current;
    this.current = site?.user ?? before;
    const begun = this.steps;
    try {
      return shortcut(this, self, args);
    } catch (error) {
      this.blameCall(error, begun, closure, site);
      throw error;
    } finally {
      this.depth--;
      this.current = before;
    }
  }

  private activation(
    closure: Closure,
    code: Code,
    self: Value,
    args: Value[],
    newTarget: JsObject | undefined,
  ): Activation {
    if (code.arrow) return closure.scope.call;
    const sloppy = code.sloppy && closure.parts === undefined;
    const receiver = sloppy ? this.sloppyReceiver(self) : self;
    return new Activation(receiver, closure, args, newTarget, this.store.epoch);
  }

  private sloppyReceiver(self: Value): Value {
    if (self === undefined || self === null) return this.realm.globalThis;
    if (!(self instanceof JsObject) && !(self instanceof Poison)) return boxed(this, self);
    return self instanceof UnknownPrimitive ? bare(self) : self;
  }

  /**
   * The code of what is called, where the arguments go into its slots and its body runs and that is all: who calls puts
   * them there, and no list is made of them. Of a class where `constructs` says so.
   */
  direct(fn: Value, constructs = false): Code | undefined {
    if (!(fn instanceof Closure) || this.domain.callDirect === undefined || this.loading) return undefined;
    const { parts } = fn;
    if (parts !== undefined && (!constructs || parts.derived)) return undefined;
    const code = fn.code();
    return code.direct && fn.template.shortcut === undefined ? code : undefined;
  }

  /** Runs the body of what `direct` gave the code of. Domains call this, nobody else. */
  invokeDirect(
    closure: Closure,
    code: Code,
    self: Value,
    slots: Value[],
    newTarget: JsObject | undefined,
    site: Site,
  ): Value {
    this.step(site);
    this.deepen(code.site);
    const activation = this.activation(closure, code, self, NO_ARGUMENTS, newTarget);
    const frame = new Frame(slots, closure.scope, activation, this.store.epoch);
    const before = this.current;
    this.current = site.user;
    const begun = this.steps;
    try {
      if (code.value !== undefined) return code.value(frame);
      return code.body(frame) === undefined ? undefined : frame.slots[0];
    } catch (error) {
      this.blameCall(error, begun, closure, site);
      throw error;
    } finally {
      this.depth--;
      this.current = before;
    }
  }

  /** Runs a closure's body. Domains call this, nobody else. */
  invoke(
    closure: Closure,
    self: Value,
    args: Value[],
    newTarget: JsObject | undefined,
    site: Site | undefined,
  ): Value {
    const code = closure.code();
    this.step(site ?? code.site);
    if (code.async) {
      // Its body runs up to the first `await` at once, and may change what is around it.
      return this.refuse(
        'GL114',
        'An asynchronous function cannot be followed: its result is a promise.',
        code.site.location,
      );
    }
    if (closure.parts !== undefined && newTarget === undefined)
      this.throwError('TypeError', 'Class constructors cannot be invoked without new', site ?? code.site);
    this.deepen(code.site);
    const { shortcut } = closure.template;
    if (shortcut !== undefined && this.domain.runsLoops && !this.loading) {
      const result = this.short(closure, shortcut, self, args, site);
      if (result !== DECLINED) return result;
      this.depth++;
    }
    const activation = this.activation(closure, code, self, args, newTarget);
    const binds = code.binds && !this.domain.hearsNames;
    const slots = binds ? slotsOf(code, args) : code.slots.slice();
    const frame = new Frame(slots, closure.scope, activation, this.store.epoch);
    const before = this.current;
    this.current = site?.user ?? before;
    const begun = this.steps;
    const since = this.given?.length ?? 0;
    let result: Value;
    try {
      if (!binds) code.enter(frame, args);
      if (code.value !== undefined) result = code.value(frame);
      else if (code.generator) return makeGenerator(this, closure, frame, code.site);
      else {
        const c = code.body(frame);
        if (c?.kind === 'split') {
          this.own(frame);
          frame.slots[0] = this.domain.returned(c, frame.slots[0], code.site);
        }
        // A `finally` may have left a `return` behind and gone on.
        if (c !== undefined) result = frame.slots[0];
      }
    } catch (error) {
      this.blameCall(error, begun, closure, site);
      const unknown = this.rescue?.(error, { closure, self, args, frame, since });
      if (unknown !== undefined) return unknown;
      throw error;
    } finally {
      this.depth--;
      this.current = before;
    }
    if (this.given !== undefined && result instanceof JsObject) this.given.push(result);
    // A derived constructor's object is the one that super() made.
    if (
      closure.parts?.derived !== true ||
      newTarget === undefined ||
      result instanceof JsObject ||
      result instanceof Poison
    )
      return result;
    if (result !== undefined)
      this.throwError('TypeError', 'Derived constructors may only return object or undefined', code.site);
    return activation.self === UNINITIALISED
      ? this.throwError(
          'ReferenceError',
          'Must call super constructor before returning from derived constructor',
          code.site,
        )
      : activation.self;
  }
}

/** Of code that is `direct`: it does not look at them, nor does an arrow function in it. */
const NO_ARGUMENTS: Value[] = [];

/** What is unknown of what a built-in gives: of most it is not known that it is a number, where a number went in. */
function typed({ gives, passes }: NativeFunction, result: Value): Value {
  if (!(result instanceof Poison)) return result;
  if (passes && result instanceof UnknownPrimitive && result.type === (gives ?? result.type)) return result;
  if (gives === 'number' || (gives === 'string' && !(result instanceof ActiveText)))
    return new UnknownPrimitive(gives, result);
  return result instanceof UnknownPrimitive ? bare(result) : result;
}

export function problem(id: ProblemId, message: string, location: Location | undefined): Problem {
  return { id, severity: 'error', message, location };
}

export function grouped(n: number): string {
  return Number.isFinite(n) ? n.toLocaleString('en-US', { maximumFractionDigits: 0 }) : String(n);
}
