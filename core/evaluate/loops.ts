import type { Abrupt, Completion } from './domain.ts';

/**
 * What the end of a loop's body means for the loop: go on with the next iteration, leave it normally, or leave it
 * and pass the completion on. Splits are for a stage to take apart first.
 */
export function leaves(c: Completion, labels: readonly string[]): 'next' | 'done' | 'pass' {
  if (c === undefined) return 'next';
  const { kind, label } = c as Abrupt;
  if (kind === 'return' || kind === 'suspend') return 'pass';
  const own = label === undefined || labels.includes(label);
  if (!own) return 'pass';
  return kind === 'continue' ? 'next' : 'done';
}
