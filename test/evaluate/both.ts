/**
 * Runs a text in Node and in the evaluator and tells both results in one notation, so that they can be compared bit
 * for bit: -0, NaN, holes, order of keys, classes of collections and kinds of exceptions included.
 */
import ts from 'typescript';
import { expect } from 'vitest';
import { Analyser } from '../../core/analysis/analyse.ts';
import { runOnce } from '../../core/analysis/run.ts';
import type { Evaluator } from '../../core/evaluate/evaluator.ts';
import { ModuleInstance } from '../../core/evaluate/module.ts';
import {
  BOXED,
  JsArray,
  JsFunction,
  JsMap,
  JsObject,
  JsRegExp,
  JsSet,
  JsTypedArray,
  Slot,
} from '../../core/evaluate/objects.ts';
import { get, ownKeys } from '../../core/evaluate/properties.ts';
import { HOLE, Leaf, Poison, Refusal, Site, Thrown, type Value } from '../../core/evaluate/values.ts';
import { Trace } from '../../core/trace/trace.ts';
import { lowerStatement } from '../../server/languages/typescript/index.ts';

export type Mode = 'strict' | 'sloppy';

/** Whatever a program changes in the realm is undone after it: one evaluator serves them all. */
const shared = new Analyser();

const NOWHERE = { file: 'both.ts', statement: 1, span: { start: 0, end: 0 } };

function primitive(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return 'symbol';
  return String(value);
}

/** A value of Node's. */
export function hostText(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value === 'function') return 'function';
  if (typeof value !== 'object' || value === null) return primitive(value);
  if (seen.has(value)) return '<seen>';
  seen.add(value);
  const child = (v: unknown) => hostText(v, seen);
  if (Array.isArray(value)) {
    const parts: string[] = [];
    for (let i = 0; i < value.length; i++) parts.push(i in value ? child(value[i]) : '<hole>');
    return `[${parts.join(', ')}]`;
  }
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name}[${Array.from(value as unknown as ArrayLike<number>, child).join(', ')}]`;
  if (value instanceof Map)
    return `Map{${[...value].map(([k, v]) => `${child(k)} => ${child(v)}`).join(', ')}}`;
  if (value instanceof Set) return `Set{${[...value].map(child).join(', ')}}`;
  if (value instanceof RegExp) return String(value);
  const type = Object.prototype.toString.call(value);
  if (type === '[object Error]') return `<${(value as Error).name}>`;
  if (type === '[object Number]' || type === '[object String]' || type === '[object Boolean]')
    return `<${type.slice(8, -1)} ${primitive(value.valueOf())}>`;
  return `{${Object.keys(value)
    .map((key) => {
      const own = Object.getOwnPropertyDescriptor(value, key)!;
      return `${JSON.stringify(key)}: ${'value' in own ? child(own.value) : 'accessor'}`;
    })
    .join(', ')}}`;
}

/** A value of the evaluator's; what depends on inputs is told by its value at the sample. */
export function ourText(ev: Evaluator, value: Value, seen = new Set<unknown>()): string {
  if (value instanceof Poison) throw new Refusal(value.problem);
  if (value instanceof Leaf) {
    const primal = ev.domain.primal(value);
    return primitive(value.type === 'number' ? primal : primal !== 0);
  }
  if (value instanceof JsFunction) return 'function';
  if (!(value instanceof JsObject)) return primitive(value);
  if (seen.has(value)) return '<seen>';
  seen.add(value);
  const child = (v: Value) => ourText(ev, v, seen);
  if (value instanceof JsTypedArray) return `${value.typed}[${value.elements.map(child).join(', ')}]`;
  if (value instanceof JsArray && value.tag === 'Array')
    return `[${value.elements.map((e) => (e === HOLE ? '<hole>' : child(e))).join(', ')}]`;
  if (value instanceof JsMap)
    return `Map{${[...value.entries].map(([k, v]) => `${child(k)} => ${child(v)}`).join(', ')}}`;
  if (value instanceof JsSet) return `Set{${[...value.items].map(child).join(', ')}}`;
  if (value instanceof JsRegExp) return String(value.pattern);
  if (value.tag === 'Error') {
    const name = get(ev, value, 'name', new Site(NOWHERE));
    return `<${String(name)}>`;
  }
  const boxed = value.properties.get(BOXED);
  if (boxed instanceof Slot && typeof boxed.value !== 'bigint' && typeof boxed.value !== 'symbol')
    return `<${typeof boxed.value === 'boolean' ? 'Boolean' : typeof boxed.value === 'string' ? 'String' : 'Number'} ${child(boxed.value)}>`;
  return `{${ownKeys(value, true)
    .map((key) => {
      if (value instanceof JsArray && /^\d+$/.test(key))
        return `"${key}": ${child(value.elements[Number(key)]!)}`;
      const own = value.properties.get(key);
      const text = own instanceof Slot ? (own.accessor ? 'accessor' : child(own.value)) : child(own);
      return `${JSON.stringify(key)}: ${text}`;
    })
    .join(', ')}}`;
}

export function transpiled(text: string): string {
  return ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      alwaysStrict: false,
    },
  }).outputText;
}

/** What Node makes of the text's `main`, called with the arguments. */
export function inNode(text: string, mode: Mode, args: readonly unknown[] = []): string {
  const code = `${mode === 'strict' ? '"use strict";' : ''}${transpiled(text)}\nreturn main;`;
  try {
    const main = new Function('exports', code)({}) as (...a: unknown[]) => unknown;
    return hostText(main(...args));
  } catch (error) {
    if (error instanceof Error) return `throws <${error.name}>`;
    return `throws ${hostText(error)}`;
  }
}

export interface Ours {
  readonly text: string;
  /** Why there is no value. */
  readonly refused?: string;
}

/** What the evaluator makes of it. `active`: the (numeric) elements of the only argument are inputs of a trace. */
export function inEvaluator(
  text: string,
  mode: Mode,
  inputs: readonly number[] = [],
  active = false,
  analyser = shared,
): Ours {
  const { ev } = analyser;
  const { statement } = lowerStatement(text, {
    key: 1,
    language: 'ts',
    module: mode === 'strict' ? 'esm' : 'script',
  });
  if (statement.syntaxErrors.length > 0) throw new Error(`${statement.syntaxErrors[0]!.message}\n${text}`);
  const said = (error: unknown): Ours => {
    if (error instanceof Refusal)
      return { text: '', refused: `${error.problem.id} ${error.problem.message}` };
    if (error instanceof Thrown) {
      const value = error.value;
      return {
        text: `throws ${ourText(ev, value)}`,
        ...(value instanceof Poison ? { refused: value.problem.message } : {}),
      };
    }
    throw error;
  };
  ev.domain = new Trace(ev);
  ev.steps = 0;
  ev.cells = 0;
  ev.depth = 0;
  const token = ev.store.begin();
  try {
    const module = new ModuleInstance(ev, 'both.ts', [statement], undefined);
    const thrown = module.problems[0];
    if (thrown !== undefined) {
      const type = /^This throws here: (\w*Error)/.exec(thrown.message)?.[1];
      return type === undefined
        ? { text: '', refused: `${thrown.id} ${thrown.message}` }
        : { text: `throws <${type}>` };
    }
    module.enter();
    const main = module.lookup('main');
    if (!active) return { text: ourText(ev, ev.call(main, undefined, [ev.array([...inputs])], undefined)) };
    let result: Ours | undefined;
    const run = runOnce(
      ev,
      () => {
        const list = ev.array([...inputs]);
        return {
          places: inputs.map((value, i) => ({
            label: `k${i}`,
            path: [0, i],
            value,
            parameter: 0,
            replace: (v) => {
              list.elements[i] = v;
            },
          })),
          call: () => {
            try {
              result = { text: ourText(ev, ev.call(main, undefined, [list], new Site(NOWHERE))) };
            } catch (error) {
              result = said(error);
            }
            return 0;
          },
        };
      },
      () => true,
      3e6,
      NOWHERE,
    );
    if (result === undefined) return { text: '', refused: run.problem?.message ?? 'no result' };
    return result;
  } catch (error) {
    return said(error);
  } finally {
    ev.store.end(token);
  }
}

/** The text with its numbers taken from an array `$k`, so that they can be inputs; undefined where there are none. */
export function withInputs(text: string): { readonly text: string; readonly inputs: number[] } {
  const file = ts.createSourceFile('both.ts', text, ts.ScriptTarget.Latest, true);
  const found: { start: number; end: number; value: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isEnumDeclaration(node)) return;
    const named = node.parent as { name?: ts.Node } | undefined;
    const key =
      named?.name === node || (node.parent as { propertyName?: ts.Node } | undefined)?.propertyName === node;
    if (ts.isNumericLiteral(node) && !key)
      found.push({ start: node.getStart(), end: node.end, value: Number(node.text) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  let changed = text;
  for (const [i, { start, end }] of [...found.entries()].reverse())
    changed = `${changed.slice(0, start)}$k[${i}]${changed.slice(end)}`;
  return { text: changed, inputs: found.map((f) => f.value) };
}

/** The text means here what it means in Node, and so it does with its numbers as inputs; a refusal is no answer. */
export function expectSame(text: string, mode: Mode, ours: Ours): void {
  expect(ours.text, text).toBe(inNode(text, mode));
  const changed = withInputs(text);
  const active = inEvaluator(changed.text, mode, changed.inputs, true);
  if (active.refused === undefined)
    expect(active.text, changed.text).toBe(inNode(changed.text, mode, [changed.inputs]));
}
