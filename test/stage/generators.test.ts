/** Generators with unknown inputs: followed where how far they come is known, refused elsewhere, never wrong. */
import { expect, test } from 'vitest';
import { agree } from './agree.ts';

const upTo = 'function* upTo(n) { let i = 0; while (i < n) { yield i; i++; } }';

test.each([
  `${upTo} export function f(x) { let s = 0; for (const i of upTo(3)) s += x * i; return s }`,
  'export function f(x) { function* g() { yield x; yield x * x; try { yield 1 } finally { yield x ** 3 } } let s = 0; for (const v of g()) s += v; return s }',
  'export function f(x) { function* g() { let y = x; for (;;) { yield y; y = y * 0.5; } } let s = 0; let k = 0; for (const v of g()) { s += v; if (++k > 3) break; } return s }',
  'export function f(x) { function* g() { const a = yield x; return a * x } const it = g(); const p = it.next().value; return it.next(p * 2).value }',
  'export function f(x) { const it = (function* () { yield x; yield 2 * x; yield 3 * x })(); let s = 0; for (let i = 0; i < 3; i++) s += it.next().value; return s }',
  'export function f(x) { const [a, ...r] = (function* () { yield x; yield x * x; yield 1 })(); return a + r[0] * r.length }',
])('followed: %s', (text) => {
  expect(agree(text, 'f', [2.5], { trace: ['x'] }).kind).toBe('agrees');
});

test.each([
  'export function f(x) { function* g() { if (x > 2) yield x * x; else yield x; } let s = 0; for (const v of g()) s += v; return s }',
  `${upTo} export function f(x) { let s = 0; for (const i of upTo(x)) s += x * i; return s }`,
  'export function f(x) { const it = (function* () { let i = 0; while (true) yield x * i++ })(); let s = 0; for (let i = 0; i < x; i++) s += it.next().value; return s }',
  'export function f(x) { const it = (function* () { yield x; yield 2 * x })(); let s = it.next().value; if (x > 1) s += it.next().value; return s }',
])('refused: %s', (text) => {
  expect(agree(text, 'f', [2.5], { trace: ['x'] })).toMatchObject({ kind: 'refused', id: 'GL111' });
});
