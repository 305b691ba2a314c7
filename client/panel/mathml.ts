/**
 * Builds MathML from the server's markup without trusting it: user text (names of variables) is inside. The markup is
 * parsed apart from the page, and only known elements and attributes are copied; everything else becomes its text.
 */

const MATHML = 'http://www.w3.org/1998/Math/MathML';

const ELEMENTS = new Set(
  (
    'math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd ' +
    'mstyle mpadded mphantom'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'display displaystyle scriptlevel mathvariant form fence separator stretchy symmetric largeop movablelimits ' +
    'lspace rspace minsize maxsize accent accentunder linethickness width height depth columnalign rowspacing ' +
    'columnspacing columnspan rowspan'
  ).split(' '),
);

/** null where the markup does not parse: the caller then shows the formula as text. */
export function mathElement(markup: string): Element | null {
  const parsed = new DOMParser().parseFromString(markup, 'application/xml');
  const root = parsed.documentElement;
  if (root === null || root.localName !== 'math' || parsed.querySelector('parsererror') !== null) return null;
  return copy(root) as Element;
}

function copy(source: Element): Node {
  if (!ELEMENTS.has(source.localName)) return document.createTextNode(source.textContent ?? '');
  const target = document.createElementNS(MATHML, source.localName);
  for (const attribute of source.attributes) {
    if (ATTRIBUTES.has(attribute.name)) target.setAttribute(attribute.name, attribute.value);
  }
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) target.append(child.textContent ?? '');
    else if (child instanceof Element) target.append(copy(child));
  }
  return target;
}
