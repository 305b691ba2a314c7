import type { FunctionNode } from '../source/syntax.ts';
import type { Scope } from './compile/scope.ts';
import type { Completion } from './domain.ts';
import type { Frame } from './heap.ts';
import { JsFunction, type JsObject } from './objects.ts';
import type { Shortcut } from './prelude/shortcuts.ts';
import type { Properties } from './shapes.ts';
import { HOLE, type Site, type Value } from './values.ts';

export type Evaluate = (frame: Frame) => Value;
export type Execute = (frame: Frame) => Completion;

/** A compiled function body: made on its first call. */
export interface Code {
  readonly node: FunctionNode;
  readonly site: Site;
  /** Of the node, which has many forms: these are read at each call. */
  readonly arrow: boolean;
  readonly async: boolean;
  readonly generator: boolean;
  /** What is called on no object sees the global one, and on a primitive its wrapper. */
  readonly sloppy: boolean;
  /** Where it stands. */
  readonly outer: Scope;
  /** How many arguments it can tell: further ones need not be given. */
  readonly arity: number;
  /** What the frame's slots begin with; slot 0 holds the value to return. */
  slots: Value[];
  /** Whether to enter is to put the arguments into the slots from 1 on, and nothing else. */
  readonly binds: boolean;
  /** And to call it is to run its body then. */
  readonly direct: boolean;
  /** Binds parameters, `arguments` and hoisted names. */
  enter: (frame: Frame, args: Value[]) => void;
  body: Execute;
  /** What it returns, where it does nothing else. */
  readonly value: Evaluate | undefined;
}

/** What the slots of a call begin with that binds its arguments and nothing else; written out where they are few. */
export function slotsOf({ slots, arity }: Code, args: readonly Value[]): Value[] {
  if (slots.length === arity + 1) {
    switch (arity) {
      case 0:
        return [HOLE];
      case 1:
        return [HOLE, args[0]];
      case 2:
        return [HOLE, args[0], args[1]];
      case 3:
        return [HOLE, args[0], args[1], args[2]];
    }
  }
  const made = slots.slice();
  for (let i = 0; i < arity; i++) made[i + 1] = args[i];
  return made;
}

/** The same for up to three arguments, of which no list has to be made. */
export function slotsOfFew({ slots, arity }: Code, first?: Value, second?: Value, third?: Value): Value[] {
  if (slots.length === arity + 1) {
    switch (arity) {
      case 0:
        return [HOLE];
      case 1:
        return [HOLE, first];
      case 2:
        return [HOLE, first, second];
      case 3:
        return [HOLE, first, second, third];
    }
  }
  const made = slots.slice();
  if (arity > 0) made[1] = first;
  if (arity > 1) made[2] = second;
  if (arity > 2) made[3] = third;
  for (let i = 3; i < arity; i++) made[i + 1] = undefined;
  return made;
}

/** A field initialiser of a class, run on each new instance. */
export interface Field {
  readonly key: string | symbol;
  readonly initialise: Closure | undefined;
  /** It leaves what is there already as it is. */
  readonly keeps: boolean;
}

/** What the closures of one function have in common. */
export interface Template {
  readonly node: FunctionNode;
  /** Of an object literal or a class: it constructs nothing. */
  readonly method: boolean;
  /** Undefined until it is first called. */
  readonly code: Code | undefined;
  compile(): Code;
  /** Of the prelude's functions: what does the same to most arguments in less time. */
  shortcut: Shortcut | undefined;
  /** The own properties of a new closure. */
  properties(closure: Closure): Properties;
}

/** What a class has besides its constructor's code. */
export interface ClassParts {
  readonly derived: boolean;
  /** What `toString` gives. */
  readonly text: string | undefined;
  fields: readonly Field[];
  /** The private names with their keys. */
  privates: ReadonlyMap<string, symbol> | undefined;
}

export class Closure extends JsFunction {
  readonly template: Template;
  readonly scope: Frame;
  /** Where `super.x` looks: the prototype of this object. */
  home: JsObject | undefined = undefined;
  /** Present where this is a class. */
  parts: ClassParts | undefined = undefined;
  constructor(proto: JsObject | null, epoch: number, template: Template, scope: Frame) {
    super(proto, epoch, 'Function');
    this.template = template;
    this.scope = scope;
  }
  get node(): FunctionNode {
    return this.template.node;
  }
  code(): Code {
    return this.template.code ?? this.template.compile();
  }
  /** What `toString` gives; undefined where that is not known. */
  get text(): string | undefined {
    return this.parts === undefined ? this.node.text : this.parts.text;
  }
  get constructs(): boolean {
    const { node, method } = this.template;
    return this.parts !== undefined || !(node.arrow || node.generator || node.async || method);
  }
  protected override unread(): Properties {
    return this.properties;
  }
  protected override initial(): Properties {
    return this.template.properties(this);
  }
}
