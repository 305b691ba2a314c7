/**
 * The seam between JavaScript's meaning, which the evaluator knows, and what is done with numbers that are not
 * simply known. A trace has them active at a sample; a stage has them unknown.
 */
import type { Operation } from '../operations/names.ts';
import type { Closure, Code } from './functions.ts';
import type { JsArray, JsBuffer, JsObject, JsTypedArray, TypedKind } from './objects.ts';
import type { Leaf, Site, Value } from './values.ts';

/** How a statement ended; undefined is normally. Exceptions travel as host exceptions (see ARCHITECTURE.md). */
export type Completion = undefined | Abrupt | Split;
export interface Abrupt {
  /** `suspend`: a generator yields; it is taken up where it was left. */
  readonly kind: 'return' | 'break' | 'continue' | 'suspend';
  readonly label: string | undefined;
}
/**
 * Ended abruptly in one of several ways, each where its flag holds (at most one does), and normally where none holds.
 * Only a stage makes these.
 */
export interface Split {
  readonly kind: 'split';
  readonly outcomes: readonly { readonly when: Leaf; readonly completion: Abrupt }[];
}

export interface LoopParts {
  readonly form: 'for' | 'while' | 'do';
  /** Labels by which `break` and `continue` may name this loop. */
  readonly labels: readonly string[];
  /** A known boolean or a boolean leaf; absent: for ever. */
  readonly test: (() => boolean | Leaf) | undefined;
  readonly body: () => Completion;
  /** After each iteration that did not leave the loop. */
  readonly update: (() => void) | undefined;
  /** It runs over what is always known: iteration after iteration, in a stage too. */
  readonly known?: boolean;
  readonly site: Site;
}

/** Under which condition a value is there at all, and how to have it where it is. */
export interface Presence {
  readonly when: boolean | Leaf;
  readonly value: () => Value;
}

export interface Domain {
  /** Whether each iteration of a `for (let …)` that makes closures gets variables of its own. */
  readonly copiesVariables: boolean;
  /** Whether loops run iteration by iteration, so that nobody has to see what they carry. */
  readonly runsLoops: boolean;
  /** Whether a generator may be resumed in another epoch than the one that made it: a loop's body, an arm of a branch. */
  readonly resumes: boolean;
  /** Whether one memory may be seen through several arrays. */
  readonly sharesMemory: boolean;
  /** One of the arguments at least is a leaf. */
  op1(op: Operation, a: Leaf, site: Site): Value;
  op2(op: Operation, a: number | Leaf, b: number | Leaf, site: Site): Value;
  opN(op: Operation, args: readonly (number | Leaf)[], site: Site): Value;
  /** `op2` by opcode: for places that know it ahead. */
  code2(code: number, a: number | Leaf, b: number | Leaf, site: Site): Value;
  /** Whether it wants to know. */
  readonly hearsNames: boolean;
  /** A variable of the user's takes this value. */
  named(value: Value, name: string): void;
  branchValue(condition: Leaf, then: () => Value, otherwise: () => Value, site: Site): Value;
  branch(condition: Leaf, then: () => Completion, otherwise: () => Completion, site: Site): Completion;
  /** Runs what follows a split end, where the end was normal. */
  resume(split: Split, rest: () => Completion, site: Site): Completion;
  /** What a function yields that returns a value where the end is split, and nothing otherwise. */
  returned(split: Split, value: Value, site: Site): Value;
  loop(parts: LoopParts): Completion;
  /** A new array of so many empty elements. */
  allocate(length: Leaf, typed: TypedKind | undefined, site: Site): Value;
  /** An integer or number that has to be known (a property key, a length): made known at the sample, or refused. */
  known(leaf: Leaf, site: Site): number | boolean;
  /** What was taken for a constant here depends on inputs in steps: the derivative is to be held against differences. */
  doubt(site: Site): void;
  /** The number that a leaf is at the sample (`incidental`: for the sign of a zero only). A stage has none, and refuses. */
  primal(leaf: Leaf, incidental?: boolean): number;
  /** A key of a property, a Map or a Set: what is equal to nothing but itself may be any primitive of its own. */
  key(leaf: Leaf, site: Site): number | boolean | symbol;
  /** Whether a number is one, where it could be undefined: true where it could not. `fresh`: nobody else holds it. */
  presence(leaf: Leaf, site: Site, fresh: boolean): true | Presence;
  /** Whether two different objects are names of one; undefined where they are two, or it is not for the domain to say. */
  sameObject?(a: JsObject, b: JsObject, site: Site): Value;
  /** Makes a buffer of known length a list of its elements again; false where it cannot. */
  listed?(array: JsBuffer, site: Site): boolean;
  /** Whether an array may change its length. */
  grows?(array: JsBuffer): boolean;
  /** Appends to an array that may grow; false where it may not. */
  appended?(array: JsBuffer, values: readonly Value[], site: Site): boolean;
  /** Takes the last element from an array that may grow; undefined where it may not. */
  takenLast?(array: JsBuffer, site: Site): { readonly value: Value } | undefined;
  /** A typed array with the numbers of an array of unknown length. */
  typedCopy?(array: JsBuffer, typed: TypedKind, site: Site): Value;
  /** A new array of arrays of unknown length and single values, one after another. */
  copied?(parts: readonly (JsBuffer | { readonly one: Value })[], site: Site): Value;
  /** The greatest or the least element. */
  extreme?(op: 'max' | 'min', array: JsBuffer, site: Site): Value;
  /** What a rest parameter is of a call with these arguments, where it is of unknown length. */
  gathered?(args: readonly Value[]): Value;
  sliced?(array: JsBuffer, from: Value, to: Value, site: Site): Value;
  /** Whether an object has no property that a number names, whatever the number. */
  lacksNumbers?(object: JsObject): boolean;
  /** All keys of an object are gone through; `ordered`: in their order. */
  listsKeys?(object: JsObject, ordered: boolean): void;
  load(array: JsArray | JsTypedArray | JsBuffer, index: number | Leaf, site: Site): Value;
  store(array: JsArray | JsTypedArray | JsBuffer, index: number | Leaf, value: Value, site: Site): void;
  call(
    closure: Closure,
    self: Value,
    args: Value[],
    newTarget: JsObject | undefined,
    site: Site | undefined,
  ): Value;
  /** A call of what `Evaluator.direct` gives code of. Absent where what is called has to have its arguments. */
  callDirect?(
    closure: Closure,
    code: Code,
    self: Value,
    slots: Value[],
    newTarget: JsObject | undefined,
    site: Site,
  ): Value;
}
