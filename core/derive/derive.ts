/** The derivatives that users ask for, ready to be evaluated, printed or generated. */

import { ProgramBuilder } from '../program/builder.ts';
import { optimise } from '../program/optimise.ts';
import type { Program } from '../program/program.ts';
import { instructionsIn } from '../program/walk.ts';
import { checkpointed } from './checkpoints.ts';
import { differentiable, forward, partialDerivative } from './forward.ts';
import type { DerivativeKind, DerivativeMode } from './kinds.ts';
import { gradient, reverse } from './reverse.ts';
import { hessian, hessianVectorProduct, keepResults } from './second.ts';
import { polished, prepared, type Style } from './style.ts';

export { DERIVATIVE_KINDS, type DerivativeKind, type DerivativeMode } from './kinds.ts';

export interface DeriveOptions {
  /** How gradients are had, those that second derivatives begin with among them, and Jacobians; reverse by default. */
  readonly mode?: DerivativeMode;
  /** Readable by default. */
  readonly style?: Style;
  /** Whether loops that record keep checkpoints instead of all of it. */
  readonly checkpoints?: boolean;
}

export type Derived =
  | { readonly kind: 'derived'; readonly program: Program }
  /** A full sentence for the user. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Results by kind: `gradient` and `jacobian` by the parameters' paths (jacobian first by output), `hessian` as
 * `second.ts` says, `jvp` as `forward`, `vjp` as `reverse`, `hvp` under `product`.
 */
export function derive(
  program: Program,
  kind: DerivativeKind,
  wrt: readonly boolean[] = differentiable(program),
  { mode = 'reverse', style = 'readable', checkpoints = false }: DeriveOptions = {},
): Derived {
  const refusal = refusalOf(program, kind, wrt);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  const derived = transform(prepared(program, style), kind, wrt, mode, style === 'fast');
  const kept = checkpoints ? checkpointed(optimise(derived)) : derived;
  return { kind: 'derived', program: polished(kept, style) };
}

function transform(
  program: Program,
  kind: DerivativeKind,
  wrt: readonly boolean[],
  mode: DerivativeMode,
  fast: boolean,
): Program {
  const first = () =>
    mode === 'forward' ? byColumns(program, wrt, 'gradient', false) : gradient(program, { wrt, fast });
  switch (kind) {
    case 'gradient':
    case 'value-and-gradient': {
      const value = kind === 'value-and-gradient';
      return mode === 'forward'
        ? byColumns(program, wrt, 'gradient', value)
        : gradient(program, { wrt, value, fast });
    }
    case 'jacobian':
      return mode === 'forward' ? byColumns(program, wrt, 'jacobian', false) : byRows(program, wrt, fast);
    case 'hessian':
      return hessian(program, wrt, first());
    case 'jvp':
      return forward(program, wrt);
    case 'vjp':
      return reverse(program, { wrt, fast });
    case 'hvp':
      return hessianVectorProduct(program, wrt, first());
  }
}

function refusalOf(program: Program, kind: DerivativeKind, wrt: readonly boolean[]): string | undefined {
  const { name, parameters, results } = program.functions[program.entry]!;
  const can = differentiable(program);
  const wrong = parameters.find((_, i) => wrt[i] && !can[i]);
  if (wrong) return `${wrong.name} is no real number to differentiate with respect to.`;
  if (!wrt.includes(true)) return `${name} has no input to differentiate with respect to.`;
  for (const f of program.functions) {
    for (const i of instructionsIn(f.body)) {
      if (i.kind === 'push' || i.kind === 'pop') return `${name} is itself the reverse mode of something.`;
    }
  }
  if (kind === 'jvp' || kind === 'vjp') return undefined;
  if (kind === 'jacobian') {
    if (results.length > 0 && results.every((r) => r.type === 'number')) return undefined;
    return `${name} must return numbers for a Jacobian; its product with a vector (JVP, VJP) can be had for any result.`;
  }
  if (results.length === 1 && results[0]!.type === 'number') return undefined;
  const isSecond = kind === 'hvp' || kind === 'hessian';
  const must = `${name} must return one number for its ${isSecond ? 'Hessian' : 'gradient'}`;
  if (results.length === 0) return `${must}: it returns none.`;
  if (isSecond) return `${must}: call it from a function that returns the one that is wanted.`;
  return `${must}. It returns several: ask for its Jacobian, or for its product with a vector (JVP, VJP).`;
}

/** One gradient an output, each a function of its own, copied into the whole. */
function byRows(program: Program, wrt: readonly boolean[], fast: boolean): Program {
  const { name, parameters, results } = program.functions[program.entry]!;
  const builder = new ProgramBuilder();
  const rows = results.map((_, i) => {
    const row = reverse(program, { wrt, seeds: i, fast });
    return { entry: builder.append(row.functions) + row.entry, types: row.functions[row.entry]!.results };
  });
  const f = builder.open(`${name}Jacobian`);
  const inputs = parameters.map(({ id: _, ...parameter }) => f.parameter(parameter));
  const all = rows.flatMap(({ entry, types }, i) => {
    const values = f.call(
      entry,
      inputs,
      types.map((r) => r.type),
    );
    return values.map((value, j) => ({ path: ['jacobian', i, ...types[j]!.path.slice(1)], value }));
  });
  f.close(all);
  return optimise(builder.finish(f.index), { inline: Infinity, signedZeros: false });
}

/** One tangent an input, all of them numbers: each a function of its own, copied into the whole. */
function byColumns(
  program: Program,
  wrt: readonly boolean[],
  kind: 'gradient' | 'jacobian',
  value: boolean,
): Program {
  const { name, parameters, results } = program.functions[program.entry]!;
  const builder = new ProgramBuilder();
  const columns = parameters.flatMap((_, i) => {
    if (!wrt[i]) return [];
    const { functions, entry } = partialDerivative(program, i);
    const offset = builder.append(functions);
    builder.replace(
      offset + entry,
      keepResults(builder.function(offset + entry)!, 'tangent', (path) => path),
    );
    return [{ entry: offset + entry, path: parameters[i]!.path }];
  });
  const primal = value ? builder.append(program.functions) + program.entry : undefined;
  const f = builder.open(`${name}${kind === 'gradient' ? 'Gradient' : 'Jacobian'}`);
  const inputs = parameters.map(({ id: _, ...parameter }) => f.parameter(parameter));
  const types = results.map((r) => r.type);
  const own = primal === undefined ? [] : f.call(primal, inputs, types);
  const tangents = columns.map(({ entry }) => f.call(entry, inputs, types));
  f.close([
    ...own.map((id, i) => ({ path: ['value', ...results[i]!.path], value: id })),
    ...results.flatMap((_, i) =>
      columns.map(({ path }, j) => ({
        path: kind === 'gradient' ? ['gradient', ...path] : ['jacobian', i, ...path],
        value: tangents[j]![i]!,
      })),
    ),
  ]);
  return optimise(builder.finish(f.index), { inline: Infinity });
}
