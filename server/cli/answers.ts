/** The JSON that `gradlens gradient` prints: the contract stands in docs/command-line.md. */
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import type { DerivativeKind } from '../../core/derive/kinds.ts';
import type { GeneratedShape, Mode, Style } from '../../core/generate/request.ts';
import type { PlainRange } from '../../core/graph/panelModel.types.ts';
import type { Severity } from '../../core/problem.ts';

/** A double in an answer: JSON has no other numbers. */
export type AnswerNumber = number | 'NaN' | 'Infinity' | '-Infinity';

export interface AnswerDiagnostic {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file?: string;
  /** 0-based, UTF-16. */
  readonly range?: PlainRange;
}

export interface DoneAnswer {
  readonly value: readonly AnswerNumber[];
  readonly inputs: readonly string[];
  /** The inputs as the source names them. */
  readonly labels: readonly string[];
  readonly outputs: readonly string[];
  readonly jacobian: readonly (readonly AnswerNumber[])[];
  /** hessian[output][i][j]. */
  readonly hessian?: readonly (readonly (readonly AnswerNumber[])[])[];
  readonly diagnostics: readonly AnswerDiagnostic[];
}
export interface ErrorAnswer {
  readonly error: {
    readonly id: string;
    readonly message: string;
    readonly file?: string;
    readonly range?: PlainRange;
  };
  readonly diagnostics: readonly AnswerDiagnostic[];
}
export type Answer = DoneAnswer | ErrorAnswer;

/** The id of an error that is about the request, not about the function. */
export const BAD_REQUEST = 'BAD';

export function refusal(id: string, message: string, file?: string): ErrorAnswer {
  return { error: { id, message, ...(file === undefined ? {} : { file }) }, diagnostics: [] };
}

/** Worker-internal method: evaluate a function of a file. */
export const EVALUATE = 'gradlens/evaluate';
export interface EvaluateParams {
  /** As the user named it: what answers say. */
  readonly file: string;
  /** The folder which answers name other files from, as modules are named. */
  readonly folder: string;
  readonly function: string;
  readonly arguments:
    | {
        readonly kind: 'encoded';
        readonly args: readonly EncodedValue[];
        readonly receiver?: EncodedValue | undefined;
        readonly wrt?: readonly string[] | undefined;
      }
    /** In the grammar of the annotations. */
    | { readonly kind: 'sample'; readonly at: string | undefined; readonly wrt: string | undefined };
  readonly outputs?: readonly string[] | undefined;
  readonly hessian: boolean;
  readonly steps: number;
}

/** Worker-internal method: generate a derivative of a function of a file. */
export const GENERATE = 'gradlens/generate';
export interface GenerateParams {
  readonly file: string;
  readonly folder: string;
  readonly function: string;
  readonly kind: DerivativeKind;
  readonly mode: Mode;
  readonly style: Style;
  readonly checkpoints: boolean;
  readonly shape: GeneratedShape;
  /** In the grammar of the annotations. */
  readonly at: string | undefined;
  readonly wrt: string | undefined;
  readonly name: string | undefined;
  readonly language: 'ts' | 'js' | undefined;
  readonly steps: number;
}

export type GenerateAnswer =
  | { readonly code: string; readonly diagnostics: readonly AnswerDiagnostic[] }
  | ErrorAnswer;

/** Worker-internal method: answer a line of `--jsonl` with a line. */
export const ANSWER_LINE = 'gradlens/answerLine';
export interface AnswerLineParams {
  readonly line: string;
  readonly folder: string;
  readonly steps: number;
}

/** The id that goes back with the answer, where there is one. */
export function idOf(request: unknown): { readonly id?: unknown } {
  return Object.hasOwn(Object(request), 'id') ? { id: (request as { id: unknown }).id } : {};
}

/** An answer as one line of JSON. */
export function toJson(answer: object): string {
  return JSON.stringify(answer, (_, value: unknown) =>
    typeof value === 'number' ? plainNumber(value) : value,
  );
}

function plainNumber(value: number): AnswerNumber {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}
