/** Other forms of a loop: iteration after iteration, and with its test at the end. */
import type { Completion, LoopParts } from '../evaluate/domain.ts';
import { Activation, Frame } from '../evaluate/heap.ts';
import { leaves } from '../evaluate/loops.ts';
import type { Leaf, Refusal } from '../evaluate/values.ts';
import type { Stage } from './stage.ts';

/** Iterations that are run one after another where a loop cannot be generalised but its test is known. */
const MOST_UNROLLED = 256;

/**
 * Runs iteration after iteration while the test is known; `reason` is why it has to be. An iteration that may leave the
 * loop has the rest of the loop on the path where it does not.
 */
export function unrolled(stage: Stage, parts: LoopParts, reason: Refusal | undefined): Completion {
  const { ev } = stage;
  const update = (): void => {
    stage.copiesVariables = true;
    try {
      parts.update?.();
    } finally {
      stage.copiesVariables = false;
    }
  };
  const from = (n: number, asked: boolean): Completion => {
    for (let k = n; ; k++) {
      if (k > n || asked) {
        const on = parts.test?.() ?? true;
        if (typeof on !== 'boolean' || (reason !== undefined && k >= MOST_UNROLLED)) {
          if (reason !== undefined) throw reason;
          ev.refuse('GL111', 'The end of this loop depends on an input.', parts.site.location);
        }
        if (on === false) return undefined;
      }
      ev.step(parts.site);
      const c = parts.body();
      if (c?.kind === 'split') {
        const outcomes = c.outcomes.filter((o) => leaves(o.completion, parts.labels) !== 'next');
        if (outcomes.length > 0) {
          const rest = (): Completion => {
            update();
            return from(k + 1, true);
          };
          return stage.resume({ kind: 'split', outcomes }, rest, parts.site);
        }
      } else if (c !== undefined && leaves(c, parts.labels) !== 'next') return c;
      update();
    }
  };
  // What ends the loop and no more is its normal end.
  const c = from(0, parts.form !== 'do');
  if (c === undefined) return undefined;
  if (c.kind !== 'split') return leaves(c, parts.labels) === 'done' ? undefined : c;
  const outcomes = c.outcomes.filter((o) => leaves(o.completion, parts.labels) !== 'done');
  return outcomes.length === 0 ? undefined : { kind: 'split', outcomes };
}

/**
 * The same loop with its test at the end of each iteration: for tests that change something, which the last one, after
 * which the loop ends, does too.
 */
export function rotated(stage: Stage, parts: LoopParts): LoopParts {
  const { ev } = stage;
  const asked = () => parts.test?.() ?? true;
  const on = new Frame(
    [parts.form === 'do' ? true : asked()],
    null,
    new Activation(undefined, null, [], undefined),
    ev.store.epoch,
  );
  return {
    ...parts,
    form: 'while',
    test: () => on.slots[0] as boolean | Leaf,
    update: () => {
      parts.update?.();
      const more = asked();
      ev.own(on);
      on.slots[0] = more;
    },
  };
}
