/** What the workspace asks of a language: how its text is cut into statements, and what one of them means. */
import type { StatementScanner } from '../workspace/scanner.ts';
import type { DeclaredType, LoweredStatement, LowerOptions, TypeLookup } from './typescript/index.ts';

export interface FrontEnd {
  lowerStatement(text: string, options: LowerOptions): LoweredStatement;
  /** One lookup over several declarations of one name. */
  typeLookup(types: Iterable<DeclaredType>): TypeLookup;
}

export type { StatementScanner };
