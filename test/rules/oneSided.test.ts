import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Algebra,
  approaching,
  limitOf,
  NUMBERS,
  ONE_SIDED,
  OPCODE,
  partialOf,
  slopeOf,
  TABLE,
} from '../../core/operations/index.ts';
import { error, KINKS, REFERENCES } from './helpers.ts';

type Unary = <T>(k: Algebra<T>, x: T) => T;

/** The derivative from below (−1) or above (+1). */
function side(f: Unary, x: number, direction: 1 | -1): number {
  return slopeOf(f(ONE_SIDED, approaching(x, direction))) * direction;
}

/** Slopes from below and above, by hand. */
const CLOSED: [string, Unary, number, number, number][] = [
  ['√(x²) at 0', (k, x) => k.sqrt(k.mul(x, x)), 0, -1, 1],
  ['√(x**2) at 0', (k, x) => k.sqrt(k.pow(x, k.constant(2))), 0, -1, 1],
  ['√x·√x at 0', (k, x) => k.mul(k.sqrt(x), k.sqrt(x)), 0, NaN, 1],
  [
    '√(x² + 4x²) at 0',
    (k, x) => k.sqrt(k.add(k.mul(x, x), k.mul(k.constant(4), k.mul(x, x)))),
    0,
    -Math.sqrt(5),
    Math.sqrt(5),
  ],
  ['√(1 − cos x) at 0', (k, x) => k.sqrt(k.sub(k.constant(1), k.cos(x))), 0, -Math.SQRT1_2, Math.SQRT1_2],
  ['√(x² + x³) at 0', (k, x) => k.sqrt(k.add(k.mul(x, x), k.pow(x, k.constant(3)))), 0, -1, 1],
  ['√(x⁴) at 0', (k, x) => k.sqrt(k.pow(x, k.constant(4))), 0, 0, 0],
  ['hypot(x, 2x) at 0', (k, x) => k.hypot(x, k.mul(k.constant(2), x)), 0, -Math.sqrt(5), Math.sqrt(5)],
  ['hypot(x, x²) at 0', (k, x) => k.hypot(x, k.mul(x, x)), 0, -1, 1],
  ['|x³| at 0', (k, x) => k.abs(k.pow(x, k.constant(3))), 0, 0, 0],
  ['x·|x| at 0', (k, x) => k.mul(x, k.abs(x)), 0, 0, 0],
  ['|x|/x·x at 0', (k, x) => k.mul(k.div(k.abs(x), x), x), 0, -1, 1],
  ['|sin x| at 0', (k, x) => k.abs(k.sin(x)), 0, -1, 1],
  ['max(x, x²) at 0', (k, x) => k.max(x, k.mul(x, x)), 0, 0, 1],
  ['max(x, x²) at 1', (k, x) => k.max(x, k.mul(x, x)), 1, 1, 2],
  ['min(x², x³, 0) at 0', (k, x) => k.min(k.mul(x, x), k.pow(x, k.constant(3)), k.constant(0)), 0, 0, 0],
  ['min(x, −x) at 0', (k, x) => k.min(x, k.neg(x)), 0, 1, -1],
  ['max(0, x) at 0', (k, x) => k.max(k.constant(0), x), 0, 0, 1],
  ['(x²)^¾ at 0', (k, x) => k.pow(k.mul(x, x), k.constant(0.75)), 0, 0, 0],
  ['(x²)^¼ at 0', (k, x) => k.pow(k.mul(x, x), k.constant(0.25)), 0, -Infinity, Infinity],
  ['cbrt(x³) at 0', (k, x) => k.cbrt(k.pow(x, k.constant(3))), 0, 1, 1],
  ['cbrt(x)³ at 0', (k, x) => k.pow(k.cbrt(x), k.constant(3)), 0, 1, 1],
  ['cbrt(x) at 0', (k, x) => k.cbrt(x), 0, Infinity, Infinity],
  ['acos(1 − x²) at 0', (k, x) => k.acos(k.sub(k.constant(1), k.mul(x, x))), 0, -Math.SQRT2, Math.SQRT2],
  ['acos(cos x) at 0', (k, x) => k.acos(k.cos(x)), 0, -1, 1],
  ['asin(1 − x²) at 0', (k, x) => k.asin(k.sub(k.constant(1), k.mul(x, x))), 0, Math.SQRT2, -Math.SQRT2],
  [
    'acosh(1 + x²/2) at 0',
    (k, x) => k.acosh(k.add(k.constant(1), k.div(k.mul(x, x), k.constant(2)))),
    0,
    -1,
    1,
  ],
  ['atan2(x, |x|) at 0', (k, x) => k.atan2(x, k.abs(x)), 0, 0, 0],
  ['atan2(x², x) at 0', (k, x) => k.atan2(k.mul(x, x), x), 0, 1, 1],
  ['atan2(2x, x) at 0', (k, x) => k.atan2(k.mul(k.constant(2), x), x), 0, 0, 0],
  ['atan2(1 + x, x) at 0', (k, x) => k.atan2(k.add(k.constant(1), x), x), 0, -1, -1],
  ['atan2(x, −1) at 0', (k, x) => k.atan2(x, k.constant(-1)), 0, -1, -1],
  ['sin(x)/x at 0', (k, x) => k.div(k.sin(x), x), 0, 0, 0],
  ['(e^x − 1)/x at 0', (k, x) => k.div(k.expm1(x), x), 0, 0.5, 0.5],
  ['(1 − cos x)/x at 0', (k, x) => k.div(k.sub(k.constant(1), k.cos(x)), x), 0, 0.5, 0.5],
  ['1/x at 0', (k, x) => k.div(k.constant(1), x), 0, -Infinity, -Infinity],
  ['floor(x)·x at 2', (k, x) => k.mul(k.floor(x), x), 2, 1, 2],
  ['x − round(x) at ½', (k, x) => k.sub(x, k.round(x)), 0.5, 1, 1],
  ['floor(x²)·x at −1', (k, x) => k.mul(k.floor(k.mul(x, x)), x), -1, 1, 0],
  ['(x | 0)·x at −3', (k, x) => k.mul(k.bitor(x, k.constant(0)), x), -3, -3, -2],
  ['x % 2 at 4', (k, x) => k.rem(x, k.constant(2)), 4, 1, 1],
  ['6 % x at 2', (k, x) => k.rem(k.constant(6), x), 2, -3, -2],
  ['sign(x)·x at 0', (k, x) => k.mul(k.sign(x), x), 0, -1, 1],
  [
    'x < 0 ? −2x : 3x at 0',
    (k, x) => k.select(k.lt(x, k.constant(0)), k.mul(k.constant(-2), x), k.mul(k.constant(3), x)),
    0,
    -2,
    3,
  ],
  ['[x > 0]·x at 0', (k, x) => k.mul(k.toNumber(k.gt(x, k.constant(0))), x), 0, 0, 1],
  ['sin(π/2 − √x) at 0', (k, x) => k.sin(k.sub(k.constant(Math.PI / 2), k.sqrt(x))), 0, NaN, -0.5],
  [
    '√(0.1x + 0.2x − 0.3x + x²) at 0',
    (k, x) =>
      k.sqrt(
        k.add(
          k.sub(k.add(k.mul(k.constant(0.1), x), k.mul(k.constant(0.2), x)), k.mul(k.constant(0.3), x)),
          k.mul(x, x),
        ),
      ),
    0,
    -1,
    1,
  ],
  ['x^x at 1', (k, x) => k.pow(x, x), 1, 1, 1],
];

describe('one-sided series', () => {
  it.each(CLOSED)('%s', (_, f, x, left, right) => {
    const below = side(f, x, -1);
    const above = side(f, x, 1);
    expect(error(below, left), `from below ${below}, not ${left}`).toBeLessThanOrEqual(1e-15);
    expect(error(above, right), `from above ${above}, not ${right}`).toBeLessThanOrEqual(1e-15);
  });

  it('say nothing where they know too little', () => {
    const flat: Unary = (k, x) => {
      const correction = k.sub(k.sin(x), x);
      const fifth = k.add(correction, k.div(k.pow(x, k.constant(3)), k.constant(6)));
      // x⁵/120 − sin x + x − x³/6 = x⁷/5040 − …: past the terms that are kept.
      const seventh = k.sub(k.div(k.pow(x, k.constant(5)), k.constant(120)), fifth);
      return k.pow(seventh, k.constant(1 / 7));
    };
    expect(side(flat, 0, 1)).toBeNaN();
    expect(side((k, x) => k.log(x), 0, 1)).toBeNaN();
  });

  it('keep the constants of the numbers', () => {
    const f: Unary = (k, x) => k.div(k.mul(k.sqrt(x), k.exp(x)), k.add(k.cbrt(x), k.pow(x, k.constant(2.5))));
    for (const x of [0.3, 1.7, 12]) {
      expect(limitOf(f(ONE_SIDED, approaching(x, 1)))).toBe(f(NUMBERS, x));
    }
  });
});

describe('kinks and jumps of the table', () => {
  // Logarithms have no series at their poles; at the origin atan2 has difference quotients, but they are no slopes.
  const seen = KINKS.filter(
    ({ operation, args }) => !/^(log|atanh)/.test(operation) && !(operation === 'atan2' && args[1] === 0),
  );
  it.each(seen.map((k) => ({ ...k, title: `${k.operation}(${k.args}) in argument ${k.argument}` })))(
    '$title',
    ({ operation, args, argument, left, right }) => {
      const towards = (direction: 1 | -1) => {
        const series = args.map((x, i) =>
          i === argument ? approaching(x, direction) : ONE_SIDED.constant(x),
        );
        return slopeOf(ONE_SIDED[operation](...series)) * direction;
      };
      expect(error(towards(-1), left)).toBeLessThanOrEqual(1e-15);
      expect(error(towards(1), right)).toBeLessThanOrEqual(1e-15);
    },
  );
});

describe('ordinary points', () => {
  it.each([...REFERENCES.keys()])('%s has the partials of the table on both sides', (name) => {
    const moderate = REFERENCES.get(name)!.filter(
      ({ args }) =>
        args.every((x) => Math.abs(x) > 0.05 && Math.abs(x) < 20) && TABLE[name].kinks(...args).length === 0,
    );
    expect(moderate.length).toBeGreaterThan(0);
    for (const { args } of moderate) {
      args.forEach((_, argument) => {
        for (const direction of [1, -1] as const) {
          const series = args.map((x, i) =>
            i === argument ? approaching(x, direction) : ONE_SIDED.constant(x),
          );
          const actual = slopeOf(ONE_SIDED[name](...series)) * direction;
          const expected = partialOf(OPCODE[name], argument, args);
          expect(
            error(actual, expected, 1),
            `∂${argument} ${name}(${args}): ${actual}, not ${expected}`,
          ).toBeLessThanOrEqual(1e-13);
        }
      });
    }
  });
});

interface Tree {
  readonly text: string;
  readonly f: Unary;
}

describe('random compositions at 0', () => {
  const leaf = fc.constantFrom<Tree>(
    { text: 'x', f: (_, x) => x },
    { text: 'x', f: (_, x) => x },
    // Not of anything: the quotients cannot see that 1 − ε² is below 1.
    { text: 'floor(x)', f: (k, x) => k.floor(x) },
    { text: 'trunc(x)', f: (k, x) => k.trunc(x) },
    { text: '1', f: (k) => k.constant(1) },
    { text: '-2', f: (k) => k.constant(-2) },
  );
  const unary = fc.constantFrom('abs', 'neg', 'asinh', 'exp', 'sqrt', 'cbrt', 'atan');
  const binary = fc.constantFrom('add', 'mul', 'max', 'min', 'hypot', 'atan2', 'div');
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'large' },
      leaf,
      fc.tuple(unary, tie('tree')).map(([name, g]) => ({
        text: `${name}(${g.text})`,
        f: ((k, x) => k[name](g.f(k, x))) as Unary,
      })),
      fc.tuple(binary, tie('tree'), tie('tree')).map(([name, g, h]) => ({
        text: `${name}(${g.text}, ${h.text})`,
        f: ((k, x) => k[name](g.f(k, x), h.f(k, x))) as Unary,
      })),
    ),
  }));

  it('have the slopes of difference quotients', () => {
    let finite = 0;
    fc.assert(
      fc.property(tree, fc.constantFrom<1 | -1>(1, -1), ({ text, f }, direction) => {
        const series = f(ONE_SIDED, approaching(0, direction));
        const limit = limitOf(series);
        const slope = slopeOf(series);
        // The rounding of large constants would drown the quotients.
        if (Number.isNaN(slope) || !(Math.abs(limit) < 20)) return;
        // Short steps drown in rounding (asinh h − h is 0 at 1e-9), long ones in the next term.
        const [a, b, c, d] = [1e-2, 1e-4, 1e-6, 1e-9].map((h) => (f(NUMBERS, direction * h) - limit) / h) as [
          number,
          number,
          number,
          number,
        ];
        if (Math.abs(slope) === Infinity) {
          const sign = Math.sign(slope);
          expect(d * sign > 1 || (b * sign > 0 && b * sign > a * sign), text).toBe(true);
          return;
        }
        finite++;
        const errors = [a, b, c, d].map((q) => Math.abs(q - slope)).filter((e) => !Number.isNaN(e));
        expect(
          Math.min(...errors) <= 1e-3 * Math.max(1, Math.abs(slope)) || errors[1]! < errors[0]! * 0.9,
          text,
        ).toBe(true);
      }),
      { numRuns: 5000 },
    );
    expect(finite).toBeGreaterThan(3000);
  });
});
