/**
 * Why a value or a partial derivative is NaN, infinite, huge or 0: the operation to blame, and the rows on the way from
 * it to the result.
 */
import { isFlat, reaching } from '../analysis/activity.ts';
import type { SampleResult } from '../analysis/model.ts';
import { partialsOf, ROWS } from '../operations/index.ts';
import type { Problem, ProblemId } from '../problem.ts';
import { isSameLocation, type Location } from '../source/span.ts';
import { adjoints, tangents } from '../trace/sweep.ts';
import { deniedOf, INPUT, type Tape } from '../trace/tape.ts';
import type { PanelWhy } from './panelModel.types.ts';

/** Components of the Jacobian that are looked at. */
const MOST_INPUTS = 100;
/** Longer tapes are not asked about components that nothing was reported of. */
const LONGEST = 200_000;
/** A partial is huge above this, if a relative change of the input is amplified as much. */
const HUGE = 1e8;

type Kind = PanelWhy['kind'];

const KINDS: { readonly [I in ProblemId]?: Kind } = {
  GL101: 'zero',
  GL102: 'lost',
  GL103: 'jump',
  GL104: 'jump',
  GL105: 'singular',
  GL106: 'singular',
  GL107: 'nan',
  GL108: 'kink',
  GL109: 'digits',
};

export function whyOf(
  sample: SampleResult,
  problems: readonly Problem[],
  output: number,
  position: ReadonlyMap<number, number>,
): PanelWhy[] {
  const ways = new Ways(sample, output);
  const found: PanelWhy[] = [];
  const add = (
    culprit: number | undefined,
    what: Pick<PanelWhy, 'problem' | 'output' | 'input' | 'kind' | 'message'>,
  ): void => {
    const path = culprit === undefined ? [] : ways.from(culprit);
    found.push({
      ...what,
      culprit: culprit === undefined ? null : (position.get(culprit) ?? null),
      path: path.flatMap((row) => position.get(row) ?? []),
    });
  };
  problems.forEach(({ id, location, message }, problem) => {
    const kind = KINDS[id];
    if (kind === undefined) return;
    const culprit = ways.blamed(id, location);
    const value = culprit === undefined ? Number.NaN : sample.tape.value[culprit]!;
    const infinite = id === 'GL107' && !Number.isNaN(value);
    add(culprit, { problem, output: null, input: null, kind: infinite ? 'infinite' : kind, message });
  });
  const row = sample.jacobian[output];
  if (row === undefined || Number.isNaN(sample.adjoints[0] ?? 0) || sample.tape.length > LONGEST)
    return found;
  for (const { label, row: at, value } of sample.inputs.slice(0, MOST_INPUTS)) {
    const input = sample.inputs.findIndex((one) => one.row === at);
    const partial = row[input]!;
    if (partial === 0) {
      const { culprit, message } = ways.zero(at, label);
      add(culprit, { problem: null, output, input, kind: 'zero', message });
    } else if (isHuge(partial, value, sample.outputs[output]!.value)) {
      const culprit = ways.steepest(at);
      const message = `The derivative with respect to ${label} is huge: most of it comes of this operation.`;
      add(culprit, { problem: null, output, input, kind: 'huge', message });
    }
  }
  return found;
}

function isHuge(partial: number, input: number, value: number): boolean {
  const size = Math.abs(partial);
  return (
    Number.isFinite(partial) && size > HUGE && size * (Math.abs(input) || 1) > HUGE * (Math.abs(value) || 1)
  );
}

/** The ways through a tape to one output. */
class Ways {
  private readonly tape: Tape;
  /** Rows that the output is made of, and those that any output is. */
  private readonly reached: Uint8Array;
  private readonly any: Uint8Array;
  private readonly row: number;
  private flow: Float64Array | undefined;

  constructor({ tape, outputs }: SampleResult, output: number) {
    const all = () => true;
    this.tape = tape;
    this.row = outputs[output]?.row ?? -1;
    this.reached = reaching(tape, [this.row], all);
    this.any = reaching(
      tape,
      outputs.map((o) => o.row),
      all,
    );
  }

  /** The rows on the ways from a row to the result, both included; the row alone where it only steers. */
  from(culprit: number): number[] {
    const marks = this.reached[culprit] === 1 ? this.reached : this.any;
    const after = this.above(culprit);
    const rows: number[] = [];
    for (let row = culprit; row < after.length; row++)
      if (row === culprit || (after[row] === 1 && marks[row] === 1)) rows.push(row);
    return rows;
  }

  /** Rows that are made of a row. */
  private above(from: number): Uint8Array {
    const { tape } = this;
    const made = new Uint8Array(tape.length);
    made[from] = 1;
    for (let row = Math.max(from + 1, tape.inputs); row < tape.length; row++)
      if (tape.operands(row).some((o) => o >= 0 && made[o] === 1)) made[row] = 1;
    return made;
  }

  /** The operation that a problem names, of those that stand at its place. */
  blamed(id: ProblemId, location: Location | undefined): number | undefined {
    const { tape, any } = this;
    const rows: number[] = [];
    if (location !== undefined)
      for (let row = tape.inputs; row < tape.length; row++) if (this.standsAt(row, location)) rows.push(row);
    const such = rows.find((row) => this.is(id, row));
    if (such !== undefined) return such;
    if (id !== 'GL107') return rows.find((row) => any[row] === 1) ?? rows[0];
    for (let row = tape.inputs; row < tape.length; row++)
      if (any[row] === 1 && !Number.isFinite(tape.value[row]!)) return row;
    return rows[0];
  }

  private standsAt(row: number, location: Location): boolean {
    const site = this.tape.sites[this.tape.at[row]!];
    return site !== undefined && isSameLocation(site, location);
  }

  /** Whether a row is of the kind that a problem is about. */
  private is(id: ProblemId, row: number): boolean {
    const { tape } = this;
    if (id === 'GL107') return !Number.isFinite(tape.value[row]!);
    if (id === 'GL101' || id === 'GL102') return isFlat(tape.op[row]!);
    const at = deniedOf(tape, row);
    const info = ROWS[tape.op[at]!];
    if (info === undefined) return false;
    const args = tape.operands(at).map((o) => tape.read(o));
    return info.compares === undefined ? info.kinks(...args).length > 0 : args[0] === (args[1] ?? 0);
  }

  private get adjoint(): Float64Array {
    this.flow ??= this.row < 0 ? new Float64Array(this.tape.length) : adjoints(this.tape, this.row);
    return this.flow;
  }

  /** What keeps an input from the result. */
  zero(input: number, label: string): { readonly culprit: number | undefined; readonly message: string } {
    const { tape, reached, adjoint } = this;
    if (this.row < 0 || reached[input] === 0)
      return { culprit: undefined, message: `${label} does not occur in the result at this point.` };
    const made = this.above(input);
    for (let row = this.row; row >= tape.inputs; row--) {
      if (made[row] === 0 || reached[row] === 0 || adjoint[row] === 0) continue;
      const operands = tape.operands(row);
      const partials = this.partials(row, operands);
      const stopped = operands.some((o, i) => o >= 0 && made[o] === 1 && partials[i] === 0);
      if (stopped) {
        const { js } = ROWS[tape.op[row]!]!;
        const name = js.form === 'call' ? js.name : `'${js.symbol}'`;
        return {
          culprit: row,
          message: `The derivative with respect to ${label} is 0: nothing flows through ${name} here.`,
        };
      }
    }
    return {
      culprit: this.cancelled(input),
      message: `The derivative with respect to ${label} is 0: what flows together here cancels.`,
    };
  }

  /** The first row at which tangents meet that add up to 0. */
  private cancelled(input: number): number | undefined {
    const { tape, reached } = this;
    const seed = new Float64Array(tape.inputs);
    seed[input] = 1;
    const tangent = tangents(tape, seed);
    for (let row = tape.inputs; row <= this.row; row++) {
      if (reached[row] === 0 || tangent[row] !== 0 || isFlat(tape.op[row]!)) continue;
      if (tape.operands(row).some((o) => o >= 0 && tangent[o] !== 0)) return row;
    }
    return undefined;
  }

  /** The operation with the largest partial on the ways from an input. */
  steepest(input: number): number | undefined {
    const { tape, reached } = this;
    const made = this.above(input);
    let best: number | undefined;
    let largest = 0;
    for (let row = tape.inputs; row <= this.row; row++) {
      if (made[row] === 0 || reached[row] === 0 || this.adjoint[row] === 0) continue;
      const operands = tape.operands(row);
      const partials = this.partials(row, operands);
      operands.forEach((o, i) => {
        const size = o >= 0 && made[o] === 1 ? Math.abs(partials[i]!) : 0;
        if (size <= largest) return;
        largest = size;
        best = row;
      });
    }
    return best;
  }

  private partials(row: number, operands: readonly number[]): readonly number[] {
    const code = this.tape.op[row]!;
    if (code === INPUT || isFlat(code)) return operands.map(() => 0);
    return partialsOf(
      code,
      operands.map((o) => this.tape.read(o)),
    );
  }
}
