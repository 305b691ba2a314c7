/** Expressions: dispatch by kind; what needs more than a few lines stands in a file of its own. */
import type ts from 'typescript';
import type { Expression, Spread } from '../../../core/source/syntax.ts';
import { lowerAccess } from './chains.ts';
import { lowerClass } from './classes.ts';
import { call, type Lowering, literal, name, unsupported } from './context.ts';
import { lowerArrowOrFunction } from './functions.ts';
import { lowerObject } from './objects.ts';
import { isAssignment, lowerBinary, lowerPrefix, lowerUpdate } from './operators.ts';
import { hasError, identifierText, isLegacyLiteral, SyntaxKind } from './parser.ts';

/** Below parentheses, casts, `!` and type arguments, none of which has a meaning at run time. */
export function unwrap(node: ts.Expression): ts.Expression {
  let inner = node;
  while (isWrapper(inner) && !hasError(inner)) inner = (inner as ts.ParenthesizedExpression).expression;
  return inner;
}

function isWrapper(node: ts.Node): boolean {
  switch (node.kind) {
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.TypeAssertionExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.ExpressionWithTypeArguments:
      return true;
    default:
      return false;
  }
}

export function lowerExpression(ctx: Lowering, wrapped: ts.Expression): Expression {
  ctx.enter();
  const node = unwrap(wrapped);
  const result = hasError(node) && !holdsErrors(node) ? lowerBroken(ctx, node) : lowerKind(ctx, node);
  ctx.leave();
  return result;
}

function lowerBroken(ctx: Lowering, node: ts.Expression): Expression {
  if (!isLegacyLiteral(node, ctx.source(node))) return ctx.broken(node);
  if (!ctx.strict) return lowerKind(ctx, node);
  return ctx.error(node, 'Octal literals and escapes are not allowed in strict mode.');
}

/**
 * Functions with an error stay what they are: their parameters and bodies refuse instead. So do assignments, whose
 * values refuse: what they would have written to stays known.
 */
function holdsErrors(node: ts.Node): boolean {
  return (
    node.kind === SyntaxKind.ArrowFunction ||
    node.kind === SyntaxKind.FunctionExpression ||
    (node.kind === SyntaxKind.BinaryExpression && isAssignment(node as ts.BinaryExpression))
  );
}

function lowerKind(ctx: Lowering, node: ts.Expression): Expression {
  const span = ctx.span(node);
  switch (node.kind) {
    case SyntaxKind.Identifier:
      return lowerIdentifier(ctx, node as ts.Identifier);
    case SyntaxKind.PrivateIdentifier:
      // Only in `#x in object`.
      return name(span, identifierText(node as ts.PrivateIdentifier));
    case SyntaxKind.NumericLiteral:
      return literal(span, Number((node as ts.NumericLiteral).text));
    case SyntaxKind.BigIntLiteral:
      return lowerBigInt(ctx, node as ts.BigIntLiteral);
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return literal(span, (node as ts.StringLiteral).text);
    case SyntaxKind.TrueKeyword:
      return literal(span, true);
    case SyntaxKind.FalseKeyword:
      return literal(span, false);
    case SyntaxKind.NullKeyword:
      return literal(span, null);
    case SyntaxKind.RegularExpressionLiteral: {
      const text = (node as ts.RegularExpressionLiteral).text;
      const end = text.lastIndexOf('/');
      return { kind: 'regexp', span, pattern: text.slice(1, end), flags: text.slice(end + 1) };
    }
    case SyntaxKind.ThisKeyword:
      ctx.useThis();
      return { kind: 'this', span };
    case SyntaxKind.TemplateExpression:
      return lowerTemplate(ctx, node as ts.TemplateExpression);
    case SyntaxKind.TaggedTemplateExpression:
      return lowerTaggedTemplate(ctx, node as ts.TaggedTemplateExpression);
    case SyntaxKind.ArrayLiteralExpression: {
      const elements = (node as ts.ArrayLiteralExpression).elements.map((element) =>
        element.kind === SyntaxKind.OmittedExpression ? null : lowerArgument(ctx, element),
      );
      return { kind: 'array', span, elements };
    }
    case SyntaxKind.ObjectLiteralExpression:
      return lowerObject(ctx, node as ts.ObjectLiteralExpression);
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
      return lowerArrowOrFunction(ctx, node as ts.ArrowFunction | ts.FunctionExpression);
    case SyntaxKind.ClassExpression:
      return lowerClass(ctx, node as ts.ClassExpression);
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.CallExpression:
      return lowerAccess(ctx, node);
    case SyntaxKind.NewExpression: {
      const construct = node as ts.NewExpression;
      const callee = lowerExpression(ctx, construct.expression);
      return { kind: 'construct', span, callee, arguments: lowerArguments(ctx, construct.arguments) };
    }
    case SyntaxKind.BinaryExpression:
      return lowerBinary(ctx, node as ts.BinaryExpression);
    case SyntaxKind.PrefixUnaryExpression:
      return lowerPrefix(ctx, node as ts.PrefixUnaryExpression);
    case SyntaxKind.PostfixUnaryExpression:
      return lowerUpdate(ctx, node as ts.PostfixUnaryExpression, false);
    case SyntaxKind.ConditionalExpression:
      return lowerConditional(ctx, node as ts.ConditionalExpression);
    case SyntaxKind.DeleteExpression:
      return lowerDelete(ctx, node as ts.DeleteExpression);
    case SyntaxKind.TypeOfExpression:
      return {
        kind: 'typeof',
        span,
        argument: lowerExpression(ctx, (node as ts.TypeOfExpression).expression),
      };
    case SyntaxKind.VoidExpression: {
      const argument = lowerExpression(ctx, (node as ts.VoidExpression).expression);
      return {
        kind: 'sequence',
        span,
        expressions: [argument, literal({ start: span.end, end: span.end }, undefined)],
      };
    }
    case SyntaxKind.YieldExpression: {
      const yielded = node as ts.YieldExpression;
      return {
        kind: 'yield',
        span,
        argument: yielded.expression && lowerExpression(ctx, yielded.expression),
        delegate: yielded.asteriskToken !== undefined,
      };
    }
    case SyntaxKind.AwaitExpression:
      return afterParts(
        ctx,
        node,
        unsupported(
          span,
          'GL114',
          '`await` is asynchronous: its value is known only after the function has run. Move the numeric part into a function without it.',
        ),
      );
    case SyntaxKind.MetaProperty: {
      if ((node as ts.MetaProperty).keywordToken === SyntaxKind.NewKeyword)
        return { kind: 'newTarget', span };
      return { kind: 'name', name: 'import.meta', span };
    }
    case SyntaxKind.JsxElement:
    case SyntaxKind.JsxSelfClosingElement:
    case SyntaxKind.JsxFragment:
      return afterParts(
        ctx,
        node,
        unsupported(span, 'GL111', 'JSX is not supported here: it has no numeric value.'),
      );
    case SyntaxKind.SuperKeyword:
      return ctx.error(node, '`super` must be followed by a call or a member access.');
    case SyntaxKind.OmittedExpression:
      return ctx.broken(node);
    default:
      return unsupported(
        span,
        'GL111',
        `This construct is not supported: \`${ctx.source(node).slice(0, 40)}\`.`,
      );
  }
}

/** What cannot be followed, where it holds calls or assignments, ends the evaluation: they would be forgotten. */
function afterParts(ctx: Lowering, node: ts.Node, value: Expression & { kind: 'unsupported' }): Expression {
  return /[(=]|\+\+|--/.test(ctx.source(node).replace(/^await\b/, '')) ? { ...value, ends: true } : value;
}

/** `delete a?.b` is true where the chain is cut short: (delete a?.b, as a chain) ?? true. */
function lowerDelete(ctx: Lowering, node: ts.DeleteExpression): Expression {
  const span = ctx.span(node);
  const target = lowerExpression(ctx, node.expression);
  if (target.kind !== 'chain') return { kind: 'delete', span, target };
  const deleted: Expression = { kind: 'delete', span, target: target.expression };
  const left: Expression = { kind: 'chain', span, expression: deleted };
  const right = literal({ start: span.end, end: span.end }, true);
  return { kind: 'logical', span, operator: '??', left, right };
}

function lowerIdentifier(ctx: Lowering, node: ts.Identifier): Expression {
  const text = identifierText(node);
  // What the parser makes up where a name is missing.
  if (text === '') return ctx.broken(node);
  if (text === 'arguments') ctx.useArguments();
  return name(ctx.span(node), text);
}

function lowerBigInt(ctx: Lowering, node: ts.BigIntLiteral): Expression {
  try {
    return literal(ctx.span(node), BigInt(node.text.replace(/n$/, '').replaceAll('_', '')));
  } catch {
    return ctx.error(node, 'This is no valid bigint.');
  }
}

function lowerTemplate(ctx: Lowering, node: ts.TemplateExpression): Expression {
  const text = [node.head.text];
  const values: Expression[] = [];
  for (const piece of node.templateSpans) {
    values.push(hasError(piece) ? ctx.broken(piece) : lowerExpression(ctx, piece.expression));
    text.push(piece.literal.text);
  }
  return { kind: 'template', span: ctx.span(node), text, values };
}

/** `tag`a${x}b`` is tag(['a', 'b'], x), with the raw texts beside them. */
function lowerTaggedTemplate(ctx: Lowering, node: ts.TaggedTemplateExpression): Expression {
  const template = node.template;
  const span = ctx.span(template);
  const callee = lowerExpression(ctx, node.tag);
  if (template.kind === SyntaxKind.NoSubstitutionTemplateLiteral) {
    const raw = [rawText(ctx, template)];
    const strings: Expression = { kind: 'array', span, elements: [literal(span, template.text)], raw };
    return call(ctx.span(node), callee, [strings]);
  }
  const pieces = template as ts.TemplateExpression;
  const lowered = lowerTemplate(ctx, pieces);
  if (lowered.kind !== 'template') return lowered;
  const strings: Expression = {
    kind: 'array',
    span: { start: span.start, end: span.start },
    elements: lowered.text.map((piece) => literal({ start: span.start, end: span.start }, piece)),
    raw: [pieces.head, ...pieces.templateSpans.map((piece) => piece.literal)].map((p) => rawText(ctx, p)),
  };
  return call(ctx.span(node), callee, [strings, ...lowered.values]);
}

/** What stands between a template's quotes, `}` and `${`. */
function rawText(ctx: Lowering, node: ts.TemplateLiteralLikeNode): string {
  const open = ctx.source(node);
  const end = open.endsWith('`') ? 1 : 2;
  return open.slice(1, -end).replace(/\r\n?/g, '\n');
}

/** A chain of conditionals grows to the right: a loop goes down it. */
function lowerConditional(ctx: Lowering, first: ts.ConditionalExpression): Expression {
  const chain: { node: ts.ConditionalExpression; test: Expression; then: Expression }[] = [];
  let node: ts.Expression = first;
  while (node.kind === SyntaxKind.ConditionalExpression && !hasError(node)) {
    const conditional = node as ts.ConditionalExpression;
    const test = lowerExpression(ctx, conditional.condition);
    const then = lowerExpression(ctx, conditional.whenTrue);
    chain.push({ node: conditional, test, then });
    node = unwrap(conditional.whenFalse);
  }
  let result = lowerExpression(ctx, node);
  for (let i = chain.length - 1; i >= 0; i--) {
    const { node: conditional, test, then } = chain[i]!;
    result = { kind: 'conditional', span: ctx.span(conditional), test, then, else: result };
  }
  return result;
}

export function lowerArgument(ctx: Lowering, node: ts.Expression): Expression | Spread {
  if (node.kind !== SyntaxKind.SpreadElement) return lowerExpression(ctx, node);
  const argument = lowerExpression(ctx, (node as ts.SpreadElement).expression);
  return { kind: 'spread', span: ctx.span(node), argument };
}

export function lowerArguments(
  ctx: Lowering,
  nodes: readonly ts.Expression[] | undefined,
): (Expression | Spread)[] {
  return (nodes ?? []).map((node) => lowerArgument(ctx, node));
}
