/**
 * `switch`, expanded:
 *
 *     { const %t1 = discriminant;
 *       %t2: { …the body's own scope…
 *         const %t3 = %t1 === case0 ? 0 : %t1 === case1 ? 1 : …the default's index, or the number of clauses;
 *         if (%t3 <= 0) { …clause 0… }
 *         if (%t3 <= 1) { …clause 1… } } }
 *
 * so that tests are evaluated in order until one matches, and a clause falls through into the next.
 */
import type ts from 'typescript';
import { NUMBER, UNKNOWN } from '../../../core/source/shape.ts';
import type { Block, Expression, ScopeName, Statement } from '../../../core/source/syntax.ts';
import { asStatement, type Lowering, literal, name } from './context.ts';
import { lowerExpression } from './expressions.ts';
import { hasError, SyntaxKind } from './parser.ts';
import { asLexical, lexicalNames } from './scopes.ts';
import { lowerFunctions, lowerStatements } from './statements.ts';

export function lowerSwitch(ctx: Lowering, node: ts.SwitchStatement): Statement {
  const span = ctx.span(node);
  const { clauses } = node.caseBlock;
  if (hasError(node.caseBlock) || clauses.some((clause) => hasError(clause))) {
    return asStatement(ctx.broken(node));
  }
  const subject = ctx.temp();
  const label = ctx.temp();
  const index = ctx.temp();
  const value = lowerExpression(ctx, node.expression);

  const { jumps } = ctx;
  ctx.jumps = { ...jumps, labels: new Set([...jumps.labels, label]), breakTo: label };
  const list = clauses.flatMap((clause) => [...clause.statements]);
  const scope = lexicalNames(ctx, list, 'block');
  ctx.frame.lexical.push(asLexical(scope, 'block'));
  const functions = lowerFunctions(ctx, list);
  const at = ctx.before(node.caseBlock);
  let otherwise = clauses.length;
  const tests: { k: number; test: Expression }[] = [];
  const bodies: Statement[] = [];
  clauses.forEach((clause, k) => {
    if (clause.kind === SyntaxKind.DefaultClause) otherwise = k;
    else tests.push({ k, test: lowerExpression(ctx, (clause as ts.CaseClause).expression) });
    const statements = clause.statements.flatMap((statement) => [
      ...lowerStatements(ctx, statement, undefined),
    ]);
    if (statements.length === 0) return;
    const clauseSpan = ctx.span(clause);
    const then: Block = { kind: 'block', span: clauseSpan, scope: [], functions: [], statements };
    bodies.push({
      kind: 'if',
      span: clauseSpan,
      test: { kind: 'binary', span: at, operator: '<=', left: name(at, index), right: literal(at, k) },
      then,
    });
  });
  ctx.jumps = jumps;
  ctx.frame.lexical.pop();

  let choice: Expression = literal(at, otherwise);
  for (let i = tests.length - 1; i >= 0; i--) {
    const { k, test } = tests[i]!;
    const then = literal(at, k);
    choice = {
      kind: 'conditional',
      span: test.span,
      test: { kind: 'binary', span: test.span, operator: '===', left: name(at, subject), right: test },
      then,
      else: choice,
    };
  }
  const body: Block = {
    kind: 'block',
    span,
    scope: [...scope, { name: index, mode: 'const' }],
    functions,
    statements: [
      { kind: 'declare', span, mode: 'const', target: name(at, index), value: choice, shape: NUMBER },
      ...bodies,
    ],
  };
  const outer: ScopeName[] = [{ name: subject, mode: 'const' }];
  return {
    kind: 'block',
    span,
    scope: outer,
    functions: [],
    statements: [
      { kind: 'declare', span: value.span, mode: 'const', target: name(at, subject), value, shape: UNKNOWN },
      { kind: 'labelled', span, label, body },
    ],
  };
}
