/**
 * Takes `yield` out of expressions: afterwards a generator's body yields in statements of their own (`Suspend`), with
 * what was evaluated before them kept in variables. The order of evaluation is the language's.
 *
 *     f(a, yield b) + c   becomes   %y1 = f; %y2 = a; %y3 = yield b; … %y1(%y2, %y3) + c
 */
import type { Span } from './span.ts';
import type {
  Block,
  ClassExpression,
  ClassMember,
  Expression,
  FunctionNode,
  ObjectMember,
  Pattern,
  Spread,
  Statement,
  Unsupported,
} from './syntax.ts';
import { type CoreNode, children } from './traverse.ts';

const memo = new WeakMap<object, boolean>();

/** Whether a node yields itself, functions inside it not counted. Not on the host's stack: chains are long. */
export function yields(root: CoreNode): boolean {
  const known = memo.get(root);
  if (known !== undefined) return known;
  const stack: CoreNode[] = [root];
  let found = false;
  for (let node = stack.pop(); node !== undefined && !found; node = stack.pop()) {
    if ('kind' in node && (node.kind === 'yield' || node.kind === 'suspend')) found = true;
    else if ('static' in node) {
      if (typeof node.key !== 'string') stack.push(node.key);
    } else if ('kind' in node && node.kind === 'class') {
      if (node.parent !== undefined) stack.push(node.parent);
      stack.push(...node.members);
    } else if ('kind' in node) {
      for (const child of children(node)) if ('kind' in child || !('parameters' in child)) stack.push(child);
    } else if (!('parameters' in node)) stack.push(...children(node));
  }
  memo.set(root, found);
  return found;
}

/** A generator whose every `yield` is a statement of its own. */
export function withoutYields(node: FunctionNode): FunctionNode {
  const explosion = new Explosion();
  const body = explosion.block(node.body);
  return { ...node, body, vars: [...node.vars, ...explosion.names] };
}

const UNDEFINED = (span: Span): Expression => ({ kind: 'literal', span, value: undefined });

class Explosion {
  readonly names: string[] = [];
  private labels = 0;

  private fresh(span: Span): Expression & { kind: 'name' } {
    const name = `%y${this.names.length + 1}`;
    this.names.push(name);
    return { kind: 'name', span, name };
  }

  private set(target: Expression & { kind: 'name' }, value: Expression): Statement {
    const expression: Expression = { kind: 'assign', span: value.span, target, value };
    return { kind: 'expression', span: value.span, expression };
  }

  /** Evaluates now and keeps the value. */
  private keep(value: Expression, out: Statement[]): Expression {
    if (isSteady(value)) return value;
    const kept = this.fresh(value.span);
    out.push(this.set(kept, value));
    return kept;
  }

  block(node: Block): Block {
    return yields(node) ? { ...node, statements: this.statements(node.statements) } : node;
  }

  private statements(list: readonly Statement[]): Statement[] {
    return list.flatMap((s) => this.statement(s));
  }

  private body(node: Statement): Statement {
    return asOne(this.statement(node), node.span);
  }

  private statement(node: Statement): Statement[] {
    if (!yields(node)) return [node];
    const out: Statement[] = [];
    switch (node.kind) {
      case 'expression':
        out.push({ ...node, expression: this.expression(node.expression, out) });
        return out;
      case 'declare': {
        const value = this.expression(node.value, out);
        out.push({ ...node, target: this.pattern(node.target), value });
        return out;
      }
      case 'return':
        out.push({ ...node, value: node.value && this.expression(node.value, out) });
        return out;
      case 'throw':
        out.push({ ...node, value: this.expression(node.value, out) });
        return out;
      case 'block':
        return [this.block(node)];
      case 'if': {
        const test = this.expression(node.test, out);
        out.push({ ...node, test, then: this.body(node.then), else: node.else && this.body(node.else) });
        return out;
      }
      case 'loop':
        return this.loop(node);
      case 'forOf':
        out.push({
          ...node,
          target: this.pattern(node.target),
          iterable: this.expression(node.iterable, out),
          body: this.body(node.body),
        });
        return out;
      case 'forIn':
        out.push({
          ...node,
          target: this.pattern(node.target),
          object: this.expression(node.object, out),
          body: this.body(node.body),
        });
        return out;
      case 'labelled': {
        const list = this.statement(node.body);
        const loop = node.body.kind === 'loop' || node.body.kind === 'forOf' || node.body.kind === 'forIn';
        if (!loop && node.body.kind !== 'labelled') return [{ ...node, body: asOne(list, node.span) }];
        // What a loop's head needs stands before it: the label stays at the loop itself.
        return [...list.slice(0, -1), { ...node, body: list.at(-1)! }];
      }
      case 'try':
        return [
          {
            ...node,
            body: this.block(node.body),
            handler: node.handler && {
              ...node.handler,
              ...(node.handler.target && { target: this.pattern(node.handler.target) }),
              body: this.block(node.handler.body),
            },
            finally: node.finally && this.block(node.finally),
          },
        ];
      default:
        return [node];
    }
  }

  /** A test or an update that yields moves into the body. */
  private loop(node: Statement & { kind: 'loop' }): Statement[] {
    const body = this.body(node.body);
    const { span } = node;
    if (!(node.test && yields(node.test)) && !(node.update && yields(node.update)))
      return [{ ...node, body }];
    const later = node.form === 'do' || (node.update !== undefined && yields(node.update));
    const test: Statement[] = [];
    if (node.test !== undefined) {
      const value = this.expression(node.test, test);
      const leave: Statement = { kind: 'break', span };
      test.push({
        kind: 'if',
        span,
        test: { kind: 'unary', span, operator: '!', argument: value },
        then: leave,
      });
    }
    if (!later) {
      const statements = [...test, body];
      return [{ ...node, test: undefined, body: block(span, statements) }];
    }
    const update: Statement[] = [];
    if (node.update !== undefined) {
      update.push({ kind: 'expression', span, expression: this.expression(node.update, update) });
    }
    const again = this.fresh(span);
    const between = block(span, node.form === 'do' ? test : update);
    const statements: Statement[] = [
      { kind: 'if', span, test: again, then: between },
      this.set(again, { kind: 'literal', span, value: true }),
      ...(node.form === 'do' ? [] : test),
      body,
    ];
    return [
      this.set(again, { kind: 'literal', span, value: false }),
      { ...node, form: 'for', test: undefined, update: undefined, body: block(span, statements) },
    ];
  }

  private pattern<P extends Pattern>(pattern: P): P | Unsupported {
    return yields(pattern) ? refused(pattern.span, 'a pattern') : pattern;
  }

  /** Appends what comes before and returns what is left, which yields nowhere. */
  private expression(node: Expression, out: Statement[]): Expression {
    if (!yields(node)) return node;
    switch (node.kind) {
      case 'yield': {
        const argument = node.argument && this.expression(node.argument, out);
        const into = this.fresh(node.span);
        out.push({ kind: 'suspend', span: node.span, argument, delegate: node.delegate, into: into.name });
        return into;
      }
      case 'template': {
        const pieces = node.values.map(
          (value): Expression =>
            yields(value) ? value : { kind: 'template', span: value.span, text: ['', ''], values: [value] },
        );
        return { ...node, values: this.all(pieces, out) };
      }
      case 'unary':
      case 'typeof':
        return { ...node, argument: this.expression(node.argument, out) };
      case 'delete':
        return { ...node, target: this.expression(node.target, out) };
      case 'binary': {
        const [left, right] = this.all([node.left, node.right], out);
        return { ...node, left: left!, right: right! };
      }
      case 'logical': {
        if (!yields(node.right)) return { ...node, left: this.expression(node.left, out) };
        const result = this.fresh(node.span);
        out.push(this.set(result, this.expression(node.left, out)));
        out.push(
          this.when(wanted(node.operator, result), (inner) => this.assigned(result, node.right, inner)),
        );
        return result;
      }
      case 'conditional': {
        const test = this.expression(node.test, out);
        if (!yields(node.then) && !yields(node.else)) return { ...node, test };
        const result = this.fresh(node.span);
        const then: Statement[] = [];
        this.assigned(result, node.then, then);
        const otherwise: Statement[] = [];
        this.assigned(result, node.else, otherwise);
        const { span } = node;
        out.push({ kind: 'if', span, test, then: block(span, then), else: block(span, otherwise) });
        return result;
      }
      case 'sequence':
        return { ...node, expressions: this.all(node.expressions, out) };
      case 'member': {
        if (typeof node.key === 'string') return { ...node, object: this.expression(node.object, out) };
        const [object, key] = this.all([node.object, node.key], out);
        return { ...node, object: object!, key: key! };
      }
      case 'superMember':
        return typeof node.key === 'string' ? node : { ...node, key: this.expression(node.key, out) };
      case 'array':
        return { ...node, elements: this.list(node.elements, out) };
      case 'call':
        return this.call(node, out);
      case 'construct': {
        const callee = this.expression(node.callee, out);
        if (!node.arguments.some(yields)) return { ...node, callee };
        return { ...node, callee: this.keep(callee, out), arguments: this.list(node.arguments, out) };
      }
      case 'superCall':
        return { ...node, arguments: this.list(node.arguments, out) };
      case 'object':
        return this.object(node, out);
      case 'class':
        return this.class(node, out);
      case 'assign':
        return this.assign(node, out);
      case 'update':
        return { ...node, target: this.place(node.target, out, false) as typeof node.target };
      case 'chain':
        return this.chain(node, out);
      default:
        return refused(node.span, 'this expression');
    }
  }

  /** Several, from left to right: those before the last that yields are kept. */
  private all(list: readonly Expression[], out: Statement[]): Expression[] {
    return this.list(list, out) as Expression[];
  }

  private list<E extends Expression | Spread | null>(list: readonly E[], out: Statement[]): E[] {
    const last = list.findLastIndex((e) => e !== null && yields(e));
    return list.map((e, i): E => {
      if (e === null || i > last) return e;
      if (e.kind !== 'spread') {
        const value = this.expression(e, out);
        return (i === last ? value : this.keep(value, out)) as E;
      }
      const argument = this.expression(e.argument, out);
      if (i === last) return { ...e, argument };
      // Its elements are taken now.
      const elements: Expression = { kind: 'array', span: e.span, elements: [{ ...e, argument }] };
      return { ...e, argument: this.keep(elements, out) };
    });
  }

  private assigned(result: Expression & { kind: 'name' }, value: Expression, out: Statement[]): void {
    const left = this.expression(value, out);
    out.push(this.set(result, left));
  }

  private when(test: Expression, fill: (inner: Statement[]) => void): Statement {
    const inner: Statement[] = [];
    fill(inner);
    return { kind: 'if', span: test.span, test, then: block(test.span, inner) };
  }

  /** The object and the key of a place, evaluated; `kept` where something that yields comes between. */
  private place(target: Pattern, out: Statement[], kept: boolean): Pattern {
    const value = (e: Expression) =>
      kept ? this.keep(this.expression(e, out), out) : this.expression(e, out);
    if (target.kind === 'member') {
      if (typeof target.key === 'string') return { ...target, object: value(target.object) };
      const object = yields(target.key)
        ? this.keep(this.expression(target.object, out), out)
        : value(target.object);
      return { ...target, object, key: value(target.key) };
    }
    if (target.kind === 'superMember')
      return typeof target.key === 'string' ? target : { ...target, key: value(target.key) };
    return this.pattern(target);
  }

  private assign(node: Expression & { kind: 'assign' }, out: Statement[]): Expression {
    const { span, operator } = node;
    const inValue = yields(node.value);
    const target = this.place(node.target, out, inValue);
    if (!inValue || operator === undefined)
      return { ...node, target, value: this.expression(node.value, out) };
    if (target.kind !== 'name' && target.kind !== 'member' && target.kind !== 'superMember')
      return refused(span, 'this assignment');
    const old = this.keep(target, out);
    if (operator !== '&&' && operator !== '||' && operator !== '??') {
      const value: Expression = {
        kind: 'binary',
        span,
        operator,
        left: old,
        right: this.expression(node.value, out),
      };
      return { kind: 'assign', span, target, value };
    }
    const result = this.fresh(span);
    out.push(this.set(result, old));
    out.push(
      this.when(wanted(operator, result), (inner) => {
        const value = this.expression(node.value, inner);
        inner.push(this.set(result, { kind: 'assign', span, target, value }));
      }),
    );
    return result;
  }

  private call(node: Expression & { kind: 'call' }, out: Statement[]): Expression {
    const { callee, span } = node;
    if (!node.arguments.some(yields)) return { ...node, callee: this.expression(callee, out) };
    if (callee.kind !== 'member' && callee.kind !== 'superMember') {
      const read = this.keep(this.expression(callee, out), out);
      return { ...node, callee: read, arguments: this.list(node.arguments, out) };
    }
    const place = this.place(callee, out, true) as typeof callee;
    const self: Expression = place.kind === 'member' ? place.object : { kind: 'this', span };
    return { ...node, self, callee: this.keep(place, out), arguments: this.list(node.arguments, out) };
  }

  private object(node: Expression & { kind: 'object' }, out: Statement[]): Expression {
    const last = node.members.findLastIndex(yields);
    const members = node.members.map((member, i): ObjectMember => {
      if (i > last) return member;
      const value = (e: Expression, final: boolean) => {
        const left = this.expression(e, out);
        return final || left.kind === 'function' ? left : this.keep(left, out);
      };
      if (member.kind === 'spread') {
        const copy: Expression = { kind: 'object', span: member.span, members: [member] };
        if (i === last) return { ...member, argument: this.expression(member.argument, out) };
        if (!yields(member)) return { ...member, argument: this.keep(copy, out) };
        const argument = this.expression(member.argument, out);
        return { ...member, argument: this.keep({ ...copy, members: [{ ...member, argument }] }, out) };
      }
      if (member.kind === 'prototype') return { ...member, value: value(member.value, i === last) };
      const plain = member.kind === 'property';
      const key =
        typeof member.key === 'string'
          ? member.key
          : value(member.key, i === last && plain && !yields(member.value));
      return plain ? { ...member, key, value: value(member.value, i === last) } : { ...member, key };
    });
    return { ...node, members };
  }

  private class(node: ClassExpression, out: Statement[]): Expression {
    const last = node.members.findLastIndex(yields);
    const parent = node.parent && this.expression(node.parent, out);
    const members = node.members.map((member, i): ClassMember => {
      if (i > last || typeof member.key === 'string') return member;
      return { ...member, key: this.keep(this.expression(member.key, out), out) };
    });
    return { ...node, parent: parent && last >= 0 ? this.keep(parent, out) : parent, members };
  }

  /** `a?.b(yield)`: statements in a labelled block that `?.` leaves. */
  private chain(node: Expression & { kind: 'chain' }, out: Statement[]): Expression {
    const { span } = node;
    const label = `%chain${++this.labels}`;
    const result = this.fresh(span);
    const inner: Statement[] = [];
    const cut = (value: Expression): void => {
      const leave: Statement = { kind: 'break', span, label };
      inner.push({ kind: 'if', span, test: isNothing(value), then: leave });
    };
    const read = (e: Expression): Expression => {
      if (e.kind === 'member') {
        const object = this.keep(read(e.object), inner);
        if (e.optional) cut(object);
        const { optional: _, ...plain } = e;
        return this.expression({ ...plain, object }, inner);
      }
      if (e.kind === 'call') {
        let self: Expression | undefined;
        let callee: Expression;
        if (e.callee.kind === 'member') {
          const object = this.keep(read(e.callee.object), inner);
          if (e.callee.optional) cut(object);
          const { optional: _, ...plain } = e.callee;
          callee = this.keep(this.expression({ ...plain, object }, inner), inner);
          self = object;
        } else callee = this.keep(read(e.callee), inner);
        if (e.optional) cut(callee);
        const args = this.list(e.arguments, inner);
        return { kind: 'call', span: e.span, callee, ...(self && { self }), arguments: args };
      }
      return this.expression(e, inner);
    };
    const value = read(node.expression);
    inner.push(this.set(result, value));
    out.push(this.set(result, UNDEFINED(span)));
    out.push({ kind: 'labelled', span, label, body: block(span, inner) });
    return result;
  }
}

/** Evaluating it later gives the same: it need not be kept. */
function isSteady(node: Expression): boolean {
  if (node.kind === 'name') return node.name.startsWith('%y') || node.name.startsWith('#');
  return node.kind === 'literal';
}

/** Whether the right side of a logical operator is wanted. */
function wanted(operator: '&&' | '||' | '??', left: Expression): Expression {
  if (operator === '&&') return left;
  if (operator === '||') return { kind: 'unary', span: left.span, operator: '!', argument: left };
  return isNothing(left);
}

function isNothing(value: Expression): Expression {
  const right: Expression = { kind: 'literal', span: value.span, value: null };
  return { kind: 'binary', span: value.span, operator: '==', left: value, right };
}

function block(span: Span, statements: readonly Statement[]): Block {
  return { kind: 'block', span, scope: [], functions: [], statements };
}

function asOne(list: readonly Statement[], span: Span): Statement {
  return list.length === 1 ? list[0]! : block(span, list);
}

function refused(span: Span, where: string): Unsupported {
  const message = `\`yield\` inside ${where} is not supported: yield in a statement of its own, and use its value after.`;
  return { kind: 'unsupported', span, problem: 'GL111', message };
}
