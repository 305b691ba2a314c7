/** Which numbers of a function are integers for certain, and small enough for sums of them to be exact. */
import type { Instruction, ValueId } from '../program/program.ts';

type Loop = Extract<Instruction, { kind: 'loop' }>;

/** What counters and lengths stay below, and what a carried value does that grows by small steps: nothing runs longer. */
const COUNTED = 2 ** 40;
const CARRIED = 2 ** 50;
const LARGEST_STEP = 2 ** 16;
const BITS = 2 ** 32;

export class WholeNumbers {
  private readonly definition: (id: ValueId) => Instruction | undefined;
  private readonly loopOf: (parameter: ValueId) => Loop | undefined;
  private readonly counted: ReadonlySet<ValueId>;
  /** How large each may be; infinite of what may be no integer. */
  private known = new Map<ValueId, number>();
  private readonly none = new Set<ValueId>();

  /** `loopOf`: which loop carries a value. `counted` may grow. */
  constructor(
    definition: (id: ValueId) => Instruction | undefined,
    loopOf: (parameter: ValueId) => Loop | undefined,
    counted: ReadonlySet<ValueId>,
  ) {
    this.definition = definition;
    this.loopOf = loopOf;
    this.counted = counted;
  }

  has(id: ValueId): boolean {
    return this.magnitude(id) <= Number.MAX_SAFE_INTEGER;
  }

  private magnitude(id: ValueId): number {
    if (this.counted.has(id)) return COUNTED;
    if (this.none.has(id)) return Infinity;
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const loop = this.loopOf(id);
    if (loop !== undefined) return this.carried(id, loop, loop.parameters.indexOf(id));
    const found = this.made(id);
    this.known.set(id, found);
    return found;
  }

  /** Whether it is one follows from its being one before; what was concluded from that goes where it does not hold. */
  private carried(id: ValueId, loop: Loop, at: number): number {
    this.known.set(id, CARRIED);
    const next = loop.body.results[at];
    const all = [loop.initial[at]!, ...(next === undefined ? [] : [next])];
    if (all.every((each) => this.magnitude(each) <= CARRIED + LARGEST_STEP)) return CARRIED;
    this.none.add(id);
    this.known = new Map();
    return Infinity;
  }

  private made(id: ValueId): number {
    const made = this.definition(id);
    switch (made?.kind) {
      case 'constant':
        return Number.isSafeInteger(made.value) ? Math.abs(made.value as number) : Infinity;
      case 'length':
        return BITS;
      case 'loop':
        return this.magnitude(made.parameters[made.ids.indexOf(id)]!);
      case 'if': {
        const at = made.ids.indexOf(id);
        const arms = [made.then, made.else].flatMap(({ results }) => results[at] ?? []);
        return Math.max(...arms.map((arm) => this.magnitude(arm)));
      }
      case 'op':
        return this.computed(made);
      default:
        return Infinity;
    }
  }

  private computed({ op, args }: Extract<Instruction, { kind: 'op' }>): number {
    switch (op) {
      case 'bitand':
      case 'bitor':
      case 'bitxor':
      case 'bitnot':
      case 'shl':
      case 'shr':
      case 'ushr':
      case 'imul':
      case 'clz32':
        return BITS;
      case 'add':
      case 'sub':
      case 'neg':
        return args.reduce((total, arg) => total + this.magnitude(arg), 0);
      case 'mul':
        return args.some((arg) => this.isPositiveConstant(arg))
          ? args.reduce((total, arg) => total * this.magnitude(arg), 1)
          : Infinity;
      default:
        return Infinity;
    }
  }

  /** Products with others may be −0. */
  private isPositiveConstant(id: ValueId): boolean {
    const made = this.definition(id);
    return made?.kind === 'constant' && Number(made.value) > 0;
  }
}
