/** What others have written lowers: every script of some installed packages, without an exception or an error. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lowerFile } from '../../server/languages/typescript/file.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

function scripts(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return scripts(path);
    return /\.[cm]?js$/.test(entry.name) ? [path] : [];
  });
}

test.each(['chai', 'commander', 'diff', 'fast-check', 'semver', 'yargs'])('%s', (name) => {
  const files = scripts(join(modules, name));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const lowered = lowerFile(readFileSync(file, 'utf8'), { language: 'js', esm: file.endsWith('.mjs') });
    const errors = lowered?.statements.flatMap((s) => s.syntaxErrors.map((e) => e.message));
    expect(errors, file).toEqual([]);
  }
});
