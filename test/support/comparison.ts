/** Holds an answer of Gradlens against differences of the same function as Node runs it. */
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { central, type Estimate, mixed, oneSided } from './differences.ts';
import { inputLeaves, type Leaf, plainPath, withLeaves } from './encoding.ts';

export type Verdict = 'right' | 'wrong' | 'refused' | 'unsure';

export interface Judgement {
  readonly verdict: Verdict;
  readonly message: string;
}

/**
 * What the point is known to be. `special`: no two-sided derivative, so that a diagnostic must come with a one-sided
 * one, or a refusal; `unbounded`: an infinite one-sided slope is right; `refused`: must be refused; `refusable`: may
 * be; `H`: the Hessian is compared too.
 */
export type Flag = 'special' | 'unbounded' | 'refused' | 'refusable' | 'H';
export type Flags = ReadonlySet<string>;

export interface Said {
  readonly id: string;
  readonly severity: string;
  readonly message: string;
}

export interface Numbers {
  readonly value: readonly number[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly jacobian: readonly (readonly number[])[];
  readonly hessian?: readonly (readonly (readonly number[])[])[] | undefined;
  readonly diagnostics: readonly Said[];
}
export type Given = Numbers | { readonly refused: string };

/** One call: its arguments, and what Node gives for changed ones, by the outputs' paths. */
export interface Call {
  readonly args: readonly EncodedValue[];
  /** As the answer names the inputs; absent: depth first in the arguments. */
  readonly name?: (path: Leaf['path']) => string;
  readonly run: (args: readonly EncodedValue[]) => ReadonlyMap<string, number>;
}

export const RELATIVE = 1e-6;
/** Above so many inputs some coordinates and random directions stand for all. */
const MOST_COORDINATES = 40;
const SOME_COORDINATES = 10;
const DIRECTIONS = 4;

const RIGHT: Judgement = { verdict: 'right', message: '' };
const wrong = (message: string): Judgement => ({ verdict: 'wrong', message });

export function judge(given: Given, call: Call, flags: Flags): Judgement {
  if ('refused' in given) {
    if (given.refused.startsWith('INTERNAL')) return wrong(given.refused);
    if (flags.has('refused') || flags.has('special') || flags.has('refusable')) return RIGHT;
    return { verdict: 'refused', message: given.refused };
  }
  if (flags.has('refused')) return wrong('answered, must be refused');
  return new Comparison(given, call, flags).judge();
}

function tolerance(e: Estimate, largest: number): number {
  return Math.max(RELATIVE * Math.max(Math.abs(e.value), 1e-3 * largest), 10 * e.error);
}

class Comparison {
  private readonly given: Numbers;
  private readonly call: Call;
  private readonly flags: Flags;
  private readonly leaves: readonly Leaf[];
  private readonly names: readonly string[];
  private readonly here: readonly number[];

  constructor(given: Numbers, call: Call, flags: Flags) {
    this.given = given;
    this.call = call;
    this.flags = flags;
    this.leaves = inputLeaves(call.args);
    const here = call.run(call.args);
    this.names = [...here.keys()];
    this.here = [...here.values()];
  }

  judge(): Judgement {
    return this.shape() ?? this.values() ?? this.slopes();
  }

  private input(i: number): string {
    const { path } = this.leaves[i]!;
    return this.call.name === undefined ? plainPath(this.call.args, path) : this.call.name(path);
  }

  private shape(): Judgement | undefined {
    const { outputs, inputs } = this.given;
    if (this.names.join() !== outputs.join()) return wrong(`outputs ${outputs}, not ${this.names}`);
    const expected = this.leaves.map((_, i) => this.input(i));
    return expected.join() === inputs.join() ? undefined : wrong(`inputs ${inputs}, not ${expected}`);
  }

  private values(): Judgement | undefined {
    for (const [o, name] of this.names.entries()) {
      const a = this.here[o]!;
      const b = this.given.value[o]!;
      if (!Object.is(a, b) && !(Math.abs(a - b) <= 1e-15 * Math.abs(a)))
        return wrong(`value ${name}: ${b}, Node says ${a}`);
    }
    return undefined;
  }

  /** The outputs with the inputs moved; NaN where the function throws there. */
  private at(moves: readonly { readonly input: number; readonly by: number }[]): number[] {
    const changes = moves.map(({ input, by }) => {
      const { path, value } = this.leaves[input]!;
      return { path, value: value + by };
    });
    try {
      const there = this.call.run(withLeaves(this.call.args, changes));
      return this.names.map((n) => there.get(n) ?? Number.NaN);
    } catch {
      return this.names.map(() => Number.NaN);
    }
  }

  private scale(i: number): number {
    const size = Math.abs(this.leaves[i]!.value);
    return Number.isFinite(size) && size > 0 ? size : 1;
  }

  private slopes(): Judgement {
    const { given, flags, leaves, names } = this;
    const many = leaves.length > MOST_COORDINATES;
    const chosen = many ? spread(leaves.length, SOME_COORDINATES) : leaves.map((_, i) => i);
    const columns = chosen.map((i) => central((t) => this.at([{ input: i, by: t }]), this.scale(i)));
    const largest = names.map((_, o) => Math.max(...columns.map((e) => Math.abs(e[o]!.value) || 0), 0));
    const said = given.diagnostics.some((p) => p.severity !== 'hint');
    let unsure = '';
    for (const [o, name] of names.entries()) {
      for (const [k, i] of chosen.entries()) {
        const d = given.jacobian[o]![i]!;
        const what = `d ${name || 'f'} / d ${this.input(i)}`;
        const near = (e: Estimate) => Math.abs(d - e.value) <= tolerance(e, largest[o]!);
        const floor = (1e-9 * Math.abs(this.here[o]!)) / this.scale(i) + 1e-12;
        const sure = (e: Estimate) =>
          e.error <= Math.max(1e-4 * Math.max(Math.abs(e.value), 1e-3 * largest[o]!), floor);
        const reference = columns[k]![o]!;
        // A whole number that counts or chooses has no derivative where the function jumps beside it.
        if (Number.isNaN(d) && said && this.jumps(o, i)) continue;
        if (!flags.has('special') && sure(reference) && near(reference)) continue;
        const sides = ([1, -1] as const).map(
          (s) => oneSided((t) => this.at([{ input: i, by: t }]), this.here, this.scale(i), s)[o]!,
        );
        // Differences across a kink see the mean of its slopes.
        const kinked =
          sides.every(sure) &&
          !(Math.abs(sides[0]!.value - sides[1]!.value) <= tolerance(sides[0]!, largest[o]!));
        if (!flags.has('special') && sure(reference) && !kinked)
          return wrong(`${what}: ${d}, differences say ${reference.value} ± ${reference.error}`);
        const known = sides.filter(sure);
        const text = sides.map((e) => `${e.value} ± ${e.error}`).join(' and ');
        if (known.length > 0 && known.some(near)) {
          const smooth = known.length === 2 && known.every(near);
          if (!smooth && !said) return wrong(`${what}: ${d} without a diagnostic; sides say ${text}`);
          continue;
        }
        if (known.length === 2) return wrong(`${what}: ${d}, sides say ${text}`);
        const infinite = flags.has('unbounded') && Math.abs(d) === Number.POSITIVE_INFINITY;
        if ((Number.isNaN(d) || infinite) && said) continue;
        // An index, a count or a selector: it has no derivative, and that is said.
        if (d === 0 && given.diagnostics.some((p) => p.id === 'GL101')) continue;
        unsure = `${what}: ${d}, sides say ${text}, both ${reference.value} ± ${reference.error}`;
      }
    }
    if (flags.has('special') && !said) return wrong('special without a diagnostic');
    const beyond =
      (many ? this.directions(largest) : undefined) ?? (flags.has('H') ? this.curvature(largest) : undefined);
    if (beyond !== undefined) return beyond;
    return unsure === '' ? RIGHT : { verdict: 'unsure', message: unsure };
  }

  private jumps(o: number, i: number): boolean {
    const here = this.here[o]!;
    return [1e-7, -1e-7].some((by) => {
      const there = this.at([{ input: i, by: by * this.scale(i) }])[o]!;
      return !(Math.abs(there - here) <= 1e-5 * Math.abs(here));
    });
  }

  private directions(largest: readonly number[]): Judgement | undefined {
    const random = generator(12345);
    for (let k = 0; k < DIRECTIONS; k++) {
      const direction = this.leaves.map((_, i) => this.scale(i) * (2 * random() - 1));
      const estimates = central((t) => this.at(direction.map((d, input) => ({ input, by: t * d }))), 0.3);
      for (const [o, name] of this.names.entries()) {
        const e = estimates[o]!;
        const along = this.given.jacobian[o]!.reduce((sum, d, i) => sum + d * direction[i]!, 0);
        const what = `d ${name || 'f'} along direction ${k}`;
        if (!(e.error <= 1e-4 * Math.max(Math.abs(e.value), largest[o]!, 1e-9)))
          return { verdict: 'unsure', message: `${what}: differences say ${e.value} ± ${e.error}` };
        if (!(Math.abs(along - e.value) <= tolerance(e, largest[o]!)))
          return wrong(`${what}: ${along}, differences say ${e.value} ± ${e.error}`);
      }
    }
    return undefined;
  }

  private curvature(largest: readonly number[]): Judgement | undefined {
    for (const i of this.leaves.keys()) {
      for (let j = i; j < this.leaves.length; j++) {
        const estimates = mixed(
          (s, t) => {
            if (i === j && s === 0 && t === 0) return this.here;
            return this.at(
              i === j
                ? [{ input: i, by: s + t }]
                : [
                    { input: i, by: s },
                    { input: j, by: t },
                  ],
            );
          },
          this.scale(i),
          this.scale(j),
        );
        for (const [o, name] of this.names.entries()) {
          const e = estimates[o]!;
          const h = this.given.hessian?.[o];
          for (const entry of [h?.[i]?.[j], h?.[j]?.[i]])
            if (!(Math.abs((entry ?? Number.NaN) - e.value) <= tolerance(e, largest[o]!)))
              return wrong(
                `d² ${name || 'f'} / d ${this.input(i)} d ${this.input(j)}: ${entry}, differences say ${e.value} ± ${e.error}`,
              );
        }
      }
    }
    return undefined;
  }
}

/** `count` indices from 0 to n − 1. */
function spread(n: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => Math.floor((k * (n - 1)) / (count - 1)));
}

/** Uniform on [0, 1), the same every time (Numerical Recipes' quick LCG). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
