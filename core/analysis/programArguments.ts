/** A Program's parameters and results among the arguments and results of the function that it was staged from. */
import { JsArray, JsObject, JsTypedArray, Slot } from '../evaluate/objects.ts';
import type { Value } from '../evaluate/values.ts';
import type { ProgramValue } from '../program/interpret.ts';
import type { Default, ProgramParameter, ProgramResult } from '../program/program.ts';
import { pathText } from './paths.ts';

type Key = string | number;

/** What the parameters stand for in a call's arguments and receiver; undefined where one is no number or array of them. */
export function programInputs(
  parameters: readonly ProgramParameter[],
  args: readonly Value[],
  receiver: Value,
): ProgramValue[] | undefined {
  const inputs: ProgramValue[] = [];
  for (const p of parameters) {
    const input = inputOf(p, args, receiver);
    if (input === undefined) return undefined;
    inputs.push(input);
  }
  return inputs;
}

function inputOf(p: ProgramParameter, args: readonly Value[], receiver: Value): ProgramValue | undefined {
  const [head, ...keys] = p.presence === true ? p.path.slice(0, -1) : p.path;
  if (p.rest === true) return buffer(args.slice(Number(head)), p.typed);
  const found = gather(
    head === 'this' ? receiver : args[Number(head)],
    keys,
    (p.each ?? []).map((k) => k - 1),
  );
  if (p.each !== undefined && p.extent === undefined) return buffer(found, p.typed);
  const [only] = found;
  if (p.presence === true) return only !== undefined;
  if (only === undefined && p.optional === true) return Number.NaN;
  if (isList(only)) return p.type === 'buffer' ? buffer(only.elements, p.typed) : undefined;
  if (only === undefined && p.default !== undefined) return byDefault(p.default, args);
  return p.type !== 'buffer' && typeof only === p.type ? (only as number | boolean) : undefined;
}

function buffer(of: readonly Value[], typed: string | undefined): ProgramValue | undefined {
  if (!of.every((v) => typeof v === 'number')) return undefined;
  return typed === 'Float32Array' ? Float32Array.from(of) : Float64Array.from(of);
}

function byDefault(value: Default, args: readonly Value[]): ProgramValue | undefined {
  if (typeof value !== 'object') return value;
  if ('array' in value) return Float64Array.from(value.array);
  const of = args[value.length];
  return isList(of) ? of.elements.length : undefined;
}

const isList = (v: Value): v is JsArray | JsTypedArray => v instanceof JsArray || v instanceof JsTypedArray;

/** What stands at a path, in order; of all elements where it says so. */
function gather(value: Value, keys: readonly Key[], each: readonly number[]): Value[] {
  const [key, ...rest] = keys;
  if (key === undefined) return [value];
  const deeper = each.flatMap((k) => (k > 0 ? [k - 1] : []));
  if (isList(value)) {
    if (each.includes(0)) return value.elements.flatMap((e) => gather(e, rest, deeper));
    if (key === 'length') return [value.elements.length];
    return gather(value.elements[Number(key)], rest, deeper);
  }
  if (!(value instanceof JsObject)) return [undefined];
  const found = value.properties.get(String(key));
  return gather(found instanceof Slot ? undefined : found, rest, deeper);
}

/** Lengths that are known besides those in the values: of arrays at a path, its keys joined by blanks. */
export type Lengths = ReadonlyMap<string, number>;

/** The paths of the numbers in each parameter's or result's value, as the trace has them; none of lengths. */
export function leafPaths(
  of: readonly (ProgramParameter | ProgramResult)[],
  values: readonly ProgramValue[],
  known: Lengths = new Map(),
): readonly (readonly string[])[] {
  const lengths = new Map(known);
  of.forEach((p, i) => {
    if (p.extent === true) lengths.set(p.path.slice(0, -1).join(' '), Number(values[i]));
  });
  return of.map((p, i) => {
    const value = values[i]!;
    if (p.extent === true) return [];
    if ('rest' in p && p.rest === true) return spread(Number(p.path[0]), value);
    if (p.each === undefined) return plain(p.path, value);
    const size = (value as { readonly length: number }).length;
    let paths: Key[][] = [[]];
    p.path.forEach((key, at) => {
      if (!p.each!.includes(at)) {
        paths = paths.map((q) => [...q, key]);
        return;
      }
      const last = at === p.each!.at(-1);
      const n = last
        ? Math.round(size / Math.max(1, paths.length))
        : (lengths.get(p.path.slice(0, at).join(' ')) ?? 0);
      paths = paths.flatMap((q) => Array.from({ length: n }, (_, k) => [...q, k]));
    });
    return paths.map((q) => pathText(q.map(String)));
  });
}

function plain(path: readonly Key[], value: ProgramValue): string[] {
  const keyed = path.map(String);
  if (typeof value !== 'object') return [pathText(keyed)];
  return Array.from(value, (_, i) => pathText([...keyed, String(i)]));
}

/** Arguments that a rest parameter gathers have places of their own. */
function spread(first: number, value: ProgramValue): string[] {
  return Array.from(value as ArrayLike<number>, (_, i) => String(first + i));
}
