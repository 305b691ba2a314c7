/** Frames around what is unfolded: a label on each folds it again. */
import { type Drawing, type DrawnFrame, FONT_SIZE } from '../../../core/graph/drawing.ts';
import { svg } from '../dom.ts';

export type Shorten = (text: string, room: number) => string;

/** What a label says. */
export function frameLabel({ label, room }: DrawnFrame, shorten: Shorten): string {
  return shorten(`⊟ ${label}`, room);
}

/** The frame of which the label is at a point of the picture, the innermost first. */
export function frameAt(
  { frames }: Drawing,
  at: { x: number; y: number },
  shorten: Shorten,
): DrawnFrame | undefined {
  const width = (frame: DrawnFrame): number =>
    Math.min(frame.room, frameLabel(frame, shorten).length * FONT_SIZE * 0.65);
  return frames.findLast(
    (frame) =>
      at.x >= frame.at.x - 3 &&
      at.x <= frame.at.x + width(frame) + 3 &&
      at.y >= frame.at.y - FONT_SIZE &&
      at.y <= frame.at.y + 5,
  );
}

export class FramePicture {
  readonly element = svg('g', { class: 'regions', 'aria-hidden': 'true' });
  /** Above the edges. */
  readonly labels = svg('g', { class: 'region-labels', 'aria-hidden': 'true' });
  private readonly shorten: Shorten;
  private drawn: Drawing['frames'] = [];

  constructor(shorten: Shorten) {
    this.shorten = shorten;
  }

  draw(frames: Drawing['frames']): void {
    if (frames === this.drawn) return;
    this.drawn = frames;
    // All lines, then all insides: what is left of the lines is around the whole.
    this.element.replaceChildren(
      ...frames.map(({ boxes }) =>
        svg(
          'g',
          { class: 'region' },
          ...boxes.map((box) => svg('rect', { ...box, class: 'region-line' })),
          ...boxes.map((box) => svg('rect', { ...box, class: 'region-fill' })),
        ),
      ),
    );
    this.labels.replaceChildren(
      ...frames.map((frame) =>
        svg(
          'text',
          { ...frame.at, class: 'region-label' },
          svg('title', {}, `Fold ${frame.label}`),
          frameLabel(frame, this.shorten),
        ),
      ),
    );
  }
}
