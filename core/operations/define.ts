/** What the families of rows are written with. */
import type { Algebra, Kink, Notation, NumberType, Row, Slope } from './row.ts';

/** Precedences, JavaScript's own: higher binds tighter. */
export const PRECEDENCE = {
  or: 3,
  and: 4,
  bitor: 5,
  bitxor: 6,
  bitand: 7,
  equality: 8,
  comparison: 9,
  shift: 10,
  sum: 11,
  product: 12,
  power: 13,
  prefix: 14,
} as const;

export function infix(
  symbol: string,
  precedence: number,
  associative: 'left' | 'right' | 'both' = 'left',
): Notation {
  return { form: 'infix', symbol, precedence, associative };
}
export function prefix(symbol: string, precedence: number): Notation {
  return { form: 'prefix', symbol, precedence };
}
export function call(name: string, latex?: string): Notation {
  return latex === undefined ? { form: 'call', name } : { form: 'call', name, latex };
}
/** A function of JavaScript's Math; `name` is what mathematicians call it. */
export function math(name: string, latex: string, jsName = name): { js: Notation; unicode: Notation } {
  return { js: call(`Math.${jsName}`), unicode: call(name, latex) };
}

const NO_KINKS: readonly Kink[] = [];
export const smooth = (): readonly Kink[] => NO_KINKS;
const never = (): boolean => false;

type Facts = Partial<Pick<Row, 'pieces' | 'compares' | 'logical' | 'rounds' | 'relative' | 'straight'>>;

interface Common extends Facts {
  readonly value: (...args: number[]) => number;
  readonly js: Notation;
  readonly unicode: Notation;
  readonly type?: NumberType;
  readonly kinks?: (...args: number[]) => readonly Kink[];
  readonly domain?: string;
}

function complete(
  definition: Common,
): Pick<Row, 'type' | 'value' | 'kinks' | 'js' | 'unicode' | 'domain' | keyof Facts> {
  const { value, js, unicode, type = 'number', kinks = smooth, domain, compares } = definition;
  const { pieces = false, logical = false, rounds = false, relative = false, straight = never } = definition;
  return {
    ...{ type, value, kinks, js, unicode, pieces, compares, logical, rounds, relative, straight },
    ...(domain === undefined ? {} : { domain }),
  };
}

/** A row of fixed arity: one slope an argument. */
export function row(
  definition: Common & {
    readonly slopes: readonly (Slope | undefined)[];
    readonly textbook?: readonly (Slope | undefined)[];
    readonly choose?: Row['choose'];
    readonly linear?: boolean;
  },
): Row {
  const { slopes, textbook, choose, linear = false } = definition;
  return {
    ...complete(definition),
    arity: slopes.length as 1 | 2 | 3,
    slopes,
    partial: (k, index, args) => slopes[index]?.(k, ...args),
    partials: (k, ...args) => slopes.map((slope) => slope?.(k, ...args)),
    flat: slopes.every((slope) => slope === undefined),
    linear,
    textbook: (k, index, args) => textbook?.[index]?.(k, ...args),
    ...(choose === undefined ? {} : { choose }),
  };
}

/** A row through which nothing flows; its second derivative is zero as well. */
export function flat(arity: 1 | 2 | 3, definition: Common): Row {
  return row({ ...definition, slopes: Array.from({ length: arity }, () => undefined), linear: true });
}

/** A row of any number of arguments, which it treats alike. */
export function variadic(
  definition: Common & {
    readonly partial: <T>(k: Algebra<T>, index: number, args: readonly T[]) => T;
    readonly textbook?: Row['textbook'];
    readonly choose?: Row['choose'];
  },
): Row {
  const { partial, textbook = () => undefined, choose } = definition;
  return {
    ...complete(definition),
    arity: undefined,
    partial,
    textbook,
    partials: (k, ...args) => args.map((_, index) => partial(k, index, args)),
    flat: false,
    linear: false,
    ...(choose === undefined ? {} : { choose }),
  };
}

/** A number within a message. */
export function shown(x: number): string {
  return String(x).replaceAll('-', '−');
}

/** A finding about one argument. */
export function kink(kind: Kink['kind'], message: string, left: number, right: number, argument = 0): Kink {
  return { kind, message, argument, left, right };
}
