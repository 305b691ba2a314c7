/**
 * Texts in which digits of numbers stand that depend on inputs. The derivative is lost in a text, so such a text is
 * poison; but it knows what it says and whose digits they are: what is asked of it has an answer, and a piece that is
 * exactly one number's digits reads back as that number.
 *
 * Within built-ins it is a host string of the same length, in which those digits are characters of the private use
 * area, fourteen for each number: slices of it are slices of the text.
 */
import type { Evaluator } from './evaluator.ts';
import { bare, Leaf, Poison, type Site, type Value } from './values.ts';

const FIRST = 0xe000;
const DIGITS = '0123456789.-+e';
const MOST = Math.floor((0xf8ff - FIRST) / DIGITS.length);
const MARKS = /[\ue000-\uf8ff]/;

/** The numbers whose digits are marked, in one run, and those digits; none where they are of a coarsely rounded one. */
interface Marks {
  readonly leaves: (Leaf | undefined)[];
  readonly texts: (string | undefined)[];
}

export class ActiveText extends Poison {
  readonly marked: string;
  readonly marks: Marks;
  constructor({ problem }: Poison, marked: string, marks: Marks) {
    super(problem);
    this.marked = marked;
    this.marks = marks;
  }
}

/** Each run has a domain of its own. */
const marksOf = new WeakMap<object, Marks>();

function currentMarks(ev: Evaluator): Marks {
  const known = marksOf.get(ev.domain);
  if (known !== undefined) return known;
  const marks: Marks = { leaves: [], texts: [] };
  marksOf.set(ev.domain, marks);
  return marks;
}

function lost(ev: Evaluator, site: Site): Poison {
  return ev.poison('GL102', 'Here the number becomes text, and its derivative is lost.', site.location);
}

/** The text of a leaf. */
export function textOfLeaf(ev: Evaluator, leaf: Leaf, site: Site): Poison {
  const poison = lost(ev, site);
  // In a stage it is not known.
  if (!leaf.hasValue || leaf.type !== 'number') return poison;
  const primal = ev.domain.primal(leaf);
  if (!Number.isFinite(primal)) return poison;
  return digitsOf(ev, leaf, String(primal), poison);
}

function digitsOf(ev: Evaluator, leaf: Leaf, text: string, poison: Poison): Poison {
  const { leaves, texts } = currentMarks(ev);
  let index = leaves.findIndex((known, k) => known?.id === leaf.id && texts[k] === text);
  if (index < 0) {
    index = leaves.push(leaf) - 1;
    texts[index] = text;
  }
  return withDigits(ev, text, index, poison);
}

/** Steps of a rounded number: this many of them or more stand for a number that is not rounded. */
const FINE = 1000;
/** From this many on, a rounding in doubles may be off by one: the number that is read differs by a constant. */
const FINEST = 2 ** 33;
/** Powers of ten up to this are doubles. */
const LARGEST_POWER = 22;

/**
 * Digits of a number, of a leaf where one is given, rounded to those of the text. They read back as that leaf rounded,
 * where it keeps three digits or more and rounding in doubles gives the same; else as none.
 */
export function roundedText(
  ev: Evaluator,
  leaf: Leaf | undefined,
  text: string,
  poison: Poison,
  site: Site,
): Poison {
  const rounded = leaf?.hasValue === true ? roundedLeaf(ev, leaf, text, site) : undefined;
  if (rounded !== undefined) return digitsOf(ev, rounded, text, poison);
  const { leaves, texts } = currentMarks(ev);
  let index = leaves.indexOf(undefined);
  if (index < 0) index = leaves.push(undefined) - 1;
  texts[index] = undefined;
  return withDigits(ev, text, index, poison);
}

function roundedLeaf(ev: Evaluator, leaf: Leaf, text: string, site: Site): Leaf | undefined {
  const { domain } = ev;
  const value = Number(text);
  const [, fraction = '', exponent = '0'] = /^[^.e]*\.?(\d*)(?:e(.*))?$/.exec(text) ?? [];
  // Less than none where it ends before the point.
  const decimals = fraction.length - Number(exponent);
  if (Math.abs(decimals) > LARGEST_POWER) return undefined;
  const unit = 10 ** Math.abs(decimals);
  const primal = domain.primal(leaf);
  const steps = Math.round(decimals < 0 ? primal / unit : primal * unit);
  if (!(Math.abs(steps) >= FINE) || !Number.isFinite(steps)) return undefined;
  const off = value - (decimals < 0 ? steps * unit : steps / unit);
  if (off !== 0 && Math.abs(steps) < FINEST) return undefined;
  const scaled = domain.op2(decimals < 0 ? 'div' : 'mul', leaf, unit, site) as Leaf;
  const whole = domain.op1('round', scaled, site) as Leaf;
  const rounded = domain.op2(decimals < 0 ? 'mul' : 'div', whole, unit, site) as Leaf;
  return off === 0 ? rounded : (domain.op2('add', rounded, off, site) as Leaf);
}

function withDigits(ev: Evaluator, text: string, index: number, poison: Poison): Poison {
  const start = FIRST + index * DIGITS.length;
  const isKnown = [...text].every((c) => DIGITS.includes(c));
  if (index >= MOST || !isKnown) return poison;
  const marked = text.replace(/./g, (c) => String.fromCharCode(start + DIGITS.indexOf(c)));
  return new ActiveText(poison, marked, currentMarks(ev));
}

/** As the key of a property: what it says at this point. */
export function keyOfText(ev: Evaluator, text: ActiveText, site: Site): string | Poison {
  const marked = markedOf(ev, text);
  if (marked === undefined) return bare(text);
  ev.domain.doubt(site);
  return plain(marked);
}

/** What a marked text says. */
export function says(ev: Evaluator, marked: string): string {
  return marksOf.has(ev.domain) ? plain(marked) : marked;
}

function plain(marked: string): string {
  if (!MARKS.test(marked)) return marked;
  return marked.replace(/[\ue000-\uf8ff]/g, (c) => DIGITS[(c.charCodeAt(0) - FIRST) % DIGITS.length] ?? c);
}

/** The marked form, for work within a built-in; undefined where the text is of another run. */
export function markedOf(ev: Evaluator, text: Poison): string | undefined {
  return text instanceof ActiveText && text.marks === marksOf.get(ev.domain) ? text.marked : undefined;
}

/** Whether characters stand in a text that mark digits. */
export function hasMarks(text: string): boolean {
  return MARKS.test(text);
}

/** What a built-in has made of marked texts, as values of the program. */
export function unmarked(ev: Evaluator, value: Value, site: Site): Value {
  if (typeof value !== 'string') return value;
  const marks = marksOf.get(ev.domain);
  return marks === undefined || marks.leaves.length === 0 || !MARKS.test(value)
    ? value
    : new ActiveText(lost(ev, site), value, marks);
}

/** Texts one after another; poison where one of them is that and no text. */
export function joined(ev: Evaluator, parts: readonly (string | Poison)[], site: Site): string | Poison {
  let made = '';
  let active: ActiveText | undefined;
  let longest = 0;
  for (const part of parts) {
    const before = made.length;
    if (typeof part === 'string') made += part;
    else if (part instanceof ActiveText && markedOf(ev, part) !== undefined) {
      made += part.marked;
      active ??= part;
    } else return part;
    longest = Math.max(longest, made.length - before);
  }
  // The host makes a rope: what is appended counts, and of the rest a little, as it is copied now and then.
  ev.charge(made.length - longest + (longest >> 15), site);
  if (active === undefined) return made;
  // A text of the program's own with such characters would be taken for digits.
  const foreign = parts.some((part) => typeof part === 'string' && MARKS.test(part));
  return foreign ? lost(ev, site) : new ActiveText(active, made, active.marks);
}

/** Whether two texts are equal, one of them active: poison where they are and need not be beside this point. */
export function equalTexts(ev: Evaluator, a: string | ActiveText, b: string | ActiveText, site: Site): Value {
  const s = typeof a === 'string' ? a : a.marked;
  const t = typeof b === 'string' ? b : b.marked;
  if (s === t && typeof a !== 'string' && typeof b !== 'string' && a.marks === b.marks) return true;
  ev.domain.doubt(site);
  return plain(s) === plain(t);
}

/** Whether one text comes before another: with digits of active numbers it is so around this point, which is doubted. */
export function earlier(ev: Evaluator, a: string | Poison, b: string | Poison, site: Site): boolean | Poison {
  const said: string[] = [];
  for (const text of [a, b]) {
    const marked = text instanceof ActiveText ? markedOf(ev, text) : text;
    if (marked === undefined || marked instanceof Poison) return bare(text as Poison);
    said.push(text instanceof ActiveText ? plain(marked) : marked);
  }
  if (typeof a !== 'string' || typeof b !== 'string') ev.domain.doubt(site);
  ev.step(site, 1 + (Math.min(said[0]!.length, said[1]!.length) >> 8));
  return said[0]! < said[1]!;
}

/** The index of the number whose digits a piece is, all of them. */
function wholeNumber(marks: Marks, piece: string): Leaf | undefined {
  const index = Math.floor((piece.charCodeAt(0) - FIRST) / DIGITS.length);
  const leaf = marks.leaves[index];
  if (leaf === undefined || plain(piece) !== marks.texts[index]) return undefined;
  const start = FIRST + index * DIGITS.length;
  const isOwn = (c: string) => c.charCodeAt(0) >= start && c.charCodeAt(0) < start + DIGITS.length;
  return [...piece].every(isOwn) ? leaf : undefined;
}

/** The number that a text reads as, where that is one whose digits stand in it: else the poison that it is. */
export function numberOf(
  ev: Evaluator,
  text: ActiveText,
  how: 'Number' | 'parseFloat' | 'parseInt',
  site: Site,
): number | Leaf | Poison {
  const marks = marksOf.get(ev.domain);
  if (marks === undefined || marks !== text.marks) return bare(text);
  const [, sign = '', digits = '', rest = ''] =
    /^\s*([-+]?)([\ue000-\uf8ff]*)([\s\S]*)$/.exec(text.marked) ?? [];
  const leaf = wholeNumber(marks, digits);
  if (leaf === undefined || (how === 'Number' && rest.trim() !== '')) return bare(text);
  const said = plain(text.marked);
  const value = how === 'Number' ? Number(said) : Number.parseFloat(said);
  const primal = ev.domain.primal(leaf);
  const expected = sign === '-' ? -primal : primal;
  if (value !== expected) return bare(text);
  const signed = (sign === '-' ? ev.domain.op1('neg', leaf, site) : leaf) as Leaf;
  // The text of -0 is that of 0.
  const whole = (Object.is(value, expected) ? signed : ev.domain.op2('add', signed, 0, site)) as
    | number
    | Leaf
    | Poison;
  if (how !== 'parseInt') return whole;
  if (!(whole instanceof Leaf) || Number.parseInt(said, 10) !== Math.trunc(value)) return bare(text);
  return ev.domain.op1('trunc', whole, site) as number | Leaf | Poison;
}
