import { describe, expect, it } from 'vitest';
import { NUMBERS, OPCODE, OPERATIONS, type Operation, TABLE, valueOf } from '../../core/operations/index.ts';
import { hessian } from '../../core/trace/hessian.ts';
import { adjoints, tangents } from '../../core/trace/sweep.ts';
import { NONE, Tape } from '../../core/trace/tape.ts';

const POINTS = [0, -0, 1, -1, 0.1, -2.5, 3, 1e-320, 1e300, -1e300, Infinity, -Infinity, NaN];
const BINARY = OPERATIONS.filter((name) => TABLE[name].arity === 2);
const UNARY = OPERATIONS.filter((name) => TABLE[name].arity === 1);

/** What the row says; nothing flows where it has no slope. */
function partial(name: Operation, index: number, args: number[]): number {
  return TABLE[name].partial(NUMBERS, index, args) ?? 0;
}

describe('what the loops write out is what the rows say, to the bit', () => {
  it.each(BINARY)('%s', (name) => {
    const code = OPCODE[name];
    for (const x of POINTS) {
      for (const y of POINTS) {
        expect(valueOf(code, x, y)).toBe(TABLE[name].value(x, y));
        const slopes = [partial(name, 0, [x, y]), partial(name, 1, [x, y])];
        // Beyond their domain some partials are NaN although the formula goes on.
        for (const which of [0, 1, 2]) {
          const tape = new Tape();
          const a = which === 1 ? tape.constant(x) : tape.input(x, 0);
          const b = which === 2 ? tape.constant(y) : tape.input(y, 0);
          const row = tape.push(code, a, b, TABLE[name].value(x, y), 0);
          const flat = TABLE[name].flat;
          const backward = adjoints(tape, row);
          const expected = slopes.map((s) => (flat ? 0 : 0 + s * 1));
          if (a >= 0) expect(backward[a]).toBe(expected[0]);
          if (b >= 0) expect(backward[b]).toBe(expected[1]);
          for (const input of [a, b].filter((i) => i >= 0)) {
            const seed = Array.from({ length: tape.inputs }, (_, i) => (i === input ? 1 : 0));
            expect(tangents(tape, seed)[row]! + 0).toBe(expected[input === a ? 0 : 1]! + 0);
          }
        }
      }
    }
  });
});

describe('second-order adjoints', () => {
  it('of every smooth operation agree with differences of first-order ones', () => {
    for (const name of [...UNARY, ...BINARY]) {
      const row = TABLE[name];
      if (row.flat || row.type === 'boolean') continue;
      const at = name === 'acosh' ? [1.7, 0.4] : [0.37, 0.81];
      const args = at.slice(0, row.arity);
      const gradient = (point: number[]) => {
        const tape = new Tape();
        const inputs = point.map((x) => tape.input(x, 0));
        const output = tape.push(OPCODE[name], inputs[0]!, inputs[1] ?? NONE, row.value(...point), 0);
        return { tape, output, slopes: adjoints(tape, output) };
      };
      const { tape, output } = gradient(args);
      const found = hessian(tape, output);
      const h = 1e-5;
      args.forEach((_, j) => {
        const moved = (d: number) => gradient(args.map((x, i) => (i === j ? x + d : x))).slopes;
        const [above, below] = [moved(h), moved(-h)];
        args.forEach((_x, i) => {
          const difference = (above[i]! - below[i]!) / (2 * h);
          expect(Math.abs(found[i]![j]! - difference), `${name} ${i} ${j}`).toBeLessThan(1e-6);
        });
      });
    }
  });

  it('go through rows whose operands are one', () => {
    // (x·x)·(x·x)/x + max(x, y)·y = x³ + x·y at x > y
    const tape = new Tape();
    const x = tape.input(3, 0);
    const y = tape.input(2, 0);
    const square = tape.push(OPCODE.mul, x, x, 9, 0);
    const fourth = tape.push(OPCODE.mul, square, square, 81, 0);
    const cube = tape.push(OPCODE.div, fourth, x, 27, 0);
    tape.more.push(x, y);
    const larger = tape.push(OPCODE.max, 0, 2, 3, 0);
    const product = tape.push(OPCODE.mul, larger, y, 6, 0);
    const sum = tape.push(OPCODE.add, cube, product, 33, 0);
    const second = hessian(tape, sum);
    expect(second[0]![0]).toBeCloseTo(18, 12);
    expect(second[0]![1]).toBe(1);
    expect(second[1]![0]).toBe(1);
    expect(second[1]![1]).toBe(0);
  });
});

describe('a tape', () => {
  it('keeps each constant as it is, however often others come between', () => {
    const tape = new Tape();
    const values = Array.from({ length: 5000 }, (_, i) => [0, -0, 1, i / 7, i, NaN, 0.5][i % 7]!);
    const operands = values.map((v) => tape.constant(v));
    operands.forEach((operand, i) => expect(tape.read(operand)).toBe(values[i]));
    expect(tape.constants.length).toBeLessThan(values.length / 2);
  });

  it('keeps its rows while it grows', () => {
    const tape = new Tape();
    const x = tape.input(0.5, 0);
    let row = x;
    for (let i = 0; i < 3000; i++) row = tape.push(OPCODE.add, row, x, 0.5 * (i + 2), i);
    expect(adjoints(tape, row)[x]).toBe(3001);
    expect(tape.at[2999]).toBe(2998);
  });
});
