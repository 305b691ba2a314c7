/** The worker's side of `gradlens gradient --jsonl`: a line of text to a line of text. */
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { type AnswerLineParams, BAD_REQUEST, type EvaluateParams, idOf, refusal, toJson } from './answers.ts';
import { evaluateFile, type Sources } from './evaluate.ts';

type Request = Pick<EvaluateParams, 'file' | 'function' | 'arguments' | 'outputs' | 'hessian'>;

const FIELDS = ['id', 'file', 'function', 'this', 'args', 'wrt', 'outputs', 'hessian'];

export function answerLine(sources: Sources, { line, folder, steps }: AnswerLineParams): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    return toJson(refusal(BAD_REQUEST, `Not JSON: ${(error as Error).message}`));
  }
  const request = readRequest(parsed);
  const answer =
    typeof request === 'string'
      ? refusal(BAD_REQUEST, request)
      : evaluateFile(sources, { ...request, folder, steps });
  return toJson({ ...idOf(parsed), ...answer });
}

/** The request, or what is wrong with it. */
function readRequest(value: unknown): Request | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'Expected a JSON object.';
  const record = value as Record<string, unknown>;
  // A misspelt field would go unheard, and the answer be another than was asked for.
  const unknown = Object.keys(record).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined)
    return `Unknown field ${JSON.stringify(unknown)}: a request has ${FIELDS.join(', ')}.`;
  // Writers without optional fields write null for them.
  const given = (field: string): unknown => record[field] ?? undefined;
  const [file, name, args] = [given('file'), given('function'), given('args')];
  const [wrt, outputs, hessian] = [given('wrt'), given('outputs'), given('hessian')];
  if (typeof file !== 'string') return '"file" must be a string.';
  if (typeof name !== 'string') return '"function" must be a string.';
  if (args !== undefined && !Array.isArray(args)) return '"args" must be an array.';
  if (wrt !== undefined && !isStrings(wrt)) return '"wrt" must be an array of paths.';
  if (outputs !== undefined && !isStrings(outputs)) return '"outputs" must be an array of paths.';
  if (hessian !== undefined && typeof hessian !== 'boolean') return '"hessian" must be true or false.';
  const values = (args ?? []) as EncodedValue[];
  const receiver = given('this') as EncodedValue | undefined;
  return {
    file,
    function: name,
    arguments: { kind: 'encoded', args: values, receiver, wrt },
    outputs,
    hessian: hessian === true,
  };
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
