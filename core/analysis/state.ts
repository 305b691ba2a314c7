/** Results that depend on what an earlier call has left behind. */
import type { Problem } from '../problem.ts';
import type { Run, Way } from './run.ts';

/** The earlier call has its inputs elsewhere by this much of their size. */
const ELSEWHERE = 0.0625;
/** Memo tables give the same value; warm starts nearly so. */
const SAME = 1e-9;

/** GL110, where the function gives other values after an earlier call than on a fresh start. */
export function dependsOnState(run: Run, again: (way: Way) => Run): Problem | undefined {
  if (run.written === undefined || run.written.length === 0) return undefined;
  const size = (value: number) => Math.abs(value) || 1;
  const later = again({ earlier: run.inputs.map(({ value }) => ELSEWHERE * size(value)) });
  if (later.problem !== undefined || later.outputs.length !== run.outputs.length) return undefined;
  const changed = run.outputs.findIndex(({ value }, o) => {
    const there = later.outputs[o]!.value;
    return (
      !Object.is(there, value) &&
      !(Math.abs(there - value) <= SAME * Math.max(Math.abs(there), Math.abs(value)))
    );
  });
  if (changed < 0) return undefined;
  const names = [...new Set(run.written.filter((name) => name !== ''))];
  const what = names.length === 0 ? 'something' : names.join(', ');
  const { label, value } = run.outputs[changed]!;
  const result = label === '' ? 'the result' : label;
  return {
    id: 'GL110',
    severity: 'warning',
    message: `The result depends on what an earlier call has written (${what}): on a fresh start ${result} is ${value}, after a call with other arguments it is ${later.outputs[changed]!.value}. The derivative is that of the first call.`,
    location: run.at,
  };
}
