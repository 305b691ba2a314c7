/** Calls of the prelude's helpers (`Array['%…']`): natives of ours that no program can replace, found once. */
import type { Expression } from '../../source/syntax.ts';
import type { Evaluate } from '../functions.ts';
import { JsArray, NativeFunction } from '../objects.ts';
import { get } from '../properties.ts';
import { here } from '../realm/here.ts';
import { isHole, type Value } from '../values.ts';
import type { Context } from './compiler.ts';
import { compileExpression } from './expressions.ts';
import type { Scope } from './scope.ts';

/** Undefined for every other call. */
export function compileHelper(
  context: Context,
  scope: Scope,
  node: Expression & { kind: 'call' },
): Evaluate | undefined {
  const { callee } = node;
  const { ev, ambient } = context;
  if (ambient === undefined || callee.kind !== 'member' || callee.object.kind !== 'name') return undefined;
  const { key } = callee;
  if (typeof key !== 'string' || !key.startsWith('%')) return undefined;
  const holder = ev.realm.globals.get(callee.object.name);
  const helper = holder && get(ev, holder.value, key, ambient);
  if (!(helper instanceof NativeFunction)) return undefined;
  const args: Evaluate[] = [];
  for (const argument of node.arguments) {
    if (argument.kind === 'spread') return undefined;
    args.push(compileExpression(context, scope, argument));
  }
  const self = compileExpression(context, scope, callee.object);
  const [list, index] = args;
  if (key === '%hole' && list !== undefined && index !== undefined && args.length === 2) {
    return (f) => {
      const of = list(f);
      const i = index(f);
      if (of instanceof JsArray && typeof i === 'number' && i < of.elements.length && !isHole(of.elements[i]))
        return false;
      return ev.call(helper, self(f), [of, i], ambient);
    };
  }
  if (key === '%call') {
    const [callee, receiver, ...rest] = args;
    return (f) => {
      const fn = callee?.(f);
      const object = receiver?.(f);
      const values = new Array<Value>(rest.length);
      for (let i = 0; i < rest.length; i++) values[i] = rest[i]!(f);
      return ev.call(fn, object, values, here(ev));
    };
  }
  return (f) => {
    const values = args.map((argument) => argument(f));
    return ev.call(helper, self(f), values, ambient);
  };
}
