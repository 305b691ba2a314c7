// @ts-check
// Builds dist/gradlens.vsix.
import fs from 'node:fs';
import path from 'node:path';
import { buildAll } from './build.mjs';
import { root, secondsSince } from './lib/process.mjs';

export const vsixFile = path.join(root, 'dist', 'gradlens.vsix');

/** Builds everything, minified, and packs the extension. */
export async function packageExtension() {
  await buildAll({ minify: true });
  const { createVSIX } = await import('@vscode/vsce');
  const { log } = console;
  console.log = () => {}; // it lists every file
  try {
    await createVSIX({
      cwd: root,
      packagePath: vsixFile,
      dependencies: false, // everything is bundled
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
  } finally {
    console.log = log;
  }
}

/** As `packageExtension`, unless nothing that goes into it has changed since. */
export async function packageIfChanged() {
  if (!fs.existsSync(vsixFile) || newestSource() > fs.statSync(vsixFile).mtimeMs) await packageExtension();
}

/** When the youngest of the sources was written, ms. */
function newestSource() {
  const files = [
    'package.json',
    'package-lock.json',
    '.vscodeignore',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
  ];
  for (const directory of ['client', 'server', 'core', 'media', 'scripts'])
    for (const entry of fs.readdirSync(path.join(root, directory), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) files.push(path.join(entry.parentPath, entry.name));
  return Math.max(
    ...files
      .map((file) => path.resolve(root, file))
      .map((file) => (fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0)),
  );
}

if (process.argv[1] === import.meta.filename) {
  const start = performance.now();
  await packageExtension();
  const kilobytes = (fs.statSync(vsixFile).size / 1024).toFixed(0);
  console.log(`${path.relative(root, vsixFile)}: ${kilobytes} KB in ${secondsSince(start)}`);
}
