/** Comments of the user's that stand in generated code, above what their statements became. */
import type { Instruction } from '../program/program.ts';
import type { Location } from '../source/span.ts';

/** A comment, line by line, each with its marks. */
export type Remark = readonly string[];

/** A comment and where that is computed which its statement is for. */
export interface Remarked {
  readonly remark: Remark;
  readonly places: readonly Location[];
}

/** What comments there are; each is said once. */
export class Remarks {
  private readonly at = new Map<string, Remark[]>();
  private readonly said = new Set<Remark>();

  constructor(all: readonly Remarked[] = []) {
    for (const { remark, places } of all) {
      for (const place of places) {
        const key = keyOf(place);
        this.at.set(key, [...(this.at.get(key) ?? []), remark]);
      }
    }
  }

  of(instruction: Instruction): readonly Remark[] {
    if (this.at.size === 0 || !('at' in instruction) || instruction.at === undefined) return [];
    return this.at.get(keyOf(instruction.at)) ?? [];
  }

  /** The lines of those that have not been said before. */
  take(remarks: Iterable<Remark>): string[] {
    const lines: string[] = [];
    for (const remark of remarks) {
      if (this.said.has(remark)) continue;
      this.said.add(remark);
      lines.push(...remark);
    }
    return lines;
  }
}

export const keyOf = ({ file, statement, span }: Location): string =>
  `${file} ${statement} ${span.start} ${span.end}`;
