'use strict';
// Getters, valueOf, enumeration, prototypes.
class Box { constructor(v) { this.v = v; } valueOf() { return this.v * 2; } toString() { return 'box'; } [Symbol.toPrimitive](hint) { return hint === 'string' ? 'b' : this.v * 3; } }
//= coerced(1.5)
exports.coerced = (x) => new Box(x) * new Box(x) + +new Box(x);
const plain = { valueOf: undefined };
//= valueOfOnly(1.5)
exports.valueOfOnly = (x) => { const o = { valueOf: () => x ** 2 }; return o + o * x; };
//= dateLike(1.5) refusable
exports.dateLike = (x) => { const o = { toString: () => String(x) }; return o * 2 + x; };
//= getterCounts(1.5)
exports.getterCounts = (x) => { let n = 0; const o = { get v() { n++; return x * n; } }; return o.v + o.v * o.v; };
//= setterStores(1.5)
exports.setterStores = (x) => { const o = { _v: 0, set v(k) { this._v = k * x; }, get v() { return this._v; } }; o.v = x; o.v += 1; return o.v; };
//= keysOrder(2, 3)
exports.keysOrder = (a, b) => { const o = { b, 2: a, a, 1: b }; return Object.values(o).reduce((s, v, i) => s + v * (i + 1), 0); };
//= forInOrder(2, 3)
exports.forInOrder = (a, b) => { const base = { z: a }; const o = Object.create(base); o.y = b; let s = 0, k = 1; for (const key in o) s += o[key] * k++; return s; };
//= deleted(2, 3)
exports.deleted = (a, b) => { const o = { a, b }; delete o.a; return ('a' in o ? a : b * b) + (o.a ?? a); };
//= spreadOverrides(2, 3)
exports.spreadOverrides = (a, b) => { const o = { x: a, y: b }, p = { ...o, x: b, ...{ y: a * b } }; return p.x * p.y; };
//= entriesRoundTrip(2, 3)
exports.entriesRoundTrip = (a, b) => { const o = Object.fromEntries(Object.entries({ a, b }).map(([k, v]) => [k + k, v * v])); return o.aa + 2 * o.bb; };
//= assigned(2, 3)
exports.assigned = (a, b) => Object.assign({ v: a }, { get v() { return a * b; } }).v;
//= frozen(2)
exports.frozen = (x) => { const o = Object.freeze({ v: x }); try { o.v = 100; } catch { return o.v * 5; } return o.v; };
//= proto(2)
exports.proto = (x) => { function P(v) { this.v = v; } P.prototype.sq = function () { return this.v * this.v; }; const p = new P(x); P.prototype.sq = function () { return this.v * 7; }; return p.sq(); };
//= bound(2, 3)
exports.bound = (a, b) => { const f = function (p, q) { return this.k * p + q; }.bind({ k: a }, b); return f.call({ k: 1000 }, 4); };
//= applied(2, 3)
exports.applied = (a, b) => Math.max.apply(null, [a, b, 1]) * Math.min.call(null, a, b);
//= symbolKey(2)
exports.symbolKey = (x) => { const k = Symbol('k'); const o = { [k]: x, n: 1 }; return Object.keys(o).length * o[k] * o[k]; };
//= iteratorProtocol(2)
exports.iteratorProtocol = (x) => { const it = { i: 0, [Symbol.iterator]() { return this; }, next() { return this.i < 3 ? { value: x ** this.i++, done: false } : { value: 99, done: true }; } }; let s = 0; for (const v of it) s += v; return s; };
//= arrayHoles(2)
exports.arrayHoles = (x) => { const a = [x, , x * x]; a.length = 5; a[4] = 1; let n = 0, s = 0; a.forEach((v) => { n++; s += v; }); return s * n + a.length; };
//= lengthFromInput(3, 2) refusable
exports.lengthFromInput = (n, x) => Array.from({ length: n }, (_, i) => x ** i).reduce((a, b) => a + b, 0);
//= loopBound(3.5, 2) refusable
exports.loopBound = (n, x) => { let s = 0; for (let i = 0; i < n; i++) s += x * (n - i); return s; };
//= stepCount(1, 0.3) refusable
exports.stepCount = (t, h) => { let s = 0, n = 0; for (let u = 0; u < t; u += h) { s += u * h; n++; } return s + n; };
//= argumentsAlias(2, 3)
exports.argumentsAlias = function (a, b) { arguments[0] = 10; return a * b + arguments.length; };
//= defaultsSeeEarlier(2)
exports.defaultsSeeEarlier = (a, b = a * a, c = () => a * b) => { a = 5; return c() + b; };
//= sideEffectDefault(2)
exports.sideEffectDefault = (x) => { let n = 0; const f = (a = (n++, x)) => a * n; return f() + f() + f(7); };
//= commaAndVoid(2)
exports.commaAndVoid = (x) => (void x, x * 2, x ** 2);
//= optional(2)
exports.optional = (x) => { const o = { f: null, g: { h: (y) => y * x } }; return (o.f?.(x) ?? 3) * (o.g?.h?.(x) ?? 0); };
//= logicalAssign(0, 2) special
exports.logicalAssign = (a, b) => { let p = a, q = null; p ||= b; q ??= a + b; return p * q; };
