/**
 * The same files in the editor: each function of numbers gets the annotation that its user would write, and what its
 * lens says is held against differences. The editor analyses the statements that a function needs, the command line
 * whole modules: both must say the same.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { builtServer } from '../server/builtServer.ts';
import type { LspClient } from '../server/lspClient.ts';
import { central, type Estimate } from '../support/differences.ts';
import { inputLeaves, resultLeaves, withLeaves } from '../support/encoding.ts';
import { loadNative } from '../support/native.ts';
import { type Case, casesIn, FILES } from './corpus.ts';

const server = builtServer();
/** A lens shows so many components. */
const COMPONENTS = 4;
const LANGUAGES: { readonly [extension: string]: string } = {
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
};

interface Annotated {
  readonly case: Case;
  readonly text: string;
  /** Of the annotation. */
  readonly line: number;
}

/** The file with an annotation above the function, where its name and its parameters can be found. */
function annotated(c: Case): Annotated | undefined {
  const text = fs.readFileSync(path.join(FILES, c.file), 'utf8');
  const source = ts.createSourceFile(c.file, text, ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) {
    const parameters = parametersOf(statement, c.name);
    if (parameters === undefined || parameters.some((p) => p.dotDotDotToken !== undefined)) continue;
    const values = c.args.map((value, i) => {
      const name = parameters[i]?.name;
      return `${name !== undefined && ts.isIdentifier(name) ? name.text : `#${i + 1}`} = ${written(value)}`;
    });
    const at = statement.getStart(source);
    const line = source.getLineAndCharacterOfPosition(at).line;
    const annotation = `// @differentiable at ${values.join(', ')}\n`;
    return { case: c, text: text.slice(0, at) + annotation + text.slice(at), line };
  }
  return undefined;
}

function parametersOf(statement: ts.Statement, name: string): readonly ts.ParameterDeclaration[] | undefined {
  if (ts.isFunctionDeclaration(statement) && statement.name?.text === name) return statement.parameters;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [declaration] = statement.declarationList.declarations;
  const { initializer } = declaration!;
  const named = ts.isIdentifier(declaration!.name) && declaration!.name.text === name;
  return named &&
    initializer !== undefined &&
    (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
    ? initializer.parameters
    : undefined;
}

/** A sample's value as annotations write it. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, v]) => `${key}: ${written(v)}`)
    .join(', ')}}`;
}

function references(c: Case): Estimate[] | undefined {
  const native = loadNative(path.join(FILES, c.file), [c.name]);
  const leaves = inputLeaves(c.args);
  const here = resultLeaves(native.call(c.name, c.args).result);
  if (here.size !== 1 || leaves.length > COMPONENTS) return undefined;
  return leaves.map(({ path: at, value }) => {
    const f = (t: number) => {
      try {
        return [
          ...resultLeaves(
            native.call(c.name, withLeaves(c.args, [{ path: at, value: value + t }])).result,
          ).values(),
        ];
      } catch {
        return [Number.NaN];
      }
    };
    return central(f, Math.abs(value) || 1)[0]!;
  });
}

async function gradientLens(
  client: LspClient,
  { case: c, text, line }: Annotated,
  uri: string,
): Promise<string> {
  client.open(uri, text, LANGUAGES[path.extname(c.file)] ?? 'javascript');
  const lenses = await client.request<{ range: { start: { line: number } } }[]>('textDocument/codeLens', {
    textDocument: { uri },
  });
  const own = lenses.filter(({ range }) => Math.abs(range.start.line - line) <= 1);
  const resolved = await Promise.all(
    own.map((lens) => client.request<{ command?: { title: string } }>('codeLens/resolve', lens)),
  );
  client.notify('textDocument/didClose', { textDocument: { uri } });
  return resolved.map((l) => l.command?.title ?? '').find((title) => title.includes('∇')) ?? '';
}

/** `∇f(2, 3) ≈ (2.584, 2)` */
function shown(title: string): number[] | undefined {
  const match = /[=≈] \(?([^()]*)\)?(?: \(kink\))?$/.exec(title);
  return match?.[1]?.split(', ').map((part) => Number(part.replace('−', '-')));
}

test('lenses', async () => {
  const client = await server.start();
  const seen = new Set<string>();
  const wrong: string[] = [];
  let right = 0;
  let silent = 0;
  for (const c of casesIn('.')) {
    const id = `${c.file} ${c.name}`;
    const plain = c.receiver === undefined && c.into === undefined && !JSON.stringify(c.args).includes('"$');
    if (seen.has(id) || !plain || [...c.flags].some((flag) => flag !== '' && flag !== 'H')) continue;
    seen.add(id);
    const subject = annotated(c);
    const expected = subject === undefined ? undefined : references(c);
    if (
      subject === undefined ||
      expected === undefined ||
      expected.some((e) => !(e.error < 1e-6 * (1 + Math.abs(e.value))))
    )
      continue;
    const title = await gradientLens(client, subject, pathToFileURL(path.join(FILES, c.file)).href);
    const numbers = shown(title);
    if (numbers === undefined || numbers.length !== expected.length) {
      silent++;
      continue;
    }
    const size = Math.max(...expected.map((e) => Math.abs(e.value)));
    const off = numbers.findIndex(
      (n, i) =>
        !(
          Math.abs(n - expected[i]!.value) <=
          6e-4 * Math.max(Math.abs(expected[i]!.value), 1e-3 * size) + 1e-9
        ),
    );
    if (off < 0) right++;
    else wrong.push(`${id}: ${title}, differences say ${expected.map((e) => e.value)}`);
  }
  console.info(`lenses: right ${right}, wrong ${wrong.length}, without components ${silent}`);
  expect(wrong).toEqual([]);
  expect(right).toBeGreaterThan(100);
  // Norms of long vectors, inputs that are held fixed, refusals.
  expect(silent).toBeLessThan(0.15 * (right + silent));
});
