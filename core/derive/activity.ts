/**
 * Activity: which values depend on active inputs by differentiable ways ("varied" in Griewank and Walther, §6.2).
 * Only these get tangents and adjoints. The analysis is flow-insensitive within a function, and specialises callees
 * by which of their arguments are active.
 *
 * Buffers that may be the same (through φs, carried values, calls, stacks) form one class, active as a whole once
 * something active may be stored in any of them. Typed arrays of integers truncate what they hold: never active.
 */
import type { Operation } from '../operations/names.ts';
import { TABLE } from '../operations/table.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId } from '../program/program.ts';
import { instructionsIn } from '../program/walk.ts';

export interface Activity {
  readonly f: ProgramFunction;
  /** Which parameters are active, buffers that become so inside included. */
  readonly parameters: readonly boolean[];
  readonly results: readonly boolean[];
  isActive(id: ValueId): boolean;
  /** Whether the function (or what it calls) stores into the buffer, or one that may be the same. */
  isWritten(buffer: ValueId): boolean;
  /** Whether two buffers may be the same, through branches, loops or calls. */
  mayAlias(a: ValueId, b: ValueId): boolean;
}

export interface ProgramActivity {
  /** The activity of a function with these of its parameters active. */
  of(functionIndex: number, parameters: readonly boolean[]): Activity;
  /** Whether any push on the stack, anywhere, is of an active value. */
  stackIsActive(stack: number): boolean;
}

export function holdsFloats(typed: string | undefined): boolean {
  return typed === undefined || typed.startsWith('Float');
}

/** Analyses everything reachable from the entry with these of its parameters active. */
export function analyseActivity(program: Program, parameters: readonly boolean[]): ProgramActivity {
  return new Analysis(program, parameters);
}

class Analysis implements ProgramActivity {
  private readonly program: Program;
  private readonly table = new Map<string, FunctionActivity>();
  readonly stacks = new Set<number>();
  changed = true;

  constructor(program: Program, parameters: readonly boolean[]) {
    this.program = program;
    let entry = this.of(program.entry, parameters);
    while (this.changed) {
      this.changed = false;
      entry = this.of(program.entry, entry.parameters);
      for (const activity of [...this.table.values()]) activity.pass();
    }
  }

  of(index: number, parameters: readonly boolean[]): FunctionActivity {
    const key = `${index} ${parameters.map(Number).join('')}`;
    let activity = this.table.get(key);
    if (!activity) {
      activity = new FunctionActivity(this, this.program.functions[index]!, parameters);
      this.table.set(key, activity);
      this.changed = true;
    }
    return activity;
  }

  stackIsActive(stack: number): boolean {
    return this.stacks.has(stack);
  }

  activateStack(stack: number): void {
    if (this.stacks.has(stack)) return;
    this.stacks.add(stack);
    this.changed = true;
  }
}

class FunctionActivity implements Activity {
  readonly f: ProgramFunction;
  private readonly analysis: Analysis;
  /** Numbers by id; buffers by the representative of their class. */
  private readonly active = new Set<ValueId>();
  private readonly written = new Set<ValueId>();
  /** Classes of buffers that hold integers. */
  private readonly integer = new Set<ValueId>();
  /** Union-find over buffers. */
  private readonly parents: ValueId[];

  constructor(analysis: Analysis, f: ProgramFunction, parameters: readonly boolean[]) {
    this.analysis = analysis;
    this.f = f;
    this.parents = f.types.map((_, id) => id);
    for (const p of f.parameters) if (p.type === 'buffer' && !holdsFloats(p.typed)) this.integer.add(p.id);
    for (const i of instructionsIn(f.body)) {
      if (i.kind === 'alloc' && !holdsFloats(i.typed)) this.integer.add(i.id);
    }
    f.parameters.forEach((p, i) => {
      if (parameters[i]) this.activate(p.id);
    });
  }

  get parameters(): readonly boolean[] {
    return this.f.parameters.map((p) => this.isActive(p.id));
  }

  get results(): readonly boolean[] {
    return this.f.body.results.map((id) => this.isActive(id));
  }

  isActive(id: ValueId): boolean {
    return this.active.has(this.find(id));
  }

  isWritten(buffer: ValueId): boolean {
    return this.written.has(this.find(buffer));
  }

  mayAlias(a: ValueId, b: ValueId): boolean {
    return this.find(a) === this.find(b);
  }

  pass(): void {
    this.block(this.f.body);
  }

  private find(id: ValueId): ValueId {
    let root = id;
    while (this.parents[root] !== root) root = this.parents[root]!;
    return root;
  }

  private join(a: ValueId, b: ValueId): void {
    const from = this.find(a);
    const to = this.find(b);
    if (from === to) return;
    this.parents[from] = to;
    for (const set of [this.active, this.written, this.integer]) {
      if (set.delete(from)) set.add(to);
    }
    this.analysis.changed = true;
  }

  private activate(id: ValueId): void {
    const type = this.f.types[id];
    const root = this.find(id);
    if (type === 'boolean' || this.active.has(root) || (type === 'buffer' && this.integer.has(root))) return;
    this.active.add(root);
    this.analysis.changed = true;
  }

  private write(buffer: ValueId): void {
    const root = this.find(buffer);
    if (this.written.has(root)) return;
    this.written.add(root);
    this.analysis.changed = true;
  }

  /** What flows from one value into another. */
  private flow(from: ValueId, to: ValueId): void {
    if (this.f.types[from] === 'buffer') this.join(from, to);
    if (this.isActive(from)) this.activate(to);
  }

  private block(block: Block): void {
    for (const instruction of block.instructions) this.instruction(instruction);
  }

  private instruction(instruction: Instruction): void {
    switch (instruction.kind) {
      case 'op':
        if (
          !TABLE[instruction.op].flat &&
          !isConstant(instruction.op, instruction.args) &&
          instruction.args.some((arg) => this.isActive(arg))
        ) {
          this.activate(instruction.id);
        }
        break;
      case 'if':
        for (const arm of [instruction.then, instruction.else]) {
          this.block(arm);
          arm.results.forEach((id, i) => {
            this.flow(id, instruction.ids[i]!);
          });
        }
        break;
      case 'loop':
        instruction.parameters.forEach((parameter, i) => {
          this.flow(instruction.initial[i]!, parameter);
        });
        this.block(instruction.test);
        this.block(instruction.body);
        instruction.parameters.forEach((parameter, i) => {
          const next = instruction.body.results[i];
          if (next !== undefined) this.flow(next, parameter);
          this.flow(parameter, instruction.ids[i]!);
        });
        break;
      case 'call': {
        const callee = this.analysis.of(
          instruction.function,
          instruction.args.map((arg) => this.isActive(arg)),
        );
        const inside = callee.f.parameters.map((p) => p.id);
        const returned = callee.f.body.results;
        instruction.args.forEach((arg, i) => {
          if (this.f.types[arg] !== 'buffer') return;
          if (callee.isActive(inside[i]!)) this.activate(arg);
          if (callee.isWritten(inside[i]!)) this.write(arg);
          instruction.args.forEach((other, j) => {
            if (this.f.types[other] === 'buffer' && callee.mayAlias(inside[i]!, inside[j]!))
              this.join(arg, other);
          });
          returned.forEach((result, j) => {
            if (callee.f.types[result] === 'buffer' && callee.mayAlias(inside[i]!, result)) {
              this.join(arg, instruction.ids[j]!);
            }
          });
        });
        returned.forEach((result, i) => {
          if (callee.isActive(result)) this.activate(instruction.ids[i]!);
          if (callee.f.types[result] === 'buffer' && callee.isWritten(result))
            this.write(instruction.ids[i]!);
        });
        break;
      }
      case 'load':
        this.flowElement(instruction.buffer, instruction.id);
        break;
      case 'store':
        this.write(instruction.buffer);
        if (this.isActive(instruction.value)) this.activate(instruction.buffer);
        break;
      case 'push':
        if (this.isActive(instruction.value)) this.analysis.activateStack(instruction.stack);
        else if (
          this.f.types[instruction.value] === 'buffer' &&
          this.analysis.stackIsActive(instruction.stack)
        ) {
          this.activate(instruction.value);
        }
        break;
      case 'pop':
        if (this.analysis.stackIsActive(instruction.stack)) this.activate(instruction.id);
        // What is stored in a popped buffer is stored in the one that was pushed.
        else if (this.isActive(instruction.id)) this.analysis.activateStack(instruction.stack);
        break;
      case 'constant':
      case 'alloc':
      case 'length':
      case 'throw':
        break;
    }
  }

  private flowElement(buffer: ValueId, element: ValueId): void {
    if (this.isActive(buffer)) this.activate(element);
  }
}

/** x − x and x / x, whatever x is. */
function isConstant(op: Operation, [a, b]: readonly ValueId[]): boolean {
  return (op === 'sub' || op === 'div') && a === b;
}
