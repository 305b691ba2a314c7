/**
 * Branches in a stage: both arms run in blocks and epochs of their own; what they wrote is joined. Ends of statements that
 * depend on an unknown are flags.
 */
import type { Completion, Split } from '../evaluate/domain.ts';
import { type Change, Frame, restore } from '../evaluate/heap.ts';
import type { JsObject } from '../evaluate/objects.ts';
import { Leaf, type Site, Thrown, type Value } from '../evaluate/values.ts';
import type { Block, ValueId } from '../program/program.ts';
import { growing } from './growth.ts';
import { install, Join, type Joined, type JoinedObject, Pair, settle } from './join.ts';
import type { Stage } from './stage.ts';
import { Unknown } from './unknown.ts';

interface Arm<T> {
  readonly block: Block;
  readonly changes: readonly Change[];
  /** Absent where the arm ends in an exception. */
  readonly outcome: { readonly value: T } | undefined;
}

export class Branches {
  private readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  branchValue(condition: Leaf, then: () => Value, otherwise: () => Value, site: Site): Value {
    const decided = this.decidedAt(condition, site);
    if (decided !== undefined) return decided ? then() : otherwise();
    return growing(this.stage, site, () => this.value(condition, then, otherwise, site));
  }

  private value(condition: Leaf, then: () => Value, otherwise: () => Value, site: Site): Value {
    const from = this.stage.ev.store.next;
    const a = this.arm(then, site);
    const b = this.arm(otherwise, site);
    const living = this.living(condition, a, b, site);
    if (living !== undefined) return living.value;
    return this.join(condition, a, b, from, site, (join) =>
      join.value(a.outcome!.value, b.outcome!.value, 'This expression'),
    );
  }

  branch(condition: Leaf, then: () => Completion, otherwise: () => Completion, site: Site): Completion {
    const decided = this.decidedAt(condition, site);
    if (decided !== undefined) return decided ? then() : otherwise();
    return growing(this.stage, site, () => this.completion(condition, then, otherwise, site));
  }

  private completion(
    condition: Leaf,
    then: () => Completion,
    otherwise: () => Completion,
    site: Site,
  ): Completion {
    const from = this.stage.ev.store.next;
    const a = this.arm(then, site);
    const b = this.arm(otherwise, site);
    const flags: { completion: Exclude<Completion, undefined | Split>; flag: Joined }[] = [];
    const living = this.living(condition, a, b, site);
    if (living !== undefined) return living.value;
    this.join(condition, a, b, from, site, (join) => {
      const [ca, cb] = [a.outcome!.value, b.outcome!.value];
      for (const completion of distinct([ca, cb])) {
        flags.push({ completion, flag: join.pair(flagOf(ca, completion), flagOf(cb, completion)) });
      }
      return undefined;
    });
    return completionOf(
      flags.map(({ completion, flag }) => ({
        completion,
        when: settle(this.stage.ev, flag) as boolean | Leaf,
      })),
    );
  }

  /** Which path of a branch is taken, where the sample decides it. */
  private decidedAt(condition: Leaf, site: Site): boolean | undefined {
    if (this.stage.sampled?.decides.has(placeOf(site)) !== true) return undefined;
    return this.stage.sampled.decide(condition, site) as boolean | undefined;
  }

  resume(split: Split, rest: () => Completion, site: Site): Completion {
    let abrupt: ValueId | undefined;
    for (const { when } of split.outcomes) {
      const id = this.stage.id(when, site);
      abrupt = abrupt === undefined ? id : this.stage.f.op('or', [abrupt, id]);
    }
    const left = this.stage.leaf(abrupt!);
    if (typeof left === 'boolean') return left ? split : rest();
    const kept = split.outcomes.length === 1 ? split.outcomes[0]!.completion : split;
    return this.branch(left as Leaf, () => kept, rest, this.stage.place ?? site);
  }

  /** Runs an arm in a block and an epoch of its own. */
  private arm<T>(run: () => T, site: Site): Arm<T> {
    for (;;) {
      const { ev, f } = this.stage;
      f.openBlock();
      const token = ev.store.begin();
      const { depth, current, handlers } = ev;
      try {
        const value = this.stage.bounds.within(run, true);
        const changes = ev.store.end(token);
        return { block: f.closeBlock([]), changes, outcome: { value } };
      } catch (error) {
        if (error instanceof Thrown && ev.handlers === handlers) {
          ev.depth = depth;
          ev.current = current;
          if (ev.handlers > 0) {
            ev.store.end(token);
            f.discardBlock();
            return ev.refuse(
              'GL111',
              'An exception that depends on an input is caught further out.',
              error.site?.location ?? site.location,
            );
          }
          this.stage.throws++;
          f.throw('The function throws here.', error.site?.location ?? site.location);
          const changes = ev.store.end(token);
          return { block: f.closeBlock([]), changes, outcome: undefined };
        }
        ev.store.end(token);
        f.discardBlock();
        this.stage.again(error, depth, current);
      }
    }
  }

  /**
   * A branch of which an arm throws: what follows can only come from the other, whose code goes on behind the throw.
   * undefined where both arms live.
   */
  private living<T>(condition: Leaf, a: Arm<T>, b: Arm<T>, site: Site): { readonly value: T } | undefined {
    if (a.outcome !== undefined && b.outcome !== undefined) return undefined;
    const { ev, f } = this.stage;
    const nothing: Block = { instructions: [], results: [] };
    const id = this.stage.id(condition, site);
    if (a.outcome === undefined && b.outcome === undefined) {
      f.if(id, a.block, b.block, site.location);
      throw new Thrown(undefined, site);
    }
    if (a.outcome === undefined) f.if(id, a.block, nothing, site.location);
    else f.if(id, nothing, b.block, site.location);
    const living = a.outcome === undefined ? b : a;
    f.splice(living.block);
    this.stage.aliases.silently(() => {
      for (const { container, after } of living.changes) {
        ev.own(container);
        restore(container, after);
      }
    });
    return living.outcome;
  }

  private decided(condition: Leaf, site: Site) {
    const id = this.stage.id(condition, site);
    const made = this.stage.f.definition(id);
    const negated = made?.op === 'not' ? made.args[0] : undefined;
    return (flag: Leaf, side: 'then' | 'else'): boolean | undefined =>
      flag.id === id ? side === 'then' : flag.id === negated ? side === 'else' : undefined;
  }

  /** Closes a branch: makes the `if`, installs what the arms wrote, and returns the joined value. */
  private join<T>(
    condition: Leaf,
    a: Arm<T>,
    b: Arm<T>,
    from: number,
    site: Site,
    value: (join: Join) => Joined,
  ): Value {
    const { ev, f } = this.stage;
    const join = new Join(
      ev,
      site,
      this.stage.since,
      from,
      this.stage.views,
      this.decided(condition, site),
      this.stage.branchOf,
      this.stage.lists.level > 1 || this.stage.sampled === undefined,
    );
    const contents = join.containers(a.changes, b.changes);
    const joined = value(join);
    const ids = (pick: 'then' | 'else'): ValueId[] => join.pairs.map((p) => this.stage.id(p[pick], site));
    const results = f.if(
      this.stage.id(condition, site),
      { ...a.block, results: ids('then') },
      { ...b.block, results: ids('else') },
      site.location,
    );
    join.pairs.forEach((pair, i) => {
      this.stage.sampled?.tell(results[i]!, {
        kind: 'choice',
        condition: this.stage.id(condition, site),
        then: this.stage.id(pair.then, site),
        else: this.stage.id(pair.else, site),
      });
      // What says whether it is there has come before it.
      const present = settle(ev, pair.present) as boolean | Leaf | undefined;
      pair.result = this.stage.leaf(results[i]!, pair.maybeUndefined && present !== true, present);
    });
    for (const { container, content } of contents) if (container instanceof Frame) this.name(content.values);
    const made = new Map<JoinedObject, JsObject>();
    this.stage.aliases.silently(() => {
      for (const { container, content } of contents) install(ev, container, content, made);
    });
    const result = settle(ev, joined, made);
    join.relate(this.stage.aliases, made);
    return result;
  }

  /** A variable that the arms have set goes by its name. */
  private name(values: readonly Joined[]): void {
    for (const value of values) {
      if (!(value instanceof Pair) || value.result === undefined) continue;
      const [then, other] = [value.then, value.else].map((side) =>
        side instanceof Unknown ? this.stage.names.get(side) : undefined,
      );
      const name = then ?? other;
      if (name !== undefined && (then === undefined || other === undefined || then === other))
        this.stage.named(value.result, name);
    }
  }

  returned(split: Split, value: Value, site: Site): Value {
    let returns: boolean | Leaf = false;
    for (const { when, completion } of split.outcomes) {
      if (completion.kind !== 'return') continue;
      returns =
        returns === false
          ? when
          : (this.stage.leaf(
              this.stage.f.op('or', [this.stage.id(returns, site), this.stage.id(when, site)]),
            ) as Leaf);
    }
    if (returns === false || value === undefined) return undefined;
    if (typeof value === 'number' || (value instanceof Unknown && value.type === 'number')) {
      const present = value instanceof Unknown && value.maybeUndefined ? value.present : returns;
      return this.stage.leaf(this.stage.id(value, site), true, present);
    }
    return this.stage.ev.poison('GL111', 'On some paths this function returns nothing.', site.location);
  }
}

/** A place in the source as a text. */
export function placeOf({ location: { file, statement, span } }: Site): string {
  return `${file} ${statement} ${span.start} ${span.end}`;
}

function distinct(completions: readonly Completion[]): Exclude<Completion, undefined | Split>[] {
  const found: Exclude<Completion, undefined | Split>[] = [];
  for (const c of completions) {
    const list = c === undefined ? [] : c.kind === 'split' ? c.outcomes.map((o) => o.completion) : [c];
    for (const one of list) if (!found.some((f) => same(f, one))) found.push(one);
  }
  return found;
}

function same(a: Exclude<Completion, undefined | Split>, b: Exclude<Completion, undefined | Split>): boolean {
  return a.kind === b.kind && a.label === b.label;
}

/** Where a completion is the given one: always, never, or under a flag. */
export function flagOf(c: Completion, which: Exclude<Completion, undefined | Split>): boolean | Leaf {
  if (c === undefined) return false;
  if (c.kind !== 'split') return same(c, which);
  return c.outcomes.find((o) => same(o.completion, which))?.when ?? false;
}

export function completionOf(
  flags: readonly {
    readonly completion: Exclude<Completion, undefined | Split>;
    readonly when: boolean | Leaf;
  }[],
): Completion {
  const certain = flags.find((f) => f.when === true);
  if (certain !== undefined) return certain.completion;
  const outcomes = flags.flatMap(({ completion, when }) =>
    when instanceof Leaf ? [{ completion, when }] : [],
  );
  return outcomes.length === 0 ? undefined : { kind: 'split', outcomes };
}
