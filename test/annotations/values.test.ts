import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSample } from '../../core/annotations/index.ts';
import type { Expression, Spread } from '../../core/source/syntax.ts';

/** JavaScript's own reading of a value: the reference. */
function javascript(text: string): unknown {
  const names = 'const { sqrt, sin, atan2, max, PI, E, LN2 } = Math; const k = 3; const v = [1, 2];';
  const linspace =
    'const linspace = (a, b, n) => Array.from({ length: n }, (_, i) => a + ((b - a) * i) / (n - 1));';
  const fill = 'const fill = (x, n) => new Array(n).fill(x);';
  return new Function(`'use strict'; ${names} ${linspace} ${fill} return (${text}\n)`)();
}

const KNOWN: { readonly [name: string]: unknown } = {
  Math,
  k: 3,
  v: [1, 2],
  linspace: (a: number, b: number, n: number) =>
    Array.from({ length: n }, (_, i) => a + ((b - a) * i) / (n - 1)),
  fill: (x: unknown, n: number) => new Array(n).fill(x),
};

/** The meaning of the few core-language nodes that values are made of. */
function evaluate(node: Expression): unknown {
  const list = (items: readonly (Expression | Spread | null)[]): unknown[] =>
    items.flatMap((item) => {
      if (item === null) return [undefined];
      return item.kind === 'spread' ? (evaluate(item.argument) as unknown[]) : [evaluate(item)];
    });
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'name':
      return KNOWN[node.name];
    case 'unary': {
      const value = evaluate(node.argument) as number;
      return node.operator === '-' ? -value : +value;
    }
    case 'binary': {
      const a = evaluate(node.left) as number;
      const b = evaluate(node.right) as number;
      switch (node.operator) {
        case '+':
          return a + b;
        case '-':
          return a - b;
        case '*':
          return a * b;
        case '/':
          return a / b;
        case '%':
          return a % b;
        case '**':
          return a ** b;
      }
      break;
    }
    case 'member': {
      const object = evaluate(node.object) as Record<string, unknown>;
      return object[typeof node.key === 'string' ? node.key : String(evaluate(node.key))];
    }
    case 'call':
      return (evaluate(node.callee) as (...args: unknown[]) => unknown)(...list(node.arguments));
    case 'array':
      return list(node.elements);
    case 'object':
      return Object.fromEntries(
        node.members.map((m) => {
          if (m.kind !== 'property') throw new Error(m.kind);
          return [m.key as string, evaluate(m.value)];
        }),
      );
  }
  throw new Error(`no value: ${node.kind}`);
}

function parsed(text: string): { value: unknown; problems: string[] } {
  const { sample, problems } = parseSample(`x = ${text}`);
  return {
    value: sample.values[0] && problems.length === 0 ? evaluate(sample.values[0].value) : undefined,
    problems: problems.map((p) => p.message),
  };
}

describe('values mean what they mean in JavaScript', () => {
  it.each([
    '0',
    '-0',
    '12',
    '1_000_000',
    '.5',
    '5.',
    '5.e3',
    '1e-7',
    '1E+3',
    '0x1F',
    '0XfF_ff',
    '0b1010',
    '0o17',
    '1_0.0_1e1_0',
    'Infinity',
    '-Infinity',
    'NaN',
    'undefined',
    'null',
    'true',
    'false',
    '"a\\u0041\\x42\\n"',
    "'it\\'s'",
    '1 + 2 * 3 - 4 / 5 % 3',
    '2 ** 3 ** 2',
    '2 ** -1',
    '(-2) ** 2',
    '-(2 ** 2)',
    '- - 3',
    '+-3',
    '-2 * 3',
    '2 - -3',
    '8 / 4 / 2',
    'Math.PI',
    'PI',
    'E',
    'LN2 / 2',
    'sqrt(2)',
    'Math.sqrt(2)',
    'max(1, 2, 3,)',
    'Math["PI"]',
    'k',
    'v[1] + k',
    'v.length',
    '[]',
    '[1, 2, 3]',
    '[1, [2, [3]],]',
    '[...v, 4]',
    '{}',
    '{a: 1}',
    "{'a b': 1, 2: 3, c: {d: [1]},}",
    '{k, v}',
    'linspace(0, 1, 5)',
    'fill(0.5, 3)',
    'fill([1, 2], 2)',
    '(((1)))',
    '[PI / 2, -sin(1)]',
  ])('%s', (text) => {
    const { value, problems } = parsed(text);
    expect(problems).toEqual([]);
    expect(value).toEqual(javascript(text));
  });

  it('holds for random expressions', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, min: 0 }).map(String),
      fc.nat().map((n) => `0x${n.toString(16)}`),
      fc.constantFrom('PI', 'Math.E', 'k', 'v[0]', 'Infinity', '1_000.5', '.25e2'),
    );
    const { value } = fc.letrec<{ value: string; atom: string }>((tie) => ({
      atom: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'value' },
        number,
        tie('value').map((v) => `(${v})`),
      ),
      value: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'value' },
        number,
        fc
          .tuple(tie('value'), fc.constantFrom('+', '-', '*', '/', '%'), tie('value'))
          .map(([a, o, b]) => `${a} ${o} ${b}`),
        fc.tuple(tie('atom'), tie('atom')).map(([a, b]) => `${a}**${b}`),
        fc.tuple(fc.constantFrom('-', '+'), tie('atom')).map(([o, a]) => `${o} ${a}`),
        fc
          .tuple(fc.constantFrom('sqrt', 'Math.sin', 'atan2'), tie('value'), tie('value'))
          .map(([f, a, b]) => `${f}(${a}, ${b})`),
      ),
    }));
    fc.assert(
      fc.property(value, (text) => {
        let expected: unknown;
        try {
          expected = javascript(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
          expect(parsed(text).problems).not.toEqual([]);
          return;
        }
        const result = parsed(text);
        expect(result.problems).toEqual([]);
        expect(result.value).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("gives the file's own names precedence over those of Math", () => {
    const declared = (name: string): boolean => name === 'E';
    const [e, pi] = parseSample('x = E, y = PI', { declared }).sample.values;
    expect(e!.value).toMatchObject({ kind: 'name', name: 'E' });
    expect(pi!.value).toMatchObject({ kind: 'member', key: 'PI', object: { kind: 'name', name: 'Math' } });
  });

  it.each([
    '08',
    '1__0',
    '1_',
    '0x',
    '0xg',
    '1e',
    '2x',
    '10n',
    '1.2.3',
    "'ab",
    '"ab',
    '-2 ** 2',
    '1 +',
    '* 2',
    '(1',
    '[1, 2',
    '{a: 1',
    '{a 1}',
    '{: 1}',
    'f(1',
    'new',
    'new 3',
    'this',
    '`a`',
    '1 < 2',
    'a ? b : c',
    'x => x',
    '−3',
    '1, , 2',
    '.',
    '@',
    '()',
    'a.',
    'a[',
    '3(4)',
  ])('refuses %s', (text) => {
    const { sample, problems } = parseSample(`x = ${text}`);
    expect(problems.length).toBeGreaterThan(0);
    // The parameter never silently takes its default instead.
    expect(sample.values[0]?.root).toBe('x');
  });

  it('bounds depth and length', () => {
    for (const text of [
      '('.repeat(1e5),
      '['.repeat(1e5),
      '-'.repeat(1e5),
      '1+'.repeat(1e5) + '1',
      '2**'.repeat(1e5),
      '9'.repeat(1e6),
    ])
      expect(parseSample(`x = ${text}`).problems.length).toBeGreaterThan(0);
    const many = parseSample(`x = [${'1, '.repeat(1e5)}]`);
    expect(many.problems).toEqual([]);
    expect(many.sample.values[0]!.value).toMatchObject({ elements: { length: 1e5 } });
  });
});
