/** Formulas of a function: from its staged Program where it stages, else along the path of the sample. */
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { ModuleInstance } from '../evaluate/module.ts';
import type { Value } from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import type { Program } from '../program/program.ts';
import type { AnalysisRequest, Formulas, SampleResult } from './model.ts';
import type { Run } from './run.ts';

export function formulasOf(
  _ev: Evaluator,
  _module: ModuleInstance,
  _request: AnalysisRequest,
  _run: Run | undefined,
  _sample: SampleResult | undefined,
  _reach: () => Value,
): { formulas?: Formulas; program?: Program; problem?: Problem } {
  return {};
}
