/** Formulas as TypeScript expressions that compute the very same doubles as the formula's operations, in its order. */
import type { Expr } from '../expression/expression.ts';
import { PRECEDENCE } from '../operations/define.ts';
import { TABLE } from '../operations/table.ts';
import { fullNumber } from './numbers.ts';

interface Printed {
  readonly text: string;
  readonly precedence: number;
}
const CONDITIONAL = 2;
const ATOM = 20;

export function printTypescript(expr: Expr): string {
  return print(expr).text;
}

function print(expr: Expr): Printed {
  switch (expr.kind) {
    case 'number':
      return number(expr.value);
    case 'boolean':
      return { text: String(expr.value), precedence: ATOM };
    case 'named':
      if (expr.value === Math.PI) return { text: 'Math.PI', precedence: ATOM };
      if (expr.value === Math.E) return { text: 'Math.E', precedence: ATOM };
      return number(expr.value);
    case 'variable':
      return { text: identifier(expr.name), precedence: ATOM };
    case 'element':
      return { text: `${expr.array}[${print(expr.index).text}]`, precedence: ATOM };
    case 'cases': {
      const last = at(expr.otherwise, CONDITIONAL);
      const text = expr.arms.reduceRight(
        (rest, arm) => `${at(arm.when, CONDITIONAL + 1)} ? ${at(arm.value, CONDITIONAL)} : ${rest}`,
        last,
      );
      return { text, precedence: expr.arms.length === 0 ? print(expr.otherwise).precedence : CONDITIONAL };
    }
    case 'sum':
    case 'product':
      return range(expr);
    case 'op':
      return operation(expr);
  }
}

function number(value: number): Printed {
  const negative = value < 0 || Object.is(value, -0);
  return { text: fullNumber(value), precedence: negative ? PRECEDENCE.prefix : ATOM };
}

/** Primes tell bound variables apart in print; an identifier has none. */
function identifier(name: string): string {
  return name.replaceAll('′', '$');
}

function at(expr: Expr, precedence: number): string {
  const printed = print(expr);
  return printed.precedence >= precedence ? printed.text : `(${printed.text})`;
}

function operation(expr: Extract<Expr, { kind: 'op' }>): Printed {
  const [a, b] = expr.args as [Expr, Expr];
  if (expr.op === 'select') {
    const text = `${at(a, CONDITIONAL + 1)} ? ${at(b, CONDITIONAL)} : ${at(expr.args[2]!, CONDITIONAL)}`;
    return { text, precedence: CONDITIONAL };
  }
  const notation = TABLE[expr.op].js;
  if (notation.form === 'call') {
    const args = expr.args.map((x) => print(x).text).join(', ');
    return { text: `${notation.name}(${args})`, precedence: ATOM };
  }
  const { symbol, precedence } = notation;
  if (notation.form === 'prefix') {
    const inside = at(a, precedence);
    return { text: inside.startsWith(symbol) ? `${symbol}(${inside})` : symbol + inside, precedence };
  }
  // A sign may not stand before **, so its left operand is an atom; && and || are as associative as they look.
  const power = expr.op === 'pow';
  const left = at(a, power ? ATOM : precedence);
  const right = at(b, notation.associative === 'both' || power ? precedence : precedence + 1);
  return { text: `${left} ${symbol} ${right}`, precedence };
}

/** Added (multiplied) from the first to the last, as a loop would. */
function range(expr: Extract<Expr, { kind: 'sum' | 'product' }>): Printed {
  const { variable, from, to, body } = expr;
  const first = at(from, PRECEDENCE.sum + 1);
  const index = from.kind === 'number' && from.value === 0 ? 'k' : `k + ${first}`;
  const length = `Math.max(0, Math.floor(${at(to, PRECEDENCE.sum)} - ${first}) + 1)`;
  const name = identifier(variable);
  const term = index === 'k' ? `(_, ${name}) => ${print(body).text}` : undefined;
  const callback = term ?? `(_, k) => ((${name}) => ${print(body).text})(${index})`;
  const [sign, start] = expr.kind === 'sum' ? ['+', 0] : ['*', 1];
  const text = `Array.from({ length: ${length} }, ${callback}).reduce((s, t) => s ${sign} t, ${start})`;
  return { text, precedence: ATOM };
}
