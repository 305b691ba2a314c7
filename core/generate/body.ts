/** The statements of one generated function. */
import { effectfulFunctions } from '../program/dead.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId } from '../program/program.ts';
import { isTerminated } from '../program/walk.ts';
import { firstZero } from '../program/zeroing.ts';
import {
  assignment,
  atom,
  conditional,
  element,
  lengthOf,
  literal,
  negated,
  operation,
  position,
  type Text,
} from './expressions.ts';
import type { Names } from './names.ts';
import { Layout, type Part, type View } from './nested.ts';
import { quote } from './structure.ts';
import { Uses } from './uses.ts';
import type { Workspaces } from './workspaces.ts';

type If = Extract<Instruction, { kind: 'if' }>;
type Loop = Extract<Instruction, { kind: 'loop' }>;
type Alloc = Extract<Instruction, { kind: 'alloc' }>;

/** What the functions of a module share. */
export interface ModuleContext {
  readonly program: Program;
  readonly typescript: boolean;
  /** Whether elements are asserted to be there (`x[i]!`), for noUncheckedIndexedAccess. */
  readonly asserted: boolean;
  functionName(index: number): string;
  stackName(stack: number): string;
  /** The name of the type of any array of numbers. */
  vector(): string;
}

/** Of how many operations tests are that are written twice. */
const SHORTEST = 4;

/** Longer expressions are split. */
const LONGEST = 76;

interface Captured {
  readonly lines: string[];
  readonly mutated: ReadonlySet<string>;
  readonly writes: boolean;
}

export class BodyWriter {
  private readonly context: ModuleContext;
  private readonly f: ProgramFunction;
  private readonly names: Names;
  private readonly uses: Uses;
  private readonly effects: ReadonlySet<number>;
  private readonly texts = new Map<ValueId, Text>();
  /** Expressions that wait for their one use. */
  private pending = new Map<ValueId, Text>();
  private readonly lengths = new Map<ValueId, Text>();
  private readonly layout: Layout;
  /** Buffers whose elements are read and written where the user has them. */
  private readonly views: ReadonlyMap<ValueId, View>;
  /** Variables that ifs at the end of an arm assign. */
  private readonly targets = new Map<ValueId, string>();
  private readonly preallocated = new Map<ValueId, string>();
  /** Arrays that are kept from call to call, in the fast style. */
  workspaces: Workspaces | undefined;
  /** Values that a mutable variable holds. */
  private readonly variables = new Map<ValueId, string>();
  private lines: string[] = [];
  private mutated = new Set<string>();
  private writes = false;

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
    this.uses = new Uses(f, (i) => this.parts(i)?.filter((part) => typeof part === 'number'));
    this.effects = effectfulFunctions(context.program);
  }

  /** Says how a parameter is written. */
  define(id: ValueId, text: string): void {
    this.texts.set(id, atom(text));
  }

  /** The body's lines up to the return; `yields` writes that from the results' expressions. */
  write(yields: (results: readonly string[]) => readonly string[]): string[] {
    this.end(this.f.body, this.f.body.results, yields);
    return this.lines;
  }

  /** A block that the function ends with. */
  private end(
    block: Block,
    results: readonly ValueId[],
    yields: (results: readonly string[]) => readonly string[],
  ): void {
    const last = block.instructions.at(-1);
    if (last?.kind === 'if' && this.endsIn(last, results)) {
      for (const each of block.instructions.slice(0, -1)) this.instruction(each);
      const condition = this.get(last.condition);
      // What both arms return besides stands before them.
      for (const id of results) {
        const text = this.pending.get(id);
        if (text === undefined) continue;
        this.pending.delete(id);
        this.constant(id, text);
      }
      const within = (arm: Block) => () => {
        const yielded = results.map((id) => {
          const at = last.ids.indexOf(id);
          return at < 0 ? id : arm.results[at]!;
        });
        this.end(arm, yielded, yields);
      };
      const before = this.names.snapshot();
      const { lines } = this.capture(within(last.then));
      this.names.restore(before);
      this.lines.push(...braced(`if (${condition.text})`, lines));
      within(last.else)();
      return;
    }
    this.block(block);
    if (isTerminated(block)) return;
    const texts = results.map((id) => (this.views.has(id) ? '' : this.get(id).text));
    this.lines.push(...yields(texts));
  }

  /** Whether an if can return what it yields: all that comes after it, and too long for one expression. */
  private endsIn(last: If, results: readonly ValueId[]): boolean {
    if (isTerminated(last.then) || isTerminated(last.else)) return false;
    const counted = last.ids.every((id) => this.uses.count(id) === (results.includes(id) ? 1 : 0));
    const short = last.ids.length === 1 && last.then.instructions.length + last.else.instructions.length < 3;
    return results.length > 0 && counted && !short;
  }

  /** Says how many elements a buffer has that stands nowhere as such. */
  defineLength(buffer: ValueId, length: string): void {
    this.lengths.set(buffer, atom(length.includes(' ') ? `(${length})` : length));
  }

  /** Writes a line before all others. */
  open(line: string): void {
    this.lines.push(line);
  }

  private parts(i: Instruction): readonly Part[] | undefined {
    if ((i.kind !== 'load' && i.kind !== 'store') || !this.views.has(i.buffer)) return undefined;
    return this.layout.parts(i);
  }

  /** The element that a load reads or a store writes. */
  private place(i: Extract<Instruction, { kind: 'load' | 'store' }>): (asserted: boolean) => Text {
    const parts = this.parts(i);
    if (parts !== undefined) {
      const indices = parts.map((part) =>
        typeof part === 'number' ? this.get(part) : literal(part.constant),
      );
      return (asserted) => position(this.views.get(i.buffer)!, indices, asserted, this.context.asserted);
    }
    const [buffer, index] = this.getAll([i.buffer, i.index]) as [Text, Text];
    return (asserted) => element(buffer, index, asserted);
  }

  /** How a parameter is written. */
  text(id: ValueId): string {
    return this.texts.get(id)!.text;
  }

  /** An array that a caller may have given: what it is then. */
  preallocate(id: ValueId, text: string): void {
    this.preallocated.set(id, text);
  }

  bufferType(id: ValueId): string {
    const parameter = this.f.parameters.find((p) => p.id === id);
    if (parameter) return parameter.typed ?? 'number[]';
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

  // ───────────── values ─────────────

  private get(id: ValueId): Text {
    const waiting = this.pending.get(id);
    if (waiting) {
      this.pending.delete(id);
      return waiting;
    }
    const text = this.texts.get(id);
    if (!text) throw new Error(`${this.f.name}: %${id} has no text`);
    return text;
  }

  private getAll(ids: readonly ValueId[]): Text[] {
    return ids.map((id) => this.get(id));
  }

  /** A value that may be written where it is used. */
  private offer(id: ValueId, text: Text): void {
    if (this.uses.count(id) === 0) return;
    const named = this.f.names.has(id) && !this.uses.isYielded(id);
    if (this.uses.isLocal(id) && !named && text.text.length <= LONGEST) this.pending.set(id, text);
    else this.constant(id, text);
  }

  private constant(id: ValueId, text: Text, annotation = ''): void {
    const name = this.nameFor(id);
    this.lines.push(`const ${name}${annotation} = ${text.text};`);
    this.texts.set(id, atom(name));
  }

  private nameFor(...ids: readonly ValueId[]): string {
    for (const id of ids) {
      const name = this.f.names.get(id);
      if (name !== undefined) return this.names.fresh(name);
    }
    return this.names.temporary();
  }

  /** Gives constants to waiting expressions that what comes next would change. */
  private settle(mutated: ReadonlySet<string>, writes: boolean): void {
    for (const [id, text] of [...this.pending]) {
      if ((writes && text.loads) || [...text.reads].some((name) => mutated.has(name))) {
        this.pending.delete(id);
        this.constant(id, text);
      }
    }
  }

  private wrote(): void {
    this.settle(new Set(), true);
    this.writes = true;
  }

  private hold(id: ValueId, variable: string): void {
    this.texts.set(id, atom(variable, new Set([variable])));
    this.variables.set(id, variable);
  }

  /** Runs `emit` with its lines kept apart. */
  private capture(emit: () => void): Captured {
    const outer = { lines: this.lines, mutated: this.mutated, writes: this.writes, pending: this.pending };
    this.lines = [];
    this.pending = new Map();
    this.mutated = new Set();
    this.writes = false;
    emit();
    const captured = { lines: this.lines, mutated: this.mutated, writes: this.writes };
    this.lines = outer.lines;
    this.pending = outer.pending;
    this.mutated = new Set([...outer.mutated, ...captured.mutated]);
    this.writes = outer.writes || captured.writes;
    return captured;
  }

  // ───────────── instructions ─────────────

  private block(block: Block): void {
    for (const instruction of block.instructions) this.instruction(instruction);
  }

  private alloc(instruction: Alloc): void {
    const { id } = instruction;
    const text = this.zeros(this.get(instruction.length).text, instruction.typed);
    const given = this.preallocated.get(id);
    const workspace =
      given === undefined ? this.workspaces?.take(instruction, this.f, this.names) : undefined;
    if (workspace !== undefined) {
      this.texts.set(id, atom(workspace.name));
      if (workspace.zeros) this.lines.push(`${workspace.name}.fill(0);`);
      return;
    }
    const first = given !== undefined && this.workspaces ? firstZero(this.f, instruction) : 0;
    const fill = first === 0 ? '.fill(0)' : '';
    const reused = fill === '' ? given?.replace(/\?$/, '') : given;
    this.constant(id, atom(reused === undefined ? text : `${reused}${fill} ?? ${text}`));
    if (first === 0) return;
    const array = this.texts.get(id)!.text;
    const i = this.names.fresh('i');
    // What is stored below need not be made 0.
    this.lines.push(`for (let ${i} = ${first}; ${i} < ${array}.length; ${i}++) ${array}[${i}] = 0;`);
  }

  private instruction(instruction: Instruction): void {
    switch (instruction.kind) {
      case 'constant':
        this.texts.set(instruction.id, literal(instruction.value));
        break;
      case 'op':
        if (this.uses.count(instruction.id) === 0) break;
        this.offer(instruction.id, operation(instruction.op, this.getAll(instruction.args)));
        break;
      case 'if':
        this.if(instruction);
        break;
      case 'loop':
        this.loop(instruction);
        break;
      case 'call':
        this.call(instruction);
        break;
      case 'alloc': {
        if (this.views.has(instruction.id)) break;
        this.alloc(instruction);
        break;
      }
      case 'load': {
        this.offer(instruction.id, this.place(instruction)(this.context.asserted));
        break;
      }
      case 'store': {
        const place = this.place(instruction);
        const value = this.get(instruction.value);
        this.wrote();
        const target = place(this.context.asserted).text;
        const compound = value.parts?.left === target;
        this.lines.push(assignment(compound ? target : place(false).text, value));
        break;
      }
      case 'length':
        if (this.lengths.has(instruction.buffer)) {
          this.texts.set(instruction.id, this.lengths.get(instruction.buffer)!);
        } else this.length(instruction.id, this.get(instruction.buffer));
        break;
      case 'push':
        this.lines.push(
          `${this.context.stackName(instruction.stack)}.push(${this.get(instruction.value).text});`,
        );
        break;
      case 'pop': {
        const taken = `${this.context.stackName(instruction.stack)}.pop()`;
        if (this.uses.count(instruction.id) === 0) this.lines.push(`${taken};`);
        else this.constant(instruction.id, atom(this.context.typescript ? `${taken}!` : taken));
        break;
      }
      case 'throw':
        this.lines.push(`throw new Error(${quote(instruction.message)});`);
        break;
    }
  }

  /** The length of an array that a variable holds may be that of another one later. */
  private length(id: ValueId, buffer: Text): void {
    if (buffer.reads.size === 0) this.texts.set(id, lengthOf(buffer));
    else this.offer(id, lengthOf(buffer));
  }

  private call(instruction: Extract<Instruction, { kind: 'call' }>): void {
    const callee = this.context.functionName(instruction.function);
    const args = this.getAll(instruction.args);
    const text = operationlessCall(callee, args);
    const effectful = this.effects.has(instruction.function);
    const [first] = instruction.ids;
    if (!effectful && instruction.ids.length === 1) {
      this.offer(first!, text);
      return;
    }
    if (effectful) this.wrote();
    if (instruction.ids.every((id) => this.uses.count(id) === 0)) this.lines.push(`${text.text};`);
    else if (instruction.ids.length === 1) this.constant(first!, text);
    else {
      const names = instruction.ids.map((id) => {
        if (this.uses.count(id) === 0) return '';
        const name = this.nameFor(id);
        this.texts.set(id, atom(name));
        return name;
      });
      while (names.at(-1) === '') names.pop();
      this.lines.push(`const [${names.join(', ')}] = ${text.text};`);
    }
  }

  private if(instruction: If): void {
    const condition = this.get(instruction.condition);
    const thenEnds = isTerminated(instruction.then);
    if (thenEnds || isTerminated(instruction.else)) {
      const [ending, going] = thenEnds
        ? [instruction.then, instruction.else]
        : [instruction.else, instruction.then];
      const before = this.names.snapshot();
      const { lines } = this.capture(() => this.block(ending));
      this.names.restore(before);
      this.lines.push(...braced(`if (${(thenEnds ? condition : negated(condition)).text})`, lines));
      this.block(going);
      instruction.ids.forEach((id, i) => {
        const text = this.get(going.results[i]!);
        if (text.reads.size === 0 && !text.loads && this.texts.get(going.results[i]!) === text)
          this.texts.set(id, text);
        else this.offer(id, text);
      });
      return;
    }
    const before = this.names.snapshot();
    const given = instruction.ids.map((id) => this.targets.get(id));
    const planned = instruction.ids.map((id, i) => given[i] ?? this.nameFor(id));
    let results: readonly Text[] = [];
    const arms = [instruction.then, instruction.else].map((arm) => {
      const captured = this.capture(() => {
        this.aim(arm, planned);
        this.block(arm);
        results = this.getAll(arm.results);
      });
      return { ...captured, results };
    });
    const [then, other] = arms as [(typeof arms)[0], (typeof arms)[0]];
    if (instruction.ids.length === 1 && then.lines.length === 0 && other.lines.length === 0) {
      this.names.restore(before);
      const id = instruction.ids[0]!;
      this.offer(id, this.choice(condition, then.results[0]!, other.results[0]!));
      return;
    }
    instruction.ids.forEach((id, i) => {
      if (given[i] === undefined) this.lines.push(`let ${planned[i]!}${this.annotation(id)};`);
    });
    for (const arm of arms) {
      const { lines } = this.capture(() => {
        this.assign(planned.map((variable, i) => [variable, arm.results[i]!]));
      });
      arm.lines.push(...lines);
    }
    this.names.restore(before, planned);
    const mutated = new Set([...then.mutated, ...other.mutated, ...planned]);
    this.settle(mutated, then.writes || other.writes);
    this.lines.push(...chosen(condition, then.lines, other.lines));
    for (const variable of planned) this.mutated.add(variable);
    instruction.ids.forEach((id, i) => {
      this.hold(id, planned[i]!);
    });
  }

  /** What an `if` at the end of an arm yields goes into the variables of the one around it. */
  private aim(arm: Block, variables: readonly string[]): void {
    const last = arm.instructions.at(-1);
    if (last?.kind !== 'if') return;
    for (const id of last.ids) {
      const at = arm.results.indexOf(id);
      if (at >= 0 && this.uses.count(id) === 1) this.targets.set(id, variables[at]!);
    }
  }

  private choice(condition: Text, then: Text, other: Text): Text {
    if (other.text === 'false') return operation('and', [condition, then]);
    if (then.text === 'true') return operation('or', [condition, other]);
    return conditional(condition, then, other);
  }

  private annotation(id: ValueId): string {
    if (!this.context.typescript) return '';
    const type = this.f.types[id]!;
    return `: ${type === 'buffer' ? this.context.vector() : type}`;
  }

  /** Assigns all at once. */
  private assign(assignments: readonly (readonly [string, Text])[]): void {
    let open = assignments.filter(([variable, text]) => text.text !== variable);
    while (open.length > 0) {
      const free = open.find(([variable]) =>
        open.every(([other, text]) => other === variable || !text.reads.has(variable)),
      );
      // Nothing is free: whatever still reads a variable of another is computed into a temporary first.
      const reader = open.find(([variable, text]) =>
        open.some(([other]) => other !== variable && text.reads.has(other)),
      );
      const [variable, text] = free ?? reader!;
      if (free) {
        this.lines.push(assignment(variable, text));
        this.mutated.add(variable);
        open = open.filter((each) => each !== free);
      } else {
        const name = this.names.temporary();
        this.lines.push(`const ${name} = ${text.text};`);
        open = open.map((each) => (each === reader ? [variable, atom(name)] : each));
      }
    }
  }

  private loop(loop: Loop): void {
    const initial = this.getAll(loop.initial);
    const own: boolean[] = [];
    const variables = loop.parameters.map((parameter, i) => {
      const from = loop.initial[i]!;
      const held = this.variables.get(from);
      own.push(held === undefined || !this.uses.isLocal(from));
      const counts = own[i] && this.counts(loop, i) && !this.isNamed(parameter, loop.ids[i]!);
      const variable = counts ? this.names.counter() : own[i] ? this.nameFor(parameter, loop.ids[i]!) : held!;
      this.hold(parameter, variable);
      return variable;
    });
    const before = this.names.snapshot();
    let condition = atom('true');
    // A short test is written where it belongs, and what the body uses of it there again.
    const short = this.inlineTest(loop.test);
    const test = this.capture(() => {
      if (short) condition = short;
      else {
        this.block(loop.test);
        condition = this.get(loop.test.results[0]!);
      }
    });
    const counter = test.lines.length === 0 ? this.counterOf(loop, own, condition, variables) : -1;
    let step = '';
    const body = this.capture(() => {
      if (short) this.block(loop.test);
      this.block(loop.body);
      if (isTerminated(loop.body)) return;
      const next = this.getAll(loop.body.results);
      if (counter >= 0) step = assignment(variables[counter]!, this.stepOf(loop, counter)).slice(0, -1);
      this.assign(variables.flatMap((variable, i) => (i === counter ? [] : [[variable, next[i]!] as const])));
    });
    this.names.restore(before);
    const mutated = new Set([...test.mutated, ...body.mutated, ...variables]);
    this.settle(mutated, test.writes || body.writes);
    for (const variable of variables) this.mutated.add(variable);
    variables.forEach((variable, i) => {
      if (!own[i] || i === counter) return;
      const type = this.f.types[loop.parameters[i]!] === 'buffer' ? this.annotation(loop.parameters[i]!) : '';
      this.lines.push(`let ${variable}${type} = ${initial[i]!.text};`);
    });
    if (test.lines.length > 0) {
      const leave = `if (${negated(condition).text}) break;`;
      this.lines.push(...braced('for (;;)', [...test.lines, leave, ...body.lines]));
    } else if (counter >= 0) {
      const start = `let ${variables[counter]} = ${initial[counter]!.text}`;
      this.lines.push(...braced(`for (${start}; ${condition.text}; ${step})`, body.lines));
    } else {
      this.lines.push(...braced(`while (${condition.text})`, body.lines));
    }
    loop.ids.forEach((id, i) => {
      this.hold(id, variables[i]!);
    });
    if (counter >= 0) this.names.release(variables[counter]!);
  }

  /** A test of few operations as one expression; undefined for others, and where all of it is used once. */
  private inlineTest(test: Block): Text | undefined {
    const own = new Map<ValueId, Instruction>();
    let shared = false;
    for (const i of test.instructions) {
      if (i.kind !== 'op' || own.size === SHORTEST) return undefined;
      own.set(i.id, i);
      shared ||= this.uses.leaves(i.id);
      if (!this.uses.leaves(i.id) && this.uses.count(i.id) > 1) return undefined;
    }
    if (!shared) return undefined;
    const text = (id: ValueId): Text | undefined => {
      const made = own.get(id);
      if (made?.kind !== 'op') return this.pending.has(id) ? undefined : this.texts.get(id);
      const args = made.args.map(text);
      return args.every((arg) => arg !== undefined) ? operation(made.op, args) : undefined;
    };
    return text(test.results[0]!);
  }

  /** Whether a carried value steps by a constant. */
  private counts(loop: Loop, i: number): boolean {
    const next = loop.body.results[i];
    const step = [...loop.body.instructions, ...loop.test.instructions].find(
      (each) => each.kind === 'op' && each.id === next,
    );
    if (step?.kind !== 'op' || (step.op !== 'add' && step.op !== 'sub')) return false;
    return step.args[0] === loop.parameters[i] && this.isConstant(step.args[1]!);
  }

  /** The next value of what counts, in terms of the present one. */
  private stepOf(loop: Loop, i: number): Text {
    const next = loop.body.results[i]!;
    const step = [...loop.body.instructions, ...loop.test.instructions].find(
      (each) => each.kind === 'op' && each.id === next,
    ) as Extract<Instruction, { kind: 'op' }>;
    return operation(
      step.op,
      step.args.map((arg) => this.texts.get(arg)!),
    );
  }

  private isNamed(...ids: readonly ValueId[]): boolean {
    return ids.some((id) => this.f.names.has(id));
  }

  /** Which carried value a `for` can count in: one that steps by a constant, is tested, and is not used afterwards. */
  private counterOf(
    loop: Loop,
    own: readonly boolean[],
    condition: Text,
    variables: readonly string[],
  ): number {
    return loop.parameters.findIndex((_, i) => {
      if (!own[i] || this.uses.count(loop.ids[i]!) > 0 || !condition.reads.has(variables[i]!)) return false;
      return this.counts(loop, i);
    });
  }

  private isConstant(id: ValueId): boolean {
    return this.f.body.instructions.some((each) => each.kind === 'constant' && each.id === id);
  }
}

function operationlessCall(callee: string, args: readonly Text[]): Text {
  const reads = new Set(args.flatMap((arg) => [...arg.reads]));
  return atom(`${callee}(${args.map((arg) => arg.text).join(', ')})`, reads, true);
}

export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** `if … else …`, an `if` that is all of the other arm as `else if`. */
function chosen(condition: Text, then: readonly string[], other: readonly string[]): string[] {
  if (then.length === 0) return braced(`if (${negated(condition).text})`, other);
  const lines = braced(`if (${condition.text})`, then);
  if (other.length === 0) return lines;
  const isIf =
    /^if \(/.test(other[0]!) && other.slice(1).every((line) => line.startsWith(' ') || line.startsWith('}'));
  const single = isIf && other.filter((line) => line === '}').length === 1 && other.at(-1) === '}';
  lines.pop();
  if (single) return [...lines, `} else ${other[0]!}`, ...other.slice(1)];
  return [...lines, '} else {', ...indented(other), '}'];
}

function braced(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...indented(lines), '}'];
}
