/** `gradlens-ignore GL104: reason` in a comment silences diagnostics on the next line. */
export interface Ignore {
  /** `GL104`; several may stand in one comment. */
  readonly ids: readonly string[];
  readonly reason: string;
  /** Offsets of the comment's words. */
  readonly start: number;
  readonly end: number;
  /** The line it stands on, 0-based within the text; it silences what starts on the next. */
  readonly line: number;
}

const IGNORE =
  /(?:\/\/|\/\*|\*|#)[ \t]*gradlens-ignore[ \t]+(GL\d{3}(?:[ \t]*,[ \t]*GL\d{3})*)\b[ \t]*:?[ \t]*([^\r\n]*)/g;

/** The silencing comments of a text (of a file or a statement), in order. */
export function parseIgnores(text: string): Ignore[] {
  const ignores: Ignore[] = [];
  if (!text.includes('gradlens-ignore')) return ignores;
  let line = 0;
  let counted = 0;
  for (const match of text.matchAll(IGNORE)) {
    for (; counted < match.index; counted++) {
      if (text[counted] !== '\n' && text[counted] !== '\r') continue;
      if (text[counted] === '\r' && text[counted + 1] === '\n') counted++;
      line++;
    }
    ignores.push({
      ids: match[1]!.split(',').map((id) => id.trim()),
      reason: match[2]!.replace(/\*\/\s*$/, '').trim(),
      start: match.index,
      end: match.index + match[0].length,
      line,
    });
  }
  return ignores;
}
