/** Where the sliders of the panel move. */
import { matches } from '../analysis/arguments.ts';
import type { Input, SampledRange } from '../analysis/model.ts';
import type { FunctionNode } from '../source/syntax.ts';
import type { PanelInterval } from './panelModel.types.ts';

/** The last `@range` that an input is in, else from 0 to twice its value at the sample (1 to each side of 0). */
export function intervalOf(input: Input, ranges: readonly SampledRange[], node: FunctionNode): PanelInterval {
  const found = ranges.findLast(({ path }) => matches([path], input, node));
  if (found !== undefined) return { low: found.low, high: found.high, given: true };
  const centre = Number.isFinite(input.value) ? input.value : 0;
  const half = Math.min(Math.abs(centre) || 1, Number.MAX_VALUE / 4);
  return { low: centre - half, high: centre + half, given: false };
}
