/**
 * The annotation grammar: one for the line form (`// @differentiable at x = 2 wrt x`) and for doc-comment tags, the
 * same in every language.
 *
 *   annotation: tag+            tag: '@differentiable' clause* | '@'clause clause*
 *   clause: 'at' name '=' value (',' …)* | 'wrt' path (',' path)* | 'range' path '=' '[' low ',' high ']' (',' …)*
 *         | 'gradientOf' name
 *
 * A tag opens a line, or follows another of ours on its line; what stands between a finished tag and the next is
 * prose.
 */
import { type Span, span } from '../source/span.ts';
import type { Expression } from '../source/syntax.ts';
import type { Annotation, AnnotationProblem, LeafPath, Range, Sample, SampleValue } from './annotation.ts';
import { isLineBreak, unmarked } from './comments.ts';
import { Lexer, type Token } from './lexer.ts';
import { correction, OWN_TAGS } from './tags.ts';
import { expectedError, isClause, isMark, Malformed, ValueParser } from './values.ts';

export interface ParseOptions {
  /** Whether the file itself declares a name at its top level: it then wins over Math's (`E`, `sqrt`). */
  readonly declared?: (name: string) => boolean;
}

const VALUE = 'a number, an array or an object';

/**
 * What the comments within `region` of a statement's text say, with spans relative to that text; undefined where
 * they have no annotation. The region holds comments and blanks only. Never throws.
 */
export function parseAnnotation(
  text: string,
  region: Span = span(0, text.length),
  options: ParseOptions = {},
): Annotation | undefined {
  const comments = unmarked(text.slice(region.start, region.end));
  const parser = new AnnotationParser(comments, region.start, options);
  const tags = tagsAtLineStarts(comments);
  tags.forEach((tag, i) => {
    parser.segment(tag, tags[i + 1] ?? comments.length);
  });
  return parser.result();
}

/** The sample of a command line's `--at 'x = 2, y = 3'`; spans are offsets in `text`. */
export function parseSample(
  text: string,
  options: ParseOptions = {},
): { readonly sample: Sample; readonly problems: readonly AnnotationProblem[] } {
  const parser = new AnnotationParser(text, 0, options);
  parser.whole('at');
  const values = parser.samples.flatMap((sample) => sample.values);
  return { sample: { values, span: span(0, text.length) }, problems: parser.problems };
}

/** The paths of a command line's `--wrt 'x, p.mass'`. */
export function parsePaths(text: string): {
  readonly paths: readonly LeafPath[];
  readonly problems: readonly AnnotationProblem[];
} {
  const parser = new AnnotationParser(text, 0, {});
  parser.whole('wrt');
  return { paths: parser.paths ?? [], problems: parser.problems };
}

function tagsAtLineStarts(text: string): number[] {
  const starts: number[] = [];
  let opens = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isLineBreak(code)) opens = true;
    else if (opens && code > 0x20 && code !== 0xa0 && code !== 0xfeff) {
      if (code === 0x40) starts.push(i);
      opens = false;
    }
  }
  return starts;
}

class AnnotationParser {
  readonly problems: AnnotationProblem[] = [];
  readonly samples: Sample[] = [];
  paths: LeafPath[] | undefined;
  private readonly ranges: Range[] = [];
  private readonly misspelt: AnnotationProblem[] = [];
  private readonly text: string;
  private readonly offset: number;
  private readonly options: ParseOptions;
  private differentiable = false;
  private gradientOf: { name: string; span: Span } | undefined;
  private anchored = false;
  private start: number | undefined;
  private end = 0;
  private lexer: Lexer;
  private values: ValueParser;

  constructor(text: string, offset: number, options: ParseOptions) {
    this.text = text;
    this.offset = offset;
    this.options = options;
    this.lexer = new Lexer(text, 0, text.length);
    this.values = this.valuesOf(this.lexer);
  }

  /** Parses from a tag that opens a line to the next one. */
  segment(start: number, end: number): void {
    this.lexer = new Lexer(this.text, start, end);
    this.values = this.valuesOf(this.lexer);
    for (let token = this.lexer.next(); token.kind === 'tag'; token = this.lexer.next()) {
      if (!OWN_TAGS.has(token.text)) {
        this.foreign(token);
        return;
      }
      this.start ??= token.start;
      this.end = token.end;
      if (token.text === 'differentiable') {
        if (this.differentiable) this.report('@differentiable is here already.', token);
        this.differentiable = true;
        this.anchored = true;
      } else {
        if (token.text === 'gradientOf') this.anchored = true;
        this.clause(token.text, token);
      }
      this.clauses(token);
      if (this.lexer.peek().kind !== 'tag') return;
    }
  }

  /** Parses the whole text as one clause. */
  whole(clause: 'at' | 'wrt'): void {
    this.clause(clause, { kind: 'end', start: 0, end: 0, newLine: false });
    const rest = this.lexer.peek();
    if (rest.kind !== 'end') this.report(expectedError("','", rest, this.lexer).message, rest);
  }

  result(): Annotation | undefined {
    if (!this.anchored && this.misspelt.length === 0) return undefined;
    const start = this.start ?? this.misspelt[0]!.span.start - this.offset;
    const end = Math.max(this.end, start);
    return {
      span: this.spanOf(start, end),
      differentiable: this.differentiable,
      wrt: this.anchored ? this.paths : undefined,
      samples: this.anchored ? this.samples : [],
      ranges: this.anchored ? this.ranges : [],
      gradientOf: this.gradientOf,
      problems: (this.anchored ? [...this.problems, ...this.misspelt] : this.misspelt).sort(
        (a, b) => a.span.start - b.span.start,
      ),
    };
  }

  /** Clauses after a tag, until prose, the next tag or the end. */
  private clauses(tag: Token & { kind: 'tag' }): void {
    for (;;) {
      const token = this.lexer.peek();
      if (token.kind === 'end' || token.kind === 'tag') return;
      if (isClause(token) && (!token.newLine || this.opensClause())) {
        this.lexer.next();
        this.end = token.end;
        if (token.text === 'gradientOf') this.anchored = true;
        this.clause(token.text, token);
        continue;
      }
      // What stands on a line of its own, or after a dash or a full stop, is prose.
      if (
        token.newLine ||
        isMark(token, '-') ||
        isMark(token, '.') ||
        isMark(token, ':') ||
        isDash(token, this.text)
      )
        return;
      const what =
        tag.text === 'differentiable'
          ? "'at', 'wrt', 'range' or the end of the line"
          : "',' or the end of the line";
      this.reportError(expectedError(what, token, this.lexer));
      this.lexer.next();
      if (!this.lexer.peek().newLine) this.skip(this.lexer.position);
    }
  }

  /** Whether the word ahead, first on its line, opens a clause and is no prose: `at x =`, `range x =`, `wrt x`. */
  private opensClause(): boolean {
    const position = this.lexer.position;
    const word = this.lexer.next();
    const root = this.lexer.next();
    let opens = isRoot(root) && !root.newLine;
    if (opens && word.kind === 'name' && word.text !== 'wrt' && word.text !== 'gradientOf') {
      let token = this.lexer.next();
      while (word.text === 'range' && !token.newLine && (isMark(token, '.') || isMark(token, '['))) {
        this.lexer.next();
        token = this.lexer.next();
        if (isMark(token, ']')) token = this.lexer.next();
      }
      opens = isMark(token, '=');
    }
    this.lexer.position = position;
    return opens;
  }

  private clause(name: string, at: Token): void {
    if (name === 'at') this.sample(at);
    else if (name === 'wrt') this.separated(() => this.input());
    else if (name === 'range') this.separated(() => this.range());
    else this.guarded(() => this.claim());
  }

  private input(): void {
    const path = this.path("a parameter's name");
    this.paths ??= [];
    if (this.paths.some((other) => samePath(other, path)))
      throw new Malformed(`'${this.source(path.span)}' is named twice.`, this.back(path.span));
    this.paths.push(path);
  }

  private claim(): void {
    const token = this.lexer.next();
    if (token.kind !== 'name' || token.newLine)
      throw this.refuse(token, "the name of a function after 'gradientOf'");
    let end = token.end;
    let name = token.text;
    while (isMark(this.lexer.peek(), '.') && !this.lexer.peek().newLine) {
      const position = this.lexer.position;
      this.lexer.next();
      const key = this.lexer.next();
      if (key.kind !== 'name' || key.newLine) {
        this.lexer.position = position;
        break;
      }
      name += '.' + key.text;
      end = key.end;
    }
    this.end = end;
    if (this.gradientOf) throw new Malformed('@gradientOf is here already.', span(token.start, end));
    this.gradientOf = { name, span: this.spanOf(token.start, end) };
  }

  private sample(at: Token): void {
    const values: SampleValue[] = [];
    const begin = this.lexer.peek().start;
    this.separated(() => {
      const root = this.root(at.end === 0 ? "a parameter's name" : "a parameter's name after 'at'");
      const rootSpan = this.spanOf(root.start, root.end);
      const name = rootName(root);
      const equals = this.lexer.peek();
      let value: Expression;
      try {
        if ((isMark(equals, '.') || isMark(equals, '[')) && !equals.newLine)
          throw new Malformed(
            `A sample gives whole parameters: write ${name} = {…} or ${name} = […].`,
            span(equals.start, equals.end),
          );
        this.equals(name);
        value = this.values.value(`${VALUE} after '='`);
        this.end = Math.max(this.end, this.lexer.position);
        this.separator();
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
        // The parameter has a value that is not known: never its default instead.
        value = {
          kind: 'unsupported',
          problem: 'GL010',
          message: error.message,
          span: this.spanOf(error.span.start, error.span.end),
        };
        if (!values.some((other) => other.root === name)) values.push({ root: name, rootSpan, value });
        throw error;
      }
      if (values.some((other) => other.root === name))
        throw new Malformed(`'${name}' has a value already in this sample.`, span(root.start, root.end));
      values.push({ root: name, rootSpan, value });
    });
    if (values.length > 0) this.samples.push({ values, span: this.spanOf(begin, Math.max(begin, this.end)) });
  }

  private range(): void {
    const path = this.path("a parameter's name");
    this.equals(this.source(path.span));
    const open = this.lexer.next();
    if (!isMark(open, '[')) throw this.refuse(open, "'[' and the interval's two ends");
    const low = this.values.value("the interval's lower end");
    const comma = this.lexer.next();
    if (!isMark(comma, ',')) throw this.refuse(comma, "',' and the interval's upper end");
    const high = this.values.value("the interval's upper end");
    const close = this.lexer.next();
    if (!isMark(close, ']')) throw this.refuse(close, "']'");
    if (this.ranges.some((other) => samePath(other.path, path)))
      throw new Malformed(`'${this.source(path.span)}' has a range already.`, this.back(path.span));
    this.ranges.push({ path, low, high });
    this.end = close.end;
  }

  private equals(name: string): void {
    const token = this.lexer.next();
    if (!isMark(token, '=')) throw this.refuse(token, `'=' after '${name}'`);
    const second = this.lexer.peek();
    if (isMark(second, '=')) throw new Malformed("Expected one '='.", span(token.start, second.end));
  }

  /** Items with commas between them; a malformed one is reported and passed over. */
  private separated(item: () => void): void {
    for (;;) {
      this.guarded(item);
      let token = this.lexer.peek();
      if (isMark(token, ',')) {
        this.lexer.next();
        token = this.lexer.peek();
        // `at x = 2, wrt x`
        if (isClause(token) && this.opensClause() && !this.isAssigned()) return;
        if (token.kind === 'end' || token.kind === 'tag' || token.kind === 'bad') {
          this.reportError(expectedError("another one after ','", token, this.lexer));
          if (token.kind !== 'bad') return;
          this.skip(this.lexer.position);
        }
        continue;
      }
      // `x = 2 y = 3`: the comma is missing.
      if (token.newLine || !isRoot(token) || (isClause(token) && !this.isAssigned()) || !this.isAssigned())
        return;
      this.reportError(expectedError("','", token, this.lexer));
    }
  }

  /** Whether the word ahead is followed by '='. */
  private isAssigned(): boolean {
    const position = this.lexer.position;
    this.lexer.next();
    const assigned = isMark(this.lexer.next(), '=');
    this.lexer.position = position;
    return assigned;
  }

  /** What may follow a value. */
  private separator(): void {
    const token = this.lexer.peek();
    if (token.newLine || token.kind === 'end' || token.kind === 'tag' || isMark(token, ',')) return;
    if (isClause(token) || (isRoot(token) && this.isAssigned())) return;
    if (isMark(token, '.') || isDash(token, this.text)) return;
    throw expectedError("',' or an operator", token, this.lexer);
  }

  private root(expected: string): Token {
    const token = this.lexer.next();
    if (!isRoot(token)) throw this.refuse(token, expected);
    if (token.kind === 'position' && !(Number(token.text.slice(1)) >= 1))
      throw new Malformed('Parameters are numbered from #1.', span(token.start, token.end));
    return token;
  }

  private path(expected: string): LeafPath {
    const root = this.root(expected);
    const keys: (string | number)[] = [];
    let end = root.end;
    for (;;) {
      const token = this.lexer.peek();
      if (token.newLine || (!isMark(token, '.') && !isMark(token, '['))) break;
      const position = this.lexer.position;
      this.lexer.next();
      const key = this.lexer.next();
      if (isMark(token, '.')) {
        if (key.newLine || key.kind === 'end') {
          // A full stop.
          this.lexer.position = position;
          break;
        }
        if (key.kind === 'name') keys.push(key.text);
        else if (isMark(key, '*')) keys.push('*');
        else throw this.refuse(key, "a field's name or '*' after '.'");
        end = key.end;
      } else {
        if (key.kind === 'number' && Number.isSafeInteger(key.value)) keys.push(key.value);
        else if (key.kind === 'string') keys.push(key.value);
        else if (isMark(key, '*')) keys.push('*');
        else throw this.refuse(key, "an index, a field's name in quotes or '*' after '['");
        const close = this.lexer.next();
        if (!isMark(close, ']')) throw this.refuse(close, "']'");
        end = close.end;
      }
    }
    this.end = Math.max(this.end, end);
    return { root: rootName(root), keys, span: this.spanOf(root.start, end) };
  }

  private guarded(item: () => void): void {
    const start = this.lexer.position;
    try {
      item();
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.reportError(error);
      this.skip(start);
    }
  }

  /** Passes over a malformed item: to its comma, the next clause or tag, or the end of its line. */
  private skip(start: number): void {
    this.lexer.position = start;
    let depth = 0;
    for (let first = true; ; first = false) {
      const position = this.lexer.position;
      const token = this.lexer.next();
      const stops =
        token.kind === 'end' ||
        token.kind === 'tag' ||
        (depth <= 0 &&
          (isMark(token, ',') || (!first && token.newLine) || (isClause(token) && !this.assignedAfter())));
      if (stops) {
        this.lexer.position = position;
        this.end = Math.max(this.end, Math.min(position, this.text.length));
        return;
      }
      if (isMark(token, '(') || isMark(token, '[') || isMark(token, '{')) depth++;
      if (isMark(token, ')') || isMark(token, ']') || isMark(token, '}')) depth--;
    }
  }

  private assignedAfter(): boolean {
    return isMark(this.lexer.peek(), '=');
  }

  /** A tag that is not ours: reported only where it can hardly be anything but one of ours misspelt. */
  private foreign(token: Token & { kind: 'tag' }): void {
    const meant = correction(token.text, this.text.slice(token.end, token.end + 80));
    if (meant === undefined) return;
    const problem = this.problem(
      `Unknown tag '@${token.text}': did you mean '@${meant}'?`,
      span(token.start, token.end),
    );
    if (meant === 'differentiable' || meant === 'gradientOf') this.misspelt.push(problem);
    else this.problems.push(problem);
  }

  private refuse(token: Token, expected: string): Malformed {
    return expectedError(expected, token, this.lexer);
  }

  private reportError(error: Malformed): void {
    this.problems.push(this.problem(error.message, error.span));
  }

  private report(message: string, at: Token): void {
    this.problems.push(this.problem(message, span(at.start, at.end)));
  }

  private problem(message: string, at: Span): AnnotationProblem {
    const start = Math.max(0, Math.min(at.start, this.text.length));
    return {
      id: 'GL001',
      message,
      span: this.spanOf(start, Math.max(start, Math.min(at.end, this.text.length))),
    };
  }

  private valuesOf(lexer: Lexer): ValueParser {
    return new ValueParser(lexer, this.offset, this.options.declared ?? (() => false));
  }

  private spanOf(start: number, end: number): Span {
    return span(start + this.offset, end + this.offset);
  }

  private back(at: Span): Span {
    return span(at.start - this.offset, at.end - this.offset);
  }

  private source(at: Span): string {
    return this.text.slice(at.start - this.offset, at.end - this.offset);
  }
}

function isRoot(token: Token): boolean {
  return token.kind === 'name' || token.kind === 'position';
}

function rootName(token: Token): string {
  return token.kind === 'name' || token.kind === 'position' ? token.text : '';
}

function isDash(token: Token, text: string): boolean {
  return token.kind === 'bad' && /^[–—(]/.test(text.slice(token.start, token.end));
}

function samePath(a: LeafPath, b: LeafPath): boolean {
  return (
    a.root === b.root &&
    a.keys.length === b.keys.length &&
    a.keys.every((key, i) => String(key) === String(b.keys[i]))
  );
}
