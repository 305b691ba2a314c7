/** Object literals. */
import type ts from 'typescript';
import type { Expression, ObjectMember } from '../../../core/source/syntax.ts';
import { lowerPropertyName } from './chains.ts';
import { type Lowering, literal } from './context.ts';
import { lowerExpression } from './expressions.ts';
import { lowerMethod } from './functions.ts';
import { hasError, identifierText, SyntaxKind } from './parser.ts';
import { announceMember } from './sites.ts';

export function lowerObject(ctx: Lowering, node: ts.ObjectLiteralExpression): Expression {
  const members: ObjectMember[] = [];
  for (const property of node.properties) {
    const member = hasError(property) ? broken(ctx, property) : lowerMember(ctx, node, property);
    if (member.kind === 'unsupported') return { ...member, span: ctx.span(node) };
    members.push(member);
  }
  return { kind: 'object', span: ctx.span(node), members };
}

function broken(ctx: Lowering, node: ts.Node): Expression & { kind: 'unsupported' } {
  return ctx.broken(node);
}

function lowerMember(
  ctx: Lowering,
  owner: ts.ObjectLiteralExpression,
  node: ts.ObjectLiteralElementLike,
): ObjectMember | (Expression & { kind: 'unsupported' }) {
  const span = ctx.span(node);
  switch (node.kind) {
    case SyntaxKind.SpreadAssignment:
      return {
        kind: 'spread',
        span,
        argument: lowerExpression(ctx, (node as ts.SpreadAssignment).expression),
      };
    case SyntaxKind.ShorthandPropertyAssignment: {
      const { name, objectAssignmentInitializer } = node as ts.ShorthandPropertyAssignment;
      if (objectAssignmentInitializer) {
        return ctx.error(node, 'A default is allowed in a destructuring pattern only.');
      }
      const key = identifierText(name);
      const value = lowerExpression(ctx, name);
      // Unlike `__proto__: value`, the short form makes a plain property: so does a computed key.
      return { kind: 'property', span, key: key === '__proto__' ? literal(span, key) : key, value };
    }
    case SyntaxKind.PropertyAssignment: {
      const { name, initializer } = node as ts.PropertyAssignment;
      const key = lowerPropertyName(ctx, name);
      if (key === '__proto__') {
        return { kind: 'prototype', span, value: lowerExpression(ctx, initializer) };
      }
      announceMember(ctx, owner, node, initializer);
      return { kind: 'property', span, key, value: lowerExpression(ctx, initializer) };
    }
    default: {
      const method = node as ts.MethodDeclaration | ts.AccessorDeclaration;
      const key = lowerPropertyName(ctx, method.name);
      announceMember(ctx, owner, node, method);
      const kind =
        node.kind === SyntaxKind.GetAccessor
          ? 'getter'
          : node.kind === SyntaxKind.SetAccessor
            ? 'setter'
            : 'method';
      const value = lowerMethod(ctx, method);
      return { kind, span, key, value: { kind: 'function', span: value.span, function: value } };
    }
  }
}
