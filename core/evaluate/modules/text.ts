/**
 * Code that a program makes from text (`Function`, `eval`): read by the front end and evaluated here like any other,
 * in the scope of the globals.
 */
import type { ModuleStatement } from '../../source/syntax.ts';
import type { Evaluator } from '../evaluator.ts';
import { ModuleInstance } from '../module.ts';
import { JsObject, type Native, NativeFunction } from '../objects.ts';
import { toText } from '../operators.ts';
import { here } from '../realm/here.ts';
import { AmbientSite, Poison, type Value } from '../values.ts';

/** undefined where it is nested too deeply. */
export type ReadText = (text: string) => readonly ModuleStatement[] | undefined;

const installed = new WeakSet<Evaluator>();
/** Texts whose trees are kept. */
const MOST_TEXTS = 500;

export function installText(ev: Evaluator, read: ReadText): void {
  if (installed.has(ev)) return;
  installed.add(ev);
  const known = new Map<string, readonly ModuleStatement[]>();
  const refuse = (why: string): never =>
    ev.refuse('GL114', `Code made from text cannot be followed here: ${why}.`, here(ev).location);
  const statementsOf = (text: string): readonly ModuleStatement[] => {
    const before = known.get(text);
    if (before !== undefined) return before;
    ev.charge(text.length, here(ev));
    const statements = read(text) ?? refuse('it is nested too deeply');
    known.set(text, statements);
    for (const oldest of known.keys()) {
      if (known.size <= MOST_TEXTS) break;
      known.delete(oldest);
    }
    return statements;
  };
  const module = (statements: readonly ModuleStatement[]): ModuleInstance => {
    const error = statements.flatMap((s) => s.syntaxErrors)[0];
    if (error !== undefined) ev.throwError('SyntaxError', error.message, here(ev));
    return new ModuleInstance(ev, '', [], undefined, { ambient: new AmbientSite(() => ev.current) });
  };
  const textOf = (value: Value): string => {
    const text = toText(ev, value, here(ev));
    if (text instanceof Poison) return refuse('it is not known what the text is');
    return text;
  };
  const make: Native = (_self, args) => {
    const texts = args.map(textOf);
    const body = texts.pop() ?? '';
    const [statement] = statementsOf(`(function anonymous(${texts.join(',')}\n) {\n${body}\n})`);
    const scope = module(statement === undefined ? [] : [statement]);
    const only = statement?.statements[0];
    if (statement === undefined || statement.statements.length !== 1 || only?.kind !== 'expression')
      return ev.throwError('SyntaxError', 'this is no body of a function', here(ev));
    return scope.evaluate(statement, only.expression);
  };
  const evaluate: Native = (_self, [text]) => {
    if (typeof text !== 'string') {
      const isKnown = text instanceof JsObject || !(text instanceof Poison);
      return isKnown ? text : refuse('it is not known what the text is');
    }
    const statements = statementsOf(text);
    const scope = module(statements);
    let result: Value;
    for (const statement of statements) {
      if (statement.declares.length > 0 || statement.functions.length > 0) refuse('it declares something');
      // It would see the variables around the call.
      for (const name of statement.references)
        if (!ev.realm.globals.has(name) && name !== 'undefined') refuse(`it uses '${name}'`);
      for (const one of statement.statements) {
        if (one.kind !== 'expression') return refuse('it is more than an expression');
        result = scope.evaluate(statement, one.expression);
      }
    }
    return result;
  };
  replace(ev, 'Function', make);
  replace(ev, 'eval', evaluate);
}

/** What others have taken from the realm before is the same function. */
function replace(ev: Evaluator, name: string, call: Native): void {
  const fn = ev.realm.globals.get(name)?.value;
  if (fn instanceof NativeFunction) Object.assign(fn, { call, outside: undefined });
}
