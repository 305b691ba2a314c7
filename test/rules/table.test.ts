import { describe, expect, it } from 'vitest';
import {
  NUMBERS,
  OPCODE,
  type Operation,
  partialA,
  partialB,
  partialOf,
  partialsOf,
  secondPartialOf,
  TABLE,
} from '../../core/operations/index.ts';
import { error, REFERENCES, type Reference, SMOOTH } from './helpers.ts';

/** In units of the last place: 1 ulp is 2.2e-16. */
const TOLERANCE = { value: 2.5e-16, partial: 4e-16, second: 8e-16 };

/** Wider where the arithmetic has a reason. */
const EXCEPTIONS: { readonly [O in Operation]?: Partial<typeof TOLERANCE> & { readonly why: string } } = {
  pow: {
    partial: 8e-16,
    second: 2e-15,
    why: 'x^(y−1) is as sensitive to the rounding of y − 1 as |log x| is large',
  },
  atan2: { second: 1.6e-15, why: 'hypot and two divisions, each differentiated' },
};

/**
 * Second partials that are the small difference of large terms (y²/h³ = 1/h − x²/h³): right relative to the largest
 * second partial at the point.
 */
const RELATIVE_TO_LARGEST: ReadonlySet<Operation> = new Set(['hypot', 'atan2']);

/** Second partials that the table does not reach, each with its reason. */
const UNREACHED: readonly { readonly operation: Operation; readonly at: (p: Reference) => boolean }[] = [
  // ∂/∂u of 1/u underflows from u = 1 + x² = 1e162 on, though its product with 2x would not.
  { operation: 'atan', at: (p) => Math.abs(p.args[0]!) > 1e80 },
  // Infinite in double precision: +∞ and −∞ meet.
  { operation: 'atan2', at: (p) => p.seconds.flat().some((x) => Math.abs(x!) === Infinity) },
];

describe.each(SMOOTH.filter((name) => REFERENCES.has(name)))('%s', (name) => {
  const points = REFERENCES.get(name)!;
  const tolerance = { ...TOLERANCE, ...EXCEPTIONS[name] };
  const code = OPCODE[name];

  // fround's reference is the number before it was rounded.
  it.skipIf(name === 'fround')('has the values of the reference', () => {
    for (const { args, value } of points) {
      const actual = TABLE[name].value(...args);
      expect(error(actual, value), `${name}(${args}) = ${actual}, not ${value}`).toBeLessThanOrEqual(
        tolerance.value,
      );
    }
  });

  it('has the partials of the reference', () => {
    for (const { args, partials } of points) {
      partials.forEach((expected, i) => {
        if (expected === undefined) return;
        const actual = partialOf(code, i, args);
        expect(
          error(actual, expected),
          `∂${i} ${name}(${args}) = ${actual}, not ${expected}`,
        ).toBeLessThanOrEqual(tolerance.partial);
      });
    }
  });

  it('has the second partials of the reference', () => {
    for (const point of points) {
      if (UNREACHED.some(({ operation, at }) => operation === name && at(point))) continue;
      const { args, seconds } = point;
      const largest = Math.max(...seconds.flat().map((x) => Math.abs(x ?? 0)));
      seconds.forEach((line, i) => {
        line.forEach((expected, j) => {
          if (expected === undefined) return;
          const actual = secondPartialOf(code, i, j, args);
          const scale = RELATIVE_TO_LARGEST.has(name) ? largest : expected;
          expect(
            error(actual, expected, scale),
            `∂${i}∂${j} ${name}(${args}) = ${actual}, not ${expected}`,
          ).toBeLessThanOrEqual(tolerance.second);
        });
      });
    }
  });

  it('says the same in the arrays of the sweeps and in all partials at once', () => {
    for (const { args } of points) {
      const all = TABLE[name].partials(NUMBERS, ...args);
      all.forEach((partial, i) => {
        expect(partialOf(code, i, args)).toBe(partial);
        expect(partialsOf(code, args)[i]).toBe(partial);
        if (TABLE[name].slopes === undefined) return;
        expect((i === 0 ? partialA : partialB)[code]!(args[0]!, args[1] ?? NaN)).toBe(partial);
      });
    }
  });

  it('shows a textbook form that is the same function', () => {
    // Where it is defined and well conditioned; the extremes are what it is not for. Quotients
    // that round up to an integer, as 1/0.1 does, are the reason why rem has another form.
    const ordinary = points.filter(
      ({ args }) =>
        args.every((x) => x !== 0 && Math.abs(Math.log(Math.abs(x))) < 3 && !nearOne(x)) &&
        !roundsUp(name, args),
    );
    expect(ordinary.length).toBeGreaterThan(0);
    for (const { args, partials } of ordinary) {
      partials.forEach((expected, i) => {
        const shown = TABLE[name].textbook(NUMBERS, i, args);
        if (shown === undefined || expected === undefined) return;
        const conditioned = name === 'tanh' ? 1 : expected;
        expect(
          error(shown, expected, conditioned),
          `textbook ∂${i} ${name}(${args}) = ${shown}, not ${expected}`,
        ).toBeLessThanOrEqual(1e-14);
      });
    }
  });
});

function roundsUp(name: Operation, [x, y]: readonly number[]): boolean {
  return name === 'rem' && Number.isInteger(x! / y!);
}

/** Close to ±1, but not 1 itself: where 1 − x² cancels. */
function nearOne(x: number): boolean {
  const distance = Math.abs(Math.abs(x) - 1);
  return distance !== 0 && distance < 0.05;
}

describe('the references', () => {
  it('cover every operation through which derivatives flow', () => {
    // select has no reference: it is tested where arms are.
    expect(SMOOTH.filter((name) => !REFERENCES.has(name))).toEqual(['select']);
  });

  it('contain special points', () => {
    const all = [...REFERENCES.values()].flat().flatMap((p) => p.args);
    expect(Math.min(...all.filter((x) => x > 0))).toBeLessThanOrEqual(1e-300);
    expect(Math.max(...all)).toBeGreaterThanOrEqual(1e300);
  });
});

describe('the arrays of the sweeps', () => {
  const special = [0, -0, 1, -1, 2, 0.5, -0.5, 3, 1e-300, -1e200, 5e-324, Infinity, -Infinity, NaN];
  it.each(SMOOTH)('have the bits of the row of %s', (name) => {
    const { slopes, arity } = TABLE[name];
    if (slopes === undefined || arity === 3) return;
    for (const x of special) {
      for (const y of special) {
        const args = arity === 1 ? [x] : [x, y];
        slopes.forEach((slope, i) => {
          const actual = (i === 0 ? partialA : partialB)[OPCODE[name]]!(x, y);
          // Where the function is not defined its formula may go on; the sweeps do not.
          const ends = TABLE[name].domain !== undefined && arity === 1 && Number.isNaN(TABLE[name].value(x));
          const expected = ends ? NaN : slope!(NUMBERS, ...args);
          if (!Object.is(actual, expected))
            expect.fail(`∂${i} ${name}(${args}) = ${actual}, not ${expected}`);
        });
      }
    }
  });
});

describe('linear rows', () => {
  it('are those whose second partials are 0 everywhere', () => {
    for (const [name, points] of REFERENCES) {
      const none = points.every((p) => p.seconds.flat().every((x) => x === 0));
      // These have no second derivative either, but their partials do depend on the arguments.
      const pieces = ['abs', 'max', 'min', 'rem'].includes(name);
      expect(TABLE[name].linear, name).toBe(none && !pieces);
    }
  });
});

it('has all partials of many arguments at once, ties and what is no number among them', () => {
  for (const name of ['max', 'min', 'hypot'] as const)
    for (const args of [
      [1, 3, 3, 2],
      [3, 1, 1, 1],
      [NaN, 1, 2],
      [1, NaN],
      [NaN],
      [2],
      [-0, 0],
      [0, -0],
      [0, 0, 0],
      [Infinity, 1],
      [],
    ]) {
      const code = OPCODE[name];
      expect(partialsOf(code, args), `${name}(${args})`).toEqual(
        args.map((_, i) => partialOf(code, i, args)),
      );
    }
});
