/** `sort` of long lists and of typed arrays, as the prelude merges them, comparison by comparison. */
import type { LoopParts } from '../domain.ts';
import type { Evaluator } from '../evaluator.ts';
import { JsView } from '../memory.ts';
import { JsArray, JsFunction, type JsObject, JsTypedArray } from '../objects.ts';
import { binary, settled } from '../operators.ts';
import { put } from '../properties.ts';
import { lessInTyped } from '../realm/arrays.ts';
import { here } from '../realm/here.ts';
import { HOLE, type Site, type Value } from '../values.ts';
import { DECLINED, NO_LABELS, type Shortcut } from './shortcuts.ts';

/** Shorter ones of no typed array are sorted by insertion. */
const SHORTEST = 64;

/** One pass after the other over runs of twice the width; an iteration takes one element. */
class Merge implements LoopParts {
  readonly form = 'for';
  readonly labels = NO_LABELS;
  readonly update = undefined;
  readonly site: Site;
  from: Value[];
  private readonly ev: Evaluator;
  private readonly compare: JsFunction | undefined;
  private to: Value[];
  private width = 1;
  private middle = 0;
  private high = 0;
  private a = 0;
  private b = 0;
  private k = 0;

  constructor(ev: Evaluator, list: Value[], compare: JsFunction | undefined, site: Site) {
    this.ev = ev;
    this.compare = compare;
    this.site = site;
    this.from = list;
    this.to = list.slice();
    this.begin(0);
  }

  /** Whether an element is left, in this pass or in the next. */
  test(): boolean {
    const { length } = this.from;
    if (this.width >= length) return false;
    if (this.k < this.high) return true;
    if (this.high < length) {
      this.begin(this.high);
      return true;
    }
    [this.from, this.to] = [this.to, this.from];
    this.width *= 2;
    this.begin(0);
    return this.width < length;
  }

  body(): undefined {
    const { from, a, b } = this;
    const right = a >= this.middle || (b < this.high && this.less(from[b], from[a]));
    this.to[this.k++] = right ? from[this.b++] : from[this.a++];
  }

  private begin(low: number): void {
    const { length } = this.from;
    this.middle = Math.min(low + this.width, length);
    this.high = Math.min(low + 2 * this.width, length);
    this.a = low;
    this.b = this.middle;
    this.k = low;
  }

  private less(a: Value, b: Value): boolean {
    const { ev, compare, site } = this;
    if (compare === undefined) return settled(ev, lessInTyped(ev, a, b, site), site);
    const order = ev.call(compare, undefined, [a, b], site);
    return typeof order === 'number' ? order < 0 : settled(ev, binary(ev, '<', order, 0, site), site);
  }
}

export const sort: Shortcut = (ev, self, [compare]) => {
  const typed = self instanceof JsTypedArray && !(self instanceof JsView);
  if (!typed && !(self instanceof JsArray && self.outside === undefined)) return DECLINED;
  if (compare === undefined ? !typed : !(compare instanceof JsFunction)) return DECLINED;
  const { elements } = self;
  if (elements.includes(HOLE)) return DECLINED;
  const list = elements.filter((value) => value !== undefined);
  if (!typed && list.length < SHORTEST) return DECLINED;
  const site = here(ev);
  ev.charge(2 * elements.length, site);
  const merge = new Merge(ev, list, compare as JsFunction | undefined, site);
  ev.domain.loop(merge);
  write(ev, self, merge.from, elements.length, site);
  return self;
};

/** undefined goes last. */
function write(ev: Evaluator, target: JsObject, sorted: readonly Value[], size: number, site: Site): void {
  ev.step(site, size);
  for (let i = 0; i < size; i++) put(ev, target, i, sorted[i], site);
}
