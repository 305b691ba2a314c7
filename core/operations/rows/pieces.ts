/** Functions made of pieces: absolute value, sign, rounding, extremes. */
import { flat, kink, math, row, shown, variadic } from '../define.ts';
import type { Algebra, Kink, Row } from '../row.ts';

/** At 0 the slope from the right; 0, the value of sign, is on no side. */
export const abs: Row = row({
  value: (x) => Math.abs(x!),
  slopes: [(k, x) => k.select(k.lt(x!, k.constant(0)), k.constant(-1), k.constant(1))],
  textbook: [(k, x) => k.sign(x!)],
  pieces: true,
  relative: true,
  kinks: (x) => (x === 0 ? [kink('kink', '|x| has a kink at 0', -1, 1)] : []),
  ...math('abs', '\\operatorname{abs}'),
});

export const sign: Row = flat(1, {
  value: (x) => Math.sign(x!),
  kinks: (x) => (x === 0 ? [kink('jump', 'sign(x) jumps at 0', 0, 0)] : []),
  ...math('sign', '\\operatorname{sign}'),
});

function rounding(name: string, value: (x: number) => number, jumps: (x: number) => boolean): Row {
  return flat(1, {
    value: (x) => value(x!),
    rounds: true,
    kinks: (x) => (jumps(x!) ? [kink('jump', `${name}(x) jumps at ${shown(x!)}`, 0, 0)] : []),
    ...math(name, `\\operatorname{${name}}`),
  });
}

export const floor: Row = rounding('floor', Math.floor, Number.isInteger);
export const ceil: Row = rounding('ceil', Math.ceil, Number.isInteger);
export const trunc: Row = rounding('trunc', Math.trunc, (x) => x !== 0 && Number.isInteger(x));
export const round: Row = rounding('round', Math.round, (x) => Math.abs(x % 1) === 0.5);

/** max (or, with greater and less exchanged, min): the first of equals is taken. */
function extreme(name: 'max' | 'min', value: (...args: number[]) => number): Row {
  const beats = name === 'max' ? 'gt' : 'lt';
  const reaches = name === 'max' ? 'ge' : 'le';
  function chosen<T>(k: Algebra<T>, index: number, args: readonly T[]): T {
    const mine = args[index]!;
    const wins = args.flatMap((other, at) =>
      at === index ? [] : [at < index ? k[beats](mine, other) : k[reaches](mine, other)],
    );
    return wins.length === 0 ? k.constant(true) : wins.reduce((all, next) => k.and(all, next));
  }
  function ties(...args: number[]): Kink[] {
    const best = value(...args);
    const at = args.flatMap((x, index) => (x === best ? [index] : []));
    if (at.length < 2) return [];
    const message = `${name} has a kink where its arguments are equal`;
    return at.map((index) =>
      name === 'max' ? kink('kink', message, 0, 1, index) : kink('kink', message, 1, 0, index),
    );
  }
  return variadic({
    value,
    partial: (k, index, args) => k.select(chosen(k, index, args), k.constant(1), k.constant(0)),
    choose: (k, ...args) => args.map((_, index) => chosen(k, index, args)),
    pieces: true,
    kinks: ties,
    ...math(name, `\\${name}`),
  });
}

export const max: Row = extreme('max', Math.max);
export const min: Row = extreme('min', Math.min);

/** x/hypot neither overflows nor underflows. At the origin each argument has slopes −1 and +1: the right one. */
export const hypot: Row = variadic({
  value: Math.hypot,
  partial: (k, index, args) => {
    const h = k.hypot(...args);
    return k.select(k.eq(h, k.constant(0)), k.constant(1), k.div(args[index]!, h));
  },
  textbook: (k, index, args) => k.div(args[index]!, k.hypot(...args)),
  kinks: (...args) =>
    args.length > 0 && args.every((x) => x === 0)
      ? args.map((_, index) => kink('kink', 'hypot has a kink at the origin', -1, 1, index))
      : [],
  ...math('hypot', '\\operatorname{hypot}'),
});
