/** What is assigned to or bound: places, and destructuring patterns of both syntaxes. */
import type ts from 'typescript';
import type {
  Expression,
  Member,
  Name,
  Pattern,
  PatternElement,
  SuperMember,
  Unsupported,
} from '../../../core/source/syntax.ts';
import { lowerPropertyName } from './chains.ts';
import { type Lowering, name } from './context.ts';
import { lowerExpression, unwrap } from './expressions.ts';
import { hasError, identifierText, SyntaxKind } from './parser.ts';

type Place = Name | Member | SuperMember | Unsupported;

/** A single place: `x`, `a.b`, `a[i]`, `super.b`. */
export function lowerPlace(ctx: Lowering, wrapped: ts.Expression): Place {
  const node = unwrap(wrapped);
  const lowered = hasError(node) ? ctx.broken(node) : lowerExpression(ctx, node);
  switch (lowered.kind) {
    case 'name':
      if (ctx.strict && (lowered.name === 'eval' || lowered.name === 'arguments')) {
        return ctx.error(node, `\`${lowered.name}\` cannot be assigned to in strict mode.`);
      }
      return lowered;
    case 'member':
    case 'superMember':
    case 'unsupported':
      return lowered;
    default:
      return ctx.error(wrapped, 'This cannot be assigned to.');
  }
}

/** The left side of a plain assignment. */
export function lowerTarget(ctx: Lowering, node: ts.Expression): Pattern {
  if (hasError(node)) return ctx.broken(node);
  if (node.kind === SyntaxKind.ArrayLiteralExpression)
    return arrayTarget(ctx, node as ts.ArrayLiteralExpression);
  if (node.kind === SyntaxKind.ObjectLiteralExpression) {
    return objectTarget(ctx, node as ts.ObjectLiteralExpression);
  }
  return lowerPlace(ctx, node);
}

function elementTarget(ctx: Lowering, node: ts.Expression): PatternElement {
  const span = ctx.span(node);
  if (node.kind === SyntaxKind.BinaryExpression && !hasError(node)) {
    const { left, operatorToken, right } = node as ts.BinaryExpression;
    if (operatorToken.kind === SyntaxKind.EqualsToken) {
      return { span, target: lowerTarget(ctx, left), default: lowerExpression(ctx, right) };
    }
  }
  return { span, target: lowerTarget(ctx, node) };
}

function arrayTarget(ctx: Lowering, node: ts.ArrayLiteralExpression): Pattern {
  const elements: (PatternElement | null)[] = [];
  let rest: Pattern | undefined;
  for (const element of node.elements) {
    if (rest) return ctx.error(element, 'A rest element must be the last.');
    if (element.kind === SyntaxKind.OmittedExpression) elements.push(null);
    else if (element.kind === SyntaxKind.SpreadElement) {
      rest = lowerTarget(ctx, (element as ts.SpreadElement).expression);
    } else elements.push(elementTarget(ctx, element));
  }
  return { kind: 'arrayPattern', span: ctx.span(node), elements, rest };
}

function objectTarget(ctx: Lowering, node: ts.ObjectLiteralExpression): Pattern {
  const properties: (PatternElement & { key: string | Expression })[] = [];
  let rest: Pattern | undefined;
  for (const property of node.properties) {
    if (rest) return ctx.error(property, 'A rest element must be the last.');
    if (hasError(property)) return ctx.broken(property);
    switch (property.kind) {
      case SyntaxKind.ShorthandPropertyAssignment: {
        const shorthand = property as ts.ShorthandPropertyAssignment;
        const target = lowerPlace(ctx, shorthand.name);
        const fallback = shorthand.objectAssignmentInitializer;
        properties.push({
          span: ctx.span(property),
          key: identifierText(shorthand.name),
          target,
          default: fallback && lowerExpression(ctx, fallback),
        });
        break;
      }
      case SyntaxKind.PropertyAssignment: {
        const assignment = property as ts.PropertyAssignment;
        const key = lowerPropertyName(ctx, assignment.name);
        properties.push({ ...elementTarget(ctx, assignment.initializer), span: ctx.span(property), key });
        break;
      }
      case SyntaxKind.SpreadAssignment:
        rest = lowerTarget(ctx, (property as ts.SpreadAssignment).expression);
        break;
      default:
        return ctx.error(property, 'This cannot be assigned to.');
    }
  }
  return { kind: 'objectPattern', span: ctx.span(node), properties, rest };
}

/** A declared name or pattern. */
export function lowerBinding(ctx: Lowering, node: ts.BindingName): Pattern {
  if (hasError(node)) return ctx.broken(node);
  switch (node.kind) {
    case SyntaxKind.Identifier: {
      const text = identifierText(node as ts.Identifier);
      if (text === '') return ctx.broken(node);
      return name(ctx.span(node), text);
    }
    case SyntaxKind.ArrayBindingPattern:
      return arrayBinding(ctx, node as ts.ArrayBindingPattern);
    default:
      return objectBinding(ctx, node as ts.ObjectBindingPattern);
  }
}

function arrayBinding(ctx: Lowering, node: ts.ArrayBindingPattern): Pattern {
  const elements: (PatternElement | null)[] = [];
  let rest: Pattern | undefined;
  for (const element of node.elements) {
    if (rest) return ctx.error(element, 'A rest element must be the last.');
    if (element.kind === SyntaxKind.OmittedExpression) {
      elements.push(null);
      continue;
    }
    const binding = element as ts.BindingElement;
    if (hasError(binding)) return ctx.broken(binding);
    if (binding.dotDotDotToken) rest = lowerBinding(ctx, binding.name);
    else elements.push(bindingElement(ctx, binding));
  }
  return { kind: 'arrayPattern', span: ctx.span(node), elements, rest };
}

function bindingElement(ctx: Lowering, node: ts.BindingElement): PatternElement {
  return {
    span: ctx.span(node),
    target: lowerBinding(ctx, node.name),
    default: node.initializer && lowerExpression(ctx, node.initializer),
  };
}

function objectBinding(ctx: Lowering, node: ts.ObjectBindingPattern): Pattern {
  const properties: (PatternElement & { key: string | Expression })[] = [];
  let rest: Pattern | undefined;
  for (const element of node.elements) {
    if (rest) return ctx.error(element, 'A rest element must be the last.');
    if (hasError(element)) return ctx.broken(element);
    if (element.dotDotDotToken) {
      rest = lowerBinding(ctx, element.name);
      continue;
    }
    const key = lowerPropertyName(ctx, element.propertyName ?? (element.name as ts.Identifier));
    properties.push({ key, ...bindingElement(ctx, element) });
  }
  return { kind: 'objectPattern', span: ctx.span(node), properties, rest };
}
