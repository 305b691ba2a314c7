/**
 * What the graph panel shows of one function at one point: plain, versioned data that survives JSON and structured
 * cloning. Made by panelModel.ts; read by the page inside the webview, which follows the path with live.ts as long as
 * that is the function's and asks the server otherwise.
 */
import type { Operation } from '../operations/names.ts';
import type { ProblemId, Severity } from '../problem.ts';

/** A double that survives JSON: NaN, the infinities and −0 are strings. */
export type PlainNumber = number | 'NaN' | 'Infinity' | '-Infinity' | '-0';

export function plainNumber(value: number): PlainNumber {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

export function numberOf(plain: PlainNumber): number {
  return typeof plain === 'number' ? plain : plain === '-0' ? -0 : Number(plain);
}

/** Zero-based line and UTF-16 character, as LSP has them. */
export interface PlainPosition {
  readonly line: number;
  readonly character: number;
}
export interface PlainRange {
  readonly start: PlainPosition;
  readonly end: PlainPosition;
}
export interface PlainLocation {
  readonly uri: string;
  readonly range: PlainRange;
}

/** One formula in each of the forms that the panel shows or copies. */
export interface PanelFormula {
  /** `f` or `∂f/∂x1`, Unicode. */
  readonly label: string;
  /** The right-hand side alone. */
  readonly unicode: string;
  readonly latex: string;
  readonly typescript: string;
  /** `<math>…</math>` of the whole equation. */
  readonly mathml: string;
  /** The whole equation: `\frac{\partial f}{\partial x_1} = …`. */
  readonly latexEquation: string;
  /** The number at the sample, where there is one. */
  readonly value: PlainNumber | null;
}

/** Where a slider moves: `given` by `@range`, else around the sample. Finite, low < high. */
export interface PanelInterval {
  readonly low: number;
  readonly high: number;
  readonly given: boolean;
}

export interface PanelInput {
  /** As the user writes it: `x1`, `p.mass`, `x[0]`. Names the input in a PanelPoint. */
  readonly label: string;
  readonly value: PlainNumber;
  /** What the sample says: `value` where nothing has been moved. */
  readonly sample: PlainNumber;
  readonly range: PanelInterval;
  /** Its row of the trace (index into `trace`), or null where the row was left out. */
  readonly row: number | null;
}
export interface PanelOutput {
  /** '' for a returned number, else `.x`, `[0]`. */
  readonly label: string;
  readonly value: PlainNumber;
  /** Its row of the trace; null where it depends on no input or the row was left out. */
  readonly row: number | null;
}

/** An operand of a row, in order; constants have no row. */
export interface PanelOperand {
  /** Index into `trace`; null for a constant and for a row that was left out. */
  readonly row: number | null;
  /** `w3`, or the constant as printed. */
  readonly text: string;
  readonly value: PlainNumber;
  /** Local partial of this row with respect to the operand: `cos(w1)`; null where nothing flows through it. */
  readonly partial: string | null;
  readonly partialValue: PlainNumber | null;
}

/** A line of the evaluation trace. The equations of one row hold for every seed. */
export interface PanelRow {
  /** n of wn, from 1. */
  readonly index: number;
  /** The user's own name for it (`x1`, `rate`), where it has one. */
  readonly name: string | null;
  readonly kind: 'input' | 'operation';
  readonly op: Operation | null;
  /** `w3`, and `w1·w2` (for an input the user's name for it: `x1`). */
  readonly primal: { readonly left: string; readonly right: string; readonly value: PlainNumber };
  /**
   * `ẇ3`, and `ẇ1·w2 + w1·ẇ2`; right is null for an input, whose tangent is the seed. values[k] is for seeds[k].
   * null at a special point, as are the adjoint and the operands' partials.
   */
  readonly tangent: {
    readonly left: string;
    readonly right: string | null;
    readonly values: readonly PlainNumber[];
  } | null;
  /** `w̄1`, and `w̄3·w2 + w̄4·cos(w1)`: contributions of every row that uses it; `1` for the output. */
  readonly adjoint: { readonly left: string; readonly right: string; readonly value: PlainNumber } | null;
  readonly operands: readonly PanelOperand[];
  /** True for the row that is the chosen output. */
  readonly output: boolean;
  /** The expression that made it; null where the place is not known. */
  readonly location: PlainLocation | null;
}

export interface PanelKink {
  /** Indices into `outputs` and `inputs`. */
  readonly output: number;
  readonly input: number;
  readonly left: PlainNumber;
  readonly right: PlainNumber;
}

export interface PanelProblem {
  readonly id: ProblemId;
  readonly severity: Severity;
  readonly message: string;
  readonly location: PlainLocation | null;
}

/** Why a path holds only near the point: an active value was compared, made a key, counted with. */
export interface PanelGuard {
  readonly kind: 'branch' | 'key' | 'count';
  /** Row of the tape: a comparison (its operands are the two sides), or the number that became a key. */
  readonly row: number;
  /** What it came out as (booleans as 0 and 1). While it does the path is the same. */
  readonly value: PlainNumber;
  /** Index into the tape's `sites`; −1 where the place is not known. */
  readonly site: number;
}

/**
 * The path that the function took, for live.ts: rows 0 … inputs−1 are the inputs, of the others row r has op[r − inputs]
 * and its operands in a and b (of operations on many in `more`, from a on, b of them). Operands: ≥ 0 a row, < 0 the
 * constant constants[~operand]; NONE (tape.ts) where there is no second one.
 */
export interface PanelTape {
  readonly inputs: number;
  /** What `op` counts. */
  readonly operations: readonly Operation[];
  readonly op: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly more: readonly number[];
  readonly constants: readonly PlainNumber[];
  /** Of every input row. */
  readonly start: readonly PlainNumber[];
  /** Row of each output, −1 where it depends on no input: its value is the model's then. */
  readonly outputs: readonly number[];
  readonly guards: readonly PanelGuard[];
  readonly sites: readonly PlainLocation[];
  /**
   * Whether its sweeps can be vouched for in the page where live.ts says so; false: they have to be held against the
   * function itself, so values alone follow the sliders, and derivatives come from the server.
   */
  readonly sweeps: boolean;
}

/**
 * A part of the trace that may be folded to one box: the function, a call, a loop, one round of a loop, a statement.
 * A loop's children are its iterations.
 */
export interface PanelRegion {
  readonly kind: 'function' | 'call' | 'loop' | 'iteration' | 'statement';
  /** `f`, `norm(v)`, `for (const x of xs)`, `iteration 3`, `const y = x * 2`: one line, clipped. */
  readonly name: string;
  readonly location: PlainLocation | null;
  /** Rows of the trace (indices into `trace`), from first up to but not including end; inputs are in no region. */
  readonly first: number;
  readonly end: number;
  /** How many rows of the tape it has, those that were left out among them. */
  readonly rows: number;
  /** Of a loop: how many rounds that recorded something; of an iteration: which one, from 1; else null. */
  readonly trips: number | null;
  /** In the order of their rows, disjoint, all of them with rows in `trace`. Rows in no child are the region's own. */
  readonly children: readonly PanelRegion[];
}

/** How an operation spoils a result: what is to be highlighted when the question is why. */
export interface PanelWhy {
  /** Index into `problems`, null where nothing was reported (a component that is 0 or huge). */
  readonly problem: number | null;
  /** Indices into `outputs` and `inputs`, where it is one component of the Jacobian. */
  readonly output: number | null;
  readonly input: number | null;
  readonly kind: 'nan' | 'infinite' | 'huge' | 'zero' | 'lost' | 'singular' | 'jump' | 'kink' | 'digits';
  /** One sentence. */
  readonly message: string;
  /** Index into `trace` of the operation to blame; null where its row was left out. */
  readonly culprit: number | null;
  /** Indices into `trace`, ascending: the rows on the way from the culprit to the result, both included. */
  readonly path: readonly number[];
}

export interface PanelModel {
  readonly version: 2;
  /** `f(x1, x2)`, or `f` where the inputs are many. */
  readonly title: string;
  /** The function's name as the user would say it. */
  readonly name: string;
  /** Which sample is shown; null where there is none (formulas only). */
  readonly sample: { readonly index: number; readonly count: number; readonly text: string } | null;
  /** True while the function's text does not parse: this is what was last known of it. */
  readonly outdated: boolean;
  /** 'stage': valid on all paths; 'path': along the path taken at this sample; null: no formulas. */
  readonly scope: 'stage' | 'path' | null;
  /** The function first, then its partials in the order of `inputs`; empty where there are none. */
  readonly formulas: readonly PanelFormula[];
  readonly inputs: readonly PanelInput[];
  /** Leaves that are no inputs. */
  readonly fixed: readonly { readonly label: string; readonly value: PlainNumber }[];
  readonly outputs: readonly PanelOutput[];
  /** Which output the adjoints are of. */
  readonly output: number;
  /** jacobian[output][input]. */
  readonly jacobian: readonly (readonly PlainNumber[])[];
  /** Partials that have two values, the slopes below and above the sample; the Jacobian has one of them. */
  readonly kinks: readonly PanelKink[];
  /** Sweeps over the trace do not give the derivatives that are shown, or there are none: it has values alone. */
  readonly special: boolean;
  /** Why, in one sentence: a kink, a jump, a singularity, an iteration that has not settled, lost digits. */
  readonly specialReason: string | null;
  /** The point is not the sample's: sliders have moved inputs. */
  readonly moved: boolean;
  /** No derivative can be given here, `problems` say why: the trace has values alone, and the Jacobian is empty. */
  readonly refused: boolean;
  /** Inputs that `tangent.values` has a column for, in order: ẇ of this input is 1, of all others 0. */
  readonly seeds: readonly string[];
  readonly trace: readonly PanelRow[];
  /** How many rows, seeds, inputs and outputs the bounds left out. */
  readonly leftOut: {
    readonly rows: number;
    readonly seeds: number;
    readonly inputs: number;
    readonly outputs: number;
  };
  /** The function as a tree; null without a trace. */
  readonly regions: PanelRegion | null;
  readonly why: readonly PanelWhy[];
  /** null: there is none, or it is too long; the server has to be asked about every other point. */
  readonly tape: PanelTape | null;
  readonly problems: readonly PanelProblem[];
}
