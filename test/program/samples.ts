/** Hand-built Programs with, beside each, the function in JavaScript that it stands for. */
import { type FunctionBuilder, ProgramBuilder } from '../../core/program/builder.ts';
import type { Program } from '../../core/program/program.ts';

export interface Sample {
  readonly name: string;
  readonly program: Program;
  readonly inputs: readonly (number | readonly number[])[];
  /** The results' numbers, in order, buffers flattened. */
  readonly reference: (...args: never[]) => number[];
}

function build(name: string, body: (f: FunctionBuilder, program: ProgramBuilder) => number[]): Program {
  const program = new ProgramBuilder();
  const f = program.open(name);
  const results = body(f, program);
  f.close(results.map((value, i) => ({ path: results.length > 1 ? [i] : [], value })));
  return program.finish(f.index);
}

const num = (f: FunctionBuilder, name: string, index: number) =>
  f.parameter({ type: 'number', name, path: [index] });
const buf = (f: FunctionBuilder, name: string, index: number) =>
  f.parameter({ type: 'buffer', name, path: [index] });

/** f(x1, x2) = x1·x2 + sin x1. */
export const tutorial: Sample = {
  name: 'tutorial',
  program: build('f', (f) => {
    const x1 = num(f, 'x1', 0);
    const x2 = num(f, 'x2', 1);
    return [f.op('add', [f.op('mul', [x1, x2]), f.op('sin', [x1])])];
  }),
  inputs: [2, 3],
  reference: (x1: number, x2: number) => [x1 * x2 + Math.sin(x1)],
};

export const rosenbrock: Sample = {
  name: 'rosenbrock',
  program: build('rosenbrock', (f) => {
    const x = buf(f, 'x', 0);
    const one = f.constant(1);
    const [i, sum] = f.openLoop([f.constant(0), f.constant(0)]) as [number, number];
    f.loopBody(f.op('lt', [i, f.op('sub', [f.length(x), one])]));
    const here = f.load(x, i);
    const a = f.op('sub', [f.load(x, f.op('add', [i, one])), f.op('mul', [here, here])]);
    f.setName(a, 'a');
    const b = f.op('sub', [one, f.load(x, i)]);
    f.setName(b, 'b');
    const term = f.op('add', [f.op('mul', [f.op('mul', [f.constant(100), a]), a]), f.op('mul', [b, b])]);
    const next = f.op('add', [sum, term]);
    f.setName(sum, 'sum');
    f.setName(i, 'i');
    return [f.closeLoop([f.op('add', [i, one]), next])[1]!];
  }),
  inputs: [[-1.2, 1, 0.7, 1.3]],
  reference: (x: number[]) => {
    let sum = 0;
    for (let i = 0; i < x.length - 1; i++) {
      const a = x[i + 1]! - x[i]! * x[i]!;
      const b = 1 - x[i]!;
      sum += 100 * a * a + b * b;
    }
    return [sum];
  },
};

/** Runge–Kutta of fourth order for y' = −k·y + sin t, 7 steps from y0 over [0, 2]. */
export const rungeKutta: Sample = {
  name: 'rungeKutta',
  program: build('rungeKutta', (f, program) => {
    const slope = program.open('slope');
    const t = num(slope, 't', 0);
    const y = num(slope, 'y', 1);
    const rate = num(slope, 'k', 2);
    const decay = slope.op('mul', [slope.op('neg', [rate]), y]);
    slope.close([{ path: [], value: slope.op('add', [decay, slope.op('sin', [t])]) }]);

    const y0 = num(f, 'y0', 0);
    const k = num(f, 'k', 1);
    const c = (value: number) => f.constant(value);
    const h = f.op('div', [c(2), c(7)]);
    const [n, time, state] = f.openLoop([c(0), c(0), y0]) as [number, number, number];
    f.loopBody(f.op('lt', [n, c(7)]));
    const at = (dt: number, dy: number | undefined) =>
      f.call(
        slope.index,
        [dt === 0 ? time : f.op('add', [time, dt]), dy === undefined ? state : f.op('add', [state, dy]), k],
        ['number'],
      )[0]!;
    const half = f.op('div', [h, c(2)]);
    const k1 = at(0, undefined);
    const k2 = at(half, f.op('mul', [half, k1]));
    const k3 = at(half, f.op('mul', [half, k2]));
    const k4 = at(h, f.op('mul', [h, k3]));
    const middle = f.op('mul', [c(2), f.op('add', [k2, k3])]);
    const total = f.op('add', [f.op('add', [k1, middle]), k4]);
    const step = f.op('mul', [f.op('div', [h, c(6)]), total]);
    const next = [f.op('add', [n, c(1)]), f.op('add', [time, h]), f.op('add', [state, step])];
    return [f.closeLoop(next)[2]!];
  }),
  inputs: [1.5, 0.8],
  reference: (y0: number, k: number) => {
    const slope = (t: number, y: number) => -k * y + Math.sin(t);
    const h = 2 / 7;
    let t = 0;
    let y = y0;
    for (let n = 0; n < 7; n++) {
      const k1 = slope(t, y);
      const k2 = slope(t + h / 2, y + (h / 2) * k1);
      const k3 = slope(t + h / 2, y + (h / 2) * k2);
      const k4 = slope(t + h, y + h * k3);
      y += (h / 6) * (k1 + 2 * (k2 + k3) + k4);
      t += h;
    }
    return [y];
  },
};

/** Kepler's equation E − e·sin E = M by Newton's method, left by `break` when the step is small. */
export const newton: Sample = {
  name: 'newton',
  program: build('kepler', (f) => {
    const M = num(f, 'M', 0);
    const e = num(f, 'e', 1);
    const c = (value: number) => f.constant(value);
    const [i, E, going] = f.openLoop([c(0), M, f.constant(true)]) as [number, number, number];
    f.openBlock();
    const more = f.closeBlock([f.op('lt', [i, c(50)])]);
    f.openBlock();
    const no = f.closeBlock([f.constant(false)]);
    f.loopBody(f.if(going, more, no)[0]!);
    const residual = f.op('sub', [f.op('sub', [E, f.op('mul', [e, f.op('sin', [E])])]), M]);
    const slope = f.op('sub', [c(1), f.op('mul', [e, f.op('cos', [E])])]);
    const step = f.op('div', [residual, slope]);
    const next = f.op('sub', [E, step]);
    f.openBlock();
    const stop = f.closeBlock([i, f.constant(false)]);
    f.openBlock();
    const on = f.closeBlock([f.op('add', [i, c(1)]), f.constant(true)]);
    const [iNext, goOn] = f.if(f.op('lt', [f.op('abs', [step]), c(1e-14)]), stop, on) as [number, number];
    return [f.closeLoop([iNext, next, goOn])[1]!];
  }),
  inputs: [0.9, 0.6],
  reference: (M: number, e: number) => {
    let E = M;
    for (let i = 0; i < 50; i++) {
      const step = (E - e * Math.sin(E) - M) / (1 - e * Math.cos(E));
      E -= step;
      if (Math.abs(step) < 1e-14) break;
    }
    return [E];
  },
};

/** The first x[i]² that exceeds `limit`, times i + x[0]; else the sum of all: an early return in a loop. */
export const earlyReturn: Sample = {
  name: 'earlyReturn',
  program: build('first', (f) => {
    const x = buf(f, 'x', 0);
    const limit = num(f, 'limit', 1);
    const c = (value: number) => f.constant(value);
    const initial = [c(0), c(0), f.constant(false), c(0)];
    const [i, sum, done, result] = f.openLoop(initial) as [number, number, number, number];
    const inside = f.op('lt', [i, f.length(x)]);
    f.loopBody(f.op('and', [f.op('not', [done]), inside]));
    const v = f.load(x, i);
    const square = f.op('mul', [v, v]);
    f.openBlock();
    const weight = f.op('add', [i, f.load(x, c(0))]);
    const found = f.closeBlock([i, sum, f.constant(true), f.op('mul', [square, weight])]);
    f.openBlock();
    const on = f.closeBlock([f.op('add', [i, c(1)]), f.op('add', [sum, square]), f.constant(false), result]);
    const next = f.if(f.op('gt', [square, limit]), found, on);
    const [, total, returned, value] = f.closeLoop(next) as [number, number, number, number];
    f.openBlock();
    const early = f.closeBlock([value]);
    f.openBlock();
    const late = f.closeBlock([total]);
    return f.if(returned, early, late);
  }),
  inputs: [[0.5, -0.3, 1.7, 0.9], 1],
  reference: (x: number[], limit: number) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const square = x[i]! * x[i]!;
      if (square > limit) return [square * (i + x[0]!)];
      sum += square;
    }
    return [sum];
  },
};

/** y := A·y in place by way of a scratch vector, then the squared norm of y; y itself is a result as well. */
export const matrixVector: Sample = {
  name: 'matrixVector',
  program: build('matvec', (f) => {
    const A = buf(f, 'A', 0);
    const y = buf(f, 'y', 1);
    const c = (value: number) => f.constant(value);
    const one = c(1);
    const n = f.length(y);
    const scratch = f.alloc(n);
    f.setName(scratch, 'scratch');
    const loop = (carried: number[], body: (i: number, carried: number[]) => number[]) => {
      const [i, ...inside] = f.openLoop([c(0), ...carried]) as [number, ...number[]];
      f.loopBody(f.op('lt', [i, n]));
      const next = body(i, inside);
      return f.closeLoop([f.op('add', [i, one]), ...next]).slice(1);
    };
    loop([], (i) => {
      loop([], (j) => {
        const entry = f.load(A, f.op('add', [f.op('mul', [i, n]), j]));
        f.store(scratch, i, f.op('add', [f.load(scratch, i), f.op('mul', [entry, f.load(y, j)])]));
        return [];
      });
      return [];
    });
    const [norm] = loop([c(0)], (i, [sum]) => {
      f.store(y, i, f.load(scratch, i));
      const v = f.load(y, i);
      return [f.op('add', [sum!, f.op('mul', [v, v])])];
    });
    return [norm!, y];
  }),
  inputs: [
    [2, -1, 0.5, 1.5],
    [0.7, -0.4],
  ],
  reference: (A: number[], y0: number[]) => {
    const n = y0.length;
    const y = y0.map((_, i) => y0.reduce((sum, v, j) => sum + A[i * n + j]! * v, 0));
    return [y.reduce((sum, v) => sum + v * v, 0), ...y];
  },
};

/** p(x, n) = n ≤ 0 ? a : x·p(x, n − 1) + sin(n·x): recursion that specialises to a call. */
export const recursive: Sample = {
  name: 'recursive',
  program: build('polynomial', (f, program) => {
    const p = program.open('p');
    const x = num(p, 'x', 0);
    const n = num(p, 'n', 1);
    const a = num(p, 'a', 2);
    p.openBlock();
    const base = p.closeBlock([a]);
    p.openBlock();
    const less = p.op('sub', [n, p.constant(1)]);
    const [inner] = p.call(p.index, [x, less, a], ['number']) as [number];
    const wave = p.op('sin', [p.op('mul', [n, x])]);
    const step = p.closeBlock([p.op('add', [p.op('mul', [x, inner]), wave])]);
    const [value] = p.if(p.op('le', [n, p.constant(0)]), base, step) as [number];
    p.close([{ path: [], value }]);
    const args = [num(f, 'x', 0), f.constant(6), num(f, 'a', 1)];
    return f.call(p.index, args, ['number']);
  }),
  inputs: [0.8, 1.1],
  reference: (x: number, a: number) => {
    const p = (n: number): number => (n <= 0 ? a : x * p(n - 1) + Math.sin(n * x));
    return [p(6)];
  },
};

/** Throws for x < 0, and branches on x besides. */
export const branches: Sample = {
  name: 'branches',
  program: build('branches', (f) => {
    const x = num(f, 'x', 0);
    const y = num(f, 'y', 1);
    const c = (value: number) => f.constant(value);
    f.openBlock();
    f.throw('x must not be negative');
    const bad = f.closeBlock([]);
    f.openBlock();
    const good = f.closeBlock([f.op('sqrt', [x])]);
    const [root] = f.if(f.op('lt', [x, c(0)]), bad, good) as [number];
    f.openBlock();
    const wave = f.op('sin', [f.op('exp', [f.op('mul', [root, y])])]);
    const big = f.closeBlock([f.op('mul', [wave, wave]), f.op('add', [x, y])]);
    f.openBlock();
    const small = f.closeBlock([f.op('mul', [y, y]), y]);
    const [u, v] = f.if(f.op('gt', [x, y]), big, small) as [number, number];
    return [f.op('mul', [u, v]), f.op('max', [u, v, f.op('mul', [x, c(0.1)])])];
  }),
  inputs: [1.3, 0.4],
  reference: (x: number, y: number) => {
    if (x < 0) throw new Error('x must not be negative');
    const root = Math.sqrt(x);
    const u = x > y ? Math.sin(Math.exp(root * y)) ** 2 : y * y;
    const v = x > y ? x + y : y;
    return [u * v, Math.max(u, v, x * 0.1)];
  },
};

export const SAMPLES: readonly Sample[] = [
  tutorial,
  rosenbrock,
  rungeKutta,
  newton,
  earlyReturn,
  matrixVector,
  recursive,
  branches,
];
