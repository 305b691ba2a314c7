import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { Disk } from '../../server/modules/disk.node.ts';
import type { Told, Wanted } from '../../server/modules/knownFiles.ts';
import { DIFFERENTIATE_SELECTION } from '../../server/protocol/messages.ts';
import type { Range } from '../../server/worker/channel.ts';
import { InProcess } from '../server/inProcess.ts';
import { write } from './run.ts';

class Editor extends InProcess {
  /** All lenses of a file. */
  lens(uri: string): string {
    return this.lenses(uri).join(' | ');
  }
}

const ENTRY = `import { square } from './lib/square';
import { scale } from '@shared/scale';
// @differentiable at x = 3
export function f(x: number): number {
  return scale * square(x);
}
`;
const FILES = {
  'tsconfig.json': '{"compilerOptions": {"paths": {"@shared/*": ["./shared/*"]}}}',
  'lib/square.ts': "import { times } from './times'; export const square = (x: number) => times(x, x);",
  'lib/times.ts': 'export const times = (a: number, b: number) => a * b;',
  'shared/scale.ts': 'export const scale = 2;',
};

let remove: (() => void) | undefined;
afterEach(() => {
  remove?.();
  remove = undefined;
});

describe('on a disk', () => {
  function project(files: { readonly [name: string]: string } = FILES): (name: string) => string {
    const written = write({ files });
    remove = written.remove;
    return (name) => pathToFileURL(path.join(written.folder, name)).href;
  }

  test('a function that imports helpers', () => {
    const uri = project();
    const editor = new Editor({ disk: new Disk() });
    editor.open(uri('a.ts'), ENTRY);
    expect(editor.lens(uri('a.ts'))).toContain('∇f(3) = 12');
    expect(editor.diagnostics(uri('a.ts'))).toEqual([]);
  });

  test('a selection, a hover and a hint of such a function', () => {
    const uri = project();
    const editor = new Editor({ disk: new Disk() });
    editor.open(uri('a.ts'), ENTRY);
    const range = { start: { line: 4, character: 9 }, end: { line: 4, character: 26 } };
    const result = editor.request<{ kind: string; model?: { sections?: unknown } }>(DIFFERENTIATE_SELECTION, {
      uri: uri('a.ts'),
      range,
      wrt: ['x'],
    });
    expect(result.kind).toBe('result');
    const textDocument = { uri: uri('a.ts') };
    const position = { line: 3, character: 16 };
    const hover = editor.request<{ contents: { value: string } }>('textDocument/hover', {
      textDocument,
      position,
    });
    // 2·x² at 3, and its slope 4·x.
    expect(hover.contents.value).toMatch(/= 18[\s\S]*= 12/);
    const hints = editor.request<{ label: string }[]>('textDocument/inlayHint', {
      textDocument,
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });
    expect(hints.map(({ label }) => label).join()).toContain('18');
  });

  test('unsaved buffers go before the disk, through other files too, and back again', () => {
    const uri = project();
    const editor = new Editor({ disk: new Disk() });
    editor.open(uri('a.ts'), ENTRY);
    expect(editor.lens(uri('a.ts'))).toContain('∇f(3) = 12');
    editor.open(uri('lib/times.ts'), 'export const times = (a: number, b: number) => a * b * a;');
    expect(editor.lens(uri('a.ts'))).toContain('∇f(3) = 54');
    const line = { start: { line: 0, character: 0 }, end: { line: 0, character: 100 } };
    editor.said.length = 0;
    editor.change(uri('lib/times.ts'), [
      { range: line, text: 'export const times = (a: number, b: number) => a;' },
    ]);
    expect(editor.said).toContainEqual({ kind: 'affected' });
    expect(editor.lens(uri('a.ts'))).toContain('∇f(3) = 2');
    editor.session.receive({ kind: 'close', uri: uri('lib/times.ts') });
    expect(editor.lens(uri('a.ts'))).toContain('∇f(3) = 12');
  });

  test('files that change, come and go on the disk', () => {
    const uri = project();
    const folder = path.dirname(new URL(uri('a.ts')).pathname);
    const editor = new Editor({ disk: new Disk() });
    editor.open(
      uri('a.ts'),
      `${ENTRY}import { late } from './late';\n// @differentiable at x = 1\nexport const g = (x: number) => late * x;\n`,
    );
    expect(editor.lens(uri('a.ts'))).toContain('∇f(3) = 12');
    const missing = editor.diagnostics(uri('a.ts'));
    expect(missing).toHaveLength(1);
    expect(missing[0]).toMatchObject({ code: 'GL011', range: { start: { line: 6, character: 9 } } });
    expect(missing[0]!.message).toContain("'./late'");
    fs.writeFileSync(path.join(folder, 'late.ts'), 'export const late = 7;');
    fs.writeFileSync(path.join(folder, 'shared/scale.ts'), 'export const scale = 20;');
    editor.said.length = 0;
    const uris = [uri('late.ts'), uri('shared/scale.ts')];
    editor.session.receive({ kind: 'files', uris });
    expect(editor.said).toContainEqual({ kind: 'affected' });
    expect(editor.lens(uri('a.ts'))).toMatch(/∇f\(3\) = 120.*∇g\(1\) = 7/);
    expect(editor.diagnostics(uri('a.ts'))).toEqual([]);
    fs.rmSync(path.join(folder, 'late.ts'));
    editor.session.receive({ kind: 'files', uris });
    expect(editor.diagnostics(uri('a.ts')).map(({ code }) => code)).toEqual(['GL011']);
  });

  test('typing in the file itself runs nothing of the others again', () => {
    const uri = project();
    const editor = new Editor({ disk: new Disk() });
    editor.open(uri('a.ts'), ENTRY);
    expect(editor.lens(uri('a.ts'))).toContain('∇f(3) = 12');
    fs.rmSync(path.dirname(new URL(uri('a.ts')).pathname), { recursive: true });
    const at = { start: { line: 4, character: 9 }, end: { line: 4, character: 14 } };
    editor.change(uri('a.ts'), [{ range: at, text: '10 * scale' }]);
    expect(editor.lens(uri('a.ts'))).toContain('∇f(3) = 120');
  });

  test('a file that its imports lead back to is one module', () => {
    const uri = project({
      'b.ts':
        "import { state, f } from './a'; export const bump = () => { state.n++; }; export const again = (n: number): number => (n > 0 ? f(n - 1) : state.n);",
    });
    const editor = new Editor({ disk: new Disk() });
    const text = `import { again, bump } from './b';
export const state = { n: 1 };
bump();
bump();
// @differentiable at x = 0.5
export function f(x: number): number {
  return state.n * x + again(x);
}
`;
    editor.open(uri('a.ts'), text);
    // again(0.5) is f(-0.5) = 3·(-0.5) + again(-0.5), which is state.n.
    expect(editor.lens(uri('a.ts'))).toContain('∇f(0.5) = 6');
  });

  test('a refusal in another file is told at the function, and names its place', () => {
    const uri = project({
      'b.ts': 'export const k = 1;\nexport const g = (x: number) =>\n  x + Math.random();\n',
    });
    const editor = new Editor({ disk: new Disk() });
    editor.open(
      uri('a.ts'),
      "import { g } from './b';\n// @differentiable at x = 1\nexport const f = (x: number) => g(x);\n",
    );
    const [problem] = editor.diagnostics(uri('a.ts')) as {
      code: string;
      range: Range;
      relatedInformation?: unknown;
    }[];
    expect(problem).toMatchObject({ code: 'GL114', range: { start: { line: 2, character: 13 } } });
    expect(problem!.relatedInformation).toEqual([
      {
        location: {
          uri: uri('b.ts'),
          range: { start: { line: 2, character: 6 }, end: { line: 2, character: 19 } },
        },
        message: 'here',
      },
    ]);
  });
});

describe('in a virtual workspace', () => {
  const root = 'memfs://host/project';
  const all: { readonly [name: string]: string } = { 'package.json': '{}', ...FILES };

  /** Tells of `all` below `root`. */
  function tell({ files, folders }: Wanted): Told {
    const names = Object.keys(all).map((name) => `${root}/${name}`);
    const inside = (folder: string) => {
      const prefix = folder.endsWith('/') ? folder : `${folder}/`;
      const below = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
      if (below.length === 0) return null;
      const entries = below.map((name) => {
        const [head, ...rest] = name.split('/');
        return [head!, rest.length === 0 ? 'file' : 'directory'] as const;
      });
      return [...new Map(entries)];
    };
    return {
      files: files.map((id) => [id, all[id.slice(root.length + 1)] ?? null]),
      folders: folders.map((id) => [id, inside(id)]),
    };
  }

  test('files are asked for until all are there, and not again', () => {
    const editor = new Editor({ tell });
    editor.open(`${root}/a.ts`, ENTRY);
    expect(editor.lens(`${root}/a.ts`)).toContain('∇f(3) = 12');
    expect(editor.rounds).toBeGreaterThan(0);
    expect(editor.rounds).toBeLessThan(12);
    const before = editor.rounds;
    expect(editor.diagnostics(`${root}/a.ts`)).toEqual([]);
    editor.change(`${root}/a.ts`, [
      { range: { start: { line: 4, character: 9 }, end: { line: 4, character: 14 } }, text: '5 * scale' },
    ]);
    expect(editor.lens(`${root}/a.ts`)).toContain('∇f(3) = 60');
    expect(editor.rounds).toBe(before);
  });

  test('what is nowhere is missing', () => {
    const editor = new Editor({ tell });
    editor.open(`${root}/a.ts`, ENTRY.replace('lib/square', 'lib/cube'));
    expect(editor.diagnostics(`${root}/a.ts`).map(({ code, message }) => `${code} ${message}`)).toEqual([
      "GL011 './lib/cube' cannot be found: there is no such file.",
    ]);
  });

  test('without a client that tells, nothing hangs', () => {
    const editor = new Editor();
    editor.open(`${root}/a.ts`, ENTRY);
    expect(editor.diagnostics(`${root}/a.ts`).map(({ code }) => code)).toEqual(['GL011']);
  });
});
