/** Exponentials, logarithms and roots. */
import { kink, math, row, shown } from '../define.ts';
import type { Algebra, Kink, Row } from '../row.ts';

export const exp: Row = row({
  value: (x) => Math.exp(x!),
  slopes: [(k, x) => k.exp(x!)],
  ...math('exp', '\\exp'),
});

/** eˣ, not expm1(x) + 1, which is 0 from x = −37 on. */
export const expm1: Row = row({
  value: (x) => Math.expm1(x!),
  slopes: [(k, x) => k.exp(x!)],
  ...math('expm1', '\\operatorname{expm1}'),
});

/** Logarithms: +∞ towards their pole from above, nothing below. */
function belowPole(name: string, pole: number): (...args: number[]) => readonly Kink[] {
  return (x) => {
    if (x === pole) {
      return [kink('singularity', `${name}(x) is infinite at ${shown(pole)}`, NaN, Infinity)];
    }
    return x! < pole ? [kink('outside', `${name}(x) is not defined for x < ${shown(pole)}`, NaN, NaN)] : [];
  };
}

export const log: Row = row({
  value: (x) => Math.log(x!),
  slopes: [(k, x) => k.div(k.constant(1), x!)],
  kinks: belowPole('log', 0),
  domain: 'x > 0',
  ...math('log', '\\log'),
});
export const log10: Row = row({
  value: (x) => Math.log10(x!),
  slopes: [(k, x) => k.div(k.constant(1), k.mul(x!, k.constant(Math.LN10)))],
  kinks: belowPole('log10', 0),
  domain: 'x > 0',
  ...math('log10', '\\log_{10}'),
});
export const log2: Row = row({
  value: (x) => Math.log2(x!),
  slopes: [(k, x) => k.div(k.constant(1), k.mul(x!, k.constant(Math.LN2)))],
  kinks: belowPole('log2', 0),
  domain: 'x > 0',
  ...math('log2', '\\log_{2}'),
});
/** Near −1 the sum 1 + x is exact. */
export const log1p: Row = row({
  value: (x) => Math.log1p(x!),
  slopes: [(k, x) => k.div(k.constant(1), k.add(k.constant(1), x!))],
  kinks: belowPole('log1p', -1),
  domain: 'x > −1',
  ...math('log1p', '\\operatorname{log1p}'),
});

export const sqrt: Row = row({
  value: (x) => Math.sqrt(x!),
  slopes: [(k, x) => k.div(k.constant(0.5), k.sqrt(x!))],
  textbook: [(k, x) => k.div(k.constant(1), k.mul(k.constant(2), k.sqrt(x!)))],
  kinks: (x) => {
    if (x === 0) return [kink('singularity', '√x has an infinite slope at 0', NaN, Infinity)];
    return x! < 0 ? [kink('outside', '√x is not defined for x < 0', NaN, NaN)] : [];
  },
  domain: 'x ≥ 0',
  ...math('sqrt', '\\sqrt'),
});

export const cbrt: Row = row({
  value: (x) => Math.cbrt(x!),
  slopes: [
    (k, x) => {
      const root = k.cbrt(x!);
      return k.div(k.constant(1), k.mul(k.constant(3), square(k, root)));
    },
  ],
  kinks: (x) =>
    x === 0 ? [kink('singularity', 'cbrt(x) has an infinite slope at 0', Infinity, Infinity)] : [],
  ...math('cbrt', '\\operatorname{cbrt}'),
});

export function square<T>(k: Algebra<T>, x: T): T {
  return k.mul(x, x);
}
