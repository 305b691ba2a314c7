import { TABLE } from '../operations/table.ts';
import type { Location } from '../source/span.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId, ValueType } from './program.ts';
import { isTerminated } from './walk.ts';

export type NumericBuffer =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

export type ProgramValue = number | boolean | NumericBuffer;

export type Outcome =
  | { readonly kind: 'done'; readonly results: readonly ProgramValue[]; readonly steps: number }
  /** The user's own error. */
  | {
      readonly kind: 'thrown';
      readonly message: string;
      readonly at?: Location | undefined;
      readonly steps: number;
    }
  /** An index outside its buffer, or an impossible length. */
  | {
      readonly kind: 'range';
      readonly message: string;
      readonly at?: Location | undefined;
      readonly steps: number;
    }
  | {
      readonly kind: 'budget';
      readonly message: string;
      readonly at?: Location | undefined;
      readonly steps: number;
    };

const BUFFERS = {
  Float64Array,
  Float32Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
};

/** Straight code: blocks become jumps, so that neither nesting nor recursion uses the host's stack. */
type Step =
  | { readonly kind: 'constant'; readonly id: ValueId; readonly value: number }
  | {
      readonly kind: 'op';
      readonly id: ValueId;
      readonly value: (...args: number[]) => number;
      readonly args: readonly ValueId[];
    }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'jumpUnless'; readonly condition: ValueId; to: number }
  | { readonly kind: 'move'; readonly from: readonly ValueId[]; readonly to: readonly ValueId[] }
  | { readonly kind: 'return'; readonly from: readonly ValueId[] }
  | Extract<Instruction, { kind: 'call' | 'alloc' | 'load' | 'store' | 'length' | 'push' | 'pop' | 'throw' }>;

interface Code {
  readonly f: ProgramFunction;
  readonly steps: readonly Step[];
  readonly isBuffer: readonly boolean[];
}

interface Activation {
  readonly code: Code;
  readonly pc: number;
  readonly base: number;
  /** Where the caller wants the results. */
  readonly ids: readonly ValueId[];
}

/**
 * Runs a Program. `inputs` are the entry's parameters in order; buffers are written in place, as a call of the
 * user's function would. `budget` counts instructions, elements allocated and registers of calls.
 */
export function run(program: Program, inputs: readonly ProgramValue[], budget: number): Outcome {
  return new Machine(program, budget).run(inputs);
}

class Machine {
  private readonly program: Program;
  private readonly budget: number;
  private readonly codes: (Code | undefined)[] = [];
  private numbers = new Float64Array(256);
  private readonly buffers: (NumericBuffer | undefined)[] = [];
  private readonly stacks = new Map<number, (number | NumericBuffer)[]>();
  private readonly calls: Activation[] = [];
  private steps = 0;

  constructor(program: Program, budget: number) {
    this.program = program;
    this.budget = budget;
  }

  run(inputs: readonly ProgramValue[]): Outcome {
    let code = this.code(this.program.entry);
    const { parameters, results } = code.f;
    if (inputs.length !== parameters.length) {
      throw new Error(`${code.f.name} takes ${parameters.length} inputs, not ${inputs.length}`);
    }
    let base = 0;
    this.reserve(code.f.types.length);
    parameters.forEach((p, i) => {
      const input = inputs[i]!;
      if (typeof input === 'object') this.buffers[p.id] = input;
      else this.numbers[p.id] = Number(input);
    });
    let pc = 0;
    for (;;) {
      const step = code.steps[pc++]!;
      this.steps++;
      if (this.steps > this.budget) return this.stop('budget', 'the budget of steps is spent', step);
      switch (step.kind) {
        case 'constant':
          this.numbers[base + step.id] = step.value;
          break;
        case 'op':
          this.numbers[base + step.id] = this.apply(step.value, step.args, base);
          break;
        case 'jump':
          pc = step.to;
          break;
        case 'jumpUnless':
          if (this.numbers[base + step.condition] === 0) pc = step.to;
          break;
        case 'move':
          this.copy(code, step.from, base, step.to, base);
          break;
        case 'call': {
          const callee = this.code(step.function);
          const next = base + code.f.types.length;
          this.steps += callee.f.types.length;
          if (this.steps > this.budget) return this.stop('budget', 'the budget of steps is spent', step);
          this.reserve(next + callee.f.types.length);
          this.copy(
            code,
            step.args,
            base,
            callee.f.parameters.map((p) => p.id),
            next,
          );
          this.calls.push({ code, pc, base, ids: step.ids });
          code = callee;
          pc = 0;
          base = next;
          break;
        }
        case 'return': {
          const caller = this.calls.pop();
          if (!caller) {
            const values = step.from.map((id, i) => this.value(base + id, results[i]!.type));
            return { kind: 'done', results: values, steps: this.steps };
          }
          this.copy(code, step.from, base, caller.ids, caller.base);
          ({ code, pc, base } = caller);
          break;
        }
        case 'alloc': {
          const length = this.numbers[base + step.length]!;
          if (!Number.isInteger(length) || length < 0) {
            return this.stop('range', `an array of length ${length} is impossible`, step);
          }
          this.steps += length;
          if (this.steps > this.budget)
            return this.stop('budget', `an array of ${length} spends the budget`, step);
          const Buffer = BUFFERS[(step.typed ?? 'Float64Array') as keyof typeof BUFFERS];
          this.buffers[base + step.id] = new Buffer(length);
          break;
        }
        case 'load': {
          const value = this.buffers[base + step.buffer]![this.numbers[base + step.index]!];
          if (value === undefined) return this.outside(step, base);
          this.numbers[base + step.id] = value;
          break;
        }
        case 'store': {
          const buffer = this.buffers[base + step.buffer]!;
          const index = this.numbers[base + step.index]!;
          if (buffer[index] === undefined) return this.outside(step, base);
          buffer[index] = this.numbers[base + step.value]!;
          break;
        }
        case 'length':
          this.numbers[base + step.id] = this.buffers[base + step.buffer]!.length;
          break;
        case 'push':
          this.stack(step.stack).push(
            code.isBuffer[step.value] ? this.buffers[base + step.value]! : this.numbers[base + step.value]!,
          );
          break;
        case 'pop': {
          const value = this.stack(step.stack).pop();
          if (value === undefined) throw new Error(`stack ${step.stack} is empty`);
          if (typeof value === 'object') this.buffers[base + step.id] = value;
          else this.numbers[base + step.id] = value;
          break;
        }
        case 'throw':
          return this.stop('thrown', step.message, step);
      }
    }
  }

  private apply(value: (...args: number[]) => number, args: readonly ValueId[], base: number): number {
    const { numbers } = this;
    switch (args.length) {
      case 1:
        return value(numbers[base + args[0]!]!);
      case 2:
        return value(numbers[base + args[0]!]!, numbers[base + args[1]!]!);
      default:
        return value(...args.map((arg) => numbers[base + arg]!));
    }
  }

  private code(index: number): Code {
    const known = this.codes[index];
    if (known) return known;
    const f = this.program.functions[index]!;
    const code = { f, steps: linearise(f), isBuffer: f.types.map((type) => type === 'buffer') };
    this.codes[index] = code;
    return code;
  }

  private reserve(size: number): void {
    if (size <= this.numbers.length) return;
    const larger = new Float64Array(2 * size);
    larger.set(this.numbers);
    this.numbers = larger;
  }

  /** Copies values of `code`'s frame all at once: `to` may overlap `from`. */
  private copy(
    code: Code,
    from: readonly ValueId[],
    base: number,
    to: readonly ValueId[],
    toBase: number,
  ): void {
    const values = from.map((id) =>
      code.isBuffer[id] ? this.buffers[base + id]! : this.numbers[base + id]!,
    );
    to.forEach((id, i) => {
      const value = values[i]!;
      if (typeof value === 'object') this.buffers[toBase + id] = value;
      else this.numbers[toBase + id] = value;
    });
  }

  private value(register: number, type: ValueType): ProgramValue {
    if (type === 'buffer') return this.buffers[register]!;
    const value = this.numbers[register]!;
    return type === 'boolean' ? value !== 0 : value;
  }

  private stack(index: number): (number | NumericBuffer)[] {
    let stack = this.stacks.get(index);
    if (!stack) {
      stack = [];
      this.stacks.set(index, stack);
    }
    return stack;
  }

  private outside(step: Extract<Step, { kind: 'load' | 'store' }>, base: number): Outcome {
    const index = this.numbers[base + step.index]!;
    const { length } = this.buffers[base + step.buffer]!;
    return this.stop('range', `index ${index} is outside an array of length ${length}`, step);
  }

  private stop(kind: 'thrown' | 'range' | 'budget', message: string, step: Step): Outcome {
    const at = 'at' in step ? step.at : undefined;
    return { kind, message, at, steps: this.steps };
  }
}

function linearise(f: ProgramFunction): Step[] {
  const steps: Step[] = [];
  /** Emits a block, and a move of its results into `to`. */
  const block = (b: Block, to: readonly ValueId[]) => {
    for (const instruction of b.instructions) emit(instruction);
    if (!isTerminated(b) && to.length > 0) steps.push({ kind: 'move', from: b.results, to });
  };
  const emit = (instruction: Instruction) => {
    switch (instruction.kind) {
      case 'constant':
        steps.push({ kind: 'constant', id: instruction.id, value: Number(instruction.value) });
        break;
      case 'op':
        steps.push({
          kind: 'op',
          id: instruction.id,
          value: TABLE[instruction.op].value,
          args: instruction.args,
        });
        break;
      case 'if': {
        const test = { kind: 'jumpUnless' as const, condition: instruction.condition, to: 0 };
        const end = { kind: 'jump' as const, to: 0 };
        steps.push(test);
        block(instruction.then, instruction.ids);
        steps.push(end);
        test.to = steps.length;
        block(instruction.else, instruction.ids);
        end.to = steps.length;
        break;
      }
      case 'loop': {
        steps.push({ kind: 'move', from: instruction.initial, to: instruction.parameters });
        const start = steps.length;
        block(instruction.test, []);
        const test = { kind: 'jumpUnless' as const, condition: instruction.test.results[0]!, to: 0 };
        steps.push(test);
        block(instruction.body, instruction.parameters);
        steps.push({ kind: 'jump', to: start });
        test.to = steps.length;
        steps.push({ kind: 'move', from: instruction.parameters, to: instruction.ids });
        break;
      }
      default:
        steps.push(instruction);
    }
  };
  block(f.body, []);
  steps.push({ kind: 'return', from: f.body.results });
  return steps;
}
