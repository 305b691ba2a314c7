/** What is lowered means what it meant: written back as JavaScript it computes what the original computes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { type Language, lowerStatement } from '../../server/languages/typescript/index.ts';
import { moduleText } from './emit.ts';

function run(code: string): unknown {
  const exports: Record<string, unknown> = {};
  new Function('exports', code)(exports);
  return (exports['result'] as () => unknown)();
}

function original(source: string): unknown {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  return run(outputText);
}

const shown = (value: unknown): string => inspect(value, { depth: 9, sorted: false });

function lowered(source: string, language: Language = 'ts'): unknown {
  const { statement } = lowerStatement(source, { key: 0, language, module: 'esm' });
  expect(statement.syntaxErrors).toEqual([]);
  const text = moduleText(statement);
  try {
    return run(text);
  } catch (error) {
    throw new Error(`${error}\n${text}`);
  }
}

/** Bodies of `result`. */
const BODIES: Record<string, string> = {
  'arithmetic and precedence':
    'return [1 + 2 * 3 ** 2 ** 0, (1 + 2) * 3, -(2 ** 2), 7 % 4, 2 - 3 - 4, 1 << 3 >>> 1 & 6 | 9 ^ 3]',
  'numbers in every notation': 'return [0x1F, 0b101, 0o17, 1_000.5, .5, 5., 1e-3, 1E5, 0, 1e400]',
  bigint: 'return String(123n * 0x10n + 1_0n)',
  strings: `return ["a\\n\\u{1F600}\\x41", \`x\${1 + 1}y\${"z"}\`, \`plain\`, "a" + 1 + 2]`,
  'tagged template': `const tag = (s: readonly string[], ...v: number[]) => s.join("|") + v.join(","); return tag\`a\${1}b\${2}c\` + tag\`q\``,
  logic: 'return [0 || 1, null ?? 2, 0 ?? 3, 1 && 0, !1, (1, 2), void 0, null?.x, 1 ? 2 : 3 ? 4 : 5]',
  'logical assignment':
    'let a: any = 0, b: any = null, c: any = 1; let n = 0; a ||= ++n; b ??= ++n; c &&= ++n; a ||= ++n; return [a, b, c, n]',
  'compound assignment':
    'let a = 7; a += 1; a -= 2; a *= 3; a /= 2; a **= 2; a %= 50; a <<= 2; a >>= 1; a >>>= 1; a |= 8; a &= 12; a ^= 5; return a',
  update: 'let a = 1; const o = { x: 1 }; const v = [1]; return [a++ + ++a, o.x--, --o.x, v[0]++, a, o, v]',
  'optional chains': `const o: any = { a: { f() { return this.v }, v: 3 }, n: null };
    return [o.a?.f(), o.b?.f(), o.b?.f().g.h, o.a?.['v'], o.n?.[o.x.y], o.a.g?.(), o.a.f?.(), (o.b?.c)?.d, o.a!?.v, o?.a!.v]`,
  'parentheses end a chain': 'const o: any = {}; try { return (o.b?.c).d } catch { return "threw" }',
  'calls through parentheses keep this':
    'const o = { v: 2, f() { return this?.v } }; return [(o.f)(), (o as any).f(), (0, o.f)?.call({ v: 5 })]',
  'arrays and spread':
    'const a = [1, , 3]; return [[...a, ...[4]], a.length, 1 in a, Math.max(...[1, 2], 5), new Date(...[2020, 1, 1] as [number, number, number]).getMonth()]',
  objects: `const k = 'q', x = 1; const o = { x, 'y-z': 2, 3: 4, [k + 1]: 5, f() { return this.x }, get g() { return this.x + 1 }, set g(v) { this.x = v }, ...{ w: 1 } };
    o.g = 10; return [o, o.f(), o.g, Object.keys(o)]`,
  'own __proto__':
    "const __proto__ = 1; const o = { __proto__ }; return [Object.keys(o), Object.keys({ ['__proto__']: 2 })]",
  'destructuring declarations': `const { a, b: { c = 5, ...rest }, ['d']: d = 7, ...others } = { a: 1, b: { x: 2, y: 3 } as any, e: 9, f: 8 } as any;
    const [p, , q = 4, [r], ...tail] = [1, 2, undefined, [3], 5, 6] as any; return [a, c, rest, d, others, p, q, r, tail]`,
  'destructuring assignments': `let a: any, b: any; const o: any = {}; [a, b] = [1, 2]; [a, b] = [b, a]; ({ x: o.x, y: [o['y'], ...o.z], w: a = 9 } = { x: 1, y: [2, 3, 4] } as any);
    for ([a, o.k] of [[1, 2]]) b += a; return [a, b, o]`,
  parameters: `function f(a: number, [b, c] = [2, 3], { d, e = a }: { d: number, e?: number } = { d: 4 }, ...r: number[]) { return [a, b, c, d, e, r, f.length] }
    return [f(1), f(1, [5, 6], { d: 7, e: 8 }, 9, 10)]`,
  'arguments and this':
    'function f(this: any) { const g = () => [arguments.length, this]; return g() } return f.call("s" as any, ...[1, 2] as [])',
  'new target': 'function F(this: any) { this.t = new.target === F } return new (F as any)().t',
  'default parameters see earlier ones':
    'const f = (a: number, b = a * 2, c = a + b) => [a, b, c]; return f(1)',
  hoisting:
    'const r = [typeof v, g()]; var v = 1; function g() { return typeof h === "function" ? h() : 0 } function h() { return 7 } return [...r, v]',
  'closures over loop variables':
    'const fs: (() => number)[] = []; for (let i = 0, j = 10; i < 3; i++, j--) { fs.push(() => i * 100 + j); i += 0 } for (const k of [7, 8]) fs.push(() => k); for (var m = 0; m < 2; m++) fs.push(() => m); return fs.map((f) => f())',
  'closures in the head of a loop':
    'const r: number[] = []; for (let i = 0, f = () => i; i < 3; i++) r.push(f()); for (let i = 0, g = () => ++i; i < 3; i++) { r.push(g()); if (r.length > 9) break } return r',
  loops: `let s = ''; for (let i = 0; ; i++) { if (i === 2) continue; if (i > 4) break; s += i } let n = 3; while (n --> 0) s += 'w'; do s += 'd'; while (n++ < 0);
    for (const k in { a: 1, b: 2 }) s += k; for (var c of 'xyz') s += c; return s + c`,
  labels: `const r: string[] = []; outer: for (let i = 0; i < 3; i++) { inner: for (const j of [0, 1, 2]) { if (j === 1) continue outer; if (i === 2) break outer; r.push(i + ',' + j); continue inner } }
    a: b: while (true) { for (;;) { break a } } block: { r.push('in'); if (r.length) break block; r.push('never') }
    x: for (let k = 0; k < 2; k++) { y: for (const q in { a: 1, b: 1 }) { if (q === 'a') continue y; r.push(q + k); continue x } } return r`,
  switch: `const f = (x: any) => { const r: any[] = []; switch (x) { case 1: r.push('one'); case 2: r.push('two'); break; default: r.push('d'); case 3: { r.push('three') } case 'a' + 'b': r.push('ab') } return r };
    return [1, 2, 3, 4, 'ab', '1'].map(f)`,
  'switch scope and laziness': `const log: number[] = []; const t = (n: number) => (log.push(n), n); let x = 1; { switch (t(2)) { case t(2): let x = 10; x += 10; case t(1): log.push(x); break; case t(3): } } return [x, log]`,
  'switch with functions and closures': `switch (1 as number) { case 0: function f() { return 5 } default: let k = 2; const g = () => k + f(); k++; return g() }`,
  'switch in a loop': `let s = ''; for (let i = 0; i < 5; i++) { switch (i) { case 1: continue; case 3: break; case 4: for (;;) { break } s += '!'; default: s += i } } return s`,
  'switch of nothing':
    'let n = 0; switch (++n) {} switch (++n) { default: } switch (n) { case 1: case 2: n = 9 } return n',
  'labelled break out of a switch':
    'let n = 0; out: switch (1 as number) { case 1: n = 1; if (n) break out; n = 2 } return n',
  'try and finally': `const r: any[] = []; const f = (n: number) => { try { r.push(n); if (n === 1) throw new Error('e'); if (n === 2) return 'ret'; return 'end' } catch ({ message }: any) { return message } finally { r.push('f') } };
    try { try { throw 1 } finally { r.push('x') } } catch { r.push('c') } return [f(0), f(1), f(2), r]`,
  generators:
    'function* g(n: number): Generator<number, number, number> { const x = yield n; yield* [x, 2]; return 3 } const i = g(1); return [i.next(), i.next(9), i.next(), i.next(), [...{ *[Symbol.iterator]() { yield 5 } }]]',
  'if chains':
    'const f = (x: number) => { if (x < 0) return "n"; else if (x === 0) return "z"; else if (x < 10) { return "s" } else return "b" }; return [-1, 0, 5, 50].map(f)',
  delete:
    'const o: any = { a: 1, b: 2 }; return [delete o.a, delete o?.b, delete o["c"], delete o.n?.x.y, delete (o?.q), o]',
  'typeof of the undeclared':
    'return [typeof neverDeclared, typeof 1, typeof (() => 1), (typeof null)]; declare const neverDeclared: any',
  'in, instanceof':
    'class A { #p = 1; static has(o: object) { return #p in o } } return ["a" in { a: 1 }, [] instanceof Array, A.has(new A()), A.has({})]',
  regexps: 'return ["a/b".replace(/[/]b/gi, "c"), /\\//.source, /(?<y>\\d+)/u.exec("x12")!.groups!.y]',
  'type syntax':
    'interface I { x: number } type T = I | undefined; const a = <number>1, b = 2 as unknown as number, c = { x: 3 } satisfies I, d = (c as I)!.x; abstract class Q<T> { abstract f(): T; declare z: number } function f(x: number): number; function f(x: string): string; function f(x: any) { return x } return [a, b, c, d, f(4), f<string>("s" as never), typeof Q]',
  'named function expressions':
    'const f = function g(n: number): number { return n <= 1 ? 1 : n * g(n - 1) }; return [f(5), f.name, (() => 1).name, (class K {}).name]',
  'debugger and empty statements': 'debugger;; if (1) debugger; else ; return 1',
  'comma in for': 'let r = 0; for (let i = 0, j = 5; i < j; i++, --j) r += j; for (r++; false;); return r',
  'nested functions and recursion':
    'const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)); function even(n: number): boolean { return n === 0 || odd(n - 1) } function odd(n: number): boolean { return n !== 0 && even(n - 1) } return [fib(10), even(10)]',
  'enums in functions':
    'enum E { A, B = 5, C } enum E { D = 9 } namespace E { export const z = 1 } return [E, E.B]',
  'var in nested blocks':
    'if (true) { var a = 1; for (var b = 0; b < 2; b++) { var c = b } } return [a, b, c]',
};

/** Whole modules that export `result`. */
const MODULES: Record<string, string> = {
  classes: `
    class P { static count = 0; static #s = 3; static { P.count = P.#s + 1 } x = 1; y; #z = this.x + 1; 'q-r' = 5; ['c' + 1] = 6;
      constructor(y = 2) { this.y = y } get z() { return this.#z } set z(v) { this.#z = v } m(k) { return this.x + k } #h() { return this.#z * 2 } h() { return this.#h() }
      static make() { return new this(9) } *[Symbol.iterator]() { yield this.x; yield this.y } }
    class Q extends P { w = super.m(1); constructor() { super(4); this.v = super.m(10) } m(k) { return super.m(k) * 100 } static make() { return super.make() } get z() { return -super.z } }
    const anon = class { f = () => this; static g = 1 };
    export const result = () => { const p = new P(), q = new Q(); p.z = 8; return [p, q, p.z, q.z, p.m(1), q.m(1), p.h(), [...q], P.count, Q.make(), anon.g, anon.name, new anon().f() instanceof anon, Object.keys(p)] }`,
  'parameter properties': `
    class A { constructor(private readonly x: number, public y = x * 2, z?: number) { this.y += 1 } sum() { return this.x + this.y } }
    class B extends A { k = 1; constructor(public w: number) { super(w); this.k += this.w } }
    export const result = () => [new A(1), new A(1, 5).sum(), new B(3)]`,
  accessors: `
    class A { accessor x = 1; static accessor s = 2 }
    export const result = () => { const a = new A(); a.x += 5; A.s++; return [a.x, A.s] }`,
  enums: `
    export enum E { A, B, C = 10, D, E2 = C * 2 + B, F = 1 << 3, G = E.D | 1, 'quoted key' = 77, N = -1 }
    export const enum S { X = 'x', Y = \`y\`, Z = X + 'z' }
    declare function A(): number;
    export const result = () => [E, E[10], S]`,
  'merged enums': `enum M { A = 1 } enum M { B = 2 } export const result = () => [M, M[2]]`,
  namespaces: `
    namespace N { export const a = 1; const hidden = 2; export function f() { return a + hidden + g() } function g() { return 10 } export class C { v = a } export enum E { Q } export namespace In { export const z = f() } export interface I {} export type T = number }
    namespace N { export const b = 5 }
    namespace A.B { export const deep = 3 }
    namespace OnlyTypes { export type T = 1 }
    function merged() { return merged.extra } namespace merged { export const extra = 4 }
    import Alias = A.B;
    export const result = () => [N.a, N.f(), new N.C(), N.E, N.In.z, N.b, A.B.deep, merged(), Alias.deep, Object.keys(N)]`,
  exports: `
    export default function (x: number) { return x + 1 }
    export const { a, b: [c] } = { a: 1, b: [2] }; let d = 3; export { d as renamed };
    export class K {}
    export const result = () => [a, c, d, typeof K]`,
  'overloads and ambient declarations': `
    declare const absent: number; declare function gone(): void; declare class Gone {} declare namespace Away { const x: number } declare module 'm' {} declare global { interface Window {} }
    export function f(x: number): number; export function f(x: string): string; export function f(x: any) { return x }
    abstract class A { abstract m(): void; n(): number; n() { return 1 } [key: string]: unknown }
    class B extends A { m() {} override n() { return 2 } }
    export const result = () => [f(1), new B().n()]`,
  'module variables': `
    var x = 1; let y = x + 1; const z = (() => y * 2)(); { let y = 9; var inBlock = y } for (var i = 0; i < 3; i++) { x += i }
    export const result = () => [x, y, z, inBlock, i]`,
  'interface merging with class': `interface C { x: number } class C { constructor() { this.x = 1 } } export const result = () => new C()`,
};

describe('function bodies', () => {
  for (const [name, body] of Object.entries(BODIES)) {
    test(name, () => {
      const source = `export function result(): any { ${body} }`;
      expect(shown(lowered(source))).toBe(shown(original(source)));
    });
  }
});

describe('modules', () => {
  for (const [name, source] of Object.entries(MODULES)) {
    test(name, () => {
      expect(shown(lowered(source))).toBe(shown(original(source)));
    });
  }
});

describe('sloppy scripts', () => {
  const sloppy: Record<string, string> = {
    'functions in blocks are vars':
      'var r = [typeof f]; { function f() { return 1 } } r.push(f()); if (true) { function g() { return 2 } } exports.result = function () { return [r, g()] }',
    'this of a plain call': 'exports.result = function () { return (function () { return typeof this })() }',
    'a function and a variable of one name':
      'exports.result = function () { var f = 1; function f() {} return typeof f }',
    'strict functions inside':
      "exports.result = function () { function s() { 'use strict'; return this === undefined } return s() }",
  };
  for (const [name, source] of Object.entries(sloppy)) {
    test(name, () => {
      const { statement } = lowerStatement(source, { key: 0, language: 'js', module: 'script' });
      const strictHere = name.startsWith('strict functions');
      const text = moduleText(statement);
      if (!strictHere) expect([statement.syntaxErrors, run(text)]).toEqual([[], run(source)]);
      else expect(JSON.stringify(statement.statements)).toContain('"strict":true');
    });
  }
});

describe('published packages', () => {
  const require = createRequire(import.meta.url);
  /** Loads a CommonJS package with each of its files lowered and written back. */
  function loader(): (specifier: string, from: string) => unknown {
    const modules = new Map<string, { exports: unknown }>();
    const load = (specifier: string, from: string): unknown => {
      const resolved = createRequire(from).resolve(specifier);
      if (!resolved.startsWith('/') || resolved.endsWith('.json')) return require(resolved);
      const known = modules.get(resolved);
      if (known) return known.exports;
      const module = { exports: {} };
      modules.set(resolved, module);
      const { statement } = lowerStatement(readFileSync(resolved, 'utf8'), {
        key: 0,
        language: 'js',
        module: 'script',
      });
      expect(statement.syntaxErrors).toEqual([]);
      const make = new Function(
        'exports',
        'module',
        'require',
        '__filename',
        '__dirname',
        moduleText(statement),
      );
      make.call(module.exports, module.exports, module, (s: string) => load(s, resolved), resolved, '');
      return module.exports;
    };
    return load;
  }

  test('semver', () => {
    // biome-ignore lint/suspicious/noExplicitAny: an untyped package
    const semver = loader()('semver', import.meta.filename) as any;
    expect(semver.satisfies('1.2.3', '^1.0.0 || >=3')).toBe(true);
    expect(semver.maxSatisfying(['1.2.3', '2.0.0', '1.9.0'], '1.x')).toBe('1.9.0');
    expect(semver.inc('1.2.3-beta.1', 'prerelease')).toBe('1.2.3-beta.2');
  });

  test('diff', () => {
    // biome-ignore lint/suspicious/noExplicitAny: an untyped package
    const diff = loader()('diff', import.meta.filename) as any;
    const parts = diff.diffChars('abcd', 'acxd').map((p: { value: string; added?: boolean }) => p.value);
    expect(parts).toEqual(['a', 'b', 'c', 'x', 'd']);
  });

  test('js-yaml', () => {
    // biome-ignore lint/suspicious/noExplicitAny: an untyped package
    const yaml = loader()('js-yaml', import.meta.filename) as any;
    const value = { a: [1, 2.5, { b: 'x' }], c: null, d: 'multi\nline' };
    expect(yaml.load(yaml.dump(value))).toEqual(value);
  });
});
