// The invariants of ARCHITECTURE.md that can be read off the source.
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

interface Source {
  readonly file: string;
  readonly text: string;
  /** What it imports at run time or as types, as written. */
  readonly imports: readonly string[];
}

function sources(...directories: readonly string[]): Source[] {
  return directories
    .flatMap((directory) =>
      fs
        .readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .map((name) => path.posix.join(directory, name.replaceAll(path.sep, '/'))),
    )
    .filter((file) => /\.(?:ts|mjs)$/.test(file))
    .map((file) => {
      const text = fs.readFileSync(file, 'utf8');
      return { file, text, imports: ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName) };
    });
}

/** `file imports name` for every import of a package or Node module that the pattern matches. */
function offences(of: readonly Source[], forbidden: (specifier: string, file: string) => boolean): string[] {
  return of.flatMap(({ file, imports }) =>
    imports
      .filter((specifier) => forbidden(specifier, file))
      .map((specifier) => `${file} imports ${specifier}`),
  );
}

const isNode = (specifier: string): boolean =>
  specifier.startsWith('node:') || builtinModules.includes(specifier);
const isBare = (specifier: string): boolean => !specifier.startsWith('.');
const isVscode = (specifier: string): boolean => specifier === 'vscode';
const isLsp = (specifier: string): boolean =>
  /^vscode-(?:languageserver|languageclient|jsonrpc)/.test(specifier);
const target = (file: string, specifier: string): string =>
  path.posix.join(path.posix.dirname(file), specifier);

describe('layers', () => {
  test('core imports nothing but itself', () => {
    expect(sources('core').length).toBeGreaterThan(50);
    expect(
      offences(
        sources('core'),
        (specifier, file) => isBare(specifier) || !target(file, specifier).startsWith('core/'),
      ),
    ).toEqual([]);
  });

  test('only client knows vscode', () => {
    expect(offences(sources('core', 'server'), isVscode)).toEqual([]);
    expect(sources('client').some(({ imports }) => imports.some(isVscode))).toBe(true);
  });

  test('only the front end knows the parser', () => {
    const all = sources('core', 'server', 'client').filter(
      ({ file }) => !file.startsWith('server/languages/'),
    );
    expect(offences(all, (specifier) => specifier === 'typescript')).toEqual([]);
  });

  test('features are plain data: no protocol library, no Node', () => {
    expect(
      offences(sources('server/features'), (specifier) => isLsp(specifier) || isNode(specifier)),
    ).toEqual([]);
  });

  test('what runs in a browser has nothing of Node in it', () => {
    const browser = sources('client/panel');
    expect(offences(browser, (specifier) => isNode(specifier) || isVscode(specifier))).toEqual([]);
  });

  test('the panel and the client know of the server its protocol alone', () => {
    expect(
      offences(sources('client'), (specifier, file) => {
        const to = target(file, specifier);
        return to.startsWith('server/') && !to.startsWith('server/protocol/');
      }),
    ).toEqual([]);
  });

  test('nothing can execute source text', () => {
    const product = sources('core', 'server', 'client');
    expect(offences(product, (specifier) => /^(?:node:)?(?:vm|module|repl)$/.test(specifier))).toEqual([]);
    const calls = product.flatMap(({ file, text }) => {
      const found: string[] = [];
      const visit = (node: ts.Node): void => {
        const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
        if (isCall && ts.isIdentifier(node.expression) && /^(?:eval|Function)$/.test(node.expression.text))
          found.push(`${file}: ${node.getText().slice(0, 60)}`);
        // import(…) of anything but a literal could load what the user wrote.
        const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
        if (isImport && !ts.isStringLiteral(node.arguments[0]!))
          found.push(`${file}: ${node.getText().slice(0, 60)}`);
        ts.forEachChild(node, visit);
      };
      visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
      return found;
    });
    expect(calls).toEqual([]);
  });
});

describe('house rules', () => {
  const all = sources('core', 'server', 'client', 'scripts', 'test', 'bench');

  // 500 lines is what we aim at; a file that is much longer has more than one concern.
  test('no file is longer than 700 lines', () => {
    const long = all.map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }));
    expect(long.filter(({ lines }) => lines > 700)).toEqual([]);
  });

  test('nothing is left to do', () => {
    const mark = new RegExp(['TO', 'DO|FIX', 'ME|X', 'XX'].join(''));
    expect(all.filter(({ text }) => mark.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

test('the lock file names no registry', () => {
  const lock = fs.readFileSync('package-lock.json', 'utf8');
  expect(lock).not.toMatch(/"resolved":\s*"https?:/);
});
