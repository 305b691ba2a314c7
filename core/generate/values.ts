/** The values of a function being written: what stands for each, the lines so far, and what waits for its place. */
import type { Operation } from '../operations/names.ts';
import type { Block, Instruction, ProgramFunction, ValueId } from '../program/program.ts';
import { definedBy, instructionsIn } from '../program/walk.ts';
import { isWish, ownName } from '../program/wishes.ts';
import { ANY, assignment, atom, type Text } from './expressions.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { Names } from './names.ts';
import type { Remarks } from './remarks.ts';
import type { Uses } from './uses.ts';

/** Longer expressions are split. */
const LONGEST = 76;
const LONGEST_STORED = 120;
/** Longer ones are not written twice. */
const LONGEST_TWICE = 20;
const COMPARISONS: ReadonlySet<Operation> = new Set<Operation>(['lt', 'le', 'gt', 'ge', 'eq', 'ne']);
/** How often an element that nothing writes is read in place. */
const READS = 4;

export interface Captured {
  readonly lines: string[];
  readonly mutated: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
  /** Names of the scopes around. */
  readonly outer: ReadonlySet<string>;
}

/** A loop whose body is being written. */
export interface OpenLoop {
  readonly body: Block;
  readonly parameters: readonly ValueId[];
  readonly variables: readonly string[];
  /** Which of them a `for` counts in; −1 for none. */
  readonly counter: number;
}

export class Values {
  lines: string[] = [];
  readonly f: ProgramFunction;
  /** The block being written, and the instruction in it. */
  private block: Block;
  private current: Instruction | undefined;
  private readonly names: Names;
  private readonly uses: Uses;
  private readonly lifetimes: Lifetimes;
  /** Whether short expressions may stand more than once. */
  private readonly repeats: boolean;
  private readonly remarks: Remarks;
  private readonly texts = new Map<ValueId, Text>();
  /** Expressions that wait for their one use. */
  private pending = new Map<ValueId, Text>();
  private readonly definitions = new Map<ValueId, Instruction>();
  /** Values that a mutable variable holds, and what each variable holds now in the block that declares it. */
  private readonly variables = new Map<ValueId, string>();
  private readonly declared = new Map<string, { readonly block: Block; holds: ValueId }>();
  /** Until when a name is read. */
  private readonly read = new Map<string, number>();
  private readonly loops: OpenLoop[] = [];
  /** Variables that must not be hidden, or are changed by `for` alone. */
  private readonly held = new Set<string>();
  private readonly counters = new Set<string>();
  private readonly ends: (() => void)[][] = [];
  private mutated = new Set<string>();
  private writes = new Set<string>();

  constructor(
    f: ProgramFunction,
    names: Names,
    uses: Uses,
    lifetimes: Lifetimes,
    { readable, remarks }: { readonly readable: boolean; readonly remarks: Remarks },
  ) {
    this.f = f;
    this.names = names;
    this.uses = uses;
    this.lifetimes = lifetimes;
    this.repeats = readable;
    this.remarks = remarks;
    this.block = f.body;
    for (const i of instructionsIn(f.body)) for (const id of definedBy(i)) this.definitions.set(id, i);
  }

  definition(id: ValueId): Instruction | undefined {
    return this.definitions.get(id);
  }

  /** Writes the instructions of a block one after another. */
  run(block: Block, instructions: readonly Instruction[], write: (i: Instruction) => void): void {
    const outer = { block: this.block, current: this.current };
    this.block = block;
    for (const i of instructions) {
      this.current = i;
      write(i);
    }
    this.block = outer.block;
    this.current = outer.current;
  }

  // ───────────── lines ─────────────

  /** Adds lines that hold the texts, below the comments on them. */
  write(lines: readonly string[], ...texts: readonly Text[]): void {
    this.lines.push(...this.remarks.take(texts.flatMap((text) => text.remarks ?? [])), ...lines);
  }

  /** A text with the comments on an instruction. */
  remarked(instruction: Instruction, text: Text): Text {
    const own = this.remarks.of(instruction);
    return own.length === 0 ? text : { ...text, remarks: [...own, ...(text.remarks ?? [])] };
  }

  // ───────────── what stands for a value ─────────────

  get(id: ValueId): Text {
    const waiting = this.pending.get(id);
    if (waiting) {
      this.pending.delete(id);
      return waiting;
    }
    const text = this.texts.get(id);
    if (!text) throw new Error(`${this.f.name}: %${id} has no text`);
    return text;
  }

  getAll(ids: readonly ValueId[]): Text[] {
    return ids.map((id) => this.get(id));
  }

  /** What stands for a value that no expression waits for. */
  settled(id: ValueId): Text | undefined {
    return this.pending.has(id) ? undefined : this.texts.get(id);
  }

  set(id: ValueId, text: Text): void {
    this.texts.set(id, text);
  }

  /** A value that may be written where it is used. */
  offer(id: ValueId, text: Text): void {
    if (this.uses.count(id) === 0) return;
    if (this.update(id, text)) return;
    const named = this.isNamed(id) && !this.uses.isYielded(id) && !this.uses.begins(id);
    if (!named && this.isCheap(id, text)) this.texts.set(id, text);
    else if (this.uses.isLocal(id) && !named && text.text.length <= this.longest(id))
      this.pending.set(id, text);
    else this.declare(id, text);
  }

  /** What is stored or added to a variable has a statement of its own. */
  private longest(id: ValueId): number {
    const user = this.uses.onlyUser(id);
    const adds =
      user?.kind === 'op' && user.op === 'add' && user.args[1] === id && this.uses.isYielded(user.id);
    return adds || user?.kind === 'store' ? LONGEST_STORED : LONGEST;
  }

  /** Whether the user gave it a name. */
  isNamed(...ids: readonly ValueId[]): boolean {
    return ids.some((id) => ownName(this.f, id) !== undefined);
  }

  /** Whether an expression is as easy to read as a name would be, wherever it is used. */
  private isCheap(id: ValueId, text: Text): boolean {
    if (!this.repeats || this.uses.count(id) === 0) return false;
    for (const name of text.reads) if (!this.counters.has(name)) return false;
    const made = this.definitions.get(id);
    if (made?.kind === 'load') {
      const short = text.text.replaceAll('!', '').length * 2 <= LONGEST_TWICE;
      return short && this.uses.count(id) <= READS && this.uses.isConstant(made.buffer);
    }
    if (made?.kind === 'op' && COMPARISONS.has(made.op) && text.loads.size === 0)
      return text.text.length <= LONGEST_TWICE;
    if (made?.kind !== 'op' || text.loads.size > 0 || text.text.length > LONGEST_TWICE) return false;
    return this.uses.isPosition(id) || /\.length [+-] \d$/.test(text.text);
  }

  constant(id: ValueId, text: Text): void {
    if (!this.update(id, text)) this.declare(id, text);
  }

  private declare(id: ValueId, text: Text): void {
    const name = this.nameFor([id]);
    this.write([`const ${name} = ${text.text};`], text);
    this.texts.set(id, atom(name));
  }

  /** A free name for the values: the user's for one of them, or what one of them may be called. */
  nameFor(ids: readonly ValueId[]): string {
    const known = ids.map((id) => this.f.names.get(id)).filter((name) => name !== undefined);
    const wish = known.find((name) => !isWish(name)) ?? known[0];
    const name =
      wish === undefined ? this.names.temporary() : this.names.fresh(wish, (other) => this.isOver(other));
    this.read.set(name, Math.max(...ids.map((id) => this.lifetimes.lastRead(id))));
    return name;
  }

  /** Whether nothing reads what has the name any more, from the beginning of the block on: it would hide it from there. */
  private isOver(name: string): boolean {
    const until = this.read.get(name);
    const [first] = this.block.instructions;
    if (until === undefined || first === undefined || this.held.has(name)) return false;
    if (this.loops.some(({ variables }) => variables.includes(name))) return false;
    return until < this.lifetimes.start(first);
  }

  // ───────────── variables ─────────────

  /** The variable that holds a value. */
  variable(id: ValueId): string | undefined {
    return this.variables.get(id);
  }

  hold(id: ValueId, variable: string, declares = false): void {
    this.texts.set(id, atom(variable, new Set([variable])));
    this.variables.set(id, variable);
    this.read.set(variable, this.lifetimes.lastRead(id));
    const known = this.declared.get(variable);
    if (declares || known === undefined) this.declared.set(variable, { block: this.block, holds: id });
    else known.holds = id;
  }

  /** The variable that a value goes into, as what that holds is not needed any more. */
  target(id: ValueId, text?: Text): string | undefined {
    const variable = this.destination(id, text);
    const waits = [...this.pending.values()].some(
      ({ reads }) => variable !== undefined && reads.has(variable),
    );
    return waits ? undefined : variable;
  }

  /** The variable of this block that one of the arms of a branch leaves as it is, where nothing reads it afterwards. */
  continued(id: ValueId, yielded: readonly ValueId[]): string | undefined {
    const now = this.lifetimes.end(this.current!);
    const name = ownName(this.f, id);
    for (const each of yielded) {
      const variable = this.variables.get(each);
      const known = variable === undefined ? undefined : this.declared.get(variable);
      if (known?.holds !== each || known.block !== this.block || this.lifetimes.lastUse(each) > now) continue;
      if (this.counters.has(variable!) || (name !== undefined && name !== ownName(this.f, each))) continue;
      const waits = [...this.pending.values()].some(({ reads }) => reads.has(variable!));
      if (!waits) return variable;
    }
    return undefined;
  }

  private destination(id: ValueId, text: Text | undefined): string | undefined {
    if (this.current === undefined) return undefined;
    const now = this.lifetimes.end(this.current);
    const isFree = (variable: string) => {
      const holds = this.declared.get(variable)?.holds;
      return (
        holds !== undefined && this.variables.get(holds) === variable && this.lifetimes.lastUse(holds) <= now
      );
    };
    const loop = this.loops.at(-1);
    const inside = loop?.body === this.block ? loop : undefined;
    const at =
      inside?.variables.findIndex((_, i) => i !== inside.counter && inside.body.results[i] === id) ?? -1;
    if (at >= 0) return isFree(inside!.variables[at]!) ? inside!.variables[at] : undefined;
    // A variable goes on with what is made of what it held.
    const name = ownName(this.f, id);
    if (name === undefined || text === undefined) return undefined;
    for (const [variable, { block, holds }] of this.declared) {
      const here =
        block === this.block || (inside?.variables.includes(variable) && !this.counters.has(variable));
      if (here && text.reads.has(variable) && ownName(this.f, holds) === name && isFree(variable))
        return variable;
    }
    return undefined;
  }

  /** The variable that the sum goes into which this is the first part of, where that is long. */
  private sumOf(id: ValueId): string | undefined {
    for (let part = id; ; ) {
      const user = this.uses.onlyUser(part);
      if (user?.kind !== 'op' || (user.op !== 'add' && user.op !== 'sub') || user.args[0] !== part)
        return undefined;
      part = user.id;
      const variable = this.target(part);
      if (variable !== undefined) return variable;
    }
  }

  /** Whether a value has gone into a variable that held another. */
  private update(id: ValueId, text: Text): boolean {
    const variable = this.target(id, text) ?? (text.text.length > LONGEST ? this.sumOf(id) : undefined);
    if (variable === undefined) return false;
    this.settle(new Set([variable]), new Set());
    if (text.text !== variable) this.write([assignment(variable, text)], text);
    this.mutated.add(variable);
    this.hold(id, variable);
    return true;
  }

  /** Assigns all at once. */
  assign(assignments: readonly (readonly [string, Text])[]): void {
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
        this.write([assignment(variable, text)], text);
        this.mutated.add(variable);
        open = open.filter((each) => each !== free);
      } else {
        const name = this.names.fresh(`next ${variable}`);
        this.write([`const ${name} = ${text.text};`], text);
        open = open.map((each) => (each === reader ? [variable, atom(name)] : each));
      }
    }
  }

  // ───────────── order ─────────────

  /** Gives a constant to a value that waits. */
  fix(id: ValueId): void {
    const text = this.pending.get(id);
    if (text === undefined) return;
    this.pending.delete(id);
    this.declare(id, text);
  }

  /** Gives constants to waiting expressions that what comes next would change. */
  settle(mutated: ReadonlySet<string>, writes: ReadonlySet<string>): void {
    for (const [id, text] of [...this.pending]) {
      if (!meet(text.loads, writes) && ![...text.reads].some((name) => mutated.has(name))) continue;
      this.fix(id);
    }
  }

  /** An array is about to be written into. */
  wrote(array: string): void {
    this.settle(new Set(), new Set([array]));
    this.writes.add(array);
  }

  changed(variables: Iterable<string>): void {
    for (const variable of variables) this.mutated.add(variable);
  }

  /** Calls `leave` where the lines that are kept apart now end. */
  atEnd(leave: () => void): void {
    this.ends.at(-1)?.push(leave);
  }

  /** Runs `emit` with its lines kept apart, in a scope of their own or in one that stood in `around`. */
  capture(emit: () => void, around?: ReadonlySet<string>): Captured {
    const outer = { lines: this.lines, mutated: this.mutated, writes: this.writes, pending: this.pending };
    this.lines = [];
    this.pending = new Map();
    this.mutated = new Set();
    this.writes = new Set();
    const leave = this.names.enter(around);
    this.ends.push([]);
    emit();
    for (const end of this.ends.pop()!) end();
    const captured = {
      lines: this.lines,
      mutated: this.mutated,
      writes: this.writes,
      outer: this.names.outer,
    };
    leave();
    this.lines = outer.lines;
    this.pending = outer.pending;
    this.mutated = new Set([...outer.mutated, ...captured.mutated]);
    this.writes = new Set([...outer.writes, ...captured.writes]);
    return captured;
  }

  /** Runs `emit` while a loop's variables are its own. */
  within<T>(loop: OpenLoop, emit: () => T): T {
    const counter = loop.variables[loop.counter];
    if (counter !== undefined) this.counters.add(counter);
    this.loops.push(loop);
    const result = emit();
    this.loops.pop();
    if (counter !== undefined) this.counters.delete(counter);
    return result;
  }

  /** Runs `emit` while variables must not be hidden. */
  holding<T>(variables: readonly string[], emit: () => T): T {
    const added = variables.filter((name) => !this.held.has(name));
    for (const name of added) this.held.add(name);
    const result = emit();
    for (const name of added) this.held.delete(name);
    return result;
  }
}

/** Whether what is read may be what is written. */
function meet(loads: ReadonlySet<string>, writes: ReadonlySet<string>): boolean {
  if (loads.size === 0 || writes.size === 0) return false;
  if (loads.has(ANY) || writes.has(ANY)) return true;
  return [...loads].some((array) => writes.has(array));
}
