/** Blanks and comments between tokens, scanned without the parser. Offsets are UTF-16. */
import type { Span } from '../../../core/source/span.ts';

const LINE_BREAK = /[\n\r\u2028\u2029]/;

function isBlank(code: number): boolean {
  return (
    (code >= 9 && code <= 13) ||
    code === 0x20 ||
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

const CONFLICT_MARK = /^(?:<{7}|={7}|>{7}|\|{7})/;

/** Calls `comment` for each comment from `position` to the next token, whose offset it returns. */
export function scanTrivia(text: string, position: number, comment?: (span: Span) => void): number {
  let at = position;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) {
      at++;
    } else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2f) {
      const start = at;
      at = lineEnd(text, at);
      comment?.({ start, end: at });
    } else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2a) {
      const close = text.indexOf('*/', at + 2);
      const end = close < 0 ? text.length : close + 2;
      comment?.({ start: at, end });
      at = end;
    } else if (code === 0x23 && at === 0 && text.charCodeAt(1) === 0x21) {
      at = lineEnd(text, at);
    } else if (
      (code === 0x3c || code === 0x3d || code === 0x3e || code === 0x7c) &&
      (at === 0 || LINE_BREAK.test(text[at - 1]!)) &&
      CONFLICT_MARK.test(text.slice(at, at + 7))
    ) {
      at = lineEnd(text, at);
    } else {
      return at;
    }
  }
}

export function skipTrivia(text: string, position: number): number {
  return scanTrivia(text, position);
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !LINE_BREAK.test(text[at]!)) at++;
  return at;
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|[\n\r\u2028\u2029]/g)?.length ?? 0;
}

/**
 * The comments attached to the token after `position`: the last run of comments that no blank line separates from
 * it or from one another. `inline` takes those on the line of the token before as well.
 */
export function attachedComments(text: string, position: number, inline: boolean): Span | undefined {
  const comments: Span[] = [];
  const token = scanTrivia(text, position, (comment) => comments.push(comment));
  // A comment on the line of the token before belongs to that, unless the next token stands on that line too.
  const all = inline || position === 0 || lineBreaks(text.slice(position, token)) === 0;
  const first = all ? 0 : comments.findIndex((c) => lineBreaks(text.slice(position, c.start)) > 0);
  let start = token;
  let end: number | undefined;
  for (let i = comments.length - 1; first >= 0 && i >= first; i--) {
    const comment = comments[i]!;
    if (lineBreaks(text.slice(comment.end, start)) > 1) break;
    start = comment.start;
    end ??= comment.end;
  }
  return end === undefined ? undefined : { start, end };
}
