/** The types of a function's parameters as the user has named them. */
import type { UserType } from '../generate/userTypes.ts';
import type { FunctionNode } from '../source/syntax.ts';

/** The declarations of a type in the file, by its name. */
export type TypeText = (name: string) => string | undefined;

const NAMED = /^(?:readonly )?([\p{ID_Start}$_][\p{ID_Continue}$]*)(?:\[\])*$/u;
const ARRAY = /^(?:Readonly)?Array<([\p{ID_Start}$_][\p{ID_Continue}$]*)>$/u;
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** One for each parameter; `text` is that of the statement in which the function stands. */
export function userTypesOf(
  node: FunctionNode,
  text: string,
  declaration: TypeText,
): (UserType | undefined)[] {
  // A type parameter could have the name of a type.
  const head = text.slice(node.span.start, node.parameters[0]?.span.start ?? node.span.start);
  if (head.includes('<')) return [];
  return node.parameters.map(({ name, rest, optional, shape, span, default: otherwise }) => {
    if (name === undefined || rest || optional || otherwise) return undefined;
    const written = /^[^:?=]+:\s*([^=]+?)\s*$/.exec(text.slice(span.start, span.end))?.[1];
    const inner = written && (NAMED.exec(written) ?? ARRAY.exec(written))?.[1];
    if (!written || !inner || declaration(inner) === undefined) return undefined;
    return { text: written, shape, mutable: isMutable(inner, declaration, new Set()) };
  });
}

function isMutable(name: string, declaration: TypeText, visited: Set<string>): boolean {
  if (visited.has(name)) return true;
  visited.add(name);
  const text = declaration(name);
  if (text === undefined) return true;
  if (/\breadonly\b|\bReadonly/.test(text)) return false;
  return (text.match(WORD) ?? []).every((word) => isMutable(word, declaration, visited));
}
