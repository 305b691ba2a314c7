// @ts-check
// Finds code that stands twice: equal runs of tokens, whatever the layout and comments between them.
//   node scripts/duplicates.mjs [shortest run, in tokens]
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './lib/process.mjs';

/** Shorter repetitions are idiom: a loop's head, a list of imports, a row of a table. */
const shortest = Number(process.argv[2] ?? 75);
const directories = ['core', 'server', 'client', 'scripts', 'bench', 'test'];
/** Code of users' that tests read, and gradients by hand, which work out their primals in their own way. */
const foreign = [path.join('test', 'styles', 'files'), path.join('bench', 'generated', 'byHand.ts')];

/** @typedef {{ text: string, line: number }} Token */

/** The tokens of a file but those of its imports. @param {string} file @returns {Token[]} */
function tokensOf(file) {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  /** @type {Token[]} */
  const tokens = [];
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isJSDoc(node)) return;
    if (node.getChildCount(source) > 0) {
      for (const child of node.getChildren(source)) visit(child);
      return;
    }
    const at = node.getStart(source);
    if (node.end > at)
      tokens.push({
        text: text.slice(at, node.end),
        line: source.getLineAndCharacterOfPosition(at).line + 1,
      });
  };
  visit(source);
  return tokens;
}

const files = directories
  .filter((directory) => fs.existsSync(path.join(root, directory)))
  .flatMap((directory) =>
    fs
      .readdirSync(path.join(root, directory), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(directory, name))
      .filter((name) => /\.(?:ts|mjs)$/.test(name) && !foreign.some((one) => name.startsWith(one))),
  )
  .map((name) => ({ name, tokens: tokensOf(name) }));

/** Where each run of `shortest` tokens was first seen. @type {Map<string, { file: number, at: number }>} */
const seen = new Map();
/** @type {string[]} */
const found = [];
files.forEach(({ name, tokens }, file) => {
  const window = (/** @type {number} */ at) =>
    tokens
      .slice(at, at + shortest)
      .map(({ text }) => text)
      .join(' ');
  for (let at = 0; at + shortest <= tokens.length; at++) {
    const key = window(at);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, { file, at });
      continue;
    }
    const other = files[first.file];
    if (other === undefined || (first.file === file && first.at + shortest > at)) continue;
    let length = shortest;
    while (
      at + length < tokens.length &&
      tokens[at + length]?.text === other.tokens[first.at + length]?.text &&
      (first.file !== file || first.at + length < at)
    )
      length++;
    const place = `${name}:${tokens[at]?.line}-${tokens[at + length - 1]?.line}`;
    found.push(`${place} repeats ${other.name}:${other.tokens[first.at]?.line} (${length} tokens)`);
    at += length - 1;
  }
});

for (const line of found) console.error(line);
process.exitCode = found.length === 0 ? 0 : 1;
