/** Formulas as MathML Core, for pages that render it natively. Everything from the user's source is escaped. */
import type { Expr } from '../expression/expression.ts';
import { GREEK, splitName } from './names.ts';
import { formulaNumber } from './numbers.ts';
import { type Typesetter, typeset } from './typeset.ts';

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ENTITIES[c]!);
}

const mi = (text: string) => `<mi>${escapeXml(text)}</mi>`;
const mn = (text: string) => `<mn>${escapeXml(text)}</mn>`;
const mo = (text: string, attributes = '') => `<mo${attributes}>${escapeXml(text)}</mo>`;
const mrow = (...pieces: readonly string[]) => `<mrow>${pieces.join('')}</mrow>`;
const FENCE = ' fence="true" stretchy="true"';
/** Invisible: between a function and its argument. */
const APPLY = '<mo>&#x2061;</mo>';

function plainName(name: string): string {
  return mi(GREEK.get(name)?.unicode ?? name);
}

function nameOf(name: string): string {
  const [base, subscript] = splitName(name);
  if (subscript === undefined) return plainName(base);
  const below = /^\d+$/.test(subscript) ? mn(subscript) : mi(subscript);
  return `<msub>${plainName(base)}${below}</msub>`;
}

const MATHML: Typesetter = {
  number: (value) => {
    const [mantissa, exponent] = formulaNumber(value).split('e');
    if (exponent === undefined) return mn(mantissa!);
    const power = exponent.startsWith('-')
      ? mrow(mo('−', ' form="prefix"'), mn(exponent.slice(1)))
      : mn(exponent);
    return mrow(mn(mantissa!), mo('·'), `<msup>${mn('10')}${power}</msup>`);
  },
  name: nameOf,
  word: (word) => `<mtext>${escapeXml(word)}</mtext>`,
  element: (array, index) => `<msub>${plainName(array)}<mrow>${index}</mrow></msub>`,
  row: mrow,
  sign: (sign, prefix) => mo(sign, ` form="${prefix ? 'prefix' : 'infix'}"`),
  fraction: (above, below) => `<mfrac>${mrow(above)}${mrow(below)}</mfrac>`,
  superscript: (base, exponent) => `<msup>${mrow(base)}${mrow(exponent)}</msup>`,
  squareRoot: (inside) => `<msqrt>${inside}</msqrt>`,
  cubeRoot: (inside) => `<mroot>${mrow(inside)}${mn('3')}</mroot>`,
  fenced: (open, inside, close) =>
    mrow(mo(open, ` form="prefix"${FENCE}`), inside, mo(close, ` form="postfix"${FENCE}`)),
  call: (notation, args) => {
    const separated = args.flatMap((arg, i) =>
      i === 0 ? [arg] : [mo(',', ' form="infix" separator="true"'), arg],
    );
    return mrow(mi(notation.name), APPLY, MATHML.fenced('(', mrow(...separated), ')'));
  },
  cases: (arms, otherwise) => {
    const cell = (inside: string) => `<mtd style="text-align:left">${inside}</mtd>`;
    const rows = arms.map(
      ([value, condition]) => `<mtr>${cell(value)}${cell(mrow('<mtext>if&#xa0;</mtext>', condition))}</mtr>`,
    );
    const last = `<mtr>${cell(otherwise)}${cell('<mtext>otherwise</mtext>')}</mtr>`;
    return mrow(mo('{', ` form="prefix"${FENCE}`), `<mtable>${rows.join('')}${last}</mtable>`);
  },
  big: (kind, below, above, body) => {
    const sign = mo(kind === 'sum' ? '∑' : '∏', ' form="prefix" movablelimits="false"');
    return mrow(`<munderover>${sign}${below}<mrow>${above}</mrow></munderover>`, body);
  },
};

/** The formula alone, to stand inside a `<math>` element. */
export function printMathml(expr: Expr): string {
  return typeset(expr, MATHML);
}

/** A whole `<math>` element: formulas side by side, strings among them set as signs (`=`, `≈`). */
export function mathElement(pieces: readonly (Expr | string)[], display = true): string {
  const inside = pieces.map((p) => (typeof p === 'string' ? mo(p, ' form="infix"') : printMathml(p)));
  return `<math xmlns="http://www.w3.org/1998/Math/MathML"${display ? ' display="block"' : ''}>${mrow(...inside)}</math>`;
}

export function mathmlName(name: string): string {
  return nameOf(name);
}

/** ∂f/∂x as a fraction. */
export function mathmlPartialName(f: string, variable: string): string {
  return `<mfrac>${mrow(mo('∂', ' form="prefix"'), nameOf(f))}${mrow(mo('∂', ' form="prefix"'), nameOf(variable))}</mfrac>`;
}
