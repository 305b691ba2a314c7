/** Builds what the graph panel shows from an analysis. Pure; spans become places through `locate`. */
import type {
  Formulas,
  FunctionAnalysis,
  FunctionTarget,
  Input,
  SampledRange,
  SampleResult,
} from '../analysis/model.ts';
import { formulaNumber } from '../print/numbers.ts';
import { printUnicode } from '../print/unicode.ts';
import type { Problem } from '../problem.ts';
import type { Location } from '../source/span.ts';
import type { ModuleStatement } from '../source/syntax.ts';
import { INPUT, type Tape } from '../trace/tape.ts';
import {
  adjointEquation,
  adjointName,
  primalName,
  type RowEquations,
  rowEquations,
  tangentEquation,
  tangentName,
  type Use,
} from './equations.ts';
import { formulasOf } from './formulas.ts';
import { inputSpan } from './inputPlace.ts';
import { intervalOf } from './intervals.ts';
import {
  type PanelInput,
  type PanelModel,
  type PanelOperand,
  type PanelProblem,
  type PanelRow,
  type PlainLocation,
  plainNumber,
} from './panelModel.types.ts';
import { panelTapeOf } from './panelTape.ts';
import { regionsOf } from './regions.ts';
import { whyNotSwept } from './sweepable.ts';
import { whyOf } from './why.ts';

export interface PanelOptions {
  /** Output whose adjoints are shown. */
  readonly output: number;
  readonly outdated: boolean;
  /** `x1 = 2, x2 = 3`. */
  readonly sampleText: string;
  /** `x1, x2`. */
  readonly parametersText: string;
  /** What is known at the sample: its inputs have sliders. Absent: there is no sample. */
  readonly base: SampleResult | undefined;
  /** The inputs by label, where they are not the sample's. */
  readonly point: ReadonlyMap<string, number> | undefined;
  readonly ranges: readonly SampledRange[];
  readonly formulas: Formulas | undefined;
  locate(location: Location): PlainLocation | null;
  /** The text of a place, and the top-level statement that it is in; undefined where they are not known. */
  textOf(location: Location): string | undefined;
  treeOf(location: Location): ModuleStatement | undefined;
  /** The user's own name for a row, where it has one. */
  nameOf(row: number): string | null;
  /** Tangents of every row for the seed 1 at this one. */
  tangents(inputRow: number): Float64Array;
  /** Adjoints of every row for the seed 1 at this one. */
  adjoints(outputRow: number): Float64Array;
}

/** Bounds on what is sent to the panel. */
const MOST_ROWS = 2000;
const MOST_INPUT_ROWS = 100;
const MOST_SEEDS = 8;
const MOST_COMPONENTS = 1000;
const MOST_USES = 64;

export function panelModel(analysis: FunctionAnalysis, options: PanelOptions): PanelModel {
  const { target } = analysis;
  const sample = analysis.sample ?? analysis.refused;
  const { formulas, base, point } = options;
  const head = {
    version: 2 as const,
    title: `${target.name}(${options.parametersText})`,
    name: target.name,
    outdated: options.outdated,
    scope: formulas?.scope ?? null,
    formulas: formulas === undefined ? [] : formulasOf(target.name, formulas, analysis.sample),
    sample:
      base === undefined
        ? null
        : { index: analysis.sampleIndex, count: analysis.sampleCount, text: options.sampleText },
    moved: point !== undefined,
    refused: base !== undefined && analysis.sample === undefined,
    fixed: (base?.passive ?? [])
      .slice(0, MOST_COMPONENTS)
      .map(({ label, value }) => ({ label, value: plainNumber(value) })),
    problems: analysis.problems.map((problem) => plainProblem(problem, options)),
  };
  const inputs = (rowOf: (input: Input) => number | null): PanelInput[] =>
    (base?.inputs ?? []).slice(0, MOST_COMPONENTS).map((input) => ({
      label: input.label,
      value: plainNumber(point?.get(input.label) ?? input.value),
      sample: plainNumber(input.value),
      range: intervalOf(input, options.ranges, target.node),
      row: rowOf(input),
    }));
  if (sample === undefined) {
    return {
      ...head,
      inputs: inputs(() => null),
      outputs: [],
      output: 0,
      jacobian: [],
      kinks: [],
      special: false,
      specialReason: null,
      seeds: [],
      trace: [],
      leftOut: { rows: 0, seeds: 0, inputs: 0, outputs: 0 },
      regions: null,
      why: [],
      tape: null,
    };
  }
  const { tape } = sample;
  const output = Math.min(Math.max(0, options.output), Math.max(0, sample.outputs.length - 1));
  const rows = chooseRows(sample, sample.outputs[output]?.row ?? -1);
  const position = new Map(rows.map((row, i) => [row, i]));
  const specialReason = whyNotSwept(sample, output, analysis.sample === undefined);
  const special = specialReason !== null;
  const seeds = special ? [] : sample.inputs.slice(0, MOST_SEEDS);
  return {
    ...head,
    inputs: inputs(({ row }) => position.get(row) ?? null),
    outputs: sample.outputs.slice(0, MOST_COMPONENTS).map((result) => ({
      label: result.label,
      value: plainNumber(result.value),
      row: position.get(result.row) ?? null,
    })),
    output,
    jacobian: sample.jacobian
      .slice(0, MOST_COMPONENTS)
      .map((row) => row.slice(0, MOST_COMPONENTS).map(plainNumber)),
    kinks: sample.kinks
      .filter((kink) => kink.output < MOST_COMPONENTS && kink.input < MOST_COMPONENTS)
      .map((kink) => ({ ...kink, left: plainNumber(kink.left), right: plainNumber(kink.right) })),
    special,
    specialReason,
    seeds: seeds.map((input) => input.label),
    trace: traceOf(sample, target, output, rows, position, special ? null : seeds, options),
    leftOut: {
      rows: tape.length - rows.length,
      seeds: special ? 0 : sample.inputs.length - seeds.length,
      inputs: Math.max(0, sample.inputs.length - MOST_COMPONENTS),
      outputs: Math.max(0, sample.outputs.length - MOST_COMPONENTS),
    },
    regions: regionsOf(tape, rows, {
      name: target.name,
      at: { file: target.file, statement: target.statement, span: target.nameSpan },
      locate: (location) => options.locate(location),
      textOf: (location) => options.textOf(location),
      treeOf: (location) => options.treeOf(location),
    }),
    why: whyOf(sample, analysis.problems, output, position),
    tape: panelTapeOf(tape, sample.outputs, (location) => options.locate(location)),
  };
}

/** Rows of the tape that are shown, in order: the first inputs, and of the rest the beginning and the end. */
function chooseRows({ tape, inputs }: SampleResult, outputRow: number): number[] {
  if (tape.length <= MOST_ROWS) return Array.from({ length: tape.length }, (_, row) => row);
  const rows = new Set<number>();
  for (const input of inputs.slice(0, MOST_INPUT_ROWS)) rows.add(input.row);
  if (outputRow >= 0) rows.add(outputRow);
  const half = Math.floor((MOST_ROWS - rows.size) / 2);
  for (let row = 0, left = half; row < tape.length && left > 0; row++) {
    if (tape.op[row] === INPUT || rows.has(row)) continue;
    rows.add(row);
    left--;
  }
  for (let row = tape.length - 1; row >= 0 && rows.size < MOST_ROWS; row--)
    if (tape.op[row] !== INPUT) rows.add(row);
  return [...rows].sort((a, b) => a - b);
}

function traceOf(
  sample: SampleResult,
  target: FunctionTarget,
  output: number,
  rows: readonly number[],
  position: ReadonlyMap<number, number>,
  /** Inputs that the trace has tangents for; null where sweeps say nothing. */
  seeds: SampleResult['inputs'] | null,
  options: PanelOptions,
): PanelRow[] {
  const { tape } = sample;
  const outputRow = sample.outputs[output]?.row ?? -1;
  const special = seeds === null;
  const adjoints = (): Float64Array => {
    if (output === 0 && !Number.isNaN(sample.adjoints[0])) return sample.adjoints;
    return outputRow >= 0 ? options.adjoints(outputRow) : new Float64Array(tape.length);
  };
  const adjointValues = special ? undefined : adjoints();
  const tangents = (seeds ?? []).map((input) => options.tangents(input.row));
  const equations = new Map<number, RowEquations>();
  const equationsOf = (row: number): RowEquations => {
    let found = equations.get(row);
    if (found === undefined) {
      found = rowEquations(tape, row);
      equations.set(row, found);
    }
    return found;
  };
  const uses = usesOf(tape, position);
  const inputs = new Map(sample.inputs.map((input) => [input.row, input]));
  return rows.map((row): PanelRow => {
    const own = equationsOf(row);
    const name = options.nameOf(row);
    const ownUses = (uses.get(row) ?? []).map(
      ([consumer, index]): Use => ({ equations: equationsOf(consumer), index }),
    );
    return {
      index: row + 1,
      name,
      kind: own.op === undefined ? 'input' : 'operation',
      op: own.op ?? null,
      primal: {
        left: primalName(row),
        right: own.primal ?? name ?? '',
        value: plainNumber(tape.value[row]!),
      },
      tangent: special
        ? null
        : {
            left: tangentName(row),
            right: own.op === undefined ? null : tangentEquation(own),
            values: tangents.map((values) => plainNumber(values[row] ?? 0)),
          },
      adjoint:
        adjointValues === undefined
          ? null
          : {
              left: adjointName(row),
              right: adjointEquation(ownUses, row === outputRow),
              value: plainNumber(adjointValues[row] ?? 0),
            },
      operands: own.partials.map(
        ({ operand, formula, value }): PanelOperand => ({
          row: operand >= 0 ? (position.get(operand) ?? null) : null,
          text: operand >= 0 ? primalName(operand) : formulaNumber(tape.read(operand)),
          value: plainNumber(tape.read(operand)),
          partial: special || formula === undefined ? null : printUnicode(formula),
          partialValue: special || value === undefined ? null : plainNumber(value),
        }),
      ),
      output: row === outputRow,
      location: placeOf(tape, row, target, inputs.get(row), options),
    };
  });
}

/** For each row shown: who uses it, and as which operand, in the tape's order. */
function usesOf(tape: Tape, shown: ReadonlyMap<number, number>): Map<number, [number, number][]> {
  const uses = new Map<number, [number, number][]>();
  for (let row = 0; row < tape.length; row++) {
    if (tape.op[row] === INPUT) continue;
    tape.operands(row).forEach((operand, index) => {
      if (operand < 0 || !shown.has(operand)) return;
      const list = uses.get(operand);
      if (list === undefined) uses.set(operand, [[row, index]]);
      else if (list.length < MOST_USES) list.push([row, index]);
    });
  }
  return uses;
}

function placeOf(
  tape: Tape,
  row: number,
  { file, statement, node }: FunctionTarget,
  input: Input | undefined,
  options: PanelOptions,
): PlainLocation | null {
  const span = input === undefined ? undefined : inputSpan(input, node);
  const site = span === undefined ? tape.sites[tape.at[row]!] : { file, statement, span };
  return site === undefined ? null : options.locate(site);
}

function plainProblem(problem: Problem, options: PanelOptions): PanelProblem {
  return {
    id: problem.id,
    severity: problem.severity,
    message: problem.message,
    location: problem.location === undefined ? null : options.locate(problem.location),
  };
}
