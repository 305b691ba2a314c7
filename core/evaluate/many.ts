/** The elements of an array of unknown length where they are spread into a list: one place in it for all of them. */
import type { Evaluator } from './evaluator.ts';
import { type JsBuffer, type JsObject, NativeFunction } from './objects.ts';
import { Poison, type Site, type Value } from './values.ts';

export class Many extends Poison {
  static readonly MESSAGE = 'An array of unknown length is spread or destructured here: index it instead.';
  readonly array: JsBuffer;
  constructor(ev: Evaluator, array: JsBuffer, site: Site) {
    super(ev.poison('GL111', Many.MESSAGE, site.location).problem);
    this.array = array;
  }
}

const TAKERS = new WeakSet<JsObject>();

/** Says of a built-in function that its arguments may be Many. */
export function letTakeMany(fn: NativeFunction): void {
  TAKERS.add(fn);
}

export function takesMany(fn: Value): boolean {
  return fn instanceof NativeFunction && TAKERS.has(fn);
}
