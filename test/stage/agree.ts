/**
 * One function, seven ways: the real function in Node, the trace, the staged Program as built and optimised, its forward
 * and reverse mode, the generated code, and differences of high order of the real function.
 */
import { transformSync } from 'esbuild';
import { derive } from '../../core/derive/derive.ts';
import { forward } from '../../core/derive/forward.ts';
import { reverse } from '../../core/derive/reverse.ts';
import { generateModule } from '../../core/generate/typescript.ts';
import { type ProgramValue, run } from '../../core/program/interpret.ts';
import { printProgram } from '../../core/program/print.ts';
import type { Program } from '../../core/program/program.ts';
import { verify } from '../../core/program/verify.ts';
import { differences } from '../program/compare.ts';
import { analyseText } from '../support/source.ts';
import { stageText } from '../support/stage.ts';

type Callable = (...args: unknown[]) => unknown;

/** Runs a module's text in Node and returns one of its functions. */
export function load(text: string, name: string): Callable {
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs' });
  // The tests' own texts, not a user's.
  return new Function('module', 'exports', `${code}\nreturn ${name};`)({ exports: {} }, {}) as Callable;
}

export type Agreement =
  | { readonly kind: 'refused'; readonly id: string; readonly message: string; readonly at: string }
  /** The Program stops where the real function goes on with NaN: an index outside an array. */
  | { readonly kind: 'stopped'; readonly message: string }
  | { readonly kind: 'thrown' }
  | { readonly kind: 'agrees'; readonly program: Program; readonly compared: number };

const copy = (v: unknown): unknown => structuredClone(v);

function leaves(v: unknown): number[] {
  if (typeof v === 'number') return [v];
  if (typeof v === 'object' && v !== null) {
    if (ArrayBuffer.isView(v)) return Array.from(v as unknown as Iterable<number>);
    return Object.values(v).flatMap(leaves);
  }
  return [];
}

function at(v: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((o, key) => (o as Record<string | number, unknown> | undefined)?.[key], v);
}

/** The arguments moved by t along a direction; the direction's entries are taken in order of the leaves. */
function moved(v: unknown, direction: () => number, t: number): unknown {
  if (typeof v === 'number') return v + t * direction();
  if (ArrayBuffer.isView(v)) {
    const typed = v as Float64Array;
    return typed.map((x) => x + t * direction());
  }
  if (Array.isArray(v)) return v.map((x) => moved(x, direction, t));
  if (typeof v === 'object' && v !== null)
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, moved(x, direction, t)]));
  return v;
}

const cycle = (values: readonly number[]) => {
  let i = 0;
  return () => values[i++ % values.length]!;
};

const DIRECTION = [0.8, -0.6, 0.5, 1, -0.7, 0.3, 0.9];

const buffer = (v: unknown): ProgramValue =>
  typeof v === 'object' && v !== null
    ? ArrayBuffer.isView(v)
      ? (v as Float64Array).slice()
      : Float64Array.from(v as number[])
    : (v as number);

const flat = (values: readonly ProgramValue[]) =>
  values.flatMap((v) => (typeof v === 'object' ? Array.from(v) : [Number(v)]));

const sameNumber = (a: number, b: number, tolerance: number) =>
  Object.is(a, b) ||
  (Number.isNaN(a) && Number.isNaN(b)) ||
  a === b ||
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));

export class Disagreement extends Error {}

function expectSame(
  what: string,
  got: readonly number[],
  expected: readonly number[],
  tolerance: number,
  detail: () => string,
): void {
  const same = got.length === expected.length && got.every((g, i) => sameNumber(g, expected[i]!, tolerance));
  if (!same)
    throw new Disagreement(`${what}: [${got.join(', ')}], expected [${expected.join(', ')}]\n${detail()}`);
}

export interface Options {
  /** Arguments that are whole numbers: held fixed. */
  readonly fixed?: readonly number[];
  /** Arguments from which the stage learns shapes; the arguments themselves where absent. */
  readonly samples?: readonly unknown[];
  readonly h?: number;
  /** Names of the parameters, for the trace; no trace where absent. */
  readonly trace?: readonly string[];
}

/** Compares everything at one point. Throws a Disagreement where two differ. */
export function agree(
  text: string,
  name: string,
  args: readonly unknown[],
  options: Options = {},
): Agreement {
  const { fixed = [], samples = args, h = 1e-3 } = options;
  const staged = stageText(text, name, samples);
  if ('problem' in staged) {
    const { id, message, location } = staged.problem;
    const span = location?.span;
    return { kind: 'refused', id, message, at: span === undefined ? '' : text.slice(span.start, span.end) };
  }
  const { program } = staged;
  const detail = () => `${text}\n${printProgram(program)}\nat ${JSON.stringify(args)}`;
  const rawStaged = stageText(text, name, samples, true);
  if ('problem' in rawStaged) throw new Disagreement(`only the raw Program is refused\n${detail()}`);
  for (const p of [program, rawStaged.program]) {
    const faults = verify(p);
    if (faults.length > 0) throw new Disagreement(`${faults.join('; ')}\n${detail()}`);
  }
  const entry = program.functions[program.entry]!;
  const real = load(text, name);
  const call = (given: readonly unknown[]) => load(text, name)(...(copy(given) as unknown[]));

  let value: unknown;
  let threw = false;
  try {
    value = real(...(copy(args) as unknown[]));
  } catch {
    threw = true;
  }
  const inputsOf = (p: Program, given: readonly unknown[]) =>
    p.functions[p.entry]!.parameters.map((q) => buffer(at(given, q.path)));
  const outcome = run(program, inputsOf(program, args), 1e7);
  const rawOutcome = run(rawStaged.program, inputsOf(rawStaged.program, args), 1e7);
  if (outcome.kind === 'range') return { kind: 'stopped', message: 'range' };
  if (threw || outcome.kind === 'thrown') {
    if (!threw || outcome.kind !== 'thrown' || (rawOutcome.kind !== 'thrown' && rawOutcome.kind !== 'range'))
      throw new Disagreement(
        `throws: real ${threw}, optimised ${outcome.kind}, raw ${rawOutcome.kind}\n${detail()}`,
      );
    return { kind: 'thrown' };
  }
  if (outcome.kind !== 'done' || (rawOutcome.kind !== 'done' && rawOutcome.kind !== 'range'))
    throw new Disagreement(`${outcome.kind} ${rawOutcome.kind}\n${detail()}`);
  const expected = entry.results.flatMap((r) => leaves(at(value, r.path)));
  if (expected.length !== leaves(value).length)
    throw new Disagreement(`results are missing: ${JSON.stringify(value)}\n${detail()}`);
  // To the bit, but for what the optimiser is allowed to associate differently.
  // Only the optimised Program leaves out an element that is read for nothing.
  if (rawOutcome.kind === 'done') expectSame('raw Program', flat(rawOutcome.results), expected, 0, detail);
  expectSame('Program', flat(outcome.results), expected, 1e-12, detail);

  const generated = load(generateModule(program, { name: 'generated', language: 'ts' }), 'generated');
  const given = copy(args) as unknown[];
  expectSame('generated code', leaves(generated(...given)), expected, 1e-12, detail);

  // What of the leaves may be moved.
  const wrt = entry.parameters.map(
    (p) =>
      typeof p.path[0] === 'number' &&
      !fixed.includes(p.path[0]) &&
      (p.type === 'number' ||
        (p.type === 'buffer' && (p.typed === undefined || p.typed.startsWith('Float')))),
  );
  if (!wrt.includes(true) || expected.length === 0 || entry.results.some((r) => r.type === 'boolean'))
    return { kind: 'agrees', program, compared: 0 };

  const unit = (v: unknown, next: () => number): unknown =>
    typeof v === 'number'
      ? next()
      : ArrayBuffer.isView(v)
        ? Float64Array.from(v as Float64Array, next)
        : Array.isArray(v)
          ? v.map((x) => unit(x, next))
          : typeof v === 'object' && v !== null
            ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, unit(x, next)]))
            : v;
  const next = cycle(DIRECTION);
  const tangents = args.map((a, i) => (fixed.includes(i) ? undefined : unit(a, next)));
  const shifted = (t: number) => {
    const step = cycle(DIRECTION);
    return args.map((a, i) => (fixed.includes(i) ? a : moved(a, step, t)));
  };

  const jvp = forward(program, wrt);
  const seeds = expected.map((_, i) => [1, -0.5, 0.3, 0.9, -0.4][i % 5]!);
  const vjp = reverse(program, { wrt, value: true });
  for (const p of [jvp, vjp]) {
    const faults = verify(p);
    if (faults.length > 0) throw new Disagreement(`derivative: ${faults.join('; ')}\n${detail()}`);
  }
  const own = inputsOf(program, args);
  const dots = entry.parameters.flatMap((p, i) => (wrt[i] ? [buffer(at(tangents, p.path))] : []));
  const along = flat(dots);
  const both = run(jvp, [...own, ...dots], 1e7);
  if (both.kind !== 'done') throw new Disagreement(`forward mode: ${both.kind} ${both.message}\n${detail()}`);
  const forwards = flat(both.results).slice(expected.length);
  expectSame(
    'value of the forward mode',
    flat(both.results).slice(0, expected.length),
    expected,
    1e-12,
    detail,
  );

  let at0 = 0;
  const bars = outcome.results.map((r): ProgramValue => {
    const n = typeof r === 'object' ? r.length : 1;
    const part = seeds.slice(at0, at0 + n);
    at0 += n;
    return typeof r === 'object' ? Float64Array.from(part) : part[0]!;
  });
  const swept = run(vjp, [...inputsOf(program, args), ...bars], 1e7);
  if (swept.kind !== 'done')
    throw new Disagreement(`reverse mode: ${swept.kind} ${swept.message}\n${detail()}`);
  const adjoints = flat(swept.results).slice(expected.length);
  const dotted = along.reduce((total, d, i) => total + d * adjoints[i]!, 0);
  const seeded = forwards.reduce((total, d, i) => total + d * seeds[i]!, 0);
  if (![...forwards, ...adjoints].some((x) => !Number.isFinite(x)))
    expectSame('⟨w̄, ẇ⟩ of reverse mode', [dotted], [seeded], 1e-9, detail);

  let compared = 0;
  const expectedRates = differences((t) => {
    let result: unknown;
    try {
      result = call(shifted(t));
    } catch {
      // Beside the point it throws: another path.
    }
    const found = entry.results.flatMap((r) => leaves(at(result, r.path)));
    return found.length === expected.length ? found : expected.map(() => Number.NaN);
  }, h);
  forwards.forEach((rate, i) => {
    const reference = expectedRates[i]!;
    // Differences that have not converged say that a path changes within their reach.
    if (!(reference.error <= 1e-8 * Math.max(1, Math.abs(reference.value)))) return;
    compared++;
    expectSame(`tangent ${i}`, [rate], [reference.value], 1e-5, detail);
  });

  if (expected.length === 1 && entry.results[0]!.type === 'number') {
    const gradient = flat(swept.results)
      .slice(1)
      .map((g) => g / seeds[0]!);
    // 0·NaN of what is not reached is one style's 0 and the other's NaN.
    for (const style of gradient.every(Number.isFinite) ? (['readable', 'fast'] as const) : []) {
      const derived = derive(program, 'value-and-gradient', wrt, { style });
      if (derived.kind !== 'derived') continue;
      const faults = verify(derived.program);
      if (faults.length > 0) throw new Disagreement(`${style}: ${faults.join('; ')}\n${detail()}`);
      const text = generateModule(derived.program, { name: 'generated', language: 'ts', style });
      const code = load(text, 'generated');
      // What it keeps from call to call must not matter.
      for (let run = 0; run < (style === 'fast' ? 2 : 1); run++) {
        const all = leaves(code(...(copy(args) as unknown[])));
        expectSame(
          `${style} generated gradient`,
          all,
          [...expected, ...gradient],
          1e-9,
          () => `${text}\n${detail()}`,
        );
      }
    }
  }

  if (options.trace !== undefined) {
    const names = options.trace;
    const analysis = analyseText(text, name, Object.fromEntries(names.map((n, i) => [n, args[i]])));
    const { sample } = analysis;
    if (sample !== undefined) {
      expectSame(
        'trace',
        sample.outputs.map((o) => o.value),
        leaves(value),
        1e-12,
        detail,
      );
      const row = sample.jacobian;
      const step = new Map<string, number>();
      entry.parameters.forEach((p, i) => {
        if (!wrt[i]) return;
        const t = buffer(at(tangents, p.path));
        if (typeof t === 'object') t.forEach((x, k) => step.set([...p.path, k].join('.'), x));
        else step.set(p.path.join('.'), Number(t));
      });
      // Where the trace holds an input fixed that the Program differentiates, they cannot be compared.
      const traced = new Set(sample.inputs.map((x) => x.path.join('.')));
      if (
        [...step.keys()].every((key) => traced.has(key)) &&
        [...forwards, ...expected].every(Number.isFinite)
      ) {
        const rates = row.map((partials) =>
          partials.reduce((total, d, i) => total + d * (step.get(sample.inputs[i]!.path.join('.')) ?? 0), 0),
        );
        expectSame('tangents of the trace', rates, forwards, 1e-9, detail);
      }
    }
  }
  return { kind: 'agrees', program, compared };
}
