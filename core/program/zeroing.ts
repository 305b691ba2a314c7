/** How much of a new array must be zeros, where it may be one that was used before. */
import { type DefinitionOf, isCovered } from './coverage.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId, ValueType } from './program.ts';
import { blocksOf, definedBy, instructionsIn, usedBy, withBlocks } from './walk.ts';

type Alloc = Extract<Instruction, { kind: 'alloc' }>;

/** Arrays that stay within the function, by their allocation, and whether they must begin with zeros. */
export function localArrays(f: ProgramFunction): ReadonlyMap<Instruction, { readonly zeros: boolean }> {
  const definitions = definitionsOf(f);
  const found = new Map<Instruction, { readonly zeros: boolean }>();
  const escaped = new Set<ValueId>(f.body.results);
  for (const i of instructionsIn(f.body)) {
    const buffers = i.kind === 'load' || i.kind === 'store' || i.kind === 'length';
    if (!buffers) for (const id of usedBy(i)) escaped.add(id);
    for (const block of blocksOf(i)) for (const id of block.results) escaped.add(id);
  }
  const visit = (block: Block) => {
    for (const i of block.instructions) {
      if (i.kind === 'alloc' && !escaped.has(i.id))
        found.set(i, { zeros: !i.overwritten && !covers(block, i, definitions) });
      for (const inner of blocksOf(i)) visit(inner);
    }
  };
  visit(f.body);
  return found;
}

/**
 * Arrays that a loop allocates in each iteration, of a length that it does not change, are allocated before it, and
 * cleared where they are not filled before they are read.
 */
export function hoistArrays(program: Program): Program {
  return { ...program, functions: program.functions.map((f) => new Hoisting(f).run()) };
}

class Hoisting {
  private readonly f: ProgramFunction;
  private readonly local: ReadonlyMap<Instruction, { readonly zeros: boolean }>;
  private readonly types: ValueType[];

  constructor(f: ProgramFunction) {
    this.f = f;
    this.local = localArrays(f);
    this.types = [...f.types];
  }

  run(): ProgramFunction {
    if (this.local.size === 0) return this.f;
    const body = this.block(this.f.body);
    return { ...this.f, body, types: this.types };
  }

  private block(source: Block): Block {
    const instructions = source.instructions.flatMap((i): Instruction[] => {
      const inner = withBlocks(
        i,
        blocksOf(i).map((each) => this.block(each)),
      );
      if (inner.kind !== 'loop') return [inner];
      const inside = new Set(inner.parameters);
      for (const part of blocksOf(inner)) {
        for (const each of part.instructions) for (const id of definedBy(each)) inside.add(id);
      }
      const isMoved = (each: Instruction): each is Alloc =>
        each.kind === 'alloc' && !inside.has(each.length) && (each.overwritten || this.local.has(each));
      const moved = inner.body.instructions.filter(isMoved);
      if (moved.length === 0) return [inner];
      const rest = inner.body.instructions.flatMap((each) => {
        if (!isMoved(each)) return [each];
        return each.overwritten || this.local.get(each)?.zeros === false ? [] : this.clearing(each);
      });
      const before = moved.map((each): Alloc => ({ ...each, overwritten: true }));
      return [...before, { ...inner, body: { ...inner.body, instructions: rest } }];
    });
    return { ...source, instructions };
  }

  private fresh(type: ValueType): ValueId {
    this.types.push(type);
    return this.types.length - 1;
  }

  /** A loop that stores zeros. */
  private clearing({ id: buffer, length }: Alloc): Instruction[] {
    const [zero, one, i, final, next] = Array.from({ length: 5 }, () => this.fresh('number')) as [
      ValueId,
      ValueId,
      ValueId,
      ValueId,
      ValueId,
    ];
    const goes = this.fresh('boolean');
    return [
      { kind: 'constant', id: zero, value: 0 },
      { kind: 'constant', id: one, value: 1 },
      {
        kind: 'loop',
        ids: [final],
        initial: [zero],
        parameters: [i],
        test: { instructions: [{ kind: 'op', id: goes, op: 'lt', args: [i, length] }], results: [goes] },
        body: {
          instructions: [
            { kind: 'store', buffer, index: i, value: zero },
            { kind: 'op', id: next, op: 'add', args: [i, one] },
          ],
          results: [next],
        },
      },
    ];
  }
}

/** The array that a loop does nothing but clear, all of it. */
export function clearedBy(loop: Instruction, definitionOf: DefinitionOf): ValueId | undefined {
  if (loop.kind !== 'loop' || loop.parameters.length !== 1) return undefined;
  const [test, ...others] = loop.test.instructions;
  const [store, step, ...more] = loop.body.instructions;
  if (test?.kind !== 'op' || test.op !== 'lt' || store?.kind !== 'store' || step?.kind !== 'op')
    return undefined;
  const constant = (id: ValueId) => {
    const made = definitionOf(id);
    return made?.kind === 'constant' ? made.value : undefined;
  };
  const [counter] = loop.parameters;
  const counts = test.args[0] === counter && store.index === counter && step.args[0] === counter;
  if (others.length + more.length > 0 || !counts || step.op !== 'add' || constant(step.args[1]!) !== 1)
    return undefined;
  const made = definitionOf(store.buffer);
  const whole = made?.kind === 'alloc' && made.length === test.args[1] && constant(loop.initial[0]!) === 0;
  return whole && Object.is(constant(store.value), 0) ? store.buffer : undefined;
}

/** So many elements between others are made 0 one by one. */
const SINGLE = 3;

/**
 * The elements of an array, which others see afterwards, that must be made 0: all from `first` on, and `single` ones
 * before. The others are stored at constant indices before anything is read.
 */
export function zerosOf(
  f: ProgramFunction,
  alloc: Alloc,
): { readonly first: number; readonly single: readonly number[] } {
  const definitions = definitionsOf(f);
  const stored = new Set<number>();
  for (const i of f.body.instructions) {
    if (i.kind === 'store' && i.buffer === alloc.id) {
      const at = definitions(i.index);
      if (at?.kind === 'constant' && typeof at.value === 'number') stored.add(at.value);
    } else if (i.kind !== 'length' && uses(i, alloc.id)) break;
  }
  let first = 0;
  const single: number[] = [];
  for (let at = 0; single.length <= SINGLE && at - single.length < stored.size; at++) {
    if (!stored.has(at)) single.push(at);
    else first = at + 1;
  }
  return { first, single: single.filter((at) => at < first) };
}

function covers(block: Block, alloc: Alloc, definitionOf: DefinitionOf): boolean {
  const constantOf = (id: ValueId) => {
    const definition = definitionOf(id);
    return definition?.kind === 'constant' ? definition.value : undefined;
  };
  const after = block.instructions.slice(block.instructions.indexOf(alloc) + 1);
  return isCovered({ instructions: after, results: [] }, alloc.id, constantOf, definitionOf);
}

function definitionsOf(f: ProgramFunction): DefinitionOf {
  const definitions = new Map<ValueId, Instruction>();
  for (const i of instructionsIn(f.body)) for (const id of definedBy(i)) definitions.set(id, i);
  return (id) => definitions.get(id);
}

function uses(i: Instruction, id: ValueId): boolean {
  if (usedBy(i).includes(id)) return true;
  return blocksOf(i).some(
    (block) => block.results.includes(id) || block.instructions.some((each) => uses(each, id)),
  );
}
