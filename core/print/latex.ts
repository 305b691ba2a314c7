/** Formulas as LaTeX (math mode, amsmath for cases). Everything from the user's source is escaped. */
import type { Expr } from '../expression/expression.ts';
import { GREEK, splitName } from './names.ts';
import { formulaNumber } from './numbers.ts';
import { type Typesetter, typeset } from './typeset.ts';

const SIGNS: { readonly [sign: string]: string } = {
  '−': '-',
  '·': ' \\cdot ',
  '≤': ' \\le ',
  '≥': ' \\ge ',
  '≠': ' \\ne ',
  '∧': ' \\land ',
  '∨': ' \\lor ',
  '¬': '\\lnot ',
  '%': ' \\bmod ',
  '&': ' \\mathbin{\\&} ',
  '|': ' \\mathbin{|} ',
  xor: ' \\oplus ',
  '<<': ' \\ll ',
  '>>': ' \\gg ',
  '>>>': ' \\ggg ',
  '~': '{\\sim}',
};
const FENCES: { readonly [fence: string]: string } = {
  '|': '|',
  '⌊': '\\lfloor ',
  '⌋': '\\rfloor ',
  '⌈': '\\lceil ',
  '⌉': '\\rceil ',
};
const SPECIAL: { readonly [character: string]: string } = {
  '\\': '\\backslash ',
  '{': '\\{',
  '}': '\\}',
  _: '\\_',
  $: '\\$',
  '#': '\\#',
  '%': '\\%',
  '&': '\\&',
  '^': '\\hat{}',
  '~': '\\sim ',
  '′': "'",
};

function escape(text: string): string {
  return [...text].map((c) => SPECIAL[c] ?? c).join('');
}

function plainName(name: string): string {
  const greek = GREEK.get(name);
  if (greek !== undefined) return greek.latex;
  return [...name].length === 1 ? escape(name) : `\\mathit{${escape(name)}}`;
}

const LATEX: Typesetter = {
  number: (value) => {
    const [mantissa, exponent] = formulaNumber(value).split('e');
    if (mantissa === '∞') return '\\infty ';
    return exponent === undefined ? mantissa! : `${mantissa} \\cdot 10^{${exponent}}`;
  },
  name: (name) => {
    const [base, subscript] = splitName(name);
    return subscript === undefined ? plainName(base) : `${plainName(base)}_{${escape(subscript)}}`;
  },
  word: (word) => `\\text{${word}}`,
  element: (array, index) => `${plainName(array)}_{${index}}`,
  row: (...pieces) => pieces.join(''),
  sign: (sign, prefix) => {
    const text = SIGNS[sign] ?? sign;
    return prefix || text.startsWith(' ') ? text : ` ${text} `;
  },
  fraction: (above, below) => `\\frac{${above}}{${below}}`,
  superscript: (base, exponent) => `{${base}}^{${exponent}}`,
  squareRoot: (inside) => `\\sqrt{${inside}}`,
  cubeRoot: (inside) => `\\sqrt[3]{${inside}}`,
  fenced: (open, inside, close) => `\\left${FENCES[open] ?? open}${inside}\\right${FENCES[close] ?? close}`,
  call: (notation, args) => {
    const name = notation.latex ?? `\\operatorname{${escape(notation.name)}}`;
    return `${name}\\left(${args.join(', ')}\\right)`;
  },
  cases: (arms, otherwise) => {
    const rows = arms.map(([value, condition]) => `${value} & \\text{if } ${condition}`);
    return `\\begin{cases} ${[...rows, `${otherwise} & \\text{otherwise}`].join(' \\\\ ')} \\end{cases}`;
  },
  big: (kind, below, above, body) => `\\${kind === 'sum' ? 'sum' : 'prod'}_{${below}}^{${above}} ${body}`,
};

export function printLatex(expr: Expr): string {
  return typeset(expr, LATEX);
}

/** A user's name in math mode. */
export function latexName(name: string): string {
  return LATEX.name(name);
}

/** \frac{\partial f}{\partial x_{1}}. */
export function latexPartialName(f: string, variable: string): string {
  return `\\frac{\\partial ${LATEX.name(f)}}{\\partial ${LATEX.name(variable)}}`;
}
