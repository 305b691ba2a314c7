/** What the page loads before it shows anything. */
import path from 'node:path';
import * as esbuild from 'esbuild';
import { expect, test } from 'vitest';
import { workerText } from '../../scripts/build/worker-text-plugin.mjs';

const root = path.resolve(import.meta.dirname, '../..');

test('the page stays below 350 KB, and has nothing of the evaluator or of a parser in it', async () => {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['client/panel/page.ts'],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: 'dist',
    platform: 'browser',
    target: 'chrome132',
    plugins: [workerText()],
  });
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  expect(bytes).toBeLessThan(350 * 1000);
  expect(bytes).toBeGreaterThan(10_000);
  const inputs = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );
  const heavy =
    /^(?:core\/(?:evaluate|stage|program|derive|generate)|server\/(?!protocol)|node_modules\/typescript)\//;
  expect(inputs.filter((file) => heavy.test(file))).toEqual([]);
  expect(inputs).toContain('core/trace/sweep.ts');
});
