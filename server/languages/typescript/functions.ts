/** Functions of every form. */
import type ts from 'typescript';
import { type Shape, UNKNOWN } from '../../../core/source/shape.ts';
import type { Block, Expression, FunctionNode, Parameter, Statement } from '../../../core/source/syntax.ts';
import { boundNames } from '../../../core/source/traverse.ts';
import {
  asStatement,
  type ContextualSignature,
  type FunctionFrame,
  type Lowering,
  NO_JUMPS,
  newFrame,
  unsupported,
} from './context.ts';
import { lowerExpression } from './expressions.ts';
import { documentedShapes } from './jsdoc.ts';
import { hasError, identifierText, SyntaxKind } from './parser.ts';
import { originOf } from './sites.ts';
import { lowerBlockStatements } from './statements.ts';
import { lowerBinding } from './targets.ts';
import { typeParametersOf } from './typeDeclarations.ts';
import { isThisParameter } from './types.ts';

type WithBody =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.AccessorDeclaration
  | ts.ConstructorDeclaration;

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const { modifiers } = node as { modifiers?: ts.NodeArray<ts.ModifierLike> };
  return modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}

export function lowerArrowOrFunction(
  ctx: Lowering,
  node: ts.ArrowFunction | ts.FunctionExpression,
): Expression {
  const lowered = lowerFunction(ctx, node);
  return { kind: 'function', span: lowered.span, function: lowered };
}

/** A declaration with a body, under its name (`default` where it has none). */
export function lowerFunctionDeclaration(ctx: Lowering, node: ts.FunctionDeclaration): FunctionNode {
  return lowerFunction(ctx, node);
}

export function lowerMethod(
  ctx: Lowering,
  node: ts.MethodDeclaration | ts.AccessorDeclaration,
): FunctionNode {
  return lowerFunction(ctx, node);
}

export interface FunctionExtras {
  readonly derived?: true;
  /** Rewrites the statements of the body. */
  readonly body?: (statements: readonly Statement[]) => readonly Statement[];
}

export function lowerFunction(ctx: Lowering, node: WithBody, extras: FunctionExtras = {}): FunctionNode {
  const origin = originOf(ctx, node);
  const arrow = node.kind === SyntaxKind.ArrowFunction;
  const strict = ctx.strict || hasUseStrict(node.body);
  const documented = ctx.script ? documentedShapes(ctx, origin.anchors) : undefined;
  const outer = ctx.typeParameters;
  ctx.typeParameters = new Map([
    ...outer,
    ...typeParametersOf(node).map((type) => [type.name, type] as const),
  ]);
  const lowered = inFunction(
    ctx,
    arrow,
    strict,
    parameterNames(node),
    (frame) => {
      const before = ctx.functionCount;
      const parameters = lowerParameters(ctx, node, documented?.parameters, origin.signature);
      const closures = ctx.functionCount > before;
      let body = lowerBody(ctx, node);
      if (extras.body) body = { ...body, statements: extras.body(body.statements) };
      const async = hasModifier(node, SyntaxKind.AsyncKeyword);
      const refusal = ctx.refusal(ctx.span(node));
      if (refusal) body = { ...body, statements: [refusal, ...body.statements] };
      if (async) body = { ...body, statements: [asynchronous(ctx, node), ...body.statements] };
      const named = ownName(node);
      const lowered: FunctionNode = {
        span: ctx.span(node),
        name: named && (identifierText(named) || undefined),
        nameSpan: named ? ctx.span(named) : origin.nameSpan,
        parameters,
        body,
        vars: hoisted(frame, body, closures),
        arrow,
        strict,
        generator: 'asteriskToken' in node && node.asteriskToken !== undefined,
        async,
        usesArguments: frame.usesArguments,
        usesThis: frame.usesThis,
        ...(extras.derived ? { derived: true } : {}),
        // What TypeScript's compiler makes of its functions has another text.
        ...(ctx.script ? { text: ctx.source(node).replace(/^static\s+(?=[^\s(])/, '') } : {}),
        returns: node.type
          ? ctx.shape(node.type)
          : (documented?.returns ?? origin.signature?.returns ?? UNKNOWN),
      };
      return isAnonymousDeclaration(node) ? { ...lowered, name: 'default' } : lowered;
    },
    origin,
  );
  ctx.typeParameters = outer;
  return lowered;
}

/** `export default function () {}` is hoisted like others; its binding bears a name nobody can write. */
function isAnonymousDeclaration(node: WithBody): boolean {
  return node.kind === SyntaxKind.FunctionDeclaration && node.name === undefined;
}

/**
 * Makes a FunctionNode in a frame of its own. `record` says that it is a function of the user's, to be listed as a
 * site.
 */
export function inFunction(
  ctx: Lowering,
  arrow: boolean,
  strict: boolean,
  parameters: ReadonlySet<string>,
  make: (frame: FunctionFrame) => FunctionNode,
  record?: Parameters<Lowering['addSite']>[1],
): FunctionNode {
  const { frame: outer, jumps } = ctx;
  const frame = newFrame(outer, arrow, strict, parameters);
  ctx.frame = frame;
  ctx.jumps = NO_JUMPS;
  ctx.functionDepth++;
  ctx.functionCount++;
  const lowered = make(frame);
  ctx.functionDepth--;
  ctx.frame = outer;
  ctx.jumps = jumps;
  if (record) ctx.addSite(lowered, record);
  return lowered;
}

/** Names a function is known by inside itself or in its block: not those of methods and accessors. */
function ownName(node: WithBody): ts.Identifier | undefined {
  const isNamed = node.kind === SyntaxKind.FunctionDeclaration || node.kind === SyntaxKind.FunctionExpression;
  return isNamed ? (node as ts.FunctionExpression).name : undefined;
}

/**
 * The `var`s of a body. One with the name of a parameter is a variable of its own, which only functions among the
 * parameters can tell.
 */
export function hoisted(frame: FunctionFrame, body: Block, closures = false): string[] {
  const lexical = new Set(body.scope.map((entry) => entry.name));
  const repeats = (name: string) => frame.parameters.has(name) && !closures;
  return [...frame.vars].filter((name) => !repeats(name) && !lexical.has(name));
}

function asynchronous(ctx: Lowering, node: ts.Node): Statement {
  return asStatement(
    unsupported(
      ctx.span(node),
      'GL114',
      'This function is asynchronous: what it returns is a promise. Move the numeric part into a function without `async`.',
    ),
  );
}

function hasUseStrict(body: ts.Node | undefined): boolean {
  return body?.kind === SyntaxKind.Block && useStrict((body as ts.Block).statements);
}

/** A `'use strict'` among the directives that a body begins with. */
export function useStrict(statements: readonly ts.Statement[]): boolean {
  for (const statement of statements) {
    if (statement.kind !== SyntaxKind.ExpressionStatement) return false;
    const { expression } = statement as ts.ExpressionStatement;
    if (expression.kind !== SyntaxKind.StringLiteral) return false;
    if ((expression as ts.StringLiteral).text === 'use strict') return true;
  }
  return false;
}

function parameterNames(node: WithBody): Set<string> {
  const names = new Set<string>();
  const collect = (pattern: ts.BindingName): void => {
    if (pattern.kind === SyntaxKind.Identifier) names.add(identifierText(pattern as ts.Identifier));
    else {
      for (const element of (pattern as ts.BindingPattern).elements) {
        if (element.kind === SyntaxKind.BindingElement) collect((element as ts.BindingElement).name);
      }
    }
  };
  for (const parameter of node.parameters) collect(parameter.name);
  return names;
}

function lowerParameters(
  ctx: Lowering,
  node: WithBody,
  documented: ReadonlyMap<string, { shape: Shape; optional: boolean }> | undefined,
  signature: ContextualSignature | undefined,
): Parameter[] {
  const lowered: Parameter[] = [];
  const declared = (parameter: ts.ParameterDeclaration, at: number, name: string | undefined): Shape => {
    if (parameter.type) return ctx.shape(parameter.type);
    const inComment = name === undefined ? undefined : documented?.get(name);
    if (inComment) return inComment.shape;
    const contextual = parameter.dotDotDotToken ? undefined : signature?.parameter(at);
    return contextual ?? ctx.initialShape(parameter.initializer);
  };
  for (const parameter of node.parameters) {
    if (isThisParameter(parameter)) continue;
    const target = hasError(parameter) ? ctx.broken(parameter) : lowerBinding(ctx, parameter.name);
    const name = target.kind === 'name' ? target.name : undefined;
    const inComment = name === undefined ? undefined : documented?.get(name);
    lowered.push({
      span: ctx.span(parameter),
      target,
      default: parameter.initializer && lowerExpression(ctx, parameter.initializer),
      rest: parameter.dotDotDotToken !== undefined,
      name,
      optional: parameter.questionToken !== undefined || (inComment?.optional ?? false),
      shape: declared(parameter, lowered.length, name),
    });
  }
  const names = lowered.flatMap((parameter) => boundNames(parameter.target));
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined && (ctx.strict || node.kind === SyntaxKind.ArrowFunction)) {
    const error = ctx.error(node, `Two parameters bear the name \`${repeated}\`.`);
    return lowered.map((parameter) => ({ ...parameter, target: error }));
  }
  return lowered;
}

function lowerBody(ctx: Lowering, node: WithBody): Block {
  const { body } = node;
  if (body === undefined || hasError(body) || hasError(node)) {
    const at = body ?? node;
    return emptyBlock(ctx, at, [asStatement(ctx.broken(at))]);
  }
  if (body.kind === SyntaxKind.Block) {
    return lowerBlockStatements(ctx, body, (body as ts.Block).statements, 'function');
  }
  const value = lowerExpression(ctx, body as ts.Expression);
  return emptyBlock(ctx, body, [{ kind: 'return', span: value.span, value }]);
}

export function emptyBlock(ctx: Lowering, node: ts.Node, statements: readonly Statement[]): Block {
  return { kind: 'block', span: ctx.span(node), scope: [], functions: [], statements };
}
