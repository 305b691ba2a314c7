/**
 * Evaluating a function and its derivatives at given argument values: what the command line asks of core. Plain
 * data both ways, so that it crosses to a worker. The text forms are those of `gradlens gradient --jsonl`.
 */
import type { LeafPath, Sample } from '../annotations/annotation.ts';
import type { Problem } from '../problem.ts';
import type { ModuleSlice } from './model.ts';

/**
 * A JavaScript value as JSON. An object with exactly one key (two for `$typed`, `$new`, `$class`) that starts with
 * `$` stands for what JSON lacks; every other object and array is itself.
 */
export type EncodedValue =
  | null
  | boolean
  | number
  | string
  | readonly EncodedValue[]
  | { readonly $number: 'NaN' | 'Infinity' | '-Infinity' | '-0' }
  | { readonly $undefined: true }
  /** `{"$typed":"Float64Array","data":[…]}` */
  | { readonly $typed: string; readonly data: readonly EncodedValue[] }
  /** Its constructor runs in our evaluator; the leaves are its arguments. */
  | { readonly $new: string; readonly args: readonly EncodedValue[] }
  /** An instance without running its constructor; the leaves are its fields. */
  | { readonly $class: string; readonly fields: { readonly [name: string]: EncodedValue } }
  | { readonly $date: string }
  /** A function of the module, by name. */
  | { readonly $function: string }
  | { readonly $map: readonly (readonly [EncodedValue, EncodedValue])[] }
  | { readonly $set: readonly EncodedValue[] }
  | { readonly [key: string]: EncodedValue };

/**
 * Where the argument values come from: given as JSON, or a sample in the annotations' grammar (`--at`), whose
 * constants are looked up in the file. Neither ⇒ the function's parameters all have defaults.
 */
export type Arguments =
  | {
      readonly kind: 'encoded';
      /** May be shorter than the parameters: defaults apply and are no leaves. */
      readonly args: readonly EncodedValue[];
      readonly receiver?: EncodedValue | undefined;
      /**
       * Paths of the inputs: the argument's index, then keys, joined by dots (`1.2`, `0.x`); `this.x` of the receiver;
       * a key with a dot, a quote or nothing in it as a JSON string in brackets (`0["a.b"]`). Absent: all numeric
       * leaves of the arguments, depth first, in own enumerable order (the receiver's are inputs only when asked for).
       */
      readonly wrt?: readonly string[] | undefined;
    }
  | {
      readonly kind: 'sample';
      readonly sample: Sample;
      /** Absent: the default choice of inputs. */
      readonly wrt?: readonly LeafPath[] | undefined;
    };

export interface EvaluateAtRequest {
  readonly module: ModuleSlice;
  /** An exported or top-level name, `default` (also of `module.exports`), `obj.method`, `Class.method`, `Namespace.fn`. */
  readonly function: string;
  readonly arguments: Arguments;
  /**
   * Paths of the outputs in the result (`''` a returned number), or `$0.…` in the final state of an argument.
   * Absent: all numeric leaves of the result's own data properties.
   */
  readonly outputs?: readonly string[] | undefined;
  readonly hessian: boolean;
  /** Whether the answer says how much flows from each input to each output, and how much of it rounding moves. */
  readonly contributions?: boolean;
  /** Steps allowed. */
  readonly steps: number;
}

export interface Contributions {
  readonly sums: readonly (readonly number[])[];
  readonly rounding: readonly (readonly number[])[];
  /** With a Hessian of one output: by input, what flows to its second derivatives along any direction of entries up to 1. */
  readonly second?: readonly number[];
  /** Steps that the answer took. */
  readonly steps: number;
}

export interface EvaluatedAt {
  readonly kind: 'done';
  /** The outputs' values, in the order of `outputs`. */
  readonly value: readonly number[];
  /** Paths in the text form above. */
  readonly inputs: readonly string[];
  /** As the user writes them (`x1`, `p.mass`), in the order of `inputs`. */
  readonly labels: readonly string[];
  readonly outputs: readonly string[];
  /** jacobian[output][input]. */
  readonly jacobian: readonly (readonly number[])[];
  /** hessian[output][i][j]. */
  readonly hessian?: readonly (readonly (readonly number[])[])[] | undefined;
  /** By output and input: the sum of the absolute contributions of all paths, and what the path's own rounding moves. */
  readonly contributions?: Contributions;
  /** Kinks, traps and the like; never a reason to distrust `value`. */
  readonly problems: readonly Problem[];
}

export interface RefusedAt {
  readonly kind: 'refused';
  /** A Problem, or for a bad request (`BAD`) one of no diagnostic's id. */
  readonly error: Problem | { readonly id: 'BAD'; readonly message: string };
  readonly problems: readonly Problem[];
}

export type EvaluateAtResult = EvaluatedAt | RefusedAt;
