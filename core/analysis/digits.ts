/**
 * Digits lost to cancellation. The sweeps are repeated with every operation rounded a little differently: a partial
 * derivative that moves by more than rounding should has lost its digits. It is then worked out from the same tape in
 * more digits than doubles have, until twice as many change nothing; where that takes too long it is refused.
 */
import {
  Arithmetic,
  absolute,
  type Big,
  fromNumber,
  halved,
  magnitude,
  ONE,
  toNumber,
} from '../operations/algebras/bigFloat.ts';
import { ROWS } from '../operations/index.ts';
import type { Problem } from '../problem.ts';
import { hessian } from '../trace/hessian.ts';
import { noisyValues, roundedOtherwise, UNIT } from '../trace/noise.ts';
import { Replay } from '../trace/replay.ts';
import { FLAT } from '../trace/sweep.ts';
import type { Tape } from '../trace/tape.ts';
import { Underflow, vanishedHessian } from '../trace/underflow.ts';
import { reaching } from './activity.ts';
import { LONG, losses, SUSPICIOUS, sizesOf } from './losses.ts';
import type { Run } from './run.ts';

export interface Sharpened {
  /** jacobian[output][input], with lost digits restored. */
  readonly jacobian: number[][];
  /** GL109 where digits were lost; its severity is error where they could not be restored. */
  readonly problem?: Problem;
}

/** Relative to the larger of a partial and a thousandth of its row's largest. */
const UNBEARABLE = 3e-7;
const SETTLED = 1e-10;
const UNSEEN = 1e-12;
const PRECISIONS = [128, 256, 512, 1024];
/** Of what is 0 in those: in the last, sums of any two doubles are exact. How much longer they take. */
const VANISHING = [1536, 2304];
const VANISHING_COST = 8;
/** The step that second derivatives are differences over, as a part of the bits. */
const SECOND_STEP = 1 / 4;
/** Bits at the end in which slopes on both sides may differ by rounding. */
const SECOND_ROUNDING = 40;
/** Rows of the replay that a step of the budget buys. */
const ROWS_A_STEP = 1 / 150;

export function sharpened(run: Run, jacobian: number[][], steps: number): Sharpened {
  const { tape } = run.trace;
  const lost = losses(run, jacobian);
  if (lost.length === 0) return { jacobian };
  const result = [...jacobian];
  let allowed = steps * ROWS_A_STEP;
  const told: number[] = [];
  // What is less than this is 0 to whoever looks at the function's values.
  const seen = (output: number, i: number, noise: number) =>
    noise * (Math.abs(run.inputs[i]!.value) || 1) > UNSEEN * Math.abs(run.outputs[output]!.value);
  let refused = false;
  let vanishing: Problem | undefined;
  for (const { output, noise, vanished, place } of lost) {
    const { row } = run.outputs[output]!;
    const plain = jacobian[output]!;
    const cost = costOf(tape, row);
    const gradient = cost > allowed ? undefined : precise(run, row, noise, cost * VANISHING_COST <= allowed);
    allowed -= gradient === undefined ? 0 : cost;
    if (gradient !== undefined) result[output] = gradient;
    const size = sizesOf(gradient ?? plain);
    const unbearable = (i: number) => noise[i]! > UNBEARABLE * size(i) && seen(output, i, noise[i]!);
    if (gradient === undefined) {
      refused ||= plain.some((_, i) => unbearable(i));
      const gone = (i: number) => vanished[i]! > UNBEARABLE * size(i);
      if (plain.some((_, i) => gone(i))) vanishing ??= outOfRange(tape, place);
    }
    // Terms that cancel altogether, as those of sin² + cos², have no digits to lose.
    const matters = (i: number) =>
      seen(output, i, noise[i]!) && gradient?.[i] !== 0 && noise[i]! > SUSPICIOUS * size(i);
    if (plain.some((_, i) => matters(i))) told.push(row);
  }
  if (vanishing !== undefined) return { jacobian: result, problem: vanishing };
  return told.length === 0
    ? { jacobian: result }
    : { jacobian: result, problem: problemOf(tape, told, refused) };
}

/** An elementary function takes as long as so many products. */
const ELEMENTARY = 20;
const CHEAP: ReadonlySet<string> = new Set(['+', '-', '*', '/', '?:']);

function costOf(tape: Tape, output: number): number {
  const reached = reaching(tape, [output], (op) => FLAT[op] === 0);
  let cost = 0;
  for (let row = tape.inputs; row <= output; row++) {
    if (reached[row] === 0) continue;
    const { js } = ROWS[tape.op[row]!]!;
    cost += CHEAP.has(js.form === 'call' ? js.name : js.symbol) ? 1 : ELEMENTARY;
  }
  return cost;
}

/** Noise without bounds says nothing of what is 0. */
const sane = (noise: number): number => (Number.isFinite(noise) ? noise : 0);

/**
 * The gradient to all digits of doubles, or undefined where no precision tried is enough. Where all of it is 0 beside
 * large terms, as that of sqrt(x + 1) − sqrt(x) at 1e200 is in few digits, it is looked at in far more if `thoroughly`.
 */
function precise(
  run: Run,
  output: number,
  noise: readonly number[],
  thoroughly: boolean,
): number[] | undefined {
  const { tape } = run.trace;
  const at = inputsOf(tape);
  const gradient = (bits: number) => {
    const found = new Replay(tape, bits).gradient(at, output);
    return [run.inputs.map(({ row }) => toNumber(found[row]!))];
  };
  return settled(gradient, [noise], thoroughly)?.[0];
}

const inputsOf = (tape: Tape): Big[] =>
  Array.from({ length: tape.inputs }, (_, i) => fromNumber(tape.value[i]!));

/** Numbers in so many bits, as doubles. */
type Precisely = (bits: number) => number[][];

/**
 * What two precisions in succession agree on; if `thoroughly`, what would be nothing beside its noise is so in the last
 * of all.
 */
function settled(
  of: Precisely,
  noise: readonly (readonly number[])[],
  thoroughly: boolean,
): number[][] | undefined {
  const agreed = agreedOn(of, noise, PRECISIONS);
  const vanishing = agreed?.some((row, r) => {
    const size = sizesOf(row);
    return row.some((d, i) => d === 0 && noise[r]![i]! > SUSPICIOUS * size(i));
  });
  return vanishing === true && thoroughly ? agreedOn(of, noise, VANISHING) : agreed;
}

function agreedOn(
  of: Precisely,
  noise: readonly (readonly number[])[],
  precisions: readonly number[],
): number[][] | undefined {
  let before: number[][] | undefined;
  for (const bits of precisions) {
    const found = of(bits);
    if (!found.flat().every(Number.isFinite)) return undefined;
    // What only shrinks with the rounding is nothing.
    const isNothing = (d: number, by: number) => Math.abs(d) <= sane(by) * 2 ** (110 - bits);
    const now = found.map((row, r) => row.map((d, i) => (isNothing(d, noise[r]![i]!) ? 0 : d)));
    const same = (row: readonly number[], r: number): boolean => {
      const size = sizesOf(now[r]!);
      return row.every((d, i) => Math.abs(d - now[r]![i]!) <= SETTLED * size(i));
    };
    if (before?.every(same) === true) return now;
    before = now;
  }
  return undefined;
}

/** A Hessian, and whether lost digits of it were restored. */
interface SharpenedHessian {
  readonly hessian: number[][];
  readonly restored: boolean;
}

/** The Hessian of a row, with lost digits restored, or why not. */
export function sharpenedHessian(tape: Tape, output: number, steps: number): SharpenedHessian | Problem {
  const underflow = new Underflow();
  const plain = hessian(tape, output, underflow);
  let most = 0;
  const noise = plain.map((row) => row.map(() => 0));
  const sizes = plain.map(sizesOf);
  const move = (i: number, j: number, by: number) => {
    if (!(by > 0)) return;
    most = Math.max(most, by / sizes[i]!(j));
    noise[i]![j] = Math.max(noise[i]![j]!, by);
  };
  for (let k = 0; k < (tape.length > LONG ? 1 : 3); k++) {
    const noisy = withValues(tape, noisyValues(tape, k));
    const moved = hessian(noisy, output, undefined, roundedOtherwise(k));
    plain.forEach((row, i) => row.forEach((h, j) => move(i, j, Math.abs(moved[i]![j]! - h))));
  }
  const rounding = most;
  if (underflow.row >= 0)
    vanishedHessian(tape, output).forEach((row, i) => row.forEach((by, j) => move(i, j, by)));
  if (most <= SUSPICIOUS) return { hessian: plain, restored: false };
  const cost = costOf(tape, output) * tape.inputs * 4;
  if (cost > steps * ROWS_A_STEP) {
    if (most <= UNBEARABLE) return { hessian: plain, restored: false };
    return rounding <= UNBEARABLE ? outOfRange(tape, underflow.row) : problemOf(tape, [output], true);
  }
  const work = cost * VANISHING_COST;
  const replayed = (bits: number) => replayedHessian(tape, output, bits);
  const restored = settled(replayed, noise, work <= steps * ROWS_A_STEP);
  return restored === undefined ? problemOf(tape, [output], true) : { hessian: restored, restored: true };
}

/** By differences of gradients over a step so small that their own error is beyond doubles. */
function replayedHessian(tape: Tape, output: number, bits: number): number[][] {
  const k = new Arithmetic(bits);
  const replay = new Replay(tape, bits);
  const at = inputsOf(tape);
  return at.map((x, i) => {
    const step = halved(x.m === 0n ? ONE : absolute(x), Math.floor(bits * SECOND_STEP));
    const beside = (to: Big) => replay.gradient(at.with(i, to), output);
    const above = beside(k.add(x, step));
    const below = beside(k.sub(x, step));
    return above.map((d, j) => {
      const difference = k.sub(d, below[j]!);
      // What is left of equal slopes is rounding.
      if (magnitude(difference) < magnitude(d) - (bits - SECOND_ROUNDING)) return 0;
      return toNumber(k.div(difference, halved(step, -1)));
    });
  });
}

/** The same tape with other values of its rows. */
function withValues(tape: Tape, values: Float64Array): Tape {
  return Object.create(tape, { value: { value: values } }) as Tape;
}

/** What was told of digits, where no number can be given after all. */
export function refusedFor({ message, location }: Problem): Problem {
  const [what] = message.split(': ');
  return {
    id: 'GL109',
    severity: 'error',
    message: `${what}: too few are left for a derivative right beside the sample.`,
    location,
  };
}

function outOfRange(tape: Tape, row: number): Problem {
  return {
    id: 'GL109',
    severity: 'error',
    message:
      'A partial derivative leaves the range of double precision here, and there are too many operations to take more digits.',
    location: tape.sites[tape.at[row]!],
  };
}

function problemOf(tape: Tape, outputs: readonly number[], refused: boolean): Problem {
  const { row, digits } = worst(tape, outputs);
  const what = `About ${digits} digits are lost here to cancellation`;
  const location = tape.sites[tape.at[row]!];
  return refused
    ? {
        id: 'GL109',
        severity: 'error',
        message: `${what}: too few are left for a derivative, and there are too many operations to take more.`,
        location,
      }
    : {
        id: 'GL109',
        severity: 'information',
        message: `${what}: the value may be off by as much, the derivatives are worked out with more digits.`,
        location,
      };
}

/** The operation that makes relative errors larger than any other, and by how many digits. */
function worst(tape: Tape, outputs: readonly number[]): { readonly row: number; readonly digits: number } {
  const reached = reaching(tape, outputs, (op) => FLAT[op] === 0);
  let found = { row: outputs[0]!, factor: 1 };
  for (let row = tape.inputs; row < tape.length; row++) {
    const code = tape.op[row]!;
    if (reached[row] === 0 || FLAT[code] === 1) continue;
    const args = tape.operands(row).map((o) => tape.read(o));
    const value = Math.abs(tape.value[row]!);
    const largest = args.reduce((most, x) => Math.max(most, Math.abs(x) || 0), 0);
    const { symbol } = ROWS[code]!.js as { readonly symbol?: string };
    const sum = symbol === '+' || symbol === '-';
    const factor = sum ? largest / Math.max(value, largest * UNIT) : 1;
    if (factor > found.factor) found = { row, factor };
  }
  return { row: found.row, digits: Math.min(16, Math.max(1, Math.round(Math.log10(found.factor)))) };
}
