/**
 * Formulas as one writes them in running text: `x1·x2 + sin(x1)`, `√(x² + y²)`, `Σ_{i=0}^{n−2} x[i]²`.
 * Products and sums are printed without the parentheses that associativity makes idle.
 */
import { asCases, type CasesExpr } from '../expression/build.ts';
import type { Expr } from '../expression/expression.ts';
import { PRECEDENCE } from '../operations/define.ts';
import type { Operation } from '../operations/names.ts';
import { TABLE } from '../operations/table.ts';
import { formulaNumber, MINUS } from './numbers.ts';

/** How tightly a printed form binds, on the table's scale; parentheses stand where a looser form meets a tighter place. */
export const BINDING = {
  cases: 0,
  or: PRECEDENCE.or,
  compare: PRECEDENCE.comparison,
  add: PRECEDENCE.sum,
  /** Σ and Π: in a product they need parentheses, or they would swallow the rest. */
  big: PRECEDENCE.sum + 0.25,
  /** A leading minus: may open a sum or a product, not stand inside. */
  prefix: PRECEDENCE.sum + 0.5,
  mul: PRECEDENCE.product,
  power: PRECEDENCE.power,
  atom: 20,
} as const;

interface Printed {
  readonly text: string;
  readonly binding: number;
}

const SUPERSCRIPT: { readonly [character: string]: string } = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '-': '⁻',
};

export function superscript(integer: number): string {
  return [...String(integer)].map((c) => SUPERSCRIPT[c] ?? c).join('');
}

/** One line. Cases at the top stand open: `{ x if x > 0; 0 otherwise`. */
export function printUnicode(expr: Expr): string {
  const cases = asCases(expr);
  return cases ? `{ ${armsOf(cases).join('; ')}` : print(expr).text;
}

/** Cases at the top get a line an arm; everything else is as `printUnicode`. */
export function printUnicodeLines(expr: Expr): string[] {
  const cases = asCases(expr);
  if (!cases) return [printUnicode(expr)];
  return armsOf(cases).map((arm, i) => (i === 0 ? `{ ${arm}` : `  ${arm}`));
}

/** `∂f/∂x1`; a name that is not a plain word goes in parentheses below the bar only where it would be misread. */
export function printPartialName(f: string, variable: string): string {
  return `∂${f}/∂${variable}`;
}

function print(expr: Expr): Printed {
  switch (expr.kind) {
    case 'number':
      return number(expr.value);
    case 'boolean':
      return { text: String(expr.value), binding: BINDING.atom };
    case 'named':
    case 'variable':
      return { text: expr.name, binding: BINDING.atom };
    case 'element':
      return { text: `${expr.array}[${compact(print(expr.index).text)}]`, binding: BINDING.atom };
    case 'cases':
      return { text: `{ ${armsOf(expr).join('; ')} }`, binding: BINDING.atom };
    case 'sum':
    case 'product': {
      const range = `_{${expr.variable}=${compact(print(expr.from).text)}}^{${compact(print(expr.to).text)}}`;
      const sign = expr.kind === 'sum' ? 'Σ' : 'Π';
      return { text: `${sign}${range} ${at(expr.body, BINDING.mul)}`, binding: BINDING.big };
    }
    case 'op':
      return operation(expr.op, expr.args);
  }
}

function number(value: number): Printed {
  const negative = value < 0 || Object.is(value, -0);
  return { text: formulaNumber(value), binding: negative ? BINDING.prefix : BINDING.atom };
}

/** The text of a formula at a place that needs at least that binding. */
function at(expr: Expr, binding: number): string {
  const printed = print(expr);
  return printed.binding >= binding ? printed.text : `(${printed.text})`;
}

function operation(op: Operation, args: readonly Expr[]): Printed {
  const [a, b] = args as [Expr, Expr];
  switch (op) {
    case 'add':
    case 'sub': {
      const sign = op === 'add' ? '+' : MINUS;
      const right = op === 'add' ? at(b, BINDING.add) : at(b, BINDING.mul);
      const guarded = right.startsWith(MINUS) ? `(${right})` : right;
      return { text: `${at(a, BINDING.add)} ${sign} ${guarded}`, binding: BINDING.add };
    }
    case 'mul':
      return scaled(print(a), `·${at(b, BINDING.mul + divides(b))}`);
    case 'div':
      return scaled(print(a), `/${at(b, BINDING.power)}`);
    case 'neg':
      return { text: `${MINUS}${at(a, BINDING.mul)}`, binding: BINDING.prefix };
    case 'pow':
      return power(a, b);
    case 'sqrt':
      return root('√', a);
    case 'cbrt':
      return root('∛', a);
    case 'abs':
      return { text: `|${print(a).text}|`, binding: BINDING.atom };
    case 'floor':
      return { text: `⌊${print(a).text}⌋`, binding: BINDING.atom };
    case 'ceil':
      return { text: `⌈${print(a).text}⌉`, binding: BINDING.atom };
    case 'truthy':
      return { text: `${at(a, BINDING.add)} ≠ 0`, binding: BINDING.compare };
    case 'toNumber':
      return { text: `[${print(a).text}]`, binding: BINDING.atom };
    case 'select': {
      const cases = asCases({ kind: 'op', op, args })!;
      return { text: `{ ${armsOf(cases).join('; ')} }`, binding: BINDING.atom };
    }
    default:
      return byNotation(op, args);
  }
}

/** As the operation's row says. */
function byNotation(op: Operation, args: readonly Expr[]): Printed {
  const notation = TABLE[op].unicode;
  if (notation.form === 'call') {
    const inside = args.map((x) => print(x).text).join(', ');
    return { text: `${notation.name}(${inside})`, binding: BINDING.atom };
  }
  const [a, b] = args as [Expr, Expr];
  const { symbol, precedence } = notation;
  if (notation.form === 'prefix') return { text: `${symbol}${at(a, precedence)}`, binding: BINDING.prefix };
  return { text: `${at(a, precedence)} ${symbol} ${at(b, precedence + 1)}`, binding: precedence };
}

/** A quotient as right factor keeps its parentheses: a·(b/c). */
function divides(expr: Expr): 0 | 1 {
  return expr.kind === 'op' && (expr.op === 'div' || expr.op === 'rem') ? 1 : 0;
}

/** A product whose first factor opens with a minus is itself a form that opens with a minus. */
function scaled(first: Printed, rest: string): Printed {
  const text = first.binding >= BINDING.prefix ? first.text : `(${first.text})`;
  return { text: text + rest, binding: first.binding === BINDING.prefix ? BINDING.prefix : BINDING.mul };
}

function power(base: Expr, exponent: Expr): Printed {
  const needsParentheses = base.kind === 'op' && (base.op === 'sqrt' || base.op === 'cbrt');
  const text = needsParentheses ? `(${print(base).text})` : at(base, BINDING.atom);
  if (exponent.kind === 'number' && Number.isInteger(exponent.value) && Math.abs(exponent.value) < 1e6)
    return { text: text + superscript(exponent.value), binding: BINDING.power };
  const above = print(exponent);
  const bare =
    above.binding === BINDING.atom &&
    (exponent.kind === 'variable' || exponent.kind === 'named' || exponent.kind === 'number');
  return { text: `${text}^${bare ? above.text : `(${above.text})`}`, binding: BINDING.power };
}

function root(sign: string, argument: Expr): Printed {
  const bare = argument.kind === 'variable' || argument.kind === 'named' || argument.kind === 'element';
  const printed = print(argument);
  const plain = bare || (argument.kind === 'number' && printed.binding === BINDING.atom);
  return { text: `${sign}${plain ? printed.text : `(${printed.text})`}`, binding: BINDING.atom };
}

function armsOf(expr: CasesExpr): string[] {
  const arms = expr.arms.map((arm) => `${print(arm.value).text} if ${print(arm.when).text}`);
  return [...arms, `${print(expr.otherwise).text} otherwise`];
}

function compact(text: string): string {
  return text.replaceAll(' ', '');
}
