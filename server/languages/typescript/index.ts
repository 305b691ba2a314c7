/** The front end of TypeScript and JavaScript: text to the core language. Nothing here throws. */
import type ts from 'typescript';
import type { Shape } from '../../../core/source/shape.ts';
import type { Span } from '../../../core/source/span.ts';
import type { Block, Expression, ModuleStatement } from '../../../core/source/syntax.ts';
import { freeNames } from '../../../core/source/traverse.ts';
import { type FunctionSite, Lowering, TooDeep } from './context.ts';
import { type DeclaredType, type TypeLookup, type TypeTerm, typeLookup } from './declared.ts';
import { lowerExpression as lowerExpressionNode } from './expressions.ts';
import { useStrict } from './functions.ts';
import type { ImportedTypes } from './importedShape.ts';
import { lowerModule } from './module.ts';
import { isMutable } from './mutability.ts';
import { type Language, type Parsed, parse, SyntaxKind, TOO_DEEP } from './parser.ts';
import { resolveShape } from './resolveTypes.ts';
import { lowerList } from './statements.ts';
import { fileTypesIn, typesIn } from './typeDeclarations.ts';
import { type FileTypes, WHOLE_EXPORT } from './typeExports.ts';

export type { DeclaredType, FileTypes, FunctionSite, ImportedTypes, Language, TypeLookup, TypeTerm };
export { isMutable, resolveShape, typeLookup, WHOLE_EXPORT };

export interface LowerOptions {
  /** The statement's key, unique within its file. */
  readonly key: number;
  readonly language: Language;
  /** Modules are strict, and `await` at their top is an operator. */
  readonly module: 'esm' | 'script';
  /** A script with a `'use strict'` at its head. */
  readonly strict?: boolean;
  /** Types declared elsewhere in the file. Those of the statement itself are known without. */
  readonly resolveType?: TypeLookup;
  /** Types of other files; absent: they are not known. */
  readonly imports?: ImportedTypes | undefined;
}

export interface LoweredStatement {
  readonly statement: ModuleStatement;
  /** Every function in it, in the order of their starts. */
  readonly functions: readonly FunctionSite[];
  /** The types it declares. */
  readonly types: readonly DeclaredType[];
  /** Names of types that its shapes were read from: where one of them changes, it must be lowered again. */
  readonly typeReferences: ReadonlySet<string>;
}

/** Lowers one top-level statement with its leading comments. */
export function lowerStatement(text: string, options: LowerOptions): LoweredStatement {
  const esm = options.module === 'esm';
  const parsed = parse(text, options.language, esm);
  if (!parsed) return refused(text, options);
  const list = parsed.file.statements;
  const types = typesIn(parsed, options.language);
  const strict = esm || options.strict === true || useStrict(list);
  const ctx = lowering(parsed, { ...options, strict, shift: 0, types });
  return guarded<LoweredStatement>(
    () => {
      const statement = lowerModule(ctx, list, options.key);
      const functions = ctx.sites.sort((a, b) => a.node.span.start - b.node.span.start);
      return { statement, functions, types, typeReferences: ctx.typeReferences };
    },
    () => refused(text, options),
  );
}

function lowering(
  parsed: Parsed,
  options: {
    language: Language;
    strict: boolean;
    shift: number;
    types: readonly DeclaredType[];
    resolveType?: TypeLookup;
    imports?: ImportedTypes | undefined;
  },
): Lowering {
  const own = typeLookup(options.types);
  const ctx = new Lowering({
    text: parsed.text,
    language: options.language,
    strict: options.strict,
    shift: options.shift,
    // A file's lookup knows this statement's types too, merged with others of the same name.
    resolveType: (name) => options.resolveType?.(name) ?? own(name),
    imports: options.imports,
  });
  for (const error of parsed.errors) {
    ctx.errors.push({ span: ctx.range(error.start, error.end), message: error.message });
  }
  return ctx;
}

/** The host's stack may end before our own bounds do: both mean the same. */
function guarded<T>(run: () => T, tooDeep: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError) return tooDeep();
    throw error;
  }
}

/** What stands for a text that is nested too deeply: it declares nothing and refuses when run. */
function refused(text: string, options: LowerOptions): LoweredStatement {
  const span = { start: 0, end: text.length };
  return {
    statement: {
      key: options.key,
      declares: [],
      functions: [],
      statements: [{ kind: 'unsupportedStatement', span, problem: 'GL010', message: TOO_DEEP }],
      imports: [],
      exports: [],
      references: new Set(),
      effects: false,
      syntaxErrors: [{ span, message: TOO_DEEP }],
      strict: options.module === 'esm' || options.strict === true,
    },
    functions: [],
    types: [],
    typeReferences: new Set(),
  };
}

/** The types that a text declares, without lowering it. */
export function declaredTypes(text: string, language: Language = 'ts'): readonly DeclaredType[] {
  const parsed = parse(text, language, true);
  return parsed ? typesIn(parsed, language) : [];
}

const NO_TYPES: FileTypes = { types: [], exports: [], declares: [], explicit: false, augments: [] };

/** What a text declares, imports and exports of types. */
export function fileTypes(text: string, language: Language): FileTypes {
  const parsed = parse(text, language, true);
  return parsed ? fileTypesIn(parsed, language) : NO_TYPES;
}

/** The shape of a type written by itself, such as `number[]`. */
export function shapeOfType(text: string, lookup: TypeLookup = () => undefined): Shape {
  const parsed = parse(`type T = ${text}`, 'ts', true);
  const type = parsed?.errors.length === 0 ? typesIn(parsed, 'ts')[0]?.type : undefined;
  return type ? resolveShape(type, lookup) : { kind: 'unknown' };
}

export interface SyntaxError {
  readonly span: Span;
  readonly message: string;
}

/** A selection, lowered by itself. Spans are relative to its text. */
export interface LoweredFragment {
  readonly kind: 'expression' | 'statements';
  /** Of an expression. */
  readonly expression?: Expression;
  /** Of statements: a block with the names they declare lexically. */
  readonly block?: Block;
  /** `var`s that the statements declare. */
  readonly vars: readonly string[];
  /** Names that occur in it and that it does not declare. */
  readonly free: ReadonlySet<string>;
  readonly syntaxErrors: readonly SyntaxError[];
}

/** Lowers an expression. Check `syntaxErrors`: with any, parts of it are `unsupported`. */
export function lowerExpression(text: string, language: Language): LoweredFragment {
  // The line break ends a comment at the end of the text.
  const parsed = parse(`(${text}\n)`, language, true);
  const refuse = (message: string): LoweredFragment => {
    const span = { start: 0, end: text.length };
    return {
      kind: 'expression',
      expression: { kind: 'unsupported', span, problem: 'GL010', message },
      vars: [],
      free: new Set(),
      syntaxErrors: [{ span, message }],
    };
  };
  if (!parsed) return refuse(TOO_DEEP);
  const only = parsed.file.statements[0];
  const wrapped =
    only?.kind === SyntaxKind.ExpressionStatement && (only as ts.ExpressionStatement).expression;
  if (
    parsed.file.statements.length !== 1 ||
    !wrapped ||
    wrapped.kind !== SyntaxKind.ParenthesizedExpression ||
    wrapped.end !== text.length + 3
  ) {
    return refuse(parsed.errors[0]?.message ?? 'This is no expression.');
  }
  const ctx = lowering(parsed, { language, strict: true, shift: 1, types: [] });
  return guarded<LoweredFragment>(
    () => {
      const expression = lowerExpressionNode(ctx, wrapped);
      return {
        kind: 'expression',
        expression,
        vars: [],
        free: freeNames([expression]),
        syntaxErrors: ctx.errors,
      };
    },
    () => refuse(TOO_DEEP),
  );
}

/** Lowers a selection: an expression where it is one, else a list of statements. */
export function lowerFragment(text: string, language: Language): LoweredFragment {
  const expression = lowerExpression(text, language);
  if (expression.syntaxErrors.length === 0) return expression;
  const parsed = parse(text, language, true);
  if (!parsed) return expression;
  const ctx = lowering(parsed, { language, strict: true, shift: 0, types: [] });
  return guarded<LoweredFragment>(
    () => {
      const list = lowerList(ctx, parsed.file.statements, 'function');
      const block: Block = { kind: 'block', span: { start: 0, end: text.length }, ...list };
      const vars = [...ctx.frame.vars];
      return {
        kind: 'statements',
        block,
        vars,
        free: freeNames([block], vars),
        syntaxErrors: ctx.errors,
      };
    },
    () => expression,
  );
}
