/** Packages to compare with, none of them part of the project: installed into the cache on the first run. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** The folder `name` of the cache, with the packages (name@version) in it. */
export function installed(cache: string, name: string, packages: readonly string[]): string {
  const folder = path.join(cache, name);
  const here = packages.map((spec) => path.join(folder, 'node_modules', spec.replace(/(?<=.)@.*$/, '')));
  if (here.every((one) => fs.existsSync(one))) return folder;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
  console.log(`installing ${packages.join(', ')} …`);
  const npm = process.env['npm_execpath'];
  const [command, ...prefix] = npm === undefined ? ['npm'] : [process.execPath, npm];
  execFileSync(command!, [...prefix, 'install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    cwd: folder,
    stdio: 'inherit',
  });
  return folder;
}
