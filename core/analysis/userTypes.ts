/** The types of a function's parameters as the user has written them. */
import type { UserType } from '../generate/userTypes.ts';
import type { FunctionNode } from '../source/syntax.ts';

/** What is known of a type where the code is to stand. */
export interface NamedType {
  /** Nothing in it is readonly. */
  readonly mutable: boolean;
}

/** By its name (`Vec3`, `T.Vec3`), or as that of another module. */
export type TypeNames = (name: string, specifier?: string) => NamedType | undefined;

const READONLY = /^(?:readonly\s+|ReadonlyArray\s*<)/u;
/** Names, lists, arguments, keys: nothing that names something of its own. */
const PLAIN = /^[\p{ID_Continue}$.<>[\],|\s'"]*$/u;
const TEXT = /'[^'\n]*'|"[^"\n]*"/gu;
const IMPORTED = /\bimport\s*\(\s*(?:'([^'\n]*)'|"([^"\n]*)")\s*\)\s*\.\s*([\p{ID_Continue}$.]+)/gu;
const NAME = /(?<![\p{ID_Continue}$.])[\p{ID_Start}$_][\p{ID_Continue}$.]*/gu;
/** TypeScript's own. */
const BUILT_IN = new Set(
  (
    'number string boolean null undefined true false readonly keyof typeof Array ReadonlyArray Readonly Partial Required ' +
    'Pick Omit Record Exclude Extract NonNullable Float64Array Float32Array Float16Array Int8Array Uint8Array ' +
    'Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array'
  ).split(' '),
);

/** One for each parameter; `text` is that of the statement in which the function stands. */
export function userTypesOf(node: FunctionNode, text: string, names: TypeNames): (UserType | undefined)[] {
  // A type parameter could have the name of a type.
  const head = text.slice(node.span.start, node.parameters[0]?.span.start ?? node.span.start);
  if (head.includes('<')) return [];
  return node.parameters.map(({ name, rest, optional, shape, span, default: otherwise }) => {
    if (name === undefined || rest || optional || otherwise) return undefined;
    const written = /^[^:?=]+:\s*([^=]+?)\s*$/.exec(text.slice(span.start, span.end))?.[1];
    if (!written) return undefined;
    const mutable = mutabilityOf(written, names);
    return mutable === undefined ? undefined : { text: written, shape, mutable };
  });
}

/** Whether nothing below the outermost array is readonly; undefined where something in it has no name there. */
function mutabilityOf(written: string, names: TypeNames): boolean | undefined {
  let inner = written;
  for (let outer = READONLY.exec(inner); outer !== null; outer = READONLY.exec(inner))
    inner = inner.slice(outer[0].length);
  const known: (NamedType | undefined)[] = [];
  const rest = inner.replace(IMPORTED, (_, single?: string, double?: string, name?: string) => {
    known.push(names(name!, single ?? double));
    return '';
  });
  if (!PLAIN.test(rest)) return undefined;
  for (const [name] of rest.replace(TEXT, '').matchAll(NAME))
    if (!BUILT_IN.has(name)) known.push(names(name));
  if (known.length === 0 || known.includes(undefined)) return undefined;
  return !/\breadonly\b|\bReadonly/.test(inner) && known.every((type) => type!.mutable);
}
