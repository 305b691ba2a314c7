/** What the workspace asks of a language: what one of its statements means. */
import type {
  DeclaredType,
  FileTypes,
  Language,
  LoweredStatement,
  LowerOptions,
  TypeLookup,
  TypeTerm,
} from './typescript/index.ts';

export interface FrontEnd {
  lowerStatement(text: string, options: LowerOptions): LoweredStatement;
  /** The types that a text declares, without lowering it. */
  declaredTypes(text: string, language: Language): readonly DeclaredType[];
  /** With those that it imports and exports. */
  fileTypes(text: string, language: Language): FileTypes;
  /** Whether nothing of a type can be readonly. */
  isMutable(term: TypeTerm, lookup: TypeLookup): boolean;
  /** One lookup over several declarations of one name. */
  typeLookup(types: Iterable<DeclaredType>): TypeLookup;
}
