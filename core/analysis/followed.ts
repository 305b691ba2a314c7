/**
 * The path of a function at a sample as a Program: what the trace records, with a guard at each of its decisions. Where
 * code for the shape at a sample is wanted, this is for what a stage does not keep (collections, objects of many forms).
 */
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { Closure } from '../evaluate/functions.ts';
import { JsArray, JsBuffer, JsFunction, JsObject, JsTypedArray, Slot } from '../evaluate/objects.ts';
import { get } from '../evaluate/properties.ts';
import { Leaf, Site, type Value } from '../evaluate/values.ts';
import { OPERATIONS } from '../operations/names.ts';
import type { BuilderResult } from '../program/builder.ts';
import type { ValueId } from '../program/program.ts';
import type { Location } from '../source/span.ts';
import type { Stage } from '../stage/stage.ts';
import type { Follow } from '../stage/stageFunction.ts';
import { changedElsewhere, forget } from '../stage/state.ts';
import type { Guard, Tape } from '../trace/tape.ts';
import { INPUT } from '../trace/tape.ts';
import { Trace } from '../trace/trace.ts';
import { type Path, pathText } from './paths.ts';
import { type Prepare, type Run, runOnce } from './run.ts';

/** Rows that results and decisions depend on: what is written out is no longer than that. */
const MOST_ROWS = 3000;
/** Numbers of the arguments. */
const MOST_INPUTS = 500;

/** A trace that hears what is called, and whether a value is asked for that no guard tells of. */
class Heard extends Trace {
  readonly ran = new Set<Closure>();
  peeked = false;

  override call(...args: Parameters<Trace['call']>): Value {
    this.ran.add(args[0]);
    return super.call(...args);
  }

  override primal(leaf: Leaf, incidental = false): number {
    if (!incidental) this.peeked = true;
    return super.primal(leaf);
  }

  override known(leaf: Leaf, site: Site): number | boolean {
    const { peeked } = this;
    const value = super.known(leaf, site);
    this.peeked = peeked;
    return value;
  }
}

/** What makes the results of unknown arguments; undefined where the path cannot stand for the function, or is too long. */
export function followed(
  ev: Evaluator,
  prepare: Prepare,
  { steps, at }: { readonly steps: number; readonly at: Location },
): Follow | undefined {
  const first = new Heard(ev);
  let run = runOnce(ev, prepare, () => true, steps, at, {}, first);
  const changed = changedElsewhere(first.ran, true);
  let trace = first;
  if (changed.size > 0) {
    trace = new Heard(ev);
    const unknowing: Prepare = (entered) => {
      const prepared = prepare(entered);
      forget(ev, changed, at);
      return prepared;
    };
    run = runOnce(ev, unknowing, () => true, steps, at, {}, trace);
  }
  const { tape } = trace;
  const cannot = run.problem !== undefined || trace.peeked || tape.doubts.length > 0;
  if (cannot || run.outputs.length === 0 || run.inputs.length > MOST_INPUTS) return undefined;
  const needed = neededRows(run);
  if (needed === undefined) return undefined;
  return (stage, args, self, rest, site) => new Following(stage, run, needed, site).results(args, self, rest);
}

/** Whether all that a value holds is seen by code that is given another one: no hidden fields, dates, or the like. */
export function isOpenData(value: Value, seen = new Set<JsObject>()): boolean {
  if (!(value instanceof JsObject) || value instanceof JsFunction || seen.has(value)) return true;
  seen.add(value);
  const isList = value instanceof JsArray || value instanceof JsTypedArray;
  if (!isList && (value.constructor !== JsObject || value.tag !== 'Object')) return false;
  if (isList && !value.elements.every((e) => isOpenData(e, seen))) return false;
  for (const [key, property] of value.properties) {
    if (typeof key !== 'string' || (property instanceof Slot && property.accessor)) return false;
    if (!isOpenData(property instanceof Slot ? property.value : property, seen)) return false;
  }
  return true;
}

function neededRows({ trace: { tape }, outputs }: Run): Uint8Array | undefined {
  const needed = new Uint8Array(tape.length);
  for (const { row } of outputs) if (row >= 0) needed[row] = 1;
  for (const { row } of tape.guards) needed[row] = 1;
  let count = 0;
  for (let row = tape.length - 1; row >= 0; row--) {
    if (needed[row] === 0) continue;
    if (++count > MOST_ROWS) return undefined;
    for (const operand of tape.operands(row)) if (operand >= 0) needed[operand] = 1;
  }
  return needed;
}

class Following {
  private readonly stage: Stage;
  private readonly run: Run;
  private readonly tape: Tape;
  private readonly needed: Uint8Array;
  private readonly site: Site;
  private readonly ids: ValueId[] = [];
  private readonly insisted = new Set<string>();

  constructor(stage: Stage, run: Run, needed: Uint8Array, site: Site) {
    this.stage = stage;
    this.run = run;
    this.tape = run.trace.tape;
    this.needed = needed;
    this.site = site;
  }

  results(args: readonly Value[], self: Value, rest: Value): BuilderResult[] {
    const { stage, run, tape } = this;
    this.inputs(args, self, rest);
    let guard = 0;
    for (let row = 0; row <= tape.length; row++) {
      for (; tape.guards[guard] !== undefined && tape.guards[guard]!.position <= row; guard++)
        this.guard(tape.guards[guard]!);
      if (row < tape.length && this.needed[row] === 1 && tape.op[row] !== INPUT)
        this.ids[row] = this.made(row);
    }
    return run.outputs.map(({ path, row, value }) => ({
      path,
      value: row < 0 ? stage.f.constant(value) : this.ids[row]!,
    }));
  }

  /** The numbers of the arguments that are inputs of the trace are its rows; others are what they are at the sample. */
  private inputs(args: readonly Value[], self: Value, rest: Value): void {
    const { stage, run, site } = this;
    const rows = new Map(run.inputs.map(({ path, row }) => [pathText(path), row]));
    const first = args.length;
    const found = [
      ...args.flatMap((value, i) => leavesIn(stage, value, [i], site)),
      ...leavesIn(stage, self, ['this'], site),
      ...(rest === undefined
        ? []
        : leavesIn(stage, rest, [first], site).map(({ path, leaf }) => ({
            path: [first + Number(path[1])],
            leaf,
          }))),
    ];
    for (const { path, leaf } of found) {
      const text = pathText(path);
      const row = rows.get(text);
      rows.delete(text);
      if (row !== undefined) this.ids[row] = stage.id(leaf, site);
      else if (stage.sampled?.decide(leaf, site) === undefined) this.refuse();
    }
    // What is no parameter of the Program must not matter.
    for (const row of rows.values()) if (this.needed[row] === 1) this.refuse();
  }

  private refuse(): never {
    return this.stage.ev.refuse(
      'GL111',
      'A number of the arguments is no parameter of code.',
      this.site.location,
    );
  }

  private made(row: number): ValueId {
    const { stage, tape } = this;
    const args = tape
      .operands(row)
      .map((operand) => (operand >= 0 ? this.ids[operand]! : stage.f.constant(tape.constants[~operand]!)));
    return stage.f.op(OPERATIONS[tape.op[row]!]!, args, tape.sites[tape.at[row]!]);
  }

  private guard({ row, value, site }: Guard): void {
    const { stage, ids, tape } = this;
    const id = ids[row]!;
    const key = `${id} ${value}`;
    if (this.insisted.has(key)) return;
    this.insisted.add(key);
    const { f } = stage;
    const isTruth = f.typeOf(id) === 'boolean';
    const condition = isTruth
      ? id
      : Number.isNaN(value)
        ? f.op('ne', [id, id])
        : f.op('eq', [id, f.constant(value)]);
    const at = tape.sites[site];
    stage.sampled!.insist(condition, !isTruth || value !== 0, at === undefined ? this.site : new Site(at));
  }
}

interface Found {
  readonly path: Path;
  readonly leaf: Leaf;
}

/** The unknowns below a value. */
function leavesIn(stage: Stage, value: Value, path: Path, site: Site): Found[] {
  const found: Found[] = [];
  const seen = new Set<JsObject>();
  const visit = (v: Value, at: Path): void => {
    if (v instanceof Leaf) found.push({ path: at, leaf: v });
    if (!(v instanceof JsObject) || v instanceof JsFunction || seen.has(v)) return;
    seen.add(v);
    if (v instanceof JsBuffer) {
      for (let i = 0; i < Number(v.length); i++) visit(stage.load(v, i, site), [...at, i]);
      return;
    }
    if (v instanceof JsArray || v instanceof JsTypedArray)
      v.elements.forEach((e, i) => {
        visit(e, [...at, i]);
      });
    const isView = stage.views.of(v) !== undefined;
    for (const [key, property] of v.properties) {
      if (typeof key !== 'string' || (property instanceof Slot && property.accessor && !isView)) continue;
      visit(property instanceof Slot ? (isView ? get(stage.ev, v, key, site) : property.value) : property, [
        ...at,
        key,
      ]);
    }
  };
  visit(value, path);
  return found;
}
