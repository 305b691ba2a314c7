/**
 * A function as the Program that code is made of: one for all kinds of arrays that a parameter's type lets it have
 * (`number[] | Float64Array`), where that makes no difference to the function.
 */
import type { Program, ProgramParameter } from '../program/program.ts';
import { parameterLabel } from '../source/labels.ts';
import type { FunctionNode } from '../source/syntax.ts';
import { type StageAtRequest, type StagedAt, stageAt } from './stageAt.ts';

/** Where there are more, they are changed together alone. */
const MOST_SINGLE = 4;

export function stageForCode(request: StageAtRequest): StagedAt {
  const staged = stageAt(request);
  if (!('program' in staged)) return staged;
  const { program } = staged;
  const { parameters } = program.functions[program.entry]!;
  const several = parameters.filter((p) => p.also !== undefined);
  if (several.length === 0) return staged;
  const text = textOf(program);
  for (const chosen of variants(several)) {
    const kinds = new Map(chosen.map(({ p, kind }) => [JSON.stringify(p.path), kind]));
    const other = stageAt({ ...request, kinds });
    if ('program' in other && textOf(other.program) === text) continue;
    if (request.arguments !== undefined) return stageAt({ ...request, kinds: 'sample' });
    const { p, kind } = chosen[0]!;
    const message = `${request.function} may compute otherwise where ${p.name} is a ${p.also![kind - 1]}: give a sample that shows what it is.`;
    return { problem: { id: 'GL111', severity: 'error', message }, steps: staged.steps };
  }
  return staged;
}

interface Chosen {
  readonly p: ProgramParameter;
  /** Index into its kinds. */
  readonly kind: number;
}

/** Each alone of another kind than the first, and all of them. */
function variants(several: readonly ProgramParameter[]): Chosen[][] {
  const single = several.length > MOST_SINGLE ? [] : several;
  const alone = single.flatMap((p) => p.also!.map((_, k) => [{ p, kind: k + 1 }]));
  const most = Math.max(...several.map((p) => p.also!.length));
  const together = Array.from({ length: most }, (_, k) =>
    several.map((p) => ({ p, kind: (k % p.also!.length) + 1 })),
  );
  return several.length === 1 ? alone : [...alone, ...together];
}

/** What a Program does, but for the kinds of the arrays that it is given. */
function textOf(program: Program): string {
  return JSON.stringify(program, (key, value: unknown) => {
    if (value instanceof Map) return [...value];
    // It holds numbers as a plain array does.
    if (key === 'typed' && value === 'Float64Array') return undefined;
    if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
    if (key !== 'parameters' || !Array.isArray(value)) return value;
    return value.map((p: unknown) => (isParameter(p) ? { ...p, typed: undefined, also: undefined } : p));
  });
}

const isParameter = (p: unknown): p is ProgramParameter => typeof p === 'object' && p !== null && 'path' in p;

/** What may be to blame where there is neither a type nor a sample. */
export function takenForNumbers(node: FunctionNode): string {
  const names = node.parameters.flatMap((p, i) =>
    p.shape.kind === 'unknown' && p.shape.named === undefined && p.default === undefined && !p.rest
      ? [parameterLabel(node, i)]
      : [],
  );
  if (names.length === 0) return '';
  const [have, what] =
    names.length === 1 ? ['has', 'was taken for a number'] : ['have', 'were taken for numbers'];
  return ` ${names.join(', ')} ${have} no type and ${what}: give a sample, if that is not so.`;
}
