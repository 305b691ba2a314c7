/**
 * What functions change of a module after it has loaded: its variables, and properties of what they hold. Of such a value a
 * Program knows nothing, unless all who change it are run by the function itself, at a sample, where that is looked into.
 */
import type { Evaluator } from '../evaluate/evaluator.ts';
import { Closure } from '../evaluate/functions.ts';
import type { Cell } from '../evaluate/heap.ts';
import { JsView } from '../evaluate/memory.ts';
import { ModuleInstance } from '../evaluate/module.ts';
import { JsArray, JsMap, JsObject, JsSet, JsTypedArray, Slot } from '../evaluate/objects.ts';
import type { Value } from '../evaluate/values.ts';
import type { Location } from '../source/span.ts';
import type { Call, Expression, FunctionNode, ModuleStatement, Pattern } from '../source/syntax.ts';
import { type CoreNode, children } from '../source/traverse.ts';

/** A variable, then keys; '*' is any element. */
interface Change {
  readonly name: string;
  readonly keys: readonly string[];
  readonly writer: FunctionNode;
  /** It is changed by a call of its method of this name, if that changes what it is called on. */
  readonly method?: string;
}

/** Built-in methods that change arrays, maps and sets. */
const CHANGING: ReadonlySet<string> = new Set([
  ...['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'],
  ...['set', 'add', 'delete', 'clear'],
]);

const known = new WeakMap<readonly ModuleStatement[], readonly Change[]>();

function changesIn(statements: readonly ModuleStatement[]): readonly Change[] {
  const before = known.get(statements);
  if (before !== undefined) return before;
  const found: Change[] = [];
  for (const { functions, statements: own } of statements)
    for (const node of [...functions, ...own]) scan(node, found);
  known.set(statements, found);
  return found;
}

interface Visit {
  readonly node: CoreNode;
  /** Names that are not the module's here. */
  readonly hidden: ReadonlySet<string>;
  readonly writer: FunctionNode | undefined;
}

function scan(root: CoreNode, found: Change[]): void {
  const stack: Visit[] = [{ node: root, hidden: new Set(), writer: undefined }];
  /** Functions that are called where they stand. */
  const immediate = new Set<CoreNode>();
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const { node } = at;
    let { hidden, writer } = at;
    if (!('kind' in node) && 'parameters' in node) {
      const names = new Set([...hidden, ...node.vars, 'arguments']);
      for (const p of node.parameters) namesOf(p.target, names);
      if (node.name !== undefined) names.add(node.name);
      hidden = names;
      if (writer !== undefined || !immediate.has(node)) writer = node;
    } else if ('kind' in node) {
      if (node.kind === 'block' && 'scope' in node && writer !== undefined) {
        hidden = new Set([...hidden, ...node.scope.map(({ name }) => name)]);
      } else if (node.kind === 'call' && node.callee.kind === 'function') immediate.add(node.callee.function);
      else if (node.kind === 'call' && writer !== undefined) {
        const called = calledOn(node);
        const [name, ...keys] = called?.path ?? [];
        if (called !== undefined && name !== undefined && !hidden.has(name))
          found.push({ name, keys, writer, method: called.method });
      } else if (node.kind === 'try' && node.handler?.target !== undefined) {
        const names = new Set(hidden);
        namesOf(node.handler.target, names);
        hidden = names;
      }
      const target =
        node.kind === 'assign' || node.kind === 'update' || node.kind === 'delete'
          ? node.target
          : node.kind === 'forOf' || node.kind === 'forIn'
            ? node.target
            : undefined;
      if (target !== undefined && writer !== undefined)
        for (const place of placesOf(target as Pattern)) {
          const [name, ...keys] = place;
          if (name !== undefined && !hidden.has(name)) found.push({ name, keys, writer });
        }
    }
    for (const child of children(node)) stack.push({ node: child, hidden, writer });
  }
}

function namesOf(target: Pattern, names: Set<string>): void {
  if (target.kind === 'name') names.add(target.name);
  else if (target.kind === 'arrayPattern') {
    for (const e of target.elements) if (e !== null) namesOf(e.target, names);
    if (target.rest !== undefined) namesOf(target.rest, names);
  } else if (target.kind === 'objectPattern') {
    for (const p of target.properties) namesOf(p.target, names);
    if (target.rest !== undefined) namesOf(target.rest, names);
  }
}

/** The variables and properties that a target writes. */
function placesOf(target: Pattern): string[][] {
  switch (target.kind) {
    case 'name':
    case 'member': {
      const path = pathOf(target);
      return path === undefined ? [] : [path];
    }
    case 'arrayPattern':
      return [
        ...target.elements.flatMap((e) => (e === null ? [] : placesOf(e.target))),
        ...(target.rest === undefined ? [] : placesOf(target.rest)),
      ];
    case 'objectPattern':
      return [
        ...target.properties.flatMap((p) => placesOf(p.target)),
        ...(target.rest === undefined ? [] : placesOf(target.rest)),
      ];
    default:
      return [];
  }
}

function pathOf(e: Expression): string[] | undefined {
  if (e.kind === 'name') return [e.name];
  if (e.kind !== 'member') return undefined;
  const above = pathOf(e.object);
  return above && [...above, typeof e.key === 'string' ? e.key : '*'];
}

/** Of the modules whose functions were run: what others change. `own`: changes by what was run are looked into elsewhere. */
export function changedElsewhere(
  ran: Iterable<Closure>,
  own: boolean,
): ReadonlyMap<ModuleInstance, readonly Change[]> {
  const nodes = new Set<FunctionNode>();
  const modules = new Set<ModuleInstance>();
  for (const closure of ran) {
    nodes.add(closure.node);
    const { module } = closure.code().outer;
    if (module instanceof ModuleInstance) modules.add(module);
  }
  const found = new Map<ModuleInstance, readonly Change[]>();
  for (const module of modules) {
    const changes = changesIn(module.statements).filter(({ writer }) => !(own && nodes.has(writer)));
    if (changes.length > 0) found.set(module, changes);
  }
  return found;
}

/** Makes unknown what is changed; in an epoch of the caller's. */
export function forget(
  ev: Evaluator,
  changed: ReadonlyMap<ModuleInstance, readonly Change[]>,
  at: Location,
): void {
  for (const [module, changes] of changed) {
    for (const { name, keys, writer, method } of changes) {
      if (module.imported(name)) continue;
      const cell = module.cell(name);
      if (cell === undefined) continue;
      const by = writer.name === undefined ? 'a function' : writer.name;
      for (const path of method === undefined ? [keys] : changedBy(cell.value, keys, method)) {
        const what = [name, ...path].join('.').replaceAll('.*', '[…]');
        const message = `${what} is changed by ${by} after the module has loaded: generated code does not know what it is then. Pass it as an argument.`;
        spoil(ev, cell, path, ev.poison('GL111', message, at));
      }
    }
  }
}

/** `a.b.push(v)`: the method, and the path of what it is called on; of Object.assign, its first argument. */
function calledOn(call: Call): { readonly path: string[]; readonly method: string } | undefined {
  const { callee } = call;
  if (callee.kind !== 'member' || typeof callee.key !== 'string') return undefined;
  const path = pathOf(callee.object);
  if (path?.length === 1 && path[0] === 'Object' && callee.key === 'assign') {
    const [first] = call.arguments;
    const target = first === undefined || first.kind === 'spread' ? undefined : pathOf(first);
    return target && { path: target, method: ASSIGN };
  }
  return path && { path, method: callee.key };
}

/** Stands for Object.assign. */
const ASSIGN = ' assign';

/** The paths that a call of a method changes: all of a list, a map or a set, or what the method assigns of its `this`. */
function changedBy(root: Value, keys: readonly string[], method: string): string[][] {
  let holder = root;
  for (const key of keys) {
    const next = holder instanceof JsObject ? holder.properties.get(key) : undefined;
    if (next === undefined || next instanceof Slot) return [];
    holder = next;
  }
  if (!(holder instanceof JsObject)) return [];
  if (method === ASSIGN) return [[...keys]];
  const isList = holder instanceof JsArray || holder instanceof JsTypedArray;
  if (isList || holder instanceof JsMap || holder instanceof JsSet)
    return CHANGING.has(method) ? [[...keys]] : [];
  return [...assigned(holder, method, new Set())].map((key) => [...keys, key]);
}

/** What a method assigns of its `this`, itself or by other methods. */
function assigned(holder: JsObject, method: string, met: Set<string>): Set<string> {
  const found = new Set<string>();
  if (met.has(method)) return found;
  met.add(method);
  let closure: Value;
  for (let o: JsObject | null = holder; o !== null && closure === undefined; o = o.proto) {
    const p = o.properties.get(method);
    closure = p instanceof Slot ? p.value : p;
  }
  if (!(closure instanceof Closure)) return found;
  const stack: CoreNode[] = [closure.node];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ('kind' in node) {
      if (node.kind === 'assign' || node.kind === 'update' || node.kind === 'delete') {
        const key = keyOfThis(node.target as Expression);
        if (key !== undefined) found.add(key);
      } else if (
        node.kind === 'call' &&
        node.callee.kind === 'member' &&
        typeof node.callee.key === 'string'
      ) {
        const { object, key } = node.callee;
        if (object.kind === 'this') for (const other of assigned(holder, key, met)) found.add(other);
        const part = keyOfThis(object);
        if (part !== undefined && CHANGING.has(key)) found.add(part);
      }
    }
    stack.push(...children(node));
  }
  return found;
}

/** `a` of `this.a`, `this.a.b`, `this.a[i]`. */
function keyOfThis(e: Expression): string | undefined {
  if (e.kind !== 'member') return undefined;
  if (e.object.kind === 'this') return typeof e.key === 'string' ? e.key : undefined;
  return keyOfThis(e.object);
}

function spoil(ev: Evaluator, cell: Cell, keys: readonly string[], poison: Value): void {
  if (keys.length === 0) {
    ev.own(cell);
    cell.value = poison;
    return;
  }
  let holder: Value = cell.value;
  for (const key of keys.slice(0, -1)) {
    const next = holder instanceof JsObject ? holder.properties.get(key) : undefined;
    if (next === undefined || next instanceof Slot) return;
    holder = next;
  }
  const last = keys.at(-1)!;
  if (!(holder instanceof JsObject)) return;
  if (last !== '*') {
    if (holder.properties.get(last) instanceof Slot) return;
    ev.own(holder);
    holder.properties.set(last, poison);
  } else if ((holder instanceof JsArray || holder instanceof JsTypedArray) && !(holder instanceof JsView)) {
    ev.own(holder);
    holder.elements = holder.elements.map(() => poison);
  }
}
