/**
 * The words of a double that depends on an input, as the elementary functions of C libraries take them apart: the
 * high word (sign, exponent, 20 bits) is a step function, the low one a sawtooth. Put together again they are a number
 * only where what was done to them is: scaling by a power of two, a change of sign, rounding to the high word. A number
 * made of a high word alone goes in steps, which the analysis doubts; anything else is refused.
 */
import type { Evaluator } from './evaluator.ts';
import type { Word } from './memory.ts';
import type { TypedKind } from './objects.ts';
import { binary } from './operators.ts';
import { Leaf, type Poison, type Site, type Value } from './values.ts';

/** The words that were read, with the number that they are of. */
const words = new WeakMap<Leaf, { readonly of: Leaf; readonly which: 'high' | 'low' }>();

/** The words of a number: read again they are the same. */
const taken = new WeakMap<Leaf, { high: Leaf | Poison; low: Leaf | Poison }>();

const scratch = new DataView(new ArrayBuffer(8));

/** Whether a value is the high or low word of a number, a whole number from 0 to 2³² − 1 already. */
export function isWord(value: Value): boolean {
  return value instanceof Leaf && words.has(value);
}

function refused(ev: Evaluator, site: Site): Poison {
  return ev.poison(
    'GL111',
    'The bits of a number that depends on an input are used as another number here: what comes of it has no derivative.',
    site.location,
  );
}

/** Four bytes of an item from byte `at` on, as an integer of the given kind. */
export function wordOf(
  ev: Evaluator,
  item: Leaf,
  itemKind: TypedKind,
  at: number,
  kind: TypedKind,
  site: Site,
): Value {
  const signed = kind === 'Int32Array';
  if (!signed && kind !== 'Uint32Array') return refused(ev, site);
  const as = (word: Value): Value => (signed ? binary(ev, '|', word, 0, site) : word);
  // A whole number of 32 bits, seen with the other sign.
  if (itemKind === 'Uint32Array' || itemKind === 'Int32Array') {
    if (at !== 0) return refused(ev, site);
    return signed ? binary(ev, '|', item, 0, site) : binary(ev, '>>>', item, 0, site);
  }
  if (itemKind !== 'Float64Array' || (at !== 0 && at !== 4)) return refused(ev, site);
  const { high, low } = wordsOf(ev, item, site);
  return at === 4 ? as(high) : signed ? refused(ev, site) : low;
}

/** x = ±m·2ᵉ with 1 ≤ m < 2: the words are ⌊m·2²⁰⌋ with sign and exponent above, and the rest of m·2⁵². */
function wordsOf(ev: Evaluator, x: Leaf, site: Site): { high: Leaf | Poison; low: Leaf | Poison } {
  const known = taken.get(x);
  if (known !== undefined) return known;
  const none = refused(ev, site);
  const primal = ev.domain.primal(x);
  scratch.setFloat64(0, primal);
  const top = scratch.getUint32(0);
  const exponent = (top >>> 20) & 0x7ff;
  // Subnormal numbers, zero, infinities and what is not a number at the sample.
  if (exponent < 60 || exponent > 1900 || Number.isNaN(primal)) return { high: none, low: none };
  const negative = top >>> 31;
  const scale = 2 ** (20 - (exponent - 1023)) * (negative === 1 ? -1 : 1);
  const steps = ev.domain.op1('floor', binary(ev, '*', x, scale, site) as Leaf, site) as Leaf;
  const base = negative * 2 ** 31 + (exponent - 1) * 2 ** 20;
  const high = binary(ev, '+', steps, base, site) as Leaf;
  const all = binary(ev, '*', x, scale * 2 ** 32, site);
  const low = binary(ev, '-', all, binary(ev, '*', steps, 2 ** 32, site), site) as Leaf;
  words.set(high, { of: x, which: 'high' });
  words.set(low, { of: x, which: 'low' });
  const made = { high, low };
  taken.set(x, made);
  return made;
}

/** The double with these words. */
export function floatOfWords(ev: Evaluator, high: Word, low: Word, site: Site): Value {
  const none = refused(ev, site);
  const source = (word: Word, at: 0 | 4) => {
    if (typeof word === 'number') return undefined;
    if (word.kind === 'Float64Array') return word.at === at ? word.item : undefined;
    const from = word.at === 0 ? words.get(word.item) : undefined;
    return from?.which === (at === 4 ? 'high' : 'low') ? from.of : undefined;
  };
  const ofHigh = source(high, 4);
  const ofLow = source(low, 0);
  if (ofLow !== undefined) {
    // The low word as it was: exact scaling, if what the high word keeps of the fraction is what it was.
    if (ofHigh === ofLow) return ofLow;
    const before = wordsOf(ev, ofLow, site).high;
    if (!(before instanceof Leaf)) return none;
    const was = known(ev, before, site);
    const is = typeof high === 'number' ? high : known(ev, high.item, site);
    if (is === undefined || was === undefined || (is & 0xfffff) !== (was & 0xfffff)) return none;
    const exponent = (is >>> 20) & 0x7ff;
    if (exponent === 0 || exponent === 0x7ff) return none;
    const sign = is >>> 31 === was >>> 31 ? 1 : -1;
    return binary(ev, '*', ofLow, sign * 2 ** (exponent - ((was >>> 20) & 0x7ff)), site);
  }
  if (ofHigh !== undefined && typeof low === 'number') {
    // Rounded to its high word: as with Math.fround, the derivative goes through.
    const primal = ev.domain.primal(ofHigh);
    scratch.setFloat64(0, primal);
    scratch.setUint32(4, low);
    return binary(ev, '+', ofHigh, scratch.getFloat64(0) - primal, site);
  }
  if (typeof high === 'number' || typeof low !== 'number' || high.at !== 0) return none;
  const made = known(ev, high.item, site);
  if (made === undefined) return none;
  scratch.setUint32(0, made);
  scratch.setUint32(4, low);
  // Steps that are compensated elsewhere, powers of two; or a table of bits, which differences tell.
  ev.domain.doubt(site);
  return scratch.getFloat64(0);
}

/** A word as it is on the path: a whole number from 0 to 2³² − 1. */
function known(ev: Evaluator, word: Leaf, site: Site): number | undefined {
  const value = ev.domain.known(word, site);
  return typeof value === 'number' && Number.isInteger(value) ? value >>> 0 : undefined;
}
