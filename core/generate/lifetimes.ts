/** How long the values of a function are read, in the order in which it is written. */
import type { Block, Instruction, ProgramFunction, ValueId } from '../program/program.ts';
import { blocksOf, definedBy } from '../program/walk.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

export class Lifetimes {
  private readonly spans = new Map<Instruction, Span>();
  private readonly definitions = new Map<ValueId, number>();
  private readonly last = new Map<ValueId, number>();
  /** As `last`, where what stands in place of a value is read as well. */
  private readonly shown = new Map<ValueId, number>();
  private readonly read: (instruction: Instruction) => readonly ValueId[];
  /** The loops around what is visited, outermost first. */
  private readonly loops: { readonly start: number; readonly used: ValueId[] }[] = [];
  private clock = 0;

  constructor(f: ProgramFunction, read: (instruction: Instruction) => readonly ValueId[]) {
    this.read = read;
    for (const p of f.parameters) this.definitions.set(p.id, 0);
    this.visit(f.body);
    this.extend(f.body);
  }

  start(instruction: Instruction): number {
    return this.spans.get(instruction)!.start;
  }

  end(instruction: Instruction): number {
    return this.spans.get(instruction)!.end;
  }

  /** When a value is used last; one that is used in a loop from outside, until that has ended. */
  lastUse(id: ValueId): number {
    return this.last.get(id) ?? -1;
  }

  /** When its name may be read last: what is made of it may be written anywhere as far as that is used. */
  lastRead(id: ValueId): number {
    return Math.max(this.lastUse(id), this.shown.get(id) ?? -1);
  }

  private use(id: ValueId): void {
    this.until(id, this.clock);
    const defined = this.definitions.get(id) ?? 0;
    for (const loop of this.loops) if (loop.start > defined) loop.used.push(id);
  }

  private until(id: ValueId, time: number): void {
    this.last.set(id, Math.max(this.lastUse(id), time));
  }

  private visit(block: Block): void {
    for (const i of block.instructions) {
      const start = ++this.clock;
      for (const id of this.read(i)) this.use(id);
      if (i.kind === 'loop') {
        for (const id of i.parameters) this.definitions.set(id, start);
        const used: ValueId[] = [];
        this.loops.push({ start, used });
        for (const inner of blocksOf(i)) this.visit(inner);
        this.loops.pop();
        ++this.clock;
        for (const id of used) this.until(id, this.clock);
      } else for (const inner of blocksOf(i)) this.visit(inner);
      const end = ++this.clock;
      this.spans.set(i, { start, end });
      for (const id of definedBy(i)) this.definitions.set(id, end);
    }
    ++this.clock;
    for (const id of block.results) this.use(id);
  }

  /** What is written in place of a value is read where that is. */
  private extend(block: Block): void {
    for (let at = block.instructions.length - 1; at >= 0; at--) {
      const i = block.instructions[at]!;
      if (i.kind === 'loop') {
        this.extend(i.body);
        this.extend(i.test);
        continue;
      }
      const ids = definedBy(i);
      const until = Math.max(-1, ...ids.map((id) => this.lastRead(id)));
      const show = (id: ValueId) => this.shown.set(id, Math.max(this.lastRead(id), until));
      if (i.kind === 'if') {
        for (const id of [i.condition, ...i.then.results, ...i.else.results]) show(id);
        this.extend(i.else);
        this.extend(i.then);
      } else for (const id of this.read(i)) show(id);
    }
  }
}
