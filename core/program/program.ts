/**
 * A Program: structured SSA. What the stage yields, what `derive` differentiates, what `generate` and the formulas
 * read. Values are numbered within their function; each is defined once, before its uses, in its own block or an
 * enclosing one. Buffers are the only mutable thing: arrays of numbers with load, store and a symbolic length.
 */
import type { Operation } from '../operations/names.ts';
import type { Location } from '../source/span.ts';

export type ValueId = number;
export type ValueType = 'number' | 'boolean' | 'buffer';

export interface Program {
  readonly functions: readonly ProgramFunction[];
  /** Index of the function that is the whole. */
  readonly entry: number;
}

export interface ProgramParameter {
  readonly id: ValueId;
  readonly type: ValueType;
  /** How the user writes it: `x`, `p.mass`, `x[0]`. */
  readonly name: string;
  /** The leaf it stands for: parameter index, then keys; `['this', …]` for a receiver. A buffer is the whole array. */
  readonly path: readonly (string | number)[];
  /** A buffer's typed-array constructor (`Float32Array` rounds what is stored); absent for plain arrays. */
  readonly typed?: string;
  /** Or a typed array of one of these kinds, which makes no difference to the function. */
  readonly also?: readonly string[];
  /** Of nested arrays: at which places of the path stands '*', for the elements of an array. See `docs/staging.md`. */
  readonly each?: readonly number[];
  /** A length: of the array, or with `each` of all the arrays, above the last key of the path. No input of derivatives. */
  readonly extent?: true;
  /** What it is where callers leave it out. */
  readonly default?: Default;
  /** The sample leaves it out: constant, unless it is asked for by name. */
  readonly omitted?: true;
  /** It may be left out, and is NaN then. */
  readonly optional?: true;
  /** Whether the optional parameter is given that stands above the last key of the path. */
  readonly presence?: true;
  /** All arguments from its index on, which the derivative takes as one array. */
  readonly rest?: true;
}

/** The default of a parameter: a constant, or the length of another parameter, by its index. */
export type Default = number | boolean | { readonly array: readonly number[] } | { readonly length: number };

export interface ProgramResult {
  readonly path: readonly (string | number)[];
  readonly type: ValueType;
  /** As of parameters: nested arrays in one buffer, row by row, and their lengths, which are no outputs to be differentiated. */
  readonly each?: readonly number[];
  readonly extent?: true;
}

export interface ProgramFunction {
  readonly name: string;
  readonly parameters: readonly ProgramParameter[];
  readonly body: Block;
  /** The body's results, in order, with what each is: [] is a returned number, ['x'] a field of a returned record. */
  readonly results: readonly ProgramResult[];
  /** Type of every value, by id. */
  readonly types: readonly ValueType[];
  /** The user's variable name for a value, where it has one. */
  readonly names: ReadonlyMap<ValueId, string>;
}

/**
 * A block is *terminated* when its last instruction is a `throw`, or an `if` both of whose arms are terminated: it
 * never yields, and its results are empty.
 */
export interface Block {
  readonly instructions: readonly Instruction[];
  readonly results: readonly ValueId[];
}

export type Instruction =
  | { readonly kind: 'constant'; readonly id: ValueId; readonly value: number | boolean }
  | {
      readonly kind: 'op';
      readonly id: ValueId;
      readonly op: Operation;
      readonly args: readonly ValueId[];
      readonly at?: Location;
    }
  /** ids = results of the arm taken; a terminated arm has none, and none are missed. */
  | {
      readonly kind: 'if';
      readonly ids: readonly ValueId[];
      readonly condition: ValueId;
      readonly then: Block;
      readonly else: Block;
      readonly at?: Location;
    }
  /**
   * carried := initial; while (test(carried)) carried := body(carried); ids := carried.
   * `parameters` are the carried values inside both blocks; test.results is one boolean; values defined in `test`
   * are visible in `body`; body.results are the next carried values.
   */
  | {
      readonly kind: 'loop';
      readonly ids: readonly ValueId[];
      readonly initial: readonly ValueId[];
      readonly parameters: readonly ValueId[];
      readonly test: Block;
      readonly body: Block;
      readonly at?: Location;
    }
  | {
      readonly kind: 'call';
      readonly ids: readonly ValueId[];
      readonly function: number;
      readonly args: readonly ValueId[];
      readonly at?: Location;
    }
  /** A new buffer of `length` zeros, `length` a non-negative integer (typed: a Float32Array rounds what is stored). */
  | {
      readonly kind: 'alloc';
      readonly id: ValueId;
      readonly length: ValueId;
      readonly typed?: string;
      /** Every element is stored before it is read, whoever made it known: what it held before does not matter. */
      readonly overwritten?: true;
      /** It holds adjoints, whose zeros have no sign that matters. */
      readonly adjoint?: true;
      readonly at?: Location;
    }
  | {
      readonly kind: 'load';
      readonly id: ValueId;
      readonly buffer: ValueId;
      readonly index: ValueId;
      readonly at?: Location;
    }
  | {
      readonly kind: 'store';
      readonly buffer: ValueId;
      readonly index: ValueId;
      readonly value: ValueId;
      readonly at?: Location;
    }
  | { readonly kind: 'length'; readonly id: ValueId; readonly buffer: ValueId }
  /** Stacks record what a reverse sweep needs; made by derive only. Last in, first out. */
  | { readonly kind: 'push'; readonly stack: number; readonly value: ValueId }
  | { readonly kind: 'pop'; readonly id: ValueId; readonly stack: number }
  /** The program ends here with an error of the user's own. */
  | { readonly kind: 'throw'; readonly message: string; readonly at?: Location };
