#!/usr/bin/env node
// @ts-check
// Takes the place of VS Code's executable for @vscode/test-electron's runTests() where there is no desktop VS Code: the
// suite runs in the extension host of the VS Code server, with Chromium as its window. What the suite prints and its
// exit code come out here. GRADLENS_VSCODE names the release: current (default) or oldest.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { ensureChromium, installHost } from './install.mjs';
import { chromiumArguments, startServer, workbenchUrl } from './server.mjs';

const { values, positionals } = parseArgs({
  strict: false, // a real executable takes many more options; they are of no use here
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true, default: [] },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});

/** Chatter of the workbench itself. */
const chatter =
  /^(Creating a socket|Resolv(ing|ed) connection token|\[reconnection-grace|Ignoring fetching additional|\[Service Worker\]|\[AccountPolicyGate\]|\[AgentHost|Updating additional builtin|ChatSessionStore)|native-watchdog/;

const toPath = (/** @type {unknown} */ value) => {
  const text = String(value);
  return text.startsWith('file://') ? fileURLToPath(text) : path.resolve(text);
};

const timeLimitMs = 5 * 60_000;
const host = await installHost(
  process.env['GRADLENS_VSCODE'] === 'oldest' ? 'oldest' : 'current',
  console.log,
);
const executablePath = await ensureChromium(console.log);
if (executablePath === undefined) throw new Error('no Chromium on this machine');
// Without the test driver VS Code ignores the paths of the suite and hangs without a word.
const server = await startServer(host, { testDriver: true, env: testEnvironment() });
const browser = await chromium.launch({ executablePath, args: chromiumArguments });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });

/** What the suite may read of our environment. */
function testEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => key.startsWith('GRADLENS_')));
}

let ending = false;
/** @param {number} code */
async function end(code) {
  if (ending) return;
  ending = true;
  await browser.close().catch(() => {});
  await server.stop();
  process.exit(code);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => end(130));
page.on('crash', () => {
  console.error('the window crashed');
  end(1);
});
setTimeout(() => {
  console.error(`the suite did not end within ${timeLimitMs / 1000} s`);
  end(1);
}, timeLimitMs).unref();
await page.exposeFunction(
  'codeAutomationLog',
  (/** @type {string} */ type, /** @type {unknown[]} */ parts) => {
    if (chatter.test(String(parts[0]))) return;
    if (type === 'error') console.error(...parts);
    else console.log(...parts);
  },
);
await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => end(code));

const remote = (/** @type {unknown} */ value) => `vscode-remote://${server.authority}${toPath(value)}`;
const developed = /** @type {unknown[]} */ (values.extensionDevelopmentPath);
/** @type {[string, string][]} */
const payload = developed.map((directory) => ['extensionDevelopmentPath', remote(directory)]);
if (values.extensionTestsPath !== undefined)
  payload.push(['extensionTestsPath', remote(values.extensionTestsPath)]);
const target = positionals[0] === undefined ? undefined : toPath(positionals[0]);
const folder = target !== undefined && fs.statSync(target).isDirectory() ? target : undefined;
await page.goto(workbenchUrl(server, { ...(folder === undefined ? {} : { folder }), payload }));
