/**
 * Searches of so many rounds as the program says, whose result is worked on afterwards: ten bisections and a step of
 * Newton's. More rounds tell whether the derivative was there; that they were meant, the values around tell.
 */
import type { Problem } from '../problem.ts';
import type { Location } from '../source/span.ts';
import type { Tape } from '../trace/tape.ts';
import { plainJacobian } from './jacobian.ts';
import type { Run, Way } from './run.ts';
import { valuesAlong } from './search.ts';

/** More rounds. */
const MORE = [8, 16] as const;
const MOST_LOOPS = 3;
/** Rounds in which a search decides something, at least. */
const FEWEST = 4;
/** Relative change of a derivative that has converged, and of a value that another one is not. */
const CONVERGED = 1e-6;
const STEADY = 1e-2;
/** What further rounds change is at most this part of what the first of them did. */
const SETTLES = 0.2;
/** Relative steps of the differences. */
const STEPS = [0.06, 0.047, 0.036, 0.027, 0.02];

/** The problem of the first search that more rounds would bring to another derivative, which the values have. */
export function unfinished(run: Run, again: (way: Way) => Run): Problem | undefined {
  for (const site of searches(run.trace.tape)) {
    const [some, more] = MORE.map((rounds) => again({ longer: { site, rounds } })) as [Run, Run];
    if ([some, more].some((r) => r.problem !== undefined || r.outputs.length !== run.outputs.length))
      continue;
    const [here, there, beyond] = [run, some, more].map((r) => plainJacobian(r)) as [
      number[][],
      number[][],
      number[][],
    ];
    for (let o = 0; o < run.outputs.length; o++) {
      const [x, y, z] = [run, some, more].map((r) => r.outputs[o]!.value) as [number, number, number];
      if (Math.abs(y - x) > STEADY * Math.abs(x) || !settles(x, y, z, 1e-12 * Math.abs(x))) continue;
      const largest = Math.max(...beyond[o]!.map(Math.abs));
      for (let i = 0; i < run.inputs.length; i++) {
        const [d, e, f] = [here[o]![i]!, there[o]![i]!, beyond[o]![i]!];
        const size = Math.max(Math.abs(f), 1e-3 * largest);
        if (!(Math.abs(e - d) > CONVERGED * size) || !settles(d, e, f, 0)) continue;
        const slope = slopeOf(run, again, i, o);
        if (!(Math.abs(slope - f) <= 0.3 * Math.abs(slope - d))) continue;
        const label = run.inputs[i]!.label;
        const message = `This search has not converged: ${MORE[0]} more rounds change the derivative with respect to ${label} from ${digits(d)} to ${digits(e)}.`;
        return { id: 'GL115', severity: 'error', message, location: site };
      }
    }
  }
  return undefined;
}

const settles = (x: number, y: number, z: number, rounding: number): boolean =>
  Math.abs(z - y) <= SETTLES * Math.abs(y - x) + rounding;

/** Places of loops that decide something in their rounds now in this way, now in that. */
function searches(tape: Tape): Location[] {
  const found = new Set<number>();
  const open: { readonly site: number; readonly from: number; rounds: number }[] = [];
  for (const { kind, site, guards } of tape.marks) {
    if (kind === 'enterLoop') open.push({ site, from: guards, rounds: 0 });
    else if (kind === 'iteration') {
      const loop = open.at(-1);
      if (loop !== undefined) loop.rounds++;
    } else if (kind === 'exitLoop') {
      const loop = open.pop();
      if (loop === undefined || loop.rounds < FEWEST || found.size >= MOST_LOOPS) continue;
      const inside = tape.guards.slice(loop.from, guards).filter((g) => g.kind !== 'key');
      const taken = new Map<number, [number, number]>();
      for (const g of inside) {
        const counts = taken.get(g.site) ?? [0, 0];
        counts[g.value === 0 ? 0 : 1]++;
        taken.set(g.site, counts);
      }
      const decides = [...taken.values()].some(([no, yes]) => no > 0 && yes > 0 && no + yes >= FEWEST);
      if (decides) found.add(loop.site);
    }
  }
  return [...found].map((site) => tape.sites[site]!);
}

/** The slope of an output in an input at the sample, as values around see it through the steps that it goes in. */
function slopeOf(run: Run, again: (way: Way) => Run, input: number, output: number): number {
  const size = Math.abs(run.inputs[input]!.value) || 1;
  const at = valuesAlong(
    run,
    again,
    run.inputs.map((_, i) => (i === input ? size : 0)),
  );
  // The line through central differences over squares of the steps.
  const points = STEPS.map((h) => [h * h, (at(h, output) - at(-h, output)) / (2 * h * size)] as const);
  const mean = (k: 0 | 1) => points.reduce((sum, p) => sum + p[k], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [u, v]) => sum + (u - x) * (v - y), 0);
  const under = points.reduce((sum, [u]) => sum + (u - x) ** 2, 0);
  return y - (over / under) * x;
}

const digits = (x: number): string => String(Number(x.toPrecision(9)));
