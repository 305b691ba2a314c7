// Built-ins replaced, odd methods, orders of evaluation.
//= shadowedMath(1.5)
export function shadowedMath(x) { const Math = { sin: (y) => y * y * 10 }; return Math.sin(x); }
//= localReplaced(1.5)
export function localReplaced(x) { const M = Object.create(Math); M.sin = (y) => 3 * y; return M.sin(x) + M.cos(0) + M.sqrt(x); }
//= patched(1.5) refusable
export function patched(x) { const old = Math.cbrt; Math.cbrt = (y) => y * 5; try { return Math.cbrt(x); } finally { Math.cbrt = old; } }
//= patchedPrototype([1.5, 2]) refusable
export function patchedPrototype(xs) { Array.prototype.total = function () { return this.reduce((a, b) => a + 2 * b, 0); }; try { return xs.total(); } finally { delete Array.prototype.total; } }
//= sortTies([2.5, 1.5, 2.5], [1, 10, 100]) special
export const sortTies = (keys, vs) => keys.map((k, i) => [k, vs[i]]).sort((a, b) => a[0] - b[0]).reduce((s, [, v], i) => s + v * i, 0);
//= sortDescending([2.5, 1.5, 3.5])
export const sortDescending = (xs) => [...xs].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))[0] * 2;
//= sortByKeyFunction([2.5, -4.5, 3.5])
export const sortByKeyFunction = (xs) => xs.slice().sort((a, b) => Math.abs(a) - Math.abs(b)).reduce((s, v, i) => s + v / (i + 1), 0);
//= toSorted([2.5, -4.5, 3.5])
export const toSorted = (xs) => xs.toSorted((a, b) => b - a).with(1, xs[0] * 3).reduce((s, v, i) => s + v * i, 0);
//= filledAliases(1.5)
export const filledAliases = (x) => { const m = Array(3).fill([1, 1]); m[0][1] = x; return m[2][1] * m[1][1]; };
//= reversedInPlace([1, 2, 3])
export const reversedInPlace = (xs) => { const ys = xs.reverse(); ys[0] *= 5; return xs[0] * 2 + ys[2]; };
//= spliced([1, 2, 3, 4], 7)
export const spliced = (xs, v) => { const cut = xs.splice(1, 2, v, v * v, v ** 3); return cut[0] * cut[1] + xs[2] + xs.length * xs[3]; };
//= copiedWithin([1, 2, 3, 4])
export const copiedWithin = (xs) => { xs.copyWithin(0, 2); return xs[0] * xs[2] + xs[1] * xs[3]; };
//= flatDeep([1, [2, [3, [4]]]])
export const flatDeep = (t) => t.flat(Infinity).reduce((s, v, i) => s + v ** (i + 1), 0);
//= flatMapped([1.5, 2])
export const flatMapped = (xs) => xs.flatMap((x, i) => [x, x * i, [x]]).reduce((s, v) => s + (Array.isArray(v) ? v[0] ** 2 : v), 0);
//= lastIndex([1, 2, 1]) special
export const lastIndex = (xs) => xs.lastIndexOf(1) * 10 + xs[0] * xs[2];
//= everySome([1.5, 2.5])
export const everySome = (xs) => (xs.every((x) => x > 1) ? 2 : 1) * (xs.some((x) => x > 2) ? xs[0] : xs[1]);
//= findLast([1.5, 2.5, 0.5])
export const findLast = (xs) => xs.findLast((x) => x > 1) * xs.findIndex((x) => x > 2) + xs.at(-1);
//= reduceRightNoInit([2, 3, 1.5])
export const reduceRightNoInit = (xs) => xs.reduceRight((a, b, i) => a ** 0.5 * b + i);
//= arrayFromIterable(1.5)
export const arrayFromIterable = (x) => Array.from(new Map([[1, x], [2, x * x]]), ([k, v]) => k * v).reduce((a, b) => a * b);
//= groupBy([1.5, 2.5, 3.5]) refusable
export const groupBy = (xs) => { const g = Object.groupBy ? Object.groupBy(xs, (x) => (x > 2 ? 'big' : 'small')) : { big: xs.filter((x) => x > 2), small: xs.filter((x) => x <= 2) }; return g.big.reduce((a, b) => a * b) - g.small[0]; };
//= parseIntTrap(2.7) refusable
export const parseIntTrap = (x) => parseInt(x) * x;
//= radix(5.5) refusable
export const radix = (x) => parseInt(x.toString(2), 2) + x;
//= numberFormat(1234.5678) refusable
export const numberFormat = (x) => Number(x.toLocaleString('en').replace(',', ''));
//= charCode(65.5) refusable
export const charCode = (x) => String.fromCharCode(x).charCodeAt(0) * x;
//= padded(5.25) refusable
export const padded = (x) => +x.toString().padStart(10, '0') * 2;
//= regexOnNumber(12.5) refusable
export const regexOnNumber = (x) => Number(/^(\d+)/.exec(x)[1]) + x;
//= nanCompare(1.5)
export const nanCompare = (x) => (NaN < x ? 1 : x * x) + (undefined > x ? 1 : x);
//= minusZero(1.5) refusable
export const minusZero = (x) => (Object.is(x * 0, -0) ? 1 : x) + 1 / (x * Infinity);
//= evaluationOrder(2)
export const evaluationOrder = (x) => { let s = ''; const t = (v, n) => { s += n; return v; }; const r = t(x, 'a') * t(x + 1, 'b') ** t(2, 'c'); return s === 'abc' ? r : -r; };
//= assignmentOrder([1, 2, 3])
export const assignmentOrder = (xs) => { let i = 0; xs[i++] = xs[i] * i + xs[i++]; return xs[0] * xs[i]; };
//= incrementInIndex(1.5)
export const incrementInIndex = (x) => { const a = [x, x * 2, x * 3]; let i = 0; a[i++] += a[i++] * a[i]; return a[0] + a[i]; };
//= compoundGetter(1.5)
export const compoundGetter = (x) => { let reads = 0; const o = { get p() { reads++; return x; }, set p(v) { this.q = v; } }; o.p *= 3; o.p **= 2; return o.q * reads; };
//= destructuringDefaults([1.5, null], {"b": 2})
export const destructuringDefaults = ([a, z = 7, c = a * 2], { b = 10, d = b * c, ...rest }) => a + (z ?? 3) * c + b * d + Object.keys(rest).length;
//= computedSwap({"x": 1.5, "y": 2.5})
export const computedSwap = (o) => { ({ x: o.y, y: o.x } = { ...o }); return o.x * 10 + o.y; };
//= nestedFinally(2)
export const nestedFinally = (x) => { const log = []; outer: for (;;) { try { try { throw x; } finally { log.push(x * 2); } } catch (e) { log.push(e * e); break outer; } finally { log.push(x ** 3); } } return log.reduce((a, b) => a + b); };
//= breakInFinally(2)
export const breakInFinally = (x) => { for (let i = 0; i < 3; i++) { try { if (i === 1) return 100; } finally { if (i === 1) break; } x *= 2; } return x; };
//= generatorReturn(1.5)
export const generatorReturn = (x) => { function* g() { try { yield x; yield x * 2; } finally { x *= 10; } } for (const v of g()) if (v > 0) break; return x; };
//= delegating(1.5)
export const delegating = (x) => { function* inner() { const got = yield x; return got * 2; } function* outer() { const r = yield* inner(); yield r + x; } const it = outer(); it.next(); return it.next(x * x).value; };
//= spreadGenerator(1.2)
export const spreadGenerator = (x) => Math.max(...(function* () { for (let k = 1; k < 5; k++) yield Math.sin(k * x); })());
//= weakMap(1.5)
export const weakMap = (x) => { const w = new WeakMap(), k = {}; w.set(k, x * x); return w.get(k) + (w.has({}) ? 1 : 0); };
//= reflective(1.5)
export const reflective = (x) => { class A { constructor(v) { this.v = v; } static make(...a) { return Reflect.construct(this, a); } } class B extends A { get sq() { return this.v ** 2; } } return Reflect.get(B.make(x), 'sq') + Reflect.ownKeys(B.make(x)).length; };
//= privateIn(1.5)
export const privateIn = (x) => { class P { #v = x; static has(o) { return #v in o; } get(o) { return o.#v * this.#v; } } const p = new P(); return P.has(p) ? p.get(new P()) : 0; };
//= superGetter(1.5)
export const superGetter = (x) => { class A { get v() { return this.k * 2; } } class B extends A { k = x; get v() { return super.v ** 2; } } return new B().v; };
//= staticThis(1.5)
export const staticThis = (x) => { class A { static k = 2; static f(y) { return this.k * y; } } class B extends A { static k = x; } return B.f(x) + A.f(x); };
//= fieldOrder(1.5)
export const fieldOrder = (x) => { class A { a = x; b = this.a * 2; constructor() { this.init?.(); } } class B extends A { c = this.b ** 2; init() { this.b += 1; } } return new B().c; };
//= toStringTag({"a": 1.5}) refusable
export const toStringTag = (o) => (Object.prototype.toString.call(o) === '[object Object]' ? o.a ** 2 : 0) + (typeof o.a === 'number' ? o.a : 0);
//= hasOwn({"a": 1.5, "b": 2})
export const hasOwn = (o) => Object.entries(o).filter(([k]) => Object.hasOwn(o, k) && k !== 'b').reduce((s, [, v]) => s + v ** 2, 0) + o.b;
