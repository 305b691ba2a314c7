/** Text of the panel (`w̄1 ≈ 2.5e−3`, `∂w3/∂w1`, names of the user's) as text of LaTeX, without packages. */

const SYMBOLS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  // Ligatures of text fonts, and characters that a font's encoding may show as others.
  '<': '\\ensuremath{<}',
  '>': '\\ensuremath{>}',
  '|': '\\ensuremath{|}',
  '"': '\\textquotedbl{}',
  "'": '\\textquoteright{}',
  '`': '\\textasciigrave{}',
  '−': '\\ensuremath{-}',
  '·': '\\ensuremath{\\cdot}',
  '×': '\\ensuremath{\\times}',
  '÷': '\\ensuremath{\\div}',
  '≈': '\\ensuremath{\\approx}',
  '≠': '\\ensuremath{\\neq}',
  '≤': '\\ensuremath{\\leq}',
  '≥': '\\ensuremath{\\geq}',
  '∞': '\\ensuremath{\\infty}',
  '∂': '\\ensuremath{\\partial}',
  '√': '\\ensuremath{\\surd}',
  '∛': '\\ensuremath{\\sqrt[3]{}}',
  '∑': '\\ensuremath{\\sum}',
  '∏': '\\ensuremath{\\prod}',
  '…': '\\ldots{}',
  '–': '--',
  '—': '---',
  '⌊': '\\ensuremath{\\lfloor}',
  '⌋': '\\ensuremath{\\rfloor}',
  '⌈': '\\ensuremath{\\lceil}',
  '⌉': '\\ensuremath{\\rceil}',
  '¬': '\\ensuremath{\\lnot}',
  '∧': '\\ensuremath{\\land}',
  '∨': '\\ensuremath{\\lor}',
  '→': '\\ensuremath{\\to}',
  ß: '\\ss{}',
  ø: '\\o{}',
  Ø: '\\O{}',
  æ: '\\ae{}',
  Æ: '\\AE{}',
  œ: '\\oe{}',
  Œ: '\\OE{}',
  ł: '\\l{}',
  Ł: '\\L{}',
  ı: '\\i{}',
};
/** Commands for the marks that letters are composed with. */
const ACCENTS: Readonly<Record<string, string>> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0302': '^',
  '\u0303': '~',
  '\u0304': '=',
  '\u0306': 'u ',
  '\u0307': '.',
  '\u0308': '"',
  '\u030a': 'r ',
  '\u030b': 'H ',
  '\u030c': 'v ',
  '\u0327': 'c ',
};
const GREEK =
  'α:alpha β:beta γ:gamma δ:delta ε:varepsilon ζ:zeta η:eta θ:theta ι:iota κ:kappa λ:lambda μ:mu ν:nu ξ:xi π:pi ρ:rho σ:sigma τ:tau υ:upsilon φ:varphi χ:chi ψ:psi ω:omega ϵ:epsilon ϕ:phi ϑ:vartheta ς:varsigma Γ:Gamma Δ:Delta Θ:Theta Λ:Lambda Ξ:Xi Π:Pi Σ:Sigma Υ:Upsilon Φ:Phi Ψ:Psi Ω:Omega';
const LETTERS = new Map(
  GREEK.split(' ').map((pair): [string, string] => [pair[0]!, `\\ensuremath{\\${pair.slice(2)}}`]),
);
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿᵀ';
const PLAIN = '0123456789+-()nT';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉₊₋₍₎';

/** The w of a row, its tangent ẇ, its adjoint w̄, each with its number. */
const ROW = /(w\u0304|ẇ|w)(\d+)(?![\p{L}\p{N}_$(])/uy;

export function texText(text: string): string {
  let result = '';
  let at = 0;
  while (at < text.length) {
    ROW.lastIndex = at;
    const row = /[\p{L}\p{N}_$.]/u.test(text[at - 1] ?? ' ') ? null : ROW.exec(text);
    if (row !== null) {
      const accent = row[1] === 'w' ? 'w' : row[1] === 'ẇ' ? '\\dot{w}' : '\\bar{w}';
      result += `\\ensuremath{${accent}_{${row[2]}}}`;
      at += row[0].length;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at)!);
    result += texCharacter(character);
    at += character.length;
  }
  return result;
}

function texCharacter(character: string): string {
  const known = SYMBOLS[character] ?? LETTERS.get(character);
  if (known !== undefined) return known;
  const raised = RAISED.indexOf(character);
  if (raised >= 0) return `\\ensuremath{^{${PLAIN[raised]}}}`;
  const lowered = LOWERED.indexOf(character);
  if (lowered >= 0) return `\\ensuremath{_{${PLAIN[lowered]}}}`;
  if (/^[\x20-\x7e]$/.test(character)) return character;
  if (/^\s$/u.test(character)) return ' ';
  const [letter, mark, ...more] = character.normalize('NFD');
  const accent = ACCENTS[mark ?? ''];
  if (accent !== undefined && more.length === 0 && /^[A-Za-z]$/.test(letter!))
    return `\\${accent}{${letter}}`;
  // What LaTeX has no letter for without further packages: its number tells which one was meant.
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
