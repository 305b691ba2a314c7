/** A whole file at once: what is imported, and not edited. */
import type ts from 'typescript';
import type { ModuleStatement } from '../../../core/source/syntax.ts';
import { Lowering, TooDeep } from './context.ts';
import { typeLookup } from './declared.ts';
import { hasModifier, useStrict } from './functions.ts';
import { lowerModule } from './module.ts';
import { type Language, type Parsed, parse, SyntaxKind } from './parser.ts';
import { typesIn } from './typeDeclarations.ts';

export interface LoweredFile {
  /** Keys are indices into `starts`. */
  readonly statements: readonly ModuleStatement[];
  /** Where each statement starts in the text. */
  readonly starts: readonly number[];
  /** It has an `import` or `export`. */
  readonly isModule: boolean;
}

export interface FileOptions {
  readonly language: Language;
  /** It is an ES module whatever stands in it. */
  readonly esm: boolean;
}

/** undefined where it is nested too deeply for the parser. */
export function lowerFile(text: string, options: FileOptions): LoweredFile | undefined {
  const { language } = options;
  let parsed = parse(text, language, options.esm);
  if (parsed === undefined) return undefined;
  const isModule = parsed.file.statements.some(isModuleSyntax);
  const esm = options.esm || isModule;
  if (esm && !options.esm && /\bawait\b/.test(text)) parsed = parse(text, language, true) ?? parsed;
  const list = parsed.file.statements;
  const strict = esm || language === 'ts' || language === 'tsx' || useStrict(list);
  const resolveType = typeLookup(typesIn(parsed, language));
  const statements: ModuleStatement[] = [];
  const starts: number[] = [];
  try {
    list.forEach((statement, key) => {
      const shift = statement.pos;
      const ctx = new Lowering({ text, language, strict, shift, resolveType });
      addErrors(ctx, parsed, statement, key === list.length - 1);
      statements.push(lowerModule(ctx, [statement], key));
      starts.push(shift);
    });
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError) return undefined;
    throw error;
  }
  return { statements, starts, isModule };
}

function addErrors(ctx: Lowering, parsed: Parsed, statement: ts.Statement, last: boolean): void {
  for (const { start, end, message } of parsed.errors) {
    if (start < statement.pos || (start >= statement.end && !last)) continue;
    ctx.errors.push({ span: ctx.range(start, end), message });
  }
}

function isModuleSyntax(statement: ts.Statement): boolean {
  switch (statement.kind) {
    case SyntaxKind.ImportDeclaration:
    case SyntaxKind.ExportDeclaration:
    case SyntaxKind.ExportAssignment:
      return true;
    case SyntaxKind.ImportEqualsDeclaration:
      return (
        (statement as ts.ImportEqualsDeclaration).moduleReference.kind === SyntaxKind.ExternalModuleReference
      );
    default:
      return hasModifier(statement, SyntaxKind.ExportKeyword);
  }
}
