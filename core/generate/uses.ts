/** Where the values of a function are defined and used: what decides whether they are written in place. */
import type { Block, Instruction, ProgramFunction, ValueId } from '../program/program.ts';
import { blocksOf, definedBy, instructionsIn, usedBy } from '../program/walk.ts';

/** The parts of the index of a load or a store that is written by positions: `rows[i][j]`. */
export type Positions = (instruction: Instruction) => readonly ValueId[] | undefined;

export class Uses {
  private readonly counts = new Map<ValueId, number>();
  private readonly lastBlock = new Map<ValueId, Block>();
  private readonly definedIn = new Map<ValueId, Block>();
  /** Values that an arm or a loop's body yields. */
  private readonly yielded = new Set<ValueId>();

  /** What is computed for nothing, once elements are read by their positions. */
  private readonly dead = new Set<ValueId>();
  private readonly positions: Positions;

  constructor(f: ProgramFunction, positions: Positions = () => undefined) {
    this.positions = positions;
    for (let before = -1; before !== this.dead.size; ) {
      before = this.dead.size;
      this.counts.clear();
      this.block(f.body);
      for (const id of f.body.results) this.use(id, f.body);
      for (const i of instructionsIn(f.body)) {
        if (i.kind === 'op' && this.count(i.id) === 0) this.dead.add(i.id);
      }
    }
  }

  count(id: ValueId): number {
    return this.counts.get(id) ?? 0;
  }

  /** Used once, in the block that defines it. */
  isLocal(id: ValueId): boolean {
    return this.count(id) === 1 && this.lastBlock.get(id) === this.definedIn.get(id);
  }

  /** Used last in another block than the one that defines it. */
  leaves(id: ValueId): boolean {
    return this.lastBlock.get(id) !== this.definedIn.get(id);
  }

  isYielded(id: ValueId): boolean {
    return this.yielded.has(id);
  }

  private usedBy(instruction: Instruction): readonly ValueId[] {
    const parts = this.positions(instruction);
    if (parts === undefined) return usedBy(instruction);
    return instruction.kind === 'store' ? [...parts, instruction.value] : parts;
  }

  private use(id: ValueId, block: Block): void {
    this.counts.set(id, this.count(id) + 1);
    this.lastBlock.set(id, block);
  }

  private block(block: Block): void {
    for (const instruction of block.instructions) {
      if (instruction.kind === 'op' && this.dead.has(instruction.id)) continue;
      for (const id of this.usedBy(instruction)) this.use(id, block);
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
