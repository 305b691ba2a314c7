/** A few words for building the page: elements with attributes, listeners and children; text is always text. */

type Child = Node | string | null | false;
type Attributes = Readonly<
  Record<string, string | number | boolean | null | undefined | ((event: never) => void)>
>;

const SVG = 'http://www.w3.org/2000/svg';

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Child | readonly Child[])[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** `onclick` and its like take functions; true is an empty attribute; null, false and undefined leave it out. */
function fill<E extends Element>(
  element: E,
  attributes: Attributes,
  children: readonly (Child | readonly Child[])[],
): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== false) element.append(child);
  }
  return element;
}

/** w3, ẇ1, w̄5 with their numbers as subscripts; the text stays the same. */
export function equation(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(/(?<![\p{L}\p{N}_$.])(w\u0304|ẇ|w)(\d+)(?![\p{L}\p{N}_$.(])/gu)) {
    fragment.append(text.slice(end, match.index));
    fragment.append(h('var', {}, match[1]!), h('sub', {}, match[2]!));
    end = match.index + match[0].length;
  }
  fragment.append(text.slice(end));
  return fragment;
}
