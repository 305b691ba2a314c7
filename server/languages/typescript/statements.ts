/** Statements and blocks. */
import type ts from 'typescript';
import { UNKNOWN } from '../../../core/source/shape.ts';
import type {
  Block,
  Declare,
  FunctionNode,
  If,
  Pattern,
  ScopeName,
  Statement,
  Try,
} from '../../../core/source/syntax.ts';
import { boundNames } from '../../../core/source/traverse.ts';
import { lowerClass } from './classes.ts';
import { asStatement, type Lowering, literal, name, unsupported } from './context.ts';
import { lowerExpression } from './expressions.ts';
import { hasModifier, lowerFunctionDeclaration } from './functions.ts';
import { documentedType } from './jsdoc.ts';
import { lowerForIn, lowerForOf, lowerLoop } from './loops.ts';
import { lowerEnum, lowerImportEquals, lowerNamespace } from './namespaces.ts';
import { hasError, identifierText, SyntaxKind } from './parser.ts';
import {
  asLexical,
  type DeclarationMode,
  declarationMode,
  declaredName,
  isAmbient,
  isUsing,
  type Level,
  lexicalNames,
  repeatedName,
} from './scopes.ts';
import { announceStatementValue, announceVariable, before } from './sites.ts';
import { lowerSwitch } from './switch.ts';
import { lowerBinding } from './targets.ts';

export interface LoweredList {
  readonly scope: readonly ScopeName[];
  readonly functions: readonly FunctionNode[];
  readonly statements: readonly Statement[];
}

/** The path to what a statement declares; undefined where it cannot be reached by name. */
export type PathOf = (statement: ts.Statement) => readonly string[] | undefined;
const UNREACHABLE: PathOf = () => undefined;

/**
 * Lowers a list of statements that shares one scope; `after` gives what follows a statement, `owner` is the variable
 * that holds the namespace whose body it is.
 */
export function lowerList(
  ctx: Lowering,
  list: readonly ts.Statement[],
  level: Level,
  pathOf: PathOf = UNREACHABLE,
  after: (statement: ts.Statement) => readonly Statement[] = () => [],
  owner?: string,
): LoweredList {
  const scope = lexicalNames(ctx, list, level);
  ctx.frame.lexical.push(asLexical(scope, level));
  const functions = lowerFunctions(ctx, list, pathOf);
  const statements: Statement[] = [];
  const repeated = repeatedName(list);
  if (repeated) {
    statements.push(ctx.errorStatement(repeated, `\`${ctx.source(repeated)}\` is declared twice.`));
  }
  for (const statement of list) {
    statements.push(...lowerStatements(ctx, statement, pathOf(statement), owner), ...after(statement));
  }
  ctx.frame.lexical.pop();
  return { scope, functions, statements };
}

export function lowerFunctions(
  ctx: Lowering,
  list: readonly ts.Statement[],
  pathOf: PathOf = UNREACHABLE,
): FunctionNode[] {
  const functions: FunctionNode[] = [];
  for (const statement of list) {
    if (statement.kind !== SyntaxKind.FunctionDeclaration || isAmbient(statement)) continue;
    const declaration = statement as ts.FunctionDeclaration;
    if (!declaration.body) continue;
    const text = declaredName(declaration);
    const path = pathOf(statement);
    ctx.announce(declaration, {
      path: path && [...path, text],
      name: [...(path ?? []), text].join('.'),
      nameSpan: declaration.name ? ctx.span(declaration.name) : functionKeyword(ctx, declaration),
      anchors: [before(declaration)],
    });
    functions.push(lowerFunctionDeclaration(ctx, declaration));
  }
  return functions;
}

function functionKeyword(ctx: Lowering, node: ts.FunctionDeclaration) {
  const { start } = ctx.span(node);
  const at = start + Math.max(0, ctx.source(node).indexOf('function'));
  return { start: at, end: at + 'function'.length };
}

export function lowerBlockStatements(
  ctx: Lowering,
  node: ts.Node,
  list: readonly ts.Statement[],
  level: Level,
): Block {
  ctx.enter();
  const block: Block = { kind: 'block', span: ctx.span(node), ...lowerList(ctx, list, level) };
  ctx.leave();
  return block;
}

/** A statement where one is needed: the body of a loop or of an `if`. */
export function lowerBody(ctx: Lowering, node: ts.Statement): Statement {
  if (node.kind === SyntaxKind.Block) {
    return hasError(node)
      ? asStatement(ctx.broken(node))
      : lowerBlockStatements(ctx, node, (node as ts.Block).statements, 'block');
  }
  const lowered = lowerBlockStatements(ctx, node, [node], 'block');
  const only = lowered.statements[0];
  return lowered.statements.length === 1 && lowered.scope.length === 0 && only ? only : lowered;
}

/** None for what has no meaning at run time; several for `let a = 1, b = 2`. */
export function lowerStatements(
  ctx: Lowering,
  node: ts.Statement,
  path: readonly string[] | undefined,
  owner?: string,
): readonly Statement[] {
  if (node.kind === SyntaxKind.FunctionDeclaration && ctx.hoisted.has(node)) {
    const text = name(ctx.before(node), declaredName(node as ts.FunctionDeclaration));
    const to = { kind: 'declare', mode: 'var', outermost: true } as const;
    return [{ ...to, span: text.span, target: text, value: text, shape: UNKNOWN }];
  }
  if (node.kind === SyntaxKind.FunctionDeclaration || isAmbient(node)) return [];
  const broken = hasError(node) ? [asStatement(ctx.broken(node))] : [];
  // An expression still tells what it would have assigned to.
  if (broken.length > 0 && node.kind !== SyntaxKind.ExpressionStatement) return broken;
  ctx.enter();
  const holder = hasModifier(node, SyntaxKind.ExportKeyword) ? owner : undefined;
  const lowered = [...broken, ...lowerKind(ctx, node, path, holder)];
  ctx.leave();
  return lowered;
}

function lowerKind(
  ctx: Lowering,
  node: ts.Statement,
  path: readonly string[] | undefined,
  owner: string | undefined,
): readonly Statement[] {
  const span = ctx.span(node);
  switch (node.kind) {
    case SyntaxKind.EmptyStatement:
    case SyntaxKind.DebuggerStatement:
    case SyntaxKind.InterfaceDeclaration:
    case SyntaxKind.TypeAliasDeclaration:
    case SyntaxKind.NotEmittedStatement:
      return [];
    case SyntaxKind.ExpressionStatement:
      return [
        {
          kind: 'expression',
          span,
          expression: lowerExpression(ctx, (node as ts.ExpressionStatement).expression),
        },
      ];
    case SyntaxKind.VariableStatement:
      return lowerVariables(ctx, (node as ts.VariableStatement).declarationList, node, path);
    case SyntaxKind.ClassDeclaration:
      return [lowerClassDeclaration(ctx, node as ts.ClassDeclaration, path)];
    case SyntaxKind.EnumDeclaration:
      return lowerEnum(ctx, node as ts.EnumDeclaration, owner);
    case SyntaxKind.ModuleDeclaration:
      return lowerNamespace(ctx, node as ts.ModuleDeclaration, path, owner);
    case SyntaxKind.ImportEqualsDeclaration:
      return lowerImportEquals(ctx, node as ts.ImportEqualsDeclaration);
    case SyntaxKind.Block:
      return [lowerBlockStatements(ctx, node, (node as ts.Block).statements, 'block')];
    case SyntaxKind.IfStatement:
      return [lowerIf(ctx, node as ts.IfStatement)];
    case SyntaxKind.ForStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
      return [lowerLoop(ctx, node as ts.ForStatement, [])];
    case SyntaxKind.ForOfStatement:
      return [lowerForOf(ctx, node as ts.ForOfStatement)];
    case SyntaxKind.ForInStatement:
      return [lowerForIn(ctx, node as ts.ForInStatement)];
    case SyntaxKind.SwitchStatement:
      return [lowerSwitch(ctx, node as ts.SwitchStatement)];
    case SyntaxKind.LabeledStatement:
      return [lowerLabelled(ctx, node as ts.LabeledStatement)];
    case SyntaxKind.ReturnStatement: {
      const { expression } = node as ts.ReturnStatement;
      if (expression) announceStatementValue(ctx, node, expression, undefined);
      return [{ kind: 'return', span, value: expression && lowerExpression(ctx, expression) }];
    }
    case SyntaxKind.BreakStatement:
      return [lowerBreak(ctx, node as ts.BreakStatement)];
    case SyntaxKind.ContinueStatement:
      return [lowerContinue(ctx, node as ts.ContinueStatement)];
    case SyntaxKind.ThrowStatement:
      return [{ kind: 'throw', span, value: lowerExpression(ctx, (node as ts.ThrowStatement).expression) }];
    case SyntaxKind.TryStatement:
      return [lowerTry(ctx, node as ts.TryStatement)];
    case SyntaxKind.WithStatement:
      return [
        asStatement(
          unsupported(
            span,
            'GL111',
            '`with` is not supported: what its names mean is known only at run time.',
          ),
        ),
      ];
    default:
      return [
        asStatement(
          unsupported(
            span,
            'GL111',
            `This statement is not supported here: \`${ctx.source(node).slice(0, 40)}\`.`,
          ),
        ),
      ];
  }
}

/** A declaration list, of a statement or of the head of a loop. */
export function lowerVariables(
  ctx: Lowering,
  list: ts.VariableDeclarationList,
  statement: ts.Node,
  path: readonly string[] | undefined,
): Statement[] {
  const mode = declarationMode(list);
  const lowered: Statement[] = [];
  list.declarations.forEach((declaration, i) => {
    announceVariable(ctx, statement, declaration, i === 0, path);
    const declared = lowerVariable(ctx, declaration, mode, statement);
    if (!declared) return;
    if (!isUsing(list)) lowered.push(declared);
    else {
      const message = '`using` is not supported: write `const` and dispose of the resource yourself.';
      lowered.push({ ...declared, value: unsupported(declared.span, 'GL111', message) });
    }
  });
  return lowered;
}

function lowerVariable(
  ctx: Lowering,
  node: ts.VariableDeclaration,
  mode: DeclarationMode,
  statement: ts.Node,
): Declare | undefined {
  const span = ctx.span(node);
  const target = hasError(node) ? ctx.broken(node) : lowerBinding(ctx, node.name);
  if (mode === 'var') declareVars(ctx, target);
  const documented = ctx.script && !node.type ? documentedType(ctx, [before(statement)]) : undefined;
  const shape = node.type ? ctx.shape(node.type) : (documented ?? UNKNOWN);
  if (node.initializer) {
    return { kind: 'declare', span, mode, target, value: lowerExpression(ctx, node.initializer), shape };
  }
  if (target.kind !== 'name') {
    const value =
      target.kind === 'unsupported' ? target : ctx.error(node, 'A pattern needs a value to take apart.');
    return { kind: 'declare', span, mode, target, value, shape };
  }
  if (mode === 'var') return undefined;
  const value =
    mode === 'const'
      ? ctx.error(node, `\`const ${target.name}\` needs a value.`)
      : literal({ start: span.end, end: span.end }, undefined);
  return { kind: 'declare', span, mode, target, value, shape };
}

export function declareVars(ctx: Lowering, target: Pattern): void {
  for (const text of boundNames(target)) ctx.frame.vars.add(text);
}

function lowerClassDeclaration(
  ctx: Lowering,
  node: ts.ClassDeclaration,
  path: readonly string[] | undefined,
): Statement {
  const text = declaredName(node);
  ctx.announce(node, {
    path: path && [...path, text],
    name: [...(path ?? []), text].join('.'),
    nameSpan: node.name ? ctx.span(node.name) : ctx.before(node),
    anchors: [before(node)],
  });
  const span = ctx.span(node);
  const value = lowerClass(ctx, node);
  const target = name(node.name ? ctx.span(node.name) : ctx.before(node), text);
  return { kind: 'declare', span, mode: 'class', target, value, shape: UNKNOWN };
}

/** A chain of `else if` grows to the right: a loop goes down it. */
function lowerIf(ctx: Lowering, first: ts.IfStatement): Statement {
  const chain: { node: ts.IfStatement; test: If['test']; then: Statement }[] = [];
  let node: ts.Statement | undefined = first;
  while (node?.kind === SyntaxKind.IfStatement && !hasError(node)) {
    const current = node as ts.IfStatement;
    const test = lowerExpression(ctx, current.expression);
    const then = lowerBody(ctx, current.thenStatement);
    chain.push({ node: current, test, then });
    node = current.elseStatement;
  }
  let otherwise: Statement | undefined = node && lowerBody(ctx, node);
  for (let i = chain.length - 1; i >= 0; i--) {
    const { node: current, test, then } = chain[i]!;
    otherwise = { kind: 'if', span: ctx.span(current), test, then, else: otherwise };
  }
  return otherwise!;
}

/** Labels stand directly around a loop, inside the block that holds a loop's variables. */
function lowerLabelled(ctx: Lowering, first: ts.LabeledStatement): Statement {
  const labels: { text: string; node: ts.LabeledStatement }[] = [];
  let node: ts.Statement = first;
  const { jumps } = ctx;
  while (node.kind === SyntaxKind.LabeledStatement && !hasError(node)) {
    const labelled = node as ts.LabeledStatement;
    labels.push({ text: identifierText(labelled.label), node: labelled });
    node = labelled.statement;
  }
  const texts = labels.map((label) => label.text);
  const loop =
    node.kind === SyntaxKind.ForStatement ||
    node.kind === SyntaxKind.WhileStatement ||
    node.kind === SyntaxKind.DoStatement ||
    node.kind === SyntaxKind.ForOfStatement ||
    node.kind === SyntaxKind.ForInStatement;
  ctx.jumps = {
    ...jumps,
    labels: new Set([...jumps.labels, ...texts]),
    loops: loop ? new Set([...jumps.loops, ...texts]) : jumps.loops,
  };
  const isPlainLoop =
    loop && node.kind !== SyntaxKind.ForOfStatement && node.kind !== SyntaxKind.ForInStatement;
  const lowered =
    isPlainLoop && !hasError(node) ? lowerLoop(ctx, node as ts.ForStatement, texts) : lowerBody(ctx, node);
  ctx.jumps = jumps;
  if (isPlainLoop && !hasError(node)) return lowered;
  return withLabels(texts, lowered, ctx.span(first));
}

export function withLabels(labels: readonly string[], body: Statement, span = body.span): Statement {
  return labels.reduceRight<Statement>(
    (inner, label) => ({ kind: 'labelled', span, label, body: inner }),
    body,
  );
}

function lowerBreak(ctx: Lowering, node: ts.BreakStatement): Statement {
  const span = ctx.span(node);
  if (node.label) {
    const label = identifierText(node.label);
    return ctx.jumps.labels.has(label)
      ? { kind: 'break', span, label }
      : ctx.errorStatement(node, `There is no label \`${label}\` around this.`);
  }
  const { breakTo } = ctx.jumps;
  return breakTo === null
    ? ctx.errorStatement(node, '`break` stands outside of a loop or switch.')
    : { kind: 'break', span, label: breakTo };
}

function lowerContinue(ctx: Lowering, node: ts.ContinueStatement): Statement {
  const span = ctx.span(node);
  if (node.label) {
    const label = identifierText(node.label);
    return ctx.jumps.loops.has(label)
      ? { kind: 'continue', span, label }
      : ctx.errorStatement(node, `There is no loop with the label \`${label}\` around this.`);
  }
  return ctx.jumps.inLoop
    ? { kind: 'continue', span }
    : ctx.errorStatement(node, '`continue` stands outside of a loop.');
}

function lowerTry(ctx: Lowering, node: ts.TryStatement): Statement {
  const block = (part: ts.Block): Block =>
    hasError(part)
      ? {
          kind: 'block',
          span: ctx.span(part),
          scope: [],
          functions: [],
          statements: [asStatement(ctx.broken(part))],
        }
      : lowerBlockStatements(ctx, part, part.statements, 'block');
  const body = block(node.tryBlock);
  let handler: Try['handler'];
  const clause = node.catchClause;
  if (clause) {
    const variable = clause.variableDeclaration;
    const target = variable && lowerBinding(ctx, variable.name);
    const scope = (target ? boundNames(target) : []).map((text) => ({ name: text, mode: 'let' }) as const);
    handler = { scope, ...(target ? { target } : {}), body: block(clause.block) };
  }
  return {
    kind: 'try',
    span: ctx.span(node),
    body,
    handler,
    finally: node.finallyBlock && block(node.finallyBlock),
  };
}
