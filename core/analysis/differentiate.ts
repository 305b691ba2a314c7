/**
 * The Jacobian of a run. At ordinary points it is read off the tape. Where an operation sits on a kink, a jump or a
 * singularity, or a comparison on the path holds with equality, the program is run again right beside the sample, on
 * both sides of each input, and each partial derivative is what those one-sided runs agree on.
 */
import { ROWS } from '../operations/index.ts';
import type { Problem, ProblemId, Severity } from '../problem.ts';
import type { Location } from '../source/span.ts';
import { adjoints } from '../trace/sweep.ts';
import type { Tape } from '../trace/tape.ts';
import { isFlat, reaching } from './activity.ts';
import { unconverged } from './converged.ts';
import { sharpened } from './digits.ts';
import { plainJacobian } from './jacobian.ts';
import type { Kinked } from './model.ts';
import { repeatedDecision } from './repeated.ts';
import type { Run, Way } from './run.ts';
import { type Claim, contradicted } from './search.ts';
import { findSpecials, type Special } from './specials.ts';

export interface Derivatives {
  /** jacobian[output][input]. */
  readonly jacobian: number[][];
  readonly problems: readonly Problem[];
  /** Partials whose one-sided slopes differ; the Jacobian has the path's where it is one of them, else the one from above. */
  readonly kinks: readonly Kinked[];
  /** True where no number can be given: the first problem says why. */
  readonly refused: boolean;
  /** Index of the input whose partial cannot be given, where it is one alone. */
  readonly culprit?: number;
  /** True where something on the path is special: second derivatives from the tape would not be the function's. */
  readonly special: boolean;
}

/** Entries of a Jacobian. */
const MOST_PARTIALS = 4_000_000;
/** More one-sided runs than this are not made: each input needs two. */
const MOST_INPUTS = 64;

/** `again` runs in another way; `steps` is what checks of the path's derivative may take. */
export function differentiate(run: Run, again: (way: Way) => Run, steps: number): Derivatives {
  const { tape } = run.trace;
  const outputs = run.outputs;
  if (outputs.length * run.inputs.length > MOST_PARTIALS) {
    const size = `${outputs.length} × ${run.inputs.length}`;
    const message = `The Jacobian would have ${size} entries: choose inputs with @wrt.`;
    const problem: Problem = { id: 'GL012', severity: 'error', message, location: run.at };
    return { jacobian: [], problems: [problem], kinks: [], refused: true, special: false };
  }
  const jacobian = plainJacobian(run);
  const specials = findSpecials(run);
  const problems: Problem[] = [...lostDependence(run), ...overflow(run)];
  // Where the value itself is not finite its derivative is not a number, whatever the sweeps say.
  outputs.forEach(({ value, row }, o) => {
    if (Number.isNaN(value)) jacobian[o]!.fill(Number.NaN);
    if (Number.isFinite(value) || row < 0) return;
    const reached = reaching(tape, [row], (op) => !isFlat(op));
    run.inputs.forEach((input, i) => {
      if (reached[input.row] === 1) jacobian[o]![i] = Number.NaN;
    });
  });
  if (outputs.some((o) => Number.isNaN(o.value)) && !problems.some((p) => p.id === 'GL107')) {
    const message =
      'The result is NaN at this point: an input is missing, out of range or outside the domain.';
    problems.push({ id: 'GL107', severity: 'warning', message, location: run.at });
  }
  if (specials.length === 0) {
    const bad = firstInvalid(run, jacobian);
    if (bad !== undefined)
      return { jacobian, problems: [bad, ...problems], kinks: [], refused: true, special: false };
    const sharp = sharpened(run, jacobian, steps);
    if (sharp.problem !== undefined) problems.unshift(sharp.problem);
    const claims = sharp.jacobian.map((row) => row.map((d) => ({ below: d, above: d })));
    const wrong = meaningless(run, again, claims, repeatedDecision(tape), steps);
    if (wrong !== undefined)
      return { jacobian, problems: [wrong, ...problems], kinks: [], refused: true, special: false };
    const refused = sharp.problem?.severity === 'error';
    return { jacobian: sharp.jacobian, problems, kinks: [], refused, special: false };
  }
  const first = specials[0]!;
  if (run.inputs.length > MOST_INPUTS) {
    const message = `${first.message}; with ${run.inputs.length} inputs its one-sided slopes are not worked out.`;
    return {
      jacobian,
      problems: [at(tape, first.row, idOf(first), message, 'error'), ...problems],
      kinks: [],
      refused: true,
      special: true,
    };
  }
  const kinks: Kinked[] = [];
  const claims: Claim[][] = jacobian.map(() => []);
  let place = repeatedDecision(tape);
  const reported = new Set<string>();
  for (let i = 0; i < run.inputs.length; i++) {
    const direction = run.inputs.map((_, j) => (i === j ? 1 : 0));
    const scale = Math.abs(run.inputs[i]!.value) || 1;
    const above = again({ direction });
    const below = again({ direction: direction.map((d) => -d || 0) });
    const right = sideOf(run, above, 1, scale);
    const left = sideOf(run, below, -1, scale);
    if (place < 0 && [above, below].some((r) => repeatedDecision(r.trace.tape) >= 0))
      place = tape.at[first.row]!;
    for (let o = 0; o < outputs.length; o++) {
      const outcome = settle(left.slopes[o]!, right.slopes[o]!, jacobian[o]![i]!);
      const label = run.inputs[i]!.label;
      if (outcome.kind === 'refused') {
        const special = blame(run, specials, i) ?? first;
        const message = `${special.message}: the derivative with respect to ${label} is not determined here.`;
        return {
          jacobian,
          problems: [at(tape, special.row, idOf(special), message, 'error'), ...problems],
          kinks: [],
          refused: true,
          culprit: i,
          special: true,
        };
      }
      jacobian[o]![i] = outcome.value;
      claims[o]![i] = claimOf(outcome);
      if (outcome.kind === 'smooth') continue;
      if (outcome.kind === 'kink')
        kinks.push({ output: o, input: i, left: outcome.left, right: outcome.right });
      const special = blame(run, specials, i, outcome.kind === 'jump') ?? first;
      const id: ProblemId = outcome.kind === 'kink' ? 'GL108' : outcome.kind === 'jump' ? 'GL104' : 'GL106';
      const message =
        outcome.kind === 'kink'
          ? `${special.message}: kink in ${label}, slopes ${show(outcome.left)} (below) and ${show(outcome.right)} (above).`
          : outcome.kind === 'jump'
            ? `${special.message}: the value jumps ${outcome.side === 'right' ? 'below' : 'above'} this ${label}; the slope ${outcome.side === 'right' ? 'above' : 'below'} is ${show(outcome.value)}.`
            : `${special.message}: with respect to ${label} only the slope ${outcome.side === 'right' ? 'above' : 'below'} exists, ${show(outcome.value)}.`;
      const key = `${id} ${special.row} ${i}`;
      if (reported.has(key)) continue;
      reported.add(key);
      problems.push(at(tape, special.row, id, message, 'warning'));
    }
  }
  const wrong = meaningless(run, again, claims, place, steps);
  if (wrong !== undefined)
    return { jacobian, problems: [wrong, ...problems], kinks: [], refused: true, special: true };
  return { jacobian, problems, kinks, refused: false, special: true };
}

/** Where decisions are repeated, the derivative of the path need not be that of the result. */
function meaningless(
  run: Run,
  again: (way: Way) => Run,
  claims: readonly (readonly Claim[])[],
  place: number,
  steps: number,
): Problem | undefined {
  if (place < 0) return undefined;
  return contradicted(run, again, { claims, place, steps }) ?? unconverged(run, again);
}

function claimOf(outcome: Exclude<Outcome, { kind: 'refused' }>): Claim {
  if (outcome.kind === 'smooth') return { below: outcome.value, above: outcome.value };
  if (outcome.kind === 'kink') return { below: outcome.left, above: outcome.right };
  return outcome.side === 'left'
    ? { below: outcome.value, above: undefined }
    : { below: undefined, above: outcome.value };
}

interface Side {
  /** One slope an output; 'jump' where the value jumps away, 'none' where there is no slope on this side. */
  readonly slopes: readonly (number | 'jump' | 'none')[];
}

/** What a run beside the sample says of each output's derivative, as a slope in the input that moves by `sign`. */
function sideOf(base: Run, beside: Run, sign: 1 | -1, scale: number): Side {
  const side = beside.trace.side!;
  const { tape } = beside.trace;
  if (
    beside.problem !== undefined ||
    side.status !== 'regular' ||
    beside.outputs.length !== base.outputs.length
  )
    return { slopes: base.outputs.map(() => 'none' as const) };
  const slopes = beside.outputs.map((output, o) => {
    const here = base.outputs[o]!.value;
    const there = output.row < 0 ? output.value : side.limit(tape, output.row);
    const slope = side.slope(output.row) * sign;
    // A stand-in for 0, as in `x || Number.EPSILON`, is no jump.
    const least = Number.isFinite(slope) ? 1e-15 * Math.abs(slope) * scale : 0;
    const same =
      Object.is(there, here) ||
      Math.abs(there - here) <= Math.max(1e-9 * Math.max(Math.abs(here), Math.abs(there)), 1e-309, least);
    // Where the function is not defined on that side there is no slope, and no jump either.
    if (!same) return Number.isFinite(here) && !Number.isNaN(there) ? ('jump' as const) : ('none' as const);
    return Number.isNaN(slope) ? ('none' as const) : slope === 0 ? 0 : slope;
  });
  return { slopes };
}

type Outcome =
  | { readonly kind: 'smooth'; readonly value: number }
  | { readonly kind: 'kink'; readonly value: number; readonly left: number; readonly right: number }
  | { readonly kind: 'jump' | 'half'; readonly value: number; readonly side: 'left' | 'right' }
  | { readonly kind: 'refused' };

/** `taken` is the slope of the path taken: at a kink it is the number, where it is one of the two slopes. */
function settle(left: number | 'jump' | 'none', right: number | 'jump' | 'none', taken: number): Outcome {
  if (typeof left === 'number' && typeof right === 'number') {
    if (left === right) {
      return Number.isFinite(right)
        ? { kind: 'smooth', value: right }
        : { kind: 'half', value: right, side: 'right' };
    }
    const close =
      Number.isFinite(left) &&
      Number.isFinite(right) &&
      Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
    if (close) return { kind: 'smooth', value: right };
    return { kind: 'kink', value: taken === left ? left : right, left, right };
  }
  if (typeof right === 'number')
    return { kind: left === 'jump' ? 'jump' : 'half', value: right, side: 'right' };
  if (typeof left === 'number')
    return { kind: right === 'jump' ? 'jump' : 'half', value: left, side: 'left' };
  return { kind: 'refused' };
}

/** The first special place that depends on an input; for a jump, of a kind that can jump. */
function blame(run: Run, specials: readonly Special[], input: number, jump = false): Special | undefined {
  const { tape } = run.trace;
  const depends = new Uint8Array(tape.length);
  depends[run.inputs[input]!.row] = 1;
  for (let row = tape.inputs; row < tape.length; row++)
    if (tape.operands(row).some((o) => o >= 0 && depends[o] === 1)) depends[row] = 1;
  const own = specials.filter((s) => depends[s.row] === 1);
  return (jump ? own.find((s) => s.kind !== 'kink') : undefined) ?? own[0];
}

function idOf(special: Special): ProblemId {
  switch (special.kind) {
    case 'equality':
      return 'GL103';
    case 'jump':
      return 'GL104';
    case 'kink':
    case 'boundary':
      return 'GL108';
    default:
      return 'GL106';
  }
}

/** GL107: the first value on the way to a result that is infinite or NaN. */
function overflow(run: Run): Problem[] {
  const { tape } = run.trace;
  const reached = reaching(
    tape,
    run.outputs.map((o) => o.row),
    () => true,
  );
  for (let row = tape.inputs; row < tape.length; row++) {
    const value = tape.value[row]!;
    if (reached[row] === 0 || Number.isFinite(value) || ROWS[tape.op[row]!]!.type === 'boolean') continue;
    const operands = tape.operands(row);
    // What comes in as a constant has no place of its own: the operation that meets it is named.
    if (operands.some((o) => o >= tape.inputs && !Number.isFinite(tape.value[o]!))) continue;
    // A pole or a point outside the domain is told as such.
    if (ROWS[tape.op[row]!]!.kinks(...operands.map((o) => tape.read(o))).length > 0) continue;
    const brought = operands.find((o) => !Number.isFinite(tape.read(o)));
    const what =
      brought !== undefined
        ? `${Number.isNaN(value) ? 'is NaN' : 'is infinite'} here, because a value that comes in is ${Number.isNaN(tape.read(brought)) ? 'NaN (undefined, perhaps)' : 'infinite'}`
        : `${Number.isNaN(value) ? 'is NaN' : 'overflows'} here`;
    return [
      at(tape, row, 'GL107', `The value ${what}: derivatives through it are not to be trusted.`, 'warning'),
    ];
  }
  return [];
}

/** A derivative that is NaN or infinite although the value is finite is no answer: some operation is to blame. */
function firstInvalid(run: Run, jacobian: readonly (readonly number[])[]): Problem | undefined {
  const { tape } = run.trace;
  for (let o = 0; o < jacobian.length; o++) {
    const output = run.outputs[o]!;
    const i = jacobian[o]!.findIndex((d) => !Number.isFinite(d));
    if (i < 0 || !Number.isFinite(output.value)) continue;
    const w = adjoints(tape, output.row);
    for (let row = output.row; row >= 0; row--) {
      if (!Number.isFinite(w[row]!)) {
        const user = users(tape, row).find((u) => w[u] !== 0) ?? row;
        const message = `The derivative with respect to ${run.inputs[i]!.label} overflows at this operation, although the value is finite.`;
        return at(tape, user, 'GL107', message, 'error');
      }
    }
  }
  return undefined;
}

function users(tape: Tape, row: number): number[] {
  const found: number[] = [];
  for (let r = row + 1; r < tape.length && found.length < 4; r++)
    if (tape.operands(r).includes(row)) found.push(r);
  return found;
}

/** GL102 and GL101: an input that reaches the result only through roundings, comparisons or bit operations. */
function lostDependence(run: Run): Problem[] {
  const { tape } = run.trace;
  const rows = run.outputs.map((o) => o.row);
  const smooth = reaching(tape, rows, (op) => !isFlat(op));
  const any = reaching(tape, rows, () => true);
  const problems: Problem[] = [];
  const seen = new Set<number>();
  for (const input of run.inputs) {
    if (smooth[input.row] === 1 || any[input.row] === 0) continue;
    const depends = new Uint8Array(tape.length);
    depends[input.row] = 1;
    for (let row = tape.inputs; row < tape.length; row++) {
      if (!tape.operands(row).some((o) => o >= 0 && depends[o] === 1)) continue;
      const op = tape.op[row]!;
      if (isFlat(op)) {
        if (any[row] === 0 || seen.has(row)) continue;
        seen.add(row);
        const name = ROWS[op]!.js.form === 'call' ? ROWS[op]!.js.name : `'${ROWS[op]!.js.symbol}'`;
        const message = `The dependence on ${input.label} is lost here: the derivative of ${name} is zero wherever it exists.`;
        problems.push(at(tape, row, 'GL102', message, 'warning'));
        break;
      }
      depends[row] = 1;
    }
  }
  return problems;
}

export function at(tape: Tape, row: number, id: ProblemId, message: string, severity: Severity): Problem {
  const location: Location | undefined = tape.sites[tape.at[row]!];
  return { id, severity, message, location };
}

export function show(x: number): string {
  if (!Number.isFinite(x)) return x > 0 ? '+∞' : x < 0 ? '−∞' : 'NaN';
  const text = Number(x.toPrecision(4)).toString().replace('-', '−');
  return x > 0 ? `+${text}` : text;
}
