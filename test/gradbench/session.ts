/** A session with the tool as GradBench holds it: the built program, a message a line. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import readline from 'node:readline';

interface Response {
  readonly id: number;
  readonly success?: boolean;
  readonly output?: unknown;
  readonly error?: string;
  readonly timings?: readonly { readonly name: string; readonly nanoseconds: number }[];
}

export class Session {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private id = 0;

  constructor() {
    this.child = spawn(process.execPath, ['bench/gradbench/main.mjs']);
    this.child.stderr.pipe(process.stderr);
    this.lines = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async send(message: object): Promise<Response> {
    const id = this.id++;
    this.child.stdin.write(`${JSON.stringify({ id, ...message })}\n`);
    const { value, done } = await this.lines.next();
    if (done === true) throw new Error('The tool has ended.');
    const response = JSON.parse(value) as Response;
    if (response.id !== id) throw new Error(`Response ${response.id} to message ${id}.`);
    return response;
  }

  /** The output of a function of a module that is defined. */
  async evaluate<T>(module: string, name: string, input: object | number): Promise<T> {
    const response = await this.send({ kind: 'evaluate', module, function: name, input });
    if (response.success !== true) throw new Error(response.error);
    return response.output as T;
  }

  end(): void {
    this.child.stdin.end();
  }
}
