/** String (ECMA-262 §22.1). */
import { says, unmarked } from '../activeText.ts';
import type { Evaluator } from '../evaluator.ts';
import { JsIterator } from '../iterators.ts';
import { BOXED, isCallable, JsObject, NativeFunction, Slot } from '../objects.ts';
import { toNumber, toText } from '../operators.ts';
import { get } from '../properties.ts';
import { bare, HOLE, Leaf, Poison, type Primitive, type Value } from '../values.ts';
import { elementsOf, integer } from './arrays.ts';
import { here } from './here.ts';
import { boxed } from './numbers.ts';
import { constructor, global, method, type Realm } from './realm.ts';
import { isRegExp } from './regexps.ts';
import { substituted } from './substitution.ts';
import { known, knownNumber, losing, marked, subject, unmarkedList } from './texts.ts';

type Kind = 'text' | 'position';

/** Methods whose result is the host's for known text, with what their arguments are. */
const PLAIN: { readonly [name: string]: readonly Kind[] } = {
  at: ['position'],
  charAt: ['position'],
  charCodeAt: ['position'],
  codePointAt: ['position'],
  endsWith: ['text', 'position'],
  includes: ['text', 'position'],
  indexOf: ['text', 'position'],
  isWellFormed: [],
  lastIndexOf: ['text', 'position'],
  padEnd: ['position', 'text'],
  padStart: ['position', 'text'],
  repeat: ['position'],
  slice: ['position', 'position'],
  startsWith: ['text', 'position'],
  substr: ['position', 'position'],
  substring: ['position', 'position'],
  toLowerCase: [],
  toUpperCase: [],
  toWellFormed: [],
  trim: [],
  trimEnd: [],
  trimStart: [],
};

/** Methods that give a text, whatever they are given. */
const TEXTS =
  'charAt concat normalize padEnd padStart repeat slice substr substring toLowerCase toUpperCase trim trimEnd trimStart'.split(
    ' ',
  );

export function installStrings(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const proto = realm.stringPrototype;
  const string = constructor(
    realm,
    'String',
    proto,
    losing((_s, args, newTarget) => {
      const [value] = args;
      if (typeof value === 'symbol' && newTarget === undefined) return value.toString();
      if (newTarget === undefined) return args.length === 0 ? '' : unmarked(ev, marked(ev, value), site());
      return boxed(ev, args.length === 0 ? '' : known(ev, value));
    }),
  );
  const lost = () =>
    ev.poison('GL102', 'Here the number becomes text, and its derivative is lost.', site().location);
  for (const name of ['fromCharCode', 'fromCodePoint'] as const) {
    method(realm, string, name, (_s, args) => {
      const codes: number[] = [];
      for (const arg of args) {
        const x = toNumber(ev, arg, site());
        if (x instanceof Poison) return x;
        const now = x instanceof Leaf ? ev.domain.primal(x) : x;
        if (name === 'fromCodePoint' && !(x instanceof Leaf && Number.isNaN(now)))
          hostly(() => String.fromCodePoint(now));
        if (x instanceof Leaf) return lost();
        codes.push(x);
      }
      ev.charge(codes.length, site());
      return hostly(() => codes.map((c) => String[name](c)).join(''));
    });
  }
  method(
    realm,
    string,
    'raw',
    losing((_s, [strings, ...values]) => {
      const raw = elementsOf(ev, get(ev, strings, 'raw', site()));
      return raw
        .map((r, i) => {
          const piece = known(ev, r === HOLE ? undefined : r);
          return i < raw.length - 1 && i < values.length ? piece + known(ev, values[i]) : piece;
        })
        .join('');
    }),
  );
  /** What the host throws is what the program gets. */
  const hostly = <T>(run: () => T): T => {
    try {
      return run();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return ev.throwError(error instanceof TypeError ? 'TypeError' : 'RangeError', message, site());
    }
  };

  for (const [name, kinds] of Object.entries(PLAIN)) {
    const host = (String.prototype as unknown as { [name: string]: unknown })[name];
    method(
      realm,
      proto,
      name,
      losing((self, args) => {
        const text = subject(ev, self, name, marked);
        const plain: Primitive[] = [];
        kinds.forEach((kind, i) => {
          if (i >= args.length) return;
          const arg = args[i];
          if (kind === 'text' && /^(?:includes|startsWith|endsWith)$/.test(name) && isRegExp(ev, arg))
            ev.throwError('TypeError', 'First argument must not be a regular expression', site());
          if (arg === undefined) plain.push(undefined);
          else plain.push(kind === 'text' ? marked(ev, arg) : knownNumber(ev, arg));
        });
        if (name === 'repeat' || name.startsWith('pad')) {
          const count = Math.trunc(Number(plain[0] ?? 0)) || 0;
          const size = name === 'repeat' ? count * text.length : count;
          if (count >= 0 && size < Infinity) ev.charge(size, site());
        }
        if (typeof host !== 'function')
          return name === 'isWellFormed' ? !LONE.test(text) : text.replace(new RegExp(LONE, 'gu'), '\ufffd');
        const made = hostly(() => host.apply(text, plain) as Value);
        if (typeof made === 'string') return unmarked(ev, made, site());
        // An answer about the text: it is what it says that counts.
        const texts = plain.map((arg) => (typeof arg === 'string' ? says(ev, arg) : arg));
        if (says(ev, text) === text && texts.every((t, i) => t === plain[i])) return made;
        ev.domain.doubt(site());
        return host.apply(says(ev, text), texts) as Value;
      }),
    );
  }
  method(
    realm,
    proto,
    'concat',
    losing((self, args) => {
      const text = [subject(ev, self, 'concat', marked), ...args.map((a) => marked(ev, a))].join('');
      ev.charge(text.length, site());
      return unmarked(ev, text, site());
    }),
  );
  method(
    realm,
    proto,
    'normalize',
    losing((self, [form]) => {
      const text = subject(ev, self, 'normalize');
      // A character may become eighteen.
      ev.charge(18 * text.length, site());
      return hostly(() => text.normalize(form === undefined ? undefined : known(ev, form)));
    }),
  );

  /** What an argument itself says how to do: a regular expression, or anything with such a method. */
  const delegated = (arg: Value, symbol: symbol, args: Value[], self: Value): Value | undefined => {
    if (self === null || self === undefined)
      return ev.throwError('TypeError', 'this method was called on null or undefined', site());
    if (!(arg instanceof JsObject)) return undefined;
    const own = get(ev, arg, symbol, site());
    return own === undefined || own === null ? undefined : ev.call(own, arg, args, site());
  };
  for (const name of ['match', 'matchAll', 'search'] as const) {
    const symbol = Symbol[name];
    method(
      realm,
      proto,
      name,
      losing((self, [pattern]) => {
        if (name === 'matchAll' && isRegExp(ev, pattern)) {
          const flags = get(ev, pattern, 'flags', site());
          if (!known(ev, flags).includes('g'))
            return ev.throwError('TypeError', 'matchAll called with a non-global RegExp', site());
        }
        const own = delegated(pattern, symbol, [self], self);
        if (own !== undefined) return own;
        const text = subject(ev, self, name, marked);
        const flags = name === 'matchAll' ? ['g'] : [];
        const made = ev.call(realm.globals.get('RegExp')!.value, undefined, [pattern, ...flags], site());
        return ev.call(get(ev, made, symbol, site()), made, [unmarked(ev, text, site())], site());
      }),
    );
  }
  for (const name of ['replace', 'replaceAll'] as const) {
    method(
      realm,
      proto,
      name,
      losing((self, [pattern, replacement]) => {
        if (name === 'replaceAll' && isRegExp(ev, pattern)) {
          if (!known(ev, get(ev, pattern, 'flags', site())).includes('g'))
            return ev.throwError('TypeError', 'replaceAll called with a non-global RegExp', site());
        }
        const own = delegated(pattern, Symbol.replace, [self, replacement], self);
        if (own !== undefined) return own;
        const text = subject(ev, self, name, marked);
        const said = says(ev, text);
        if (said !== text) ev.domain.doubt(site());
        const searched = known(ev, pattern);
        const template = isCallable(replacement) ? replacement : marked(ev, replacement);
        let made = '';
        let next = 0;
        const step = Math.max(1, searched.length);
        for (let at = said.indexOf(searched); at >= 0; ) {
          const piece =
            typeof template === 'string'
              ? substituted(ev, template, searched, text, at, [], undefined)
              : marked(ev, ev.call(template, undefined, [searched, at, unmarked(ev, text, site())], site()));
          ev.charge(piece.length + 1, site());
          made += text.slice(next, at) + piece;
          next = at + searched.length;
          if (name === 'replace' || at + step > text.length) break;
          at = said.indexOf(searched, at + step);
        }
        return unmarked(ev, made + text.slice(next), site());
      }),
    );
  }
  method(
    realm,
    proto,
    'split',
    losing((self, [separator, limit]) => {
      const own = delegated(separator, Symbol.split, [self, limit], self);
      if (own !== undefined) return own;
      const text = subject(ev, self, 'split', marked);
      const most = limit === undefined ? 2 ** 32 - 1 : integer(ev, limit, 0) >>> 0;
      const by = separator === undefined ? undefined : known(ev, separator);
      if (by === undefined) return unmarkedList(ev, most === 0 ? [] : [text]);
      const said = says(ev, text);
      const parts = said.split(by, most);
      ev.charge(parts.length, site());
      if (said === text) return ev.array(parts);
      ev.domain.doubt(site());
      let next = 0;
      const pieces = parts.map((part) => {
        const piece = text.slice(next, next + part.length);
        next += part.length + by.length;
        return piece;
      });
      return unmarkedList(ev, pieces);
    }),
  );

  for (const name of ['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI'] as const) {
    const host = globalThis[name];
    const convert = method(realm, new JsObject(null, 0), name, (_s, [text]) => {
      const plain = toText(ev, text, site());
      if (plain instanceof Poison) return bare(plain);
      ev.charge(3 * plain.length, site());
      try {
        return host(plain);
      } catch {
        return ev.throwError('URIError', 'URI malformed', site());
      }
    });
    global(realm, name, convert);
  }
  for (const name of TEXTS) {
    const property = proto.properties.get(name);
    if (property instanceof Slot && property.value instanceof NativeFunction) property.value.gives = 'string';
  }
  const itself = (self: Value): Value => {
    if (typeof self === 'string' || self instanceof Poison) return self;
    const slot = self instanceof JsObject ? self.properties.get(BOXED) : undefined;
    return slot instanceof Slot && typeof slot.value === 'string'
      ? slot.value
      : ev.throwError('TypeError', 'this is not a text', site());
  };
  method(realm, proto, 'valueOf', itself);
  method(realm, proto, 'toString', itself);
  for (const name of ['localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase']) {
    method(
      realm,
      proto,
      name,
      losing((self, [other]) => {
        const text = subject(ev, self, name);
        if (name === 'localeCompare' && known(ev, other) === text) return 0;
        return ev.poison('GL114', `${name}() depends on the machine.`, site().location);
      }),
    );
  }
  method(
    realm,
    proto,
    Symbol.iterator,
    losing((self) => new JsIterator(ev, 'String', subject(ev, self, '[Symbol.iterator]'), 'values')),
  );
}

const LONE = /[\ud800-\udfff]/u;
