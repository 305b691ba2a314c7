// @ts-check
// Speaks GradBench's protocol.     npm run --silent gradbench
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/lib/process.mjs';
import { define } from './generate.mjs';

const outfile = path.join(root, '.cache', 'gradbench', `protocol-${process.pid}.mjs`);
await esbuild.build({
  entryPoints: [path.join(root, 'bench', 'gradbench', 'protocol.ts')],
  outfile,
  platform: 'node',
  format: 'esm',
  logLevel: 'silent',
});
/** @type {typeof import('./protocol.ts')} */
const { serve } = await import(pathToFileURL(outfile).href);
fs.rmSync(outfile);
await serve(define);
