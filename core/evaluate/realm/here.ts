import type { Evaluator } from '../evaluator.ts';
import { Site } from '../values.ts';

const NOWHERE = new Site({ file: '', statement: -1, span: { start: 0, end: 0 } });

/** The call of the built-in under way. */
export function here(ev: Evaluator): Site {
  return ev.current ?? NOWHERE;
}
