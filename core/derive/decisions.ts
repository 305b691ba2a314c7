/**
 * What reaches a result by decisions: comparisons that choose a path, or how often a loop runs. Nothing of it has a
 * derivative, so that a parameter which reaches the results in no other way looks like a constant, which it is not.
 */
import type { Block, Instruction, Program, ProgramFunction, ValueId } from '../program/program.ts';
import { counterOf } from '../program/trips.ts';
import { blocksOf, instructionsIn } from '../program/walk.ts';

/** `loop`: by what a loop decides from one iteration to the next, as searches do. */
export type Decision = 'branch' | 'loop';

/** How results of the entry depend on one parameter by decisions; undefined where they do not. */
export function decisionBy(program: Program, parameter: number): Decision | undefined {
  const entry = program.functions[program.entry]!;
  const given = entry.parameters.map((_, i): Reached => ({ by: i === parameter ? VALUE : 0, loops: false }));
  const results = new Reach(program).results(program.entry, given);
  const decided = results.filter((r, i) => r.by === DECIDED && entry.results[i]!.extent !== true);
  if (decided.length === 0) return undefined;
  return decided.some(({ loops }) => loops) ? 'loop' : 'branch';
}

/** By values alone (rounded, as an index), or by a decision. */
const VALUE = 1;
const DECIDED = 2;

interface Reached {
  readonly by: 0 | typeof VALUE | typeof DECIDED;
  /** The decision is in a loop. */
  readonly loops: boolean;
}

const NOTHING: Reached = { by: 0, loops: false };

function more(a: Reached, b: Reached): Reached {
  return { by: a.by > b.by ? a.by : b.by, loops: a.loops || b.loops };
}

class Reach {
  private readonly program: Program;
  /** Of calls, by function and arguments; the least there is to begin with, so that recursion comes to an end. */
  private readonly known = new Map<string, readonly Reached[]>();
  private readonly open = new Set<string>();

  constructor(program: Program) {
    this.program = program;
  }

  results(index: number, given: readonly Reached[]): readonly Reached[] {
    const key = `${index} ${given.map(({ by, loops }) => `${by}${Number(loops)}`).join('')}`;
    const f = this.program.functions[index]!;
    const before = this.known.get(key);
    if (this.open.has(key)) return before ?? f.body.results.map(() => NOTHING);
    this.open.add(key);
    for (;;) {
      const found = new Pass(f, given, (callee, args) => this.results(callee, args)).results();
      const old = this.known.get(key);
      if (old?.every((r, i) => r.by === found[i]!.by && r.loops === found[i]!.loops)) break;
      this.known.set(key, found);
    }
    this.open.delete(key);
    return this.known.get(key)!;
  }
}

type Call = (index: number, args: readonly Reached[]) => readonly Reached[];

class Pass {
  private readonly f: ProgramFunction;
  private readonly reached = new Map<ValueId, Reached>();
  private readonly constants = new Map<ValueId, number | boolean>();
  private readonly call: Call;
  private moved = false;

  constructor(f: ProgramFunction, given: readonly Reached[], call: Call) {
    this.f = f;
    this.call = call;
    f.parameters.forEach(({ id }, i) => this.reached.set(id, given[i]!));
    for (const i of instructionsIn(f.body)) if (i.kind === 'constant') this.constants.set(i.id, i.value);
  }

  results(): readonly Reached[] {
    do {
      this.moved = false;
      this.block(this.f.body, false, NOTHING);
    } while (this.moved);
    return this.f.body.results.map((id) => this.of(id));
  }

  private of(id: ValueId): Reached {
    return this.reached.get(id) ?? NOTHING;
  }

  private add(id: ValueId, what: Reached): void {
    const before = this.of(id);
    const after = more(before, what);
    if (after.by === before.by && after.loops === before.loops) return;
    this.reached.set(id, after);
    this.moved = true;
  }

  /** `around`: what decides whether the block runs. */
  private block(block: Block, inLoop: boolean, around: Reached): void {
    for (const i of block.instructions) this.instruction(i, inLoop, around);
  }

  private decided(condition: ValueId, inLoop: boolean): Reached {
    return this.of(condition).by === 0 ? NOTHING : { by: DECIDED, loops: inLoop || this.of(condition).loops };
  }

  private instruction(i: Instruction, inLoop: boolean, around: Reached): void {
    switch (i.kind) {
      case 'op': {
        const isDecision = i.op === 'select' || i.op === 'toNumber';
        if (isDecision) this.add(i.id, this.decided(i.args[0]!, inLoop));
        for (const arg of i.args) this.add(i.id, this.of(arg));
        break;
      }
      case 'if': {
        const decided = more(around, this.decided(i.condition, inLoop));
        for (const arm of blocksOf(i)) {
          this.block(arm, inLoop, decided);
          arm.results.forEach((id, k) => {
            this.add(i.ids[k]!, this.of(id));
          });
        }
        for (const id of i.ids) this.add(id, decided);
        break;
      }
      case 'loop': {
        i.parameters.forEach((p, k) => {
          this.add(p, this.of(i.initial[k]!));
        });
        this.block(i.test, true, around);
        // How far a loop counts is no search.
        const counts = counterOf(i, (id) => this.constants.get(id)) !== undefined;
        const decided = counts ? around : more(around, this.decided(i.test.results[0]!, true));
        this.block(i.body, true, decided);
        i.parameters.forEach((p, k) => {
          const next = i.body.results[k];
          if (next !== undefined) this.add(p, this.of(next));
          this.add(i.ids[k]!, more(this.of(p), decided));
        });
        break;
      }
      case 'call': {
        const results = this.call(
          i.function,
          i.args.map((arg) => this.of(arg)),
        );
        results.forEach((r, k) => {
          this.add(i.ids[k]!, more(r, around));
        });
        // What a function writes into one of its arrays may come of any of its arguments.
        for (const arg of i.args)
          if (this.f.types[arg] === 'buffer') for (const other of i.args) this.add(arg, this.of(other));
        break;
      }
      case 'load':
        this.add(i.id, more(this.of(i.buffer), this.of(i.index)));
        break;
      case 'store':
        this.add(i.buffer, more(around, more(this.of(i.index), this.of(i.value))));
        break;
      case 'alloc':
      case 'length':
        break;
      case 'constant':
      case 'push':
      case 'pop':
      case 'throw':
        break;
    }
  }
}
