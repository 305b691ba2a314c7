/** Samples of annotations as arguments of a call. */
import type { Sample } from '../annotations/annotation.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { ModuleInstance } from '../evaluate/module.ts';
import { JsFunction, JsObject } from '../evaluate/objects.ts';
import { get } from '../evaluate/properties.ts';
import { Poison, Refusal, Site, type Value } from '../evaluate/values.ts';
import { parameterLabel } from '../source/labels.ts';
import type { Location } from '../source/span.ts';
import type { ModuleStatement } from '../source/syntax.ts';
import { leavesBelow, type Place } from './arguments.ts';
import type { FunctionTarget } from './model.ts';
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
    const made = module.evaluate(statement, value);
    if (made instanceof Poison) {
      throw new Refusal({
        ...made.problem,
        id: made.problem.id === 'GL011' ? 'GL011' : 'GL002',
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
      giveClass(ev, made, module.lookup(parameter.shape.class), site);
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
}
