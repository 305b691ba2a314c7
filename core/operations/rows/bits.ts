/** Operations on ToInt32 and ToUint32 of their arguments. */
import { call, flat, infix, kink, math, PRECEDENCE, prefix, shown } from '../define.ts';
import type { Kink, Notation, Row } from '../row.ts';

function bits(
  arity: 1 | 2,
  name: string,
  value: (...args: number[]) => number,
  notation: { readonly js: Notation; readonly unicode: Notation },
): Row {
  return flat(arity, { value, rounds: true, kinks: jumps(name, value), ...notation });
}

/**
 * The arguments are truncated: just below an integer n > 0 the operation sees n − 1, just above an n < 0 it sees n + 1.
 * It jumps there if that makes a difference.
 */
function jumps(name: string, value: (...args: number[]) => number): (...args: number[]) => readonly Kink[] {
  return (...args) =>
    args.flatMap((n, index) => {
      if (n === 0 || !Number.isInteger(n)) return [];
      const beside = args.with(index, n - Math.sign(n));
      if (value(...beside) === value(...args)) return [];
      return [
        kink('jump', `${name} truncates its argument to an integer and jumps at ${shown(n)}`, 0, 0, index),
      ];
    });
}

function binary(symbol: string, precedence: number, unicode = symbol): { js: Notation; unicode: Notation } {
  return { js: infix(symbol, precedence), unicode: infix(unicode, precedence) };
}

export const bitand: Row = bits(2, '&', (x, y) => x! & y!, binary('&', PRECEDENCE.bitand));
export const bitor: Row = bits(2, '|', (x, y) => x! | y!, binary('|', PRECEDENCE.bitor));
export const bitxor: Row = bits(2, '^', (x, y) => x! ^ y!, binary('^', PRECEDENCE.bitxor, 'xor'));
export const bitnot: Row = bits(1, '~', (x) => ~x!, {
  js: prefix('~', PRECEDENCE.prefix),
  unicode: prefix('~', PRECEDENCE.prefix),
});
export const shl: Row = bits(2, '<<', (x, y) => x! << y!, binary('<<', PRECEDENCE.shift));
export const shr: Row = bits(2, '>>', (x, y) => x! >> y!, binary('>>', PRECEDENCE.shift));
export const ushr: Row = bits(2, '>>>', (x, y) => x! >>> y!, binary('>>>', PRECEDENCE.shift));

export const clz32: Row = bits(1, 'clz32', (x) => Math.clz32(x!), {
  js: call('Math.clz32'),
  unicode: call('clz32', '\\operatorname{clz32}'),
});
export const imul: Row = bits(2, 'imul', (x, y) => Math.imul(x!, y!), math('imul', '\\operatorname{imul}'));
