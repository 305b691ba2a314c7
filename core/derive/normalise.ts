/**
 * Before a reverse sweep: loops whose tests do more than read are given tests that only look at a flag. (A test runs
 * once more than the body it guards; its adjoint would need a sweep of its own.)
 */
import type { Block, Instruction, Program, ProgramFunction, ValueId, ValueType } from '../program/program.ts';
import { blocksOf, withBlocks } from '../program/walk.ts';

export function normaliseTests(program: Program): Program {
  return { ...program, functions: program.functions.map((f) => new Normaliser(f).run()) };
}

class Normaliser {
  private readonly f: ProgramFunction;
  private readonly types: ValueType[];
  private readonly yes: ValueId;
  private readonly no: ValueId;
  private used = false;

  constructor(f: ProgramFunction) {
    this.f = f;
    this.types = [...f.types];
    this.yes = this.fresh('boolean');
    this.no = this.fresh('boolean');
  }

  run(): ProgramFunction {
    const body = this.block(this.f.body);
    if (!this.used) return this.f;
    const constants: Instruction[] = [
      { kind: 'constant', id: this.yes, value: true },
      { kind: 'constant', id: this.no, value: false },
    ];
    return {
      ...this.f,
      types: this.types,
      body: { ...body, instructions: [...constants, ...body.instructions] },
    };
  }

  private fresh(type: ValueType): ValueId {
    this.types.push(type);
    return this.types.length - 1;
  }

  private block(block: Block): Block {
    return { ...block, instructions: block.instructions.map((i) => this.instruction(i)) };
  }

  private instruction(instruction: Instruction): Instruction {
    const blocks = blocksOf(instruction).map((block) => this.block(block));
    if (instruction.kind !== 'loop') return withBlocks(instruction, blocks);
    const [test, body] = blocks as [Block, Block];
    if (test.instructions.every((i) => this.onlyReads(i))) return { ...instruction, test, body };
    this.used = true;
    const { initial, parameters, ids } = instruction;
    const going = this.fresh('boolean');
    const next = [...parameters.map((id) => this.fresh(this.types[id]!)), this.fresh('boolean')];
    const stop: Block = { instructions: [], results: [...parameters, this.no] };
    const on: Block = { instructions: body.instructions, results: [...body.results, this.yes] };
    const step: Instruction = {
      kind: 'if',
      ids: next,
      condition: test.results[0]!,
      then: body.results.length === parameters.length ? on : { ...on, results: [] },
      else: stop,
    };
    return {
      ...instruction,
      initial: [...initial, this.yes],
      parameters: [...parameters, going],
      ids: [...ids, this.fresh('boolean')],
      test: { instructions: [], results: [going] },
      body: { instructions: [...test.instructions, step], results: next },
    };
  }

  /** Whether the instruction neither changes anything nor chooses between numbers. */
  private onlyReads(instruction: Instruction): boolean {
    switch (instruction.kind) {
      case 'constant':
      case 'op':
      case 'load':
      case 'length':
      case 'throw':
        return true;
      case 'if':
        return (
          instruction.ids.every((id) => this.types[id] === 'boolean') &&
          blocksOf(instruction).every((block) => block.instructions.every((i) => this.onlyReads(i)))
        );
      default:
        return false;
    }
  }
}
