/**
 * What stands in a function's annotation, parsed but not yet evaluated: values are core-language expressions, so
 * that the evaluator computes them (with the file's top-level constants in scope, and `linspace`, `fill` and Math's
 * names known). All spans are relative to the statement that holds the annotation.
 */

import type { Span } from '../source/span.ts';
import type { Expression } from '../source/syntax.ts';

/** A path to numeric leaves: parameter (`x`, `#2`, `this`) then keys; `'*'` is every leaf below. */
export interface LeafPath {
  readonly root: string;
  readonly keys: readonly (string | number)[];
  readonly span: Span;
}
export interface SampleValue {
  /** `x`, `#2` (1-based) or `this`. */
  readonly root: string;
  readonly rootSpan: Span;
  readonly value: Expression;
}
export interface Sample {
  readonly values: readonly SampleValue[];
  readonly span: Span;
}
export interface Range {
  readonly path: LeafPath;
  readonly low: Expression;
  readonly high: Expression;
}
export interface AnnotationProblem {
  readonly id: 'GL001';
  readonly message: string;
  readonly span: Span;
}
export interface Annotation {
  /** The whole annotation, for edits. */
  readonly span: Span;
  readonly differentiable: boolean;
  /** undefined: the default choice of inputs. */
  readonly wrt?: readonly LeafPath[] | undefined;
  readonly samples: readonly Sample[];
  readonly ranges: readonly Range[];
  readonly gradientOf?: { readonly name: string; readonly span: Span } | undefined;
  readonly problems: readonly AnnotationProblem[];
}
