/** Operators: binary chains, assignments, unary and update expressions. */
import type ts from 'typescript';
import type {
  BinaryOperator,
  Expression,
  LogicalOperator,
  UnaryOperator,
} from '../../../core/source/syntax.ts';
import type { Lowering } from './context.ts';
import { lowerExpression, unwrap } from './expressions.ts';
import { hasError, SyntaxKind } from './parser.ts';
import { announceAssigned } from './sites.ts';
import { lowerPlace, lowerTarget } from './targets.ts';

const BINARY = new Map<ts.SyntaxKind, BinaryOperator>([
  [SyntaxKind.PlusToken, '+'],
  [SyntaxKind.MinusToken, '-'],
  [SyntaxKind.AsteriskToken, '*'],
  [SyntaxKind.SlashToken, '/'],
  [SyntaxKind.PercentToken, '%'],
  [SyntaxKind.AsteriskAsteriskToken, '**'],
  [SyntaxKind.LessThanToken, '<'],
  [SyntaxKind.LessThanEqualsToken, '<='],
  [SyntaxKind.GreaterThanToken, '>'],
  [SyntaxKind.GreaterThanEqualsToken, '>='],
  [SyntaxKind.EqualsEqualsToken, '=='],
  [SyntaxKind.ExclamationEqualsToken, '!='],
  [SyntaxKind.EqualsEqualsEqualsToken, '==='],
  [SyntaxKind.ExclamationEqualsEqualsToken, '!=='],
  [SyntaxKind.AmpersandToken, '&'],
  [SyntaxKind.BarToken, '|'],
  [SyntaxKind.CaretToken, '^'],
  [SyntaxKind.LessThanLessThanToken, '<<'],
  [SyntaxKind.GreaterThanGreaterThanToken, '>>'],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanToken, '>>>'],
  [SyntaxKind.InKeyword, 'in'],
  [SyntaxKind.InstanceOfKeyword, 'instanceof'],
]);

const LOGICAL = new Map<ts.SyntaxKind, LogicalOperator>([
  [SyntaxKind.AmpersandAmpersandToken, '&&'],
  [SyntaxKind.BarBarToken, '||'],
  [SyntaxKind.QuestionQuestionToken, '??'],
]);

const COMPOUND = new Map<ts.SyntaxKind, BinaryOperator | LogicalOperator>([
  [SyntaxKind.PlusEqualsToken, '+'],
  [SyntaxKind.MinusEqualsToken, '-'],
  [SyntaxKind.AsteriskEqualsToken, '*'],
  [SyntaxKind.SlashEqualsToken, '/'],
  [SyntaxKind.PercentEqualsToken, '%'],
  [SyntaxKind.AsteriskAsteriskEqualsToken, '**'],
  [SyntaxKind.AmpersandEqualsToken, '&'],
  [SyntaxKind.BarEqualsToken, '|'],
  [SyntaxKind.CaretEqualsToken, '^'],
  [SyntaxKind.LessThanLessThanEqualsToken, '<<'],
  [SyntaxKind.GreaterThanGreaterThanEqualsToken, '>>'],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken, '>>>'],
  [SyntaxKind.AmpersandAmpersandEqualsToken, '&&'],
  [SyntaxKind.BarBarEqualsToken, '||'],
  [SyntaxKind.QuestionQuestionEqualsToken, '??'],
]);

function operatorOf(node: ts.Expression): BinaryOperator | LogicalOperator | ',' | undefined {
  if (node.kind !== SyntaxKind.BinaryExpression || hasError(node)) return undefined;
  const kind = (node as ts.BinaryExpression).operatorToken.kind;
  return kind === SyntaxKind.CommaToken ? ',' : (BINARY.get(kind) ?? LOGICAL.get(kind));
}

/** A long chain grows to the left: a loop goes down it, for the host's stack holds only some thousand levels. */
export function lowerBinary(ctx: Lowering, node: ts.BinaryExpression): Expression {
  if (operatorOf(node) === undefined) return lowerAssign(ctx, node);
  const spine: ts.BinaryExpression[] = [];
  let leftmost: ts.Expression = node;
  while (operatorOf(leftmost) !== undefined) {
    spine.push(leftmost as ts.BinaryExpression);
    leftmost = unwrap((leftmost as ts.BinaryExpression).left);
  }
  let result = lowerExpression(ctx, leftmost);
  for (let i = spine.length - 1; i >= 0; i--) {
    const parent = spine[i]!;
    const right = lowerExpression(ctx, parent.right);
    result = combine(ctx, parent, result, right);
  }
  return result;
}

function combine(ctx: Lowering, node: ts.BinaryExpression, left: Expression, right: Expression): Expression {
  const span = ctx.span(node);
  const operator = operatorOf(node)!;
  switch (operator) {
    case ',':
      return {
        kind: 'sequence',
        span,
        expressions: left.kind === 'sequence' ? [...left.expressions, right] : [left, right],
      };
    case '&&':
    case '||':
    case '??':
      return { kind: 'logical', span, operator, left, right };
    case '**':
      // The parser lets `-x ** 2` pass, which is an error of the language: it would be ambiguous.
      if (isBareUnary(node.left)) {
        return ctx.error(node, 'A signed base of `**` needs parentheses: write `(-x) ** y` or `-(x ** y)`.');
      }
      return { kind: 'binary', span, operator, left, right };
    default:
      return { kind: 'binary', span, operator, left, right };
  }
}

function isBareUnary(node: ts.Expression): boolean {
  switch (node.kind) {
    case SyntaxKind.PrefixUnaryExpression: {
      const { operator } = node as ts.PrefixUnaryExpression;
      return operator !== SyntaxKind.PlusPlusToken && operator !== SyntaxKind.MinusMinusToken;
    }
    case SyntaxKind.TypeOfExpression:
    case SyntaxKind.VoidExpression:
    case SyntaxKind.DeleteExpression:
    case SyntaxKind.AwaitExpression:
    case SyntaxKind.TypeAssertionExpression:
      return true;
    default:
      return false;
  }
}

export function isAssignment(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return kind === SyntaxKind.EqualsToken || COMPOUND.has(kind);
}

function lowerAssign(ctx: Lowering, node: ts.BinaryExpression): Expression {
  const span = ctx.span(node);
  const kind = node.operatorToken.kind;
  const right = () => (hasError(node) ? ctx.broken(node.right) : lowerExpression(ctx, node.right));
  announceAssigned(ctx, node);
  if (kind === SyntaxKind.EqualsToken) {
    const target = lowerTarget(ctx, node.left);
    return { kind: 'assign', span, target, value: right() };
  }
  const operator = COMPOUND.get(kind);
  if (operator === undefined) return ctx.broken(node);
  const target = lowerPlace(ctx, node.left);
  return { kind: 'assign', span, target, operator, value: right() };
}

const UNARY = new Map<ts.SyntaxKind, UnaryOperator>([
  [SyntaxKind.PlusToken, '+'],
  [SyntaxKind.MinusToken, '-'],
  [SyntaxKind.ExclamationToken, '!'],
  [SyntaxKind.TildeToken, '~'],
]);

export function lowerPrefix(ctx: Lowering, node: ts.PrefixUnaryExpression): Expression {
  const operator = UNARY.get(node.operator);
  if (operator === undefined) return lowerUpdate(ctx, node, true);
  return { kind: 'unary', span: ctx.span(node), operator, argument: lowerExpression(ctx, node.operand) };
}

export function lowerUpdate(
  ctx: Lowering,
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
  prefix: boolean,
): Expression {
  const target = lowerPlace(ctx, node.operand);
  if (target.kind === 'unsupported') return target;
  const operator = node.operator === SyntaxKind.PlusPlusToken ? '++' : '--';
  return { kind: 'update', span: ctx.span(node), operator, prefix, target };
}
