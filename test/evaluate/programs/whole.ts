// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are programs
/** Whole texts that declare `main`: module-level state, TypeScript's own constructs, hoisting between statements. */
export const whole: readonly string[] = [
  'enum Color { Red, Green = 5, Blue } enum S { A = "a", B = "b" } const enum C { X = 1 << 2, Y = X | 1 } function main() { return [Color.Red, Color.Green, Color.Blue, Color[5], S.A, C.Y, Object.keys(Color)] }',
  'namespace N { export const k = 2; export function f(x: number): number { return x * k } export namespace M { export const z = k + 1 } } function main() { return [N.f(3), N.M.z, N.k] }',
  'interface P { x: number } type Q = P & { y?: number }; class V implements P { constructor(public x: number, private readonly y: number = 2, protected z?: number) {} len(): number { return this.x + this.y } } function main() { const v = new V(1); return [v, v.len(), (v as Q).y, (<any>v).x, v!.x] }',
  'abstract class Shape { abstract area(): number; describe(): string { return `${this.constructor.name}:${this.area()}` } } class Sq extends Shape { constructor(private s: number) { super() } area() { return this.s ** 2 } } function main() { return new Sq(3).describe() }',
  'function f(x: number): number; function f(x: string): string; function f(x: any): any { return typeof x === "number" ? x * 2 : x + x } function g<T extends number>(a: T[], ...r: T[]): T | undefined { return a[0] ?? r[0] } function main() { return [f(2), f("a"), g([1]), g([], 5)] }',
  'const table = [1, 2, 3].map((x) => x * x); let counter = 0; const next = () => ++counter; const cfg = { k: table[2]! satisfies number } as const; function main() { return [table, next(), next(), cfg.k] }',
  'function main() { return later() + LATE } const LATE = 5; function later() { return LATE * 2 }',
  'let x = 1; { let x = 2; var y = x } x += y; function main() { return [x, y] }',
  'const a = { get v() { return b } }; const b = 7; function main() { return a.v }',
  'class Complex { constructor(readonly re: number, readonly im = 0) {} static I = new Complex(0, 1); mul(o: Complex) { return new Complex(this.re * o.re - this.im * o.im, this.re * o.im + this.im * o.re) } get abs() { return Math.hypot(this.re, this.im) } toString() { return `${this.re}+${this.im}i` } } function main() { const z = new Complex(3, 4).mul(Complex.I); return [z, z.abs, `${z}`] }',
  'const ops: Record<string, (a: number, b: number) => number> = { "+": (a, b) => a + b, "*": (a, b) => a * b }; function evalRpn(s: string): number { const st: number[] = []; for (const t of s.split(" ")) { if (t in ops) { const b = st.pop()!, a = st.pop()!; st.push(ops[t]!(a, b)) } else st.push(Number(t)) } return st[0]! } function main() { return evalRpn("3 4 + 2 *") }',
  'const LUT = new Float64Array(16); for (let i = 0; i < 16; i++) LUT[i] = Math.sin(i / 16); let seed = 42; function rand() { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed / 0x7fffffff } function main() { return [LUT[3], rand(), rand(), seed] }',
  'var self = function () { return 1 }; var M = (function (exports: any) { exports.f = function (x: number) { return x + 1 }; exports.g = 2; return exports })({}); function main() { return [self(), M.f(1), M.g] }',
  'let state = { n: 0 }; function bump() { state = { ...state, n: state.n + 1 }; return state } function main() { bump(); bump(); return state }',
  'if (typeof Math.foo === "undefined") (Math as any).foo = (x: number) => x + 1; (Array.prototype as any).last = function () { return this[this.length - 1] }; (Number.prototype as any).double = function () { return this * 2 }; (String.prototype as any).shout = function () { return this.toUpperCase() + "!" }; function main() { return [(Math as any).foo(1), ([1, 2] as any).last(), (5 as any).double(), ("a" as any).shout()] }',
  'const { PI, sin: s } = Math; const [one, two] = [1, 2]; export const twice = (x: number) => x * two; export default function main() { return [PI, s(one), twice(3)] }',
  'function Vec(this: any, x: number) { if (!(this instanceof Vec)) return new (Vec as any)(x); this.x = x } (Vec as any).prototype = { constructor: Vec, plus(o: any) { return (Vec as any)(this.x + o.x) } }; function main() { return (Vec as any)(1).plus((Vec as any)(2)) }',
  'const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) fs.push(() => i * 10); for (const k of [7, 8]) fs.push(() => k); function main() { return fs.map((f) => f()) }',
  'try { undefinedFunction() } catch { } const safe = (() => { try { return JSON.parse("nope") } catch { return null } })(); function main() { return safe }',
  'class Node2 { next: Node2 | null = null; constructor(public v: number) {} } class List { head: Node2 | null = null; add(v: number) { const n = new Node2(v); n.next = this.head; this.head = n; return this } *never() {} [Symbol.iterator]() { let c = this.head; return { next: () => { if (!c) return { done: true as const, value: undefined }; const v = c.v; c = c.next; return { done: false as const, value: v } } } } } function main() { return [...new List().add(1).add(2).add(3)] }',
  'let a = 1, b = a + 1, c; var d = (c = b * 2, c + 1); function main() { return [a, b, c, d] }',
  'const matrix = (r: number, c: number, f: (i: number, j: number) => number) => Array.from({ length: r }, (_, i) => Array.from({ length: c }, (_, j) => f(i, j))); function det(m: number[][]): number { if (m.length === 1) return m[0]![0]!; return m[0]!.reduce((s, v, j) => s + (j % 2 ? -1 : 1) * v * det(m.slice(1).map((r) => r.filter((_, k) => k !== j))), 0) } function main() { return det(matrix(4, 4, (i, j) => Math.cos(i * j + i - j))) }',
  'function* unusedGen() { yield 1 } async function unusedAsync() { await 1 } function main() { return 1 }',
  '@((c: any) => c) class Dec {} function main() { return 1 }'.replace('@((c: any) => c) ', ''),
  'export const f = function (this: any) { return this }; function main() { return f() === undefined }',
  'type T = { k: "a"; v: number } | { k: "b"; w: number }; const area = (t: T) => { switch (t.k) { case "a": return t.v; case "b": return t.w * 2; default: { const never: never = t; return never } } }; function main() { return [area({ k: "a", v: 1 }), area({ k: "b", w: 2 })] }',
];

/** The same in sloppy mode. */
export const sloppy: readonly string[] = [
  'function main() { function f() { return typeof this } function g() { "use strict"; return typeof this } return [f(), g(), f.call(5), g.call(5), f.call(null)] }',
  'function main() { function f(a) { arguments[0] = 9; return a } function g(a) { a = 8; return arguments[0] } function h(a, b) { a = 1; return [arguments.length, arguments[0]] } return [f(1), g(1), h()] }',
  'function main() { { function inner() { return 3 } } return inner() }',
  'function main() { if (true) { function q() { return 1 } } else { function q() { return 2 } } return q() }',
  'function main() { var o = Object.freeze({ a: 1 }); o.a = 2; o.b = 3; delete o.a; "abc".length = 1; var s = "x"; s.y = 1; return [o, s.y] }',
  'function main() { var undefined_ = 1; var arguments_ = 2; return [typeof undeclared, undefined_] }',
  'function main() { function f(a, a2) { return arguments.length } return [f(1, 2, 3), f.length, (function () { return arguments.callee === undefined })()].slice(0, 2) }',
  'var root = this; function main() { return typeof root }',
];

/** What is out of scope is refused, never given a wrong value. */
export const refused: readonly { readonly text: string; readonly id: string }[] = [
  { text: 'function main() { return Math.random() }', id: 'GL114' },
  { text: 'function main() { return Date.now() }', id: 'GL114' },
  { text: 'function main() { return new Date().getTime() }', id: 'GL114' },
  {
    text: 'function main() { function* g() { const { a = yield 1 } = {}; return a } return [...g()] }',
    id: 'GL111',
  },
  { text: 'async function f() { return 1 } function main() { return f() }', id: 'GL114' },
  { text: 'function main() { return performance.now() }', id: 'GL114' },
  { text: 'function main() { return fetch("x") }', id: 'GL114' },
  { text: 'function main() { return eval("1") }', id: 'GL114' },
  { text: 'function main() { return new Function("return 1")() }', id: 'GL114' },
  { text: 'function main() { return "a".localeCompare("b") }', id: 'GL114' },
  { text: 'function main() { return new BigInt64Array(2).length }', id: 'GL111' },
  { text: 'function main() { return new Date(0).getHours() }', id: 'time zone' },
  { text: 'function main() { return new Date(2000, 0, 1).getTime() }', id: 'time zone' },
  { text: 'function main() { return new Date("2000-01-01T12:00:00").getTime() }', id: 'time zone' },
  { text: 'function main() { return String(new Date(0)) }', id: 'time zone' },
  { text: 'function main() { return "a".localeCompare("b") }', id: 'GL114' },
  { text: 'function main() { return /(a*)*b/.test("a".repeat(60)) }', id: 'GL012' },
  { text: 'function main() { return (/(?:a|a)*$/.exec("a".repeat(5000) + "!") || []).length }', id: 'GL012' },
  { text: 'function main() { return new Proxy({}, {}).x }', id: 'GL114' },
  { text: 'import { f } from "./other"; function main() { return f(1) }', id: 'GL011' },
];
