/**
 * Iterations that have converged before their derivative has, as Newton's do by a step: further steps bring it to that
 * of the equation that they solve (Griewank & Walther, Evaluating Derivatives, 2nd ed., §15). It is given, and said,
 * where steps beyond that change nothing and differences of the program agree. A fraction or a series that ends early
 * because a term vanishes at the sample is given the steps that it takes beside it, where differences sharply agree.
 */
import type { Problem } from '../problem.ts';
import type { Derivatives } from './differentiate.ts';
import { claimed } from './doubts.ts';
import { isNear, plainJacobian } from './jacobian.ts';
import { endingDecisions, metByNothing } from './repeated.ts';
import type { Run, Way } from './run.ts';
import { confirmed, sharplyConfirmed } from './search.ts';

/** How many further steps are taken at most, and what the last of them may change of a value and of a derivative. */
const MOST_STEPS = 8;
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
    const endsEarly = metByNothing(tape, guard.row);
    let before: number[][] | undefined;
    for (let times = endsEarly ? 1 : 2; times <= MOST_STEPS; times++) {
      const further = again({ postponed: guard, times });
      if (!isThere(run, further)) break;
      const jacobian = plainJacobian(further);
      const stays = before !== undefined && isNear(before, jacobian, SETTLED);
      before = jacobian;
      if (stays) {
        const doubt = { claims: claimed(jacobian), place: guard.site, steps, stepwise: false, tied: true };
        if (!confirmed(run, again, doubt)) break;
      }
      if (!(stays || endsEarly) || !sharplyConfirmed(run, again, jacobian)) continue;
      const problem: Problem = {
        id: 'GL115',
        severity: 'information',
        message: stays
          ? `This iteration has converged before its derivative: it is given as it is ${times} steps further on, where it stays.`
          : `What this loop tests vanishes at this very point: the derivative is given as it is ${times === 1 ? 'one step' : `${times} steps`} further on, as it is beside the point.`,
        location: tape.sites[guard.site],
      };
      const { problems } = refused;
      return {
        ...{ jacobian, problems: [problem, ...problems.slice(1)], kinks: [] },
        ...{ refused: false, special: true, smooth: further },
      };
    }
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
