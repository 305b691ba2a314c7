/** Small projects on the disk: what Node makes of them, and what the product says. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import type { Answer } from '../../server/cli/answers.ts';
import { evaluateFile, Sources } from '../../server/cli/evaluate.ts';
import { lowerFile } from '../../server/languages/typescript/file.ts';
import { Disk, idOfPath } from '../../server/modules/disk.node.ts';
import { Workspace } from '../../server/modules/workspace.ts';

export interface Project {
  readonly files: { readonly [path: string]: string };
  /** [link, what it leads to]: within the project, or anywhere. */
  readonly links?: readonly (readonly [string, string])[];
  readonly entry: string;
  /** What is called: an export, or a dotted path below one. */
  readonly call?: string;
  readonly args?: readonly number[];
  /** Node cannot run it as it stands (TypeScript, what only bundlers know): it runs as esbuild bundles it. */
  readonly bundled?: boolean;
}

export interface Written {
  readonly folder: string;
  remove(): void;
}

export function write(project: Pick<Project, 'files' | 'links'>): Written {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-modules-')));
  // What lies above the folder for temporary files must not say what kind of modules these are.
  const files = { 'package.json': '{}', ...project.files };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  for (const [link, target] of project.links ?? []) {
    const file = path.join(folder, link);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.symlinkSync(path.resolve(folder, target), file);
  }
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

/** Sources over the disk, as the command line has them. */
export function sources(): Sources {
  const disk = new Disk();
  return new Sources(new Workspace(disk, lowerFile), disk);
}

export function ask(
  of: Sources,
  file: string,
  name: string,
  args: readonly number[],
  folder = path.dirname(file),
): Answer {
  return evaluateFile(of, {
    file,
    folder: idOfPath(folder),
    function: name,
    arguments: { kind: 'encoded', args },
    hessian: false,
    steps: 3e7,
  });
}

export interface Native {
  readonly value?: number;
  /** ∂/∂ each argument, by a central difference of eighth order. */
  readonly slopes?: readonly number[];
  readonly error?: string;
}

const RUNNER = `
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
const WEIGHTS = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
const find = (module, name) => {
  const [head, ...keys] = name.split('.');
  let owner;
  let value = head in module ? module[head] : module.default?.[head];
  for (const key of keys) {
    owner = value;
    value = value[key] ?? value.prototype[key];
  }
  return (...args) => value.apply(owner, args);
};
const results = [];
for (const { file, name, args } of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  try {
    const f = find(await import(pathToFileURL(file).href), name);
    const value = f(...args);
    const slopes = args.map((x, i) => {
      const h = 0.01;
      const at = (t) => f(...args.map((y, j) => (i === j ? x + t : y)));
      return WEIGHTS.reduce((sum, w, k) => sum + (w * (at((k + 1) * h) - at(-(k + 1) * h))) / h, 0);
    });
    results.push({ value, slopes });
  } catch (error) {
    results.push({ error: String(error) });
  }
}
fs.writeSync(1, JSON.stringify(results));
`;

/** What Node makes of them, all in one process. */
export function native(
  projects: readonly { readonly project: Project; readonly folder: string }[],
): Native[] {
  const runner = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-runner-')), 'runner.mjs');
  fs.writeFileSync(runner, RUNNER);
  try {
    const requests = projects.map(({ project, folder }) => {
      const { entry, call = 'f', args = [1.5], bundled = false } = project;
      let file = path.join(folder, entry);
      if (bundled) {
        const outfile = path.join(folder, 'bundled.cjs');
        esbuild.buildSync({
          entryPoints: [file],
          bundle: true,
          platform: 'node',
          format: 'cjs',
          outfile,
          logLevel: 'silent',
          absWorkingDir: folder,
        });
        file = outfile;
      }
      return { file, name: call, args };
    });
    const out = execFileSync(process.execPath, ['--no-warnings', runner], {
      input: JSON.stringify(requests),
      encoding: 'utf8',
    });
    return JSON.parse(out) as Native[];
  } finally {
    fs.rmSync(path.dirname(runner), { recursive: true, force: true });
  }
}
