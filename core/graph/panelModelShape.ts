/**
 * Whether what a page was told, or has stored, is a whole model: every field of its type, and every index within what
 * it counts. A model that is not would be drawn in part, or not at all.
 */
import { OPERATIONS } from '../operations/names.ts';
import { TABLE } from '../operations/table.ts';
import { NONE } from '../trace/tape.ts';
import type {
  PanelFormula,
  PanelGuard,
  PanelInput,
  PanelInterval,
  PanelKink,
  PanelModel,
  PanelOperand,
  PanelOutput,
  PanelProblem,
  PanelRegion,
  PanelRow,
  PanelTape,
  PanelWhy,
  PlainLocation,
  PlainNumber,
  PlainPosition,
  PlainRange,
} from './panelModel.types.ts';
import {
  boolean,
  count,
  either,
  finite,
  isRecord,
  list,
  oneOf,
  orNull,
  record,
  type Shape,
  string,
} from './shapes.ts';

export const plain: Shape<PlainNumber> = either(finite, oneOf('NaN', 'Infinity', '-Infinity', '-0'));
export const position = record<PlainPosition>({ line: count, character: count });
export const range = record<PlainRange>({ start: position, end: position });
export const location = record<PlainLocation>({ uri: string, range });

const interval = record<PanelInterval>({ low: finite, high: finite, given: boolean });
const formula = record<PanelFormula>({
  label: string,
  unicode: string,
  latex: string,
  typescript: string,
  mathml: string,
  latexEquation: string,
  value: orNull(plain),
});
const input = record<PanelInput>({
  label: string,
  value: plain,
  sample: plain,
  range: interval,
  row: orNull(count),
});
const output = record<PanelOutput>({ label: string, value: plain, row: orNull(count) });
const operand = record<PanelOperand>({
  row: orNull(count),
  text: string,
  value: plain,
  partial: orNull(string),
  partialValue: orNull(plain),
});
const operation = oneOf(...OPERATIONS);
const row = record<PanelRow>({
  index: count,
  name: orNull(string),
  kind: oneOf('input', 'operation'),
  op: orNull(operation),
  primal: record<PanelRow['primal']>({ left: string, right: string, value: plain }),
  tangent: orNull(
    record<NonNullable<PanelRow['tangent']>>({ left: string, right: orNull(string), values: list(plain) }),
  ),
  adjoint: orNull(record<NonNullable<PanelRow['adjoint']>>({ left: string, right: string, value: plain })),
  operands: list(operand),
  output: boolean,
  location: orNull(location),
});
const kink = record<PanelKink>({ output: count, input: count, left: plain, right: plain });
const problem = record<PanelProblem>({
  id: (value: unknown): value is PanelProblem['id'] => string(value) && /^GL\d{3}$/.test(value),
  severity: oneOf('error', 'warning', 'information', 'hint'),
  message: string,
  location: orNull(location),
});
const why = record<PanelWhy>({
  problem: orNull(count),
  output: orNull(count),
  input: orNull(count),
  kind: oneOf('nan', 'infinite', 'huge', 'zero', 'lost', 'singular', 'jump', 'kink', 'digits'),
  message: string,
  culprit: orNull(count),
  path: list(count),
});
const guard = record<PanelGuard>({
  kind: oneOf('branch', 'key', 'count'),
  row: count,
  value: plain,
  site: Number.isInteger as Shape<number>,
});
const integers = list(Number.isInteger as Shape<number>);
const tape = record<PanelTape>({
  inputs: count,
  operations: list(operation),
  op: list(count),
  a: integers,
  b: integers,
  more: integers,
  constants: list(plain),
  start: list(plain),
  outputs: integers,
  guards: list(guard),
  sites: list(location),
  sweeps: boolean,
});

const model = record<PanelModel>({
  version: oneOf(2),
  title: string,
  name: string,
  sample: orNull(record<NonNullable<PanelModel['sample']>>({ index: count, count, text: string })),
  outdated: boolean,
  scope: orNull(oneOf('stage', 'path')),
  formulas: list(formula),
  inputs: list(input),
  fixed: list(record<PanelModel['fixed'][number]>({ label: string, value: plain })),
  outputs: list(output),
  output: count,
  jacobian: list(list(plain)),
  kinks: list(kink),
  special: boolean,
  specialReason: orNull(string),
  moved: boolean,
  refused: boolean,
  seeds: list(string),
  trace: list(row),
  leftOut: record<PanelModel['leftOut']>({ rows: count, seeds: count, inputs: count, outputs: count }),
  // As a tree: below.
  regions: orNull(isRecord as Shape<unknown> as Shape<PanelRegion>),
  why: list(why),
  tape: orNull(tape),
  problems: list(problem),
});

export function isPanelModel(value: unknown): value is PanelModel {
  return model(value) && isCounted(value);
}

/** Every index of a model is of something. */
function isCounted(given: PanelModel): boolean {
  const { trace, inputs, outputs, seeds, regions } = given;
  const traced = (index: number | null): boolean => index === null || index < trace.length;
  return (
    given.output < Math.max(1, outputs.length) &&
    inputs.every((one) => traced(one.row) && one.range.low <= one.range.high) &&
    outputs.every((one) => traced(one.row)) &&
    given.why.every((one) => traced(one.culprit) && one.path.every(traced)) &&
    trace.every(
      ({ index, tangent, operands }, at) =>
        index > 0 &&
        (tangent === null || tangent.values.length === seeds.length) &&
        operands.every((one) => one.row === null || one.row < at),
    ) &&
    (regions === null || areRegions(regions, trace.length)) &&
    (given.tape === null || (isSound(given.tape) && isFollowable(given, given.tape)))
  );
}

const KINDS: readonly PanelRegion['kind'][] = ['function', 'call', 'loop', 'iteration', 'statement'];
const head = record<Omit<PanelRegion, 'children'>>({
  kind: oneOf(...KINDS),
  name: string,
  location: orNull(location),
  first: count,
  end: count,
  rows: count,
  trips: orNull(count),
});

/** Without recursion: what is foreign may be nested however deep, or within itself. */
function areRegions(root: unknown, rows: number): boolean {
  const open: { readonly region: unknown; readonly depth: number }[] = [{ region: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { region, depth } = next;
    if (!head(region) || region.end > rows || depth > DEEPEST) return false;
    const children: unknown = Reflect.get(region, 'children');
    if (!Array.isArray(children)) return false;
    let from = region.first;
    for (const child of children) {
      if (!head(child) || child.first < from || child.end <= child.first || child.end > region.end)
        return false;
      from = child.end;
      open.push({ region: child, depth: depth + 1 });
    }
  }
  return true;
}
const DEEPEST = 5000;

/** Its operands stand before their rows, and what it names is there. */
function isSound({ inputs, operations, op, a, b, more, constants, start, ...tape }: PanelTape): boolean {
  const length = inputs + op.length;
  if (a.length !== op.length || b.length !== op.length || start.length !== inputs) return false;
  const isOperand = (at: number | undefined, row: number): boolean =>
    at !== undefined && (at >= 0 ? at < row : ~at < constants.length);
  const rowIsSound = (index: number): boolean => {
    const name = operations[op[index]!];
    if (name === undefined) return false;
    const [first, second, row] = [a[index]!, b[index]!, inputs + index];
    const { arity } = TABLE[name];
    if (arity === 1) return isOperand(first, row) && second === NONE;
    if (arity === 2) return isOperand(first, row) && isOperand(second, row);
    if (first < 0 || second < 0 || first + second > more.length) return false;
    if (arity === 3 && second !== 3) return false;
    for (let at = first; at < first + second; at++) if (!isOperand(more[at], row)) return false;
    return true;
  };
  for (let index = 0; index < op.length; index++) if (!rowIsSound(index)) return false;
  return (
    tape.outputs.every((row) => row < length) &&
    tape.guards.every(({ row, site }) => row < length && site < tape.sites.length)
  );
}

/** Its rows are those of the trace. */
function isFollowable({ trace, outputs }: PanelModel, { inputs, op, outputs: rows }: PanelTape): boolean {
  return rows.length >= outputs.length && trace.every(({ index }) => index <= inputs + op.length);
}
