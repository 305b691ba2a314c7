/**
 * Names to places. A function's variables live in the slots of its frame; a block in a loop that holds closures has
 * a frame of its own, so that each iteration's closures see their own variables. Module variables are cells.
 */
import type { Expression, ModuleStatement, ScopeName, Statement } from '../../source/syntax.ts';
import { type CoreNode, walk } from '../../source/traverse.ts';
import type { Cell } from '../heap.ts';
import type { Poison, Value } from '../values.ts';

export interface Layout {
  /** Slots so far; slot 0 of a function's layout holds the value to return, a block's stays free. */
  size: number;
  readonly parent: Layout | undefined;
  /** True for the frame of a function, false for one of a block. */
  readonly function: boolean;
}

export interface Binding {
  readonly layout: Layout;
  readonly slot: number;
  readonly constant: boolean;
  /** An assignment to it does nothing: the name of a function expression in sloppy mode. */
  readonly ignored?: boolean;
  /** A parameter that is the element of `arguments` with this index while the call gave one (sloppy mode). */
  readonly mapped?: { readonly index: number; readonly arguments: Binding };
}

export class Scope {
  /** Private names of the class around, with their keys. */
  readonly privates: ReadonlyMap<string, symbol> | undefined;
  /** The variable whose object's properties hide the names from outside (see FunctionNode.members). */
  members: Binding | undefined = undefined;
  /** The `var`s of a function are declared here. */
  holdsVars = false;
  private readonly names = new Map<string, Binding>();
  readonly layout: Layout;
  readonly parent: Scope | undefined;
  readonly strict: boolean;
  /** Inside a loop of the same function: a block here runs several times in one frame. */
  readonly inLoop: boolean;
  readonly module: ModuleScope;
  /** In the body of the function that is observed, closures inside it not counted. */
  readonly observed: boolean;

  constructor(
    module: ModuleScope,
    layout: Layout,
    parent: Scope | undefined,
    strict: boolean,
    inLoop: boolean,
    observed: boolean,
    privates?: ReadonlyMap<string, symbol>,
  ) {
    this.privates = privates;
    this.observed = observed;
    this.module = module;
    this.layout = layout;
    this.parent = parent;
    this.strict = strict;
    this.inLoop = inLoop;
  }

  declare(name: string, constant: boolean, more?: Pick<Binding, 'ignored' | 'mapped'>): Binding {
    const existing = this.names.get(name);
    if (existing !== undefined) return existing;
    const binding = { layout: this.layout, slot: this.layout.size++, constant, ...more };
    this.names.set(name, binding);
    return binding;
  }

  /** The key of a private name; undefined where no class around declares it. */
  findPrivate(name: string): symbol | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const key = scope.privates?.get(name);
      if (key !== undefined) return key;
    }
    return undefined;
  }

  find(name: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const binding = scope.names.get(name);
      if (binding !== undefined) return binding;
    }
    return undefined;
  }

  /** Objects whose properties come before what `find` gives, innermost first. */
  membersBefore(name: string): readonly Binding[] {
    let found: Binding[] | undefined;
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.names.has(name)) break;
      if (scope.members === undefined) continue;
      found ??= [];
      found.push(scope.members);
    }
    return found ?? [];
  }

  /** How many frames lie between this scope and a binding's. */
  hops(binding: Binding): number {
    let count = 0;
    for (let layout: Layout | undefined = this.layout; layout !== undefined; layout = layout.parent) {
      if (layout === binding.layout) return count;
      count++;
    }
    throw new Error('a binding outside the layouts of its scope');
  }

  /** How many frames lie between this scope and the frame of its function. */
  hopsToFunction(): number {
    let count = 0;
    for (let layout: Layout = this.layout; !layout.function; layout = layout.parent!) count++;
    return count;
  }

  /** The scope of the function's variables, seen from a frame of this scope. */
  outermost(): Scope {
    let scope: Scope = this;
    while (!scope.holdsVars && scope.parent !== undefined) scope = scope.parent;
    return new Scope(this.module, this.layout, scope, this.strict, this.inLoop, this.observed);
  }

  block(ownFrame: boolean, inLoop = this.inLoop, privates?: ReadonlyMap<string, symbol>): Scope {
    const layout = ownFrame ? { size: 1, parent: this.layout, function: false } : this.layout;
    return new Scope(this.module, layout, this, this.strict, inLoop, this.observed, privates);
  }
}

/** What a module's code sees beyond its functions: its own variables, then the realm's globals. */
export interface ModuleScope {
  readonly file: string;
  /** The variable of the module, made on the first use where `declare` says so. */
  cell(name: string): Cell | undefined;
  /** All its variables are there: a name that is none of them will not become one. */
  readonly settled?: boolean;
  /** What `require` gives of a module that has run, or runs; else what it would run. */
  required?(specifier: string): Value | Waiting;
}

/** A module that has not run. */
export interface Waiting extends ModuleScope {
  readonly state: 'new';
  readonly statements: readonly ModuleStatement[];
  /** What it imports. */
  readonly specifiers: readonly string[];
  /** Whether a name is that of an import. */
  imported(name: string): boolean;
  /** It is not to run: it may have run. */
  lose(because: Poison): void;
}

export function isConstant(mode: ScopeName['mode'] | 'var'): boolean {
  return mode === 'const';
}

/** Whether evaluating this does no more than give a value, as far as its syntax tells. */
export function isQuiet(node: Expression): boolean {
  let quiet = true;
  walk(node, (inner) => {
    if (!('kind' in inner)) return false;
    if (inner.kind === 'function') return false;
    quiet &&= !ACTS.has(inner.kind) || isPrinting(inner);
    return quiet;
  });
  return quiet;
}

/** A call of `console`'s: where that is another object, what the call does is seen when it runs. */
function isPrinting(node: CoreNode): boolean {
  if (!('kind' in node) || node.kind !== 'call' || node.callee.kind !== 'member') return false;
  const { object } = node.callee;
  return object.kind === 'name' && object.name === 'console';
}

/** Whether a statement is made of such expressions only. */
export function isIdle(node: Statement): boolean {
  if (node.kind === 'block') return node.statements.every(isIdle);
  return node.kind === 'expression' && isQuiet(node.expression);
}

const ACTS = new Set(['call', 'construct', 'superCall', 'assign', 'update', 'delete', 'yield', 'class']);

const memo = new WeakMap<object, boolean>();

/** Whether a core-language tree contains a function or class (whose closures may outlive an iteration). */
export function holdsClosures(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(holdsClosures);
  const known = memo.get(node);
  if (known !== undefined) return known;
  const kind = (node as { kind?: string }).kind;
  let answer = kind === 'function' || kind === 'class';
  if (!answer) {
    const functions = (node as { functions?: readonly unknown[] }).functions;
    answer =
      (functions !== undefined && functions.length > 0) ||
      Object.entries(node).some(([key, child]) => key !== 'span' && key !== 'shape' && holdsClosures(child));
  }
  memo.set(node, answer);
  return answer;
}
