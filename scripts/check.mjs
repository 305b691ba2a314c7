// @ts-check
// The formatter, the linter, the type checker and the search for duplicates over everything.
import path from 'node:path';
import { root, run } from './lib/process.mjs';

const bin = (/** @type {string} */ file) => path.join(root, 'node_modules', file);

/** @type {readonly (readonly [name: string, args: readonly string[]])[]} */
const tools = [
  ['biome', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']],
  ['tsc', [bin('typescript/bin/tsc'), '-p', '.']],
  ['duplicates', [path.join(root, 'scripts', 'duplicates.mjs')]],
];

let failed = 0;
for (const [name, args] of tools) {
  const { code, output } = await run(process.execPath, args, { quiet: true });
  if (code === 0) continue;
  failed++;
  console.error(`${name} failed:\n${output}`);
}
process.exitCode = failed === 0 ? 0 : 1;
