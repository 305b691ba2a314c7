/** Which words, at the start of a line in column 0, say that a top-level statement starts there. */

/**
 * 'opens': a declaration that can stand nowhere within an expression. 'function': a named function or class, which
 * can. 'assigns': to an export, which can too, and is no statement's start by itself. 'comment': a comment in column 0. 'blank': an empty line.
 */
export type Strength = 'none' | 'opens' | 'function' | 'assigns' | 'comment' | 'blank';

const FOLLOWED_BY_NAME = new Set(['interface', 'enum', 'namespace', 'abstract', 'declare', 'type']);
const FOLLOWED_BY_PATTERN = new Set(['const', 'let', 'var']);

/** How strong the word from `start` to `end` is; `seen` is one past the last offset looked at. */
export function strengthOfWord(
  text: string,
  start: number,
  end: number,
): { strength: Strength; seen: number } {
  const length = end - start;
  if (length < 3 || length > 9) return { strength: 'none', seen: end + 1 };
  const word = text.slice(start, end);
  let next = end;
  while (text[next] === ' ' || text[next] === '\t') next++;
  const seen = next + 1;
  const code = text.charCodeAt(next);
  const spaced = next > end;
  const name = spaced && isNameStart(code);
  let strength: Strength = 'none';
  if (word === 'function') strength = name || code === 0x2a ? 'function' : 'none';
  else if (word === 'class') strength = name ? 'function' : 'none';
  else if (word === 'async') {
    const found = text.slice(next, next + 9);
    return { strength: /^function[ \t]$/.test(found) ? 'function' : 'none', seen: next + 10 };
  } else if (FOLLOWED_BY_PATTERN.has(word))
    strength = name || code === 0x7b || (code === 0x5b && spaced) ? 'opens' : 'none';
  else if (FOLLOWED_BY_NAME.has(word)) strength = name ? 'opens' : 'none';
  else if (word === 'export') strength = name || code === 0x7b || code === 0x2a ? 'opens' : 'none';
  else if (word === 'import')
    strength = name || code === 0x7b || code === 0x2a || code === 0x22 || code === 0x27 ? 'opens' : 'none';
  else if (word === 'module')
    return { strength: text.startsWith('.exports', end) ? 'assigns' : 'none', seen: end + 9 };
  else if (word === 'exports') strength = code === 0x2e ? 'assigns' : 'none';
  return { strength, seen };
}

/** What a line is whose first character stands at `start`. */
export function strengthOfLine(text: string, start: number): { strength: Strength; seen: number } {
  const code = text.charCodeAt(start);
  if (code === 0x2f) {
    const next = text.charCodeAt(start + 1);
    return { strength: next === 0x2f || next === 0x2a ? 'comment' : 'none', seen: start + 2 };
  }
  if (start >= text.length || code === 0x0a || code === 0x0d) return { strength: 'blank', seen: start + 1 };
  let end = start;
  while (end - start < 10 && text.charCodeAt(end) >= 0x61 && text.charCodeAt(end) <= 0x7a) end++;
  if (end - start < 3 || isNamePart(text.charCodeAt(end))) return { strength: 'none', seen: end + 1 };
  return strengthOfWord(text, start, end);
}

export interface StrongLine {
  /** Where the first such line starts, with the comments above it; -1 where there is none. */
  readonly start: number;
  /** How many there are, counted up to one more than asked for. */
  readonly lines: number;
  /** One past the last offset looked at. */
  readonly seen: number;
}

/**
 * The first line below `from` that opens a statement. `commentsOpen`: a block comment in column 0 does so too, and no
 * lines after the first are counted.
 */
export function firstStrongLine(
  text: string,
  from: number,
  to: number,
  most: number,
  commentsOpen: boolean,
): StrongLine {
  let comment = -1;
  let start = -1;
  let lines = 0;
  let seen = from;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code !== 0x0a && code !== 0x0d) continue;
    if (code === 0x0d && text.charCodeAt(i + 1) === 0x0a) i++;
    const line = strengthOfLine(text, i + 1);
    seen = Math.max(seen, line.seen);
    if (line.strength === 'comment') {
      if (comment < 0) comment = i + 1;
      if (commentsOpen && text.charCodeAt(i + 2) === 0x2a) return { start: comment, lines, seen };
    } else if (line.strength === 'none') comment = -1;
    else if (line.strength !== 'blank') {
      if (start < 0) start = comment >= 0 ? comment : i + 1;
      if (commentsOpen || ++lines > most) break;
    }
  }
  return { start, lines, seen };
}

function isNameStart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x24 ||
    code === 0x5f ||
    code >= 0xc0
  );
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || (code >= 0x30 && code <= 0x39);
}
