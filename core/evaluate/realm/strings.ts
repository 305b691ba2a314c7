import type { Evaluator } from '../evaluator.ts';
import { JsFunction, JsObject, JsRegExp } from '../objects.ts';
import { toNumber, toText } from '../operators.ts';
import { get, put } from '../properties.ts';
import { Leaf, Poison, type Primitive, type Site, type Value } from '../values.ts';
import { integer } from './arrays.ts';
import { here } from './here.ts';
import { constructor, getter, global, method, type Realm } from './realm.ts';

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

/** Methods that take numbers: where to look, how many. */
const POSITIONS: ReadonlySet<string> = new Set([
  'at',
  'charAt',
  'charCodeAt',
  'codePointAt',
  'padEnd',
  'padStart',
  'repeat',
  'slice',
  'substr',
  'substring',
]);

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
        if (arg instanceof Leaf) {
          // A position or a count steers; anything else would become text.
          if (!POSITIONS.has(name) || (name.startsWith('pad') && plain.length > 0)) return lost();
          plain.push(ev.domain.known(arg, here(ev)));
          continue;
        }
        if (arg instanceof JsFunction || arg instanceof JsRegExp) {
          return regExpCall(name, text, arg, args, here(ev));
        }
        if (arg instanceof JsObject) {
          const converted = toText(ev, arg, here(ev));
          if (converted instanceof Poison) return converted;
          plain.push(converted);
        } else plain.push(arg);
      }
      if (name === 'repeat' || name === 'padStart' || name === 'padEnd') {
        const count = Math.trunc(Number(plain[0] as never)) || 0;
        const size = name === 'repeat' ? count * text.length : count;
        if (count >= 0 && count < Infinity) ev.charge(size, here(ev));
      }
      try {
        const host = String.prototype[name] as (...a: unknown[]) => unknown;
        return adopt(host.apply(text, plain));
      } catch (error) {
        return ev.throwError('RangeError', error instanceof Error ? error.message : String(error), here(ev));
      }
    });
  }
  /** Runs with the regular expression's own lastIndex, and keeps what it becomes. */
  function using<T>(regexp: JsRegExp, run: () => T): T {
    const before = integer(ev, get(ev, regexp, 'lastIndex', here(ev)), 0);
    regexp.pattern.lastIndex = before;
    const result = run();
    const after = regexp.pattern.lastIndex;
    if (after !== before) put(ev, regexp, 'lastIndex', after, here(ev));
    return result;
  }
  const record = (groups: object): Value => {
    const made = ev.object(null);
    for (const [k, v] of Object.entries(groups)) made.properties.set(k, v as Primitive);
    return made;
  };
  /** Regular expressions run in the host under the worker's deadline. */
  function regExpCall(name: string, text: string, arg: Value, args: Value[], site: Site): Value {
    const second = args[1];
    if (arg instanceof JsRegExp && !(second instanceof JsFunction)) {
      if (second instanceof Leaf) return lost();
      if (second instanceof Poison) return second;
      const host = String.prototype[name as 'replace'] as (...a: unknown[]) => unknown;
      const rest: Primitive[] = [];
      for (const other of args.slice(1)) {
        const plain = other instanceof JsObject ? toText(ev, other, site) : other;
        if (plain instanceof Poison) return plain;
        rest.push(plain as Primitive);
      }
      return using(arg, () => adopt(host.call(text, arg.pattern, ...rest)));
    }
    if ((name === 'replace' || name === 'replaceAll') && second instanceof JsFunction) {
      const pattern = arg instanceof JsRegExp ? arg.pattern : toText(ev, arg, site);
      if (pattern instanceof Poison) return pattern;
      const host = String.prototype[name] as (a: unknown, b: unknown) => string;
      const piece = (...groups: unknown[]): string => {
        const adopted = groups.map((g) => (typeof g === 'object' && g !== null ? record(g) : adopt(g)));
        const made = toText(ev, ev.call(second, undefined, adopted, site), site);
        return made instanceof Poison
          ? ev.refuse(made.problem.id, made.problem.message, made.problem.location)
          : made;
      };
      return arg instanceof JsRegExp
        ? using(arg, () => host.call(text, pattern, piece))
        : host.call(text, pattern, piece);
    }
    return ev.refuse('GL111', `This use of .${name}() is not supported.`, site.location);
  }
  for (const name of ['match', 'search', 'matchAll'] as const) {
    method(realm, realm.stringPrototype, name, (self, [pattern]) => {
      const text = toText(ev, self, here(ev));
      if (text instanceof Poison) return text;
      const made = pattern instanceof JsRegExp ? pattern : compiled(pattern, name === 'matchAll' ? 'g' : '');
      if (made instanceof Poison) return made;
      const regexp = made.pattern;
      if (name === 'search') return text.search(regexp);
      if (name === 'match') return using(made, () => found(text.match(regexp)));
      if (!regexp.global)
        return ev.throwError(
          'TypeError',
          'String.prototype.matchAll called with a non-global RegExp',
          here(ev),
        );
      regexp.lastIndex = integer(ev, get(ev, made, 'lastIndex', here(ev)), 0);
      const all = ev.array([...text.matchAll(regexp)].map(found));
      return ev.call(realm.iterators.get('Array'), all, [], here(ev));
    });
  }
  const found = (match: RegExpMatchArray | null): Value => {
    if (match === null) return null;
    const array = ev.array([...match]);
    if (match.index !== undefined) array.properties.set('index', match.index);
    if (match.input !== undefined) array.properties.set('input', match.input);
    if (match.index !== undefined)
      array.properties.set('groups', match.groups === undefined ? undefined : record(match.groups));
    return array;
  };
  for (const name of ['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI'] as const) {
    const host = globalThis[name];
    const convert = method(realm, new JsObject(null, 0), name, (_s, [text]) => {
      const plain = toText(ev, text, here(ev));
      if (plain instanceof Poison) return plain;
      try {
        return host(plain);
      } catch {
        return ev.throwError('URIError', 'URI malformed', here(ev));
      }
    });
    global(realm, name, convert);
  }
  method(realm, realm.stringPrototype, 'valueOf', (self) => self);
  method(realm, realm.stringPrototype, 'toString', (self) => self);
  for (const name of ['localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase']) {
    method(realm, realm.stringPrototype, name, () =>
      ev.poison('GL114', `${name}() depends on the machine.`, here(ev).location),
    );
  }
  method(realm, realm.stringPrototype, Symbol.iterator, (self) => {
    const text = toText(ev, self, here(ev));
    return text instanceof Poison
      ? text
      : ev.call(realm.iterators.get('Array'), ev.array([...text]), [], here(ev));
  });

  const compiled = (source: Value, flags: string | undefined): JsRegExp | Poison => {
    const pattern =
      source === undefined
        ? ''
        : source instanceof JsRegExp
          ? source.pattern.source
          : toText(ev, source, here(ev));
    if (pattern instanceof Poison) return pattern;
    const own = flags ?? (source instanceof JsRegExp ? source.pattern.flags : undefined);
    try {
      return new JsRegExp(realm.regExpPrototype, ev.store.epoch, new RegExp(pattern, own));
    } catch {
      return ev.throwError('SyntaxError', 'Invalid regular expression', here(ev));
    }
  };
  constructor(realm, 'RegExp', realm.regExpPrototype, (_s, [source, flags]) => {
    const text = flags === undefined ? undefined : toText(ev, flags, here(ev));
    return text instanceof Poison ? text : compiled(source, text);
  });
  const regexp = (self: Value): JsRegExp =>
    self instanceof JsRegExp ? self : ev.throwError('TypeError', 'this is not a RegExp', here(ev));
  for (const name of ['test', 'exec'] as const) {
    method(realm, realm.regExpPrototype, name, (self, [subject]) => {
      const text = toText(ev, subject, here(ev));
      if (text instanceof Poison) return text;
      const own = regexp(self);
      const { pattern } = own;
      return using(own, () => (name === 'test' ? pattern.test(text) : found(pattern.exec(text))));
    });
  }
  for (const name of [
    'source',
    'flags',
    'global',
    'ignoreCase',
    'multiline',
    'sticky',
    'unicode',
    'dotAll',
  ] as const) {
    getter(realm, realm.regExpPrototype, name, (self) => regexp(self).pattern[name]);
  }
  method(realm, realm.regExpPrototype, 'toString', (self) => String(regexp(self).pattern));

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
  const symbolOf = (self: Value): symbol =>
    typeof self === 'symbol' ? self : ev.throwError('TypeError', 'this is not a symbol', here(ev));
  method(realm, realm.symbolPrototype, 'toString', (self) => String(symbolOf(self)));
  method(realm, realm.symbolPrototype, 'valueOf', symbolOf);
  getter(realm, realm.symbolPrototype, 'description', (self) => symbolOf(self).description);
  method(realm, symbol, 'for', (_s, [key]) => Symbol.for(String(key as never)));
}
