/**
 * TypeScript's parser, and nothing else of TypeScript: the only file that imports its code (others its types), so
 * that the bundle can carry the parser alone. That build's nodes are bare records without methods (`getStart`, `getText`, `Identifier.text`):
 * use the functions below.
 */
import * as ts from 'typescript';
import { nestsDeeper } from './nesting.ts';
import { skipTrivia } from './trivia.ts';

export const SyntaxKind = ts.SyntaxKind;
export const NodeFlags = ts.NodeFlags;

export type Language = 'ts' | 'tsx' | 'js' | 'jsx';

const SCRIPT_KIND: { readonly [L in Language]: ts.ScriptKind } = {
  ts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  js: ts.ScriptKind.JS,
  jsx: ts.ScriptKind.JSX,
};

/** The parser recurses: at about 600 nested brackets it runs out of a default stack. */
const DEEPEST_NESTING = 200;
export const TOO_DEEP = 'Nested too deeply to be parsed: split it into smaller expressions or functions.';

export interface Parsed {
  readonly file: ts.SourceFile;
  readonly text: string;
  readonly errors: readonly { readonly start: number; readonly end: number; readonly message: string }[];
}

/**
 * No errors of the language: octal literals and escapes and numbers with leading zeros outside strict mode, `o?.#x`.
 */
const ALLOWED = new Set([1121, 1487, 1488, 1489, 18030]);

function diagnosticText(message: string | ts.DiagnosticMessageChain): string {
  return typeof message === 'string' ? message : message.messageText;
}

/** Parses a text; undefined where it is nested too deeply for the parser. Never throws. */
export function parse(text: string, language: Language, esm: boolean): Parsed | undefined {
  if (nestsDeeper(text, DEEPEST_NESTING)) return undefined;
  try {
    const file = ts.createSourceFile(
      'statement.' + language,
      text,
      {
        languageVersion: ts.ScriptTarget.Latest,
        jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
        // `await` at the top of a module is an operator even where this statement alone imports nothing.
        setExternalModuleIndicator: (source) => {
          if (esm) (source as { externalModuleIndicator?: unknown }).externalModuleIndicator = true;
        },
      },
      false,
      SCRIPT_KIND[language],
    );
    const diagnostics = (file as unknown as { parseDiagnostics: readonly ts.DiagnosticWithLocation[] })
      .parseDiagnostics;
    return {
      file,
      text,
      errors: diagnostics
        .filter((d) => !ALLOWED.has(d.code))
        .map((d) => ({
          start: d.start,
          end: d.start + d.length,
          message: diagnosticText(d.messageText),
        })),
    };
  } catch {
    return undefined;
  }
}

/** Where a node's first token starts. */
export function startOf(node: ts.Node, text: string): number {
  return node.pos === node.end ? node.pos : skipTrivia(text, node.pos);
}

/** The parser stores names that start with two underscores with a third. */
export function identifierText(node: ts.Identifier | ts.PrivateIdentifier): string {
  const escaped = node.escapedText as string;
  return escaped.startsWith('___') ? escaped.slice(1) : escaped;
}

/** Whether what the parser holds against a literal is an error in strict mode alone; `source` is its text. */
export function isLegacyLiteral(node: ts.Node, source: string): boolean {
  if (node.kind === SyntaxKind.NumericLiteral) return /^0\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i.test(source);
  if (node.kind !== SyntaxKind.StringLiteral) return false;
  const whole = source.length > 1 && source.at(-1) === source[0];
  return whole && /\\[0-9]/.test(source) && !/\\x(?![\da-f]{2})|\\u(?!\{|[\da-f]{4})/i.test(source);
}

/** True where the parser met an error inside this very node (not only below it). */
export function hasError(node: ts.Node): boolean {
  return (node.flags & NodeFlags.ThisNodeHasError) !== 0 && !isOptionalPrivate(node);
}

/** `o?.#x`, which the parser takes for an error. */
function isOptionalPrivate(node: ts.Node): boolean {
  if (node.kind !== SyntaxKind.PropertyAccessExpression) return false;
  const { name, questionDotToken } = node as ts.PropertyAccessExpression;
  return questionDotToken !== undefined && name.kind === SyntaxKind.PrivateIdentifier;
}
