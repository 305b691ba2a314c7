/**
 * Generator objects (ECMA-262 §27.5). A suspended activation is its frame: every statement that can be left by a
 * `yield` keeps in a variable of the frame where it was left (compile/resumable.ts), so that what a generator has
 * done can be undone like everything else that is written.
 */
import type { Evaluator } from './evaluator.ts';
import type { Closure } from './functions.ts';
import { Frame } from './heap.ts';
import { JsObject, type Native, Slot } from './objects.ts';
import { get } from './properties.ts';
import { iteratorResult } from './realm/iterators.ts';
import { method, type Realm } from './realm/realm.ts';
import { type Site, Thrown, type Value } from './values.ts';

type How = 'next' | 'throw' | 'return';

/** What passes between a generator's body and who resumes it. */
export interface Suspension {
  /** What it is resumed with, until the `yield` that it was left at takes it. */
  resumption: { readonly how: How; readonly value: Value } | undefined;
  yielded: Value;
  /** What is yielded is an iterator result already. */
  whole: boolean;
}

type State = 'start' | 'suspended' | 'running' | 'done';

export class JsGenerator extends JsObject {
  /** The frame of its body. */
  readonly frame: Frame;
  readonly closure: Closure;
  /** Its state, in a container of its own so that it is saved and undone. */
  readonly state: Frame;
  constructor(proto: JsObject, epoch: number, closure: Closure, frame: Frame) {
    super(proto, epoch, 'Generator');
    this.closure = closure;
    this.frame = frame;
    this.state = new Frame(['start'], null, frame.call, epoch);
  }
}

export function makeGenerator(ev: Evaluator, closure: Closure, frame: Frame, site: Site): JsGenerator {
  const proto = get(ev, closure, 'prototype', site);
  return new JsGenerator(
    proto instanceof JsObject ? proto : ev.realm.generatorPrototype,
    ev.store.epoch,
    closure,
    frame,
  );
}

function resume(ev: Evaluator, generator: JsGenerator, how: How, value: Value): JsObject {
  const { frame, state } = generator;
  const set = (now: State): void => {
    ev.own(state);
    state.slots[0] = now;
  };
  const now = state.slots[0] as State;
  if (now === 'running') ev.throwError('TypeError', 'Generator is already running');
  if (now === 'start' && how !== 'next') set('done');
  if (state.slots[0] === 'done') {
    if (how === 'throw') throw new Thrown(value);
    return iteratorResult(ev, how === 'return' ? value : undefined, true);
  }
  const code = generator.closure.code();
  // Where it was left is no variable that a loop could carry.
  if (!ev.domain.resumes && ev.store.epochOf(generator) < ev.store.epoch)
    ev.refuse('GL111', 'How far this generator has come depends on an input here.', code.site.location);
  const suspension: Suspension = {
    resumption: now === 'start' ? undefined : { how, value },
    yielded: undefined,
    whole: false,
  };
  frame.call.suspension = suspension;
  set('running');
  ev.deepen(code.site);
  let finished = true;
  let returned = false;
  try {
    const completion = code.body(frame);
    finished = completion?.kind !== 'suspend';
    returned = completion !== undefined;
  } finally {
    ev.depth--;
    set(finished ? 'done' : 'suspended');
  }
  if (finished) return iteratorResult(ev, returned ? frame.slots[0] : undefined, true);
  const { yielded, whole } = suspension;
  return whole ? (yielded as JsObject) : iteratorResult(ev, yielded, false);
}

/** %GeneratorFunction.prototype% and %GeneratorPrototype%. */
export function installGenerators(ev: Evaluator, realm: Realm): void {
  const target = realm.generatorPrototype;
  target.proto = realm.iteratorPrototype;
  const own = (self: Value): JsGenerator =>
    self instanceof JsGenerator ? self : ev.throwError('TypeError', 'this is not a generator');
  for (const how of ['next', 'return', 'throw'] as const) {
    const native: Native = (self, [value]) => resume(ev, own(self), how, value);
    method(realm, target, how, native).properties.set('length', new Slot({ value: 1, configurable: true }));
  }
  const hidden = (value: Value) => new Slot({ value, configurable: true });
  target.properties.set(Symbol.toStringTag, hidden('Generator'));
  target.properties.set('constructor', hidden(realm.generatorFunctionPrototype));
  realm.generatorFunctionPrototype.properties.set('prototype', hidden(target));
  realm.generatorFunctionPrototype.properties.set(Symbol.toStringTag, hidden('GeneratorFunction'));
}
