/** A function and its derivatives at given arguments: what the command line asks for. */
import type { LeafPath } from '../annotations/annotation.ts';
import { grouped, problem } from '../evaluate/evaluator.ts';
import type { ModuleInstance } from '../evaluate/module.ts';
import { Poison, Refusal, Site, type Value } from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import { parameterLabel } from '../source/labels.ts';
import type { Location } from '../source/span.ts';
import type { FunctionNode } from '../source/syntax.ts';
import { analyser, WHOLE } from './analyse.ts';
import { matches, type Place, type ResultLeaf, resultLeaves } from './arguments.ts';
import { type Derivatives, differentiate } from './differentiate.ts';
import { BadValue, type DecodeContext, decode } from './encoded.ts';
import type { Arguments, EvaluateAtRequest, EvaluateAtResult, RefusedAt } from './evaluateAt.types.ts';
import { flows } from './flows.ts';
import { named } from './named.ts';
import { canonical, type Path, pathText } from './paths.ts';
import { decidesRepeatedly, repeatedDecision } from './repeated.ts';
import { type Found, resolve } from './resolve.ts';
import { besideSteps, type Prepare, type Run, runOnce, type Way } from './run.ts';
import { prepareSample, unknownNames, withoutReceiver } from './samples.ts';
import { secondDerivatives } from './second.ts';
import { atInfinity, withoutSlope } from './standstill.ts';
import { between, heldFixed, isAbsent } from './steering.ts';

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

function refused(error: Problem, problems: readonly Problem[] = []): RefusedAt {
  return { kind: 'refused', error, problems };
}

function evaluate(request: EvaluateAtRequest): EvaluateAtResult {
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
  const { at, node } = found;
  const given = request.arguments;
  const outputs = request.outputs?.map(canonical);
  if (given.kind === 'sample' && node === undefined)
    return bad(`'${request.function}' has no parameters with names: it is a built-in or a bound function.`);
  if (given.kind === 'sample') {
    const target = { ...WHOLE, node: node!, name: request.function, file, statement: found.statement.key };
    const unknown = unknownNames(given.sample, { wrt: given.wrt, ranges: [] }, target);
    if (unknown !== undefined) return refused({ ...unknown, location: at });
  }
  return new Evaluation(request, found, callOf(module, request, found, outputs), outputs).answer();
}

/** How the call of a request is made, in each run anew. */
export function callOf(
  module: ModuleInstance,
  request: Pick<EvaluateAtRequest, 'module' | 'function' | 'arguments'>,
  found: Found,
  outputs?: readonly string[],
): Prepare {
  const given = request.arguments;
  return given.kind === 'encoded'
    ? encodedCall(module, found, given, outputs)
    : sampleCall(module, request, found, given);
}

function sampleCall(
  module: ModuleInstance,
  request: Pick<EvaluateAtRequest, 'module' | 'function'>,
  found: Found,
  { sample }: Extract<Arguments, { kind: 'sample' }>,
): Prepare {
  const { at, fn, statement, owner } = found;
  const target = {
    file: request.module.file,
    statement: statement.key,
    path: request.function.split('.'),
    name: request.function,
    nameSpan: at.span,
    node: found.node!,
    receiver: owner === undefined && request.function.includes('.') ? 'this' : undefined,
  };
  return (entered) => {
    if (!entered) module.enter();
    return prepareSample(analyser().ev, module, statement, target, fn, sample, at);
  };
}

function encodedCall(
  module: ModuleInstance,
  found: Found,
  given: Extract<Arguments, { kind: 'encoded' }>,
  outputs: readonly string[] | undefined,
): Prepare {
  const { ev } = analyser();
  const { fn, owner, node } = found;
  const site = new Site(found.at);
  const lookup = (name: string) => named(module, name)?.value;
  const context: DecodeContext = { ev, site, lookup };
  const wanted = outputs && wantedLeaves(outputs);
  const state = outputs?.some((path) => path.startsWith('$')) === true;
  return (entered) => {
    if (!entered) module.enter();
    const args = given.args.map((value, i) =>
      decode(context, value, node === undefined ? `#${i + 1}` : parameterLabel(node, i), [i], i),
    );
    const self =
      given.receiver === undefined ? undefined : decode(context, given.receiver, 'this', ['this'], -1);
    let made: Value[] = [];
    let receiver: Value = owner;
    return {
      places: [...args.flatMap((a) => a.places), ...(self?.places ?? [])],
      call: () => {
        made = args.map((a) => a.make());
        if (self !== undefined) receiver = self.make();
        const poison = [...made, receiver].find((v) => v instanceof Poison);
        return poison ?? ev.call(fn, receiver, [...made], site);
      },
      ...(wanted === undefined ? {} : { wanted }),
      ...(state
        ? {
            state: () =>
              [...made, receiver].flatMap((value, i) =>
                resultLeaves(ev, value, site).map((leaf) => ({
                  ...leaf,
                  path: [i < made.length ? `$${i}` : '$this', ...leaf.path],
                })),
              ),
          }
        : {}),
    };
  };
}

/** Whether a leaf is one of the outputs asked for, or keeps one from being known. */
function wantedLeaves(outputs: readonly string[]): (leaf: ResultLeaf) => boolean {
  const texts = new Set(outputs);
  return ({ path, value }) => {
    const text = pathText(path);
    if (texts.has(text)) return true;
    if (!(value instanceof Poison)) return false;
    return text === '' ? outputs.some((o) => !o.startsWith('$')) : outputs.some((o) => under(o, text));
  };
}

const under = (path: string, above: string): boolean =>
  path.startsWith(above) && /^[.[]/.test(path.slice(above.length));

/** All runs of a request together may take so many times the steps of one. */
const RUNS = 2;
/** Steps that are allowed in any case: runs beside the point may have no end, and each takes what it may. */
const LEAST = 30_000_000;
/** Steps that count for a row with its one-sided series. */
const SERIES = 20;

/** The runs of one request, and what they say. */
class Evaluation {
  private readonly request: EvaluateAtRequest;
  private readonly found: Found;
  private readonly prepare: Prepare;
  private readonly asked: readonly string[] | undefined;
  /** Steps of all runs so far. */
  private spent = 0;
  /** The inputs of the answer, as the first run met them; by path. */
  private readonly chosen = new Map<string, Place>();
  /** Paths of those that are not made inputs of the tape, with their derivatives, one an output; absent: 0. */
  private readonly held = new Map<string, readonly number[]>();

  constructor(
    request: EvaluateAtRequest,
    found: Found,
    prepare: Prepare,
    outputs: readonly string[] | undefined,
  ) {
    this.request = request;
    this.found = found;
    this.prepare = prepare;
    this.asked = outputs;
  }

  answer(): EvaluateAtResult {
    const { request, found } = this;
    const { at } = found;
    const given = request.arguments;
    const wrt = given.kind === 'encoded' ? given.wrt?.map(canonical) : undefined;
    const byDefault = given.wrt === undefined;
    let choose = chooser(given, found.node, wrt);
    const first = (place: Place): boolean => {
      if (!choose(place)) return false;
      const path = pathText(place.path);
      this.chosen.set(path, place);
      if (place.whole === undefined) return true;
      this.hold(path);
      return false;
    };
    let run = this.run(first);
    if (run.problem !== undefined) {
      const method = found.owner === undefined && request.function.includes('.');
      if (given.kind !== 'sample') return refused(run.problem);
      return refused(withoutReceiver(run.problem, { receiver: method ? 'this' : undefined }, given.sample));
    }
    if (given.kind === 'sample' && byDefault && run.inputs.length === 0 && run.passive.length > 0) {
      // A method without numbers among its parameters is a function of its receiver.
      choose = () => true;
      run = this.run(first);
    }
    if (given.kind === 'sample' && !byDefault && this.chosen.size === 0)
      return bad('None of the names of --wrt is a number of the point.');
    const absent = wrt?.find((path) => !this.chosen.has(path));
    if (absent !== undefined) return bad(`There is no number at the path '${absent}' of the arguments.`);
    const active = (place: Place): boolean => {
      const path = pathText(place.path);
      return this.chosen.has(path) && !this.held.has(path);
    };
    const again = (way?: Way) => this.run(active, way, besideSteps(run, request, way));
    const outputs = this.select(run);
    if (typeof outputs === 'string') return bad(outputs);
    if (outputs.length === 0) return refused(this.noNumber(at));
    const view = (r: Run): Run => ({ ...r, outputs: pick(r, outputs) });
    for (const [i, { value, path }] of run.inputs.entries())
      if (!Number.isFinite(value)) this.hold(pathText(path), atInfinity(view(run), i));
    if (run.inputs.some(({ path }) => this.held.has(pathText(path)))) run = again();
    const steering = new Set<string>();
    if (byDefault) {
      const rows = heldFixed(view(run), (way) => view(again(way)));
      for (const { row, path } of run.inputs) if (rows.has(row)) steering.add(pathText(path));
      for (const path of steering) this.hold(path);
      if (steering.size > 0) run = again();
    }
    let unknown = false;
    let present = false;
    let throws = true;
    const moved = (shift: readonly number[]) => {
      const there = view(again({ shift }));
      // What cannot be followed beside the point tells nothing of the function; what throws there does.
      unknown ||= there.problem !== undefined && !isAbsent(there);
      throws &&= there.problem?.id === 'GL013';
      if (there.outputs.length !== outputs.length) return undefined;
      present = true;
      return there.outputs.map((o) => o.value);
    };
    const beside = (way: Way) => view(again(way));
    const problems: Problem[] = [];
    for (;;) {
      if (run.problem !== undefined) return refused(run.problem);
      const derivatives = differentiate(view(run), beside, request.steps / 2);
      if (!derivatives.refused)
        return this.finish(
          view(run),
          beside,
          derivatives,
          [...problems, ...this.heldProblems(steering)],
          wrt,
        );
      const [problem, ...others] = derivatives.problems;
      const { culprit } = derivatives;
      const input = byDefault && run.inputs.length > 1 ? run.inputs[culprit ?? -1] : undefined;
      throws = true;
      const column = input === undefined ? undefined : withoutSlope(view(run), culprit!, moved);
      if (column === undefined || input === undefined || unknown) return refused(problem!, others);
      // Whole numbers may select; of others only a throw all around says that nothing is there.
      if (!throws && !Number.isInteger(input.value)) return refused(problem!, others);
      const decides = decidesRepeatedly(run.trace.tape, input.row);
      this.hold(textOf(input), column);
      const message = `${problem!.message} The function is not there, or another, right beside this ${input.label}: no derivative exists.`;
      problems.push({ ...problem!, severity: 'warning', message });
      run = again();
      // What else decides in loops may be a search, of which this input is a part.
      if (present && decides && repeatedDecision(run.trace.tape) >= 0) return refused(problem!, others);
    }
  }

  private finish(
    run: Run,
    again: (way: Way) => Run,
    derivatives: Derivatives,
    said: readonly Problem[],
    wrt: readonly string[] | undefined,
  ): EvaluateAtResult {
    const { request, found } = this;
    const { outputs } = run;
    const problems = [...derivatives.problems, ...said];
    // The default is every leaf; one that only steers has the derivative of the path, 0, and it is said.
    const encoded = request.arguments.kind === 'encoded';
    const others = [...this.chosen.values()].filter((place) => this.held.has(textOf(place)));
    const placed = new Set([...run.inputs, ...between(others, run.inputs)].map(textOf));
    const all = [...this.chosen.keys()].filter((path) => encoded || placed.has(path));
    const inputs = wrt ?? all;
    const column = new Map(run.inputs.map((input, i) => [textOf(input), i]));
    const columns = inputs.map((path) => column.get(path) ?? -1);
    const jacobian = derivatives.jacobian.map((row, o) =>
      columns.map((i, k) => (i < 0 ? (this.held.get(inputs[k]!)?.[o] ?? 0) : row[i]!)),
    );
    const small = request.hessian
      ? secondDerivatives(run, again, { ...derivatives, jacobian }, request.steps / 2)
      : undefined;
    if (small !== undefined && 'id' in small)
      return refused({ ...small, location: small.location ?? found.at }, problems);
    const second = small?.map((h) =>
      columns.map((i) => columns.map((j) => (i < 0 || j < 0 ? 0 : h[i]![j]!))),
    );
    return {
      kind: 'done',
      value: outputs.map((o) => o.value),
      inputs,
      labels: inputs.map((path) => this.chosen.get(path)!.label),
      outputs: outputs.map(textOf),
      jacobian,
      ...(second === undefined ? {} : { hessian: second }),
      ...(request.contributions === true
        ? { contributions: { ...flows(run, columns, request.hessian), steps: this.spent } }
        : {}),
      problems,
    };
  }

  private hold(path: string, column: readonly number[] = []): void {
    this.held.set(path, column);
  }

  private run(active: (place: Place) => boolean, way?: Way, steps = this.request.steps): Run {
    const { at } = this.found;
    if (this.spent > RUNS * Math.max(this.request.steps, LEAST)) {
      const message = `The checks of this derivative were stopped: runs of ${this.request.function} at the point and beside it took ${grouped(this.spent)} steps.`;
      throw new Refusal(problem('GL012', message, at));
    }
    const run = runOnce(analyser().ev, this.prepare, active, steps, at, way);
    this.spent += run.steps + (way?.direction === undefined ? 0 : SERIES * run.trace.tape.length);
    return run;
  }

  /** The outputs of the answer, in order; or what is wrong with those asked for. */
  private select(run: Run): Run['outputs'] | string {
    if (this.asked === undefined) return run.outputs;
    const known = byPath(run);
    const absent = this.asked.find((path) => !known.has(path));
    if (absent === undefined) return this.asked.map((path) => known.get(path)!);
    const where = absent.startsWith('$') ? 'final state of the arguments' : 'result';
    return `There is no number at the path '${absent}' of the ${where}.`;
  }

  private noNumber(at: Location): Problem {
    const name = this.request.function;
    const message = `${name} returns no number here, so there is nothing to differentiate; what it writes into an argument is asked for as an output, "$0.…".`;
    return { id: 'GL003', severity: 'error', message, location: at };
  }

  private heldProblems(steering: ReadonlySet<string>): Problem[] {
    const problems: Problem[] = [];
    const labels = (paths: readonly string[]) =>
      paths.length > 8
        ? `${this.labelsOf(paths.slice(0, 8))} and ${paths.length - 8} more`
        : this.labelsOf(paths);
    if (steering.size > 0) {
      problems.push({
        id: 'GL101',
        severity: 'information',
        message: `${labels([...steering])}: used only as index, length, loop bound or selector, and held fixed.`,
        location: this.found.at,
      });
    }
    const whole = [...this.held.keys()].filter((path) => this.chosen.get(path)?.whole !== undefined);
    if (whole.length > 0) {
      const kind = this.chosen.get(whole[0]!)!.whole!;
      problems.push({
        id: 'GL102',
        severity: 'warning',
        message: `${labels(whole)}: ${kind.startsWith('I') ? 'an' : 'a'} ${kind} keeps whole numbers only: held fixed, with derivative 0.`,
        location: this.found.at,
      });
    }
    return problems;
  }

  private labelsOf(paths: readonly string[]): string {
    return paths.map((path) => this.chosen.get(path)!.label).join(', ');
  }
}

const textOf = ({ path }: { readonly path: Path }): string => pathText(path);

function byPath(run: Run): Map<string, Run['outputs'][number]> {
  // A result's own key comes before the final state of an argument.
  return new Map([...run.state, ...run.outputs].map((o) => [textOf(o), o]));
}

/** A run's outputs at the paths of others; none where one is not there. */
function pick(run: Run, like: Run['outputs']): Run['outputs'] {
  const known = byPath(run);
  const chosen = like.map((o) => known.get(textOf(o)));
  return chosen.every((o) => o !== undefined) ? chosen : [];
}

function chooser(
  given: Arguments,
  node: FunctionNode | undefined,
  paths: readonly string[] | undefined,
): (place: Place) => boolean {
  if (given.kind === 'sample') {
    const wrt: readonly LeafPath[] | undefined = given.wrt;
    return (place) => (wrt === undefined ? place.parameter >= 0 : matches(wrt, place, node!));
  }
  const wrt = paths && new Set(paths);
  return (place) => (wrt === undefined ? place.parameter >= 0 : wrt.has(pathText(place.path)));
}
