/**
 * Frames around nodes that belong together: a rectangle where nothing else stands in it. Else, in each layer, what takes
 * in its nodes and no others; stretches of neighbouring layers are joined where they lie below each other. So a frame
 * never takes in a node that is not its own.
 */
export interface FrameRange {
  /** The nodes, from first up to but not including end. */
  readonly first: number;
  readonly end: number;
  /** It is drawn even where it is no rectangle. */
  readonly always: boolean;
}
export interface Framed extends FrameRange {
  readonly rectangle: boolean;
  /** Index into the ranges. */
  readonly index: number;
  /** How many frames there are around it, and how deep frames are nested in it. */
  readonly depth: number;
  readonly inner: number;
}

export interface FrameBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface PlacedFrame {
  /** Index into the frames that were asked for. */
  readonly index: number;
  /** Together they are what is framed. The first has the label, on its top left. */
  readonly boxes: readonly FrameBox[];
}

/** Height of a frame's label, and of the room below what is framed. */
export const FRAME_LABEL = 18;
const BELOW = 7;
/** To the sides: as neighbours leave it. */
const ASIDE = 5;
const MOST_ASIDE = 13;
/** Between the labels of edges and a frame. */
const ABOVE = 3;

/** From where to where a node stands. */
type Across = (node: number) => { readonly left: number; readonly right: number };

/** Which frames are drawn. They lie within each other or apart; the outer ones come first. */
export function framesAround(
  ranges: readonly FrameRange[],
  layer: ArrayLike<number>,
  across: Across,
  count: number,
): Framed[] {
  const chosen = ranges.flatMap((range, index) => {
    const rectangle = range.first < range.end && isRectangle(range, layer, across, count);
    return rectangle || (range.always && range.first < range.end) ? [{ ...range, rectangle, index }] : [];
  });
  const depths = chosen.map(
    (range, i) => chosen.slice(0, i).filter((outer) => isWithin(range, outer)).length,
  );
  return chosen.map((range, i) => {
    let inner = 0;
    for (let j = i + 1; j < chosen.length; j++)
      if (isWithin(chosen[j]!, range)) inner = Math.max(inner, depths[j]! - depths[i]!);
    return { ...range, depth: depths[i]!, inner };
  });
}

function isWithin(a: FrameRange, b: FrameRange): boolean {
  return b.first <= a.first && a.end <= b.end;
}

function isRectangle(
  { first, end }: FrameRange,
  layer: ArrayLike<number>,
  across: Across,
  count: number,
): boolean {
  const [top, bottom] = extent({ first, end }, layer);
  const { left, right } = around(first, end, across);
  for (let node = 0; node < count; node++) {
    if ((first <= node && node < end) || layer[node]! < top || layer[node]! > bottom) continue;
    if (isBeside(across(node), left, right)) return false;
  }
  return true;
}

function around(first: number, end: number, across: Across): ReturnType<Across> {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let node = first; node < end; node++) {
    left = Math.min(left, across(node).left);
    right = Math.max(right, across(node).right);
  }
  return { left, right };
}

/** Whether a node stands in a stretch, or too near to it. */
function isBeside(node: ReturnType<Across>, left: number, right: number): boolean {
  return node.right + MOST_ASIDE > left && node.left - MOST_ASIDE < right;
}

/** How many frames begin and end at each layer, of those around each other. */
export function frameRoom(
  frames: readonly Framed[],
  layer: ArrayLike<number>,
  layers: number,
): { readonly above: number[]; readonly below: number[] } {
  const above = new Array<number>(layers).fill(0);
  const below = new Array<number>(layers).fill(0);
  for (const frame of frames) {
    const [top, bottom] = extent(frame, layer);
    if (top > bottom) continue;
    above[top] = Math.max(above[top]!, frame.inner + 1);
    below[bottom] = Math.max(below[bottom]!, frame.inner + 1);
  }
  return { above: above.map((n) => n * FRAME_LABEL), below: below.map((n) => n * BELOW) };
}

function extent(
  { first, end }: Pick<FrameRange, 'first' | 'end'>,
  layer: ArrayLike<number>,
): [number, number] {
  let [top, bottom] = [Number.POSITIVE_INFINITY, -1];
  for (let node = first; node < end; node++) {
    top = Math.min(top, layer[node]!);
    bottom = Math.max(bottom, layer[node]!);
  }
  return [top, bottom];
}

interface Stretch {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What frames have to know of a layer. */
export interface FramedLayer {
  /** Its nodes, from left to right. */
  readonly nodes: readonly number[];
  readonly top: number;
  readonly bottom: number;
  /** Room for the labels of edges above it. */
  readonly head: number;
}

export function placeFrames(
  frames: readonly Framed[],
  layer: ArrayLike<number>,
  layers: readonly FramedLayer[],
  across: Across,
): PlacedFrame[] {
  const placed: PlacedFrame[] = [];
  // The inner ones first: what is around them takes in all of them.
  for (let at = frames.length - 1; at >= 0; at--) {
    const within = placed.filter((_, i) => isWithin(frames[frames.length - 1 - i]!, frames[at]!));
    placed.push(placeFrame(frames[at]!, within, layer, layers, across));
  }
  return placed.reverse();
}

function placeFrame(
  frame: Framed,
  within: readonly PlacedFrame[],
  layer: ArrayLike<number>,
  layers: readonly FramedLayer[],
  across: Across,
): PlacedFrame {
  const { index, first, end, inner } = frame;
  const [top, bottom] = extent(frame, layer);
  const aside = Math.min(MOST_ASIDE, ASIDE * (inner + 1));
  // Above its uppermost nodes a frame has room for its own label and for those of the frames within it.
  const upper = (at: number): number =>
    layers[at]!.top - layers[at]!.head - ABOVE - (at === top ? (inner + 1) * FRAME_LABEL : 0);
  const lower = (at: number): number => layers[at]!.bottom + BELOW * (at === bottom ? inner + 1 : 1);
  if (frame.rectangle) {
    const { left, right } = around(first, end, across);
    const whole = { left: left - aside, right: right + aside, top: upper(top), bottom: lower(bottom) };
    return { index, boxes: [boxOf(whole)] };
  }
  const own = (node: number): boolean => first <= node && node < end;
  const boxes: FrameBox[] = [];
  let before: readonly Stretch[] = [];
  for (let at = top; at <= bottom; at++) {
    const { nodes } = layers[at]!;
    const stretches = runsOf(nodes, own).map(
      ([one, last]): Stretch => ({
        left: across(one).left - aside,
        right: across(last).right + aside,
        top: upper(at),
        bottom: lower(at),
      }),
    );
    for (const stretch of stretches) {
      boxes.push(boxOf(stretch));
      for (const above of before) join(above, stretch, boxes);
    }
    // Where nothing of it stands it goes on below what it passes beside.
    before =
      stretches.length > 0 ? stretches : before.flatMap((one) => passing(one, layers[at]!, across, boxes));
  }
  for (const { boxes: taken } of within) boxes.push(...taken.map(grown));
  return { index, boxes };
}

function grown({ x, y, width, height }: FrameBox): FrameBox {
  return { x: x - ASIDE, y, width: width + 2 * ASIDE, height };
}

/** Runs of nodes of a layer with no other between them. */
function runsOf(nodes: readonly number[], own: (node: number) => boolean): [number, number][] {
  const found: [number, number][] = [];
  let open = false;
  for (const node of nodes) {
    if (!own(node)) open = false;
    else if (open) found.at(-1)![1] = node;
    else {
      found.push([node, node]);
      open = true;
    }
  }
  return found;
}

function join(above: Stretch, below: Stretch, boxes: FrameBox[]): void {
  const left = Math.max(above.left, below.left);
  const right = Math.min(above.right, below.right);
  if (left < right && above.bottom < below.top)
    boxes.push(boxOf({ left, right, top: above.bottom, bottom: below.top }));
}

/** A stretch beside the nodes of a layer that it passes; nothing where one is in the way. */
function passing(
  { left, right, bottom: top }: Stretch,
  { nodes, bottom }: FramedLayer,
  across: Across,
  boxes: FrameBox[],
): Stretch[] {
  if (nodes.some((node) => isBeside(across(node), left, right))) return [];
  const stretch = { left, right, top, bottom };
  boxes.push(boxOf(stretch));
  return [stretch];
}

function boxOf({ left, right, top, bottom }: Stretch): FrameBox {
  return { x: left, y: top, width: right - left, height: bottom - top };
}
