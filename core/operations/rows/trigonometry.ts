/** Circular and hyperbolic functions and their inverses. */
import { kink, math, row } from '../define.ts';
import type { Algebra, Kink, Row } from '../row.ts';
import { square } from './elementary.ts';

export const sin: Row = row({
  value: (x) => Math.sin(x!),
  slopes: [(k, x) => k.cos(x!)],
  ...math('sin', '\\sin'),
});
export const cos: Row = row({
  value: (x) => Math.cos(x!),
  slopes: [(k, x) => k.neg(k.sin(x!))],
  ...math('cos', '\\cos'),
});
export const tan: Row = row({
  value: (x) => Math.tan(x!),
  slopes: [(k, x) => square(k, reciprocal(k, k.cos(x!)))],
  textbook: [(k, x) => k.div(k.constant(1), k.pow(k.cos(x!), k.constant(2)))],
  ...math('tan', '\\tan'),
});

export const sinh: Row = row({
  value: (x) => Math.sinh(x!),
  slopes: [(k, x) => k.cosh(x!)],
  ...math('sinh', '\\sinh'),
});
export const cosh: Row = row({
  value: (x) => Math.cosh(x!),
  slopes: [(k, x) => k.sinh(x!)],
  ...math('cosh', '\\cosh'),
});
/** 1/cosh², not 1 − tanh², which is 0 from x = 19 on; squared last, because cosh² overflows from x = 355 on. */
export const tanh: Row = row({
  value: (x) => Math.tanh(x!),
  slopes: [(k, x) => square(k, reciprocal(k, k.cosh(x!)))],
  textbook: [(k, x) => k.sub(k.constant(1), k.pow(k.tanh(x!), k.constant(2)))],
  ...math('tanh', '\\tanh'),
});

function reciprocal<T>(k: Algebra<T>, x: T): T {
  return k.div(k.constant(1), x);
}

/**
 * 1 − x² without cancellation, and with a derivative without it: near ±1 the factors, of which one is exact; near 0
 * the square, because the factors' product rule would subtract 1 − x from 1 + x.
 */
function oneMinusSquare<T>(k: Algebra<T>, x: T): T {
  const one = k.constant(1);
  const xx = square(k, x);
  return k.select(k.lt(xx, k.constant(0.5)), k.sub(one, xx), k.mul(k.sub(one, x), k.add(one, x)));
}

/** Functions that end at ±1, with slope `end` towards them. */
function between(name: string, what: string, end: number): (...args: number[]) => readonly Kink[] {
  return (x) => {
    if (x === 1) return [kink('singularity', `${name}(x) ${what} at 1`, end, NaN)];
    if (x === -1) return [kink('singularity', `${name}(x) ${what} at −1`, NaN, end)];
    return Math.abs(x!) > 1 ? [kink('outside', `${name}(x) is not defined for |x| > 1`, NaN, NaN)] : [];
  };
}

export const asin: Row = row({
  value: (x) => Math.asin(x!),
  slopes: [(k, x) => reciprocal(k, k.sqrt(oneMinusSquare(k, x!)))],
  textbook: [(k, x) => reciprocal(k, k.sqrt(k.sub(k.constant(1), k.pow(x!, k.constant(2)))))],
  kinks: between('asin', 'has an infinite slope', Infinity),
  domain: '−1 ≤ x ≤ 1',
  ...math('asin', '\\arcsin'),
});
export const acos: Row = row({
  value: (x) => Math.acos(x!),
  slopes: [(k, x) => k.neg(reciprocal(k, k.sqrt(oneMinusSquare(k, x!))))],
  textbook: [(k, x) => k.neg(reciprocal(k, k.sqrt(k.sub(k.constant(1), k.pow(x!, k.constant(2))))))],
  kinks: between('acos', 'has an infinite slope', -Infinity),
  domain: '−1 ≤ x ≤ 1',
  ...math('acos', '\\arccos'),
});
export const atan: Row = row({
  value: (x) => Math.atan(x!),
  slopes: [(k, x) => reciprocal(k, k.add(k.constant(1), square(k, x!)))],
  textbook: [(k, x) => reciprocal(k, k.add(k.constant(1), k.pow(x!, k.constant(2))))],
  ...math('atan', '\\arctan'),
});

/** atan2(y, x): x/(x² + y²) and −y/(x² + y²), scaled so that squares neither overflow nor underflow. */
export const atan2: Row = row({
  value: (y, x) => Math.atan2(y!, x!),
  slopes: [
    (k, y, x) => {
      const h = k.hypot(y!, x!);
      return k.div(k.div(x!, h), h);
    },
    (k, y, x) => {
      const h = k.hypot(y!, x!);
      return k.neg(k.div(k.div(y!, h), h));
    },
  ],
  textbook: [
    (k, y, x) => k.div(x!, k.add(k.pow(x!, k.constant(2)), k.pow(y!, k.constant(2)))),
    (k, y, x) => k.neg(k.div(y!, k.add(k.pow(x!, k.constant(2)), k.pow(y!, k.constant(2))))),
  ],
  straight: (_i, _j, [y, x]) => Math.abs(y!) === Math.abs(x!),
  kinks: (y, x) => {
    if (y !== 0 || x! > 0 || Number.isNaN(x)) return [];
    if (x! < 0) {
      return [kink('jump', 'atan2(y, x) jumps by 2π across the negative x axis', 1 / x!, 1 / x!, 0)];
    }
    const message = 'atan2(y, x) is not continuous at (0, 0)';
    // Along the x axis the angle is 0 on the right and ±π on the left.
    const turn = Object.is(y, -0) ? Infinity : -Infinity;
    const inX = Object.is(x, -0) ? [0, turn] : [turn, 0];
    return [
      kink('singularity', message, Infinity, Infinity, 0),
      kink('singularity', message, inX[0]!, inX[1]!, 1),
    ];
  },
  domain: '(y, x) ≠ (0, 0)',
  ...math('atan2', '\\operatorname{atan2}'),
});

export const asinh: Row = row({
  value: (x) => Math.asinh(x!),
  slopes: [(k, x) => reciprocal(k, k.hypot(x!, k.constant(1)))],
  textbook: [(k, x) => reciprocal(k, k.sqrt(k.add(k.pow(x!, k.constant(2)), k.constant(1))))],
  ...math('asinh', '\\operatorname{arsinh}'),
});
/** Two roots: their product is NaN below 1 as acosh is, and does not overflow. */
export const acosh: Row = row({
  value: (x) => Math.acosh(x!),
  slopes: [
    (k, x) => reciprocal(k, k.mul(k.sqrt(k.sub(x!, k.constant(1))), k.sqrt(k.add(x!, k.constant(1))))),
  ],
  textbook: [(k, x) => reciprocal(k, k.sqrt(k.sub(k.pow(x!, k.constant(2)), k.constant(1))))],
  kinks: (x) => {
    if (x === 1) return [kink('singularity', 'acosh(x) has an infinite slope at 1', NaN, Infinity)];
    return x! < 1 ? [kink('outside', 'acosh(x) is not defined for x < 1', NaN, NaN)] : [];
  },
  domain: 'x ≥ 1',
  ...math('acosh', '\\operatorname{arcosh}'),
});
export const atanh: Row = row({
  value: (x) => Math.atanh(x!),
  slopes: [(k, x) => reciprocal(k, oneMinusSquare(k, x!))],
  textbook: [(k, x) => reciprocal(k, k.sub(k.constant(1), k.pow(x!, k.constant(2))))],
  kinks: between('atanh', 'is infinite', Infinity),
  domain: '−1 < x < 1',
  ...math('atanh', '\\operatorname{artanh}'),
});
