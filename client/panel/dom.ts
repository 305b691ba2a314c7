/** A few words for building the page: elements with attributes, listeners and children; text is always text. */
import { piecesOf } from './names.ts';

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
    if (typeof value === 'function') Reflect.set(element, name, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== false) element.append(child);
  }
  return element;
}

// ───────────────────────────── changes in place ─────────────────────────────

/** The listeners that `h` and `svg` are given in this page. */
const LISTENERS = [
  'onclick',
  'ondblclick',
  'onkeydown',
  'onchange',
  'oninput',
  'onpointerdown',
  'onpointermove',
  'onpointerup',
  'onpointerleave',
] as const;

/**
 * Makes `target` like `model`, which is used up. What is the same stays in the document, with its focus, scrolling and
 * caret; children with a `data-key` or an `id` are told by it, the others by their order.
 */
export function patch(target: Element, model: Element): void {
  const focused = document.activeElement;
  patchElement(target, model);
  if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected)
    focused.focus({ preventScroll: true });
}

function patchElement(target: Element, model: Element): void {
  for (const name of target.getAttributeNames()) if (!model.hasAttribute(name)) target.removeAttribute(name);
  for (const name of model.getAttributeNames()) {
    const value = model.getAttribute(name)!;
    if (target.getAttribute(name) !== value) target.setAttribute(name, value);
  }
  for (const listener of LISTENERS) {
    const value: unknown = Reflect.get(model, listener);
    if (Reflect.get(target, listener) !== value) Reflect.set(target, listener, value);
  }
  patchChildren(target, model);
  patchForm(target, model);
}

/** What the user has changed by hand is no attribute; a field that is being edited is left alone. */
function patchForm(target: Element, model: Element): void {
  if (target instanceof HTMLInputElement && model instanceof HTMLInputElement) {
    if (target !== document.activeElement && target.value !== model.value) target.value = model.value;
    target.checked = model.checked;
  } else if (target instanceof HTMLSelectElement && model instanceof HTMLSelectElement) {
    target.selectedIndex = [...target.options].findIndex((option) => option.hasAttribute('selected'));
    if (target.selectedIndex < 0 && target.options.length > 0) target.selectedIndex = 0;
  }
}

function keyOf(node: Node): string | null {
  if (!(node instanceof Element)) return null;
  return node.getAttribute('data-key') ?? (node.id === '' ? null : node.id);
}

function patchChildren(target: Element, model: Element): void {
  const keyed = new Map<string, Element>();
  for (const child of target.children) {
    const key = keyOf(child);
    if (key !== null) keyed.set(key, child);
  }
  let at: ChildNode | null = target.firstChild;
  for (const wanted of [...model.childNodes]) {
    const found = counterpart(wanted, at, keyed);
    if (found === null) {
      target.insertBefore(wanted, at);
      continue;
    }
    if (found === at) at = at.nextSibling;
    else target.insertBefore(found, at);
    if (found instanceof Element) patchElement(found, wanted as Element);
    else if (found.nodeValue !== wanted.nodeValue) found.nodeValue = wanted.nodeValue;
  }
  while (at !== null) {
    const next: ChildNode | null = at.nextSibling;
    at.remove();
    at = next;
  }
}

/** The child that becomes `wanted`: the one with its key, else the next one without a key of the same kind. */
function counterpart(
  wanted: ChildNode,
  from: ChildNode | null,
  keyed: Map<string, Element>,
): ChildNode | null {
  const key = keyOf(wanted);
  if (key !== null) {
    const found = keyed.get(key);
    keyed.delete(key);
    return found !== undefined && found.nodeName === wanted.nodeName ? found : null;
  }
  for (let at = from; at !== null; at = at.nextSibling)
    if (keyOf(at) === null && at.nodeName === wanted.nodeName) return at;
  return null;
}

/** w3, ẇ1, w̄5 with their numbers as subscripts; the text stays the same. */
export function equation(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const piece of piecesOf(text)) {
    if (typeof piece === 'string') fragment.append(piece);
    else fragment.append(h('var', {}, piece.letter), h('sub', {}, String(piece.index)));
  }
  return fragment;
}
