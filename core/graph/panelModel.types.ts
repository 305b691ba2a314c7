/**
 * What the graph panel shows of one function at one sample: plain, versioned data that survives JSON and
 * structured cloning. Made by panelModel.ts; read by the page inside the webview, which computes nothing itself.
 */
import type { Operation } from '../operations/names.ts';
import type { ProblemId, Severity } from '../problem.ts';

/** A double that survives JSON: NaN, the infinities and −0 are strings. */
export type PlainNumber = number | 'NaN' | 'Infinity' | '-Infinity' | '-0';

export function plainNumber(value: number): PlainNumber {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
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

export interface PanelInput {
  /** As the user writes it: `x1`, `p.mass`, `x[0]`. */
  readonly label: string;
  readonly value: PlainNumber;
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

export interface PanelModel {
  readonly version: 1;
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
  /** The sample is a kink, a jump or a singularity: sweeps over its trace give no derivatives, so there are none. */
  readonly special: boolean;
  /** Inputs that `tangent.values` has a column for, in order: ẇ of this input is 1, of all others 0. */
  readonly seeds: readonly string[];
  readonly trace: readonly PanelRow[];
  /** How many rows and seeds the bounds left out. */
  readonly leftOut: { readonly rows: number; readonly seeds: number };
  readonly problems: readonly PanelProblem[];
}
