/** Where the values of a function are defined and used: what decides whether they are written in place. */
import type { Block, Instruction, ProgramFunction, ValueId } from '../program/program.ts';
import { blocksOf, definedBy, instructionsIn, usedBy } from '../program/walk.ts';
import { ownName } from '../program/wishes.ts';

type Op = Extract<Instruction, { kind: 'op' }>;

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
  private readonly users = new Map<ValueId, Instruction[]>();
  /** Values that variables of their own name begin with. */
  private readonly first = new Set<ValueId>();
  /** Arrays of callers that nothing here writes into. */
  private readonly constant: Set<ValueId>;
  private readonly placed = new Map<ValueId, boolean>();

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
    const name = (...ids: readonly ValueId[]) => ids.map((id) => ownName(f, id)).find((n) => n !== undefined);
    for (const i of instructionsIn(f.body)) {
      if (i.kind === 'op' && this.dead.has(i.id)) continue;
      for (const id of this.usedBy(i)) this.users.set(id, [...(this.users.get(id) ?? []), i]);
      if (i.kind !== 'loop') continue;
      i.initial.forEach((id, at) => {
        if (name(id) === name(i.parameters[at]!, i.ids[at]!)) this.first.add(id);
      });
    }
    this.constant = new Set(f.parameters.flatMap((p) => (p.type === 'buffer' ? [p.id] : [])));
    for (const i of instructionsIn(f.body)) {
      if (i.kind === 'store') this.constant.delete(i.buffer);
      else if (i.kind !== 'load' && i.kind !== 'length') for (const id of usedBy(i)) this.constant.delete(id);
    }
  }

  /** The instruction that uses a value, where there is one and it stands in the block that defines it. */
  onlyUser(id: ValueId): Instruction | undefined {
    const users = this.users.get(id) ?? [];
    return this.isLocal(id) && users.length === 1 ? users[0] : undefined;
  }

  /** Whether a variable of the same name begins with it. */
  begins(id: ValueId): boolean {
    return this.first.has(id);
  }

  /** Whether an array is a caller's, and only read here. */
  isConstant(buffer: ValueId): boolean {
    return this.constant.has(buffer) && !this.yielded.has(buffer);
  }

  /** Whether it serves as the place of an element or as a bound alone. */
  isPosition(id: ValueId): boolean {
    return !this.yielded.has(id) && this.everyUse(id, (i) => this.isPlaceIn(i, id) || isComparison(i));
  }

  /** Whether it is the place of an element, or tested. */
  isPlace(id: ValueId): boolean {
    const known = this.placed.get(id);
    if (known !== undefined) return known;
    this.placed.set(id, false);
    const is = (this.users.get(id) ?? []).some(
      (i) => this.isPlaceIn(i, id) || isComparison(i) || (isSum(i) && this.isPlace(i.id)),
    );
    this.placed.set(id, is);
    return is;
  }

  private everyUse(id: ValueId, accept: (i: Instruction) => boolean): boolean {
    return (this.users.get(id) ?? []).every((i) => accept(i) || (isSum(i) && this.isPosition(i.id)));
  }

  private isPlaceIn(i: Instruction, id: ValueId): boolean {
    switch (i.kind) {
      case 'load':
        return this.positions(i)?.includes(id) ?? i.index === id;
      case 'store':
        return i.value !== id && (this.positions(i)?.includes(id) ?? i.index === id);
      case 'loop':
      case 'alloc':
        return true;
      default:
        return false;
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

  usedBy(instruction: Instruction): readonly ValueId[] {
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

function isSum(i: Instruction): i is Op {
  return i.kind === 'op' && (i.op === 'add' || i.op === 'sub' || i.op === 'mul');
}

function isComparison(i: Instruction): boolean {
  return i.kind === 'op' && (i.op === 'lt' || i.op === 'le' || i.op === 'gt' || i.op === 'ge');
}
