/** The names of rows inside an equation: w3, ẇ3, w̄3. */

export type NameKind = 'primal' | 'tangent' | 'adjoint';

export interface EquationName {
  readonly kind: NameKind;
  /** The letter as it is written. */
  readonly letter: string;
  /** n of wn. */
  readonly index: number;
}
export type EquationPiece = string | EquationName;

const NAME = /(?<![\p{L}\p{N}_$.])(w\u0304|ẇ|w)(\d+)(?![\p{L}\p{Nd}_$.(])/gu;

export function piecesOf(equation: string): EquationPiece[] {
  const pieces: EquationPiece[] = [];
  let end = 0;
  for (const match of equation.matchAll(NAME)) {
    if (match.index > end) pieces.push(equation.slice(end, match.index));
    const letter = match[1]!;
    const kind = letter === 'w' ? 'primal' : letter === 'ẇ' ? 'tangent' : 'adjoint';
    pieces.push({ kind, letter, index: Number(match[2]) });
    end = match.index + match[0].length;
  }
  if (end < equation.length) pieces.push(equation.slice(end));
  return pieces;
}
