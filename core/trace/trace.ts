/** The trace: the evaluator's domain in which unknowns have a value now, and a tape records what is done to them. */

import { construct } from '../evaluate/construct.ts';
import type { Completion, Domain, LoopParts, Split } from '../evaluate/domain.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { Closure, Code } from '../evaluate/functions.ts';
import { leaves } from '../evaluate/loops.ts';
import type { JsArray, JsBuffer, JsObject, JsTypedArray, TypedKind } from '../evaluate/objects.ts';
import { get, put } from '../evaluate/properties.ts';
import { Leaf, type Site, Spent, type Value } from '../evaluate/values.ts';
import { ADD, type NumberType, ROWS, valueOf } from '../operations/index.ts';
import { OPCODE, type Operation } from '../operations/names.ts';
import type { Location } from '../source/span.ts';
import { type Carried, CarriedLoops, type Carrying } from './carried.ts';
import { OneSided } from './oneSided.ts';
import { sameTerm } from './same.ts';
import { ENTER_CALL, ENTER_LOOP, EXIT_CALL, EXIT_LOOP, ITERATION, MAX_ROWS, NONE, Tape } from './tape.ts';
import { withinWindow } from './window.ts';

const RECORDED = 'recorded operations';

/** A decision that is taken the other way, once in each loop that is run. */
export interface Postponed {
  /** Index of its place on the tape, which is the same in a run that is the same up to there. */
  readonly site: number;
  readonly value: number;
}

/** Where a run leaves the sample's own path. */
export interface Turns {
  readonly postponed?: Postponed;
  /** How often in each loop; once if it is not said. */
  readonly times?: number;
  /** Beside the sample: tiny thresholds count as 0, and those at these places as what they set apart. */
  readonly beyond?: ReadonlySet<Location>;
  /** Places of comparisons that come out the other way where both sides are equal. */
  readonly denied?: ReadonlySet<Location>;
  /** A loop that goes on for so many rounds after what it counts without inputs has ended. */
  readonly longer?: { readonly site: Location; readonly rounds: number };
  /** Numbers that are rounded to fine steps go on as what they were before, moved by a constant. */
  readonly unrounded?: boolean;
  /** Loops whose variables are looked at, or made inputs. */
  readonly carrying?: Carrying;
}

/** A number whose rounding is this large or more goes in steps of a billionth of it, or finer ones; coarser ones, days and cents, may be what is meant. */
export const FINE_STEPS = 1e9;

export class Trace implements Domain {
  readonly copiesVariables = true;
  readonly runsLoops = true;
  readonly resumes = true;
  readonly sharesMemory = true;
  readonly tape = new Tape();
  /** Present when the path is to be the one that is taken right beside the sample. */
  readonly side: OneSided | undefined;
  private readonly ev: Evaluator;
  /** Loops being run, in callers as well. */
  private loops = 0;
  private readonly movingKeys: { readonly row: number; readonly key: symbol }[] = [];
  private readonly postponed: Postponed | undefined;
  private readonly times: number;
  /** Tiny thresholds count as 0 beside the sample, so that what they set apart is one point. */
  private readonly beyond: ReadonlySet<Location> | undefined;
  private readonly denied: ReadonlySet<Location> | undefined;
  private denials = 0;
  private readonly longer: Turns['longer'];
  private readonly unrounded: boolean;
  private readonly carried: CarriedLoops | undefined;
  /** Which loop is being run, the last one of which a decision was postponed, and how often. */
  private instance = 0;
  private instances = 0;
  private prolonged = -1;
  private delays = 0;

  constructor(
    ev: Evaluator,
    direction?: readonly number[],
    { postponed, times = 1, beyond, denied, longer, unrounded = false, carrying }: Turns = {},
  ) {
    this.ev = ev;
    this.postponed = postponed;
    this.times = times;
    this.beyond = beyond;
    this.denied = denied;
    this.longer = longer;
    this.unrounded = unrounded;
    this.carried = carrying && new CarriedLoops(ev.store, this.tape, carrying);
    this.side = direction && new OneSided(direction);
  }

  site(place: Site): number {
    if (place.owner === this.tape.serial) return place.index;
    const site = place.user;
    if (site.owner !== this.tape.serial) {
      site.owner = this.tape.serial;
      site.index = this.tape.sites.push(site.location) - 1;
    }
    return site.index;
  }

  readonly hearsNames = false;

  /** A new input. */
  input(value: number, site: Site): Leaf {
    const row = this.tape.input(value, this.site(site));
    this.side?.advance(this.tape, row);
    return new Leaf('number', row);
  }

  /** What loops carry that is to be inputs becomes such, after the others. */
  inputsOfLoops(site: Site): void {
    this.carried?.makeInputs((value) => this.input(value, site));
  }

  /** A row on the tape, and the value of which it is. */
  private made(code: number, a: number, b: number, value: number, site: Site): Leaf {
    const { ev, tape } = this;
    const row = tape.push(code, a, b, value, this.site(site));
    if (row >= MAX_ROWS) ev.spend(RECORDED, MAX_ROWS, site);
    ev.step(site);
    if (this.side !== undefined) this.side.advance(tape, row);
    return new Leaf(TYPES[code]!, row);
  }

  op1(op: Operation, a: Leaf, site: Site): Value {
    const code = OPCODE[op];
    const x = this.tape.value[a.id]!;
    const value = ROWS[code]!.value(x);
    if (this.unrounded && ROWS[code]!.rounds && Math.abs(value) >= FINE_STEPS && Number.isFinite(value)) {
      this.tape.stairs.push(this.tape.length);
      return this.made(ADD, a.id, this.tape.constant(value - x), value, site);
    }
    return this.made(code, a.id, NONE, value, site);
  }

  op2(op: Operation, a: number | Leaf, b: number | Leaf, site: Site): Value {
    return this.code2(OPCODE[op], a, b, site);
  }

  code2(code: number, a: number | Leaf, b: number | Leaf, site: Site): Value {
    const { tape } = this;
    let x: number;
    let y: number;
    let i: number;
    let j: number;
    if (typeof a === 'number') {
      x = a;
      i = tape.constant(a);
    } else {
      i = a.id;
      x = tape.value[i]!;
    }
    if (typeof b === 'number') {
      y = b;
      j = tape.constant(b);
    } else {
      j = b.id;
      y = tape.value[j]!;
    }
    return this.made(code, i, j, valueOf(code, x, y), site);
  }

  opN(op: Operation, args: readonly (number | Leaf)[], site: Site): Value {
    const code = OPCODE[op];
    const { tape } = this;
    const start = tape.more.length;
    const numbers: number[] = [];
    for (const arg of args) {
      const known = typeof arg === 'number';
      numbers.push(known ? arg : tape.value[arg.id]!);
      tape.more.push(known ? tape.constant(arg) : arg.id);
    }
    return this.made(code, start, args.length, ROWS[code]!.value(...numbers), site);
  }

  /** The side taken of a condition: the sample's, or the one right beside it. */
  private decide(condition: Leaf, site: Site, kind: 'branch' | 'count' = 'branch'): boolean {
    const row = condition.id;
    const settled = this.settle(row, site);
    const taken = this.postponed === undefined ? settled : settled !== this.postpones(settled, site);
    this.tape.guards.push({
      kind,
      row,
      value: taken ? 1 : 0,
      site: this.site(site),
      position: this.tape.length,
    });
    return taken;
  }

  private postpones(taken: boolean, site: Site): boolean {
    const { site: place, value } = this.postponed!;
    if (this.site(site) !== place || taken !== (value !== 0)) return false;
    if (this.prolonged !== this.instance) this.delays = 0;
    else if (this.delays >= this.times) return false;
    this.prolonged = this.instance;
    this.delays++;
    return true;
  }

  /** The truth of a boolean row beside the sample; the sample's own where nothing is on a boundary. */
  private settle(row: number, site: Site): boolean {
    const { tape } = this;
    const code = tape.op[row]!;
    const value = tape.value[row]! !== 0;
    if (code === OPCODE.not) return !this.settle(tape.a[row]!, site);
    const compares = ROWS[code]?.compares;
    if (compares === undefined) {
      const beside = this.side?.constant(tape, row);
      return beside === undefined ? value : beside !== 0;
    }
    const a = tape.a[row]!;
    const b = tape.b[row] === NONE ? undefined : tape.b[row]!;
    const x = tape.read(a);
    const y = b === undefined ? 0 : tape.read(b);
    const { side } = this;
    if (side === undefined) {
      if (x !== y) return value;
      return this.denied?.has(site.user.location) && this.denials++ < MOST_DENIALS ? !value : value;
    }
    if (!side.moving(a) && !(b !== undefined && side.moving(b))) return value;
    if (this.beyond !== undefined && b !== undefined && withinWindow(x, y)) {
      const first = x === 0 || (y !== 0 && side.moving(a));
      const [u, centre, opposite] = first ? [a, x, 1] : [b, y, -1];
      const alone = centre === 0 || (this.beyond.has(site.user.location) && !side.moving(first ? b : a));
      const sign = alone ? side.compare(tape, u, tape.constant(centre)) : undefined;
      if (side.moving(u) && sign !== undefined && sign !== 0)
        return ROWS[code]!.value(sign * opposite, 0) !== 0;
    }
    const same = b !== undefined && sameTerm(tape, a, b);
    // NaN at the sample may be a number beside it.
    if (same && Number.isNaN(side.limit(tape, a))) return value;
    // The last two iterates of a loop that ends when nothing changes any more differ by rounding alone.
    const sign = same ? 0 : side.compare(tape, a, b, this.loops > 0);
    if (sign === undefined) {
      side.fail('undecided', row);
      return value;
    }
    return ROWS[code]!.value(sign, 0) !== 0;
  }

  named(): void {}

  presence(): true {
    return true;
  }

  branchValue(condition: Leaf, then: () => Value, otherwise: () => Value, site: Site): Value {
    return this.decide(condition, site) ? then() : otherwise();
  }

  branch(condition: Leaf, then: () => Completion, otherwise: () => Completion, site: Site): Completion {
    return this.decide(condition, site) ? then() : otherwise();
  }

  resume(_split: Split, rest: () => Completion): Completion {
    return rest();
  }

  returned(_split: Split, value: Value): Value {
    return value;
  }

  allocate(length: Leaf, typed: TypedKind | undefined, site: Site): Value {
    const constructor = this.ev.realm.globals.get(typed ?? 'Array')!.value;
    return construct(this.ev, constructor, [this.known(length, site)], site);
  }

  loop(parts: LoopParts): Completion {
    const outer = this.instance;
    this.instance = ++this.instances;
    this.loops++;
    const { ev, tape } = this;
    const site = parts.site.user;
    const { steps } = ev;
    const { length } = tape;
    const carried = this.carried?.enter(site.location, this.instance);
    try {
      return this.iterate(parts, carried);
    } catch (error) {
      if (error instanceof Spent) {
        const recorded = error.unit === RECORDED;
        ev.blame(error, recorded ? length : steps, recorded ? tape.length : ev.steps, 'loop', site);
      }
      throw error;
    } finally {
      carried?.end();
      this.loops--;
      this.instance = outer;
    }
  }

  private iterate(parts: LoopParts, carried: Carried | undefined): Completion {
    const { tape, ev } = this;
    const at = this.site(parts.site);
    const start = tape.length;
    const mark = tape.marks.end;
    tape.marks.push(ENTER_LOOP, tape, at);
    let entered = false;
    let first = parts.form === 'do';
    let result: Completion;
    const before = ev.current;
    ev.current = parts.site.user;
    const { longer } = this;
    let more = longer !== undefined && longer.site === parts.site.user.location ? longer.rounds : 0;
    for (;;) {
      if (first) first = false;
      else if (parts.test !== undefined) {
        const test = parts.test();
        const on = typeof test === 'boolean' ? test || more-- > 0 : this.decide(test, parts.site, 'count');
        if (!on) break;
      }
      ev.step(parts.site);
      // A loop that records nothing leaves no marks.
      if (tape.length > start || !entered) tape.marks.push(ITERATION, tape, at);
      entered = true;
      carried?.round();
      const c = parts.body();
      if (c !== undefined) {
        const left = leaves(c, parts.labels);
        if (left !== 'next') {
          result = left === 'done' ? undefined : c;
          break;
        }
      }
      parts.update?.();
    }
    ev.current = before;
    if (tape.length === start) tape.marks.cut(mark);
    else tape.marks.push(EXIT_LOOP, tape, at);
    return result;
  }

  primal(leaf: Leaf): number {
    this.tape.peeked = true;
    return this.tape.value[leaf.id]!;
  }

  known(leaf: Leaf, site: Site): number | boolean {
    if (leaf.type === 'boolean') return this.decide(leaf, site);
    const now = this.tape.value[leaf.id]!;
    const value = this.side === undefined ? now : this.side.constant(this.tape, leaf.id);
    if (value === undefined) this.side!.fail('key', leaf.id);
    this.tape.guards.push({
      kind: 'key',
      row: leaf.id,
      value: value ?? now,
      site: this.site(site),
      position: this.tape.length,
    });
    return value ?? now;
  }

  key(leaf: Leaf, site: Site): number | boolean | symbol {
    const { side, tape } = this;
    if (leaf.type === 'boolean' || side === undefined || side.constant(tape, leaf.id) !== undefined)
      return this.known(leaf, site);
    // Beside the sample it is no known number; it is itself, and what moves as it does.
    const same = this.movingKeys.find(({ row }) => row === leaf.id || side.compare(tape, row, leaf.id) === 0);
    if (same !== undefined) return same.key;
    const made = { row: leaf.id, key: Symbol('moving') };
    this.movingKeys.push(made);
    return made.key;
  }

  doubt(site: Site): void {
    this.tape.doubts.push(this.site(site));
  }

  load(array: JsArray | JsTypedArray | JsBuffer, index: number | Leaf, site: Site): Value {
    return get(this.ev, array, typeof index === 'number' ? index : (this.known(index, site) as number), site);
  }

  store(array: JsArray | JsTypedArray | JsBuffer, index: number | Leaf, value: Value, site: Site): void {
    put(this.ev, array, typeof index === 'number' ? index : (this.known(index, site) as number), value, site);
  }

  call(
    closure: Closure,
    self: Value,
    args: Value[],
    newTarget: JsObject | undefined,
    site: Site | undefined,
  ): Value {
    const { tape } = this;
    if (site === undefined) return this.ev.invoke(closure, self, args, newTarget, site);
    const start = tape.length;
    const at = this.site(site);
    const mark = tape.marks.end;
    tape.marks.push(ENTER_CALL, tape, at);
    const result = this.ev.invoke(closure, self, args, newTarget, site);
    if (tape.length === start) tape.marks.cut(mark);
    else tape.marks.push(EXIT_CALL, tape, at);
    return result;
  }

  callDirect(
    closure: Closure,
    code: Code,
    self: Value,
    slots: Value[],
    newTarget: JsObject | undefined,
    site: Site,
  ): Value {
    const { tape } = this;
    const start = tape.length;
    const at = this.site(site);
    const mark = tape.marks.end;
    tape.marks.push(ENTER_CALL, tape, at);
    const result = this.ev.invokeDirect(closure, code, self, slots, newTarget, site);
    if (tape.length === start) tape.marks.cut(mark);
    else tape.marks.push(EXIT_CALL, tape, at);
    return result;
  }
}

/** What each operation gives, by opcode. */
const TYPES: readonly NumberType[] = ROWS.map((row) => row.type);

/** A loop that ends where nothing changes any more would never end. */
const MOST_DENIALS = 1000;
