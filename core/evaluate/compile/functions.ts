import type { Block, FunctionNode, Parameter } from '../../source/syntax.ts';
import { withoutYields } from '../../source/yields.ts';
import { Closure, type Code, type Evaluate, type Template } from '../functions.ts';
import type { Frame } from '../heap.ts';
import { JsObject, Slot } from '../objects.ts';
import type { Shortcut } from '../prelude/shortcuts.ts';
import { define } from '../properties.ts';
import { Properties } from '../shapes.ts';
import { HOLE, UNINITIALISED, type Value } from '../values.ts';
import { compileElement } from './assign.ts';
import { type Context, siteOf } from './compiler.ts';
import { compileExpression } from './expressions.ts';
import { Scope } from './scope.ts';
import { compileBlockInto, hoist } from './statements.ts';

interface How {
  readonly method?: boolean;
  readonly declaration?: boolean;
  /** What an anonymous one is called after. */
  readonly name?: string;
}

/** Makes a closure when evaluated. The body is compiled on its first call. */
export function compileFunction(context: Context, scope: Scope, node: FunctionNode, how: How = {}): Evaluate {
  const { ev } = context;
  const template = new FunctionTemplate(context, scope, node, how);
  const { functionPrototype, generatorFunctionPrototype } = ev.realm;
  const proto = node.generator && !node.async ? generatorFunctionPrototype : functionPrototype;
  return (f) => new Closure(proto, ev.store.epoch, template, f);
}

class FunctionTemplate implements Template {
  readonly node: FunctionNode;
  readonly method: boolean;
  code: Code | undefined = undefined;
  shortcut: Shortcut | undefined = undefined;
  private readonly context: Context;
  private readonly scope: Scope;
  /** Its name is a variable of the scope around. */
  private readonly declared: boolean;
  private readonly own: Properties;

  constructor(context: Context, scope: Scope, node: FunctionNode, how: How) {
    this.context = context;
    this.scope = scope;
    this.node = node;
    this.method = how.method === true;
    this.declared = how.declaration === true || this.method;
    const required = node.parameters.findIndex((p) => p.default !== undefined || p.rest);
    const length = required < 0 ? node.parameters.length : required;
    const name = (node.arrow ? undefined : node.name) ?? how.name ?? '';
    this.own = new Properties([
      ['length', new Slot({ value: length, configurable: true })],
      ['name', new Slot({ value: name, configurable: true })],
    ]);
  }

  compile(): Code {
    this.code = compileBody(this.context, this.scope, this.node, this.declared);
    return this.code;
  }

  properties(closure: Closure): Properties {
    const { node, method } = this;
    const { ev } = this.context;
    const properties = new Properties(this.own);
    // What its `prototype` is belongs to it from the beginning.
    if (node.generator && !node.async) {
      const prototype = new JsObject(ev.realm.generatorPrototype, closure.epoch);
      properties.set('prototype', new Slot({ value: prototype, writable: true }));
    } else if (!node.arrow && !method && !node.async) {
      const prototype = new JsObject(ev.realm.objectPrototype, closure.epoch);
      prototype.properties.set(
        'constructor',
        new Slot({ value: closure, writable: true, configurable: true }),
      );
      properties.set('prototype', new Slot({ value: prototype, writable: true }));
    }
    return properties;
  }
}

function compileBody(around: Context, outer: Scope, source: FunctionNode, nameIsOutside: boolean): Code {
  const { ev } = around;
  const node = source.generator ? withoutYields(source) : source;
  const context = around.resumable === source.generator ? around : { ...around, resumable: source.generator };
  const layout = { size: 1, parent: outer.layout, function: true };
  const isObserved = context.observer?.node === source;
  const scope = new Scope(context.module, layout, outer, node.strict || outer.strict, false, isObserved);
  const site = siteOf(context, node.nameSpan ?? node.span);
  // A named function expression sees itself, unless something else in it has that name.
  const names = parameterNames(node);
  const selfIsShadowed = node.name !== undefined && (node.vars.includes(node.name) || names.has(node.name));
  const self =
    node.name !== undefined && !node.arrow && !nameIsOutside && !selfIsShadowed
      ? scope.declare(node.name, true, { ignored: !scope.strict })
      : undefined;
  const argumentsBinding =
    node.usesArguments && !node.arrow && !names.has('arguments')
      ? scope.declare('arguments', false)
      : undefined;
  // The object itself: the variable may be given another value.
  const list = argumentsBinding && scope.declare('%arguments', true);
  const simple = node.parameters.every((p) => p.target.kind === 'name' && p.default === undefined && !p.rest);
  node.parameters.forEach((p, index) => {
    if (argumentsBinding === undefined || scope.strict || !simple || p.target.kind !== 'name')
      declareNames(scope, p.target);
    // Of parameters with one name the last is meant.
    else if (
      !node.parameters
        .slice(index + 1)
        .some((q) => (q.target as { name: string }).name === (p.target as { name: string }).name)
    )
      scope.declare(p.target.name, false, { mapped: { index, arguments: list! } });
  });
  if (node.members !== undefined) scope.members = scope.find(node.members);
  // Where parameters have expressions, these do not see the variables of the body (ECMA-262 §10.2.11).
  const inner = simple ? scope : scope.block(false);
  inner.holdsVars = true;
  for (const name of node.vars) inner.declare(name, false);
  const parameters = node.parameters.map((p) => compileParameter(context, scope, p));
  const vars = node.vars
    .filter((name) => !(simple && names.has(name)) && name !== 'arguments')
    .map((name) => ({ slot: inner.find(name)!.slot, from: simple ? undefined : scope.find(name) }))
    .map(({ slot, from }) => ({ slot, from: from?.layout === layout ? from.slot : undefined }));
  const copies = vars.filter(({ from }) => from !== undefined);
  // Parameters that are variables and nothing else: the frame is new, and who observes has no say.
  const plain =
    simple && argumentsBinding === undefined && !isObserved
      ? node.parameters.map((p) => scope.find((p.target as { name: string }).name)!.slot)
      : undefined;
  const hoists = node.body.functions.length > 0;
  const enterBlock = hoist(context, inner, node.body, true);
  const value = source.generator ? undefined : compileOnlyReturn(context, inner, node.body);
  const body = value === undefined ? compileBlockInto(context, inner, node.body) : returnsOnly;
  const binds = plain?.every((slot, i) => slot === i + 1) === true && self === undefined && !hoists;
  const bindsOnly = binds && copies.length === 0;
  const code: Code = {
    node,
    site,
    arrow: source.arrow,
    async: source.async,
    generator: source.generator,
    sloppy: !source.arrow && !source.strict,
    outer,
    arity: plain === undefined ? Number.POSITIVE_INFINITY : plain.length,
    slots: [],
    binds: bindsOnly,
    direct: bindsOnly && !source.generator && !source.async,
    enter(f, args) {
      if (self !== undefined) f.slots[self.slot] = f.call.callee ?? undefined;
      if (argumentsBinding !== undefined) {
        f.slots[argumentsBinding.slot] = argumentsObject(f, args);
        f.slots[list!.slot] = f.slots[argumentsBinding.slot];
      }
      if (plain === undefined || ev.domain.hearsNames)
        for (let i = 0; i < parameters.length; i++) parameters[i]!(f, args, i);
      else for (let i = 0; i < plain.length; i++) f.slots[plain[i]!] = args[i];
      for (let i = 0; i < copies.length; i++) f.slots[copies[i]!.slot] = f.slots[copies[i]!.from!];
      if (hoists) enterBlock(f);
    },
    body,
    value,
  };
  code.slots = new Array<Value>(layout.size).fill(UNINITIALISED);
  for (const { slot } of vars) code.slots[slot] = undefined;
  // Nothing has been returned yet.
  code.slots[0] = HOLE;
  return code;

  function argumentsObject(f: Frame, args: Value[]): Value {
    const made = ev.array([...args]);
    made.tag = 'Arguments';
    const forbidden = () =>
      ev.throwError('TypeError', "'callee' may not be accessed in strict mode", ev.current ?? site);
    const thrower = scope.strict || !simple ? ev.native('', forbidden) : undefined;
    const callee =
      thrower === undefined
        ? new Slot({ value: f.call.callee ?? undefined, writable: true, configurable: true })
        : new Slot({ get: thrower, set: thrower });
    define(ev, made, 'callee', callee);
    return made;
  }
}

/** Of a body that is nothing but a `return` with a value: no frame has to carry that out. */
function compileOnlyReturn(context: Context, scope: Scope, { statements }: Block): Evaluate | undefined {
  const [only] = statements;
  if (statements.length !== 1 || only?.kind !== 'return' || only.value === undefined) return undefined;
  const { ev } = context;
  const site = siteOf(context, only.span);
  const value = compileExpression(context, scope, only.value);
  return (f) => {
    ev.step(site);
    return value(f);
  };
}

/** The body of what has a `value`. */
function returnsOnly(): never {
  throw new Error('its value is asked for');
}

function parameterNames(node: FunctionNode): Set<string> {
  const names = new Set<string>();
  for (const p of node.parameters) collectNames(p.target, (name) => names.add(name));
  return names;
}

function compileParameter(context: Context, scope: Scope, parameter: Parameter) {
  const { ev } = context;
  const bind = compileElement(context, scope, parameter, 'initialise');
  if (parameter.rest)
    return (f: Frame, args: Value[], i: number) =>
      bind(f, ev.domain.gathered?.(args) ?? ev.array(args.slice(i)));
  return (f: Frame, args: Value[], i: number) => bind(f, args[i]);
}

type PatternNode = Parameter['target'];

function collectNames(pattern: PatternNode, each: (name: string) => void): void {
  switch (pattern.kind) {
    case 'name':
      each(pattern.name);
      return;
    case 'arrayPattern':
      for (const e of pattern.elements) if (e !== null) collectNames(e.target, each);
      if (pattern.rest !== undefined) collectNames(pattern.rest, each);
      return;
    case 'objectPattern':
      for (const p of pattern.properties) collectNames(p.target, each);
      if (pattern.rest !== undefined) collectNames(pattern.rest, each);
      return;
    default:
  }
}

function declareNames(scope: Scope, pattern: PatternNode): void {
  collectNames(pattern, (name) => scope.declare(name, false));
}
