import { OPERATIONS, type Operation, TABLE } from '../../core/operations/index.ts';
import references from './references.json' with { type: 'json' };

/** JSON has no infinities: they are strings there. null: not asked. */
type Stored = number | string | null;

export interface Reference {
  readonly args: readonly number[];
  readonly value: number;
  readonly partials: readonly (number | undefined)[];
  readonly seconds: readonly (readonly (number | undefined)[])[];
}

const read = (x: Stored): number | undefined => (x === null ? undefined : Number(x));

export const REFERENCES = new Map<Operation, readonly Reference[]>(
  Object.entries(references.rules).map(([name, points]) => [
    name as Operation,
    (points as { args: number[]; value: Stored; partials: Stored[]; seconds: Stored[][] }[]).map((p) => ({
      args: p.args,
      value: Number(p.value),
      partials: p.partials.map(read),
      seconds: p.seconds.map((line) => line.map(read)),
    })),
  ]),
);

export const KINKS = references.kinks.map((k) => ({
  operation: k.operation as Operation,
  args: k.args as number[],
  argument: k.argument,
  left: Number(k.left),
  right: Number(k.right),
}));

/** Operations through which derivatives flow. */
export const SMOOTH = OPERATIONS.filter((name) => !TABLE[name].flat);

/** Smallest normal number: below it doubles have fewer digits. */
const NORMAL = 2 ** -1022;

/** |actual − expected| relative to `scale` (the expected number itself unless something larger is given). */
export function error(actual: number, expected: number, scale = expected): number {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return 0;
  return Math.abs(actual - expected) / Math.max(Math.abs(expected), Math.abs(scale), NORMAL);
}
