// @ts-check
// Measurements.   npm run bench [-- NAME …flags of that one]     (a folder of bench/ each; none: all of them)
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { buildAll } from '../scripts/build.mjs';
import { root } from '../scripts/lib/process.mjs';

const names = fs
  .readdirSync(path.join(root, 'bench'), { withFileTypes: true })
  .filter((entry) => fs.existsSync(path.join(root, 'bench', entry.name, 'main.ts')))
  .map((entry) => entry.name);
const [first, ...rest] = process.argv.slice(2);
const named = first !== undefined && names.includes(first);
const cache = path.join(root, '.cache', 'bench');

console.log('building …');
await buildAll({ minify: true });
for (const name of named ? [first] : names) {
  const folder = path.join(root, 'bench', name);
  const entries = fs.readdirSync(folder).filter((file) => /^(main|.*Server)\.ts$/.test(file));
  await esbuild.build({
    entryPoints: entries.map((file) => path.join(folder, file)),
    outdir: cache,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: name === 'keystroke' ? 'bundle' : 'external',
    banner: {
      js: "import { createRequire as benchRequire } from 'node:module'; const require = benchRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [path.join(cache, 'main.mjs'), ...(named ? rest : [])], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
