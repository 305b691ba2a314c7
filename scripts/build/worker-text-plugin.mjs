// @ts-check
// `import text from './worker.ts?bundled'`: the text of a script with all that it imports. Pages whose policy allows no
// script but their own start workers from it (a blob).
import path from 'node:path';
import * as esbuild from 'esbuild';

const SUFFIX = '?bundled';
const namespace = 'worker-text';

/** @returns {esbuild.Plugin} */
export function workerText() {
  return {
    name: namespace,
    setup(build) {
      const { minify, target } = build.initialOptions;
      build.onResolve({ filter: /\?bundled$/ }, ({ path: name, resolveDir }) => ({
        path: path.join(resolveDir, name.slice(0, -SUFFIX.length)),
        namespace,
      }));
      build.onLoad({ filter: /.*/, namespace }, async ({ path: file }) => {
        const { outputFiles, metafile } = await esbuild.build({
          entryPoints: [file],
          bundle: true,
          write: false,
          metafile: true,
          absWorkingDir: '/',
          format: 'iife',
          ...(minify === undefined ? {} : { minify }),
          ...(target === undefined ? {} : { target }),
        });
        return {
          contents: outputFiles[0]?.text ?? '',
          loader: 'text',
          watchFiles: Object.keys(metafile.inputs).map((name) => path.resolve('/', name)),
        };
      });
    },
  };
}
