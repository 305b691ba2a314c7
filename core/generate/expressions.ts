/** Expressions of generated code, as text with what must be known to combine and to move them. */
import type { Operation } from '../operations/names.ts';
import { TABLE } from '../operations/table.ts';
import { EACH, type View } from './nested.ts';
import type { Remark } from './remarks.ts';
import { accesses } from './structure.ts';

export interface Text {
  readonly text: string;
  /** JavaScript's precedence, as in the table; ATOM binds tightest. */
  readonly precedence: number;
  /** Mutable variables it reads. */
  readonly reads: ReadonlySet<string>;
  /** Arrays whose elements it reads, `ANY` where it may be any. */
  readonly loads: ReadonlySet<string>;
  /** Comments on what it computes. */
  readonly remarks?: readonly Remark[];
  /** Where it is condition ? then : other. */
  readonly choice?: { readonly condition: Text; readonly then: Text; readonly other: Text };
  /** Where it is left ∘ right with one of + − · /. */
  readonly parts?: { readonly left: string; readonly symbol: string; readonly right: string };
}

/** Stands for any array. */
export const ANY = '*';

const ATOM = 20;
const CONDITIONAL = 2;
const PREFIX = TABLE.neg.js.form === 'prefix' ? TABLE.neg.js.precedence : ATOM;
const NOTHING: ReadonlySet<string> = new Set();

export function atom(
  text: string,
  reads: ReadonlySet<string> = NOTHING,
  loads: ReadonlySet<string> = NOTHING,
): Text {
  return { text, precedence: ATOM, reads, loads };
}

const COMPOUND: ReadonlySet<Operation> = new Set<Operation>(['add', 'sub', 'mul', 'div', 'rem']);

/** What comparisons with NaN yield. */
const WITH_NAN: { readonly [O in Operation]?: boolean } = {
  eq: false,
  ne: true,
  lt: false,
  le: false,
  gt: false,
  ge: false,
};

const CONSTANTS = (['PI', 'E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'SQRT2', 'SQRT1_2'] as const).map(
  (name) => [Math[name], `Math.${name}`] as const,
);

export function literal(value: number | boolean): Text {
  if (typeof value === 'boolean') return atom(String(value));
  const magnitude = Math.abs(value);
  const text = CONSTANTS.find(([known]) => known === magnitude)?.[1] ?? String(magnitude);
  if (value < 0 || Object.is(value, -0)) return { ...atom(`-${text}`), precedence: PREFIX };
  if (magnitude === 2 * Math.PI) return operation('mul', [atom('2'), atom('Math.PI')]);
  return atom(text);
}

/** An element of `array`: what it is known as where it is no other. */
export function element(buffer: Text, index: Text, asserted: boolean, array = ANY): Text {
  const all = joined([buffer, index]);
  return {
    ...all,
    text: `${wrapped(buffer, ATOM)}[${index.text}]${asserted ? '!' : ''}`,
    precedence: ATOM,
    loads: new Set([...all.loads, array]),
  };
}

/** An element of nested arrays: `rows[i][j]`, `points[i].x`. */
export function position(
  { base, keys }: View,
  indices: readonly Text[],
  asserted: boolean,
  assertedInside: boolean,
): Text {
  let text = base;
  let next = 0;
  const all = joined(indices);
  keys.forEach((key, k) => {
    if (key !== EACH) {
      text += accesses({ path: [key] });
      return;
    }
    const last = k === keys.length - 1;
    text += `[${indices[next++]!.text}]${(last ? asserted : assertedInside) ? '!' : ''}`;
  });
  const loads = new Set([...all.loads, arrayOf({ base, keys })]);
  return { ...all, text, precedence: ATOM, loads };
}

/** What the numbers of a view are known as. */
export function arrayOf({ base, keys }: View): string {
  return [base, ...keys].join('.');
}

export function lengthOf(buffer: Text): Text {
  return {
    ...joined([buffer]),
    text: `${wrapped(buffer, ATOM)}.length`,
    precedence: ATOM,
  };
}

export function conditional(condition: Text, then: Text, other: Text): Text {
  // a ? (b ? x : y) : y
  if (then.choice?.other.text === other.text)
    return conditional(operation('and', [condition, then.choice.condition]), then.choice.then, other);
  const text = `${wrapped(condition, CONDITIONAL + 1)} ? ${wrapped(then, CONDITIONAL + 1)} : ${wrapped(other, CONDITIONAL)}`;
  return {
    ...joined([condition, then, other]),
    text,
    precedence: CONDITIONAL,
    choice: { condition, then, other },
  };
}

/** `target = value`, with a compound operator where the value begins with the target. */
export function assignment(target: string, value: Text): string {
  if (value.parts?.left !== target) return `${target} = ${value.text};`;
  const { symbol, right } = value.parts;
  if (symbol === '&&' || symbol === '||') return `${target} = ${value.text};`;
  if (right === '1' && (symbol === '+' || symbol === '-')) return `${target}${symbol}${symbol};`;
  // x += -1 reads better as x -= 1.
  const negative = symbol === '+' ? /^-([\w.]+)$/.exec(right)?.[1] : undefined;
  return negative === undefined ? `${target} ${symbol}= ${right};` : `${target} -= ${negative};`;
}

export function negated(condition: Text): Text {
  return operation('not', [condition]);
}

export function operation(op: Operation, args: readonly Text[]): Text {
  const { js } = TABLE[op];
  const rest = joined(args);
  const [a, b, c] = args as [Text, Text, Text];
  if (op === 'select') return conditional(a, b, c);
  // The type checker refuses comparisons whose outcome is known.
  if (op in WITH_NAN && args.some((arg) => arg.text === 'NaN')) return literal(WITH_NAN[op] === true);
  switch (js.form) {
    case 'call':
      return { ...rest, text: `${js.name}(${args.map((arg) => arg.text).join(', ')})`, precedence: ATOM };
    case 'prefix': {
      // −(x · y) is −x · y to the bit.
      if (op === 'neg' && a.parts && PRODUCT.test(a.text) && isProduct(a)) {
        const parts = { ...a.parts, left: `-${a.parts.left}` };
        return { ...rest, text: `-${a.text}`, precedence: a.precedence, parts };
      }
      // - -x and -(-2) must not become --x.
      const operand = wrapped(a, js.precedence + (a.text.startsWith('-') ? 1 : 0));
      return { ...rest, text: `${js.symbol}${operand}`, precedence: js.precedence };
    }
    case 'infix':
      return { ...rest, ...infix(op, js, a, b) };
  }
}

/** A product or quotient that begins with something no sign binds tighter than. */
const PRODUCT = /^[\w$.[\]!]+(?:\([\w$.[\]!, ]*\))? [*/] /;
/** Powers of two: products with them are exact. */
const SCALE = /^(?:2|4|8|0\.5|0\.25)$/;

const RANK: ReadonlySet<string> = new Set(['*', '/', '%']);

const isProduct = ({ parts }: Text): boolean => parts?.symbol === '*' || parts?.symbol === '/';

function infix(
  op: Operation,
  js: Extract<(typeof TABLE)[Operation]['js'], { form: 'infix' }>,
  a: Text,
  b: Text,
): Pick<Text, 'text' | 'precedence' | 'parts'> {
  const { precedence, symbol } = js;
  if (op === 'add' || op === 'sub') {
    // x + −y is x − y, and −x + y is y − x.
    const minus = unsigned(b);
    if (minus !== undefined) return sum(a, op === 'add' ? '-' : '+', minus);
    const first = op === 'add' ? unsigned(a) : undefined;
    if (first !== undefined && b.precedence >= precedence) return sum(b, '-', first);
    return sum(a, op === 'add' ? '+' : '-', b);
  }
  // A power does not take a sign before it.
  const leftLimit = js.associative === 'right' ? PREFIX + 1 : precedence;
  const exactRight =
    js.associative === 'right' || (js.associative === 'both' && (op === 'and' || op === 'or'));
  const flat = op === 'mul' && SCALE.test(a.text) && b.parts?.symbol === '*' && b.precedence === precedence;
  const left = mixes(symbol, a) ? `(${a.text})` : wrapped(a, leftLimit);
  const right =
    mixes(symbol, b) && exactRight
      ? `(${b.text})`
      : wrapped(b, exactRight || flat ? precedence : precedence + 1);
  const text = { text: `${left} ${symbol} ${right}`, precedence };
  if (COMPOUND.has(op)) return { ...text, parts: { left: a.text, symbol, right: b.text } };
  return symbol === '&&' || symbol === '||' ? { ...text, parts: { left, symbol, right } } : text;
}

/** x of −x, where a sum may have x in its place. */
function unsigned(text: Text): Text | undefined {
  const isNegative = text.precedence === PREFIX || isProduct(text);
  if (!isNegative || !/^-[^-(]/.test(text.text) || text.text === '-Infinity') return undefined;
  return {
    ...text,
    text: text.text.slice(1),
    precedence: text.precedence === PREFIX ? ATOM : text.precedence,
  };
}

function sum(a: Text, symbol: '+' | '-', b: Text): Pick<Text, 'text' | 'precedence' | 'parts'> {
  const { precedence } = TABLE.add.js as { precedence: number };
  const [left, right] = [a, b].map((x) => (x.parts?.symbol === '%' ? atom(`(${x.text})`) : x)) as [
    Text,
    Text,
  ];
  const text = `${wrapped(left, precedence)} ${symbol} ${wrapped(right, precedence + 1)}`;
  return { text, precedence, parts: { left: a.text, symbol, right: b.text } };
}

/** Whether formatters set an operand apart: of different operators of one rank, of && within ||. */
function mixes(symbol: string, { parts }: Text): boolean {
  if (parts === undefined) return false;
  if (RANK.has(symbol)) return RANK.has(parts.symbol) && parts.symbol !== symbol;
  return symbol === '||' && parts.symbol === '&&';
}

function wrapped(part: Text, limit: number): string {
  return part.precedence < limit ? `(${part.text})` : part.text;
}

/** What a combination reads, and what is said of its parts. */
function joined(parts: readonly Text[]): Pick<Text, 'reads' | 'loads' | 'remarks'> {
  const remarks = parts.flatMap((part) => part.remarks ?? []);
  return {
    reads: union(parts.map(({ reads }) => reads)),
    loads: union(parts.map(({ loads }) => loads)),
    ...(remarks.length === 0 ? {} : { remarks }),
  };
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const some = sets.filter((set) => set.size > 0);
  return some.length === 0
    ? NOTHING
    : some.length === 1
      ? some[0]!
      : new Set(some.flatMap((set) => [...set]));
}
