/**
 * Programs as formulas: branches as cases, loops that accumulate as Σ and Π, calls written out. undefined where there
 * is no closed form to show (a recurrence, a stack, an array written at a computed index) or it is too long.
 */
import type { Block, Instruction, Program, ProgramFunction, ValueId } from '../program/program.ts';
import { EXPRESSIONS as k } from './algebra.ts';
import { boolean, cases, element, variable } from './build.ts';
import { constantExpr } from './constants.ts';
import type { Expr } from './expression.ts';
import { closedForm, type LoopForm } from './loops.ts';
import { equal, longerThanScreen, SCREEN_NODES, size } from './walk.ts';

/** Loops of known length up to this are written out where they are no sum or product. */
const LONGEST_UNROLLED = 16;
const SHORT = 3;
const DEEPEST_CALL = 8;

/** An array: an input's under its name, or one of the program's own, written at known indices. */
interface ArrayValue {
  readonly name?: string;
  readonly length: Expr;
  readonly written: ReadonlyMap<number, Expr>;
}
type Value = Expr | ArrayValue;

/** Thrown within this file alone: there is no formula. */
class NoFormula extends Error {}

export function fromProgram(program: Program, result = 0): Expr | undefined {
  const entry = program.functions[program.entry];
  if (!entry) return undefined;
  try {
    const run = new Conversion(program);
    const args = entry.parameters.map(
      (p): Value =>
        p.type === 'buffer'
          ? { name: p.name, length: variable(`${p.name}.length`), written: new Map() }
          : variable(p.name),
    );
    const value = run.function(entry, args, 0)[result];
    return value === undefined || longerThanScreen(value) ? undefined : value;
  } catch (error) {
    if (error instanceof NoFormula) return undefined;
    throw error;
  }
}

class Conversion {
  private readonly program: Program;
  private budget = 20 * SCREEN_NODES;
  private readonly loopNames = new Set<string>();

  constructor(program: Program) {
    this.program = program;
    for (const f of program.functions) for (const p of f.parameters) this.loopNames.add(p.name);
  }

  function(f: ProgramFunction, args: readonly Value[], depth: number): Expr[] {
    if (depth > DEEPEST_CALL) throw new NoFormula();
    const frame = new Frame(this, f, depth);
    f.parameters.forEach((p, i) => {
      frame.values.set(p.id, args[i]!);
    });
    if (!frame.block(f.body)) throw new NoFormula();
    return f.body.results.map((id) => frame.expr(id));
  }

  callee(index: number): ProgramFunction {
    return this.program.functions[index]!;
  }

  spend(): void {
    if (this.budget-- <= 0) throw new NoFormula();
  }

  loopName(wanted: string): string {
    let name = wanted;
    while (this.loopNames.has(name)) name += '′';
    this.loopNames.add(name);
    return name;
  }
}

class Frame {
  readonly values = new Map<ValueId, Value>();
  private readonly run: Conversion;
  private readonly f: ProgramFunction;
  private readonly depth: number;

  constructor(run: Conversion, f: ProgramFunction, depth: number) {
    this.run = run;
    this.f = f;
    this.depth = depth;
  }

  expr(id: ValueId): Expr {
    const value = this.values.get(id);
    if (value === undefined || !('kind' in value)) throw new NoFormula();
    return value;
  }

  private array(id: ValueId): ArrayValue {
    const value = this.values.get(id);
    if (value === undefined || 'kind' in value) throw new NoFormula();
    return value;
  }

  /** False where the block ends in a throw. */
  block(block: Block): boolean {
    for (const instruction of block.instructions) if (!this.instruction(instruction)) return false;
    return true;
  }

  private instruction(i: Instruction): boolean {
    this.run.spend();
    switch (i.kind) {
      case 'constant':
        this.values.set(i.id, typeof i.value === 'boolean' ? boolean(i.value) : constantExpr(i.value));
        return true;
      case 'op': {
        const value = k[i.op](...i.args.map((a) => this.expr(a)));
        if (size(value, 4 * SCREEN_NODES) > 4 * SCREEN_NODES) throw new NoFormula();
        this.values.set(i.id, value);
        return true;
      }
      case 'if':
        return this.branch(i);
      case 'loop':
        this.loop(i);
        return true;
      case 'call': {
        const args = i.args.map((a) => this.values.get(a)!);
        if (args.some((a) => a === undefined)) throw new NoFormula();
        const results = this.run.function(this.run.callee(i.function), args, this.depth + 1);
        i.ids.forEach((id, n) => {
          this.values.set(id, results[n]!);
        });
        return true;
      }
      case 'alloc':
        this.values.set(i.id, { length: this.expr(i.length), written: new Map() });
        return true;
      case 'load':
        this.values.set(i.id, this.load(this.array(i.buffer), this.expr(i.index)));
        return true;
      case 'store': {
        const array = this.array(i.buffer);
        const index = this.expr(i.index);
        if (array.name !== undefined || index.kind !== 'number') throw new NoFormula();
        this.values.set(i.buffer, {
          ...array,
          written: new Map(array.written).set(index.value, this.expr(i.value)),
        });
        return true;
      }
      case 'length':
        this.values.set(i.id, this.array(i.buffer).length);
        return true;
      case 'throw':
        return false;
      default:
        throw new NoFormula();
    }
  }

  private load(array: ArrayValue, index: Expr): Expr {
    if (array.name !== undefined) return element(array.name, index);
    if (index.kind !== 'number') throw new NoFormula();
    return array.written.get(index.value) ?? constantExpr(0);
  }

  private branch(i: Extract<Instruction, { kind: 'if' }>): boolean {
    const when = this.expr(i.condition);
    if (when.kind === 'boolean') return this.arm(when.value ? i.then : i.else, i.ids);
    if (writes(i.then) || writes(i.else)) throw new NoFormula();
    const [then, otherwise] = [this.block(i.then), this.block(i.else)];
    if (!then && !otherwise) return false;
    i.ids.forEach((id, n) => {
      const a = then ? this.expr(i.then.results[n]!) : undefined;
      const b = otherwise ? this.expr(i.else.results[n]!) : undefined;
      this.values.set(id, a && b ? choice(when, a, b) : (a ?? b)!);
    });
    return true;
  }

  private arm(block: Block, ids: readonly ValueId[]): boolean {
    if (!this.block(block)) return false;
    const results = block.results.map((id) => this.values.get(id)!);
    ids.forEach((id, n) => {
      this.values.set(id, results[n]!);
    });
    return true;
  }

  private loop(i: Extract<Instruction, { kind: 'loop' }>): void {
    const initial = i.initial.map((id) => this.expr(id));
    const form = writes(i.body) || writes(i.test) ? undefined : this.symbolicLoop(i, initial);
    if (form && (form.trips === undefined || form.trips > SHORT)) {
      i.ids.forEach((id, n) => {
        const value = form.results[n];
        if (value) this.values.set(id, value);
        else this.values.delete(id);
      });
      return;
    }
    let carried: readonly Expr[] = initial;
    for (let trip = 0; trip <= LONGEST_UNROLLED; trip++) {
      this.carry(i.parameters, carried);
      if (!this.block(i.test)) throw new NoFormula();
      const test = this.expr(i.test.results[0]!);
      if (test.kind !== 'boolean') throw new NoFormula();
      if (!test.value) {
        this.carry(i.ids, carried);
        return;
      }
      if (!this.block(i.body)) throw new NoFormula();
      carried = i.body.results.map((id) => this.expr(id));
    }
    throw new NoFormula();
  }

  private carry(ids: readonly ValueId[], values: readonly Expr[]): void {
    ids.forEach((id, n) => {
      this.values.set(id, values[n]!);
    });
  }

  /** Runs test and body once over names and asks for a closed form of what they do. */
  private symbolicLoop(
    i: Extract<Instruction, { kind: 'loop' }>,
    initial: readonly Expr[],
  ): LoopForm | undefined {
    const names = i.parameters.map((id, n) =>
      this.run.loopName(this.f.names.get(id) ?? (n === 0 ? 'i' : `s${n}`)),
    );
    this.carry(i.parameters, names.map(variable));
    try {
      if (!this.block(i.test) || !this.block(i.body)) return undefined;
      const test = this.expr(i.test.results[0]!);
      const next = i.body.results.map((id) => this.expr(id));
      return closedForm({ names, initial, test, next });
    } catch (error) {
      if (error instanceof NoFormula) return undefined;
      throw error;
    }
  }
}

/** if c then a else b, an `else if` being one more arm. */
function choice(when: Expr, a: Expr, b: Expr): Expr {
  if (equal(a, b)) return a;
  if (b.kind === 'cases') return cases([{ when, value: a }, ...b.arms], b.otherwise);
  return cases([{ when, value: a }], b);
}

/** Whether a block writes into an array that exists outside of it (on the safe side: into any). */
function writes(block: Block): boolean {
  return block.instructions.some((i) => {
    if (i.kind === 'store' || i.kind === 'push' || i.kind === 'pop') return true;
    if (i.kind === 'if') return writes(i.then) || writes(i.else);
    return i.kind === 'loop' && (writes(i.test) || writes(i.body));
  });
}
