/** Branches of a function being built that are pure: one that does what an earlier one has done yields the same. */
import type { Block, Instruction, ValueId } from './program.ts';

type Op = Extract<Instruction, { kind: 'op' }>;
type Arms = readonly [then: Block, other: Block];

interface Done {
  readonly condition: ValueId;
  readonly arms: Arms;
  readonly ids: readonly ValueId[];
}

export class PureBranches {
  private readonly done: Done[] = [];

  note(condition: ValueId, arms: Arms, ids: readonly ValueId[]): void {
    if (ids.length > 0 && arms.every(isPure)) this.done.push({ condition, arms, ids });
  }

  /** What an earlier branch yields, all of it visible, that these arms would yield. */
  find(condition: ValueId, arms: Arms, isVisible: (id: ValueId) => boolean): ValueId[] | undefined {
    if (!arms.every(isPure)) return undefined;
    for (const earlier of this.done) {
      if (earlier.condition !== condition || !earlier.ids.every(isVisible)) continue;
      const results = arms.map((arm, i) => renamed(arm, earlier.arms[i]!));
      const [then, other] = results;
      if (!then || !other) continue;
      const found = then.map((value, i) =>
        earlier.ids.find((_, at) =>
          [value, other[i]].every((each, arm) => each === earlier.arms[arm]!.results[at]),
        ),
      );
      if (found.every((id) => id !== undefined)) return found;
    }
    return undefined;
  }
}

function isPure({ instructions }: Block): boolean {
  return instructions.every((i) => i.kind === 'op');
}

/** The results of a block in terms of another one that does the same; undefined where it does not. */
function renamed(block: Block, other: Block): ValueId[] | undefined {
  if (block.instructions.length !== other.instructions.length) return undefined;
  const map = new Map<ValueId, ValueId>();
  const same = (id: ValueId) => map.get(id) ?? id;
  const equal = block.instructions.every((i, at) => {
    const [a, b] = [i as Op, other.instructions[at] as Op];
    map.set(a.id, b.id);
    return a.op === b.op && a.args.every((arg, k) => same(arg) === b.args[k]);
  });
  return equal ? block.results.map(same) : undefined;
}
