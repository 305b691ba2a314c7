/** Derivatives that are no numbers, whatever the arguments are. */
import type { Problem } from '../problem.ts';
import type { Program } from '../program/program.ts';

export function nowhere({ functions, entry }: Program, name: string): Problem | undefined {
  const { body, results } = functions[entry]!;
  const isNaN = new Set<number>();
  for (const i of body.instructions) if (i.kind === 'constant' && Number.isNaN(i.value)) isNaN.add(i.id);
  const at = body.results.findIndex((id, k) => isNaN.has(id) && results[k]!.path[0] !== 'value');
  if (at < 0) return undefined;
  return {
    id: 'GL111',
    severity: 'error',
    message: `The derivative of ${name} would be NaN whatever its arguments are: something that ${name} computes with is not there.`,
  };
}
