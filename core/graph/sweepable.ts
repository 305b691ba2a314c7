/** Whether sweeps over the trace of a sample give the derivatives that are shown of it. */
import type { SampleResult } from '../analysis/model.ts';
import { findSpecials, type Special } from '../analysis/specials.ts';
import { adjoints } from '../trace/sweep.ts';

/** Of the largest partial of the row. */
const SAME = 1e-9;

/** What a path decides by beside the sample, where every operation on it has its derivative. */
const DECISIONS: ReadonlySet<Special['kind']> = new Set(['window', 'equality', 'boundary']);

/** Why they do not, in one sentence; null where they do. */
export function whyNotSwept(sample: SampleResult, output: number, refused: boolean): string | null {
  if (refused) return 'No derivative can be given here.';
  const { tape, inputs, outputs, kinks, jacobian } = sample;
  const isSpecial = Number.isNaN(sample.adjoints[Math.max(outputs[0]?.row ?? 0, 0)]);
  const path = { trace: { tape }, inputs, outputs };
  const specials = isSpecial ? findSpecials(path) : [];
  const hard = specials.find(({ kind }) => !DECISIONS.has(kind));
  if (hard !== undefined) return `${hard.message}.`;
  const met = specials[0];
  if (kinks.length > 0) return `${met?.message ?? 'The derivative has two values here'}.`;
  const row = outputs[output]?.row ?? -1;
  const shown = jacobian[output];
  if (row < 0 || shown === undefined) return null;
  const w = adjoints(tape, row);
  const least = SAME * Math.max(...shown.map(Math.abs));
  const same = inputs.every(({ row: input }, i) => {
    const [own, partial] = [w[input]!, shown[i]!];
    return Object.is(own, partial) || Math.abs(own - partial) <= least;
  });
  if (same) return null;
  if (met !== undefined) return `${met.message}.`;
  return isSpecial
    ? 'The derivatives shown are those of the function right beside this point.'
    : 'Digits are lost along this path: the derivatives shown were worked out with more of them.';
}
