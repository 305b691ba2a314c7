/**
 * Names to places. A function's variables live in the slots of its frame; a block in a loop that holds closures has
 * a frame of its own, so that each iteration's closures see their own variables. Module variables are cells.
 */
import type { ScopeName } from '../../source/syntax.ts';
import type { Cell } from '../heap.ts';

export interface Layout {
  /** Slots so far; slot 0 of a function's layout holds the value to return. */
  size: number;
  readonly parent: Layout | undefined;
  /** True for the frame of a function, false for one of a block. */
  readonly function: boolean;
}

export interface Binding {
  readonly layout: Layout;
  readonly slot: number;
  readonly constant: boolean;
}

export class Scope {
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
  ) {
    this.observed = observed;
    this.module = module;
    this.layout = layout;
    this.parent = parent;
    this.strict = strict;
    this.inLoop = inLoop;
  }

  declare(name: string, constant: boolean): Binding {
    const existing = this.names.get(name);
    if (existing !== undefined) return existing;
    const binding = { layout: this.layout, slot: this.layout.size++, constant };
    this.names.set(name, binding);
    return binding;
  }

  find(name: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const binding = scope.names.get(name);
      if (binding !== undefined) return binding;
    }
    return undefined;
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

  block(ownFrame: boolean, inLoop = this.inLoop): Scope {
    const layout = ownFrame ? { size: 0, parent: this.layout, function: false } : this.layout;
    return new Scope(this.module, layout, this, this.strict, inLoop, this.observed);
  }
}

/** What a module's code sees beyond its functions: its own variables, then the realm's globals. */
export interface ModuleScope {
  readonly file: string;
  /** The variable of the module, made on the first use where `declare` says so. */
  cell(name: string): Cell | undefined;
}

export function isConstant(mode: ScopeName['mode'] | 'var'): boolean {
  return mode === 'const';
}

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
