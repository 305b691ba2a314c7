/** @param {number[][]} m @param {number[]} v */
export function multiply(m, v) { return m.map((row) => row.reduce((s, x, i) => s + x * v[i], 0)); }
