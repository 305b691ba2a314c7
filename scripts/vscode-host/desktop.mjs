// @ts-check
// A desktop VS Code: the one on PATH, or one that @vscode/test-electron can download.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, run } from '../lib/process.mjs';
import { cacheDirectory } from './install.mjs';

/** A download that stands still for so long has failed. */
const stallMs = 15_000;

/** The oldest VS Code that the manifest admits: [1, 100]. */
function oldestVersion() {
  const { engines } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const [, major, minor] = /(\d+)\.(\d+)/.exec(engines.vscode) ?? [];
  return [Number(major), Number(minor)];
}

/** A window can be shown on this machine. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
}

/** Arguments that some environments need. */
export const sandboxArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/**
 * The command `code`, if it is a desktop VS Code new enough for us. (In the terminal of a remote window it is another
 * program of the same name, which opens files in that window.)
 * @param {(message: string) => void} say
 * @returns {Promise<string | undefined>}
 */
export async function findCode(say) {
  if (process.env['VSCODE_IPC_HOOK_CLI'] !== undefined) return undefined;
  const names = process.platform === 'win32' ? ['code.cmd', 'code.exe'] : ['code'];
  const directories = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = directories
    .flatMap((directory) => names.map((name) => path.join(directory, name)))
    .find((file) => fs.existsSync(file));
  if (found === undefined) return undefined;
  // As root it refuses even to tell its version without a user-data directory of its own.
  const own = ['--user-data-dir', path.join(os.tmpdir(), 'gradlens-code-version')];
  const { code, output } = await runCode(found, ['--version', ...own, ...sandboxArguments], {
    timeoutMs: 20_000,
  });
  const [, major, minor] = /^(\d+)\.(\d+)\.\d+/m.exec(output) ?? [];
  const [oldestMajor = 0, oldestMinor = 0] = oldestVersion();
  const newEnough =
    Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor);
  if (code === 0 && newEnough) return found;
  say(`${found} is not used: ${code === 0 ? `version ${major}.${minor} is too old` : 'it does not answer'}`);
  return undefined;
}

/**
 * Runs VS Code's command line.
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {{ timeoutMs?: number }} [options]
 */
export function runCode(executable, args, { timeoutMs } = {}) {
  const limits = timeoutMs === undefined ? {} : { timeoutMs };
  return executable.endsWith('.cmd')
    ? run('cmd', ['/c', executable, ...args], { quiet: true, ...limits })
    : run(executable, args, { quiet: true, ...limits });
}

/**
 * Downloads VS Code from its vendor.
 * @param {(message: string) => void} say
 * @returns {Promise<string | undefined>} its executable; undefined where it cannot be had
 */
export async function downloadCode(say) {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  say('downloading VS Code ...');
  try {
    return await downloadAndUnzipVSCode({
      version: 'stable',
      timeout: stallMs,
      cachePath: path.join(cacheDirectory, 'vscode-desktop'),
      reporter: { report() {}, error() {} },
    });
  } catch (error) {
    say(`no download of VS Code (${error instanceof Error ? error.message : error})`);
    return undefined;
  }
}
