/** What a list of statements declares in its own scope. */
import type ts from 'typescript';
import type { ScopeName } from '../../../core/source/syntax.ts';
import type { Lowering } from './context.ts';
import { hasModifier } from './functions.ts';
import { isInstantiated } from './namespaces.ts';
import { identifierText, NodeFlags, SyntaxKind } from './parser.ts';

export type Level = 'module' | 'function' | 'block' | 'namespace';

/** What a list of statements declares in its own scope, in order. */
export function lexicalNames(ctx: Lowering, statements: readonly ts.Statement[], level: Level): ScopeName[] {
  const scope: ScopeName[] = [];
  const names = new Set<string>();
  const add = (text: string, mode: ScopeName['mode']): boolean => {
    if (text === '' || names.has(text)) return false;
    names.add(text);
    scope.push({ name: text, mode });
    return true;
  };
  for (const statement of statements) {
    if (isAmbient(statement)) continue;
    switch (statement.kind) {
      case SyntaxKind.VariableStatement: {
        const { declarationList } = statement as ts.VariableStatement;
        const mode = declarationMode(declarationList);
        if (mode === 'var') break;
        for (const declaration of declarationList.declarations) {
          for (const text of namesIn(declaration.name)) add(text, mode);
        }
        break;
      }
      case SyntaxKind.ClassDeclaration:
        add(declaredName(statement as ts.ClassDeclaration), 'class');
        break;
      case SyntaxKind.FunctionDeclaration: {
        const declaration = statement as ts.FunctionDeclaration;
        if (!declaration.body) break;
        const text = declaredName(declaration);
        if (level === 'block' && hoistsAsVar(ctx, text, names)) {
          ctx.frame.vars.add(text);
          ctx.hoisted.add(statement);
        }
        add(text, 'function');
        break;
      }
      case SyntaxKind.EnumDeclaration:
      case SyntaxKind.ModuleDeclaration: {
        const named = (statement as ts.EnumDeclaration).name;
        if (named.kind !== SyntaxKind.Identifier || !isInstantiated(statement)) break;
        // At the top they merge across statements.
        if (level === 'module') ctx.frame.vars.add(identifierText(named));
        else if (!add(identifierText(named), 'let')) ctx.merged.add(statement);
        break;
      }
      case SyntaxKind.ImportEqualsDeclaration:
        if (level !== 'module') add(identifierText((statement as ts.ImportEqualsDeclaration).name), 'const');
        break;
    }
  }
  return scope;
}

/**
 * ECMAScript, Annex B.3.2: outside strict mode a function declared in a block is a `var` of its function as well,
 * unless that would be an error.
 */
function hoistsAsVar(ctx: Lowering, text: string, own: ReadonlySet<string>): boolean {
  const { strict, parameters, lexical } = ctx.frame;
  return !strict && !parameters.has(text) && !own.has(text) && !lexical.some((names) => names.has(text));
}

/** The names of a scope around the blocks in it: functions at the top of a function are like its `var`s. */
export function asLexical(scope: readonly ScopeName[], level: Level): ReadonlySet<string> {
  const kept = scope.filter(({ mode }) => mode !== 'function' || level === 'block');
  return new Set(kept.map(({ name }) => name));
}

export function declaredName(node: ts.ClassDeclaration | ts.FunctionDeclaration): string {
  return node.name ? identifierText(node.name) : 'default';
}

export function namesIn(pattern: ts.BindingName): string[] {
  if (pattern.kind === SyntaxKind.Identifier) return [identifierText(pattern as ts.Identifier)];
  return (pattern as ts.BindingPattern).elements.flatMap((element) =>
    element.kind === SyntaxKind.BindingElement ? namesIn((element as ts.BindingElement).name) : [],
  );
}

/** Declared for the type checker alone. A `declare const enum` has values that the compiler inlines. */
export function isAmbient(node: ts.Statement): boolean {
  return (
    hasModifier(node, SyntaxKind.DeclareKeyword) &&
    !(node.kind === SyntaxKind.EnumDeclaration && hasModifier(node, SyntaxKind.ConstKeyword))
  );
}

export type DeclarationMode = 'const' | 'let' | 'var';

export function declarationMode(list: ts.VariableDeclarationList): DeclarationMode {
  const flags = list.flags & NodeFlags.BlockScoped;
  return flags === NodeFlags.Let ? 'let' : flags === 0 ? 'var' : 'const';
}

export function isUsing(list: ts.VariableDeclarationList): boolean {
  const flags = list.flags & NodeFlags.BlockScoped;
  return flags === NodeFlags.Using || flags === NodeFlags.AwaitUsing;
}

/** Declared twice in one scope: an error of the language that the parser does not look for. */
export function repeatedName(statements: readonly ts.Statement[]): ts.Identifier | undefined {
  const seen = new Set<string>();
  for (const statement of statements) {
    if (statement.kind !== SyntaxKind.VariableStatement || isAmbient(statement)) continue;
    const { declarationList } = statement as ts.VariableStatement;
    if (declarationMode(declarationList) === 'var') continue;
    for (const declaration of declarationList.declarations) {
      for (const text of namesIn(declaration.name)) {
        if (text !== '' && seen.has(text)) return declaration.name as ts.Identifier;
        seen.add(text);
      }
    }
  }
  return undefined;
}
