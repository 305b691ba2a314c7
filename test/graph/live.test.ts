/**
 * The path that the page follows: what it vouches for is held against the function as Node runs it, and against the
 * server's own answer at the same point.
 */
import { describe, expect, test } from 'vitest';
import { LiveTape } from '../../core/graph/live.ts';
import { numberOf, type PanelModel } from '../../core/graph/panelModel.types.ts';
import { PANEL_MODEL, type PanelModelResult, type PanelPoint } from '../../server/protocol/messages.ts';
import { InProcess } from '../server/inProcess.ts';
import { central } from '../support/differences.ts';

type F = (...x: number[]) => number;

/** A function as the server reads it, and as Node runs it. */
class Subject {
  private readonly worker = new InProcess();
  readonly model: PanelModel;
  readonly live: LiveTape;

  constructor(at: string, f: F) {
    this.worker.open('file:///live.js', `// @differentiable at ${at}\nconst f = ${f};`, 'javascript');
    this.model = this.ask();
    this.live = new LiveTape(this.model.tape!);
  }

  ask(point?: readonly number[]): PanelModel {
    const { inputs } = this.model ?? { inputs: [] };
    const result = this.worker.request<PanelModelResult>(PANEL_MODEL, {
      function: { uri: 'file:///live.js', target: 'f' },
      ...(point && { point: point.map((x, i) => [inputs[i]!.label, x]) as PanelPoint }),
    });
    return (JSON.parse(JSON.stringify(result)) as PanelModelResult).model;
  }
}

/** Points around the sample, the same every time; some of them whole numbers, where kinks and ties are. */
function pointsAround(sample: readonly number[], count: number): number[][] {
  let state = 20_061;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return Array.from({ length: count }, (_, k) =>
    sample.map((x) => {
      const moved = x + (random() - 0.5) * (k % 3 === 0 ? 0.1 : 4);
      return k % 5 === 0 ? Math.round(moved) + 0 : moved;
    }),
  );
}

interface Case {
  readonly at: string;
  readonly f: F;
  /** Of 60 points: at least so many are vouched for. */
  readonly vouched: number;
}

const CASES: { readonly [name: string]: Case } = {
  tutorial: { at: 'x = 2, y = 3', f: (x, y) => x! * y! + Math.sin(x!), vouched: 60 },
  pieces: {
    at: 'x = 2, y = -1',
    f: (x, y) => Math.max(0, x! * y! + 1) * Math.abs(x! - y!) + (x! > y! ? x! * x! : y!),
    vouched: 40,
  },
  sum: {
    at: 'x = 1.5',
    f: (x) => {
      let s = 0;
      for (let i = 0; i < 12; i++) {
        const t = x! ** i / (i + 1);
        s += t;
      }
      return s;
    },
    vouched: 50,
  },
  cancelling: { at: 'x = 0.5', f: (x) => (1 - Math.cos(x!)) / (x! * x!), vouched: 30 },
  removable: { at: 'x = 0.3', f: (x) => (x === 0 ? 1 : Math.sin(x!) / x!), vouched: 40 },
  root: { at: 'x = 1, y = 2', f: (x, y) => Math.sqrt(x!) * y! + Math.hypot(x!, y!, 1), vouched: 15 },
  angles: { at: 'x = -1, y = 1', f: (x, y) => Math.atan2(y!, x!) + (x! % 3) + Math.min(x!, y!), vouched: 20 },
  newton: {
    at: 'a = 2',
    f: (a) => {
      let x = 1;
      while (Math.abs(x * x - a!) > 1e-9) x = (x + a! / x) / 2;
      return x;
    },
    vouched: 0,
  },
  looked: {
    at: 'x = 1.5',
    f: (x) => {
      const table = [1, 4, 9, 16];
      return table[Math.floor(x!)]! * x!;
    },
    vouched: 0,
  },
};

describe('what the page vouches for', () => {
  for (const [name, { at, f, vouched }] of Object.entries(CASES)) {
    test(name, () => {
      const subject = new Subject(at, f);
      const { model, live } = subject;
      let count = 0;
      const sample = model.inputs.map((input) => numberOf(input.sample));
      for (const point of pointsAround(sample, 60)) {
        const status = { ...live.set(point) };
        if (status.values) expect(live.output(0)).toBe(f(...point));
        expect(status.derivatives).toBe(status.why === null);
        if (!status.derivatives) continue;
        expect(status.values).toBe(true);
        count++;
        const gradient: number[] = [];
        live.gradient(0, gradient);
        // To the bit what the server says …
        const there = subject.ask(point);
        expect(there.refused).toBe(false);
        expect(gradient).toEqual(there.jacobian[0]!.map(numberOf));
        expect(Array.from(live.values)).toEqual(there.trace.map((row) => numberOf(row.primal.value)));
        // … and what the function does.
        gradient.forEach((partial, i) => {
          const along = (t: number) => [f(...point.map((x, j) => (j === i ? x + t : x)))];
          const { value, error } = central(along, 0.3)[0]!;
          expect(Math.abs(partial - value)).toBeLessThanOrEqual(
            1e-6 * Math.max(1, Math.abs(value)) + 5 * error,
          );
        });
      }
      expect(count).toBeGreaterThanOrEqual(vouched);
      if (vouched === 0) expect(count).toBe(0);
    });
  }
});

describe('where the page has to ask', () => {
  const why = (at: string, f: F, point: readonly number[]) => ({ ...new Subject(at, f).live.set(point) });

  test('a guard comes out otherwise: neither values nor derivatives', () => {
    const f: F = (x) => (x! > 3 ? x! * x! : x!);
    const { live, model } = new Subject('x = 1', f);
    expect({ ...live.set([2.999]) }).toMatchObject({ values: true, derivatives: true, guard: -1 });
    expect({ ...live.set([3.001]) }).toMatchObject({
      values: false,
      derivatives: false,
      guard: 0,
      why: 'guard',
    });
    const site = model.tape!.sites[model.tape!.guards[0]!.site]!;
    expect(site.range.start).toEqual({ line: 1, character: `const f = ${f};`.indexOf('x > 3') });
    // Back again all is as it was.
    expect({ ...live.set([1]) }).toMatchObject({ values: true, derivatives: true, guard: -1, why: null });
  });

  test('a tie, a kink, a singularity', () => {
    expect(why('x = 1', (x) => (x! > 3 ? x! * x! : x!), [3])).toMatchObject({ values: true, why: 'special' });
    expect(why('x = 1', (x) => Math.abs(x!) * 2, [0])).toMatchObject({ values: true, why: 'special' });
    expect(why('x = 1', (x) => Math.max(x!, 2), [2])).toMatchObject({ values: true, why: 'special' });
    expect(why('x = 1', (x) => Math.floor(x!) * x!, [0.5])).toMatchObject({ derivatives: true });
    expect(why('x = 1.5', (x) => Math.floor(x!) * x!, [2])).toMatchObject({ why: 'special' });
    expect(why('x = 1', (x) => Math.sqrt(x!) + 1, [0])).toMatchObject({ derivatives: false });
  });

  test('no finite number', () => {
    expect(why('x = 1', (x) => Math.log(x!), [-1])).toMatchObject({ values: true, why: 'infinite' });
    expect(why('x = 1', (x) => Math.exp(x!), [800])).toMatchObject({ values: true, why: 'infinite' });
  });

  test('digits are lost, and the server has more of them', () => {
    const f: F = (x) => (1 - Math.cos(x!)) / (x! * x!);
    const subject = new Subject('x = 1', f);
    expect({ ...subject.live.set([1e-7]) }).toMatchObject({ values: true, why: 'digits' });
    // d/dx (1 − cos x)/x² = −x/12 + O(x³).
    const partial = numberOf(subject.ask([1e-7]).jacobian[0]![0]!);
    expect(Math.abs(partial / (-1e-7 / 12) - 1)).toBeLessThan(1e-9);
  });

  test('a loop that goes by comparisons, a key: values alone', () => {
    const { live, model } = new Subject('a = 2', CASES['newton']!.f);
    expect(model.tape!.sweeps).toBe(false);
    expect({ ...live.set([2.0001]) }).toMatchObject({ values: true, derivatives: false, why: 'unknown' });
  });

  test('where max takes another operand numbers are right and the text is not', () => {
    const { live } = new Subject('x = 1, y = 2', (x, y) => Math.max(x!, y!) * 3);
    expect({ ...live.set([1, 3]) }).toMatchObject({ derivatives: true, rewritten: false });
    expect({ ...live.set([4, 3]) }).toMatchObject({ derivatives: true, rewritten: true });
    const gradient: number[] = [];
    live.gradient(0, gradient);
    expect(gradient).toEqual([3, 0]);
  });

  test('what was looked at without a guard has no tape', () => {
    const worker = new InProcess();
    const text = '// @differentiable at x = 1.5\nconst f = (x) => Number.parseFloat(x) * x;';
    worker.open('file:///live.js', text, 'javascript');
    const { model } = worker.request<PanelModelResult>(PANEL_MODEL, {
      function: { uri: 'file:///live.js', target: 'f' },
    });
    expect(model.tape).toBeNull();
  });
});

describe('sweeps and partials', () => {
  const { live, model } = new Subject('x = 2, y = 3', (x, y) => x! * y! + Math.sin(x!));

  test('along any direction', () => {
    live.set([0.5, -1]);
    const tangent = live.tangents([2, 10]);
    expect(tangent[live.rows - 1]).toBeCloseTo(2 * (-1 + Math.cos(0.5)) + 10 * 0.5, 14);
    const kept = live.tangents([1, 0], new Float64Array(live.rows));
    live.tangents([0, 1]);
    expect(kept[live.rows - 1]).toBeCloseTo(-1 + Math.cos(0.5), 14);
  });

  test('w̄ and local partials by row', () => {
    live.set([0.5, -1]);
    expect(Array.from(live.adjoints(0))).toEqual([-1 + Math.cos(0.5), 0.5, 1, 1, 1]);
    const partials = model.trace.map((row) => row.operands.map((_, k) => live.partial(row.index - 1, k)));
    expect(partials).toEqual([[], [], [-1, 0.5], [Math.cos(0.5)], [1, 1]]);
  });

  test('several outputs', () => {
    const worker = new InProcess();
    worker.open(
      'file:///live.js',
      '// @differentiable at x = 2\nconst f = (x) => [x * x, 7, Math.exp(x)];',
      'javascript',
    );
    const { model: many } = worker.request<PanelModelResult>(PANEL_MODEL, {
      function: { uri: 'file:///live.js', target: 'f' },
    });
    const three = new LiveTape(many.tape!);
    expect({ ...three.set([1]) }).toMatchObject({ derivatives: true });
    expect([0, 1, 2].map((o) => three.output(o))).toEqual([1, undefined, Math.E]);
    const gradients = [0, 1, 2].map((o) => {
      const into = [Number.NaN];
      three.gradient(o, into);
      return into[0];
    });
    expect(gradients).toEqual([2, 0, Math.E]);
  });
});
