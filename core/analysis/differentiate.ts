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
import { absorbed } from './absorbed.ts';
import { isFlat, reaching } from './activity.ts';
import { chosenAlone } from './chosen.ts';
import { contested } from './contested.ts';
import { refusedFor, type Sharpened, sharpened } from './digits.ts';
import { besideEqualities, claimed, holdsAllAround, MOST_INPUTS, meaningless } from './doubts.ts';
import { furtherOn } from './furtherOn.ts';
import { implicitly } from './implicit.ts';
import { plainJacobian } from './jacobian.ts';
import type { Kinked } from './model.ts';
import { repeatedDecision } from './repeated.ts';
import type { Run, Way } from './run.ts';
import type { Claim } from './search.ts';
import { besideInput, claimOf, type Outcome } from './sides.ts';
import { findSpecials, type Special } from './specials.ts';
import { dependsOnState } from './state.ts';
import { beforeRounding } from './unrounded.ts';

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
  /** Where something is special: a run whose tape is the function's around the sample. */
  readonly smooth?: Run;
  /** By the implicit function theorem: there are no second ones. */
  readonly implicit?: true;
}

/** Entries of a Jacobian. */
const MOST_PARTIALS = 4_000_000;

/** `again` runs in another way; `steps` is what checks of the path's derivative may take. */
export function differentiate(run: Run, again: (way: Way) => Run, steps: number): Derivatives {
  const path = slopes(run, again, steps);
  const lost = path.refused || path.problems.some(({ id }) => id === 'GL102');
  const found =
    (lost ? beforeRounding(run, again, slopes, steps) : undefined) ??
    (path.refused
      ? (furtherOn(run, again, path, steps) ?? implicitly(run, again, path, steps))
      : undefined) ??
    path;
  if (found.refused) return found;
  const more = [...(found === path ? chosenAlone(run) : []), dependsOnState(run, again) ?? []].flat();
  return more.length === 0 ? found : { ...found, problems: [...found.problems, ...more] };
}

/** What is asked here of a path where nothing is special, ordinary.ts asks too: the panel's page goes by that. */
function slopes(run: Run, again: (way: Way) => Run, steps: number): Derivatives {
  const { tape } = run.trace;
  const outputs = run.outputs;
  if (outputs.length * run.inputs.length > MOST_PARTIALS) {
    const size = `${outputs.length} × ${run.inputs.length}`;
    const message = `The Jacobian would have ${size} entries: choose inputs with @wrt.`;
    const problem: Problem = { id: 'GL012', severity: 'error', message, location: run.at };
    return { jacobian: [], problems: [problem], kinks: [], refused: true, special: false };
  }
  const jacobian = plainJacobian(run);
  const rounding = absorbed(run);
  if (rounding !== undefined)
    return { jacobian, problems: [rounding], kinks: [], refused: true, special: false };
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
    const sharp = workedOut(run, again, jacobian, steps);
    if (sharp.problem !== undefined) problems.unshift(sharp.problem);
    if (sharp.problem?.severity === 'error')
      return { jacobian, problems, kinks: [], refused: true, special: false };
    const wrong = meaningless(run, again, claimed(sharp.jacobian), steps);
    if (wrong !== undefined)
      return { jacobian, problems: [wrong, ...problems], kinks: [], refused: true, special: false };
    return { jacobian: sharp.jacobian, problems, kinks: [], refused: false, special: false };
  }
  const beyond = besideEqualities(run, again, specials, jacobian, steps);
  if (beyond !== undefined) {
    const found = plainJacobian(beyond);
    return { jacobian: found, problems, kinks: [], refused: false, special: true, smooth: beyond };
  }
  const first = specials[0]!;
  const met = meeting(run, specials, jacobian);
  if (met.length > MOST_INPUTS) {
    const message = `${first.message}; with ${met.length} inputs that it depends on its one-sided slopes are not worked out.`;
    return {
      jacobian,
      problems: [at(tape, first.row, idOf(first), message, 'error'), ...problems],
      kinks: [],
      refused: true,
      special: true,
    };
  }
  const sharp = workedOut(run, again, jacobian, steps);
  if (sharp.problem !== undefined) problems.unshift(sharp.problem);
  if (sharp.problem?.severity === 'error')
    return { jacobian, problems, kinks: [], refused: true, special: true };
  const kinks: Kinked[] = [];
  const own = sharp.jacobian.map((row) => [...row]);
  const claims: Claim[][] = claimed(sharp.jacobian);
  const reported = new Set<string>();
  // The last step of an iteration that has converged is 0: what its end compares is no patch.
  const converging = repeatedDecision(tape) >= 0 && specials.every(({ kind }) => kind === 'window');
  const plain = [...run.inputs.keys()].filter((i) => !met.includes(i));
  jacobian.forEach((row, o) => {
    for (const i of plain) row[i] = sharp.jacobian[o]![i]!;
  });
  for (const i of met) {
    const outcomes = besideInput(
      run,
      again,
      i,
      jacobian.map((row) => row[i]!),
    );
    for (const [o, outcome] of outcomes.entries()) {
      const label = run.inputs[i]!.label;
      if (outcome.kind === 'refused' && outcome.seam === undefined && holdsAllAround(run, again, own, steps))
        return { jacobian: own, problems, kinks: [], refused: false, special: !converging };
      if (outcome.kind === 'refused') {
        const special = blame(run, again, specials, i) ?? first;
        const why =
          outcome.seam === undefined
            ? 'is not determined here'
            : `is ${outcome.seam[0]} below and ${outcome.seam[1]} above: two formulas meet that nearly agree`;
        const message = `${special.message}: the derivative with respect to ${label} ${why}.`;
        return {
          jacobian,
          problems: [at(tape, special.row, idOf(special), message, 'error'), ...problems],
          kinks: [],
          refused: true,
          culprit: i,
          special: true,
        };
      }
      const fine = sharp.jacobian[o]![i]!;
      let settled = outcome;
      if (sharp.problem !== undefined && sharp.jacobian[o] !== jacobian[o]) {
        // What was worked out with more digits holds where both sides are the path's; they have lost theirs.
        const least = (1e-12 * Math.abs(outputs[o]!.value)) / (Math.abs(run.inputs[i]!.value) || 1);
        const apart = outcome.kind === 'smooth' ? Math.abs(outcome.value - fine) : Infinity;
        if (apart > Math.max(0.01 * Math.abs(fine), least)) {
          const problem = refusedFor(sharp.problem);
          return { jacobian, problems: [problem, ...problems], kinks: [], refused: true, special: true };
        }
        settled = { kind: 'smooth', value: fine };
      }
      jacobian[o]![i] = settled.value;
      claims[o]![i] = claimOf(settled);
      if (outcome.kind === 'smooth') continue;
      if (outcome.kind === 'kink')
        kinks.push({ output: o, input: i, left: outcome.left, right: outcome.right });
      const special =
        blame(run, again, specials, i, outcome.kind === 'jump' || outcome.kind === 'alone') ?? first;
      const key = `${outcome.kind} ${special.row} ${i}`;
      if (reported.has(key)) continue;
      reported.add(key);
      problems.push(told(tape, special, outcome, label));
    }
  }
  const wrong = meaningless(run, again, claims, steps, tape.at[first.row]!);
  if (wrong !== undefined)
    return { jacobian, problems: [wrong, ...problems], kinks: [], refused: true, special: true };
  return { jacobian, problems, kinks, refused: false, special: true };
}

/** With lost digits restored, where the function as it is computed has that derivative. */
function workedOut(run: Run, again: (way: Way) => Run, jacobian: number[][], steps: number): Sharpened {
  const sharp = sharpened(run, jacobian, steps);
  if (sharp.problem?.severity === 'error') return sharp;
  const problem = contested(run, again, jacobian, sharp, steps);
  return problem === undefined ? sharp : { jacobian, problem };
}

/** Inputs that move something special, or have no finite derivative along the path. */
function meeting(
  run: Run,
  specials: readonly Special[],
  jacobian: readonly (readonly number[])[],
): readonly number[] {
  const reached = reaching(
    run.trace.tape,
    specials.map((s) => s.row),
    () => true,
  );
  return [...run.inputs.keys()].filter(
    (i) => reached[run.inputs[i]!.row] === 1 || jacobian.some((row) => !Number.isFinite(row[i]!)),
  );
}

function told(
  tape: Tape,
  special: Special,
  outcome: Exclude<Outcome, { kind: 'refused' | 'smooth' }>,
  label: string,
): Problem {
  const { message } = special;
  if (outcome.kind === 'kink') {
    const slopes = `slopes ${show(outcome.left)} (below) and ${show(outcome.right)} (above)`;
    return at(tape, special.row, 'GL108', `${message}: kink in ${label}, ${slopes}.`, 'warning');
  }
  if (outcome.kind === 'alone') {
    const text = `${message}: the value here stands by itself; beside it the slope in ${label} is ${show(outcome.value)}.`;
    return at(tape, special.row, 'GL104', text, 'warning');
  }
  const [here, there] = outcome.side === 'right' ? ['above', 'below'] : ['below', 'above'];
  const slope = show(outcome.value);
  return outcome.kind === 'jump'
    ? at(
        tape,
        special.row,
        'GL104',
        `${message}: the value jumps ${there} this ${label}; the slope ${here} is ${slope}.`,
        'warning',
      )
    : at(
        tape,
        special.row,
        'GL106',
        `${message}: with respect to ${label} only the slope ${here} exists, ${slope}.`,
        'warning',
      );
}

/**
 * The first special place that depends on an input and turns there; for a jump, of a kind that can jump. A kink of
 * something that does not move beside the sample, or not otherwise on its two sides, is none.
 */
function blame(
  run: Run,
  again: (way: Way) => Run,
  specials: readonly Special[],
  input: number,
  jump = false,
): Special | undefined {
  const { tape } = run.trace;
  const depends = new Uint8Array(tape.length);
  depends[run.inputs[input]!.row] = 1;
  for (let row = tape.inputs; row < tape.length; row++)
    if (tape.operands(row).some((o) => o >= 0 && depends[o] === 1)) depends[row] = 1;
  const own = specials.filter((s) => depends[s.row] === 1);
  const jumping = jump ? own.find((s) => s.kind !== 'kink') : undefined;
  if (jumping !== undefined || own.length < 2) return jumping ?? own[0];
  const sides = [1, -1].map((sign) =>
    again({ direction: run.inputs.map((_, i) => (i === input ? sign : 0)) }),
  );
  const turns = ({ row, kind }: Special): boolean => {
    if (kind !== 'kink' && kind !== 'singularity') return true;
    if (sides.some(({ trace }) => trace.tape.op[row] !== tape.op[row])) return true;
    const [above, below] = sides.map(({ trace }) => trace.side!.slope(row)) as [number, number];
    return !(Math.abs(above + below) <= 1e-9 * Math.max(Math.abs(above), Math.abs(below)));
  };
  return own.find(turns) ?? own[0];
}

function idOf(special: Special): ProblemId {
  switch (special.kind) {
    case 'equality':
    case 'window':
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
  // A rounded number that is a key, a length or a trip count reaches the result by what it selects.
  const selects = reaching(
    tape,
    tape.guards.filter((g) => g.kind !== 'branch').map((g) => g.row),
    () => true,
  );
  const comparison = (row: number) => ROWS[tape.op[row]!]!.type === 'boolean';
  for (const input of run.inputs) {
    if (smooth[input.row] === 1) continue;
    const reached = any[input.row] === 1 ? any : selects;
    if (reached[input.row] === 0) continue;
    const depends = new Uint8Array(tape.length);
    depends[input.row] = 1;
    for (let row = tape.inputs; row < tape.length; row++) {
      if (!tape.operands(row).some((o) => o >= 0 && depends[o] === 1)) continue;
      const op = tape.op[row]!;
      if (isFlat(op)) {
        if (reached[row] === 0 || seen.has(row) || (reached === selects && comparison(row))) continue;
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
