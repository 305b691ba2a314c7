import { describe, expect, it } from 'vitest';
import { OPERATIONS, type Operation, PRECEDENCE, TABLE } from '../../core/operations/index.ts';

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  -1.5,
  2.5,
  -2.5,
  0.1,
  0.3,
  3,
  -3,
  7.5,
  1e-9,
  1e9,
  1e16,
  -1e16,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 32 + 5,
  2 ** 53,
  5e-324,
  1e-300,
  1e300,
  -1e300,
  0.49999999999999994,
  4503599627370495.5,
  Number.MAX_VALUE,
  Infinity,
  -Infinity,
  NaN,
  Math.PI,
];
const BOOLEANS: readonly Operation[] = ['not', 'and', 'or'];

/** The host's own operation, by the text that the row prints as. */
function host(name: Operation, count: number): (...args: unknown[]) => unknown {
  const { js } = TABLE[name];
  const parameters = ['a', 'b', 'c'].slice(0, count);
  const text =
    name === 'select'
      ? 'a ? b : c'
      : js.form === 'infix'
        ? `a ${js.symbol} b`
        : js.form === 'prefix'
          ? `${js.symbol}a`
          : `${js.name}(${parameters})`;
  // biome-ignore lint/security/noGlobalEval: the host's JavaScript is the reference here
  return eval(`(${parameters}) => ${text}`) as (...args: unknown[]) => unknown;
}

function tuples(count: number): number[][] {
  if (count === 0) return [[]];
  const shorter = tuples(count - 1);
  return NUMBERS.flatMap((x) => shorter.map((rest) => [x, ...rest]));
}

describe.each(OPERATIONS)('%s', (name) => {
  const row = TABLE[name];
  it('has the bits of the host', () => {
    for (const count of row.arity === undefined ? [0, 1, 2, 3] : [row.arity]) {
      const expected = host(name, count);
      for (const args of tuples(count)) {
        const booleans = BOOLEANS.includes(name) || name === 'toNumber';
        if (booleans && args.some((x) => !Object.is(x, 0) && x !== 1)) continue;
        const given = booleans
          ? args.map(Boolean)
          : name === 'select'
            ? [args[0] === 1, args[1], args[2]]
            : args;
        const taken = name === 'select' ? [args[0] === 1 ? 1 : 0, args[1]!, args[2]!] : args;
        const result = expected(...given);
        const actual = row.value(...taken);
        if (!Object.is(actual, Number(result))) {
          expect.fail(`${name}(${args}) = ${actual}, the host has ${String(result)}`);
        }
        expect(typeof result).toBe(name === 'select' ? 'number' : row.type);
      }
    }
  });
});

describe('notations', () => {
  const infix = OPERATIONS.filter((name) => TABLE[name].js.form === 'infix');
  it.each(infix)('%s groups with itself as JavaScript does', (name) => {
    const { js } = TABLE[name];
    if (js.form !== 'infix' || TABLE[name].type === 'boolean') return;
    // biome-ignore lint/security/noGlobalEval: the host's JavaScript is the reference here
    const run = (text: string) => eval(`((a, b, c) => ${text})(0.7, 3.3, -2.1)`) as number;
    const [a, b, c] = ['a', 'b', 'c'];
    const grouped =
      js.associative === 'right'
        ? `${a} ${js.symbol} (${b} ${js.symbol} ${c})`
        : `(${a} ${js.symbol} ${b}) ${js.symbol} ${c}`;
    expect(run(`${a} ${js.symbol} ${b} ${js.symbol} ${c}`)).toBe(run(grouped));
  });

  it('bind as JavaScript does', () => {
    const samples = [
      [0.5, 2, 3],
      [7, 2, 5],
      [1, 0, 1],
      [0, 1, 1],
      [6, 3, 1],
      [2, 3, 0],
      [0, 0, 1],
      [5, 1, 2],
    ];
    let told = 0;
    for (const x of infix) {
      for (const y of infix) {
        const [f, g] = [TABLE[x].js, TABLE[y].js];
        if (f.form !== 'infix' || g.form !== 'infix' || f.precedence <= g.precedence) continue;
        const text = (grouped: string) => `(a, b, c) => Number(${grouped})`;
        // biome-ignore lint/security/noGlobalEval: the host's JavaScript is the reference here
        const parse = (grouped: string) => eval(text(grouped)) as (...args: unknown[]) => number;
        const bare = parse(`a ${g.symbol} b ${f.symbol} c`);
        const tight = parse(`a ${g.symbol} (b ${f.symbol} c)`);
        const loose = parse(`(a ${g.symbol} b) ${f.symbol} c`);
        for (const sample of samples) {
          expect(bare(...sample), `${y} beside ${x}`).toBe(tight(...sample));
          if (tight(...sample) !== loose(...sample)) told++;
        }
      }
    }
    expect(told).toBeGreaterThan(100);
    expect(PRECEDENCE.prefix).toBeGreaterThan(PRECEDENCE.power);
  });
});
