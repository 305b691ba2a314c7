/** The inputs of a row, and rows like it at other points. */
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { inputLeaves, type Leaf, plainPath, withLeaves } from '../support/encoding.ts';
import type { Row } from './row.ts';

/** The leaves by the names that requests use. */
export function inputsOf(row: Row): { readonly name: string; readonly leaf: Leaf }[] {
  const named = inputLeaves(row.args).map((leaf) => ({ name: plainPath(row.args, leaf.path), leaf }));
  const receiver = row.this === undefined ? [] : [row.this];
  const own = inputLeaves(receiver).map((leaf) => ({
    name: plainPath(receiver, leaf.path).replace(/^0/, 'this'),
    leaf: { path: [row.args.length, ...leaf.path.slice(1)], value: leaf.value },
  }));
  if (row.wrt === undefined) return named;
  return row.wrt.map((name) => {
    const found = [...named, ...own].find((input) => input.name === name);
    if (found === undefined) throw new Error(`no leaf ${name}`);
    return found;
  });
}

/** The same function a little aside of the point, and at whole numbers near it. */
export function variants(row: Row): Row[] {
  let inputs: readonly { readonly leaf: Leaf }[];
  try {
    inputs = inputsOf(row);
  } catch {
    return [];
  }
  let state = 12345;
  const aside = (value: number): number => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    const factor = 0.95 + 0.1 * (state / 2 ** 32);
    return value === 0 ? factor - 1 : Number((value * factor).toPrecision(5));
  };
  const whole = (value: number): number => Math.round(value) || 1;
  return [aside, whole].map((change) => {
    const encoded: readonly EncodedValue[] = [...row.args, ...(row.this === undefined ? [] : [row.this])];
    const changes = inputs.map(({ leaf }) => ({ path: leaf.path, value: change(leaf.value) }));
    const args = withLeaves(encoded, changes);
    const self = row.this === undefined ? undefined : args.pop();
    return { ...row, args, ...(self === undefined ? {} : { this: self }) };
  });
}
