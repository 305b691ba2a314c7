/** Runs evaluations in a worker that can be ended, one after another; the next one finds a fresh worker. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { idOfPath } from '../modules/disk.node.ts';
import type { FromWorker, WorkerHandle } from '../worker/channel.ts';
import { deadline } from '../worker/deadline.ts';
import { startThread } from '../worker/thread.node.ts';
import { type Answer, BAD_REQUEST, EVALUATE, type EvaluateParams, refusal } from './answers.ts';

/** Steps for what is asked for explicitly. */
export const STEPS = 30_000_000;
/** Milliseconds: the steps bound what we evaluate, this bounds what a single operation of the host may take. */
const DEADLINE = 5000;
const LOADING = 30_000;
/** Bytes of a source file. */
const LARGEST_FILE = 50_000_000;

export class Evaluator {
  private worker: WorkerHandle | undefined;
  private nextId = 1;
  /** What the worker has of each file. */
  private readonly sent = new Map<string, string>();

  /** Never rejects. */
  async evaluate(request: Omit<EvaluateParams, 'id' | 'folder' | 'text' | 'steps'>): Promise<Answer> {
    let stamp: string;
    let id: string;
    let text: string | undefined;
    try {
      const found = statSync(request.file);
      const { mtimeMs, size } = found;
      if (!found.isFile()) throw new Error('it is not a file');
      if (size > LARGEST_FILE) throw new Error('it is too large');
      stamp = `${mtimeMs} ${size}`;
      id = idOfPath(realpathSync(request.file));
      if (this.sent.get(request.file) !== stamp) text = readFileSync(request.file, 'utf8');
    } catch (error) {
      return refusal(BAD_REQUEST, `The file cannot be read: ${(error as Error).message}`, request.file);
    }
    this.sent.set(request.file, stamp);
    return this.ask({ ...request, id, folder: idOfPath(process.cwd()), text, steps: STEPS });
  }

  dispose(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.sent.clear();
  }

  private ask(params: EvaluateParams): Promise<Answer> {
    const worker = this.worker ?? startThread();
    this.worker = worker;
    const id = this.nextId++;
    return new Promise((resolve) => {
      let callOff = deadline(worker.busy, LOADING, () => end('The analysis could not be loaded.'));
      const settle = (answer: Answer): void => {
        callOff();
        resolve(answer);
      };
      const end = (message: string): void => {
        this.dispose();
        settle(refusal('GL012', message, params.file));
      };
      worker.onMessage((message: FromWorker) => {
        const isNews = message.kind === 'started' ? message.id === id : message.kind === 'evaluating';
        if (isNews) {
          callOff();
          callOff = deadline(worker.busy, DEADLINE, () =>
            end(`Ended: ${params.function} was still running after ${DEADLINE / 1000} s.`),
          );
        } else if (message.kind === 'answer' && message.id === id) settle(message.result as Answer);
        else if (message.kind === 'failed' && message.id === id)
          settle(refusal('INTERNAL', `A defect of gradlens: ${message.message}`, params.file));
      });
      worker.onExit((reason) => end(`The analysis of ${params.function} was ended: ${reason}.`));
      try {
        worker.post({ kind: 'request', id, method: EVALUATE, params });
      } catch {
        // Structured cloning has a limit of depth of its own.
        settle(refusal(BAD_REQUEST, 'The arguments are nested too deeply.', params.file));
      }
    });
  }
}
