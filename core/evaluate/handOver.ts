/**
 * What is given to something that cannot be followed: it may be changed there, or called, before the next statement
 * runs. Going on as if nothing had happened would be a guess.
 */
import { Closure } from './functions.ts';
import { JsArrayBuffer, JsDataView } from './memory.ts';
import { JsArray, JsBuffer, JsFunction, JsMap, JsObject, JsSet, JsTypedArray } from './objects.ts';
import { type Poison, Refusal, type Value } from './values.ts';

/** Throws a Refusal where one of the values is, or holds, what the callee could change or call at once. */
export function handOver(values: readonly Value[], because: Poison): void {
  // The page, timers and promises call back later, when the function has long returned; they do fill arrays.
  const later = because.problem.id === 'GL114';
  for (const value of values) {
    if (!(value instanceof JsObject)) continue;
    const isData = value instanceof JsArray || value instanceof JsTypedArray || value instanceof JsBuffer;
    const isStore =
      value instanceof JsMap ||
      value instanceof JsSet ||
      value instanceof JsArrayBuffer ||
      value instanceof JsDataView;
    if (isData || isStore) throw new Refusal(because.problem);
    if (later) continue;
    if (value instanceof Closure || !(value instanceof JsFunction)) throw new Refusal(because.problem);
  }
}
