import { describe, expect, test } from 'vitest';
import { evaluateExpr } from '../../core/expression/evaluate.ts';
import { fromProgram } from '../../core/expression/fromProgram.ts';
import { fromTape } from '../../core/expression/fromTape.ts';
import { OPCODE } from '../../core/operations/names.ts';
import { printUnicode } from '../../core/print/unicode.ts';
import { type FunctionBuilder, ProgramBuilder } from '../../core/program/builder.ts';
import type { Program } from '../../core/program/program.ts';
import { NONE, Tape } from '../../core/trace/tape.ts';
import {
  branches,
  earlyReturn,
  matrixVector,
  newton,
  recursive,
  rosenbrock,
  tutorial,
} from '../program/samples.ts';

describe('from a tape', () => {
  function tutorialTape(): Tape {
    const tape = new Tape();
    const x1 = tape.input(2, 0);
    const x2 = tape.input(3, 0);
    const product = tape.push(OPCODE.mul, x1, x2, 6, 0);
    const sine = tape.push(OPCODE.sin, x1, NONE, Math.sin(2), 0);
    tape.push(OPCODE.add, product, sine, 6 + Math.sin(2), 0);
    return tape;
  }
  const labels = new Map([
    [0, 'x1'],
    [1, 'x2'],
  ]);

  test('the formula of a row', () => {
    expect(printUnicode(fromTape(tutorialTape(), 4, { labels })!)).toBe('x1·x2 + sin(x1)');
    expect(printUnicode(fromTape(tutorialTape(), 3, { labels })!)).toBe('sin(x1)');
  });
  test('a labelled row stands under its name', () => {
    const named = new Map([...labels, [3, 's']]);
    expect(printUnicode(fromTape(tutorialTape(), 4, { labels: named })!)).toBe('x1·x2 + s');
  });
  test('constants by name where they are exactly that double', () => {
    const tape = new Tape();
    const x = tape.input(1, 0);
    const scaled = (value: number) => {
      const row = tape.push(OPCODE.mul, tape.constant(value), x, value, 0);
      return printUnicode(fromTape(tape, row, { labels: new Map([[x, 'x']]) })!);
    };
    expect(scaled(Math.PI)).toBe('π·x');
    expect(scaled(2 * Math.PI)).toBe('2·π·x');
    expect(scaled(Math.PI / 180)).toBe('π/180·x');
    expect(scaled(3.15)).toBe('3.15·x');
    expect(scaled(Math.PI + 2 * Number.EPSILON)).toBe('3.1415926535897936·x');
    expect(scaled(Math.E)).toBe('e·x');
  });
  test('nothing above the limit, however much is shared', () => {
    const tape = new Tape();
    let row = tape.input(1, 0);
    for (let i = 0; i < 60; i++) row = tape.push(OPCODE.mul, row, row, 1, 0);
    expect(fromTape(tape, row, { labels: new Map([[0, 'x']]) })).toBeUndefined();
    expect(fromTape(tape, 5, { labels: new Map([[0, 'x']]) })).toBeDefined();
  });
  test('nothing without a name for an input', () => {
    expect(fromTape(tutorialTape(), 4, { labels: new Map([[0, 'x1']]) })).toBeUndefined();
  });
});

describe('from a Program', () => {
  const build = (body: (f: FunctionBuilder) => number): Program => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    f.close([{ path: [], value: body(f) }]);
    return program.finish(f.index);
  };

  test('straight lines', () => {
    expect(printUnicode(fromProgram(tutorial.program)!)).toBe('x1·x2 + sin(x1)');
  });

  test('Rosenbrock is a sum', () => {
    const formula = fromProgram(rosenbrock.program)!;
    expect(printUnicode(formula)).toMatch(/^Σ_\{i=0\}\^\{x\.length−2\} \(100·\(x\[i\+1\] − x\[i\]·x\[i\]\)/);
    const x = [-1.2, 1, 0.7, 1.3];
    const value = evaluateExpr(formula, {
      variables: new Map([['x.length', x.length]]),
      arrays: new Map([['x', x]]),
    });
    expect(value).toBeCloseTo(rosenbrock.reference(...([x] as never[]))[0]!, 12);
  });

  test('branches are cases, an arm that throws is none', () => {
    const formula = fromProgram(branches.program)!;
    for (const [x, y] of [
      [1.3, 0.4],
      [0.2, 0.9],
    ] as const) {
      const value = evaluateExpr(formula, { variables: new Map(Object.entries({ x, y })) });
      expect(value).toBeCloseTo(branches.reference(...([x, y] as never[]))[0]!, 12);
    }
  });

  test('a recursion that ends is written out', () => {
    const value = evaluateExpr(fromProgram(recursive.program)!, {
      variables: new Map(Object.entries({ x: 0.8, a: 1.1 })),
    });
    expect(value).toBeCloseTo(recursive.reference(...([0.8, 1.1] as never[]))[0]!, 12);
  });

  test('recurrences and writes at computed indices have no closed form', () => {
    for (const sample of [newton, earlyReturn, matrixVector])
      expect(fromProgram(sample.program)).toBeUndefined();
  });

  test.each([
    ['a product from 1 to n', 'mul', 1, 'le', 1, 'Π_{i=1}^{n} (x + i)'],
    ['a sum below n', 'add', 0, 'lt', 0, 'Σ_{i=0}^{n−1} (x + i)'],
  ] as const)('%s', (_, step, start, relation, from, text) => {
    const program = build((f) => {
      const x = f.parameter({ type: 'number', name: 'x', path: [0] });
      const n = f.parameter({ type: 'number', name: 'n', path: [1] });
      const [i, total] = f.openLoop([f.constant(from), f.constant(start)]) as [number, number];
      f.loopBody(f.op(relation, [i, n]));
      const next = f.op(step, [total, f.op('add', [x, i])]);
      f.setName(i, 'i');
      return f.closeLoop([f.op('add', [i, f.constant(1)]), next])[1]!;
    });
    const formula = fromProgram(program)!;
    expect(printUnicode(formula)).toBe(text);
    let expected: number = start;
    for (let i: number = from; relation === 'le' ? i <= 4 : i < 4; i++)
      expected = step === 'mul' ? expected * (0.3 + i) : expected + (0.3 + i);
    expect(evaluateExpr(formula, { variables: new Map(Object.entries({ x: 0.3, n: 4 })) })).toBeCloseTo(
      expected,
      12,
    );
  });

  test('a short loop of known length is written out', () => {
    const program = build((f) => {
      const x = f.parameter({ type: 'number', name: 'x', path: [0] });
      const [i, y] = f.openLoop([f.constant(0), x]) as [number, number];
      f.loopBody(f.op('lt', [i, f.constant(2)]));
      return f.closeLoop([f.op('add', [i, f.constant(1)]), f.op('sin', [y])])[1]!;
    });
    expect(printUnicode(fromProgram(program)!)).toBe('sin(sin(x))');
  });
});
