/** From formulas to normal forms, noting under which conditions the formula is defined. */
import { op as opExpr, type RangeExpr } from '../expression/build.ts';
import type { Expr } from '../expression/expression.ts';
import { withChildren } from '../expression/walk.ts';
import type { Operation } from '../operations/names.ts';
import { TABLE } from '../operations/table.ts';
import type { Conditions } from './conditions.ts';
import type { Forms } from './forms.ts';
import type { Node } from './node.ts';
import * as Q from './rational.ts';

/** Math's constants by their exact double, as formulas of integers, π and e. */
function constant(forms: Forms, value: number): Node | undefined {
  switch (value) {
    case Math.LN2:
      return forms.rawCall('log', [forms.integer(2)]);
    case Math.LN10:
      return forms.rawCall('log', [forms.integer(10)]);
    case Math.LOG2E:
      return forms.pow(forms.rawCall('log', [forms.integer(2)]), forms.minusOne);
    case Math.LOG10E:
      return forms.pow(forms.rawCall('log', [forms.integer(10)]), forms.minusOne);
    case Math.SQRT2:
      return forms.pow(forms.integer(2), forms.half);
    default:
      return undefined;
  }
}

export class Converter {
  private readonly forms: Forms;
  private readonly conditions: Conditions;
  private readonly inside: (expr: Expr, range?: RangeExpr) => Expr;
  private readonly done = new Map<Expr, Node>();

  /** `inside` simplifies on its own what normal forms do not look into: arms, conditions, bodies of sums. */
  constructor(forms: Forms, conditions: Conditions, inside: (expr: Expr, range?: RangeExpr) => Expr) {
    this.forms = forms;
    this.conditions = conditions;
    this.inside = inside;
  }

  convert(expr: Expr): Node {
    const before = this.done.get(expr);
    if (before) return before;
    const node = this.build(expr);
    this.done.set(expr, node);
    return node;
  }

  private build(expr: Expr): Node {
    const { forms } = this;
    switch (expr.kind) {
      case 'number':
        if (!Number.isFinite(expr.value)) return forms.leaf(expr);
        this.note(Math.abs(expr.value));
        return this.number(expr.value);
      case 'boolean':
        return forms.leaf(expr);
      case 'named':
        return expr.value === Math.E ? forms.e : forms.leaf(expr);
      case 'variable':
        return forms.leaf(expr);
      case 'element':
        return forms.leaf(this.opaque(expr, [expr.index]));
      case 'cases':
        return this.whole(
          this.opaque(expr, [...expr.arms.flatMap((arm) => [arm.when, arm.value]), expr.otherwise]),
        );
      case 'sum':
      case 'product':
        return this.whole(this.opaque(expr, [expr.from, expr.to, expr.body]));
      case 'op':
        return this.operation(expr.op, expr.args);
    }
  }

  /** A literal: the user's, or one that came about by differentiating (√u brings in 0.5). */
  private note(size: number): void {
    const { forms } = this;
    if (constant(forms, size) !== undefined) return;
    const users = forms.firstDerived === 0;
    if (users) forms.literals.add(size);
    if (Number.isInteger(size)) return;
    if (users || size !== 0.5) forms.decimals = true;
  }

  private number(value: number): Node {
    const { forms } = this;
    const size = constant(forms, Math.abs(value));
    if (size) return value < 0 ? forms.negate(size) : size;
    return forms.number(Q.fromDouble(value));
  }

  /** x^1.5 says nothing of how coefficients are written. */
  private exponent(expr: Expr): Node {
    return expr.kind === 'number' && Number.isFinite(expr.value)
      ? this.number(expr.value)
      : this.convert(expr);
  }

  private opaque(expr: Expr, parts: readonly Expr[]): Expr {
    const range = expr.kind === 'sum' ? expr : undefined;
    return withChildren(
      expr,
      parts.map((part) => this.inside(part, range)),
    );
  }

  private whole(expr: Expr): Node {
    const node = this.forms.leaf(expr);
    this.conditions.leaf(node);
    return node;
  }

  private condition(op: Operation, args: readonly Expr[]): Node {
    return this.whole(opExpr(op, ...args.map((a) => this.inside(a))));
  }

  private operation(op: Operation, args: readonly Expr[]): Node {
    const { forms } = this;
    if (op === 'select') {
      const [when, value, otherwise] = args as [Expr, Expr, Expr];
      return this.convert({ kind: 'cases', arms: [{ when, value }], otherwise });
    }
    if (TABLE[op].type === 'boolean' || op === 'toNumber') return this.condition(op, args);
    const a = this.convert(args[0]!);
    const b = args.length === 1 ? a : op === 'pow' ? this.exponent(args[1]!) : this.convert(args[1]!);
    const nodes = args.length === 1 ? [a] : [a, b];
    for (let i = 2; i < args.length; i++) nodes.push(this.convert(args[i]!));
    this.conditions.operation(op, nodes);
    switch (op) {
      case 'add':
        return forms.plus(a, b);
      case 'sub':
        return forms.subtract(a, b);
      case 'mul':
        return forms.times(a, b);
      case 'div':
        return forms.divide(a, b);
      case 'neg':
        return forms.negate(a);
      case 'pow':
        return forms.pow(a, b);
      default:
        return forms.call(op, nodes);
    }
  }
}
