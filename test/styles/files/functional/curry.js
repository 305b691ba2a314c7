const curry = (f, n = f.length) => { const go = (...args) => (args.length >= n ? f(...args) : (...more) => go(...args, ...more)); return go; };
const pipe = (...fs) => (x) => fs.reduce((v, f) => f(v), x);
const compose = (...fs) => pipe(...fs.reverse());
const map = curry((f, xs) => xs.map(f)), fold = curry((f, z, xs) => xs.reduce(f, z)), zipWith = curry((f, a, b) => a.map((x, i) => f(x, b[i])));
const add = curry((a, b) => a + b), mul = curry((a, b) => a * b), pow = curry((n, x) => x ** n);
const sum = fold(add, 0), dot = (a, b) => sum(zipWith(mul, a, b));
//= norm([1, 2, 2.5], 3)
export const norm = (xs, p) => pipe(map(Math.abs), map(pow(p)), sum, pow(1 / p))(xs);
//= cosine([1, 2, 2.5], [0.5, -1, 3])
export const cosine = (a, b) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
//= composed(0.7)
export const composed = compose(Math.exp, mul(2), add(1), Math.sin);
const Y = (f) => ((x) => x(x))((x) => f((y) => x(x)(y)));
//= series(0.4)
export const series = (x) => Y((self) => ([k, t]) => (k > 20 ? 0 : t / k + self([k + 1, t * x])))([1, x]);
const church = (n) => (f) => (x) => { for (let i = 0; i < n; i++) x = f(x); return x; };
//= iterate(0.4)
export const iterate = (x) => church(7)((v) => Math.cos(v) * x)(x);
const Maybe = { of: (v) => ({ map: (f) => (v == null || Number.isNaN(v) ? Maybe.of(null) : Maybe.of(f(v))), getOrElse: (d) => v ?? d }) };
//= maybe(2.5)
export const maybe = (x) => Maybe.of(x).map(Math.sqrt).map((y) => y * x).getOrElse(0) + Maybe.of(null).map((y) => y * 2).getOrElse(x);
const lens = (get, set) => ({ get, over: (f) => (o) => set(f(get(o)))(o) });
const prop = (k) => lens((o) => o[k], (v) => (o) => ({ ...o, [k]: v }));
//= lensed({"a": 2, "b": 3})
export const lensed = (o) => { const r = pipe(prop('a').over((v) => v * o.b), prop('b').over(pow(2)))(o); return r.a * r.b; };
const memoize = (f) => { const cache = new Map(); return (x) => { if (!cache.has(x)) cache.set(x, f(x)); return cache.get(x); }; };
const cosh = memoize((x) => (Math.exp(x) + Math.exp(-x)) / 2);
//= catenary(0.4, 1.5)
export const catenary = (x, a) => a * cosh(x / a);
