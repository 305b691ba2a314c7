/** A function with unknown inputs as a Program. */

import type { Evaluator } from '../evaluate/evaluator.ts';
import { failureOf } from '../evaluate/module.ts';
import { JsArray, JsBuffer, JsFunction, JsMap, JsObject, JsTypedArray, Slot } from '../evaluate/objects.ts';
import { definite } from '../evaluate/operators.ts';
import { ownKeys } from '../evaluate/properties.ts';
import { JsProxy } from '../evaluate/proxies.ts';
import { Leaf, Poison, Refusal, Site, Thrown, type Value } from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import { type BuilderResult, ProgramBuilder } from '../program/builder.ts';
import { optimise } from '../program/optimise.ts';
import type { Program } from '../program/program.ts';
import { parameterLabel } from '../source/labels.ts';
import type { Shape } from '../source/shape.ts';
import type { Location } from '../source/span.ts';
import type { FunctionNode } from '../source/syntax.ts';
import type { Assumption } from './assumptions.ts';
import { Recursive } from './calls.ts';
import { Defaults } from './defaults.ts';
import { type InputContext, type Kinds, optional, type Shapes, unknownOf } from './inputs.ts';
import { JsList, NeedsList } from './lists.ts';
import { type Element, JsNested, NeedsOrder } from './nested.ts';
import { AsksFor, Closes, type Opened, Openings } from './openings.ts';
import { questionsOf } from './questions.ts';
import { instanceOf, unknownLike } from './receiver.ts';
import { NeedsForm } from './regular.ts';
import { NeedsBuffer, Stage } from './stage.ts';
import { changedElsewhere, forget } from './state.ts';
import { fillUnset } from './unset.ts';
import { shapeOfUntyped } from './untyped.ts';

export interface StageRequest {
  readonly name: string;
  readonly node: FunctionNode;
  readonly at: Location;
  /** The function's value. Runs inside the stage's epoch. */
  readonly reach: () => Value;
  /** Sample arguments, where there are any, for shapes that nothing declares. */
  readonly samples: () => readonly Value[];
  readonly receiver: () => Value;
  /** What it is a method of, where that is an object of the module: taken as it is. */
  readonly owner?: Value;
  /** Whose method it is. */
  readonly maker?: Value;
  readonly giveClass: InputContext['giveClass'];
  readonly steps: number;
  /** The function is evaluated at a sample, too, where what it leaves behind for later calls is looked into. */
  readonly isGiven?: boolean;
  /** `elements` where absent: what an editor shows of a function at its sample. */
  readonly shapes?: Shapes;
  readonly kinds?: Kinds | undefined;
  /** Makes the results of the unknown arguments, instead of a call. */
  readonly follow?: Follow;
  /** The Program as it was built, for tests; optimised where this is absent. */
  readonly raw?: boolean;
}

/** `rest`: what the rest parameter gathers, where that is one array. */
export type Follow = (
  stage: Stage,
  args: readonly Value[],
  self: Value,
  rest: Value,
  site: Site,
) => readonly BuilderResult[];

export type Staged =
  | {
      readonly program: Program;
      /** What it takes for granted of its arguments. */
      readonly assumptions: readonly Assumption[];
      readonly steps: number;
    }
  | { readonly problem: Problem; readonly steps: number };

/** How often staging starts again because something turned out to be recursive or in need of a buffer. */
const MOST_RESTARTS = 12;
const MOST_DECISIONS = 40;

export function stageFunction(ev: Evaluator, request: StageRequest): Staged {
  const recursive = new Set<object>();
  const buffers: (JsArray | JsTypedArray)[] = [];
  const decided = new Set<string>();
  const forms = new Map<number, NeedsForm>();
  const opened: Opened = { asked: new Set(), closed: request.shapes === 'sample' };
  let changed: ReturnType<typeof changedElsewhere> | undefined;
  let steps = 0;
  for (let restart = 0; ; restart++) {
    const token = ev.store.begin();
    const domain = ev.domain;
    let stage: Stage | undefined;
    ev.budget = { ...ev.budget, steps: request.steps };
    ev.steps = steps;
    ev.cells = 0;
    ev.depth = 0;
    ev.handlers = 0;
    try {
      const assumptions: Assumption[] = [];
      const program = build(ev, request, buffers, recursive, assumptions, (index, builder) => {
        if (changed !== undefined) forget(ev, changed, request.at);
        const f = builder.open(index);
        stage = new Stage(
          ev,
          builder,
          f,
          recursive,
          request.shapes === 'sample' ? decided : undefined,
          forms,
        );
        if (request.shapes !== undefined && request.shapes !== 'elements')
          stage.openings = new Openings(opened);
        return stage;
      });
      if (changed === undefined && request.shapes !== undefined && request.shapes !== 'elements') {
        changed = changedElsewhere(stage!.ran, request.isGiven === true);
        if (changed.size > 0) continue;
      }
      assumptions.push(...(stage!.openings?.assumptions(request.follow !== undefined) ?? []));
      return { program, assumptions, steps: ev.steps };
    } catch (error) {
      if (error instanceof AsksFor && !opened.asked.has(error.key)) opened.asked.add(error.key);
      else if (error instanceof Closes) opened.closed = true;
      // What does not stage with numbers that may be left out does with those that are given, perhaps.
      else if (error instanceof Refusal && opened.asked.size > 0 && !opened.closed) opened.closed = true;
      else if (restart < MOST_RESTARTS && error instanceof Recursive) recursive.add(error.node);
      else if (restart < MOST_RESTARTS && error instanceof NeedsBuffer && !buffers.includes(error.array))
        buffers.push(error.array);
      else if (restart < MOST_DECISIONS && error instanceof NeedsForm && !forms.has(error.ordinal)) {
        // What is made later is counted anew.
        for (const ordinal of forms.keys()) if (ordinal > error.ordinal) forms.delete(ordinal);
        forms.set(error.ordinal, error);
      } else if (restart < MOST_DECISIONS && stage !== undefined && decides(stage, error, decided)) continue;
      else {
        const known =
          error instanceof NeedsOrder
            ? new Refusal({
                id: 'GL111',
                severity: 'error',
                message: 'Elements of this array are exchanged where it is not followed: do so in a loop.',
                location: request.at,
              })
            : error instanceof NeedsList
              ? new Refusal({
                  id: 'GL111',
                  severity: 'error',
                  message: "An array's length changes on one path of a branch, or in a loop, only.",
                  location: request.at,
                })
              : error instanceof Recursive || error instanceof NeedsBuffer || error instanceof NeedsForm
                ? new Refusal({
                    id: 'GL111',
                    severity: 'error',
                    message:
                      'How this function uses its arrays and calls itself is too involved to be followed.',
                    location: request.at,
                  })
                : error instanceof Thrown
                  ? new Refusal({
                      id: 'GL013',
                      severity: 'error',
                      message: 'The function always throws.',
                      location: error.site?.location ?? request.at,
                    })
                  : error;
        const problem = failureOf(ev, known, request.at);
        if (problem === undefined) throw error;
        return { problem, steps: ev.steps };
      }
    } finally {
      steps = ev.steps;
      ev.store.unwatch();
      ev.store.end(token);
      ev.domain = domain;
      ev.current = undefined;
    }
  }
}

/** Whether a branch that cannot be joined can be decided as the sample decides it; it is, then. */
function decides(stage: Stage, error: unknown, decided: Set<string>): boolean {
  if (stage.sampled === undefined || !(error instanceof Refusal)) return false;
  const place = stage.branchOf.get(error.problem);
  if (place === undefined || decided.has(place)) return false;
  decided.add(place);
  return true;
}

function build(
  ev: Evaluator,
  request: StageRequest,
  buffers: readonly (JsArray | JsTypedArray)[],
  recursive: ReadonlySet<object>,
  assumptions: Assumption[],
  open: (index: number, builder: ProgramBuilder) => Stage,
): Program {
  const builder = new ProgramBuilder();
  const index = builder.reserve(request.name);
  // Samples are evaluated before anything is unknown.
  const samples = request.samples();
  const receiver = request.receiver();
  const fn = request.reach();
  const { giveClass, shapes = 'elements' } = request;
  const defaults = shapes === 'elements' ? undefined : new Defaults(ev, fn, request.node, samples);
  const bare = receiver === undefined && request.owner === undefined && request.node.usesThis;
  const instance = bare ? instanceOf(ev, request.maker, new Site(request.at), giveClass) : undefined;
  const stage = open(index, builder);
  const { f } = stage;
  ev.domain = stage;
  const site = new Site(request.at);
  for (const array of buffers) stage.becomeBuffer(array, site);
  const isSampled = samples.length > 0;
  const { kinds } = request;
  const context: InputContext = { stage, site, giveClass, shapes, assumptions, isSampled, kinds };
  const args: Value[] = [];
  const questions = questionsOf(request.node);
  request.node.parameters.forEach((p, i) => {
    if (
      p.rest &&
      shapes !== 'elements' &&
      gathersNumbers(request.node, samples) &&
      !recursive.has(request.node)
    ) {
      const sample = isSampled ? ev.array(samples.slice(i)) : undefined;
      const omitted = isSampled && samples.length <= i ? { omitted: true as const } : {};
      const own = { ...context, marks: new Map([['', { rest: true as const, ...omitted }]]) };
      stage.gather(args, unknownOf(own, NUMBERS, sample, p.name ?? 'rest', [i]));
      return;
    }
    if (p.rest) {
      if (samples.length <= i && shapes !== 'elements') {
        const what = `${request.name} gathers its arguments in ...${p.name ?? ''}: take an array, so that its derivative can take one.`;
        ev.refuse('GL111', what, request.at);
      }
      samples
        .slice(i)
        .forEach((s, k) =>
          args.push(unknownOf(context, { kind: 'unknown' }, s, `${p.name ?? 'rest'}[${k}]`, [i + k])),
        );
      return;
    }
    const sample = samples[i];
    const shape = isSampled ? p.shape : shapeOfUntyped(p, questions);
    const bare = shape.kind === 'optional' ? shape.shape : shape;
    if (p.shape.kind === 'unknown' && sample !== undefined && p.default === undefined && stage.openings) {
      const isNumber = typeof sample === 'number';
      const name = p.name ?? '';
      const asks = questions.kinds.has(name) || (!isNumber && questions.conditions.has(name));
      if (asks || request.node.usesArguments) stage.openings.isGiven([i], parameterLabel(request.node, i));
    }
    const said = defaults?.argument(i);
    if (said !== undefined) {
      const own = { ...context, marks: said.marks };
      const label = p.name === undefined ? 'options' : parameterLabel(request.node, i);
      args[i] = unknownOf(own, bare, said.sample, label, [i]);
      return;
    }
    if (p.optional && bare.kind === 'number' && p.default === undefined && !request.node.usesArguments) {
      const label = parameterLabel(request.node, i);
      const open = optional(context, sample, label, [i], { omitted: samples.length > 0 });
      if (open !== undefined) {
        args[i] = open;
        return;
      }
    }
    // A parameter that the sample leaves out takes its default, or is not there.
    if (i >= samples.length && (samples.length > 0 || p.default !== undefined || p.optional)) {
      assumptions.push({ kind: 'value', path: [i], name: parameterLabel(request.node, i), value: undefined });
      return;
    }
    const made = unknownOf(context, shape, sample, parameterLabel(request.node, i), [i]);
    // What is not known of an argument is said at once where the function names it.
    if (made instanceof Poison && (p.name === undefined || questions.names.has(p.name)))
      throw new Refusal(made.problem);
    args[i] = made;
  });
  if (request.node.usesArguments && !request.node.parameters.some((p) => p.rest))
    for (let i = request.node.parameters.length; i < samples.length; i++)
      args[i] = unknownOf(context, { kind: 'unknown' }, samples[i], parameterLabel(request.node, i), [i]);
  const self =
    receiver === undefined
      ? instance === undefined
        ? request.owner
        : unknownLike(context, instance, 'this', ['this'])
      : unknownOf(context, { kind: 'unknown' }, receiver, 'this', ['this']);
  const followed = request.follow?.(stage, args, self, stage.gathered(args), site);
  const results: BuilderResult[] = [...(followed ?? [])];
  if (followed === undefined) collect(stage, ev.call(fn, self, args, site), [], results, site, []);
  f.close(results);
  const program = fillUnset(builder.finish(index), (i, id) => stage.unset.has(`${i} ${id}`));
  return request.raw === true ? program : optimise(program);
}

const NUMBERS: Shape = { kind: 'array', element: { kind: 'number' } };

/** Whether the rest parameter is numbers, by its type or by the sample; without either it is taken to be. */
function gathersNumbers({ parameters, usesArguments }: FunctionNode, samples: readonly Value[]): boolean {
  const { shape } = parameters.at(-1)!;
  const given = samples.slice(parameters.length - 1);
  if (usesArguments || given.some((x) => typeof x !== 'number')) return false;
  if (shape.kind === 'array') return shape.element.kind === 'number';
  return shape.kind === 'unknown';
}

function collect(
  stage: Stage,
  value: Value,
  path: readonly (string | number)[],
  results: BuilderResult[],
  site: Site,
  above: readonly JsObject[],
): void {
  if (value instanceof Poison) throw new Refusal(value.problem);
  definite(stage.ev, value, site);
  if (typeof value === 'number' || (value instanceof Leaf && value.type === 'number')) {
    results.push({ path, value: stage.id(value, site) });
    return;
  }
  if (!(value instanceof JsObject) || value instanceof JsFunction || above.includes(value)) return;
  if (value instanceof JsNested) {
    nested(stage, value, path, results, site);
    return;
  }
  if (value instanceof JsBuffer) {
    // Of one that has grown there is more than it holds.
    const exact =
      value instanceof JsList ? (stage.sliced(value, undefined, undefined, site) as JsBuffer) : value;
    results.push({ path, value: stage.bufferId(exact, site) });
    return;
  }
  if (value instanceof JsProxy || (value instanceof JsMap && value.entries.size > 0)) {
    const what = value instanceof JsProxy ? 'A proxy' : 'A Map';
    stage.ev.refuse('GL111', `${what} is the result: return an object of its numbers.`, site.location);
  }
  const isList = value instanceof JsArray || value instanceof JsTypedArray;
  if (isList)
    value.elements.forEach((e, i) => collect(stage, e, [...path, i], results, site, [...above, value]));
  // An array may have properties with names besides.
  if (isList && value.properties.size === 0) return;
  for (const key of ownKeys(value, true)) {
    const p = value.properties.get(key);
    if (!value.properties.has(key) || (p instanceof Slot && p.accessor)) continue;
    collect(stage, p instanceof Slot ? p.value : p, [...path, key], results, site, [...above, value]);
  }
}

/** A nested array as a result: its buffers from the first to the last, and its lengths. */
function nested(
  stage: Stage,
  value: JsNested,
  path: readonly (string | number)[],
  results: BuilderResult[],
  site: Site,
): void {
  if (!value.whole || value.order !== undefined) {
    stage.ev.refuse('GL111', 'A part of a nested array is the result: return a copy of it.', site.location);
  }
  const lengths = (length: Value, at: readonly (string | number)[], each: readonly number[]): void => {
    const several = each.length === 0 ? {} : { each };
    const id = stage.id(length as number | Leaf, site);
    results.push({ path: [...at, 'length'], value: id, extent: true, ...several });
  };
  const walk = (element: Element, at: readonly (string | number)[], each: readonly number[]): void => {
    if (element.kind === 'number')
      results.push({ path: at, value: stage.bufferId(element.storage, site), each });
    else if (element.kind === 'constant') return;
    else if (element.kind === 'record')
      for (const [key, field] of element.fields) walk(field, [...at, String(key)], each);
    else {
      lengths(element.length, at, each);
      walk(element.element, [...at, '*'], [...each, at.length]);
    }
  };
  lengths(value.length, path, []);
  walk(value.element, [...path, '*'], [path.length]);
}
