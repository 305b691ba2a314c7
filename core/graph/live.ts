/**
 * A path that is followed in the page while sliders move: values, tangents, adjoints and local partials over typed
 * arrays, and whether they are the function's at the point. They are as long as every guard comes out as it did; the
 * sweeps give its derivatives where also nothing stands against them (analysis/ordinary.ts). Otherwise the server has
 * to be asked.
 */
import { type Doubt, doubtOf } from '../analysis/ordinary.ts';
import type { Traced } from '../analysis/traced.ts';
import { partialOf } from '../operations/numeric.ts';
import * as sweep from '../trace/sweep.ts';
import { chosenOperand, isVariadic, NONE, type Tape } from '../trace/tape.ts';
import { follow } from '../trace/values.ts';
import type { PanelTape } from './panelModel.types.ts';
import { tapeOf } from './panelTape.ts';

export interface LiveStatus {
  /** The values are the function's own. */
  readonly values: boolean;
  /** The sweeps give its derivatives, as the server would. */
  readonly derivatives: boolean;
  /** The numbers are right, but the text of some row is not: `max` has taken another operand. */
  readonly rewritten: boolean;
  /** Index into the tape's guards of the first that came out otherwise; −1 without. */
  readonly guard: number;
  /** Why the derivatives, or the values too, are not known here. */
  readonly why: null | 'guard' | 'unknown' | Doubt;
}

export class LiveTape {
  /** Of every row of the tape, at the point set last. Not to be kept: written over by the next. */
  readonly values: Float64Array;
  readonly rows: number;
  readonly inputs: number;
  private readonly plain: PanelTape;
  private readonly tape: Tape;
  private readonly path: Traced;
  private readonly jacobian: number[][];
  private readonly status: { -readonly [K in keyof LiveStatus]: LiveStatus[K] };
  private readonly forward: Float64Array;
  private readonly backward: Float64Array;
  /** Rows that pass one operand on, and which one that was when the tape was made. */
  private readonly choices: readonly (readonly [row: number, operand: number])[];

  constructor(plain: PanelTape) {
    const tape = tapeOf(plain);
    follow(tape);
    this.plain = plain;
    this.tape = tape;
    this.values = tape.value;
    this.rows = tape.length;
    this.inputs = tape.inputs;
    this.forward = new Float64Array(tape.length);
    this.backward = new Float64Array(tape.length);
    this.jacobian = plain.outputs.map(() => new Array<number>(tape.inputs).fill(0));
    const place = (row: number) => ({
      row,
      get value() {
        return row < 0 ? 0 : tape.value[row]!;
      },
    });
    this.path = {
      trace: { tape },
      inputs: Array.from({ length: tape.inputs }, (_, row) => place(row)),
      outputs: plain.outputs.map(place),
    };
    this.choices = Array.from({ length: tape.length }, (_, row) => row).flatMap((row) => {
      const chosen = chosenOperand(tape, row);
      return chosen === undefined ? [] : [[row, chosen] as const];
    });
    this.status = { values: false, derivatives: false, rewritten: false, guard: -1, why: null };
    this.set(tape.value.slice(0, tape.inputs));
  }

  /** Moves the inputs, in the order of the tape's rows. The answer is one object that the next call writes over. */
  set(point: ArrayLike<number>): LiveStatus {
    const { tape, status } = this;
    for (let i = 0; i < tape.inputs; i++) tape.value[i] = point[i]!;
    follow(tape);
    status.guard = this.turned();
    status.values = status.guard < 0;
    status.rewritten = this.choices.some(([row, chosen]) => chosenOperand(tape, row) !== chosen);
    status.why = status.values ? this.doubt() : 'guard';
    status.derivatives = status.why === null;
    return status;
  }

  /** ẇ of every row along a direction (one entry an input), into a buffer that the next call writes over, or the given one. */
  tangents(direction: ArrayLike<number>, into: Float64Array = this.forward): Float64Array {
    return sweep.tangents(this.tape, direction, into);
  }

  /** w̄ of every row for 1 at an output, likewise. */
  adjoints(output: number, into: Float64Array = this.backward): Float64Array {
    into.fill(0);
    const row = this.plain.outputs[output] ?? -1;
    return row < 0 ? into : sweep.adjoints(this.tape, row, into);
  }

  /** The partials of an output by every input, into the given array: where derivatives are known those of the server. */
  gradient(output: number, into: number[] | Float64Array): void {
    const known = this.status.derivatives ? this.jacobian[output] : undefined;
    const from = known ?? this.adjoints(output);
    for (let i = 0; i < this.inputs; i++) into[i] = from[i]!;
  }

  /** The value of an output; undefined where it depends on no input, so that the model has it. */
  output(index: number): number | undefined {
    const row = this.plain.outputs[index] ?? -1;
    return row < 0 ? undefined : this.values[row];
  }

  /** ∂(row)/∂(its operand of that index); 0 where nothing flows, and for an input. */
  partial(row: number, operand: number): number {
    const { tape } = this;
    if (row < tape.inputs) return 0;
    const code = tape.op[row]!;
    if (isVariadic(code)) {
      const operands = tape.operands(row);
      const chosen = chosenOperand(tape, row);
      if (chosen !== undefined) return chosen === operand ? 1 : 0;
      return partialOf(
        code,
        operand,
        operands.map((o) => tape.read(o)),
      );
    }
    const b = tape.b[row]!;
    PAIR[0] = tape.read(tape.a[row]!);
    PAIR[1] = b === NONE ? Number.NaN : tape.read(b);
    return partialOf(code, operand, PAIR);
  }

  /** The first guard that came out otherwise, −1 where all are as they were. */
  private turned(): number {
    const { guards, value } = this.tape;
    for (let i = 0; i < guards.length; i++) {
      const { kind, row, value: before } = guards[i]!;
      const now = value[row]!;
      if (kind === 'key' ? !Object.is(now, before) : (now !== 0) !== (before !== 0)) return i;
    }
    return -1;
  }

  private doubt(): LiveStatus['why'] {
    if (!this.plain.sweeps) return 'unknown';
    if (this.plain.outputs.length <= this.inputs) {
      this.jacobian.forEach((row, output) => {
        const w = this.adjoints(output);
        for (let i = 0; i < this.inputs; i++) row[i] = w[i]!;
      });
    } else {
      const direction = new Float64Array(this.inputs);
      for (let i = 0; i < this.inputs; i++) {
        direction[i] = 1;
        const w = this.tangents(direction);
        direction[i] = 0;
        this.jacobian.forEach((row, output) => {
          const at = this.plain.outputs[output]!;
          row[i] = at < 0 ? 0 : w[at]!;
        });
      }
    }
    return doubtOf(this.path, this.jacobian) ?? null;
  }
}

const PAIR = [0, 0];
