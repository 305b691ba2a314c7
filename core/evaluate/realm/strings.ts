/** String (ECMA-262 §22.1). */
import type { Evaluator } from '../evaluator.ts';
import { JsIterator } from '../iterators.ts';
import { BOXED, isCallable, JsObject, Slot } from '../objects.ts';
import { toNumber, toText } from '../operators.ts';
import { get } from '../properties.ts';
import { HOLE, Leaf, Poison, type Primitive, type Value } from '../values.ts';
import { elementsOf, integer } from './arrays.ts';
import { here } from './here.ts';
import { boxed } from './numbers.ts';
import { constructor, global, method, type Realm } from './realm.ts';
import { isRegExp } from './regexps.ts';
import { substituted } from './substitution.ts';
import { known, knownNumber, losing, subject } from './texts.ts';

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
      const text = args.length === 0 ? '' : known(ev, value);
      return newTarget === undefined ? text : boxed(ev, text);
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
        const now = x instanceof Leaf ? x.value : x;
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
        const text = subject(ev, self, name);
        const plain: Primitive[] = [];
        kinds.forEach((kind, i) => {
          if (i >= args.length) return;
          const arg = args[i];
          if (kind === 'text' && /^(?:includes|startsWith|endsWith)$/.test(name) && isRegExp(ev, arg))
            ev.throwError('TypeError', 'First argument must not be a regular expression', site());
          if (arg === undefined) plain.push(undefined);
          else plain.push(kind === 'text' ? known(ev, arg) : knownNumber(ev, arg));
        });
        if (name === 'repeat' || name.startsWith('pad')) {
          const count = Math.trunc(Number(plain[0] ?? 0)) || 0;
          const size = name === 'repeat' ? count * text.length : count;
          if (count >= 0 && size < Infinity) ev.charge(size, site());
        }
        if (typeof host === 'function') return hostly(() => host.apply(text, plain) as Value);
        return name === 'isWellFormed' ? !LONE.test(text) : text.replace(new RegExp(LONE, 'gu'), '\ufffd');
      }),
    );
  }
  method(
    realm,
    proto,
    'concat',
    losing((self, args) => {
      const text = [subject(ev, self, 'concat'), ...args.map((a) => known(ev, a))].join('');
      ev.charge(text.length, site());
      return text;
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
        const text = subject(ev, self, name);
        const flags = name === 'matchAll' ? ['g'] : [];
        const made = ev.call(realm.globals.get('RegExp')!.value, undefined, [pattern, ...flags], site());
        return ev.call(get(ev, made, symbol, site()), made, [text], site());
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
        const text = subject(ev, self, name);
        const searched = known(ev, pattern);
        const template = isCallable(replacement) ? replacement : known(ev, replacement);
        let made = '';
        let next = 0;
        const step = Math.max(1, searched.length);
        for (let at = text.indexOf(searched); at >= 0; ) {
          const piece =
            typeof template === 'string'
              ? substituted(ev, template, searched, text, at, [], undefined)
              : known(ev, ev.call(template, undefined, [searched, at, text], site()));
          ev.charge(piece.length + 1, site());
          made += text.slice(next, at) + piece;
          next = at + searched.length;
          if (name === 'replace' || at + step > text.length) break;
          at = text.indexOf(searched, at + step);
        }
        return made + text.slice(next);
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
      const text = subject(ev, self, 'split');
      const most = limit === undefined ? 2 ** 32 - 1 : integer(ev, limit, 0) >>> 0;
      const by = separator === undefined ? undefined : known(ev, separator);
      if (by === undefined) return ev.array(most === 0 ? [] : [text]);
      const parts = text.split(by, most);
      ev.charge(parts.length, site());
      return ev.array(parts);
    }),
  );

  for (const name of ['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI'] as const) {
    const host = globalThis[name];
    const convert = method(realm, new JsObject(null, 0), name, (_s, [text]) => {
      const plain = toText(ev, text, site());
      if (plain instanceof Poison) return plain;
      ev.charge(3 * plain.length, site());
      try {
        return host(plain);
      } catch {
        return ev.throwError('URIError', 'URI malformed', site());
      }
    });
    global(realm, name, convert);
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
