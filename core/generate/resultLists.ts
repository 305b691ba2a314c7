/** The nested arrays that a generated function returns: made at its start and written in place, or put together at its end. */
import type { Instruction, ProgramFunction, ProgramParameter } from '../program/program.ts';
import { braced } from './lines.ts';
import type { Names } from './names.ts';
import { EACH, keysOf } from './nested.ts';
import { type Nested, type NestedEntry, scattered, zerosLike } from './nestedEntry.ts';
import { accesses, type Leaf, type List, leavesOf, type Tree } from './structure.ts';
import type { Out } from './typescript.ts';

type Alloc = Extract<Instruction, { kind: 'alloc' }>;

/** A leaf of a list: the parameter whose shape it has, and the array that holds its numbers. */
interface Part {
  readonly like: Nested;
  readonly alloc: Alloc | undefined;
}

export class ResultLists {
  private readonly f: ProgramFunction;
  private readonly nested: NestedEntry;
  private readonly typescript: boolean;
  /** Names of those that are written in place, what they are made as, and what may be given for them. */
  private readonly names = new Map<List<Out>, string>();
  private readonly made = new Map<List<Out>, string>();
  private readonly given = new Map<List<Out>, string>();

  constructor(
    f: ProgramFunction,
    nested: NestedEntry,
    local: Names,
    { tree, typescript }: { readonly tree: Tree<Out> | undefined; readonly typescript: boolean },
  ) {
    this.f = f;
    this.nested = nested;
    this.typescript = typescript;
    for (const { list } of tree ? listsAt(tree) : []) this.prepare(list, local);
  }

  /** Declarations. */
  opening(): string[] {
    return [...this.made].flatMap(([list, zeros]) => {
      const given = this.given.get(list);
      const name = this.names.get(list)!;
      if (given === undefined) return [`const ${name} = ${zeros};`];
      const each = list.element.kind === 'leaf' ? 'row' : 'each';
      const cleared = clearing(list, each)!;
      return [
        `const ${name} = ${given} ?? ${zeros};`,
        ...braced(`for (const ${each} of ${given} ?? [])`, cleared),
      ];
    });
  }

  /** Whether a list that a caller gives can be written into. */
  canReuse(list: List<Out>): boolean {
    return this.names.has(list) && clearing(list, '') !== undefined && this.hasArrays(list);
  }

  private hasArrays({ element }: List<Out>): boolean {
    return leavesOf(element).every(({ leaf }) => this.isNumber(leaf) === (element.kind === 'record'));
  }

  reuse(list: List<Out>, given: string): void {
    this.given.set(list, given);
  }

  /** Whether a leaf is one number of each of the records in an array. */
  isNumber(out: Out): boolean {
    const like = this.partOf(out)?.like.parameter;
    return like !== undefined && !endsInArray(like);
  }

  print(list: List<Out>, results: readonly string[], asserted: boolean): string {
    const made = this.names.get(list);
    if (made !== undefined) return made;
    return scattered(
      list,
      this.source(list),
      (out) => ({
        array: endsInArray(this.partOf(out)!.like.parameter),
        flat: out.kind === 'result' ? results[out.index] : undefined,
      }),
      asserted ? '!' : '',
    );
  }

  private prepare(list: List<Out>, local: Names): void {
    const leaves = leavesOf(list);
    const parts = leaves.map(({ leaf }) => this.partOf(leaf));
    if (parts.some((part) => part === undefined)) return;
    for (const part of parts) if (part?.alloc) this.nested.layout.lay(part.alloc.id, part.like.parameter);
    const isDirect = leaves.every(({ leaf }, k) => {
      const { alloc } = parts[k]!;
      return leaf.kind === 'zeros' || (alloc !== undefined && this.nested.layout.isDirect(alloc.id));
    });
    if (!isDirect) return;
    const { base } = parts[0]!.like.view;
    const name = local.fresh(`${base}Bar`);
    this.names.set(list, name);
    parts.forEach((part, k) => {
      const inside = keysIn(leaves[k]!, part!.like);
      if (part!.alloc) this.nested.views.set(part!.alloc.id, { base: name, keys: inside });
    });
    const zeros = zerosLike(
      list,
      this.source(list),
      (out) => {
        const { like, alloc } = this.partOf(out)!;
        return { array: endsInArray(like.parameter), typed: alloc ? alloc.typed : like.parameter.typed };
      },
      this.typescript,
    );
    this.made.set(list, zeros);
  }

  /** What the user calls the array whose shape the list has. */
  private source(list: List<Out>): string {
    const [leaf] = leavesOf(list);
    const { like } = this.partOf(leaf!.leaf)!;
    const before = like.view.keys.slice(0, like.view.keys.length - keysIn(leaf!, like).length);
    return like.view.base + accesses({ path: before });
  }

  /** After its mark, and in Jacobians the number of an output, a result has the path of a parameter. */
  private likeResult(path: readonly (string | number)[]): Nested | undefined {
    return this.nested.like(path.slice(path[0] === 'jacobian' ? 2 : 1));
  }

  private partOf(out: Out): Part | undefined {
    const like =
      out.kind === 'zeros'
        ? this.nested.like(this.f.parameters[out.parameter]!.path)
        : this.likeResult(this.f.results[out.index]!.path);
    if (like === undefined) return undefined;
    const id = out.kind === 'result' ? this.f.body.results[out.index] : undefined;
    const alloc = this.f.body.instructions.find((i): i is Alloc => i.kind === 'alloc' && i.id === id);
    return { like, alloc };
  }
}

function endsInArray(p: ProgramParameter): boolean {
  return keysOf(p).at(-1) === EACH;
}

/** The keys of a leaf from the list on. */
function keysIn(leaf: Leaf<unknown>, like: Nested): readonly (string | number)[] {
  return endsInArray(like.parameter) ? [...leaf.path, EACH] : leaf.path;
}

/** Statements that make all numbers of a list's element 0, where they are in one array or in a record. */
function clearing({ element }: List<Out>, name: string): string[] | undefined {
  if (element.kind === 'leaf') return [`${name}.fill(0);`];
  if (element.kind !== 'record' || element.fields.some(([, field]) => field.kind !== 'leaf'))
    return undefined;
  return leavesOf(element).map((leaf) => `${name}${accesses(leaf)} = 0;`);
}

/** The lists of a tree, with what leads to them. */
export function listsAt(
  tree: Tree<Out>,
  path: readonly (string | number)[] = [],
): { readonly list: List<Out>; readonly path: readonly (string | number)[] }[] {
  switch (tree.kind) {
    case 'leaf':
      return [];
    case 'list':
      return [{ list: tree, path }];
    case 'tuple':
      return tree.elements.flatMap((element, i) => listsAt(element, [...path, i]));
    case 'record':
      return tree.fields.flatMap(([key, field]) => listsAt(field, [...path, key]));
  }
}
