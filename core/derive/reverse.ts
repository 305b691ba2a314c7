/**
 * Reverse mode: the Program of a function's value and of the adjoints of its inputs (its VJP). The forward sweep is the
 * function itself, recording what is needed; the reverse sweep runs its structure backwards: arms by their recorded
 * conditions, loops by their counts, calls by a second version of the callee that takes from the stacks what the first
 * put there. Each active buffer has a shadow of adjoints (Griewank and Walther, ch. 3.2 and 6; Hascoët and Pascual,
 * The Tapenade tool, TOMS 39(3), 2013).
 */
import { type FunctionBuilder, ProgramBuilder } from '../program/builder.ts';
import type { Program, ProgramFunction, ValueId } from '../program/program.ts';
import { isTerminated } from '../program/walk.ts';
import { ownName } from '../program/wishes.ts';
import { type Activity, analyseActivity, type ProgramActivity } from './activity.ts';
import { differentiable, stackCount } from './forward.ts';
import { normaliseTests } from './normalise.ts';
import { type Primal, preparePrimal, type Recorders } from './primal.ts';
import { recomputable } from './recompute.ts';
import { Records } from './record.ts';
import { ReverseSweep } from './sweep.ts';

export interface ReverseOptions {
  /** Which parameters to differentiate with respect to; by default all that can be. */
  readonly wrt?: readonly boolean[];
  /**
   * 'parameters': each result that is no boolean has its adjoint as a further parameter (a VJP). A number: the index
   * of the one result, a number, whose gradient is wanted: its adjoint is 1 and the others' 0.
   */
  readonly seeds?: 'parameters' | number;
  /** Whether the function's own results come first. */
  readonly value?: boolean;
  /** Whether speed matters more than how the code reads. */
  readonly fast?: boolean;
}

/**
 * Parameters: the function's own, then the results' adjoints where they are parameters. Results: the function's own
 * under the path `value` (where wanted), then the adjoint of each parameter in `wrt` under `gradient` and its path.
 * Adjoints of buffers are new buffers.
 */
export function reverse(program: Program, options: ReverseOptions = {}): Program {
  const { wrt = differentiable(program), seeds = 'parameters', value = false, fast = false } = options;
  const normal = normaliseTests(program);
  // Once to see what would be recorded, and again with the better choice, which may show another.
  let plans: ReadonlyMap<string, ReadonlySet<ValueId>> = new Map();
  for (let round = 0; ; round++) {
    const made = new Reverse(normal, wrt, plans, fast);
    const whole = made.whole(wrt, seeds, value);
    const next = united(plans, made.plans);
    if (next === undefined || round === (fast ? 1 : ROUNDS)) return whole;
    plans = next;
  }
}

const ROUNDS = 3;

/** Both of them; undefined where the second has nothing that the first has not. */
function united(
  a: ReadonlyMap<string, ReadonlySet<ValueId>>,
  b: ReadonlyMap<string, ReadonlySet<ValueId>>,
): ReadonlyMap<string, ReadonlySet<ValueId>> | undefined {
  const all = new Map(a);
  let grows = false;
  for (const [key, more] of b) {
    const before = a.get(key) ?? new Set();
    const both = new Set([...before, ...more]);
    grows ||= both.size > before.size;
    all.set(key, both);
  }
  return grows ? all : undefined;
}

/** ∇f of the one number that the Program yields, with respect to `wrt`. */
export function gradient(program: Program, options: Omit<ReverseOptions, 'seeds'> = {}): Program {
  return reverse(program, { ...options, seeds: 0 });
}

/** The key of the entry as a whole, which records nothing of its own block. */
const WHOLE = 'whole';

interface Pair {
  /** Indices of the two versions. */
  readonly record: number;
  readonly consume: number;
}

class Reverse implements Recorders {
  private readonly program: Program;
  private readonly builder: ProgramBuilder;
  private readonly activity: ProgramActivity;
  private readonly pairs = new Map<string, Pair>();
  private readonly waiting: (() => void)[] = [];
  private stacks: number;
  /** Values to be computed again, by function and activity. */
  readonly plans = new Map<string, ReadonlySet<ValueId>>();
  private readonly fast: boolean;
  private readonly given: ReadonlyMap<string, ReadonlySet<ValueId>>;

  constructor(
    program: Program,
    wrt: readonly boolean[],
    given: ReadonlyMap<string, ReadonlySet<ValueId>>,
    fast: boolean,
  ) {
    this.fast = fast;
    this.given = given;
    this.program = program;
    this.builder = new ProgramBuilder(program.functions);
    this.activity = analyseActivity(program, wrt);
    this.stacks = stackCount(program);
  }

  record(index: number, active: readonly boolean[]): { readonly index: number; readonly callee: Activity } {
    const callee = this.activity.of(index, active);
    if (!active.includes(true) && !callee.results.includes(true)) return { index, callee };
    return { index: this.pair(index, active).record, callee };
  }

  consumer(index: number, active: readonly boolean[]): number {
    return this.pair(index, active).consume;
  }

  whole(wrt: readonly boolean[], seeds: 'parameters' | number, value: boolean): Program {
    const activity = this.activity.of(this.program.entry, wrt);
    const source = activity.f;
    const primal = preparePrimal(activity, this, false);
    const ended = isTerminated(source.body);
    const f = this.builder.open(`${source.name}${seeds === 'parameters' ? 'Vjp' : 'Gradient'}`, primal.f);
    const records = this.records(f, primal, activity, WHOLE);
    const sweep = new ReverseSweep(f, primal, activity, records, this);
    const given = new Map<ValueId, ValueId>();
    source.results.forEach((result, i) => {
      if (result.type === 'boolean' || result.extent === true) return;
      const id = source.body.results[i] ?? -1;
      if (seeds === 'parameters') {
        const name = `${nameOfResult(source, i)}Bar`;
        given.set(i, f.parameter({ type: result.type, name, path: ['adjoint', ...result.path] }));
      } else if (seeds === i && result.type === 'number' && id >= 0) given.set(i, f.constant(1));
    });
    const ofNumbers = new Map<ValueId, ValueId>();
    for (const [i, seed] of given) {
      const id = source.body.results[i];
      if (id === undefined || source.results[i]!.type !== 'number') continue;
      const other = ofNumbers.get(id);
      ofNumbers.set(id, other === undefined ? seed : f.op('add', [other, seed]));
    }
    sweep.forward(primal.f.body, ofNumbers);
    const forwardLength = f.mark().instructions;
    for (const [i, seed] of given) if (!ended) sweep.seed(source.body.results[i]!, seed);
    if (!ended) sweep.run();
    this.plan(WHOLE, primal, records);
    const adjoints = source.parameters.flatMap((p, i) => {
      if (!wrt[i]) return [];
      let adjoint = 0;
      if (!ended) {
        adjoint =
          p.type === 'number'
            ? (sweep.adjoint(p.id) ?? f.constant(0))
            : (primal.shadows.get(p.id) ?? f.alloc(f.length(p.id)));
        f.setName(adjoint, `${p.name}Bar`);
      }
      return [{ path: ['gradient', ...p.path], value: adjoint, type: p.type }];
    });
    const own = source.results.map((r, i) => ({
      path: ['value', ...r.path],
      value: source.body.results[i] ?? 0,
      type: r.type,
    }));
    f.close(value ? [...own, ...adjoints] : adjoints, (instructions) => [
      ...sweep.settle(records.weave(instructions.slice(0, forwardLength), [])),
      ...instructions.slice(forwardLength),
    ]);
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) next();
    return this.builder.finish(f.index);
  }

  private records(f: FunctionBuilder, primal: Primal, activity: Activity, key: string): Records {
    return new Records(
      f,
      primal,
      activity,
      () => this.stacks++,
      key === WHOLE,
      this.given.get(key) ?? new Set(),
    );
  }

  private plan(key: string, primal: Primal, records: Records): void {
    const chosen = recomputable(primal, records.stable, records.stacks.keys(), this.fast);
    if (chosen.size > 0) this.plans.set(key, chosen);
  }

  private pair(index: number, active: readonly boolean[]): Pair {
    const key = `${index} ${active.map(Number).join('')}`;
    const known = this.pairs.get(key);
    if (known) return known;
    const { name } = this.program.functions[index]!;
    const pair = {
      record: this.builder.reserve(`${name}Forward`),
      consume: this.builder.reserve(`${name}Reverse`),
    };
    this.pairs.set(key, pair);
    this.waiting.push(() => this.buildPair(pair, key, this.activity.of(index, active)));
    return pair;
  }

  /**
   * The recording version takes the shadows of active buffers after the parameters and yields those of buffers it
   * returns. The consuming one takes the adjoints of active numbers returned, then the shadows of active buffers; it
   * yields the adjoints of active numbers among the parameters.
   */
  private buildPair(pair: Pair, key: string, activity: Activity): void {
    const source = activity.f;
    const primal = preparePrimal(activity, this, true);
    const f = this.builder.open(pair.consume);
    const records = this.records(f, primal, activity, key);
    const scope = records.open(primal.root);
    const sweep = new ReverseSweep(f, primal, activity, records, this);
    const ended = isTerminated(source.body);
    source.results.forEach((result, i) => {
      if (result.type !== 'number' || !activity.results[i]) return;
      const name = `${nameOfResult(source, i)}Bar`;
      sweep.seed(
        source.body.results[i]!,
        f.parameter({ type: 'number', name, path: ['adjoint', ...result.path] }),
      );
    });
    for (const p of source.parameters) {
      const shadow = primal.shadows.get(p.id);
      if (shadow === undefined) continue;
      const path = ['shadow', ...p.path];
      scope.values.set(shadow, f.parameter({ type: 'buffer', name: `${p.name}Bar`, path }));
    }
    if (!ended) sweep.run();
    this.plan(key, primal, records);
    const actives = source.parameters.filter((p) => p.type === 'number' && activity.isActive(p.id));
    f.close(
      actives.map((p) => {
        const value = ended ? 0 : (sweep.adjoint(p.id) ?? f.constant(0));
        if (!ended) f.setName(value, `${p.name}Bar`);
        return { path: ['gradient', ...p.path], value, type: 'number' };
      }),
    );
    const recorder = this.builder.open(pair.record, primal.f);
    recorder.splice(primal.f.body);
    const parameters = primal.f.parameters.map((p) => p.id);
    const { results } = primal.f;
    recorder.close(
      results.map((r, i) => ({ path: r.path, type: r.type, value: primal.f.body.results[i] ?? 0 })),
      (instructions) => sweep.settle(records.weave(instructions, parameters)),
    );
  }
}

function nameOfResult(f: ProgramFunction, index: number): string {
  const id: ValueId | undefined = f.body.results[index];
  return (id === undefined ? undefined : ownName(f, id)) ?? 'result';
}
