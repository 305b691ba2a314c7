/** Parameters and results of generated functions: flat leaves of a Program put together to what the user writes. */
import { EACH } from './nested.ts';

export interface Leaf<T> {
  readonly path: readonly (string | number)[];
  readonly leaf: T;
}

/** Nested records and arrays over leaves. */
export type Tree<T> =
  | { readonly kind: 'leaf'; readonly leaf: T }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [string, Tree<T>])[] }
  | { readonly kind: 'tuple'; readonly elements: readonly Tree<T>[] }
  /** An array of unknown length, each of whose elements is so. */
  | List<T>;

export interface List<T> {
  readonly kind: 'list';
  readonly element: Tree<T>;
}

/** Leaves by their paths; a node whose keys count from 0 is a tuple (with `gaps` one all of whose keys are numbers). */
export function treeOf<T>(leaves: readonly Leaf<T>[], gaps = false): Tree<T> {
  const [only] = leaves;
  if (only && leaves.length === 1 && only.path.length === 0) return { kind: 'leaf', leaf: only.leaf };
  const groups = new Map<string | number, Leaf<T>[]>();
  for (const { path, leaf } of leaves) {
    const key = path[0] ?? 0;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ path: path.slice(1), leaf });
  }
  const each = groups.get(EACH);
  if (each) return { kind: 'list', element: treeOf(each, gaps) };
  const children = [...groups].map(([key, group]) => [key, treeOf(group, gaps)] as const);
  if (children.every(([key], i) => (gaps ? typeof key === 'number' : key === i))) {
    return { kind: 'tuple', elements: children.map(([, child]) => child) };
  }
  return { kind: 'record', fields: children.map(([key, child]) => [String(key), child] as const) };
}

export function leavesOf<T>(tree: Tree<T>, path: readonly (string | number)[] = []): Leaf<T>[] {
  switch (tree.kind) {
    case 'leaf':
      return [{ path, leaf: tree.leaf }];
    case 'tuple':
      return tree.elements.flatMap((element, i) => leavesOf(element, [...path, i]));
    case 'record':
      return tree.fields.flatMap(([key, field]) => leavesOf(field, [...path, key]));
    case 'list':
      return leavesOf(tree.element, [...path, EACH]);
  }
}

export function mapTree<T, U>(tree: Tree<T>, map: (leaf: T) => Tree<U>): Tree<U> {
  switch (tree.kind) {
    case 'leaf':
      return map(tree.leaf);
    case 'tuple':
      return { kind: 'tuple', elements: tree.elements.map((element) => mapTree(element, map)) };
    case 'record':
      return {
        kind: 'record',
        fields: tree.fields.map(([key, field]) => [key, mapTree(field, map)] as const),
      };
    case 'list':
      return { kind: 'list', element: mapTree(tree.element, map) };
  }
}

/** The element of a tuple of one; anything else as it is. */
export function unwrap<T>(tree: Tree<T>): Tree<T> {
  return tree.kind === 'tuple' && tree.elements.length === 1 ? tree.elements[0]! : tree;
}

export function expressionOf<T>(
  tree: Tree<T>,
  print: (leaf: T) => string,
  list: (list: List<T>) => string = () => '[]',
): string {
  switch (tree.kind) {
    case 'leaf':
      return print(tree.leaf);
    case 'tuple':
      return `[${tree.elements.map((element) => expressionOf(element, print, list)).join(', ')}]`;
    case 'record': {
      const fields = tree.fields.map(([key, field]) => {
        const value = expressionOf(field, print, list);
        return value === key && isIdentifier(key) ? key : `${propertyKey(key)}: ${value}`;
      });
      return `{ ${fields.join(', ')} }`;
    }
    case 'list':
      return list(tree);
  }
}

/** `optional`: fields that need not be there; `name`: what parts are called that have a name. */
export function typeOf<T>(
  tree: Tree<T>,
  print: (leaf: T) => string,
  optional: (leaf: T) => boolean = () => false,
  name: (part: Tree<T>) => string | undefined = () => undefined,
): string {
  const known = name(tree);
  if (known !== undefined) return known;
  const inner = (part: Tree<T>): string => typeOf(part, print, optional, name);
  switch (tree.kind) {
    case 'leaf':
      return print(tree.leaf);
    case 'tuple':
      return `[${tree.elements.map(inner).join(', ')}]`;
    case 'record': {
      const mark = (field: Tree<T>) => (field.kind === 'leaf' && optional(field.leaf) ? '?' : '');
      return `{ ${tree.fields.map(([key, field]) => `${propertyKey(key)}${mark(field)}: ${inner(field)}`).join('; ')} }`;
    }
    case 'list':
      return `${inner(tree.element)}[]`;
  }
}

/** Leaves with the access that leads to each from the root: `.mass`, `[0]`. */
export function accesses({ path }: { readonly path: readonly (string | number)[] }): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : isIdentifier(key) ? `.${key}` : `[${quote(key)}]`))
    .join('');
}

function propertyKey(key: string): string {
  return isIdentifier(key) ? key : quote(key);
}

function isIdentifier(key: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key);
}

export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
