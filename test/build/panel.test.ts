import * as esbuild from 'esbuild';
import { expect, test } from 'vitest';
import { workerText } from '../../scripts/build/worker-text-plugin.mjs';

const kilobyte = 1024;

test('the page of the panel is below 350 KB, and its style sheet asks for nothing from elsewhere', async () => {
  const { outputFiles } = await esbuild.build({
    entryPoints: ['client/panel/page.ts'],
    outdir: 'dist',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'chrome132',
    plugins: [workerText()],
  });
  const script = outputFiles.find(({ path }) => path.endsWith('.js'))!;
  const style = outputFiles.find(({ path }) => path.endsWith('.css'))!;
  expect(script.contents.length).toBeGreaterThan(100 * kilobyte);
  expect(script.contents.length + style.contents.length).toBeLessThan(350 * kilobyte);
  expect(style.text).not.toMatch(/@import|url\(/);
});
