/** `gradlens gradient --jsonl`: one request a line, one answer a line, in order; a bad request is answered. */
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { type Answer, BAD_REQUEST, refusal, toJson } from './answers.ts';
import type { Evaluator } from './evaluator.ts';
import { type Line, linesOf } from './lines.ts';

interface Request {
  readonly file: string;
  readonly function: string;
  readonly args: readonly EncodedValue[];
  readonly receiver: EncodedValue | undefined;
  readonly wrt: readonly string[] | undefined;
  readonly outputs: readonly string[] | undefined;
  readonly hessian: boolean;
}

const FIELDS = ['id', 'file', 'function', 'this', 'args', 'wrt', 'outputs', 'hessian'];

export async function answerLines(
  input: AsyncIterable<Uint8Array | string>,
  output: NodeJS.WritableStream,
  evaluator: Pick<Evaluator, 'evaluate'>,
): Promise<void> {
  for await (const line of linesOf(input)) {
    const answer = await answerLine(line, evaluator);
    if (!output.write(`${toJson(answer)}\n`)) await new Promise((resolve) => output.once('drain', resolve));
  }
}

/** Never rejects. */
async function answerLine(line: Line, evaluator: Pick<Evaluator, 'evaluate'>): Promise<object> {
  if ('problem' in line) return refusal(BAD_REQUEST, line.problem);
  let parsed: unknown;
  try {
    parsed = JSON.parse(line.text);
  } catch (error) {
    return refusal(BAD_REQUEST, `Not JSON: ${(error as Error).message}`);
  }
  const id = Object.hasOwn(Object(parsed), 'id') ? { id: (parsed as { id: unknown }).id } : {};
  const request = readRequest(parsed);
  if (typeof request === 'string') return { ...id, ...refusal(BAD_REQUEST, request) };
  const answer: Answer = await evaluator.evaluate({
    file: request.file,
    function: request.function,
    arguments: { kind: 'encoded', args: request.args, receiver: request.receiver, wrt: request.wrt },
    outputs: request.outputs,
    hessian: request.hessian,
  });
  return { ...id, ...answer };
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
  return {
    file,
    function: name,
    args: (args ?? []) as EncodedValue[],
    receiver: given('this') as EncodedValue | undefined,
    wrt,
    outputs,
    hessian: hessian === true,
  };
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
