/** The user's names for types that are imported, in generated code: it has them, imports them, and type-checks. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { DERIVATIVE_KINDS, type DerivativeKind } from '../../core/derive/kinds.ts';
import { Disk } from '../../server/modules/disk.node.ts';
import { INSERT_DERIVATIVE, type InsertDerivativeResult } from '../../server/protocol/messages.ts';
import { typeErrorsIn } from '../generate/execute.ts';
import { InProcess } from '../server/inProcess.ts';
import { applied, selected } from '../support/edits.ts';
import { write } from './run.ts';

type Files = { readonly [name: string]: string };

const TYPES = `
export interface Vec { x: number; y: number }
export interface Fixed { readonly x: number; readonly y: number }
export interface Body { at: Vec; mass: number }
export interface Pair<T> { first: T; second: T }
export type Weights = number[];
export namespace Deep { export interface Point { x: number; y: number } }
type Hidden = Vec;
export type { Hidden as default };
export class Point { x = 0; y = 0; area() { return this.x * this.y; } }
`;
const FILES: Files = {
  'types.ts': TYPES,
  'fixed.ts': "import type { Fixed } from './types.ts';\nexport interface Box { inner: Fixed }\n",
};

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

class Project {
  readonly editor = new InProcess({ disk: new Disk() });
  private readonly folder: string;

  constructor(files: Files) {
    const written = write({ files });
    removals.push(written.remove);
    this.folder = written.folder;
  }

  /** The file with the derivative in it; with `own` the other file. */
  insert(text: string, own?: string | null, kind: DerivativeKind = 'gradient', name = 'main.ts'): string {
    const uri = pathToFileURL(path.join(this.folder, name)).href;
    this.editor.open(uri, text);
    const before = text.slice(0, text.lastIndexOf('function f')).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length + 10 };
    const params = { uri, position, kind, ...(own === undefined ? {} : { own }) };
    const answer = this.editor.request<InsertDerivativeResult>(INSERT_DERIVATIVE, params);
    if (answer.kind !== 'edit') throw new Error(JSON.stringify(answer));
    const whole = applied(own ?? (own === null ? '' : text), answer);
    expect(selected(whole, answer)).toBe(answer.name);
    return whole;
  }
}

/** The head of the generated function in one line. */
const headIn = (text: string): string =>
  (/function fGradient\(([\s\S]*?)\{\n/.exec(text)?.[1] ?? '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\( | (?=\))|,(?= \))/g, '')
    .trim();

const main = (head: string, type: string, body = 'return p.x * p.x * p.y;'): string =>
  `${head}\nexport function f(p: ${type}): number { ${body} }\n`;

function checked(files: Files): string[] {
  const sources = Object.entries(files).filter(([name]) => name.endsWith('.ts'));
  return typeErrorsIn(new Map(sources.map(([name, text]) => [`/p/${name}`, text])));
}

const FORMS: [head: string, type: string, expected: string, imports: string, body?: string][] = [
  ["import type { Vec } from './types';", 'Vec', 'p: Vec): Vec', "import type { Vec } from './types';\n"],
  ["import { type Vec as V } from './types';", 'V', 'p: V): V', "import type { Vec as V } from './types';\n"],
  ["import type V from './types';", 'V', 'p: V): V', "import type V from './types';\n"],
  ["import type * as T from './types';", 'T.Vec', 'p: T.Vec): T.Vec', "import type * as T from './types';\n"],
  [
    "import type { Deep } from './types';",
    'Deep.Point',
    'p: Deep.Point): Deep.Point',
    "import type { Deep } from './types';\n",
  ],
  ['', "import('./types').Vec", "p: import('./types').Vec): import('./types').Vec", ''],
  [
    "import type { Fixed } from './types';",
    'Fixed',
    'p: Fixed): { x: number; y: number }',
    "import type { Fixed } from './types';\n",
  ],
  [
    "import type { Fixed } from './types';\ntype Mine = Fixed;",
    'Mine',
    'p: Mine): { x: number; y: number }',
    '',
  ],
  [
    "import type { Vec } from './types';",
    'Readonly<Vec>',
    'p: Readonly<Vec>): { x: number; y: number }',
    "import type { Vec } from './types';\n",
  ],
  [
    "import type { Pair } from './types';",
    'Pair<number>',
    'p: Pair<number>): Pair<number>',
    "import type { Pair } from './types';\n",
    'return p.first * p.first * p.second;',
  ],
  [
    "import type { Box } from './fixed';",
    'Box',
    'p: Box): { inner: { x: number; y: number } }',
    "import type { Box } from './fixed';\n",
    'return p.inner.x * p.inner.y;',
  ],
  [
    "import type { Body, Weights } from './types';",
    "Pick<Body, 'mass'>, w: Weights",
    "p: Pick<Body, 'mass'>, w: Weights, out?: [Pick<Body, 'mass'>, Weights]): [Pick<Body, 'mass'>, Weights]",
    "import type { Body, Weights } from './types';\n",
    'let s = 0; for (const v of w) s += v * v * p.mass; return s;',
  ],
];

describe('a derivative beside its function', () => {
  test.each(FORMS)('%s names %s', (head, type, expected, _imports, body) => {
    const text = new Project(FILES).insert(main(head, type, body));
    expect(headIn(text)).toBe(expected);
  });
});

describe('a derivative in a file of its own', () => {
  test.each(FORMS)('%s names %s', (head, type, expected, imports, body) => {
    const text = new Project(FILES).insert(main(head, type, body), null);
    const own = type === 'Mine' ? 'p: { x: number; y: number }): { x: number; y: number }' : expected;
    expect(headIn(text)).toBe(own);
    expect(text.slice(0, text.indexOf('// Generated')).replace(/\n\n$/, '\n')).toBe(imports);
  });

  test('imports what the function’s own file exports, as that file imports others', () => {
    const of = (head: string, files: Files = {}, name?: string): string => {
      const text = new Project({ ...FILES, ...files }).insert(main(head, 'Vec'), null, 'gradient', name);
      expect(headIn(text)).toBe('p: Vec): Vec');
      return text.slice(0, text.indexOf('\n'));
    };
    const vec = 'export interface Vec { x: number; y: number }';
    expect(of(vec)).toBe("import type { Vec } from './main';");
    expect(of(`interface Vec { x: number; y: number }\nexport type { Vec as Out };`)).toBe(
      "import type { Out as Vec } from './main';",
    );
    expect(of(`import type { Body } from './types.js';\n${vec}`)).toBe(
      "import type { Vec } from './main.js';",
    );
    expect(of(`import type { Body } from './types.ts';\n${vec}`)).toBe(
      "import type { Vec } from './main.ts';",
    );
    expect(of(`import type { Body } from './types';\n${vec}`)).toBe("import type { Vec } from './main';");
    const node = { 'tsconfig.json': '{"compilerOptions": {"module": "NodeNext"}}' };
    expect(of(vec, node)).toBe("import type { Vec } from './main.js';");
    expect(of(vec, node, 'main.mts')).toBe("import type { Vec } from './main.mjs';");
  });

  test('writes out what has no name there, or another meaning', () => {
    const hidden = new Project(FILES).insert(main('interface Vec { x: number; y: number }', 'Vec'), null);
    expect(hidden).not.toMatch(/\bimport\b|: Vec\b/);
    const text = main("import type { Vec } from './types';", 'Vec');
    for (const other of [
      'interface Vec { z: number }',
      "import type { Vec } from './other';",
      'export const Vec = 1;',
    ])
      expect(headIn(new Project(FILES).insert(text, `${other}\n`))).toBe(
        'p: { x: number; y: number }): { x: number; y: number }',
      );
  });

  test('imports each name once, after what is imported already', () => {
    const project = new Project(FILES);
    const head = "import type { Vec, Body } from './types';";
    const first = project.insert(main(head, 'Vec'), null);
    const second = project.insert(
      `${main(head, 'Vec')}export function g(b: Body): number { return b.at.x * b.at.y * b.mass; }\n`.replace(
        'function g',
        'function f2',
      ),
      first,
    );
    expect(second.match(/import type/g)).toHaveLength(2);
    expect(second.indexOf('{ Body }')).toBeLessThan(second.indexOf('// Generated'));
    expect(project.insert(main(head, 'Vec'), second)).toBe(second);
    expect(
      checked({ ...FILES, 'main.ts': main(head, 'Vec').replace(', Body', ''), 'own.ts': second }),
    ).toEqual([]);
  });
});

test('code with them passes the type checker', () => {
  const files: Record<string, string> = { ...FILES };
  FORMS.forEach(([head, type, , , body], i) => {
    const project = new Project(FILES);
    const text = main(head, type, body);
    for (const kind of DERIVATIVE_KINDS.filter((one) => one !== 'jacobian' && one !== 'vjp')) {
      files[`below${i}${kind}.ts`] = project.insert(text, undefined, kind);
      const own = project.insert(text, null, kind);
      files[`own${i}${kind}.ts`] = own;
      // And added to a file that imports something.
      files[`more${i}${kind}.ts`] = project.insert(
        text,
        "import type { Weights as W } from './types';\nexport const w: W = [1];\n",
        kind,
      );
    }
  });
  expect(Object.keys(files).length).toBeGreaterThan(150);
  expect(checked(files)).toEqual([]);
});
