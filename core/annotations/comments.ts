/**
 * What a comment says, without its marks. The marks (`//`, `/**`, `*` at a line's start, `#`, `"""`) become blanks, so
 * that every offset in the result is an offset in the text.
 */

const BLANK = ' ';

/** Blanks out the marks of all comments in `text`, which holds comments and blanks (or a docstring) only. */
export function unmarked(text: string): string {
  const out: string[] = [];
  let at = 0;
  const blank = (end: number): void => {
    out.push(BLANK.repeat(end - at));
    at = end;
  };
  const keep = (end: number): void => {
    out.push(text.slice(at, end));
    at = end;
  };
  while (at < text.length) {
    if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      const end = close < 0 ? text.length : close;
      let opened = at + 2;
      while (opened < end && text[opened] === '*') opened++;
      blank(opened);
      block(end);
      if (close >= 0) blank(close + 2);
    } else if (text.startsWith('//', at)) {
      let opened = at + 2;
      while (text[opened] === '/' || text[opened] === '!') opened++;
      blank(opened);
      keep(lineEnd(text, at));
    } else if (text.startsWith('"""', at) || text.startsWith("'''", at)) {
      const mark = text.slice(at, at + 3);
      const close = text.indexOf(mark, at + 3);
      blank(at + 3);
      keep(close < 0 ? text.length : close);
      if (close >= 0) blank(close + 3);
    } else if (text[at] === '#' && !/[0-9]/.test(text[at + 1] ?? '')) {
      blank(at + 1);
      keep(lineEnd(text, at));
    } else {
      keep(at + 1);
    }
  }
  return out.join('');

  /** Copies the inside of a block comment without the star that opens each of its lines. */
  function block(end: number): void {
    while (at < end) {
      keep(Math.min(end, lineEnd(text, at)));
      while (at < end && isLineBreak(text.charCodeAt(at))) keep(at + 1);
      let star = at;
      while (star < end && (text[star] === ' ' || text[star] === '\t')) star++;
      if (star < end && text[star] === '*' && text[star + 1] !== '*') blank(star + 1);
    }
  }
}

export function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isLineBreak(text.charCodeAt(at))) at++;
  return at;
}
