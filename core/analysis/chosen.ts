/** Results that loops choose by comparing and that are made of no input otherwise: counts, the best of a coarse grid. */
import type { Problem } from '../problem.ts';
import { isFlat, reaching } from './activity.ts';
import { decidesRepeatedly, repeatedDecision } from './repeated.ts';
import type { Run } from './run.ts';

/** Said beside a derivative of 0 that is true between jumps and says nothing of them. */
export function chosenAlone({ trace: { tape }, outputs, inputs }: Run): Problem[] {
  const place = repeatedDecision(tape);
  if (place < 0) return [];
  const rows = outputs.map(({ row }) => row);
  const smooth = reaching(tape, rows, (op) => !isFlat(op));
  const any = reaching(tape, rows, () => true);
  // What reaches a result through a rounding is told as that.
  if (inputs.some(({ row }) => smooth[row] === 1 || any[row] === 1)) return [];
  const steering = inputs.filter(({ row }) => decidesRepeatedly(tape, row)).map(({ label }) => label);
  if (steering.length === 0) return [];
  const [first, ...others] = steering;
  const what = others.length === 0 ? first : `${first} and ${others.length} more`;
  const message = `This loop decides by comparisons, and the result depends on ${what} through them alone: it goes in jumps, and the derivative 0 holds between them.`;
  return [{ id: 'GL113', severity: 'information', message, location: tape.sites[place], betweenJumps: true }];
}
