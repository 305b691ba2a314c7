/** Branches that do the same are one: which ones, and what the Program yields then. */
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../core/operations/names.ts';
import { PureBranches } from '../../core/program/branches.ts';
import { type FunctionBuilder, ProgramBuilder } from '../../core/program/builder.ts';
import { optimise } from '../../core/program/optimise.ts';
import type { Block, Program, ValueId } from '../../core/program/program.ts';
import { verify } from '../../core/program/verify.ts';
import { instructionsIn } from '../../core/program/walk.ts';
import { results } from './compare.ts';

interface Given {
  readonly f: FunctionBuilder;
  readonly x: ValueId;
  readonly y: ValueId;
  readonly isPositive: ValueId;
}

type Arm = (given: Given) => ValueId[];
type Arms = readonly [then: Arm, other: Arm];

function start(): { readonly program: ProgramBuilder; readonly given: Given } {
  const program = new ProgramBuilder();
  const f = program.open('f');
  const x = f.parameter({ type: 'number', name: 'x', path: [0] });
  const y = f.parameter({ type: 'number', name: 'y', path: [1] });
  return { program, given: { f, x, y, isPositive: f.op('gt', [x, f.constant(0)]) } };
}

const blocksOf = (given: Given, arms: Arms): [Block, Block] => {
  const [then, other] = arms.map((arm) => {
    given.f.openBlock();
    return given.f.closeBlock(arm(given));
  });
  return [then!, other!];
};

const unary =
  (...ops: Operation[]): Arm =>
  ({ f, x }) => [ops.reduce((id, op) => f.op(op, [id]), x)];

/** Which of the first branch's values the second one's are; undefined where it is not found to do the same. */
function merged(first: Arms, second: Arms, how: { other?: true; hidden?: true } = {}): number[] | undefined {
  const { given } = start();
  const { f, x, y, isPositive } = given;
  const branches = new PureBranches();
  const earlier = blocksOf(given, first);
  const ids = f.if(isPositive, ...earlier);
  branches.note(isPositive, earlier, ids);
  const condition = how.other === true ? f.op('gt', [x, y]) : isPositive;
  const found = branches.find(condition, blocksOf(given, second), () => how.hidden !== true);
  return found?.map((id) => ids.indexOf(id));
}

const SAME: Arms = [unary('sin', 'exp'), unary('cos', 'atan')];
const PAIR: Arms = [
  ({ f, x, y }) => [f.op('mul', [x, y]), f.op('sin', [x])],
  ({ f, x, y }) => [f.op('add', [x, y]), f.op('cos', [x])],
];
const turned = ([then, other]: Arms): Arms => [
  (given) => then(given).reverse(),
  (given) => other(given).reverse(),
];

describe('two branches of one condition', () => {
  it('that do the same are one', () => {
    expect(merged(SAME, SAME)).toEqual([0]);
    expect(merged(PAIR, PAIR)).toEqual([0, 1]);
  });

  it('are one where the second wants the values in another order, or fewer of them', () => {
    expect(merged(PAIR, turned(PAIR))).toEqual([1, 0]);
    // Both arms work out both values, of which the second branch yields the latter alone.
    const last: Arms = [(given) => PAIR[0](given).slice(1), (given) => PAIR[1](given).slice(1)];
    expect(merged(PAIR, last)).toEqual([1]);
  });

  it.each<[string, Arms, Arms]>([
    ['whose arms are exchanged', SAME, [SAME[1], SAME[0]]],
    ['of which one arm does something else', SAME, [SAME[0], unary('cos', 'tan')]],
    ['of which one arm does more', SAME, [SAME[0], unary('cos', 'atan', 'sin')]],
    ['that pair the same values otherwise', PAIR, [PAIR[0], turned(PAIR)[1]]],
    [
      'with arguments in another order',
      [({ f, x, y }) => [f.op('sub', [x, y])], unary('sin')],
      [({ f, x, y }) => [f.op('sub', [y, x])], unary('sin')],
    ],
    ['with other arguments', [unary('sin'), unary('cos')], [({ f, y }) => [f.op('sin', [y])], unary('cos')]],
  ])('%s are two', (_, first, second) => {
    expect(merged(first, second)).toBeUndefined();
  });
});

it('a branch of another condition, or whose values are not there any longer, is none', () => {
  expect(merged(SAME, SAME, { other: true })).toBeUndefined();
  expect(merged(SAME, SAME, { hidden: true })).toBeUndefined();
});

it('branches that store or read are not merged', () => {
  const { given } = start();
  const { f, x, isPositive } = given;
  const a = f.parameter({ type: 'buffer', name: 'a', path: [2] });
  const zero = f.constant(0);
  const reads: Arms = [() => [f.load(a, zero)], () => [x]];
  const stores: Arms = [
    () => {
      f.store(a, zero, x);
      return [x];
    },
    () => [zero],
  ];
  for (const arms of [reads, stores]) {
    const branches = new PureBranches();
    const earlier = blocksOf(given, arms);
    branches.note(isPositive, earlier, f.if(isPositive, ...earlier));
    expect(branches.find(isPositive, blocksOf(given, arms), () => true)).toBeUndefined();
  }
});

describe('a Program with branches that do the same', () => {
  const whole = (body: (given: Given) => ValueId[]): Program => {
    const { program, given } = start();
    given.f.close(body(given).map((value, i) => ({ path: [i], value })));
    const made = optimise(program.finish(given.f.index));
    expect(verify(made)).toEqual([]);
    return made;
  };
  const branch = (given: Given, arms: Arms, condition = given.isPositive) =>
    given.f.if(condition, ...blocksOf(given, arms));
  const at = (program: Program, x: number, y: number) => results(program, [x, y]).flat();

  it('has one of them, though a loop stands between', () => {
    const program = whole((given) => {
      const { f, y } = given;
      const [first] = branch(given, SAME);
      const [i, s] = f.openLoop([f.constant(0), first!]) as [number, number];
      f.loopBody(f.op('lt', [i, y]));
      const [, looped] = f.closeLoop([f.op('add', [i, f.constant(1)]), f.op('mul', [s, s])]);
      return [looped!, ...branch(given, SAME)];
    });
    const kinds = [...instructionsIn(program.functions[program.entry]!.body)].map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'if')).toHaveLength(1);
    const value = Math.exp(Math.sin(0.7));
    expect(at(program, 0.7, 2)[0]).toBeCloseTo(value ** 4, 12);
    expect(at(program, 0.7, 2)[1]).toBe(value);
    expect(at(program, -0.4, 0)).toEqual([Math.atan(Math.cos(-0.4)), Math.atan(Math.cos(-0.4))]);
  });

  it('works out outside of an arm what a branch in it has worked out', () => {
    const inner: Arms = [unary('sin'), unary('cos')];
    const program = whole((given) => {
      const isLarge = given.f.op('gt', [given.y, given.f.constant(1)]);
      const inside = branch(given, [(g) => branch(g, inner), unary('exp')], isLarge);
      return [...inside, ...branch(given, inner)];
    });
    expect(at(program, 0.7, 1.5)).toEqual([Math.sin(0.7), Math.sin(0.7)]);
    expect(at(program, -0.4, 1.5)).toEqual([Math.cos(-0.4), Math.cos(-0.4)]);
    expect(at(program, 0.7, 0.2)).toEqual([Math.exp(0.7), Math.sin(0.7)]);
  });

  it('reads an array again that was written in between', () => {
    const program = whole((given) => {
      const { f, x, y } = given;
      const a = f.alloc(f.constant(2));
      const [zero, one] = [f.constant(0), f.constant(1)];
      f.store(a, zero, y);
      const reads: Arms = [() => [f.load(a, zero)], () => [f.load(a, one)]];
      const [before] = branch(given, reads);
      f.store(a, zero, f.op('mul', [x, x]));
      return [before!, ...branch(given, reads)];
    });
    expect(at(program, 3, 5)).toEqual([5, 9]);
    expect(at(program, -3, 5)).toEqual([0, 0]);
  });
});
