/** Loops of a generated function: `for` where they count, `for … of` where they only read, `while` elsewhere. */
import type { Block, Instruction, ValueId } from '../program/program.ts';
import { instructionsIn } from '../program/walk.ts';
import type { Writing } from './branches.ts';
import { assignment, atom, negated, operation, type Text } from './expressions.ts';
import { braced } from './lines.ts';

type Loop = Extract<Instruction, { kind: 'loop' }>;
type Op = Extract<Instruction, { kind: 'op' }>;
type Load = Extract<Instruction, { kind: 'load' }>;

/** An array that is read from its first element to its last. */
interface Each {
  /** The carried value that counts. */
  readonly counter: number;
  readonly load: Load;
  readonly array: string;
}

/** Of how many operations tests are that are written twice. */
const SHORTEST = 4;

export class Loops {
  private readonly w: Writing;
  /** Whether `for … of` may be written. */
  private readonly readable: boolean;

  constructor(writing: Writing, readable: boolean) {
    this.w = writing;
    this.readable = readable;
  }

  loop(loop: Loop): void {
    const { values, names, uses, f } = this.w;
    const each = this.readable ? this.eachOf(loop) : undefined;
    const initial = values.getAll(loop.initial);
    const own: boolean[] = [];
    const variables = loop.parameters.map((parameter, i) => {
      const from = loop.initial[i]!;
      const held = values.variable(from);
      own.push(held === undefined || !uses.isLocal(from));
      if (i === each?.counter) return '';
      const counts = own[i] && this.isCounter(loop, i) && !values.isNamed(parameter, loop.ids[i]!);
      const variable = counts ? names.counter() : own[i] ? values.nameFor([parameter, loop.ids[i]!]) : held!;
      return variable;
    });
    loop.parameters.forEach((parameter, i) => {
      if (i !== each?.counter) values.hold(parameter, variables[i]!, own[i] === true);
    });
    values.lines.push(...this.w.rows.before(loop));
    const before = names.snapshot();
    let condition = atom('true');
    // A short test is written where it belongs, and what the body uses of it there again.
    const short = this.inlineTest(loop.test);
    const test = values.holding(variables, () =>
      values.capture(() => {
        if (each) return;
        if (short) condition = short;
        else {
          this.w.block(loop.test);
          condition = values.get(loop.test.results[0]!);
        }
      }),
    );
    const counter = test.lines.length === 0 ? this.counterOf(loop, own, condition, variables) : -1;
    let step = '';
    const counted = each?.counter ?? counter;
    let item = '';
    const open = { body: loop.body, parameters: loop.parameters, variables, counter: counted };
    const body = values.within(open, () =>
      values.capture(
        () => {
          if (each) {
            item = values.nameFor([each.load.id]);
            values.set(each.load.id, atom(item));
          }
          if (short && !each) this.w.block(loop.test);
          this.w.block(loop.body);
          if (loop.body.results.length === 0) return;
          const next = loop.body.results.map((id, i) => (i === counted ? atom('') : values.get(id)));
          if (counter >= 0) step = assignment(variables[counter]!, this.stepOf(loop, counter)).slice(0, -1);
          values.assign(
            variables.flatMap((variable, i) => (i === counted ? [] : [[variable, next[i]!] as const])),
          );
        },
        test.lines.length > 0 ? test.outer : undefined,
      ),
    );
    names.restore(before);
    const changing = variables.filter((_, i) => i !== each?.counter);
    values.settle(new Set([...test.mutated, ...body.mutated, ...changing]), union(test.writes, body.writes));
    values.changed(changing);
    variables.forEach((variable, i) => {
      if (!own[i] || i === counted) return;
      const isBuffer = f.types[loop.parameters[i]!] === 'buffer';
      const type = isBuffer ? this.w.annotation(loop.parameters[i]!) : '';
      values.write([`let ${variable}${type} = ${initial[i]!.text};`], initial[i]!);
    });
    const head = values.remarked(loop, condition);
    if (each) {
      values.write(braced(`for (const ${item} of ${each.array})`, body.lines), head);
    } else if (test.lines.length > 0) {
      const leave = `if (${negated(condition).text}) break;`;
      values.write(braced('for (;;)', [...test.lines, leave, ...body.lines]), head);
    } else if (counter >= 0) {
      const first = initial[counter]!;
      const start = `let ${variables[counter]} = ${first.text}`;
      values.write(braced(`for (${start}; ${condition.text}; ${step})`, body.lines), first, head);
    } else {
      values.write(braced(`while (${condition.text})`, body.lines), head);
    }
    loop.ids.forEach((id, i) => {
      if (i !== each?.counter) values.hold(id, variables[i]!);
    });
    if (counter >= 0) names.release(variables[counter]!);
  }

  /** Where a loop reads an array from its first element to its last, and does nothing else with their places. */
  private eachOf(loop: Loop): Each | undefined {
    const { values, uses } = this.w;
    const [test, ...more] = loop.test.instructions;
    if (test?.kind !== 'op' || test.op !== 'lt' || more.length > 0) return undefined;
    const counter = loop.parameters.indexOf(test.args[0]!);
    const parameter = loop.parameters[counter];
    // It is tested, stepped, and the place of one element.
    if (parameter === undefined || uses.count(parameter) !== 3 || uses.count(loop.ids[counter]!) > 0)
      return undefined;
    if (values.settled(loop.initial[counter]!)?.text !== '0') return undefined;
    const step = this.step(loop, counter);
    if (step?.op !== 'add' || step.args[0] !== parameter || uses.count(step.id) !== 1) return undefined;
    if (values.settled(step.args[1]!)?.text !== '1') return undefined;
    const load = loop.body.instructions.find((i): i is Load => i.kind === 'load' && i.index === parameter);
    if (load === undefined || uses.count(load.id) === 0 || this.w.isNested(load)) return undefined;
    const array = values.settled(load.buffer);
    if (array === undefined || array.reads.size > 0) return undefined;
    if (values.settled(test.args[1]!)?.text !== `${array.text}.length`) return undefined;
    for (const i of instructionsIn(loop.body)) {
      if ((i.kind === 'store' && i.buffer === load.buffer) || i.kind === 'call') return undefined;
    }
    values.set(parameter, atom('i'));
    return { counter, load, array: array.text };
  }

  /** A test of few operations as one expression; undefined for others, and where all of it is used once. */
  private inlineTest(test: Block): Text | undefined {
    const { values, uses } = this.w;
    const own = new Map<ValueId, Instruction>();
    let shared = false;
    for (const i of test.instructions) {
      if (i.kind !== 'op' || own.size === SHORTEST) return undefined;
      own.set(i.id, i);
      shared ||= uses.leaves(i.id);
      if (!uses.leaves(i.id) && uses.count(i.id) > 1) return undefined;
    }
    if (!shared) return undefined;
    const text = (id: ValueId): Text | undefined => {
      const made = own.get(id);
      if (made?.kind !== 'op') return values.settled(id);
      const args = made.args.map(text);
      return args.every((arg) => arg !== undefined) ? operation(made.op, args) : undefined;
    };
    return text(test.results[0]!);
  }

  private step(loop: Loop, i: number): Op | undefined {
    const made = [...loop.body.instructions, ...loop.test.instructions].find(
      (each) => each.kind === 'op' && each.id === loop.body.results[i],
    );
    return made as Op | undefined;
  }

  /** Whether a carried value steps by a constant. */
  private counts(loop: Loop, i: number): boolean {
    const step = this.step(loop, i);
    if (step === undefined || (step.op !== 'add' && step.op !== 'sub')) return false;
    return (
      step.args[0] === loop.parameters[i] && this.w.values.definition(step.args[1]!)?.kind === 'constant'
    );
  }

  /** Whether it is a place in an array, or how often the loop has run. */
  private isCounter(loop: Loop, i: number): boolean {
    return this.counts(loop, i) && this.w.uses.isPlace(loop.parameters[i]!);
  }

  /** The next value of what counts, in terms of the present one. */
  private stepOf(loop: Loop, i: number): Text {
    const step = this.step(loop, i)!;
    return operation(
      step.op,
      step.args.map((arg) => this.w.values.get(arg)),
    );
  }

  /** Which carried value a `for` can count in: one that steps by a constant, is tested, and is not used afterwards. */
  private counterOf(
    loop: Loop,
    own: readonly boolean[],
    condition: Text,
    variables: readonly string[],
  ): number {
    return loop.parameters.findIndex((_, i) => {
      if (!own[i] || this.w.uses.count(loop.ids[i]!) > 0 || !condition.reads.has(variables[i]!)) return false;
      return this.counts(loop, i);
    });
  }
}

function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> {
  return new Set([...a, ...b]);
}
