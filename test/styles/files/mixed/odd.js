import * as even from './even.js';
//= oddPart(1.3)
export function oddPart(x, n = 5) { return n <= 0 ? x : even.evenPart(x, n - 1) + Math.sin(x * even.base); }
