/** What is known of a statement from outside: declarations, exports, references, effects, functions and comments. */
import { describe, expect, test } from 'vitest';
import type { Expression, FunctionNode, Statement } from '../../core/source/syntax.ts';
import { freeNames, nodeAt } from '../../core/source/traverse.ts';
import {
  declaredTypes,
  type Language,
  lowerExpression,
  lowerFragment,
  lowerStatement,
  shapeOfType,
  typeLookup,
} from '../../server/languages/typescript/index.ts';

function lower(text: string, language: Language = 'ts', module: 'esm' | 'script' = 'esm') {
  return lowerStatement(text, { key: 7, language, module });
}
const statementOf = (text: string, language: Language = 'ts', module: 'esm' | 'script' = 'esm') =>
  lower(text, language, module).statement;

describe('declarations, exports and references', () => {
  test.each<[string, unknown]>([
    ['const a = 1, { b, c: [d] } = e;', { a: 'const', b: 'const', d: 'const' }],
    ['let x;', { x: 'let' }],
    ['for (var i = 0; ; ) { var j; if (i) { let k; var { l } = j } }', { i: 'var', j: 'var', l: 'var' }],
    ['class C { m() { var no } }', { C: 'class' }],
    ['function f() { var no }', { f: 'function' }],
    ['enum E { A }', { E: 'var' }],
    ['namespace N { export const no = 1 }', { N: 'var' }],
    ['export default function () {}', { default: 'function' }],
    ['export default class {}', { default: 'class' }],
    ['export default 1 + 1', { default: 'const' }],
    ['export = f', { 'export=': 'const' }],
    ['import A = N.B', { A: 'const' }],
    ['interface I { x: number }', {}],
    ['type T = number', {}],
    ['declare const d: number', {}],
    ['declare namespace D { const x: number }', {}],
    ['namespace Types { type T = 1 }', {}],
    ['import { x } from "m"', {}],
    ['if (a) { function inBlock() {} }', {}],
  ])('%s', (text, declared) => {
    const { declares } = statementOf(text);
    expect(Object.fromEntries(declares.map((entry) => [entry.name, entry.mode]))).toEqual(declared);
  });

  test('outside strict mode functions in blocks are vars', () => {
    expect(statementOf('if (a) { function f() {} }', 'js', 'script').declares).toEqual([
      { name: 'f', mode: 'var' },
    ]);
  });

  test.each<[string, string[]]>([
    ['function f(x, y = a) { var v; return x + v + b + f(c) + arguments[0] }', ['a', 'b', 'c', 'f']],
    ['const g = function h(x) { return h(x) + k };', ['k']],
    ['const q = { a, b: c, [d]: e, f() { return g } };', ['a', 'c', 'd', 'e', 'g']],
    ['class A extends B { [c] = d; #p = 1; m(x) { return x.y + this.#p + A } }', ['B', 'c', 'd']],
    ['const { a = b, [c]: d } = e;', ['b', 'c', 'e']],
    ['for (const x of y) { let z = x; w(z) }', ['w', 'y']],
    ['try { a } catch ({ b }) { b + c }', ['a', 'c']],
    ['switch (a) { case b: let c; d(c) }', ['a', 'b', 'd']],
    ['label: for (;;) break label', []],
    ['const x = y as Type;', ['y']],
    ['const t = typeof u;', ['u']],
    ['export { a as b }', ['a']],
    ['const f = (x) => { { function inner() {} } return inner }', ['inner']],
    ['const m = Math.PI, { sin } = Math', ['Math']],
  ])('references of %s', (text, names) => {
    expect([...statementOf(text).references].sort()).toEqual(names);
  });

  test.each<[string, unknown[]]>([
    ['export const a = 1, [b] = c', ['a=a', 'b=b']],
    ['export function f() {}', ['f=f']],
    ['export function f(): void; export function f(x: 1): void; export function f() {}', ['f=f']],
    ['export default class K {}', ['default=K']],
    ['export default function () {}', ['default=default']],
    ['export default x', ['default=default']],
    ['export { a, b as c, d as default }', ['a=a', 'c=b', 'default=d']],
    ['export { a as b, default } from "m"', ['b<m#a', 'default<m#default']],
    ['export * from "m"', ['*<m#*']],
    ['export * as ns from "m"', ['ns<m#*']],
    ['export type { T } from "m"', []],
    ['export { type T, u } from "m"', ['u<m#u']],
    ['export interface I {}', []],
    ['export = f', ['export==export=']],
    ['export enum E { A }', ['E=E']],
    ['export namespace N { export const x = 1 }', ['N=N']],
    ['export declare const no: number', []],
    ['export import A = N.B', ['A=A']],
  ])('exports of %s', (text, expected) => {
    const shown = statementOf(text).exports.map((e) =>
      e.from ? `${e.exported}<${e.from.specifier}#${e.from.imported}` : `${e.exported}=${e.local}`,
    );
    expect(shown).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['import d, { a, b as c, default as e } from "m"', ['d=default', 'a=a', 'c=b', 'e=default']],
    ['import * as ns from "m"', ['ns=*']],
    ['import d, * as ns from "m"', ['d=default', 'ns=*']],
    ['import "m"', ['=']],
    ['import type { T } from "m"', []],
    ['import { type T, u } from "m"', ['u=u']],
    ['import x = require("m")', ['x=export=']],
    ['import { "a b" as c } from "m"', ['c=a b']],
  ])('imports of %s', (text, expected) => {
    const { imports, syntaxErrors } = statementOf(text);
    expect(syntaxErrors).toEqual([]);
    expect(imports.map((b) => `${b.local}=${b.imported}`)).toEqual(expected);
    expect(imports.every((b) => b.specifier === 'm')).toBe(true);
  });

  test.each<[string, boolean]>([
    ['function f() { g() }', false],
    [`const a = 1, b = -2 * Math.PI, c = [1, { d: a }], e = \`x\${a}\``, false],
    ['const a = Math.sqrt(2), b = Object.freeze([1]), c = new Float64Array(3)', false],
    ['const f = () => g()', false],
    ['const { PI, sin = 1 } = Math', false],
    ['class A { x = g(); static y = 1; m() { g() } }', false],
    ['class A extends B {}', false],
    ['enum E { A = 1, B = A << 2 }', false],
    ['namespace N { export const a = 1; export function f() { g() } }', false],
    ['interface I {}', false],
    ['import { a } from "m"', false],
    ['let x', false],
    ["'use strict'", false],
    ['const a = g()', true],
    ['const a = Math.random()', true],
    ['const a = (x = 1)', true],
    ['const a = { ...g() }', true],
    ['class A { static x = g() }', true],
    ['class A { static { g() } }', true],
    ['class A { [g()]() {} }', true],
    ['x = 1', true],
    ['A.prototype.m = function () {}', true],
    ['namespace N { g() }', true],
    ['enum E { A = g() }', true],
    ['import "m"', true],
    ['if (a) b()', true],
    ['const [a] = g', false],
    // With a syntax error in it a statement never runs; what it would have assigned to is in doubt.
    ['g(1, x * )', false],
    ['scale *= g(1, )) + x *', true],
    ['const f = () => { x = }', false],
  ])('effects of %s', (text, effects) => {
    expect(statementOf(text).effects).toBe(effects);
  });

  test('strictness', () => {
    expect(statementOf('function f() {}').functions[0]!.strict).toBe(true);
    expect(statementOf('function f() {}', 'js', 'script').functions[0]!.strict).toBe(false);
    expect(statementOf("function f() { 'use strict' }", 'js', 'script').functions[0]!.strict).toBe(true);
    const { functions } = lower('const K = class { m() {} }', 'js', 'script');
    expect(functions[0]!.node.strict).toBe(true);
  });

  test('what functions use', () => {
    const uses = (text: string): unknown => {
      const [f] = lower(text, 'js').functions;
      return [f!.node.usesThis, f!.node.usesArguments, f!.node.vars];
    };
    expect(uses('function f(a) { return () => this.x + arguments.length }')).toEqual([true, true, []]);
    expect(uses('function f(a) { return function () { return this + arguments } }')).toEqual([
      false,
      false,
      [],
    ]);
    expect(uses('function f(a) { var a, b; function c() {} var c; { var d } }')).toEqual([
      false,
      false,
      ['b', 'd'],
    ]);
  });
});

describe('functions and their comments', () => {
  function sites(text: string, language: Language = 'ts') {
    return lower(text, language).functions.map((site) => ({
      name: site.name,
      path: site.path.join('.'),
      at: text.slice(site.nameSpan.start, site.nameSpan.end),
      comment: site.commentSpan ? text.slice(site.commentSpan.start, site.commentSpan.end) : undefined,
      depth: site.depth,
      receiver: site.receiver,
    }));
  }

  test.each<[string, string, string, string]>([
    ['/** c */\nfunction f() {}', 'f', 'f', 'f'],
    ['/** c */ export async function* f() {}', 'f', 'f', 'f'],
    ['/** c */\nexport const f = (x) => x', 'f', 'f', 'f'],
    ['const f = /** c */ (x) => x', 'f', 'f', 'f'],
    ['/** c */ const f = ((function g(x) {}) as any)!', 'f', 'f', 'f'],
    ['const a = 1, /** c */ f = function () {}', 'f', 'f', 'f'],
    ['/** c */\nexport default function () {}', 'default', 'default', 'function'],
    ['/** c */\nexport default function g() {}', 'g', 'g', 'g'],
    ['/** c */\nexport default (x) => x', 'default', 'default', '(x) =>'],
    ['/** c */\nexports.f = function () {}', 'exports.f', 'exports.f', 'exports.f'],
    ['/** c */\nmodule.exports = (x) => x', 'module.exports', 'module.exports', 'module.exports'],
    ['const o = {\n  // c\n  f(x) { return x }\n}', 'o.f', 'o.f', 'f'],
    ['const o = { /** c */ f: (x) => x }', 'o.f', 'o.f', 'f'],
    ['const o = { a: { /** c */ f() {} } }', 'o.a.f', 'o.a.f', 'f'],
    ['const o = {\n  /** c */\n  get f() { return 1 } }', 'o.f', '', 'f'],
    ['const o = { /** c */ [k]() {} }', 'o.[…]', '', '[k]'],
    ['g(/** c */ (x) => x)', '(anonymous)', '', '(x) =>'],
    ['export const f = memo(/** c */ function h(x) { return x })', 'h', '', 'h'],
  ])('%s', (text, name, path, at) => {
    expect(sites(text)[0]).toMatchObject({
      name,
      path,
      at,
      depth: 0,
      comment: text.match(/\/\*\* c \*\/|\/\/ c/)![0],
    });
  });

  test('members of classes', () => {
    const text = `class V {
  /** new */
  constructor(x) {}
  // m
  m() {}
  /** s */ static s() {}
  #p() {}
  get g() { return 1 }
  // field
  f = () => 1;
  static h = (x) => x;
}`;
    const shown = sites(text).map((s) => [s.name, s.path, s.comment, s.receiver]);
    expect(shown).toEqual([
      ['V.constructor', '', '/** new */', undefined],
      ['V.m', 'V.prototype.m', '// m', 'V'],
      ['V.s', 'V.s', '/** s */', undefined],
      ['V.#p', '', undefined, 'V'],
      ['V.g', '', undefined, 'V'],
      ['V.f', '', '// field', 'V'],
      ['V.h', 'V.h', undefined, undefined],
    ]);
  });

  test('prototypes, namespaces and nesting', () => {
    expect(sites('V.prototype.len = function () {}')[0]).toMatchObject({
      name: 'V.len',
      path: 'V.prototype.len',
      receiver: 'V',
    });
    expect(sites('namespace N { /** c */ export function f() {} function g() {} }')).toMatchObject([
      { name: 'N.f', path: 'N.f', comment: '/** c */' },
      { name: 'g', path: '' },
    ]);
    expect(
      sites('function f() {\n  // in\n  const g = () => 1;\n  // out\n  return () => g }'),
    ).toMatchObject([
      { name: 'f', path: 'f', depth: 0 },
      { name: 'g', path: '', depth: 1, comment: '// in' },
      { name: '(anonymous)', path: '', depth: 1, comment: '// out' },
    ]);
  });

  test('which comments are attached', () => {
    const comment = (text: string) => sites(text).at(-1)!.comment;
    expect(comment('// a\n// b\n\n// c\n// d\nfunction f() {}')).toBe('// c\n// d');
    expect(comment('// a\n\nfunction f() {}')).toBeUndefined();
    expect(comment('// a\r\n/** b */\r\nfunction f() {}')).toBe('// a\r\n/** b */');
    expect(comment('g() // of g\nfunction f() {}')).toBeUndefined();
    expect(comment('g()\n// of f\nfunction f() {}')).toBe('// of f');
    expect(comment('const o = {\n  a: 1, // of a\n  f() {} }')).toBeUndefined();
    // The tagged one, where several could be meant.
    expect(comment('// @differentiable\nconst f = /* istanbul ignore next */ (x) => x')).toBe(
      '// @differentiable',
    );
    expect(comment('// plain\nconst f = /** @differentiable */ (x) => x')).toBe('/** @differentiable */');
  });
});

describe('shapes', () => {
  test.each<[string, unknown]>([
    ['number', { kind: 'number' }],
    ['1 | 2 | -3', { kind: 'number' }],
    ['number | undefined', { kind: 'optional', shape: { kind: 'number' } }],
    ['number[]', { kind: 'array', element: { kind: 'number' } }],
    ['readonly number[][]', { kind: 'array', element: { kind: 'array', element: { kind: 'number' } } }],
    ['ReadonlyArray<number>', { kind: 'array', element: { kind: 'number' } }],
    ['Float64Array', { kind: 'array', element: { kind: 'number' }, typed: 'Float64Array' }],
    ['Float32Array<ArrayBuffer>', { kind: 'array', element: { kind: 'number' }, typed: 'Float32Array' }],
    ['[x: number, y: boolean]', { kind: 'tuple', elements: [{ kind: 'number' }, { kind: 'boolean' }] }],
    ['(x: number) => number', { kind: 'function' }],
    ["'a' | 'b'", { kind: 'string' }],
    ['string | number', { kind: 'unknown', named: 'string | number' }],
    ['any', { kind: 'unknown' }],
    ['number & { __unit: "m" }', { kind: 'number' }],
    [
      'Readonly<{ a: number; b?: number[] }>',
      {
        kind: 'object',
        fields: [
          { name: 'a', shape: { kind: 'number' }, optional: false },
          { name: 'b', shape: { kind: 'array', element: { kind: 'number' } }, optional: true },
        ],
      },
    ],
    [
      "Record<'x' | 'y', number>",
      {
        kind: 'object',
        fields: [
          { name: 'x', shape: { kind: 'number' }, optional: false },
          { name: 'y', shape: { kind: 'number' }, optional: false },
        ],
      },
    ],
  ])('%s', (type, shape) => {
    expect(shapeOfType(type)).toEqual(shape);
  });

  const types = typeLookup(
    declaredTypes(`
      interface Point { x: number; y?: number; norm(): number }
      interface Point3 extends Point { z: number }
      type Pair<T> = [T, T];
      type Box<A, B = A> = { value: A; others: Pair<B>[] };
      class Body { mass = 1; position!: Pair<number>; constructor(public charge: number) {} }
      class Star extends Body { static count = 0; luminosity: number; #hidden = 1 }
      type List = { head: number; tail: List | undefined };
      enum Level { Low, High }
      interface Point { w: number }
    `),
  );
  const shape = (type: string) => shapeOfType(type, types);
  const number = { kind: 'number' };

  test('references to types of the file', () => {
    expect(shape('Point3')).toMatchObject({
      fields: [
        { name: 'x' },
        { name: 'y', optional: true },
        { name: 'norm', shape: { kind: 'function' } },
        { name: 'w' },
        { name: 'z' },
      ],
    });
    expect(shape('Box<number>')).toMatchObject({
      fields: [{ name: 'value', shape: number }, { name: 'others' }],
    });
    expect(shape('Box<number, boolean>')).toMatchObject({
      fields: [{}, { shape: { element: { elements: [{ kind: 'boolean' }, { kind: 'boolean' }] } } }],
    });
    expect(shape('Star')).toMatchObject({
      class: 'Star',
      fields: [
        { name: 'mass', shape: number },
        { name: 'position' },
        { name: 'charge', shape: number },
        { name: 'luminosity' },
      ],
    });
    expect(shape('Level')).toEqual(number);
    expect(shape("Point['x']")).toEqual(number);
    expect(shape("Pick<Point3, 'x' | 'z'>")).toMatchObject({ fields: [{ name: 'x' }, { name: 'z' }] });
    expect(shape('Missing')).toEqual({ kind: 'unknown', named: 'Missing' });
  });

  test('a recursive type ends', () => {
    expect(shape('List')).toMatchObject({
      fields: [
        { name: 'head', shape: number },
        { name: 'tail', shape: { kind: 'unknown' } },
      ],
    });
  });

  test('parameters', () => {
    const f = (text: string, language: Language = 'ts'): FunctionNode =>
      lowerStatement(text, { key: 0, language, module: 'esm', resolveType: types }).functions[0]!.node;
    const node = f(
      'function f(this: Point, x: number, y?: number, { z }: { z: number } = q, ...r: number[]): Point[] {}',
    );
    expect(node.parameters.map((p) => [p.name, p.optional, p.rest, p.shape.kind])).toEqual([
      ['x', false, false, 'number'],
      ['y', true, false, 'number'],
      [undefined, false, false, 'object'],
      ['r', false, true, 'array'],
    ]);
    expect(node.returns).toMatchObject({ kind: 'array', element: { kind: 'object' } });
    expect(lower('type T = number; function f(x: T) {}').functions[0]!.node.parameters[0]!.shape).toEqual(
      number,
    );
    expect([...lower('function f(x: A, y: B[]) {}').typeReferences]).toEqual(['A', 'B']);
  });

  test('parameters without a type of their own', () => {
    const kinds = (text: string): unknown => {
      const { node } = lower(text).functions[0]!;
      return [...node.parameters.map((p) => p.shape.kind), node.returns.kind];
    };
    expect(kinds('const f: (x: number, y: number[]) => number = (x, y, z) => x')).toEqual([
      'number',
      'array',
      'unknown',
      'number',
    ]);
    expect(
      kinds('type F<T> = G<T>; type G<A> = (this: A, x: A[]) => A; const f: F<number> = (x) => 1'),
    ).toEqual(['array', 'number']);
    expect(kinds('type F = F; const f: F = (x) => x')).toEqual(['unknown', 'unknown']);
    expect(kinds('class A { f: (x: number) => void = (x) => {} }')).toEqual(['number', 'unknown']);
    expect(kinds("function f(a = 1, b = -2, c = true, d = 's', e = [1, -2], g = {}) {}")).toEqual([
      'number',
      'number',
      'boolean',
      'string',
      'array',
      'unknown',
      'unknown',
    ]);
  });

  test('JSDoc in JavaScript', () => {
    const { functions, statement } = lower(
      `/**
 * @param {number[]} x the point
 * @param {{a: number}} p
 * @param {number} [k=2]
 * @param {number=} m
 * @returns {number}
 */
const f = (x, p, k, m) => 1;`,
      'js',
    );
    const { node } = functions[0]!;
    expect(node.parameters.map((p) => [p.shape.kind, p.optional])).toEqual([
      ['array', false],
      ['object', false],
      ['number', true],
      ['number', true],
    ]);
    expect(node.returns).toEqual(number);
    expect(statement.statements[0]).toMatchObject({ kind: 'declare', shape: { kind: 'unknown' } });
    expect(lower('/** @type {number[]} */\nlet v = [];', 'js').statement.statements[0]).toMatchObject({
      shape: { kind: 'array' },
    });
  });
});

describe('constructs that are refused', () => {
  function refused(text: string, language: Language = 'tsx'): string[] {
    const found: string[] = [];
    JSON.stringify(statementOf(text, language), (_, value: Expression | Statement) => {
      if (value?.kind === 'unsupported' || value?.kind === 'unsupportedStatement') {
        found.push(`${value.problem}: ${value.message}`);
      }
      return typeof value === 'bigint' ? String(value) : value;
    });
    return found;
  }
  test.each<[string, RegExp]>([
    ['@observable class A {}', /^GL111: .*`@observable`/],
    ['class A { @memo() m() {} }', /^GL111: .*`@memo\(\)`/],
    ['async function f() {}', /^GL114: .*asynchronous/],
    ['const f = async (x) => x', /^GL114: .*asynchronous/],
    ['const x = await y', /^GL114: .*asynchronous/],
    ['async function f() { for await (const x of y) ; }', /^GL114: .*asynchronous/],
    ['const x = import("m")', /^GL114: .*asynchronous/],
    ['const x = <div>{y}</div>', /^GL111: JSX/],
    ['const x = <></>', /^GL111: JSX/],
    ['{ using x = y }', /^GL111: .*using/],
    [
      'class A { k = this.twice(); constructor(private x: number) {} twice() { return 2 * this.x } }',
      /^GL111: .*this\.x/,
    ],
  ])('%s', (text, message) => {
    const messages = refused(text);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages[0]).toMatch(message);
    expect(statementOf(text, 'tsx').syntaxErrors).toEqual([]);
  });

  test('with', () => {
    expect(statementOf('with (a) b', 'js', 'script').statements[0]).toMatchObject({ problem: 'GL111' });
  });
});

describe('fragments', () => {
  test('expressions', () => {
    const text = '  x * Math.sin(y) // of it';
    const { expression, free, kind, syntaxErrors } = lowerFragment(text, 'ts');
    expect([kind, syntaxErrors, [...free].sort()]).toEqual(['expression', [], ['Math', 'x', 'y']]);
    expect(text.slice(expression!.span.start, expression!.span.end)).toBe('x * Math.sin(y)');
    expect(lowerFragment('{ a: 1 }', 'ts')).toMatchObject({ expression: { kind: 'object' } });
    expect(lowerFragment('(x: number) => x', 'ts')).toMatchObject({ expression: { kind: 'function' } });
  });

  test('statements', () => {
    const { block, free, kind, vars } = lowerFragment('const a = x ** 2; var b = a + y; return b', 'ts');
    expect([kind, [...free].sort(), vars]).toEqual(['statements', ['x', 'y'], ['b']]);
    expect(block!.statements.map((s) => s.kind)).toEqual(['declare', 'declare', 'return']);
  });

  test.each(['x +', ') (', 'a) + (b', 'x; y)', '', 'if', '1 2'])('%j is no expression', (text) => {
    const { expression, syntaxErrors } = lowerExpression(text, 'ts');
    expect(syntaxErrors.length).toBeGreaterThan(0);
    expect(JSON.stringify(expression)).toContain('GL010');
  });
});

describe('nodes at an offset', () => {
  const text = 'function f(x, { p }) {\n  const y = x.abs + g(p)[0];\n  return y\n}';
  const root = statementOf(text, 'js').functions[0]!;
  const at = (mark: string, shift = 0) => {
    const found = nodeAt(root, text.indexOf(mark) + shift)!;
    return [
      ('kind' in found.node && found.node.kind) || 'function',
      text.slice(found.node.span.start, found.node.span.end),
    ];
  };
  test('names, members, calls and patterns', () => {
    expect(at('x, {')).toEqual(['name', 'x']);
    expect(at('x, {', 1)).toEqual(['name', 'x']);
    expect(at('p }')).toEqual(['name', 'p']);
    expect(at('y =')).toEqual(['name', 'y']);
    expect(at('x.abs')).toEqual(['name', 'x']);
    expect(at('abs')).toEqual(['member', 'x.abs']);
    expect(at('+ g')).toEqual(['binary', 'x.abs + g(p)[0]']);
    expect(at('(p)')).toEqual(['name', 'g']);
    expect(at('p)')).toEqual(['name', 'p']);
    expect(at('return')).toEqual(['return', 'return y']);
    expect(at('f(x')).toEqual(['function', text]);
    expect(nodeAt(root, text.length + 5)).toBeUndefined();
  });

  test('inside a switch what lowering made up is never found', () => {
    const source = 'function f(k) { switch (k) { case 1: return k + 2; default: return 3 } }';
    const f = statementOf(source, 'js').functions[0]!;
    for (let offset = 0; offset < source.length; offset++) {
      const { node } = nodeAt(f, offset)!;
      if ('kind' in node && node.kind === 'name') expect(node.name).toBe('k');
      if ('kind' in node && node.kind === 'literal') {
        expect(source.slice(node.span.start, node.span.end)).toBe(String(node.value));
      }
    }
  });

  test('free names of a subtree', () => {
    expect([...freeNames([root.body])].sort()).toEqual(['g', 'p', 'x']);
    expect([...freeNames([root])]).toEqual(['g']);
  });
});
