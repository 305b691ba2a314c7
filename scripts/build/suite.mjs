// @ts-check
// Bundles test/e2e/suite, which runs inside VS Code's extension host.
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { root } from '../lib/process.mjs';

/** @returns {Promise<string>} the file for `extensionTestsPath` */
export async function buildSuite() {
  const source = path.join(root, 'test', 'e2e', 'suite');
  const outdir = path.join(root, 'node_modules', '.cache', 'gradlens', 'suite');
  fs.rmSync(outdir, { recursive: true, force: true });
  await esbuild.build({
    entryPoints: fs.readdirSync(source).filter((name) => name === 'index.ts' || name.endsWith('.test.ts')),
    absWorkingDir: source,
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    packages: 'external',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return path.join(outdir, 'index.cjs');
}

if (process.argv[1] === import.meta.filename) await buildSuite();
