/**
 * One call: the function staged at its arguments; its Program's value and derivatives, forward and reverse, held against
 * the trace, whose own numbers are held against Node elsewhere (test/truth, test/styles, test/corpus).
 */
import { analyser } from '../../../core/analysis/analyse.ts';
import { evaluateAt } from '../../../core/analysis/evaluateAt.ts';
import type { EvaluatedAt } from '../../../core/analysis/evaluateAt.types.ts';
import { HeldAt } from '../../../core/analysis/holdAt.ts';
import type { ModuleSlice } from '../../../core/analysis/model.ts';
import { leafPaths, programInputs } from '../../../core/analysis/programArguments.ts';
import { resolve } from '../../../core/analysis/resolve.ts';
import { stageAt, withArguments } from '../../../core/analysis/stageAt.ts';
import { derive } from '../../../core/derive/derive.ts';
import { differentiable } from '../../../core/derive/forward.ts';
import { withModules } from '../../../core/evaluate/modules/world.ts';
import type { Problem } from '../../../core/problem.ts';
import { type ProgramValue, run } from '../../../core/program/interpret.ts';
import type { Program } from '../../../core/program/program.ts';
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
/** As `core/analysis/hold.ts` has it. */
const TOLERANCE = 1e-10;
const WITH_ROUNDING = 1e-8;
const ROUNDINGS = 16;
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
  const traced = withModules(() =>
    evaluateAt({ ...request, hessian: false, contributions: true, steps: RUN_STEPS }),
  );
  if (traced.kind === 'refused')
    return { kind: 'staged', compared: 0, without: `the trace refuses: ${traced.error.id}` };
  const finding = compare(call, program, staged.assumptions, traced);
  if (finding.kind !== 'wrong') return finding;
  const problem = withModules(() => refusal(call, module, program));
  return problem === undefined ? finding : { kind: 'refused', problem };
}

/** What is said instead of code that would be wrong. */
function refusal(call: Call, module: ModuleSlice, program: Program): Problem | undefined {
  const found = resolve(analyser().module(module), module.statements, call.function);
  if (typeof found === 'string' || !('fn' in found) || found.node === undefined) return undefined;
  const subject = { module, function: call.function, program, at: found.at, steps: RUN_STEPS };
  for (const kind of ['jvp', 'vjp'] as const) {
    const held = new HeldAt(subject, kind, found.node);
    const derived = derive(program, kind);
    const problem =
      held.prepare(call.arguments) ?? (derived.kind === 'derived' ? held.check(derived.program) : undefined);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function compare(
  call: Call,
  program: Program,
  assumptions: readonly Assumption[],
  traced: EvaluatedAt,
): Finding {
  const entry = program.functions[program.entry]!;
  const { arguments: given } = call;
  const inputs =
    given.kind === 'sample'
      ? undefined
      : withArguments({ module: call.module(), function: call.function, arguments: given }, (values) =>
          programInputs(entry.parameters, values.args, values.receiver),
        );
  if (inputs === undefined) return { kind: 'staged', compared: 0, without: 'no arguments as JSON' };
  const fresh = () => inputs.map((v) => (typeof v === 'object' ? v.slice() : v));
  const outcome = run(program, fresh(), RUN_STEPS);
  if (outcome.kind !== 'done') return { kind: 'stopped', message: `${outcome.kind}: ${outcome.message}` };
  const paths = leafPaths(entry.results, outcome.results).flat();
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
  const leaves = leafPaths(entry.parameters, inputs, lengthsOf(assumptions)).flatMap((paths, p) =>
    wrt[p] ? paths : [],
  );
  const columns = leaves.map((path) => (held.has(path) ? -1 : traced.inputs.indexOf(path)));
  const known = columns.flatMap((c, i) => (c < 0 ? [] : [i]));
  if (known.length === 0 || values.length === 0)
    return { kind: 'staged', compared: 0, without: 'inputs of the trace are not parameters' };
  let compared = 0;
  const jacobian = (o: number, i: number) => traced.jacobian[o]![columns[i]!]!;
  const { sums, rounding } = traced.contributions!;
  /** Of what flows from the input to the output; as much as the path's own rounding moves where that is more. */
  const tolerance = (o: number, i: number) => {
    const flow = Math.max(sums[o]![columns[i]!]!, Math.abs(jacobian(o, i)));
    const noise = Math.min(WITH_ROUNDING * flow, ROUNDINGS * rounding[o]![columns[i]!]!);
    return Math.max(TOLERANCE * flow, noise);
  };

  const derived = derive(program, 'jvp', wrt);
  if (derived.kind === 'refused') return { kind: 'wrong', message: derived.reason };
  const jvp = derived.program;
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
      if (!near(rates[k]!, jacobian(o, i), tolerance(o, i)))
        return {
          kind: 'wrong',
          message: `forward d${paths[k]}/d${leaves[i]}: ${rates[k]}, trace ${jacobian(o, i)}`,
        };
    }
  }
  const swept = derive(program, 'vjp', wrt);
  if (swept.kind === 'refused') return { kind: 'wrong', message: swept.reason };
  const vjp = swept.program;
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
      if (!near(adjoints[i]!, jacobian(o, i), tolerance(o, i)))
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

/** Lengths that are held, by their arrays' paths. */
function lengthsOf(assumptions: readonly Assumption[]): Map<string, number> {
  return new Map(assumptions.flatMap((a) => (a.kind === 'length' ? [[a.path.join(' '), a.length]] : [])));
}
