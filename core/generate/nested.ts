/**
 * Nested arrays and arrays of records in generated code. A Program holds their numbers in one buffer a field, row by row;
 * where every index is that of an element in its row (`i * columns + j`) the code reads the user's own `rows[i][j]`.
 */
import type { Instruction, ProgramFunction, ProgramParameter, ValueId } from '../program/program.ts';
import { instructionsIn, usedBy } from '../program/walk.ts';

/** Stands in a path for any element of an array. */
export const EACH = '[*]';

type Key = string | number;

/** The keys of a parameter or result, those that stand for any element marked. */
export function keysOf({
  path,
  each = [],
}: {
  readonly path: readonly Key[];
  readonly each?: readonly number[];
}): Key[] {
  return path.map((key, i) => (each.includes(i) ? EACH : key));
}

/** The keys of a leaf of what users pass: the elements of an innermost array of numbers are one leaf. */
export function leafKeys(of: { readonly path: readonly Key[]; readonly each?: readonly number[] }): Key[] {
  const keys = keysOf(of);
  return keys.at(-1) === EACH ? keys.slice(0, -1) : keys;
}

export function isNested({ each = [] }: { readonly each?: readonly number[] }): boolean {
  return each.length > 0;
}

/** Where the user has the elements of a buffer: what holds them, then keys. */
export interface View {
  readonly base: string;
  readonly keys: readonly Key[];
}

/** An index in parts: a value, or a constant. */
export type Part = ValueId | { readonly constant: number };

/** How buffers are laid out, and which are only read and written by the positions of elements. */
export class Layout {
  private readonly f: ProgramFunction;
  private readonly definitions = new Map<ValueId, Instruction>();
  private readonly constants = new Map<ValueId, number>();
  /** Of each buffer the strides of its inner arrays, outermost first. */
  private readonly strides = new Map<ValueId, readonly (ValueId | undefined)[]>();
  private readonly others = new Map<ValueId, number>();
  private readonly accesses = new Map<ValueId, Extract<Instruction, { kind: 'load' | 'store' }>[]>();

  constructor(f: ProgramFunction) {
    this.f = f;
    for (const i of instructionsIn(f.body)) {
      if (i.kind === 'op') this.definitions.set(i.id, i);
      if (i.kind === 'constant' && typeof i.value === 'number') this.constants.set(i.id, i.value);
      if (i.kind === 'load' || i.kind === 'store') {
        this.accesses.set(i.buffer, [...(this.accesses.get(i.buffer) ?? []), i]);
        if (i.kind === 'store') this.count(i.value);
        continue;
      }
      if (i.kind === 'length') continue;
      for (const id of usedBy(i)) this.count(id);
      if (i.kind === 'loop') for (const id of i.body.results) this.count(id);
      if (i.kind === 'if') for (const id of [...i.then.results, ...i.else.results]) this.count(id);
    }
  }

  private count(id: ValueId): void {
    this.others.set(id, (this.others.get(id) ?? 0) + 1);
  }

  /** Says that a buffer is laid out as a parameter is. */
  lay(buffer: ValueId, like: ProgramParameter): void {
    const [, ...inner] = like.each ?? [];
    const strides = inner.map((position) => {
      const at = JSON.stringify([...like.path.slice(0, position), 'length']);
      return this.f.parameters.find((p) => p.extent && JSON.stringify(p.path) === at)?.id;
    });
    this.strides.set(buffer, strides);
  }

  /** Whether it is used by the positions of its elements alone. */
  isDirect(buffer: ValueId): boolean {
    if ((this.others.get(buffer) ?? 0) > 0) return false;
    return (this.accesses.get(buffer) ?? []).every((i) => this.parts(i) !== undefined);
  }

  /** The index of a load or a store in parts, where its buffer is nested and it has them. */
  parts({
    buffer,
    index,
  }: {
    readonly buffer: ValueId;
    readonly index: ValueId;
  }): readonly Part[] | undefined {
    const strides = this.strides.get(buffer);
    return strides && this.split(index, strides);
  }

  private split(index: ValueId, strides: readonly (ValueId | undefined)[]): readonly Part[] | undefined {
    if (strides.length === 0) return [index];
    const stride = strides.at(-1);
    const outer = strides.slice(0, -1);
    const row = (id: ValueId): readonly Part[] | undefined => {
      const made = this.definitions.get(id);
      if (stride === undefined) return undefined;
      // Row 1.
      if (id === stride) return outer.length === 0 ? [{ constant: 1 }] : undefined;
      if (made?.kind !== 'op' || made.op !== 'mul') return undefined;
      const [a, b] = made.args as [ValueId, ValueId];
      return a === stride ? this.split(b, outer) : b === stride ? this.split(a, outer) : undefined;
    };
    const made = this.definitions.get(index);
    if (made?.kind === 'op' && made.op === 'add') {
      const [a, b] = made.args as [ValueId, ValueId];
      const first = row(a);
      if (first) return [...first, b];
      const second = row(b);
      if (second) return [...second, a];
    }
    const first = row(index);
    return first && [...first, { constant: 0 }];
  }
}
