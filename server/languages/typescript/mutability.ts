/** Whether results may be written into what has a type. */
import { partsOf, type TypeLookup, type TypeTerm } from './declared.ts';
import { type Environment, find } from './typeNames.ts';

/** Terms that are looked at. */
const MOST = 2000;

/** Whether nothing of a type can be readonly, as far as its name leads to declarations. */
export function isMutable(term: TypeTerm, lookup: TypeLookup): boolean {
  const visited = new Set<TypeTerm>();
  const mutable = (part: TypeTerm, at: Environment): boolean => {
    if (visited.has(part)) return true;
    visited.add(part);
    if (visited.size > MOST) return false;
    if (part.kind === 'reference') {
      const declared = find(part.path, part.specifier, at)?.declared;
      if (declared?.fixed) return false;
      const inner = declared && { ...at, lookup: declared.scope ?? at.lookup, inside: declared.inside };
      if (inner && !mutable(declared.type, inner)) return false;
    }
    return partsOf(part).every((each) => mutable(each, at));
  };
  return mutable(term, { bindings: new Map(), lookup, above: [] });
}
