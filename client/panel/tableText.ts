/** The evaluation trace as text to copy: all rows in the order of evaluation, all digits. */
import { fullNumber } from '../../core/print/numbers.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import { type Choice, seedText } from './choice.ts';
import { piecesOf } from './names.ts';
import type { Numbers } from './numbers.ts';

export const TABLE_FORMATS = ['Markdown', 'LaTeX', 'CSV'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

interface Column {
  readonly title: string;
  readonly kind: 'equation' | 'number' | 'text';
  readonly cells: readonly string[];
}

export function tableText(model: PanelModel, numbers: Numbers, choice: Choice, format: TableFormat): string {
  const columns = columnsOf(model, numbers, choice);
  switch (format) {
    case 'Markdown':
      return markdown(columns);
    case 'LaTeX':
      return latex(columns);
    case 'CSV':
      return csv(columns);
  }
}

function columnsOf(model: PanelModel, numbers: Numbers, choice: Choice): Column[] {
  const { trace } = model;
  const numeric = (title: string, values: ArrayLike<number> | null): Column => ({
    title,
    kind: 'number',
    cells: trace.map((_, row) => fullNumber(values?.[row] ?? Number.NaN)),
  });
  const equations = (title: string, cells: readonly string[]): Column => ({ title, kind: 'equation', cells });
  const columns: Column[] = [
    equations(
      'Primal',
      trace.map(({ primal }) => `${primal.left} = ${primal.right}`),
    ),
    { title: 'Name', kind: 'text', cells: trace.map(({ name }) => name ?? '') },
    numeric('Value', numbers.values),
  ];
  if (model.special) return columns;
  columns.push(
    equations(
      'Tangent',
      trace.map(({ tangent }) => (tangent === null ? '' : `${tangent.left} = ${tangent.right ?? 'seed'}`)),
    ),
    ...model.seeds.map((seed, index) => numeric(`∂/∂${seed}`, numbers.seeds[index] ?? null)),
  );
  if (choice.direction !== null) columns.push(numeric(`along ${seedText(model, choice)}`, numbers.tangents));
  columns.push(
    equations(
      'Adjoint',
      trace.map(({ adjoint }) => (adjoint === null ? '' : `${adjoint.left} = ${adjoint.right}`)),
    ),
    numeric('Adjoint value', numbers.adjoints),
  );
  return columns;
}

/** Cells by row. */
function rowsOf(columns: readonly Column[], write: (cell: string, column: Column) => string): string[][] {
  const count = columns[0]?.cells.length ?? 0;
  return Array.from({ length: count }, (_, row) =>
    columns.map((column) => write(column.cells[row]!, column)),
  );
}

// ───────────────────────────── Markdown, CSV ─────────────────────────────

function markdown(columns: readonly Column[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const escaped = (text: string): string => text.replace(/[\\|*_`<>[\]]/g, '\\$&').replace(/\s+/g, ' ');
  const rule = columns.map(({ kind }) => (kind === 'number' ? '--:' : ':--'));
  return [
    line(columns.map(({ title }) => escaped(title))),
    line(rule),
    ...rowsOf(columns, escaped).map(line),
  ].join('\n');
}

/** RFC 4180, with lines that end in LF. */
function csv(columns: readonly Column[]): string {
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [columns.map(({ title }) => quoted(title)), ...rowsOf(columns, quoted)]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}

// ───────────────────────────── LaTeX ─────────────────────────────

function latex(columns: readonly Column[]): string {
  const line = (cells: readonly string[]): string => `  ${cells.join(' & ')} \\\\`;
  const rows = rowsOf(columns, (cell, { kind }) => {
    if (cell === '') return '';
    if (kind === 'text') return latexText(cell);
    return kind === 'number' ? `$${latexNumber(cell)}$` : latexEquation(cell);
  });
  return [
    `\\begin{tabular}{${columns.map(({ kind }) => (kind === 'number' ? 'r' : 'l')).join('')}}`,
    '  \\hline',
    line(columns.map(({ title }) => latexTitle(title))),
    '  \\hline',
    ...rows.map(line),
    '  \\hline',
    '\\end{tabular}',
  ].join('\n');
}

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
};

function latexText(text: string): string {
  return text.replace(/[\\^~]|[&%$#_{}]/g, (character) => SPECIAL[character] ?? `\\${character}`);
}

function latexTitle(title: string): string {
  const seed = /^∂\/∂(.*)$/u.exec(title)?.[1];
  return seed === undefined ? latexText(title) : `$\\partial/\\partial$ ${latexText(seed)}`;
}

function latexNumber(text: string): string {
  if (text === 'NaN') return '\\mathrm{NaN}';
  const [mantissa, exponent] = text.replace('Infinity', '\\infty').split('e');
  return exponent === undefined ? mantissa! : `${mantissa} \\cdot 10^{${Number(exponent)}}`;
}

const LETTERS = { primal: 'w', tangent: '\\dot{w}', adjoint: '\\bar{w}' } as const;
const SIGNS: Readonly<Record<string, string>> = {
  '−': '-',
  '·': '\\cdot ',
  '≤': '\\le ',
  '≥': '\\ge ',
  '≠': '\\ne ',
  '∞': '\\infty ',
  '…': '\\dots ',
  '√': '\\surd ',
  π: '\\pi ',
};
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Those that amsmath knows by this name. */
const FUNCTIONS = new Set('sin cos tan sinh cosh tanh exp log ln max min arcsin arccos arctan'.split(' '));

/** An equation of the trace in math mode: names of rows, signs and functions become commands, all else is text. */
function latexEquation(equation: string): string {
  const math = piecesOf(equation).map((piece) =>
    typeof piece === 'string' ? latexMath(piece) : `${LETTERS[piece.kind]}_{${piece.index}}`,
  );
  return `$${math.join('').trim()}$`;
}

function latexMath(text: string): string {
  return text.replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|[\p{L}$][\p{L}\p{N}_$]*|[−·≤≥≠∞…√π]|[\\^~&%#_{}$]/gu, (token) => {
    const sign = SIGNS[token];
    if (sign !== undefined) return sign;
    if (/^[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/u.test(token))
      return `^{${[...token].map((digit) => (digit === '⁻' ? '-' : SUPERSCRIPTS.indexOf(digit))).join('')}}`;
    if (FUNCTIONS.has(token)) return `\\${token}`;
    return /^[\p{L}$]/u.test(token) ? `\\mathrm{${latexText(token)}}` : latexText(token);
  });
}
