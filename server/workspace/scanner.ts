/**
 * Cuts TypeScript and JavaScript text into top-level statements without a parser.
 *
 * Where a statement ends is a function of the text from its start on, and of nothing else: that is what makes an
 * incremental cut equal a fresh one. A text whose brackets, comments and templates all close is cut as the language
 * reads it. One that does not close is resynchronised: a line that starts in column 0 with a declaration opens a new
 * statement where the brackets around it do not close within a bounded distance, so that a half-typed function does
 * not swallow its neighbours.
 *
 * A piece may hold several statements (`a(); b();`, or where a boundary is not certain); it never holds a part of one
 * that is whole.
 */
import {
  BEFORE_REGEXP,
  BLANK,
  BLOCK,
  CONTINUING,
  CONTROL,
  classOf,
  DECLARATION,
  DECORATED,
  LINE_BREAK,
  MODIFIERS,
  NAME,
  OPENING,
  VARIABLE,
} from './scannerTables.ts';
import { firstStrongLine, type Strength, type StrongLine, strengthOfWord } from './strongLines.ts';

export interface Scanned {
  /** Where the next piece starts. */
  readonly end: number;
  /** One past the last offset that was looked at (the text's end counts as an offset). */
  readonly reach: number;
  /** It does not close: cut short, or at the end of the text. */
  readonly broken: boolean;
}

/** Finds the end of the piece that starts at `from`; undefined where `text` is not `complete` and more is needed. */
export type StatementScanner = (text: string, from: number, complete: boolean) => Scanned | undefined;

/** How far the brackets around a column-0 declaration are looked for: lines like it, and UTF-16 units. */
const DECLARATION_LIMITS = { lines: 64, length: 1 << 16 };
/** The same where the piece is no declaration (`(function () {`, `namespace`): bodies are often not indented. */
const WRAPPER_LIMITS = { lines: 512, length: 1 << 19 };
const TEMPLATE_LIMITS = { lines: 512, length: 1 << 18 };
const LONGEST_REGEXP = 1 << 15;

// Kinds of the token before.
const NOTHING = 0;
const WORD = 1;
const LITERAL = 2;
const CLOSE_PAREN = 3;
const CLOSE_BRACKET = 4;
const CLOSE_BRACE = 5;
const SEMICOLON = 6;
const OPERATOR = 7;

/** `jsx`: quotes in a line may be prose between tags. */
export function statementScanner(options: { readonly jsx: boolean }): StatementScanner {
  return (text, from, complete) => {
    const scan = new Scan(text, from, options.jsx);
    const result = scan.run();
    return !complete && result.reach > text.length ? undefined : result;
  };
}

class Scan {
  private readonly text: string;
  private readonly from: number;
  private readonly jsx: boolean;
  private at: number;
  private seen: number;
  /** Offset of the piece's first token. */
  private lead = -1;

  // The token before.
  private kind = NOTHING;
  private wordStart = 0;
  private wordEnd = 0;
  /** It closed the head of an `if`, `for` or `while`. */
  private control = false;
  /** A decorator stands before a class that is still to come. */
  private decorated = false;
  private doing = false;
  /** Something follows a closing brace. */
  private mixed = false;

  // Between the token before and here.
  private newLine = false;
  /** A blank line or a comment. */
  private detached = false;
  private breaks = 0;
  /** The first comment on a line after that of the token before. */
  private comment = -1;
  /** The first of the comments in column 0 directly above. */
  private columnComment = -1;
  private lineStart: number;

  // Open brackets, innermost last: their character, their line, whether `(` opens a control head.
  private readonly open: number[] = [];
  private readonly openLine: number[] = [];
  private line = 0;
  /** Before this offset a slash opens no regular expression: one that did not close was tried on its line. */
  private slashesDivide = 0;

  /** The first column-0 declaration within open brackets. */
  private candidate = -1;
  private candidates = 0;
  private limits = DECLARATION_LIMITS;
  /** The same within a template that closed after it. */
  private inTemplate = -1;

  constructor(text: string, from: number, jsx: boolean) {
    this.text = text;
    this.from = from;
    this.jsx = jsx;
    this.at = from;
    this.seen = from;
    this.lineStart = from;
  }

  run(): Scanned {
    const { text } = this;
    for (;;) {
      const at = this.at;
      if (at >= text.length) return this.atEnd();
      const code = text.charCodeAt(at);
      const type = classOf(code);
      if (type === BLANK) this.at++;
      else if (type === LINE_BREAK) {
        this.lineBreak(code);
        if (this.candidate >= 0 && at - this.candidate > this.limits.length) return this.cut(this.candidate);
      } else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2f && !(this.jsx && this.inAddress())) {
        this.noteComment();
        this.at = this.lineEnd(at);
      } else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2a) {
        this.noteComment();
        const cut = this.blockComment();
        if (cut !== undefined) return cut;
      } else if (code === 0x23 && at === this.from && text.charCodeAt(at + 1) === 0x21) {
        this.at = this.lineEnd(at);
      } else {
        const end = this.token(code, type);
        if (end !== undefined) return end;
      }
    }
  }

  private token(code: number, type: number): Scanned | undefined {
    const { text, at } = this;
    let end = at + 1;
    if (type === NAME) {
      const number = code >= 0x30 && code <= 0x39;
      for (;;) {
        const next = text.charCodeAt(end);
        if (end < text.length && (classOf(next) === NAME || (number && next === 0x2e))) end++;
        else break;
      }
    }
    if (this.newLine && this.kind !== NOTHING) {
      this.seen = Math.max(this.seen, end + 1);
      const boundary = this.open.length === 0 ? this.ends(code, type, end) : this.noteCandidate(type, end);
      if (boundary !== undefined) return boundary;
    }
    if (this.lead < 0) this.lead = at;
    if (this.kind === CLOSE_BRACE && this.open.length === 0 && code !== 0x7b) this.mixed = true;
    const newLine = this.newLine;
    this.newLine = false;
    this.detached = false;
    this.breaks = 0;
    this.comment = -1;
    this.columnComment = -1;
    if (type === NAME) {
      this.at = end;
      this.wordStart = at;
      this.wordEnd = end;
      this.kind = WORD;
      if (this.open.length === 0) {
        if (end - at === 5 && text.startsWith('class', at)) this.decorated = false;
        if (end - at === 2 && text.startsWith('do', at)) this.doing = true;
      }
      return undefined;
    }
    switch (code) {
      case 0x22: // "
      case 0x27: // '
        this.string(code);
        return undefined;
      case 0x60: // `
        this.at++;
        this.push(code);
        return this.template();
      case 0x2f: // /
        this.slash(newLine);
        return undefined;
      case 0x28: // (
        this.push(this.isControl() ? 0x29 : code);
        this.kind = OPERATOR;
        break;
      case 0x5b: // [
      case 0x7b: // {
        this.push(code);
        this.kind = OPERATOR;
        break;
      case 0x29: // )
        this.closeRound(0x28);
        this.kind = CLOSE_PAREN;
        break;
      case 0x5d: // ]
        this.closeRound(0x5b);
        this.kind = CLOSE_BRACKET;
        break;
      case 0x7d: // }
        return this.closeBrace();
      case 0x3b: // ;
        this.kind = SEMICOLON;
        if (this.open.length === 0) this.doing = false;
        break;
      case 0x40: // @
        if (this.open.length === 0) this.decorated = true;
        this.kind = OPERATOR;
        break;
      default:
        this.kind = OPERATOR;
    }
    this.at++;
    return undefined;
  }

  /** The end of the piece where it may end before the token here, which opens a line, outside brackets. */
  private ends(code: number, type: number, end: number): Scanned | undefined {
    let ends = false;
    if (type === NAME) {
      const word = this.text.slice(this.at, Math.min(end, this.at + 20));
      const strength = this.strength(end);
      if (strength === 'opens' || strength === 'function') {
        if (this.decorated && DECORATED.has(word)) ends = false;
        else if (this.complete()) ends = true;
        else if (this.kind === WORD && MODIFIERS.has(this.word())) ends = this.detached;
        else ends = strength === 'opens' || this.detached || this.startsWith(VARIABLE);
      } else if (CONTINUING.has(word) || (this.doing && word === 'while')) ends = false;
      else ends = this.complete();
    } else if (code === 0x22 || code === 0x27 || code === 0x40) ends = this.complete();
    else if (code !== 0x3b && code !== 0x7d && code !== 0x29 && code !== 0x5d)
      ends = this.kind === SEMICOLON || (code !== 0x7b && this.isOver());
    return ends ? this.result(this.comment >= 0 ? this.comment : this.at, false) : undefined;
  }

  /** Whether a statement may be over after the token before. */
  private complete(): boolean {
    switch (this.kind) {
      case SEMICOLON:
      case CLOSE_BRACE:
        return true;
      case CLOSE_PAREN:
        return !this.control && !this.decorated;
      case CLOSE_BRACKET:
      case LITERAL:
        return !this.decorated;
      case WORD:
        return !this.decorated && !OPENING.has(this.word());
      default:
        return false;
    }
  }

  /** Whether the brace before closed the body of a declaration, which nothing can go on with. */
  private isOver(): boolean {
    return this.kind === CLOSE_BRACE && !this.mixed && this.startsWith(BLOCK);
  }

  /** Within brackets: remembers a declaration in column 0, and gives up on the brackets after too many of them. */
  private noteCandidate(type: number, end: number): Scanned | undefined {
    if (type !== NAME) return undefined;
    const strength = this.strength(end);
    if (strength === 'none') return undefined;
    if (this.candidate < 0) {
      this.candidate = this.columnComment >= 0 ? this.columnComment : this.at;
      this.limits = this.startsWith(DECLARATION) ? DECLARATION_LIMITS : WRAPPER_LIMITS;
    }
    return ++this.candidates > this.limits.lines ? this.cut(this.candidate) : undefined;
  }

  /** How strongly the word here, if its line starts in column 0, says that a statement starts. */
  private strength(end: number): Strength {
    if (this.lineStart !== this.at && this.columnComment < this.lineStart) return 'none';
    const found = strengthOfWord(this.text, this.at, end);
    this.seen = Math.max(this.seen, found.seen);
    return found.strength;
  }

  private word(): string {
    return this.text.slice(this.wordStart, this.wordEnd);
  }

  private startsWith(pattern: RegExp): boolean {
    pattern.lastIndex = this.lead;
    return pattern.test(this.text);
  }

  private isControl(): boolean {
    const length = this.wordEnd - this.wordStart;
    return this.kind === WORD && length > 1 && length < 6 && CONTROL.has(this.word());
  }

  private push(code: number): void {
    this.open.push(code);
    this.openLine.push(this.line);
  }

  private pop(): number {
    this.openLine.pop();
    const code = this.open.pop()!;
    if (this.open.length === 0) {
      this.candidate = -1;
      this.candidates = 0;
      this.inTemplate = -1;
    }
    return code;
  }

  /** `)` or `]`: closes through what was opened on this very line, else is taken for a slip. */
  private closeRound(opener: number): void {
    this.control = false;
    for (let i = this.open.length - 1; i >= 0; i--) {
      const open = this.open[i]!;
      if (open === opener || (opener === 0x28 && open === 0x29)) {
        while (this.open.length > i) this.pop();
        this.control = open === 0x29;
        return;
      }
      if (open === 0x60 || open === 0x24) return;
      if (open === 0x7b && this.openLine[i] !== this.line) return;
    }
  }

  /** `}`: closes the innermost brace and the round and square brackets in it. */
  private closeBrace(): Scanned | undefined {
    this.at++;
    this.kind = CLOSE_BRACE;
    while (this.open.length > 0) {
      const open = this.pop();
      if (open === 0x7b) return undefined;
      if (open === 0x24) return this.template();
    }
    return undefined;
  }

  private lineBreak(code: number): void {
    this.at += code === 0x0d && this.text.charCodeAt(this.at + 1) === 0x0a ? 2 : 1;
    this.newLine = true;
    this.line++;
    if (++this.breaks > 1) this.detached = true;
    this.lineStart = this.at;
  }

  private noteComment(): void {
    this.detached = true;
    if (!this.newLine) return;
    if (this.comment < 0) this.comment = this.at;
    if (this.lineStart !== this.at) {
      if (this.columnComment < this.lineStart) this.columnComment = -1;
    } else if (this.columnComment < 0) this.columnComment = this.at;
  }

  /** Whether the `//` here is that of `https://…` in the prose between tags. */
  private inAddress(): boolean {
    const { text, at } = this;
    return at > this.from + 1 && /^[a-z]:\/\/[^\s/]/.test(text.slice(at - 2, at + 3));
  }

  private lineEnd(from: number): number {
    let at = from;
    while (at < this.text.length && classOf(this.text.charCodeAt(at)) !== LINE_BREAK) at++;
    return at;
  }

  /**
   * Passes over a block comment. One that another block comment opens in, at a line's start, or that never closes, is
   * taken as unclosed, and the piece ends before the first line in it that opens a statement.
   */
  private blockComment(): Scanned | undefined {
    const { text } = this;
    const start = this.at;
    let from = start + 2;
    for (let size = 1 << 12; ; size *= 2) {
      const part = text.slice(from, from + size + 2);
      const close = part.indexOf('*/');
      const inside = close < 0 ? part : part.slice(0, close);
      const nested = /[\n\r]\/\*/.test(inside);
      if (close < 0 || nested) this.seen = Math.max(this.seen, from + part.length + 1);
      if (nested || (close < 0 && from + part.length >= text.length)) break;
      if (close >= 0) {
        const end = from + close + 2;
        for (let i = start; i < end; i++) {
          const code = text.charCodeAt(i);
          if (code !== 0x0a && code !== 0x0d) continue;
          this.newLine = true;
          this.line++;
          if (code === 0x0d && text.charCodeAt(i + 1) === 0x0a) i++;
          this.lineStart = i + 1;
        }
        this.breaks = 0;
        this.at = end;
        return undefined;
      }
      from += size;
    }
    const found = this.strongLine(start, text.length, Number.POSITIVE_INFINITY, true);
    if (found.start >= 0) {
      if (this.open.length === 0 && this.comment >= 0 && this.complete())
        return this.result(this.comment, false);
      return this.cut(this.candidate >= 0 ? this.candidate : found.start);
    }
    this.at = text.length;
    return undefined;
  }

  private strongLine(from: number, to: number, most: number, commentsOpen: boolean): StrongLine {
    const found = firstStrongLine(this.text, from, to, most, commentsOpen);
    this.seen = Math.max(this.seen, found.seen);
    return found;
  }

  private string(quote: number): void {
    const { text } = this;
    this.kind = LITERAL;
    for (let i = this.at + 1; ; i++) {
      const code = text.charCodeAt(i);
      if (code === quote) {
        this.at = i + 1;
        return;
      }
      if (code === 0x5c) {
        if (text.charCodeAt(i + 1) === 0x0d && text.charCodeAt(i + 2) === 0x0a) i++;
        i++;
      } else if (i >= text.length || code === 0x0a || code === 0x0d) {
        this.seen = Math.max(this.seen, Math.min(i, text.length) + 1);
        if (this.jsx) {
          this.at++;
          this.kind = OPERATOR;
        } else this.at = Math.min(i, text.length);
        return;
      }
    }
  }

  /** From within a template's text to its end or its next `${`. */
  private template(): Scanned | undefined {
    const { text } = this;
    const start = this.at;
    const most = Math.min(text.length, start + TEMPLATE_LIMITS.length);
    for (let i = start; i < most; i++) {
      const code = text.charCodeAt(i);
      if (code === 0x5c) i++;
      else if (code === 0x60) return this.templateEnd(start, i);
      else if (code === 0x24 && text.charCodeAt(i + 1) === 0x7b) {
        this.at = i + 2;
        this.countLines(start, i);
        this.push(0x24);
        this.kind = OPERATOR;
        return undefined;
      }
    }
    const found = this.strongLine(start, most, Number.POSITIVE_INFINITY, false);
    this.seen = Math.max(this.seen, most + 1);
    const inner = found.start >= 0 ? found.start : this.inTemplate;
    const cut = this.candidate >= 0 ? this.candidate : inner;
    if (cut >= 0) return this.cut(cut);
    this.at = text.length;
    return undefined;
  }

  /** A backtick that a word follows opens a later template, where the text between held declarations. */
  private templateEnd(start: number, end: number): Scanned | undefined {
    const { text } = this;
    const found = this.strongLine(start, end, TEMPLATE_LIMITS.lines, false);
    if (found.start >= 0) {
      const next = text.charCodeAt(end + 1);
      const implausible = classOf(next) === NAME || next === 0x22 || next === 0x27;
      this.seen = Math.max(this.seen, end + 2);
      if ((implausible && end + 1 < text.length) || found.lines > TEMPLATE_LIMITS.lines)
        return this.cut(this.candidate >= 0 ? this.candidate : found.start);
      if (this.inTemplate < 0) this.inTemplate = found.start;
    }
    this.countLines(start, end);
    this.pop();
    this.kind = LITERAL;
    this.at = end + 1;
    return undefined;
  }

  private countLines(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const code = this.text.charCodeAt(i);
      if (code === 0x0a) {
        this.line++;
        this.lineStart = i + 1;
      }
    }
  }

  private slash(newLine: boolean): void {
    const { text, at } = this;
    const after = this.kind;
    this.kind = OPERATOR;
    this.at++;
    const regexp =
      after === NOTHING ||
      after === OPERATOR ||
      after === SEMICOLON ||
      (after === CLOSE_PAREN && this.control) ||
      (after === CLOSE_BRACE && newLine) ||
      (after === WORD && BEFORE_REGEXP.has(this.word()));
    if (
      !regexp ||
      at < this.slashesDivide ||
      (this.jsx && at > this.from && text.charCodeAt(at - 1) === 0x3c)
    )
      return;
    let inClass = false;
    for (let i = at + 1; i < at + LONGEST_REGEXP; i++) {
      const code = text.charCodeAt(i);
      if (i >= text.length || classOf(code) === LINE_BREAK) {
        this.slashesDivide = i;
        this.seen = Math.max(this.seen, i + 1);
        return;
      }
      if (code === 0x5c) i++;
      else if (code === 0x5b) inClass = true;
      else if (code === 0x5d) inClass = false;
      else if (code === 0x2f && !inClass) {
        this.kind = LITERAL;
        this.at = i + 1;
        while (classOf(text.charCodeAt(this.at)) === NAME && this.at < text.length) this.at++;
        return;
      }
    }
    this.slashesDivide = at + LONGEST_REGEXP;
    this.seen = Math.max(this.seen, at + LONGEST_REGEXP + 2);
  }

  private atEnd(): Scanned {
    this.seen = Math.max(this.seen, this.text.length + 1);
    if (this.open.length > 0) {
      const cut = this.candidate >= 0 ? this.candidate : this.inTemplate;
      return cut >= 0 ? this.cut(cut) : this.result(this.text.length, true);
    }
    const end = this.comment >= 0 && this.kind !== NOTHING ? this.comment : this.text.length;
    return this.result(end, false);
  }

  private cut(end: number): Scanned {
    return this.result(end, true);
  }

  private result(end: number, broken: boolean): Scanned {
    return { end, reach: Math.max(this.seen, this.at + 2, end), broken };
  }
}
