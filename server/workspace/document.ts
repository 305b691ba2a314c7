/**
 * An open document: its text as pieces, one a top-level statement, so that an edit costs the statement it is in,
 * whatever the size of the file. Everything known of statements is found on demand.
 */
import type { FunctionTarget, ModuleSlice, SliceLinking } from '../../core/analysis/model.ts';
import type { NamedType } from '../../core/analysis/userTypes.ts';
import type { Annotation, AnnotationProblem } from '../../core/annotations/annotation.ts';
import type { Location, Span } from '../../core/source/span.ts';
import type { Expression, FunctionNode, ModuleStatement } from '../../core/source/syntax.ts';
import { freeNames } from '../../core/source/traverse.ts';
import type { FrontEnd } from '../languages/frontEnd.ts';
import type { FileTypes, ImportedTypes, Language } from '../languages/typescript/index.ts';
import { Cut, type Piece } from './cut.ts';
import { LineIndex, type Position } from './lineIndex.ts';
import { statementScanner } from './scanner.ts';
import { declaring, sliceFrom } from './slice.ts';
import type { Site, StatementEntry } from './statement.ts';
import { Statements } from './statements.ts';
import { strayAnnotations } from './strayAnnotations.ts';

export interface ContentChange {
  /** Absent: the whole text. */
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** A function of the file; its tree (`target.node`) is made when asked for. */
export interface FoundFunction {
  readonly target: FunctionTarget;
  readonly annotation: Annotation | undefined;
  /** Comments directly attached to it, relative to the statement. */
  readonly commentSpan?: Span | undefined;
}

export interface DocumentStatement {
  readonly key: number;
  /** Offset in the file, now. */
  readonly start: number;
  readonly text: string;
  readonly syntaxErrors: ModuleStatement['syntaxErrors'];
  /** Its tree, made when asked for. */
  readonly lowered: ModuleStatement;
  readonly functions: readonly FoundFunction[];
}

// Classes: each object literal with accessors has a hidden class of its own, which keeps it beyond minor collections.

class StatementView implements DocumentStatement {
  readonly key: number;
  readonly start: number;
  readonly text: string;
  private readonly statements: Statements;
  private readonly entry: StatementEntry;
  private readonly found: (site: Site, i: number) => FoundFunction;

  constructor(
    statements: Statements,
    entry: StatementEntry,
    start: number,
    found: (site: Site, i: number) => FoundFunction,
  ) {
    this.key = entry.key;
    this.start = start;
    this.text = entry.text;
    this.statements = statements;
    this.entry = entry;
    this.found = found;
  }

  get syntaxErrors(): ModuleStatement['syntaxErrors'] {
    return this.statements.index(this.entry).syntaxErrors;
  }

  get lowered(): ModuleStatement {
    return this.statements.statement(this.entry);
  }

  get functions(): readonly FoundFunction[] {
    return this.statements.index(this.entry).sites.map((site, i) => this.found(site, i));
  }
}

class Target implements FunctionTarget {
  readonly file: string;
  readonly statement: number;
  readonly path: readonly string[];
  readonly name: string;
  readonly nameSpan: Span;
  readonly receiver: string | undefined;
  /** Not copied with the rest. */
  readonly #tree: () => FunctionNode;

  constructor(file: string, statement: number, site: Site, tree: () => FunctionNode) {
    this.file = file;
    this.statement = statement;
    this.path = site.path;
    this.name = site.name;
    this.nameSpan = site.nameSpan;
    this.receiver = site.receiver;
    this.#tree = tree;
  }

  get node(): FunctionNode {
    return this.#tree();
  }
}

export class SourceDocument {
  readonly uri: string;
  readonly language: Language;
  version: number;
  /** Where its imports lead; absent: they cannot be followed. */
  linking: SliceLinking | undefined;
  private cut: Cut;
  private lines: LineIndex;
  private statements: Statements;
  private readonly slices = new Map<number, ModuleSlice>();
  private readonly foundBefore = new WeakMap<readonly Site[], readonly FoundFunction[]>();
  private annotatedNow: readonly FoundFunction[] | undefined;

  constructor(uri: string, language: Language, version: number, text: string, frontEnd: () => FrontEnd) {
    this.uri = uri;
    this.language = language;
    this.version = version;
    this.cut = this.cutOf(text);
    this.lines = new LineIndex(text);
    this.statements = new Statements(this.cut, language, frontEnd);
  }

  /** Types that it has from other files; absent: they are not known. */
  set imports(imports: ImportedTypes) {
    this.statements.imports = imports;
  }

  // ───────────────────────────── text ─────────────────────────────

  get length(): number {
    return this.cut.length;
  }

  get lineCount(): number {
    return this.lines.lineCount;
  }

  get text(): string {
    return this.cut.text();
  }

  slice(start: number, end: number): string {
    return this.cut.slice(start, end);
  }

  /** Text of a line without its end. */
  line(line: number): string {
    return this.cut.slice(this.lines.lineStart(line), this.lines.lineStart(line + 1)).replace(/[\r\n]+$/, '');
  }

  positionAt(offset: number): Position {
    return this.lines.positionAt(offset);
  }

  offsetAt(position: Position): number {
    return this.lines.offsetAt(position, (start, end) => this.cut.slice(start, end));
  }

  change(version: number, change: ContentChange): void {
    this.version = version;
    this.slices.clear();
    this.annotatedNow = undefined;
    if (change.range === undefined) {
      this.replaceAll(change.text);
      return;
    }
    const start = this.offsetAt(change.range.start);
    const end = Math.max(start, this.offsetAt(change.range.end));
    this.replace(start, end, change.text);
  }

  applyChanges(version: number, changes: readonly ContentChange[]): void {
    for (const change of changes) this.change(version, change);
  }

  private replace(start: number, end: number, inserted: string): void {
    const before = this.cut.slice(start - 1, start);
    const after = this.cut.slice(end, end + 2);
    this.lines.replace(start, end, inserted, before, after);
    this.statements.change(this.cut.replace(start, end, inserted), this.cut.at(0));
  }

  /** A new text is an edit of what differs: clients that send whole texts lose nothing. */
  private replaceAll(text: string): void {
    const old = this.cut.text();
    const most = Math.min(old.length, text.length);
    let start = 0;
    while (start < most && old.charCodeAt(start) === text.charCodeAt(start)) start++;
    let tail = 0;
    while (
      tail < most - start &&
      old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)
    )
      tail++;
    if (start + tail < old.length || old.length !== text.length)
      this.replace(start, old.length - tail, text.slice(start, text.length - tail));
  }

  private cutOf(text: string): Cut {
    return new Cut(text, statementScanner({ jsx: this.language !== 'ts' }));
  }

  /** Whether it has an `import` or `export`. */
  get isModule(): boolean {
    return this.statements.isModule;
  }

  // ───────────────────────────── statements ─────────────────────────────

  get statementCount(): number {
    return this.cut.count;
  }

  /** The statement that holds an offset (or the blanks after it). */
  statementAt(offset: number): DocumentStatement | undefined {
    const piece = this.cut.at(this.cut.indexAt(offset));
    return piece && this.viewOf(piece);
  }

  /** undefined where there is none of that key any more. */
  statementOf(key: number): DocumentStatement | undefined {
    const piece = this.statements.pieceOf(key);
    return piece && this.viewOf(piece);
  }

  /** Offsets of a location, undefined where its statement is gone. */
  locate(location: Location): { start: number; end: number } | undefined {
    const piece = location.file === this.uri ? this.statements.pieceOf(location.statement) : undefined;
    if (!piece) return undefined;
    const start = this.cut.startOf(piece);
    return { start: start + location.span.start, end: start + location.span.end };
  }

  private viewOf(piece: Piece): DocumentStatement {
    const entry = this.statements.entry(piece.key)!;
    return new StatementView(this.statements, entry, this.cut.startOf(piece), (site, i) =>
      this.found(entry, site, i),
    );
  }

  /** What is known of a type that code in the file may name. */
  typeNamed(name: string, specifier?: string): NamedType | undefined {
    return this.statements.typeNamed(name, specifier);
  }

  augments(): FileTypes['augments'] {
    return this.statements.augments();
  }

  /** What it declares, imports and exports of types. */
  fileTypes(): FileTypes {
    const parts: FileTypes[] = [];
    for (const piece of this.cut) parts.push(this.statements.fileTypes(this.statements.entry(piece.key)!));
    return {
      types: parts.flatMap(({ types }) => types),
      exports: parts.flatMap(({ exports }) => exports),
      declares: parts.flatMap(({ declares }) => declares),
      explicit: parts.some(({ explicit }) => explicit),
      augments: parts.flatMap(({ augments }) => augments),
    };
  }

  // ───────────────────────────── functions ─────────────────────────────

  /** The annotated functions (those whose annotation has nothing but problems too), in source order. */
  annotated(): readonly FoundFunction[] {
    this.annotatedNow ??= this.inOrder(this.statements.annotated).flatMap((entry) => this.foundIn(entry));
    return this.annotatedNow;
  }

  /** Annotations in comments that no function follows. */
  strayAnnotations(): { readonly statement: number; readonly problem: AnnotationProblem }[] {
    return this.inOrder(this.statements.annotated).flatMap((entry) => {
      const { sites, syntaxErrors } = this.statements.index(entry);
      if (syntaxErrors.length > 0 || this.statements.pieceOf(entry.key)!.broken) return [];
      return strayAnnotations(entry.text, sites).map((problem) => ({ statement: entry.key, problem }));
    });
  }

  /** Statements with an annotation in which no function can be read: nested too deeply, or broken off at once. */
  unreadable(): DocumentStatement[] {
    return this.inOrder(this.statements.annotated).flatMap((entry) => {
      const { sites, syntaxErrors } = this.statements.index(entry);
      const statement =
        sites.length === 0 && syntaxErrors.length > 0 ? this.statementOf(entry.key) : undefined;
      return statement === undefined ? [] : [statement];
    });
  }

  /** Whether the file declares or imports a name at its top level. */
  declares(name: string): boolean {
    return this.statements.declares(name);
  }

  /** The function that `f`, `obj.method`, `Vec.length` names, if the file declares it under that name. */
  targetNamed(name: string): FunctionTarget | undefined {
    const [root] = name.split('.');
    for (const entry of declaring(this.statements, root ?? '')) {
      const { sites } = this.statements.index(entry);
      const at = sites.findIndex((site) => site.name === name || site.path.join('.') === name);
      if (at >= 0) return this.target(entry, sites[at]!, at);
    }
    return undefined;
  }

  /** The annotated functions of a statement: the same objects as long as nothing of them has changed. */
  private foundIn(entry: StatementEntry): readonly FoundFunction[] {
    const { sites } = this.statements.index(entry);
    const known = this.foundBefore.get(sites);
    const found: FoundFunction[] = [];
    sites.forEach((site, i) => {
      if (site.commentSpan === undefined) return;
      const annotation = this.statements.annotation(entry, i, site);
      if (annotation === undefined) return;
      const before = known?.[found.length];
      found.push(before?.annotation === annotation ? before : this.found(entry, site, i));
    });
    this.foundBefore.set(sites, found);
    return found;
  }

  private found(entry: StatementEntry, site: Site, i: number): FoundFunction {
    return {
      target: this.target(entry, site, i),
      annotation: this.statements.annotation(entry, i, site),
      commentSpan: site.commentSpan,
    };
  }

  private target(entry: StatementEntry, site: Site, i: number): FunctionTarget {
    return new Target(this.uri, entry.key, site, () => this.statements.lowered(entry).functions[i]!.node);
  }

  // ───────────────────────────── slices ─────────────────────────────

  /** What a statement and the annotations in it depend on, itself included, in source order. */
  moduleSlice(key: number): ModuleSlice {
    const known = this.slices.get(key);
    if (known) return known;
    const entries = this.sliceEntries(key);
    const slice = {
      file: this.uri,
      statements: entries.map((entry) => this.statements.statement(entry)),
      linking: this.linking,
    };
    this.slices.set(key, slice);
    return slice;
  }

  /** The whole file. */
  wholeModule(): ModuleSlice {
    const statements: ModuleStatement[] = [];
    for (const piece of this.cut)
      statements.push(this.statements.statement(this.statements.entry(piece.key)!));
    return { file: this.uri, statements, linking: this.linking };
  }

  /** Equal as long as nothing that an analysis of the statement depends on has changed. */
  sliceKey(key: number): string {
    const { mode, imports } = this.statements;
    const entries = this.sliceEntries(key);
    const parts = entries.map((entry) => [entry.key, ...this.statements.typeSources(entry)].join('.'));
    // What was never read of other files' types has no say.
    const stamp = entries.some(({ readsImports }) => readsImports) ? [`t${imports?.stamp}`] : [];
    return [mode, ...stamp, ...parts].join(' ');
  }

  private sliceEntries(key: number): StatementEntry[] {
    const start = this.statements.entry(key);
    if (!start) return [];
    const names = new Set<string>();
    this.statements.index(start).sites.forEach((site, i) => {
      const annotation = this.statements.annotation(start, i, site);
      if (annotation) for (const name of freeNames(valuesOf(annotation))) names.add(name);
      const claimed = annotation?.gradientOf?.name.split('.')[0];
      if (claimed !== undefined) names.add(claimed);
    });
    return this.inOrder([...sliceFrom(this.statements, start, names)].map((entry) => entry.key));
  }

  private inOrder(keys: Iterable<number>): StatementEntry[] {
    return [...keys]
      .map((key) => ({ key, start: this.cut.startOf(this.statements.pieceOf(key)!) }))
      .sort((a, b) => a.start - b.start)
      .map(({ key }) => this.statements.entry(key)!);
  }
}

function valuesOf(annotation: Annotation): Expression[] {
  return [
    ...annotation.samples.flatMap((sample) => sample.values.map((v) => v.value)),
    ...annotation.ranges.flatMap((range) => [range.low, range.high]),
  ];
}
