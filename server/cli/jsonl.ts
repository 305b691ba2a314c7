/**
 * `gradlens gradient --jsonl`: one request a line, one answer a line, in order; a bad request is answered. The lines
 * go to the worker as they are: what is read of them here is garbage of this thread's, which would grow with them.
 */
import { BAD_REQUEST, refusal, toJson } from './answers.ts';
import { linesOf } from './lines.ts';

export interface Answerer {
  /** Never rejects. */
  answerLine(line: string): Promise<string>;
}

export async function answerLines(
  input: AsyncIterable<Uint8Array | string>,
  output: NodeJS.WritableStream,
  answerer: Answerer,
): Promise<void> {
  for await (const line of linesOf(input)) {
    const answer =
      'problem' in line ? toJson(refusal(BAD_REQUEST, line.problem)) : await answerer.answerLine(line.text);
    if (!output.write(`${answer}\n`)) await new Promise((resolve) => output.once('drain', resolve));
  }
}
