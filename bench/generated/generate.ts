/** The generator as the product has it: the text of a module with one derivative. */
import type { DerivativeKind } from '../../core/derive/derive.ts';
import type { Style } from '../../core/derive/style.ts';
import { generateDerivative } from '../../core/generate/derivative.ts';
import { staged } from '../../test/support/stage.ts';

export function generated(
  text: string,
  primal: string,
  kind: DerivativeKind,
  wrt: readonly number[],
  name: string,
  style: Style = 'fast',
): string {
  const program = staged(text, primal);
  const paths = wrt.map((index) => [index]);
  const answer = generateDerivative(program, {
    kind,
    language: 'ts',
    style,
    mode: 'reverse',
    wrt: paths,
    name,
    asserted: false,
  });
  if (answer.kind === 'refused') throw new Error(answer.problem.message);
  return answer.code;
}
