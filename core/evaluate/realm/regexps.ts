/** RegExp (ECMA-262 §22.2), matched by our own matcher so that no pattern runs for ever. */

import { says, unmarked } from '../activeText.ts';
import { construct, prototypeFor } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import { JsIterator } from '../iterators.ts';
import { isCallable, JsObject, JsRegExp } from '../objects.ts';
import { condition } from '../operators.ts';
import { get, put } from '../properties.ts';
import { type Found, find } from '../regexp/match.ts';
import { type Pattern, patternOf, UnknownSyntax } from '../regexp/pattern.ts';
import { Poison, type Value } from '../values.ts';
import { integer } from './arrays.ts';
import { here } from './here.ts';
import { constructor, getter, method, type Realm } from './realm.ts';
import { substituted } from './substitution.ts';
import { known, losing, marked, unmarkedList } from './texts.ts';

/** Steps of the matcher to one of the budget. */
const STEPS = 16;

const FLAGS = {
  hasIndices: 'd',
  global: 'g',
  ignoreCase: 'i',
  multiline: 'm',
  dotAll: 's',
  unicode: 'u',
  sticky: 'y',
} as const;

export function installRegExps(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const proto = realm.regExpPrototype;
  const regexp = (self: Value): JsRegExp =>
    self instanceof JsRegExp
      ? self
      : self instanceof Poison
        ? ev.refuse(self.problem.id, self.problem.message, self.problem.location)
        : ev.throwError('TypeError', 'this is not a RegExp', site());
  const object = (self: Value): JsObject =>
    self instanceof JsObject ? self : ev.throwError('TypeError', 'this is not an object', site());

  const compiled = (source: Value, flags: string | undefined, prototype: JsObject): JsRegExp => {
    const text =
      source === undefined ? '' : source instanceof JsRegExp ? source.pattern.source : known(ev, source);
    const own = flags ?? (source instanceof JsRegExp ? source.pattern.flags : '');
    ev.charge(text.length, site());
    try {
      return new JsRegExp(prototype, ev.store.epoch, new RegExp(text, own));
    } catch (error) {
      const message = error instanceof Error ? error.message : 'Invalid regular expression';
      return ev.throwError('SyntaxError', message, site());
    }
  };
  const made: JsObject = constructor(
    realm,
    'RegExp',
    proto,
    losing((_s, [source, flags], newTarget) => {
      if (newTarget === undefined && source instanceof JsRegExp && flags === undefined) return source;
      return compiled(
        source,
        flags === undefined ? undefined : known(ev, flags),
        newTarget === undefined ? proto : prototypeFor(ev, newTarget, proto, site()),
      );
    }),
  );
  getter(realm, made, Symbol.species, (self) => self);

  const program = (own: JsRegExp): Pattern => {
    try {
      return patternOf(own.pattern.source, own.pattern.flags);
    } catch (error) {
      if (!(error instanceof UnknownSyntax)) throw error;
      return ev.refuse(
        'GL111',
        `A regular expression with ${error.message} is not supported.`,
        site().location,
      );
    }
  };
  let spent = 0;
  const spend = (steps: number): void => {
    spent += steps;
    ev.step(site(), Math.floor(spent / STEPS));
    spent %= STEPS;
  };
  const lastIndexOf = (own: Value): number => Math.max(0, integer(ev, get(ev, own, 'lastIndex', site()), 0));
  const setLastIndex = (own: JsObject, index: number): void => put(ev, own, 'lastIndex', index, site());

  /** RegExpBuiltinExec. */
  const exec = (own: JsRegExp, text: string): Value => {
    const { global, sticky, hasIndices } = own.pattern;
    const moves = global || sticky;
    const from = moves ? lastIndexOf(own) : 0;
    const said = says(ev, text);
    if (said !== text) ev.domain.doubt(site());
    const found = from > text.length ? undefined : find(program(own), said, from, sticky, spend);
    spend(8);
    if (found === undefined) {
      if (moves) setLastIndex(own, 0);
      return null;
    }
    if (moves) setLastIndex(own, found.end);
    return result(own, text, found, hasIndices);
  };
  const result = (own: JsRegExp, text: string, found: Found, hasIndices: boolean): Value => {
    const groups: (readonly [number, number] | undefined)[] = [...found.groups];
    groups[0] = [found.index, found.end];
    ev.charge(
      groups.reduce((n, g) => n + (g === undefined ? 1 : 1 + g[1] - g[0]), 0),
      site(),
    );
    const pick = (show: (g: readonly [number, number]) => Value) =>
      groups.map((g) => (g === undefined ? undefined : show(g)));
    const { names } = program(own);
    const record = (values: readonly Value[]): Value => {
      if (names.length === 0) return undefined;
      const named = ev.object(null);
      for (const [name, of] of names)
        named.properties.set(name, values[of.find((g) => groups[g] !== undefined) ?? -1]);
      return named;
    };
    const texts = pick(([a, b]) => unmarked(ev, text.slice(a, b), site()));
    const array = ev.array(texts);
    array.properties.set('index', found.index);
    array.properties.set('input', unmarked(ev, text, site()));
    array.properties.set('groups', record(texts));
    if (hasIndices) {
      const places = pick(([a, b]) => ev.array([a, b]));
      const indices = ev.array(places);
      indices.properties.set('groups', record(places));
      array.properties.set('indices', indices);
    }
    return array;
  };
  const builtInExec = method(
    realm,
    proto,
    'exec',
    losing((self, [text]) => exec(regexp(self), marked(ev, text))),
  );
  /** RegExpExec: the program's own `exec` where there is one. */
  const run = (own: JsObject, text: string): Value => {
    const method = get(ev, own, 'exec', site());
    if (method === builtInExec || !isCallable(method)) return exec(regexp(own), text);
    const found = ev.call(method, own, [unmarked(ev, text, site())], site());
    return found === null || found instanceof JsObject
      ? found
      : ev.throwError('TypeError', 'exec gave neither an object nor null', site());
  };
  const flagsOf = (own: JsObject): string => known(ev, get(ev, own, 'flags', site()));
  const advanced = (text: string, index: number, unicode: boolean): number =>
    index + (unicode && (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
  const stepOver = (own: JsObject, text: string, unicode: boolean): void =>
    setLastIndex(own, advanced(text, lastIndexOf(own), unicode));

  method(
    realm,
    proto,
    'test',
    losing((self, [text]) => run(object(self), marked(ev, text)) !== null),
  );
  method(
    realm,
    proto,
    'toString',
    losing(
      (self) => `/${known(ev, get(ev, self, 'source', site()))}/${known(ev, get(ev, self, 'flags', site()))}`,
    ),
  );
  const isPrototype = (self: Value) => self === proto;
  for (const [name, flag] of Object.entries(FLAGS)) {
    getter(realm, proto, name, (self) =>
      isPrototype(self) ? undefined : regexp(self).pattern.flags.includes(flag),
    );
  }
  getter(realm, proto, 'source', (self) => (isPrototype(self) ? '(?:)' : regexp(self).pattern.source));
  getter(realm, proto, 'flags', (self) => {
    let flags = '';
    for (const [name, flag] of Object.entries(FLAGS))
      if (condition(ev, get(ev, object(self), name, site()), site()) === true) flags += flag;
    return flags;
  });

  method(
    realm,
    proto,
    Symbol.match,
    losing((self, [value]) => {
      const own = object(self);
      const text = marked(ev, value);
      const flags = flagsOf(own);
      if (!flags.includes('g')) return run(own, text);
      setLastIndex(own, 0);
      const all: Value[] = [];
      for (let found = run(own, text); found !== null; found = run(own, text)) {
        const piece = marked(ev, get(ev, found, 0, site()));
        all.push(piece);
        if (piece === '') stepOver(own, text, flags.includes('u'));
      }
      return all.length === 0 ? null : unmarkedList(ev, all);
    }),
  );
  method(
    realm,
    proto,
    Symbol.search,
    losing((self, [value]) => {
      const own = object(self);
      const text = marked(ev, value);
      const before = get(ev, own, 'lastIndex', site());
      if (!Object.is(before, 0)) setLastIndex(own, 0);
      const found = run(own, text);
      if (!Object.is(get(ev, own, 'lastIndex', site()), before)) put(ev, own, 'lastIndex', before, site());
      return found === null ? -1 : get(ev, found, 'index', site());
    }),
  );
  /** A new one with the same pattern, of the same class. */
  const again = (own: JsObject, flags: string): JsObject => {
    const kind = get(ev, own, 'constructor', site());
    if (kind === made || kind === undefined) return compiled(own, flags, proto);
    return object(construct(ev, kind, [own, flags], site()));
  };
  method(
    realm,
    proto,
    Symbol.matchAll,
    losing((self, [value]) => {
      const own = object(self);
      const text = marked(ev, value);
      const flags = flagsOf(own);
      const matcher = again(own, flags);
      setLastIndex(matcher, lastIndexOf(own));
      let over = false;
      return new JsIterator(ev, 'RegExp String', text, 'values', () => {
        if (over) return null;
        const found = run(matcher, text);
        over = found === null || !flags.includes('g');
        if (!over && marked(ev, get(ev, found, 0, site())) === '')
          stepOver(matcher, text, flags.includes('u'));
        return found;
      });
    }),
  );
  method(
    realm,
    proto,
    Symbol.replace,
    losing((self, [value, replacement]) => {
      const own = object(self);
      const text = marked(ev, value);
      const template = isCallable(replacement) ? replacement : marked(ev, replacement);
      const flags = flagsOf(own);
      const all: JsObject[] = [];
      if (flags.includes('g')) setLastIndex(own, 0);
      for (;;) {
        const found = run(own, text);
        if (found === null) break;
        all.push(found as JsObject);
        if (!flags.includes('g')) break;
        if (marked(ev, get(ev, found, 0, site())) === '') stepOver(own, text, flags.includes('u'));
      }
      let made = '';
      let next = 0;
      for (const found of all) {
        const count = Math.max(1, integer(ev, get(ev, found, 'length', site()), 0));
        const matched = marked(ev, get(ev, found, 0, site()));
        const at = Math.max(0, Math.min(integer(ev, get(ev, found, 'index', site()), 0), text.length));
        const captures: (string | undefined)[] = [];
        for (let i = 1; i < count; i++) {
          const capture = get(ev, found, i, site());
          captures.push(capture === undefined ? undefined : marked(ev, capture));
        }
        const groups = get(ev, found, 'groups', site());
        let piece: string;
        if (typeof template === 'string')
          piece = substituted(ev, template, matched, text, at, captures, groups);
        else {
          const args = [matched, ...captures, at, text].map((arg) => unmarked(ev, arg, site()));
          if (groups !== undefined) args.push(groups);
          piece = marked(ev, ev.call(template, undefined, args, site()));
        }
        if (at < next) continue;
        ev.charge(piece.length + at - next, site());
        made += text.slice(next, at) + piece;
        next = at + matched.length;
      }
      return unmarked(ev, made + text.slice(next), site());
    }),
  );
  method(
    realm,
    proto,
    Symbol.split,
    losing((self, [value, limit]) => {
      const own = object(self);
      const text = marked(ev, value);
      const flags = flagsOf(own);
      const unicode = flags.includes('u');
      const splitter = again(own, flags.includes('y') ? flags : `${flags}y`);
      const most = limit === undefined ? 2 ** 32 - 1 : integer(ev, limit, 0) >>> 0;
      const parts: Value[] = [];
      if (most === 0) return ev.array(parts);
      if (text === '') return ev.array(run(splitter, text) === null ? [''] : []);
      let start = 0;
      for (let q = 0; q < text.length; ) {
        setLastIndex(splitter, q);
        const found = run(splitter, text);
        const end = found === null ? -1 : Math.min(lastIndexOf(splitter), text.length);
        if (found === null || end === start) {
          q = advanced(text, q, unicode);
          continue;
        }
        parts.push(text.slice(start, q));
        if (parts.length === most) return unmarkedList(ev, parts);
        start = end;
        const count = integer(ev, get(ev, found, 'length', site()), 0);
        for (let i = 1; i < count; i++) {
          parts.push(get(ev, found, i, site()));
          if (parts.length === most) return unmarkedList(ev, parts);
        }
        q = start;
      }
      parts.push(text.slice(start));
      return unmarkedList(ev, parts);
    }),
  );
}

/** Whether a value is a regular expression for methods that take none. */
export function isRegExp(ev: Evaluator, value: Value): boolean {
  if (!(value instanceof JsObject)) return false;
  const said = get(ev, value, Symbol.match, here(ev));
  return said === undefined ? value instanceof JsRegExp : condition(ev, said, here(ev)) === true;
}
