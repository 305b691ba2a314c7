/** The header of generated derivatives. */

import { analyseActivity } from '../derive/activity.ts';
import type { DerivativeKind } from '../derive/derive.ts';
import type { Program } from '../program/program.ts';

const NAMES: { readonly [K in DerivativeKind]: string } = {
  gradient: 'Gradient',
  'value-and-gradient': 'Value and gradient',
  jacobian: 'Jacobian',
  hessian: 'Hessian',
  jvp: 'Directional derivative (JVP)',
  vjp: 'Vector-Jacobian product (VJP)',
  hvp: 'Hessian-vector product',
};

/** What was differentiated with respect to what, and what callers must know: a line each. */
export function describe(program: Program, kind: DerivativeKind, wrt: readonly boolean[]): string[] {
  const f = program.functions[program.entry]!;
  const active = f.parameters.filter((_, i) => wrt[i]);
  const lines = [`${NAMES[kind]} of ${f.name} with respect to ${active.map((p) => p.name).join(', ')}.`];
  const arrays = f.parameters.filter((p) => p.type === 'buffer');
  if (kind === 'hessian' && active.some((p) => p.type === 'buffer')) lines.push('Row by row in one array.');
  if (arrays.length > 1) lines.push(`${arrays.map((p) => p.name).join(', ')} must be different arrays.`);
  const activity = analyseActivity(program, wrt).of(program.entry, wrt);
  const written = arrays.filter((p) => activity.isWritten(p.id));
  if (written.length > 0 && kind !== 'hessian') {
    lines.push(`Writes into ${written.map((p) => p.name).join(', ')}, as ${f.name} does.`);
  }
  return lines;
}
