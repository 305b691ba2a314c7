/**
 * Which file a specifier means: as Node has it, and where Node would find nothing, as TypeScript and bundlers do.
 * A file of declarations alone is never the answer.
 */
import type { Resolution } from '../../core/evaluate/modules/host.ts';
import { BUILTINS } from './builtins.ts';
import type { Files } from './files.ts';
import { CONDITIONS, mapExports, mapImports, type Package, Packages } from './packages.ts';
import { ancestors, baseName, directoryOf, extensionOf, idOfUri, join } from './paths.ts';
import { mapPaths, Projects } from './projects.ts';

export type How = 'import' | 'require';

const TYPESCRIPT: ReadonlySet<string> = new Set(['.ts', '.tsx', '.mts', '.cts']);
const FROM_TYPESCRIPT = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];
const FROM_JAVASCRIPT = ['.js', '.json', '.mjs', '.cjs', '.jsx', '.ts', '.tsx', '.mts', '.cts'];
/** What a file that is named by its output may be made from. */
const SOURCES: { readonly [extension: string]: readonly string[] } = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};
/** Folders of build output, whose sources lie in `src` (or beside it). */
const OUTPUT = /^(\.\/)?(?:dist|lib|build|out|output)\/(?:(?:cjs|esm|es|umd|module|commonjs)\/)?/;

export class Resolver {
  readonly packages: Packages;
  readonly projects: Projects;
  private readonly files: Files;
  private known = new Map<string, Resolution>();
  /** What was read (package.json, tsconfig.json), as it was. */
  private readonly stamps = new Map<string, string>();

  constructor(files: Files) {
    this.files = files;
    const read: Files = {
      kind: (id) => files.kind(id),
      read: (id) => {
        this.stamps.set(id, files.stamp(id));
        return files.read(id);
      },
      real: (id) => files.real(id),
      stamp: (id) => files.stamp(id),
      forget: () => files.forget(),
    };
    this.packages = new Packages(read);
    this.projects = new Projects(read, (folder, specifier) => this.configuration(folder, specifier));
  }

  /** Files that say where specifiers lead, and are not what they were. */
  stale(): string[] {
    return [...this.stamps].filter(([id, stamp]) => this.files.stamp(id) !== stamp).map(([id]) => id);
  }

  /** To be called when files may have come or gone. */
  forget(): void {
    this.packages.forget();
    this.projects.forget();
    this.known.clear();
    this.stamps.clear();
  }

  resolve(from: string, specifier: string, how: How): Resolution {
    const folder = directoryOf(from);
    const typescript = TYPESCRIPT.has(extensionOf(from));
    const key = `${folder}\0${typescript}\0${how}\0${specifier}`;
    let found = this.known.get(key);
    if (found === undefined) {
      found = this.find(folder, specifier, how, typescript);
      this.known.set(key, found);
    }
    return found;
  }

  private find(folder: string, specifier: string, how: How, typescript: boolean): Resolution {
    const builtin = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
    if (specifier.startsWith('node:')) return { kind: 'builtin', name: builtin };
    const found = this.lookUp(folder, specifier, how, typescript);
    if (found === 'builtin') return { kind: 'builtin', name: builtin };
    if (typeof found === 'string') return { kind: 'file', id: this.files.real(found) };
    return { kind: 'missing', message: `'${specifier}' cannot be found: ${found.why}.` };
  }

  private lookUp(
    folder: string,
    given: string,
    how: How,
    typescript: boolean,
  ): string | 'builtin' | { readonly why: string } {
    // Bundlers' `?raw` and loaders' `raw!./x` stand for something else than the file.
    if (/^[\w-]+!/.test(given)) return { why: 'it names a loader' };
    const specifier = given.replace(/\?[^/]*$/, '');
    if (/^\.{1,2}(?:\/|$)/.test(specifier) || specifier.startsWith('/')) {
      const path = join(folder, specifier);
      const asFolder = specifier.endsWith('/') || /(?:^|\/)\.{1,2}$/.test(specifier);
      const found = (asFolder ? undefined : this.asFile(path, typescript)) ?? this.asFolder(path, typescript);
      return found ?? { why: this.declaredOnly(path) ?? 'there is no such file' };
    }
    if (specifier.startsWith('file://')) {
      return this.asFile(idOfUri(specifier), typescript) ?? { why: 'there is no such file' };
    }
    if (/^[a-z][\w+.-]*:/i.test(specifier)) return { why: 'it is not on this machine' };
    if (specifier.startsWith('#')) {
      const inside = this.ofImports(folder, specifier, how, typescript);
      if (inside !== undefined) return inside;
    }
    if (typescript) {
      const mapped = this.ofProject(folder, specifier, typescript);
      if (mapped !== undefined) return mapped;
    }
    if (BUILTINS.has(specifier)) return 'builtin';
    const found = this.ofPackage(folder, specifier, how, typescript);
    if (typeof found === 'string') return found;
    return (typescript ? undefined : this.ofProject(folder, specifier, typescript)) ?? found;
  }

  // ───────────────────────────── files and folders ─────────────────────────────

  private asFile(path: string, typescript: boolean): string | undefined {
    const isFile = (id: string): boolean => this.files.kind(id) === 'file';
    const extension = extensionOf(path);
    const sources = (SOURCES[extension] ?? []).map(
      (source) => path.slice(0, path.length - extension.length) + source,
    );
    const exact = /^\.d\.[cm]?ts$/.test(extension) ? [] : [path];
    const named = typescript ? [...sources, ...exact] : [...exact, ...sources];
    const endings = typescript ? FROM_TYPESCRIPT : FROM_JAVASCRIPT;
    return [...named, ...endings.map((ending) => path + ending)].find(isFile);
  }

  private asFolder(path: string, typescript: boolean): string | undefined {
    if (this.files.kind(path) !== 'directory') return undefined;
    const own = this.packages.in(path);
    for (const field of ['main', 'module']) {
      const main = own?.json[field];
      if (typeof main !== 'string') continue;
      const found = this.ofTarget(path, main, typescript);
      if (found !== undefined) return found;
    }
    return this.asFile(join(path, 'index'), typescript);
  }

  /** A file that a package.json names; where it has not been built, what it would be built from. */
  private ofTarget(folder: string, target: string, typescript: boolean): string | undefined {
    const path = join(folder, target);
    const found = this.asFile(path, typescript) ?? this.asIndex(path, typescript);
    if (found !== undefined || /(?:^|\/)node_modules\//.test(this.files.real(folder))) return found;
    for (const [out, root] of this.projects.around(folder).outputs) {
      if (!path.startsWith(`${out}/`)) continue;
      const source = this.asFile(root + path.slice(out.length), typescript);
      if (source !== undefined) return source;
    }
    if (!OUTPUT.test(target)) return undefined;
    const inSource = (prefix: string) =>
      this.asFile(join(folder, target.replace(OUTPUT, prefix)), typescript);
    return inSource('./src/') ?? inSource('./');
  }

  private asIndex(path: string, typescript: boolean): string | undefined {
    return this.files.kind(path) === 'directory' ? this.asFile(join(path, 'index'), typescript) : undefined;
  }

  private declaredOnly(path: string): string | undefined {
    const plain = path.replace(/\.[cm]?jsx?$/, '');
    const isThere = ['.d.ts', '.d.mts', '.d.cts'].some(
      (ending) => this.files.kind(plain + ending) === 'file',
    );
    return isThere ? 'there are declarations of types alone' : undefined;
  }

  // ───────────────────────────── packages ─────────────────────────────

  private ofPackage(
    folder: string,
    specifier: string,
    how: How,
    typescript: boolean,
  ): string | { readonly why: string } {
    const match = /^(@[^/]+\/[^/]+|[^/]+)(\/.*)?$/.exec(specifier);
    const name = match?.[1];
    if (match === null || name === undefined) return { why: 'this is no name of a package' };
    const rest = match[2] ?? '';
    const self = this.packages.around(folder);
    if (self?.json['name'] === name && self.json['exports'] !== undefined) {
      const found = this.inPackage(self, rest, how, typescript);
      if (found !== undefined) return found;
    }
    for (const at of ancestors(folder)) {
      if (baseName(at) === 'node_modules') continue;
      const home = join(at, `node_modules/${name}`);
      if (this.files.kind(home) !== 'directory') continue;
      const own = this.packages.in(home);
      const found =
        own === undefined
          ? (this.asFile(home + rest, typescript) ?? this.asFolder(home + rest, typescript))
          : this.inPackage(own, rest, how, typescript);
      if (found !== undefined) return found;
      return { why: rest === '' ? 'the package has no entry file' : `the package exports no '.${rest}'` };
    }
    return { why: 'no package of that name is installed here' };
  }

  private inPackage(own: Package, rest: string, how: How, typescript: boolean): string | undefined {
    const { folder, json } = own;
    const { exports } = json;
    if (exports === undefined || exports === null) {
      return rest === ''
        ? this.asFolder(folder, typescript)
        : (this.asFile(folder + rest, typescript) ?? this.asFolder(folder + rest, typescript));
    }
    const other = how === 'import' ? 'require' : 'import';
    for (const conditions of [CONDITIONS[how], CONDITIONS[other]]) {
      const target = mapExports(exports, `.${rest}`, conditions);
      if (target === null) return undefined;
      if (target === undefined || !target.startsWith('./')) continue;
      const found = this.ofTarget(folder, target, typescript);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private ofImports(
    folder: string,
    specifier: string,
    how: How,
    typescript: boolean,
  ): string | 'builtin' | { readonly why: string } | undefined {
    const own = this.packages.around(folder);
    const imports = own?.json['imports'];
    if (own === undefined || imports === undefined) return undefined;
    const target = mapImports(imports, specifier, CONDITIONS[how]);
    if (typeof target !== 'string') return undefined;
    if (target.startsWith('./'))
      return this.ofTarget(own.folder, target, typescript) ?? { why: `'${target}' is not there` };
    return this.lookUp(own.folder, target, how, typescript);
  }

  // ───────────────────────────── projects ─────────────────────────────

  private ofProject(folder: string, specifier: string, typescript: boolean): string | undefined {
    if (folder.includes('/node_modules/')) return undefined;
    const project = this.projects.around(folder);
    const candidates = mapPaths(project, specifier);
    if (project.baseUrl !== undefined) candidates.push(join(project.baseUrl, specifier));
    for (const path of candidates) {
      const found = this.asFile(path, typescript) ?? this.asFolder(path, typescript);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A tsconfig of a package. */
  private configuration(folder: string, specifier: string): string | undefined {
    const isFile = (id: string): boolean => this.files.kind(id) === 'file';
    for (const at of ancestors(folder)) {
      const path = join(at, `node_modules/${specifier}`);
      const found = [path, `${path}.json`, join(path, 'tsconfig.json')].find(isFile);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
