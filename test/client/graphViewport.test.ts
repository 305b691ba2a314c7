import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clamped,
  fitted,
  including,
  initial,
  inSight,
  MARGIN,
  panned,
  type Viewport,
  zoomed,
} from '../../client/panel/graph/viewport.ts';

const WINDOW = { width: 600, height: 400 };
const views = fc.record({
  scale: fc.double({ min: 0.1, max: 3, noNaN: true }),
  x: fc.double({ min: -1000, max: 1000, noNaN: true }),
  y: fc.double({ min: -1000, max: 1000, noNaN: true }),
});
const boxes = fc.record({
  x: fc.double({ min: -500, max: 500, noNaN: true }),
  y: fc.double({ min: -500, max: 500, noNaN: true }),
  width: fc.double({ min: 1, max: 4000, noNaN: true }),
  height: fc.double({ min: 1, max: 4000, noNaN: true }),
});

const onScreen = ({ scale, x, y }: Viewport, at: { x: number; y: number }): [number, number] => [
  (at.x - x) * scale,
  (at.y - y) * scale,
];

describe('the viewport', () => {
  it('zooms about the point under the pointer', () => {
    fc.assert(
      fc.property(views, fc.double({ min: 0.2, max: 4, noNaN: true }), (view, factor) => {
        const at = { x: 123, y: 45 };
        const under = { x: view.x + at.x / view.scale, y: view.y + at.y / view.scale };
        const [x, y] = onScreen(zoomed(view, factor, at), under);
        expect(x).toBeCloseTo(at.x, 6);
        expect(y).toBeCloseTo(at.y, 6);
      }),
    );
  });

  it('pans by pixels of the window', () => {
    const [x, y] = onScreen(panned({ scale: 2, x: 0, y: 0 }, 30, -10), { x: 0, y: 0 });
    expect([x, y]).toEqual([-30, 10]);
  });

  it('fits all of a picture, and does not enlarge it', () => {
    fc.assert(
      fc.property(boxes, (picture) => {
        const view = fitted(picture, WINDOW);
        const [left, top] = onScreen(view, picture);
        const [right, bottom] = onScreen(view, {
          x: picture.x + picture.width,
          y: picture.y + picture.height,
        });
        expect(left).toBeGreaterThanOrEqual(-1e-6);
        expect(top).toBeGreaterThanOrEqual(-1e-6);
        expect(right).toBeLessThanOrEqual(WINDOW.width + 1e-6);
        expect(bottom).toBeLessThanOrEqual(WINDOW.height + 1e-6);
        expect(view.scale).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('begins legible, at the top, with what stands there', () => {
    const picture = { x: 0, y: 0, width: 9000, height: 9000 };
    const view = initial(picture, [{ x: 6000, y: 0, width: 100, height: 50 }], WINDOW);
    expect(view.scale).toBeGreaterThan(0.5);
    expect(view.y).toBe(-MARGIN);
    expect(inSight({ x: 6000, y: 0, width: 100, height: 50 }, view, WINDOW, 0)).toBe(true);
  });

  it('moves just enough to show a box, and not at all where it is in sight', () => {
    fc.assert(
      fc.property(views, boxes, (view, box) => {
        const small = { ...box, width: 50, height: 30 };
        const next = including(view, small, WINDOW);
        const [left, top] = onScreen(next, small);
        const [right, bottom] = onScreen(next, { x: small.x + 50, y: small.y + 30 });
        expect(left).toBeGreaterThanOrEqual(-1e-6);
        expect(top).toBeGreaterThanOrEqual(-1e-6);
        expect(right).toBeLessThanOrEqual(WINDOW.width + 1e-6);
        expect(bottom).toBeLessThanOrEqual(WINDOW.height + 1e-6);
        expect(including(next, small, WINDOW)).toEqual(next);
      }),
    );
  });

  it('never loses the picture', () => {
    fc.assert(
      fc.property(views, boxes, (view, picture) => {
        expect(inSight(picture, clamped(view, picture, WINDOW), WINDOW, 0)).toBe(true);
      }),
    );
  });
});
