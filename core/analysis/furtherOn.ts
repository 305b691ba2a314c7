/**
 * Iterations that have converged before their derivative has, as Newton's do by a step: further steps bring it to that
 * of the equation that they solve (Griewank & Walther, Evaluating Derivatives, 2nd ed., §15). It is given, and said,
 * where steps beyond that change nothing and differences of the program agree.
 */
import type { Problem } from '../problem.ts';
import type { Derivatives } from './differentiate.ts';
import { claimed } from './doubts.ts';
import { isNear, plainJacobian } from './jacobian.ts';
import { endingDecisions } from './repeated.ts';
import type { Run, Way } from './run.ts';
import { confirmed, sharplyConfirmed } from './search.ts';

/** Further steps that are taken, and what the last of them may change of a value and of a derivative. */
const STEPS = [2, 3] as const;
const SAME = 1e-6;
const SETTLED = 1e-8;

/** The derivative some steps further on, of a run whose own is refused; undefined where there is none. */
export function furtherOn(
  run: Run,
  again: (way: Way) => Run,
  refused: Derivatives,
  steps: number,
): Derivatives | undefined {
  const { tape } = run.trace;
  for (const guard of endingDecisions(tape)) {
    const [some, more] = STEPS.map((times) => again({ postponed: guard, times })) as [Run, Run];
    if (!isThere(run, some) || !isThere(run, more)) continue;
    const [jacobian, next] = [plainJacobian(some), plainJacobian(more)];
    if (!isNear(jacobian, next, SETTLED)) continue;
    const doubt = { claims: claimed(next), place: guard.site, steps, stepwise: false, tied: true };
    if (!confirmed(run, again, doubt) || !sharplyConfirmed(run, again, next)) continue;
    const problem: Problem = {
      id: 'GL115',
      severity: 'information',
      message: `This iteration has converged before its derivative: it is given as it is ${STEPS[1]} steps further on, where it stays.`,
      location: tape.sites[guard.site],
    };
    const { problems } = refused;
    return {
      ...{ jacobian: next, problems: [problem, ...problems.slice(1)], kinks: [] },
      ...{ refused: false, special: true, smooth: more },
    };
  }
  return undefined;
}

/** Whether further steps were taken, and the values stay. */
function isThere(run: Run, further: Run): boolean {
  return (
    further.problem === undefined &&
    further.outputs.length === run.outputs.length &&
    further.trace.tape.length > run.trace.tape.length &&
    further.outputs.every(({ value }, o) => {
      const own = run.outputs[o]!.value;
      return Object.is(value, own) || Math.abs(value - own) <= SAME * Math.abs(own);
    })
  );
}
