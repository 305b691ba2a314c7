/** The numbers that stand beside the rows of a trace, at the sample or where the sliders are. */
import type { PanelModel, PlainNumber } from '../../server/protocol/messages.ts';
import { type Choice, seedIndex } from './choice.ts';

export interface Numbers {
  /** Of the inputs, in their order. */
  readonly point: readonly number[];
  /** The chosen output. */
  readonly output: number;
  /** Its partials, in the order of the inputs. */
  readonly gradient: readonly number[];
  /** Of every row. */
  readonly values: ArrayLike<number>;
  /** ẇ of every row for each of the model's seeds; empty at a special point. */
  readonly seeds: readonly ArrayLike<number>[];
  /** ẇ of every row for the chosen seed or direction; null where there is none. */
  readonly tangents: ArrayLike<number> | null;
  readonly adjoints: ArrayLike<number> | null;
  /** ∂(row)/∂(operand); null where nothing flows. */
  partial(row: number, port: number): number | null;
}

export function toNumber(value: PlainNumber): number {
  return typeof value === 'number' ? value : value === '-0' ? -0 : Number(value);
}

/** Those of the model itself: at the sample. */
export function sampleNumbers(model: PanelModel, choice: Choice): Numbers {
  const { trace, inputs, seeds } = model;
  const columns = seeds.map((_, seed) =>
    Float64Array.from(trace, (row) => toNumber(row.tangent?.values[seed] ?? 'NaN')),
  );
  return {
    point: inputs.map((input) => toNumber(input.value)),
    output: toNumber(model.outputs[model.output]?.value ?? 'NaN'),
    gradient: (model.jacobian[model.output] ?? []).map(toNumber),
    values: Float64Array.from(trace, (row) => toNumber(row.primal.value)),
    seeds: columns,
    tangents: model.special ? null : along(columns, choice, seedIndex(model, choice)),
    adjoints: model.special ? null : Float64Array.from(trace, (row) => toNumber(row.adjoint?.value ?? 'NaN')),
    partial: (row, port) => {
      const value = trace[row]?.operands[port]?.partialValue ?? null;
      return value === null ? null : toNumber(value);
    },
  };
}

/** The tangents are linear in the seed: those of a direction are sums of the columns. */
export function along(
  columns: readonly ArrayLike<number>[],
  choice: Choice,
  seed: number,
): ArrayLike<number> | null {
  if (choice.direction === null) return columns[seed] ?? null;
  const { direction } = choice;
  const sum = new Float64Array(columns[0]?.length ?? 0);
  columns.forEach((column, index) => {
    const weight = direction[index] ?? 0;
    if (weight === 0) return;
    for (let row = 0; row < sum.length; row++) sum[row]! += weight * column[row]!;
  });
  return sum;
}
