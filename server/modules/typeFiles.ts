/**
 * The types that files give to each other: read when a type is asked for that a file has from another, and kept as long
 * as the file says the same. Open documents go before what is on the disk.
 */
import {
  type DeclaredType,
  referenceTo,
  type TypeLookup,
  type TypeTerm,
  typeLookup,
} from '../languages/typescript/declared.ts';
import type { ImportedTypes } from '../languages/typescript/importedShape.ts';
import type { Language } from '../languages/typescript/parser.ts';
import { type FileTypes, WHOLE_EXPORT } from '../languages/typescript/typeExports.ts';
import type { Declarations } from './declarations.ts';
import type { Files } from './files.ts';
import { extensionOf } from './paths.ts';

/** What is told of an open document. */
export interface TypesOfDocument {
  fileTypes(): FileTypes;
  /** What it adds to other modules, found without looking at all of it. */
  augments(): FileTypes['augments'];
}

export interface TypeSources {
  readonly files: Files;
  readonly declarations: Declarations;
  readonly open: ReadonlyMap<string, TypesOfDocument>;
  readonly read: (text: string, language: Language) => FileTypes;
  /** A file was looked for in vain. */
  readonly missed: (from: string) => void;
  readonly languages: { readonly [extension: string]: Language };
}

/** UTF-16 units: larger files are not read for their types. */
const LARGEST_FILE = 4_000_000;
/** Files that one name is looked for in, through `export *`. */
const MOST_FILES = 1000;
const MOST_KEPT = 5000;

interface Known {
  /** Of the disk; absent for an open document. */
  readonly stamp: string | undefined;
  /** What it says, as one text, to tell whether that has changed. */
  readonly digest: string;
  readonly types: FileTypes;
  readonly scope: TypeLookup;
}

export class TypeFiles {
  private readonly sources: TypeSources;
  private readonly known = new Map<string, Known>();
  /** Files of the disk that do not have the names they were looked at for, with their stamps. */
  private readonly passed = new Map<string, string | undefined>();
  private readonly exported = new Map<string, DeclaredType | undefined>();
  /** What may not be as it was when it was read. */
  private readonly doubtful = new Set<string>();
  private count = 0;

  constructor(sources: TypeSources) {
    this.sources = sources;
  }

  /** What a file has from others. */
  importsOf(id: string): ImportedTypes {
    const stamp = (): number => this.stamp;
    return {
      get stamp() {
        return stamp();
      },
      lookup: (name, specifier) => this.lookup(id, name, specifier),
    };
  }

  /** Another one where what is known of types may not hold any more. */
  get stamp(): number {
    for (const id of this.doubtful) {
      this.doubtful.delete(id);
      if (!this.has(id) || this.isSame(id)) continue;
      this.renew();
      break;
    }
    return this.count;
  }

  private isSame(id: string): boolean {
    const { open, files } = this.sources;
    const stamp = open.has(id) ? undefined : files.stamp(id);
    const before = this.known.get(id);
    if (before === undefined) return this.passed.get(id) === stamp;
    if (stamp !== undefined && stamp === before.stamp) return true;
    const now = this.make(id);
    if (now?.digest !== before.digest) return false;
    this.known.set(id, { ...before, stamp });
    return true;
  }

  /** Whether a file has been looked at for its types. */
  has(id: string): boolean {
    return this.known.has(id) || this.passed.has(id);
  }

  /** A file may say something else; true where that may matter. */
  doubt(id: string): boolean {
    if (!this.has(id)) return false;
    this.doubtful.add(id);
    return true;
  }

  /** Anything may be otherwise: specifiers lead elsewhere, files have come or gone. */
  renew(): void {
    this.count++;
    this.exported.clear();
    this.doubtful.clear();
    this.known.clear();
    this.passed.clear();
  }

  /** Files of the disk that are not what they were. */
  stale(chosen: (id: string) => boolean): string[] {
    const { open, files } = this.sources;
    const stamps: (readonly [string, string | undefined])[] = [...this.passed];
    for (const [id, { stamp }] of this.known) stamps.push([id, stamp]);
    return stamps
      .filter(([id, stamp]) => chosen(id) && !open.has(id) && files.stamp(id) !== stamp)
      .map(([id]) => id);
  }

  // ───────────────────────────── names ─────────────────────────────

  private lookup(from: string, name: string, specifier: string): DeclaredType | undefined {
    const target = this.sources.declarations.resolve(from, specifier);
    if (target === undefined) {
      this.sources.missed(from);
      return undefined;
    }
    const found = this.exportOf(target, name);
    return found && this.augmented(found, from, target, name);
  }

  private exportOf(id: string, name: string): DeclaredType | undefined {
    const key = `${id}\0${name}`;
    if (this.exported.has(key)) return this.exported.get(key);
    const found = this.find(id, name, new Set());
    this.exported.set(key, found);
    return found;
  }

  /** `name` may go on below an export (`N.T`), or be a value's (`typeof x`). */
  private find(id: string, name: string, visited: Set<string>): DeclaredType | undefined {
    if (visited.has(id) || visited.size >= MOST_FILES) return undefined;
    visited.add(id);
    const file = this.file(id, rootOf(name));
    if (file === undefined) return undefined;
    const own = ownExport(file, id, name);
    if (own !== undefined || rootOf(name) === 'default' || name === WHOLE_EXPORT) return own;
    for (const one of file.types.exports) {
      if (one.name !== '*' || !('specifier' in one)) continue;
      const target = this.sources.declarations.resolve(id, one.specifier);
      if (target === undefined) this.sources.missed(id);
      const found = target && this.find(target, name, visited);
      if (found) return found;
    }
    return undefined;
  }

  /** With what the asking file adds to that module. */
  private augmented(found: DeclaredType, from: string, target: string, name: string): DeclaredType {
    const asking = this.sources.open.get(from)?.augments() ?? this.known.get(from)?.types.augments;
    const more = (asking ?? []).flatMap(({ specifier, types }) =>
      this.sources.declarations.resolve(from, specifier) === target
        ? types.filter((type) => type.name === name)
        : [],
    );
    if (more.length === 0 || found.type.kind === 'imported') return found;
    const scope = this.file(from)?.scope;
    const parts = [found, ...more.map((type) => ({ ...type, ...(scope ? { scope } : {}) }))];
    // What names mean differs: each part is a type of its own, which has the parameters of the whole.
    const given = found.parameters.map((parameter) => referenceTo(parameter.name));
    const members = parts.map(
      (_, i): TypeTerm => ({ ...referenceTo(`%${i}`), arguments: given }) as TypeTerm,
    );
    return {
      name,
      parameters: found.parameters,
      type: { kind: 'intersection', members },
      scope: (of) => parts[Number(/^%(\d+)$/.exec(of)?.[1] ?? -1)],
    };
  }

  // ───────────────────────────── files ─────────────────────────────

  /** undefined where nothing in it can be of the wanted name. */
  private file(id: string, wanted?: string): Known | undefined {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const made = this.make(id, wanted);
    if (made === undefined) return undefined;
    if (this.known.size >= MOST_KEPT) this.renew();
    this.passed.delete(id);
    this.known.set(id, made);
    return made;
  }

  private make(id: string, wanted?: string): Known | undefined {
    const { files, open, languages, read } = this.sources;
    const document = open.get(id);
    if (document !== undefined) return this.knownOf(id, document.fileTypes(), undefined);
    const language = languages[extensionOf(id).replace(/^\.d(?=\.)/, '')];
    if (language === undefined) return undefined;
    const stamp = files.stamp(id);
    const text = files.read(id);
    if (
      text === undefined ||
      text.length > LARGEST_FILE ||
      (wanted !== undefined && !mayExport(text, wanted))
    ) {
      this.passed.set(id, stamp);
      return undefined;
    }
    return this.knownOf(id, read(text, language), stamp);
  }

  private knownOf(id: string, types: FileTypes, stamp: string | undefined): Known {
    const byName = new Map<string, DeclaredType[]>();
    for (const type of types.types) {
      const known = byName.get(type.name);
      if (known === undefined) byName.set(type.name, [type]);
      else known.push(type);
    }
    const merged = new Map<string, DeclaredType | undefined>();
    const module = /^\.d\./.test(extensionOf(id)) ? {} : { module: id };
    const scope: TypeLookup = (name, specifier) => {
      if (specifier !== undefined) return this.lookup(id, name, specifier);
      if (merged.has(name)) return merged.get(name);
      const own = byName.get(name);
      const type = own && typeLookup(own)(name);
      merged.set(name, type && { ...type, scope, ...module });
      return merged.get(name);
    };
    return { stamp, digest: JSON.stringify(types), types, scope };
  }
}

/** What a file exports itself. */
function ownExport({ types, scope }: Known, id: string, name: string): DeclaredType | undefined {
  const of = /^typeof /.exec(name)?.[0] ?? '';
  const [root, ...below] = name.slice(of.length).split('.');
  const found = types.exports.find((one) => one.name === root && root !== '*');
  const ambient = !types.explicit && /^\.d\./.test(extensionOf(id)) && types.declares.includes(root!);
  if (found !== undefined && 'specifier' in found) {
    const { specifier, of: other } = found;
    if (below.length > 0) return undefined;
    const target = other === '*' ? other : of + other;
    return { name, parameters: [], type: { kind: 'imported', specifier, name: target }, scope };
  }
  const local = found?.local ?? (ambient ? root : undefined);
  if (local !== undefined) return scope(of + [local, ...below].join('.'));
  const whole = types.exports.find((one) => one.name === WHOLE_EXPORT);
  if (whole === undefined || !('local' in whole)) return undefined;
  return scope(of + [whole.local, ...(root === 'default' ? [] : [root]), ...below].join('.'));
}

const rootOf = (name: string): string => /^(?:typeof )?([^.]*)/.exec(name)![1]!;

/** Whether a text can have an export of that name, or leads on to files that do. */
function mayExport(text: string, name: string): boolean {
  if (/\bexport\s*(?:type\s*)?[*=]|\bexports\b|@(?:typedef|callback)\b/.test(text)) return true;
  if (name === 'default') return /\bdefault\b/.test(text);
  if (!text.includes(name)) return false;
  const escaped = name.replaceAll('$', '\\$');
  return new RegExp(
    `\\b(?:interface|type|class|enum|namespace|module|function|const|let|var|as|import)\\s+${escaped}(?![\\w$])` +
      `|\\bexport\\s*(?:type\\s*)?\\{[^}]*(?<![\\w$])${escaped}(?![\\w$])|,\\s*${escaped}\\s*[:=]`,
  ).test(text);
}
