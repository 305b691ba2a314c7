/**
 * One call: the function staged at its arguments; its Program's value and derivatives, forward and reverse, held against
 * the trace, whose own numbers are held against Node elsewhere (test/truth, test/styles, test/corpus).
 */
import { analyser } from '../../../core/analysis/analyse.ts';
import { decode } from '../../../core/analysis/encoded.ts';
import { evaluateAt } from '../../../core/analysis/evaluateAt.ts';
import type { EvaluatedAt } from '../../../core/analysis/evaluateAt.types.ts';
import { named } from '../../../core/analysis/named.ts';
import { pathText } from '../../../core/analysis/paths.ts';
import { stageAt } from '../../../core/analysis/stageAt.ts';
import { differentiable, forward } from '../../../core/derive/forward.ts';
import { reverse } from '../../../core/derive/reverse.ts';
import { withModules } from '../../../core/evaluate/modules/world.ts';
import { JsArray, JsObject, JsTypedArray, Slot } from '../../../core/evaluate/objects.ts';
import { Site, type Value } from '../../../core/evaluate/values.ts';
import type { Problem } from '../../../core/problem.ts';
import { type ProgramValue, run } from '../../../core/program/interpret.ts';
import type { Program, ProgramParameter, ProgramResult } from '../../../core/program/program.ts';
import { verify } from '../../../core/program/verify.ts';
import type { Assumption } from '../../../core/stage/assumptions.ts';
import type { Call } from './cases.ts';

export type Finding =
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** The Program stops at an index outside an array, or its own throw. */
  | { readonly kind: 'stopped'; readonly message: string }
  | { readonly kind: 'wrong'; readonly message: string }
  /** `compared`: derivatives held against the trace's; 0 where the trace is silent. */
  | {
      readonly kind: 'staged' | 'at the sample';
      readonly compared: number;
      readonly without: string;
      /** Why it does not stage for arrays of any lengths. */
      readonly open?: Problem;
    };

const STEPS = 3e6;
const RUN_STEPS = 3e7;
const TOLERANCE = 1e-10;
/** Above so many numbers, some of them stand for all. */
const MOST = 24;

/** For arrays of any lengths, else for the shape at the sample. */
export function check(call: Call): Finding {
  const open = checked(call, 'open');
  if (open.kind !== 'refused') return open;
  const sampled = checked(call, 'sample');
  if (sampled.kind === 'refused') return open;
  return sampled.kind === 'staged' ? { ...sampled, kind: 'at the sample', open: open.problem } : sampled;
}

function checked(call: Call, shapes: 'open' | 'sample'): Finding {
  const module = call.module();
  const request = { module, function: call.function, arguments: call.arguments, steps: STEPS, shapes };
  const staged = withModules(() => stageAt(request));
  if ('bad' in staged) return { kind: 'wrong', message: `bad request: ${staged.bad}` };
  if ('problem' in staged) return { kind: 'refused', problem: staged.problem };
  const { program } = staged;
  const faults = verify(program);
  if (faults.length > 0) return { kind: 'wrong', message: `ill-formed: ${faults.join('; ')}` };
  const traced = withModules(() => evaluateAt({ ...request, hessian: false, steps: RUN_STEPS }));
  if (traced.kind === 'refused')
    return { kind: 'staged', compared: 0, without: `the trace refuses: ${traced.error.id}` };
  return compare(call, program, staged.assumptions, traced);
}

function compare(
  call: Call,
  program: Program,
  assumptions: readonly Assumption[],
  traced: EvaluatedAt,
): Finding {
  const entry = program.functions[program.entry]!;
  const inputs = argumentsOf(call, entry.parameters);
  if (inputs === undefined) return { kind: 'staged', compared: 0, without: 'no arguments as JSON' };
  const fresh = () => inputs.map((v) => (typeof v === 'object' ? v.slice() : v));
  const outcome = run(program, fresh(), RUN_STEPS);
  if (outcome.kind !== 'done') return { kind: 'stopped', message: `${outcome.kind}: ${outcome.message}` };
  const paths = pathsOf(entry.results, outcome.results, []);
  const outputs = outcome.results.filter((_, i) => entry.results[i]!.extent !== true);
  const values = flat(outputs);
  const order = traced.outputs.map((path) => paths.indexOf(path));
  if (order.includes(-1) || paths.length !== order.length)
    return { kind: 'wrong', message: `results ${paths.join(' ')}, not ${traced.outputs.join(' ')}` };
  for (const [o, at] of order.entries()) {
    if (!near(values[at]!, traced.value[o]!, 1e-12 * Math.max(1, Math.abs(traced.value[o]!))))
      return { kind: 'wrong', message: `value ${paths[at]}: ${values[at]}, trace ${traced.value[o]}` };
  }
  const held = new Set(
    traced.problems.some((p) => p.id === 'GL101' || p.id === 'GL102') ? heldInputs(traced) : [],
  );
  const special = traced.problems.some((p) => p.severity !== 'hint' && p.id !== 'GL101' && p.id !== 'GL102');
  if (special) return { kind: 'staged', compared: 0, without: 'no ordinary point' };
  const wrt = differentiable(program);
  const leaves = pathsOf(entry.parameters, inputs, assumptions, wrt);
  const columns = leaves.map((path) => (held.has(path) ? -1 : traced.inputs.indexOf(path)));
  const known = columns.flatMap((c, i) => (c < 0 ? [] : [i]));
  if (known.length === 0 || values.length === 0)
    return { kind: 'staged', compared: 0, without: 'inputs of the trace are not parameters' };
  let compared = 0;
  const jacobian = (o: number, i: number) => traced.jacobian[o]![columns[i]!]!;
  const scale = traced.jacobian.map((row) => Math.max(...row.map((d) => Math.abs(d) || 0), 0));

  const jvp = forward(program, wrt);
  const jvpFaults = verify(jvp);
  if (jvpFaults.length > 0) return { kind: 'wrong', message: `forward mode: ${jvpFaults.join('; ')}` };
  for (const i of some(known)) {
    let at = 0;
    const tangents = entry.parameters.flatMap((_, p): ProgramValue[] =>
      wrt[p] ? [fill(inputs[p]!, () => (at++ === i ? 1 : 0))] : [],
    );
    const result = run(jvp, [...fresh(), ...tangents], RUN_STEPS);
    if (result.kind !== 'done')
      return { kind: 'wrong', message: `forward mode: ${result.kind} ${result.message}` };
    const rates = flat(result.results).slice(flat(outcome.results).length);
    for (const [o, k] of order.entries()) {
      compared++;
      if (!near(rates[k]!, jacobian(o, i), TOLERANCE * scale[o]!))
        return {
          kind: 'wrong',
          message: `forward d${paths[k]}/d${leaves[i]}: ${rates[k]}, trace ${jacobian(o, i)}`,
        };
    }
  }
  const vjp = reverse(program, { wrt });
  const vjpFaults = verify(vjp);
  if (vjpFaults.length > 0) return { kind: 'wrong', message: `reverse mode: ${vjpFaults.join('; ')}` };
  for (const o of some(order.map((_, i) => i))) {
    let at = 0;
    const bars = outputs.map((r) => fill(r, () => (at++ === order[o] ? 1 : 0)));
    const result = run(vjp, [...fresh(), ...bars], RUN_STEPS);
    if (result.kind !== 'done')
      return { kind: 'wrong', message: `reverse mode: ${result.kind} ${result.message}` };
    const adjoints = flat(result.results);
    for (const i of known) {
      compared++;
      if (!near(adjoints[i]!, jacobian(o, i), TOLERANCE * scale[o]!))
        return {
          kind: 'wrong',
          message: `reverse d${paths[order[o]!]}/d${leaves[i]}: ${adjoints[i]}, trace ${jacobian(o, i)}`,
        };
    }
  }
  return { kind: 'staged', compared, without: '' };
}

function near(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance || Number.isNaN(b);
}

/** What the trace holds fixed: columns of zeros, where it says that there are such. */
function heldInputs(traced: EvaluatedAt): string[] {
  return traced.inputs.filter((_, i) => traced.jacobian.every((row) => row[i] === 0));
}

function some(of: readonly number[]): readonly number[] {
  if (of.length <= MOST) return of;
  return Array.from({ length: MOST }, (_, k) => of[Math.floor((k * of.length) / MOST)]!);
}

function fill(like: ProgramValue, next: () => number): ProgramValue {
  return typeof like === 'object' ? Float64Array.from(like, next) : next();
}

function flat(values: readonly ProgramValue[]): number[] {
  return values.flatMap((v) => (typeof v === 'object' ? Array.from(v) : [Number(v)]));
}

function leafPaths(path: readonly (string | number)[], value: ProgramValue): string[] {
  const keyed = path.map((key) => String(key));
  if (typeof value !== 'object') return [pathText(keyed)];
  return Array.from(value, (_, i) => pathText([...keyed, String(i)]));
}

/** The arguments that the parameters of the Program stand for; undefined where they are not given as JSON. */
function argumentsOf(call: Call, parameters: readonly ProgramParameter[]): ProgramValue[] | undefined {
  const given = call.arguments;
  if (given.kind !== 'encoded') return undefined;
  const { ev } = analyser();
  const module = analyser().module(call.module());
  const site = new Site({ file: '', statement: -1, span: { start: 0, end: 0 } });
  const token = ev.store.begin();
  try {
    module.enter();
    const context = { ev, site, lookup: (name: string): Value => named(module, name)?.value };
    const roots = new Map<string | number, Value>();
    given.args.forEach((v, i) => {
      roots.set(i, decode(context, v, '', [i], i).make());
    });
    if (given.receiver !== undefined)
      roots.set('this', decode(context, given.receiver, '', ['this'], -1).make());
    return parameters.map((p) => {
      const [head, ...keys] = p.path;
      if (p.rest === true) return Float64Array.from(given.args.slice(Number(head)) as number[]);
      const found = gather(
        roots.get(head!),
        keys,
        (p.each ?? []).map((k) => k - 1),
      );
      const [only] = found;
      if (only === undefined && p.default !== undefined)
        return typeof p.default !== 'object'
          ? p.default
          : 'array' in p.default
            ? Float64Array.from(p.default.array)
            : (roots.get(p.default.length) as JsArray).elements.length;
      if (p.each !== undefined && p.extent === undefined) return Float64Array.from(found as number[]);
      if (only instanceof JsArray || only instanceof JsTypedArray)
        return Float64Array.from(only.elements as number[]);
      if (typeof only !== 'number' && typeof only !== 'boolean')
        throw new Error(`no number at ${p.path.join('.')}`);
      return only;
    });
  } finally {
    ev.store.end(token);
  }
}

/** What stands at a path, in order; of all elements where it says so. */
function gather(value: Value, keys: readonly (string | number)[], each: readonly number[]): Value[] {
  const [key, ...rest] = keys;
  if (key === undefined) return [value];
  const deeper = each.flatMap((k) => (k > 0 ? [k - 1] : []));
  if (value instanceof JsArray || value instanceof JsTypedArray) {
    if (each.includes(0)) return value.elements.flatMap((e) => gather(e, rest, deeper));
    if (key === 'length') return [value.elements.length];
    return gather(value.elements[Number(key)], rest, deeper);
  }
  if (!(value instanceof JsObject)) return [undefined];
  const found = value.properties.get(String(key));
  return gather(found instanceof Slot ? undefined : found, rest, deeper);
}

/** The paths of the numbers in the values of parameters or results, as the trace has them; lengths apart. */
function pathsOf(
  of: readonly (ProgramParameter | ProgramResult)[],
  values: readonly ProgramValue[],
  assumptions: readonly Assumption[],
  wanted: readonly boolean[] = of.map(() => true),
): string[] {
  const lengths = new Map<string, number>();
  for (const a of assumptions) if (a.kind === 'length') lengths.set(a.path.join(' '), a.length);
  of.forEach((p, i) => {
    if (p.extent === true) lengths.set(p.path.slice(0, -1).join(' '), Number(values[i]));
  });
  return of.flatMap((p, i) => {
    const value = values[i]!;
    if (p.extent === true || wanted[i] !== true) return [];
    if ('rest' in p) {
      const first = Number(p.path[0]);
      return Array.from(value as Float64Array, (_, k) => pathText([String(first + k)]));
    }
    if (p.each === undefined) return leafPaths(p.path, value);
    let paths: (string | number)[][] = [[]];
    p.path.forEach((key, at) => {
      if (!p.each!.includes(at)) paths = paths.map((q) => [...q, key]);
      else {
        const above = p.path.slice(0, at).join(' ');
        const last = at === p.each!.at(-1);
        const size = Array.from(value as ArrayLike<number>).length;
        const n = lengths.get(above) ?? (last ? Math.round(size / Math.max(1, paths.length)) : undefined);
        if (n === undefined) throw new Error(`the length at ${above} is not known`);
        paths = paths.flatMap((q) => Array.from({ length: n }, (_, k) => [...q, k]));
      }
    });
    return paths.map((q) => pathText(q.map(String)));
  });
}
