import fs from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { packageIfChanged, vsixFile } from '../../scripts/package.mjs';

const kilobyte = 1024;
let names: string[];

beforeAll(async () => {
  await packageIfChanged();
  names = namesInZip(fs.readFileSync(vsixFile));
});

/** The file names of a ZIP archive's central directory (APPNOTE 4.3.12, 4.3.16). */
function namesInZip(bytes: Buffer): string[] {
  const end = bytes.lastIndexOf('PK\x05\x06');
  const found: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    found.push(bytes.toString('utf8', at + 46, at + 46 + name!));
    at += 46 + name! + extra! + comment!;
  }
  return found;
}

const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8'));

test('the package is at most 1 MB', () => {
  expect(fs.statSync(vsixFile).size).toBeGreaterThan(100 * kilobyte);
  expect(fs.statSync(vsixFile).size).toBeLessThanOrEqual(1000 * kilobyte);
});

test('it contains everything that the manifest and the bundles name', () => {
  const needed = [
    manifest.main,
    manifest.browser,
    manifest.icon,
    ...Object.values<string>(manifest.bin),
    'dist/server.node.js',
    'dist/analysis.js',
    'dist/worker.node.js',
    'dist/server.browser.js',
    'dist/worker.browser.js',
    'dist/panel.js',
    'dist/panel.css',
  ].map((file: string) => `extension/${file.replace(/^\.\//, '')}`);
  // vsce spells these three in its own way.
  const documents = ['extension/readme.md', 'extension/changelog.md', 'extension/LICENSE.txt'];
  expect(names).toEqual(expect.arrayContaining([...needed, ...documents, 'extension/package.json']));
});

test('it contains nothing else', () => {
  const allowed =
    /^(?:\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(?:package\.json|readme\.md|changelog\.md|LICENSE\.txt|media\/[\w./-]+\.(?:png|svg|md)|docs\/diagnostics\/\w+\.md|dist\/[\w.-]+\.(?:c?js|css)))$/;
  expect(names.filter((name) => !allowed.test(name))).toEqual([]);
});
