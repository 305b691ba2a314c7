/** Rows one after another. */
export function flat(rows: readonly (readonly number[])[]): Float64Array {
  const columns = rows[0]?.length ?? 0;
  const out = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    out.set(row, i * columns);
  });
  return out;
}

/** What `flat` made of `count` rows. */
export function rows(numbers: ArrayLike<number>, count: number): number[][] {
  const all = Array.from(numbers);
  const columns = all.length / count;
  return Array.from({ length: count }, (_, i) => all.slice(i * columns, (i + 1) * columns));
}
