/** The names that the user has for the types of what a derivative takes, and returns in the same shape. */
import type { ProgramFunction, ProgramParameter } from '../program/program.ts';
import type { Shape } from '../source/shape.ts';
import { EACH, isNested, keysOf } from './nested.ts';
import { mutableType, type ParameterGroup, type Unread } from './parameters.ts';
import { leavesOf, type Tree, typeOf } from './structure.ts';

/** The type of a parameter. */
export interface UserType {
  /** As it is written: `Vec3`, `readonly Vec3[]`. */
  readonly text: string;
  readonly shape: Shape;
  /** Nothing in it is readonly, so that results may be written into it. */
  readonly mutable: boolean;
}

interface Known {
  readonly text: string;
  /** What it is written out. */
  readonly structure: string;
  readonly leaves: number;
}

export class UserTypes {
  private readonly all: readonly ProgramParameter[];
  private readonly own = new Map<number, string>();
  /** Those that results may have, by parameters of the function. */
  private readonly shared = new Map<number, Known>();

  constructor(
    types: readonly (UserType | undefined)[],
    groups: readonly ParameterGroup[],
    { parameters }: Pick<ProgramFunction, 'parameters'>,
  ) {
    this.all = parameters;
    for (const { index, tree } of groups) {
      const type = index === undefined ? undefined : types[index];
      if (type === undefined || !this.fits(tree, type.shape, false)) continue;
      this.own.set(index!, type.text);
      if (tree.kind === 'leaf' && type.shape.kind === 'number') continue;
      if (!type.mutable || !this.fits(tree, type.shape, true)) continue;
      const text = type.text.replace(/^readonly /, '').replace(/^ReadonlyArray<(.*)>$/, '$1[]');
      this.shared.set(index!, { text, structure: this.structureOf(tree), leaves: leavesOf(tree).length });
    }
  }

  /** Of a parameter of the function. */
  of({ index }: ParameterGroup): string | undefined {
    return index === undefined ? undefined : this.own.get(index);
  }

  /** Of a tangent or direction. */
  likeGroup({ index, tree }: ParameterGroup): string | undefined {
    if (index !== undefined) return undefined;
    const leaves = leavesOf(tree).map(({ leaf }) =>
      typeof leaf === 'number' ? parameterOf(this.all[leaf]!) : undefined,
    );
    return this.like(leaves, this.structureOf(tree));
  }

  /**
   * Of something in the shape of one of the function's parameters, by the parameters that its leaves stand for and by
   * what its type is written out.
   */
  like(parameters: readonly (number | undefined)[], structure: string): string | undefined {
    const [index] = parameters;
    const known = index === undefined ? undefined : this.shared.get(index);
    if (known === undefined || known.structure !== structure || known.leaves !== parameters.length)
      return undefined;
    return parameters.every((each) => each === index) ? known.text : undefined;
  }

  private structureOf(tree: Tree<number | Unread>): string {
    return typeOf<number | Unread>(tree, (leaf) =>
      typeof leaf === 'number' ? mutableType(this.all[leaf]!) : leaf.unread,
    );
  }

  /** Whether what is read of a parameter is in its type; `exact`: and nothing else is. */
  private fits(tree: Tree<number | Unread>, shape: Shape, exact: boolean): boolean {
    switch (tree.kind) {
      case 'leaf':
        return typeof tree.leaf === 'number' ? this.isOf(this.all[tree.leaf]!, shape) : !exact;
      case 'list':
        return shape.kind === 'array' && this.fits(tree.element, shape.element, exact);
      case 'tuple':
        return (
          shape.kind === 'tuple' &&
          shape.elements.length === tree.elements.length &&
          tree.elements.every((element, i) => this.fits(element, shape.elements[i]!, exact))
        );
      case 'record': {
        if (shape.kind !== 'object' || shape.class !== undefined) return false;
        if (exact && shape.fields.length !== tree.fields.length) return false;
        return tree.fields.every(([key, part]) => {
          const field = shape.fields.find(({ name }) => name === key);
          return field !== undefined && !field.optional && this.fits(part, field.shape, exact);
        });
      }
    }
  }

  private isOf(p: ProgramParameter, shape: Shape): boolean {
    if (p.default !== undefined) return false;
    const array = isNested(p) ? keysOf(p).at(-1) === EACH : p.type === 'buffer';
    if (!array) return shape.kind === (p.type === 'boolean' ? 'boolean' : 'number');
    return (
      shape.kind === 'array' &&
      shape.element.kind === 'number' &&
      shape.typed === p.typed &&
      sameKinds(shape.also, p.also)
    );
  }
}

const sameKinds = (a: readonly string[] = [], b: readonly string[] = []): boolean => a.join() === b.join();

/** A type whose parts go by their names; `of` says which parameter a leaf stands for. */
export function namedTypeOf<T>(
  types: UserTypes,
  tree: Tree<T>,
  print: (leaf: T) => string,
  of: (leaf: T) => number | undefined,
): string {
  const name = (part: Tree<T>): string | undefined =>
    types.like(
      leavesOf(part).map(({ leaf }) => of(leaf)),
      typeOf(part, print),
    );
  return typeOf(tree, print, undefined, name);
}

/** The parameter that one of a derivative stands for, or that one of its results does. */
export function parameterOf({ path }: { readonly path: readonly (string | number)[] }): number | undefined {
  const at = path[0] === 'jacobian' ? 2 : typeof path[0] === 'string' ? 1 : 0;
  const index = OF_PARAMETERS.has(path[0]!) || at === 0 ? path[at] : undefined;
  return typeof index === 'number' ? index : undefined;
}

/** What the results and parameters stand below that have the shape of parameters. */
const OF_PARAMETERS: ReadonlySet<string | number> = new Set(['gradient', 'product', 'tangent', 'jacobian']);
