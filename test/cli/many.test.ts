/** Many requests: a file is read and parsed once for its content, and nothing of a request stays. */
import v8 from 'node:v8';
import vm from 'node:vm';
import { beforeEach, expect, test } from 'vitest';
import type { DoneAnswer, ErrorAnswer } from '../../server/cli/answers.ts';
import { Sources } from '../../server/cli/evaluate.ts';
import { answerLine } from '../../server/cli/requests.ts';
import { lowerFile } from '../../server/languages/typescript/file.ts';
import type { Files } from '../../server/modules/files.ts';
import { Workspace } from '../../server/modules/workspace.ts';

/** A disk of texts that counts how often it is read. */
class Texts implements Files {
  readonly texts = new Map<string, string>();
  readonly stamps = new Map<string, number>();
  reads = 0;
  private clock = 0;
  write(name: string, text: string): void {
    this.texts.set(`file:///${name}`, text);
    this.stamps.set(`file:///${name}`, ++this.clock);
  }
  kind(id: string) {
    return this.texts.has(id) ? ('file' as const) : ('none' as const);
  }
  read(id: string): string | undefined {
    this.reads++;
    return this.texts.get(id);
  }
  real(id: string): string {
    return id;
  }
  stamp(id: string): string {
    return String(this.stamps.get(id) ?? '');
  }
  forget(): void {}
  find(name: string) {
    const id = `file:///${name}`;
    return this.texts.has(id) ? { id, stamp: this.stamp(id) } : 'no such file';
  }
}

let disk: Texts;
let sources: Sources;
let parsed: number;
beforeEach(() => {
  disk = new Texts();
  parsed = 0;
  const workspace = new Workspace(disk, (text, options) => {
    parsed++;
    return lowerFile(text, options);
  });
  sources = new Sources(workspace, disk);
});

function ask(file: string, name: string, args: readonly unknown[]): Partial<DoneAnswer & ErrorAnswer> {
  const line = JSON.stringify({ file, function: name, args });
  return JSON.parse(answerLine(sources, { line, folder: 'file://', steps: 1e6 })) as DoneAnswer;
}

test('files are read once, those that they import are parsed once', () => {
  disk.write(
    'lib.ts',
    'export let calls = 0; export const cube = (x: number) => { calls++; return x ** 3 + 0 * calls; };',
  );
  disk.write('a.ts', "import { cube } from './lib.ts'; export const f = (x: number) => 2 * cube(x);");
  disk.write('b.ts', "import { cube } from './lib.ts'; export const g = (x: number) => 3 * cube(x);");
  for (let i = 1; i <= 50; i++) {
    expect(ask('a.ts', 'f', [i])).toMatchObject({ value: [2 * i ** 3], jacobian: [[6 * i * i]] });
    expect(ask('b.ts', 'g', [i])).toMatchObject({ value: [3 * i ** 3], jacobian: [[9 * i * i]] });
  }
  expect(parsed).toBe(1);
  expect(disk.reads).toBe(3);
});

test('more files than are kept', () => {
  for (let i = 0; i < 300; i++) disk.write(`f${i}.ts`, `export const f = (x: number) => ${i} * x;`);
  for (const round of [1, 2])
    for (let i = 0; i < 300; i++)
      expect(ask(`f${i}.ts`, 'f', [round])).toMatchObject({ value: [i * round], jacobian: [[i]] });
});

test('a file or one that it imports changes, stays the same, goes and comes again', () => {
  disk.write('lib.ts', 'export const k = 2;');
  disk.write('a.ts', "import { k } from './lib.ts'; export const f = (x: number) => k * x;");
  const slope = () => ask('a.ts', 'f', [3]).jacobian?.[0]?.[0];
  expect(slope()).toBe(2);
  disk.write('lib.ts', 'export const k = 5;');
  expect(slope()).toBe(5);
  disk.write('a.ts', "import { k } from './lib.ts'; export const f = (x: number) => 2 * k * x;");
  expect(slope()).toBe(10);
  const reads = disk.reads;
  disk.write('a.ts', disk.texts.get('file:///a.ts')!);
  expect(slope()).toBe(10);
  expect(disk.reads).toBe(reads + 1);
  disk.texts.delete('file:///a.ts');
  expect(ask('a.ts', 'f', [3]).error).toMatchObject({
    id: 'BAD',
    message: expect.stringContaining('no such file'),
  });
  disk.write('a.ts', 'export const f = (x: number) => 7 * x;');
  expect(slope()).toBe(7);
});

test('what a call writes into its module is gone with the request', () => {
  disk.write(
    'a.js',
    `const memo = {}, scratch = [0, 0]; let calls = 0;
     exports.f = function (x) { calls++; scratch[0] += x; memo[x] = (memo[x] || 0) + x; Array.prototype.seen = x; return scratch[0] * calls + memo[x] + x * x; };
     exports.seen = function (x) { return [].seen === undefined ? x : 2 * x; };`,
  );
  for (let i = 0; i < 5; i++) {
    const answer = ask('a.js', 'f', [3]);
    if (answer.error === undefined) expect(answer).toMatchObject({ value: [15] });
    else expect(answer.error.id).toBe('GL110');
    expect(ask('a.js', 'seen', [3])).toMatchObject({ value: [3], jacobian: [[1]] });
  }
});

test('thousands of requests leave next to nothing behind', () => {
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc') as () => void;
  disk.write('lib.ts', 'export const cube = (x: number) => x ** 3;');
  for (let i = 0; i < 5; i++)
    disk.write(
      `f${i}.ts`,
      `import { cube } from './lib.ts';
       export class Vec { constructor(public x: number, public y: number) {} }
       export function f(v: Vec, xs: number[]) { let s = ${i}; for (const x of xs) s += cube(x) * v.x; return Math.sqrt(s * s + v.y); }
       export function broken(x: number) { throw new Error(String(x)); }`,
    );
  const some = (count: number) => {
    for (let i = 0; i < count; i++) {
      ask(`f${i % 5}.ts`, i % 7 === 0 ? 'broken' : 'f', [{ $new: 'Vec', args: [i, 2] }, [1, 2, i % 3]]);
      if (i % 11 === 0) ask(`f${i % 5}.ts`, `name${i}`, []);
    }
    gc();
    return process.memoryUsage().heapUsed;
  };
  some(300);
  some(1700);
  // What the host's compiler keeps comes and goes by more than that: the least of several.
  const least = () => Math.min(...[1, 2, 3, 4].map(() => some(500)));
  const before = least();
  const after = least();
  // Bytes, of two thousand requests: one that kept as little as its own text would take more.
  expect(after - before).toBeLessThan(150_000);
});
