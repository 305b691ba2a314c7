/**
 * `x === k ? k : x` is x, and so is `x || 0` of numbers: the branch of one point, of which the derivative would be that
 * of a constant, takes the value that the other path has there.
 */
import type { Block, Instruction, Program, ProgramFunction, ValueId, ValueType } from '../program/program.ts';
import { blocksOf, definedBy, instructionsIn, withBlocks } from '../program/walk.ts';

export function withoutEqualities(program: Program): Program {
  return { ...program, functions: program.functions.map((f) => new Equalities(f).run()) };
}

interface Equality {
  readonly value: ValueId;
  readonly constant: number;
  /** Whether the condition holds where the two are equal. */
  readonly holds: boolean;
  /** Asked for truth: NaN counts as 0. */
  readonly truth: boolean;
}

class Equalities {
  private readonly f: ProgramFunction;
  private readonly definitions = new Map<ValueId, Instruction>();
  private readonly types: ValueType[];

  constructor(f: ProgramFunction) {
    this.f = f;
    this.types = [...f.types];
    for (const i of instructionsIn(f.body)) for (const id of definedBy(i)) this.definitions.set(id, i);
  }

  run(): ProgramFunction {
    const body = this.block(this.f.body);
    return this.types.length === this.f.types.length && body === this.f.body
      ? this.f
      : { ...this.f, body, types: this.types };
  }

  private block(block: Block): Block {
    const instructions = block.instructions.flatMap((i) => this.instruction(i));
    return instructions.length === block.instructions.length &&
      instructions.every((i, k) => i === block.instructions[k])
      ? block
      : { ...block, instructions };
  }

  private instruction(i: Instruction): readonly Instruction[] {
    if (i.kind === 'op' && i.op === 'select') {
      const [condition, yes, no] = i.args as [ValueId, ValueId, ValueId];
      const equality = this.equality(condition);
      if (equality === undefined) return [i];
      const [equal, other] = equality.holds ? [yes, no] : [no, yes];
      if (!this.isOf(equality, equal, other)) return [i];
      const made: Instruction[] = [];
      const same = this.limit(equality, equal, made);
      return [...made, { ...i, args: [condition, ...(equality.holds ? [same, no] : [yes, same])] }];
    }
    const inner = blocksOf(i);
    if (inner.length === 0) return [i];
    const blocks = inner.map((b) => this.block(b));
    const changed = blocks.some((b, k) => b !== inner[k]) ? withBlocks(i, blocks) : i;
    return [changed.kind === 'if' ? this.joined(changed) : changed];
  }

  /** An `if` whose arm for equality yields what the other one does. */
  private joined(i: Extract<Instruction, { kind: 'if' }>): Instruction {
    const equality = this.equality(i.condition);
    if (equality === undefined || i.then.results.length !== i.else.results.length) return i;
    const [arm, other] = equality.holds ? [i.then, i.else] : [i.else, i.then];
    const made: Instruction[] = [];
    const results = arm.results.map((id, k) =>
      this.isOf(equality, id, other.results[k]!) ? this.limit(equality, id, made) : id,
    );
    if (results.every((id, k) => id === arm.results[k])) return i;
    const changed = { instructions: [...arm.instructions, ...made], results };
    return equality.holds ? { ...i, then: changed } : { ...i, else: changed };
  }

  private isOf({ value, constant }: Equality, equal: ValueId, other: ValueId): boolean {
    return other === value && this.constantOf(equal) === constant;
  }

  /** What the value is where it equals the constant. */
  private limit({ value, truth }: Equality, constant: ValueId, made: Instruction[]): ValueId {
    if (!truth) return value;
    const isNumber = this.fresh('boolean');
    const id = this.fresh('number');
    made.push(
      { kind: 'op', id: isNumber, op: 'eq', args: [value, value] },
      { kind: 'op', id, op: 'select', args: [isNumber, value, constant] },
    );
    return id;
  }

  private fresh(type: ValueType): ValueId {
    return this.types.push(type) - 1;
  }

  private equality(condition: ValueId, holds = true): Equality | undefined {
    const made = this.definitions.get(condition);
    if (made?.kind !== 'op') return undefined;
    const [a, b] = made.args as [ValueId, ValueId];
    if (made.op === 'not') return this.equality(a, !holds);
    if (made.op === 'truthy') return { value: a, constant: 0, holds: !holds, truth: true };
    if (made.op !== 'eq' && made.op !== 'ne') return undefined;
    const constant = this.constantOf(b);
    const value = constant === undefined ? b : a;
    const known = constant ?? this.constantOf(a);
    if (typeof known !== 'number') return undefined;
    return { value, constant: known, holds: made.op === 'eq' ? holds : !holds, truth: false };
  }

  private constantOf(id: ValueId): number | boolean | undefined {
    const made = this.definitions.get(id);
    return made?.kind === 'constant' ? made.value : undefined;
  }
}
