/**
 * Formulas: immutable expression trees (shared where equal) in the table's operations, for simplifying and printing.
 * Numbers shown to the user never come from here but from tapes and Programs.
 */
import type { Operation } from '../operations/names.ts';

export type Expr =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A named constant: π, e, or a constant of the user's file kept by name, with its value. */
  | { readonly kind: 'named'; readonly name: string; readonly value: number }
  /** An input or a bound variable; the name as the user writes it (`x1`, `p.mass`, `x[i+1]` is an `element`). */
  | { readonly kind: 'variable'; readonly name: string }
  /** x[i]: an element of an input array at a symbolic index. */
  | { readonly kind: 'element'; readonly array: string; readonly index: Expr }
  | { readonly kind: 'op'; readonly op: Operation; readonly args: readonly Expr[] }
  /** Piecewise: the first arm whose condition holds, else `otherwise`. */
  | {
      readonly kind: 'cases';
      readonly arms: readonly { readonly when: Expr; readonly value: Expr }[];
      readonly otherwise: Expr;
    }
  /** Σ or Π of body for variable = from … to (inclusive). */
  | {
      readonly kind: 'sum' | 'product';
      readonly variable: string;
      readonly from: Expr;
      readonly to: Expr;
      readonly body: Expr;
    };
