/** Offsets that follow edits, so that what was last known of a function stays at its place while it is broken. */

export class Tracked {
  start: number;
  end: number;

  constructor(start: number, end: number) {
    this.start = start;
    this.end = end;
  }

  /** The text from `from` to `to` became `inserted` units long. */
  shift(from: number, to: number, inserted: number): void {
    const delta = inserted - (to - from);
    if (to <= this.start) this.start += delta;
    else if (from < this.start) this.start = from + inserted;
    if (to <= this.end) this.end += delta;
    else if (from < this.end) this.end = from;
    if (this.end < this.start) this.end = this.start;
  }
}

/**
 * Where an offset of an old text is in the new one: by the parts that both share at their beginning and end;
 * null for what lies between, in the part that was changed.
 */
export function carryOver(oldText: string, newText: string): (offset: number) => number | null {
  const most = Math.min(oldText.length, newText.length);
  let prefix = 0;
  while (prefix < most && oldText.charCodeAt(prefix) === newText.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (
    suffix < most - prefix &&
    oldText.charCodeAt(oldText.length - 1 - suffix) === newText.charCodeAt(newText.length - 1 - suffix)
  )
    suffix++;
  return (offset) => {
    if (offset <= prefix) return offset;
    if (offset >= oldText.length - suffix) return newText.length - (oldText.length - offset);
    return null;
  };
}
