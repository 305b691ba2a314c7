/** How deeply the brackets of a text nest, found without parsing it: the parser recurses and must be spared the worst. */

/** What may stand before a `/` that begins a regular expression. */
const BEFORE_REGEXP =
  /(?:^|[([{,;:=!&|?+\-*%^~<>}]|\b(?:return|typeof|case|in|of|do|else|void|delete|throw|new))$/;

/** True where brackets nest more than `limit` deep. */
export function nestsDeeper(text: string, limit: number): boolean {
  // Counting strings and comments like code errs on the high side: most texts need no second look.
  return deepestBracket(text) > limit && deepestInCode(text, limit) > limit;
}

function deepestBracket(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isOpening(code)) {
      if (++depth > deepest) deepest = depth;
    } else if (isClosing(code) && depth > 0) depth--;
  }
  return deepest;
}

function isOpening(code: number): boolean {
  return code === 0x28 || code === 0x5b || code === 0x7b;
}

function isClosing(code: number): boolean {
  return code === 0x29 || code === 0x5d || code === 0x7d;
}

/** The same without what stands in strings, comments, templates' texts and regular expressions. Stops above `limit`. */
function deepestInCode(text: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  /** Depths at which a `}` goes back into a template's text. */
  const templates: number[] = [];
  let i = 0;
  while (i < text.length && deepest <= limit) {
    const code = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (code === 0x2f && next === 0x2f) i = endOf(text, '\n', i);
    else if (code === 0x2f && next === 0x2a) i = endOf(text, '*/', i + 2);
    else if (code === 0x2f && BEFORE_REGEXP.test(text.slice(Math.max(0, i - 12), i).trimEnd())) {
      i = regexpEnd(text, i);
    } else if (code === 0x22 || code === 0x27) i = stringEnd(text, i);
    else if (code === 0x60 || (code === 0x7d && templates.at(-1) === depth)) {
      if (code === 0x7d) {
        templates.pop();
        depth--;
      }
      i = templateEnd(text, i + 1);
      if (text.charCodeAt(i - 1) !== 0x7b) continue;
      deepest = Math.max(deepest, ++depth);
      templates.push(depth);
    } else {
      if (isOpening(code)) deepest = Math.max(deepest, ++depth);
      else if (isClosing(code) && depth > 0) depth--;
      i++;
    }
  }
  return deepest;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

function stringEnd(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === quote || code === 0x0a) return i + 1;
  }
  return text.length;
}

/** Behind the closing quote, or behind the `${`. */
function templateEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x60) return i + 1;
    else if (code === 0x24 && text.charCodeAt(i + 1) === 0x7b) return i + 2;
  }
  return text.length;
}

function regexpEnd(text: string, start: number): number {
  let inClass = false;
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a) return start + 1;
    if (code === 0x5c) i++;
    else if (code === 0x5b) inClass = true;
    else if (code === 0x5d) inClass = false;
    else if (code === 0x2f && !inClass) return i + 1;
  }
  return start + 1;
}
