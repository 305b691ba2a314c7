/** The parameters of a function as those of its derivative: what of them cannot be, and what is held. */
import type { KeysGuard } from '../generate/guards.ts';
import type { Constant, Length } from '../generate/parameters.ts';
import { literal } from '../generate/signature.ts';
import type { Program } from '../program/program.ts';
import type { FunctionNode } from '../source/syntax.ts';
import type { Assumption } from '../stage/assumptions.ts';

/** Why the parameters of the function cannot be those of its derivative: what the Program has taken in stays as it was. */
export function cannotStay(
  node: FunctionNode,
  assumptions: readonly Assumption[],
  program: Program,
  name: string,
  shapes: 'open' | 'sample' = 'open',
): string | undefined {
  const rest = node.parameters.findIndex((p) => p.rest);
  const { parameters } = program.functions[program.entry]!;
  if (rest >= 0 && !parameters.some((p) => p.rest) && parameters.some((p) => Number(p.path[0]) >= rest))
    return `${name} gathers its arguments in ...${node.parameters[rest]!.name ?? ''}: take an array, so that its derivative can take one.`;
  for (const assumption of assumptions) {
    const what = `${name} would be differentiated for this ${assumption.name} alone`;
    const isGuarded = shapes === 'sample' && hasPlace(assumption, program);
    if (assumption.kind === 'length' && assumption.declared !== true && !isGuarded)
      return `${what}, which has ${assumption.length} elements at the sample: its type does not say that it always has.`;
    if (assumption.kind === 'object')
      return `${what}: a function or object is no parameter of generated code. Call ${name} from a function of numbers that passes it.`;
  }
  return undefined;
}

/** Whether code can ask for the length: there is something in the array, or the array itself is a parameter. */
function hasPlace({ path }: Assumption, program: Program): boolean {
  const { parameters } = program.functions[program.entry]!;
  return parameters.some((p) => path.every((key, i) => p.path[i] === key));
}

/** What code for a sample's shape has to ask for. */
export function lengthsOf(assumptions: readonly Assumption[]): Length[] {
  return assumptions.flatMap((a) =>
    a.kind === 'length' && a.declared !== true ? [{ path: a.path, name: a.name, length: a.length }] : [],
  );
}

/** The function's own parameters. Text and what is left out stay: the code refuses others. */
export function ownOf(
  { parameters }: FunctionNode,
  assumptions: readonly Assumption[],
): {
  readonly parameters: readonly string[];
  readonly constants: readonly Constant[];
  readonly keys: readonly KeysGuard[];
} {
  return {
    parameters: parameters.map(
      ({ name, target }, i) => name ?? (target.kind === 'objectPattern' ? 'options' : `argument${i + 1}`),
    ),
    constants: assumptions.flatMap((a) => {
      if (a.kind === 'value') return [{ path: a.path, name: a.name, value: literal(a.value) }];
      return a.kind === 'lacks' && !a.path.includes('*')
        ? [{ path: a.path, name: a.name, value: 'undefined' }]
        : [];
    }),
    keys: assumptions.flatMap((a): KeysGuard[] => {
      if (a.kind === 'keys') return [a];
      if (a.kind === 'lacks' && a.path.includes('*')) return [a];
      return a.kind === 'given' ? [a] : [];
    }),
  };
}
