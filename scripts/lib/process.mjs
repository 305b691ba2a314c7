// @ts-check
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, absolute. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Seconds since `start` (ms of performance.now()), as text. @param {number} start */
export const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/**
 * Runs a program to its end. With `quiet` its output is kept and only shown when it fails. With a time limit it gets a
 * process group of its own, so that the children that keep it from ending go with it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>} `code` is 128 where a signal ended it or it could not start.
 */
export function run(command, args, { cwd = root, env = process.env, quiet = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const grouped = timeoutMs !== undefined && process.platform !== 'win32';
    const child = spawn(command, [...args], {
      cwd,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      detached: grouped,
    });
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    const kill = () => {
      try {
        if (grouped && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // already gone
      }
    };
    const interrupt = () => {
      kill();
      process.exit(130);
    };
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            console.error(`${path.basename(command)} did not end within ${timeoutMs / 1000} s`);
            kill();
          }, timeoutMs);
    if (grouped) for (const signal of interrupts) process.once(signal, interrupt);
    const end = (/** @type {number} */ code) => {
      clearTimeout(timer);
      for (const signal of interrupts) process.off(signal, interrupt);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output += String(error);
      end(128);
    });
    child.on('close', (code) => end(code ?? 128));
  });
}

const interrupts = /** @type {const} */ (['SIGINT', 'SIGTERM']);

/**
 * As `run`, but a failure is an error that carries the program's output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function mustRun(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} failed (${code})\n${output.slice(-4000)}`);
  return output;
}

/**
 * Runs npm: the very one that runs us, else the one on PATH. What `npm run` put into the environment about *this*
 * package is taken out, and NODE_ENV with it, because a nested npm would obey them; the user's own configuration stays.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function npm(args, options = {}) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...(options.env ?? process.env), PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  for (const key of Object.keys(env)) {
    if (/^npm_(package|lifecycle|command|config_local_prefix|config_prefix$)/.test(key) || key === 'NODE_ENV')
      delete env[key];
  }
  const execPath = process.env['npm_execpath'];
  const own = execPath !== undefined && /^np[mx]-cli\.[cm]?js$/.test(path.basename(execPath));
  if (own) {
    const cli = execPath.replace(/npx-cli(\.[cm]?js)$/, 'npm-cli$1');
    return mustRun(process.execPath, [cli, ...args], { ...options, env });
  }
  return process.platform === 'win32'
    ? mustRun('cmd', ['/c', 'npm', ...args], { ...options, env })
    : mustRun('npm', args, { ...options, env });
}
