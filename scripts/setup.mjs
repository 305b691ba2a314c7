// @ts-check
// Makes a fresh clone ready. Node's own modules only: nothing is installed yet when this runs.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { npm, root, secondsSince } from './lib/process.mjs';

/** The oldest that every development tool of package-lock.json supports. */
const oldestNode = /** @type {const} */ ([20, 19]);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
  console.error(
    `Gradlens needs Node ${oldestNode.join('.')} or newer; this is ${process.version} (${process.execPath}).`,
  );
  process.exit(1);
}

// The stamp names what was installed and for which machine; it lies inside node_modules and goes with it.
const stampFile = path.join(root, 'node_modules', '.gradlens-setup');
const stamp = createHash('sha256')
  .update(fs.readFileSync(path.join(root, 'package-lock.json')))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex');

/** @returns {string | undefined} */
function installedStamp() {
  try {
    return fs.readFileSync(stampFile, 'utf8');
  } catch {
    return undefined;
  }
}

if (installedStamp() !== stamp) {
  const start = performance.now();
  console.log('setup: installing the packages of package-lock.json (npm ci) ...');
  try {
    await npm(['ci', '--include=dev', '--no-audit', '--no-fund'], { quiet: true });
  } catch (error) {
    console.error(`setup: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
  fs.writeFileSync(stampFile, stamp);
  console.log(`setup: packages installed in ${secondsSince(start)}`);
}
