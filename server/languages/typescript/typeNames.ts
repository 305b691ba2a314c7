/** What names mean where a type stands: declarations, through imports and namespaces. */
import { type DeclaredType, type TypeLookup, type TypeTerm, valueName } from './declared.ts';
import { WHOLE_EXPORT } from './typeExports.ts';

/** Aliases and exports that lead on to others. */
const LONGEST_CHAIN = 20;

/** What names mean where a term stands. */
export interface Environment {
  readonly bindings: ReadonlyMap<string, Bound>;
  readonly lookup: TypeLookup;
  /** The namespace around. */
  readonly inside?: string | undefined;
  /** The declarations around, so that recursive types end. */
  readonly above: readonly DeclaredType['type'][];
  /**
   * How the file itself calls what another module declares; where it has no name for it `module#`, '' where even that is
   * not known.
   */
  readonly alias?: string | undefined;
}

export interface Bound {
  readonly term: TypeTerm;
  readonly environment: Environment;
}

/** A declaration with what the names in it mean. */
export interface Entered {
  readonly type: TypeTerm;
  readonly environment: Environment;
}

/** How the asking file calls classes of what is found. */
export function aliasOf({ declared, foreign }: Located, at: Environment): string | undefined {
  const module = declared.module === undefined ? '' : `${declared.module}#`;
  if (foreign !== undefined) return foreign.name || module;
  return at.alias === undefined ? undefined : module;
}

export interface Located {
  readonly declared: DeclaredType;
  /** It is another module's: what the asking file calls it. */
  readonly foreign?: { readonly name: string };
}

/** What a path means, through the imports that it leads to. */
export function find(
  path: readonly string[],
  specifier: string | undefined,
  at: Environment,
): Located | undefined {
  let { lookup } = at;
  let rest = path;
  let from = specifier;
  let foreign: Located['foreign'];
  let typeOnly = false;
  for (let i = 0; i < LONGEST_CHAIN; i++) {
    const { declared, over } = first(rest, from, lookup, i === 0 ? at.inside : undefined) ?? {};
    if (declared === undefined) return undefined;
    if (from !== undefined)
      foreign ??= {
        name: at.alias === undefined && specifier === undefined && !typeOnly ? path.join('.') : '',
      };
    if (declared.type.kind !== 'imported') {
      if (over!.length > 0) return undefined;
      return foreign === undefined ? { declared } : { declared, foreign };
    }
    const { name } = declared.type;
    typeOnly ||= declared.type.typeOnly === true;
    from = declared.type.specifier;
    if (name !== '*') rest = [name, ...over!];
    else if (over!.length === 0) rest = [WHOLE_EXPORT];
    else rest = path[0]!.startsWith('typeof ') ? [valueName(over![0]!), ...over!.slice(1)] : over!;
    lookup = declared.scope ?? lookup;
  }
  return undefined;
}

/** The declaration of the longest part of a path that has one, from the innermost namespace outwards. */
export function first(
  path: readonly string[],
  specifier: string | undefined,
  lookup: TypeLookup,
  inside: string | undefined,
): { readonly declared: DeclaredType; readonly over: readonly string[] } | undefined {
  for (
    let around = inside;
    ;
    around = around.includes('.') ? around.slice(0, around.lastIndexOf('.')) : undefined
  ) {
    for (let length = path.length; length > 0; length--) {
      const name = path.slice(0, length).join('.');
      const declared = lookup(around === undefined ? name : `${around}.${name}`, specifier);
      if (declared !== undefined) return { declared, over: path.slice(length) };
    }
    if (around === undefined) return undefined;
  }
}
