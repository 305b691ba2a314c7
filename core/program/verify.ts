import { TABLE } from '../operations/table.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId, ValueType } from './program.ts';
import { argumentType, definedBy, isTerminated, usedBy } from './walk.ts';

/** What is ill-formed in a Program, in words, each with its function's name; empty where all is well. */
export function verify(program: Program): string[] {
  const faults: string[] = [];
  const stacks = new Map<number, ValueType>();
  if (!program.functions[program.entry]) faults.push(`there is no function ${program.entry} to enter`);
  for (const f of program.functions) {
    const check = new FunctionCheck(program, f, stacks);
    faults.push(...check.run().map((fault) => `${f.name}: ${fault}`));
  }
  return faults;
}

class FunctionCheck {
  private readonly program: Program;
  private readonly f: ProgramFunction;
  private readonly stacks: Map<number, ValueType>;
  private readonly faults: string[] = [];
  private readonly visible = new Set<ValueId>();
  private readonly everDefined = new Set<ValueId>();

  constructor(program: Program, f: ProgramFunction, stacks: Map<number, ValueType>) {
    this.program = program;
    this.f = f;
    this.stacks = stacks;
  }

  run(): string[] {
    for (const parameter of this.f.parameters) {
      this.define(parameter.id);
      this.expect(parameter.id, parameter.type, `parameter ${parameter.name}`);
    }
    this.instructions(this.f.body);
    this.yields(
      this.f.body,
      this.f.results.map((r) => r.type),
      'the function',
    );
    return this.faults;
  }

  private define(id: ValueId): void {
    if (this.everDefined.has(id)) this.faults.push(`%${id} is defined twice`);
    if (this.f.types[id] === undefined) this.faults.push(`%${id} has no type`);
    this.everDefined.add(id);
    this.visible.add(id);
  }

  private expect(id: ValueId, type: ValueType | undefined, where: string): void {
    if (!this.visible.has(id)) {
      const why = this.everDefined.has(id) ? 'defined in another block' : 'not defined before';
      this.faults.push(`%${id} in ${where} is ${why}`);
    } else if (type && this.f.types[id] !== type) {
      this.faults.push(`%${id} in ${where} is a ${this.f.types[id]}, not a ${type}`);
    }
  }

  /** Checks a block's instructions; returns what it defined, left visible. */
  private instructions(block: Block): ValueId[] {
    const defined: ValueId[] = [];
    block.instructions.forEach((instruction, i) => {
      this.instruction(instruction);
      for (const id of definedBy(instruction)) {
        this.define(id);
        defined.push(id);
      }
      const ends = isTerminated({ instructions: [instruction], results: [] });
      if (ends && i < block.instructions.length - 1) this.faults.push('instructions follow a throw');
    });
    return defined;
  }

  private hide(ids: readonly ValueId[]): void {
    for (const id of ids) this.visible.delete(id);
  }

  private yields(block: Block, types: readonly (ValueType | undefined)[], where: string): void {
    if (isTerminated(block)) {
      if (block.results.length > 0) this.faults.push(`${where} ends in a throw and yet yields`);
      return;
    }
    if (block.results.length !== types.length) {
      this.faults.push(`${where} yields ${block.results.length} values, not ${types.length}`);
    }
    block.results.forEach((id, i) => {
      this.expect(id, types[i], `the results of ${where}`);
    });
  }

  private inner(block: Block, types: readonly (ValueType | undefined)[], where: string): void {
    const defined = this.instructions(block);
    this.yields(block, types, where);
    this.hide(defined);
  }

  private typesOf(ids: readonly ValueId[]): (ValueType | undefined)[] {
    return ids.map((id) => this.f.types[id]);
  }

  private instruction(instruction: Instruction): void {
    const { kind } = instruction;
    for (const id of usedBy(instruction)) this.expect(id, undefined, kind);
    switch (kind) {
      case 'constant':
        this.defines(instruction.id, typeof instruction.value === 'boolean' ? 'boolean' : 'number', kind);
        break;
      case 'op': {
        const row = TABLE[instruction.op];
        if (row.arity !== undefined && row.arity !== instruction.args.length) {
          this.faults.push(`${instruction.op} takes ${row.arity} arguments, not ${instruction.args.length}`);
        }
        instruction.args.forEach((id, i) => {
          this.expect(id, argumentType(instruction.op, i), instruction.op);
        });
        this.defines(instruction.id, row.type, instruction.op);
        break;
      }
      case 'if':
        this.expect(instruction.condition, 'boolean', 'the condition of an if');
        this.inner(instruction.then, this.typesOf(instruction.ids), 'an arm');
        this.inner(instruction.else, this.typesOf(instruction.ids), 'an arm');
        break;
      case 'loop': {
        const types = this.typesOf(instruction.parameters);
        if (instruction.initial.length !== types.length || instruction.ids.length !== types.length) {
          this.faults.push('a loop has unequal numbers of initial values, parameters and results');
        }
        instruction.initial.forEach((id, i) => {
          this.expect(id, types[i], 'the initial values of a loop');
        });
        instruction.ids.forEach((id, i) => {
          this.defines(id, types[i], 'loop');
        });
        for (const id of instruction.parameters) this.define(id);
        const tested = this.instructions(instruction.test);
        this.yields(instruction.test, ['boolean'], 'the test of a loop');
        if (isTerminated(instruction.test)) this.faults.push('the test of a loop always throws');
        this.inner(instruction.body, types, 'the body of a loop');
        this.hide([...tested, ...instruction.parameters]);
        break;
      }
      case 'call': {
        const callee = this.program.functions[instruction.function];
        if (!callee) {
          this.faults.push(`there is no function ${instruction.function} to call`);
          break;
        }
        if (callee.parameters.length !== instruction.args.length) {
          this.faults.push(`${callee.name} takes ${callee.parameters.length} arguments`);
        }
        if (callee.results.length !== instruction.ids.length) {
          this.faults.push(`${callee.name} yields ${callee.results.length} values`);
        }
        instruction.args.forEach((id, i) => {
          this.expect(id, callee.parameters[i]?.type, `a call of ${callee.name}`);
        });
        instruction.ids.forEach((id, i) => {
          this.defines(id, callee.results[i]?.type, `a call of ${callee.name}`);
        });
        break;
      }
      case 'alloc':
        this.expect(instruction.length, 'number', kind);
        this.defines(instruction.id, 'buffer', kind);
        break;
      case 'load':
        this.expect(instruction.buffer, 'buffer', kind);
        this.expect(instruction.index, 'number', kind);
        this.defines(instruction.id, 'number', kind);
        break;
      case 'store':
        this.expect(instruction.buffer, 'buffer', kind);
        this.expect(instruction.index, 'number', kind);
        this.expect(instruction.value, 'number', kind);
        break;
      case 'length':
        this.expect(instruction.buffer, 'buffer', kind);
        this.defines(instruction.id, 'number', kind);
        break;
      case 'push':
        this.stack(instruction.stack, this.f.types[instruction.value]);
        break;
      case 'pop':
        this.stack(instruction.stack, this.f.types[instruction.id]);
        break;
      case 'throw':
        break;
    }
  }

  private defines(id: ValueId, type: ValueType | undefined, where: string): void {
    if (type && this.f.types[id] !== type) {
      this.faults.push(`%${id} of ${where} is a ${type} and is declared a ${this.f.types[id]}`);
    }
  }

  private stack(stack: number, type: ValueType | undefined): void {
    const known = this.stacks.get(stack);
    if (type === undefined) return;
    if (known === undefined) this.stacks.set(stack, type);
    else if (known !== type) this.faults.push(`stack ${stack} holds a ${known} and a ${type}`);
  }
}
