/**
 * What methods of the prelude do to a plain list, step by step as it is written there, where the domain runs loops
 * iteration by iteration: their code is there for stages, which have to see what a loop carries.
 */
import type { Completion, LoopParts } from '../domain.ts';
import type { Evaluator } from '../evaluator.ts';
import { Closure, type Code, slotsOfFew } from '../functions.ts';
import { JsArray, JsFunction } from '../objects.ts';
import { settled } from '../operators.ts';
import { get, hasProperty } from '../properties.ts';
import { here } from '../realm/here.ts';
import { HOLE, isHole, type Site, type Value } from '../values.ts';

/** These arguments are for the code itself. */
export const DECLINED: unique symbol = Symbol('declined');
export type Shortcut = (ev: Evaluator, self: Value, args: readonly Value[]) => Value | typeof DECLINED;

export const NO_LABELS: readonly string[] = [];
const STOP = { kind: 'break', label: undefined } as const;

/** A loop over the elements that a list had at its beginning. */
abstract class Visit implements LoopParts {
  readonly form = 'for';
  readonly labels = NO_LABELS;
  readonly site: Site;
  protected readonly ev: Evaluator;
  protected readonly list: JsArray;
  protected readonly callback: JsFunction;
  protected readonly self: Value;
  /** As many arguments as the callback can tell. */
  protected readonly arity: number;
  /** Where it has its arguments, if they go there and nothing else is to be done. */
  protected readonly direct: Code | undefined;
  protected i = 0;
  protected readonly n: number;

  constructor(ev: Evaluator, list: JsArray, callback: JsFunction, self: Value) {
    this.ev = ev;
    this.list = list;
    this.callback = callback;
    this.self = self;
    this.arity = callback instanceof Closure ? callback.code().arity : Number.POSITIVE_INFINITY;
    this.direct = ev.direct(callback);
    this.n = list.elements.length;
    this.site = here(ev);
  }

  test(): boolean {
    return this.i < this.n;
  }
  abstract body(): Completion;
  update(): void {
    this.i++;
  }

  /** HOLE where there is none, nor one that is inherited. */
  protected element(): Value {
    const { list, i } = this;
    const value = list.elements[i];
    if (value !== undefined && !isHole(value)) return value;
    return hasProperty(this.ev, list, i) ? get(this.ev, list, i, this.site) : HOLE;
  }

  protected call(value: Value): Value {
    const { arity, callback, direct, i, list, self } = this;
    if (direct !== undefined) return this.enter(direct, self, slotsOfFew(direct, value, i, list));
    const args = arity <= 1 ? [value] : arity === 2 ? [value, i] : [value, i, list];
    return this.ev.call(callback, self, args, this.site);
  }

  protected enter(code: Code, self: Value, slots: Value[]): Value {
    return this.ev.domain.callDirect!(this.callback as Closure, code, self, slots, undefined, this.site);
  }
}

class ForEach extends Visit {
  body(): undefined {
    const value = this.element();
    if (!isHole(value)) this.call(value);
  }
}

class ToMap extends Visit {
  readonly result: Value[] = [];
  body(): undefined {
    const value = this.element();
    this.result.push(isHole(value) ? HOLE : this.call(value));
  }
}

class ToFilter extends Visit {
  readonly result: Value[] = [];
  body(): undefined {
    const value = this.element();
    if (isHole(value) || !settled(this.ev, this.call(value), this.site)) return;
    this.ev.charge(1, this.site);
    this.result.push(value);
  }
}

/** Until a callback's result is this: `some` and `every`. */
class Until extends Visit {
  found = false;
  private readonly sought: boolean;
  constructor(ev: Evaluator, list: JsArray, callback: JsFunction, self: Value, sought: boolean) {
    super(ev, list, callback, self);
    this.sought = sought;
  }
  body(): Completion {
    const value = this.element();
    if (isHole(value) || settled(this.ev, this.call(value), this.site) !== this.sought) return undefined;
    this.found = true;
    return STOP;
  }
}

class Find extends Visit {
  at = -1;
  value: Value = undefined;
  body(): Completion {
    const value = get(this.ev, this.list, this.i, this.site);
    if (!settled(this.ev, this.call(value), this.site)) return undefined;
    this.at = this.i;
    this.value = value;
    return STOP;
  }
}

class Reduce extends Visit {
  value: Value = HOLE;
  body(): undefined {
    const element = this.element();
    if (isHole(element)) return;
    if (isHole(this.value)) {
      this.value = element;
      return;
    }
    const { value, arity, callback, direct, i, list } = this;
    if (direct !== undefined && arity <= 3) {
      this.value = this.enter(direct, undefined, slotsOfFew(direct, value, element, i));
      return;
    }
    const args =
      arity <= 2 ? [value, element] : arity === 3 ? [value, element, i] : [value, element, i, list];
    this.value = this.ev.call(callback, undefined, args, this.site);
  }
}

/** A plain list and what is called back. */
function plain(self: Value, callback: Value): self is JsArray {
  return self instanceof JsArray && self.outside === undefined && callback instanceof JsFunction;
}

function run<V extends Visit>(ev: Evaluator, visit: V): V {
  ev.domain.loop(visit);
  return visit;
}

/** By the names of the methods. */
export const ITERATION: Readonly<Record<string, Shortcut>> = {
  forEach(ev, self, [callback, of]) {
    if (!plain(self, callback)) return DECLINED;
    run(ev, new ForEach(ev, self, callback as JsFunction, of));
    return undefined;
  },
  map(ev, self, [callback, of]) {
    if (!plain(self, callback) || self.proto !== ev.realm.arrayPrototype) return DECLINED;
    const visit = new ToMap(ev, self, callback as JsFunction, of);
    ev.charge(self.elements.length, visit.site);
    return ev.array(run(ev, visit).result);
  },
  filter(ev, self, [callback, of]) {
    if (!plain(self, callback) || self.proto !== ev.realm.arrayPrototype) return DECLINED;
    return ev.array(run(ev, new ToFilter(ev, self, callback as JsFunction, of)).result);
  },
  some(ev, self, [callback, of]) {
    if (!plain(self, callback)) return DECLINED;
    return run(ev, new Until(ev, self, callback as JsFunction, of, true)).found;
  },
  every(ev, self, [callback, of]) {
    if (!plain(self, callback)) return DECLINED;
    return !run(ev, new Until(ev, self, callback as JsFunction, of, false)).found;
  },
  find(ev, self, [callback, of]) {
    return plain(self, callback) ? run(ev, new Find(ev, self, callback as JsFunction, of)).value : DECLINED;
  },
  findIndex(ev, self, [callback, of]) {
    return plain(self, callback) ? run(ev, new Find(ev, self, callback as JsFunction, of)).at : DECLINED;
  },
  reduce(ev, self, args) {
    const [callback, initial] = args;
    // Of an empty list without an initial value it is an error.
    if (!plain(self, callback) || (args.length < 2 && self.elements.length === 0)) return DECLINED;
    const visit = new Reduce(ev, self, callback as JsFunction, undefined);
    if (args.length >= 2) visit.value = initial;
    run(ev, visit);
    return isHole(visit.value) ? DECLINED : visit.value;
  },
};
