/**
 * One-sided slopes of a real function, run in Node: forward differences at halving steps, extrapolated to zero
 * (Richardson; error O(h⁷) where the function is smooth on that side).
 */

export interface NumericLeaf {
  readonly path: readonly string[];
  readonly value: number;
}

/** The numbers in a plain value, depth first. */
export function numbersIn(value: unknown, path: readonly string[] = []): NumericLeaf[] {
  if (typeof value === 'number') return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => numbersIn(child, [...path, key]));
}

function replaced(value: unknown, path: readonly string[], by: number): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? ([...value] as unknown as Record<string, unknown>)
    : { ...(value as Record<string, unknown>) };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

/** The function `f` of a text, made afresh for each call so that no state is carried along. */
export function run(text: string, args: readonly unknown[]): number[] {
  const f = new Function('console', `${text}; return f`)({ log() {} }) as (...a: unknown[]) => unknown;
  return numbersIn(f(...(structuredClone(args) as unknown[]))).map((leaf) => leaf.value);
}

const STEPS = 7;

/** The slope of each output when the number at `path` of the arguments moves to one side; 'jump' where it jumps. */
export function slopes(
  text: string,
  args: readonly unknown[],
  path: readonly string[],
  side: 1 | -1,
): (number | 'jump')[] {
  const here = run(text, args);
  const start = numbersIn(args).find((leaf) => leaf.path.join('.') === path.join('.'))!.value;
  const scale = Math.max(1, Math.abs(start));
  const at = (h: number) => run(text, replaced(args, path, start + h) as unknown[]);
  const nearby = at(side * 1e-9 * scale);
  return here.map((value, o) => {
    if (Math.abs(nearby[o]! - value) > 1e-4 * Math.max(1, Math.abs(value))) return 'jump';
    const table: number[] = [];
    for (let k = 0; k < STEPS; k++) {
      const h = side * 1e-2 * scale * 2 ** -k;
      table.push((at(h)[o]! - value) / h);
    }
    for (let order = 1; order < STEPS; order++) {
      for (let k = STEPS - 1; k >= order; k--) table[k]! += (table[k]! - table[k - 1]!) / (2 ** order - 1);
    }
    return table[STEPS - 1]!;
  });
}
