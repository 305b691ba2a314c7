/** Classes. */
import type ts from 'typescript';
import { UNKNOWN } from '../../../core/source/shape.ts';
import type {
  ClassExpression,
  ClassMember,
  Expression,
  FunctionNode,
  Statement,
  Unsupported,
} from '../../../core/source/syntax.ts';
import { walk } from '../../../core/source/traverse.ts';
import { lowerPropertyName } from './chains.ts';
import { type Lowering, type Origin, unsupported } from './context.ts';
import { lowerExpression } from './expressions.ts';
import { emptyBlock, hasModifier, hoisted, inFunction, lowerFunction, lowerMethod } from './functions.ts';
import { hasError, identifierText, SyntaxKind } from './parser.ts';
import { announceClassMember, originOf } from './sites.ts';
import { lowerBlockStatements } from './statements.ts';
import { isParameterProperty } from './typeDeclarations.ts';

export function lowerClass(ctx: Lowering, node: ts.ClassLikeDeclaration): ClassExpression | Unsupported {
  const origin = originOf(ctx, node);
  const decorator = decoratorOf(node);
  if (decorator) {
    // It may do anything besides.
    const message = `The decorator \`${ctx.source(decorator).slice(0, 60)}\` is not supported: it may replace what it decorates. Remove it, or move the numeric part into a function.`;
    return { ...unsupported(ctx.span(decorator), 'GL111', message), ends: true };
  }
  if (hasError(node)) return ctx.broken(node);
  // The whole of a class is strict, its heritage and computed keys included.
  const { frame } = ctx;
  ctx.frame = { ...frame, strict: true };
  const lowered = lowerParts(ctx, node, origin);
  frame.usesThis ||= ctx.frame.usesThis;
  frame.usesArguments ||= ctx.frame.usesArguments;
  ctx.frame = frame;
  return lowered;
}

function lowerParts(
  ctx: Lowering,
  node: ts.ClassLikeDeclaration,
  origin: Origin,
): ClassExpression | Unsupported {
  const name = node.name && (identifierText(node.name) || undefined);
  const className = name ?? (origin.name === '(anonymous)' ? undefined : origin.name);
  const parent = parentOf(ctx, node);
  let declared: ts.ConstructorDeclaration | undefined;
  for (const member of node.members) {
    if (hasError(member) && !isFunctionLike(member)) return ctx.broken(member);
    if (member.kind !== SyntaxKind.Constructor || !(member as ts.ConstructorDeclaration).body) continue;
    if (declared) return ctx.error(member, 'A class has one constructor.');
    declared = member as ts.ConstructorDeclaration;
  }
  const properties = declared ? parameterProperties(declared) : [];
  const held: Held = { properties, early: false };
  const fields = node.members.flatMap((member) => lowerMember(ctx, member, className, origin, held));
  const late: Statement[] = held.early ? initialiseLate(ctx, node, fields) : [];
  const built =
    declared && lowerConstructor(ctx, declared, className, parent !== undefined, properties, late);
  // Parameter properties are fields as well, the first of all.
  const at = ctx.before(node);
  const first = properties.map(
    (key): ClassMember => ({ kind: 'field', span: at, static: false, key, value: undefined }),
  );
  const members = [...first, ...fields];
  return {
    kind: 'class',
    span: ctx.span(node),
    name,
    nameSpan: node.name && ctx.span(node.name),
    parent,
    // Always an own property: a bare object inherits one of that name.
    constructor: built,
    members,
    ...(ctx.script ? { text: ctx.source(node) } : {}),
  };
}

/** The parameter properties of a class, and whether an initialiser reads one. */
interface Held {
  readonly properties: readonly string[];
  early: boolean;
}

function parameterProperties(node: ts.ConstructorDeclaration): string[] {
  return node.parameters
    .filter((parameter) => isParameterProperty(parameter) && parameter.name.kind === SyntaxKind.Identifier)
    .map((parameter) => identifierText(parameter.name as ts.Identifier));
}

/** Takes the initialisers of fields away and gives assignments that do their work in the constructor. */
function initialiseLate(ctx: Lowering, node: ts.Node, fields: ClassMember[]): Statement[] {
  const statements: Statement[] = [];
  fields.forEach((field, i) => {
    if (field.kind !== 'field' || field.static || !field.value || typeof field.key !== 'string') return;
    const span = ctx.before(node);
    const self: Expression = { kind: 'this', span };
    const callee: Expression = { kind: 'function', span, function: field.value };
    const value: Expression = { kind: 'call', span, callee, self, arguments: [] };
    const target = { kind: 'member', span, object: self, key: field.key, keySpan: span } as const;
    statements.push({ kind: 'expression', span, expression: { kind: 'assign', span, target, value } });
    fields[i] = { ...field, value: undefined };
  });
  return statements;
}

function isFunctionLike(node: ts.ClassElement): boolean {
  return (
    node.kind === SyntaxKind.MethodDeclaration ||
    node.kind === SyntaxKind.Constructor ||
    node.kind === SyntaxKind.GetAccessor ||
    node.kind === SyntaxKind.SetAccessor
  );
}

function decoratorOf(node: ts.ClassLikeDeclaration): ts.Decorator | undefined {
  const first = (holder: ts.Node): ts.Decorator | undefined =>
    (holder as { modifiers?: ts.NodeArray<ts.ModifierLike> }).modifiers?.find(
      (modifier): modifier is ts.Decorator => modifier.kind === SyntaxKind.Decorator,
    );
  for (const holder of [node, ...node.members]) {
    const found = first(holder);
    if (found) return found;
    if (holder.kind !== SyntaxKind.Constructor && holder.kind !== SyntaxKind.MethodDeclaration) continue;
    for (const parameter of (holder as ts.MethodDeclaration).parameters) {
      const decorator = first(parameter);
      if (decorator) return decorator;
    }
  }
  return undefined;
}

function parentOf(ctx: Lowering, node: ts.ClassLikeDeclaration): Expression | undefined {
  for (const clause of node.heritageClauses ?? []) {
    if (clause.token !== SyntaxKind.ExtendsKeyword) continue;
    const type = clause.types[0];
    return type === undefined || hasError(clause)
      ? ctx.broken(clause)
      : lowerExpression(ctx, type.expression);
  }
  return undefined;
}

/** `constructor(private x: number)` assigns `this.x = x` first, or right after `super(…)`. */
function lowerConstructor(
  ctx: Lowering,
  node: ts.ConstructorDeclaration,
  className: string | undefined,
  derived: boolean,
  properties: readonly string[],
  late: readonly Statement[],
): FunctionNode {
  ctx.announce(node, {
    path: undefined,
    name: `${className ?? '(class)'}.constructor`,
    nameSpan: headSpanOfConstructor(ctx, node),
    anchors: [{ position: node.pos, inline: false }],
  });
  const assignments: Statement[] = [];
  for (const key of properties) {
    const at = ctx.before(node);
    const keySpan = at;
    assignments.push({
      kind: 'expression',
      span: at,
      expression: {
        kind: 'assign',
        span: at,
        target: { kind: 'member', span: at, object: { kind: 'this', span: at }, key, keySpan },
        value: { kind: 'name', span: at, name: key },
      },
    });
  }
  assignments.push(...late);
  const lowered = lowerFunction(ctx, node, {
    ...(derived ? { derived: true } : {}),
    body: (statements) =>
      assignments.length === 0 ? statements : withProperties(ctx, node, derived, assignments, statements),
  });
  return assignments.length === 0 ? lowered : { ...lowered, usesThis: true };
}

function headSpanOfConstructor(ctx: Lowering, node: ts.ConstructorDeclaration) {
  const start = ctx.source(node).indexOf('constructor');
  const from = ctx.span(node).start + Math.max(0, start);
  return { start: from, end: from + 'constructor'.length };
}

function withProperties(
  ctx: Lowering,
  node: ts.Node,
  derived: boolean,
  assignments: readonly Statement[],
  statements: readonly Statement[],
): readonly Statement[] {
  if (!derived) return [...assignments, ...statements];
  const at = statements.findIndex((s) => s.kind === 'expression' && s.expression.kind === 'superCall');
  if (at >= 0) return [...statements.slice(0, at + 1), ...assignments, ...statements.slice(at + 1)];
  const message = 'A constructor with parameter properties must call `super(…)` as a statement of its own.';
  return [ctx.errorStatement(node, message), ...statements];
}

function lowerMember(
  ctx: Lowering,
  node: ts.ClassElement,
  className: string | undefined,
  origin: Origin,
  held: Held,
): ClassMember[] {
  const span = ctx.span(node);
  const isStatic = hasModifier(node, SyntaxKind.StaticKeyword);
  switch (node.kind) {
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor: {
      const method = node as ts.MethodDeclaration | ts.AccessorDeclaration;
      // Overload signatures and abstract methods have no body.
      if (method.body === undefined && !hasError(method)) return [];
      announceClassMember(ctx, className, origin.path, method, isStatic);
      const kind =
        node.kind === SyntaxKind.MethodDeclaration
          ? 'method'
          : node.kind === SyntaxKind.GetAccessor
            ? 'getter'
            : 'setter';
      const key = lowerPropertyName(ctx, method.name);
      return [{ kind, span, static: isStatic, key, value: lowerMethod(ctx, method) }];
    }
    case SyntaxKind.PropertyDeclaration: {
      const property = node as ts.PropertyDeclaration;
      if (hasModifier(node, SyntaxKind.DeclareKeyword) || hasModifier(node, SyntaxKind.AbstractKeyword)) {
        return [];
      }
      announceClassMember(ctx, className, origin.path, property, isStatic);
      const key = lowerPropertyName(ctx, property.name);
      const value =
        property.initializer && initializer(ctx, property.initializer, isStatic ? undefined : held);
      if (hasModifier(node, SyntaxKind.AccessorKeyword))
        return autoAccessor(ctx, property, key, isStatic, value);
      // Without a value a field of TypeScript's is for the type checker: today's compilers reset what the parent set,
      // older ones do not, and the checker lets only those programs pass that mean the latter.
      const keeps = !ctx.script && !isStatic && value === undefined;
      return [
        { kind: 'field', span, static: isStatic, key, value, ...(keeps ? { keeps: true as const } : {}) },
      ];
    }
    case SyntaxKind.ClassStaticBlockDeclaration: {
      const { body } = node as ts.ClassStaticBlockDeclaration;
      const value = inFunction(ctx, false, true, new Set(), (frame) => {
        const block = lowerBlockStatements(ctx, body, body.statements, 'function');
        return plainFunction(ctx, node, block, hoisted(frame, block), frame.usesThis);
      });
      return [{ kind: 'block', span, static: true, key: '', value }];
    }
    default:
      return [];
  }
}

function plainFunction(
  ctx: Lowering,
  node: ts.Node,
  body: FunctionNode['body'],
  vars: readonly string[],
  usesThis: boolean,
): FunctionNode {
  return {
    span: ctx.span(node),
    parameters: [],
    body,
    vars,
    arrow: false,
    strict: true,
    generator: false,
    async: false,
    usesArguments: false,
    usesThis,
    returns: UNKNOWN,
  };
}

/** A field's initialiser as a function run with `this` = the instance (or the class). */
function initializer(ctx: Lowering, node: ts.Expression, held: Held | undefined): FunctionNode {
  return inFunction(ctx, false, true, new Set(), (frame) => {
    // Functions in it are members of the class, not local to one.
    ctx.functionDepth--;
    const lowered = lowerExpression(ctx, node);
    ctx.functionDepth++;
    const value = (held && readsEarly(lowered, held)) ?? lowered;
    const body = emptyBlock(ctx, node, [{ kind: 'return', span: value.span, value }]);
    return plainFunction(ctx, node, body, [], frame.usesThis);
  });
}

/**
 * Under today's class fields an initialiser runs before parameter properties are assigned, under TypeScript's older
 * ones after. Where it reads one itself, the checker lets only the latter pass; whether a method does that it calls
 * depends on the compiler's settings, so that calling one there is refused.
 */
function readsEarly(value: Expression, held: Held): Unsupported | undefined {
  const { properties } = held;
  let found: Unsupported | undefined;
  if (properties.length === 0) return undefined;
  walk(value, (node) => {
    if (!('kind' in node)) return undefined;
    if (node.kind === 'function') return false;
    const read = node.kind === 'call' ? node.callee : node;
    if (read.kind !== 'member' || read.object.kind !== 'this' || typeof read.key !== 'string')
      return undefined;
    // A method may read any of them.
    const key = node.kind === 'call' ? properties[0]! : read.key;
    if (!properties.includes(key)) return undefined;
    if (node.kind !== 'call') {
      held.early = true;
      return undefined;
    }
    found ??= unsupported(
      node.span,
      'GL111',
      `Whether \`this.${key}\` is assigned before this field depends on the compiler's settings: initialise the field in the constructor.`,
    );
    return false;
  });
  return found;
}

/** `accessor x = 1`: a private field with a getter and a setter. */
function autoAccessor(
  ctx: Lowering,
  node: ts.PropertyDeclaration,
  key: string | Expression,
  isStatic: boolean,
  value: FunctionNode | undefined,
): ClassMember[] {
  const at = ctx.before(node);
  const span = ctx.span(node);
  if (typeof key !== 'string') {
    const message = 'An `accessor` with a computed name is not supported: write a getter and a setter.';
    return [{ kind: 'field', span, static: isStatic, key: unsupported(span, 'GL111', message), value }];
  }
  const store = `#%${key}`;
  const place = {
    kind: 'member',
    span: at,
    object: { kind: 'this', span: at },
    key: store,
    keySpan: at,
  } as const;
  const block = (statement: Statement) => emptyBlock(ctx, node, [statement]);
  const get = plainFunction(ctx, node, block({ kind: 'return', span: at, value: place }), [], true);
  const written = { kind: 'name', span: at, name: '%value' } as const;
  const assign = { kind: 'assign', span: at, target: place, value: written } as const;
  const set: FunctionNode = {
    ...plainFunction(ctx, node, block({ kind: 'expression', span: at, expression: assign }), [], true),
    parameters: [{ span: at, target: written, rest: false, name: '%value', optional: false, shape: UNKNOWN }],
  };
  return [
    { kind: 'field', span, static: isStatic, key: store, value },
    { kind: 'getter', span, static: isStatic, key, value: get },
    { kind: 'setter', span, static: isStatic, key, value: set },
  ];
}
