/** Kinks and jumps in the panel's plots: where they are, what they are, and what is none. */
import { describe, expect, test } from 'vitest';
import { PANEL_PLOT, type PanelPlotResult } from '../../server/protocol/messages.ts';
import { InProcess } from './inProcess.ts';

const URI = 'file:///marks.ts';

function plot(
  text: string,
  ...axes: readonly [input: string, low: number, high: number, count: number][]
): PanelPlotResult {
  const worker = new InProcess();
  worker.open(URI, text);
  return worker.request<PanelPlotResult>(PANEL_PLOT, {
    function: { uri: URI, target: 'f' },
    axes: axes.map(([input, low, high, count]) => ({ input, low, high, count })),
  });
}

function along(body: string, count = 11, low = 0, high = 1): [string, number][] {
  const { marks } = plot(`// @differentiable at x = 0.9\nfunction f(x: number) { ${body} }`, [
    'x',
    low,
    high,
    count,
  ]);
  return marks.map(({ kind, at }) => [kind, at]);
}

describe('along one input', () => {
  test.each([
    // Narrower than the step, which is 0.1.
    [
      'return (x - 0.335) ** 2 < 1e-6 ? x + 5 : x;',
      [
        ['jump', 0.334],
        ['jump', 0.336],
      ],
    ],
    [
      'return Math.abs(x - 0.335) < 1e-3 ? x + 5 : x;',
      [
        ['jump', 0.334],
        ['jump', 0.336],
      ],
    ],
    [
      'return x > 0.334 && x < 0.336 ? 5 : x;',
      [
        ['jump', 0.334],
        ['jump', 0.336],
      ],
    ],
    [
      'return Math.abs((x - 0.35) ** 2 - 1e-4);',
      [
        ['kink', 0.34],
        ['kink', 0.36],
      ],
    ],
    ['return x === 0.335 ? 5 : x;', [['jump', 0.335]]],
    ['return Math.max(x, 0.335);', [['kink', 0.335]]],
  ] as const)('%s', (body, marks) => {
    const found = along(body);
    expect(found.map(([kind]) => kind)).toEqual(marks.map(([kind]) => kind));
    found.forEach(([, at], i) => {
      expect(at).toBeCloseTo(marks[i]![1], 9);
    });
  });

  test.each([
    [
      'an iteration',
      'let y = 1; for (let i = 0; i < 50; i++) { const n = 0.5 * (y + (x + 1) / y); if (Math.abs(n - y) < 1e-9) break; y = n; } return y;',
    ],
    [
      'a search',
      'let a = 0, b = 2; while (b - a > 1e-12) { const m = (a + b) / 2; if (m * m > x + 0.1) b = m; else a = m; } return (a + b) / 2;',
    ],
    ['two ways to say the same', 'return x > 0.435 ? x * x : x ** 2;'],
    ['what joins smoothly', 'return x > 0.435 ? (x - 0.435) ** 2 : 0;'],
  ])('%s has none', (_, body) => {
    expect(along(body)).toEqual([]);
  });

  test('an iteration of something with a kink has that one', () => {
    const body =
      'const c = Math.abs(x - 0.435) + 1; let y = 1; for (let i = 0; i < 50; i++) { const n = 0.5 * (y + c / y); if (Math.abs(n - y) < 1e-12) break; y = n; } return y;';
    const found = along(body);
    expect(found.map(([kind]) => kind)).toEqual(['kink']);
    expect(found[0]![1]).toBeCloseTo(0.435, 5);
  });
});

describe('over two inputs', () => {
  const over = (body: string): PanelPlotResult['borders'] =>
    plot(
      `// @differentiable at x = 0.9, y = 0.2\nfunction f(x: number, y: number) { return ${body}; }`,
      ['x', -1, 1, 12],
      ['y', -1, 1, 12],
    ).borders;

  test('kinks stand on the line where they are', () => {
    const borders = over('Math.abs(x - 0.3 * y)');
    expect(borders.length).toBeGreaterThanOrEqual(11);
    for (const { kind, from, to } of borders) {
      expect(kind).toBe('kink');
      for (const [x, y] of [from, to]) expect(x).toBeCloseTo(0.3 * y, 9);
    }
  });

  test('jumps stand on the curve where they are', () => {
    const borders = over('x * x + y * y < 0.5 ? 1 + x : y');
    expect(borders.length).toBeGreaterThan(12);
    for (const { kind, from, to } of borders) {
      expect(kind).toBe('jump');
      for (const [x, y] of [from, to]) expect(x * x + y * y).toBeCloseTo(0.5, 8);
    }
  });

  test('ends are told, and a smooth function has none', () => {
    expect(new Set(over('Math.sqrt(x - 0.05)').map(({ kind }) => kind))).toEqual(new Set(['end']));
    expect(over('Math.sin(x) * y')).toEqual([]);
    expect(over('x > y ? x * y : y * x')).toEqual([]);
  });
});
