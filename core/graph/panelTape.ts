/** A path as plain data for the page, and back. */
import { isFollowed } from '../analysis/ordinary.ts';
import { OPCODE, OPERATIONS } from '../operations/names.ts';
import type { Location } from '../source/span.ts';
import { type Guard, INPUT, Tape } from '../trace/tape.ts';
import {
  numberOf,
  type PanelGuard,
  type PanelTape,
  type PlainLocation,
  plainNumber,
} from './panelModel.types.ts';

/** Longer tapes are not sent: the server is asked about every point. */
export const LONGEST_TAPE = 20_000;
const MOST_GUARDS = 20_000;

/** null where the tape is too long, or other points cannot be reached along it. */
export function panelTapeOf(
  tape: Tape,
  outputs: readonly { readonly row: number }[],
  locate: (location: Location) => PlainLocation | null,
): PanelTape | null {
  if (tape.length > LONGEST_TAPE || tape.guards.length > MOST_GUARDS) return null;
  // What was looked at without a guard, or taken for a constant, may be other at another point.
  if (tape.peeked || tape.doubts.length > 0) return null;
  const { inputs, length } = tape;
  const codes = new Map<number, number>();
  const op = Array.from(tape.op.subarray(inputs, length), (code) => {
    let index = codes.get(code);
    if (index === undefined) {
      index = codes.size;
      codes.set(code, index);
    }
    return index;
  });
  const sites = new Sites(tape.sites, locate);
  return {
    inputs,
    operations: [...codes.keys()].map((code) => OPERATIONS[code]!),
    op,
    a: Array.from(tape.a.subarray(inputs, length)),
    b: Array.from(tape.b.subarray(inputs, length)),
    more: [...tape.more],
    constants: Array.from(tape.constants.subarray(0, tape.known), plainNumber),
    start: Array.from(tape.value.subarray(0, inputs), plainNumber),
    outputs: outputs.map(({ row }) => row),
    guards: tape.guards.map(
      ({ kind, row, value, site }): PanelGuard => ({
        kind,
        row,
        value: plainNumber(value),
        site: sites.index(site),
      }),
    ),
    sites: sites.found,
    sweeps: isFollowed(tape),
  };
}

/** Each place once. */
class Sites {
  readonly found: PlainLocation[] = [];
  private readonly known = new Map<number, number>();
  private readonly all: readonly Location[];
  private readonly locate: (location: Location) => PlainLocation | null;

  constructor(all: readonly Location[], locate: (location: Location) => PlainLocation | null) {
    this.all = all;
    this.locate = locate;
  }

  index(site: number): number {
    let index = this.known.get(site);
    if (index === undefined) {
      const location = this.all[site];
      const place = location === undefined ? null : this.locate(location);
      index = place === null ? -1 : this.found.push(place) - 1;
      this.known.set(site, index);
    }
    return index;
  }
}

/** The tape, with the values of its inputs; those of the other rows are to be followed. Places are left out. */
export function tapeOf(plain: PanelTape): Tape {
  const { inputs } = plain;
  const length = inputs + plain.op.length;
  const codes = plain.operations.map((name) => OPCODE[name]);
  const tape = new Tape();
  tape.length = length;
  tape.inputs = inputs;
  tape.op = new Uint8Array(length).fill(INPUT, 0, inputs);
  tape.a = new Int32Array(length).fill(-1, 0, inputs);
  tape.b = new Int32Array(length).fill(-1, 0, inputs);
  tape.op.set(
    plain.op.map((index) => codes[index]!),
    inputs,
  );
  tape.a.set(plain.a, inputs);
  tape.b.set(plain.b, inputs);
  tape.value = new Float64Array(length);
  tape.value.set(plain.start.map(numberOf));
  tape.at = new Int32Array(length);
  tape.more = [...plain.more];
  tape.constants = Float64Array.from(plain.constants, numberOf);
  tape.known = plain.constants.length;
  for (const { kind, row, value, site } of plain.guards) {
    const guard: Guard = { kind, row, value: numberOf(value), site, position: row + 1 };
    tape.guards.push(guard);
  }
  return tape;
}
