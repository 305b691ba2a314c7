/** Formulas of a function: from its staged Program where it stages, else along the path of the sample. */
import type { Expr } from '../expression/expression.ts';
import { fromProgram } from '../expression/fromProgram.ts';
import { fromTape } from '../expression/fromTape.ts';
import { size } from '../expression/walk.ts';
import type { Program } from '../program/program.ts';
import { partial } from '../simplify/simplify.ts';
import { tidy } from '../simplify/tidy.ts';
import type { Formulas } from './model.ts';
import type { Run } from './run.ts';

/** Above this many inputs no formula of each partial is made. */
const MOST_INPUTS = 24;
/** Formulas with more nodes than this are no help to a reader. */
const MOST_NODES = 400;

/** The formula of a returned number along the path taken; undefined where it is too long. */
export function pathFormulas(run: Run): Formulas | undefined {
  const { tape } = run.trace;
  const output = run.outputs[0];
  if (run.outputs.length !== 1 || output === undefined || output.row < 0) return undefined;
  if (run.inputs.length > MOST_INPUTS) return undefined;
  const labels = new Map(run.inputs.map((i) => [i.row, i.label]));
  const value = fromTape(tape, output.row, { labels, limit: MOST_NODES });
  if (value === undefined) return undefined;
  const onePath = tape.guards.length === 0;
  return derive(
    value,
    run.inputs.map((i) => i.label),
    onePath ? 'stage' : 'path',
  );
}

/** The formula of a staged Program with scalar inputs and one result. */
export function programFormulas(program: Program): Formulas | undefined {
  const entry = program.functions[program.entry]!;
  if (entry.results.length !== 1) return undefined;
  const scalars = entry.parameters.filter((p) => p.type === 'number');
  if (scalars.length > MOST_INPUTS) return undefined;
  const value = fromProgram(program);
  if (value === undefined || size(value, MOST_NODES) > MOST_NODES) return undefined;
  return derive(
    value,
    scalars.map((p) => p.name),
    'stage',
  );
}

function derive(value: Expr, inputs: readonly string[], scope: Formulas['scope']): Formulas {
  return { scope, value: tidy(value), partials: inputs.map((name) => partial(value, name)), inputs };
}
