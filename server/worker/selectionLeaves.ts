/**
 * The variables of a selection: its free names, or where those are arrays and objects the numbers of them that occur
 * (`w[0]`, `p.mass`, `this.k`), each of which becomes a parameter of its own.
 */
import { keyLabel } from '../../core/source/labels.ts';
import type { Shape } from '../../core/source/shape.ts';
import type { Span } from '../../core/source/span.ts';
import type { Expression, Member } from '../../core/source/syntax.ts';
import { type CoreNode, walk } from '../../core/source/traverse.ts';
import { namesBoundBy } from '../features/place.ts';

export interface Variable {
  /** `x`, `w[0]`, `p.mass`. */
  readonly label: string;
  /** The free name below which it is. */
  readonly root: string;
  /** A number of an array or object. */
  readonly leaf: boolean;
  /** Where it stands in the selection, in order. */
  readonly spans: readonly Span[];
}

export interface LeafQuestions {
  /** Names of the functions around, `this` among them where it is theirs. */
  isVariable(name: string): boolean;
  /** Declared; `unknown` where it is not. */
  shapeOf(name: string): Shape;
  /** Whether the expression was a number when it was last evaluated; undefined where that is not known. */
  wasNumber(span: Span): boolean | undefined;
}

interface Use {
  readonly root: string;
  readonly label: string;
  readonly keys: readonly (string | number)[];
  readonly node: Expression;
}

/** The variables in the order of reading, and the parts with the leaves as names. */
export function variablesOf<T extends CoreNode>(
  part: T,
  questions: LeafQuestions,
): { readonly variables: readonly Variable[]; readonly part: T } {
  const uses = usesOf(part, questions);
  const operands = arithmeticOperands(part);
  const roots = new Map<string, Use[]>();
  for (const use of uses) roots.set(use.root, [...(roots.get(use.root) ?? []), use]);
  const byLeaves = new Set<string>();
  for (const [root, own] of roots)
    if (own.every((use) => use.keys.length > 0 && isNumeric(use, operands, questions))) byLeaves.add(root);
  const names = new Map<object, string>();
  const variables = new Map<string, { root: string; leaf: boolean; spans: Span[] }>();
  for (const use of uses) {
    const leaf = byLeaves.has(use.root);
    if (leaf) names.set(use.node, use.label);
    const label = leaf ? use.label : use.root;
    const known = variables.get(label);
    const spans = leaf || use.keys.length === 0 ? [use.node.span] : [];
    if (known === undefined) variables.set(label, { root: use.root, leaf, spans });
    else known.spans.push(...spans);
  }
  return {
    variables: [...variables].map(([label, rest]) => ({ label, ...rest })),
    part: names.size === 0 ? part : named(part, names),
  };
}

/** Each name with the constant keys behind it, in the order of reading. */
function usesOf(part: CoreNode, { isVariable }: LeafQuestions): Use[] {
  const inner = new Set<string>();
  walk(part, (node) => {
    if (node !== part) for (const name of namesBoundBy(node)) inner.add(name);
    if (!('kind' in node) && 'parameters' in node && !node.arrow) inner.add('this');
    return undefined;
  });
  const uses: Use[] = [];
  const callees = new Set<CoreNode>();
  walk(part, (node) => {
    if (!('kind' in node) || 'static' in node) return undefined;
    if (node.kind === 'call' || node.kind === 'construct') callees.add(node.callee);
    if (node.kind !== 'member' && node.kind !== 'name' && node.kind !== 'this') return undefined;
    const path = pathOf(node, callees.has(node));
    if (path === undefined || !isVariable(path.root) || inner.has(path.root)) return undefined;
    uses.push({ ...path, node, label: path.keys.reduce<string>(keyLabel, path.root) });
    return false;
  });
  return uses;
}

/** The name at the bottom of a member expression and its keys; undefined where one is computed, and for a method. */
function pathOf(node: Expression, called: boolean): Pick<Use, 'root' | 'keys'> | undefined {
  const members: Member[] = [];
  let at = node;
  while (at.kind === 'member') {
    members.push(at);
    at = at.object;
  }
  const root = at.kind === 'name' ? at.name : at.kind === 'this' ? 'this' : undefined;
  if (root === undefined) return undefined;
  if (called && members.length > 0) return undefined;
  const keys: (string | number)[] = [];
  for (const member of members.reverse()) {
    const key = member.optional === true ? undefined : constantKey(member.key);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return { root, keys };
}

function constantKey(key: string | Expression): string | number | undefined {
  if (typeof key === 'string') return key;
  if (key.kind !== 'literal') return undefined;
  if (typeof key.value === 'number') return Number.isInteger(key.value) ? key.value : undefined;
  return typeof key.value === 'string' ? key.value : undefined;
}

/** What is certainly used as a number. */
function arithmeticOperands(part: CoreNode): Set<CoreNode> {
  const found = new Set<CoreNode>();
  walk(part, (node) => {
    if (!('kind' in node) || 'static' in node) return undefined;
    if (node.kind === 'binary' && node.operator !== '+' && !/[=<>]|in/.test(node.operator))
      for (const operand of [node.left, node.right]) found.add(operand);
    if (node.kind === 'unary' && node.operator !== '!') found.add(node.argument);
    if (node.kind === 'call' && isMath(node.callee)) for (const one of node.arguments) found.add(one);
    return undefined;
  });
  return found;
}

function isMath(callee: Expression): boolean {
  return callee.kind === 'member' && callee.object.kind === 'name' && callee.object.name === 'Math';
}

function isNumeric({ root, keys, node }: Use, operands: Set<CoreNode>, questions: LeafQuestions): boolean {
  const seen = questions.wasNumber(node.span);
  if (seen !== undefined) return seen;
  const shape = keys.reduce<Shape>(shapeBelow, questions.shapeOf(root));
  return shape.kind === 'number' || (shape.kind === 'unknown' && operands.has(node));
}

function shapeBelow(shape: Shape, key: string | number): Shape {
  switch (shape.kind) {
    case 'optional':
      return shapeBelow(shape.shape, key);
    case 'array':
      return typeof key === 'number' ? shape.element : { kind: 'function' };
    case 'tuple':
      return shape.elements[Number(key)] ?? { kind: 'function' };
    case 'object':
      return shape.fields.find(({ name }) => name === String(key))?.shape ?? { kind: 'unknown' };
    case 'unknown':
      return shape;
    default:
      return { kind: 'function' };
  }
}

/** A copy in which some nodes are names; what is shared stays shared. Not recursive: selections may be long chains. */
function named<T extends object>(root: T, names: ReadonlyMap<object, string>): T {
  const copies = new Map<object, object>();
  const left: object[] = [];
  const copyOf = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Set || value instanceof Map)
      return value;
    let copy = copies.get(value);
    if (copy === undefined) {
      const name = names.get(value);
      if (name !== undefined) copy = { kind: 'name', name, span: (value as Expression).span };
      else {
        copy = Array.isArray(value) ? [] : {};
        left.push(value);
      }
      copies.set(value, copy);
    }
    return copy;
  };
  const made = copyOf(root) as T;
  for (let source = left.pop(); source !== undefined; source = left.pop()) {
    const copy = copies.get(source) as Record<string, unknown>;
    for (const [key, value] of Object.entries(source)) copy[key] = copyOf(value);
  }
  return made;
}
