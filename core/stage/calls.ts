/**
 * Calls in a stage. A call is evaluated in place; a function that calls itself becomes a function of the Program,
 * specialised by its closure and by the kinds of its arguments, numbers being parameters.
 */
import type { Closure } from '../evaluate/functions.ts';
import { JsBuffer, type JsObject } from '../evaluate/objects.ts';
import { Leaf, Poison, Refusal, type Site, type Value } from '../evaluate/values.ts';
import type { ValueId, ValueType } from '../program/program.ts';
import { type Stage, Unknown } from './stage.ts';

/** A function of the Program. */
export interface Specialisation {
  readonly node: object;
  readonly scope: object;
  /** Arguments that are neither numbers nor buffers have to be the same again. */
  readonly args: readonly Value[];
  readonly index: number;
  result: ValueType | undefined;
}

/** How often a function may be evaluated inside itself before it is taken to be recursive for good. */
const DEEPEST = 12;

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
    (known instanceof JsBuffer && given instanceof JsBuffer) ||
    Object.is(known, given);
  let found = stage.specialisations.find(
    (s) =>
      s.node === closure.node &&
      s.scope === closure.scope &&
      s.args.length === args.length &&
      s.args.every((known, i) => matches(known, args[i])),
  );
  found ??= build(stage, closure, self, args, at);
  const passed: ValueId[] = [];
  for (const arg of args) {
    if (isNumeric(arg)) passed.push(stage.id(arg, at));
    else if (arg instanceof JsBuffer) passed.push(arg.buffer);
  }
  // A call met while its function is being built returns a number, as is checked at its end.
  const type = found.result ?? 'number';
  const [result] = stage.f.call(found.index, passed, [type], at.location);
  const value = stage.leaf(result!);
  return value instanceof Poison ? ev.refuse('GL111', 'unreachable', at.location) : value;
}

function typeOf(v: number | Leaf): 'number' | 'boolean' {
  return typeof v === 'number' ? 'number' : v.type;
}

function build(stage: Stage, closure: Closure, self: Value, args: Value[], site: Site): Specialisation {
  const { ev, program } = stage;
  const name = closure.node.name ?? 'recursive';
  const index = program.reserve(name);
  const outer = stage.f;
  const f = program.open(index);
  const made: Specialisation = {
    node: closure.node,
    scope: closure.scope,
    args: [...args],
    index,
    result: undefined,
  };
  stage.specialisations.push(made);
  stage.f = f;
  const token = ev.store.begin();
  const { handlers } = ev;
  ev.handlers = 0;
  try {
    const inner = args.map((arg, i): Value => {
      const label = closure.node.parameters[i]?.name ?? `a${i}`;
      if (isNumeric(arg)) {
        const type = typeOf(arg);
        return new Unknown(type, f.parameter({ type, name: label, path: [i] }), f);
      }
      if (!(arg instanceof JsBuffer)) return arg;
      const buffer = f.parameter({
        type: 'buffer',
        name: label,
        path: [i],
        ...(arg.typed === undefined ? {} : { typed: arg.typed }),
      });
      return new JsBuffer(
        arg.proto,
        ev.store.epoch,
        buffer,
        new Unknown('number', f.length(buffer), f),
        arg.typed,
      );
    });
    const result = ev.invoke(closure, self, inner, undefined, site);
    if (result instanceof Poison) throw new Refusal(result.problem);
    if (!isNumeric(result)) {
      return ev.refuse(
        'GL111',
        `${name} calls itself and returns something else than a number.`,
        site.location,
      );
    }
    const type = typeOf(result);
    if (type !== 'number')
      ev.refuse('GL111', `${name} calls itself and returns a truth value.`, site.location);
    f.close([{ path: [], value: stage.id(result, site) }]);
    made.result = type;
  } finally {
    const changes = ev.store.end(token);
    stage.f = outer;
    ev.handlers = handlers;
    if (changes.length > 0 && made.result !== undefined) {
      ev.refuse('GL111', `${name} calls itself and changes a variable around it.`, site.location);
    }
  }
  return made;
}
