/** Which types a file has from others. */
import type ts from 'typescript';
import { type DeclaredType, valueName } from './declared.ts';
import { identifierText, SyntaxKind } from './parser.ts';

/** The names that a statement imports, as types. */
export function importedTypes(statement: ts.Statement): DeclaredType[] {
  if (statement.kind === SyntaxKind.ImportEqualsDeclaration)
    return importEquals(statement as ts.ImportEqualsDeclaration);
  if (statement.kind !== SyntaxKind.ImportDeclaration) return [];
  const { importClause, moduleSpecifier } = statement as ts.ImportDeclaration;
  const specifier = textOf(moduleSpecifier);
  if (importClause === undefined || specifier === undefined) return [];
  const { name, namedBindings } = importClause;
  const whole = importClause.phaseModifier === SyntaxKind.TypeKeyword;
  const found: DeclaredType[] = [];
  const add = (local: ts.Identifier, of: string, typeOnly: boolean): void => {
    const here = identifierText(local);
    found.push(imported(here, specifier, of, typeOnly || whole));
    found.push(imported(valueName(here), specifier, of === '*' ? of : valueName(of), typeOnly || whole));
  };
  if (name !== undefined) add(name, 'default', false);
  if (namedBindings?.kind === SyntaxKind.NamespaceImport)
    add((namedBindings as ts.NamespaceImport).name, '*', false);
  else if (namedBindings !== undefined)
    for (const { name: local, propertyName, isTypeOnly } of (namedBindings as ts.NamedImports).elements)
      add(local, exportName(propertyName ?? local), isTypeOnly);
  return found;
}

function imported(name: string, specifier: string, of: string, typeOnly: boolean): DeclaredType {
  return {
    name,
    parameters: [],
    type: { kind: 'imported', specifier, name: of, ...(typeOnly ? { typeOnly } : {}) },
  };
}

/** `import N = require('./n')`. */
function importEquals({ name, moduleReference, isTypeOnly }: ts.ImportEqualsDeclaration): DeclaredType[] {
  if (moduleReference.kind !== SyntaxKind.ExternalModuleReference) return [];
  const specifier = textOf((moduleReference as ts.ExternalModuleReference).expression);
  return specifier === undefined ? [] : [imported(identifierText(name), specifier, '*', isTypeOnly)];
}

const textOf = (node: ts.Expression): string | undefined =>
  node.kind === SyntaxKind.StringLiteral ? (node as ts.StringLiteral).text : undefined;

const exportName = (node: ts.ModuleExportName): string =>
  node.kind === SyntaxKind.Identifier
    ? identifierText(node as ts.Identifier)
    : (node as ts.StringLiteral).text;
