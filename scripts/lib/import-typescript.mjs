// @ts-check
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from './process.mjs';

/** Scripts that the bundle imports stay where they are: they find the repository by their own place. */
const scriptsStay = /** @satisfies {esbuild.Plugin} */ ({
  name: 'scripts-stay',
  setup(build) {
    build.onResolve({ filter: /^\..*\.mjs$/ }, ({ path: specifier, resolveDir }) => ({
      path: pathToFileURL(path.resolve(resolveDir, specifier)).href,
      external: true,
    }));
  },
});

/**
 * Imports a TypeScript file of this repository into a plain Node of any version.
 * @param {string} file relative to the root
 */
export async function importTypeScript(file) {
  // Inside node_modules, so that bare specifiers resolve as they would from the file itself.
  const outfile = path.join(root, 'node_modules', '.cache', 'gradlens', file.replace(/\.ts$/, '.mjs'));
  await esbuild.build({
    entryPoints: [path.join(root, file)],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    sourcemap: 'inline',
    logLevel: 'warning',
    plugins: [scriptsStay],
  });
  return import(pathToFileURL(outfile).href);
}
