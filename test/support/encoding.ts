/** The values of `gradlens gradient --jsonl` on the side of Node: decoded, changed at a leaf, and read back. */
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';

export type Path = (string | number)[];

export type Lookup = (name: string) => unknown;

export interface Leaf {
  readonly path: Path;
  readonly value: number;
}

export function hostValue(encoded: unknown, lookup: Lookup): unknown {
  if (typeof encoded !== 'object' || encoded === null) return encoded;
  if (Array.isArray(encoded)) return encoded.map((e) => hostValue(e, lookup));
  const record = encoded as Record<string, unknown>;
  const list = (key: string) => ((record[key] ?? []) as unknown[]).map((e) => hostValue(e, lookup));
  if ('$number' in record) return Number(record['$number']);
  if ('$undefined' in record) return undefined;
  if ('$function' in record) return lookup(String(record['$function']));
  if ('$date' in record) return new Date(String(record['$date']));
  if ('$typed' in record) {
    const types = globalThis as unknown as Record<string, { from(a: unknown): unknown }>;
    return types[String(record['$typed'])]!.from(record['data']);
  }
  if ('$map' in record)
    return new Map((record['$map'] as [unknown, unknown][]).map(([k, v]) => [k, hostValue(v, lookup)]));
  if ('$set' in record) return new Set(list('$set'));
  if ('$new' in record) {
    const type = lookup(String(record['$new'])) as new (...a: unknown[]) => unknown;
    return new type(...list('args'));
  }
  if ('$class' in record) {
    const type = lookup(String(record['$class'])) as { prototype: object };
    const instance = Object.create(type.prototype) as object;
    return Object.assign(instance, hostValue(record['fields'] ?? {}, lookup));
  }
  return Object.fromEntries(Object.entries(record).map(([k, v]) => [k, hostValue(v, lookup)]));
}

/**
 * Numeric leaves of a result, depth first, as the paths of the answer name them: of own data properties, and of the
 * values of a Map. What holds itself is cut short there.
 */
export function resultLeaves(value: unknown): Map<string, number> {
  const found = new Map<string, number>();
  const above = new Set<object>();
  const walk = (v: unknown, path: string): void => {
    if (typeof v === 'number') found.set(path, v);
    if (typeof v !== 'object' || v === null || above.has(v)) return;
    above.add(v);
    for (const [key, inner] of v instanceof Map ? v : ownData(v)) {
      const name = keyText(String(key));
      walk(inner, path === '' ? name : `${path}.${name}`);
    }
    above.delete(v);
  };
  walk(value, '');
  return found;
}

function ownData(value: object): [string, unknown][] {
  const own = Object.entries(Object.getOwnPropertyDescriptors(value));
  return own.filter(([, p]) => p.enumerable && 'value' in p).map(([key, p]) => [key, p.value]);
}

function keyText(key: string): string {
  return key === '' || /[."[\]]/.test(key) ? `[${JSON.stringify(key)}]` : key;
}

/** The numbers in encoded arguments, with their paths through the encoding. */
export function inputLeaves(args: readonly EncodedValue[]): Leaf[] {
  const found: Leaf[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (typeof value === 'number') found.push({ path, value });
    else if (typeof value === 'object' && value !== null) {
      const record = value as Record<string, unknown>;
      if ('$number' in record) found.push({ path, value: Number(record['$number']) });
      else if (!('$set' in record))
        for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    }
  };
  args.forEach((value, i) => visit(value, [i]));
  return found;
}

/** A path through the encoding as the answer names it. */
export function plainPath(args: readonly EncodedValue[], path: Path): string {
  const parts: unknown[] = [];
  let at: unknown = args;
  // Within a map: which of its pairs, then which half of it.
  let map: 'no' | 'pair' | 'half' = 'no';
  for (const key of path) {
    const inner = (at as Record<string | number, unknown>)[key];
    if (map === 'pair') {
      parts.push((inner as unknown[])[0]);
      map = 'half';
    } else if (map === 'half') map = 'no';
    else if (key === '$map') map = 'pair';
    else if (typeof at !== 'object' || Array.isArray(at) || !isTagged(at) || !PARTS.has(String(key)))
      parts.push(key);
    at = inner;
  }
  return parts.map((p) => keyText(String(p))).join('.');
}

const PARTS: ReadonlySet<string> = new Set(['args', 'fields', 'data']);

function isTagged(value: object | null): boolean {
  return value !== null && Object.keys(value).some((key) => key.startsWith('$'));
}

export function withLeaves(args: readonly EncodedValue[], changes: readonly Leaf[]): EncodedValue[] {
  const copy = structuredClone(args) as EncodedValue[];
  for (const { path, value } of changes) {
    let at = copy as unknown as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
    at[path.at(-1)!] = value;
  }
  return copy;
}
