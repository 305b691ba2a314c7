/** Runs evaluations in a worker that can be ended, one after another; the next one finds a fresh worker. */
import { idOfPath } from '../modules/disk.node.ts';
import type { FromWorker, WorkerHandle } from '../worker/channel.ts';
import { deadline } from '../worker/deadline.ts';
import { startThread } from '../worker/thread.node.ts';
import {
  ANSWER_LINE,
  type Answer,
  type AnswerLineParams,
  type ErrorAnswer,
  EVALUATE,
  type EvaluateParams,
  GENERATE,
  type GenerateAnswer,
  type GenerateParams,
  idOf,
  refusal,
  toJson,
} from './answers.ts';

/** Steps for what is asked for explicitly. */
export const STEPS = 30_000_000;
/** Milliseconds: the steps bound what we evaluate, this bounds what a single operation of the host may take. */
const DEADLINE = 5000;
/** The same of all parts of a request: modules to be loaded, runs. */
const LONGEST = 60_000;
const LOADING = 30_000;

export class Evaluator {
  private worker: WorkerHandle | undefined;
  private nextId = 1;

  /** Never rejects. */
  evaluate(request: Omit<EvaluateParams, 'folder' | 'steps'>): Promise<Answer> {
    const params: EvaluateParams = { ...request, folder: idOfPath(process.cwd()), steps: STEPS };
    return this.ask<Answer>(
      EVALUATE,
      params,
      () => request,
      (error) => error,
    );
  }

  /** Never rejects. */
  generate(request: Omit<GenerateParams, 'folder' | 'steps'>): Promise<GenerateAnswer> {
    const params: GenerateParams = { ...request, folder: idOfPath(process.cwd()), steps: STEPS };
    return this.ask<GenerateAnswer>(
      GENERATE,
      params,
      () => request,
      (error) => error,
    );
  }

  /** Answers a line of `--jsonl`. Never rejects. */
  answerLine(line: string): Promise<string> {
    const params: AnswerLineParams = { line, folder: idOfPath(process.cwd()), steps: STEPS };
    return this.ask<string>(
      ANSWER_LINE,
      params,
      () => parsed(line),
      (error, request) => toJson({ ...idOf(request), ...error }),
    );
  }

  dispose(): void {
    this.worker?.terminate();
    this.worker = undefined;
  }

  /** `asked` is what was asked for and `failed` the answer, where the worker cannot give one. */
  private ask<T>(
    method: string,
    params: unknown,
    asked: () => Asked,
    failed: (error: ErrorAnswer, request: Asked) => T,
  ): Promise<T> {
    const worker = this.worker ?? startThread();
    this.worker = worker;
    const id = this.nextId++;
    return new Promise((resolve) => {
      let begun = 0;
      let callOff = deadline(worker.busy, LOADING, () => end(() => 'The analysis could not be loaded.'));
      const settle = (answer: T): void => {
        callOff();
        resolve(answer);
      };
      const fail = (problem: string, message: (request: Asked) => string): void => {
        const request = asked();
        settle(failed(refusal(problem, message(request), request.file), request));
      };
      const end = (message: (request: Asked) => string): void => {
        this.dispose();
        fail('GL012', message);
      };
      worker.onMessage((message: FromWorker) => {
        if (message.kind === 'started' && message.id === id) begun = worker.busy?.() ?? 0;
        if (message.kind === 'started' || message.kind === 'progress') {
          const spent = (worker.busy?.() ?? 0) - begun;
          const allowed = Math.min(DEADLINE, Math.max(0, LONGEST - spent));
          callOff();
          callOff = deadline(worker.busy, allowed, () =>
            end(
              (request) =>
                `Ended: ${request.function} was still running after ${Math.round((spent + allowed) / 1000)} s of the processor.`,
            ),
          );
        } else if (message.kind === 'answer' && message.id === id) settle(message.result as T);
        else if (message.kind === 'failed' && message.id === id) {
          // What it has left half done must not reach the next request.
          this.dispose();
          fail('INTERNAL', () => `A defect of gradlens: ${message.message}`);
        }
      });
      worker.onExit((reason) =>
        end((request) => `The analysis of ${request.function} was ended: ${reason}.`),
      );
      worker.post({ kind: 'request', id, method, params });
    });
  }
}

type Asked = Pick<EvaluateParams, 'file' | 'function'>;

/** What a line asks for, where it is a request. */
function parsed(line: string): Asked {
  try {
    return Object(JSON.parse(line)) as Asked;
  } catch {
    return { file: '', function: 'this line' };
  }
}
