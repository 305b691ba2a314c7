import { oddPart } from './odd.js';
export const base = 2;
//= evenPart(1.3)
export function evenPart(x, n = 6) { return n <= 0 ? 1 : oddPart(x, n - 1) * x / base; }
