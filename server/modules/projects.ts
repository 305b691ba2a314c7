/** tsconfig.json and jsconfig.json: what they say about where a specifier leads, and about elements that may be missing. */
import type { Files } from './files.ts';
import { isRecord, type Json, parseJson } from './json.ts';
import { ancestors, baseName, directoryOf, join } from './paths.ts';

export interface PathMapping {
  readonly pattern: string;
  /** In full, with at most one `*`. */
  readonly targets: readonly string[];
}

export interface Project {
  readonly mappings: readonly PathMapping[];
  /** Folder that bare specifiers are looked up in. */
  readonly baseUrl: string | undefined;
  /** What an output folder is made from: [outDir, rootDir]. */
  readonly outputs: readonly (readonly [string, string])[];
  /** `noUncheckedIndexedAccess`, where it is said. */
  readonly unchecked?: boolean | undefined;
  /** Specifiers are Node's, with extensions; where that is said. */
  readonly extensions?: boolean | undefined;
}

const NOTHING: Project = { mappings: [], baseUrl: undefined, outputs: [] };
const DEEPEST = 16;

export class Projects {
  private readonly files: Files;
  private readonly packageFile: (from: string, specifier: string) => string | undefined;
  private readonly nearest = new Map<string, Project>();

  /** `packageFile` finds a file of a package, for `extends`. */
  constructor(files: Files, packageFile: (from: string, specifier: string) => string | undefined) {
    this.files = files;
    this.packageFile = packageFile;
  }

  forget(): void {
    this.nearest.clear();
  }

  /** The project of the files in a folder, those that it refers to included. */
  around(folder: string): Project {
    const known = this.nearest.get(folder);
    if (known !== undefined) return known;
    let found = NOTHING;
    for (const at of ancestors(folder)) {
      if (baseName(at) === 'node_modules') break;
      const file = ['tsconfig.json', 'jsconfig.json']
        .map((name) => join(at, name))
        .find((id) => this.files.kind(id) === 'file');
      if (file === undefined) continue;
      found = this.withReferences(file, new Set());
      break;
    }
    this.nearest.set(folder, found);
    return found;
  }

  private withReferences(file: string, seen: Set<string>): Project {
    if (seen.has(file) || seen.size > DEEPEST) return NOTHING;
    seen.add(file);
    const own = this.read(file, new Set());
    const json = this.json(file);
    const references = Array.isArray(json?.['references']) ? json['references'] : [];
    const others = references.flatMap((reference: unknown) => {
      const path = isRecord(reference) ? reference['path'] : undefined;
      if (typeof path !== 'string') return [];
      const target = join(directoryOf(file), path);
      const config = this.files.kind(target) === 'directory' ? join(target, 'tsconfig.json') : target;
      return this.files.kind(config) === 'file' ? [this.withReferences(config, seen)] : [];
    });
    return {
      mappings: [...own.mappings, ...others.flatMap((o) => o.mappings)],
      baseUrl: own.baseUrl ?? others.find((o) => o.baseUrl !== undefined)?.baseUrl,
      outputs: [...own.outputs, ...others.flatMap((o) => o.outputs)],
      unchecked: [own, ...others].some((o) => o.unchecked === true),
      extensions: [own, ...others].some((o) => o.extensions === true),
    };
  }

  private json(file: string): Json | undefined {
    const text = this.files.read(file);
    const json = text === undefined ? undefined : parseJson(text);
    return isRecord(json) ? json : undefined;
  }

  /** One file with all that it extends; what it says itself goes before. */
  private read(file: string, seen: Set<string>): Project {
    if (seen.has(file) || seen.size > DEEPEST) return NOTHING;
    seen.add(file);
    const json = this.json(file);
    if (json === undefined) return NOTHING;
    const folder = directoryOf(file);
    const given = json['extends'];
    let inherited = NOTHING;
    for (const base of Array.isArray(given) ? given : [given]) {
      const found = typeof base === 'string' ? this.extended(folder, base) : undefined;
      if (found !== undefined) inherited = over(inherited, this.read(found, new Set(seen)));
    }
    const options = isRecord(json['compilerOptions']) ? json['compilerOptions'] : {};
    const text = (name: string): string | undefined => {
      const value = options[name];
      return typeof value === 'string' ? join(folder, value.replace(/^\$\{configDir\}\/?/, './')) : undefined;
    };
    const baseUrl = text('baseUrl');
    const { paths } = options;
    const from = baseUrl ?? inherited.baseUrl ?? folder;
    const mappings = isRecord(paths)
      ? Object.entries(paths).map(([pattern, targets]) => ({
          pattern,
          targets: (Array.isArray(targets) ? targets : []).flatMap((target: unknown) =>
            typeof target === 'string' ? [join(from, target.replace(/^\$\{configDir\}\/?/, './'))] : [],
          ),
        }))
      : [];
    const outDir = text('outDir');
    const outputs: [string, string][] = outDir === undefined ? [] : [[outDir, text('rootDir') ?? folder]];
    const unchecked = options['noUncheckedIndexedAccess'];
    const resolution = options['moduleResolution'] ?? options['module'];
    return over(inherited, {
      mappings,
      baseUrl,
      outputs,
      unchecked: typeof unchecked === 'boolean' ? unchecked : undefined,
      extensions: typeof resolution === 'string' ? /^node(?:16|18|20|next)$/i.test(resolution) : undefined,
    });
  }

  private extended(folder: string, specifier: string): string | undefined {
    const isFile = (id: string): boolean => this.files.kind(id) === 'file';
    if (/^\.{0,2}\//.test(specifier) || specifier === '..' || specifier === '.') {
      const plain = join(folder, specifier);
      return [plain, `${plain}.json`, join(plain, 'tsconfig.json')].find(isFile);
    }
    return this.packageFile(folder, specifier);
  }
}

function over(base: Project, own: Project): Project {
  return {
    mappings: own.mappings.length > 0 ? own.mappings : base.mappings,
    baseUrl: own.baseUrl ?? base.baseUrl,
    outputs: own.outputs.length > 0 ? own.outputs : base.outputs,
    unchecked: own.unchecked ?? base.unchecked,
    extensions: own.extensions ?? base.extensions,
  };
}

/** Where `paths` says that a specifier leads, in the order to be tried. */
export function mapPaths({ mappings }: Project, specifier: string): string[] {
  const exact = mappings.find(({ pattern }) => pattern === specifier);
  if (exact !== undefined) return [...exact.targets];
  let best: { targets: readonly string[]; match: string; length: number } | undefined;
  for (const { pattern, targets } of mappings) {
    const star = pattern.indexOf('*');
    if (star < 0) continue;
    const tail = pattern.slice(star + 1);
    if (specifier.length < star + tail.length) continue;
    if (!specifier.startsWith(pattern.slice(0, star)) || !specifier.endsWith(tail)) continue;
    if (best !== undefined && best.length >= star) continue;
    best = { targets, match: specifier.slice(star, specifier.length - tail.length), length: star };
  }
  return best === undefined ? [] : best.targets.map((target) => target.replace('*', best.match));
}
