/**
 * The evaluation trace as it is tabulated by hand (a Wengert list), as plain data. Forward: values and tangents in the
 * order of evaluation, a column for each seed. Reverse: the adjoints from the result back to the inputs. The numbers
 * of the other mode stand in the last columns. At a special point: the values.
 */
import { formatNumber } from '../../core/print/numbers.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import { type Choice, seedIndex, seedText } from './choice.ts';
import type { Numbers } from './numbers.ts';
import { type NumberView, type PanelRow, partialLabel, viewOf } from './view.ts';

/** More seeds than this are shown one at a time. */
const SEED_COLUMNS = 3;

export interface TraceColumn {
  readonly key: string;
  readonly title: string;
  readonly kind: 'equation' | 'number';
  readonly tone: 'primal' | 'tangent' | 'adjoint';
  /** A number column of the chosen seed, or of the only one. */
  readonly chosen: boolean;
  /** What the title leaves out. */
  readonly hint: string;
  /** The numbers of a number column, one for each row of the trace; null for equations. */
  readonly numbers: ArrayLike<number> | null;
}
export type TraceCell =
  | { readonly kind: 'equation'; readonly text: string; readonly note: string | null }
  /** null: not known at this point. */
  | { readonly kind: 'number'; readonly number: NumberView | null };
export interface TraceRow {
  /** Index into the model's trace. */
  readonly row: number;
  /** `w3`, and `w1·w2`: the first column. */
  readonly name: string;
  readonly equation: string;
  /** The user's own name for it, where the equation does not say it. */
  readonly userName: string | null;
  readonly output: boolean;
  /** The cells of the columns after the first. */
  readonly cells: readonly TraceCell[];
}
export interface TraceTable {
  readonly caption: string;
  readonly columns: readonly TraceColumn[];
  readonly rows: readonly TraceRow[];
}

/** The rows in the order of a column's numbers, or the other way round. */
export interface Sort {
  /** Of a column. */
  readonly key: string;
  readonly descending: boolean;
}

export function traceTable(
  model: PanelModel,
  numbers: Numbers,
  choice: Choice,
  digits: number,
  sort: Sort | null = null,
): TraceTable {
  const columns = columnsOf(model, numbers, choice);
  const order = orderOf(model, columns, choice, sort);
  return {
    caption: captionOf(model, choice),
    columns,
    rows: order.map((index) => traceRow(model, index, columns, numbers, choice, digits)),
  };
}

function captionOf(model: PanelModel, choice: Choice): string {
  if (model.special) return 'Values, in the order of evaluation';
  if (choice.mode === 'reverse') return 'Reverse mode: adjoints, from the result back to the inputs';
  const along = seedText(model, choice);
  if (along === '') return 'Forward mode: values and tangents';
  return `Forward mode: values and tangents ${choice.direction === null ? 'with respect to' : 'along'} ${along}`;
}

// ───────────────────────────── columns ─────────────────────────────

/** What is shown as columns beside the first; the numbers of each where it has some. */
export function columnsOf(model: PanelModel, numbers: Numbers, choice: Choice): readonly TraceColumn[] {
  const primal: readonly TraceColumn[] = [
    equationColumn('primal', 'Primal', 'primal'),
    { ...equationColumn('value', 'Value', 'primal'), kind: 'number', numbers: numbers.values },
  ];
  if (model.special) return primal;
  const tangents = tangentColumns(model, numbers, choice);
  const adjoint: TraceColumn = {
    key: 'adjointValue',
    title: choice.mode === 'reverse' ? 'Value' : 'Adjoint',
    kind: 'number',
    tone: 'adjoint',
    chosen: choice.mode === 'reverse',
    hint: 'The derivative of the result with respect to this row',
    numbers: numbers.adjoints,
  };
  return choice.mode === 'reverse'
    ? [...primal, equationColumn('adjoint', 'Adjoint', 'adjoint'), adjoint, ...tangents]
    : [...primal, equationColumn('tangent', 'Tangent', 'tangent'), ...tangents, adjoint];
}

function equationColumn(key: string, title: string, tone: TraceColumn['tone']): TraceColumn {
  return { key, title, kind: 'equation', tone, chosen: false, hint: '', numbers: null };
}

function tangentColumns(model: PanelModel, numbers: Numbers, choice: Choice): TraceColumn[] {
  const chosen = choice.direction === null ? seedIndex(model, choice) : -1;
  const forward = choice.mode === 'forward';
  const all = model.seeds.map((_, index) => index);
  const shown = all.length <= SEED_COLUMNS ? all : all.filter((index) => index === chosen);
  const columns = shown.map<TraceColumn>((index) => {
    const input = model.seeds[index]!;
    return {
      key: `seed ${index}`,
      title: `∂/∂${input}`,
      kind: 'number',
      tone: 'tangent',
      chosen: forward && index === chosen,
      hint: `Seed: the tangent of ${input} is 1, that of every other input 0`,
      numbers: numbers.seeds[index] ?? null,
    };
  });
  if (choice.direction === null) return columns;
  const along = seedText(model, choice);
  const own: TraceColumn = {
    key: 'direction',
    title: `along ${along}`,
    kind: 'number',
    tone: 'tangent',
    chosen: forward,
    hint: `Seed: the tangents of the inputs are ${along}`,
    numbers: numbers.tangents,
  };
  return [...columns, own];
}

// ───────────────────────────── rows ─────────────────────────────

function orderOf(
  model: PanelModel,
  columns: readonly TraceColumn[],
  choice: Choice,
  sort: Sort | null,
): readonly number[] {
  const order = model.trace.map((_, index) => index);
  const column = sort === null ? undefined : columns.find(({ key }) => key === sort.key);
  if (sort === null || column === undefined)
    return choice.mode === 'reverse' && !model.special ? order.reverse() : order;
  const { numbers } = column;
  if (numbers !== null) order.sort((a, b) => compare(numbers[a]!, numbers[b]!) || a - b);
  return sort.descending ? order.reverse() : order;
}

/** NaN after all numbers. */
function compare(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

function traceRow(
  model: PanelModel,
  index: number,
  columns: readonly TraceColumn[],
  numbers: Numbers,
  choice: Choice,
  digits: number,
): TraceRow {
  const row = model.trace[index]!;
  const { left, right } = row.primal;
  return {
    row: index,
    name: left,
    equation: right,
    userName: row.name === right ? null : row.name,
    output: row.output,
    cells: columns.slice(1).map((column): TraceCell => {
      if (column.kind === 'number') return { kind: 'number', number: numberAt(column, index, digits) };
      return column.tone === 'adjoint'
        ? adjointCell(model, row, index)
        : tangentCell(model, row, numbers.tangents?.[index], choice);
    }),
  };
}

/** null: it is not known at this point. */
export function numberAt({ numbers }: TraceColumn, row: number, digits: number): NumberView | null {
  const value = numbers?.[row];
  return value === undefined ? null : viewOf(value, digits);
}

const NO_EQUATION: TraceCell = { kind: 'equation', text: '', note: null };

function tangentCell(model: PanelModel, row: PanelRow, value: number | undefined, choice: Choice): TraceCell {
  if (row.tangent === null) return NO_EQUATION;
  const { left, right } = row.tangent;
  if (right === null) {
    const text = value === undefined ? left : `${left} = ${formatNumber(value).text}`;
    return { kind: 'equation', text, note: 'seed' };
  }
  const input = choice.direction === null ? model.seeds[seedIndex(model, choice)] : undefined;
  const result = row.output && input !== undefined ? ` = ${partialLabel(model, input)}` : '';
  return { kind: 'equation', text: `${left} = ${right}${result}`, note: null };
}

function adjointCell(model: PanelModel, row: PanelRow, index: number): TraceCell {
  if (row.adjoint === null) return NO_EQUATION;
  const { left, right } = row.adjoint;
  const input = model.inputs.find((one) => one.row === index);
  const result = input === undefined ? '' : ` = ${partialLabel(model, input.label)}`;
  return { kind: 'equation', text: `${left} = ${right}${result}`, note: null };
}
