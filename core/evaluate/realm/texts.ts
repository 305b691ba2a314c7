/** What the built-ins of text share: results that are lost because a text depends on an input. */
import { ActiveText, markedOf, unmarked } from '../activeText.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Native } from '../objects.ts';
import { toNumber, toText } from '../operators.ts';
import { bare, Leaf, Poison, type Value } from '../values.ts';
import { here } from './here.ts';

/** On its way out of a built-in, whose result it is. */
class Lost {
  readonly poison: Poison;
  constructor(poison: Poison) {
    this.poison = bare(poison);
  }
}

/** A built-in whose result is poison where a text that it needs depends on an input. */
export function losing(run: Native): Native {
  return (self, args, newTarget) => {
    try {
      return run(self, args, newTarget);
    } catch (error) {
      if (error instanceof Lost) return error.poison;
      throw error;
    }
  };
}

/** ToString of what has to be known; for use inside of `losing`. */
export function known(ev: Evaluator, value: Value): string {
  const text = toText(ev, value, here(ev));
  if (text instanceof Poison) throw new Lost(text);
  return text;
}

/**
 * ToString, where a text of active numbers is taken as it is marked (activeText.ts). The caller asks what it says by
 * `says`, and gives back what it has made by `unmarked`.
 */
export function marked(ev: Evaluator, value: Value): string {
  const text = toText(ev, value, here(ev));
  if (typeof text === 'string') return text;
  const inside = text instanceof ActiveText ? markedOf(ev, text) : undefined;
  if (inside === undefined) throw new Lost(text);
  return inside;
}

/** The elements of a list that may be marked texts. */
export function unmarkedList(ev: Evaluator, values: readonly Value[]): Value {
  return ev.array(values.map((value) => unmarked(ev, value, here(ev))));
}

/** ToNumber; for use inside of `losing`. A number that steers is made known. */
export function knownNumber(ev: Evaluator, value: Value): number {
  const x = toNumber(ev, value, here(ev));
  if (x instanceof Poison) throw new Lost(x);
  return x instanceof Leaf ? (ev.domain.known(x, here(ev)) as number) : x;
}

/** The receiver of a method of texts. */
export function subject(ev: Evaluator, self: Value, name: string, convert = known): string {
  if (self === null || self === undefined)
    ev.throwError('TypeError', `String.prototype.${name} called on null or undefined`, here(ev));
  const text = convert(ev, self);
  ev.charge(text.length, here(ev));
  return text;
}
