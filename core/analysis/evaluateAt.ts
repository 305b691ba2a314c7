/** A function and its derivatives at given arguments: what the command line asks for. */
import type { LeafPath } from '../annotations/annotation.ts';
import { Closure } from '../evaluate/functions.ts';
import type { ModuleInstance } from '../evaluate/module.ts';
import { JsFunction, JsObject, NativeFunction } from '../evaluate/objects.ts';
import { get } from '../evaluate/properties.ts';
import { Poison, Refusal, Site, type Value } from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import { parameterLabel } from '../source/labels.ts';
import type { Location } from '../source/span.ts';
import type { FunctionNode, ModuleStatement } from '../source/syntax.ts';
import { hessian } from '../trace/sweep.ts';
import { analyser, WHOLE } from './analyse.ts';
import { matches, type Place, resultLeaves } from './arguments.ts';
import { differentiate } from './differentiate.ts';
import { BadValue, type DecodeContext, type Decoded, decode, pathText } from './encoded.ts';
import type { EvaluateAtRequest, EvaluateAtResult, RefusedAt } from './evaluateAt.types.ts';
import { type Prepared, type Run, runOnce } from './run.ts';
import { prepareSample, unknownNames } from './samples.ts';
import { heldFixed } from './steering.ts';

const NOWHERE = { start: 0, end: 0 };

export function evaluateAt(request: EvaluateAtRequest): EvaluateAtResult {
  try {
    return evaluate(request);
  } catch (error) {
    if (error instanceof BadValue) return bad(error.message);
    if (error instanceof Refusal) return { kind: 'refused', error: error.problem, problems: [] };
    throw error;
  }
}

function bad(message: string): RefusedAt {
  return { kind: 'refused', error: { id: 'BAD', message }, problems: [] };
}

interface Found {
  readonly fn: Closure;
  readonly node: FunctionNode;
  readonly statement: ModuleStatement;
  /** What it is a method of, where it is one of an object (not of a prototype). */
  readonly owner: Value;
}

function evaluate(request: EvaluateAtRequest): EvaluateAtResult {
  const { ev } = analyser();
  const { file, statements } = request.module;
  const broken = statements.find((s) => s.syntaxErrors.length > 0);
  if (broken !== undefined) {
    const { span, message } = broken.syntaxErrors[0]!;
    const location = { file, statement: broken.key, span };
    return refused({ id: 'GL010', severity: 'error', message: `Syntax error: ${message}`, location });
  }
  const module = analyser().module(request.module);
  const found = resolve(module, statements, request.function);
  if (typeof found === 'string') return bad(found);
  if (!('fn' in found)) return refused(found);
  const { fn, node, statement, owner } = found;
  const at: Location = fn.code().site.location;
  const site = new Site(at);
  const context: DecodeContext = {
    ev,
    site,
    lookup: (name) => {
      const value = valueOf(module, statements, name);
      return value === undefined ? ev.realm.globals.get(name)?.value : value;
    },
  };
  const given = request.arguments;
  const wantsState = request.outputs?.some((path) => path.startsWith('$')) === true;

  const prepare = (): Prepared => {
    module.enter();
    if (given.kind === 'sample') {
      const target = {
        file,
        statement: statement.key,
        path: request.function.split('.'),
        name: request.function,
        nameSpan: at.span,
        node,
        receiver: owner === undefined && request.function.includes('.') ? 'this' : undefined,
      };
      return prepareSample(ev, module, statement, target, fn, given.sample, at);
    }
    const args: Decoded[] = given.args.map((value, i) =>
      decode(context, value, parameterLabel(node, i), [i], i),
    );
    const receiver =
      given.receiver === undefined ? undefined : decode(context, given.receiver, 'this', ['this'], -1);
    let made: Value[] = [];
    return {
      places: [...args.flatMap((a) => a.places), ...(receiver?.places ?? [])],
      call: () => {
        made = args.map((a) => a.make());
        const poison = made.find((v) => v instanceof Poison);
        if (poison instanceof Poison) return poison;
        return ev.call(fn, receiver === undefined ? owner : receiver.make(), [...made], site);
      },
      ...(wantsState
        ? {
            state: () =>
              made.flatMap((value, i) =>
                resultLeaves(ev, value, site).map((leaf) => ({ ...leaf, path: [`$${i}`, ...leaf.path] })),
              ),
          }
        : {}),
    };
  };
  if (given.kind === 'sample') {
    const unknown = unknownNames(
      given.sample,
      { wrt: given.wrt, ranges: [] },
      { ...WHOLE, node, name: request.function, file, statement: statement.key },
    );
    if (unknown !== undefined) return refused({ ...unknown, location: at });
  }
  const chosen = chooser(request, node);
  let run = runOnce(ev, prepare, chosen, request.steps, at);
  if (run.problem !== undefined) return refused(run.problem);
  if (given.wrt !== undefined && run.inputs.length === 0)
    return bad('None of the paths of wrt names a number.');
  const asked = given.wrt !== undefined;
  if (asked && given.kind === 'encoded') {
    const missing = given.wrt!.find((path) => !run.inputs.some((i) => pathText(i.path) === path));
    if (missing !== undefined) return bad(`There is no number at the path '${missing}' of the arguments.`);
  }
  const all = run.inputs;
  const held = asked
    ? new Set<number>()
    : heldFixed(run, (d) => runOnce(ev, prepare, chosen, request.steps, at, d));
  const heldPaths = new Set(all.filter((i) => held.has(i.row)).map((i) => pathText(i.path)));
  const active = (place: Place) => chosen(place) && !heldPaths.has(pathText(place.path));
  if (heldPaths.size > 0) run = runOnce(ev, prepare, active, request.steps, at);
  if (run.problem !== undefined) return refused(run.problem);

  const everything = [
    ...run.outputs.map((o) => ({ ...o, text: pathText(o.path) })),
    ...run.state.map((o) => ({ ...o, text: pathText(o.path) })),
  ];
  const outputs = request.outputs === undefined ? everything.slice(0, run.outputs.length) : [];
  for (const path of request.outputs ?? []) {
    const output = everything.find((o) => o.text === path);
    if (output === undefined) return bad(`There is no number at the path '${path}' of the result.`);
    outputs.push(output);
  }
  if (outputs.length === 0) {
    const message = `${request.function} returns no number here, so there is nothing to differentiate.`;
    return refused({ id: 'GL003', severity: 'error', message, location: at });
  }
  const view = (r: Run): Run => ({
    ...r,
    outputs: selectOutputs(
      r,
      outputs.map((o) => o.text),
    ),
  });
  const derivatives = differentiate(
    view(run),
    (d) => view(runOnce(ev, prepare, active, request.steps, at, d)),
    (shift) => {
      const there = view(runOnce(ev, prepare, active, request.steps, at, undefined, shift)).outputs;
      return there.length === outputs.length ? there.map((o) => o.value) : undefined;
    },
  );
  if (derivatives.refused)
    return { kind: 'refused', error: derivatives.problems[0]!, problems: derivatives.problems.slice(1) };
  const problems = [...derivatives.problems];
  // The default is every leaf; one that only steers has the derivative of the path, 0, and it is said.
  const inputs = given.kind === 'encoded' ? all : run.inputs;
  const column = new Map(run.inputs.map((input, i) => [pathText(input.path), i]));
  const jacobian = derivatives.jacobian.map((row) =>
    inputs.map((input) => {
      const i = column.get(pathText(input.path));
      return i === undefined ? 0 : row[i]!;
    }),
  );
  if (given.kind === 'encoded' && heldPaths.size > 0) {
    const labels = all
      .filter((i) => held.has(i.row))
      .map((i) => i.label)
      .join(', ');
    problems.push({
      id: 'GL101',
      severity: 'information',
      message: `${labels}: used only as index, length, loop bound or selector, and held fixed.`,
      location: at,
    });
  }
  let second: number[][][] | undefined;
  if (request.hessian) {
    const finite = outputs.every((o) => Number.isFinite(o.value)) && jacobian.flat().every(Number.isFinite);
    if (derivatives.special || !finite) {
      const message =
        'The second derivatives are not given: at this point the function has a kink, a comparison that ties, or a value that is not finite.';
      return { kind: 'refused', error: { id: 'GL108', severity: 'error', message, location: at }, problems };
    }
    second = outputs.map(({ row }) => {
      const small = row < 0 ? undefined : hessian(run.trace.tape, row);
      return inputs.map((a) =>
        inputs.map((b) => {
          const i = column.get(pathText(a.path));
          const j = column.get(pathText(b.path));
          return i === undefined || j === undefined ? 0 : (small?.[i]?.[j] ?? 0);
        }),
      );
    });
  }
  return {
    kind: 'done',
    value: outputs.map((o) => o.value),
    inputs: inputs.map((i) => pathText(i.path)),
    labels: inputs.map((i) => i.label),
    outputs: outputs.map((o) => o.text),
    jacobian,
    ...(second === undefined ? {} : { hessian: second }),
    problems,
  };
}

function refused(error: Problem): RefusedAt {
  return { kind: 'refused', error, problems: [] };
}

function selectOutputs(run: Run, texts: readonly string[]): Run['outputs'] {
  const everything = [...run.outputs, ...run.state];
  const chosen = texts.map((text) => everything.find((o) => pathText(o.path) === text));
  return chosen.every((o) => o !== undefined) ? chosen : [];
}

function chooser(request: EvaluateAtRequest, node: FunctionNode): (place: Place) => boolean {
  const given = request.arguments;
  if (given.kind === 'sample') {
    const paths: readonly LeafPath[] | undefined = given.wrt;
    return (place) => (paths === undefined ? place.parameter >= 0 : matches(paths, place, node));
  }
  const wrt = given.wrt && new Set(given.wrt);
  return (place) => (wrt === undefined ? place.parameter >= 0 : wrt.has(pathText(place.path)));
}

/** An exported or module-level name's value, by a dotted path; a class's methods are looked up on its prototype too. */
function valueOf(
  module: ModuleInstance,
  statements: readonly ModuleStatement[],
  name: string,
): Value | undefined {
  return walk(module, statements, name)?.value;
}

function walk(
  module: ModuleInstance,
  statements: readonly ModuleStatement[],
  name: string,
): { readonly value: Value; readonly owner: Value } | undefined {
  const { ev } = analyser();
  const site = new Site({ file: module.file, statement: -1, span: NOWHERE });
  const [head, ...keys] = name.split('.');
  const exported = statements
    .flatMap((s) => s.exports)
    .find((e) => e.exported === head && e.local !== undefined);
  const { exports } = module;
  const offered =
    head === 'default' ? exports : exports instanceof JsObject ? get(ev, exports, head!, site) : undefined;
  let value = module.lookup(exported?.local ?? head!) ?? offered;
  if (value === undefined) return undefined;
  let owner: Value;
  for (const key of keys) {
    if (!(value instanceof JsObject)) return undefined;
    const direct: Value = get(ev, value, key, site);
    const prototype: Value = value instanceof JsFunction ? get(ev, value, 'prototype', site) : undefined;
    // A class's `length` is a number of its own; what is asked for is the method.
    const method: Value = prototype instanceof JsObject ? get(ev, prototype, key, site) : undefined;
    if (direct instanceof JsObject || method === undefined) {
      if (direct === undefined) return undefined;
      owner = key === 'prototype' ? undefined : value;
      value = direct;
    } else {
      owner = undefined;
      value = method;
    }
  }
  return { value, owner };
}

function resolve(
  module: ModuleInstance,
  statements: readonly ModuleStatement[],
  name: string,
): Found | Problem | string {
  const found = walk(module, statements, name);
  if (found === undefined) return `The file has no function '${name}'.`;
  const { value, owner } = found;
  if (value instanceof Poison) return value.problem;
  if (value instanceof NativeFunction) {
    return value.label === 'bound'
      ? `'${name}' is a bound function: name the function that it is bound from.`
      : `'${name}' is a built-in function.`;
  }
  if (!(value instanceof Closure)) return `'${name}' is not a function.`;
  const key = value.code().site.location.statement;
  const statement = statements.find((s) => s.key === key) ?? statements[0]!;
  return { fn: value, node: value.node, statement, owner };
}
