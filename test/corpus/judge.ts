/** One row: what gradlens answers, held against the reference. */
import type { Reference, ReferenceAnswer } from './child.ts';
import type { Reply } from './lineProcess.ts';
import type { Row } from './row.ts';

export type Verdict =
  /** `compared`: entries of the Jacobian; `skipped`: those without a reference. */
  | { readonly kind: 'right'; readonly compared: number; readonly skipped: number }
  | { readonly kind: 'wrong'; readonly what: string }
  | { readonly kind: 'refused'; readonly id: string; readonly message: string }
  /** Not an answer at all: a hang, an end, a request that is said to be bad. */
  | { readonly kind: 'broken'; readonly what: string }
  /** No reference to judge by. */
  | { readonly kind: 'dropped'; readonly why: string };

export interface Judged {
  readonly row: Row;
  readonly reference: ReferenceAnswer;
  readonly verdict: Verdict;
}

interface Answer {
  readonly value: readonly (number | string)[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly jacobian: readonly (readonly (number | string)[])[];
  readonly error?: {
    readonly id: string;
    readonly message: string;
    readonly file?: string;
    readonly range?: unknown;
  };
}

/** The value is the same program's in the same engine; only reassociations of the host's own could differ. */
const VALUE = 1e-12;

export function judge(reference: ReferenceAnswer, reply: Reply): Verdict {
  if ('failed' in reference) return { kind: 'dropped', why: reference.failed };
  const known = reference.entries.flat().filter((entry) => entry !== null).length;
  if (known === 0) return { kind: 'dropped', why: 'not smooth here' };
  if (reply.kind === 'hang') return { kind: 'broken', what: 'no answer' };
  if (reply.kind === 'ended') return { kind: 'broken', what: `ended: ${reply.said}` };
  const answer = JSON.parse(reply.text) as Answer;
  if (answer.error !== undefined) {
    const { id, message, file, range } = answer.error;
    if (id === 'BAD' || id === 'INTERNAL') return { kind: 'broken', what: `${id}: ${message}` };
    return { kind: 'refused', id, message: `${message} @${file ?? ''}${place(range)}` };
  }
  return compare(reference, answer, known);
}

function place(range: unknown): string {
  const start = (range as { start?: { line: number; character: number } } | undefined)?.start;
  return start === undefined ? '' : `:${start.line + 1}:${start.character + 1}`;
}

function compare(reference: Reference, answer: Answer, known: number): Verdict {
  const { inputs, outputs, entries } = reference;
  if (answer.inputs.join() !== inputs.join())
    return { kind: 'wrong', what: `inputs ${answer.inputs.join()} for ${inputs.join()}` };
  if (answer.outputs.join() !== outputs.join())
    return { kind: 'wrong', what: `outputs ${answer.outputs.join()} for ${outputs.join()}` };
  const values = reference.value.map(Number);
  const largestValue = Math.max(0, ...values.map(Math.abs).filter(Number.isFinite));
  for (const [o, expected] of values.entries()) {
    const ours = Number(answer.value[o]);
    if (Object.is(ours, expected) || (Number.isNaN(ours) && Number.isNaN(expected))) continue;
    if (!(Math.abs(ours - expected) <= VALUE * Math.max(Math.abs(expected), 1e-3 * largestValue)))
      return { kind: 'wrong', what: `value of "${outputs[o]}": ${ours} for ${expected}` };
  }
  for (const [o, row] of entries.entries()) {
    const largest = Math.max(0, ...row.map((entry) => Math.abs(entry?.value ?? 0)));
    for (const [i, entry] of row.entries()) {
      if (entry === null) continue;
      const d = Number(answer.jacobian[o]?.[i]);
      const allowed = Math.max(1e-6 * Math.max(Math.abs(entry.value), 1e-3 * largest), 10 * entry.error);
      if (!(Math.abs(d - entry.value) <= allowed))
        return {
          kind: 'wrong',
          what: `d "${outputs[o]}" / d ${inputs[i]}: ${d} for ${entry.value} ± ${entry.error.toPrecision(2)}`,
        };
    }
  }
  return { kind: 'right', compared: known, skipped: entries.flat().length - known };
}
