/** What is compiled to run beside: gradients by hand in C, and by ADOL-C. Each answers on its standard output. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { data } from './workloads.ts';

export class Native {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;

  constructor(program: string, input: string) {
    this.child = spawn(program, [input]);
    this.lines = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** Nanoseconds of so many evaluations. */
  async time(letter: string, times: number): Promise<number> {
    return Number(await this.ask(`${letter} ${times} 0`));
  }

  async gradient(letter: string, size: number): Promise<number[]> {
    return (await this.ask(`${letter} 0 ${size}`)).split(',').map(Number);
  }

  end(): void {
    this.child.stdin.end();
  }

  private async ask(line: string): Promise<string> {
    this.child.stdin.write(`${line}\n`);
    const { value, done } = await this.lines.next();
    if (done === true) throw new Error(`${this.child.spawnfile} has ended.`);
    return value;
  }
}

/** The data as the programs read them; `layout` of driver.c. */
export function writeData(file: string): void {
  const { scalars, rosenbrock, mixture, points, views, weights, batch, targets, pendulum, options } = data;
  const all = [scalars, rosenbrock, mixture, points, ...views, weights, batch, targets, pendulum, ...options];
  fs.writeFileSync(file, Buffer.concat(all.map((part) => Buffer.from(part.buffer))));
}

/** Compiles what can be compiled here, and says what cannot. */
export function compileNative(folder: string): void {
  const sources = path.resolve('bench', 'generated', 'native');
  const flags = ['-O3', '-march=native'];
  const attempts = [
    ['C by hand', 'clang', [...flags, '-o', path.join(folder, 'c'), path.join(sources, 'driver.c'), '-lm']],
    [
      'ADOL-C',
      'clang++',
      [...flags, '-o', path.join(folder, 'adolc'), path.join(sources, 'adolc.cpp'), '-ladolc'],
    ],
  ] as const;
  for (const [what, compiler, args] of attempts) {
    try {
      execFileSync(compiler, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    } catch (error) {
      const [line] = (error as Error).message.split('\n').filter((text) => /error|ENOENT/.test(text));
      console.log(`without ${what}: ${line ?? `${compiler} failed`}`);
    }
  }
}
