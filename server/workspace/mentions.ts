/**
 * The names that a text mentions, found without a parser: always a superset of those it refers to. Names are kept as
 * hashes; two that collide only make the superset larger.
 */

/** Any mention but that of a property. */
export const MENTIONED = 0;
/** A mention that may do more than read or call: `f.x = 1`, `g(f)`, `{ f }`, and not `f(1)` or `Math.PI`. */
export const TOUCHED = 1;
/** A mention that may be a declaration. */
export const DECLARED = 2;
export type Manner = typeof MENTIONED | typeof TOUCHED | typeof DECLARED;

/** A name at `lastIndex`. */
const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const DECLARING = /(?:function|\*|class|const|let|var|enum|namespace|module|import|as)\s*$/;
/** A call, or a property that is not written and not gone further into. */
const READ =
  /\s*(?:\(|(?:\?\.|\.)\s*[\p{ID_Continue}$#]+(?![\p{ID_Continue}$#]|\s*(?:=(?![=>])|[-+*/%&|^<>?]{1,3}=(?!=)|\+\+|--|\.|\[)))/uy;
const WRITTEN = /(?:\+\+|--|\bdelete\s)\s*$/;
/** Properties that say that code may run unseen, or that a built-in is changed: kept as names are. */
const TELLING = new Set([
  'prototype',
  '__proto__',
  'getPrototypeOf',
  'setPrototypeOf',
  'iterator',
  'toPrimitive',
  'hasInstance',
]);
const SELDOM = 1 << 28;

/** Codes for `key`, each once. */
export function mentionsOf(text: string): Int32Array {
  const codes = new Set<number>();
  for (let from = 0; ; ) {
    const start = nameFrom(text, from);
    if (start < 0) break;
    const end = NAME.lastIndex;
    from = end;
    let before = start - 1;
    while (before >= 0 && isSpace(text.charCodeAt(before))) before--;
    const previous = text.charCodeAt(before);
    // A property; `...name` is none.
    if (previous === 0x2e && text.charCodeAt(before - 1) !== 0x2e) {
      const name = text.slice(start, end);
      if (TELLING.has(name)) codes.add(hashOf(name));
      continue;
    }
    const hash = hashOf(text, start, end);
    codes.add(hash);
    const head = text.slice(Math.max(0, before - 9), start);
    READ.lastIndex = end;
    const read = READ.test(text) && !WRITTEN.test(head);
    if (!read) codes.add(hash | TOUCHED);
    if (
      DECLARING.test(head) ||
      (!read && (previous === 0x2c || previous === 0x7b || previous === 0x5b || previous === 0x3a))
    )
      codes.add(hash | DECLARED);
  }
  const result = new Int32Array(codes.size);
  let count = 0;
  for (const code of codes) result[count++] = code;
  return result;
}

/** Where the next name begins, its end being `NAME.lastIndex`; -1 where there is none. */
function nameFrom(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80 && !isNameStart(code)) continue;
    NAME.lastIndex = at;
    if (NAME.test(text)) return at;
    // The second half of a pair is no place to begin.
    if (text.codePointAt(at)! > 0xffff) at++;
  }
  return -1;
}

/** Of the characters of ASCII. */
function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x24 || code === 0x5f;
}

export function codeOf(name: string, manner: Manner): number {
  return hashOf(name) | manner;
}

/** FNV-1a, with the two lowest bits free. */
function hashOf(text: string, from = 0, to = text.length): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return ((hash ^ (hash >>> 15)) & (SELDOM - 1)) << 2;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** Which statements mention a name, under edits. */
export class MentionIndex<T> {
  private readonly users = new Map<number, T[]>();

  add(user: T, codes: Int32Array): void {
    for (const code of codes) {
      const list = this.users.get(code);
      if (list) list.push(user);
      else this.users.set(code, [user]);
    }
  }

  remove(user: T, codes: Int32Array): void {
    for (const code of codes) {
      const list = this.users.get(code);
      const at = list?.indexOf(user) ?? -1;
      if (!list || at < 0) continue;
      const last = list.pop()!;
      if (at < list.length) list[at] = last;
      if (list.length === 0) this.users.delete(code);
    }
  }

  get(name: string, manner: Manner): readonly T[] {
    return this.users.get(codeOf(name, manner)) ?? [];
  }
}
