/** Where the values of a function are defined and used: what decides whether they are written in place. */
import type { Block, ProgramFunction, ValueId } from '../program/program.ts';
import { blocksOf, definedBy, usedBy } from '../program/walk.ts';

export class Uses {
  private readonly counts = new Map<ValueId, number>();
  private readonly lastBlock = new Map<ValueId, Block>();
  private readonly definedIn = new Map<ValueId, Block>();
  /** Values that an arm or a loop's body yields. */
  private readonly yielded = new Set<ValueId>();

  constructor(f: ProgramFunction) {
    this.block(f.body);
    for (const id of f.body.results) this.use(id, f.body);
  }

  count(id: ValueId): number {
    return this.counts.get(id) ?? 0;
  }

  /** Used once, in the block that defines it. */
  isLocal(id: ValueId): boolean {
    return this.count(id) === 1 && this.lastBlock.get(id) === this.definedIn.get(id);
  }

  isYielded(id: ValueId): boolean {
    return this.yielded.has(id);
  }

  private use(id: ValueId, block: Block): void {
    this.counts.set(id, this.count(id) + 1);
    this.lastBlock.set(id, block);
  }

  private block(block: Block): void {
    for (const instruction of block.instructions) {
      for (const id of usedBy(instruction)) this.use(id, block);
      for (const id of definedBy(instruction)) this.definedIn.set(id, block);
      if (instruction.kind === 'loop') {
        for (const id of instruction.parameters) this.definedIn.set(id, instruction.body);
      }
      for (const inner of blocksOf(instruction)) {
        this.block(inner);
        for (const id of inner.results) {
          this.use(id, inner);
          this.yielded.add(id);
        }
      }
    }
  }
}
