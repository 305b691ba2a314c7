/** package.json: what Node reads in it (https://nodejs.org/api/esm.html#resolution-algorithm-specification). */
import type { Files } from './files.ts';
import { isRecord, type Json, parseJson } from './json.ts';
import { ancestors, baseName, join } from './paths.ts';

export interface Package {
  readonly folder: string;
  readonly json: Json;
}

export class Packages {
  private readonly files: Files;
  private readonly known = new Map<string, Package | undefined>();
  private readonly nearest = new Map<string, Package | undefined>();

  constructor(files: Files) {
    this.files = files;
  }

  forget(): void {
    this.known.clear();
    this.nearest.clear();
  }

  /** The package.json in a folder. */
  in(folder: string): Package | undefined {
    if (this.known.has(folder)) return this.known.get(folder);
    const file = join(folder, 'package.json');
    const text = this.files.kind(file) === 'file' ? this.files.read(file) : undefined;
    const json = text === undefined ? undefined : parseJson(text);
    const found = isRecord(json) ? { folder, json } : undefined;
    this.known.set(folder, found);
    return found;
  }

  /** The package that a folder is in. */
  around(folder: string): Package | undefined {
    if (this.nearest.has(folder)) return this.nearest.get(folder);
    let found: Package | undefined;
    for (const at of ancestors(folder)) {
      if (baseName(at) === 'node_modules') break;
      found = this.in(at);
      if (found !== undefined) break;
    }
    this.nearest.set(folder, found);
    return found;
  }
}

/** What a target leads to: a path that starts with `./`, another specifier (in `imports` alone), or nothing. */
export type Mapped = string | null | undefined;

export const CONDITIONS = {
  import: new Set(['node', 'import', 'default']),
  require: new Set(['node', 'require', 'default']),
} as const;

/** `subpath` is `.` or starts with `./`. */
export function mapExports(exports: unknown, subpath: string, conditions: ReadonlySet<string>): Mapped {
  const isSugar = !isRecord(exports) || !Object.keys(exports).some((key) => key.startsWith('.'));
  const table: Json = isSugar ? { '.': exports } : exports;
  return mapPattern(table, subpath, conditions);
}

/** `specifier` starts with `#`. */
export function mapImports(imports: unknown, specifier: string, conditions: ReadonlySet<string>): Mapped {
  return isRecord(imports) ? mapPattern(imports, specifier, conditions) : undefined;
}

function mapPattern(table: Json, key: string, conditions: ReadonlySet<string>): Mapped {
  if (Object.hasOwn(table, key) && !key.includes('*')) return mapTarget(table[key], '', conditions);
  let best: string | undefined;
  for (const pattern of Object.keys(table)) {
    const match = matchPattern(pattern, key);
    if (match === undefined) continue;
    if (best === undefined || isMoreSpecific(pattern, best)) best = pattern;
  }
  if (best === undefined) return undefined;
  return mapTarget(table[best], matchPattern(best, key)!, conditions);
}

/** What a `*` (or the end of a `/`) stands for. */
function matchPattern(pattern: string, key: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0)
    return pattern.endsWith('/') && key.startsWith(pattern) ? key.slice(pattern.length) : undefined;
  const head = pattern.slice(0, star);
  const tail = pattern.slice(star + 1);
  if (!key.startsWith(head) || !key.endsWith(tail) || key.length < head.length + tail.length)
    return undefined;
  return key.slice(head.length, key.length - tail.length);
}

function isMoreSpecific(a: string, b: string): boolean {
  const base = (pattern: string): number =>
    pattern.includes('*') ? pattern.indexOf('*') + 1 : pattern.length;
  return base(a) !== base(b) ? base(a) > base(b) : a.length > b.length;
}

function mapTarget(target: unknown, match: string, conditions: ReadonlySet<string>): Mapped {
  if (typeof target === 'string')
    return target.includes('*')
      ? target.replaceAll('*', match)
      : target + (target.endsWith('/') ? match : '');
  if (target === null) return null;
  if (Array.isArray(target)) {
    let last: Mapped;
    for (const one of target) {
      last = mapTarget(one, match, conditions);
      if (typeof last === 'string') return last;
    }
    return last;
  }
  if (!isRecord(target)) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (!conditions.has(condition)) continue;
    const found = mapTarget(inner, match, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a package says that a file of it does nothing but define what it exports. */
export function isQuiet({ folder, json }: Package, id: string): boolean {
  const said = json['sideEffects'];
  if (said === false) return true;
  if (!Array.isArray(said) || !id.startsWith(`${folder}/`)) return false;
  const path = id.slice(folder.length + 1);
  return !said.some((glob) => typeof glob !== 'string' || globExpression(glob).test(path));
}

function globExpression(glob: string): RegExp {
  const clean = glob.replace(/^\.?\//, '');
  const pattern = clean.includes('/') ? clean : `**/${clean}`;
  const source = pattern
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, parts: string) => `(?:${parts.replaceAll(',', '|')})`)
    .replace(/\*\*\/?|\*|\?/g, (token) =>
      token === '**/' ? '(?:.*/)?' : token === '**' ? '.*' : token === '*' ? '[^/]*' : '[^/]',
    );
  return new RegExp(`^${source}$`);
}
