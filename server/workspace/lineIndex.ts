/**
 * Offsets and positions of a text under edits. Lines end with \n, \r\n or \r (as in the language server protocol);
 * columns count UTF-16 units. Line starts stand in a gap buffer, those below the last edit as distances from the
 * text's end, so that an edit moves no line but those it changes.
 */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export class LineIndex {
  private length: number;
  private starts: Int32Array;
  private gapStart: number;
  private gapEnd: number;

  constructor(text: string) {
    this.length = text.length;
    const starts = [0, ...lineStarts(text, 0)];
    this.starts = new Int32Array(starts.length + 64);
    this.starts.set(starts);
    this.gapStart = starts.length;
    this.gapEnd = this.starts.length;
  }

  get lineCount(): number {
    return this.starts.length - (this.gapEnd - this.gapStart);
  }

  /** The offset of a line's first unit; the text's length past the last line. */
  lineStart(line: number): number {
    if (line >= this.lineCount) return this.length;
    if (line < this.gapStart) return this.starts[line]!;
    return this.starts[line + this.gapEnd - this.gapStart]! + this.length;
  }

  /** The line that holds an offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.lineCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStart(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.length));
    const line = this.lineAt(at);
    return { line, character: at - this.lineStart(line) };
  }

  /** Positions past a line's end are taken as that end; `textOf` gives the text between two offsets. */
  offsetAt(position: Position, textOf: (start: number, end: number) => string): number {
    if (position.line < 0) return 0;
    if (position.line >= this.lineCount) return this.length;
    const start = this.lineStart(position.line);
    const next = this.lineStart(position.line + 1);
    if (start + position.character < next - 2) return start + Math.max(0, position.character);
    let end = next;
    if (position.line + 1 < this.lineCount) {
      const ending = textOf(Math.max(start, next - 2), next);
      end -= ending === '\r\n' ? 2 : 1;
    }
    return Math.max(start, Math.min(start + position.character, end));
  }

  /**
   * The text between `start` and `end` becomes `inserted`. `before` (at most one unit) and `after` (at most two) are
   * what stands around it, '' at the text's ends: \r and \n may have come together or been parted there.
   */
  replace(start: number, end: number, inserted: string, before: string, after: string): void {
    // The lines that start in (from, to] are found anew.
    const from = start - before.length;
    const to = end + Math.min(1, after.length);
    const first = this.lineAt(from) + 1;
    const last = this.lineAt(to) + 1;
    this.moveGap(first);
    this.gapEnd += last - first;
    const delta = inserted.length - (end - start);
    this.length += delta;
    this.insert(lineStarts(before + inserted + after, from).filter((at) => at <= to + delta));
  }

  private moveGap(line: number): void {
    const size = this.gapEnd - this.gapStart;
    while (this.gapStart > line) {
      this.gapStart--;
      this.gapEnd--;
      this.starts[this.gapEnd] = this.starts[this.gapStart]! - this.length;
    }
    while (this.gapStart < line) {
      this.starts[this.gapStart] = this.starts[this.gapStart + size]! + this.length;
      this.gapStart++;
      this.gapEnd++;
    }
  }

  private insert(starts: readonly number[]): void {
    if (this.gapEnd - this.gapStart < starts.length) {
      const below = this.starts.length - this.gapEnd;
      const grown = new Int32Array(this.lineCount + starts.length + Math.max(64, this.lineCount >> 3));
      grown.set(this.starts.subarray(0, this.gapStart));
      grown.set(this.starts.subarray(this.gapEnd), grown.length - below);
      this.gapEnd = grown.length - below;
      this.starts = grown;
    }
    for (const start of starts) this.starts[this.gapStart++] = start;
  }
}

/** The offsets, plus `base`, just after each line break. */
function lineStarts(text: string, base: number): number[] {
  const starts: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(i + 1) !== 0x0a)) starts.push(base + i + 1);
  }
  return starts;
}
