/** An iterator under way, one element at a time (ECMA-262 §7.4): what can be left and taken up again. */
import type { Evaluator } from './evaluator.ts';
import { JsFunction, JsObject } from './objects.ts';
import { condition } from './operators.ts';
import { get } from './properties.ts';
import { Poison, type Site, Thrown, type Value } from './values.ts';

/** What `next` gives when there is no more. */
export const DONE: unique symbol = Symbol('done');

export class Cursor {
  readonly iterator: JsObject;
  private readonly method: Value;
  private readonly ev: Evaluator;
  private readonly site: Site;

  constructor(ev: Evaluator, iterable: Value, site: Site) {
    this.ev = ev;
    this.site = site;
    needed(ev, iterable);
    const nothing = iterable === null || iterable === undefined;
    const method = nothing ? undefined : get(ev, iterable, Symbol.iterator, site);
    needed(ev, method);
    if (!(method instanceof JsFunction))
      ev.throwError('TypeError', 'what is iterated here is not iterable', site);
    const iterator = needed(ev, ev.call(method, iterable, [], site));
    if (!(iterator instanceof JsObject))
      ev.throwError('TypeError', 'Result of the Symbol.iterator method is not an object', site);
    this.iterator = iterator;
    this.method = get(ev, iterator, 'next', site);
  }

  /** The result object of `next`, given a value. */
  result(sent: Value[]): JsObject {
    return this.checked(this.ev.call(this.method, this.iterator, sent, this.site));
  }

  next(): Value | typeof DONE {
    this.ev.step(this.site);
    const result = this.result([]);
    return this.isDone(result) ? DONE : this.valueIn(result);
  }

  valueIn(result: JsObject): Value {
    return get(this.ev, result, 'value', this.site);
  }

  isDone(result: JsObject): boolean {
    const done = condition(this.ev, get(this.ev, result, 'done', this.site), this.site);
    return typeof done === 'boolean' ? done : (this.ev.domain.known(done, this.site) as boolean);
  }

  /** A method of the iterator's that it need not have. */
  ask(name: 'return' | 'throw', sent: Value[]): JsObject | undefined {
    const method = get(this.ev, this.iterator, name, this.site);
    if (method === undefined || method === null) return undefined;
    return this.checked(this.ev.call(method, this.iterator, sent, this.site));
  }

  /** Leaves it early. */
  close(): void {
    this.ask('return', []);
  }

  /** Leaves it because of an exception, which an exception of closing it does not replace. */
  abandon(): void {
    try {
      const method = get(this.ev, this.iterator, 'return', this.site);
      if (method instanceof JsFunction) this.ev.call(method, this.iterator, [], this.site);
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
    }
  }

  private checked(result: Value): JsObject {
    needed(this.ev, result);
    if (!(result instanceof JsObject))
      this.ev.throwError('TypeError', 'Iterator result is not an object', this.site);
    return result;
  }
}

function needed(ev: Evaluator, value: Value): Value {
  if (value instanceof Poison) ev.refuse(value.problem.id, value.problem.message, value.problem.location);
  return value;
}
