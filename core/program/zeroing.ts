/** How much of a new array must be zeros, where it may be one that was used before. */
import { type DefinitionOf, isCovered } from './coverage.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId } from './program.ts';
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
 * Arrays that a loop allocates in each iteration, of a length that it does not change, and fills before it reads them,
 * are allocated before it.
 */
export function hoistArrays(program: Program): Program {
  return { ...program, functions: program.functions.map(hoistInto) };
}

function hoistInto(f: ProgramFunction): ProgramFunction {
  const local = localArrays(f);
  if (local.size === 0) return f;
  const block = (source: Block): Block => {
    const instructions = source.instructions.flatMap((i): Instruction[] => {
      const inner = withBlocks(i, blocksOf(i).map(block));
      if (inner.kind !== 'loop') return [inner];
      const inside = new Set(inner.parameters);
      for (const part of blocksOf(inner)) {
        for (const each of part.instructions) for (const id of definedBy(each)) inside.add(id);
      }
      const isMoved = (each: Instruction): each is Alloc => {
        if (each.kind !== 'alloc' || inside.has(each.length)) return false;
        return each.overwritten === true || local.get(each)?.zeros === false;
      };
      const moved = inner.body.instructions.filter(isMoved);
      if (moved.length === 0) return [inner];
      const rest = inner.body.instructions.filter((each) => !isMoved(each));
      const before = moved.map((each): Alloc => ({ ...each, overwritten: true }));
      return [...before, { ...inner, body: { ...inner.body, instructions: rest } }];
    });
    return { ...source, instructions };
  };
  return { ...f, body: block(f.body) };
}

/**
 * The first element of an array, which others see afterwards, that must be made 0: those before it are stored at
 * constant indices before anything is read.
 */
export function firstZero(f: ProgramFunction, alloc: Alloc): number {
  const definitions = definitionsOf(f);
  const stored = new Set<number>();
  for (const i of f.body.instructions) {
    if (i.kind === 'store' && i.buffer === alloc.id) {
      const at = definitions(i.index);
      if (at?.kind === 'constant' && typeof at.value === 'number') stored.add(at.value);
    } else if (i.kind !== 'length' && uses(i, alloc.id)) break;
  }
  let first = 0;
  while (stored.has(first)) first++;
  return first;
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
