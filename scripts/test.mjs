// @ts-check
// Every test, cheapest first.   npm test [-- --only check,package,unit,protocol,start,extension-host,ui,oldest]
// The last line is the verdict. GRADLENS_E2E=required makes a missing editor a failure.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildSuite } from './build/suite.mjs';
import { root, run, secondsSince } from './lib/process.mjs';
import { packageExtension } from './package.mjs';
import { downloadCode, hasDisplay } from './vscode-host/desktop.mjs';
import { ensureChromium, installHost, serverHostSupported } from './vscode-host/install.mjs';

const { values: flags } = parseArgs({ options: { only: { type: 'string' } } });
const only = flags.only?.split(',');
const wants = (/** @type {string} */ name) => only === undefined || only.includes(name);
const results = path.join(root, 'artifacts', 'results');
fs.rmSync(results, { recursive: true, force: true });
fs.mkdirSync(results, { recursive: true });

const total = { passed: 0, failed: 0 };

/** Told again at the end, where a long log is read. @type {string[]} */
const remarks = [];

/** Ends a rung in which a test hangs without giving its runner a chance to say so. */
const timeLimitMs = 10 * 60_000;

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * @param {string} name
 * @param {() => Promise<Count>} body
 */
async function rung(name, body) {
  if (!wants(name)) return;
  console.log(`\n== ${name}`);
  const start = performance.now();
  /** @type {Count} */
  let count;
  try {
    count = await body();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    count = { passed: 0, failed: 1 };
  }
  total.passed += count.passed;
  total.failed += count.failed;
  if (count.failed > 0) remarks.push(`FAILED  ${count.failed} in ${name}`);
  console.log(`== ${name}: ${count.passed} passed, ${count.failed} failed in ${secondsSince(start)}`);
}

/** @param {string} script @param {readonly string[]} args @returns {Promise<Count>} one test that passes or fails */
async function asOne(script, args = []) {
  const { code } = await run(process.execPath, [path.join(root, script), ...args]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {string} name of the report
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {'default' | 'verbose'} [reporter]
 * @returns {Promise<Count>}
 */
async function vitest(name, args, env = {}, reporter = 'default') {
  const report = path.join(results, `${name}.json`);
  const remarksFile = path.join(results, `${name}.remarks.txt`);
  const { code } = await run(
    process.execPath,
    [
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...[`--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${report}`],
      // A shared machine that stands still for seconds fails a test once; a defect fails it twice.
      ...[`--reporter=${path.join(root, 'scripts/lib/remarks.mjs')}`, '--retry=1'],
      ...args,
    ],
    { env: { ...process.env, ...env, GRADLENS_REMARKS: remarksFile }, timeoutMs: timeLimitMs },
  );
  if (fs.existsSync(remarksFile)) remarks.push(fs.readFileSync(remarksFile, 'utf8').trimEnd());
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests } = JSON.parse(fs.readFileSync(report, 'utf8'));
  // A file that cannot be loaded fails without a failed test.
  return { passed: numPassedTests, failed: code === 0 ? numFailedTests : Math.max(numFailedTests, 1) };
}

/** A desktop VS Code for the extension-host suite: named, or downloaded. @returns {Promise<string | undefined>} */
async function desktopExecutable() {
  return (
    process.env['VSCODE_EXECUTABLE_PATH'] ?? (hasDisplay() ? await downloadCode(console.log) : undefined)
  );
}

/** Takes the place of one where there is none. */
const standIn = path.join(root, 'scripts/vscode-host/code-shim.mjs');

/** @param {'current' | 'oldest'} release @param {string} executable @returns {Promise<Count>} */
async function extensionHost(release, executable) {
  const suite = await buildSuite();
  const report = path.join(results, `extension-host-${release}.json`);
  console.log(
    executable === standIn ? 'in the VS Code server, with Chromium as its window' : `in ${executable}`,
  );
  const { runTests } = await import('@vscode/test-electron');
  const environment = { GRADLENS_TEST_REPORT: report, GRADLENS_VSCODE: release };
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      launchArgs: [path.join(root, 'examples'), '--disable-extensions'],
      extensionTestsEnv: environment,
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  return fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : { passed: 0, failed: 1 };
}

const uiConfig = ['--config', 'test/e2e/vitest.config.ts'];

/** What the rungs in a real VS Code need; installed while the others run. @returns {Promise<string | undefined>} */
async function prepareEditors() {
  const say = (/** @type {string} */ message) => console.log(`(${message})`);
  if (!serverHostSupported)
    return `the VS Code server is for Linux x64 only, this is ${process.platform} ${process.arch}`;
  try {
    if ((await ensureChromium(say)) === undefined) return 'no Chromium and no way to install it';
    await installHost('current', say);
    await installHost('oldest', say);
    return undefined;
  } catch (error) {
    return `VS Code could not be installed: ${error instanceof Error ? error.message : error}`;
  }
}

const needsEditors =
  only === undefined || only.some((name) => /^(start|extension-host|ui|oldest)/.test(name));
const editors = needsEditors ? prepareEditors() : Promise.resolve(undefined);
const start = performance.now();

await rung('check', () => asOne('scripts/check.mjs'));
await rung('package', async () => {
  await packageExtension();
  return { passed: 1, failed: 0 };
});
await rung('unit', () => vitest('unit', ['--exclude=test/server/**', '--exclude=test/e2e/**']));
await rung('protocol', () => vitest('protocol', ['test/server']));
const notRun = await editors; // why the rungs in a real VS Code cannot run
if (notRun === undefined)
  await rung('start', () => asOne('scripts/start.mjs', ['--no-window', '--exit-when-ready']));
const desktop = wants('extension-host') ? await desktopExecutable() : undefined;
const executable = desktop ?? (notRun === undefined ? standIn : undefined);
if (executable !== undefined) await rung('extension-host', () => extensionHost('current', executable));
if (notRun === undefined) {
  await rung('ui', () => vitest('ui', uiConfig, { GRADLENS_VSCODE: 'current' }, 'verbose'));
  await rung('oldest', async () => {
    const suite = await extensionHost('oldest', standIn);
    const smoke = await vitest('smoke', [...uiConfig, 'smoke'], { GRADLENS_VSCODE: 'oldest' }, 'verbose');
    return { passed: suite.passed + smoke.passed, failed: suite.failed + smoke.failed };
  });
}

console.log(`\nall in ${secondsSince(start)}`);
for (const remark of remarks) if (remark !== '') console.log(remark);
console.log(`${total.passed} passed, ${total.failed} failed`);
if (notRun !== undefined) console.log(`NOT RUN: the tests in a real VS Code's window (${notRun})`);
const missing = notRun !== undefined && process.env['GRADLENS_E2E'] === 'required';
process.exit(total.failed > 0 || missing ? 1 : 0);
