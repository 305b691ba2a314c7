/** An open document with what is known of its functions. */
import type { FunctionAnalysis } from '../../core/analysis/model.ts';
import type { Annotation } from '../../core/annotations/annotation.ts';
import type { View } from '../features/view.ts';
import type { FunctionReference } from '../protocol/messages.ts';
import type { DocumentStatement, FoundFunction, SourceDocument } from '../workspace/document.ts';
import type { Analyses, AnalysisInput } from './analyses.ts';
import type { ContentChange, Position } from './channel.ts';
import { Tracked } from './tracked.ts';
import { currentView, type LastGood, outdatedView } from './views.ts';

export type Annotated = FoundFunction & { readonly annotation: Annotation };

/** An annotated function as the surfaces show it: as it is, or as it last was. */
export type Shown =
  | {
      readonly kind: 'current';
      /** The function's name; where several share it, with a number. */
      readonly id: string;
      readonly found: Annotated;
      readonly statement: DocumentStatement;
    }
  | { readonly kind: 'outdated'; readonly id: string; readonly last: LastGood };

export class OpenDocument {
  readonly file: SourceDocument;
  private readonly analyses: Analyses;
  private readonly lastGood = new Map<string, LastGood>();
  /** Active samples, by function; others show their first. */
  readonly samples = new Map<string, number>();

  constructor(file: SourceDocument, analyses: Analyses) {
    this.file = file;
    this.analyses = analyses;
  }

  change(version: number, changes: readonly ContentChange[]): void {
    for (const change of changes) {
      const range = change.range;
      const from = range === undefined ? 0 : this.file.offsetAt(range.start);
      const to = range === undefined ? this.file.length : Math.max(from, this.file.offsetAt(range.end));
      this.file.change(version, change);
      for (const { place, name } of this.lastGood.values()) {
        place.shift(from, to, change.text.length);
        name.shift(from, to, change.text.length);
      }
    }
  }

  /** The annotated functions, in source order; those whose text is broken as they last were. */
  shown(): Shown[] {
    const shown: { at: number; one: Shown }[] = [];
    const ids = new Set<string>();
    for (const found of this.file.annotated()) {
      const statement = this.file.statementOf(found.target.statement);
      if (statement === undefined || !isAnnotated(found)) continue;
      const { name, nameSpan } = found.target;
      let id = name;
      for (let n = 2; ids.has(id); n++) id = `${name}#${n}`;
      ids.add(id);
      const last = this.lastGood.get(id);
      const at = statement.start + nameSpan.start;
      if (statement.syntaxErrors.length > 0 && last !== undefined && isIn(statement, last))
        shown.push({ at, one: { kind: 'outdated', id, last } });
      else shown.push({ at, one: { kind: 'current', id, found, statement } });
    }
    for (const [id, last] of this.lastGood) {
      if (ids.has(id)) continue;
      const statement = this.file.statementAt(last.name.start);
      const replaced = shown.some(({ at }) => at === last.name.start);
      // What is neither there nor hidden by an error has been deleted.
      if (replaced || statement === undefined || statement.syntaxErrors.length === 0)
        this.lastGood.delete(id);
      else shown.push({ at: last.name.start, one: { kind: 'outdated', id, last } });
    }
    return shown.sort((a, b) => a.at - b.at).map(({ one }) => one);
  }

  /** The shown function of that name, else the one around the position. */
  find(reference: FunctionReference): Shown | undefined {
    const shown = this.shown();
    if (reference.target !== undefined) {
      const named = shown.find((one) => one.id === reference.target);
      if (named !== undefined) return named;
    }
    if (reference.position === undefined) return undefined;
    return this.around(reference.position, shown);
  }

  /** The innermost annotated function whose text, comments included, holds the position. */
  private around(position: Position, shown: readonly Shown[]): Shown | undefined {
    const offset = this.file.offsetAt(position);
    let best: Shown | undefined;
    let width = Number.POSITIVE_INFINITY;
    for (const one of shown) {
      const [start, end] = this.extent(one);
      if (start <= offset && offset <= end && end - start < width) {
        best = one;
        width = end - start;
      }
    }
    return best;
  }

  /** From the annotation to the end of the body, or of what was the statement. */
  extent(shown: Shown): [number, number] {
    if (shown.kind === 'outdated') return [shown.last.place.start, shown.last.place.end];
    const { found, statement } = shown;
    const { node, nameSpan } = found.target;
    const start = Math.min(found.annotation.span.start, node.span.start, nameSpan.start);
    return [statement.start + start, statement.start + node.span.end];
  }

  /** Where a shown function's name is. */
  nameRange(shown: Shown): { start: Position; end: Position } {
    const { file } = this;
    if (shown.kind === 'outdated')
      return { start: file.positionAt(shown.last.name.start), end: file.positionAt(shown.last.name.end) };
    const { start } = shown.statement;
    const { nameSpan } = shown.found.target;
    return { start: file.positionAt(start + nameSpan.start), end: file.positionAt(start + nameSpan.end) };
  }

  sampleOf(annotation: Annotation, id: string): number {
    return Math.min(this.samples.get(id) ?? 0, Math.max(0, annotation.samples.length - 1));
  }

  /** The view of a function, if that costs nothing; see `view`. */
  peek(shown: Shown, steps: number, sample?: number): View | undefined {
    if (shown.kind === 'outdated') return outdatedView(this.file, shown.id, shown.last);
    const analysis = this.analyses.peek(this.input(shown, steps, sample));
    return analysis === undefined ? undefined : this.remember(shown, analysis, sample);
  }

  /** The view of a function, evaluated where it has changed. */
  view(shown: Shown, steps: number, sample?: number): View {
    if (shown.kind === 'outdated') return outdatedView(this.file, shown.id, shown.last);
    return this.remember(shown, this.analyses.get(this.input(shown, steps, sample)), sample);
  }

  /** With the inputs elsewhere, all of them by label. */
  viewAt(
    shown: Shown & { kind: 'current' },
    steps: number,
    sample: number | undefined,
    point: ReadonlyMap<string, number>,
  ): View {
    const analysis = this.analyses.get({ ...this.input(shown, steps, sample), point });
    return currentView(this.file, shown.id, shown.statement, analysis);
  }

  private remember(
    shown: Shown & { kind: 'current' },
    analysis: FunctionAnalysis,
    sample: number | undefined,
  ): View {
    const { id, found, statement } = shown;
    const { nameSpan } = found.target;
    const known = this.lastGood.get(id);
    if (sample === undefined && statement.syntaxErrors.length === 0 && known?.analysis !== analysis) {
      const { start, text } = statement;
      this.lastGood.set(id, {
        analysis,
        text,
        place: new Tracked(start, start + text.length),
        name: new Tracked(start + nameSpan.start, start + nameSpan.end),
      });
    }
    return currentView(this.file, id, statement, analysis);
  }

  /** To be asked what only the analyser knows. */
  input(shown: Shown & { kind: 'current' }, steps: number, sample?: number): AnalysisInput {
    const { id, found, statement } = shown;
    return {
      id,
      found,
      key: this.file.sliceKey(statement.key),
      sample: sample ?? this.sampleOf(found.annotation, id),
      steps,
      document: this.file,
    };
  }
}

/** Functions that share a name may have changed places. */
function isIn({ start, text }: DocumentStatement, { name }: LastGood): boolean {
  return start <= name.start && name.end <= start + text.length;
}

export function samplesOf(shown: Shown): number {
  return shown.kind === 'current'
    ? shown.found.annotation.samples.length
    : shown.last.analysis.annotation.samples.length;
}

export function isAnnotated(found: FoundFunction): found is Annotated {
  return found.annotation?.differentiable === true;
}
