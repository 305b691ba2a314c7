/**
 * What is known of one function at one sample: plain data, made by analyse.ts in the worker and read by
 * server/features and the panel. Spans are Locations relative to top-level statements.
 */
import type { Annotation, LeafPath } from '../annotations/annotation.ts';
import type { ModuleHost } from '../evaluate/modules/host.ts';
import type { Expr } from '../expression/expression.ts';
import type { Problem } from '../problem.ts';
import type { Program } from '../program/program.ts';
import type { Location, Span } from '../source/span.ts';
import type { FunctionNode, ModuleStatement } from '../source/syntax.ts';
import type { Tape } from '../trace/tape.ts';

/** How to reach a function's value once its module has run. */
export interface FunctionTarget {
  readonly file: string;
  /** Key of its top-level statement. */
  readonly statement: number;
  /** ['f'], ['obj', 'method'], ['Vec', 'prototype', 'length'], ['Vec', 'static']; [] where it cannot be reached by name. */
  readonly path: readonly string[];
  /** As the user would say it: `f`, `Vec.length`, `(anonymous)`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly node: FunctionNode;
  /** Method of a class: needs a receiver. */
  readonly receiver?: string | undefined;
}

/** The statements of a file that a function depends on, in source order. */
export interface ModuleSlice {
  readonly file: string;
  readonly statements: readonly ModuleStatement[];
  /** Absent: what it imports cannot be followed. */
  readonly linking?: SliceLinking | undefined;
}

/** Where the imports of a slice lead. */
export interface SliceLinking {
  readonly host: ModuleHost;
  /** The file's own id. */
  readonly id: string;
}

export interface AnalysisRequest {
  readonly module: ModuleSlice;
  readonly target: FunctionTarget;
  readonly annotation: Annotation;
  /** Which `@at` (0-based). */
  readonly sample: number;
  /** Steps allowed: 3e6 unprompted, 3e7 on request. */
  readonly steps: number;
  /** Elsewhere than at the sample: the inputs by label, all of them and no others. */
  readonly point?: ReadonlyMap<string, number> | undefined;
  /** There, which of them are inputs, the others being constants; absent: all. */
  readonly moving?: ReadonlySet<string> | undefined;
  /** Nobody waits for the answer any more: runs end at once, and what comes of it is to be thrown away. */
  readonly interrupted?: (() => boolean) | undefined;
}

/** `@range x = [0, 10]`, evaluated: finite, low < high. */
export interface SampledRange {
  readonly path: LeafPath;
  readonly low: number;
  readonly high: number;
}

/** A numeric leaf of the arguments (or receiver). */
export interface Leaf {
  /** As the user writes it: `x1`, `p.mass`, `x[0]`, `this.k`. */
  readonly label: string;
  /** ['0'] …: argument index then keys, or 'this' then keys. */
  readonly path: readonly (string | number)[];
  readonly value: number;
}
export interface Input extends Leaf {
  /** Tape row. */
  readonly row: number;
  /** Index of the parameter it belongs to; -1 the receiver. */
  readonly parameter: number;
}
export interface Output {
  /** '' for a returned number, else `.x`, `[0]`. */
  readonly label: string;
  readonly path: readonly (string | number)[];
  readonly value: number;
  /** Tape row, or -1 where the output does not depend on any input. */
  readonly row: number;
}

/** What an expression or variable of the body was when it was last evaluated. */
export interface Observation {
  readonly span: Span;
  readonly value: number;
  /** Tape row, or -1 for a value that depends on no input. */
  readonly row: number;
  /** How many times it was evaluated; 1 outside loops. */
  readonly count: number;
}

export interface Formulas {
  /** Where the formula came from: all paths ('stage'), or this sample's path alone ('path'). */
  readonly scope: 'stage' | 'path';
  readonly value: Expr;
  /** ∂/∂input, in the order of `inputs`. */
  readonly partials: readonly Expr[];
  readonly inputs: readonly string[];
}

/** A partial derivative that differs on the two sides of the sample. */
export interface Kinked {
  /** Indices of the output and the input. */
  readonly output: number;
  readonly input: number;
  /** Slopes below and above. */
  readonly left: number;
  readonly right: number;
}

export interface SampleResult {
  readonly inputs: readonly Input[];
  /** Leaves held fixed (index, length, loop bound, equality selector). */
  readonly fixed: readonly Leaf[];
  /** All leaves that are no inputs: those held fixed, and those that `@wrt` leaves out. */
  readonly passive: readonly Leaf[];
  readonly outputs: readonly Output[];
  /** gradient[output][input]. */
  readonly jacobian: readonly (readonly number[])[];
  /** Where a partial has two values; the Jacobian has the path's, where it is one of them, else the one from above. */
  readonly kinks: readonly Kinked[];
  readonly tape: Tape;
  /** Adjoints of every tape row for output 0. */
  readonly adjoints: Float64Array;
  readonly observations: readonly Observation[];
}

export interface FunctionAnalysis {
  readonly target: FunctionTarget;
  readonly annotation: Annotation;
  readonly sampleIndex: number;
  readonly sampleCount: number;
  /** Present where there is a sample and the run reached its end. */
  readonly sample?: SampleResult | undefined;
  /** In its place where no derivative can be given: values alone, an empty Jacobian, adjoints that are no numbers. */
  readonly refused?: SampleResult | undefined;
  /** Present where the function has one output and few enough inputs for a formula. */
  readonly formulas?: Formulas | undefined;
  /** The staged Program, where the function stages. */
  readonly program?: Program | undefined;
  readonly problems: readonly Problem[];
  /** Steps spent. */
  readonly steps: number;
  /** Whether the other files that it depends on are as they were; absent: there are none. */
  readonly isCurrent?: () => boolean;
}

export type { Location };
