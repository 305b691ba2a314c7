// @ts-check
// Bundles the product into dist/.   node scripts/build.mjs [--minify] [--watch]
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { typescriptParser } from './build/typescript-parser-plugin.mjs';
import { workerText } from './build/worker-text-plugin.mjs';
import { root, secondsSince } from './lib/process.mjs';

/** The language VS Code 1.100 understands: its own Node is 20, its browser Chromium 132. */
const nodeTarget = 'node20';
const browserTarget = 'chrome132';

/** ES modules have no `require`; the CommonJS packages among them call it for Node's own modules. */
const requireShim =
  "import { createRequire as createRequireForBundle } from 'node:module';" +
  'const require = createRequireForBundle(import.meta.url);';

/**
 * Everything that is built: the analysis once, for Node and browsers; what else runs in Node shares its code in chunks.
 * @type {(esbuild.BuildOptions & { entryPoints: Record<string, string> })[]}
 */
const bundles = [
  {
    entryPoints: { analysis: 'server/worker/analysis.ts' },
    format: 'iife',
    platform: 'browser',
    target: [nodeTarget, browserTarget],
  },
  {
    entryPoints: {
      'server.node': 'server/main.node.ts',
      'worker.node': 'server/worker/main.node.ts',
      cli: 'server/cli/main.ts',
    },
    format: 'esm',
    splitting: true,
    external: ['./analysis.js'],
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    target: nodeTarget,
    banner: { js: requireShim },
    mainFields: ['module', 'main'],
  },
  {
    entryPoints: { 'client.node': 'client/main.node.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    target: nodeTarget,
    external: ['vscode'],
    mainFields: ['module', 'main'],
  },
  {
    entryPoints: { 'client.browser': 'client/main.browser.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' }, // VS Code takes a .js of this package for an ES module, which its web host refuses
    platform: 'browser',
    target: browserTarget,
    external: ['vscode'],
  },
  {
    entryPoints: {
      'server.browser': 'server/main.browser.ts',
      'worker.browser': 'server/worker/main.browser.ts',
    },
    format: 'iife',
    platform: 'browser',
    target: browserTarget,
  },
  {
    entryPoints: { panel: 'client/panel/page.ts' },
    format: 'iife',
    platform: 'browser',
    target: browserTarget,
  },
];

/**
 * @param {esbuild.BuildOptions & { entryPoints: Record<string, string> }} bundle
 * @param {{ minify: boolean }} options
 * @returns {esbuild.BuildOptions}
 */
function optionsOf(bundle, { minify }) {
  return {
    ...bundle,
    absWorkingDir: root,
    outdir: 'dist',
    bundle: true,
    minify,
    sourcemap: minify ? false : 'linked',
    legalComments: 'eof',
    logLevel: 'warning',
    metafile: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'text' },
    plugins: [typescriptParser(), workerText()],
  };
}

/** The command line is started by its name. */
function makeExecutable() {
  const cli = path.join(root, 'dist', 'cli.js');
  const text = fs.readFileSync(cli, 'utf8');
  if (!text.startsWith('#!')) throw new Error('server/cli/main.ts must begin with #!/usr/bin/env node');
  fs.chmodSync(cli, 0o755);
}

/** Builds everything afresh into dist/. @param {{ minify?: boolean }} [options] */
export async function buildAll({ minify = false } = {}) {
  fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  const results = await Promise.all(bundles.map((bundle) => esbuild.build(optionsOf(bundle, { minify }))));
  makeExecutable();
  return results.flatMap(({ metafile }) =>
    Object.entries(metafile?.outputs ?? {})
      .filter(([file]) => !file.endsWith('.map'))
      .map(([file, { bytes }]) => ({ file, bytes })),
  );
}

/** Builds what runs in Node without an editor (server, worker, command line) into a folder: for tests. @param {string} outdir */
export async function buildServer(outdir) {
  const parts = bundles.filter(({ entryPoints }) => 'analysis' in entryPoints || 'cli' in entryPoints);
  await Promise.all(
    parts.map((bundle) => esbuild.build({ ...optionsOf(bundle, { minify: false }), outdir })),
  );
}

async function watchAll() {
  /** @type {esbuild.Plugin} */
  const report = {
    name: 'report',
    setup(build) {
      // These lines are what .vscode/tasks.json waits for.
      build.onStart(() => console.log('[watch] build started'));
      build.onEnd(({ errors }) => {
        for (const { text, location } of errors)
          console.log(`ERROR ${location?.file}:${location?.line}:${(location?.column ?? 0) + 1}: ${text}`);
        console.log('[watch] build finished');
      });
    },
  };
  for (const bundle of bundles) {
    const options = optionsOf(bundle, { minify: false });
    const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), report] });
    await context.watch();
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { minify: { type: 'boolean' }, watch: { type: 'boolean' } } });
  if (values.watch === true) await watchAll();
  else {
    const start = performance.now();
    const outputs = await buildAll({ minify: values.minify === true }).catch(() => process.exit(1)); // esbuild has said why
    for (const { file, bytes } of outputs.sort((a, b) => b.bytes - a.bytes))
      console.log(`${file.padEnd(32)} ${(bytes / 1024).toFixed(0).padStart(6)} KB`);
    console.log(`built in ${secondsSince(start)}`);
  }
}
