/** One process of the shipped `gradlens gradient --jsonl` for all the requests of a test file. */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll } from 'vitest';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import type { AnswerNumber, DoneAnswer, ErrorAnswer } from '../../server/cli/answers.ts';
import { builtServer } from '../server/builtServer.ts';

export interface Request {
  readonly id?: unknown;
  readonly file: string;
  readonly function: string;
  readonly this?: EncodedValue;
  readonly args?: readonly EncodedValue[];
  readonly wrt?: readonly string[];
  readonly outputs?: readonly string[];
  readonly hessian?: boolean;
}

export type Given = Partial<DoneAnswer & ErrorAnswer> & { readonly id?: unknown };

export interface Session {
  /** Where its files lie, and where it runs. */
  readonly folder: string;
  write(name: string, text: string): void;
  ask(request: Request | string): Promise<Given>;
  readonly process: ChildProcess;
}

/** To be called at the top of a test file. */
export function session(
  files: { readonly [name: string]: string },
  nodeOptions: readonly string[] = [],
): Session {
  const built = builtServer();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-requests-'));
  let child: ChildProcess | undefined;
  const waiting: ((line: string) => void)[] = [];
  const write = (name: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  beforeAll(() => {
    for (const [name, text] of Object.entries(files)) write(name, text);
    child = spawn(process.execPath, [...nodeOptions, built.file('cli.js'), 'gradient', '--jsonl'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout! }).on('line', (line) => waiting.shift()?.(line));
  });
  afterAll(() => {
    child?.kill();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    write,
    ask(request) {
      const line = typeof request === 'string' ? request : JSON.stringify(request);
      return new Promise((resolve) => {
        waiting.push((answer) => resolve(JSON.parse(answer) as Given));
        child!.stdin!.write(`${line}\n`);
      });
    },
    get process() {
      return child!;
    },
  };
}

/** A matrix of answered numbers as doubles. */
export function numbers(rows: readonly (readonly AnswerNumber[])[] | undefined): number[][] {
  return (rows ?? []).map((row) => row.map(Number));
}
