/** Parameters and results of generated functions: flat leaves of a Program put together to what the user writes. */
export interface Leaf<T> {
  readonly path: readonly (string | number)[];
  readonly leaf: T;
}

/** Nested records and arrays over leaves. */
export type Tree<T> =
  | { readonly kind: 'leaf'; readonly leaf: T }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [string, Tree<T>])[] }
  | { readonly kind: 'tuple'; readonly elements: readonly Tree<T>[] };

/** Leaves by their paths; a node all of whose keys are numbers is a tuple, in their order. */
export function treeOf<T>(leaves: readonly Leaf<T>[]): Tree<T> {
  const [only] = leaves;
  if (only && leaves.length === 1 && only.path.length === 0) return { kind: 'leaf', leaf: only.leaf };
  const groups = new Map<string | number, Leaf<T>[]>();
  for (const { path, leaf } of leaves) {
    const key = path[0] ?? 0;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ path: path.slice(1), leaf });
  }
  const children = [...groups].map(([key, group]) => [key, treeOf(group)] as const);
  if (children.every(([key]) => typeof key === 'number')) {
    return { kind: 'tuple', elements: children.map(([, child]) => child) };
  }
  return { kind: 'record', fields: children.map(([key, child]) => [String(key), child] as const) };
}

/** The element of a tuple of one; anything else as it is. */
export function unwrap<T>(tree: Tree<T>): Tree<T> {
  return tree.kind === 'tuple' && tree.elements.length === 1 ? tree.elements[0]! : tree;
}

export function expressionOf<T>(tree: Tree<T>, print: (leaf: T) => string): string {
  switch (tree.kind) {
    case 'leaf':
      return print(tree.leaf);
    case 'tuple':
      return `[${tree.elements.map((element) => expressionOf(element, print)).join(', ')}]`;
    case 'record': {
      const fields = tree.fields.map(([key, field]) => {
        const value = expressionOf(field, print);
        return value === key && isIdentifier(key) ? key : `${propertyKey(key)}: ${value}`;
      });
      return `{ ${fields.join(', ')} }`;
    }
  }
}

export function typeOf<T>(tree: Tree<T>, print: (leaf: T) => string): string {
  switch (tree.kind) {
    case 'leaf':
      return print(tree.leaf);
    case 'tuple':
      return `[${tree.elements.map((element) => typeOf(element, print)).join(', ')}]`;
    case 'record':
      return `{ ${tree.fields.map(([key, field]) => `${propertyKey(key)}: ${typeOf(field, print)}`).join('; ')} }`;
  }
}

/** Leaves with the access that leads to each from the root: `.mass`, `[0]`. */
export function accesses<T>(leaf: Leaf<T>): string {
  return leaf.path
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
