/** Where an input stands in the source: at its parameter's name, or at its own in a pattern. */
import type { Input } from '../analysis/model.ts';
import type { Span } from '../source/span.ts';
import type { FunctionNode, Pattern } from '../source/syntax.ts';

/** undefined for what no parameter holds: of the receiver. */
export function inputSpan({ parameter, path }: Input, node: FunctionNode): Span | undefined {
  if (parameter < 0) return undefined;
  // A rest takes all arguments from its own on.
  const found = node.parameters[parameter] ?? node.parameters.findLast(({ rest }) => rest);
  return found === undefined ? undefined : boundAt(found.target, path.slice(1)).span;
}

/** The innermost place of a pattern that binds what the keys lead to. */
function boundAt(pattern: Pattern, keys: readonly (string | number)[]): Pattern {
  const [key, ...rest] = keys;
  if (key === undefined) return pattern;
  if (pattern.kind === 'objectPattern') {
    const property = pattern.properties.find((one) => one.key === key);
    const within = property?.target ?? pattern.rest;
    return within === undefined ? pattern : boundAt(within, rest);
  }
  if (pattern.kind === 'arrayPattern') {
    const within = pattern.elements[Number(key)]?.target ?? pattern.rest;
    return within === undefined ? pattern : boundAt(within, rest);
  }
  return pattern;
}
