/** Where generated code is held against the function, and what is to be told of it. */
import type { DerivativeKind } from '../derive/kinds.ts';
import { JsFunction } from '../evaluate/objects.ts';
import { get } from '../evaluate/properties.ts';
import { Site } from '../evaluate/values.ts';
import type { Holding } from '../generate/request.ts';
import type { Problem } from '../problem.ts';
import { type ProgramValue, run } from '../program/interpret.ts';
import type { Program, ProgramFunction } from '../program/program.ts';
import type { FunctionNode } from '../source/syntax.ts';
import { analyser } from './analyse.ts';
import { matches } from './arguments.ts';
import { evaluateAt } from './evaluateAt.ts';
import type { Arguments, EvaluateAtResult } from './evaluateAt.types.ts';
import {
  type Draw,
  drawArguments,
  type Encoded,
  encodeArguments,
  type NameOf,
  numbers,
} from './heldPoints.ts';
import { Comparison, copies, type HeldPoint, MOST_STEPS, type Subject } from './hold.ts';
import { named } from './named.ts';
import { leafPaths, programInputs } from './programArguments.ts';
import { withArguments } from './stageAt.ts';

/** Where the trace takes no more steps than this the code is held beside the sample as well. */
const QUICK = 200_000;
const MOST_INPUTS = 40;
/** Instructions of derivatives after which no further point is tried. */
const MOST_HELD = 500_000;
/** Steps of the trace elsewhere than at the sample. */
const FEW = 1_000_000;
/** How far from the sample, of each number. */
const BESIDE = [0.01, 0.2, 0.6];
/** Points that are made of types: how many are wanted, and what is tried. */
const WANTED = 2;
const DRAWS: readonly { readonly length: number; readonly whole?: number }[] = [
  { length: 3 },
  { length: 4 },
  { length: 4, whole: 2 },
  { length: 9, whole: 3 },
  { length: 6, whole: 2 },
  { length: 12, whole: 3 },
  { length: 2, whole: 1 },
  { length: 1 },
];
/** Instructions times inputs for the trace's Hessian. */
const MOST_SECOND = 20_000_000;
/** Trip counts and the like are made no larger than this where a run is too long. */
const SMALL = 5;

/** What says that a derivative is of one side, or of none. */
const ONE_SIDED: ReadonlySet<string> = new Set(['GL104', 'GL106', 'GL108']);
const isOneSided = ({ traced }: HeldPoint): boolean =>
  traced.problems.some(({ id, severity }) => severity !== 'hint' && ONE_SIDED.has(id));

type Met = HeldPoint | { readonly error: Problem } | 'budget' | 'refused';

/** What says that the derivative of the path that is taken is not that of the function. */
const OF_THE_FUNCTION: ReadonlySet<string> = new Set(['GL102', 'GL103', 'GL110', 'GL113', 'GL115']);

/** Those that are not of the arguments alone: of a loop that searches, of an iteration, of earlier calls. */
const ANYWHERE: ReadonlySet<string> = new Set(['GL110', 'GL113', 'GL115']);

function contradiction(traced: EvaluateAtResult): Problem | undefined {
  for (const found of traced.problems) {
    const message = refusalOf(found);
    if (message !== undefined) return { ...found, severity: 'error', message };
  }
  if (traced.kind !== 'refused' || traced.error.id === 'BAD') return undefined;
  return OF_THE_FUNCTION.has(traced.error.id) ? traced.error : undefined;
}

/** Why there is no code, of what is said beside a derivative that is not the path's. */
function refusalOf({ id, message, severity, betweenJumps }: Problem): string | undefined {
  if (severity === 'error' || betweenJumps) return undefined;
  if (id === 'GL110')
    return `${message} Generated code would know nothing of what is written: pass it as an argument.`;
  if (id !== 'GL113') return undefined;
  return "This loop finds its result by comparisons, and generated code would have the derivative of the path that they choose, which is not that of the result. End with one step of Newton's method from what was found.";
}

/** One request for generated code. To be used inside `withModules`. */
export class HeldAt implements Holding {
  private readonly subject: Subject;
  private readonly kind: DerivativeKind;
  private readonly node: FunctionNode;
  private readonly comparison: Comparison;
  private readonly entry: ProgramFunction;
  private readonly points: HeldPoint[] = [];
  private note: string | undefined;
  /** What was said at arguments that were made of types. */
  private doubt: Problem | undefined;

  constructor(subject: Subject, kind: DerivativeKind, node: FunctionNode) {
    this.subject = subject;
    this.kind = kind;
    this.node = node;
    this.comparison = new Comparison(subject);
    this.entry = subject.program.functions[subject.program.entry]!;
  }

  get notes(): readonly string[] {
    return this.note === undefined ? [] : [this.note];
  }

  /** Finds points, and says what is wrong at the sample, where there is one, or with the Program's values. */
  prepare(given: Arguments | undefined): Problem | undefined {
    let at: Met = 'refused';
    if (given === undefined) this.draw();
    else {
      at = this.point(given, 'at the sample', this.subject.steps);
      if (typeof at === 'object' && 'error' in at) return at.error;
      if (typeof at === 'object') {
        this.points.push(at);
        this.beside(given, at);
      } else if (this.subject.shape === 'sample') this.unheld(at === 'budget');
      else if (at === 'budget') this.smaller(given);
      else this.draw();
    }
    for (const point of this.points) {
      const compared = this.comparison.values(point);
      if (compared.kind === 'different') return compared.problem;
    }
    if (this.points.length > 0) return undefined;
    this.unheld(at === 'budget');
    return this.doubt;
  }

  check(derived: Program): Problem | undefined {
    let held = 0;
    let long = false;
    let spent = 0;
    for (const point of this.points) {
      if (spent > MOST_HELD) break;
      const compared = this.comparison.derivative(point, derived);
      if (compared.kind === 'same') {
        held++;
        spent += compared.steps;
      } else if (compared.kind === 'silent') long ||= compared.why === 'budget';
      else if (!isOneSided(point)) return this.told(compared.problem, point, derived);
    }
    if (held === 0) this.unheld(long);
    return undefined;
  }

  private leaves(inputs: readonly ProgramValue[]): readonly (readonly string[])[] {
    return leafPaths(this.entry.parameters, inputs, this.subject.lengths);
  }

  private unheld(long: boolean): void {
    const { function: name } = this.subject;
    this.note = long
      ? `Not held against ${name} itself: that takes too long at the sample.`
      : `Not held against ${name} itself: no arguments were found where that can be done.`;
  }

  /** Where the sample alone is to blame, that is said. */
  private told(problem: Problem, point: HeldPoint, derived: Program): Problem {
    const others = this.points.filter((p) => p !== point);
    const alone =
      point === this.points[0] &&
      others.length > 0 &&
      others.every((p) => this.comparison.derivative(p, derived).kind === 'same');
    if (!alone || problem.id !== 'GL111') return problem;
    const message = `${problem.message} Beside it the two agree: something that decides there holds with equality. Give another sample.`;
    return { ...problem, message };
  }

  /** The function and its Program at arguments where both have values; a Program that stops there is told by `values`. */
  private point(given: Arguments, where: string, steps: number): Met {
    const { module, function: name, program } = this.subject;
    const inputs = withArguments({ module, function: name, arguments: given }, ({ args, receiver }) =>
      programInputs(this.entry.parameters, args, receiver),
    );
    const outcome = inputs && run(program, copies(inputs), MOST_STEPS);
    const leaves = inputs === undefined ? [] : this.leaves(inputs).flat();
    const second = this.kind === 'hessian' || this.kind === 'hvp';
    const hessian = second && outcome?.kind === 'done' && outcome.steps * leaves.length < MOST_SECOND;
    const traced = evaluateAt({
      ...{ module, function: name, steps, hessian, contributions: true },
      arguments: this.asked(given, leaves),
    });
    const error = contradiction(traced);
    if (error !== undefined) return { error };
    if (inputs === undefined || outcome === undefined) return 'refused';
    if (outcome.kind === 'budget') return 'budget';
    if (traced.kind === 'refused') return traced.error.id === 'GL012' ? 'budget' : 'refused';
    const found = { inputs, traced, where, steps: outcome.steps };
    if (outcome.kind !== 'done') return { ...found, results: [], outputs: [], stopped: outcome };
    return { ...found, results: outcome.results, outputs: leafPaths(this.entry.results, outcome.results) };
  }

  /** With the inputs that are asked for. */
  private asked(given: Arguments, leaves: readonly string[]): Arguments {
    const { wrt } = this.subject;
    if (given.kind === 'sample') return { ...given, wrt };
    const own = this.entry.parameters.every((p) => p.path[0] === 'this');
    if (wrt === undefined && !own) return given;
    const chosen = leaves.filter((leaf) => {
      const path = leaf.split('.');
      const parameter = path[0] === 'this' ? -1 : Number(path[0]);
      return wrt === undefined || matches(wrt, { path, parameter }, this.node);
    });
    return { ...given, wrt: chosen };
  }

  /** The arguments with other numbers; undefined where they are no data. */
  private changed(
    given: Arguments,
    change: (value: number, path: string) => number,
    short = false,
  ): Encoded | undefined {
    const { module, function: name } = this.subject;
    return withArguments({ module, function: name, arguments: given }, ({ args, receiver }, instance) => {
      const { ev } = analyser();
      const site = new Site(this.subject.at);
      const nameOf: NameOf = (proto) => {
        if (proto === ev.realm.objectPrototype) return 'Object';
        const type = get(ev, proto, 'constructor', site);
        const found = type instanceof JsFunction ? get(ev, type, 'name', site) : undefined;
        return typeof found === 'string' && named(instance, found)?.value === type ? found : undefined;
      };
      return encodeArguments(args, receiver, { change, nameOf, short });
    });
  }

  private beside(given: Arguments, at: HeldPoint): void {
    const { traced } = at;
    if ((traced.contributions?.steps ?? Infinity) > QUICK || traced.inputs.length > MOST_INPUTS) return;
    const moves = new Set(traced.inputs.filter((_, i) => traced.jacobian.some((row) => row[i] !== 0)));
    BESIDE.forEach((far, seed) => {
      const next = numbers(seed);
      const encoded = this.changed(given, (v, path) =>
        moves.has(path) ? v + far * next() * (Math.abs(v) || 1) : v,
      );
      this.add(encoded);
    });
  }

  private smaller(given: Arguments): void {
    const own = JSON.stringify(this.changed(given, (v) => v));
    const small = (v: number) => (Number.isInteger(v) && v > SMALL ? SMALL : v);
    for (const short of [false, true]) {
      const encoded = this.changed(given, small, short);
      if (JSON.stringify(encoded) !== own) this.add(encoded);
      if (this.points.length > 0) return;
    }
  }

  private draw(): void {
    for (const [seed, { length, whole }] of DRAWS.entries()) {
      const next = numbers(seed);
      const number = () => whole ?? Math.round(1000 + 700 * next()) / 1000;
      const element = () => Math.round(1000 + 700 * next()) / 1000;
      const draw: Draw = { length, number, element, lengths: this.subject.lengths };
      const said = this.add(drawArguments(this.entry.parameters, draw));
      if (said !== undefined && ANYWHERE.has(said.id)) this.doubt ??= said;
      if (this.points.length >= WANTED) return;
    }
  }

  /** One more point, unless nothing can be held there; what is said there against the derivative of the path. */
  private add(encoded: Encoded | undefined): Problem | undefined {
    if (encoded === undefined) return undefined;
    const steps = Math.min(this.subject.steps, FEW);
    const point = this.point({ kind: 'encoded', ...encoded }, '', steps);
    if (typeof point !== 'object') return undefined;
    if ('error' in point) return point.error;
    const { traced } = point;
    const special = traced.problems.some(
      ({ id, severity }) => severity !== 'hint' && id !== 'GL101' && id !== 'GL102',
    );
    if (special || !traced.value.every(Number.isFinite)) return undefined;
    // Code for the shape at the sample may stop elsewhere.
    if (point.stopped !== undefined && this.subject.shape === 'sample') return undefined;
    this.points.push({ ...point, where: placeOf(point, this.leaves(point.inputs)) });
    return undefined;
  }
}

/** So many numbers tell a point. */
const MOST_TOLD = 4;

function placeOf({ traced, inputs }: HeldPoint, leaves: readonly (readonly string[])[]): string {
  const told = traced.inputs.slice(0, MOST_TOLD).map((path, i) => {
    const p = leaves.findIndex((own) => own.includes(path));
    const value = inputs[p];
    const x = typeof value === 'object' ? value[leaves[p]!.indexOf(path)] : value;
    return `${traced.labels[i]} = ${x}`;
  });
  return `at ${told.join(', ')}${traced.inputs.length > MOST_TOLD ? ', …' : ''}`;
}
