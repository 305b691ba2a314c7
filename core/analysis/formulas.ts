/** Formulas of a function: from its staged Program where it stages, else along the path of the sample. */

import type { Annotation } from '../annotations/annotation.ts';
import { evaluateExpr } from '../expression/evaluate.ts';
import type { Expr } from '../expression/expression.ts';
import { fromProgram } from '../expression/fromProgram.ts';
import { fromTape } from '../expression/fromTape.ts';
import { children, dependsOn, SCREEN_NODES, size } from '../expression/walk.ts';
import { run } from '../program/interpret.ts';
import type { Program } from '../program/program.ts';
import { partial } from '../simplify/simplify.ts';
import { tidy } from '../simplify/tidy.ts';
import type { FunctionNode } from '../source/syntax.ts';
import { matches } from './arguments.ts';
import type { Formulas, SampleResult } from './model.ts';
import type { Run } from './run.ts';

/** Above this many inputs no formula of each partial is made. */
const MOST_INPUTS = 24;
/** A formula that is longer than a screen gives way to its value. */
const MOST_NODES = SCREEN_NODES;

/** The formula of a returned number along the path taken; undefined where it is too long. */
export function pathFormulas(traced: Run): Formulas | undefined {
  const { tape } = traced.trace;
  const output = traced.outputs[0];
  if (traced.outputs.length !== 1 || output === undefined || output.row < 0) return undefined;
  if (traced.inputs.length > MOST_INPUTS) return undefined;
  const labels = new Map(traced.inputs.map((i) => [i.row, i.label]));
  const value = fromTape(tape, output.row, { labels, limit: MOST_NODES });
  if (value === undefined) return undefined;
  const onePath = tape.guards.length === 0;
  return derive(
    value,
    traced.inputs.map((i) => i.label),
    onePath ? 'stage' : 'path',
  );
}

/** Which of a Program's numbers an annotation asks for, by the names that formulas give them. */
export function chosenNames(program: Program, annotation: Annotation, node: FunctionNode): readonly string[] {
  return program.functions[program.entry]!.parameters.flatMap(({ type, name, path }) => {
    if (type !== 'number') return [];
    const parameter = path[0] === 'this' ? -1 : Number(path[0]);
    return annotation.wrt === undefined || matches(annotation.wrt, { path, parameter }, node) ? [name] : [];
  });
}

/** The formula of a staged Program of one number, with partials for the inputs that stand in it by name. */
export function programFormulas(program: Program, inputs: readonly string[]): Formulas | undefined {
  const entry = program.functions[program.entry]!;
  if (entry.results.length !== 1) return undefined;
  const scalars = entry.parameters.filter((p) => p.type === 'number').map((p) => p.name);
  // An element of an array has no formula of its own beside the array's.
  if (inputs.length > MOST_INPUTS || inputs.some((name) => !scalars.includes(name))) return undefined;
  const value = fromProgram(program);
  if (value === undefined || size(value, MOST_NODES) >= MOST_NODES) return undefined;
  return derive(value, inputs, 'stage');
}

function derive(value: Expr, inputs: readonly string[], scope: Formulas['scope']): Formulas | undefined {
  if (hasLonePoints(value, inputs)) return undefined;
  return { scope, value: tidy(value), partials: inputs.map((name) => partial(value, name)), inputs };
}

/**
 * Whether the formula has a value of its own where an input equals something, or none (NaN) on an arm: the derivative
 * of such an arm is not the function's, so that no formula of a partial would hold there.
 */
function hasLonePoints(value: Expr, inputs: readonly string[]): boolean {
  const depends = (e: Expr): boolean => inputs.some((name) => dependsOn(e, name));
  const isEquality = (e: Expr): boolean =>
    e.kind === 'op' && (e.op === 'eq' || e.op === 'ne' || e.args.some(isEquality));
  const seen = new Set<Expr>();
  const visit = (e: Expr): boolean => {
    if (seen.has(e)) return false;
    seen.add(e);
    if (e.kind === 'number' && Number.isNaN(e.value)) return true;
    if (e.kind === 'cases' && e.arms.some(({ when }) => isEquality(when) && depends(when))) return true;
    return children(e).some(visit);
  };
  return visit(value);
}

/** Steps a staged Program may take at the sample. */
const CHECK_STEPS = 1_000_000;

/** Whether a staged Program computes at the sample what the trace did. */
export function agrees(program: Program, sample: SampleResult): boolean {
  const entry = program.functions[program.entry]!;
  const leaves = [...sample.inputs, ...sample.passive];
  const under = (path: readonly (string | number)[]) =>
    leaves.filter(
      (l) => path.every((key, i) => String(l.path[i]) === String(key)) && l.path.length > path.length,
    );
  const values: (number | boolean | Float64Array)[] = [];
  for (const p of entry.parameters) {
    if (p.type === 'buffer') values.push(Float64Array.from(under(p.path), (l) => l.value));
    else {
      const leaf = leaves.find(
        (l) => l.path.length === p.path.length && l.path.every((k, i) => String(k) === String(p.path[i])),
      );
      if (leaf === undefined || p.type !== 'number') return false;
      values.push(leaf.value);
    }
  }
  const outcome = run(program, values, CHECK_STEPS);
  if (outcome.kind !== 'done') return false;
  const results = outcome.results.flatMap((r) =>
    typeof r === 'number' ? [r] : typeof r === 'boolean' ? [] : Array.from(r),
  );
  return (
    results.length === sample.outputs.length &&
    results.every((r, i) => close(r, sample.outputs[i]!.value, 1e-9))
  );
}

/** Formulas that give at the sample what the trace gave; none otherwise. */
export function checked(
  formulas: Formulas | undefined,
  sample: SampleResult | undefined,
): Formulas | undefined {
  if (formulas === undefined || sample === undefined) return formulas;
  const leaves = [...sample.inputs, ...sample.passive];
  const variables = new Map(leaves.map((l) => [l.label, l.value]));
  const arrays = new Map<string, number[]>();
  for (const { label, path, value } of leaves) {
    const index = path.at(-1);
    const name = label.slice(0, label.lastIndexOf('['));
    if (typeof index !== 'number' || path.length < 2) continue;
    const array = arrays.get(name) ?? [];
    array[index] = value;
    arrays.set(name, array);
  }
  const evaluate = (e: Expr) => evaluateExpr(e, { variables, arrays });
  if (!close(evaluate(formulas.value), sample.outputs[0]!.value, 1e-9)) return undefined;
  const row = sample.jacobian[0]!;
  const scale = Math.max(...row.map(Math.abs));
  const value = Math.abs(sample.outputs[0]!.value);
  const right = formulas.partials.every((p, i) => {
    const shown = evaluate(p);
    // Where a partial is a difference that cancels, its size says nothing of its rounding.
    const size = scale + value / Math.max(Math.abs(sample.inputs[i]!.value), 1e-3);
    // A formula may be undefined where the accurate partial is not (0/0); it may not be another number.
    return Number.isNaN(shown) || close(shown, row[i]!, 1e-6) || Math.abs(shown - row[i]!) < 1e-9 * size;
  });
  return right ? formulas : undefined;
}

function close(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}
