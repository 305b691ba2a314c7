// Iterations whose path depends on the input.
//= harmonicUntil(2.5) refusable
export function harmonicUntil(limit: number): number { let s = 0, n = 0; while (s < limit) s += 1 / ++n; return n + s - limit; }
//= eventTime(3, 9.81)
export function eventTime(h: number, g: number): number { let t = 0, y = h, v = 0; const dt = 0.01; for (;;) { const yn = y + v * dt - 0.5 * g * dt * dt; if (yn < 0) { return t + (dt * y) / (y - yn); } y = yn; v -= g * dt; t += dt; } }
//= eventStep(3, 9.81) refusable
export function eventStep(h: number, g: number): number { let t = 0, y = h, v = 0; while (y > 0) { v -= g * 0.01; y += v * 0.01; t += 0.01; } return t; }
//= adaptiveSteps(1.3)
export function adaptiveSteps(k: number): number { let t = 0, y = 1, h = 0.2; while (t < 1) { h = Math.min(h, 1 - t); const a = y + h * -k * y, b = y + (h / 2) * -k * y, c = b + (h / 2) * -k * b; const err = Math.abs(c - a); if (err < 1e-3) { y = 2 * c - a; t += h; } h *= Math.min(1.5, Math.max(0.5, 0.9 * Math.sqrt(1e-3 / (err + 1e-12)))); } return y; }
//= sumUntilSmall(0.7)
export function sumUntilSmall(x: number): number { let s = 0, t = 1; for (let n = 1; Math.abs(t) > 1e-15; n++) { s += t; t *= (-x * x) / (2 * n * (2 * n - 1)); } return s; }
//= sumUntilLoose(0.7) refusable
export function sumUntilLoose(x: number): number { let s = 0, t = 1; for (let n = 1; Math.abs(t) > 1e-2; n++) { s += t; t *= x / n; } return s; }
//= newtonFixed(2)
export function newtonFixed(a: number): number { let x = 1; for (let i = 0; i < 5; i++) x = (x + a / x) / 2; return x; }
//= newtonTooFew(200)
export function newtonTooFew(a: number): number { let x = 1; for (let i = 0; i < 3; i++) x = (x + a / x) / 2; return x; }
//= halley(5)
export function halley(a: number): number { let x = a / 3, last; do { last = x; x *= (x ** 3 + 2 * a) / (2 * x ** 3 + a); } while (Math.abs(x - last) > 1e-14); return x; }
//= steffensen(0.5)
export function steffensen(k: number): number { let x = 0.8; const g = (v: number) => Math.exp(-k * v); for (let i = 0; i < 20; i++) { const a = g(x), b = g(a), d = b - 2 * a + x; if (Math.abs(d) < 1e-13) break; x = x - (a - x) ** 2 / d; } return x; }
//= secantLoose(3) refusable
export function secantLoose(c: number): number { let a = 1, b = 2; while (Math.abs(b - a) > 1e-3) { const fa = a * a - c, fb = b * b - c; [a, b] = [b, b - (fb * (b - a)) / (fb - fa)]; } return b; }
//= continuedUntil(0.6)
export function continuedUntil(x: number): number { let prev = Infinity, cur = 0; for (let n = 2; n < 60 && Math.abs(cur - prev) > 1e-15; n += 2) { prev = cur; let r = 0; for (let k = n; k >= 1; k--) r = ((k * k * x * x) / (2 * k + 1 + r)); cur = x / (1 + r); } return cur; }
//= powerUntil([[2, 1], [1, 3]])
export function powerUntil(A: number[][]): number { let v = [1, 0.3], l = 0, d = 1; while (d > 1e-14) { const w = A.map((r) => r[0] * v[0] + r[1] * v[1]); const n = Math.hypot(...w); d = Math.abs(n - l); l = n; v = w.map((x) => x / n); } return l; }
//= gradientDescent(1.5)
export function gradientDescent(t: number): number { let x = 0, n = 0; while (n++ < 500) { const g = 2 * (x - t) + 0.4 * x ** 3; if (Math.abs(g) < 1e-13) break; x -= 0.1 * g; } return x; }
//= gradientDescentLoose(1.5) refusable
export function gradientDescentLoose(t: number): number { let x = 0; for (;;) { const g = 2 * (x - t) + 0.4 * x ** 3; if (Math.abs(g) < 0.05) return x; x -= 0.1 * g; } }
//= momentumWarm(1.5) refusable
export function momentumWarm(t: number): number { let x = t, v = 0; for (let i = 0; i < 200; i++) { const g = 2 * (x - t); if (Math.abs(g) < 1e-9) return x * x; v = 0.9 * v - 0.05 * g; x += v; } return x; }
//= modularLoop(7.5)
export function modularLoop(x: number): number { while (x >= 2 * Math.PI) x -= 2 * Math.PI; return Math.sin(x) * x; }
//= euclid(7.5, 2.25) refusable
export function euclid(a: number, b: number): number { while (b > 1e-9) [a, b] = [b, a % b]; return a; }
//= binaryExponent(10.5) refusable
export function binaryExponent(x: number): number { let e = 0; while (x >= 2) { x /= 2; e++; } return x + e; }
//= digitsOf(3.14159) refusable
export function digitsOf(x: number): number { let s = 0; for (let i = 0; i < 2; i++) { s += Math.floor(x) % 10; x *= 10; } return s; }
//= simulatedAnnealing(0.5) refusable
export function simulatedAnnealing(c: number): number { let seed = 7, x = 0, best = 1e9; const rnd = () => (seed = (seed * 16807) % 2147483647) / 2147483647; for (let i = 0; i < 60; i++) { const y = x + (rnd() - 0.5); const f = (y - c) ** 2; if (f < best || rnd() < 0.1) { x = y; best = f; } } return x; }
//= monteCarloPi(0.9) refusable
export function monteCarloPi(r: number): number { let seed = 1, hits = 0; const rnd = () => (seed = (seed * 48271) % 2147483647) / 2147483647; for (let i = 0; i < 200; i++) if (rnd() ** 2 + rnd() ** 2 < r * r) hits++; return hits / 50; }
