/** What a piece of code can do to what lies around it, as far as its syntax tells. */
import type { FunctionNode, ModuleStatement, Statement } from '../../source/syntax.ts';
import { type CoreNode, children, freeNames, walk } from '../../source/traverse.ts';

/** What becomes of a value: it goes anywhere, is called, constructed with, only looked at, or a property of it is set. */
type Use = 'value' | 'call' | 'construct' | 'look' | 'write' | 'delete';

/** A name from outside, or the `this` of the surroundings, with the properties that are asked of it: `Math.random` in `Math.random()`. */
export interface Path {
  readonly root: string;
  readonly keys: readonly string[];
  readonly use: Use;
}

export interface Effects {
  readonly paths: readonly Path[];
  /** Names from outside that it assigns to. */
  readonly assigned: ReadonlySet<string>;
  /** Modules that it requires by name. */
  readonly requires: ReadonlySet<string>;
  /** It may set properties of what comes its way. */
  readonly writes: boolean;
  /** It asks objects for what made them, and so may come by what is built in. */
  readonly climbs: boolean;
  /** It changes what objects are, or calls `eval`: it may do anything to all that it sees. */
  readonly breaks: boolean;
  /** Of a function: what becomes of its own `this`. */
  readonly receiver: readonly Path[];
  /** It uses what is only there inside of functions: `super`, `new.target`. */
  readonly usesHome: boolean;
}

const known = new WeakMap<object, Effects>();

export function effectsOf(code: FunctionNode | ModuleStatement | Statement): Effects {
  let effects = known.get(code);
  if (effects === undefined) {
    effects = 'references' in code ? collect([...code.functions, ...code.statements]) : collect([code]);
    known.set(code, effects);
  }
  return effects;
}

/** Functions that set properties of their arguments. */
export const WRITERS: ReadonlySet<string> = new Set([
  'assign',
  'deleteProperty',
  'set',
  'defineProperty',
  'defineProperties',
]);
/** What changes objects in ways that are not told from their properties' values. */
export const SHAPERS: ReadonlySet<string> = new Set([
  'setPrototypeOf',
  'freeze',
  'seal',
  'preventExtensions',
  '__proto__',
  '__defineGetter__',
  '__defineSetter__',
]);
const CLIMBS = new Set(['constructor', '__proto__', 'getPrototypeOf']);

interface Item {
  readonly node: CoreNode;
  readonly use: Use;
  /** In how many functions with a `this` of their own it is. */
  readonly depth: number;
}

function collect(roots: readonly CoreNode[]): Effects {
  const free = freeNames(roots);
  const paths: Path[] = [];
  const receiver: Path[] = [];
  const isFunction = roots.length === 1 && isPlainFunction(roots[0]!);
  const assigned = new Set<string>();
  const requires = new Set<string>();
  let writes = false;
  let climbs = false;
  let breaks = false;
  let usesHome = false;
  // A function of its own counts from inside.
  const stack: Item[] = roots.map((node) => ({ node, use: 'value', depth: 0 }));
  const assign = (node: CoreNode): void => {
    walk(node, (inner) => {
      if (!('kind' in inner)) return true;
      if (inner.kind === 'name' && free.has(inner.name)) assigned.add(inner.name);
      return inner.kind === 'arrayPattern' || inner.kind === 'objectPattern';
    });
  };
  const ofThis = (depth: number, path: Path): void => {
    if (depth === 0) paths.push(path);
    else if (depth === 1 && isFunction) receiver.push(path);
  };
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { node, use, depth } = item;
    const push = (nodes: readonly (CoreNode | undefined | null)[], as: Use): void => {
      for (const one of nodes) if (one) stack.push({ node: one, use: as, depth });
    };
    if (!('kind' in node)) {
      if ('parameters' in node) {
        for (const one of [...node.parameters, node.body])
          stack.push({ node: one, use: 'value', depth: node.arrow ? depth : depth + 1 });
      } else {
        const { key } = node as { key?: string | CoreNode };
        if (typeof key === 'object') push([key], 'value');
        push([node.target], 'write');
        push([node.default], 'value');
      }
      continue;
    }
    switch (node.kind) {
      case 'name':
        if (use === 'write') assign(node);
        else if (free.has(node.name)) paths.push({ root: node.name, keys: [], use });
        break;
      case 'this':
        ofThis(depth, { root: THIS, keys: [], use });
        break;
      case 'superCall':
      case 'newTarget':
        usesHome ||= depth === (isFunction ? 1 : 0);
        ofThis(depth, { root: THIS, keys: [], use: 'value' });
        push(children(node), 'value');
        break;
      case 'literal':
        // A key that is worked out.
        climbs ||= typeof node.value === 'string' && CLIMBS.has(node.value);
        writes ||= typeof node.value === 'string' && WRITERS.has(node.value);
        breaks ||= typeof node.value === 'string' && SHAPERS.has(node.value);
        break;
      case 'member': {
        const named = use === 'value' || use === 'look' ? namedMaker(node) : undefined;
        if (named !== undefined) {
          push(named, 'value');
          break;
        }
        const path = pathOf(node);
        if (typeof node.key === 'string' && CLIMBS.has(node.key)) climbs = true;
        if (typeof node.key === 'string' && SHAPERS.has(node.key)) breaks = true;
        if (typeof node.key === 'string' && WRITERS.has(node.key) && use !== 'look') writes = true;
        if (use === 'write' || use === 'delete') writes = true;
        if (path !== undefined && (path.root === THIS || free.has(path.root))) {
          climbs ||= path.keys.some((key) => CLIMBS.has(key));
          breaks ||= path.keys.some((key) => SHAPERS.has(key));
          writes ||= path.keys.some((key) => WRITERS.has(key));
          if (path.root === THIS) ofThis(depth, { ...path, use });
          else paths.push({ ...path, use });
          break;
        }
        push([node.object], 'value');
        if (typeof node.key !== 'string') push([node.key], 'value');
        break;
      }
      case 'superMember':
        writes ||= use === 'write';
        usesHome ||= depth === (isFunction ? 1 : 0);
        ofThis(depth, { root: THIS, keys: [], use: 'value' });
        push(children(node), 'value');
        break;
      case 'chain':
        push([node.expression], use);
        break;
      case 'call': {
        const { callee } = node;
        const first = node.arguments[0];
        if (callee.kind === 'name') {
          if (callee.name === 'eval') breaks = true;
          if (callee.name === 'require' && free.has('require')) {
            if (first?.kind === 'literal' && typeof first.value === 'string') requires.add(first.value);
            else breaks = true;
          }
        }
        // Without a `this`, it is the global object.
        if (callee.kind === 'function') climbs ||= !callee.function.strict && callee.function.usesThis;
        push([callee], 'call');
        push([node.self, ...node.arguments], 'value');
        break;
      }
      case 'construct':
        push([node.callee], 'construct');
        push(node.arguments, 'value');
        break;
      case 'binary':
        push([node.left, node.right], COMPARES.has(node.operator) ? 'look' : 'value');
        break;
      case 'typeof':
        push([node.argument], 'look');
        break;
      case 'delete':
        push([node.target], 'delete');
        break;
      case 'assign':
      case 'declare':
        push([node.target], 'write');
        push([node.value], 'value');
        break;
      case 'update':
        push([node.target], 'write');
        break;
      case 'forOf':
        push([node.target], 'write');
        push([node.iterable, node.body], 'value');
        break;
      case 'forIn':
        push([node.target], 'write');
        push([node.object, node.body], 'value');
        break;
      case 'arrayPattern':
        push([...node.elements], 'value');
        push([node.rest], 'write');
        break;
      case 'objectPattern':
        push([...node.properties], 'value');
        push([node.rest], 'write');
        break;
      case 'try':
        push([node.body, node.handler?.body, node.finally], 'value');
        push([node.handler?.target], 'write');
        break;
      default:
        push(children(node), 'value');
    }
  }
  return { paths, receiver, assigned, requires, writes, climbs, breaks, usesHome };
}

/** Whether a statement may end by going on elsewhere: by `return`, or a `break` to what is around it. */
export function leaves(node: Statement): boolean {
  let answer = elsewhere.get(node);
  if (answer === undefined) {
    answer = mayLeave(node, []);
    elsewhere.set(node, answer);
  }
  return answer;
}
const elsewhere = new WeakMap<Statement, boolean>();

function mayLeave(root: Statement, outer: readonly string[]): boolean {
  const stack: { node: CoreNode; labels: readonly string[]; inLoop: boolean }[] = [
    { node: root, labels: outer, inLoop: false },
  ];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, labels, inLoop } = top;
    if (!('kind' in node)) {
      if ('parameters' in node) continue;
    } else if (LEAVES.has(node.kind)) return true;
    else if (node.kind === 'break' || node.kind === 'continue') {
      if (node.label === undefined ? !inLoop : !labels.includes(node.label)) return true;
    }
    const kind = 'kind' in node ? node.kind : undefined;
    const within = {
      labels: kind === 'labelled' ? [...labels, (node as { label: string }).label] : labels,
      inLoop: inLoop || kind === 'loop' || kind === 'forOf' || kind === 'forIn',
    };
    for (const child of children(node)) stack.push({ node: child, ...within });
  }
  return false;
}
const LEAVES: ReadonlySet<string> = new Set(['return', 'yield', 'suspend', 'superCall']);

/** How `this` is called among the roots of paths. */
export const THIS = 'this';

function isPlainFunction(node: CoreNode): boolean {
  return !('kind' in node) && 'parameters' in node && !node.arrow;
}

/**
 * What is looked at by `x.constructor.name` and `Object.getPrototypeOf(x).constructor.name`, which give a text; of the
 * global object nothing is.
 */
function namedMaker(node: CoreNode): readonly CoreNode[] | undefined {
  if (!('kind' in node) || node.kind !== 'member' || node.key !== 'name') return undefined;
  const maker = node.object;
  if (maker.kind !== 'member' || maker.key !== 'constructor') return undefined;
  const { object } = maker;
  const callee = object.kind === 'call' ? object.callee : undefined;
  const asks =
    callee?.kind === 'member' &&
    callee.key === 'getPrototypeOf' &&
    callee.object.kind === 'name' &&
    callee.object.name === 'Object';
  const of = object.kind === 'call' && asks ? object.arguments : [object];
  return of.filter((one) => !('kind' in one) || one.kind !== 'name' || one.name !== 'globalThis');
}

const COMPARES = new Set(['instanceof', '===', '!==', '==', '!=']);

function pathOf(node: CoreNode): Omit<Path, 'use'> | undefined {
  const keys: string[] = [];
  let at = node;
  while ('kind' in at && (at.kind === 'member' || at.kind === 'chain')) {
    if (at.kind === 'chain') {
      at = at.expression;
      continue;
    }
    if (typeof at.key !== 'string') return undefined;
    keys.push(at.key);
    at = at.object;
  }
  if (!('kind' in at)) return undefined;
  if (at.kind === 'this') return { root: THIS, keys: keys.reverse() };
  return at.kind === 'name' ? { root: at.name, keys: keys.reverse() } : undefined;
}
