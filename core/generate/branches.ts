/** Branches of a generated function: conditional expressions, statements, and early returns. */
import type { Block, Instruction, ProgramFunction, ValueId } from '../program/program.ts';
import { isTerminated } from '../program/walk.ts';
import { conditional, negated, operation, type Text } from './expressions.ts';
import type { Lifetimes } from './lifetimes.ts';
import { braced, indented } from './lines.ts';
import type { Names } from './names.ts';
import type { Rows } from './rows.ts';
import type { Uses } from './uses.ts';
import type { Captured, Values } from './values.ts';

type If = Extract<Instruction, { kind: 'if' }>;
type Load = Extract<Instruction, { kind: 'load' }>;

/** What writes a function's body: its parts see one another through this. */
export interface Writing {
  readonly f: ProgramFunction;
  readonly values: Values;
  readonly names: Names;
  readonly uses: Uses;
  readonly lifetimes: Lifetimes;
  readonly rows: Rows;
  /** Writes the instructions of a block. */
  block(block: Block): void;
  instruction(instruction: Instruction): void;
  isNested(load: Load): boolean;
  /** `: number[]`, where there are types. */
  annotation(id: ValueId): string;
}

interface Arm extends Captured {
  readonly results: readonly Text[];
}

export class Branches {
  private readonly w: Writing;
  /** Variables that ifs at the end of an arm assign. */
  private readonly targets = new Map<ValueId, string>();

  constructor(writing: Writing) {
    this.w = writing;
  }

  /** A block that the function ends with. */
  end(block: Block, results: readonly ValueId[], yields: (results: readonly ValueId[]) => void): void {
    const { values, names } = this.w;
    const last = block.instructions.at(-1);
    if (last?.kind !== 'if' || !this.endsIn(last, results)) {
      this.w.block(block);
      if (!isTerminated(block)) yields(results);
      return;
    }
    values.run(block, block.instructions.slice(0, -1), (i) => this.w.instruction(i));
    values.run(block, [last], () => {
      const condition = values.remarked(last, values.get(last.condition));
      // What both arms return besides stands before them.
      for (const id of results) values.fix(id);
      const within = (arm: Block) => () => {
        const yielded = results.map((id) => {
          const at = last.ids.indexOf(id);
          return at < 0 ? id : arm.results[at]!;
        });
        this.end(arm, yielded, yields);
      };
      const before = names.snapshot();
      const { lines } = values.capture(within(last.then));
      names.restore(before);
      values.write(braced(`if (${condition.text})`, lines), condition);
      within(last.else)();
    });
  }

  /** Whether an if can return what it yields: all that comes after it, and too long for one expression. */
  private endsIn(last: If, results: readonly ValueId[]): boolean {
    if (isTerminated(last.then) || isTerminated(last.else)) return false;
    const counted = last.ids.every((id) => this.w.uses.count(id) === (results.includes(id) ? 1 : 0));
    const short = last.ids.length === 1 && last.then.instructions.length + last.else.instructions.length < 3;
    return results.length > 0 && counted && !short;
  }

  if(instruction: If): void {
    const thenEnds = isTerminated(instruction.then);
    if (thenEnds || isTerminated(instruction.else)) this.guard(instruction, thenEnds);
    else this.choose(instruction);
  }

  /** One of the arms throws. */
  private guard(instruction: If, thenEnds: boolean): void {
    const { values, names } = this.w;
    const condition = values.remarked(instruction, values.get(instruction.condition));
    const [ending, going] = thenEnds
      ? [instruction.then, instruction.else]
      : [instruction.else, instruction.then];
    const before = names.snapshot();
    const { lines } = values.capture(() => this.w.block(ending));
    names.restore(before);
    values.write(braced(`if (${(thenEnds ? condition : negated(condition)).text})`, lines), condition);
    this.w.block(going);
    instruction.ids.forEach((id, i) => {
      const text = values.get(going.results[i]!);
      if (text.reads.size === 0 && text.loads.size === 0 && values.settled(going.results[i]!) === text)
        values.set(id, text);
      else values.offer(id, text);
    });
  }

  private choose(instruction: If): void {
    const { values, names } = this.w;
    const { ids } = instruction;
    const condition = values.remarked(instruction, values.get(instruction.condition));
    const before = names.snapshot();
    const given: (string | undefined)[] = [];
    ids.forEach((id, i) => {
      const yielded = [instruction.then.results[i]!, instruction.else.results[i]!];
      const variable = this.targets.get(id) ?? values.target(id) ?? values.continued(id, yielded);
      given.push(given.includes(variable) ? undefined : variable);
    });
    const planned = ids.map((id, i) => given[i] ?? values.nameFor([id]));
    const arms = values.holding(planned, () => {
      const run = (arm: Block): Arm => {
        let results: readonly Text[] = [];
        const captured = values.capture(() => {
          this.aim(arm, instruction, planned, given);
          this.w.block(arm);
          results = values.getAll(arm.results);
        });
        return { ...captured, results };
      };
      return [run(instruction.then), run(instruction.else)] as const;
    });
    const [then, other] = arms;
    if (ids.length === 1 && then.lines.length === 0 && other.lines.length === 0) {
      const stays = arms.some(({ results }) => results[0]!.text === given[0]);
      if (!stays) {
        names.restore(before);
        values.offer(ids[0]!, choice(condition, then.results[0]!, other.results[0]!));
        return;
      }
    }
    const first = arms.find((arm) => this.isBeginning(arm, ids, given));
    ids.forEach((id, i) => {
      if (given[i] !== undefined) return;
      const begins = first === undefined ? '' : ` = ${first.results[i]!.text}`;
      const type = first === undefined || this.w.f.types[id] === 'buffer' ? this.w.annotation(id) : '';
      values.lines.push(`let ${planned[i]!}${type}${begins};`);
    });
    for (const arm of arms) {
      if (arm === first) continue;
      const { lines } = values.capture(() => {
        values.assign(planned.map((variable, i) => [variable, arm.results[i]!]));
      });
      arm.lines.push(...lines);
    }
    names.restore(before, planned);
    const mutated = new Set([...then.mutated, ...other.mutated, ...planned]);
    values.settle(mutated, new Set([...then.writes, ...other.writes]));
    values.write(chosen(condition, then.lines, other.lines), condition);
    values.changed(planned);
    ids.forEach((id, i) => {
      values.hold(id, planned[i]!, given[i] === undefined);
    });
  }

  /** Whether an arm does nothing: what it yields is there before, and the variables can begin with it. */
  private isBeginning({ lines, results }: Arm, ids: readonly ValueId[], given: readonly unknown[]): boolean {
    if (lines.length > 0 || !given.includes(undefined)) return false;
    return ids.every((_, i) => {
      const { text, loads } = results[i]!;
      if (given[i] !== undefined) return text === given[i];
      return loads.size === 0 && /^(?:-?\d[\d.e+-]*|[\w$.]+)$/.test(text);
    });
  }

  /** What an `if` at the end of an arm yields goes into the variables of the one around it. */
  private aim(
    arm: Block,
    around: If,
    variables: readonly string[],
    given: readonly (string | undefined)[],
  ): void {
    const last = arm.instructions.at(-1);
    if (last?.kind !== 'if') return;
    for (const id of last.ids) {
      const at = arm.results.indexOf(id);
      // What a variable held before may be read until the arm ends.
      if (at >= 0 && this.w.uses.count(id) === 1 && (given[at] === undefined || around.ids.length === 1))
        this.targets.set(id, variables[at]!);
    }
  }
}

function choice(condition: Text, then: Text, other: Text): Text {
  if (other.text === 'false') return operation('and', [condition, then]);
  if (then.text === 'true') return operation('or', [condition, other]);
  return conditional(condition, then, other);
}

/** `if … else …`, an `if` that is all of the other arm as `else if`. */
function chosen(condition: Text, then: readonly string[], other: readonly string[]): string[] {
  if (then.length === 0 && other.length === 0) return [];
  if (then.length === 0) return braced(`if (${negated(condition).text})`, other);
  const lines = braced(`if (${condition.text})`, then);
  if (other.length === 0) return lines;
  const isIf =
    /^if \(/.test(other[0]!) && other.slice(1).every((line) => line.startsWith(' ') || line.startsWith('}'));
  const single = isIf && other.filter((line) => line === '}').length === 1 && other.at(-1) === '}';
  lines.pop();
  if (single) return [...lines, `} else ${other[0]!}`, ...other.slice(1)];
  return [...lines, '} else {', ...indented(other), '}'];
}
