/**
 * A copy of an open document's text, kept only to start a new analysis worker with: an array of lines, so that a
 * keystroke costs the length of its line whatever the size of the file.
 */
import type { ContentChange, Position } from './worker/channel.ts';

/** A line with its terminator; the last has none. */
const LINE = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g;

export class Mirror {
  readonly language: string;
  version: number;
  private whole: string | undefined;
  private lines: string[] = [];

  constructor(language: string, version: number, text: string) {
    this.language = language;
    this.version = version;
    this.whole = text;
  }

  get text(): string {
    this.whole ??= this.lines.join('');
    return this.whole;
  }

  change(version: number, changes: readonly ContentChange[]): void {
    this.version = version;
    for (const change of changes) {
      if (change.range === undefined) this.whole = change.text;
      else this.replace(change.range.start, change.range.end, change.text);
    }
  }

  private replace(from: Position, to: Position, text: string): void {
    if (this.whole !== undefined) {
      this.lines = split(this.whole);
      this.whole = undefined;
    }
    const start = this.clamp(from);
    const end = this.clamp(to);
    let first = start.line;
    const last = Math.max(first, end.line);
    const endCharacter = end.line < first ? start.character : end.character;
    const before = (this.lines[first] ?? '').slice(0, start.character);
    const after = (this.lines[last] ?? '').slice(
      last === first ? Math.max(start.character, endCharacter) : endCharacter,
    );
    let segment = before + text + after;
    // A lone \r before it could become half of a \r\n.
    if (segment.startsWith('\n') && this.lines[first - 1]?.endsWith('\r'))
      segment = this.lines[--first] + segment;
    const pieces = split(segment);
    if (pieces.length < 1000) this.lines.splice(first, last - first + 1, ...pieces);
    else this.lines = this.lines.slice(0, first).concat(pieces, this.lines.slice(last + 1));
  }

  /** Positions past a line's or the text's end are taken as that end; the end of the text is a line of its own. */
  private clamp(position: Position): Position {
    if (position.line < 0) return { line: 0, character: 0 };
    const count = this.lines.length;
    const ended = count === 0 || /[\r\n]$/.test(this.lines[count - 1]!);
    const lastLine = ended ? count : count - 1;
    if (position.line > lastLine) return { line: lastLine, character: (this.lines[lastLine] ?? '').length };
    const line = this.lines[position.line] ?? '';
    const length = line.replace(/[\r\n]+$/, '').length;
    return { line: position.line, character: Math.min(Math.max(0, position.character), length) };
  }
}

function split(text: string): string[] {
  return text.match(LINE) ?? [];
}
