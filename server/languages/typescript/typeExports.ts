/** Which types a file gives to others: those that its exports name, and of CommonJS what it assigns to `exports`. */
import type ts from 'typescript';
import type { DeclaredType } from './declared.ts';
import { identifierText, SyntaxKind } from './parser.ts';

/** What a file exports under a name: one of its own types, or one of another module; `*`: all that module exports. */
export type TypeExport =
  | { readonly name: string; readonly local: string }
  | { readonly name: string; readonly specifier: string; readonly of: string };

/** What a text declares, imports and exports of types. */
export interface FileTypes {
  readonly types: readonly DeclaredType[];
  readonly exports: readonly TypeExport[];
  /** Names of its own declarations: all of them are exported where a file of declarations does not say which. */
  readonly declares: readonly string[];
  /** It says itself what it exports. */
  readonly explicit: boolean;
  /** What it adds to other modules: `declare module './m' { … }`. */
  readonly augments: readonly { readonly specifier: string; readonly types: readonly DeclaredType[] }[];
}

/** What stands for the whole of a module that says `export = x`. */
export const WHOLE_EXPORT = 'export=';

export function exportedTypes(statement: ts.Statement): TypeExport[] {
  switch (statement.kind) {
    case SyntaxKind.ExportDeclaration:
      return exportDeclaration(statement as ts.ExportDeclaration);
    case SyntaxKind.ExportAssignment: {
      const { expression, isExportEquals } = statement as ts.ExportAssignment;
      const local = nameIn(expression);
      return local === undefined ? [] : [{ name: isExportEquals ? WHOLE_EXPORT : 'default', local }];
    }
    case SyntaxKind.ExpressionStatement:
      return assigned((statement as ts.ExpressionStatement).expression);
    default: {
      if (!hasModifier(statement, SyntaxKind.ExportKeyword)) return [];
      const isDefault = hasModifier(statement, SyntaxKind.DefaultKeyword);
      return declaredNames(statement).map((local) => ({ name: isDefault ? 'default' : local, local }));
    }
  }
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const { modifiers } = node as { modifiers?: ts.NodeArray<ts.ModifierLike> };
  return modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}

/** Whether a statement says what a file of declarations exports. */
export const isExplicit = ({ kind }: ts.Statement): boolean =>
  kind === SyntaxKind.ExportDeclaration || kind === SyntaxKind.ExportAssignment;

function exportDeclaration({ exportClause, moduleSpecifier }: ts.ExportDeclaration): TypeExport[] {
  const specifier = moduleSpecifier && stringIn(moduleSpecifier);
  if (moduleSpecifier !== undefined && specifier === undefined) return [];
  if (exportClause === undefined) return specifier === undefined ? [] : [{ name: '*', specifier, of: '*' }];
  if (exportClause.kind === SyntaxKind.NamespaceExport) {
    const name = exportName((exportClause as ts.NamespaceExport).name);
    return specifier === undefined ? [] : [{ name, specifier, of: '*' }];
  }
  return (exportClause as ts.NamedExports).elements.map(({ name, propertyName }) => {
    const of = exportName(propertyName ?? name);
    return specifier === undefined
      ? { name: exportName(name), local: of }
      : { name: exportName(name), specifier, of };
  });
}

/** `module.exports = { A, b: B }`, `module.exports = A`, `exports.A = A`. */
function assigned(node: ts.Expression): TypeExport[] {
  if (node.kind !== SyntaxKind.BinaryExpression) return [];
  const { left, operatorToken, right } = node as ts.BinaryExpression;
  if (operatorToken.kind !== SyntaxKind.EqualsToken) return [];
  const target = dotted(left);
  if (target === 'module.exports' && right.kind === SyntaxKind.ObjectLiteralExpression)
    return (right as ts.ObjectLiteralExpression).properties.flatMap((property) => {
      if (property.kind === SyntaxKind.ShorthandPropertyAssignment) {
        const name = identifierText(property.name);
        return [{ name, local: name }];
      }
      const local =
        property.kind === SyntaxKind.PropertyAssignment ? nameIn(property.initializer) : undefined;
      return local === undefined || property.name?.kind !== SyntaxKind.Identifier
        ? []
        : [{ name: identifierText(property.name as ts.Identifier), local }];
    });
  const local = nameIn(right);
  if (target === undefined || local === undefined) return [];
  if (target === 'module.exports') return [{ name: WHOLE_EXPORT, local }];
  const name = /^(?:module\.)?exports\.([^.]+)$/.exec(target)?.[1];
  return name === undefined ? [] : [{ name, local }];
}

function dotted(node: ts.Expression): string | undefined {
  if (node.kind === SyntaxKind.Identifier) return identifierText(node as ts.Identifier);
  if (node.kind !== SyntaxKind.PropertyAccessExpression) return undefined;
  const { expression, name } = node as ts.PropertyAccessExpression;
  const above = dotted(expression);
  return above && `${above}.${identifierText(name)}`;
}

/** The names that a statement declares, of types or values. */
export function declaredNames(statement: ts.Statement): string[] {
  switch (statement.kind) {
    case SyntaxKind.TypeAliasDeclaration:
    case SyntaxKind.InterfaceDeclaration:
    case SyntaxKind.ClassDeclaration:
    case SyntaxKind.EnumDeclaration:
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.ModuleDeclaration:
    case SyntaxKind.ImportEqualsDeclaration: {
      const { name } = statement as ts.ClassDeclaration;
      return name?.kind === SyntaxKind.Identifier ? [identifierText(name)] : [];
    }
    case SyntaxKind.VariableStatement:
      return (statement as ts.VariableStatement).declarationList.declarations.flatMap(({ name }) =>
        name.kind === SyntaxKind.Identifier ? [identifierText(name as ts.Identifier)] : [],
      );
    default:
      return [];
  }
}

const nameIn = (node: ts.Expression): string | undefined =>
  node.kind === SyntaxKind.Identifier ? identifierText(node as ts.Identifier) : undefined;

const stringIn = (node: ts.Expression): string | undefined =>
  node.kind === SyntaxKind.StringLiteral ? (node as ts.StringLiteral).text : undefined;

const exportName = (node: ts.ModuleExportName): string =>
  node.kind === SyntaxKind.Identifier
    ? identifierText(node as ts.Identifier)
    : (node as ts.StringLiteral).text;
