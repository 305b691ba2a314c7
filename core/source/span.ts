/**
 * A half-open range of UTF-16 offsets. Inside a core-language tree the offsets are relative to the start of
 * the top-level statement that holds the node, so that an edit above a statement moves nothing in it.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * A place in a file: the key of the top-level statement (stable while the statement's text is) and a span in it.
 * The server turns it into a position with the statement's present offset.
 */
export interface Location {
  readonly file: string;
  /** Key of the top-level statement, unique within the file. */
  readonly statement: number;
  readonly span: Span;
}

export function isSameLocation(a: Location, b: Location): boolean {
  return (
    a === b ||
    (a.file === b.file &&
      a.statement === b.statement &&
      a.span.start === b.span.start &&
      a.span.end === b.span.end)
  );
}
