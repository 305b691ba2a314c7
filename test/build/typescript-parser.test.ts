import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import full from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { typescriptParser } from '../../scripts/build/typescript-parser-plugin.mjs';

/** What the parser that the bundles contain must answer exactly as the full compiler does. */
interface Parser {
  createSourceFile: typeof full.createSourceFile;
  updateSourceFile: typeof full.updateSourceFile;
  forEachChild: typeof full.forEachChild;
  resolveModuleName: typeof full.resolveModuleName;
  parseJsonConfigFileContent: typeof full.parseJsonConfigFileContent;
  readConfigFile: typeof full.readConfigFile;
}

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-parser-'));
let trimmed: Parser;
let bytes = 0;

beforeAll(async () => {
  const outfile = path.join(directory, 'parser.mjs');
  await build({
    stdin: {
      contents: `import * as ts from 'typescript';
export const { createSourceFile, updateSourceFile } = { createSourceFile: ts.createSourceFile, updateSourceFile: ts.updateSourceFile };
export const forEachChild = ts.forEachChild, resolveModuleName = ts.resolveModuleName;
export const parseJsonConfigFileContent = ts.parseJsonConfigFileContent, readConfigFile = ts.readConfigFile;`,
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    plugins: [typescriptParser()],
  });
  bytes = fs.statSync(outfile).size;
  trimmed = await import(/* @vite-ignore */ pathToFileURL(outfile).href);
}, 60_000);

afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

/** One line a node: kind, position, end, flags; then what the parser complained of. */
function outline(parser: Parser, name: string, text: string): string[] {
  const file = parser.createSourceFile(name, text, {
    languageVersion: full.ScriptTarget.Latest,
    jsDocParsingMode: full.JSDocParsingMode.ParseNone,
  });
  return outlineOf(parser, file);
}

function outlineOf(parser: Parser, file: full.SourceFile): string[] {
  const lines: string[] = [];
  const visit = (node: full.Node): void => {
    const name = (node as full.Identifier).escapedText ?? (node as full.StringLiteral).text ?? '';
    lines.push(`${node.kind} ${node.pos} ${node.end} ${node.flags} ${node === file ? '' : name}`);
    parser.forEachChild(node, visit);
  };
  visit(file);
  const { parseDiagnostics } = file as unknown as {
    parseDiagnostics: readonly full.DiagnosticWithLocation[];
  };
  for (const { start, length, code, messageText } of parseDiagnostics)
    lines.push(`${start} ${length} ${code} ${typeof messageText === 'string' ? messageText : ''}`);
  return lines;
}

/** Source files of the installed packages and of this repository, smallest directories first, up to a total size. */
function corpus(limit: number): string[] {
  const files: string[] = [];
  let total = 0;
  for (const start of [
    'core',
    'server',
    'client',
    'test',
    'examples',
    'node_modules/vscode-languageserver-protocol/lib',
    'node_modules/fast-check',
    'node_modules/mocha/lib',
    'node_modules/playwright-core/lib',
    'node_modules/@types/node',
  ]) {
    if (!fs.existsSync(start)) continue;
    for (const entry of fs.readdirSync(start, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:[cm]?[jt]s|[jt]sx)$/.test(entry.name)) continue;
      const file = path.join(entry.parentPath, entry.name);
      const { size } = fs.statSync(file);
      if (size > 500_000 || total + size > limit) continue;
      total += size;
      files.push(file);
    }
  }
  return files;
}

test('the parser is trimmed: services, checker and emitter are gone', () => {
  expect(bytes).toBeGreaterThan(300_000);
  expect(bytes).toBeLessThan(600_000);
});

test('the trimmed parser builds the same trees as the full one', () => {
  const files = corpus(5_000_000);
  expect(files.length).toBeGreaterThan(200);
  for (const file of files) {
    const text = fs.readFileSync(file, 'utf8');
    expect(outline(trimmed, file, text), file).toEqual(outline(full, file, text));
  }
}, 120_000);

test('the trimmed parser recovers from broken text as the full one does', () => {
  const text = `function f(x: number) { const a = [1, 2; return x * (3 + ; }
/** doc */ export class A<T> extends B { #p = \`a\${1 +}b\`; m(this: A) { if (x) for (;;) { } }
const re = /(?<a>[a-z]+/giu; label: while (0x1F_FF) { await import('y') } <div a={1}>`;
  for (let end = 0; end <= text.length; end++)
    for (const name of ['a.ts', 'a.tsx', 'a.js'])
      expect(outline(trimmed, name, text.slice(0, end))).toEqual(outline(full, name, text.slice(0, end)));
});

test('incremental parsing works in the trimmed parser', () => {
  const before = 'function f(x: number) { return x; }\nfunction g(y: number) { return y * 2; }\n';
  const after = before.replace('return x', 'return x * x');
  const change = {
    span: { start: before.indexOf('return x'), length: 'return x'.length },
    newLength: 'return x * x'.length,
  };
  const old = trimmed.createSourceFile('a.ts', before, full.ScriptTarget.Latest);
  const updated = trimmed.updateSourceFile(old, after, change);
  expect(outlineOf(trimmed, updated).map(withoutFlags)).toEqual(
    outline(full, 'a.ts', after).map(withoutFlags),
  );
});

/** Reused nodes carry flags of their own. */
const withoutFlags = (line: string): string => line.replace(/^(\d+ \d+ \d+) \d+/, '$1');

test('module resolution and tsconfig parsing work in the trimmed build', () => {
  const files = new Map([
    ['/p/tsconfig.json', '{ "compilerOptions": { "paths": { "#lib/*": ["./src/lib/*"] }, "strict": true } }'],
    ['/p/src/main.ts', 'import { a } from "#lib/a";'],
    ['/p/src/lib/a.ts', 'export const a = 1;'],
    ['/p/node_modules/pkg/package.json', '{ "name": "pkg", "exports": { ".": "./index.js" } }'],
    ['/p/node_modules/pkg/index.js', 'export const b = 2;'],
    ['/p/node_modules/pkg/index.d.ts', 'export declare const b: number;'],
  ]);
  const host = {
    fileExists: (name: string) => files.has(name),
    readFile: (name: string) => files.get(name),
    directoryExists: (name: string) => [...files.keys()].some((file) => file.startsWith(`${name}/`)),
    readDirectory: () => ['/p/src/main.ts'],
    useCaseSensitiveFileNames: true,
  };
  const answers = [trimmed, full].map((parser) => {
    const { config } = parser.readConfigFile('/p/tsconfig.json', host.readFile);
    const parsed = parser.parseJsonConfigFileContent(config, host, '/p');
    const options = { ...parsed.options, moduleResolution: full.ModuleResolutionKind.Bundler };
    return {
      errors: parsed.errors.length,
      fileNames: parsed.fileNames,
      strict: parsed.options.strict,
      resolved: ['#lib/a', './lib/a', 'pkg', './missing'].map(
        (name) =>
          parser.resolveModuleName(name, '/p/src/main.ts', options, host).resolvedModule?.resolvedFileName,
      ),
    };
  });
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.resolved).toEqual([
    '/p/src/lib/a.ts',
    '/p/src/lib/a.ts',
    '/p/node_modules/pkg/index.d.ts',
    undefined,
  ]);
});
