/**
 * Values of samples and ranges: constant expressions, parsed into the core language. What is no value ends in
 * Malformed, which the callers in this folder turn into a problem.
 */
import { type Span, span } from '../source/span.ts';
import type { BinaryOperator, Expression, ObjectMember, Spread } from '../source/syntax.ts';
import { found, type Lexer, type Token } from './lexer.ts';

/** Thrown and caught inside this folder only. Its span is relative to the lexer's text. */
export class Malformed extends Error {
  readonly span: Span;
  constructor(message: string, at: Span) {
    super(message);
    this.span = at;
  }
}

const DEEPEST = 100;
const MOST_OPERATORS = 500;

const MATH = new Set(
  (
    'abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround hypot imul log log10 ' +
    'log1p log2 max min pow round sign sin sinh sqrt tan tanh trunc E LN2 LN10 LOG2E LOG10E PI SQRT1_2 SQRT2'
  ).split(' '),
);

const LITERALS: { readonly [name: string]: number | boolean | null | undefined } = {
  Infinity: Number.POSITIVE_INFINITY,
  NaN: Number.NaN,
  undefined: undefined,
  true: true,
  false: false,
  null: null,
};

const PRECEDENCE: { readonly [operator: string]: number } = {
  '+': 1,
  '-': 1,
  '*': 2,
  '/': 2,
  '%': 2,
  '**': 4,
};

export class ValueParser {
  private readonly lexer: Lexer;
  private readonly offset: number;
  private readonly declared: (name: string) => boolean;
  private depth = 0;
  private brackets = 0;
  private operators = 0;
  private readonly parenthesised = new WeakSet<Expression>();

  /** `offset` is added to all spans; `declared` tells the file's own names, which win over those of Math. */
  constructor(lexer: Lexer, offset: number, declared: (name: string) => boolean) {
    this.lexer = lexer;
    this.offset = offset;
    this.declared = declared;
  }

  /** A value; `expected` is what to say where none stands. Throws Malformed. */
  value(expected: string): Expression {
    this.depth = 0;
    this.brackets = 0;
    this.operators = 0;
    return this.binary(0, expected);
  }

  private binary(least: number, expected: string): Expression {
    this.deeper();
    let left = this.unary(expected);
    for (;;) {
      const operator = this.operatorAhead();
      if (operator === undefined || PRECEDENCE[operator.text]! < Math.max(least, 1)) break;
      const precedence = PRECEDENCE[operator.text]!;
      if (++this.operators > MOST_OPERATORS)
        throw new Malformed(
          'This value is too long: name it as a constant of the file.',
          span(operator.start, operator.end),
        );
      this.lexer.next();
      const right = this.binary(
        operator.text === '**' ? precedence : precedence + 1,
        `a number after '${operator.text}'`,
      );
      left = {
        kind: 'binary',
        operator: operator.text as BinaryOperator,
        left,
        right,
        span: span(left.span.start, right.span.end),
      };
    }
    this.depth--;
    return left;
  }

  /**
   * An operator that goes on with the value. At the start of a line outside brackets it does so only where a value
   * follows and the line ends well: a list item (`- the mass`) is prose.
   */
  private operatorAhead(): (Token & { kind: 'mark' }) | undefined {
    const token = this.lexer.peek();
    if (token.kind !== 'mark' || !Object.hasOwn(PRECEDENCE, token.text)) return undefined;
    if (!token.newLine || this.brackets > 0) return token;
    const saved = {
      position: this.lexer.position,
      depth: this.depth,
      brackets: this.brackets,
      operators: this.operators,
    };
    this.lexer.next();
    let goesOn = false;
    try {
      this.binary(PRECEDENCE[token.text]!, '');
      const after = this.lexer.peek();
      goesOn =
        after.newLine ||
        after.kind === 'end' ||
        after.kind === 'tag' ||
        after.kind === 'mark' ||
        isClause(after);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
    this.lexer.position = saved.position;
    this.depth = saved.depth;
    this.brackets = saved.brackets;
    this.operators = saved.operators;
    return goesOn ? token : undefined;
  }

  private unary(expected: string): Expression {
    const token = this.lexer.peek();
    if (token.kind === 'mark' && (token.text === '-' || token.text === '+')) {
      this.lexer.next();
      this.deeper();
      const argument = this.binary(3, `a number after '${token.text}'`);
      this.depth--;
      if (argument.kind === 'binary' && argument.operator === '**' && !this.parenthesised.has(argument))
        throw new Malformed(
          "'-a ** b' is ambiguous: write (-a) ** b or -(a ** b).",
          span(token.start, this.lexer.position),
        );
      return {
        kind: 'unary',
        operator: token.text,
        argument,
        span: span(this.at(token.start), argument.span.end),
      };
    }
    return this.postfix(expected);
  }

  private postfix(expected: string): Expression {
    let node = this.primary(expected);
    for (;;) {
      const token = this.lexer.peek();
      // Outside brackets a line ends the value: what opens the next may be prose.
      if (token.kind !== 'mark' || (token.newLine && this.brackets === 0)) return node;
      if (token.text === '.') {
        this.lexer.next();
        const key = this.lexer.next();
        if (key.kind !== 'name') throw this.expected("a name after '.'", key);
        node = {
          kind: 'member',
          object: node,
          key: key.text,
          keySpan: this.spanOf(key),
          span: span(node.span.start, this.at(key.end)),
        };
      } else if (token.text === '[') {
        this.lexer.next();
        this.brackets++;
        const key = this.binary(0, "an index after '['");
        const close = this.close(']');
        node = {
          kind: 'member',
          object: node,
          key,
          keySpan: key.span,
          span: span(node.span.start, this.at(close.end)),
        };
      } else if (token.text === '(' && (node.kind === 'name' || node.kind === 'member')) {
        this.lexer.next();
        this.brackets++;
        const { items, end } = this.list(')', "an argument or ')'");
        node = { kind: 'call', callee: node, arguments: items, span: span(node.span.start, end) };
      } else return node;
    }
  }

  private primary(expected: string): Expression {
    const token = this.lexer.peek();
    this.lexer.next();
    const at = this.spanOf(token);
    switch (token.kind) {
      case 'number':
      case 'string':
        return { kind: 'literal', value: token.value, span: at };
      case 'name':
        return this.named(token.text, at, token);
      case 'bad':
        throw new Malformed(`Expected ${expected}: ${token.message}.`, span(token.start, token.end));
      case 'mark':
        if (token.text === '(') {
          this.brackets++;
          const inner = this.binary(0, "a value after '('");
          const close = this.close(')');
          const node = { ...inner, span: span(at.start, this.at(close.end)) };
          this.parenthesised.add(node);
          return node;
        }
        if (token.text === '[') {
          this.brackets++;
          const { items, end } = this.list(']', "a value or ']'");
          return { kind: 'array', elements: items, span: span(at.start, end) };
        }
        if (token.text === '{') return this.object(at.start);
    }
    throw this.expected(expected, token);
  }

  private named(name: string, at: Span, token: Token): Expression {
    if (name === 'new') return this.construct(at.start);
    if (name === 'this') throw new Malformed("A value cannot use 'this'.", span(token.start, token.end));
    if (Object.hasOwn(LITERALS, name)) return { kind: 'literal', value: LITERALS[name], span: at };
    const node: Expression = { kind: 'name', name, span: at };
    if (!MATH.has(name) || this.declared(name)) return node;
    return {
      kind: 'member',
      object: { kind: 'name', name: 'Math', span: at },
      key: name,
      keySpan: at,
      span: at,
    };
  }

  private construct(start: number): Expression {
    const first = this.lexer.next();
    if (first.kind !== 'name') throw this.expected("a class after 'new'", first);
    let callee: Expression = { kind: 'name', name: first.text, span: this.spanOf(first) };
    for (;;) {
      const token = this.lexer.next();
      if (token.kind === 'mark' && token.text === '(') break;
      if (token.kind !== 'mark' || token.text !== '.') throw this.expected("'(' after the class", token);
      const key = this.lexer.next();
      if (key.kind !== 'name') throw this.expected("a name after '.'", key);
      const keySpan = this.spanOf(key);
      callee = {
        kind: 'member',
        object: callee,
        key: key.text,
        keySpan,
        span: span(callee.span.start, keySpan.end),
      };
    }
    this.brackets++;
    const { items, end } = this.list(')', "an argument or ')'");
    return { kind: 'construct', callee, arguments: items, span: span(start, end) };
  }

  private object(start: number): Expression {
    this.brackets++;
    const members: ObjectMember[] = [];
    for (;;) {
      const key = this.lexer.next();
      if (isMark(key, '}')) {
        this.brackets--;
        return { kind: 'object', members, span: span(start, this.at(key.end)) };
      }
      if (key.kind !== 'name' && key.kind !== 'string' && key.kind !== 'number')
        throw this.expected("a field's name or '}'", key);
      const name = key.kind === 'name' ? key.text : String(key.value);
      const colon = this.lexer.peek();
      let value: Expression;
      if (isMark(colon, ':')) {
        this.lexer.next();
        value = this.binary(0, "a number, an array or an object after ':'");
      } else if (key.kind === 'name' && (isMark(colon, ',') || isMark(colon, '}'))) {
        value = this.named(key.text, this.spanOf(key), key);
      } else throw this.expected(`':' after '${name}'`, colon);
      members.push({ kind: 'property', key: name, value, span: span(this.at(key.start), value.span.end) });
      const after = this.lexer.peek();
      if (isMark(after, ',')) this.lexer.next();
      else if (!isMark(after, '}')) throw this.expected("',' or '}'", after);
    }
  }

  private list(close: ')' | ']', expected: string): { items: (Expression | Spread)[]; end: number } {
    const items: (Expression | Spread)[] = [];
    for (;;) {
      const token = this.lexer.peek();
      if (isMark(token, close)) {
        this.lexer.next();
        this.brackets--;
        return { items, end: this.at(token.end) };
      }
      if (isMark(token, '...')) {
        this.lexer.next();
        const argument = this.binary(0, "an array after '...'");
        items.push({ kind: 'spread', argument, span: span(this.at(token.start), argument.span.end) });
      } else items.push(this.binary(0, expected));
      const after = this.lexer.peek();
      if (isMark(after, ',')) this.lexer.next();
      else if (!isMark(after, close)) throw this.expected(`',' or '${close}'`, after);
    }
  }

  private close(mark: string): Token {
    const token = this.lexer.next();
    if (!isMark(token, mark)) throw this.expected(`'${mark}'`, token);
    this.brackets--;
    return token;
  }

  private deeper(): void {
    if (++this.depth > DEEPEST) {
      const { position } = this.lexer;
      throw new Malformed(
        'This value is nested too deeply.',
        span(position, Math.min(position + 1, this.lexer.end)),
      );
    }
  }

  private at(position: number): number {
    return position + this.offset;
  }

  private spanOf(token: Token): Span {
    return span(this.at(token.start), this.at(token.end));
  }

  private expected(what: string, token: Token): Malformed {
    return expectedError(what, token, this.lexer);
  }
}

/** "Expected …, found …"; an empty place is shown at the last character before it. */
export function expectedError(what: string, token: Token, lexer: Lexer): Malformed {
  if (token.kind === 'bad')
    return new Malformed(`Expected ${what}: ${token.message}.`, span(token.start, token.end));
  if (token.kind !== 'end' && token.kind !== 'tag')
    return new Malformed(
      `Expected ${what}, found ${found(token, lexer.text)}.`,
      span(token.start, token.end),
    );
  let at = token.start;
  while (at > 0 && /\s/.test(lexer.text[at - 1]!)) at--;
  return new Malformed(`Expected ${what}.`, span(Math.max(0, at - 1), Math.max(at, 1)));
}

export function isMark(token: Token, text: string): boolean {
  return token.kind === 'mark' && token.text === text;
}

/** A word that opens a clause of the annotation. */
export function isClause(token: Token): token is Token & { kind: 'name' } {
  return token.kind === 'name' && /^(?:at|wrt|range|gradientOf)$/.test(token.text);
}
