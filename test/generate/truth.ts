/**
 * Generated code against the trace and against the function itself: every kind of derivative that a function has, run in
 * the test, and its text for the type checker.
 */
import { transformSync } from 'esbuild';
import { analyser } from '../../core/analysis/analyse.ts';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import type { EncodedValue, EvaluatedAt } from '../../core/analysis/evaluateAt.types.ts';
import type { ModuleSlice } from '../../core/analysis/model.ts';
import { ownOf } from '../../core/analysis/ownParameters.ts';
import { pathText } from '../../core/analysis/paths.ts';
import { resolve } from '../../core/analysis/resolve.ts';
import { stageAt } from '../../core/analysis/stageAt.ts';
import { DERIVATIVE_KINDS, type DerivativeKind } from '../../core/derive/kinds.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import { generateDerivative } from '../../core/generate/derivative.ts';
import type { Generated, GenerateRequest } from '../../core/generate/request.ts';
import type { Program } from '../../core/program/program.ts';
import { resultLeaves } from '../support/encoding.ts';

export interface Subject {
  readonly module: ModuleSlice;
  readonly function: string;
  readonly args: readonly EncodedValue[];
  readonly receiver?: EncodedValue | undefined;
  /** The same arguments for the generated function, the receiver first; fresh ones each time. */
  readonly host: () => unknown[];
}

export type Finding =
  | { readonly kind: DerivativeKind | 'stage'; readonly verdict: 'refused'; readonly message: string }
  | { readonly kind: DerivativeKind; readonly verdict: 'right'; readonly text: string }
  | {
      readonly kind: DerivativeKind;
      readonly verdict: 'wrong';
      readonly text: string;
      readonly message: string;
    };

type Callable = (...args: unknown[]) => unknown;

/** Of the largest contribution. */
const TOLERANCE = 1e-9;
const STEPS = 3e6;

export function judge(subject: Subject, request: Partial<GenerateRequest> = {}): readonly Finding[] {
  const { module, function: name } = subject;
  return withModules(() => {
    const given = { kind: 'encoded', args: subject.args, receiver: subject.receiver } as const;
    const staged = stageAt({ module, function: name, arguments: given, steps: STEPS });
    if ('bad' in staged) return [{ kind: 'stage', verdict: 'refused', message: staged.bad }];
    if ('problem' in staged)
      return [
        { kind: 'stage', verdict: 'refused', message: `${staged.problem.id} ${staged.problem.message}` },
      ];
    const found = resolve(analyser().module(module), module.statements, name);
    const node = typeof found === 'object' && 'fn' in found ? found.node : undefined;
    const own = node === undefined ? {} : ownOf(node, staged.assumptions);
    const traced = evaluateAt({
      module,
      function: name,
      arguments: given,
      hessian: staged.program.functions[staged.program.entry]!.results.length === 1,
      steps: STEPS,
    });
    const judging = new Judging(subject, staged.program, traced.kind === 'done' ? traced : undefined);
    return DERIVATIVE_KINDS.map((kind) => judging.judge({ language: 'ts', ...request, ...own, kind }));
  });
}

class Judging {
  private readonly subject: Subject;
  private readonly program: Program;
  private readonly reference: EvaluatedAt | undefined;

  constructor(subject: Subject, program: Program, reference: EvaluatedAt | undefined) {
    this.subject = subject;
    this.program = program;
    this.reference = reference;
  }

  judge(request: GenerateRequest): Finding {
    const { kind } = request;
    const answer = generateDerivative(this.program, request);
    if (answer.kind === 'refused') return { kind, verdict: 'refused', message: answer.problem.message };
    const text = answer.code;
    const wrong = (message: string): Finding => ({ kind, verdict: 'wrong', text, message });
    if (this.reference === undefined) return { kind, verdict: 'right', text };
    let got: Map<string, number>;
    let expected: Map<string, number>;
    try {
      const call = load(text, answer.name);
      expected = this.expected(kind, answer);
      const own = this.subject.host();
      // What is left out takes its default.
      const receiver = this.subject.receiver === undefined ? 0 : 1;
      while (own.length < (request.parameters?.length ?? 0) + receiver) own.push(undefined);
      got = resultLeaves(call(...own, ...this.added(kind, answer)));
    } catch (error) {
      return wrong(`throws ${(error as Error).message}`);
    }
    const scale = Math.max(0, ...[...expected.values()].map(Math.abs).filter(Number.isFinite));
    for (const [path, value] of expected) {
      const other = got.get(path);
      if (other === undefined) return wrong(`${path} is missing of [${[...got.keys()].join(', ')}]`);
      if (!near(other, value, scale)) return wrong(`${path} is ${other}, expected ${value}`);
    }
    for (const [path, value] of got)
      if (!expected.has(path) && value !== 0) return wrong(`${path} is ${value}, expected nothing`);
    return { kind, verdict: 'right', text };
  }

  /** The paths of the trace's inputs in the shape of a gradient. */
  private gradientPaths({ inputs }: Generated): { readonly path: string; readonly column: number }[] {
    return this.reference!.inputs.flatMap((input, column) =>
      inputs.flatMap((prefix, k) => {
        const under = pathText(prefix);
        if (input !== under && !(input.startsWith(under) && /^[.[]/.test(input.slice(under.length))))
          return [];
        const rest = input.slice(under.length).replace(/^\./, '');
        const path = inputs.length === 1 ? rest : rest === '' ? String(k) : `${k}.${rest}`;
        return [{ path, column }];
      }),
    );
  }

  private expected(kind: DerivativeKind, answer: Generated): Map<string, number> {
    const { value, outputs, jacobian, hessian } = this.reference!;
    const found = new Map<string, number>();
    const inputs = this.gradientPaths(answer);
    const seeds = outputs.map((_, i) => seed(i));
    const along = (row: readonly number[]) =>
      inputs.reduce((sum, { column }, i) => sum + row[column]! * seed(i), 0);
    switch (kind) {
      case 'gradient':
        for (const { path, column } of inputs) found.set(path, jacobian[0]![column]!);
        break;
      case 'value-and-gradient':
        found.set('value', value[0]!);
        for (const { path, column } of inputs) found.set(joined('gradient', path), jacobian[0]![column]!);
        break;
      case 'vjp':
        for (const { path, column } of inputs)
          found.set(
            path,
            seeds.reduce((sum, s, i) => sum + s * jacobian[i]![column]!, 0),
          );
        break;
      case 'jvp':
        outputs.forEach((path, i) => found.set(path, along(jacobian[i]!)));
        break;
      case 'jacobian':
        outputs.forEach((output, i) => {
          for (const { path, column } of inputs) found.set(joined(output, path), jacobian[i]![column]!);
        });
        break;
      case 'hvp':
        for (const { path, column } of inputs) found.set(path, along(hessian![0]![column]!));
        break;
      case 'hessian':
        for (const a of inputs)
          for (const b of inputs) found.set(joined(a.path, b.path), hessian![0]![a.column]![b.column]!);
    }
    return found;
  }

  /** Tangents and adjoints: the numbers of `seed` in the order of the trace's inputs and outputs. */
  private added(kind: DerivativeKind, answer: Generated): unknown[] {
    if (kind === 'vjp') {
      const { outputs } = this.reference!;
      return [shaped(outputs.map((path, i) => [path, seed(i)] as const))];
    }
    if (kind !== 'jvp' && kind !== 'hvp') return [];
    const args = this.subject.host();
    const receiver = this.subject.receiver !== undefined;
    const paths = this.gradientPaths(answer);
    const whole = answer.inputs.map((prefix) => {
      const [root, ...keys] = prefix;
      const at = root === 'this' ? args[0] : args[(root as number) + (receiver ? 1 : 0)];
      return zeros(keys.reduce<unknown>((v, key) => (v as Record<string, unknown>)[key], at));
    });
    if (whole.length > 1) {
      paths.forEach(({ path }, i) => put(whole, path, seed(i)));
      return whole;
    }
    return [paths.reduce((v, { path }, i) => put(v, path, seed(i)), whole[0])];
  }
}

const seed = (i: number): number => [1, -0.5, 0.3, 0.9, -0.4, 0.7, -0.8][i % 7]!;

function near(a: number, b: number, scale: number): boolean {
  if (Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  return Math.abs(a - b) <= TOLERANCE * Math.max(scale, Math.abs(b), 1e-300);
}

const joined = (a: string, b: string): string => (a === '' ? b : b === '' ? a : `${a}.${b}`);

function zeros(value: unknown): unknown {
  if (typeof value === 'number') return 0;
  if (ArrayBuffer.isView(value)) return (value as Float64Array).map(() => 0);
  if (Array.isArray(value)) return value.map(zeros);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, zeros(v)]));
}

/** Sets a number of a structure and yields it. */
function put(whole: unknown, path: string, value: number): unknown {
  if (path === '') return value;
  const keys = path.split('.');
  let at = whole as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[keys.at(-1)!] = value;
  return whole;
}

/** Numbers at their paths, as arrays where the keys are indices. */
function shaped(leaves: readonly (readonly [string, number])[]): unknown {
  if (leaves.length === 1 && leaves[0]![0] === '') return leaves[0]![1];
  const groups = new Map<string, (readonly [string, number])[]>();
  for (const [path, value] of leaves) {
    const [key, ...rest] = path.split('.');
    groups.set(key!, [...(groups.get(key!) ?? []), [rest.join('.'), value]]);
  }
  const entries = [...groups].map(([key, inner]) => [key, shaped(inner)] as const);
  return entries.every(([key], i) => key === String(i))
    ? entries.map(([, v]) => v)
    : Object.fromEntries(entries);
}

/** Runs a module's text in Node and returns one of its functions: the tests' own text, not a user's. */
function load(text: string, name: string): Callable {
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs' });
  return new Function('module', 'exports', `${code}\nreturn ${name};`)({ exports: {} }, {}) as Callable;
}
