/** The statements of one generated function. */
import { effectfulFunctions } from '../program/dead.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId } from '../program/program.ts';
import { instructionsIn } from '../program/walk.ts';
import { clearedBy, zerosOf } from '../program/zeroing.ts';
import { Branches, type Writing } from './branches.ts';
import {
  ANY,
  arrayOf,
  assignment,
  atom,
  element,
  lengthOf,
  literal,
  operation,
  position,
  type Text,
} from './expressions.ts';
import { Lifetimes } from './lifetimes.ts';
import { Loops } from './loops.ts';
import type { Names } from './names.ts';
import { Layout, type Part, type View } from './nested.ts';
import type { Remarks } from './remarks.ts';
import { Rows } from './rows.ts';
import { quote } from './structure.ts';
import { Uses } from './uses.ts';
import { Values } from './values.ts';
import type { Workspaces } from './workspaces.ts';

export { indented } from './lines.ts';

type Alloc = Extract<Instruction, { kind: 'alloc' }>;
type Load = Extract<Instruction, { kind: 'load' }>;
type Store = Extract<Instruction, { kind: 'store' }>;

/** What the functions of a module share. */
export interface ModuleContext {
  readonly program: Program;
  readonly typescript: boolean;
  /** Whether elements are asserted to be there (`x[i]!`), for noUncheckedIndexedAccess. */
  readonly asserted: boolean;
  /** Whether what is short may stand twice rather than have a name. */
  readonly readable: boolean;
  readonly remarks: Remarks;
  functionName(index: number): string;
  stackName(stack: number): string;
  /** The name of the type of any array of numbers. */
  vector(): string;
}

const NOTHING_STORED: ReturnType<typeof zerosOf> = { first: 0, single: [] };

export class BodyWriter implements Writing {
  readonly f: ProgramFunction;
  readonly values: Values;
  readonly names: Names;
  readonly uses: Uses;
  readonly lifetimes: Lifetimes;
  private readonly context: ModuleContext;
  private readonly effects: ReadonlySet<number>;
  private readonly lengths = new Map<ValueId, Text>();
  private readonly layout: Layout;
  /** Buffers whose elements are read and written where the user has them. */
  private readonly views: ReadonlyMap<ValueId, View>;
  private readonly branches: Branches;
  private readonly loops: Loops;
  readonly rows: Rows;
  /** Buffers that are no other by another name. */
  private readonly distinct: ReadonlySet<ValueId>;
  private readonly preallocated = new Map<ValueId, string>();
  /** Arrays that are kept from call to call, in the fast style. */
  workspaces: Workspaces | undefined;

  constructor(
    context: ModuleContext,
    f: ProgramFunction,
    names: Names,
    layout = new Layout(f),
    direct: ReadonlyMap<ValueId, View> = new Map(),
  ) {
    this.views = direct;
    this.context = context;
    this.f = f;
    this.names = names;
    this.layout = layout;
    const positions = (i: Instruction) => this.parts(i)?.filter((part) => typeof part === 'number');
    this.uses = new Uses(f, positions);
    this.lifetimes = new Lifetimes(f, (i) => this.uses.usedBy(i));
    this.values = new Values(f, names, this.uses, this.lifetimes, context);
    this.branches = new Branches(this);
    this.loops = new Loops(this, context.readable);
    this.rows = new Rows(this, context.asserted);
    this.effects = effectfulFunctions(context.program);
    const arrays = f.parameters.flatMap((p) => (p.type === 'buffer' ? [p.id] : []));
    this.distinct = new Set([...arrays, ...allocationsOf(f)]);
  }

  /** Says how a parameter is written. */
  define(id: ValueId, text: string): void {
    this.values.set(id, atom(text));
  }

  /** The body's lines up to the return; `yields` writes that from the results' expressions. */
  write(yields: (results: readonly string[]) => readonly string[]): string[] {
    this.branches.end(this.f.body, this.f.body.results, (results) => {
      const texts = results.map((id) => (this.views.has(id) ? atom('') : this.values.get(id)));
      this.values.write(yields(texts.map(({ text }) => text)), ...texts);
    });
    return this.values.lines;
  }

  /** Says how many elements a buffer has that stands nowhere as such. */
  defineLength(buffer: ValueId, length: string): void {
    this.lengths.set(buffer, atom(length.includes(' ') ? `(${length})` : length));
  }

  /** Writes a line before all others. */
  open(line: string): void {
    this.values.lines.push(line);
  }

  private parts(i: Instruction): readonly Part[] | undefined {
    if ((i.kind !== 'load' && i.kind !== 'store') || !this.views.has(i.buffer)) return undefined;
    return this.layout.parts(i);
  }

  /** The element that a load reads or a store writes. */
  private place(i: Load | Store): (asserted: boolean) => Text {
    const { values } = this;
    const parts = this.parts(i);
    if (parts !== undefined) {
      const whole = this.views.get(i.buffer)!;
      const near = this.rows.within(whole, parts);
      const indices = near.parts.map((part) =>
        typeof part === 'number' ? values.get(part) : literal(part.constant),
      );
      const loads = new Set([...indices.flatMap((index) => [...index.loads]), arrayOf(whole)]);
      return (asserted) => ({
        ...position(near.view, indices, asserted, this.context.asserted),
        loads,
      });
    }
    const [buffer, index] = values.getAll([i.buffer, i.index]) as [Text, Text];
    return (asserted) => element(buffer, index, asserted, this.arrayName(i.buffer));
  }

  viewOf(i: Instruction): { readonly view: View; readonly parts: readonly Part[] } | undefined {
    const parts = this.parts(i);
    if (parts === undefined || (i.kind !== 'load' && i.kind !== 'store')) return undefined;
    return { view: this.views.get(i.buffer)!, parts };
  }

  settled(id: ValueId): Text | undefined {
    return this.values.settled(id);
  }

  atEnd(leave: () => void): void {
    this.values.atEnd(leave);
  }

  isNested({ buffer }: Load): boolean {
    return this.views.has(buffer);
  }

  /** What an array is known as among those that are surely others. */
  private arrayName(buffer: ValueId): string {
    const view = this.views.get(buffer);
    if (view !== undefined) return arrayOf(view);
    return this.distinct.has(buffer) ? `%${buffer}` : ANY;
  }

  /** How a parameter is written. */
  text(id: ValueId): string {
    return this.values.settled(id)!.text;
  }

  /** An array that a caller may have given: what it is then. */
  preallocate(id: ValueId, text: string): void {
    this.preallocated.set(id, text);
  }

  bufferType(id: ValueId): string {
    const parameter = this.f.parameters.find((p) => p.id === id);
    if (parameter) return [parameter.typed ?? 'number[]', ...(parameter.also ?? [])].join(' | ');
    const allocated = this.allocation(id);
    return allocated ? (allocated.typed ?? 'number[]') : this.context.vector();
  }

  /** Where a value is made, if it is an array made by the function's own block. */
  allocation(id: ValueId): Alloc | undefined {
    for (const i of this.f.body.instructions) if (i.kind === 'alloc' && i.id === id) return i;
    return undefined;
  }

  /** A new array of zeros. */
  zeros(length: string, typed: string | undefined): string {
    if (typed !== undefined) return `new ${typed}(${length})`;
    return `new Array${this.context.typescript ? '<number>' : ''}(${length}).fill(0)`;
  }

  /** What is taken from a stack, which the type checker takes to be missing, perhaps. */
  private present(taken: string, id: ValueId): string {
    if (this.context.typescript) return `${taken}!`;
    const type = this.f.types[id]!;
    return `/** @type {${type === 'buffer' ? this.context.vector() : type}} */ (${taken})`;
  }

  annotation(id: ValueId): string {
    if (!this.context.typescript) return '';
    const type = this.f.types[id]!;
    return `: ${type === 'buffer' ? this.context.vector() : type}`;
  }

  // ───────────── instructions ─────────────

  block(block: Block): void {
    this.values.run(block, block.instructions, (i) => this.instruction(i));
  }

  instruction(instruction: Instruction): void {
    const { values } = this;
    switch (instruction.kind) {
      case 'constant':
        values.set(instruction.id, literal(instruction.value));
        break;
      case 'op':
        if (this.uses.count(instruction.id) === 0) break;
        values.offer(
          instruction.id,
          values.remarked(instruction, operation(instruction.op, values.getAll(instruction.args))),
        );
        break;
      case 'if':
        this.branches.if(instruction);
        break;
      case 'loop':
        if (!this.clears(instruction)) this.loops.loop(instruction);
        break;
      case 'call':
        this.call(instruction);
        break;
      case 'alloc':
        if (!this.views.has(instruction.id)) this.alloc(instruction);
        break;
      case 'load':
        // The element that a loop goes through is there already.
        if (values.settled(instruction.id) === undefined)
          values.offer(
            instruction.id,
            values.remarked(instruction, this.place(instruction)(this.context.asserted)),
          );
        break;
      case 'store':
        this.store(instruction);
        break;
      case 'length':
        this.length(instruction.id, instruction.buffer);
        break;
      case 'push':
        this.push(instruction.stack, values.get(instruction.value));
        break;
      case 'pop': {
        const taken = `${this.context.stackName(instruction.stack)}.pop()`;
        if (this.uses.count(instruction.id) === 0) values.lines.push(`${taken};`);
        else values.constant(instruction.id, atom(this.present(taken, instruction.id)));
        break;
      }
      case 'throw':
        values.lines.push(`throw new Error(${quote(instruction.message)});`);
        break;
    }
  }

  /** A loop that clears an array is a call. */
  private clears(loop: Instruction): boolean {
    const buffer = clearedBy(loop, (id) => this.values.definition(id));
    if (buffer === undefined || this.views.has(buffer)) return false;
    this.values.wrote(this.arrayName(buffer));
    this.values.lines.push(`${this.values.get(buffer).text}.fill(0);`);
    return true;
  }

  private push(stack: number, value: Text): void {
    this.values.write([`${this.context.stackName(stack)}.push(${value.text});`], value);
  }

  private alloc(instruction: Alloc): void {
    const { id } = instruction;
    const { values } = this;
    const text = this.zeros(values.get(instruction.length).text, instruction.typed);
    const given = this.preallocated.get(id);
    const workspace =
      given === undefined ? this.workspaces?.take(instruction, this.f, this.names) : undefined;
    if (workspace !== undefined) {
      values.set(id, atom(workspace.name));
      if (workspace.zeros) values.lines.push(`${workspace.name}.fill(0);`);
      return;
    }
    const { first, single } = given === undefined ? NOTHING_STORED : zerosOf(this.f, instruction);
    const fill = first === 0 ? '.fill(0)' : '';
    const reused = fill === '' ? given?.replace(/\?$/, '') : given;
    const made = atom(reused === undefined ? text : `${reused}${fill} ?? ${text}`);
    values.constant(id, values.remarked(instruction, made));
    if (first === 0) return;
    const array = this.text(id);
    // What is stored below need not be made 0.
    for (const at of single) values.lines.push(`${array}[${at}] = 0;`);
    if (this.context.readable) {
      values.lines.push(`if (${array}.length > ${first}) ${array}.fill(0, ${first});`);
      return;
    }
    const i = this.names.fresh('i');
    values.lines.push(`for (let ${i} = ${first}; ${i} < ${array}.length; ${i}++) ${array}[${i}] = 0;`);
  }

  private store(instruction: Store): void {
    const { values } = this;
    const place = this.place(instruction);
    const value = values.get(instruction.value);
    values.wrote(this.arrayName(instruction.buffer));
    const target = place(this.context.asserted).text;
    const compound = value.parts?.left === target;
    const line = assignment(compound ? target : place(false).text, value);
    values.write([line], values.remarked(instruction, value));
  }

  /** The length of an array that a variable holds may be that of another one later. */
  private length(id: ValueId, buffer: ValueId): void {
    const known = this.lengths.get(buffer);
    const text = known ?? lengthOf(this.values.get(buffer));
    if (text.reads.size === 0) this.values.set(id, text);
    else this.values.offer(id, text);
  }

  private call(instruction: Extract<Instruction, { kind: 'call' }>): void {
    const { values, uses } = this;
    const args = values.getAll(instruction.args);
    const reads = new Set(args.flatMap((arg) => [...arg.reads]));
    const made = `${this.context.functionName(instruction.function)}(${args.map((arg) => arg.text).join(', ')})`;
    const remarks = args.flatMap((arg) => arg.remarks ?? []);
    const text = values.remarked(instruction, { ...atom(made, reads, new Set([ANY])), remarks });
    const effectful = this.effects.has(instruction.function);
    const [first] = instruction.ids;
    if (!effectful && instruction.ids.length === 1) {
      values.offer(first!, text);
      return;
    }
    if (effectful) values.wrote(ANY);
    if (instruction.ids.every((id) => uses.count(id) === 0)) values.write([`${text.text};`], text);
    else if (instruction.ids.length === 1) values.constant(first!, text);
    else {
      const names = instruction.ids.map((id) => {
        if (uses.count(id) === 0) return '';
        const name = values.nameFor([id]);
        values.set(id, atom(name));
        return name;
      });
      while (names.at(-1) === '') names.pop();
      values.write([`const [${names.join(', ')}] = ${text.text};`], text);
    }
  }
}

function* allocationsOf(f: ProgramFunction): Iterable<ValueId> {
  for (const i of instructionsIn(f.body)) if (i.kind === 'alloc') yield i.id;
}
