/** The packages under test: installed by exact version into an ignored folder, with our wrappers beside them. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { npm, root } from '../../scripts/lib/process.mjs';
import type { PackageSpec } from './row.ts';

export interface CorpusFolder {
  readonly folder: string;
  /** The bundled process that computes references. */
  readonly child: string;
  /** Of how references are made. */
  readonly stamp: string;
}

const HERE = path.join(root, 'test/corpus');
/** Without a network this has an end soon. */
const RETRIES = [
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=500',
  '--fetch-retry-maxtimeout=500',
  '--fetch-timeout=20000',
];

/** Throws where the registry cannot be reached and the packages are not there. */
export async function prepare(name: string, specs: readonly PackageSpec[]): Promise<CorpusFolder> {
  const folder = path.join(root, '.cache/corpus', name);
  fs.mkdirSync(folder, { recursive: true });
  await install(folder, specs);
  copyWrappers(folder);
  const child = path.join(folder, '.bundles/child.mjs');
  await esbuild.build({
    entryPoints: [path.join(HERE, 'child.ts')],
    outfile: child,
    bundle: true,
    external: ['esbuild'],
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  const method = fs.readFileSync(child, 'utf8').replace(/^\/\/.*$/gm, '');
  return { folder, child, stamp: digest(method) };
}

async function install(folder: string, specs: readonly PackageSpec[]): Promise<void> {
  const wanted: Record<string, string> = {};
  for (const spec of specs) {
    for (const id of [`${spec.name}@${spec.version}`, ...spec.with]) {
      const at = id.lastIndexOf('@');
      wanted[id.slice(0, at)] = id.slice(at + 1);
    }
  }
  const manifest = JSON.stringify({ private: true, dependencies: wanted }, null, 2);
  const installed = path.join(folder, 'installed.json');
  if (fs.existsSync(installed) && fs.readFileSync(installed, 'utf8') === manifest) return;
  fs.writeFileSync(path.join(folder, 'package.json'), manifest);
  await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', ...RETRIES], {
    cwd: folder,
    quiet: true,
    timeoutMs: 5 * 60_000,
  });
  fs.writeFileSync(installed, manifest);
}

/** `*.ts.txt` are TypeScript that this project's own type checker cannot resolve. */
function copyWrappers(folder: string): void {
  const from = path.join(HERE, 'wrappers');
  const to = path.join(folder, 'wrappers');
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from).sort()) {
    const text = fs.readFileSync(path.join(from, name), 'utf8');
    fs.writeFileSync(path.join(to, name.replace(/\.txt$/, '')), text);
  }
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
