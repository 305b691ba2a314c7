// State within a call, state between calls, closures changed later.

//= lateBinding(1.5)
export function lateBinding(x) { let k = 1; const f = (y) => k * y * y; k = x; return f(3); }
//= loopClosures(1.5)
export function loopClosures(x) { var fs = []; for (var i = 0; i < 3; i++) fs.push(function () { return i * x; }); return fs.reduce(function (s, f) { return s + f(); }, 0); }
//= letClosures(1.5)
export function letClosures(x) { const fs = []; for (let i = 0; i < 3; i++) fs.push(() => (i += x)); return fs.map((f) => f() + f()).reduce((a, b) => a + b); }
let calls = 0;
//= counted(2.5) fresh
export function counted(x) { calls += 1; return x * calls; }
const cache = new Map();
//= memoFibLike(6.5)
export function memoFibLike(x) { if (x <= 1) return x * x; if (cache.has(x)) return cache.get(x); const v = memoFibLike(x - 1) + 0.5 * memoFibLike(x - 2); cache.set(x, v); return v; }
const memo = {};
//= memoObject(3.25) refusable
export function memoObject(x) { const key = x.toFixed(6); return memo[key] ?? (memo[key] = Math.sin(x) * x); }
let last = NaN, lastResult = 0;
//= oneEntryCache(2.5)
export function oneEntryCache(x) { if (x !== last) { last = x; lastResult = x ** 3; } return lastResult; }
const scratch = new Float64Array(3);
//= usesScratch(1.5, 2.5)
export function usesScratch(a, b) { scratch[0] = a; scratch[1] = b; scratch[2] = scratch[0] * scratch[1]; return scratch[2] + scratch[0]; }
const shared = [0, 0];
const into = (out, a) => { out[0] = a; out[1] = a * a; return out; };
//= sharedResult(2, 3)
export function sharedResult(a, b) { const p = into(shared, a), q = into(shared, b); return p[1] * 10 + q[0]; }
const accumulator = [];
//= growing(2.5) fresh
export function growing(x) { accumulator.push(x); return accumulator.reduce((a, b) => a + b, 0) / accumulator.length; }
const config = { scale: 2 };
export function setScale(s) { config.scale = s; }
//= configured(2.5)
export const configured = (x) => { setScale(x); return config.scale * x; };
const lazy = { get table() { const t = Array.from({ length: 4 }, (_, i) => i * i); Object.defineProperty(this, 'table', { value: t }); return t; } };
//= lazyTable(1.5)
export const lazyTable = (x) => lazy.table[2] * x + lazy.table[3];
//= aliasedArguments(2, 3)
export function aliasedArguments(a, b) { const o = { v: a }, p = o; p.v *= b; return o.v + p.v; }
//= sameArrayTwice([1, 2, 3])
export function sameArrayTwice(xs) { const ys = xs; ys[0] = xs[1] * xs[2]; xs.reverse(); return ys[2] * ys[0]; }
//= swap(2, 3)
export function swap(a, b) { [a, b] = [b, a]; ({ a, b } = { a: b, b: a * 2 }); return a ** 2 * b; }
//= generatorState(1.5)
export function generatorState(x) { function* g() { let v = x; while (true) { const got = yield v; v = v * x + (got ?? 0); } } const it = g(); it.next(); it.next(x); return it.next(2 * x).value; }
//= finallyOverrides(2)
export function finallyOverrides(x) { let y = x; const f = () => { try { return (y *= x); } finally { y = 100 * x; } }; return f() + y; }
//= exceptionsAsValues(1.7)
export function exceptionsAsValues(x) { try { if (x > 1) throw { value: x * x }; return x; } catch ({ value }) { return value * 3; } }
//= errorMessage(2.5) refusable
export function errorMessage(x) { try { throw new Error(x); } catch (e) { return Number(e.message) * 2; } }
//= depthLimited(1.3)
export function depthLimited(x, depth = 0) { return depth > 5 ? x : Math.sin(x + depthLimited(x * 0.9, depth + 1)); }
