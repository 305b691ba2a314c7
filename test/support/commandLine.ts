/** Asks the built command line: one process for all the requests of a corpus. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import type { Answer, AnswerNumber } from '../../server/cli/answers.ts';
import type { Given } from './comparison.ts';

export interface Request {
  readonly file: string;
  readonly function: string;
  readonly this?: EncodedValue;
  readonly args: readonly EncodedValue[];
  readonly wrt?: readonly string[];
  readonly outputs?: readonly string[];
  readonly hessian?: boolean;
}

/** The answers in the order of the requests; fails where the process ends before it has given them all. */
export async function ask(cli: string, cwd: string, requests: readonly Request[]): Promise<Given[]> {
  const child = spawn(process.execPath, [cli, 'gradient', '--jsonl'], {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers: Given[] = [];
  child.stdin.end(requests.map((r, id) => `${JSON.stringify({ id, ...r })}\n`).join(''));
  for await (const line of createInterface({ input: child.stdout }))
    answers.push(given(JSON.parse(line) as Answer));
  if (answers.length !== requests.length)
    throw new Error(`${answers.length} answers to ${requests.length} requests`);
  return answers;
}

function given(answer: Answer): Given {
  if ('error' in answer) {
    const { id, message, range } = answer.error;
    return {
      refused: `${id} ${message.split('\n')[0]}${range === undefined ? '' : ` (line ${range.start.line + 1})`}`,
    };
  }
  const { value, jacobian, hessian, inputs, outputs, diagnostics } = answer;
  return {
    value: value.map(plain),
    jacobian: jacobian.map((row) => row.map(plain)),
    hessian: hessian?.map((m) => m.map((row) => row.map(plain))),
    inputs,
    outputs,
    diagnostics,
  };
}

function plain(x: AnswerNumber): number {
  return Number(x);
}
