/** The statements of a document and what is known of them, under edits: found on demand, kept by content. */
import type { NamedType } from '../../core/analysis/userTypes.ts';
import type { Annotation } from '../../core/annotations/annotation.ts';
import { mayBeAnnotated, parseAnnotation } from '../../core/annotations/index.ts';
import type { ModuleStatement } from '../../core/source/syntax.ts';
import type { FrontEnd } from '../languages/frontEnd.ts';
import type {
  DeclaredType,
  FileTypes,
  ImportedTypes,
  Language,
  LoweredStatement,
  TypeLookup,
} from '../languages/typescript/index.ts';
import type { CutChange, Piece } from './cut.ts';
import { MENTIONED, MentionIndex } from './mentions.ts';
import { declaring, type SliceSource } from './slice.ts';
import { indexOf, type Site, StatementEntry, type StatementIndex } from './statement.ts';

/** Trees are kept of the statements used last, up to this many UTF-16 units of their text. */
const KEPT_TREES = 400_000;
/** Removed statements whose keys come back with their text (undo). */
const KEPT_KEYS = 256;
const LONGEST_KEPT_KEY = 20_000;
/** Of the statements removed last also what is known of them is kept. */
const KEPT_ENTRIES = 8;

/** Blanks and comments, then an import or export: the file is a module. */
const MODULE_MARK = /(?:\s|\/\/[^\n]*\n|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*(?:import\b(?!\s*[.(])|export\b)/y;
const USE_STRICT = /(?:\s|\/\/[^\n]*\n|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*(?:'use strict'|"use strict")/y;
const TYPE_DECLARATION =
  /\b(?:interface|type|class|enum|namespace|module|function|const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;
const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
/** Imports, and types that comments of JavaScript declare, where any name of the text may be one. */
const ANY_NAMED = /(?:^|[\n;])\s*import\b|@(?:typedef|callback|import)\b/;
/** What stands at the head of the name of a type: `x` of `typeof x`, `N` of `N.P`. */
const ROOT = /^(?:typeof )?([^. ]+)/;
const rootOf = (name: string): string => ROOT.exec(name)?.[1] ?? name;

export class Statements implements SliceSource {
  private readonly frontEnd: () => FrontEnd;
  private readonly language: Language;
  private readonly entries = new Map<number, StatementEntry>();
  private readonly pieces = new Map<number, Piece>();
  private readonly annotatedKeys = new Set<number>();
  private readonly moduleMarks = new Set<number>();
  private readonly pastKeys = new Map<string, number>();
  private readonly pastEntries = new Map<number, StatementEntry>();
  /** Entries with trees, those used last at the end. */
  private readonly trees = new Set<StatementEntry>();
  private treeLength = 0;
  private index_: MentionIndex<StatementEntry> | undefined;
  private strict = false;
  /** Types by name; undefined where the file has none of that name. */
  private readonly types = new Map<string, DeclaredType | undefined>();
  /** The names at the heads of those that were looked for: no others matter where they change. */
  private readonly asked = new Set<string>();
  /** What the file has from others; absent: that is not known. */
  imports: ImportedTypes | undefined;

  constructor(pieces: Iterable<Piece>, language: Language, frontEnd: () => FrontEnd) {
    this.frontEnd = frontEnd;
    this.language = language;
    let first: Piece | undefined;
    for (const piece of pieces) {
      first ??= piece;
      this.add(piece);
    }
    this.strict = this.strictIn(first);
  }

  /** What an edit did; `first` is the document's first piece now. */
  change({ removed, added }: CutChange, first: Piece | undefined): void {
    const wasModule = this.isModule;
    const kept = new Set(added.map((piece) => piece.key));
    const changedTypes = new Set<string>();
    for (const piece of removed) if (!kept.has(piece.key)) this.remove(piece, changedTypes);
    for (const piece of added) {
      if (this.pieces.has(piece.key)) this.pieces.set(piece.key, piece);
      else {
        this.revive(piece);
        this.add(piece, changedTypes);
      }
    }
    const strict = this.strictIn(first);
    if (strict !== this.strict || wasModule !== this.isModule) {
      this.strict = strict;
      this.types.clear();
      this.pastEntries.clear();
      for (const entry of this.entries.values()) this.forget(entry);
    } else if (changedTypes.size > 0) {
      this.types.clear();
      this.pastEntries.clear();
      for (const entry of this.entries.values())
        if (entry.index?.typeReferences.some((name) => changedTypes.has(rootOf(name)))) this.forget(entry);
    }
  }

  /** What decides how every statement is read. */
  get mode(): string {
    return `${this.isModule ? 'm' : ''}${this.strict ? 's' : ''}`;
  }

  get isModule(): boolean {
    return this.moduleMarks.size > 0;
  }

  pieceOf(key: number): Piece | undefined {
    return this.pieces.get(key);
  }

  entry(key: number): StatementEntry | undefined {
    const known = this.entries.get(key);
    if (known) return known;
    const piece = this.pieces.get(key);
    if (!piece) return undefined;
    const entry = new StatementEntry(key, piece.statement);
    this.entries.set(key, entry);
    return entry;
  }

  /** The keys of statements whose text may hold an annotation, in no order. */
  get annotated(): ReadonlySet<number> {
    return this.annotatedKeys;
  }

  lowered(entry: StatementEntry): LoweredStatement {
    if (entry.lowered === undefined) {
      entry.lowered = this.frontEnd().lowerStatement(entry.text, {
        key: entry.key,
        language: this.language,
        module: this.isModule ? 'esm' : 'script',
        strict: this.strict,
        resolveType: this.resolveType,
        imports: this.imports && new ImportsOf(entry, this.imports),
      });
      entry.index ??= indexOf(entry.lowered);
      this.treeLength += entry.text.length;
    }
    this.trees.delete(entry);
    this.trees.add(entry);
    for (const oldest of this.trees) {
      if (this.treeLength <= KEPT_TREES || oldest === entry) break;
      this.dropTree(oldest);
    }
    return entry.lowered;
  }

  statement(entry: StatementEntry): ModuleStatement {
    return this.lowered(entry).statement;
  }

  index(entry: StatementEntry): StatementIndex {
    return entry.index ?? indexOf(this.lowered(entry));
  }

  get mentions(): MentionIndex<StatementEntry> {
    if (this.index_ === undefined) {
      this.index_ = new MentionIndex();
      for (const key of this.pieces.keys()) {
        const entry = this.entry(key)!;
        this.index_.add(entry, entry.mentions);
      }
    }
    return this.index_;
  }

  /** Whether the file declares a name at its top level. */
  declares(name: string): boolean {
    return declaring(this, name).length > 0;
  }

  /** The annotation of the i-th function of a statement. */
  annotation(entry: StatementEntry, i: number, site: Site): Annotation | undefined {
    if (site.commentSpan === undefined) return undefined;
    const known = entry.annotations[i];
    if (known && [...known.assumed].every(([name, declared]) => this.declares(name) === declared))
      return known.annotation;
    const assumed = new Map<string, boolean>();
    const declared = (name: string): boolean => {
      const answer = this.declares(name);
      assumed.set(name, answer);
      return answer;
    };
    const annotation = parseAnnotation(entry.text, site.commentSpan, { declared });
    entry.annotations[i] = { annotation, assumed };
    return annotation;
  }

  /** The keys of the statements that a statement's shapes were read from, by the types it names. */
  typeSources(entry: StatementEntry): number[] {
    const sources = new Set<number>();
    for (const name of this.index(entry).typeReferences)
      for (const user of this.declaringType(name)) if (user !== entry) sources.add(user.key);
    return [...sources].sort((a, b) => a - b);
  }

  /** What the file adds to other modules: `declare module './m'`. */
  augments(): FileTypes['augments'] {
    return this.mentions
      .get('module', MENTIONED)
      .flatMap((entry) => (/\bdeclare\s+module\b/.test(entry.text) ? this.fileTypes(entry).augments : []));
  }

  /** What other files may have of a statement. */
  fileTypes(entry: StatementEntry): FileTypes {
    entry.fileTypes ??= this.frontEnd().fileTypes(entry.text, this.language);
    return entry.fileTypes;
  }

  private readonly resolveType: TypeLookup = (name, specifier) => {
    if (specifier !== undefined) return undefined;
    this.asked.add(rootOf(name));
    if (this.types.has(name)) return this.types.get(name);
    // A type that is being looked up below itself is not known yet.
    this.types.set(name, undefined);
    const found: DeclaredType[] = [];
    for (const entry of this.declaringType(name)) {
      const types = entry.lowered?.types ?? this.frontEnd().declaredTypes(entry.text, this.language);
      found.push(...types.filter((type) => type.name === name));
    }
    const type = found.length === 0 ? undefined : this.frontEnd().typeLookup(found)(name);
    this.types.set(name, type);
    return type;
  };

  /** What is known of a type of the file's own scope, or of another module's. */
  typeNamed(name: string, specifier?: string): NamedType | undefined {
    const { imports, resolveType } = this;
    const lookup: TypeLookup = (of, from) =>
      from === undefined ? resolveType(of) : imports?.lookup(of, from);
    const path = name.split('.');
    const isKnown = specifier !== undefined || lookup(path[0]!) !== undefined || lookup(name) !== undefined;
    if (!isKnown) return undefined;
    const term = { kind: 'reference', path, arguments: [], ...(specifier ? { specifier } : {}) } as const;
    return { mutable: this.frontEnd().isMutable(term, lookup) };
  }

  private declaringType(name: string): StatementEntry[] {
    const root = rootOf(name);
    return this.mentions.get(root, MENTIONED).filter((entry) => typesNamedIn(entry.text).has(root));
  }

  private add(piece: Piece, changedTypes?: Set<string>): void {
    const { key, text } = piece;
    this.pieces.set(key, piece);
    if (mayBeAnnotated(text)) this.annotatedKeys.add(key);
    MODULE_MARK.lastIndex = 0;
    if (MODULE_MARK.test(text)) this.moduleMarks.add(key);
    if (this.index_) {
      const entry = this.entry(key)!;
      this.index_.add(entry, entry.mentions);
    }
    if (changedTypes) this.note(text, changedTypes);
  }

  private remove(piece: Piece, changedTypes: Set<string>): void {
    const { key } = piece;
    const entry = this.entries.get(key);
    if (entry) {
      this.index_?.remove(entry, entry.mentions);
      this.entries.delete(key);
      this.retire(entry);
    }
    this.pieces.delete(key);
    this.annotatedKeys.delete(key);
    this.moduleMarks.delete(key);
    this.note(piece.text, changedTypes);
    if (piece.text.length > LONGEST_KEPT_KEY) return;
    this.pastKeys.delete(piece.statement);
    this.pastKeys.set(piece.statement, key);
    for (const oldest of this.pastKeys.keys()) {
      if (this.pastKeys.size <= KEPT_KEYS) break;
      this.pastKeys.delete(oldest);
    }
  }

  private note(text: string, changedTypes: Set<string>): void {
    if (this.asked.size > 0)
      for (const name of typesNamedIn(text)) if (this.asked.has(name)) changedTypes.add(name);
  }

  /** Keeps what is known of a statement that goes, for the case that its text comes back. */
  private retire(entry: StatementEntry): void {
    const { lowered } = entry;
    this.dropTree(entry);
    if (entry.text.length > LONGEST_KEPT_KEY) return;
    entry.lowered = lowered;
    this.pastEntries.set(entry.key, entry);
    for (const oldest of this.pastEntries.keys()) {
      if (this.pastEntries.size <= KEPT_ENTRIES) break;
      this.pastEntries.delete(oldest);
    }
  }

  /** A text that comes back has the key it had, and what was known of it. */
  private revive(piece: Piece): void {
    const key = this.pastKeys.get(piece.statement);
    if (key === undefined || this.pieces.has(key)) return;
    this.pastKeys.delete(piece.statement);
    piece.key = key;
    const entry = this.pastEntries.get(key);
    if (entry === undefined) return;
    this.pastEntries.delete(key);
    this.entries.set(key, entry);
    if (entry.lowered === undefined) return;
    this.trees.add(entry);
    this.treeLength += entry.text.length;
  }

  private forget(entry: StatementEntry): void {
    this.dropTree(entry);
    entry.forget();
  }

  private dropTree(entry: StatementEntry): void {
    if (this.trees.delete(entry)) this.treeLength -= entry.text.length;
    entry.lowered = undefined;
  }

  private strictIn(first: Piece | undefined): boolean {
    if (this.language === 'ts' || this.language === 'tsx') return true;
    USE_STRICT.lastIndex = 0;
    return first !== undefined && USE_STRICT.test(first.text);
  }
}

/** What a statement has from other files. */
class ImportsOf implements ImportedTypes {
  private readonly entry: StatementEntry;
  private readonly imports: ImportedTypes;

  constructor(entry: StatementEntry, imports: ImportedTypes) {
    this.entry = entry;
    this.imports = imports;
  }

  get stamp(): number {
    return this.imports.stamp;
  }

  lookup(name: string, specifier: string): DeclaredType | undefined {
    this.entry.readsImports = true;
    return this.imports.lookup(name, specifier);
  }
}

function typesNamedIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(TYPE_DECLARATION)) names.add(match[1]!);
  if (ANY_NAMED.test(text)) for (const [name] of text.matchAll(NAME)) names.add(name);
  return names;
}
