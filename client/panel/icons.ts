/** Signs on buttons, drawn: not every font has them. */
import { h, svg } from './dom.ts';

const PATHS = {
  play: 'M4 2.5v11l9-5.5z',
  pause: 'M4 2.5h3v11H4zM9 2.5h3v11H9z',
  step: 'M3 2.5v11l7-5.5zM11 2.5h2v11h-2z',
  back: 'M13 2.5v11L6 8zM3 2.5h2v11H3z',
  reset: 'M8 3a5 5 0 1 1-4.6 3h1.7A3.4 3.4 0 1 0 8 4.6V7L4 3.8 8 .6z',
} as const;

export type Icon = keyof typeof PATHS;

export function icon(name: Icon): SVGSVGElement {
  return svg(
    'svg',
    { class: 'icon', viewBox: '0 0 16 16', width: 14, height: 14, 'aria-hidden': 'true' },
    svg('path', { d: PATHS[name], fill: 'currentColor' }),
  );
}

/** A button that is a sign with a name. */
export function iconButton(sign: Icon, name: string, act: () => void): HTMLButtonElement {
  return h('button', { class: 'icon-button', 'aria-label': name, title: name, onclick: act }, icon(sign));
}
