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
import { forward } from '../../../core/derive/forward.ts';
import { reverse } from '../../../core/derive/reverse.ts';
import { withModules } from '../../../core/evaluate/modules/world.ts';
import { JsArray, JsObject, JsTypedArray, Slot } from '../../../core/evaluate/objects.ts';
import { Site, type Value } from '../../../core/evaluate/values.ts';
import type { Problem } from '../../../core/problem.ts';
import { type ProgramValue, run } from '../../../core/program/interpret.ts';
import type { Program, ProgramParameter } from '../../../core/program/program.ts';
import { verify } from '../../../core/program/verify.ts';
import type { Call } from './cases.ts';

export type Finding =
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** The Program stops at an index outside an array, or its own throw. */
  | { readonly kind: 'stopped'; readonly message: string }
  | { readonly kind: 'wrong'; readonly message: string }
  /** `compared`: derivatives held against the trace's; 0 where the trace is silent. */
  | { readonly kind: 'staged'; readonly compared: number; readonly without: string };

const STEPS = 3e6;
const RUN_STEPS = 3e7;
const TOLERANCE = 1e-10;
/** Above so many numbers, some of them stand for all. */
const MOST = 24;

export function check(call: Call): Finding {
  const module = call.module();
  const request = { module, function: call.function, arguments: call.arguments, steps: STEPS };
  const staged = withModules(() => stageAt(request));
  if ('bad' in staged) return { kind: 'wrong', message: `bad request: ${staged.bad}` };
  if ('problem' in staged) return { kind: 'refused', problem: staged.problem };
  const { program } = staged;
  const faults = verify(program);
  if (faults.length > 0) return { kind: 'wrong', message: `ill-formed: ${faults.join('; ')}` };
  const traced = withModules(() => evaluateAt({ ...request, hessian: false, steps: RUN_STEPS }));
  if (traced.kind === 'refused')
    return { kind: 'staged', compared: 0, without: `the trace refuses: ${traced.error.id}` };
  return compare(call, program, traced);
}

function compare(call: Call, program: Program, traced: EvaluatedAt): Finding {
  const entry = program.functions[program.entry]!;
  const inputs = argumentsOf(call, entry.parameters);
  if (inputs === undefined) return { kind: 'staged', compared: 0, without: 'no arguments as JSON' };
  const fresh = () => inputs.map((v) => (typeof v === 'object' ? v.slice() : v));
  const outcome = run(program, fresh(), RUN_STEPS);
  if (outcome.kind !== 'done') return { kind: 'stopped', message: `${outcome.kind}: ${outcome.message}` };
  const paths = entry.results.flatMap((r, i) => leafPaths(r.path, outcome.results[i]!));
  const values = flat(outcome.results);
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
  const wrt = entry.parameters.map(
    (p) =>
      p.type === 'number' || (p.type === 'buffer' && (p.typed === undefined || p.typed.startsWith('Float'))),
  );
  const leaves = entry.parameters.flatMap((p, i) => (wrt[i] ? leafPaths(p.path, inputs[i]!) : []));
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
    const rates = flat(result.results).slice(values.length);
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
    const bars = outcome.results.map((r) => fill(r, () => (at++ === order[o] ? 1 : 0)));
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
    return parameters.map(({ path }) => {
      const [head, ...keys] = path;
      let value = roots.get(head!);
      for (const key of keys) {
        if (value instanceof JsArray || value instanceof JsTypedArray) value = value.elements[Number(key)];
        else if (value instanceof JsObject) {
          const found = value.properties.get(String(key));
          value = found instanceof Slot ? undefined : found;
        }
      }
      if (value instanceof JsArray || value instanceof JsTypedArray)
        return Float64Array.from(value.elements as number[]);
      if (typeof value !== 'number' && typeof value !== 'boolean')
        throw new Error(`no number at ${path.join('.')}`);
      return value;
    });
  } finally {
    ev.store.end(token);
  }
}
