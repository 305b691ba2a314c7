/** From values to inputs and outputs: the numeric leaves of arguments and results, with the names users give them. */

import type { LeafPath } from '../annotations/annotation.ts';
import { ActiveText } from '../evaluate/activeText.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import {
  JsArray,
  JsBuffer,
  JsFunction,
  JsMap,
  JsObject,
  JsSet,
  JsTypedArray,
  privateName,
  Slot,
} from '../evaluate/objects.ts';
import { get, ownKeys } from '../evaluate/properties.ts';
import { HOLE, Leaf, Poison, type Site, UnknownPrimitive, type Value } from '../evaluate/values.ts';
import { keyLabel } from '../source/labels.ts';
import type { FunctionNode } from '../source/syntax.ts';
import type { Leaf as NumericLeaf } from './model.ts';

/** A numeric leaf and how to replace it by an input. */
export interface Place extends NumericLeaf {
  /** Index of the parameter; -1 the receiver. */
  readonly parameter: number;
  /** The kind of typed array that it is an element of, where that keeps whole numbers only. */
  readonly whole?: string;
  replace(value: Value): void;
}

/** All numeric leaves below a value, depth first, in own enumerable order. Shared and cyclic parts count once. */
export function leavesBelow(
  value: Value,
  label: string,
  path: readonly (string | number)[],
  parameter: number,
  replace: (value: Value) => void,
  seen = new Set<JsObject>(),
): Place[] {
  if (typeof value === 'number') return [{ label, path, value, parameter, replace }];
  if (!(value instanceof JsObject) || value instanceof JsFunction || seen.has(value)) return [];
  seen.add(value);
  if (value instanceof JsTypedArray && !value.typed.startsWith('Float')) {
    return value.elements.flatMap((e, i) =>
      typeof e === 'number'
        ? [
            {
              ...{ label: `${label}[${i}]`, path: [...path, i], value: e, parameter },
              whole: value.typed,
              replace,
            },
          ]
        : [],
    );
  }
  if (value instanceof JsArray || value instanceof JsTypedArray) {
    const { elements } = value;
    return elements.flatMap((e, i) =>
      leavesBelow(
        e,
        `${label}[${i}]`,
        [...path, i],
        parameter,
        (v) => {
          value.elements[i] = v;
        },
        seen,
      ),
    );
  }
  if (value instanceof JsMap) {
    return [...value.entries].flatMap(([k, v]) =>
      leavesBelow(
        v,
        keyLabel(label, String(k as never)),
        [...path, String(k as never)],
        parameter,
        (leaf) => value.entries.set(k, leaf),
        seen,
      ),
    );
  }
  if (value instanceof JsSet) return [];
  const result: Place[] = [];
  // Of what is hidden a class's own names alone: `#x`.
  const hidden = [...value.properties.keys()].filter((key) => privateName(key)?.startsWith('#'));
  for (const key of [...ownKeys(value, true), ...hidden]) {
    const name = typeof key === 'string' ? key : privateName(key)!;
    const property = value.properties.get(key);
    if (property instanceof Slot && property.accessor) continue;
    result.push(
      ...leavesBelow(
        property instanceof Slot ? property.value : property,
        keyLabel(label, name),
        [...path, name],
        parameter,
        (leaf) => {
          value.properties.set(key, property instanceof Slot ? copyOf(property, leaf) : leaf);
        },
        seen,
      ),
    );
  }
  return result;
}

/** A data property as it is, with another value. */
function copyOf({ writable, enumerable, configurable }: Slot, value: Value): Slot {
  return new Slot({ value, writable, enumerable, configurable });
}

/** Whether a leaf is asked for by one of the paths (`p.*`, `y[0]`, `this.k`, `#2`). */
export function matches(
  paths: readonly LeafPath[],
  leaf: { readonly path: readonly (string | number)[]; readonly parameter: number },
  node: FunctionNode,
): boolean {
  return paths.some((path) => {
    const root =
      path.root === 'this'
        ? -1
        : path.root.startsWith('#')
          ? Number(path.root.slice(1)) - 1
          : node.parameters.findIndex((p) => p.name === path.root);
    if (root === -1 && path.root !== 'this') return false;
    if (root !== leaf.parameter && !(node.parameters[root]?.rest === true && leaf.parameter > root))
      return false;
    const keys = leaf.path.slice(1);
    for (let i = 0; i < path.keys.length; i++) {
      if (path.keys[i] === '*') return i < keys.length || keys.length === 0;
      if (i >= keys.length || String(path.keys[i]) !== String(keys[i])) return false;
    }
    return true;
  });
}

export interface ResultLeaf {
  readonly label: string;
  readonly path: readonly (string | number)[];
  readonly value: number | Leaf | Poison;
}

/** The numeric leaves of a result: own data properties, and getters of none. */
export function resultLeaves(ev: Evaluator, value: Value, site: Site): ResultLeaf[] {
  const found: ResultLeaf[] = [];
  // Only what holds itself is cut short: what stands twice in a result is two results.
  const above = new Set<JsObject>();
  const walk = (v: Value, label: string, path: readonly (string | number)[]): void => {
    if (v instanceof JsObject && above.has(v)) return;
    if (v instanceof JsObject) above.add(v);
    inside(v, label, path);
    if (v instanceof JsObject) above.delete(v);
  };
  const inside = (v: Value, label: string, path: readonly (string | number)[]): void => {
    ev.step(site);
    // A text is none of the numbers, whatever it depends on.
    if (v instanceof ActiveText || (v instanceof UnknownPrimitive && v.type !== 'number')) return;
    if (typeof v === 'number' || v instanceof Poison || (v instanceof Leaf && v.type === 'number')) {
      found.push({ label, path, value: v });
      return;
    }
    if (!(v instanceof JsObject) || v instanceof JsFunction) return;
    if (v instanceof JsBuffer) return;
    const isList = v instanceof JsArray || v instanceof JsTypedArray;
    if (isList) v.elements.forEach((e, i) => e !== HOLE && walk(e, `${label}[${i}]`, [...path, i]));
    if (v instanceof JsMap)
      for (const [k, e] of v.entries)
        walk(e, keyLabel(label, String(k as never)), [...path, String(k as never)]);
    // An array may have properties with names besides.
    if (isList && v.properties.size === 0) return;
    for (const key of ownKeys(v, true)) {
      if (isList && !v.properties.has(key)) continue;
      const property = v.properties.get(key);
      if (property instanceof Slot && property.accessor) continue;
      walk(get(ev, v, key, site), keyLabel(label, key), [...path, key]);
    }
  };
  walk(value, '', []);
  return found;
}
