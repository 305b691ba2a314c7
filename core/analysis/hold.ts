/**
 * Generated code is held against the function before anyone sees it: its Programs are interpreted where the trace has
 * values and derivatives, and must agree with them to rounding. Nothing is shown that does not.
 */
import type { LeafPath } from '../annotations/annotation.ts';
import { differentiable } from '../derive/forward.ts';
import type { GeneratedShape } from '../generate/request.ts';
import type { Problem } from '../problem.ts';
import { type Outcome, type ProgramValue, run } from '../program/interpret.ts';
import type { Program, ProgramFunction, ProgramResult } from '../program/program.ts';
import type { Location } from '../source/span.ts';
import type { EvaluatedAt } from './evaluateAt.types.ts';
import { numbers } from './heldPoints.ts';
import type { ModuleSlice } from './model.ts';
import { type Lengths, leafPaths } from './programArguments.ts';

/** Of the sum of the absolute contributions of all paths; where the path's own rounding is larger, of that. */
const TOLERANCE = 1e-10;
const WITH_ROUNDING = 1e-8;
/** What two rounded sweeps differ by, times this, is rounding. */
const ROUNDINGS = 16;
/** Of second derivatives. */
const SECOND = 1e-8;
/** Instructions of an interpreted Program. */
export const MOST_STEPS = 5_000_000;

/** A function at arguments where it has values and derivatives. */
export interface HeldPoint {
  /** What its Program's parameters are there, and its results. */
  readonly inputs: readonly ProgramValue[];
  readonly results: readonly ProgramValue[];
  /** By result, which of the trace's outputs are in it. */
  readonly outputs: readonly (readonly string[])[];
  /** The Program stops there: it has no results. */
  readonly stopped?: Exclude<Outcome, { kind: 'done' }>;
  /** Instructions that the Program takes. */
  readonly steps: number;
  readonly traced: EvaluatedAt;
  /** How users are told of it: `at the sample`, `at x = 1.2`. */
  readonly where: string;
}

export interface Subject {
  readonly module: ModuleSlice;
  readonly function: string;
  readonly program: Program;
  readonly at: Location;
  readonly wrt?: readonly LeafPath[] | undefined;
  readonly steps: number;
  /** Whether the code is for the shape at the sample alone, and stops elsewhere. */
  readonly shape?: GeneratedShape;
  /** Lengths that it takes for granted. */
  readonly lengths?: Lengths;
}

/** What a Program says at a point is not what the function says. */
interface Difference {
  readonly what: string;
  readonly program: number;
  readonly traced: number;
  /** It is lost to the rounding of the function itself. */
  readonly rounding: boolean;
}

export type Compared =
  | { readonly kind: 'same'; readonly steps: number }
  | { readonly kind: 'different'; readonly problem: Problem }
  /** It says nothing here: why. */
  | { readonly kind: 'silent'; readonly why: 'budget' | 'stopped' | 'unknown' };

/** A Program, with what is asked of it, in the terms of the trace. */
export class Comparison {
  private readonly subject: Subject;
  private readonly entry: ProgramFunction;

  constructor(subject: Subject) {
    this.subject = subject;
    this.entry = subject.program.functions[subject.program.entry]!;
  }

  /** The Program's own values. */
  values(point: HeldPoint): Compared {
    const { traced, where, stopped } = point;
    if (stopped !== undefined) return this.stopped(point, stopped.message, stopped.at);
    const paths = point.outputs.flat();
    const values = numbersOf(this.entry.results, point.results);
    const missing = traced.outputs.find((path) => !paths.includes(path));
    if (missing !== undefined || paths.length !== traced.outputs.length) {
      const message = `The code that was made of ${this.entry.name} gives other results than it ${where}: ${list(paths)} instead of ${list(traced.outputs)}.`;
      return { kind: 'different', problem: this.problem(message) };
    }
    for (const [i, path] of paths.entries()) {
      const o = traced.outputs.indexOf(path);
      const expected = traced.value[o]!;
      const moved = (traced.contributions?.sums[o] ?? []).reduce(
        (sum, c, k) => sum + (Number.isFinite(c) ? c * this.sizeOf(point, traced.inputs[k]!) : 0),
        Math.abs(expected),
      );
      if (!near(values[i]!, expected, TOLERANCE * moved))
        return this.different(point, {
          what: `the value of ${resultName(path)}`,
          program: values[i]!,
          traced: expected,
          rounding: false,
        });
    }
    return { kind: 'same', steps: point.steps };
  }

  /** A derivative Program, by the paths of its parameters and results (see `derive`). */
  derivative(point: HeldPoint, derived: Program): Compared {
    const own = derived.functions[derived.entry]!;
    const given = new Given(this.entry, point, differentiable(this.subject.program), this.subject.lengths);
    const inputs: ProgramValue[] = [];
    for (const { path } of own.parameters) {
      const input = given.input(path);
      if (input === undefined) return { kind: 'silent', why: 'unknown' };
      inputs.push(input);
    }
    const outcome = run(derived, inputs, MOST_STEPS);
    if (outcome.kind === 'budget') return { kind: 'silent', why: 'budget' };
    if (outcome.kind !== 'done') return this.stopped(point, outcome.message, outcome.at);
    for (const [i, { path }] of own.results.entries()) {
      const expected = given.expected(path);
      if (expected === undefined) return { kind: 'silent', why: 'unknown' };
      const found = outcome.results[i]!;
      const list = typeof found === 'object' ? Array.from(found) : [Number(found)];
      for (const [k, e] of expected.entries()) {
        if (e === undefined || near(list[k]!, e.value, e.tolerance)) continue;
        const rounding = near(list[k]!, e.value, e.tolerance + ROUNDINGS * e.rounding);
        return this.different(point, { what: e.what, program: list[k]!, traced: e.value, rounding });
      }
    }
    return { kind: 'same', steps: outcome.steps };
  }

  private sizeOf({ inputs }: HeldPoint, path: string): number {
    const all = leafPaths(this.entry.parameters, inputs, this.subject.lengths);
    for (const [p, paths] of all.entries()) {
      const k = paths.indexOf(path);
      if (k < 0) continue;
      const value = inputs[p]!;
      return Math.abs(typeof value === 'object' ? value[k]! : Number(value));
    }
    return 0;
  }

  private stopped({ where }: HeldPoint, why: string, at: Location | undefined): Compared {
    const message = `The code that was made of ${this.entry.name} would stop ${where}, which the function does not: ${why}.`;
    return { kind: 'different', problem: this.problem(message, at) };
  }

  private different({ traced, where }: HeldPoint, found: Difference): Compared {
    const { what, program, traced: expected, rounding } = found;
    const lost = traced.problems.find(({ id }) => id === 'GL109');
    if (rounding || lost !== undefined) {
      const message = `Digits are lost to cancellation ${where}, and generated code would lose them too: ${what} would be ${program} instead of ${expected}.`;
      return { kind: 'different', problem: this.problem(message, lost?.location, 'GL109') };
    }
    const message = `The code that was made of ${this.entry.name} disagrees with it ${where}: ${what} would be ${program} instead of ${expected}.`;
    return { kind: 'different', problem: this.problem(message) };
  }

  private problem(message: string, at?: Location, id: Problem['id'] = 'GL111'): Problem {
    return { id, severity: 'error', message, location: at ?? this.subject.at };
  }
}

interface Expected {
  readonly what: string;
  readonly value: number;
  readonly tolerance: number;
  readonly rounding: number;
}

/** What a derivative Program is given at a point, and what it is to answer. */
class Given {
  private readonly entry: ProgramFunction;
  private readonly point: HeldPoint;
  private readonly leaves: readonly (readonly string[])[];
  private readonly indices = new Map<string, number>();
  private readonly columns: ReadonlyMap<string, number>;
  private readonly directions = new Map<string, number>();
  private readonly outputs: readonly (readonly string[])[];
  private readonly seeds = new Map<string, number>();
  private seeded = false;
  private readonly active: readonly number[];

  constructor(entry: ProgramFunction, point: HeldPoint, can: readonly boolean[], lengths?: Lengths) {
    this.entry = entry;
    this.point = point;
    const { traced, inputs } = point;
    this.leaves = leafPaths(entry.parameters, inputs, lengths);
    entry.parameters.forEach(({ path }, i) => this.indices.set(JSON.stringify(path), i));
    this.columns = new Map(traced.inputs.map((path, i) => [path, i]));
    const next = numbers(traced.inputs.length);
    for (const path of traced.inputs) this.directions.set(path, next());
    for (const path of traced.outputs) this.seeds.set(path, next());
    this.outputs = point.outputs;
    this.active = entry.parameters.flatMap((_, i) =>
      can[i] && this.leaves[i]!.some((path) => this.columns.has(path)) ? [i] : [],
    );
  }

  input(path: readonly (string | number)[]): ProgramValue | undefined {
    const [head, ...rest] = path;
    if (head === 'tangent') {
      const p = this.indices.get(JSON.stringify(rest));
      return p === undefined
        ? undefined
        : this.filled(this.point.inputs[p]!, this.leaves[p]!, this.directions);
    }
    if (head === 'adjoint') {
      this.seeded = true;
      const r = this.entry.results.findIndex((q) => JSON.stringify(q.path) === JSON.stringify(rest));
      if (r < 0) return undefined;
      const paths = this.outputs[r]!;
      const seeds = paths.map((output) => this.seeds.get(output) ?? 0);
      return this.entry.results[r]!.type === 'buffer' ? Float64Array.from(seeds) : (seeds[0] ?? 0);
    }
    const p = this.indices.get(JSON.stringify(path));
    return p === undefined ? undefined : copies([this.point.inputs[p]!])[0];
  }

  private filled(
    like: ProgramValue,
    leaves: readonly string[],
    from: ReadonlyMap<string, number>,
  ): ProgramValue {
    const values = leaves.map((path) => from.get(path) ?? 0);
    return typeof like === 'object' ? Float64Array.from(values) : (values[0] ?? 0);
  }

  /** One for each number of a result; undefined where the trace says nothing of it. */
  expected(path: readonly (string | number)[]): readonly (Expected | undefined)[] | undefined {
    const [head, ...rest] = path;
    const { traced } = this.point;
    const row = (o: number, p: number | undefined) =>
      p === undefined ? undefined : this.leaves[p]!.map((leaf) => this.partial([[o, 1]], leaf));
    switch (head) {
      case 'value': {
        const r = this.entry.results.findIndex((q) => JSON.stringify(q.path) === JSON.stringify(rest));
        const value = Number(this.point.results[r]);
        return [{ what: 'the value', value, tolerance: TOLERANCE * Math.abs(value), rounding: 0 }];
      }
      case 'gradient': {
        const p = this.indices.get(JSON.stringify(rest));
        const weights = this.seeded
          ? traced.outputs.map((output, o): [number, number] => [o, this.seeds.get(output)!])
          : [[0, 1] as [number, number]];
        return p === undefined ? undefined : this.leaves[p]!.map((leaf) => this.partial(weights, leaf));
      }
      case 'jacobian': {
        const output = this.outputs[Number(rest[0])]?.[0];
        return row(traced.outputs.indexOf(output ?? ''), this.indices.get(JSON.stringify(rest.slice(1))));
      }
      case 'rows': {
        const p = this.indices.get(JSON.stringify(rest));
        if (p === undefined) return undefined;
        return this.outputs[0]!.flatMap((output) => row(traced.outputs.indexOf(output), p)!);
      }
      case 'tangent': {
        const r = this.entry.results.findIndex((q) => JSON.stringify(q.path) === JSON.stringify(rest));
        return r < 0 ? undefined : this.outputs[r]!.map((output) => this.along(output));
      }
      case 'product': {
        const p = this.indices.get(JSON.stringify(rest));
        return p === undefined
          ? undefined
          : this.leaves[p]!.map((leaf) => this.second(leaf, this.directions));
      }
      case 'hessian': {
        const leaves = this.active.flatMap((p) => this.leaves[p]!);
        const [i, j] = rest;
        if (j !== undefined) return [this.second(leaves[Number(i)]!, new Map([[leaves[Number(j)]!, 1]]))];
        return leaves.flatMap((a) => leaves.map((b) => this.second(a, new Map([[b, 1]]))));
      }
      default:
        return undefined;
    }
  }

  /** Of a weighted sum of outputs with respect to a leaf. */
  private partial(weights: readonly (readonly [number, number])[], leaf: string): Expected | undefined {
    const i = this.columns.get(leaf);
    if (i === undefined) return undefined;
    const sum = this.sum(weights.map(([o, w]) => [o, i, w]));
    return (
      sum && { ...sum, what: `the derivative ${this.ofOutput(weights)}with respect to ${this.label(i)}` }
    );
  }

  private ofOutput(weights: readonly (readonly [number, number])[]): string {
    const { outputs } = this.point.traced;
    return outputs.length === 1 || weights.length > 1 ? '' : `of ${resultName(outputs[weights[0]![0]]!)} `;
  }

  private along(output: string): Expected | undefined {
    const o = this.point.traced.outputs.indexOf(output);
    const terms = [...this.directions].map(([path, d]) => [o, this.columns.get(path)!, d] as const);
    const sum = this.sum(terms);
    return sum && { ...sum, what: `the directional derivative of ${resultName(output)}` };
  }

  private sum(terms: readonly (readonly [number, number, number])[]): Omit<Expected, 'what'> | undefined {
    const { jacobian, contributions } = this.point.traced;
    let value = 0;
    let flow = 0;
    let rounding = 0;
    for (const [o, i, w] of terms) {
      const d = jacobian[o]?.[i];
      if (d === undefined) return undefined;
      value += w * d;
      const size = contributions?.sums[o]?.[i] ?? 0;
      flow += Math.abs(w) * (Number.isFinite(size) ? Math.max(size, Math.abs(d)) : Math.abs(d));
      rounding += Math.abs(w) * (contributions?.rounding[o]?.[i] ?? 0);
    }
    const noise = Number.isNaN(rounding) ? Infinity : ROUNDINGS * rounding;
    const tolerance = Math.max(TOLERANCE * flow, Math.min(WITH_ROUNDING * flow, noise));
    return { value, tolerance, rounding: Number.isFinite(rounding) ? rounding : 0 };
  }

  private second(leaf: string, along: ReadonlyMap<string, number>): Expected | undefined {
    const { hessian, contributions } = this.point.traced;
    const i = this.columns.get(leaf);
    const matrix = hessian?.[0];
    const flow = contributions?.second?.[i ?? -1];
    if (i === undefined || matrix === undefined || flow === undefined) return undefined;
    let value = 0;
    let sizes = 0;
    for (const [path, d] of along) {
      const j = this.columns.get(path);
      if (j === undefined || d === 0) continue;
      value += d * matrix[i]![j]!;
      sizes += Math.abs(d * matrix[i]![j]!);
    }
    const what = `the second derivative with respect to ${this.label(i)}`;
    return { what, value, tolerance: SECOND * (Number.isFinite(flow) ? flow : sizes), rounding: 0 };
  }

  private label(i: number): string {
    return this.point.traced.labels[i]!;
  }
}

function numbersOf(results: readonly ProgramResult[], values: readonly ProgramValue[]): number[] {
  return values.flatMap((v, i) => {
    if (results[i]!.extent === true) return [];
    return typeof v === 'object' ? Array.from(v) : [Number(v)];
  });
}

/** What the trace has no number for is not held. */
function near(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || a === b || Number.isNaN(b) || Math.abs(a - b) <= tolerance;
}

export const copies = (inputs: readonly ProgramValue[]): ProgramValue[] =>
  inputs.map((v) => (typeof v === 'object' ? v.slice() : v));

const resultName = (path: string): string => (path === '' ? 'the result' : `result.${path}`);

const list = (paths: readonly string[]): string =>
  paths.length === 0
    ? 'none'
    : paths.slice(0, 6).map(resultName).join(', ') + (paths.length > 6 ? ', …' : '');
