/**
 * What searches by comparisons find: the root of an equation, or where something is least. Their path has no derivative
 * that means anything, but what they find has that of the implicit function theorem (Griewank & Walther, Evaluating
 * Derivatives, 2nd ed., §15.1): g(x, p) = 0 gives dx/dp = −g_p / g_x, and F_x(x, p) = 0 gives −F_xp / F_xx.
 *
 * What closes in on x is what the loop carries and what lies close together in its last rounds. There it is made an input
 * of its own, moving as one, and g and F are what is compared then. The result is held against differences of the
 * program in wide steps, on both sides together and on each, and given only where they agree.
 */
import type { Problem } from '../problem.ts';
import type { Location } from '../source/span.ts';
import type { LoopRun, Seeded } from '../trace/carried.ts';
import { adjoints, FLAT } from '../trace/sweep.ts';
import type { Tape } from '../trace/tape.ts';
import { type Cluster, clustersOf } from './clusters.ts';
import { type Condition, conditionOf } from './conditions.ts';
import type { Derivatives } from './differentiate.ts';
import { isNear } from './jacobian.ts';
import type { Run, Way } from './run.ts';
import { followedWidely } from './search.ts';

const MOST_INPUTS = 64;
const MOST_SITES = 4;
const MOST_RANKS = 5;
/** The last searches of a path; those before have no part in what they find, or there are too many. */
const MOST_SEARCHES = 24;
/** Runs that it takes to find what is given, and to hold it against differences, an input. */
const RUNS = 40;
const RUNS_AN_INPUT = 50;
/** How exactly differences must be able to tell. */
const LOOSE = 3e-4;
/** Less than this of a partial is no other than the path's, which is refused. */
const OTHER = 1e-4;
/** What further closing in on x may change of a derivative: what is given is nearer than a millionth then. */
const SETTLED = 2e-7;
/** A value that is off by more than this is said to be. */
const EXACT = 1e-9;

/** One search: which variables of which round close in on what is sought. */
interface Search {
  readonly site: Location;
  readonly seeded: Seeded;
  readonly cluster: Cluster;
}

/** The derivative of what is found, of a run whose own is refused; undefined where it is not certain. */
export function implicitly(
  run: Run,
  again: (way: Way) => Run,
  refused: Derivatives,
  steps: number,
): Derivatives | undefined {
  const [first] = refused.problems;
  if (first?.id !== 'GL113') return undefined;
  const n = run.inputs.length;
  if (n === 0 || n > MOST_INPUTS || !run.outputs.every(({ value }) => Number.isFinite(value)))
    return undefined;
  if (run.steps * (RUNS + RUNS_AN_INPUT * Math.min(n, 12)) > 8 * steps) return undefined;
  const sites = decidingLoops(run.trace.tape);
  if (sites.length === 0) return undefined;
  const runs: LoopRun[] = [];
  const watched = again({ carrying: { sites: new Set(sites), seeded: [], runs } });
  if (watched.problem !== undefined) return undefined;
  const sets = [...sites.map((site) => [site]), ...(sites.length > 1 ? [sites] : [])];
  for (const set of sets) {
    const own = runs.filter((r) => set.includes(r.site));
    for (let rank = 0; rank < MOST_RANKS; rank++) {
      const searches = searchesOf(own, rank);
      if (searches.length === 0) break;
      for (const least of [false, true]) {
        const found = given(run, again, searches, least);
        if (found === undefined || !isOther(refused.jacobian, found.jacobian)) continue;
        if (!followedWidely(run, again, found.jacobian, found.noise, LOOSE)) continue;
        const problem: Problem = {
          id: 'GL113',
          severity: 'information',
          message: `This loop finds its result by comparisons: the derivative is that of ${found.what} (implicit function theorem), and differences of the result agree with it.${found.off}`,
          location: first.location,
        };
        return {
          ...{ jacobian: found.jacobian, problems: [problem], kinks: [] },
          ...{ refused: false, special: true, implicit: true },
        };
      }
    }
  }
  return undefined;
}

/** Places of loops in which something is decided by what depends on inputs, outer ones first. */
function decidingLoops(tape: Tape): Location[] {
  const found = new Set<number>();
  const open: { readonly site: number; readonly position: number; readonly guards: number }[] = [];
  const order: number[] = [];
  for (const { kind, site, position, guards } of tape.marks) {
    if (kind === 'enterLoop') {
      open.push({ site, position, guards });
      if (!order.includes(site)) order.push(site);
    } else if (kind === 'exitLoop') {
      const loop = open.pop();
      if (loop === undefined || found.has(site)) continue;
      let decides = guards > loop.guards;
      for (let row = loop.position; row < position && !decides; row++) decides = FLAT[tape.op[row]!] === 1;
      if (decides) found.add(site);
    }
  }
  for (const { site } of open) found.add(site);
  return order
    .filter((site) => found.has(site))
    .slice(0, MOST_SITES)
    .map((site) => tape.sites[site]!);
}

function searchesOf(runs: readonly LoopRun[], rank: number): Search[] {
  const found: Search[] = [];
  for (const { instance, site, rounds, last } of runs.toSorted((p, q) => p.to - q.to)) {
    // The last round may end before it compares.
    const [numbers] = last;
    if (numbers === undefined || last.length < 2) continue;
    const cluster = clustersOf(numbers)[rank];
    if (cluster === undefined) continue;
    found.push({ site, cluster, seeded: { instance, round: rounds - 1, numbers: cluster.numbers } });
  }
  return found.slice(-MOST_SEARCHES);
}

interface Given {
  readonly jacobian: number[][];
  /** How far each output may be from that of what is sought exactly. */
  readonly noise: readonly number[];
  readonly what: string;
  /** What is to be said of the value. */
  readonly off: string;
}

function given(
  run: Run,
  again: (way: Way) => Run,
  searches: readonly Search[],
  least: boolean,
): Given | undefined {
  const here = attempt(run, again, searches, least);
  if (here === undefined || !areFinite(here.jacobian)) return undefined;
  // Nearer to what is sought, by a step of Newton's, and from there as far off as the bracket is wide.
  const moved = (widths: number) =>
    here.searches.map(({ search, condition }): Search => {
      const by = condition.step + widths * (search.cluster.gap || condition.step);
      const numbers = search.seeded.numbers.map(({ key, value }) => ({ key, value: value + by }));
      return { ...search, seeded: { ...search.seeded, numbers } };
    });
  const nearer = attempt(run, again, moved(0), least);
  const beside = attempt(run, again, moved(0.5), least);
  if (nearer === undefined || beside === undefined) return undefined;
  const { jacobian } = nearer;
  if (
    !areFinite(jacobian) ||
    !isNear(here.jacobian, jacobian, SETTLED) ||
    !isNear(beside.jacobian, jacobian, SETTLED)
  )
    return undefined;
  const off = run.outputs.map((_, o) =>
    here.searches.reduce(
      (sum, { condition }, k) => sum + Math.abs(here.influence[o]![k]! * condition.step),
      0,
    ),
  );
  const noise = run.outputs.map((_, o) =>
    here.searches.reduce((sum, { search, condition }, k) => {
      const wide = Math.max(search.cluster.gap / 4, Math.abs(condition.step), condition.blur);
      return sum + Math.abs(here.influence[o]![k]!) * wide;
    }, 0),
  );
  const worst = off.findIndex((by, o) => by > EXACT * Math.abs(run.outputs[o]!.value));
  const conditions = new Set(here.searches.map(({ condition }) => condition.kind));
  const what = conditions.has('root')
    ? conditions.has('least')
      ? 'the equations that hold there'
      : 'the equation that is solved'
    : 'the condition that what is compared is least or greatest there';
  return {
    jacobian,
    noise,
    what,
    off: worst < 0 ? '' : ` The value itself is off by about ${Number(off[worst]!.toPrecision(1))}.`,
  };
}

interface Attempt {
  readonly searches: readonly { readonly search: Search; readonly condition: Condition }[];
  readonly jacobian: number[][];
  /** What each output changes with what each search finds: influence[output][search]. */
  readonly influence: number[][];
}

function attempt(
  run: Run,
  again: (way: Way) => Run,
  searches: readonly Search[],
  least: boolean,
): Attempt | undefined {
  const runs: LoopRun[] = [];
  const sites = new Set(searches.map((s) => s.site));
  const seeded = searches.map((s) => s.seeded);
  const there = again({ carrying: { sites, seeded, runs } });
  if (there.problem !== undefined || there.outputs.length !== run.outputs.length) return undefined;
  const { tape } = there.trace;
  const n = run.inputs.length;
  const found: { search: Search; condition: Condition; own: number[] }[] = [];
  let row = n;
  for (const search of searches) {
    const own = search.seeded.numbers.map((_, k) => row + k);
    row += own.length;
    const looked = runs.find((r) => r.instance === search.seeded.instance);
    if (looked === undefined || looked.from < 0) continue;
    const condition = conditionOf(tape, own, looked, search.cluster, least);
    if (condition !== undefined) found.push({ search, condition, own });
  }
  if (found.length === 0) return undefined;
  const along = (slopes: ArrayLike<number>, own: readonly number[]) =>
    own.reduce((sum, i) => sum + (slopes[i] ?? 0), 0);
  const matrix = found.map(({ condition }) => found.map(({ own }) => along(condition.slopes, own)));
  // dx[search][input]
  const dx = solved(
    matrix,
    found.map(({ condition }) => run.inputs.map((_, i) => -(condition.slopes[i] ?? 0))),
  );
  if (dx === undefined) return undefined;
  const gradients = there.outputs.map((o) =>
    o.row < 0 ? new Float64Array(tape.inputs) : adjoints(tape, o.row).subarray(0, tape.inputs),
  );
  const influence = gradients.map((g) => found.map(({ own }) => along(g, own)));
  const jacobian = gradients.map((g, o) =>
    run.inputs.map((_, i) => dx.reduce((sum, d, k) => sum + influence[o]![k]! * d[i]!, g[i]!)),
  );
  return { searches: found, jacobian, influence };
}

/** The solution of a small linear system for several right-hand sides, by elimination; undefined where it is singular. */
function solved(
  matrix: readonly (readonly number[])[],
  right: readonly (readonly number[])[],
): number[][] | undefined {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...right[i]!]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    const head = rows[pivot]!;
    if (!(Math.abs(head[k]!) > 0)) return undefined;
    [rows[k], rows[pivot]] = [head, rows[k]!];
    rows.forEach((row, i) => {
      if (i === k || row[k] === 0) return;
      const factor = row[k]! / head[k]!;
      for (let j = k; j < row.length; j++) row[j]! -= factor * head[j]!;
    });
  }
  return rows.map((row, k) => row.slice(n).map((x) => x / row[k]!));
}

const areFinite = (jacobian: readonly (readonly number[])[]): boolean =>
  jacobian.flat().every(Number.isFinite);

function isOther(path: readonly (readonly number[])[], found: readonly (readonly number[])[]): boolean {
  return found.some((row, o) =>
    row.some((d, i) => !(Math.abs(d - (path[o]?.[i] ?? 0)) <= OTHER * Math.abs(d))),
  );
}
