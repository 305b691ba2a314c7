/** Matching by backtracking over instructions (ECMA-262 §22.2.2), with a stack of its own and every step counted. */
import type { Instruction, Pattern } from './pattern.ts';

/** Start and end of each group: −1 where it took no part. */
export interface Found {
  readonly index: number;
  readonly end: number;
  readonly groups: readonly (readonly [number, number] | undefined)[];
}

/** Steps between two reports to the budget. */
const REPORTED = 512;

/** The first match from `from` on, or at `from` alone. `spend` may throw. */
export function find(
  pattern: Pattern,
  text: string,
  from: number,
  sticky: boolean,
  spend: (steps: number) => void,
): Found | undefined {
  const matcher = new Matcher(pattern, text, spend);
  for (let index = from; index <= text.length; index++) {
    const end = matcher.at(index);
    if (end >= 0) return { index, end, groups: matcher.groups() };
    if (sticky) return undefined;
    // In Unicode mode no match begins inside a pair.
    if (pattern.unicode && text.codePointAt(index)! > 0xffff) index++;
  }
  return undefined;
}

class Matcher {
  private readonly pattern: Pattern;
  private readonly text: string;
  private readonly spend: (steps: number) => void;
  private readonly registers: Int32Array;
  /** Two entries a group. */
  private readonly captured: Int32Array;
  /** What was overwritten since: place (captures behind registers) and value. */
  private readonly trail: number[] = [];
  private steps = 0;

  constructor(pattern: Pattern, text: string, spend: (steps: number) => void) {
    this.pattern = pattern;
    this.text = text;
    this.spend = spend;
    this.registers = new Int32Array(pattern.registers);
    this.captured = new Int32Array(2 * pattern.groups).fill(-1);
  }

  at(index: number): number {
    this.captured.fill(-1);
    this.trail.length = 0;
    return this.run(0, index);
  }

  groups(): (readonly [number, number] | undefined)[] {
    return Array.from({ length: this.pattern.groups }, (_, i) =>
      this.captured[2 * i]! < 0 ? undefined : ([this.captured[2 * i]!, this.captured[2 * i + 1]!] as const),
    );
  }

  private register(i: number, value: number): void {
    this.trail.push(i, this.registers[i]!);
    this.registers[i] = value;
  }

  private capture(i: number, value: number): void {
    this.trail.push(this.registers.length + i, this.captured[i]!);
    this.captured[i] = value;
  }

  private undo(length: number): void {
    const { trail, registers, captured } = this;
    while (trail.length > length) {
      const value = trail.pop()!;
      const place = trail.pop()!;
      if (place < registers.length) registers[place] = value;
      else captured[place - registers.length] = value;
    }
  }

  /** The next character's code, −1 at the border; `width` is how far it reaches. */
  private width = 1;
  private read(position: number, backward: boolean): number {
    const { text } = this;
    this.width = 1;
    if (backward) {
      if (position <= 0) return -1;
      const code = text.charCodeAt(position - 1);
      if (!this.pattern.unicode || code < 0xdc00 || code > 0xdfff || position < 2) return code;
      const pair = text.codePointAt(position - 2)!;
      if (pair <= 0xffff) return code;
      this.width = 2;
      return pair;
    }
    if (position >= text.length) return -1;
    if (!this.pattern.unicode) return text.charCodeAt(position);
    const code = text.codePointAt(position)!;
    if (code > 0xffff) this.width = 2;
    return code;
  }

  /** The position behind the match of what begins at `pc`, or −1. */
  private run(first: number, from: number): number {
    const { code } = this.pattern;
    // Alternatives: instruction, position, length of the trail; for runs the last position that is left to try.
    const stack: number[] = [];
    const base = this.trail.length;
    let pc = first;
    let position = from;
    for (;;) {
      if (++this.steps % REPORTED === 0) this.spend(REPORTED);
      const instruction = code[pc]!;
      let ok = true;
      switch (instruction.op) {
        case 'accept':
          return position;
        case 'character': {
          const { backward } = instruction;
          const c = this.read(position, backward);
          ok = c >= 0 && instruction.test(c);
          position += backward ? -this.width : this.width;
          pc++;
          break;
        }
        case 'run': {
          const reached = this.runs(instruction, position);
          const least = position + instruction.min;
          ok = reached >= least;
          pc++;
          if (!ok) break;
          if (reached > least)
            stack.push(
              pc,
              instruction.greedy ? reached - 1 : least + 1,
              this.trail.length,
              instruction.greedy ? least : reached,
            );
          position = instruction.greedy ? reached : least;
          break;
        }
        case 'split':
          stack.push(instruction.second, position, this.trail.length, position);
          pc = instruction.first;
          break;
        case 'jump':
          pc = instruction.to;
          break;
        case 'mark':
          this.register(instruction.register, position);
          pc++;
          break;
        case 'capture': {
          const start = this.registers[instruction.register]!;
          this.capture(2 * instruction.group, instruction.backward ? position : start);
          this.capture(2 * instruction.group + 1, instruction.backward ? start : position);
          pc++;
          break;
        }
        case 'set':
          this.register(instruction.register, 0);
          pc++;
          break;
        case 'loop': {
          const count = this.registers[instruction.count]!;
          const more = count < instruction.max;
          const may = count >= instruction.min;
          if (!more) {
            pc = instruction.exit;
            break;
          }
          if (may && !instruction.greedy && this.lazily !== pc) {
            // The way into the body is tried last: marked by a negative instruction.
            stack.push(-pc - 1, position, this.trail.length, position);
            pc = instruction.exit;
            break;
          }
          if (may && instruction.greedy) stack.push(instruction.exit, position, this.trail.length, position);
          this.lazily = -1;
          this.register(instruction.count, count + 1);
          this.register(instruction.start, position);
          for (let g = instruction.groups[0]; g <= instruction.groups[1]; g++) {
            if (this.captured[2 * g]! < 0) continue;
            this.capture(2 * g, -1);
            this.capture(2 * g + 1, -1);
          }
          pc++;
          break;
        }
        case 'again':
          ok =
            this.registers[instruction.count]! <= instruction.min ||
            position !== this.registers[instruction.start]!;
          pc = instruction.head;
          break;
        case 'start':
          ok = position === 0 || (this.pattern.multiline && isLineEnd(this.text.charCodeAt(position - 1)));
          pc++;
          break;
        case 'end':
          ok =
            position === this.text.length ||
            (this.pattern.multiline && isLineEnd(this.text.charCodeAt(position)));
          pc++;
          break;
        case 'boundary':
          ok = this.atBoundary(position) !== instruction.negated;
          pc++;
          break;
        case 'same': {
          const reached = this.again(instruction.groups, position, instruction.backward);
          ok = reached >= 0;
          if (ok) position = reached;
          pc++;
          break;
        }
        case 'look': {
          const mark = this.trail.length;
          const reached = this.run(instruction.body, position);
          ok = reached >= 0 !== instruction.negated;
          if (instruction.negated || reached < 0) this.undo(mark);
          pc = instruction.after;
        }
      }
      if (ok) continue;
      if (stack.length === 0) {
        this.undo(base);
        return -1;
      }
      const last = stack.pop()!;
      const mark = stack.pop()!;
      position = stack.pop()!;
      pc = stack.pop()!;
      this.undo(mark);
      if (position !== last) stack.push(pc, position < last ? position + 1 : position - 1, mark, last);
      if (pc < 0) {
        pc = -pc - 1;
        this.lazily = pc;
      }
    }
  }

  /** The loop whose body is entered now, having been left first. */
  private lazily = -1;

  /** How far a run of single characters reaches; −1 where it is too short. */
  private runs(instruction: Instruction & { op: 'run' }, position: number): number {
    const { text } = this;
    const { test, max } = instruction;
    const end = Math.min(text.length, position + max);
    let i = position;
    while (i < end && test(text.charCodeAt(i))) i++;
    this.steps += (i - position) >> 3;
    if (i - position > 4096) this.spend((i - position) >> 3);
    return i - position < instruction.min ? -1 : i;
  }

  private atBoundary(position: number): boolean {
    const { text } = this;
    const { isWord } = this.pattern;
    const before = position > 0 && isWord(text.charCodeAt(position - 1));
    const after = position < text.length && isWord(text.charCodeAt(position));
    return before !== after;
  }

  /** What a group has matched, once more. */
  private again(groups: readonly number[], position: number, backward: boolean): number {
    const group = groups.find((g) => this.captured[2 * g]! >= 0);
    if (group === undefined) return position;
    const start = this.captured[2 * group]!;
    const length = this.captured[2 * group + 1]! - start;
    const from = backward ? position - length : position;
    if (from < 0 || from + length > this.text.length) return -1;
    this.steps += length >> 2;
    const { text } = this;
    for (let i = 0; i < length; ) {
      const a = this.pattern.unicode ? text.codePointAt(start + i)! : text.charCodeAt(start + i);
      const b = this.pattern.unicode ? text.codePointAt(from + i)! : text.charCodeAt(from + i);
      if (!this.pattern.same(a, b)) return -1;
      i += a > 0xffff ? 2 : 1;
    }
    return backward ? from : position + length;
  }
}

/** LineTerminator. */
function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}
