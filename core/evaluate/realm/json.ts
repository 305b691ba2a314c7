/** JSON (ECMA-262 §25.5). */
import { ActiveText, hasMarks, keyOfText, markedOf, numberOf, textOfLeaf, unmarked } from '../activeText.ts';
import type { Evaluator } from '../evaluator.ts';
import { BOXED, isCallable, JsArray, JsBuffer, JsFunction, JsObject, Slot } from '../objects.ts';
import { toNumber, toText } from '../operators.ts';
import { define, deleteProperty, get, ownKeys } from '../properties.ts';
import { isArray } from '../proxies.ts';
import { bare, Leaf, Poison, type Primitive, type Value } from '../values.ts';
import { elementsOf } from './arrays.ts';
import { here } from './here.ts';
import { global, method, type Realm } from './realm.ts';
import { losing, marked } from './texts.ts';

/** Before the digits of an active number, which are parsed as a text: nothing that JSON gives a text begins so otherwise. */
const NUMBER = '\uf8ff';

/** Digits of active numbers that stand outside of texts, as texts. */
function quotedNumbers(source: string): string {
  return source.replace(/"(?:[^"\\]|\\[\s\S])*"|[^",:[\]{}\s]+/g, (piece) =>
    piece.startsWith('"') || !hasMarks(piece) ? piece : `"${NUMBER}${piece}"`,
  );
}

/** Levels that the host's own stack bears. */
const DEEPEST = 3000;

export function installJson(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const json = new JsObject(realm.objectPrototype, 0, 'JSON');
  json.properties.set(Symbol.toStringTag, new Slot({ value: 'JSON', configurable: true }));
  global(realm, 'JSON', json);
  const tooDeep = (): never =>
    ev.refuse('GL012', 'JSON of values nested as deep as these is not followed.', site().location);

  const adoptText = (text: string): Value => {
    const isNumber = text.startsWith(NUMBER) && hasMarks(text);
    const own = unmarked(ev, isNumber ? text.slice(NUMBER.length) : text, site());
    return isNumber && own instanceof ActiveText ? numberOf(ev, own, 'Number', site()) : own;
  };
  const keyOf = (text: string): string | Poison => {
    const own = unmarked(ev, text, site());
    return own instanceof ActiveText ? keyOfText(ev, own, site()) : text;
  };
  const adopt = (value: unknown, depth: number): Value => {
    ev.charge(1, site());
    if (depth > DEEPEST) return tooDeep();
    if (Array.isArray(value)) return ev.array(value.map((v) => adopt(v, depth + 1)));
    if (typeof value === 'string') return adoptText(value);
    if (typeof value !== 'object' || value === null) return value as Primitive;
    const object = ev.object();
    for (const [key, child] of Object.entries(value)) {
      const name = keyOf(key);
      if (name instanceof Poison) return bare(name);
      define(ev, object, name, adopt(child, depth + 1));
    }
    return object;
  };
  /** `holder[key]` from the leaves up through the reviver. */
  const revived = (reviver: JsFunction, holder: JsObject, key: string): Value => {
    const value = get(ev, holder, key, site());
    if (value instanceof JsObject) {
      for (const name of ownKeys(value, true)) {
        const made = revived(reviver, value, name);
        if (made !== undefined) define(ev, value, name, made);
        else deleteProperty(ev, value, name, site(), false);
      }
    }
    return ev.call(reviver, holder, [key, value], site());
  };
  method(
    realm,
    json,
    'parse',
    losing((_s, [text, reviver]) => {
      const source = marked(ev, text);
      ev.charge(source.length, site());
      let parsed: unknown;
      try {
        parsed = JSON.parse(hasMarks(source) ? quotedNumbers(source) : source);
      } catch (error) {
        if (error instanceof RangeError) return tooDeep();
        return ev.throwError('SyntaxError', error instanceof Error ? error.message : String(error), site());
      }
      const made = adopt(parsed, 0);
      if (!isCallable(reviver)) return made;
      const root = ev.object();
      define(ev, root, '', made);
      return revived(reviver, root, '');
    }),
  );

  method(
    realm,
    json,
    'stringify',
    losing((_s, [value, replacer, space]) => {
      const root = ev.object();
      define(ev, root, '', value);
      const writer = new Writer(ev, isCallable(replacer) ? replacer : undefined, only(replacer), gap(space));
      const text = writer.property(root, '', '');
      return writer.lost ?? unmarked(ev, text, site());
    }),
  );
  const unboxed = (value: Value): Value => {
    const slot = value instanceof JsObject ? value.properties.get(BOXED) : undefined;
    return slot instanceof Slot ? slot.value : value;
  };
  const only = (replacer: Value): string[] | undefined => {
    if (!(replacer instanceof JsArray)) return undefined;
    const names = elementsOf(ev, replacer).map(unboxed);
    return [...new Set(names.filter((n) => typeof n === 'string' || typeof n === 'number').map(String))];
  };
  const gap = (space: Value): string => {
    const value = unboxed(space);
    if (typeof value === 'number') return ' '.repeat(Math.max(0, Math.min(10, Math.trunc(value) || 0)));
    return typeof value === 'string' ? value.slice(0, 10) : '';
  };

  class Writer {
    /** A number or text in it depends on an input. */
    lost: Poison | undefined = undefined;
    private readonly ev: Evaluator;
    private readonly replacer: JsFunction | undefined;
    private readonly only: readonly string[] | undefined;
    private readonly gap: string;
    private readonly above: JsObject[] = [];

    constructor(
      ev: Evaluator,
      replacer: JsFunction | undefined,
      only: readonly string[] | undefined,
      gap: string,
    ) {
      this.ev = ev;
      this.replacer = replacer;
      this.only = only;
      this.gap = gap;
    }

    /** SerializeJSONProperty. */
    property(holder: JsObject, key: string, indent: string): string | undefined {
      const { ev } = this;
      ev.charge(1, site());
      let value = get(ev, holder, key, site());
      if (value instanceof JsObject || typeof value === 'bigint') {
        const own = get(ev, value, 'toJSON', site());
        if (isCallable(own)) value = ev.call(own, value, [key], site());
      }
      if (this.replacer !== undefined) value = ev.call(this.replacer, holder, [key, value], site());
      const slot = value instanceof JsObject ? value.properties.get(BOXED) : undefined;
      if (slot instanceof Slot && typeof slot.value !== 'symbol') {
        const kind = typeof slot.value;
        value =
          kind === 'number'
            ? toNumber(ev, value, site())
            : kind === 'string'
              ? toText(ev, value, site())
              : slot.value;
      }
      if (value instanceof Leaf && value.type === 'number') {
        const inside = markedOf(ev, textOfLeaf(ev, value, site()));
        if (inside !== undefined) return inside;
        this.lost ??= ev.poison(
          'GL102',
          'JSON.stringify makes text of the number here, and its derivative is lost.',
          site().location,
        );
        return '0';
      }
      if (value instanceof Leaf) value = ev.domain.known(value, site());
      if (value instanceof ActiveText) value = markedOf(ev, value) ?? value;
      else if (typeof value === 'string' && hasMarks(value)) {
        const message =
          'JSON of a text with characters for private use beside active numbers is not followed.';
        this.lost ??= ev.poison('GL111', message, site().location);
      }
      if (value instanceof Poison || value instanceof JsBuffer) {
        this.lost ??=
          value instanceof Poison
            ? value
            : ev.poison('GL111', 'JSON of an array of unknown length is not supported.', site().location);
        return '0';
      }
      if (typeof value === 'string') {
        ev.charge(value.length, site());
        return JSON.stringify(value);
      }
      if (typeof value === 'bigint')
        return ev.throwError('TypeError', 'Do not know how to serialize a BigInt', site());
      if (!(value instanceof JsObject)) return JSON.stringify(value);
      return value instanceof JsFunction ? undefined : this.object(value, indent);
    }

    private object(value: JsObject, indent: string): string {
      const { ev, above } = this;
      if (above.includes(value))
        return ev.throwError('TypeError', 'Converting circular structure to JSON', site());
      if (above.length > DEEPEST) return tooDeep();
      ev.step(site(), above.length >> 4);
      above.push(value);
      const inner = indent + this.gap;
      const parts: string[] = [];
      const list = isArray(value);
      if (list) {
        const { length } = elementsOf(ev, value);
        for (let i = 0; i < length; i++) parts.push(this.property(value, String(i), inner) ?? 'null');
      } else {
        ev.listsKeys(value, site());
        for (const key of this.only ?? ownKeys(value, true)) {
          const text = this.property(value, key, inner);
          if (text !== undefined) parts.push(`${JSON.stringify(key)}:${this.gap === '' ? '' : ' '}${text}`);
        }
      }
      above.pop();
      const [open, close] = list ? '[]' : '{}';
      if (parts.length === 0) return `${open}${close}`;
      const text =
        this.gap === ''
          ? `${open}${parts.join(',')}${close}`
          : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
      ev.charge(text.length >> 3, site());
      return text;
    }
  }
}
