/** Whether plain data from outside has the shape that its type says: a word for each kind of type. */

/** Whether a value is a T. */
export type Shape<T> = (value: unknown) => value is T;

function shape<T>(test: (value: unknown) => boolean): Shape<T> {
  return test as Shape<T>;
}

export const string = shape<string>((value) => typeof value === 'string');
export const boolean = shape<boolean>((value) => typeof value === 'boolean');
export const finite = shape<number>(Number.isFinite);
export const anything = shape<unknown>(() => true);
/** 0, 1, 2 … */
export const count = shape<number>((value) => Number.isSafeInteger(value) && (value as number) >= 0);

export function oneOf<const T extends string | number | boolean | null>(...values: readonly T[]): Shape<T> {
  const known = new Set<unknown>(values);
  return shape((value) => known.has(value));
}

export function orNull<T>(one: Shape<T>): Shape<T | null> {
  return shape((value) => value === null || one(value));
}

/** Of a field that may be absent. */
export function optional<T>(one: Shape<T>): Shape<T | undefined> {
  return shape((value) => value === undefined || one(value));
}

export function either<A, B>(a: Shape<A>, b: Shape<B>): Shape<A | B> {
  return shape((value) => a(value) || b(value));
}

export function list<T>(of: Shape<T>): Shape<readonly T[]> {
  // Holes are passed over by `every`.
  return shape((value) => {
    if (!Array.isArray(value)) return false;
    for (let i = 0; i < value.length; i++) if (!of(value[i])) return false;
    return true;
  });
}

export function pair<A, B>(first: Shape<A>, second: Shape<B>): Shape<readonly [A, B]> {
  return shape((value) => Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1]));
}

/** A name for every field of T; what else there is does no harm. */
export function record<T extends object>(
  fields: {
    readonly [K in keyof T]-?: Shape<T[K]> | Shape<T[K] | undefined>;
  },
): Shape<T> {
  const tests = Object.entries(fields) as [string, (value: unknown) => boolean][];
  return shape((value) => {
    if (!isRecord(value)) return false;
    for (const [name, test] of tests) if (!test(value[name])) return false;
    return true;
  });
}

/** Whatever its keys are. */
export function table<T>(of: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return shape((value) => isRecord(value) && Object.values(value).every(of));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
