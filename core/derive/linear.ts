/** Integers as linear forms: Σ coefficient · atom + constant, over values and over lengths of buffers. */
import type { Instruction, ValueId } from '../program/program.ts';

export interface Linear {
  /** Coefficients, none of them 0, by atom. */
  readonly terms: ReadonlyMap<string, number>;
  readonly constant: number;
}

export type DefinitionOf = (id: ValueId) => Instruction | undefined;

/** The key of a value, or of the length of a buffer. */
export const atomOf = (id: ValueId): string => `%${id}`;
export const lengthOf = (buffer: ValueId): string => `#${buffer}`;

export function linearOf(id: ValueId, definitionOf: DefinitionOf): Linear {
  const definition = definitionOf(id);
  const atom: Linear = { terms: new Map([[atomOf(id), 1]]), constant: 0 };
  switch (definition?.kind) {
    case 'constant':
      return Number.isSafeInteger(definition.value)
        ? { terms: new Map(), constant: Number(definition.value) }
        : atom;
    case 'length':
      return { terms: new Map([[lengthOf(definition.buffer), 1]]), constant: 0 };
    case 'op': {
      const { op, args } = definition;
      if (op !== 'add' && op !== 'sub' && op !== 'mul') return atom;
      const [a, b] = args.map((arg) => linearOf(arg, definitionOf)) as [Linear, Linear];
      if (op === 'add') return combined(a, b, 1);
      if (op === 'sub') return combined(a, b, -1);
      if (a.terms.size === 0) return scaled(b, a.constant);
      return b.terms.size === 0 ? scaled(a, b.constant) : atom;
    }
    default:
      return atom;
  }
}

/** a − b, where that is a constant. */
export function difference(a: Linear, b: Linear): number | undefined {
  const { terms, constant } = combined(a, b, -1);
  return terms.size === 0 ? constant : undefined;
}

/** a + factor · b. */
export function combined(a: Linear, b: Linear, factor: number): Linear {
  const terms = new Map(a.terms);
  for (const [atom, coefficient] of b.terms) {
    const total = (terms.get(atom) ?? 0) + factor * coefficient;
    if (total === 0) terms.delete(atom);
    else terms.set(atom, total);
  }
  return { terms, constant: a.constant + factor * b.constant };
}

function scaled({ terms, constant }: Linear, factor: number): Linear {
  if (factor === 0) return { terms: new Map(), constant: 0 };
  return {
    terms: new Map([...terms].map(([atom, coefficient]) => [atom, factor * coefficient])),
    constant: factor * constant,
  };
}
