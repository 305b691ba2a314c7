import type { FunctionNode } from '../source/syntax.ts';
import type { Scope } from './compile/scope.ts';
import type { Completion } from './domain.ts';
import type { Frame } from './heap.ts';
import { JsFunction, type JsObject } from './objects.ts';
import type { Site, Value } from './values.ts';

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
  /** What the frame's slots begin with; slot 0 holds the value to return. */
  slots: Value[];
  /** Binds parameters, `arguments` and hoisted names. */
  enter: (frame: Frame, args: Value[]) => void;
  body: Execute;
}

/** A field initialiser of a class, run on each new instance. */
export interface Field {
  readonly key: string | symbol;
  readonly initialise: Closure | undefined;
  /** It leaves what is there already as it is. */
  readonly keeps: boolean;
}

export class Closure extends JsFunction {
  readonly code: () => Code;
  readonly node: FunctionNode;
  readonly scope: Frame;
  /** Where `super.x` looks: the prototype of this object. */
  home: JsObject | undefined = undefined;
  /** For classes. */
  fields: readonly Field[] | undefined = undefined;
  /** A class's private names with their keys. */
  privates: ReadonlyMap<string, symbol> | undefined = undefined;
  /** What `toString` gives; undefined where that is not known. */
  text: string | undefined;
  isClass = false;
  derived = false;
  constructor(proto: JsObject | null, epoch: number, node: FunctionNode, code: () => Code, scope: Frame) {
    super(proto, epoch, 'Function');
    this.node = node;
    this.code = code;
    this.scope = scope;
    this.text = node.text;
  }
  get constructs(): boolean {
    return this.isClass || !(this.node.arrow || this.node.generator || this.node.async || this.isMethod);
  }
  isMethod = false;
}
