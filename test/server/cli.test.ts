/** The command line as it is shipped. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { builtServer } from './builtServer.ts';
import { LspClient } from './lspClient.ts';

const built = builtServer();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-cli-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const SOURCE = `
const g = 9.81;
// @differentiable at x1 = 2, x2 = 3
export function f(x1: number, x2: number): number {
  return x1 * x2 + Math.sin(x1);
}
export const energy = (p: { mass: number; height: number }) => p.mass * g * p.height;
export default (x: number) => x ** 3;
export const shapes = { area(r: number) { return Math.PI * r * r; } };
export class Vec {
  constructor(public x: number, public y: number) {}
  norm(): number { return Math.sqrt(this.x * this.x + this.y * this.y); }
  static half(x: number) { return x / 2; }
}
export namespace Units { export function square(x: number) { return x * x; } }
export function two(x: number, y: number) { return [x * y, { deep: x + y }]; }
export function withDefault(x: number, k = 5) { return x * k; }
export function loop(x: number) { while (true) x += 1; }
export function backtrack(x: number) { return /^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!') ? x : 1; }
export function throws(x: number) { throw new Error('never'); }
export function fill(out: number[], x: number) { out[0] = x * x; }
export function dotted(o: Record<string, number>) { return o['a.b'] * 2; }
export function constant(k = 4) { return k; }
export function overflow(x: number) { return x / 0; }
`;
const FILE = path.join(folder, 'functions.ts');
fs.writeFileSync(FILE, SOURCE);
fs.writeFileSync(
  path.join(folder, 'broken.ts'),
  'export const ok = (x: number) => x * x;\nexport function no( {\n',
);
interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
function run(args: readonly string[], input = ''): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [built.file('cli.js'), ...args], { cwd: folder });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => {
      out += String(data);
    });
    child.stderr.on('data', (data) => {
      err += String(data);
    });
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}
interface Answer {
  readonly id?: unknown;
  readonly value: unknown[];
  readonly inputs: string[];
  readonly outputs: string[];
  readonly jacobian: unknown[][];
  readonly hessian?: number[][][];
  readonly error?: {
    readonly id: string;
    readonly message: string;
    readonly file?: string;
    readonly range?: object;
  };
  readonly diagnostics: unknown[];
}
async function ask(...requests: (object | string)[]): Promise<Answer[]> {
  const lines = requests.map((request) => (typeof request === 'string' ? request : JSON.stringify(request)));
  const { out, code, err } = await run(['gradient', '--jsonl'], `${lines.join('\n')}\n`);
  expect(code, err).toBe(0);
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}
async function one(request: object): Promise<Answer> {
  return (await ask({ file: 'functions.ts', ...request }))[0]!;
}

describe('gradlens', () => {
  test('--version and --help are done, nonsense is usage', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, out: `${manifest.version}\n` });
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('gradient') });
    expect((await run(['nonsense'])).code).toBe(2);
    expect((await run(['gradient'])).code).toBe(2);
    expect((await run(['gradient', FILE, 'f', '--nonsense'])).code).toBe(2);
    expect((await run(['lsp'])).code).toBe(2);
  });
});

describe('gradient', () => {
  test('the tutorial, to the last digit', async () => {
    expect(await run(['gradient', 'functions.ts', 'f', '--at', 'x1=2,x2=3'])).toMatchObject({
      code: 0,
      out: 'f = 6.909297426825682\n∂f/∂x1 = 2.5838531634528574\n∂f/∂x2 = 2\n',
    });
  });

  test("without --at the annotation's own sample", async () => {
    expect((await run(['gradient', FILE, 'f'])).out).toContain('∂f/∂x1 = 2.5838531634528574');
  });

  test('--json, --hessian, --wrt, constants of the file in --at', async () => {
    const { out, code } = await run([
      ...['gradient', FILE, 'energy', '--at', 'p = {mass: g, height: 2}'],
      ...['--wrt', 'p.height', '--json', '--hessian'],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      value: [9.81 * 9.81 * 2],
      inputs: ['0.height'],
      labels: ['p.height'],
      outputs: [''],
      jacobian: [[9.81 * 9.81]],
      hessian: [[[0]]],
      diagnostics: [],
    });
  });

  test('malformed --at and unknown functions and files are usage; refusals are 1', async () => {
    const malformed = await run(['gradient', FILE, 'f', '--at', 'x1=2,x2=']);
    expect(malformed.code).toBe(2);
    expect(malformed.err).toContain('--at');
    expect((await run(['gradient', FILE, 'nothing', '--at', 'x=1'])).code).toBe(2);
    expect((await run(['gradient', 'nowhere.ts', 'f', '--at', 'x=1'])).code).toBe(2);
    const refused = await run(['gradient', FILE, 'throws', '--at', 'x=1']);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/functions\.ts:\d+:\d+: error GL013/);
  });
});

describe('gradient --jsonl', () => {
  test.each([
    ['f', { args: [2, 3] }, [6 + Math.sin(2)], [[3 + Math.cos(2), 2]]],
    ['default', { args: [2] }, [8], [[12]]],
    ['shapes.area', { args: [2] }, [4 * Math.PI], [[4 * Math.PI]]],
    ['Vec.half', { args: [3] }, [1.5], [[0.5]]],
    ['Units.square', { args: [3] }, [9], [[6]]],
    ['withDefault', { args: [3] }, [15], [[5]]],
  ])('%s', async (name, request, value, jacobian) => {
    expect(await one({ function: name, ...request })).toMatchObject({ value, jacobian, diagnostics: [] });
  });

  test('no arguments where none are needed; a field that no request has is refused', async () => {
    expect(await one({ function: 'constant' })).toMatchObject({ value: [4], jacobian: [[]] });
    const { error } = await one({ id: 7, function: 'f', arguments: [2, 3] });
    expect(error).toMatchObject({ id: 'BAD' });
    expect(error?.message).toBe(
      'Unknown field "arguments": a request has id, file, function, this, args, wrt, outputs, hessian.',
    );
  });

  test('the examples of its page', async () => {
    const root = path.join(import.meta.dirname, '../..');
    const page = fs.readFileSync(path.join(root, 'docs/command-line.md'), 'utf8');
    const pairs = [...page.matchAll(/```jsonl\n(.+)\n(.+)\n```/g)];
    expect(pairs).toHaveLength(3);
    const requests = pairs.map(([, request]) => {
      const parsed = JSON.parse(request!) as { file: string };
      return { ...parsed, file: path.join(root, parsed.file) };
    });
    expect(await ask(...requests)).toEqual(pairs.map(([, , answer]) => JSON.parse(answer!)));
  });

  test('receivers, classes, several outputs', async () => {
    const vec = { $class: 'Vec', fields: { x: 3, y: 4 } };
    expect(await one({ function: 'Vec.norm', this: vec, args: [], wrt: ['this.x', 'this.y'] })).toMatchObject(
      {
        value: [5],
        inputs: ['this.x', 'this.y'],
        // x/|v| and y/|v|.
        jacobian: [[expect.closeTo(0.6, 14), expect.closeTo(0.8, 14)]],
      },
    );
    expect(await one({ function: 'two', args: [2, 5] })).toMatchObject({
      value: [10, 7],
      outputs: ['0', '1.deep'],
      jacobian: [
        [5, 2],
        [1, 1],
      ],
    });
  });

  test('paths: chosen inputs and outputs, the final state of an argument, keys with a dot', async () => {
    expect(await one({ function: 'two', args: [2, 5], wrt: ['1'], outputs: ['1.deep'] })).toMatchObject({
      value: [7],
      inputs: ['1'],
      outputs: ['1.deep'],
      jacobian: [[1]],
    });
    expect(await one({ function: 'fill', args: [[0], 3], wrt: ['1'], outputs: ['$0.0'] })).toMatchObject({
      value: [9],
      jacobian: [[6]],
    });
    expect(await one({ function: 'dotted', args: [{ 'a.b': 4 }] })).toMatchObject({
      inputs: ['0["a.b"]'],
      value: [8],
      jacobian: [[2]],
    });
    expect((await one({ function: 'f', args: [2, 3], wrt: ['7'] })).error).toBeDefined();
  });

  test('Hessians', async () => {
    const { hessian } = await one({ function: 'f', args: [2, 3], hessian: true });
    expect(hessian).toEqual([
      [
        [-Math.sin(2), 1],
        [1, 0],
      ],
    ]);
  });

  test('numbers that JSON lacks', async () => {
    expect(await one({ function: 'overflow', args: [1] })).toMatchObject({ value: ['Infinity'] });
    expect(await one({ function: 'f', args: [{ $number: 'NaN' }, 3] })).toMatchObject({ value: ['NaN'] });
  });

  test('every bad request is answered in order, and the next one well', async () => {
    const answers = await ask(
      'nonsense',
      '[1]',
      { id: 1 },
      { id: 2, file: 'functions.ts' },
      { id: 3, file: 'nowhere.ts', function: 'f', args: [] },
      { id: 4, file: 'functions.ts', function: 'nothing', args: [] },
      { id: 5, file: 'functions.ts', function: 'f', args: 3 },
      { id: 6, file: 'functions.ts', function: 'throws', args: [1] },
      { id: 7, file: 'functions.ts', function: 'loop', args: [1] },
      { id: 8, file: 'functions.ts', function: 'backtrack', args: [1] },
      { id: 'last', file: 'functions.ts', function: 'f', args: [2, 3] },
    );
    expect(answers).toHaveLength(11);
    for (const answer of answers.slice(0, 10)) expect(answer.error?.message).toBeTruthy();
    expect(answers.map(({ id }) => id)).toEqual([undefined, undefined, 1, 2, 3, 4, 5, 6, 7, 8, 'last']);
    expect(answers[7]?.error).toMatchObject({ id: 'GL013', file: 'functions.ts' });
    expect(answers[7]?.error?.range).toBeDefined();
    expect(answers[8]?.error?.id).toBe('GL012');
    expect(answers[9]?.error?.id).toBe('GL012');
    expect(answers[10]).toMatchObject({ value: [6 + Math.sin(2)] });
  });

  test('a file with a syntax error still answers for the functions that do not need that part', async () => {
    const [good, bad] = await ask(
      { file: 'broken.ts', function: 'ok', args: [3] },
      { file: 'broken.ts', function: 'no', args: [3] },
    );
    expect(good).toMatchObject({ value: [9], jacobian: [[6]] });
    expect(bad?.error).toBeDefined();
  });

  test('a file that changes is read again', async () => {
    const file = path.join(folder, 'changing.ts');
    fs.writeFileSync(file, 'export const f = (x: number) => x * x;');
    const child = spawn(process.execPath, [built.file('cli.js'), 'gradient', '--jsonl'], { cwd: folder });
    const lines: string[] = [];
    let wake = (): void => {};
    child.stdout.on('data', (data) => {
      lines.push(...String(data).trim().split('\n'));
      wake();
    });
    const answer = async (count: number): Promise<Answer> => {
      while (lines.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return JSON.parse(lines[count - 1]!) as Answer;
    };
    const request = `${JSON.stringify({ file: 'changing.ts', function: 'f', args: [3] })}\n`;
    child.stdin.write(request);
    expect(await answer(1)).toMatchObject({ value: [9] });
    fs.writeFileSync(file, 'export const f = (x: number) => x * x * x; // longer');
    child.stdin.write(request);
    expect(await answer(2)).toMatchObject({ value: [27] });
    child.stdin.end();
  });
});

describe('check', () => {
  const project = path.join(folder, 'project');
  fs.mkdirSync(path.join(project, 'node_modules'), { recursive: true });
  fs.writeFileSync(
    path.join(project, 'good.ts'),
    '// @differentiable at x = 1\nexport const f = (x: number) => x * x;\n',
  );
  const wrong = '// @differentiable at y = 1\nexport const f = (x: number) => x * x;\n';
  fs.writeFileSync(path.join(project, 'node_modules/ignored.js'), wrong);

  test('nothing found is done; what is found stands with its place', async () => {
    expect(await run(['check', 'project'])).toMatchObject({ code: 0, out: '' });
    fs.writeFileSync(path.join(project, 'wrong.ts'), wrong);
    const file = path.join('project', 'wrong.ts');
    expect(await run(['check', 'project'])).toMatchObject({
      code: 1,
      out: `${file}:1:23: error GL002: f has no parameter 'y': it has x.\n`,
    });
    const json = JSON.parse((await run(['check', file, '--format', 'json'])).out) as object[];
    expect(json).toMatchObject([
      { file, code: 'GL002', severity: 1, range: { start: { line: 0, character: 22 } } },
    ]);
    const sarif = JSON.parse((await run(['check', file, '--format', 'sarif'])).out) as { runs: object[] };
    expect(sarif.runs).toMatchObject([
      {
        results: [
          {
            ruleId: 'GL002',
            level: 'error',
            locations: [{ physicalLocation: { region: { startLine: 1, startColumn: 23 } } }],
          },
        ],
      },
    ]);
  });

  test('paths that are not there, and formats that are none, are usage', async () => {
    expect((await run(['check', 'nowhere'])).code).toBe(2);
    expect((await run(['check', 'project', '--format', 'xml'])).code).toBe(2);
    expect((await run(['check'])).code).toBe(2);
  });
});

test('lsp --stdio is the language server', async () => {
  const client = new LspClient(process.execPath, [built.file('cli.js'), 'lsp', '--stdio']);
  try {
    expect(await client.initialize({})).toMatchObject({
      serverInfo: { name: 'gradlens', version: manifest.version },
    });
    client.open('file:///f.ts', '// @differentiable at x = 3\nconst f = (x: number) => x * x;\n');
    const hover = await client.request<{ contents: { value: string } }>('textDocument/hover', {
      textDocument: { uri: 'file:///f.ts' },
      position: { line: 1, character: 6 },
    });
    expect(hover.contents.value).toContain('∂f/∂x = 2·x = 6');
    expect(await client.stop()).toBe(0);
  } finally {
    client.kill();
  }
});
