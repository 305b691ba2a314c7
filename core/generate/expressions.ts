/** Expressions of generated code, as text with what must be known to combine and to move them. */
import type { Operation } from '../operations/names.ts';
import { TABLE } from '../operations/table.ts';
import { EACH, type View } from './nested.ts';
import { accesses } from './structure.ts';

export interface Text {
  readonly text: string;
  /** JavaScript's precedence, as in the table; ATOM binds tightest. */
  readonly precedence: number;
  /** Mutable variables it reads. */
  readonly reads: ReadonlySet<string>;
  /** Whether it reads elements of arrays. */
  readonly loads: boolean;
  /** Where it is condition ? then : other. */
  readonly choice?: { readonly condition: Text; readonly then: Text; readonly other: Text };
  /** Where it is left ∘ right with one of + − · /. */
  readonly parts?: { readonly left: string; readonly symbol: string; readonly right: string };
}

const ATOM = 20;
const CONDITIONAL = 2;
const PREFIX = TABLE.neg.js.form === 'prefix' ? TABLE.neg.js.precedence : ATOM;
const NOTHING: ReadonlySet<string> = new Set();

export function atom(text: string, reads: ReadonlySet<string> = NOTHING, loads = false): Text {
  return { text, precedence: ATOM, reads, loads };
}

const COMPOUND: ReadonlySet<Operation> = new Set<Operation>(['add', 'sub', 'mul', 'div']);

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
  return atom(text);
}

export function element(buffer: Text, index: Text, asserted: boolean): Text {
  const all = joined([buffer, index]);
  return {
    ...all,
    text: `${wrapped(buffer, ATOM)}[${index.text}]${asserted ? '!' : ''}`,
    precedence: ATOM,
    loads: true,
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
  keys.forEach((key, k) => {
    if (key !== EACH) {
      text += accesses({ path: [key] });
      return;
    }
    const last = k === keys.length - 1;
    text += `[${indices[next++]!.text}]${(last ? asserted : assertedInside) ? '!' : ''}`;
  });
  return { ...joined(indices), text, precedence: ATOM, loads: true };
}

export function lengthOf(buffer: Text): Text {
  return { ...buffer, text: `${wrapped(buffer, ATOM)}.length`, precedence: ATOM };
}

export function conditional(condition: Text, then: Text, other: Text): Text {
  // a ? (b ? x : y) : y
  if (then.choice?.other.text === other.text)
    return conditional(operation('and', [condition, then.choice.condition]), then.choice.then, other);
  const text = `${wrapped(condition, CONDITIONAL + 1)} ? ${wrapped(then, CONDITIONAL)} : ${wrapped(other, CONDITIONAL)}`;
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
      // - -x and -(-2) must not become --x.
      const operand = wrapped(a, js.precedence + (a.text.startsWith('-') ? 1 : 0));
      return { ...rest, text: `${js.symbol}${operand}`, precedence: js.precedence };
    }
    case 'infix': {
      const tight = js.precedence;
      // A power does not take a sign before it.
      const leftLimit = js.associative === 'right' ? PREFIX + 1 : tight;
      const left = wrapped(a, leftLimit);
      const exactRight =
        js.associative === 'right' || (js.associative === 'both' && (op === 'and' || op === 'or'));
      const right = wrapped(b, exactRight ? tight : tight + 1);
      const text = { ...rest, text: `${left} ${js.symbol} ${right}`, precedence: tight };
      if (!COMPOUND.has(op)) return text;
      return { ...text, parts: { left: a.text, symbol: js.symbol, right: b.text } };
    }
  }
}

function wrapped(part: Text, limit: number): string {
  return part.precedence < limit ? `(${part.text})` : part.text;
}

/** What a combination reads. */
function joined(parts: readonly Text[]): { readonly reads: ReadonlySet<string>; readonly loads: boolean } {
  const reads = parts.every((part) => part.reads.size === 0)
    ? NOTHING
    : new Set(parts.flatMap((part) => [...part.reads]));
  return { reads, loads: parts.some((part) => part.loads) };
}
