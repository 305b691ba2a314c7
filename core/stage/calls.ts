/**
 * Calls in a stage. A call is evaluated in place; a function that calls itself becomes a function of the Program,
 * specialised by its closure and by the kinds of its arguments, numbers being parameters.
 */
import type { Closure } from '../evaluate/functions.ts';
import { JsBuffer, type JsObject } from '../evaluate/objects.ts';
import { definite } from '../evaluate/operators.ts';
import { Leaf, Poison, Refusal, type Site, type Value } from '../evaluate/values.ts';
import type { ProgramFunction, ValueId } from '../program/program.ts';
import { JsList } from './lists.ts';
import type { Stage } from './stage.ts';
import { Unknown } from './unknown.ts';

/** A function of the Program while it is being built: nothing around it changes until it is complete. */
export interface Specialisation {
  readonly node: object;
  readonly scope: object;
  readonly self: Value;
  /** Arguments that are neither numbers nor buffers have to be the same again. */
  readonly args: readonly Value[];
  readonly index: number;
}

/** A complete one: what it was made of, to find the same again. */
export interface Finished {
  readonly index: number;
  readonly key: string;
  readonly throws: boolean;
  readonly stores: boolean;
}

/** How often a function may be evaluated inside itself before it is taken to be recursive for good. */
const DEEPEST = 12;
/** How many versions of one function may be under construction inside each other. */
const MOST_VERSIONS = 6;

/** Signal of the stage's own: this function is to be a function of the Program; staging starts again. */
export class Recursive {
  readonly node: object;
  constructor(node: object) {
    this.node = node;
  }
}

export function callFunction(
  stage: Stage,
  closure: Closure,
  self: Value,
  args: Value[],
  newTarget: JsObject | undefined,
  site: Site | undefined,
): Value {
  const { ev, active } = stage;
  const { node } = closure;
  if (stage.recursive.has(node) && newTarget === undefined)
    return specialised(stage, closure, self, args, site);
  const depth = active.get(node) ?? 0;
  if (depth >= DEEPEST) throw new Recursive(node);
  active.set(node, depth + 1);
  try {
    return ev.invoke(closure, self, args, newTarget, site);
  } finally {
    active.set(node, depth);
  }
}

function isNumeric(v: Value): v is number | Leaf {
  return typeof v === 'number' || v instanceof Leaf;
}

function typeOf(v: number | Leaf): 'number' | 'boolean' {
  return typeof v === 'number' ? 'number' : v.type;
}

function specialised(
  stage: Stage,
  closure: Closure,
  self: Value,
  args: Value[],
  site: Site | undefined,
): Value {
  const { ev } = stage;
  const at = site ?? closure.code().site;
  const matches = (known: Value, given: Value) =>
    (isNumeric(known) && isNumeric(given) && typeOf(known) === typeOf(given)) ||
    (known instanceof JsBuffer && given instanceof JsBuffer && known.typed === given.typed) ||
    Object.is(known, given);
  for (const arg of args) definite(ev, arg, at);
  const passed: ValueId[] = [];
  for (const arg of args) {
    if (isNumeric(arg)) passed.push(stage.id(arg, at));
    else if (arg instanceof JsList) {
      ev.refuse('GL111', 'An array that grows is passed to a recursive function: pass a copy.', at.location);
    } else if (arg instanceof JsBuffer) passed.push(stage.bufferId(arg, at));
  }
  const under = stage.specialisations.find(
    (s) =>
      s.node === closure.node &&
      s.scope === closure.scope &&
      Object.is(s.self, self) &&
      s.args.length === args.length &&
      s.args.every((known, i) => matches(known, args[i])),
  );
  let index: number;
  if (under === undefined) {
    const made = build(stage, closure, self, args, at);
    if (made.throws) {
      stage.throws++;
      if (ev.handlers > 0) caught(stage, at);
    }
    if (made.stores) stage.effects++;
    index = made.index;
  } else {
    // Whether it throws is not known before it is complete.
    if (ev.handlers > 0) caught(stage, at);
    index = under.index;
  }
  // A call met while its function is being built returns a number, as is checked at its end.
  const [result] = stage.f.call(index, passed, ['number'], at.location);
  return stage.leaf(result!);
}

function caught(stage: Stage, site: Site): never {
  return stage.ev.refuse(
    'GL111',
    'A recursive function may throw here, which is caught further out.',
    site.location,
  );
}

function build(stage: Stage, closure: Closure, self: Value, args: Value[], site: Site): Finished {
  const { ev, program } = stage;
  const name = closure.node.name ?? 'recursive';
  const refuse = (what: string) => ev.refuse('GL111', `${name} calls itself and ${what}.`, site.location);
  if (stage.specialisations.filter((s) => s.node === closure.node).length >= MOST_VERSIONS)
    refuse('passes other objects or functions on each time');
  const index = program.reserve(name);
  const outer = stage.f;
  const f = program.open(index);
  const { throws, effects } = stage;
  stage.specialisations.push({ node: closure.node, scope: closure.scope, self, args: [...args], index });
  stage.f = f;
  const token = ev.store.begin();
  const { handlers } = ev;
  ev.handlers = 0;
  let done: ProgramFunction | undefined;
  try {
    const inner = args.map((arg, i): Value => {
      const label = closure.node.parameters[i]?.name ?? `a${i}`;
      if (isNumeric(arg)) {
        const type = typeOf(arg);
        return new Unknown(type, f.parameter({ type, name: label, path: [i] }), f);
      }
      if (!(arg instanceof JsBuffer)) return arg;
      const { typed } = arg;
      const id = f.parameter({
        type: 'buffer',
        name: label,
        path: [i],
        ...(typed === undefined ? {} : { typed }),
      });
      return stage.buffer(id, new Unknown('number', f.length(id), f), typed);
    });
    const result = ev.invoke(closure, self, inner, undefined, site);
    if (result instanceof Poison) throw new Refusal(result.problem);
    if (!isNumeric(result)) return refuse('returns something else than a number');
    if (typeOf(result) !== 'number') return refuse('returns a truth value');
    definite(ev, result, site);
    done = f.close([{ path: [], value: stage.id(result, site) }]);
  } finally {
    const changes = ev.store.end(token);
    stage.f = outer;
    stage.specialisations.pop();
    ev.handlers = handlers;
    if (done === undefined) program.replace(index, NEVER);
    else if (changes.length > 0) refuse('changes a variable around it');
  }
  const key = keyOf(done, index);
  const same = stage.finished.find((other) => other.key === key);
  if (same !== undefined) {
    program.replace(index, NEVER);
    return same;
  }
  const made = { index, key, throws: stage.throws > throws, stores: stage.effects > effects };
  stage.finished.push(made);
  return made;
}

/** Stands for a function that was given up. */
const NEVER: ProgramFunction = {
  name: 'never',
  parameters: [],
  body: { instructions: [{ kind: 'throw', message: 'This is never called.' }], results: [] },
  results: [],
  types: [],
  names: new Map(),
};

/** What a function does, as a text: places left out. */
function keyOf(f: ProgramFunction, index: number): string {
  return JSON.stringify([f.name, f.parameters, f.types, f.results, f.body], (key, value) => {
    if (key === 'at') return undefined;
    if (key === 'function' && value === index) return 'itself';
    return typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
      ? `${Object.is(value, -0) ? '-0' : value}`
      : value;
  });
}
