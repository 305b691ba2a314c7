// @ts-check
// Starts and stops the VS Code server of an installed host, and addresses its workbench.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from '../lib/process.mjs';

/** @typedef {import('./install.mjs').VSCodeHost} VSCodeHost */

/**
 * @typedef {object} RunningServer
 * @property {string} address http://127.0.0.1:port
 * @property {string} token what a browser must show to be let in
 * @property {string} authority host and port, as vscode-remote URIs have it
 * @property {string} dataDirectory user data, logs and extensions of this server alone
 * @property {() => string} output what the server has printed
 * @property {() => Promise<void>} stop ends the server and all its children; safe to call twice
 */

/** Quiet and repeatable: no greeting, no look-ups on the network, nothing that moves or saves by itself. */
export const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'files.autoSave': 'off',
};

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The environment of a VS Code server: ours, less what would make it take itself for a child of another VS Code. */
function serverEnvironment() {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  for (const key of Object.keys(env))
    if (/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_ENV$|npm_|VITEST)/.test(key)) delete env[key];
  return env;
}

const guard = fileURLToPath(new URL('guard.mjs', import.meta.url));

const serverMain = (/** @type {VSCodeHost} */ host) => path.join(host.vscodeRoot, 'out', 'server-main.js');

/**
 * Installs a packaged extension for servers that use the same extensions directory.
 * @param {VSCodeHost} host
 * @param {string} vsix
 * @param {string} extensionsDirectory
 */
export async function installExtension(host, vsix, extensionsDirectory) {
  fs.mkdirSync(extensionsDirectory, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-install-'));
  try {
    const output = await mustRun(
      host.nodePath,
      [
        serverMain(host),
        '--accept-server-license-terms',
        ...['--server-data-dir', scratch, '--extensions-dir', extensionsDirectory],
        ...['--install-extension', vsix, '--force'],
      ],
      { env: { ...serverEnvironment(), TMPDIR: scratch }, quiet: true, timeoutMs: 60_000 },
    );
    if (!/successfully installed/i.test(output)) throw new Error(`installing ${vsix} said:\n${output}`);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {VSCodeHost} host
 * @param {object} [options]
 * @param {string} [options.extensionsDirectory] default: an empty one
 * @param {Record<string, unknown>} [options.settings] over `quietSettings`
 * @param {boolean} [options.testDriver] needed to run a suite inside the extension host; suppresses toasts
 * @param {NodeJS.ProcessEnv} [options.env] added to the server's environment
 * @param {number} [options.port] default: any free one
 * @returns {Promise<RunningServer>}
 */
export async function startServer(host, options = {}) {
  const { settings = {}, testDriver = false, env = {}, port = 0 } = options;
  const dataDirectory = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-vscode-'));
  const extensionsDirectory = options.extensionsDirectory ?? path.join(dataDirectory, 'extensions');
  // The IPC sockets go to TMPDIR and are never deleted, so it lies where everything is.
  const temporary = path.join(dataDirectory, 'tmp');
  for (const directory of [extensionsDirectory, temporary]) fs.mkdirSync(directory, { recursive: true });
  for (const scope of ['User', 'Machine']) {
    const directory = path.join(dataDirectory, 'data', scope);
    fs.mkdirSync(directory, { recursive: true });
    fs.writeFileSync(
      path.join(directory, 'settings.json'),
      JSON.stringify({ ...quietSettings, ...settings }),
    );
  }
  // Whoever can talk to the server can run programs as us, so the port alone must not be enough.
  const token = randomBytes(16).toString('hex');
  const child = spawn(
    process.execPath,
    [
      guard,
      host.nodePath,
      serverMain(host),
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...['--connection-token', token, '--accept-server-license-terms'],
      ...['--server-data-dir', dataDirectory, '--extensions-dir', extensionsDirectory],
      ...['--disable-telemetry', '--disable-experiments', '--disable-workspace-trust'],
      ...(testDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    {
      env: { ...serverEnvironment(), TMPDIR: temporary, ...env },
      stdio: 'pipe',
      detached: true, // a process group of its own, so that its children end with it
    },
  );
  let output = '';
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // already gone
    }
  };
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      signal('SIGTERM');
      const timer = setTimeout(() => signal('SIGKILL'), 3000);
      await gone;
      clearTimeout(timer);
    }
    fs.rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 3, retryDelay: 200 });
  };
  try {
    const bound = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`VS Code's server did not start:\n${output}`)), 60_000);
      const read = (/** @type {Buffer} */ chunk) => {
        output += chunk;
        const match =
          /(?:Web UI available at|HTTP server listening on) http:\/\/[^:/]+:(\d+)/.exec(output) ??
          /Server bound to [^:]+:(\d+)/.exec(output);
        if (match === null) return;
        clearTimeout(timer);
        resolve(Number(match[1]));
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`VS Code's server ended (${code}):\n${output}`)));
    });
    const authority = `127.0.0.1:${bound}`;
    return { address: `http://${authority}`, token, authority, dataDirectory, output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The address that opens the workbench.
 * @param {RunningServer} server
 * @param {object} target
 * @param {string} [target.folder] absolute path of a folder on the server
 * @param {string} [target.workspace] absolute path of a .code-workspace file
 * @param {string} [target.file] absolute path of a file to show
 * @param {{ line: number, column: number }} [target.at] 1-based caret in `file`
 * @param {readonly (readonly [string, string])[]} [target.payload] further workbench parameters
 */
export function workbenchUrl(server, { folder, workspace, file, at, payload = [] }) {
  const url = new URL(`${server.address}/`);
  url.searchParams.set('tkn', server.token);
  if (folder !== undefined) url.searchParams.set('folder', folder);
  else if (workspace !== undefined) url.searchParams.set('workspace', workspace);
  else url.searchParams.set('ew', 'true');
  /** @type {(readonly [string, string])[]} */
  const all = [['skipWelcome', 'true'], ...payload];
  if (file !== undefined) {
    const suffix = at === undefined ? '' : `:${at.line}:${at.column}`;
    all.push(['openFile', `vscode-remote://${server.authority}${file}${suffix}`]);
    if (at !== undefined) all.push(['gotoLineMode', 'true']);
  }
  url.searchParams.set('payload', JSON.stringify(all));
  return url.toString();
}
