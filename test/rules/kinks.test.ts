import { describe, expect, it } from 'vitest';
import { OPCODE, type Operation, partialOf, secondPartialOf, TABLE } from '../../core/operations/index.ts';
import { error, KINKS, REFERENCES } from './helpers.ts';

const called = KINKS.map((k) => ({ ...k, title: `${k.operation}(${k.args}) in argument ${k.argument}` }));

describe.each(called)('$title', ({ operation, args, argument, left, right }) => {
  const found = TABLE[operation].kinks(...args).filter((k) => k.argument === argument);

  it('is found, with the slopes of the reference', () => {
    expect(found).toHaveLength(1);
    expect(error(found[0]!.left, left), `left ${found[0]!.left}, not ${left}`).toBeLessThanOrEqual(4e-16);
    expect(error(found[0]!.right, right), `right ${found[0]!.right}, not ${right}`).toBeLessThanOrEqual(
      4e-16,
    );
  });

  it('says what it is', () => {
    const { kind, message } = found[0]!;
    expect(message).not.toContain('-');
    if (kind === 'kink') {
      expect(left).not.toBe(right);
      // The number that is given is one of the two.
      expect([left, right]).toContain(partialOf(OPCODE[operation], argument, args));
    }
    if (kind === 'singularity') {
      expect([left, right].some((slope) => Math.abs(slope) === Infinity)).toBe(true);
    }
    if (kind === 'outside') expect([left, right].some(Number.isNaN)).toBe(true);
  });
});

/** Ordinary-looking arguments at which something is special all the same. */
const SPECIAL: { readonly [O in Operation]?: (args: readonly number[]) => boolean } = {
  // A negative base has no neighbouring exponents, a zero base no neighbours below for a power that is no integer.
  pow: ([x]) => x! <= 0,
};

describe('ordinary points', () => {
  it.each([...REFERENCES.keys()])('%s has none', (name) => {
    for (const { args } of REFERENCES.get(name)!) {
      if (SPECIAL[name]?.(args)) continue;
      expect(TABLE[name].kinks(...args), `${name}(${args})`).toEqual([]);
    }
  });

  it('near a special one have none', () => {
    const near: [Operation, number[]][] = [
      ['abs', [5e-324]],
      ['floor', [0.9999999999999999]],
      ['ceil', [-5e-324]],
      ['trunc', [0]],
      ['round', [0]],
      ['round', [1]],
      ['round', [0.49999999999999994]],
      ['sign', [-5e-324]],
      ['max', [1, 1 + 2 ** -52]],
      ['min', [3]],
      ['max', []],
      ['hypot', [0, 5e-324]],
      ['hypot', []],
      ['rem', [0, 2]],
      ['rem', [1, 0.1]],
      ['atan2', [0, 1]],
      ['atan2', [-5e-324, -1]],
      ['div', [0, 3]],
      ['pow', [0, 0.5 + 0.5]],
      ['pow', [0, 4]],
      ['acos', [0.9999999999999999]],
      ['log', [5e-324]],
    ];
    for (const [name, args] of near) expect(TABLE[name].kinks(...args), `${name}(${args})`).toEqual([]);
  });
});

describe('powers', () => {
  const of = (...args: number[]) => TABLE.pow.kinks(...args);
  it('of negative bases have no derivative with respect to the exponent', () => {
    expect(of(-2, 2)).toMatchObject([{ kind: 'outside', argument: 1 }]);
    expect(partialOf(OPCODE.pow, 1, [-2, 2])).toBeNaN();
    expect(partialOf(OPCODE.pow, 0, [-2, 2])).toBe(-4);
  });
  it('of 0 jump where the exponent is 0', () => {
    expect(of(0, 0)).toMatchObject([{ kind: 'jump', argument: 1 }]);
  });
  it('of 0 do not depend on a positive exponent', () => {
    for (const y of [0.25, 0.5, 1, 1.5, 2, 7]) expect(partialOf(OPCODE.pow, 1, [0, y])).toBe(0);
  });
});

describe('undefined results', () => {
  it.each([
    ['div', [0, 0], 1],
    ['rem', [3, 0], 1],
    ['rem', [Infinity, 2], 0],
  ] as [Operation, number[], number][])('%s(%s)', (name, args, argument) => {
    expect(TABLE[name].value(...args)).toBeNaN();
    expect(TABLE[name].kinks(...args)).toMatchObject([{ kind: 'outside', argument }]);
  });
});

describe('outside of its domain', () => {
  it.each(called.filter((k) => Number.isNaN(k.left) && Number.isNaN(k.right)))(
    '$title there is no slope',
    (k) => {
      expect(partialOf(OPCODE[k.operation], k.argument, k.args)).toBeNaN();
      expect(secondPartialOf(OPCODE[k.operation], k.argument, k.argument, k.args)).toBeNaN();
    },
  );
});

describe('truncating operations', () => {
  it.each([
    ['bitor', [3, 0], 0],
    ['bitor', [-3, 0], 0],
    ['bitand', [4, 7], 0],
    ['bitxor', [4, 7], 1],
    ['bitnot', [4], 0],
    ['shl', [1, 3], 1],
    ['shr', [8, 1], 0],
    ['ushr', [-7, 1], 0],
    ['clz32', [8], 0],
    ['imul', [3, 5], 0],
  ] as [Operation, number[], number][])('%s(%s) jumps in argument %i', (name, args, argument) => {
    const found = TABLE[name].kinks(...args).filter((k) => k.argument === argument);
    expect(found).toMatchObject([{ kind: 'jump', left: 0, right: 0 }]);
    // It is so: the neighbours on both sides differ.
    const value = (by: number) => TABLE[name].value(...args.with(argument, args[argument]! + by));
    expect(value(1e-9)).not.toBe(value(-1e-9));
  });
  it('do not jump where the bits that change are masked', () => {
    expect(TABLE.bitand.kinks(3, 0)).toEqual([]);
    expect(TABLE.clz32.kinks(5)).toEqual([]);
    expect(TABLE.bitor.kinks(0, 0)).toEqual([]);
  });
});
