/** The header of generated derivatives. */

import { analyseActivity } from '../derive/activity.ts';
import { DERIVATIVE_TITLES, type DerivativeKind, type DerivativeMode } from '../derive/kinds.ts';
import type { Program, ProgramFunction } from '../program/program.ts';
import { keyLabel } from '../source/labels.ts';
import type { Inputs } from './inputs.ts';
import { isNested } from './nested.ts';
import { type Length, rootOf } from './parameters.ts';
import type { GenerateRequest } from './request.ts';

/** What was differentiated with respect to what, how, and what callers must know: a sentence each. */
export function describe(
  program: Program,
  kind: DerivativeKind,
  inputs: Inputs,
  mode: DerivativeMode,
  { constants = [], lengths }: Pick<GenerateRequest, 'constants' | 'lengths'> = {},
  pattern?: { readonly pattern: string; readonly colours: number },
): string[] {
  const f = program.functions[program.entry]!;
  const by = kind === 'hessian' || kind === 'hvp' ? `forward over ${mode} mode` : `${mode} mode`;
  const title = DERIVATIVE_TITLES[kind];
  const lines = [
    `${title[0]!.toUpperCase()}${title.slice(1)} of ${f.name} with respect to ${namesOf(f, inputs).join(', ')}, by ${by}.`,
  ];
  if (pattern) {
    const colours = `${pattern.colours} ${pattern.colours === 1 ? 'colour' : 'colours'}`;
    lines.push(`Sparse: ${pattern.pattern}; compressed by ${colours}.`);
  }
  if (inputs.constant.length > 0) lines.push(`Constant: ${inputs.constant.join(', ')}.`);
  if (inputs.decides.length > 0)
    lines.push(`Only in comparisons, without a derivative: ${inputs.decides.join(', ')}.`);
  if (lengths !== undefined) lines.push(shapeSentence(lengths));
  for (const { name, value } of constants)
    lines.push(value === 'undefined' ? `Without ${name}.` : `For ${name} = ${value} alone.`);
  if (kind === 'jvp' || kind === 'vjp' || kind === 'hvp')
    for (const { rest, name } of f.parameters) if (rest === true) lines.push(`Takes ${name} as one array.`);
  const arrays = f.parameters.filter((p) => p.type === 'buffer');
  const different = [...new Set(arrays.map((p) => (isNested(p) ? rootOf(p.name) : p.name)))];
  if (different.length > 1) lines.push(`${different.join(', ')} must be different arrays.`);
  const activity = analyseActivity(program, inputs.active).of(program.entry, inputs.active);
  const written = arrays.filter((p) => activity.isWritten(p.id));
  if (written.length > 0 && kind !== 'hessian' && kind !== 'jacobian') {
    lines.push(`Writes into ${written.map((p) => p.name).join(', ')}, as ${f.name} does.`);
  }
  return lines;
}

/** So many lengths are told one by one. */
const MOST_TOLD = 6;

function shapeSentence(lengths: readonly Length[]): string {
  const each = lengths.map(({ name, length }) => `${name} of length ${length}`);
  const told = each.slice(0, MOST_TOLD).join(', ') + (each.length > MOST_TOLD ? ', …' : '');
  const shape = told === '' ? '' : ` (${told})`;
  return `For the shape at a sample alone${shape}: arguments of another, or that take another path where it matters, are refused.`;
}

/** As the user writes them. */
function namesOf(f: ProgramFunction, { paths }: Inputs): string[] {
  return paths.map((path) => {
    const inside = f.parameters.find((p) => path.every((key, k) => String(p.path[k]) === String(key)))!;
    return path.slice(1).reduce<string>(keyLabel, rootOf(inside.name));
  });
}
