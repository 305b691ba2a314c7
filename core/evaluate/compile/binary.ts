/** Binary operators, with short ways for two known numbers. */

import { ADD, DIV, MUL, SUB } from '../../operations/index.ts';
import type { BinaryOperator, Expression } from '../../source/syntax.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Evaluate } from '../functions.ts';
import { JsObject } from '../objects.ts';
import { add, binary, isNumeric, knownArithmetic, negate, strictEquals } from '../operators.ts';
import { Leaf, Poison, type Site, type Value } from '../values.ts';
import { type Context, observed, siteOf } from './compiler.ts';
import { compileExpression } from './expressions.ts';
import type { Scope } from './scope.ts';

export function compileBinary(
  context: Context,
  scope: Scope,
  node: Expression & { kind: 'binary' },
): Evaluate {
  const { ev } = context;
  // Left-deep chains (a + b + c + …) are compiled in a loop: generated code has thousands of terms.
  const chain: (Expression & { kind: 'binary' })[] = [];
  let first: Expression = node;
  while (first.kind === 'binary') {
    chain.push(first);
    first = first.left;
  }
  if (chain.length > 500) return flat(context, scope, chain, compileExpression(context, scope, first));
  let evaluate = compileExpression(context, scope, first);
  for (let i = chain.length - 1; i >= 0; i--) {
    const part = chain[i]!;
    evaluate = combine(context, scope, part, evaluate);
    if (i > 0) evaluate = observed(context, scope.observed, part.span, evaluate);
  }
  return evaluate;

  function flat(c: Context, s: Scope, parts: typeof chain, start: Evaluate): Evaluate {
    // Too long for nested closures: one loop over the operands.
    const steps = parts.reverse().map((p) => ({
      operator: p.operator,
      right: compileExpression(c, s, p.right),
      site: siteOf(c, p.span),
    }));
    return (f) => {
      let value = start(f);
      for (const step of steps) value = binary(ev, step.operator, value, step.right(f), step.site);
      return value;
    };
  }
}

function combine(
  context: Context,
  scope: Scope,
  node: Expression & { kind: 'binary' },
  left: Evaluate,
): Evaluate {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const right = compileExpression(context, scope, node.right);
  const { operator } = node;
  switch (operator) {
    // Two known numbers first, then numbers of which the domain knows; the rest converts.
    case '+':
      return (f) => {
        const a = left(f);
        const b = right(f);
        if (typeof a === 'number' && typeof b === 'number') return a + b;
        return isNumeric(a) && isNumeric(b) ? ev.domain.code2(ADD, a, b, site) : add(ev, a, b, site);
      };
    case '-':
      return (f) => {
        const a = left(f);
        const b = right(f);
        if (typeof a === 'number' && typeof b === 'number') return a - b;
        return isNumeric(a) && isNumeric(b) ? ev.domain.code2(SUB, a, b, site) : binary(ev, '-', a, b, site);
      };
    case '*':
      return (f) => {
        const a = left(f);
        const b = right(f);
        if (typeof a === 'number' && typeof b === 'number') return a * b;
        return isNumeric(a) && isNumeric(b) ? ev.domain.code2(MUL, a, b, site) : binary(ev, '*', a, b, site);
      };
    case '/':
      return (f) => {
        const a = left(f);
        const b = right(f);
        if (typeof a === 'number' && typeof b === 'number') return a / b;
        return isNumeric(a) && isNumeric(b) ? ev.domain.code2(DIV, a, b, site) : binary(ev, '/', a, b, site);
      };
    case '<':
      return (f) => {
        const a = left(f);
        const b = right(f);
        return typeof a === 'number' && typeof b === 'number' ? a < b : binary(ev, '<', a, b, site);
      };
    case '<=':
      return (f) => {
        const a = left(f);
        const b = right(f);
        return typeof a === 'number' && typeof b === 'number' ? a <= b : binary(ev, '<=', a, b, site);
      };
    case '>':
      return (f) => {
        const a = left(f);
        const b = right(f);
        return typeof a === 'number' && typeof b === 'number' ? a > b : binary(ev, '>', a, b, site);
      };
    case '>=':
      return (f) => {
        const a = left(f);
        const b = right(f);
        return typeof a === 'number' && typeof b === 'number' ? a >= b : binary(ev, '>=', a, b, site);
      };
    case '===':
    case '!==': {
      const same = operator === '===';
      return (f) => {
        const a = left(f);
        const b = right(f);
        if (!(a instanceof Leaf || b instanceof Leaf || a instanceof Poison || b instanceof Poison))
          return (a === b || (a instanceof JsObject && strictEquals(ev, a, b, site) === true)) === same;
        const equal = binary(ev, '===', a, b, site);
        return same ? equal : negate(ev, equal, site);
      };
    }
    default: {
      const operate = operation(ev, operator, site);
      return (f) => {
        const a = left(f);
        return operate(a, right(f));
      };
    }
  }
}

/** A binary operator of two values. */
export function operation(
  ev: Evaluator,
  operator: BinaryOperator,
  site: Site,
): (a: Value, b: Value) => Value {
  switch (operator) {
    case '+':
      return (a, b) => {
        if (typeof a === 'number' && typeof b === 'number') return a + b;
        return isNumeric(a) && isNumeric(b) ? ev.domain.code2(ADD, a, b, site) : add(ev, a, b, site);
      };
    case '-':
    case '*':
    case '/':
    case '%':
    case '**':
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
    case '>>>':
      return (a, b) =>
        typeof a === 'number' && typeof b === 'number'
          ? knownArithmetic(operator, a, b)
          : binary(ev, operator, a, b, site);
    default:
      return (a, b) => binary(ev, operator, a, b, site);
  }
}
