/**
 * Random programs: expressions over values of every type with JavaScript's coercions, and statements with loops,
 * closures, destructuring, classes, exceptions and built-ins. Every program ends: loops count to a bound of their own.
 */
import fc from 'fast-check';

type Text = fc.Arbitrary<string>;

/** Variables that a generated expression may name; `a` an array, `o` an object, `s` a text. */
const NUMERIC = ['x', 'y', 'n'];

const number: Text = fc.constantFrom('0', '1', '2', '3', '0.5', '1.5', '10', '1e3', '7.25', '0.1');
const odd: Text = fc.constantFrom(
  '-0',
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  'undefined',
  'true',
  'false',
  '""',
  '"3"',
  '" 4 "',
  '"z"',
  '[]',
  '[2]',
  '[1, 2]',
  '({})',
  '({ valueOf() { return 6 } })',
  '({ toString() { return "8" } })',
);
const name: Text = fc.constantFrom(...NUMERIC);
const binaryOperator = fc.constantFrom(
  ...[
    '+',
    '-',
    '*',
    '/',
    '%',
    '&',
    '|',
    '^',
    '<<',
    '>>',
    '>>>',
    '<',
    '<=',
    '>',
    '>=',
    '==',
    '!=',
    '===',
    '!==',
  ],
  ...['&&', '||', '+', '-', '*', '/'],
);
const math = fc.constantFrom(
  ...[
    'abs',
    'floor',
    'ceil',
    'round',
    'sign',
    'sqrt',
    'sin',
    'cos',
    'exp',
    'trunc',
    'fround',
    'cbrt',
    'atan',
    'log1p',
  ],
);

export const expression: Text = fc.letrec<{ e: string; list: string }>((tie) => {
  const e = tie('e');
  const two = (f: (a: string, b: string) => string) => fc.tuple(e, e).map(([a, b]) => f(a, b));
  return {
    list: fc.array(e, { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
    e: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      number,
      name,
      odd,
      fc.constantFrom('a[0]', 'a[1]', 'a.length', 'o.p', 'o.q', 's', 's.length', 'o', 'a'),
      fc.tuple(e, binaryOperator, e).map(([a, op, b]) => `((${a}) ${op} (${b}))`),
      two((a, b) => `((${a}) ** (${b}))`),
      two((a, b) => `((${a}) ?? (${b}))`),
      fc.tuple(fc.constantFrom('-', '+', '!', '~', 'typeof ', 'void '), e).map(([op, a]) => `(${op}(${a}))`),
      fc.tuple(e, e, e).map(([c, a, b]) => `((${c}) ? (${a}) : (${b}))`),
      fc.tuple(math, e).map(([f, a]) => `Math.${f}(${a})`),
      fc
        .tuple(fc.constantFrom('max', 'min', 'hypot', 'pow', 'atan2'), e, e)
        .map(([f, a, b]) => `Math.${f}(${a}, ${b})`),
      fc
        .tuple(
          fc.constantFrom('Number', 'Boolean', 'isNaN', 'isFinite', 'Number.isInteger', 'Array.isArray'),
          e,
        )
        .map(([f, a]) => `${f}(${a})`),
      fc
        .tuple(fc.constantFrom('String', 'parseFloat', 'parseInt', 'JSON.stringify'), e)
        .map(([f, a]) => `${f}(${a})`),
      tie('list'),
      two((a, b) => `[${a}, ${b}].map((v, i) => v)`),
      fc.tuple(tie('list'), e).map(([l, a]) => `${l}.reduce((u, v) => u + v, ${a})`),
      fc
        .tuple(tie('list'), fc.constantFrom('v', 'v > 1', '!v', 'v === x'))
        .map(([l, c]) => `${l}.filter((v) => ${c})`),
      fc.tuple(tie('list'), e).map(([l, a]) => `${l}.includes(${a})`),
      fc.tuple(tie('list'), e).map(([l, a]) => `${l}.indexOf(${a})`),
      fc
        .tuple(
          tie('list'),
          fc.constantFrom(
            'sort((u, v) => u - v)',
            'reverse()',
            'slice(1)',
            'concat(a)',
            'flat()',
            'at(-1)',
            'join("-")',
            'findLast((v) => v > 0)',
            'some((v) => v)',
            'fill(x, 1)',
          ),
        )
        .map(([l, m]) => `${l}.${m}`),
      two((a, b) => `({ p: ${a}, ['q']: ${b} })`),
      two((a, b) => `((u, [v] = [2]) => u + v)(${a}, ${b})`),
      e.map((a) => `((...r) => r.length)(...[${a}, 1])`),
      fc
        .tuple(
          fc.constantFrom(
            'slice(1)',
            'charAt(0)',
            'toUpperCase()',
            'repeat(2)',
            'split("")',
            'indexOf("z")',
            'padStart(4, "*")',
            'trim()',
          ),
          e,
        )
        .map(([m, a]) => `(\`\${${a}}\`).${m}`),
      e.map((a) => `(() => { try { return (${a}).p.q } catch (err) { return err.name } })()`),
      fc
        .tuple(
          fc.constantFrom('x', 'y', 'n', 'o.p', 'a[0]'),
          fc.constantFrom('=', '+=', '-=', '*=', '/=', '%=', '**=', '||=', '&&=', '??=', '|='),
          e,
        )
        .map(([t, op, a]) => `(${t} ${op} ${a})`),
      fc.constantFrom('x++', '++y', 'n--', '--o.p', 'a[1]++').map((u) => `(${u})`),
    ),
  };
}).e;

export const body: Text = fc
  .letrec<{ s: string; block: string }>((tie) => {
    const s = tie('s');
    const block = tie('block');
    return {
      block: fc.array(s, { minLength: 1, maxLength: 3 }).map((list) => `{ ${list.join(' ')} }`),
      s: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        expression.map((e) => `${'r.push'}(${e});`),
        fc.tuple(fc.constantFrom('x', 'y', 'n'), expression).map(([t, e]) => `${t} = ${e};`),
        fc.tuple(expression, block, block).map(([c, t, f]) => `if (${c}) ${t} else ${f}`),
        fc.tuple(fc.constantFrom(2, 3), block).map(([k, b]) => `for (let i = 0; i < ${k}; i++) ${b}`),
        fc.tuple(expression, block).map(([c, b]) => `for (let i = 0; i < 3; i++) { if (${c}) break; ${b} }`),
        fc
          .tuple(expression, block)
          .map(([c, b]) => `for (let i = 0; i < 3; i++) { ${b} if (${c}) continue; r.push(i); }`),
        fc.tuple(expression, block).map(([l, b]) => `for (const v of [x, ${l}]) { r.push(v); ${b} }`),
        block.map((b) => `for (const k in { p: 1, q: 2 }) { r.push(k); ${b} }`),
        fc
          .tuple(expression, block, block)
          .map(([e, b, c]) => `switch (${e}) { case 1: ${b} case x: ${c} break; default: r.push("d"); }`),
        fc
          .tuple(block, expression, block)
          .map(
            ([b, e, f]) =>
              `try { ${b} if (x > 1) throw ${e}; } catch (err) { r.push(err instanceof Error ? err.name : err); } finally ${f}`,
          ),
        fc
          .tuple(expression, expression)
          .map(([b, e]) => `l: { r.push(${b}); if (${e}) break l; r.push("l"); }`),
        fc
          .tuple(expression, expression)
          .map(([e, f]) => `{ const { p, q = ${e}, ...w } = { p: ${f}, z: 1 }; r.push(p, q, w); }`),
        fc
          .tuple(expression, expression)
          .map(([e, f]) => `{ const [u, v = ${e}, ...w] = [${f}, undefined, 1, 2]; r.push(u, v, w); }`),
        expression.map(
          (e) =>
            `{ const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i + n); n = ${e}; r.push(...fs.map((f) => f())); }`,
        ),
        fc
          .tuple(expression, expression)
          .map(
            ([e, f]) =>
              `{ class C { v = ${e}; #h = 2; static k = 3; get h() { return this.#h + this.v } m(u) { return [this.v, u, C.k] } } class D extends C { v2 = ${f}; m(u) { return super.m(u).length + this.h } } const d = new D(); r.push(d, d.m(x), d.h); }`,
          ),
        fc
          .tuple(expression, expression)
          .map(
            ([e, f]) =>
              `{ const m = new Map([["p", ${e}]]); m.set("q", ${f}); r.push(m.get("p"), m.size, [...m.values()]); }`,
          ),
        expression.map(
          (e) =>
            `{ function g(u, ...w) { return arguments.length > 1 ? w : g(u, ${e}) } r.push(g(x), g(1, 2)); }`,
        ),
        fc.constantFrom(
          'a.push(x);',
          'a[a.length] = y;',
          'o.z = x;',
          'delete o.q;',
          's += x;',
          '[x, y] = [y, x];',
          '({ p: x } = o);',
        ),
      ),
    };
  })
  .block.map(
    (b) =>
      `let x = 1, y = 2.5, n = 3, s = "t"; const a = [4, 0.25], o = { p: 5, q: 6 }, r = []; ${b} return [r, x, y, n, a, o, s];`,
  );
