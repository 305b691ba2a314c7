/** Random functions of pieces, iterations, searches, tables, guards and state, with points that are often special. */

/** Numbers from 0 up to, not including, 1. */
export type Random = () => number;

/** A generator of numbers (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface RandomProgram {
  readonly text: string;
  readonly args: readonly number[];
  readonly hessian: boolean;
}

const MEMO =
  'const M = new Map(); function memo(s) { if (!M.has(s)) M.set(s, Math.sin(s) * s); return M.get(s); }';

export function randomProgram(random: Random): RandomProgram {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const variables = ['x', 'y', 'z'].slice(0, pick([1, 1, 2, 3]));
  const names: string[] = [];
  const lines: string[] = [];
  const count = pick([1, 1, 2, 2, 3]);
  for (let i = 0; i < count; i++) {
    const name = `t${i}`;
    lines.push(piece(pick, random, name, [...variables, ...(random() < 0.5 ? names : [])]));
    names.push(name);
  }
  const plain = count === 1 && random() < 0.6;
  const result = plain ? names[0]! : expression(pick, random, [...names, ...variables], 2);
  const output = random() < 0.15 ? `[${names.join(', ')}, ${result}]` : result;
  const text = `${MEMO}\nfunction f(${variables.join(', ')}) {\n${lines.join('\n')}\nreturn ${output};\n}`;
  const args = variables.map(() =>
    random() < 0.67 ? random() * 4 - 1 : pick([0, 1, 2, 3, -1, 0.5, 1.5, 10]),
  );
  return { text, args, hessian: random() < 0.2 };
}

type Pick = <T>(list: readonly T[]) => T;

function expression(pick: Pick, random: Random, names: readonly string[], depth: number): string {
  if (depth === 0 || random() < 0.2)
    return random() < 0.75 ? pick(names) : String(pick([0.3, 0.5, 0.7, 1.1, 1.3, 2, 2.5, 3, 0.25, 1]));
  const e = () => expression(pick, random, names, depth - 1);
  return pick([
    () => `(${e()} + ${e()})`,
    () => `(${e()} - ${e()})`,
    () => `(${e()} * ${e()})`,
    () => `Math.sin(${e()})`,
    () => `Math.cos(${e()})`,
    () => `Math.exp(-Math.abs(${e()}) * 0.3)`,
    () => `Math.sqrt(1 + ${e()} ** 2)`,
    () => `Math.atan(${e()})`,
    () => `Math.log(2 + ${e()} ** 2)`,
    () => `(${e()} / (1.5 + Math.cos(${e()})))`,
  ])();
}

/** Statements that define the variable `t`. */
function piece(pick: Pick, random: Random, t: string, names: readonly string[]): string {
  const e = () => expression(pick, random, names, 2);
  const v = () => pick(names);
  const positive = () => `(0.3 + ${e()} ** 2)`;
  const small = () => pick(['1e-3', '1e-6', '1e-8', '1e-10', '1e-12', '1e-14', '3e-16']);
  const iterations = [
    () =>
      `let ${t} = ${pick(['1', positive(), '2.5'])}; { const c = ${positive()}; for (let i = 0; i < ${pick([60, 8, 100])}; i++) { const d = (${t} * ${t} - c) / (2 * ${t}); ${t} -= d; if (Math.abs(d) < ${small()}) break; } }`,
    () =>
      `let ${t} = 1; { const c = ${positive()}; let d = 1; do { d = (${t} ** 3 - c) / (3 * ${t} ** 2); ${t} -= d; } while (Math.abs(d) > ${small()}${pick(['', ` * Math.abs(${t})`])}); }`,
    () =>
      `let ${t} = ${pick(['0', '1', e()])}; { const c = ${e()}; for (let i = 0; i < 500; i++) { const q = ${pick([`0.5 * Math.cos(${t} + c)`, `0.3 * Math.sin(${t}) + c * 0.2`, `(${t} + Math.cos(c * ${t})) / 3`])}; const d = Math.abs(q - ${t}); ${t} = q; if (d < ${small()}) break; } }`,
    () =>
      `let ${t} = 0; { const c = ${e()}; let ok = false, i = 0; while (!ok && i++ < 300) { const q = 0.4 * Math.cos(${t} - c); ${pick([`ok = Math.abs(q - ${t}) < ${small()};`, `if (Math.abs(q - ${t}) < ${small()}) ok = true;`])} ${t} = q; } }`,
    () =>
      `let ${t} = ${e()}; { const m = ${t}, k = 0.3; let d = 1, i = 0; while (Math.abs(d) > ${small()} && i++ < 50) { d = (${t} - k * Math.sin(${t}) - m) / (1 - k * Math.cos(${t})); ${t} -= d; } }`,
    () =>
      `let ${t} = 0; { const c = ${e()} * 0.5; let s = 1; for (let k = 1; k < 100 && Math.abs(s) > ${small()}; k++) { ${t} += s; s *= c / k; } }`,
    () =>
      `let ${t} = ${positive()}; { let g = ${positive()}; while (Math.abs(${t} - g) > ${small()} * ${t}) { const m = (${t} + g) / 2; g = Math.sqrt(${t} * g); ${t} = m; } }`,
    () =>
      `let ${t} = 2; { const c = ${positive()}; let p = 1; for (let i = 0; i < 40; i++) { const fp = p * p - c, fq = ${t} * ${t} - c; if (Math.abs(fq - fp) < 1e-300 || Math.abs(fq) < ${small()}) break; const r = ${t} - fq * (${t} - p) / (fq - fp); p = ${t}; ${t} = r; } }`,
    () =>
      `const ${t} = (function go(s, k) { ${pick([`if (Math.abs(s) < ${small()} || k > 40) return 0; return s + go(s * 0.3, k + 1);`, `return k > 30 || Math.abs(s) < ${small()} ? 0 : s + go(s * Math.sin(s) * 0.5, k + 1);`])} })(${e()}, 0);`,
    () =>
      `let ${t} = 0; { const c = ${e()}; const g = (s) => (s - c) ** 2 + 0.3 * Math.sin(s); for (let i = 0; i < 300; i++) { const d = 2 * (${t} - c) + 0.3 * Math.cos(${t}); if (Math.abs(d) < ${small()}) break; let a = 1; while (g(${t} - a * d) > g(${t}) - 0.1 * a * d * d && a > 1e-12) a /= 2; ${t} -= a * d; } }`,
  ];
  const searches = [
    () =>
      `let ${t} = 0; { const c = ${positive()}; let l = 0, h = ${pick(['4', 'c + 1', '8'])}; ${pick(['for (let i = 0; i < 60; i++)', `while (h - l > ${pick(['1e-4', '1e-7', '1e-10', '1e-13'])})`])} { const m = (l + h) / 2; if (${pick(['m * m > c', 'm * m * m > c', 'Math.exp(m) - 1 > c'])}) h = m; else l = m; } ${t} = ${pick(['(l + h) / 2', 'l', 'h'])}; }`,
    () =>
      `let ${t} = 0; { const c = ${positive()}; let l = 0, h = 9, m = 0; for (let i = 0; i < 50; i++) { m = (l + h) / 2; const w = m * m - c; if (w === 0) break; w > 0 ? h = m : l = m; } ${t} = ${pick(['m', 'm - (m * m - c) / (2 * m)'])}; }`,
    () =>
      `let ${t} = 0; { const c = ${e()}; let a = -20, b = 20; const k = 0.6180339887498949, g = (s) => (s - c) ** 2 + 0.1 * s; for (let i = 0; i < 70; i++) { const p = b - k * (b - a), q = a + k * (b - a); if (g(p) < g(q)) b = q; else a = p; } ${t} = ${pick(['(a + b) / 2', 'g((a + b) / 2)'])}; }`,
    () =>
      `const ${t} = (function go(l, h, c, k) { const m = (l + h) / 2; return k === 0 ? m : m * m < c ? go(m, h, c, k - 1) : go(l, m, c, k - 1); })(0, 9, ${positive()}, 55);`,
    () =>
      `let ${t} = 0; { const c = ${e()}; let b = Infinity; for (let i = -200; i <= 200; i++) { const s = i / ${pick([10, 50])}; const w = (s - c) ** 2; if (w < b) { b = w; ${t} = ${pick(['s', 'b'])}; } } }`,
  ];
  const pieces = [
    () =>
      `let ${t} = 0; { const c = ${e()}; const X = [-9, -4, -2, -1, -0.5, 0, 0.4, 1, 1.7, 2.6, 4, 8, 20], Y = X.map((s) => Math.sin(s) + s); const i = ${pick(['X.findIndex((s) => s > c)', '(() => { let l = 0, h = X.length - 1; while (h - l > 1) { const m = (l + h) >> 1; if (X[m] > c) h = m; else l = m; } return h; })()', '(() => { let k = 1; while (k < X.length - 1 && X[k] < c) k++; return k; })()'])}; ${t} = Y[i - 1] + (c - X[i - 1]) / (X[i] - X[i - 1]) * (Y[i] - Y[i - 1]); }`,
    () =>
      `let ${t} = ${e()} * ${pick([1, 10, 37])}; while (${t} > Math.PI) ${t} -= 2 * Math.PI; while (${t} < -Math.PI) ${t} += 2 * Math.PI;`,
    () => `const ${t} = ((${e()} * ${pick([10, 50])}) % 360 + 360) % 360;`,
    () => `let ${t} = ${e()} * 7; ${t} = ${t} - Math.floor(${t} / 3) * 3;`,
    () =>
      `let ${t} = ${e()}; { let w = ${e()}; for (let i = 0; i < 30; i++) { w -= 0.1 * Math.sin(${t}); ${t} += 0.1 * w; if (${t} < -1) { ${t} = -2 - ${t}; w = -0.8 * w; } } }`,
    () =>
      `let ${t} = ${e()}; for (let s = 0; s < ${pick(['1', '2.05', positive()])}; s += 0.05) ${t} += 0.05 * Math.cos(${t});`,
    () =>
      `let ${t} = 0; { let h = ${positive()}, w = 0, k = 0; while (h > 0 && k++ < 200) { const u = w - 0.3; const n = h + 0.1 * u; if (n <= 0) { ${t} = k + h / (h - n); break; } h = n; w = u; } }`,
    () => `const ${t} = Math.${pick(['max', 'min'])}(${e()}, ${e()}${pick([`, ${e()}`, ''])});`,
    () => `const ${t} = Math.abs(${e()})${pick(['', ' ** 2', ` * ${v()}`])};`,
    () => `const ${t} = [${e()}, ${e()}, ${e()}, ${e()}].sort((a, b) => a - b)[${pick([0, 1, 2, 3])}];`,
    () => `const ${t} = [${e()}, ${e()}, ${e()}].reduce((a, b) => (a > b ? a : b));`,
    () => `const ${t} = Math.min(Math.max(${e()}, ${pick([-1, 0])}), ${pick([1, 2])});`,
    () => `const ${t} = Math.hypot(${e()}, ${e()});`,
    () => `const ${t} = Math.atan2(${e()}, ${e()});`,
    () =>
      `const ${t} = Math.round(${e()} * ${pick([1, 10, 1000, 1e6])}) / ${pick([1, 10, 1000, 1e6])} + ${e()};`,
    () => `let ${t} = 1; for (let i = 1; i <= ${v()}; i++) ${t} *= 1 + 0.3 * i${pick(['', ` * ${v()}`])};`,
    () => `const ${t} = memo(${v()});`,
  ];
  const guards = [
    () => `const ${t} = ((s) => (s === 0 ? 1 : Math.sin(s) / s))(${e()});`,
    () => `const ${t} = ((s) => (Math.abs(s) < 1e-9 ? 1 : (Math.exp(s) - 1) / s))(${e()});`,
    () => `const ${t} = ((s) => (s % 1 === 0 ? ${pick(['s * s', '0', 's * 2'])} : s * s))(${e()});`,
    () =>
      `const ${t} = ((s) => (${pick(['Number.isInteger(s)', 's === Math.floor(s)', '[0, 1, 2, 3].includes(s)', 's === 1 || s === 2'])} ? ${pick(['s * s + 1', '2 * s'])} : s * s + 1))(${pick([v(), e()])});`,
    () => `const ${t} = ((s) => s || 0.5)(${e()});`,
    () =>
      `const ${t} = ((s) => { switch (s) { case 0: return 0; case 1: return 1; case 2: return ${pick(['8', '4'])}; default: return s ** 3; } })(${v()});`,
    () =>
      `const ${t} = ((s) => (s <= ${pick([0, 1, 2])} ? ${pick(['s * s', '0', 's'])} : ${pick(['s * s', 's', '2 * s - 1'])}))(${pick([v(), e()])});`,
  ];
  return pick(pick([iterations, searches, pieces, guards]))();
}
