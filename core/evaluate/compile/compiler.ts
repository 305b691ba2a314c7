/**
 * Compiles the core language to closures over frames: names become slots, known numbers stay unboxed. The pieces
 * stand beside this file: expressions, patterns, statements, functions, classes.
 */

import type { Span } from '../../source/span.ts';
import type { Expression, FunctionNode, Statement } from '../../source/syntax.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Evaluate } from '../functions.ts';
import type { Cell } from '../heap.ts';
import { Site, type Value } from '../values.ts';
import type { ModuleScope } from './scope.ts';

/** What is told of the values that pass through the nodes of one function: for hovers and hints. */
export interface Observer {
  /** The function whose own body is observed. */
  readonly node: FunctionNode;
  saw(span: Span, value: Value): void;
  /** Where the values of one node go: asked for once, when the node is compiled. */
  cell(span: Span): Observed;
}

/** The last value of a node, and how often it was evaluated. */
export interface Observed {
  value: Value;
  count: number;
}

export interface Context {
  readonly ev: Evaluator;
  readonly module: ModuleScope;
  readonly file: string;
  readonly statement: number;
  readonly observer: Observer | undefined;
  /** In the body of a generator: a `yield` may leave its statements. */
  readonly resumable?: boolean;
  /** For code of ours, whose places mean nothing to the user. */
  readonly ambient?: Site | undefined;
}

export function siteOf(context: Context, span: Span): Site {
  if (context.ambient !== undefined) return context.ambient;
  return new Site({ file: context.file, statement: context.statement, span });
}

export function observed(context: Context, active: boolean, span: Span, evaluate: Evaluate): Evaluate {
  const observer = context.observer;
  if (observer === undefined || !active) return evaluate;
  const cell = observer.cell(span);
  return (f) => {
    const value = evaluate(f);
    cell.value = value;
    cell.count++;
    return value;
  };
}

export type { Cell, Expression, Statement };
