/** Member accesses and calls, with their optional chains. */
import type ts from 'typescript';
import type { Expression } from '../../../core/source/syntax.ts';
import { type Lowering, literal, unsupported } from './context.ts';
import { lowerArguments, lowerExpression, unwrap } from './expressions.ts';
import { hasError, identifierText, NodeFlags, SyntaxKind } from './parser.ts';

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression;

function isAccess(node: ts.Node): node is Access {
  return (
    node.kind === SyntaxKind.PropertyAccessExpression ||
    node.kind === SyntaxKind.ElementAccessExpression ||
    node.kind === SyntaxKind.CallExpression
  );
}

function inChain(node: ts.Node): boolean {
  return (node.flags & NodeFlags.OptionalChain) !== 0;
}

/**
 * Lowers a chain of accesses and calls from its innermost object outwards, in a loop. A `?.` cuts short all that
 * follows it in the same chain; parentheses end a chain.
 */
export function lowerAccess(ctx: Lowering, node: ts.Expression): Expression {
  const spine: { node: Access; continues: boolean }[] = [];
  let inner: ts.Expression = node;
  let continues = false;
  while (isAccess(inner) && !hasError(inner) && !isSpecial(inner)) {
    spine.push({ node: inner, continues });
    const object: ts.Expression = inner.expression;
    let below = object;
    while (below.kind === SyntaxKind.NonNullExpression && !hasError(below)) {
      below = (below as ts.NonNullExpression).expression;
    }
    const direct = below.kind !== SyntaxKind.ParenthesizedExpression;
    continues = direct && inChain(inner) && inChain(below);
    inner = unwrap(object);
  }
  let result = isSpecialAccess(inner) ? lowerSpecial(ctx, inner) : lowerExpression(ctx, inner);
  for (let i = spine.length - 1; i >= 0; i--) {
    const link = spine[i]!;
    result = lowerLink(ctx, link.node, result);
    if (inChain(link.node) && !link.continues) {
      result = { kind: 'chain', span: ctx.span(link.node), expression: result };
    }
  }
  return result;
}

function lowerLink(ctx: Lowering, node: Access, object: Expression): Expression {
  const span = ctx.span(node);
  const optional = node.questionDotToken ? ({ optional: true } as const) : {};
  if (node.kind === SyntaxKind.CallExpression) {
    return {
      kind: 'call',
      span,
      callee: object,
      arguments: lowerArguments(ctx, (node as ts.CallExpression).arguments),
      ...optional,
    };
  }
  const { key, keySpan } = lowerKey(ctx, node as ts.PropertyAccessExpression | ts.ElementAccessExpression);
  if (typeof key === 'object' && key.kind === 'unsupported') return { ...key, span };
  return { kind: 'member', span, object, key, keySpan, ...optional };
}

/** `.name`, `['name']` as a string; what starts with `#` only where it is a private name. */
function lowerKey(
  ctx: Lowering,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): { key: string | Expression; keySpan: { start: number; end: number } } {
  if (node.kind === SyntaxKind.PropertyAccessExpression) {
    const key = identifierText(node.name);
    return {
      key: key === '' || hasError(node.name) ? ctx.broken(node.name) : key,
      keySpan: ctx.span(node.name),
    };
  }
  const argument = node.argumentExpression;
  const key = lowerExpression(ctx, argument);
  const keySpan = ctx.span(argument);
  if (key.kind === 'literal' && typeof key.value === 'string' && !key.value.startsWith('#')) {
    return { key: key.value, keySpan };
  }
  return { key, keySpan };
}

/** Accesses through `super` and calls of `super` and `import`, which are no objects. */
function isSpecial(node: Access): boolean {
  const object = node.expression.kind;
  return object === SyntaxKind.SuperKeyword || object === SyntaxKind.ImportKeyword;
}

function isSpecialAccess(node: ts.Expression): node is Access {
  return isAccess(node) && !hasError(node) && isSpecial(node);
}

function lowerSpecial(ctx: Lowering, node: Access): Expression {
  const span = ctx.span(node);
  if (node.expression.kind === SyntaxKind.ImportKeyword) {
    return unsupported(
      span,
      'GL114',
      '`import()` is asynchronous: import the module with an `import` declaration instead.',
    );
  }
  ctx.useThis();
  if (node.kind === SyntaxKind.CallExpression) {
    return {
      kind: 'superCall',
      span,
      arguments: lowerArguments(ctx, (node as ts.CallExpression).arguments),
    };
  }
  const { key } = lowerKey(ctx, node as ts.PropertyAccessExpression | ts.ElementAccessExpression);
  return { kind: 'superMember', span, key };
}

/** A property's name where it is declared: in literals, patterns and classes. */
export function lowerPropertyName(ctx: Lowering, node: ts.PropertyName): string | Expression {
  switch (node.kind) {
    case SyntaxKind.Identifier:
    case SyntaxKind.PrivateIdentifier: {
      const text = identifierText(node as ts.Identifier);
      return text === '' ? ctx.broken(node) : text;
    }
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral: {
      const text = (node as ts.StringLiteral).text;
      return text.startsWith('#') ? literal(ctx.span(node), text) : text;
    }
    case SyntaxKind.NumericLiteral:
      return String(Number((node as ts.NumericLiteral).text));
    case SyntaxKind.BigIntLiteral:
      return (node as ts.BigIntLiteral).text.replace(/n$/, '');
    default:
      return lowerExpression(ctx, (node as ts.ComputedPropertyName).expression);
  }
}
