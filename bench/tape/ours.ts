/** Gradlens' side: a function of a text at given arguments, by the tape alone and as a whole request. */
import { analyser } from '../../core/analysis/analyse.ts';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { pathText } from '../../core/analysis/paths.ts';
import type { Evaluator } from '../../core/evaluate/evaluator.ts';
import { JsArray } from '../../core/evaluate/objects.ts';
import { type Leaf, Site, type Value } from '../../core/evaluate/values.ts';
import { hessian } from '../../core/trace/hessian.ts';
import { adjoints } from '../../core/trace/sweep.ts';
import type { Tape } from '../../core/trace/tape.ts';
import { Trace } from '../../core/trace/trace.ts';
import { lowerStatement } from '../../server/languages/typescript/index.ts';

/** A list of which the elements are made when they are asked for: the plain ones are not to count as our memory. */
export class Rows {
  readonly length: number;
  private readonly row: (i: number) => Argument;
  constructor(length: number, row: (i: number) => Argument) {
    this.length = length;
    this.row = row;
  }
  map<T>(f: (row: Argument) => T): T[] {
    const made: T[] = [];
    for (let i = 0; i < this.length; i++) made.push(f(this.row(i)));
    return made;
  }
}

export type Argument = number | readonly Argument[] | Rows;

export const STEPS = 100_000_000;

export interface Ours {
  /** Value, gradient and tape of one evaluation with its reverse sweep. */
  sweep(args: readonly Argument[], fixed?: ReadonlySet<number>): Swept;
  request(name: string, args: readonly Argument[], wrt?: readonly string[], hessian?: boolean): number[][];
}

export interface Swept {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly tape: Tape;
  readonly hessian: () => number[][];
}

const NOWHERE = { file: 'bench.js', statement: 1, span: { start: 0, end: 0 } };

/** One function of a text. */
export function ours(text: string, name: string): Ours {
  const { statement } = lowerStatement(text, { key: 1, language: 'js', module: 'esm' });
  const slice = { file: 'bench.js', statements: [statement] };
  const { ev } = analyser();
  const module = analyser().module(slice);
  const fn = module.lookup(name);
  const site = new Site(NOWHERE);
  return {
    sweep(args, fixed = new Set()) {
      const trace = new Trace(ev);
      const token = ev.store.begin();
      const before = ev.domain;
      ev.domain = trace;
      ev.budget = { ...ev.budget, steps: STEPS };
      ev.steps = 0;
      ev.cells = 0;
      try {
        const values = args.map((a, i) => valueOf(ev, a, (x) => (fixed.has(i) ? x : trace.input(x, site))));
        const result = ev.call(fn, undefined, values, site) as Leaf;
        const { tape } = trace;
        const gradient = adjoints(tape, result.id).slice(0, tape.inputs);
        return { value: tape.value[result.id]!, gradient, tape, hessian: () => hessian(tape, result.id) };
      } finally {
        ev.store.end(token);
        ev.domain = before;
      }
    },
    request(functionName, args, wrt, second = false) {
      const result = evaluateAt({
        module: slice,
        function: functionName,
        arguments: { kind: 'encoded', args: args as readonly EncodedValue[], wrt },
        hessian: second,
        steps: STEPS,
      });
      if (result.kind === 'refused') throw new Error(`${result.error.id} ${result.error.message}`);
      return result.jacobian as number[][];
    },
  };
}

function valueOf(ev: Evaluator, argument: Argument, leaf: (x: number) => Value): Value {
  if (typeof argument === 'number') return leaf(argument);
  return new JsArray(
    ev.realm.arrayPrototype,
    ev.store.epoch,
    argument.map((a) => valueOf(ev, a, leaf)),
  );
}

/** With its rows made. */
export function made(argument: readonly Argument[] | Rows): readonly Argument[] {
  return argument instanceof Rows ? argument.map((row) => row) : argument;
}

/** All numeric leaves of arguments as paths, those of `fixed` left out. */
export function pathsOf(args: readonly Argument[], fixed: ReadonlySet<number>): string[] {
  const below = (a: Argument, path: (string | number)[]): string[] =>
    typeof a === 'number' ? [pathText(path)] : made(a).flatMap((e, i) => below(e, [...path, i]));
  return args.flatMap((a, i) => (fixed.has(i) ? [] : below(a, [i])));
}

/** Bytes that a tape holds. */
export function bytesOf(tape: Tape): number {
  return (
    tape.op.byteLength +
    tape.a.byteLength +
    tape.b.byteLength +
    tape.value.byteLength +
    tape.at.byteLength +
    8 * (tape.known + tape.more.length) +
    tape.marks.size +
    64 * tape.guards.length
  );
}
