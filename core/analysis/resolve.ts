/** The function that a request names, with the place that its problems are shown at. */
import { Closure } from '../evaluate/functions.ts';
import type { ModuleInstance } from '../evaluate/module.ts';
import { JsFunction } from '../evaluate/objects.ts';
import { Poison, type Value } from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import type { Location } from '../source/span.ts';
import type { FunctionNode, ModuleStatement } from '../source/syntax.ts';
import { named } from './named.ts';

/** The function that a request names. */
export interface Found {
  readonly fn: JsFunction;
  /** Absent for functions without source: built-in and bound ones. */
  readonly node: FunctionNode | undefined;
  readonly statement: ModuleStatement;
  readonly at: Location;
  /** What it is a method of, where it is one of an object (not of a prototype). */
  readonly owner: Value;
}

/** A text where the request is a bad one. */
export function resolve(
  module: ModuleInstance,
  statements: readonly ModuleStatement[],
  name: string,
): Found | Problem | string {
  const found = named(module, name);
  if (found === undefined) return `The file has no function '${name}'.`;
  const { value, owner } = found;
  if (value instanceof Poison) return value.problem;
  if (!(value instanceof JsFunction)) return `'${name}' is not a function.`;
  if (value instanceof Closure) {
    const at = value.code().site.location;
    const statement = statements.find((s) => s.key === at.statement) ?? statements[0]!;
    return { fn: value, node: value.node, statement, at, owner };
  }
  const [head] = name.split('.');
  const statement = statements.find((s) => s.declares.some((d) => d.name === head)) ?? statements.at(-1)!;
  const at = { file: module.file, statement: statement.key, span: { start: 0, end: 0 } };
  return { fn: value, node: undefined, statement, at, owner };
}
