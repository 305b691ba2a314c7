/**
 * Indices into rows. An index outside its row reads undefined in JavaScript; in the row's buffer it would read another
 * row. Where it is not plain that it is inside, a guard throws: before the loop that counts the index, where the
 * access is made in each of its iterations, else in place.
 */
import { type Leaf, type Site, Thrown } from '../evaluate/values.ts';
import type { ValueId } from '../program/program.ts';
import type { Stage } from './stage.ts';

/** In the body of a loop `index < limit`; the index counts up from 0 or more. */
export interface CounterFact {
  readonly index: ValueId;
  readonly limit: ValueId;
  /** How many arms of branches the body stands in. */
  readonly depth: number;
  /** Someone relies on it. */
  used: boolean;
}

/** Signal of the stage's own: before the loop with this counter, `limit <= length` is to be made sure. */
export class GuardBefore {
  readonly fact: CounterFact;
  readonly length: ValueId;
  readonly site: Site;
  constructor(fact: CounterFact, length: ValueId, site: Site) {
    this.fact = fact;
    this.length = length;
    this.site = site;
  }
}

export class Bounds {
  private readonly stage: Stage;
  /** Of the loops around what is run, outermost first. */
  private facts: readonly CounterFact[] = [];
  /** Guards in force. */
  private guarded: ReadonlySet<string> = new Set();
  private depth = 0;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  insist(index: number | Leaf, length: number | Leaf, site: Site): void {
    const { stage } = this;
    if (typeof index === 'number' && typeof length === 'number') {
      if (index >= 0 && index < length && Number.isInteger(index)) return;
      stage.ev.refuse('GL111', 'This index is outside of its array.', site.location);
    }
    const i = stage.id(index, site);
    const n = stage.id(length, site);
    const fact = this.facts.find((f) => f.index === i);
    if (fact !== undefined) {
      fact.used = true;
      if (fact.limit === n || this.guarded.has(this.key('le', fact.limit, n))) return;
      // Values are numbered in their order: what is older than the counter was there before the loop.
      const [m, l] = [fact.limit, n].map((id) => stage.f.constantOf(id));
      if (typeof m === 'number' && typeof l === 'number' && m <= l) return;
      const before = (id: ValueId) => id < i || stage.f.constantOf(id) !== undefined;
      if (fact.depth === this.depth && before(n) && before(fact.limit)) throw new GuardBefore(fact, n, site);
    }
    this.guard(i, n, typeof index === 'number' || fact !== undefined, site);
  }

  /** Before a loop: that its counter, ending at `limit`, stays inside. */
  before({ fact, length, site }: GuardBefore): void {
    const key = this.key('le', fact.limit, length);
    if (!this.guarded.has(key)) this.throwUnless(this.stage.f.op('le', [fact.limit, length]), key, site);
  }

  private guard(i: ValueId, n: ValueId, isNatural: boolean, site: Site): void {
    const { f } = this.stage;
    const key = this.key('lt', i, n);
    if (this.guarded.has(key)) return;
    const below = f.op('lt', [i, n], site.location);
    const inside = isNatural ? below : f.op('and', [f.op('ge', [i, f.constant(0)], site.location), below]);
    this.throwUnless(inside, key, site);
  }

  private throwUnless(inside: ValueId, key: string, site: Site): void {
    const { stage } = this;
    const { f } = stage;
    if (f.constantOf(inside) === true) return;
    stage.throws++;
    f.openBlock();
    const nothing = f.closeBlock([]);
    f.openBlock();
    f.throw('An index is outside of its array here.', site.location);
    f.if(inside, nothing, f.closeBlock([]), site.location);
    if (f.terminated) throw new Thrown(undefined, site);
    this.guarded = new Set([...this.guarded, key]);
  }

  /** What is made sure so far; to be told again after a region was undone. */
  get sure(): ReadonlySet<string> {
    return this.guarded;
  }
  set sure(guarded: ReadonlySet<string>) {
    this.guarded = guarded;
  }

  private key(op: string, a: ValueId, b: ValueId): string {
    return `${this.stage.f.index} ${op} ${a} ${b}`;
  }

  /** Runs an arm of a branch or a loop's body: what is made sure in it holds in it alone. */
  within<T>(run: () => T, isArm = false): T {
    const { guarded, facts, depth } = this;
    if (isArm) this.depth++;
    try {
      return run();
    } finally {
      this.guarded = guarded;
      this.facts = facts;
      this.depth = depth;
    }
  }

  /** The counter of the loop whose body begins, where its test is `counter < limit`. */
  counter(test: boolean | Leaf, initial: ReadonlyMap<ValueId, ValueId>, site: Site): CounterFact | undefined {
    const { f } = this.stage;
    if (typeof test === 'boolean') return undefined;
    const made = f.definition(this.stage.id(test, site));
    if (made?.op !== 'lt') return undefined;
    const [index, limit] = made.args as [ValueId, ValueId];
    const begin = initial.get(index);
    const first = begin === undefined ? undefined : f.constantOf(begin);
    if (typeof first !== 'number' || !(first >= 0) || !Number.isInteger(first)) return undefined;
    const fact = { index, limit, depth: this.depth, used: false };
    this.facts = [...this.facts, fact];
    return fact;
  }

  /** Whether the counter's next value is itself and a whole number more. */
  countsUp({ index }: CounterFact, next: ValueId | undefined): boolean {
    const { f } = this.stage;
    const made = next === undefined ? undefined : f.definition(next);
    if (made?.op !== 'add' || !made.args.includes(index)) return false;
    const step = f.constantOf(made.args.find((id) => id !== index) ?? index);
    return typeof step === 'number' && step >= 1 && Number.isInteger(step);
  }
}
