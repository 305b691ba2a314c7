/** Two-dimensional setting of formulas, shared by LaTeX and MathML: fractions, superscripts, roots, cases, Σ. */
import { isNumber } from '../expression/build.ts';
import type { Expr } from '../expression/expression.ts';
import { PRECEDENCE } from '../operations/define.ts';
import type { Notation } from '../operations/row.ts';
import { TABLE } from '../operations/table.ts';
import { BINDING } from './unicode.ts';

/** What a notation must be able to write. Strings in are finished pieces of that notation, except where said otherwise. */
export interface Typesetter {
  /** A positive finite number or Infinity. */
  number(value: number): string;
  /** A name as the user writes it: x1, p.mass, α. */
  name(name: string): string;
  /** A word in roman: true, otherwise. */
  word(word: string): string;
  element(array: string, index: string): string;
  row(...pieces: string[]): string;
  /** An infix or prefix sign, in Unicode: + − · < ≤ = ∧ … */
  sign(sign: string, prefix: boolean): string;
  fraction(above: string, below: string): string;
  superscript(base: string, exponent: string): string;
  squareRoot(inside: string): string;
  cubeRoot(inside: string): string;
  /** ( ), | |, ⌊ ⌋, ⌈ ⌉, [ ]: in Unicode. */
  fenced(open: string, inside: string, close: string): string;
  call(notation: Extract<Notation, { form: 'call' }>, args: readonly string[]): string;
  cases(arms: readonly (readonly [value: string, condition: string])[], otherwise: string): string;
  /** Σ or Π. */
  big(kind: 'sum' | 'product', below: string, above: string, body: string): string;
}

interface Set {
  readonly text: string;
  readonly binding: number;
}

export function typeset(expr: Expr, t: Typesetter): string {
  return new Setting(t).set(expr).text;
}

class Setting {
  private readonly t: Typesetter;

  constructor(t: Typesetter) {
    this.t = t;
  }

  set(expr: Expr): Set {
    const { t } = this;
    switch (expr.kind) {
      case 'number':
        return this.number(expr.value);
      case 'boolean':
        return atom(t.word(String(expr.value)));
      case 'named':
      case 'variable':
        return atom(t.name(expr.name));
      case 'element':
        return atom(t.element(expr.array, this.set(expr.index).text));
      case 'cases':
        return this.cases(expr.arms, expr.otherwise);
      case 'sum':
      case 'product': {
        const below = t.row(t.name(expr.variable), t.sign('=', false), this.set(expr.from).text);
        const body = this.at(expr.body, BINDING.mul);
        return {
          text: t.big(expr.kind, below, this.set(expr.to).text, body),
          binding: BINDING.big,
        };
      }
      case 'op':
        return this.operation(expr);
    }
  }

  private number(value: number): Set {
    const { t } = this;
    if (Number.isNaN(value)) return atom(t.word('NaN'));
    if (value < 0 || Object.is(value, -0))
      return { text: t.row(t.sign('−', true), t.number(-value)), binding: BINDING.prefix };
    return atom(t.number(value));
  }

  private at(expr: Expr, binding: number): string {
    const { text, binding: mine } = this.set(expr);
    return mine >= binding ? text : this.t.fenced('(', text, ')');
  }

  private cases(arms: readonly { when: Expr; value: Expr }[], otherwise: Expr): Set {
    const rows = arms.map((arm) => [this.set(arm.value).text, this.set(arm.when).text] as const);
    return { text: this.t.cases(rows, this.set(otherwise).text), binding: BINDING.cases };
  }

  private operation(expr: Extract<Expr, { kind: 'op' }>): Set {
    const { t } = this;
    const [a, b] = expr.args as [Expr, Expr];
    const inside = (x: Expr) => this.set(x).text;
    switch (expr.op) {
      case 'add':
        return this.infix(a, '+', b, BINDING.add, BINDING.mul - 0.1);
      case 'sub':
        return this.infix(a, '−', b, BINDING.add, BINDING.mul);
      case 'mul': {
        const left = this.set(a);
        const text = left.binding >= BINDING.prefix ? left.text : t.fenced('(', left.text, ')');
        const binding = left.binding === BINDING.prefix ? BINDING.prefix : BINDING.mul;
        return { text: t.row(text, t.sign('·', false), this.at(b, BINDING.mul)), binding };
      }
      case 'div':
        return this.quotient(a, b);
      case 'neg':
        return { text: t.row(t.sign('−', true), this.at(a, BINDING.mul)), binding: BINDING.prefix };
      case 'pow': {
        const root = a.kind === 'op' && (a.op === 'sqrt' || a.op === 'cbrt');
        const base = root ? t.fenced('(', inside(a), ')') : this.at(a, BINDING.atom);
        return { text: t.superscript(base, inside(b)), binding: BINDING.power };
      }
      case 'exp':
        return { text: t.superscript(t.name('e'), inside(a)), binding: BINDING.power };
      case 'sqrt':
        return atom(t.squareRoot(inside(a)));
      case 'cbrt':
        return atom(t.cubeRoot(inside(a)));
      case 'abs':
        return atom(t.fenced('|', inside(a), '|'));
      case 'floor':
        return atom(t.fenced('⌊', inside(a), '⌋'));
      case 'ceil':
        return atom(t.fenced('⌈', inside(a), '⌉'));
      case 'toNumber':
        return atom(t.fenced('[', inside(a), ']'));
      case 'truthy':
        return this.infix(a, '≠', { kind: 'number', value: 0 }, BINDING.compare, BINDING.compare + 1);
      case 'select':
        return this.cases([{ when: a, value: b }], expr.args[2]!);
      default:
        return this.byNotation(expr);
    }
  }

  /** −a/b with its minus before the bar; a/b/c under one bar. */
  private quotient(a: Expr, b: Expr): Set {
    const { t } = this;
    if (a.kind === 'op' && a.op === 'div')
      return this.quotient(a.args[0]!, { kind: 'op', op: 'mul', args: [a.args[1]!, b] });
    const below = this.set(b).text;
    const positive = withoutSign(a);
    if (!positive) return { text: t.fraction(this.set(a).text, below), binding: BINDING.mul };
    const text = t.row(t.sign('−', true), t.fraction(this.set(positive).text, below));
    return { text, binding: BINDING.prefix };
  }

  private byNotation(expr: Extract<Expr, { kind: 'op' }>): Set {
    const { t } = this;
    const notation = TABLE[expr.op].unicode;
    const [a, b] = expr.args as [Expr, Expr];
    if (notation.form === 'call')
      return atom(
        t.call(
          notation,
          expr.args.map((x) => this.set(x).text),
        ),
      );
    if (notation.form === 'prefix') {
      const text = t.row(t.sign(notation.symbol, true), this.at(a, PRECEDENCE.prefix));
      return { text, binding: BINDING.prefix };
    }
    return this.infix(a, notation.symbol, b, notation.precedence, notation.precedence + 1);
  }

  private infix(a: Expr, sign: string, b: Expr, binding: number, right: number): Set {
    const { t } = this;
    return { text: t.row(this.at(a, binding), t.sign(sign, false), this.at(b, right)), binding };
  }
}

function atom(text: string): Set {
  return { text, binding: BINDING.atom };
}

/** The formula without the minus it opens with; undefined where it opens with none. */
function withoutSign(expr: Expr): Expr | undefined {
  if (expr.kind === 'number') return expr.value < 0 ? { kind: 'number', value: -expr.value } : undefined;
  if (expr.kind !== 'op') return undefined;
  if (expr.op === 'neg') return expr.args[0];
  if (expr.op !== 'mul' && expr.op !== 'div') return undefined;
  const [a, b] = expr.args as [Expr, Expr];
  const first = withoutSign(a);
  if (!first) return undefined;
  return expr.op === 'mul' && isNumber(first, 1) ? b : { kind: 'op', op: expr.op, args: [first, b] };
}
