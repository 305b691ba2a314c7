import { program } from './corpus.ts';

export const styles = program(
  'styles',
  String.raw`
abstract class Shape {
  abstract area(): number;
  get perimeterScale(): number { return Math.sqrt(this.area()); }
  static sum(...shapes: Shape[]) { return shapes.reduce((s, x) => s + x.area(), 0); }
}
class Circle extends Shape { #r: number; constructor(r: number) { super(); this.#r = r; } area() { return Math.PI * this.#r ** 2; } set radius(r: number) { this.#r = r; } get radius() { return this.#r; } }
class Rect extends Shape { constructor(protected w: number, protected h = w) { super(); } override area() { return this.w * this.h; } }
class Square extends Rect { constructor(s: number) { super(s); } override get perimeterScale() { return 4 * super.perimeterScale; } }
//= shapes(1.5, 2, 3)
export function shapes(r: number, w: number, h: number) { const c = new Circle(r); c.radius *= 2; return { total: Shape.sum(c, new Rect(w, h), new Square(w)), p: new Square(h).perimeterScale }; }
class Dual { constructor(readonly v: number, readonly d = 0) {}
  add(o: Dual | number): Dual { return typeof o === 'number' ? new Dual(this.v + o, this.d) : new Dual(this.v + o.v, this.d + o.d); }
  mul(o: Dual): Dual { return new Dual(this.v * o.v, this.v * o.d + this.d * o.v); }
  valueOf() { return this.v; } }
//= dualDerivative(1.3) H
export function dualDerivative(x: number) { const X = new Dual(x, 1); return X.mul(X).mul(X).add(X.mul(X)).add(2).d + +X; }
class Complex { constructor(public re: number, public im: number) {}
  static readonly I = new Complex(0, 1);
  times({ re, im }: Complex) { return new Complex(this.re * re - this.im * im, this.re * im + this.im * re); }
  plus(o: Complex) { return new Complex(this.re + o.re, this.im + o.im); }
  get abs2() { return this.re * this.re + this.im * this.im; } }
//= mandel(0.2, 0.3)
export function mandel(cx: number, cy: number) { const c = new Complex(cx, cy); let z = new Complex(0, 0); for (let i = 0; i < 8; i++) { z = z.times(z).plus(c); if (z.abs2 > 4) break; } return z.abs2; }
namespace Units { export const KM = 1000; export namespace Time { export const HOUR = 3600; } export function speed(km: number, h: number) { return (km * KM) / (h * Time.HOUR); } }
//= Units.speed(90, 1.5)
//= unitSpeed(90, 1.5)
export const unitSpeed = (km: number, h: number) => Units.speed(km, h) * 3.6;
enum Kernel { Gaussian = 1, Epanechnikov, Tricube = 10 }
const enum Side { Left, Right }
//= kernelSum(0.4)
//= kernelSum(1.4)
export function kernelSum(u: number): number {
  let s = 0;
  for (const k of [Kernel.Gaussian, Kernel.Epanechnikov, Kernel.Tricube]) {
    switch (k) {
      case Kernel.Gaussian: s += Math.exp(-u * u / 2); break;
      case Kernel.Epanechnikov: if (Math.abs(u) > 1) break; s += 0.75 * (1 - u * u); break;
      default: s += Math.abs(u) < 1 ? (1 - Math.abs(u) ** 3) ** 3 : 0;
    }
  }
  return s * (Side.Right + 1);
}
//= fallthrough(2, 3)
export function fallthrough(mode: number, x: number) { let y = 0; switch (mode) { case 3: y += x; case 2: y += x * x; case 1: y += x ** 3; break; case 0: y = 1; } return y; }
//= labelled([[1,2,-1],[3,4,5]])
export function labelled(rows: number[][]): number { let s = 0; outer: for (const r of rows) { for (const v of r) { if (v < 0) continue outer; if (s > 100) break outer; s += v * v; } s *= 1.1; } return s; }
//= tryFinally(4)
//= tryFinally(-4)
export function tryFinally(x: number): number { let log = 0; try { if (x < 0) throw new RangeError('negative'); return Math.sqrt(x) + log; } catch (e) { if (e instanceof RangeError) return -Math.sqrt(-x) * 2 + log; throw e; } finally { log = 100; } }
//= closures(2, 3)
export const closures = (a: number, b: number) => { const compose = <T,>(...fs: ((x: T) => T)[]) => (x: T) => fs.reduceRight((v, f) => f(v), x); const scale = (k: number) => (x: number) => k * x, shift = (k: number) => (x: number) => x + k; return compose(scale(a), shift(b), Math.sin, (x) => x ** 2)(a); };
//= counter(2)
export const counter = (x: number) => { const make = () => { let n = 0; return { add(v: number) { n += v; return this; }, get value() { return n * n; } }; }; return make().add(x).add(2 * x).add(1).value; };
//= defaults(2)
//= defaults(2, 3)
export function defaults(x: number, y = x * x, { k = y + 1, ...rest }: { k?: number; z?: number } = { z: x }) { return k * x + (rest.z ?? 0) * y; }
//= nullish({"a":2,"b":{"c":3}})
//= nullish({"a":2})
export const nullish = (o: { a: number; b?: { c: number } }) => { let r = (o.b?.c ?? 5) * o.a; let q: number | undefined; q ??= o.a; q &&= q * 2; r ||= 7; return r + q; };
//= logical(0, 2)
//= logical(3, 2)
export const logical = (a: number, b: number) => (a || b) * (a && b) + (a ?? b);
//= comma(2)
export const comma = (x: number) => { let y = 0, z; for (let i = 0, j = 3; i < j; i++, j--) (y += x * i, z = y * j); return (y++, y--, y) + z!; };
//= incDec(1.5)
export function incDec(x: number) { let a = x++; const b = ++x; a -= --x; let o = { v: a }; o.v++; ++o.v; o.v **= 2; o.v /= x; o.v %= 5; return a + b * x + o.v; }
//= float32(0.1, 0.2)
export const float32 = (a: number, b: number) => { const f = new Float32Array([a, b]); return f[0]! * f[1]! + Math.fround(a) * b; };
//= typed([1,2,3])
export function typed(x: number[]) { const a = new Float64Array(x), b = a.subarray(1), c = a.slice(); b[0] = b[0]! * 10; c.set([7], 0); a.copyWithin(0, 2); return [...a.map((v, i) => v * c[i]!), b.reduce((s, v) => s + v, 0), a.length]; }
//= view([1, 2])
export function view(x: number[]) { const m = { data: Float64Array.of(...x, 3, 4), rows: 2, at(i: number, j: number) { return this.data[i * this.rows + j]!; } }; return m.at(0, 0) * m.at(1, 1) - m.at(0, 1) * m.at(1, 0); }
//= bits(6, 1.5)
export function bits(n: number, x: number) { let r = 1, b = x; for (let k = n | 0; k; k >>>= 1) { if (k & 1) r *= b; b *= b; } return r; }
//= ipow(1.1, 13)
export const ipow = (x: number, n: number): number => n === 0 ? 1 : n % 2 ? x * ipow(x, n - 1) : ipow(x * x, n / 2);
//= setSum([1,2,2,3]) special
export const setSum = (x: number[]) => [...new Set(x)].reduce((a, b) => a + b * b, 0);
//= grouped([{"k":"a","v":1},{"k":"b","v":2},{"k":"a","v":3}])
export const grouped = (rows: { k: string; v: number }[]) => { const g = new Map<string, number[]>(); for (const { k, v } of rows) { if (!g.has(k)) g.set(k, []); g.get(k)!.push(v); } return [...g.values()].map((vs) => vs.reduce((p, v) => p * v, 1)); };
//= entries({"x":1,"y":2,"z":3})
export const entries = (o: Record<string, number>) => Object.fromEntries(Object.entries(o).map(([k, v], i) => [k.toUpperCase(), v ** (i + 1)]));
//= everySome([1.5,2,3])
//= everySome([1,2,3]) special
export const everySome = (x: number[]) => x.every((v) => v > 0) && x.some((v) => v > 2) ? x.filter((v) => v > 1).reduce((a, b) => a * b) : x.indexOf(1);
//= flat([[1,2],[3,[4,5]]])
export const flat = (x: any[]) => x.flat(Infinity).map((v: number) => v * v).reverse().slice(1, -1).concat([1]).reduceRight((a: number, b: number) => a / 2 + b);
//= spread([1,2,3])
export const spread = ([head, ...tail]: number[]) => Math.max(...tail, head!) * Math.min(head!, ...tail) + Math.hypot(...[head!, ...tail]);
//= spliced([1,2,3,4])
export const spliced = (x: number[]) => { const c = [...x]; const [r] = c.splice(1, 2, x[3]! * 2); c.unshift(r!); c.length = 3; c.fill(c[0]! * c[1]!, 1, 2); return c.concat(c.pop()!, c.shift()!); };
//= sorted([3,1,2])
export const sorted = (x: number[]) => x.toSorted?.((a, b) => b - a).map((v, i) => v * (i + 1)) ?? [];
//= sortObjects([{"w":2,"v":1},{"w":1,"v":5}])
export const sortObjects = (o: { w: number; v: number }[]) => o.sort((a, b) => a.w - b.w).reduce((s, { v, w }, i) => s + v * w * (i + 1), 0);
//= weightedMedian([3,1,2],[0.2,0.5,0.3])
export function weightedMedian(x: number[], w: number[]): number { const idx = x.map((_, i) => i).sort((a, b) => x[a]! - x[b]!); let acc = 0; for (const i of idx) { acc += w[i]!; if (acc >= 0.6) return x[i]!; } return NaN; }
const SIN_TABLE = (() => { const t: number[] = []; for (let i = 0; i < 8; i++) t[i] = Math.sin((i * Math.PI) / 4); return Object.freeze(t); })();
const FACT = [1]; for (let i = 1; i < 20; i++) FACT.push(FACT[i - 1]! * i);
//= tables(1.3)
export const tables = (x: number) => SIN_TABLE.reduce((s, v, k) => s + v * x ** k / FACT[k]!, 0);
//= memoFib(10, 0.5)
const memo: Record<number, (a: number) => number> = {};
export function memoFib(n: number, a: number): number { const go = (k: number): number => k < 2 ? a + k : go(k - 1) + go(k - 2) * 0.5; return go(n); }
//= symbolIter(3)
const range = { from: 1, to: 4, [Symbol.iterator]() { let c = this.from; const t = this.to; return { next: () => c <= t ? { done: false as const, value: c++ } : { done: true as const, value: undefined } }; } };
export const symbolIter = (x: number) => { let s = 0; for (const k of range) s += x ** k / k; return s; };
//= gen(0.5)
function* terms(x: number) { let t = 1; for (let k = 1; ; k++) { yield t; t *= x / k; } }
export const gen = (x: number) => { let s = 0, n = 0; for (const t of terms(x)) { s += t; if (++n > 15) break; } return s; };
//= tagged(2)
export const tagged = (x: number) => { const o = { get twice() { return 2 * x; }, ['k' + 1]: x * x, f(this: any) { return this.twice * this.k1; } }; return o.f(); };
//= stringKey(2)
export const stringKey = (x: number) => { const ops: Record<string, (a: number, b: number) => number> = { '+': (a, b) => a + b, '*': (a, b) => a * b }; return 'x 3 * x + 2 *'.split(' ').reduce<number[]>((st, t) => { if (t in ops) { const b = st.pop()!, a = st.pop()!; st.push(ops[t]!(a, b)); } else st.push(t === 'x' ? x : Number(t)); return st; }, [])[0]; };
//= mutate([1,2,3])
export function mutate(p: number[]) { for (let i = 1; i < p.length; i++) p[i] = p[i]! * p[i - 1]!; return p; }
//= alias({"a":{"v":2},"b":{"v":3}})
export function alias(o: { a: { v: number }; b: { v: number } }) { const p = o.a; p.v = p.v * o.b.v; o.b = p; o.b.v += 1; return o.a.v * o.b.v; }
//= numberMethods(2.7)
export const numberMethods = (x: number) => Number.isFinite(x) && !Number.isInteger(x) ? x ** 2 + Number(x) - Math.trunc(x) : parseFloat('3');
//= mathAll(0.6)
export const mathAll = (x: number) => [Math.asinh(x), Math.acosh(1 + x), Math.atanh(x), Math.log2(x), Math.log10(x), Math.log1p(x), Math.expm1(x), Math.sinh(x), Math.cosh(x), Math.tan(x), Math.acos(x), Math.sign(x) * x, Math.clz32(x) + x, Math.imul(x, 3) + x, Math.round(x) * x, Math.ceil(x) * x, ~~x + x, (x | 0) + x, Math.SQRT2 * x, Math.LN10 * x];
//= recordPath({"items":[{"price":2,"qty":3},{"price":1.5,"qty":4,"off":0.1}],"tax":0.2})
export const recordPath = ({ items, tax = 0 }: { items: { price: number; qty: number; off?: number }[]; tax?: number }) => items.map(({ price, qty, off: discount = 0 }) => price * qty * (1 - discount)).reduce((a, b) => a + b, 0) * (1 + tax);
//= mapArg({"$map":[["a",2],["b",3]]})
export const mapArg = (m: Map<string, number>) => { let p = 1; m.forEach((v, k) => { p *= k === 'a' ? v : v ** 2; }); return p; };
//= typedArg({"$typed":"Float64Array","data":[1,2,3]})
export const typedArg = (a: Float64Array) => a.reduce((s, v, i) => s + v ** i, 0);
//= apply({"$function":"unitSpeed"}, 90, 2)
export const apply = (f: (a: number, b: number) => number, ...args: number[]) => f.apply(null, args as [number, number]) + f.call(undefined, ...(args as [number, number]));
//= optional(2)
export const optional = (x: number, f?: (v: number) => number) => f?.(x) ?? x ** 3;
//= ternaries(0.5)
//= ternaries(0) special
export const ternaries = (x: number) => x > 1 ? x : x > 0.2 ? x ** 2 : x < 0 ? -x : x === 0 ? 0 : x / 2;
//= untilEqual(2)
//= untilEqual(0.7)
export const untilEqual = (S: number) => { let x = S, y; do { y = x; x = (y + S / y) / 2; } while (x !== y); return x; };
//= untilZero(3)
export const untilZero = (S: number) => { let x = S, y; do { y = x; x = (y + S / y) / 2; } while (Math.abs(x - y) > 0); return x; };
//= untilLost(2)
//= untilLost(0)
export const untilLost = (x: number) => { let s = 1, t = 1; for (let n = 1; s + t !== s; n++) { t *= x / n; s += t; } return s; };
//= falling(2)
export const falling = (S: number) => { let x = S + 1, y; do { y = x; x = (y + S / y) / 2; } while (x < y); return y; };
//= doWhile(2)
export const doWhile = (S: number) => { let x = S, y; do { y = x; x = (y + S / y) / 2; } while (x !== y && Math.abs(x - y) > 1e-16); return x; };
//= collatz(6, 1.1)
export const collatz = (n: number, x: number) => { let y = x; while (n !== 1) { n = n % 2 === 0 ? n / 2 : 3 * n + 1; y = y * 0.9 + x; } return y; };
//= bisection(2)
export const bisection = (a: number) => { let lo = 0, hi = 2; for (let i = 0; i < 40; i++) { const m = (lo + hi) / 2; if (m * m > a) hi = m; else lo = m; } return (lo + hi) / 2; };
`,
);

export const oldStyles = program(
  'old styles',
  String.raw`
var LIB = (function (root) {
  'use strict';
  function Vec(x, y) { if (!(this instanceof Vec)) return new Vec(x, y); this.x = x; this.y = y; }
  Vec.prototype = { constructor: Vec, dot: function (o) { return this.x * o.x + this.y * o.y; }, len: function () { return Math.sqrt(this.dot(this)); } };
  Vec.prototype.scale = function (k) { var self = this; return ['x', 'y'].reduce(function (v, key) { v[key] = self[key] * k; return v; }, new Vec(0, 0)); };
  root.Vec = Vec;
  return { Vec: Vec, dist: function (a, b) { return Vec(a.x - b.x, a.y - b.y).len(); } };
})({});
//= dist(1, 2, 4, 6)
//= dist(1, 2, 1, 2) special
function dist(x1, y1, x2, y2) { return LIB.dist({ x: x1, y: y1 }, { x: x2, y: y2 }); }
//= scaled(1, 2, 3)
function scaled(x, y, k) { var v = new LIB.Vec(x, y).scale(k); return [v.x, v.y, v.len()]; }
//= sumAll(1, 2, 3)
function sumAll() { var s = 0; for (var i = 0; i < arguments.length; i++) s += arguments[i] * arguments[i]; return s / arguments.length; }
//= aliased(2, 3)
function aliased(a, b) { arguments[0] = a * b; b = a + 1; return a * arguments[1]; }
//= hoisted(2)
function hoisted(x) { y = x * x; if (x > 0) { var y = y + 1; } for (var k in { a: 1, b: 2 }) { var last = k; } return helper(y) + (last === 'b' ? x : 0); function helper(v) { return v * z(); } function z() { return x; } }
//= withDefaults(2)
function withDefaults(x, opts) { opts = opts || {}; var k = opts.k !== undefined ? opts.k : 3, p = opts.p == null ? 2 : opts.p; return Math.pow(k * x, p); }
//= m(0.7,1.2)
function m(t,n){for(var r=0,e=1,i=0;i<12;)r+=e,e*=t*n/++i;return r>1?!0&&r-1:void 0}
//= minified(1.5,2.5)
var minified=function(n,t){var r,e=n>t?n:(r=t,t=n,n=r,r);return e=e*e,t*=t,e-t?Math.sqrt(e+t)/(1+ +(n>0)):0};
//= inherited(2, 3)
function Animal(m) { this.m = m; } Animal.prototype.energy = function (v) { return 0.5 * this.m * v * v; };
function Dog(m) { Animal.call(this, m); } Dog.prototype = Object.create(Animal.prototype, { bonus: { value: 2, enumerable: true } }); Dog.prototype.energy = function (v) { return Animal.prototype.energy.call(this, v) * this.bonus; };
function inherited(m, v) { return new Dog(m).energy(v); }
//= curry(2, 3)
function curry(a, b) { function c(f, n) { return function g() { var as = [].slice.call(arguments); return as.length >= n ? f.apply(null, as) : function () { return g.apply(null, as.concat([].slice.call(arguments))); }; }; } return c(function (x, y, z) { return x * y - z / x; }, 3)(a)(b, a)  ; }
//= defineProp(3)
function defineProp(r) { var o = {}; Object.defineProperty(o, 'area', { get: function () { return Math.PI * this.r * this.r; }, enumerable: true }); o.r = r; return o.area + Object.keys(o).length; }
//= looseEquals(2)
function looseEquals(x) { return x == '3' ? 0 : x != null ? x * x : -1; }
//= coerced(2)
function coerced(x) { return +('' + 3) * x - -x + !!x * x + (x > 1) * x + ('5' * x) - (x - '1'); }
//= typeOf(2)
function typeOf(x) { return typeof x == 'number' && typeof zzz === 'undefined' ? x * 3 : 0; }
//= deleted(2)
function deleted(x) { var o = { a: x, b: x * x }; delete o.a; return ('a' in o ? 1 : 0) + o.b + (o.hasOwnProperty('b') ? x : 0); }
//= voided(3)
var voided = function fact(n, acc) { return acc === void 0 ? fact(3, n) : n <= 1 ? acc : fact(n - 1, acc * acc / n); };
//= evalOrder(2)
function evalOrder(x) { var i = 0, a = [x, x * 2, x * 3]; a[i++] = a[i++] + a[i]; return a[0] * a[1] + i; }
//= isPoly(1.5)
var POLY = new Array(5); for (var pi_ = 0; pi_ < POLY.length; ++pi_) POLY[pi_] = Math.pow(-1, pi_) / (pi_ + 1);
function isPoly(x) { var i = POLY.length, s = 0; while (i--) s = s * x + POLY[i]; return s; }
//= whileTrue(5)
function whileTrue(x) { while (true) { if (x < 1) break; x = Math.log(x) + x / 10; } return x; }
`,
  'js',
);
