/** What parts of the page are made of. */
import { h, patch } from '../dom.ts';
import { isShown, type PageState, type Part, type Shown } from '../state.ts';
import { differs } from '../store.ts';

/** A section with its heading; hidden until it has something to show. */
export function sectionElement(title: string): { section: HTMLElement; body: HTMLElement } {
  const id = `section-${title.toLowerCase().replace(/\W+/g, '-')}`;
  const body = h('div', {});
  return {
    section: h('section', { 'aria-labelledby': id, hidden: true }, h('h2', { id }, title), body),
    body,
  };
}

/**
 * A part that is described anew when something that it reads has changed, and changes in place. `describe` gives null
 * where there is nothing to show.
 */
export function describedPart(
  element: HTMLElement,
  body: HTMLElement,
  reads: readonly (keyof PageState)[],
  describe: (shown: Shown) => readonly (Node | null)[] | null,
): Part {
  return {
    element,
    update(now, before) {
      if (!differs(now, before, ...reads)) return;
      const described = isShown(now) ? describe(now) : null;
      element.hidden = described === null;
      if (described === null) return;
      const model = body.cloneNode(false) as HTMLElement;
      model.append(...described.filter((node) => node !== null));
      patch(body, model);
    },
  };
}

export function head(text: string, cls?: string, title?: string): HTMLElement {
  return h('th', { scope: 'col', class: cls, title: title === '' ? undefined : title }, text);
}

/** A table that scrolls sideways where it is too wide. */
export function scrolled(name: string, heads: readonly Node[], rows: readonly Node[]): Node {
  return h(
    'div',
    { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': name },
    h('table', {}, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows)),
  );
}
