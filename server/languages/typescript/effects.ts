/** Whether running a statement can do more than define what it declares. */
import type { ClassExpression, Expression, Pattern, Statement } from '../../../core/source/syntax.ts';
import { walk } from '../../../core/source/traverse.ts';

/** Global objects whose functions change nothing but, at most, a fresh argument. */
const PURE_OBJECTS = new Set(['Math', 'Number', 'String', 'Boolean', 'BigInt']);
const PURE_CALLS = new Set([
  'Object.freeze',
  'Object.create',
  'Object.keys',
  'Object.values',
  'Object.entries',
  'Object.fromEntries',
  'Array.of',
  'Array.isArray',
  'Float64Array.of',
  'Float32Array.of',
  'Symbol.for',
]);
const PURE_CONSTRUCTORS = new Set([
  'Array',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'Object',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
]);

export function hasEffects(statements: readonly Statement[]): boolean {
  return statements.some((statement) => !isQuiet(statement));
}

/**
 * Whether statements assign to anything, outside of functions in them: what a statement with a syntax error is asked,
 * for its calls never happen, but what it would have assigned to is not to be relied upon.
 */
export function hasWrites(statements: readonly Statement[]): boolean {
  let found = false;
  for (const statement of statements) {
    walk(statement, (node) => {
      if (!('kind' in node)) return false;
      found ||= node.kind === 'assign' || node.kind === 'update' || node.kind === 'delete';
      return !found && node.kind !== 'function' && node.kind !== 'class';
    });
  }
  return found;
}

function isQuiet(statement: Statement): boolean {
  switch (statement.kind) {
    case 'declare':
      return isPure(statement.value) && isQuietPattern(statement.target, statement.value);
    case 'expression':
      return statement.expression.kind === 'literal';
    case 'unsupportedStatement':
      return true;
    default:
      return false;
  }
}

/** Taking an array apart runs an iterator, which only of a literal is known to do nothing else. */
function isQuietPattern(target: Pattern, value: Expression | undefined): boolean {
  switch (target.kind) {
    case 'name':
      return true;
    case 'objectPattern':
      return target.properties.every(
        (property) =>
          (typeof property.key === 'string' || isPure(property.key)) &&
          (property.default === undefined || isPure(property.default)) &&
          isQuietPattern(property.target, undefined),
      );
    case 'arrayPattern':
      return (
        (value?.kind === 'array' || value?.kind === 'name') &&
        target.elements.every(
          (element) =>
            element === null ||
            ((element.default === undefined || isPure(element.default)) &&
              isQuietPattern(element.target, undefined)),
        )
      );
    default:
      return false;
  }
}

/** `value` of expressions that only compute: no call of unknown functions, no writes. Getters are taken to be quiet. */
function isPure(root: Expression): boolean {
  const stack: Expression[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    switch (node.kind) {
      case 'literal':
      case 'regexp':
      case 'name':
      case 'function':
      case 'unsupported':
        break;
      case 'template':
        stack.push(...node.values);
        break;
      case 'unary':
      case 'typeof':
        stack.push(node.argument);
        break;
      case 'binary':
      case 'logical':
        stack.push(node.left, node.right);
        break;
      case 'conditional':
        stack.push(node.test, node.then, node.else);
        break;
      case 'sequence':
        stack.push(...node.expressions);
        break;
      case 'member':
        stack.push(node.object);
        if (typeof node.key !== 'string') stack.push(node.key);
        break;
      case 'chain':
        stack.push(node.expression);
        break;
      case 'array':
        for (const element of node.elements) {
          if (element !== null) stack.push(element.kind === 'spread' ? element.argument : element);
        }
        break;
      case 'object':
        for (const member of node.members) {
          if (member.kind === 'spread') stack.push(member.argument);
          else {
            if (member.kind !== 'prototype' && typeof member.key !== 'string') stack.push(member.key);
            stack.push(member.value);
          }
        }
        break;
      case 'class':
        if (!isQuietClass(node)) return false;
        break;
      case 'call':
        if (!isPureCall(node.callee)) return false;
        for (const argument of node.arguments) {
          stack.push(argument.kind === 'spread' ? argument.argument : argument);
        }
        break;
      case 'construct':
        if (node.callee.kind !== 'name' || !PURE_CONSTRUCTORS.has(node.callee.name)) return false;
        for (const argument of node.arguments) {
          stack.push(argument.kind === 'spread' ? argument.argument : argument);
        }
        break;
      default:
        return false;
    }
  }
  return true;
}

function isPureCall(callee: Expression): boolean {
  // Enums and namespaces: a function of their own, called on the spot.
  if (callee.kind === 'function') return callee.function.body.statements.every(isQuietInside);
  if (callee.kind === 'name') return PURE_OBJECTS.has(callee.name) || callee.name === 'Symbol';
  if (callee.kind !== 'member' || typeof callee.key !== 'string' || callee.object.kind !== 'name')
    return false;
  const owner = callee.object.name;
  return (PURE_OBJECTS.has(owner) && callee.key !== 'random') || PURE_CALLS.has(`${owner}.${callee.key}`);
}

/** Writes to temporaries (names that users cannot write) are how an enum or namespace fills its own object. */
function isQuietInside(statement: Statement): boolean {
  switch (statement.kind) {
    case 'block':
      return statement.statements.every(isQuietInside);
    case 'return':
      return statement.value === undefined || isPure(statement.value);
    case 'expression':
      return isQuietFill(statement.expression);
    default:
      return isQuiet(statement);
  }
}

function isQuietFill(node: Expression): boolean {
  if (node.kind !== 'assign' || node.operator !== undefined || node.target.kind !== 'member') return false;
  const { object, key } = node.target;
  if (object.kind !== 'name' || !object.name.startsWith('%')) return false;
  return (typeof key === 'string' || isQuietFill(key)) && isPure(node.value);
}

function isQuietClass(node: ClassExpression): boolean {
  if (node.parent !== undefined && !isPure(node.parent)) return false;
  return node.members.every((member) => {
    if (typeof member.key !== 'string' && !isPure(member.key)) return false;
    if (!member.static || member.kind === 'method') return true;
    if (member.kind === 'block') return false;
    if (member.kind !== 'field' || member.value === undefined) return true;
    const only = member.value.body.statements[0];
    return only?.kind === 'return' && only.value !== undefined && isPure(only.value);
  });
}
