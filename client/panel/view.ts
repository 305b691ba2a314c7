/**
 * What the page shows of a model, as plain data: numbers formatted, rows and columns chosen, equations completed.
 * No DOM here, so that it can be tested without one.
 */
import { kinkText } from '../../core/graph/kinks.ts';
import { formatNumber, fullNumber, MINUS } from '../../core/print/numbers.ts';
import type { CopyFormat, PanelModel, PlainNumber, PlainPosition } from '../../server/protocol/messages.ts';
import { derivativeStatements } from '../derivativeStatements.ts';
import type { Choice, Mode } from './messages.ts';

export type PanelRow = PanelModel['trace'][number];

export interface NumberView {
  readonly text: string;
  /** '=' only where `text` is the exact double. */
  readonly relation: '=' | '≈';
  /** All digits, for the tooltip. */
  readonly full: string;
}

/** More seeds than this are shown one at a time. */
const SEED_COLUMNS = 3;

export function toNumber(value: PlainNumber): number {
  return typeof value === 'number' ? value : value === '-0' ? -0 : Number(value);
}

export function numberView(value: PlainNumber, digits: number): NumberView {
  const number = toNumber(value);
  const { text, exact } = formatNumber(number, digits);
  return { text, relation: exact ? '=' : '≈', full: fullNumber(number).replace(/^-/, MINUS) };
}

/** What is to be said above the graph and the trace; null: nothing. */
export function sweepNote(model: PanelModel): string | null {
  if (!model.special) return null;
  return 'Values only: this sample is a special point (the problems above say which), where one trace does not give the derivatives; those above come from the function right beside it.';
}

// ───────────────────────────── choices ─────────────────────────────

export const FIRST_CHOICE: Choice = { mode: 'forward', seed: null, row: null };

/** Index into `seeds` of the chosen seed; −1 where there are none. */
export function seedIndex(model: PanelModel, choice: Choice): number {
  if (model.seeds.length === 0) return -1;
  const index = choice.seed === null ? -1 : model.seeds.indexOf(choice.seed);
  return Math.max(index, 0);
}

/** What remains of a choice when another model is shown: the mode, and the rest where it is the same function. */
export function keepChoice(choice: Choice, sameFunction: boolean, model: PanelModel): Choice {
  const seed = sameFunction && choice.seed !== null && model.seeds.includes(choice.seed) ? choice.seed : null;
  const row = sameFunction && choice.row !== null && choice.row < model.trace.length ? choice.row : null;
  return { mode: choice.mode, seed, row };
}

// ───────────────────────────── formulas ─────────────────────────────

/** `∂f/∂x1`, as the formulas name it where there are formulas. */
export function partialLabel(model: PanelModel, input: string): string {
  const at = model.inputs.findIndex((candidate) => candidate.label === input);
  const formula =
    at >= 0 && model.formulas.length === model.inputs.length + 1 ? model.formulas[at + 1] : undefined;
  if (formula !== undefined) return formula.label;
  const output = model.outputs[model.output]?.label ?? '';
  return `∂${model.name}${output}/∂${input}`;
}

export function scopeNote(model: PanelModel): string | null {
  if (model.scope !== 'path') return null;
  return 'These formulas hold along the path that the function takes at this sample.';
}

/** All formulas of a model as text to copy. */
export function formulaText(model: PanelModel, format: CopyFormat): string {
  switch (format) {
    case 'unicode':
      return model.formulas.map((formula) => `${formula.label} = ${formula.unicode}`).join('\n');
    case 'latex':
      return model.formulas.map((formula) => formula.latexEquation).join(' \\\\\n');
    case 'mathml':
      return model.formulas.map((formula) => formula.mathml).join('\n');
    case 'typescript':
      return derivativeStatements(model.formulas[0]?.typescript ?? model.name, model, '').join('\n');
    case 'numbers':
      return JSON.stringify(numbersOf(model), null, 2);
  }
}

function numbersOf(model: PanelModel): Record<string, unknown> {
  const row = model.jacobian[model.output] ?? [];
  return {
    at: Object.fromEntries(model.inputs.map((input) => [input.label, input.value])),
    value: model.outputs[model.output]?.value ?? null,
    gradient: Object.fromEntries(model.inputs.map((input, index) => [input.label, row[index] ?? null])),
  };
}

// ───────────────────────────── gradient ─────────────────────────────

export interface GradientRow {
  readonly input: string;
  readonly at: NumberView;
  readonly label: string;
  readonly partial: NumberView | null;
  /** `kink: slopes −1 and +1`. */
  readonly kink: string | null;
  /** Index of the input's row in the trace. */
  readonly row: number | null;
}

export function gradientRows(model: PanelModel, digits: number): readonly GradientRow[] {
  const partials = model.jacobian[model.output] ?? [];
  return model.inputs.map((input, index) => {
    const partial = partials[index];
    return {
      input: input.label,
      at: numberView(input.value, digits),
      label: partialLabel(model, input.label),
      partial: partial === undefined ? null : numberView(partial, digits),
      kink: kinkOf(model, model.output, index, digits),
      row: input.row,
    };
  });
}

function kinkOf(model: PanelModel, output: number, input: number, digits: number): string | null {
  const kink = model.kinks.find((one) => one.output === output && one.input === input);
  return kink === undefined ? null : kinkText(toNumber(kink.left), toNumber(kink.right), digits);
}

/** More inputs or outputs than these are left out of the Jacobian. */
const JACOBIAN_COLUMNS = 12;
const JACOBIAN_ROWS = 50;

export interface JacobianTable {
  readonly inputs: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly value: NumberView;
    readonly partials: readonly (NumberView & { readonly kink: string | null })[];
    readonly chosen: boolean;
  }[];
  readonly leftOut: { readonly inputs: number; readonly outputs: number };
}

/** ∂output/∂input, a row for each output. */
export function jacobianTable(model: PanelModel, digits: number): JacobianTable {
  const inputs = model.inputs.slice(0, JACOBIAN_COLUMNS).map((input) => input.label);
  const rows = model.outputs.slice(0, JACOBIAN_ROWS).map((output, index) => ({
    label: `${model.name}${output.label}`,
    value: numberView(output.value, digits),
    partials: inputs.map((_, i) => ({
      ...numberView(model.jacobian[index]?.[i] ?? 'NaN', digits),
      kink: kinkOf(model, index, i, digits),
    })),
    chosen: index === model.output,
  }));
  const leftOut = {
    inputs: model.inputs.length - inputs.length,
    outputs: model.outputs.length - rows.length,
  };
  return { inputs, rows, leftOut };
}

// ───────────────────────────── trace ─────────────────────────────

export interface TraceColumn {
  readonly key: string;
  readonly title: string;
  readonly kind: 'equation' | 'number';
  readonly tone: 'primal' | 'tangent' | 'adjoint';
  /** A number column of the chosen seed, or of the only one. */
  readonly chosen: boolean;
  /** What the title leaves out. */
  readonly hint: string;
}
export type TraceCell =
  | { readonly kind: 'equation'; readonly text: string; readonly note: string | null }
  | { readonly kind: 'number'; readonly number: NumberView };
export interface TraceRow {
  /** Index into the model's trace. */
  readonly row: number;
  /** `w3`, and `w1·w2`: the first column. */
  readonly name: string;
  readonly equation: string;
  /** The user's own name for it, where the equation does not say it. */
  readonly userName: string | null;
  readonly selected: boolean;
  readonly output: boolean;
  /** The cells of the columns after the first. */
  readonly cells: readonly TraceCell[];
}
export interface TraceTable {
  readonly caption: string;
  readonly columns: readonly TraceColumn[];
  readonly rows: readonly TraceRow[];
}

/**
 * The evaluation trace as it is tabulated by hand. Forward: values and tangents in the order of evaluation, a column
 * for each seed. Reverse: the adjoints from the result back to the inputs. At a special point: the values.
 */
export function traceTable(model: PanelModel, choice: Choice, digits: number): TraceTable {
  if (model.special) {
    const rows = model.trace.map((row, index) => traceRow(row, index, choice, digits, []));
    return { caption: 'Values, in the order of evaluation', columns: PRIMAL, rows };
  }
  return choice.mode === 'forward'
    ? forwardTable(model, choice, digits)
    : reverseTable(model, choice, digits);
}

const PRIMAL: readonly TraceColumn[] = [
  { key: 'primal', title: 'Primal', kind: 'equation', tone: 'primal', chosen: false, hint: '' },
  { key: 'value', title: 'Value', kind: 'number', tone: 'primal', chosen: false, hint: '' },
];

function forwardTable(model: PanelModel, choice: Choice, digits: number): TraceTable {
  const chosen = seedIndex(model, choice);
  const seeds = model.seeds.map((_, index) => index);
  const shown = seeds.length <= SEED_COLUMNS ? seeds : [chosen];
  const columns: TraceColumn[] = [
    ...PRIMAL,
    { key: 'tangent', title: 'Tangent', kind: 'equation', tone: 'tangent', chosen: false, hint: '' },
    ...shown.map<TraceColumn>((index) => {
      const input = model.seeds[index]!;
      return {
        key: `seed ${index}`,
        title: `∂/∂${input}`,
        kind: 'number',
        tone: 'tangent',
        chosen: index === chosen,
        hint: `Seed: the tangent of ${input} is 1, that of every other input 0`,
      };
    }),
  ];
  const of = chosen < 0 ? '' : ` with respect to ${model.seeds[chosen]}`;
  const rows = model.trace.map((row, index) => {
    const equation = tangentEquation(model, row, chosen);
    const numbers = shown.map((seed) => numberCell(row.tangent?.values[seed] ?? 'NaN', digits));
    return traceRow(row, index, choice, digits, [equation, ...numbers]);
  });
  return { caption: `Forward mode: values and tangents${of}`, columns, rows };
}

const NO_EQUATION: TraceCell = { kind: 'equation', text: '', note: null };

function tangentEquation(model: PanelModel, row: PanelRow, seed: number): TraceCell {
  if (row.tangent === null) return NO_EQUATION;
  const { left, right, values } = row.tangent;
  if (right === null) {
    const value = values[seed];
    const text = value === undefined ? left : `${left} = ${formatNumber(toNumber(value)).text}`;
    return { kind: 'equation', text, note: 'seed' };
  }
  const input = model.seeds[seed];
  const result = row.output && input !== undefined ? ` = ${partialLabel(model, input)}` : '';
  return { kind: 'equation', text: `${left} = ${right}${result}`, note: null };
}

function reverseTable(model: PanelModel, choice: Choice, digits: number): TraceTable {
  const columns: TraceColumn[] = [
    ...PRIMAL,
    { key: 'adjoint', title: 'Adjoint', kind: 'equation', tone: 'adjoint', chosen: false, hint: '' },
    {
      key: 'adjointValue',
      title: 'Value',
      kind: 'number',
      tone: 'adjoint',
      chosen: true,
      hint: 'The derivative of the result with respect to this row',
    },
  ];
  const inputAt = new Map(model.inputs.map((input) => [input.row, input.label]));
  const rows = model.trace.map((row, index) => {
    if (row.adjoint === null) return traceRow(row, index, choice, digits, [NO_EQUATION]);
    const { left, right, value } = row.adjoint;
    const input = inputAt.get(index);
    const result = input === undefined ? '' : ` = ${partialLabel(model, input)}`;
    const equation: TraceCell = { kind: 'equation', text: `${left} = ${right}${result}`, note: null };
    return traceRow(row, index, choice, digits, [equation, numberCell(value, digits)]);
  });
  return {
    caption: 'Reverse mode: adjoints, from the result back to the inputs',
    columns,
    rows: rows.reverse(),
  };
}

function traceRow(
  row: PanelRow,
  index: number,
  choice: Choice,
  digits: number,
  cells: readonly TraceCell[],
): TraceRow {
  const { left, right, value } = row.primal;
  return {
    row: index,
    name: left,
    equation: right,
    userName: row.name === right ? null : row.name,
    selected: choice.row === index,
    output: row.output,
    cells: [numberCell(value, digits), ...cells],
  };
}

function numberCell(value: PlainNumber, digits: number): TraceCell {
  return { kind: 'number', number: numberView(value, digits) };
}

// ───────────────────────────── graph ─────────────────────────────

export interface GraphNodeView {
  /** Index into the model's trace. */
  readonly row: number;
  readonly name: string;
  readonly userName: string | null;
  /** The right-hand side; the user's name for an input. */
  readonly equation: string;
  readonly value: NumberView;
  readonly derivative: { readonly name: string; readonly value: NumberView } | null;
  readonly kind: 'input' | 'operation' | 'output';
  readonly operands: readonly (number | null)[];
  /** The whole node in words. */
  readonly description: string;
}
export interface GraphEdgeView {
  /** `cos(w1) ≈ −0.416`. */
  readonly label: string;
  readonly description: string;
}

/** At most `limit` rows: the inputs and what follows them in the order of evaluation. */
export function graphNodes(
  model: PanelModel,
  choice: Choice,
  digits: number,
  limit = Number.POSITIVE_INFINITY,
): readonly GraphNodeView[] {
  const seed = seedIndex(model, choice);
  return model.trace.slice(0, limit).map((row, index) => {
    const value = numberView(row.primal.value, digits);
    const derivative = derivativeOf(row, choice.mode, seed, digits);
    const userName = row.name === row.primal.right ? null : row.name;
    const words = [`${row.primal.left} = ${row.primal.right} ${value.relation} ${value.text}`];
    if (userName !== null) words.unshift(userName);
    if (derivative !== null) {
      const mode = choice.mode === 'forward' ? 'tangent' : 'adjoint';
      words.push(`${mode} ${derivative.value.relation} ${derivative.value.text}`);
    }
    return {
      row: index,
      name: row.primal.left,
      userName,
      equation: row.primal.right,
      value,
      derivative,
      kind: row.output ? 'output' : row.kind,
      operands: row.operands.map((operand) => operand.row),
      description: words.join(', '),
    };
  });
}

function derivativeOf(row: PanelRow, mode: Mode, seed: number, digits: number): GraphNodeView['derivative'] {
  const shown = mode === 'reverse' ? row.adjoint : row.tangent;
  const value = mode === 'reverse' ? row.adjoint?.value : row.tangent?.values[seed];
  if (shown === null || value === undefined) return null;
  return { name: shown.left, value: numberView(value, digits) };
}

/** The local partial derivative on the edge into a port of a row; null where nothing flows through it. */
export function edgeView(model: PanelModel, to: number, port: number, digits: number): GraphEdgeView | null {
  const row = model.trace[to];
  const operand = row?.operands[port];
  if (row === undefined || operand === undefined || operand.partial === null) return null;
  const partial = operand.partial;
  const description = `∂${row.primal.left}/∂${operand.text} = ${partial}`;
  if (operand.partialValue === null) return { label: partial, description };
  const { text, relation, full } = numberView(operand.partialValue, digits);
  const constant = partial === full || partial === text;
  return {
    label: constant ? text : `${partial} ${relation} ${text}`,
    description: constant ? description : `${description} = ${full}`,
  };
}

// ───────────────────────────── cursor ─────────────────────────────

/** The row whose source is the smallest that holds the position; the last such row. null: none. */
export function rowAt(model: PanelModel, uri: string, position: PlainPosition): number | null {
  let best: number | null = null;
  let size = Number.POSITIVE_INFINITY;
  model.trace.forEach((row, index) => {
    if (row.location === null || row.location.uri !== uri) return;
    const { start, end } = row.location.range;
    if (isBefore(position, start) || isBefore(end, position)) return;
    const extent = (end.line - start.line) * 1e6 + end.character - start.character;
    if (extent <= size) {
      size = extent;
      best = index;
    }
  });
  return best;
}

function isBefore(a: PlainPosition, b: PlainPosition): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
