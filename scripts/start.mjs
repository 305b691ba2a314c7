// @ts-check
// Opens examples/ in a real VS Code with the extension installed: a desktop VS Code if there is one or one can be
// downloaded, else the VS Code server from npm. The user's own settings and extensions are left alone.
//   --no-window         the server only, even if a window could be shown
//   --exit-when-ready   stop as soon as it stands (for tests)
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './lib/process.mjs';
import { packageIfChanged, vsixFile } from './package.mjs';
import { downloadCode, findCode, hasDisplay, runCode, sandboxArguments } from './vscode-host/desktop.mjs';
import { findChromium, installHost, serverHostSupported } from './vscode-host/install.mjs';
import {
  chromiumArguments,
  installExtension,
  quietSettings,
  startServer,
  workbenchUrl,
} from './vscode-host/server.mjs';

const { values: flags } = parseArgs({
  options: { 'no-window': { type: 'boolean' }, 'exit-when-ready': { type: 'boolean' } },
});
const say = (/** @type {string} */ message) => console.log(`gradlens: ${message}`);

const folder = path.join(root, 'examples');
const file = path.join(folder, '01-tutorial.ts');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-start-'));

/** What is still running, newest last. @type {(() => Promise<void> | void)[]} */
const running = [() => fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })];
let stopping = false;
/** @param {number} code @returns {Promise<never>} */
async function stop(code) {
  if (!stopping) {
    stopping = true;
    for (const end of running.reverse()) await end();
    process.exit(code);
  }
  return new Promise(() => {});
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    if (!stopping) say('stopping ...');
    void stop(0);
  });

/**
 * Starts a program with a window and ends it when we end.
 * @param {string} command
 * @param {readonly string[]} args
 */
function openWindow(command, args) {
  const child = spawn(command, [...args], { stdio: 'ignore', shell: command.endsWith('.cmd') });
  const closed = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  running.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.kill();
    await closed;
  });
  return closed;
}

/** @param {string} code VS Code's command line @returns {Promise<boolean>} false where it could not take the extension */
async function startDesktop(code) {
  const userData = path.join(scratch, 'user-data');
  fs.mkdirSync(path.join(userData, 'User'), { recursive: true });
  fs.writeFileSync(path.join(userData, 'User', 'settings.json'), JSON.stringify(quietSettings, null, 2));
  const own = [
    '--user-data-dir',
    userData,
    '--extensions-dir',
    path.join(scratch, 'extensions'),
    ...sandboxArguments,
  ];
  say('installing the extension ...');
  const installed = await runCode(code, [...own, '--install-extension', vsixFile, '--force'], {
    timeoutMs: 60_000,
  });
  if (installed.code !== 0) {
    say(`${code} cannot install the extension:\n${installed.output}`);
    return false;
  }
  say(`opening ${path.relative(root, folder)}/ in ${code}; close its window or press Ctrl+C to end`);
  if (flags['exit-when-ready']) return true;
  // --verbose keeps the window a child of ours, so that it ends with us.
  await openWindow(code, [
    ...own,
    '--verbose',
    '--new-window',
    '--skip-welcome',
    folder,
    '--goto',
    `${file}:1`,
  ]);
  return true;
}

async function startInBrowser() {
  if (!serverHostSupported) {
    say(
      "no desktop VS Code was found. On this machine one is needed: install it from https://code.visualstudio.com, put 'code' on PATH, and run npm start again.",
    );
    return stop(1);
  }
  const host = await installHost('current', say);
  const extensionsDirectory = path.join(scratch, 'extensions');
  say('installing the extension ...');
  await installExtension(host, vsixFile, extensionsDirectory);
  const server = await startServer(host, { extensionsDirectory });
  running.push(server.stop);
  const url = workbenchUrl(server, { folder, file });
  const answer = await fetch(url, { redirect: 'manual' });
  if (answer.status >= 400) throw new Error(`VS Code answers ${answer.status} at its own address`);
  say(
    `VS Code ${host.vscode} is running. Open this address in a browser:\n\n  ${url}\n\nPress Ctrl+C to end.`,
  );
  if (flags['exit-when-ready']) return;
  const chromium = flags['no-window'] || !hasDisplay() ? undefined : await findChromium();
  if (chromium !== undefined) {
    const profile = path.join(scratch, 'chromium');
    void openWindow(chromium, [...chromiumArguments, `--user-data-dir=${profile}`, `--app=${url}`]);
    say('opened it in a Chromium window');
  }
  await new Promise(() => {});
}

async function main() {
  say('building the extension ...');
  await packageIfChanged();
  if (!flags['no-window'] && hasDisplay()) {
    const code = (await findCode(say)) ?? (await downloadCommandLine());
    if (code !== undefined && (await startDesktop(code))) return;
  }
  await startInBrowser();
}

async function downloadCommandLine() {
  const executable = await downloadCode(say);
  if (executable === undefined) return undefined;
  const { resolveCliPathFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  return resolveCliPathFromVSCodeExecutablePath(executable);
}

try {
  await main();
  await stop(0);
} catch (error) {
  say(`cannot start: ${error instanceof Error ? error.message : error}`);
  await stop(1);
}
