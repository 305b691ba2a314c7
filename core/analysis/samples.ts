/** Samples of annotations as arguments of a call. */
import type { Annotation, Sample } from '../annotations/annotation.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { Closure } from '../evaluate/functions.ts';
import type { ModuleInstance } from '../evaluate/module.ts';
import { JsArray, JsFunction, JsMap, JsObject, JsTypedArray, Slot } from '../evaluate/objects.ts';
import { get } from '../evaluate/properties.ts';
import { Poison, Refusal, Site, type Value } from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import { parameterLabel } from '../source/labels.ts';
import type { Location } from '../source/span.ts';
import type { ModuleStatement } from '../source/syntax.ts';
import { boundNames } from '../source/traverse.ts';
import { leavesBelow, type Place } from './arguments.ts';
import type { FunctionTarget } from './model.ts';
import { classNamed } from './named.ts';
import type { Prepared } from './run.ts';

/** The sample's arguments, made in the module's scope. To be run inside the run's epoch. */
export function sampleArguments(
  ev: Evaluator,
  module: ModuleInstance,
  statement: ModuleStatement,
  target: FunctionTarget,
  sample: Sample,
  at: Location,
): { readonly args: Value[]; readonly receiver: Value } {
  const site = new Site(at);
  const args: Value[] = [];
  let receiver: Value;
  for (const { root, rootSpan, value } of sample.values) {
    const made = fresh(ev, module.evaluate(statement, value));
    if (made instanceof Poison) {
      throw new Refusal({
        ...made.problem,
        id: made.problem.id === 'GL011' ? 'GL011' : made.problem.id === 'GL010' ? 'GL001' : 'GL002',
        location: made.problem.location,
      });
    }
    if (root === 'this') {
      receiver = made;
      continue;
    }
    const index = root.startsWith('#')
      ? Number(root.slice(1)) - 1
      : target.node.parameters.findIndex((p) => p.name === root);
    if (index < 0)
      ev.refuse('GL002', `${target.name} has no parameter '${root}'.`, { ...at, span: rootSpan });
    const parameter = target.node.parameters[index];
    if (parameter?.shape.kind === 'number' && typeof made !== 'number') {
      ev.refuse('GL003', `${root} is declared as a number, and the sample gives it something else.`, {
        ...at,
        span: rootSpan,
      });
    }
    if (parameter?.rest === true && made instanceof JsObject && 'elements' in made) {
      (made.elements as Value[]).forEach((v, i) => {
        args[index + i] = v;
      });
    } else args[index] = made;
    if (
      parameter?.shape.kind === 'object' &&
      parameter.shape.class !== undefined &&
      made instanceof JsObject
    ) {
      giveClass(ev, made, classNamed(module, parameter.shape.class), site);
    }
  }
  if (target.receiver !== undefined && receiver instanceof JsObject) {
    giveClass(ev, receiver, classOf(ev, module, target, site), site);
  }
  for (let i = 0; i < args.length; i++) if (!(i in args)) args[i] = undefined;
  target.node.parameters.forEach((p, i) => {
    if (i >= args.length && !p.rest && p.default === undefined && !p.optional) {
      ev.refuse('GL001', `The sample gives no value for ${p.name ?? `#${i + 1}`}.`, {
        ...at,
        span: sample.span,
      });
    }
  });
  args.forEach((value, i) => {
    if (
      value === undefined &&
      target.node.parameters[i]?.default === undefined &&
      target.node.parameters[i]?.optional !== true
    ) {
      const name = parameterLabel(target.node, i);
      if (!sample.values.some((v) => v.root === name))
        ev.refuse('GL001', `The sample gives no value for ${name}.`, { ...at, span: sample.span });
    }
  });
  return { args, receiver };
}

/** The call of `fn` with the sample's arguments, their numbers to be replaced by inputs. */
export function prepareSample(
  ev: Evaluator,
  module: ModuleInstance,
  statement: ModuleStatement,
  target: FunctionTarget,
  fn: Value,
  sample: Sample,
  at: Location,
): Prepared {
  const { args, receiver } = sampleArguments(ev, module, statement, target, sample, at);
  const site = new Site(at);
  const places: Place[] = args.flatMap((value, i) =>
    leavesBelow(value, parameterLabel(target.node, i), [i], i, (v) => {
      args[i] = v;
    }),
  );
  if (receiver !== undefined) {
    places.push(...leavesBelow(receiver, 'this', ['this'], -1, () => undefined));
  }
  return { places, call: () => ev.call(fn, receiver, args, site) };
}

function classOf(ev: Evaluator, module: ModuleInstance, target: FunctionTarget, site: Site): Value {
  let value: Value = module.lookup(target.path[0] ?? '');
  for (const key of target.path.slice(1, -1)) if (key !== 'prototype') value = get(ev, value, key, site);
  return value;
}

/** Makes a plain object an instance. */
export function giveClass(ev: Evaluator, object: JsObject, constructor: Value, site: Site): void {
  if (!(constructor instanceof JsFunction)) return;
  const prototype = get(ev, constructor, 'prototype', site);
  if (prototype instanceof JsObject) object.proto = prototype;
  // Fields with private names are given as `#x`.
  for (let c: JsObject | null = constructor; c instanceof Closure; c = c.proto) {
    for (const [name, key] of c.parts?.privates ?? []) {
      if (!object.properties.has(name)) continue;
      object.properties.set(key, object.properties.get(name));
      object.properties.delete(name);
    }
  }
}

/**
 * A copy of what a sample names of the module: its numbers become inputs, and the module's own must not, nor may two
 * arguments share them.
 */
function fresh(ev: Evaluator, value: Value, copies = new Map<JsObject, JsObject>()): Value {
  const { epoch } = ev.store;
  if (!(value instanceof JsObject) || value instanceof JsFunction || value.epoch === epoch) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  const copy = (v: Value) => fresh(ev, v, copies);
  let made: JsObject;
  if (value instanceof JsArray) made = new JsArray(value.proto, epoch, []);
  else if (value instanceof JsTypedArray)
    made = new JsTypedArray(value.proto, epoch, value.typed, value.elements.slice());
  else if (value instanceof JsMap) made = new JsMap(value.proto, epoch, value.tag);
  else if (value.constructor === JsObject) made = new JsObject(value.proto, epoch, value.tag);
  else return value;
  copies.set(value, made);
  if (made instanceof JsArray && value instanceof JsArray) made.elements = value.elements.map(copy);
  if (made instanceof JsMap && value instanceof JsMap)
    for (const [k, v] of value.entries) made.entries.set(k, copy(v));
  for (const [key, property] of value.properties)
    made.properties.set(key, property instanceof Slot ? property : copy(property));
  return made;
}

/** A name in the annotation that the function does not have. */
export function unknownNames(
  sample: Sample,
  annotation: Pick<Annotation, 'wrt' | 'ranges'>,
  target: FunctionTarget,
): Problem | undefined {
  const names = target.node.parameters.map((p, i) => p.name ?? `#${i + 1}`);
  const roots = [
    ...sample.values.map((v) => ({ root: v.root, span: v.rootSpan })),
    ...(annotation.wrt ?? []),
    ...annotation.ranges.map((r) => r.path),
  ];
  for (const { root, span } of roots) {
    if (root === 'this' || names.includes(root)) continue;
    if (
      root.startsWith('#') &&
      Number(root.slice(1)) <= Math.max(names.length, target.node.parameters.some((p) => p.rest) ? 999 : 0)
    )
      continue;
    const part = target.node.parameters.findIndex(
      (p) => p.name === undefined && boundNames(p.target).includes(root),
    );
    const hint = part < 0 ? '' : ` It is a part of the parameter #${part + 1}: write \`#${part + 1} = …\`.`;
    return {
      id: 'GL002',
      severity: 'error',
      message: `${target.name} has no parameter '${root}': it has ${names.join(', ') || 'none'}.${hint}`,
      location: { file: target.file, statement: target.statement, span },
    };
  }
  return undefined;
}

/** A method that fails for want of a receiver: the problem says how to give one. */
export function withoutReceiver(
  problem: Problem,
  { receiver }: Pick<FunctionTarget, 'receiver'>,
  { values }: Sample,
): Problem {
  const missing = receiver !== undefined && values.every(({ root }) => root !== 'this');
  if (
    !missing ||
    problem.id !== 'GL013' ||
    !/TypeError.*(of undefined|private|did not declare)/.test(problem.message)
  )
    return problem;
  return {
    ...problem,
    message: `${problem.message}. The sample gives no receiver: add this = {…} with its fields.`,
  };
}
