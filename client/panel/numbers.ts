/** The numbers that stand beside the rows of a trace, at the sample or where the sliders are. */
import { numberOf } from '../../core/graph/panelModel.types.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import { type Choice, seedIndex } from './choice.ts';

export interface Numbers {
  /** Of the inputs, in their order. */
  readonly point: readonly number[];
  /** Of the outputs, in their order. */
  readonly outputs: readonly number[];
  /** By output, the partials in the order of the inputs; null where they are not known (yet). */
  readonly jacobian: readonly (readonly number[] | null)[];
  /** Of every row. */
  readonly values: ArrayLike<number>;
  /** ẇ of every row for each of the model's seeds; null where they are not known. */
  readonly seeds: readonly (ArrayLike<number> | null)[];
  /** ẇ of every row for the chosen seed or direction; null where there is none. */
  readonly tangents: ArrayLike<number> | null;
  readonly adjoints: ArrayLike<number> | null;
  /** The point is the model's, so that its kinks and problems are those of the point. */
  readonly settled: boolean;
  /** ∂(row)/∂(operand); null where nothing flows, and where it is not known. */
  partial(row: number, port: number): number | null;
}

/** Those of the model itself. */
export function modelNumbers(model: PanelModel, choice: Choice): Numbers {
  const { trace, inputs, special } = model;
  const seeds = model.seeds.map((_, seed) =>
    Float64Array.from(trace, (row) => numberOf(row.tangent?.values[seed] ?? 'NaN')),
  );
  return {
    point: inputs.map((input) => numberOf(input.value)),
    outputs: model.outputs.map((output) => numberOf(output.value)),
    jacobian: model.outputs.map((_, output) => model.jacobian[output]?.map(numberOf) ?? null),
    values: Float64Array.from(trace, (row) => numberOf(row.primal.value)),
    seeds,
    tangents: special ? null : along(seeds, choice, seedIndex(model, choice)),
    adjoints: special ? null : Float64Array.from(trace, (row) => numberOf(row.adjoint?.value ?? 'NaN')),
    settled: true,
    partial: (row, port) => {
      const value = trace[row]?.operands[port]?.partialValue ?? null;
      return value === null ? null : numberOf(value);
    },
  };
}

/** The tangents are linear in the seed: those of a direction are sums of the columns. */
function along(
  columns: readonly ArrayLike<number>[],
  choice: Choice,
  seed: number,
): ArrayLike<number> | null {
  if (choice.direction === null) return columns[seed] ?? null;
  const { direction } = choice;
  if (direction.slice(columns.length).some((weight) => weight !== 0)) return null;
  const sum = new Float64Array(columns[0]?.length ?? 0);
  columns.forEach((column, index) => {
    const weight = direction[index] ?? 0;
    if (weight === 0) return;
    for (let row = 0; row < sum.length; row++) sum[row]! += weight * column[row]!;
  });
  return sum;
}

/** What of core/graph/live.ts is used here. */
export interface Live {
  readonly values: ArrayLike<number>;
  readonly inputs: number;
  set(point: ArrayLike<number>): {
    readonly values: boolean;
    readonly derivatives: boolean;
    readonly rewritten: boolean;
  };
  tangents(direction: ArrayLike<number>): ArrayLike<number>;
  adjoints(output: number): ArrayLike<number>;
  gradient(output: number, into: number[]): void;
  output(index: number): number | undefined;
  partial(row: number, operand: number): number;
}

/**
 * Those of the path at the point that it was set to last. `derivatives`: its sweeps may be shown; `all`: of every
 * output, which takes a sweep each.
 */
export function liveNumbers(
  model: PanelModel,
  live: Live,
  point: readonly number[],
  choice: Choice,
  { derivatives, all }: { readonly derivatives: boolean; readonly all: boolean },
): Numbers {
  const rows = model.trace.map((row) => row.index - 1);
  const shown = (values: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  const unit = (input: number): number[] =>
    Array.from({ length: live.inputs }, (_, index) => (index === input ? 1 : 0));
  const inputOf = (seed: string): number => model.inputs.findIndex(({ label }) => label === seed);
  const seeds = model.seeds.map((seed) => (derivatives ? shown(live.tangents(unit(inputOf(seed)))) : null));
  const tangents =
    choice.direction === null
      ? (seeds[seedIndex(model, choice)] ?? null)
      : derivatives
        ? shown(live.tangents(choice.direction))
        : null;
  const gradient = (output: number): number[] => {
    const partials: number[] = [];
    live.gradient(output, partials);
    return partials.slice(0, model.inputs.length);
  };
  return {
    point,
    outputs: model.outputs.map((output, index) => live.output(index) ?? numberOf(output.value)),
    jacobian: model.outputs.map((_, output) =>
      derivatives && (all || output === model.output) ? gradient(output) : null,
    ),
    values: shown(live.values),
    seeds,
    tangents,
    adjoints: derivatives ? shown(live.adjoints(model.output)) : null,
    settled: false,
    partial: (row, port) =>
      derivatives && (model.trace[row]?.operands[port]?.partial ?? null) !== null
        ? live.partial(rows[row]!, port)
        : null,
  };
}

// ───────────────────────────── the point ─────────────────────────────

/** Where inputs have been moved to, by their labels. */
export type Moved = Readonly<Record<string, number>>;

type Input = PanelModel['inputs'][number];

/** The point that is asked for: what was moved, and the sample elsewhere. */
export function pointOf(inputs: readonly Input[], moved: Moved): number[] {
  return inputs.map(({ label, sample }) => (Object.hasOwn(moved, label) ? moved[label]! : numberOf(sample)));
}

export function samePoint(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}
