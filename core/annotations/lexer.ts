/** Tokens of the annotation grammar. Never throws: what fits nothing is a token of kind 'bad' with its reason. */
import { isLineBreak } from './comments.ts';

export type Token = {
  readonly start: number;
  readonly end: number;
  /** A line break stands between this token and the one before. */
  readonly newLine: boolean;
} & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'name'; readonly text: string }
  /** `#2`: the parameter of that position. */
  | { readonly kind: 'position'; readonly text: string }
  /** `@name`. */
  | { readonly kind: 'tag'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'bad'; readonly message: string }
  | { readonly kind: 'end' }
);

const LONGEST_NUMBER = 1000;
const DECIMAL =
  /^(?:(?:0|[1-9](?:_?[0-9])*)(?:\.(?:[0-9](?:_?[0-9])*)?)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?$/;
const RADIX = /^0(?:[xX][0-9a-fA-F](?:_?[0-9a-fA-F])*|[oO][0-7](?:_?[0-7])*|[bB][01](?:_?[01])*)$/;
const NAME_START = /[\p{ID_Start}$_]/u;
const NAME_PART = /[\p{ID_Continue}$\u200c\u200d]/u;
const ESCAPES: { readonly [letter: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
};

export class Lexer {
  readonly text: string;
  readonly end: number;
  /** Where the next token is looked for. */
  position: number;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.position = start;
    this.end = end;
  }

  /** The token read last: what is peeked at is read once. */
  private known: { readonly from: number; readonly token: Token; readonly to: number } | undefined;

  peek(): Token {
    const position = this.position;
    const token = this.next();
    this.position = position;
    return token;
  }

  next(): Token {
    const from = this.position;
    if (this.known?.from !== from) {
      const token = this.read();
      this.known = { from, token, to: this.position };
    }
    this.position = this.known.to;
    return this.known.token;
  }

  private read(): Token {
    const { text, end } = this;
    let at = this.position;
    let newLine = false;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (isLineBreak(code)) newLine = true;
      else if (!isBlank(code)) break;
    }
    const start = at;
    const made = (to: number): { start: number; end: number; newLine: boolean } => {
      this.position = to;
      return { start, end: to, newLine };
    };
    if (at >= end) return { ...made(end), end, start: end, kind: 'end' };
    const char = text[at]!;
    if (isDigit(char) || (char === '.' && isDigit(text[at + 1]))) {
      const to = this.numberEnd(at);
      const literal = text.slice(start, Math.min(to, start + LONGEST_NUMBER + 1));
      if (literal.length <= LONGEST_NUMBER && (DECIMAL.test(literal) || RADIX.test(literal)))
        return { ...made(to), kind: 'number', value: Number(literal.replaceAll('_', '')) };
      return { ...made(to), kind: 'bad', message: `'${short(literal)}' is not a number` };
    }
    if (char === '"' || char === "'") return this.string(char, made);
    const name = this.nameEnd(at);
    if (name > at) return { ...made(name), kind: 'name', text: text.slice(at, name) };
    if (char === '@') {
      const to = this.nameEnd(at + 1);
      if (to > at + 1) return { ...made(to), kind: 'tag', text: text.slice(at + 1, to) };
    }
    if (char === '#') {
      let to = at + 1;
      while (to < end && isDigit(text[to])) to++;
      if (to > at + 1) return { ...made(to), kind: 'position', text: text.slice(at, to) };
    }
    const mark = text.startsWith('...', at) ? '...' : text.startsWith('**', at) ? '**' : char;
    if ('+-*/%()[]{},:=.'.includes(char)) return { ...made(at + mark.length), kind: 'mark', text: mark };
    const shown = String.fromCodePoint(text.codePointAt(at)!);
    return {
      ...made(Math.min(end, at + shown.length)),
      kind: 'bad',
      message: `'${shown}' cannot stand here`,
    };
  }

  private numberEnd(from: number): number {
    const hex = /^0[xX]/.test(this.text.slice(from, from + 2));
    let at = from;
    while (at < this.end) {
      const char = this.text[at]!;
      const exponent = !hex && at > from && (this.text[at - 1] === 'e' || this.text[at - 1] === 'E');
      if (
        isDigit(char) ||
        char === '.' ||
        NAME_PART.test(char) ||
        (exponent && (char === '+' || char === '-'))
      )
        at++;
      else break;
    }
    return at;
  }

  private nameEnd(from: number): number {
    let at = from;
    while (at < this.end) {
      const char = String.fromCodePoint(this.text.codePointAt(at)!);
      if (!(at === from ? NAME_START : NAME_PART).test(char) || at + char.length > this.end) break;
      at += char.length;
    }
    return at;
  }

  private string(
    quote: string,
    made: (to: number) => { start: number; end: number; newLine: boolean },
  ): Token {
    const { text, end } = this;
    let at = this.position;
    while (text[at] !== quote) at++;
    let value = '';
    for (at++; at < end && !isLineBreak(text.charCodeAt(at)); at++) {
      const char = text[at]!;
      if (char === quote) return { ...made(at + 1), kind: 'string', value };
      if (char !== '\\') {
        value += char;
        continue;
      }
      const coded = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})/.exec(
        text.slice(at, at + 10),
      );
      const code = coded === null ? undefined : Number.parseInt(coded[1] ?? coded[2] ?? coded[3]!, 16);
      if (code !== undefined && code <= 0x10ffff) {
        value += String.fromCodePoint(code);
        at += coded![0].length - 1;
      } else {
        const letter = text[++at] ?? '';
        value += ESCAPES[letter] ?? letter;
      }
    }
    return { ...made(Math.min(at, end)), kind: 'bad', message: `this text lacks its closing ${quote}` };
  }
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

function isBlank(code: number): boolean {
  return (
    code <= 0x20 || code === 0xa0 || code === 0xfeff || (code >= 0x2000 && code <= 0x200a) || code === 0x3000
  );
}

function short(text: string): string {
  return text.length > 40 ? text.slice(0, 40) + '…' : text;
}

/** A token as a message names it. */
export function found(token: Token, text: string): string {
  if (token.kind === 'end') return 'the end';
  return `'${short(text.slice(token.start, token.end))}'`;
}
