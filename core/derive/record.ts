/**
 * Where the reverse sweep gets the values of the forward sweep from. In order of preference: the value itself (where
 * it is still in scope), a constant, a count run backwards, cheap operations done again, an element read again from
 * an array that is never written; else it is recorded: pushed on a stack of its own where it is defined and popped
 * at the head of the corresponding reverse block. (Griewank and Walther, ch. 5 and 12; the set that must be recorded
 * is Hascoët's "to be recorded" set, found here by asking.)
 */
import type { Operation } from '../operations/names.ts';
import type { FunctionBuilder, Slot } from '../program/builder.ts';
import type { Block, Instruction, ValueId } from '../program/program.ts';
import { blocksOf, definedBy, instructionsIn, isTerminated, usedBy, withBlocks } from '../program/walk.ts';
import type { Activity } from './activity.ts';
import type { Primal, Region } from './primal.ts';
import { StableElements } from './stable.ts';

/** What repeating an operation costs, in additions; a push and a pop cost about LIMIT. */
const COST: Partial<Record<Operation, number>> = {
  add: 1,
  sub: 1,
  mul: 1,
  neg: 1,
  abs: 1,
  lt: 1,
  le: 1,
  gt: 1,
  ge: 1,
  eq: 1,
  ne: 1,
  not: 1,
  and: 1,
  or: 1,
  select: 1,
  toNumber: 1,
  truthy: 1,
  max: 2,
  min: 2,
  floor: 2,
  trunc: 2,
  sign: 2,
  div: 3,
  sqrt: 4,
};
const TRANSCENDENTAL = 12;
export function costOf(op: Operation): number {
  return COST[op] ?? TRANSCENDENTAL;
}

/** Inside loops, and in functions of their own. */
const LIMIT = 6;
/** In an arm whose branch can yield the value: a variable costs nothing. */
const LIMIT_IN_ARMS = 2;

/** A reverse block under construction, and what is known in it of the forward values of its region. */
interface Scope {
  readonly depth: number;
  /** Its head, where the values recorded at the end of the forward block are taken back. */
  readonly head: Slot;
  readonly values: Map<ValueId, ValueId>;
  /** Values to be computed on demand: counts. */
  readonly recipes: Map<ValueId, () => ValueId>;
}

export class Records {
  private readonly f: FunctionBuilder;
  private readonly primal: Primal;
  readonly stable: StableElements;
  private readonly newStack: () => number;
  /** The forward sweep's own block is that of this very function. */
  private readonly sameFunction: boolean;
  /** Values to be computed again at any cost. */
  private readonly recompute: ReadonlySet<ValueId>;
  /** Adjoints of arrays that live within a block: the reverse block makes them, all 0, as the forward sweep has no use for them. */
  private readonly ownShadows: ReadonlySet<ValueId>;
  private readonly scopes = new Map<Region, Scope>();
  /** The stack of each value recorded. */
  readonly stacks = new Map<ValueId, number>();
  /** What else branches yield: `id` where the arm was taken that defines `value`. */
  private readonly yields = new Map<
    Instruction,
    { readonly id: ValueId; readonly value: ValueId; readonly arm: Block }[]
  >();
  private readonly yielded = new Map<ValueId, ValueId>();

  constructor(
    f: FunctionBuilder,
    primal: Primal,
    activity: Activity,
    newStack: () => number,
    sameFunction: boolean,
    recompute: ReadonlySet<ValueId>,
  ) {
    this.recompute = recompute;
    this.f = f;
    this.primal = primal;
    this.stable = new StableElements(primal, activity);
    this.newStack = newStack;
    this.sameFunction = sameFunction;
    this.ownShadows = shadowsUnused(primal);
  }

  /** The loops whose reverse runs within each iteration. */
  readonly fused = new Set<Region>();

  /** Begins the reverse block of a region: the block now open. */
  open(region: Region): Scope {
    const scope: Scope = { depth: this.f.depth, head: this.f.slot(), values: new Map(), recipes: new Map() };
    this.scopes.set(region, scope);
    return scope;
  }

  close(region: Region): void {
    this.scopes.delete(region);
  }

  /** The value that `id` had in the forward sweep. */
  need(id: ValueId): ValueId {
    const { f } = this;
    const region = this.primal.regionOf(id);
    if (this.isDirect(id)) return id;
    const definition = this.primal.definition(id);
    if (definition?.kind === 'constant') return f.constant(definition.value);
    const scope = this.scopes.get(region);
    if (!scope) throw new Error(`${f.name}: %${id} is needed outside its reverse block`);
    const known = scope.values.get(id);
    if (known !== undefined) return known;
    const value = f.within(scope.depth, () => {
      const recipe = scope.recipes.get(id);
      if (recipe) return recipe();
      if (definition?.kind === 'alloc' && this.ownShadows.has(id))
        return f.alloc(this.need(definition.length), definition.typed, undefined, { adjoint: true });
      if (this.recompute.has(id) || this.cost(id, this.limit(region)) <= this.limit(region))
        return this.repeat(id, definition!);
      const yielded = this.yieldOf(id, region);
      if (yielded !== undefined) return yielded;
      return f.pop(this.stackOf(id), this.primal.f.types[id]!, scope.head);
    });
    scope.values.set(id, value);
    const name = this.primal.f.names.get(id);
    if (name !== undefined) f.setName(value, name);
    return value;
  }

  /**
   * Adds the pushes to a block of the forward sweep, of `others` too. They stand at its end, as the pops stand at the
   * head of the reverse block, so that what a recursive call within pushes is popped in between.
   */
  weave(instructions: readonly Instruction[], others: readonly ValueId[]): Instruction[] {
    const woven = instructions.map((i) => this.weaveInstruction(i));
    if (isTerminated({ instructions: woven, results: [] })) return woven;
    const pushes = [...others, ...instructions.flatMap(definedBy)].flatMap((value) => {
      const stack = this.stacks.get(value);
      return stack === undefined ? [] : [{ kind: 'push' as const, stack, value }];
    });
    return [...woven, ...pushes];
  }

  /** Whether the value itself can be used: in the function that computes it, where it is in scope. */
  private isDirect(id: ValueId): boolean {
    if (!this.sameFunction) return false;
    return this.primal.regionOf(id).parent === undefined || this.f.isVisible(id);
  }

  /** The value as a result of the branches around it, where what is around these is in scope. */
  private yieldOf(id: ValueId, region: Region): ValueId | undefined {
    const known = this.yielded.get(id);
    if (known !== undefined) return known;
    const { branch, parent } = region;
    if (!this.sameFunction || branch === undefined || parent === undefined) return undefined;
    const type = this.primal.f.types[id]!;
    if (type === 'buffer' || !this.isOpen(parent)) return undefined;
    // Where the other arm is taken; a constant must be there before the woven block is.
    this.f.constant(type === 'boolean' ? false : 0);
    let value = id;
    for (let around: Region | undefined = region; around?.branch; around = around.parent) {
      const regions = this.primal.armRegions(around.branch);
      const arm = blocksOf(around.branch)[regions.indexOf(around)]!;
      const outer = this.f.reserveId(type);
      const others = this.yields.get(around.branch) ?? [];
      this.yields.set(around.branch, [...others, { id: outer, value, arm }]);
      value = outer;
      if (around.parent === undefined || !around.parent.branch) break;
    }
    this.yielded.set(id, value);
    return value;
  }

  /** Whether the region, or that around the branches that it is in, is being swept in the function's own block or a fused loop. */
  private isOpen(region: Region): boolean {
    let around: Region | undefined = region;
    while (around?.branch) around = around.parent;
    return around !== undefined && (around.parent === undefined || this.fused.has(around));
  }

  private weaveInstruction(instruction: Instruction): Instruction {
    const weaveBlock = (block: Block, others: readonly ValueId[]): Block => ({
      ...block,
      instructions: this.weave(block.instructions, others),
    });
    if (instruction.kind === 'if') {
      const more = this.yields.get(instruction) ?? [];
      const arms = blocksOf(instruction).map((arm) => {
        const woven = weaveBlock(arm, []);
        const values = more.map(({ value, arm: own }) =>
          own === arm ? value : this.f.constant(this.f.typeOf(value) === 'boolean' ? false : 0),
        );
        return isTerminated(woven) ? woven : { ...woven, results: [...woven.results, ...values] };
      });
      return withBlocks({ ...instruction, ids: [...instruction.ids, ...more.map(({ id }) => id)] }, arms);
    }
    if (instruction.kind !== 'loop') return instruction;
    // What the test defines is pushed by the body, which runs as often as the reverse loop.
    const tested = [...instruction.parameters, ...instruction.test.instructions.flatMap(definedBy)];
    return withBlocks(instruction, [instruction.test, weaveBlock(instruction.body, tested)]);
  }

  private stackOf(id: ValueId): number {
    const stack = this.newStack();
    this.stacks.set(id, stack);
    return stack;
  }

  private limit(region: Region): number {
    if (!this.sameFunction) return LIMIT;
    return region.branch && this.isOpen(region) ? LIMIT_IN_ARMS : LIMIT;
  }

  /** What it costs to have a value without recording it; more than `limit` where it must be recorded. */
  private cost(id: ValueId, limit: number): number {
    if (this.isDirect(id) || this.yielded.has(id)) return 0;
    const definition = this.primal.definition(id);
    if (definition?.kind === 'constant') return 0;
    const scope = this.scopes.get(this.primal.regionOf(id));
    if (scope?.values.has(id)) return 0;
    if (scope?.recipes.has(id) || this.recompute.has(id)) return 1;
    const place = this.stable.placeOf(id);
    if (place) {
      const again = 2 + this.cost(place.buffer, limit) + this.cost(place.index, limit);
      if (again <= limit) return again;
    }
    switch (definition?.kind) {
      case 'op': {
        let total = costOf(definition.op);
        for (const arg of definition.args) {
          if (total > limit) break;
          total += this.cost(arg, limit - total);
        }
        return total;
      }
      case 'load': {
        if (!this.stable.isStable(definition)) return Infinity;
        return 2 + this.cost(definition.buffer, limit) + this.cost(definition.index, limit);
      }
      case 'length':
        return 1 + this.cost(definition.buffer, limit);
      default:
        return Infinity;
    }
  }

  private repeat(id: ValueId, definition: Instruction): ValueId {
    const { f } = this;
    const place = this.stable.placeOf(id);
    if (place && (definition.kind !== 'op' || costOf(definition.op) > 2) && !this.recompute.has(id)) {
      const costs = [place.buffer, place.index].map((part) => this.cost(part, LIMIT));
      if (costs[0]! + costs[1]! <= LIMIT)
        return f.load(this.need(place.buffer), this.need(place.index), place.at);
    }
    switch (definition.kind) {
      case 'op':
        return f.op(
          definition.op,
          definition.args.map((arg) => this.need(arg)),
          definition.at,
        );
      case 'load':
        return f.load(this.need(definition.buffer), this.need(definition.index), definition.at);
      case 'length':
        return f.length(this.need(definition.buffer));
      default:
        throw new Error(`a ${definition.kind} cannot be repeated`);
    }
  }
}

/** Arrays of adjoints that nothing of the forward sweep passes on. */
function shadowsUnused({ f, shadows }: Primal): Set<ValueId> {
  const unused = new Set(shadows.values());
  const use = (ids: readonly ValueId[]) => {
    for (const id of ids) unused.delete(id);
  };
  use(f.body.results);
  use(f.parameters.map((p) => p.id));
  for (const i of instructionsIn(f.body)) {
    use(usedBy(i));
    for (const block of blocksOf(i)) use(block.results);
    if (i.kind === 'loop') use(i.parameters);
    if (i.kind !== 'alloc') use(definedBy(i));
  }
  return unused;
}

/** The active numbers that an instruction's blocks read and do not define. */
export function outerActives(instruction: Instruction, isActive: (id: ValueId) => boolean): ValueId[] {
  const used = new Set<ValueId>();
  const defined = new Set<ValueId>();
  const visit = (block: Block) => {
    for (const i of block.instructions) {
      for (const id of definedBy(i)) defined.add(id);
      if (i.kind === 'loop') for (const id of i.parameters) defined.add(id);
      for (const id of usedBy(i)) used.add(id);
      for (const inner of blocksOf(i)) visit(inner);
    }
    for (const id of block.results) used.add(id);
  };
  if (instruction.kind === 'loop') for (const id of instruction.parameters) defined.add(id);
  for (const block of blocksOf(instruction)) visit(block);
  return [...used].filter((id) => !defined.has(id) && isActive(id));
}
