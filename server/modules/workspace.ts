/** The files that are imported: found, parsed and kept by content. Open documents go before what is on the disk. */
import type { ModuleHost, ModuleSource, Resolution } from '../../core/evaluate/modules/host.ts';
import type { Location } from '../../core/source/span.ts';
import type { ModuleStatement } from '../../core/source/syntax.ts';
import type { FileOptions, LoweredFile } from '../languages/typescript/file.ts';
import { fileTypes, type ImportedTypes, type Language } from '../languages/typescript/index.ts';
import type { SourceDocument } from '../workspace/document.ts';
import { LineIndex, type Position } from '../workspace/lineIndex.ts';
import { Declarations } from './declarations.ts';
import type { Files, Kind } from './files.ts';
import { parseJson } from './json.ts';
import { isQuiet } from './packages.ts';
import { baseName, directoryOf, extensionOf, idOfUri, plainPath, uriOfId } from './paths.ts';
import { type How, Resolver } from './resolve.ts';
import { TypeFiles } from './typeFiles.ts';

/** UTF-16 units of the texts of all files that are kept, and of one file. */
const KEPT_TEXT = 60_000_000;
const LARGEST_FILE = 20_000_000;

/** How a file without imports and exports says that it is CommonJS. */
const COMMONJS = /\bmodule\.exports\b|\bexports\.[\w$]|\brequire\s*\(/;

const LANGUAGES: { readonly [extension: string]: Language } = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
};

/** What is known of a file of the disk. */
interface Entry {
  readonly stamp: string;
  readonly source: ModuleSource | undefined;
  readonly length: number;
  readonly starts: readonly number[];
}

interface OpenEntry {
  readonly document: SourceDocument;
  readonly version: number;
  readonly source: ModuleSource;
}

export interface Place {
  readonly uri: string;
  readonly start: Position;
  readonly end: Position;
}

export class Workspace implements ModuleHost {
  steps = 20_000_000;
  generation = 0;
  private readonly files: Files;
  private readonly lower: (text: string, options: FileOptions) => LoweredFile | undefined;
  private readonly open = new Map<string, SourceDocument>();
  private readonly resolver: Resolver;
  private readonly declarations: Declarations;
  private readonly types: TypeFiles;
  /** Most recently used last. */
  private readonly entries = new Map<string, Entry>();
  private readonly openEntries = new Map<string, OpenEntry>();
  private kept = 0;
  /** Something was looked for in vain since `lookAgain`. */
  private lacks = false;

  constructor(files: Files, lower: (text: string, options: FileOptions) => LoweredFile | undefined) {
    this.lower = lower;
    const { open } = this;
    this.files = {
      kind: (id): Kind => (open.has(id) ? 'file' : files.kind(id)),
      read: (id) => open.get(id)?.text ?? files.read(id),
      real: (id) => (open.has(id) ? id : files.real(id)),
      stamp: (id) => files.stamp(id),
      forget: () => files.forget(),
    };
    this.resolver = new Resolver(this.files);
    this.declarations = new Declarations(this.files, this.resolver);
    this.types = new TypeFiles({
      files: this.files,
      declarations: this.declarations,
      open,
      read: fileTypes,
      missed: (from) => this.missed(from),
      languages: LANGUAGES,
    });
  }

  /** The types that a file has from others. */
  typesFor(id: string): ImportedTypes {
    return this.types.importsOf(id);
  }

  // ───────────────────────────── changes ─────────────────────────────

  /** Whether the type checker takes elements of arrays in a file to be missing, perhaps. */
  checksElements(uri: string): boolean {
    return this.resolver.projects.around(directoryOf(idOfUri(uri))).unchecked === true;
  }

  /** Whether relative specifiers need an extension, as Node's resolution wants it. */
  wantsExtensions(uri: string): boolean {
    return this.resolver.projects.around(directoryOf(idOfUri(uri))).extensions === true;
  }

  /** A document is open from now on, or another one under its name. */
  opened(document: SourceDocument): void {
    const id = idOfUri(document.uri);
    const isNew = !this.open.has(id);
    this.open.set(id, document);
    // What was said of the disk's text is said of the document's.
    if (isNew) this.changed([id]);
    else this.edited(document.uri);
  }

  closed(uri: string): void {
    const id = idOfUri(uri);
    if (!this.open.delete(id)) return;
    this.openEntries.delete(id);
    this.changed([id]);
  }

  /** An open document has changed; true where others may depend on it. */
  edited(uri: string): boolean {
    const id = idOfUri(uri);
    const gives = this.types.doubt(id);
    if (!this.openEntries.has(id)) {
      if (!/\.json$/.test(id)) return gives;
      this.changed([id]);
      return true;
    }
    this.generation++;
    return true;
  }

  /** Files have changed, come or gone; undefined: any of them may have. True where something may depend on them. */
  changed(ids: readonly string[] | undefined): boolean {
    const leads = this.lacks || ids === undefined || ids.some((id) => /\.json$/.test(id));
    const gives = leads || ids.some((id) => this.types.has(id));
    const matters = gives || ids.some((id) => this.entries.has(id));
    this.generation++;
    this.files.forget();
    this.resolver.forget();
    this.declarations.forget();
    // A file that has come or gone may change where a specifier leads.
    if (gives) this.types.renew();
    for (const id of ids ?? [...this.entries.keys()]) {
      const entry = this.entries.get(id);
      if (entry !== undefined && (this.open.has(id) || this.files.stamp(id) !== entry.stamp)) this.drop(id);
    }
    return matters;
  }

  /** Looks whether files have changed, of those that `chosen` says. */
  recheck(chosen: (id: string) => boolean): void {
    const stale = [...this.entries]
      .filter(([id, entry]) => chosen(id) && this.files.stamp(id) !== entry.stamp)
      .map(([id]) => id);
    stale.push(...this.resolver.stale(), ...this.types.stale(chosen));
    if (stale.length > 0) this.changed(stale);
  }

  /** Looks again for what could not be found. */
  lookAgain(): void {
    if (this.lacks) this.changed([]);
    this.lacks = false;
  }

  private drop(id: string): void {
    this.kept -= this.entries.get(id)?.length ?? 0;
    this.entries.delete(id);
  }

  // ───────────────────────────── modules ─────────────────────────────

  resolve(from: string, specifier: string, how: How): Resolution {
    const found = this.resolver.resolve(from, specifier, how);
    if (found.kind === 'missing') this.missed(from);
    return found;
  }

  private missed(from: string): void {
    if (!from.includes('/node_modules/')) this.lacks = true;
  }

  load(id: string): ModuleSource | undefined {
    const document = this.open.get(id);
    return document === undefined ? this.entry(id).source : this.ofDocument(id, document);
  }

  describe(id: string): Omit<ModuleSource, 'statements'> {
    const document = this.open.get(id);
    if (document !== undefined) return this.factsOf(id, document);
    return this.load(id) ?? this.facts(id, uriOfId(id), {});
  }

  read(text: string): readonly ModuleStatement[] | undefined {
    return this.lower(text, { language: 'js', esm: false })?.statements;
  }

  private ofDocument(id: string, document: SourceDocument): ModuleSource {
    const known = this.openEntries.get(id);
    if (known?.document === document && known.version === document.version) return known.source;
    const statements = document.wholeModule().statements;
    const before = known?.source.statements;
    const isSame = before?.length === statements.length && before.every((s, i) => s === statements[i]);
    const source = isSame ? known!.source : { ...this.factsOf(id, document), statements };
    this.openEntries.set(id, { document, version: document.version, source });
    return source;
  }

  private entry(id: string): Entry {
    const known = this.entries.get(id);
    if (known !== undefined) {
      this.entries.delete(id);
      this.entries.set(id, known);
      return known;
    }
    const stamp = this.files.stamp(id);
    const text = this.files.read(id);
    const made = { stamp, length: text?.length ?? 0, ...this.parse(id, text) };
    this.entries.set(id, made);
    this.kept += made.length;
    for (const [oldest, { length }] of this.entries) {
      if (this.kept <= KEPT_TEXT || oldest === id) break;
      this.kept -= length;
      this.entries.delete(oldest);
    }
    return made;
  }

  private parse(id: string, text: string | undefined): Pick<Entry, 'source' | 'starts'> {
    const nothing = { source: undefined, starts: [] };
    if (text === undefined || text.length > LARGEST_FILE) return nothing;
    const extension = extensionOf(id);
    const uri = uriOfId(id);
    if (extension === '.json') {
      const statements: ModuleStatement[] = [];
      return {
        source: { ...this.facts(id, uri, {}), format: 'json', statements, data: parseJson(text) },
        starts: [],
      };
    }
    // A file without an extension is JavaScript to Node.
    const language = LANGUAGES[extension] ?? (baseName(id).includes('.') ? undefined : 'js');
    if (language === undefined) return nothing;
    const native = this.facts(id, uri, { text: () => text }).format === 'esm';
    const lowered = this.lower(text, { language, esm: native });
    if (lowered === undefined) return nothing;
    const { statements, starts, isModule } = lowered;
    return { source: { ...this.facts(id, uri, { text: () => text, isModule }), statements }, starts };
  }

  private factsOf(id: string, document: SourceDocument): Omit<ModuleSource, 'statements'> {
    return this.facts(id, document.uri, { isModule: document.isModule, text: () => document.text });
  }

  private facts(
    id: string,
    file: string,
    { isModule = false, text }: { readonly isModule?: boolean; readonly text?: () => string },
  ): Omit<ModuleSource, 'statements'> {
    const extension = extensionOf(id);
    const own = this.resolver.packages.around(directoryOf(id));
    const plain = extension !== '.cjs' && extension !== '.cts';
    // Node would refuse it: the package says that its files are ES modules, and this one is written as none.
    const said = plain && own?.json['type'] === 'module' && (isModule || !COMMONJS.test(text?.() ?? ''));
    const native = extension === '.mjs' || extension === '.mts' || said;
    return {
      id,
      file,
      format: isModule || native ? 'esm' : 'commonjs',
      elides: /^\.[cm]?tsx?$/.test(extension),
      native,
      quiet: own !== undefined && isQuiet(own, id),
      path: plainPath(id),
    };
  }

  // ───────────────────────────── places ─────────────────────────────

  /** Where a location of any file is; undefined where the file has changed since. */
  locate(location: Location): Place | undefined {
    const id = idOfUri(location.file);
    const document = this.open.get(id);
    if (document !== undefined) {
      const offsets = document.locate({ ...location, file: document.uri });
      if (offsets === undefined) return undefined;
      const start = document.positionAt(offsets.start);
      return { uri: document.uri, start, end: document.positionAt(offsets.end) };
    }
    const entry = this.entries.get(id);
    const from = entry?.starts[location.statement];
    const text = entry === undefined ? undefined : this.files.read(id);
    if (from === undefined || text === undefined || text.length !== entry!.length) return undefined;
    const lines = new LineIndex(text);
    const start = lines.positionAt(from + location.span.start);
    return { uri: location.file, start, end: lines.positionAt(from + location.span.end) };
  }
}
