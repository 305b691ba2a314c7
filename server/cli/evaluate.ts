/** The worker's side of the command line: a request about a file's function to the JSON answer. */
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import type { Arguments, EvaluateAtRequest } from '../../core/analysis/evaluateAt.types.ts';
import type { ModuleSlice } from '../../core/analysis/model.ts';
import type { AnnotationProblem } from '../../core/annotations/annotation.ts';
import { parsePaths, parseSample } from '../../core/annotations/index.ts';
import type { Problem } from '../../core/problem.ts';
import type { Location } from '../../core/source/span.ts';
import * as typescript from '../languages/typescript/index.ts';
import { languageOf } from '../worker/language.ts';
import { SourceDocument } from '../workspace/document.ts';
import { type Answer, type AnswerDiagnostic, BAD_REQUEST, type EvaluateParams, refusal } from './answers.ts';

/** Files as they were last sent, by the name that the user gives them. */
export type Sources = Map<string, SourceDocument>;

export function evaluateFile(sources: Sources, params: EvaluateParams): Answer {
  const { file, text } = params;
  if (text !== undefined)
    sources.set(file, new SourceDocument(file, languageOf(undefined, file), 0, text, () => typescript));
  const document = sources.get(file);
  if (document === undefined) return refusal(BAD_REQUEST, 'The file has not been read.', file);
  const module = moduleOf(document, params.function);
  const given = argumentsOf(document, module, params);
  if (typeof given === 'string') return refusal(BAD_REQUEST, given);
  const request: EvaluateAtRequest = {
    module,
    function: params.function,
    arguments: given,
    outputs: params.outputs,
    hessian: params.hessian,
    steps: params.steps,
  };
  const result = evaluateAt(request);
  const diagnostics = result.problems.map((problem) => diagnosticOf(document, problem));
  if (result.kind === 'refused') {
    const { error } = result;
    if (error.id === BAD_REQUEST) return { ...refusal(BAD_REQUEST, error.message, file), diagnostics };
    return {
      error: { id: error.id, message: error.message, ...placeOf(document, error.location) },
      diagnostics,
    };
  }
  const { value, inputs, labels, outputs, jacobian, hessian } = result;
  return {
    value,
    inputs,
    labels,
    outputs,
    jacobian,
    ...(hessian === undefined ? {} : { hessian }),
    diagnostics,
  } as Answer;
}

/** The whole file; what does not parse is left out where the function does not need it. */
function moduleOf(document: SourceDocument, name: string): ModuleSlice {
  const whole = document.wholeModule();
  if (whole.statements.every(({ syntaxErrors }) => syntaxErrors.length === 0)) return whole;
  const target = document.targetNamed(name);
  if (target === undefined) return whole;
  const needed = new Set(document.moduleSlice(target.statement).statements.map(({ key }) => key));
  const statements = whole.statements.filter(
    ({ key, syntaxErrors }) => syntaxErrors.length === 0 || needed.has(key),
  );
  return { file: whole.file, statements };
}

/** The arguments, or what is wrong with them. */
function argumentsOf(
  document: SourceDocument,
  module: ModuleSlice,
  params: EvaluateParams,
): Arguments | string {
  const given = params.arguments;
  if (given.kind === 'encoded') return given;
  const annotation = document
    .annotated()
    .find(
      ({ target }) => target.name === params.function || target.path.join('.') === params.function,
    )?.annotation;
  let wrt = annotation?.wrt;
  if (given.wrt !== undefined) {
    const parsed = parsePaths(given.wrt);
    if (parsed.problems.length > 0) return malformed('--wrt', given.wrt, parsed.problems);
    wrt = parsed.paths;
  }
  let sample = annotation?.samples[0] ?? { values: [], span: { start: 0, end: 0 } };
  if (given.at !== undefined) {
    const names = new Set(module.statements.flatMap(({ declares }) => declares.map(({ name }) => name)));
    const parsed = parseSample(given.at, { declared: (name) => names.has(name) });
    if (parsed.problems.length > 0) return malformed('--at', given.at, parsed.problems);
    sample = parsed.sample;
  }
  return { kind: 'sample', sample, wrt };
}

function malformed(option: string, text: string, problems: readonly AnnotationProblem[]): string {
  const { message, span } = problems[0]!;
  return `${option}: ${message}\n  ${text}\n  ${' '.repeat(span.start)}${'^'.repeat(Math.max(1, span.end - span.start))}`;
}

function diagnosticOf(document: SourceDocument, problem: Problem): AnswerDiagnostic {
  const { id, severity, message } = problem;
  return { id, severity, message, ...placeOf(document, problem.location) };
}

function placeOf(
  document: SourceDocument,
  location: Location | undefined,
): Pick<AnswerDiagnostic, 'file' | 'range'> {
  if (location === undefined) return { file: document.uri };
  const offsets = document.locate(location);
  if (offsets === undefined) return { file: location.file };
  const range = { start: document.positionAt(offsets.start), end: document.positionAt(offsets.end) };
  return { file: location.file, range };
}
