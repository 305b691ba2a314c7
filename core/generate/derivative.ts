/** Derivatives of a staged function as source code: from a Program and a request to text. */
import { analyseActivity } from '../derive/activity.ts';
import type { DerivativeKind, DerivativeMode } from '../derive/kinds.ts';
import type { Problem } from '../problem.ts';
import type { Program } from '../program/program.ts';
import { instructionsIn } from '../program/walk.ts';
import { composed, patternOf } from './composed.ts';
import { describe } from './description.ts';
import { direct } from './direct.ts';
import { formatted } from './format.ts';
import { type Inputs, inputsOf } from './inputs.ts';
import { isNested } from './nested.ts';
import { nowhere } from './nowhere.ts';
import { rootOf } from './parameters.ts';
import {
  DEFAULT_FORMAT,
  defaultName,
  type GenerateAnswer,
  type GenerateRequest,
  type Holding,
} from './request.ts';
import type { GenerateOptions } from './typescript.ts';

export type { GenerateAnswer, Generated, GenerateRequest } from './request.ts';

/**
 * The derivative of the Program's entry. It takes the function's parameters, then tangents (JVP), the results' adjoints
 * (VJP) or a direction (HVP), then where the answer holds arrays an optional `out` that receives them. The answer has
 * the shape of the parameters differentiated with respect to; Jacobians have that shape for each of the results.
 */
export function generateDerivative(
  program: Program,
  request: GenerateRequest,
  holding?: Holding,
): GenerateAnswer {
  const inputs = inputsOf(program, request.wrt);
  if ('message' in inputs) return refused(inputs.id, inputs.message);
  const entry = program.functions[program.entry]!;
  const { kind } = request;
  const nested = nestedRefusal(program, kind, inputs);
  if (nested !== undefined) return refused('GL111', nested);
  const mode = modeOf(program, kind, inputs, request.mode ?? 'auto');
  if (typeof mode === 'object') return { kind: 'refused', problem: mode };
  const name = request.name ?? defaultName(entry.name, kind);
  const composes = (kind === 'hessian' || kind === 'jacobian') && isComposed(program, kind, inputs);
  const pattern = composes ? patternOf(program, kind, inputs, request.style) : undefined;
  const description = describe(program, kind, inputs, mode, request, pattern);
  const reverses = kind === 'hessian' || kind === 'hvp' || mode === 'reverse';
  if (request.checkpoints && reverses && !pattern)
    description.push('Loops that record keep checkpoints, and run again from them.');
  const hold = (derived: Program) => {
    const wrong = nowhere(derived, entry.name) ?? holding?.check(derived);
    description.push(...(holding?.notes ?? []));
    return wrong;
  };
  const options: GenerateOptions = {
    name,
    language: request.language,
    description,
    asserted: request.asserted ?? true,
    exported: request.exported ?? true,
    taken: request.taken ?? [],
    parameters: request.parameters ?? [],
    constants: request.constants ?? [],
    lengths: request.lengths ?? [],
    keys: request.keys ?? [],
    remarks: request.remarks ?? [],
    types: request.types ?? [],
    style: request.style ?? 'readable',
    checkpoints: request.checkpoints ?? false,
    hold,
  };
  const written = composes
    ? composed(program, kind, inputs, mode, options, pattern)
    : direct(program, kind, inputs, mode, options);
  if (typeof written === 'object') return { kind: 'refused', problem: written };
  const code = formatted(written, { ...DEFAULT_FORMAT, ...request.format });
  return { kind: 'generated', code, name, inputs: inputs.paths, header: description, problems: [] };
}

export function refused(id: Problem['id'], message: string): GenerateAnswer {
  return { kind: 'refused', problem: { id, severity: 'error', message } };
}

/** Whether rows or columns are put together from calls, one for each element of an array. */
function isComposed(program: Program, kind: 'hessian' | 'jacobian', inputs: Inputs): boolean {
  const { parameters, results } = program.functions[program.entry]!;
  const arrays = parameters.some((p, i) => inputs.active[i] && p.type === 'buffer');
  if (kind === 'jacobian') return results.some((r) => r.type === 'buffer');
  return arrays || (inputs.active.filter(Boolean).length > 1 && hasLoops(program));
}

/** One loop for each row of a Hessian would be written out. */
function hasLoops({ functions }: Program): boolean {
  return functions.some((f) =>
    [...instructionsIn(f.body)].some((i) => i.kind === 'loop' || i.kind === 'call'),
  );
}

/** Which mode, or why there is none. */
function modeOf(
  program: Program,
  kind: DerivativeKind,
  inputs: Inputs,
  asked: 'auto' | DerivativeMode,
): DerivativeMode | Problem {
  const { name, parameters, results } = program.functions[program.entry]!;
  const none = (reason: string): Problem => ({ id: 'GL111', severity: 'error', message: reason });
  if (kind === 'jvp' || kind === 'vjp') {
    const own = kind === 'jvp' ? 'forward' : 'reverse';
    if (asked === 'auto' || asked === own) return own;
    return none(
      `A ${kind === 'jvp' ? 'directional derivative (JVP)' : 'vector-Jacobian product (VJP)'} is ${own} mode.`,
    );
  }
  const arrays = parameters.some((p, i) => inputs.active[i] && p.type === 'buffer');
  const many = results.some((r) => r.type === 'buffer');
  if (arrays && asked === 'forward' && !many)
    return none(
      `Forward mode takes one pass for each number of ${name}'s arrays: leave the mode to be chosen.`,
    );
  if (many && asked === 'reverse')
    return none(`${name} returns an array: its Jacobian is had by forward mode.`);
  if (asked !== 'auto') return asked;
  if (many && kind === 'jacobian') return 'forward';
  const count = inputs.active.filter(Boolean).length;
  return !arrays && count <= activeResults(program, inputs.active) ? 'forward' : 'reverse';
}

/** How many of the results depend on what is active. */
function activeResults(program: Program, active: readonly boolean[]): number {
  return analyseActivity(program, active).of(program.entry, active).results.filter(Boolean).length;
}

/** What nested arrays do not have yet. */
function nestedRefusal(program: Program, kind: DerivativeKind, inputs: Inputs): string | undefined {
  const { name, parameters, results } = program.functions[program.entry]!;
  if (results.some((r) => r.extent || isNested(r)))
    return `${name} returns nested arrays or arrays of objects: return one flat array to have its derivative generated.`;
  const among = parameters.find((p, i) => inputs.active[i] && isNested(p));
  if (
    among === undefined ||
    (kind !== 'hessian' && kind !== 'jacobian') ||
    !isComposed(program, kind, inputs)
  )
    return undefined;
  const [what, product] =
    kind === 'hessian'
      ? ['Hessian', 'Hessian-vector product (HVP)']
      : ['Jacobian', 'product with a vector (JVP, VJP)'];
  return `There is no ${what} for nested arrays: ask for its ${product}, or pass ${rootOf(among.name)} as one flat array.`;
}
