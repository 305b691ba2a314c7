/** Enums and namespaces: functions that fill an object, as TypeScript's own output does. */
import type ts from 'typescript';
import { UNKNOWN } from '../../../core/source/shape.ts';
import type { Span } from '../../../core/source/span.ts';
import type { Block, Expression, FunctionNode, ScopeName, Statement } from '../../../core/source/syntax.ts';
import { lowerPropertyName } from './chains.ts';
import { asStatement, call, type Lowering, literal, name, unsupported } from './context.ts';
import { lowerExpression, unwrap } from './expressions.ts';
import { hasModifier, hoisted, inFunction } from './functions.ts';
import { hasError, identifierText, NodeFlags, SyntaxKind } from './parser.ts';
import { declarationMode, declaredName, isAmbient, namesIn } from './scopes.ts';
import { lowerList } from './statements.ts';

/** False for a namespace of types alone, which does not exist at run time. */
export function isInstantiated(node: ts.Statement): boolean {
  if (node.kind !== SyntaxKind.ModuleDeclaration) return !isAmbient(node);
  const { body, flags } = node as ts.ModuleDeclaration;
  if (isAmbient(node) || body === undefined || (flags & NodeFlags.GlobalAugmentation) !== 0) return false;
  if (body.kind === SyntaxKind.ModuleDeclaration) return isInstantiated(body as ts.ModuleDeclaration);
  return (body as ts.ModuleBlock).statements.some(
    (statement) =>
      statement.kind !== SyntaxKind.InterfaceDeclaration &&
      statement.kind !== SyntaxKind.TypeAliasDeclaration &&
      (statement.kind === SyntaxKind.ModuleDeclaration ? isInstantiated(statement) : !isAmbient(statement)),
  );
}

/** Declares `name` as what `fill` returns, given the object that an earlier declaration of the name made, or a new one. */
function declareFilled(
  ctx: Lowering,
  node: ts.Statement,
  text: string,
  nameSpan: Span,
  fill: FunctionNode,
  /** The variable that holds the namespace around, where this is exported from it. */
  owner?: string,
): Statement {
  const span = ctx.span(node);
  const at = ctx.before(node);
  const fresh: Expression = { kind: 'object', span: at, members: [] };
  const atModule = ctx.frame.parent === undefined && ctx.frame.vars.has(text);
  const earlier: Expression | undefined =
    owner !== undefined
      ? { kind: 'member', span: at, object: name(at, owner), key: text, keySpan: at }
      : atModule || ctx.merged.has(node)
        ? name(at, text)
        : undefined;
  const argument: Expression =
    earlier === undefined
      ? fresh
      : { kind: 'logical', span: at, operator: '||', left: earlier, right: fresh };
  const value = call(span, { kind: 'function', span, function: fill }, [argument]);
  const target = name(nameSpan, text);
  if (ctx.merged.has(node)) {
    return { kind: 'expression', span, expression: { kind: 'assign', span, target, value } };
  }
  return { kind: 'declare', span, mode: atModule ? 'var' : 'let', target, value, shape: UNKNOWN };
}

/** function (%t) { const Name = %t; { …body… } return %t; } */
function filler(
  ctx: Lowering,
  node: ts.Node,
  text: string,
  make: (object: string) => {
    scope: readonly ScopeName[];
    functions?: readonly FunctionNode[];
    statements: readonly Statement[];
  },
): FunctionNode {
  const span = ctx.span(node);
  const at = ctx.before(node);
  const object = ctx.temp();
  const filled = inFunction(ctx, false, ctx.strict, new Set(), (frame) => {
    // What it declares is reached through the object, not by calling a function of the user's.
    ctx.functionDepth--;
    const inner: Block = { kind: 'block', span, functions: [], ...make(object) };
    ctx.functionDepth++;
    const body: Block = {
      kind: 'block',
      span,
      scope: [{ name: text, mode: 'const' }],
      functions: [],
      statements: [
        {
          kind: 'declare',
          span: at,
          mode: 'const',
          target: name(at, text),
          value: name(at, object),
          shape: UNKNOWN,
        },
        inner,
        { kind: 'return', span: at, value: name(at, object) },
      ],
    };
    return {
      span,
      parameters: [
        { span: at, target: name(at, object), rest: false, name: undefined, optional: false, shape: UNKNOWN },
      ],
      body,
      vars: hoisted(frame, inner),
      arrow: false,
      strict: frame.strict,
      generator: false,
      async: false,
      usesArguments: false,
      usesThis: false,
      members: object,
      returns: UNKNOWN,
    };
  });
  return filled;
}

function setMember(span: Span, object: string, key: string | Expression, value: Expression): Expression {
  const at = { start: span.start, end: span.start };
  const target: Expression = { kind: 'member', span: at, object: name(at, object), key, keySpan: at };
  return { kind: 'assign', span, target, value };
}

/**
 * Each member is a constant of the function (others name it without the enum's name) and a property of the object;
 * numbers map back to names.
 */
export function lowerEnum(ctx: Lowering, node: ts.EnumDeclaration, owner?: string): Statement[] {
  const text = identifierText(node.name);
  const strings = new Set<string>();
  const fill = filler(ctx, node, text, (object) => {
    const scope: ScopeName[] = [];
    const statements: Statement[] = [];
    let previous: Expression | undefined = undefined as Expression | undefined;
    for (const member of node.members) {
      const span = ctx.span(member);
      const nameSpan = ctx.span(member.name);
      const key = lowerPropertyName(ctx, member.name);
      if (hasError(member) || typeof key !== 'string') {
        statements.push(asStatement(ctx.broken(member)));
        continue;
      }
      const value: Expression = member.initializer
        ? lowerExpression(ctx, member.initializer)
        : next(previous, { start: span.end, end: span.end });
      const isString = member.initializer !== undefined && isStringValue(member.initializer, strings);
      if (isString) strings.add(key);
      // Only what is an identifier can be named without the enum's name.
      const nameable =
        member.name.kind === SyntaxKind.Identifier && !scope.some((entry) => entry.name === key);
      const variable = nameable ? key : ctx.temp();
      scope.push({ name: variable, mode: 'const' });
      statements.push({
        kind: 'declare',
        span,
        mode: 'const',
        target: name(nameSpan, variable),
        value,
        shape: UNKNOWN,
      });
      const at = { start: span.start, end: span.start };
      const set = setMember(at, object, key, name(at, variable));
      const both = isString ? set : setMember(at, object, set, literal(at, key));
      statements.push({ kind: 'expression', span: at, expression: both });
      previous = value.kind === 'literal' ? value : name(at, variable);
      if (isString) previous = unsupported(at, 'GL010', 'After a string a member of an enum needs a value.');
    }
    return { scope, statements };
  });
  return [declareFilled(ctx, node, text, ctx.span(node.name), fill, owner)];
}

function next(previous: Expression | undefined, span: Span): Expression {
  if (previous === undefined) return literal(span, 0);
  if (previous.kind === 'unsupported') return previous;
  if (previous.kind === 'literal' && typeof previous.value === 'number')
    return literal(span, previous.value + 1);
  return { kind: 'binary', span, operator: '+', left: previous, right: literal(span, 1) };
}

/** As TypeScript tells it for one file at a time: by syntax. */
function isStringValue(node: ts.Expression, strings: ReadonlySet<string>): boolean {
  const inner = unwrap(node);
  switch (inner.kind) {
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
    case SyntaxKind.TemplateExpression:
      return true;
    case SyntaxKind.Identifier:
      return strings.has(identifierText(inner as ts.Identifier));
    case SyntaxKind.PropertyAccessExpression:
      return strings.has(identifierText((inner as ts.PropertyAccessExpression).name));
    case SyntaxKind.BinaryExpression: {
      const { left, operatorToken, right } = inner as ts.BinaryExpression;
      return (
        operatorToken.kind === SyntaxKind.PlusToken &&
        (isStringValue(left, strings) || isStringValue(right, strings))
      );
    }
    default:
      return false;
  }
}

export function lowerNamespace(
  ctx: Lowering,
  node: ts.ModuleDeclaration,
  path: readonly string[] | undefined,
  owner?: string,
): Statement[] {
  if (node.name.kind !== SyntaxKind.Identifier || !isInstantiated(node)) return [];
  const text = identifierText(node.name as ts.Identifier);
  const inner = path && [...path, text];
  const { body } = node;
  const fill = filler(ctx, node, text, (object) => {
    if (body!.kind === SyntaxKind.ModuleDeclaration) {
      const nested = body as ts.ModuleDeclaration;
      const nestedName = identifierText(nested.name as ts.Identifier);
      const statements = lowerNamespace(ctx, nested, inner, object);
      const at = ctx.before(nested);
      return {
        scope: [{ name: nestedName, mode: 'let' }],
        statements: [...statements, exportMember(at, object, nestedName)],
      };
    }
    const list = (body as ts.ModuleBlock).statements;
    if (hasError(body!)) return { scope: [], statements: [asStatement(ctx.broken(body!))] };
    return lowerList(
      ctx,
      list,
      'namespace',
      (statement) => (isExported(statement) ? inner : undefined),
      (statement) => afterMember(ctx, statement, object),
      object,
    );
  });
  return [declareFilled(ctx, node, text, ctx.span(node.name), fill, owner)];
}

function isExported(node: ts.Statement): boolean {
  return hasModifier(node, SyntaxKind.ExportKeyword);
}

function exportMember(at: Span, object: string, text: string): Statement {
  return { kind: 'expression', span: at, expression: setMember(at, object, text, name(at, text)) };
}

/** Object.defineProperty(object, 'x', { get: () => x, set: (v) => { x = v }, … }): the variable can change. */
function shareMember(ctx: Lowering, at: Span, object: string, text: string): Statement {
  const arrow = (parameters: FunctionNode['parameters'], statement: Statement): Expression => {
    const block: Block = { kind: 'block', span: at, scope: [], functions: [], statements: [statement] };
    const lowered = inFunction(ctx, true, ctx.strict, new Set(), () => ({
      span: at,
      parameters,
      body: block,
      vars: [],
      arrow: true,
      strict: ctx.strict,
      generator: false,
      async: false,
      usesArguments: false,
      usesThis: false,
      returns: UNKNOWN,
    }));
    return { kind: 'function', span: at, function: lowered };
  };
  const given = ctx.temp();
  const parameter = { span: at, target: name(at, given), rest: false, optional: false, shape: UNKNOWN };
  const assign: Expression = { kind: 'assign', span: at, target: name(at, text), value: name(at, given) };
  const flag = { kind: 'property', span: at, value: literal(at, true) } as const;
  const descriptor: Expression = {
    kind: 'object',
    span: at,
    members: [
      {
        kind: 'property',
        span: at,
        key: 'get',
        value: arrow([], { kind: 'return', span: at, value: name(at, text) }),
      },
      {
        kind: 'property',
        span: at,
        key: 'set',
        value: arrow([parameter], { kind: 'expression', span: at, expression: assign }),
      },
      { ...flag, key: 'enumerable' },
      { ...flag, key: 'configurable' },
    ],
  };
  const callee: Expression = {
    kind: 'member',
    span: at,
    object: name(at, 'Object'),
    key: 'defineProperty',
    keySpan: at,
  };
  const expression = call(at, callee, [name(at, object), literal(at, text), descriptor]);
  return { kind: 'expression', span: at, expression };
}

/** What an exported declaration adds to its namespace's object. */
function afterMember(ctx: Lowering, node: ts.Statement, object: string): Statement[] {
  if (!isExported(node) || isAmbient(node) || hasError(node)) return [];
  const end = ctx.span(node).end;
  const at = { start: end, end };
  switch (node.kind) {
    case SyntaxKind.VariableStatement: {
      const { declarationList } = node as ts.VariableStatement;
      const fixed = declarationMode(declarationList) === 'const';
      return declarationList.declarations
        .flatMap((declaration) => namesIn(declaration.name))
        .map((text) => (fixed ? exportMember(at, object, text) : shareMember(ctx, at, object, text)));
    }
    case SyntaxKind.FunctionDeclaration:
      if (!(node as ts.FunctionDeclaration).body) return [];
      return [exportMember(at, object, declaredName(node as ts.FunctionDeclaration))];
    case SyntaxKind.ClassDeclaration:
      return [exportMember(at, object, declaredName(node as ts.ClassDeclaration))];
    case SyntaxKind.EnumDeclaration:
    case SyntaxKind.ModuleDeclaration:
    case SyntaxKind.ImportEqualsDeclaration: {
      const named = (node as ts.EnumDeclaration).name;
      if (!isInstantiated(node) || named.kind !== SyntaxKind.Identifier) return [];
      return [exportMember(at, object, identifierText(named))];
    }
    default:
      return [];
  }
}

/** `import A = B.C`; that of a module (`require`) is an import. */
export function lowerImportEquals(ctx: Lowering, node: ts.ImportEqualsDeclaration): Statement[] {
  if (node.isTypeOnly || node.moduleReference.kind === SyntaxKind.ExternalModuleReference) return [];
  const value = entity(ctx, node.moduleReference as ts.EntityName);
  const target = name(ctx.span(node.name), identifierText(node.name));
  return [{ kind: 'declare', span: ctx.span(node), mode: 'const', target, value, shape: UNKNOWN }];
}

function entity(ctx: Lowering, node: ts.EntityName): Expression {
  if (hasError(node)) return ctx.broken(node);
  if (node.kind === SyntaxKind.Identifier) return lowerExpression(ctx, node as ts.Identifier);
  const { left, right } = node as ts.QualifiedName;
  return {
    kind: 'member',
    span: ctx.span(node),
    object: entity(ctx, left),
    key: identifierText(right),
    keySpan: ctx.span(right),
  };
}
