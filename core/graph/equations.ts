/**
 * The equations of one tape row as a tutorial tabulates them: w3 = w1·w2, ẇ3 = ẇ1·w2 + w1·ẇ2,
 * w̄1 = w̄3·w2 + w̄4·cos(w1). Each follows from the row's partials in the operation table.
 */
import { EXPRESSIONS } from '../expression/algebra.ts';
import { number, op, variable } from '../expression/build.ts';
import type { Expr } from '../expression/expression.ts';
import { substitute } from '../expression/walk.ts';
import { NUMBERS } from '../operations/algebras/numbers.ts';
import { OPERATIONS, type Operation } from '../operations/names.ts';
import { partialOf } from '../operations/numeric.ts';
import { TABLE } from '../operations/table.ts';
import { printUnicode } from '../print/unicode.ts';
import { simplify } from '../simplify/simplify.ts';
import { INPUT, type Tape } from '../trace/tape.ts';

/** w with a dot above, and w with a bar (a combining one: there is no such letter). */
const DOT = 'ẇ';
const BAR = 'w\u0304';

export const primalName = (row: number): string => `w${row + 1}`;
export const tangentName = (row: number): string => `${DOT}${row + 1}`;
export const adjointName = (row: number): string => `${BAR}${row + 1}`;

/** Terms of a sum that are written out. */
const TERMS_SHOWN = 12;
/** Operands of one operation that are written out (`max` of a thousand). */
const OPERANDS_SHOWN = 12;

export interface LocalPartial {
  /** Operand: a row, or a constant's code (< 0). */
  readonly operand: number;
  /** ∂(row)/∂(operand) in terms of the w; undefined where nothing flows through it. */
  readonly formula: Expr | undefined;
  readonly value: number | undefined;
}

export interface RowEquations {
  readonly row: number;
  readonly op: Operation | undefined;
  /** The row in terms of its operands; undefined for an input. */
  readonly primal: string | undefined;
  readonly partials: readonly LocalPartial[];
}

function operandExpr(tape: Tape, operand: number): Expr {
  return operand >= 0 ? variable(primalName(operand)) : number(tape.read(operand));
}

export function rowEquations(tape: Tape, row: number): RowEquations {
  const code = tape.op[row]!;
  if (code === INPUT) return { row, op: undefined, primal: undefined, partials: [] };
  const name = OPERATIONS[code]!;
  const operands = tape.operands(row);
  const values = operands.map((operand) => tape.read(operand));
  const shown = operands.slice(0, OPERANDS_SHOWN).map((operand) => operandExpr(tape, operand));
  let primal = printUnicode(op(name, ...shown));
  if (operands.length > OPERANDS_SHOWN) primal = primal.replace(/\)$/, `, … ${operands.length} in all)`);
  const table = TABLE[name];
  // What passes one argument on does so for good on a tape: its slope is 1 and the others do not count.
  const chosen = table.choose?.(NUMBERS, ...values);
  const formulas = chosen === undefined && !table.flat ? localPartials(name, shown) : undefined;
  const partials = operands.map((operand, i): LocalPartial => {
    const passed = chosen !== undefined && chosen[i] !== undefined && chosen[i] !== 0;
    const formula = passed ? number(1) : formulas?.[i];
    if (formula === undefined) return { operand, formula: undefined, value: undefined };
    return { operand, formula, value: passed ? 1 : partialOf(code, i, values) };
  });
  return { row, op: name, primal, partials };
}

/** Simplified partials by operation and constants, in terms of placeholders: rows of a loop differ in names alone. */
const partialCache = new Map<string, readonly (Expr | undefined)[]>();
const LARGEST_CACHE = 2000;
const placeholder = (i: number): string => `w${i + 1}`;

function localPartials(name: Operation, operands: readonly Expr[]): readonly (Expr | undefined)[] {
  const key = `${name} ${operands.map((operand) => (operand.kind === 'number' ? operand.value : 'w')).join(' ')}`;
  let partials = partialCache.get(key);
  if (partials === undefined) {
    const general = operands.map((operand, i) =>
      operand.kind === 'number' ? operand : variable(placeholder(i)),
    );
    const table = TABLE[name];
    partials = general.map((_, i) => {
      const formula = table.textbook(EXPRESSIONS, i, general) ?? table.partial(EXPRESSIONS, i, general);
      return formula === undefined ? undefined : simplify(formula);
    });
    if (partialCache.size >= LARGEST_CACHE) partialCache.clear();
    partialCache.set(key, partials);
  }
  const names = new Map(operands.map((operand, i) => [placeholder(i), operand]));
  return partials.map((partial) => partial && substitute(partial, names));
}

/** `ẇ1·w2 + w1·ẇ2`; '0' where nothing flows. */
export function tangentEquation(equations: RowEquations): string {
  const terms: Expr[] = [];
  equations.partials.forEach(({ operand, formula }, i) => {
    if (operand < 0 || formula === undefined || isZero(formula)) return;
    const tangent = variable(tangentName(operand));
    // A product keeps its factors where they stand: w1·ẇ2.
    terms.push(equations.op === 'mul' && i === 1 ? times(formula, tangent) : times(tangent, formula));
  });
  return sumText(terms);
}

/** A row that uses another one, and through which operand. */
export interface Use {
  readonly equations: RowEquations;
  readonly index: number;
}

/** `w̄3·w2 + w̄4·cos(w1)`: a term for each use; the output starts with 1. */
export function adjointEquation(uses: readonly Use[], isOutput: boolean): string {
  const terms: Expr[] = isOutput ? [number(1)] : [];
  for (const { equations, index } of uses) {
    const formula = equations.partials[index]?.formula;
    if (formula === undefined || isZero(formula)) continue;
    terms.push(times(variable(adjointName(equations.row)), formula));
  }
  return sumText(terms);
}

function isZero(expr: Expr): boolean {
  return expr.kind === 'number' && expr.value === 0;
}

/** a·b with signs and ones drawn out, nothing reordered. */
function times(a: Expr, b: Expr): Expr {
  return EXPRESSIONS.mul(a, b);
}

function negated(term: Expr): Expr | undefined {
  if (term.kind !== 'op') return undefined;
  if (term.op === 'neg') return term.args[0];
  if (term.op !== 'mul') return undefined;
  const [a, b] = term.args as [Expr, Expr];
  if (b.kind === 'op' && b.op === 'neg') return op('mul', a, b.args[0]!);
  if (a.kind === 'op' && a.op === 'neg') return op('mul', a.args[0]!, b);
  return undefined;
}

function sumText(terms: readonly Expr[]): string {
  if (terms.length === 0) return '0';
  let total: Expr | undefined;
  for (const term of terms.slice(0, TERMS_SHOWN)) {
    const positive = negated(term);
    if (total === undefined) total = positive === undefined ? term : op('neg', positive);
    else total = positive === undefined ? op('add', total, term) : op('sub', total, positive);
  }
  const text = printUnicode(total!);
  const left = terms.length - TERMS_SHOWN;
  return left > 0 ? `${text} + … ${left} more terms` : text;
}
