/** Top-level statements: declarations of the module, imports and exports. */
import type ts from 'typescript';
import { UNKNOWN } from '../../../core/source/shape.ts';
import type {
  ExportBinding,
  ImportBinding,
  ModuleStatement,
  Statement,
} from '../../../core/source/syntax.ts';
import { type CoreNode, freeNames } from '../../../core/source/traverse.ts';
import { asStatement, type Lowering, name } from './context.ts';
import { hasEffects, hasWrites } from './effects.ts';
import { lowerExpression } from './expressions.ts';
import { hasModifier } from './functions.ts';
import { isInstantiated } from './namespaces.ts';
import { hasError, identifierText, SyntaxKind } from './parser.ts';
import { declaredName, isAmbient, namesIn } from './scopes.ts';
import { announceStatementValue } from './sites.ts';
import { lowerList } from './statements.ts';

type Declared = ModuleStatement['declares'][number];

export function lowerModule(ctx: Lowering, list: readonly ts.Statement[], key: number): ModuleStatement {
  const imports: ImportBinding[] = [];
  const exports: ExportBinding[] = [];
  const extra: Declared[] = [];
  let bareImport = false;
  const inner: ts.Statement[] = [];
  const flush = (): void => {
    if (inner.length === 0) return;
    pieces.push(lowerList(ctx, inner.splice(0), 'module', () => []));
  };
  const pieces: ReturnType<typeof lowerList>[] = [];
  for (const statement of list) {
    if (isAmbient(statement)) continue;
    switch (statement.kind) {
      case SyntaxKind.ImportDeclaration: {
        const found = importsOf(ctx, statement as ts.ImportDeclaration);
        bareImport ||= found.some((binding) => binding.local === '');
        imports.push(...found);
        break;
      }
      case SyntaxKind.ExportDeclaration:
        exports.push(...exportsOf(statement as ts.ExportDeclaration));
        break;
      case SyntaxKind.ExportAssignment: {
        flush();
        const lowered = lowerExportAssignment(ctx, statement as ts.ExportAssignment);
        pieces.push({ scope: [], functions: [], statements: [lowered.statement] });
        extra.push({ name: lowered.local, mode: 'const' });
        exports.push({ exported: lowered.local, local: lowered.local });
        break;
      }
      case SyntaxKind.NamespaceExportDeclaration:
        break;
      default:
        if (statement.kind === SyntaxKind.ImportEqualsDeclaration) {
          const declaration = statement as ts.ImportEqualsDeclaration;
          const required = requireOf(ctx, declaration);
          if (required) imports.push(required);
          else if (!declaration.isTypeOnly) {
            extra.push({ name: identifierText(declaration.name), mode: 'const' });
          }
        }
        exports.push(...exportedBy(statement));
        inner.push(statement);
    }
  }
  flush();
  const functions = pieces.flatMap((piece) => piece.functions);
  const statements = pieces.flatMap((piece) => piece.statements);
  // Functions refuse by themselves: an error in one leaves the rest of the statement alone.
  const refusal = ctx.refusal(
    ctx.range(0, ctx.text.length),
    ctx.sites.map((site) => site.node.span),
  );
  if (refusal) statements.unshift(refusal);
  const scope = pieces.flatMap((piece) => piece.scope);
  const declares = declaredNames(ctx, [...scope, ...extra]);
  const references = freeNames([...functions, ...statements.flatMap(withoutTarget)]);
  for (const binding of exports) if (binding.local !== undefined) references.add(binding.local);
  return {
    key,
    declares,
    functions,
    statements,
    imports,
    exports,
    references,
    effects: bareImport || (refusal ? hasWrites(statements) : hasEffects(statements)),
    syntaxErrors: ctx.errors,
    strict: ctx.strict,
  };
}

function declaredNames(ctx: Lowering, lexical: readonly Declared[]): Declared[] {
  const names = new Map<string, Declared>();
  for (const entry of lexical) if (!names.has(entry.name)) names.set(entry.name, entry);
  for (const text of ctx.frame.vars) if (!names.has(text)) names.set(text, { name: text, mode: 'var' });
  return [...names.values()];
}

/** What a declaration reads: its pattern's names are its own, not references. */
function withoutTarget(statement: Statement): CoreNode[] {
  if (statement.kind !== 'declare') return [statement];
  const nodes: CoreNode[] = [statement.value];
  const stack = [statement.target];
  for (let target = stack.pop(); target; target = stack.pop()) {
    if (target.kind !== 'arrayPattern' && target.kind !== 'objectPattern') continue;
    if (target.rest) stack.push(target.rest);
    for (const element of target.kind === 'arrayPattern' ? target.elements : target.properties) {
      if (!element) continue;
      stack.push(element.target);
      if (element.default) nodes.push(element.default);
      const { key } = element as { key?: string | CoreNode };
      if (key !== undefined && typeof key !== 'string') nodes.push(key);
    }
  }
  return nodes;
}

function specifierOf(node: ts.Expression | undefined): string | undefined {
  return node?.kind === SyntaxKind.StringLiteral ? (node as ts.StringLiteral).text : undefined;
}

function exportName(node: ts.ModuleExportName): string {
  return node.kind === SyntaxKind.Identifier
    ? identifierText(node as ts.Identifier)
    : (node as ts.StringLiteral).text;
}

/** An import for its effects alone is a binding without names. */
function importsOf(ctx: Lowering, node: ts.ImportDeclaration): ImportBinding[] {
  const specifier = specifierOf(node.moduleSpecifier);
  if (specifier === undefined) return [];
  const span = ctx.span(node);
  const clause = node.importClause;
  if (clause === undefined) return [{ span, local: '', specifier, imported: '' }];
  if (clause.phaseModifier === SyntaxKind.TypeKeyword) return [];
  const bindings: ImportBinding[] = [];
  if (clause.name) {
    bindings.push({
      span: ctx.span(clause.name),
      local: identifierText(clause.name),
      specifier,
      imported: 'default',
    });
  }
  const named = clause.namedBindings;
  if (named?.kind === SyntaxKind.NamespaceImport) {
    const local = identifierText((named as ts.NamespaceImport).name);
    bindings.push({ span: ctx.span(named), local, specifier, imported: '*' });
  } else {
    for (const element of (named as ts.NamedImports | undefined)?.elements ?? []) {
      if (element.isTypeOnly) continue;
      const imported = exportName(element.propertyName ?? element.name);
      bindings.push({ span: ctx.span(element), local: identifierText(element.name), specifier, imported });
    }
  }
  return bindings.filter((binding) => binding.local !== '');
}

/** `import x = require('m')` binds the module's `module.exports`. */
function requireOf(ctx: Lowering, node: ts.ImportEqualsDeclaration): ImportBinding | undefined {
  if (node.isTypeOnly || node.moduleReference.kind !== SyntaxKind.ExternalModuleReference) return undefined;
  const specifier = specifierOf((node.moduleReference as ts.ExternalModuleReference).expression);
  if (specifier === undefined) return undefined;
  return { span: ctx.span(node), local: identifierText(node.name), specifier, imported: 'export=' };
}

function exportsOf(node: ts.ExportDeclaration): ExportBinding[] {
  if (node.isTypeOnly) return [];
  const specifier = specifierOf(node.moduleSpecifier);
  const clause = node.exportClause;
  if (clause === undefined) {
    return specifier === undefined ? [] : [{ exported: '*', from: { specifier, imported: '*' } }];
  }
  if (clause.kind === SyntaxKind.NamespaceExport) {
    const exported = exportName((clause as ts.NamespaceExport).name);
    return specifier === undefined ? [] : [{ exported, from: { specifier, imported: '*' } }];
  }
  const bindings: ExportBinding[] = [];
  for (const element of (clause as ts.NamedExports).elements) {
    if (element.isTypeOnly || hasError(element)) continue;
    const exported = exportName(element.name);
    const local = exportName(element.propertyName ?? element.name);
    bindings.push(
      specifier === undefined ? { exported, local } : { exported, from: { specifier, imported: local } },
    );
  }
  return bindings;
}

/** `export default e` and `export = e` bind names that users cannot write. */
function lowerExportAssignment(
  ctx: Lowering,
  node: ts.ExportAssignment,
): { local: 'default' | 'export='; statement: Statement } {
  const local = node.isExportEquals ? 'export=' : 'default';
  const span = ctx.span(node);
  if (hasError(node)) return { local, statement: asStatement(ctx.broken(node)) };
  announceStatementValue(ctx, node, node.expression, local);
  const value = lowerExpression(ctx, node.expression);
  const target = name(ctx.before(node), local);
  return { local, statement: { kind: 'declare', span, mode: 'const', target, value, shape: UNKNOWN } };
}

function exportedBy(node: ts.Statement): ExportBinding[] {
  if (!hasModifier(node, SyntaxKind.ExportKeyword)) return [];
  const plain = (text: string): ExportBinding => ({ exported: text, local: text });
  switch (node.kind) {
    case SyntaxKind.VariableStatement:
      return (node as ts.VariableStatement).declarationList.declarations
        .flatMap((declaration) => namesIn(declaration.name))
        .map(plain);
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.ClassDeclaration: {
      // Overload signatures would export the name again.
      if (node.kind === SyntaxKind.FunctionDeclaration && !(node as ts.FunctionDeclaration).body) return [];
      const local = declaredName(node as ts.FunctionDeclaration);
      return [hasModifier(node, SyntaxKind.DefaultKeyword) ? { exported: 'default', local } : plain(local)];
    }
    case SyntaxKind.ImportEqualsDeclaration:
      if ((node as ts.ImportEqualsDeclaration).isTypeOnly) return [];
      return [plain(identifierText((node as ts.ImportEqualsDeclaration).name))];
    case SyntaxKind.EnumDeclaration:
      return [plain(identifierText((node as ts.EnumDeclaration).name))];
    case SyntaxKind.ModuleDeclaration: {
      const named = (node as ts.ModuleDeclaration).name;
      return named.kind === SyntaxKind.Identifier && isInstantiated(node)
        ? [plain(identifierText(named as ts.Identifier))]
        : [];
    }
    default:
      return [];
  }
}
