/**
 * Generating for the shape at the sample: what a stage cannot leave open (a number that has to be known, a branch whose
 * paths leave different kinds of things) is decided as the sample decides it, and a guard throws where the arguments
 * decide otherwise. Values at the sample are worked out from the operations of the Program, where they are asked for.
 */
import { type Leaf, type Site, Thrown } from '../evaluate/values.ts';
import { TABLE } from '../operations/table.ts';
import type { FunctionBuilder } from '../program/builder.ts';
import type { ValueId } from '../program/program.ts';
import type { Stage } from './stage.ts';

type Known =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'elements'; readonly elements: readonly number[] }
  | { readonly kind: 'load'; readonly buffer: ValueId; readonly index: ValueId }
  | { readonly kind: 'choice'; readonly condition: ValueId; readonly then: ValueId; readonly else: ValueId };

/** What the Program throws where the arguments are not like the sample. */
const ELSEWHERE = 'This was generated for the shape at a sample, and these arguments take another path.';
/** Operations that are followed back at most. */
const FARTHEST = 20_000;

export class Sampled {
  private readonly stage: Stage;
  /** Places of branches that are decided. */
  readonly decides: ReadonlySet<string>;
  private readonly known = new Map<ValueId, Known>();
  private readonly f: FunctionBuilder;

  constructor(stage: Stage, decides: ReadonlySet<string>) {
    this.stage = stage;
    this.decides = decides;
    this.f = stage.f;
  }

  tell(id: ValueId, known: Known): void {
    if (this.stage.f === this.f && !this.known.has(id)) this.known.set(id, known);
  }

  /** A number or truth value as the sample has it, which the Program then insists on; undefined where that is unknown. */
  decide(leaf: Leaf, site: Site): number | boolean | undefined {
    const { stage } = this;
    if (stage.f !== this.f) return undefined;
    const id = stage.id(leaf, site);
    const value = this.valueOf(id, { left: FARTHEST });
    if (value === undefined || Number.isNaN(value)) return undefined;
    const { f } = stage;
    const isTrue = value !== 0;
    const holds = leaf.type === 'boolean' ? id : f.op('eq', [id, f.constant(value)], site.location);
    this.insist(holds, leaf.type !== 'boolean' || isTrue, site);
    return leaf.type === 'boolean' ? isTrue : value;
  }

  /** From here on the condition is what it is at the sample; the Program throws elsewhere. */
  insist(condition: ValueId, isTrue: boolean, site: Site): void {
    const { f } = this.stage;
    this.stage.throws++;
    f.openBlock();
    const nothing = f.closeBlock([]);
    f.openBlock();
    f.throw(ELSEWHERE, site.location);
    const elsewhere = f.closeBlock([]);
    if (isTrue) f.if(condition, nothing, elsewhere, site.location);
    else f.if(condition, elsewhere, nothing, site.location);
    if (f.terminated) throw new Thrown(undefined, site);
  }

  private valueOf(id: ValueId, budget: { left: number }): number | undefined {
    if (budget.left-- <= 0) return undefined;
    const constant = this.f.constantOf(id);
    if (constant !== undefined) return Number(constant);
    const known = this.known.get(id);
    if (known?.kind === 'value') return known.value;
    if (known?.kind === 'choice') {
      const condition = this.valueOf(known.condition, budget);
      return condition === undefined
        ? undefined
        : this.keep(id, this.valueOf(condition !== 0 ? known.then : known.else, budget));
    }
    if (known?.kind === 'load') {
      const of = this.known.get(known.buffer);
      const index = this.valueOf(known.index, budget);
      return of?.kind === 'elements' && index !== undefined ? of.elements[index] : undefined;
    }
    const made = this.f.definition(id);
    if (made === undefined) return undefined;
    const args: number[] = [];
    for (const arg of made.args) {
      const value = this.valueOf(arg, budget);
      if (value === undefined) return undefined;
      args.push(value);
    }
    return this.keep(id, TABLE[made.op].value(...args));
  }

  private keep(id: ValueId, value: number | undefined): number | undefined {
    if (value !== undefined) this.known.set(id, { kind: 'value', value });
    return value;
  }
}
