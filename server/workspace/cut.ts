/**
 * A text kept as the sequence of its top-level pieces. An edit re-scans from the first piece whose end it can have
 * changed to the first old boundary met again, and touches nothing else: pieces below know their distance from the
 * text's end.
 *
 * Invariant: after any edits the boundaries are those of a fresh cut of the same text.
 */
import type { Scanned, StatementScanner } from './scanner.ts';

export class Piece {
  /** Unique within the cut; kept while the statement's text (without the blanks after it) is. */
  key: number;
  /** With the blanks after it: the texts of all pieces, joined, are the whole text. */
  readonly text: string;
  /** One past the last offset, relative to its start, that its end depends on. */
  readonly reach: number;
  /** It does not close. */
  readonly broken: boolean;
  /** Offset from the text's start, or, below the last edit, from its end (negative). */
  position = 0;

  constructor(key: number, text: string, reach: number, broken: boolean) {
    this.key = key;
    this.text = text;
    this.reach = reach;
    this.broken = broken;
  }

  /** Its text without the blanks after it. */
  get statement(): string {
    return this.text.trimEnd();
  }
}

/** What an edit did to the pieces. */
export interface CutChange {
  readonly removed: readonly Piece[];
  readonly added: readonly Piece[];
}

/** A piece that looks further than this past its end is kept in `far`. */
const NEAR = 256;
/** How much text past the edit is handed to the scanner at first. */
const WINDOW = 512;

export class Cut {
  length: number;
  private readonly scan: StatementScanner;
  private nextKey = 1;
  /** Pieces above the last edit, in order. */
  private readonly left: Piece[] = [];
  /** Pieces below the last edit, in reverse order. */
  private readonly right: Piece[] = [];
  private readonly far = new Set<Piece>();

  constructor(text: string, scan: StatementScanner) {
    this.scan = scan;
    this.length = text.length;
    for (let at = 0; at < text.length; ) {
      const scanned = scan(text, at, true)!;
      this.append(this.piece(text.slice(at, scanned.end), scanned.reach - at, scanned.broken), at);
      at = scanned.end;
    }
  }

  get count(): number {
    return this.left.length + this.right.length;
  }

  /** The i-th piece in source order. */
  at(i: number): Piece | undefined {
    const { left, right } = this;
    return i < left.length ? left[i] : right[right.length - 1 - (i - left.length)];
  }

  *[Symbol.iterator](): IterableIterator<Piece> {
    for (let i = 0; i < this.count; i++) yield this.at(i)!;
  }

  startOf(piece: Piece): number {
    return piece.position < 0 ? piece.position + this.length : piece.position;
  }

  /** The index of the piece that holds an offset (the last one for the text's end); -1 in an empty text. */
  indexAt(offset: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(this.at(middle)!) <= offset) low = middle;
      else high = middle - 1;
    }
    return high;
  }

  /** The text between two offsets. */
  slice(start: number, end: number): string {
    let out = '';
    for (let i = Math.max(0, this.indexAt(start)); i < this.count; i++) {
      const piece = this.at(i)!;
      const at = this.startOf(piece);
      if (at >= end) break;
      out += piece.text.slice(Math.max(0, start - at), end - at);
    }
    return out;
  }

  text(): string {
    const parts: string[] = [];
    for (const piece of this) parts.push(piece.text);
    return parts.join('');
  }

  /** Replaces the text between two offsets. */
  replace(start: number, end: number, inserted: string): CutChange {
    const old = this.takeAffected(start, end);
    const base = old.length > 0 ? old[0]!.position : this.leftEnd();
    const before = old.map((piece) => piece.text).join('');
    let window = before.slice(0, start - base) + inserted + before.slice(end - base);
    const delta = inserted.length - (end - start);
    this.length += delta;
    const settled = start + inserted.length;

    const added: Piece[] = [];
    const removed: Piece[] = [];
    /** How many pieces of `right` the window holds. */
    let taken = 0;
    let next = 0;
    let at = base;
    for (;;) {
      while (next < old.length && old[next]!.position < at) removed.push(old[next++]!);
      // An old boundary below the edit: from here on nothing changes.
      if (at >= settled) {
        for (let below = this.right.at(-1); below && this.startOf(below) < at; below = this.right.at(-1)) {
          removed.push(this.drop());
          taken--;
        }
        const below = this.right.at(-1);
        if (below ? this.startOf(below) === at : at >= this.length) break;
      }
      const same = old[next];
      if (same && same.position === at && at + same.reach <= start) {
        this.append(same, at);
        at += same.text.length;
        next++;
        continue;
      }
      let scanned: Scanned | undefined;
      for (let ahead = WINDOW; scanned === undefined; ahead *= 2) {
        while (base + window.length < Math.max(at, settled) + ahead && taken < this.right.length)
          window += this.below(taken++).text;
        scanned = this.scan(window, at - base, base + window.length >= this.length);
      }
      const piece = this.piece(
        window.slice(at - base, scanned.end),
        scanned.reach - (at - base),
        scanned.broken,
      );
      this.append(piece, at);
      added.push(piece);
      at += piece.text.length;
    }
    removed.push(...old.slice(next));
    return this.settle(removed, added);
  }

  /** Takes off `left` all pieces that an edit touches or whose end it can change, in order. */
  private takeAffected(start: number, end: number): Piece[] {
    while (this.right.length > 0 && this.startOf(this.right.at(-1)!) < end) {
      const piece = this.right.pop()!;
      piece.position += this.length;
      this.left.push(piece);
    }
    let first = start;
    for (const piece of this.far) {
      const at = this.startOf(piece);
      if (at < first && at + piece.reach > start) first = at;
    }
    const old: Piece[] = [];
    for (let piece = this.left.at(-1); piece; piece = this.left.at(-1)) {
      const near = piece.position + piece.text.length + NEAR > start;
      if (piece.position < first && !near) break;
      this.left.pop();
      if (piece.position >= end && piece.position > start) {
        piece.position -= this.length;
        this.right.push(piece);
      } else old.push(piece);
    }
    return old.reverse();
  }

  /** Keeps the keys of statements whose text is what it was. */
  private settle(removed: Piece[], added: Piece[]): CutChange {
    const byText = new Map<string, Piece[]>();
    for (const piece of removed) {
      this.far.delete(piece);
      const text = piece.statement;
      const same = byText.get(text);
      if (same) same.push(piece);
      else byText.set(text, [piece]);
    }
    for (const piece of added) {
      const same = byText.get(piece.statement)?.shift();
      if (same) piece.key = same.key;
    }
    return { removed, added };
  }

  private piece(text: string, reach: number, broken: boolean): Piece {
    return new Piece(this.nextKey++, text, reach, broken);
  }

  private append(piece: Piece, at: number): void {
    piece.position = at;
    this.left.push(piece);
    if (piece.reach > piece.text.length + NEAR) this.far.add(piece);
  }

  private drop(): Piece {
    return this.right.pop()!;
  }

  private below(i: number): Piece {
    return this.right[this.right.length - 1 - i]!;
  }

  private leftEnd(): number {
    const last = this.left.at(-1);
    return last ? last.position + last.text.length : 0;
  }
}
