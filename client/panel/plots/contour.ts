/** Contour lines over a grid: marching squares (Lorensen & Cline 1987 in the plane), crossings by linear interpolation. */

/** x1, y1, x2, y2 of a piece of a line, in cells of the grid. */
export type Segment = readonly [number, number, number, number];

/**
 * The pieces where the values are `level`. Cells with an unknown corner have none. A saddle is cut as the mean of its
 * corners says.
 */
export function contourSegments(
  values: readonly (number | null)[],
  columns: number,
  rows: number,
  level: number,
): Segment[] {
  const segments: Segment[] = [];
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const a = values[j * columns + i] ?? null;
      const b = values[j * columns + i + 1] ?? null;
      const c = values[(j + 1) * columns + i + 1] ?? null;
      const d = values[(j + 1) * columns + i] ?? null;
      if (a === null || b === null || c === null || d === null) continue;
      const above = (value: number): number => (value >= level ? 1 : 0);
      const kind = above(a) | (above(b) << 1) | (above(c) << 2) | (above(d) << 3);
      if (kind === 0 || kind === 15) continue;
      const between = (from: number, to: number): number => (level - from) / (to - from);
      const sides: Readonly<Record<Side, readonly [number, number]>> = {
        ab: [i + between(a, b), j],
        bc: [i + 1, j + between(b, c)],
        cd: [i + between(d, c), j + 1],
        da: [i, j + between(a, d)],
      };
      const center = above((a + b + c + d) / 4) === 1;
      for (const [from, to] of piecesOf(kind, center)) segments.push([...sides[from], ...sides[to]]);
    }
  }
  return segments;
}

type Side = 'ab' | 'bc' | 'cd' | 'da';

/** Which sides the lines of a cell join; bits of `kind`: the corners a, b, c, d that lie above. */
function piecesOf(kind: number, center: boolean): readonly (readonly [Side, Side])[] {
  // The same line bounds what is above and what is below.
  switch (Math.min(kind, 15 - kind)) {
    case 1:
      return [['da', 'ab']];
    case 2:
      return [['ab', 'bc']];
    case 3:
      return [['da', 'bc']];
    case 4:
      return [['bc', 'cd']];
    case 6:
      return [['ab', 'cd']];
    case 7:
      return [['cd', 'da']];
    default: {
      // Opposite corners: 5 (a and c above) or 10 (b and d).
      const joined = (kind === 5) === center;
      return joined
        ? [
            ['ab', 'bc'],
            ['cd', 'da'],
          ]
        : [
            ['da', 'ab'],
            ['bc', 'cd'],
          ];
    }
  }
}

/** Of a line in the plane. */
export interface Piece {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** Pieces that go on where the one before ended are one line, so that its dashes go on too; `from` null: they do. */
export function chained(
  pieces: readonly Piece[],
): { readonly from: readonly [number, number] | null; readonly to: readonly [number, number] }[] {
  const left = new Set(pieces);
  const ends = new Map<string, Piece[]>();
  const keyOf = (at: readonly [number, number]): string => at.join();
  for (const piece of pieces)
    for (const at of [piece.from, piece.to]) ends.set(keyOf(at), [...(ends.get(keyOf(at)) ?? []), piece]);
  const lines: { from: readonly [number, number] | null; to: readonly [number, number] }[] = [];
  for (const first of pieces) {
    if (!left.delete(first)) continue;
    // From an end of the line, where this is one.
    const free = ends.get(keyOf(first.from))!.length === 1;
    let from: readonly [number, number] | null = free ? first.from : first.to;
    let to = free ? first.to : first.from;
    for (;;) {
      lines.push({ from, to });
      const next = ends.get(keyOf(to))!.find((piece) => left.has(piece));
      if (next === undefined) break;
      left.delete(next);
      from = null;
      to = keyOf(next.from) === keyOf(to) ? next.to : next.from;
    }
  }
  return lines;
}
