/**
 * Which file declares the types that a specifier means, as TypeScript's bundler resolution has it: declarations beside
 * sources and output, `paths`, the `types` of packages, and `@types`
 * (https://www.typescriptlang.org/docs/handbook/modules/reference.html).
 */
import type { Files } from './files.ts';
import { CONDITIONS, mapExports, mapImports, type Package } from './packages.ts';
import { ancestors, baseName, directoryOf, extensionOf, idOfUri, join } from './paths.ts';
import { mapPaths } from './projects.ts';
import type { Resolver } from './resolve.ts';

/** What declares the types of a file that is named by its output. */
const DECLARING: { readonly [extension: string]: readonly string[] } = {
  '.js': ['.ts', '.tsx', '.d.ts'],
  '.jsx': ['.tsx', '.d.ts'],
  '.mjs': ['.mts', '.d.mts'],
  '.cjs': ['.cts', '.d.cts'],
};
const ENDINGS = ['.ts', '.tsx', '.d.ts', '.mts', '.d.mts', '.cts', '.d.cts'];
const SOURCE = /\.[cm]?[jt]sx?$/;
const TYPES = new Set(['types', ...CONDITIONS.import]);
const TYPES_REQUIRED = new Set(['types', ...CONDITIONS.require]);

export class Declarations {
  private readonly files: Files;
  private readonly resolver: Resolver;
  private readonly known = new Map<string, string | undefined>();

  constructor(files: Files, resolver: Resolver) {
    this.files = files;
    this.resolver = resolver;
  }

  /** To be called when files may have come or gone. */
  forget(): void {
    this.known.clear();
  }

  /** undefined where there are none. */
  resolve(from: string, specifier: string): string | undefined {
    const folder = directoryOf(from);
    const key = `${folder}\0${/^\.[cm]?tsx?$/.test(extensionOf(from))}\0${specifier}`;
    if (this.known.has(key)) return this.known.get(key);
    const declared = this.find(folder, specifier);
    const found = declared === undefined ? this.source(from, specifier) : this.files.real(declared);
    this.known.set(key, found);
    return found;
  }

  /** What the specifier means when the program runs: its own comments may say what its types are. */
  private source(from: string, specifier: string): string | undefined {
    const found = this.resolver.resolve(from, specifier, 'import');
    return found.kind === 'file' && SOURCE.test(found.id) ? found.id : undefined;
  }

  private find(folder: string, specifier: string): string | undefined {
    if (/^\.{1,2}(?:\/|$)/.test(specifier) || specifier.startsWith('/')) {
      const path = join(folder, specifier);
      return (
        (/(?:\/|^\.{1,2}|\/\.{1,2})$/.test(specifier) ? undefined : this.file(path)) ?? this.folder(path)
      );
    }
    if (specifier.startsWith('file://')) return this.file(idOfUri(specifier));
    if (/^[a-z][\w+.-]*:/i.test(specifier)) return undefined;
    if (specifier.startsWith('#')) {
      const own = this.resolver.packages.around(folder);
      const target = own && mapImports(own.json['imports'], specifier, TYPES);
      if (own !== undefined && typeof target === 'string')
        return target.startsWith('./') ? this.at(join(own.folder, target)) : this.find(own.folder, target);
    }
    return this.ofProject(folder, specifier) ?? this.ofPackage(folder, specifier);
  }

  private at(path: string): string | undefined {
    return this.file(path) ?? this.folder(path);
  }

  private file(path: string): string | undefined {
    const extension = extensionOf(path);
    const bare = path.slice(0, path.length - extension.length);
    const named = (DECLARING[extension] ?? []).map((ending) => bare + ending);
    const exact = /^(?:\.d)?\.[cm]?tsx?$/.test(extension) ? [path] : [];
    return [...named, ...exact, ...ENDINGS.map((ending) => path + ending)].find(
      (id) => this.files.kind(id) === 'file',
    );
  }

  private folder(path: string): string | undefined {
    if (this.files.kind(path) !== 'directory') return undefined;
    const own = this.resolver.packages.in(path);
    for (const field of ['types', 'typings', 'main']) {
      const named = own?.json[field];
      if (typeof named !== 'string') continue;
      const target = join(path, named);
      const found = this.file(target) ?? this.file(join(target, 'index'));
      if (found !== undefined) return found;
    }
    return this.file(join(path, 'index'));
  }

  private ofProject(folder: string, specifier: string): string | undefined {
    if (folder.includes('/node_modules/')) return undefined;
    const project = this.resolver.projects.around(folder);
    const candidates = mapPaths(project, specifier);
    if (project.baseUrl !== undefined) candidates.push(join(project.baseUrl, specifier));
    for (const path of candidates) {
      const found = this.at(path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private ofPackage(folder: string, specifier: string): string | undefined {
    const match = /^(@[^/]+\/[^/]+|[^/]+)(\/.*)?$/.exec(specifier);
    const name = match?.[1];
    if (name === undefined) return undefined;
    const rest = match![2] ?? '';
    const self = this.resolver.packages.around(folder);
    if (self?.json['name'] === name && self.json['exports'] !== undefined) {
      const found = this.inPackage(self, rest);
      if (found !== undefined) return found;
    }
    for (const above of ancestors(folder)) {
      if (baseName(above) === 'node_modules') continue;
      // `@scope/x` has its types in `@types/scope__x`.
      for (const called of [name, `@types/${name.replace(/^@/, '').replace('/', '__')}`]) {
        const home = join(above, `node_modules/${called}`);
        if (this.files.kind(home) !== 'directory') continue;
        const own = this.resolver.packages.in(home);
        const found = own === undefined ? this.at(home + rest) : this.inPackage(own, rest);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  private inPackage({ folder, json }: Package, rest: string): string | undefined {
    for (const conditions of [TYPES, TYPES_REQUIRED]) {
      const target = mapExports(json['exports'], `.${rest}`, conditions);
      const found = typeof target === 'string' ? this.at(join(folder, target)) : undefined;
      if (found !== undefined) return found;
    }
    return rest === '' ? this.folder(folder) : this.at(folder + rest);
  }
}
