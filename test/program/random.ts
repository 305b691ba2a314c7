/**
 * Random Programs: straight code, branches, loops (counted, left early, with tests that store), arrays written in
 * place, exchanged and allocated in loops, calls and recursion. Values stay of moderate size, so that differences of
 * high order are a reference.
 */
import fc from 'fast-check';
import { type FunctionBuilder, ProgramBuilder } from '../../core/program/builder.ts';
import type { Program, ValueId } from '../../core/program/program.ts';

type Statement =
  | { readonly kind: 'op'; readonly which: number; readonly args: readonly number[] }
  | { readonly kind: 'store'; readonly buffer: number; readonly index: number; readonly value: number }
  | { readonly kind: 'accumulate'; readonly buffer: number; readonly index: number; readonly value: number }
  | { readonly kind: 'load'; readonly buffer: number; readonly index: number }
  | { readonly kind: 'alloc'; readonly value: number }
  | { readonly kind: 'if'; readonly test: readonly number[]; readonly arms: readonly [Script, Script] }
  | {
      readonly kind: 'loop';
      readonly trips: number;
      readonly style: 'count' | 'down' | 'break' | 'storing';
      readonly carried: readonly number[];
      readonly buffers: number;
      readonly body: Script;
    }
  | { readonly kind: 'call'; readonly which: number; readonly args: readonly number[] };

interface Script {
  readonly statements: readonly Statement[];
  /** Which values the block yields. */
  readonly picks: readonly number[];
}

export interface RandomProgram {
  readonly script: Script;
  readonly helper: Script;
  readonly recursive: Script;
  readonly point: readonly number[];
}

const LENGTH = 3;
const pick = fc.nat(40);

const { script } = fc.letrec<{ script: Script; statement: Statement }>((tie) => ({
  script: fc.record({
    statements: fc.array(tie('statement'), { minLength: 1, maxLength: 5 }),
    picks: fc.array(pick, { minLength: 3, maxLength: 3 }),
  }),
  statement: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('op'),
        which: pick,
        args: fc.array(pick, { minLength: 3, maxLength: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('accumulate'), buffer: pick, index: pick, value: pick }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('store'), buffer: pick, index: pick, value: pick }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('load'), buffer: pick, index: pick }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('alloc'), value: pick }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('if'),
        test: fc.array(pick, { minLength: 3, maxLength: 3 }),
        arms: fc.tuple(tie('script'), tie('script')),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('loop'),
        trips: fc.nat(3),
        style: fc.constantFrom('count', 'down', 'break', 'storing'),
        carried: fc.array(pick, { maxLength: 3 }),
        buffers: pick,
        body: tie('script'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('call'),
        which: fc.nat(1),
        args: fc.array(pick, { minLength: 3, maxLength: 3 }),
      }),
    },
  ) as fc.Arbitrary<Statement>,
}));

export const randomPrograms: fc.Arbitrary<RandomProgram> = fc.record({
  script,
  helper: script,
  recursive: script,
  // Off the kinks at 0, at the thresholds and where two are equal.
  point: fc
    .array(fc.integer({ min: -1500, max: 1500 }), { minLength: 5, maxLength: 5 })
    .map((all) => all.map((k, i) => (k + 0.31731 + 0.11 * i) / 1000)),
});

export function inputsOf({ point }: RandomProgram): (number | number[])[] {
  return [point[0]!, point[1]!, point.slice(2)];
}

/** Parameters x, y and a buffer b of three elements; results two numbers and b. */
export function buildRandom(random: RandomProgram): Program {
  const program = new ProgramBuilder();
  const helper = program.reserve('helper');
  const recursive = program.reserve('recursive');

  const h = new Writer(program.open(helper), []);
  h.function(random.helper);

  // recursive(n, u, v, b) = n ≤ 0 ? … : … recursive(n − 1, …) …
  const r = program.open(recursive);
  const n = r.parameter({ type: 'number', name: 'n', path: [0] });
  const inside = new Writer(r, [helper]);
  inside.parameters(1);
  const [u, v] = inside.numbers as [ValueId, ValueId];
  const b = inside.buffers[0]!;
  r.openBlock();
  const stop = r.closeBlock([u, r.op('sin', [v])]);
  r.openBlock();
  const [p, q] = inside.script(random.recursive, 2) as [ValueId, ValueId];
  const less = r.op('sub', [n, r.constant(1)]);
  const deep = r.call(recursive, [less, q, p, b], ['number', 'number']) as [ValueId, ValueId];
  const mixed = r.op('tanh', [r.op('mul', [p, deep[0]])]);
  const on = r.closeBlock([mixed, r.op('sub', [deep[1], r.op('mul', [r.constant(0.3), q])])]);
  const out = r.if(r.op('le', [n, r.constant(0)]), stop, on);
  r.close(out.map((value, i) => ({ path: [i], value })));

  const f = program.open('random');
  const whole = new Writer(f, [helper, recursive]);
  whole.function(random.script);
  return program.finish(f.index);
}

class Writer {
  numbers: ValueId[] = [];
  buffers: ValueId[] = [];
  private indices: ValueId[];
  private readonly f: FunctionBuilder;
  private readonly callees: readonly number[];

  constructor(f: FunctionBuilder, callees: readonly number[]) {
    this.f = f;
    this.callees = callees;
    this.indices = [0, 1, 2].map((i) => f.constant(i));
  }

  parameters(from: number): void {
    this.numbers = ['x', 'y'].map((name, i) => this.f.parameter({ type: 'number', name, path: [from + i] }));
    this.buffers = [this.f.parameter({ type: 'buffer', name: 'b', path: [from + 2] })];
  }

  function(script: Script): void {
    this.parameters(0);
    const results = this.script(script, 2);
    this.f.close([
      ...results.map((value, i) => ({ path: [i], value })),
      ...(this.callees.length === 0 ? [] : [{ path: ['b'], value: this.buffers[0]! }]),
    ]);
  }

  /** Runs a script in the open block; yields some of its numbers. What it made is forgotten again. */
  script(script: Script, yields: number): ValueId[] {
    const outer = [this.numbers, this.buffers, this.indices] as const;
    this.numbers = [...this.numbers];
    this.buffers = [...this.buffers];
    for (const statement of script.statements) this.statement(statement);
    const results = script.picks.slice(0, yields).map((i) => this.number(i));
    [this.numbers, this.buffers, this.indices] = outer;
    return results;
  }

  /** The most recent values are picked most. */
  private number(i: number): ValueId {
    const { length } = this.numbers;
    return this.numbers[length - 1 - (i % length)]!;
  }

  private buffer(i: number): ValueId {
    return this.buffers[i % this.buffers.length]!;
  }

  private index(i: number): ValueId {
    const { length } = this.indices;
    return this.indices[length - 1 - (i % length)]!;
  }

  private condition(test: readonly number[]): ValueId {
    const { f } = this;
    const a = this.number(test[0]!);
    const threshold = f.constant(((test[2]! % 7) - 3) / 4);
    return f.op(test[1]! % 2 === 0 ? 'lt' : 'ge', [a, threshold]);
  }

  private op(which: number, args: readonly number[]): ValueId {
    const { f } = this;
    const [a, b, c] = args.map((i) => this.number(i)) as [ValueId, ValueId, ValueId];
    const half = f.constant(0.5);
    switch (which % 14) {
      case 0:
        return f.op('mul', [half, f.op('add', [a, b])]);
      case 1:
        return f.op('tanh', [f.op('mul', [a, b])]);
      case 2:
        return f.op('sin', [a]);
      case 3:
        return f.op('cos', [f.op('sub', [a, b])]);
      case 4:
        return f.op('div', [a, f.op('add', [f.constant(1.5), f.op('mul', [b, b])])]);
      case 5:
        return f.op('sqrt', [f.op('add', [f.op('mul', [a, a]), half])]);
      case 6:
        return f.op('exp', [f.op('neg', [f.op('mul', [a, a])])]);
      case 7:
        return f.op('max', [a, b, c]);
      case 8:
        return f.op('min', [a, b]);
      case 9:
        return f.op('abs', [f.op('atan', [a])]);
      case 10:
        return f.op('select', [f.op('lt', [a, b]), b, c]);
      case 11:
        return f.op('hypot', [f.op('atan', [a]), half, f.op('sin', [b])]);
      case 12:
        return f.op('toNumber', [f.op('gt', [a, half])]);
      default:
        return f.constant(((args[0]! % 9) - 4) / 3);
    }
  }

  private statement(statement: Statement): void {
    const { f } = this;
    switch (statement.kind) {
      case 'op':
        this.numbers.push(this.op(statement.which, statement.args));
        break;
      case 'store':
        f.store(this.buffer(statement.buffer), this.index(statement.index), this.number(statement.value));
        break;
      case 'accumulate': {
        const buffer = this.buffer(statement.buffer);
        const index = this.index(statement.index);
        const op = statement.value % 2 === 0 ? 'add' : 'sub';
        f.store(buffer, index, f.op(op, [f.load(buffer, index), this.number(statement.value)]));
        break;
      }
      case 'load':
        this.numbers.push(f.load(this.buffer(statement.buffer), this.index(statement.index)));
        break;
      case 'alloc': {
        const buffer = f.alloc(f.constant(LENGTH));
        f.store(buffer, f.constant(1), this.number(statement.value));
        this.buffers.push(buffer);
        break;
      }
      case 'if': {
        const condition = this.condition(statement.test);
        const arms = statement.arms.map((arm) => {
          f.openBlock();
          return f.closeBlock([...this.script(arm, 3), this.buffer(arm.picks[0]!)]);
        });
        const results = f.if(condition, arms[0]!, arms[1]!);
        this.buffers.push(results.pop()!);
        this.numbers.push(...results);
        break;
      }
      case 'loop':
        this.loop(statement);
        break;
      case 'call': {
        if (this.callees.length === 0) break;
        const which = statement.which % this.callees.length;
        const args = [
          this.number(statement.args[0]!),
          this.number(statement.args[1]!),
          this.buffer(statement.args[2]!),
        ];
        const all = which === 0 ? args : [f.constant(statement.args[0]! % 4), ...args];
        this.numbers.push(...f.call(this.callees[which]!, all, ['number', 'number']));
        break;
      }
    }
  }

  private loop(statement: Extract<Statement, { kind: 'loop' }>): void {
    const { f } = this;
    const c = (value: number) => f.constant(value);
    const { style } = statement;
    const down = style === 'down';
    const numbers = statement.carried.map((i) => this.number(i));
    // Two buffers that change places.
    const a = this.buffer(statement.buffers);
    const b = this.buffer(statement.buffers + 1);
    const initial = [down ? c(statement.trips - 1) : c(0), f.constant(true), a, b, ...numbers];
    const outer = [this.numbers, this.buffers, this.indices] as const;
    const [i, going, left, right, ...inside] = f.openLoop(initial) as [ValueId, ValueId, ValueId, ValueId];
    this.numbers = [...this.numbers, ...inside];
    this.buffers = [...this.buffers, left, right];
    this.indices = [...this.indices, i];
    let more = down ? f.op('ge', [i, c(0)]) : f.op('lt', [i, c(statement.trips)]);
    if (style === 'break') more = f.op('and', [going, more]);
    if (style === 'storing') {
      const moved = f.op('sin', [f.load(left, c(0))]);
      f.store(left, c(0), moved);
      f.openBlock();
      const yes = f.closeBlock([moved, more]);
      f.openBlock();
      const no = f.closeBlock([f.op('mul', [moved, moved]), f.constant(false)]);
      const [value, goOn] = f.if(f.op('lt', [moved, c(0.6)]), yes, no) as [ValueId, ValueId];
      this.numbers.push(value);
      more = goOn;
    }
    f.loopBody(more);
    const results = this.script(statement.body, 3);
    const next = inside.map((_, j) => results[j]!);
    const goOn = f.op('lt', [results[0]!, c(0.7)]);
    const step = f.op(down ? 'sub' : 'add', [i, c(1)]);
    [this.numbers, this.buffers, this.indices] = outer;
    const [, , afterLeft, , ...after] = f.closeLoop([step, goOn, right, left, ...next]);
    this.buffers.push(afterLeft!);
    this.numbers.push(...after);
  }
}
