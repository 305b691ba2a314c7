/** Dragging, wheel and clicks on the picture. */

export interface PointerEvents {
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: { x: number; y: number }): void;
  /** The element or the point that was clicked; `open`: twice. */
  click(target: EventTarget | null, at: { x: number; y: number }, open: boolean): void;
  /** Whether the wheel moves the picture rather than the page. */
  wheelPans(dx: number, dy: number): boolean;
}

/** Movements smaller than this are clicks. */
const DRAG = 4;
const ZOOM_SPEED = 0.0022;
/** A line of the wheel, where a browser counts in lines. */
const LINE = 16;

export function listenToPointer(frame: HTMLElement, events: PointerEvents): void {
  let from: { x: number; y: number; id: number } | null = null;
  let dragged = false;
  const local = (event: MouseEvent): { x: number; y: number } => {
    const { left, top } = frame.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  frame.addEventListener('pointerdown', (event) => {
    if (event.button > 1) return;
    from = { x: event.clientX, y: event.clientY, id: event.pointerId };
    dragged = false;
  });
  frame.addEventListener('pointermove', (event) => {
    if (from === null || event.pointerId !== from.id) return;
    if (event.buttons === 0) {
      from = null;
      return;
    }
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!dragged && Math.hypot(dx, dy) < DRAG) return;
    if (!dragged) {
      dragged = true;
      frame.setPointerCapture(event.pointerId);
      frame.classList.add('dragging');
    }
    events.pan(-dx, -dy);
    from = { x: event.clientX, y: event.clientY, id: event.pointerId };
  });
  const end = (): void => {
    from = null;
    frame.classList.remove('dragging');
  };
  frame.addEventListener('pointerup', end);
  frame.addEventListener('pointercancel', end);
  frame.addEventListener('click', (event) => {
    if (!dragged) events.click(event.target, local(event), false);
    dragged = false;
  });
  frame.addEventListener('dblclick', (event) => events.click(event.target, local(event), true));
  frame.addEventListener(
    'wheel',
    (event) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      // A pinch on a touchpad arrives as a wheel with the control key.
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const clipped = Math.max(-120, Math.min(120, event.deltaY * unit));
        events.zoom(Math.exp(-clipped * ZOOM_SPEED * (Math.abs(clipped) < 20 ? 4 : 1)), local(event));
        return;
      }
      const sideways = event.shiftKey && event.deltaX === 0;
      const dx = (sideways ? event.deltaY : event.deltaX) * unit;
      const dy = sideways ? 0 : event.deltaY * unit;
      if (!events.wheelPans(dx, dy)) return;
      event.preventDefault();
      events.pan(dx, dy);
    },
    { passive: false },
  );
}
