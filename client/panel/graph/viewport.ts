/** Which part of the picture is in sight: moved and scaled by mouse, touchpad and keyboard. */

export interface Viewport {
  /** Pixels on the screen for one of the picture. */
  readonly scale: number;
  /** The picture's point at the top left corner. */
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

const SMALLEST = 0.001;
const LARGEST = 4;
/** What is shown unasked is not made smaller than this: text must be legible. */
const LEGIBLE = 0.55;
/** Room around the picture, in its own pixels. */
export const MARGIN = 16;
/** At least this much of the picture stays in sight. */
const KEPT_IN_SIGHT = 60;

export function clampScale(scale: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, scale));
}

/** All of the picture, not enlarged. */
export function fitted(picture: Box, window: Size, smallest = SMALLEST): Viewport {
  const across = window.width / (picture.width + 2 * MARGIN);
  const down = window.height / (picture.height + 2 * MARGIN);
  const scale = clampScale(Math.max(smallest, Math.min(1, across, down)));
  return centred(picture, window, scale);
}

/** As wide as the window where that is legible; else the inputs, or the middle of what stands at the top. */
export function initial(picture: Box, nodes: readonly Box[], window: Size): Viewport {
  const across = window.width / (picture.width + 2 * MARGIN);
  const view = centred(picture, window, Math.max(LEGIBLE, Math.min(1, across)));
  const top = nodes.filter(({ y }) => y < view.y + window.height / view.scale);
  const wide = window.width / view.scale;
  if (top.length === 0 || wide >= picture.width) return view;
  const highest = Math.min(...top.map(({ y }) => y));
  const first = top.filter(({ y }) => y === highest);
  const [from, to] = [
    Math.min(...first.map(({ x }) => x)),
    Math.max(...first.map(({ x, width }) => x + width)),
  ];
  const middle =
    to - from + 2 * MARGIN <= wide
      ? (from + to) / 2
      : top.reduce((sum, { x, width }) => sum + x + width / 2, 0) / top.length;
  const last = picture.x + picture.width + MARGIN - wide;
  return { ...view, x: Math.max(picture.x - MARGIN, Math.min(last, middle - wide / 2)) };
}

function centred(picture: Box, window: Size, scale: number): Viewport {
  const spare = window.height / scale - picture.height;
  return {
    scale,
    x: picture.x + picture.width / 2 - window.width / scale / 2,
    y: picture.y - Math.max(MARGIN, spare / 2),
  };
}

export function panned(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx / view.scale, y: view.y + dy / view.scale };
}

/** Scaled about a point of the window. */
export function zoomed(view: Viewport, factor: number, at: { x: number; y: number }): Viewport {
  const scale = clampScale(view.scale * factor);
  const keep = 1 / view.scale - 1 / scale;
  return { scale, x: view.x + at.x * keep, y: view.y + at.y * keep };
}

/** Moved no more than it takes to have a box in sight, with some room around it. */
export function including(view: Viewport, box: Box, window: Size): Viewport {
  const [wide, high] = [window.width / view.scale, window.height / view.scale];
  const room = 24;
  const along = (from: number, at: number, length: number, extent: number): number => {
    const r = Math.max(0, Math.min(room, (extent - length) / 2));
    if (at - r < from) return at - r;
    return at + length + r > from + extent ? Math.min(at - r, at + length + r - extent) : from;
  };
  return {
    scale: view.scale,
    x: along(view.x, box.x, box.width, wide),
    y: along(view.y, box.y, box.height, high),
  };
}

/** Not so far away that nothing of the picture is left. */
export function clamped(view: Viewport, picture: Box, window: Size): Viewport {
  const keep = KEPT_IN_SIGHT / view.scale;
  const within = (value: number, from: number, length: number, extent: number): number =>
    Math.min(from + length - keep, Math.max(from - extent + keep, value));
  return {
    scale: view.scale,
    x: within(view.x, picture.x, picture.width, window.width / view.scale),
    y: within(view.y, picture.y, picture.height, window.height / view.scale),
  };
}

export function inSight(box: Box, view: Viewport, window: Size, beyond: number): boolean {
  return (
    box.x + box.width >= view.x - beyond &&
    box.x <= view.x + window.width / view.scale + beyond &&
    box.y + box.height >= view.y - beyond &&
    box.y <= view.y + window.height / view.scale + beyond
  );
}
