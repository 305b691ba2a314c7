/**
 * Generic traversal of core-language trees. Nothing here recurses on the host's stack, so that chains of thousands
 * of terms are as safe as short ones.
 */
import { contains, type Span } from './span.ts';
import type {
  ClassMember,
  Expression,
  FunctionNode,
  ModuleStatement,
  ObjectMember,
  Parameter,
  Pattern,
  PatternElement,
  ScopeName,
  Spread,
  Statement,
} from './syntax.ts';

/** Whatever carries a span in a core-language tree. */
export type CoreNode =
  | Expression
  | Statement
  | Pattern
  | Spread
  | ObjectMember
  | ClassMember
  | PatternElement
  | Parameter
  | FunctionNode;

type Key = string | Expression;

function withKey(key: Key, ...rest: readonly (CoreNode | null | undefined)[]): CoreNode[] {
  return present(typeof key === 'string' ? undefined : key, ...rest);
}

function present(...nodes: readonly (CoreNode | null | undefined)[]): CoreNode[] {
  return nodes.filter((node): node is CoreNode => node !== undefined && node !== null);
}

/** The nodes directly below a node, in the order in which they stand in the source. */
export function children(node: CoreNode): readonly CoreNode[] {
  if (!('kind' in node)) {
    if ('parameters' in node) return [...node.parameters, node.body];
    const key = (node as { key?: Key }).key;
    return withKey(key ?? '', node.target, node.default);
  }
  if ('static' in node) return withKey(node.key, node.value);
  switch (node.kind) {
    case 'literal':
    case 'regexp':
    case 'name':
    case 'this':
    case 'newTarget':
    case 'unsupported':
    case 'unsupportedStatement':
    case 'break':
    case 'continue':
      return [];
    case 'template':
      return node.values;
    case 'member':
      return typeof node.key === 'string' ? [node.object] : [node.object, node.key];
    case 'superMember':
      return withKey(node.key);
    case 'assign':
      return [node.target, node.value];
    case 'update':
    case 'delete':
      return [node.target];
    case 'spread':
    case 'unary':
    case 'typeof':
      return [node.argument];
    case 'yield':
    case 'suspend':
      return present(node.argument);
    case 'call':
      return present(node.self, node.callee, ...node.arguments);
    case 'construct':
      return [node.callee, ...node.arguments];
    case 'superCall':
      return node.arguments;
    case 'binary':
    case 'logical':
      return [node.left, node.right];
    case 'conditional':
    case 'if':
      return present(node.test, node.then, node.else);
    case 'sequence':
      return node.expressions;
    case 'array':
      return present(...node.elements);
    case 'object':
      return node.members;
    case 'prototype':
      return [node.value];
    case 'property':
    case 'method':
    case 'getter':
    case 'setter':
      return withKey(node.key, node.value);
    case 'function':
      return [node.function];
    case 'class':
      // Read as an own property: without one, every object has an inherited `constructor`.
      return present(
        node.parent,
        Object.hasOwn(node, 'constructor') ? node.constructor : undefined,
        ...node.members,
      );
    case 'chain':
    case 'expression':
      return [node.expression];
    case 'arrayPattern':
      return present(...node.elements, node.rest);
    case 'objectPattern':
      return present(...node.properties, node.rest);
    case 'declare':
      return [node.target, node.value];
    case 'block':
      return [...node.functions, ...node.statements];
    case 'loop':
      return present(node.test, node.update, node.body);
    case 'forOf':
      return [node.target, node.iterable, node.body];
    case 'forIn':
      return [node.target, node.object, node.body];
    case 'labelled':
      return [node.body];
    case 'return':
      return present(node.value);
    case 'throw':
      return [node.value];
    case 'try':
      return present(node.body, node.handler?.target, node.handler?.body, node.finally);
  }
}

/** Calls `visit` for a node and all below it, parents first; where it returns false what is below is left out. */
export function walk(root: CoreNode, visit: (node: CoreNode) => boolean | undefined): void {
  const stack: CoreNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (visit(node) === false) continue;
    const below = children(node);
    for (let i = below.length - 1; i >= 0; i--) stack.push(below[i]!);
  }
}

/** Where a name stands first, as an expression or a pattern. */
export function firstNamed(name: string, nodes: readonly CoreNode[]): Span | undefined {
  let found: Span | undefined;
  for (const root of nodes)
    walk(root, (node) => {
      if ('kind' in node && node.kind === 'name' && node.name === name) found ??= node.span;
      return found === undefined;
    });
  return found;
}

/** The names a pattern binds, in order. */
export function boundNames(pattern: Pattern): string[] {
  const names: string[] = [];
  const stack: Pattern[] = [pattern];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'name') names.push(node.name);
    else if (node.kind === 'arrayPattern' || node.kind === 'objectPattern') {
      if (node.rest) stack.push(node.rest);
      const elements = node.kind === 'arrayPattern' ? node.elements : node.properties;
      for (let i = elements.length - 1; i >= 0; i--) {
        const element = elements[i];
        if (element) stack.push(element.target);
      }
    }
  }
  return names;
}

interface Scope {
  readonly names: ReadonlySet<string>;
  readonly parent: Scope | undefined;
}

function scoped(names: Iterable<string>, parent: Scope | undefined): Scope | undefined {
  const set = new Set(names);
  return set.size === 0 ? parent : { names: set, parent };
}

function isBound(name: string, scope: Scope | undefined): boolean {
  for (let s = scope; s !== undefined; s = s.parent) if (s.names.has(name)) return true;
  return false;
}

const namesOf = (scope: readonly ScopeName[]): string[] => scope.map((entry) => entry.name);

/**
 * The names that occur in the nodes, at any depth, without a binding inside them. `bound` are taken as bound from
 * outside. Private names (`#x`) are no variables.
 */
export function freeNames(roots: readonly CoreNode[], bound: Iterable<string> = []): Set<string> {
  const free = new Set<string>();
  const outer = scoped(bound, undefined);
  const stack: { node: CoreNode; scope: Scope | undefined }[] = [];
  const push = (nodes: readonly (CoreNode | undefined | null)[], scope: Scope | undefined): void => {
    for (const node of nodes) if (node) stack.push({ node, scope });
  };
  push(roots, outer);
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, scope } = top;
    if (!('kind' in node)) {
      if ('parameters' in node) {
        const parameters = node.parameters.flatMap((parameter) => boundNames(parameter.target));
        if (!node.arrow) parameters.push('arguments');
        const inner = scoped(parameters, scope);
        push(node.parameters, inner);
        push([node.body], scoped(node.vars, inner));
      } else push(children(node), scope);
      continue;
    }
    if ('static' in node) {
      push(children(node), scope);
      continue;
    }
    switch (node.kind) {
      case 'name':
        if (!node.name.startsWith('#') && !isBound(node.name, scope)) free.add(node.name);
        break;
      case 'function':
        push([node.function], node.function.name ? scoped([node.function.name], scope) : scope);
        break;
      case 'class':
        push(children(node), node.name ? scoped([node.name], scope) : scope);
        break;
      case 'block':
      case 'forOf':
      case 'forIn':
        push(children(node), scoped(namesOf(node.scope), scope));
        break;
      case 'try':
        push([node.body, node.finally], scope);
        if (node.handler) {
          push([node.handler.target, node.handler.body], scoped(namesOf(node.handler.scope), scope));
        }
        break;
      default:
        push(children(node), scope);
    }
  }
  return free;
}

export interface NodeAt {
  readonly node: CoreNode;
  /** From the root down to the node's parent. */
  readonly ancestors: readonly CoreNode[];
}

function descend(root: CoreNode, span: Span): NodeAt | undefined {
  if (!contains(root.span, span)) return undefined;
  const ancestors: CoreNode[] = [];
  let node = root;
  for (;;) {
    // The narrowest child: what lowering made up may overlap what the user wrote.
    let next: CoreNode | undefined;
    for (const child of children(node)) {
      if (!contains(child.span, span)) continue;
      if (next === undefined || width(child) < width(next)) next = child;
    }
    if (next === undefined) return { node, ancestors };
    ancestors.push(node);
    node = next;
  }
}

function width(node: CoreNode): number {
  return node.span.end - node.span.start;
}

/**
 * The innermost node at an offset. A name that ends at the offset is taken before something wider that goes on: the
 * caret behind `x` in `x + 1` is on `x`.
 */
export function nodeAt(root: CoreNode, offset: number): NodeAt | undefined {
  const at = descend(root, { start: offset, end: offset + 1 });
  if (offset === 0 || (at && isName(at.node))) return at;
  const before = descend(root, { start: offset - 1, end: offset });
  return before && before.node.span.end === offset && (isName(before.node) || at === undefined) ? before : at;
}

function isName(node: CoreNode): boolean {
  return 'kind' in node && (node.kind === 'name' || node.kind === 'literal');
}

/** Every node at the top of a lowered top-level statement. */
export function roots(statement: ModuleStatement): readonly CoreNode[] {
  return [...statement.functions, ...statement.statements];
}
