import type { Location } from './source/span.ts';

/** The stable ids of product diagnostics; docs/diagnostics has a page for each. */
export type ProblemId =
  | 'GL001'
  | 'GL002'
  | 'GL003'
  | 'GL010'
  | 'GL011'
  | 'GL012'
  | 'GL013'
  | 'GL101'
  | 'GL102'
  | 'GL103'
  | 'GL104'
  | 'GL105'
  | 'GL106'
  | 'GL107'
  | 'GL108'
  | 'GL109'
  | 'GL110'
  | 'GL111'
  | 'GL112'
  | 'GL113'
  | 'GL114'
  | 'GL115'
  | 'GL201'
  | 'GL202'
  | 'GL203';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Something the user is told: never thrown across core's boundary, always returned. */
export interface Problem {
  readonly id: ProblemId;
  readonly severity: Severity;
  /** One or two sentences for the user: what, where and why. */
  readonly message: string;
  /** The exact expression to blame; undefined where the problem has no place of its own (a bad request). */
  readonly location?: Location | undefined;
  readonly related?: readonly { readonly message: string; readonly location: Location }[];
  /** Said of a derivative of 0 that is true between jumps: the number, and code for it, may stand. */
  readonly betweenJumps?: true;
}
