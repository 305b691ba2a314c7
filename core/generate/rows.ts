/** Rows and records of nested arrays that a loop stays in: they have names before it. */
import type { Instruction, ProgramFunction, ValueId } from '../program/program.ts';
import { blocksOf, definedBy, instructionsIn } from '../program/walk.ts';
import { literal, type Text } from './expressions.ts';
import type { Names } from './names.ts';
import { EACH, type Part, type View } from './nested.ts';

type Loop = Extract<Instruction, { kind: 'loop' }>;

interface Writer {
  readonly f: ProgramFunction;
  readonly names: Names;
  viewOf(i: Instruction): { readonly view: View; readonly parts: readonly Part[] } | undefined;
  settled(id: ValueId): Text | undefined;
  /** Calls `leave` where the present scope ends. */
  atEnd(leave: () => void): void;
}

export class Rows {
  private readonly w: Writer;
  private readonly asserted: boolean;
  /** By the array and the place in it. */
  private readonly open = new Map<string, string>();

  constructor(writer: Writer, asserted: boolean) {
    this.w = writer;
    this.asserted = asserted;
  }

  /** The element of a nested array from a row that has a name. */
  within(view: View, parts: readonly Part[]): { readonly view: View; readonly parts: readonly Part[] } {
    const name = this.open.get(keyOf(view, parts[0]!));
    if (name === undefined) return { view, parts };
    return { view: { base: name, keys: view.keys.slice(1) }, parts: parts.slice(1) };
  }

  /** Declarations before a loop, known until the scope around it ends. */
  before(loop: Loop): readonly string[] {
    const lines: string[] = [];
    const added: string[] = [];
    const inside = new Set(loop.parameters);
    const all = blocksOf(loop).flatMap((block) => [...instructionsIn(block)]);
    for (const i of all) {
      for (const id of definedBy(i)) inside.add(id);
      if (i.kind === 'loop') for (const id of i.parameters) inside.add(id);
    }
    for (const i of all) {
      const found = this.w.viewOf(i);
      if (found === undefined || found.view.keys[0] !== EACH || found.view.keys.length < 2) continue;
      const part = found.parts[0]!;
      const key = keyOf(found.view, part);
      if (this.open.has(key) || (typeof part === 'number' && inside.has(part))) continue;
      const index = typeof part === 'number' ? this.w.settled(part) : literal(part.constant);
      if (index === undefined) continue;
      const name = this.w.names.fresh(wishFor(found.view));
      this.open.set(key, name);
      added.push(key);
      lines.push(`const ${name} = ${found.view.base}[${index.text}]${this.asserted ? '!' : ''};`);
    }
    this.w.atEnd(() => {
      for (const key of added) this.open.delete(key);
    });
    return lines;
  }
}

function keyOf({ base }: View, part: Part): string {
  return `${base} ${typeof part === 'number' ? part : `= ${part.constant}`}`;
}

/** `weights` → `weightsRow`, `points` → `point`. */
function wishFor({ base, keys }: View): string {
  const last = /[\p{ID_Continue}$]+$/u.exec(base)?.[0] ?? 'row';
  if (keys[1] === EACH) return `${last}Row`;
  const one = last.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
  return one === last ? `${last}Item` : one;
}
