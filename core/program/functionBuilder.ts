/** One function of a Program under construction: see builder.ts for how it is used. */
import type { Operation } from '../operations/names.ts';
import { TABLE } from '../operations/table.ts';
import type { Location } from '../source/span.ts';
import { type Frame, flat, keyOf, type Mark, newFrame, opKey, type Slot } from './frames.ts';
import { identity } from './identities.ts';
import type { Block, Instruction, ProgramFunction, ProgramParameter, ValueId, ValueType } from './program.ts';
import { argumentType, definedBy, isTerminated } from './walk.ts';
import { isWish } from './wishes.ts';

export interface BuilderResult {
  readonly path: readonly (string | number)[];
  readonly value: ValueId;
  readonly each?: readonly number[];
  readonly extent?: true;
  /** Needed only where the function is terminated and the value is meaningless. */
  readonly type?: ValueType;
}

/** What is known of a new buffer: see the instruction. */
export interface AllocMarks {
  readonly overwritten?: true;
  readonly adjoint?: true;
}

export class FunctionBuilder {
  readonly name: string;
  readonly index: number;
  private readonly done: (f: ProgramFunction) => void;
  private readonly types: ValueType[] = [];
  private readonly valueNames = new Map<ValueId, string>();
  private readonly parameters: ProgramParameter[] = [];
  private readonly constants = new Map<string, ValueId>();
  private readonly constantValues = new Map<ValueId, number | boolean>();
  private readonly constantInstructions: Instruction[] = [];
  /** Op instructions by id, for identities. */
  private readonly ops = new Map<ValueId, { readonly op: Operation; readonly args: readonly ValueId[] }>();
  private readonly lengths = new Map<ValueId, ValueId>();
  private readonly visible = new Set<ValueId>();
  /** How deep the block stands that defines a value; absent for constants and parameters. */
  private readonly depths = new Map<ValueId, number>();
  private readonly frames: Frame[] = [newFrame()];
  private closed = false;

  constructor(name: string, index: number, done: (f: ProgramFunction) => void, base?: ProgramFunction) {
    this.name = name;
    this.index = index;
    this.done = done;
    if (base) this.extend(base);
  }

  private extend(base: ProgramFunction): void {
    this.types.push(...base.types);
    for (const [id, name] of base.names) this.valueNames.set(id, name);
    for (const parameter of base.parameters) {
      this.parameters.push(parameter);
      this.visible.add(parameter.id);
    }
    for (const instruction of base.body.instructions) {
      if (instruction.kind !== 'constant') continue;
      const { id, value } = instruction;
      this.visible.add(id);
      this.constants.set(keyOf(value), id);
      this.constantValues.set(id, value);
      this.constantInstructions.push(instruction);
    }
  }

  // ───────────── values ─────────────

  parameter(parameter: Omit<ProgramParameter, 'id'>): ValueId {
    const id = this.newId(parameter.type);
    this.visible.add(id);
    this.parameters.push({ ...parameter, id });
    this.valueNames.set(id, parameter.name);
    return id;
  }

  constant(value: number | boolean): ValueId {
    const key = keyOf(value);
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const id = this.newId(typeof value === 'boolean' ? 'boolean' : 'number');
    this.visible.add(id);
    this.constants.set(key, id);
    this.constantValues.set(id, value);
    this.constantInstructions.push({ kind: 'constant', id, value });
    return id;
  }

  constantOf(id: ValueId): number | boolean | undefined {
    return this.constantValues.get(id);
  }

  typeOf(id: ValueId): ValueType {
    const type = this.types[id];
    if (type === undefined) throw new Error(`${this.name}: no value %${id}`);
    return type;
  }

  /** The operation that defines a value, where one does. */
  definition(id: ValueId): { readonly op: Operation; readonly args: readonly ValueId[] } | undefined {
    return this.ops.get(id);
  }

  /** Whether a value is the length of a buffer. */
  isLength(id: ValueId): boolean {
    return (
      [...this.lengths.values()].includes(id) || this.parameters.some((p) => p.id === id && p.extent === true)
    );
  }

  /** Whether a value may be used in the block now open. */
  isVisible(id: ValueId): boolean {
    return this.visible.has(id);
  }

  /** Gives a value the user's variable name; the first name given stays. */
  setName(id: ValueId, name: string): void {
    const known = this.valueNames.get(id);
    const better = known === undefined || (isWish(known) && !isWish(name));
    if (better && !this.constantValues.has(id)) this.valueNames.set(id, name);
  }

  // ───────────── instructions ─────────────

  op(op: Operation, args: readonly ValueId[], at?: Location): ValueId {
    for (const [i, arg] of args.entries()) this.use(arg, argumentType(op, i));
    const folded = this.fold(op, args);
    if (folded !== undefined) return folded;
    const same = identity(this, op, args, at);
    if (same !== undefined) return same;
    return this.shared(opKey(op, args), () => {
      const id = this.define(TABLE[op].type);
      this.ops.set(id, { op, args });
      this.emit(at ? { kind: 'op', id, op, args, at } : { kind: 'op', id, op, args });
      return id;
    });
  }

  if(condition: ValueId, thenBlock: Block, elseBlock: Block, at?: Location): ValueId[] {
    this.use(condition, 'boolean');
    const known = this.constantValues.get(condition);
    if (known !== undefined) return this.splice(known ? thenBlock : elseBlock);
    const thenEnds = isTerminated(thenBlock);
    const elseEnds = isTerminated(elseBlock);
    if (!thenEnds && !elseEnds && thenBlock.results.length !== elseBlock.results.length) {
      throw new Error(
        `${this.name}: the arms of an if yield ${thenBlock.results.length} and ${elseBlock.results.length}`,
      );
    }
    const source = thenEnds ? elseBlock : thenBlock;
    const ids: ValueId[] = [];
    const out: ValueId[] = [];
    const kept: number[] = [];
    source.results.forEach((value, i) => {
      const other = elseEnds || thenEnds ? value : elseBlock.results[i]!;
      const type = this.typeOf(value);
      if (type !== this.typeOf(other))
        throw new Error(`${this.name}: an if yields ${type} or ${this.typeOf(other)}`);
      if (value === other && this.visible.has(value)) {
        out.push(value);
        return;
      }
      if (this.constantValues.get(value) === true && this.constantValues.get(other) === false) {
        out.push(condition);
        return;
      }
      if (this.constantValues.get(value) === false && this.constantValues.get(other) === true) {
        out.push(this.op('not', [condition]));
        return;
      }
      const id = this.define(type);
      ids.push(id);
      out.push(id);
      kept.push(i);
    });
    const narrow = (block: Block): Block =>
      isTerminated(block)
        ? { instructions: block.instructions, results: [] }
        : { instructions: block.instructions, results: kept.map((i) => block.results[i]!) };
    if (ids.length === 0 && thenBlock.instructions.length === 0 && elseBlock.instructions.length === 0)
      return out;
    const instruction = {
      kind: 'if' as const,
      ids,
      condition,
      then: narrow(thenBlock),
      else: narrow(elseBlock),
    };
    this.emit(at ? { ...instruction, at } : instruction);
    if (thenEnds && elseEnds) this.top().terminated = true;
    return out;
  }

  call(callee: number, args: readonly ValueId[], types: readonly ValueType[], at?: Location): ValueId[] {
    for (const arg of args) this.use(arg, undefined);
    const ids = types.map((type) => this.define(type));
    const instruction = { kind: 'call' as const, ids, function: callee, args };
    this.emit(at ? { ...instruction, at } : instruction);
    return ids;
  }

  alloc(length: ValueId, typed?: string, at?: Location, marks: AllocMarks = {}): ValueId {
    this.use(length, 'number');
    const id = this.define('buffer');
    this.lengths.set(id, length);
    const { overwritten, adjoint } = marks;
    this.emit({
      kind: 'alloc',
      id,
      length,
      ...(typed ? { typed } : {}),
      ...(at ? { at } : {}),
      ...(overwritten ? { overwritten } : {}),
      ...(adjoint ? { adjoint } : {}),
    });
    return id;
  }

  load(buffer: ValueId, index: ValueId, at?: Location): ValueId {
    this.use(buffer, 'buffer');
    this.use(index, 'number');
    const id = this.define('number');
    this.emit({ kind: 'load', id, buffer, index, ...(at ? { at } : {}) });
    return id;
  }

  store(buffer: ValueId, index: ValueId, value: ValueId, at?: Location): void {
    this.use(buffer, 'buffer');
    this.use(index, 'number');
    this.use(value, 'number');
    this.emit({ kind: 'store', buffer, index, value, ...(at ? { at } : {}) });
  }

  length(buffer: ValueId): ValueId {
    this.use(buffer, 'buffer');
    const known = this.lengths.get(buffer);
    if (known !== undefined) return known;
    return this.shared(`length ${buffer}`, () => {
      const id = this.define('number');
      this.emit({ kind: 'length', id, buffer });
      return id;
    });
  }

  push(stack: number, value: ValueId): void {
    this.use(value, undefined);
    this.emit({ kind: 'push', stack, value });
  }

  /** `slot`: one of the open block's own, for a value that must be popped before what stands after the slot. */
  pop(stack: number, type: ValueType, slot?: Slot): ValueId {
    const id = this.define(type);
    const instruction = { kind: 'pop' as const, id, stack };
    if (slot) slot.instructions.push(instruction);
    else this.emit(instruction);
    return id;
  }

  /** Keeps a place here for later. */
  slot(): Slot {
    const slot: Slot = { kind: 'slot', instructions: [] };
    if (!this.terminated) this.top().instructions.push(slot);
    return slot;
  }

  throw(message: string, at?: Location): void {
    this.emit(at ? { kind: 'throw', message, at } : { kind: 'throw', message });
    this.top().terminated = true;
  }

  // ───────────── regions ─────────────

  /** Whether the open block has ended in a throw. */
  get terminated(): boolean {
    return this.top().terminated;
  }

  openBlock(): void {
    this.frames.push(newFrame());
  }

  closeBlock(results: readonly ValueId[]): Block {
    const frame = this.top();
    if (this.frames.length === 1 || frame.loop) throw new Error(`${this.name}: no block to close`);
    return this.endFrame(results);
  }

  /** Drops the innermost open block. */
  discardBlock(): void {
    if (this.frames.length === 1 || this.top().loop) throw new Error(`${this.name}: no block to discard`);
    this.dropFrame();
  }

  /** `given`: ids for the first of the carried values, where the function's base has them already. */
  openLoop(initial: readonly ValueId[], given: readonly ValueId[] = []): ValueId[] {
    for (const value of initial) this.use(value, undefined);
    const parameters = initial.map((value, i) => given[i] ?? this.newId(this.typeOf(value)));
    this.frames.push(newFrame({ initial, parameters }));
    for (const id of parameters) this.see(id);
    return parameters;
  }

  /** Ends the test of the innermost loop with its condition and opens the body. */
  loopBody(condition: ValueId): void {
    const frame = this.top();
    if (!frame.loop || frame.loop.test) throw new Error(`${this.name}: no loop test to end`);
    this.use(condition, 'boolean');
    frame.loop.test = { instructions: flat(frame.instructions.splice(0)), results: [condition] };
  }

  /** Ends the innermost loop's body with the next carried values; yields the carried values after the loop. */
  closeLoop(next: readonly ValueId[], at?: Location, given: readonly ValueId[] = []): ValueId[] {
    const loop = this.top().loop;
    if (!loop?.test) throw new Error(`${this.name}: no loop body to close`);
    const { initial, parameters, test } = loop;
    if (!this.top().terminated) {
      if (next.length !== initial.length)
        throw new Error(`${this.name}: ${next.length} carried, not ${initial.length}`);
      next.forEach((value, i) => {
        this.use(value, this.typeOf(initial[i]!));
      });
    }
    const body = this.endFrame(next);
    const ids = initial.map((value, i) => {
      const id = given[i];
      if (id === undefined) return this.define(this.typeOf(value));
      this.see(id);
      return id;
    });
    const instruction = { kind: 'loop' as const, ids, initial, parameters, test, body };
    this.emit(at ? { ...instruction, at } : instruction);
    return ids;
  }

  /** Drops the innermost loop, with whatever blocks are open inside it. */
  discardLoop(): void {
    while (!this.top().loop) this.dropFrame();
    this.dropFrame();
  }

  mark(): Mark {
    const frame = this.top();
    return {
      depth: this.frames.length,
      instructions: frame.instructions.length,
      defined: frame.defined.length,
      terminated: frame.terminated,
    };
  }

  rollback(mark: Mark): void {
    while (this.frames.length > mark.depth) this.dropFrame();
    const frame = this.top();
    frame.instructions.length = mark.instructions;
    for (const id of frame.defined.splice(mark.defined)) this.visible.delete(id);
    for (const [key, id] of frame.known) if (!this.visible.has(id)) frame.known.delete(key);
    frame.terminated = mark.terminated;
  }

  /** Appends a detached block to the open one; its values become visible here. */
  splice(block: Block): ValueId[] {
    for (const instruction of block.instructions) {
      if (instruction.kind === 'constant' && this.constantValues.has(instruction.id)) continue;
      for (const id of definedBy(instruction)) this.see(id);
      this.emit(instruction);
      if (instruction.kind === 'op') {
        this.ops.set(instruction.id, instruction);
        this.top().known.set(opKey(instruction.op, instruction.args), instruction.id);
      }
    }
    if (isTerminated(block)) this.top().terminated = true;
    return [...block.results];
  }

  /** How many values there are; those to come have higher ids. */
  get size(): number {
    return this.types.length;
  }

  /** How many blocks are open; see `within`. */
  get depth(): number {
    return this.frames.length;
  }

  /**
   * The depth of the outermost block in which a pure operation on `args` can stand instead of here: loops may be left,
   * as they run it as often or oftener, arms may not.
   */
  invariantDepth(args: readonly ValueId[]): number {
    let depth = this.frames.length;
    if (this.terminated) return depth;
    const needed = Math.max(1, ...args.map((arg) => this.depths.get(arg) ?? 1));
    while (depth > needed && this.frames[depth - 1]!.loop) depth--;
    return depth;
  }

  /** Emits into the open block that was innermost at `depth`, before whatever is being built inside it. */
  within<T>(depth: number, emit: () => T): T {
    const inner = this.frames.splice(depth);
    try {
      return emit();
    } finally {
      this.frames.push(...inner);
    }
  }

  /** An id for a value that `close`'s `weave` will define in the function's own block, before its uses. */
  reserveId(type: ValueType): ValueId {
    const id = this.newId(type);
    this.visible.add(id);
    return id;
  }

  /** Completes the function. `weave` may rewrite the body's instructions (the constants come before them). */
  close(
    results: readonly BuilderResult[],
    weave: (instructions: readonly Instruction[]) => readonly Instruction[] = (instructions) => instructions,
  ): ProgramFunction {
    if (this.frames.length !== 1) throw new Error(`${this.name}: ${this.frames.length - 1} blocks left open`);
    if (this.closed) throw new Error(`${this.name}: closed twice`);
    this.closed = true;
    const frame = this.top();
    if (!frame.terminated) for (const r of results) this.use(r.value, undefined);
    const f: ProgramFunction = {
      name: this.name,
      parameters: this.parameters,
      body: {
        instructions: [...this.constantInstructions, ...weave(flat(frame.instructions))],
        results: frame.terminated ? [] : results.map((r) => r.value),
      },
      results: results.map(({ value, type = this.typeOf(value), ...result }) => ({ ...result, type })),
      types: this.types,
      names: this.valueNames,
    };
    this.done(f);
    return f;
  }

  // ───────────── inside ─────────────

  private top(): Frame {
    return this.frames[this.frames.length - 1]!;
  }

  private newId(type: ValueType): ValueId {
    this.types.push(type);
    return this.types.length - 1;
  }

  private see(id: ValueId): void {
    this.visible.add(id);
    this.depths.set(id, this.frames.length);
    this.top().defined.push(id);
  }

  private define(type: ValueType): ValueId {
    const id = this.newId(type);
    this.see(id);
    return id;
  }

  private emit(instruction: Instruction): void {
    const frame = this.top();
    if (!frame.terminated) frame.instructions.push(instruction);
  }

  private use(id: ValueId, type: ValueType | undefined): void {
    if (!this.visible.has(id)) throw new Error(`${this.name}: %${id} is not visible here`);
    if (type && this.types[id] !== type)
      throw new Error(`${this.name}: %${id} is a ${this.types[id]}, not a ${type}`);
  }

  private fold(op: Operation, args: readonly ValueId[]): ValueId | undefined {
    const values: number[] = [];
    for (const arg of args) {
      const value = this.constantValues.get(arg);
      if (value === undefined) return undefined;
      values.push(Number(value));
    }
    const row = TABLE[op];
    const result = row.value(...values);
    return this.constant(row.type === 'boolean' ? result !== 0 : result);
  }

  /** The value known under a key in an enclosing block, or a new one made here. */
  private shared(key: string, make: () => ValueId): ValueId {
    for (let i = this.frames.length - 1; i >= 0; i--) {
      const id = this.frames[i]!.known.get(key);
      if (id !== undefined) return id;
    }
    const id = make();
    this.top().known.set(key, id);
    return id;
  }

  private endFrame(results: readonly ValueId[]): Block {
    const frame = this.top();
    if (!frame.terminated) for (const id of results) this.use(id, undefined);
    this.dropFrame();
    return { instructions: flat(frame.instructions), results: frame.terminated ? [] : results };
  }

  private dropFrame(): void {
    for (const id of this.frames.pop()!.defined) this.visible.delete(id);
  }
}
