import type { Evaluator } from '../evaluator.ts';
import { JsFunction, JsObject, JsRegExp } from '../objects.ts';
import { toNumber, toText } from '../operators.ts';
import { Leaf, Poison, type Primitive, type Site, type Value } from '../values.ts';
import { here } from './here.ts';
import { constructor, getter, method, type Realm } from './realm.ts';

/** Methods whose result is the host's, for known text and known arguments. */
const PLAIN = [
  'at',
  'charAt',
  'charCodeAt',
  'codePointAt',
  'concat',
  'endsWith',
  'includes',
  'indexOf',
  'lastIndexOf',
  'normalize',
  'padEnd',
  'padStart',
  'repeat',
  'replace',
  'replaceAll',
  'slice',
  'split',
  'startsWith',
  'substr',
  'substring',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'trimEnd',
  'trimStart',
] as const;

export function installStrings(ev: Evaluator, realm: Realm): void {
  const string = constructor(realm, 'String', realm.stringPrototype, (_s, args, newTarget) => {
    if (newTarget !== undefined)
      return ev.poison('GL111', 'new String() is not supported: use the text itself.', here(ev).location);
    if (typeof args[0] === 'symbol') return String(args[0]);
    return args.length === 0 ? '' : toText(ev, args[0], here(ev));
  });
  for (const name of ['fromCharCode', 'fromCodePoint'] as const) {
    method(realm, string, name, (_s, args) => {
      const codes: number[] = [];
      for (const arg of args) {
        const x = toNumber(ev, arg, here(ev));
        if (x instanceof Poison) return x;
        if (x instanceof Leaf) return lost();
        codes.push(x);
      }
      return String[name](...codes);
    });
  }
  const lost = () =>
    ev.poison('GL102', 'Here the number becomes text, and its derivative is lost.', here(ev).location);
  /** A result of the host's: arrays become the evaluator's. */
  const adopt = (value: unknown): Value =>
    Array.isArray(value) ? ev.array(value.map(adopt)) : (value as Primitive);

  for (const name of PLAIN) {
    method(realm, realm.stringPrototype, name, (self, args) => {
      const text = toText(ev, self, here(ev));
      if (text instanceof Poison) return text;
      ev.charge(text.length, here(ev));
      const plain: Primitive[] = [];
      for (const arg of args) {
        if (arg instanceof Poison) return arg;
        if (arg instanceof Leaf) return lost();
        if (arg instanceof JsFunction || arg instanceof JsRegExp) {
          return regExpCall(name, text, arg, args, here(ev));
        }
        if (arg instanceof JsObject) {
          const converted = toText(ev, arg, here(ev));
          if (converted instanceof Poison) return converted;
          plain.push(converted);
        } else plain.push(arg);
      }
      if (name === 'repeat' || name === 'padStart' || name === 'padEnd')
        ev.charge(Number(plain[0] as never) * Math.max(1, text.length), here(ev));
      try {
        const host = String.prototype[name] as (...a: unknown[]) => unknown;
        return adopt(host.apply(text, plain));
      } catch (error) {
        return ev.throwError('RangeError', error instanceof Error ? error.message : String(error), here(ev));
      }
    });
  }
  /** Regular expressions run in the host under the worker's deadline. */
  function regExpCall(name: string, text: string, arg: Value, args: Value[], site: Site): Value {
    const second = args[1];
    if (arg instanceof JsRegExp && !(second instanceof JsFunction)) {
      if (second instanceof Leaf) return lost();
      if (second instanceof Poison) return second;
      const host = String.prototype[name as 'replace'] as (...a: unknown[]) => unknown;
      return adopt(host.call(text, arg.pattern, ...args.slice(1)));
    }
    if ((name === 'replace' || name === 'replaceAll') && second instanceof JsFunction) {
      const pattern = arg instanceof JsRegExp ? arg.pattern : toText(ev, arg, site);
      if (pattern instanceof Poison) return pattern;
      return text.replace(pattern as string, (...groups: unknown[]) => {
        const piece = toText(ev, ev.call(second, undefined, groups.map(adopt), site), site);
        return piece instanceof Poison
          ? ev.refuse(piece.problem.id, piece.problem.message, piece.problem.location)
          : piece;
      });
    }
    return ev.refuse('GL111', `This use of .${name}() is not supported.`, site.location);
  }
  for (const name of ['match', 'search', 'matchAll'] as const) {
    method(realm, realm.stringPrototype, name, (self, [pattern]) => {
      const text = toText(ev, self, here(ev));
      if (text instanceof Poison) return text;
      const regexp = pattern instanceof JsRegExp ? pattern.pattern : new RegExp(String(pattern as never));
      if (name === 'search') return text.search(regexp);
      if (name === 'match') return found(text.match(regexp));
      return ev.array([...text.matchAll(regexp)].map(found));
    });
  }
  const found = (match: RegExpMatchArray | null): Value => {
    if (match === null) return null;
    const array = ev.array([...match]);
    if (match.index !== undefined) array.properties.set('index', match.index);
    if (match.groups !== undefined) {
      const groups = ev.object(null);
      for (const [k, v] of Object.entries(match.groups)) groups.properties.set(k, v);
      array.properties.set('groups', groups);
    }
    return array;
  };
  method(realm, realm.stringPrototype, 'valueOf', (self) => self);
  method(realm, realm.stringPrototype, 'toString', (self) => self);
  method(realm, realm.stringPrototype, 'localeCompare', () =>
    ev.poison('GL114', 'localeCompare depends on the machine.', here(ev).location),
  );
  method(realm, realm.stringPrototype, Symbol.iterator, (self) => {
    const text = toText(ev, self, here(ev));
    return text instanceof Poison
      ? text
      : ev.call(realm.iterators.get('Array'), ev.array([...text]), [], here(ev));
  });

  constructor(realm, 'RegExp', realm.regExpPrototype, (_s, [source, flags]) => {
    const pattern = source instanceof JsRegExp ? source.pattern.source : toText(ev, source, here(ev));
    if (pattern instanceof Poison) return pattern;
    try {
      return new JsRegExp(
        realm.regExpPrototype,
        ev.store.epoch,
        new RegExp(pattern, typeof flags === 'string' ? flags : undefined),
      );
    } catch {
      return ev.throwError('SyntaxError', 'Invalid regular expression', here(ev));
    }
  });
  const regexp = (self: Value): JsRegExp =>
    self instanceof JsRegExp ? self : ev.throwError('TypeError', 'this is not a RegExp', here(ev));
  for (const name of ['test', 'exec'] as const) {
    method(realm, realm.regExpPrototype, name, (self, [subject]) => {
      const text = toText(ev, subject, here(ev));
      if (text instanceof Poison) return text;
      const { pattern } = regexp(self);
      return name === 'test' ? pattern.test(text) : found(pattern.exec(text));
    });
  }
  for (const name of ['source', 'flags', 'global', 'lastIndex'] as const) {
    getter(realm, realm.regExpPrototype, name, (self) => regexp(self).pattern[name]);
  }

  const symbol = constructor(realm, 'Symbol', realm.symbolPrototype, (_s, [text]) =>
    Symbol(text === undefined ? undefined : String(text as never)),
  );
  for (const name of [
    'iterator',
    'hasInstance',
    'toPrimitive',
    'toStringTag',
    'asyncIterator',
    'species',
  ] as const) {
    symbol.properties.set(name, Symbol[name]);
  }
  method(realm, symbol, 'for', (_s, [key]) => Symbol.for(String(key as never)));
}
