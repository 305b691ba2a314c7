/** Loops. */
import type ts from 'typescript';
import { UNKNOWN } from '../../../core/source/shape.ts';
import type { ForIn, ForOf, Loop, Pattern, ScopeName, Statement } from '../../../core/source/syntax.ts';
import { boundNames } from '../../../core/source/traverse.ts';
import { asStatement, type Lowering, name, unsupported } from './context.ts';
import { lowerExpression } from './expressions.ts';
import { hasError, SyntaxKind } from './parser.ts';
import { declarationMode } from './scopes.ts';
import { declareVars, lowerBody, lowerVariables, withLabels } from './statements.ts';
import { lowerBinding, lowerTarget } from './targets.ts';

type PlainLoop = ts.ForStatement | ts.WhileStatement | ts.DoStatement;

function loopBody(ctx: Lowering, node: ts.IterationStatement): Statement {
  const { jumps } = ctx;
  ctx.jumps = { ...jumps, inLoop: true, breakTo: undefined };
  const body = lowerBody(ctx, node.statement);
  ctx.jumps = jumps;
  return body;
}

export function lowerLoop(ctx: Lowering, node: PlainLoop, labels: readonly string[]): Statement {
  const span = ctx.span(node);
  if (node.kind !== SyntaxKind.ForStatement) {
    const { expression } = node as ts.WhileStatement;
    const form = node.kind === SyntaxKind.DoStatement ? 'do' : 'while';
    // A `do` tests after its body: lowered in the order of the source.
    const early = form === 'while' ? lowerExpression(ctx, expression) : undefined;
    const body = loopBody(ctx, node);
    const test = early ?? lowerExpression(ctx, expression);
    return withLabels(labels, { kind: 'loop', span, form, perIteration: [], test, body });
  }
  const { initializer, condition, incrementor } = node as ts.ForStatement;
  const before: Statement[] = [];
  let scope: ScopeName[] = [];
  const closures = ctx.functionCount;
  if (initializer?.kind === SyntaxKind.VariableDeclarationList) {
    const list = initializer as ts.VariableDeclarationList;
    const mode = declarationMode(list);
    const declared = lowerVariables(ctx, list, list, undefined);
    before.push(...declared);
    if (mode !== 'var') scope = scopeOf(declared, mode);
  } else if (initializer) {
    const expression = lowerExpression(ctx, initializer as ts.Expression);
    before.push({ kind: 'expression', span: expression.span, expression });
  }
  const headClosures = ctx.functionCount > closures;
  const loop: Loop = {
    kind: 'loop',
    span,
    form: 'for',
    perIteration: [],
    test: condition && lowerExpression(ctx, condition),
    update: incrementor && lowerExpression(ctx, incrementor),
    body: loopBody(ctx, node),
  };
  // Only closures can tell a fresh copy for each iteration from one variable.
  const captured = ctx.functionCount > closures ? scope.filter((entry) => entry.mode === 'let') : [];
  const labelled = withLabels(labels, { ...loop, perIteration: captured.map((entry) => entry.name) });
  if (before.length === 0) return labelled;
  if (headClosures && captured.length > 0) {
    before.push(copied(ctx, node, captured, labelled, scope));
    return { kind: 'block', span, scope, functions: [], statements: before };
  }
  return { kind: 'block', span, scope, functions: [], statements: [...before, labelled] };
}

/**
 * Closures in a loop's head keep the variables of before the first iteration, which has copies of its own:
 * `scope` (to which the temporaries are added) holds the former, the block made here the latter.
 */
function copied(
  ctx: Lowering,
  node: ts.Node,
  captured: readonly ScopeName[],
  loop: Statement,
  scope: ScopeName[],
): Statement {
  const at = ctx.before(node);
  const declare = (mode: 'const' | 'let', to: string, from: string): Statement => ({
    kind: 'declare',
    span: at,
    mode,
    target: name(at, to),
    value: name(at, from),
    shape: UNKNOWN,
  });
  const temps = captured.map((entry) => ({ entry, temp: ctx.temp() }));
  for (const { temp } of temps) scope.push({ name: temp, mode: 'const' });
  const inner: Statement = {
    kind: 'block',
    span: loop.span,
    scope: captured,
    functions: [],
    statements: [...temps.map(({ entry, temp }) => declare('let', entry.name, temp)), loop],
  };
  return {
    kind: 'block',
    span: loop.span,
    scope: [],
    functions: [],
    statements: [...temps.map(({ entry, temp }) => declare('const', temp, entry.name)), inner],
  };
}

function scopeOf(declared: readonly Statement[], mode: 'const' | 'let'): ScopeName[] {
  const names = declared.flatMap((statement) =>
    statement.kind === 'declare' ? boundNames(statement.target) : [],
  );
  return [...new Set(names)].map((name) => ({ name, mode }));
}

export function lowerForOf(ctx: Lowering, node: ts.ForOfStatement): Statement {
  const span = ctx.span(node);
  if (node.awaitModifier) {
    return asStatement(
      unsupported(span, 'GL114', '`for await` is asynchronous: loop over an array instead.'),
    );
  }
  const head = lowerHead(ctx, node);
  const iterable = lowerExpression(ctx, node.expression);
  const body = loopBody(ctx, node);
  return { kind: 'forOf', span, ...head, iterable, body } satisfies ForOf;
}

export function lowerForIn(ctx: Lowering, node: ts.ForInStatement): Statement {
  const span = ctx.span(node);
  const head = lowerHead(ctx, node);
  const object = lowerExpression(ctx, node.expression);
  const body = loopBody(ctx, node);
  const loop = { kind: 'forIn', span, ...head, object, body } satisfies ForIn;
  // `for (var k = 1 in o)`, outside strict mode.
  const list = node.initializer.kind === SyntaxKind.VariableDeclarationList ? node.initializer : undefined;
  const early = (list as ts.VariableDeclarationList | undefined)?.declarations[0]?.initializer;
  if (!early || head.target.kind !== 'name') return loop;
  const value = lowerExpression(ctx, early);
  const first = {
    kind: 'declare',
    span: value.span,
    mode: 'var',
    target: head.target,
    value,
    shape: UNKNOWN,
  } as const;
  return { kind: 'block', span, scope: [], functions: [], statements: [first, loop] };
}

function lowerHead(
  ctx: Lowering,
  node: ts.ForOfStatement | ts.ForInStatement,
): { scope: ScopeName[]; target: Pattern } {
  const { initializer } = node;
  if (initializer.kind !== SyntaxKind.VariableDeclarationList) {
    return { scope: [], target: lowerTarget(ctx, initializer as ts.Expression) };
  }
  const list = initializer as ts.VariableDeclarationList;
  const declaration = list.declarations[0];
  if (declaration === undefined || hasError(list) || hasError(declaration)) {
    return { scope: [], target: ctx.broken(list) };
  }
  const early = node.kind === SyntaxKind.ForInStatement && !ctx.strict && declarationMode(list) === 'var';
  if (list.declarations.length > 1 || (declaration.initializer && !early)) {
    const message = 'The head of this loop declares one variable, without a value.';
    return { scope: [], target: ctx.error(list, message) };
  }
  if (ctx.source(list).startsWith('using') || ctx.source(list).startsWith('await')) {
    const message = '`using` is not supported: write `const` and dispose of the resource yourself.';
    return { scope: [], target: unsupported(ctx.span(list), 'GL111', message) };
  }
  const target = lowerBinding(ctx, declaration.name);
  const mode = declarationMode(list);
  if (mode === 'var') {
    declareVars(ctx, target);
    return { scope: [], target };
  }
  return { scope: boundNames(target).map((name) => ({ name, mode })), target };
}
