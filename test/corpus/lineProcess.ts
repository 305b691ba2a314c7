/** A process that answers each line of its input with one of its output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type Reply =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'ended'; readonly said: string };

export class LineProcess {
  private child: ChildProcess | undefined;
  private receive: (reply: Reply) => void = () => {};
  private readonly args: readonly string[];
  private readonly cwd: string;

  constructor(args: readonly string[], cwd: string) {
    this.args = args;
    this.cwd = cwd;
  }

  /** One after another. What hangs or ends is started anew for the next question. */
  ask(line: string, timeoutMs: number): Promise<Reply> {
    this.child ??= this.start();
    const { child } = this;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ kind: 'hang' }), timeoutMs);
      const settle = (reply: Reply): void => {
        clearTimeout(timer);
        this.receive = () => {};
        if (reply.kind !== 'line') this.end();
        resolve(reply);
      };
      this.receive = settle;
      child.stdin!.write(`${line}\n`);
    });
  }

  end(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private start(): ChildProcess {
    const child = spawn(process.execPath, [...this.args], { cwd: this.cwd });
    let said = '';
    child.stderr.on('data', (data) => {
      said = (said + String(data)).slice(-2000);
    });
    child.stdin.on('error', () => {});
    createInterface({ input: child.stdout }).on('line', (text) => {
      if (this.child === child) this.receive({ kind: 'line', text });
    });
    child.on('close', () => {
      if (this.child === child) this.receive({ kind: 'ended', said });
    });
    return child;
  }
}
