/** Announces where functions come from, before they are lowered: their names, paths and comments. */
import type ts from 'typescript';
import type { Anchor, Lowering, Origin } from './context.ts';
import { unwrap } from './expressions.ts';
import { identifierText, SyntaxKind, startOf } from './parser.ts';

/** Comments in front of a whole statement or member. */
export function before(node: ts.Node): Anchor {
  return { position: node.pos, inline: false };
}

/** Comments in front of an expression: they may share the line of the `=` or `(` before. */
function inline(node: ts.Node): Anchor {
  return { position: node.pos, inline: true };
}

/** Where a function comes from that nothing announced: an argument, an element, the object of a call. */
export function originOf(ctx: Lowering, node: ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration): Origin {
  const announced = ctx.origins.get(node);
  if (announced) return announced;
  const own = (node as { name?: ts.Node }).name;
  if (own?.kind === SyntaxKind.Identifier) {
    const text = identifierText(own as ts.Identifier);
    return { path: undefined, name: text, nameSpan: ctx.span(own), anchors: [inline(node)] };
  }
  return { path: undefined, name: '(anonymous)', nameSpan: headSpan(ctx, node), anchors: [inline(node)] };
}

/** What stands for the name of a function without one: all before its body. */
export function headSpan(ctx: Lowering, node: ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration) {
  const start = startOf(node, ctx.text);
  const body = (node as ts.FunctionLikeDeclaration).body;
  const text = ctx.text.slice(start, body ? startOf(body, ctx.text) : node.end);
  return ctx.range(start, start + Math.max(1, text.trimEnd().length));
}

function announceValue(ctx: Lowering, value: ts.Expression, origin: Origin): void {
  const node = unwrap(value);
  switch (node.kind) {
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.ClassExpression:
    case SyntaxKind.ObjectLiteralExpression:
      ctx.announce(node, { ...origin, anchors: [...origin.anchors, inline(value)] });
  }
}

/** `const f = …`; `scope` is the path of what holds the declaration, undefined inside a function or block. */
export function announceVariable(
  ctx: Lowering,
  statement: ts.Node,
  node: ts.VariableDeclaration,
  first: boolean,
  scope: readonly string[] | undefined,
): void {
  if (node.initializer === undefined || node.name.kind !== SyntaxKind.Identifier) return;
  const text = identifierText(node.name as ts.Identifier);
  announceValue(ctx, node.initializer, {
    path: scope && [...scope, text],
    name: [...(scope ?? []), text].join('.'),
    nameSpan: ctx.span(node.name),
    anchors: first ? [before(statement), inline(node)] : [inline(node)],
    signature: ctx.signature(node.type),
  });
}

/** `exports.f = …`, `Vec.prototype.length = …`. */
export function announceAssigned(ctx: Lowering, node: ts.BinaryExpression): void {
  const path = dottedName(node.left);
  if (path === undefined) return;
  const [owner, prototype, method] = path;
  const isMethod = path.length === 3 && prototype === 'prototype';
  announceValue(ctx, node.right, {
    path,
    name: isMethod ? `${owner}.${method}` : path.join('.'),
    nameSpan: ctx.span(node.left),
    anchors: [{ position: node.pos, inline: false }],
    ...(isMethod ? { receiver: owner! } : {}),
  });
}

function dottedName(wrapped: ts.Expression): string[] | undefined {
  const keys: string[] = [];
  let node = unwrap(wrapped);
  while (node.kind === SyntaxKind.PropertyAccessExpression && keys.length < 8) {
    const access = node as ts.PropertyAccessExpression;
    keys.unshift(identifierText(access.name));
    node = unwrap(access.expression);
  }
  if (node.kind !== SyntaxKind.Identifier) return undefined;
  return [identifierText(node as ts.Identifier), ...keys];
}

/** `export default …`, `return …` and what else gives a function at the end of a statement. */
export function announceStatementValue(
  ctx: Lowering,
  statement: ts.Node,
  value: ts.Expression,
  exported: string | undefined,
): void {
  const node = unwrap(value) as ts.FunctionExpression;
  const own = node.name?.kind === SyntaxKind.Identifier ? node.name : undefined;
  announceValue(ctx, value, {
    path: exported === undefined ? undefined : [exported],
    name: exported ?? (own ? identifierText(own) : '(anonymous)'),
    nameSpan: own ? ctx.span(own) : headSpan(ctx, node),
    anchors: [before(statement)],
  });
}

/** The name of a property that is written out. */
function staticKey(name: ts.PropertyName): string | undefined {
  switch (name.kind) {
    case SyntaxKind.Identifier:
    case SyntaxKind.PrivateIdentifier:
      return identifierText(name as ts.Identifier);
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NumericLiteral:
      return (name as ts.StringLiteral).text;
    default:
      return undefined;
  }
}

function isAccessor(node: ts.Node): boolean {
  return node.kind === SyntaxKind.GetAccessor || node.kind === SyntaxKind.SetAccessor;
}

/** A function, class or object in an object literal. */
export function announceMember(
  ctx: Lowering,
  owner: ts.ObjectLiteralExpression,
  member: ts.ObjectLiteralElementLike,
  value: ts.Expression | ts.MethodDeclaration | ts.AccessorDeclaration,
): void {
  if (member.name === undefined) return;
  const key = staticKey(member.name);
  const outer = ctx.origins.get(owner);
  const origin: Origin = {
    path: outer?.path && key !== undefined && !isAccessor(member) ? [...outer.path, key] : undefined,
    name: outer ? `${outer.name}.${key ?? '[…]'}` : (key ?? '(anonymous)'),
    nameSpan: ctx.span(member.name),
    anchors: [before(member)],
  };
  if (value === (member as ts.Node)) ctx.announce(member, origin);
  else announceValue(ctx, value as ts.Expression, origin);
}

/** A method, accessor or field of a class. */
export function announceClassMember(
  ctx: Lowering,
  className: string | undefined,
  path: readonly string[] | undefined,
  member: ts.MethodDeclaration | ts.AccessorDeclaration | ts.PropertyDeclaration,
  isStatic: boolean,
): void {
  const key = staticKey(member.name);
  const isField = member.kind === SyntaxKind.PropertyDeclaration;
  const reachable =
    path !== undefined &&
    key !== undefined &&
    member.name.kind !== SyntaxKind.PrivateIdentifier &&
    !isAccessor(member) &&
    (isStatic || !isField);
  const origin: Origin = {
    path: reachable ? (isStatic ? [...path, key] : [...path, 'prototype', key]) : undefined,
    name: `${className ?? '(class)'}.${key ?? '[…]'}`,
    nameSpan: ctx.span(member.name),
    anchors: [before(member)],
    ...(!isStatic && className !== undefined ? { receiver: className } : {}),
    signature: isField ? ctx.signature(member.type) : undefined,
  };
  if (!isField) ctx.announce(member, origin);
  else if (member.initializer) announceValue(ctx, member.initializer, origin);
}
