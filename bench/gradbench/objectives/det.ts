/** The sum over all permutations of n columns of the product of a's elements in them, with the permutation's sign. */
export function determinant(a: Float64Array, n: number): number {
  const column = new Array<number>(n);
  const count = new Array<number>(n);
  for (let i = 0; i < n; i++) {
    column[i] = i;
    count[i] = 0;
  }
  let sum = 0;
  let sign = 1;
  let i = 0;
  while (i < n) {
    let product = sign;
    for (let row = 0; row < n; row++) product *= a[row * n + column[row]!]!;
    sum += product;
    i = 1;
    while (i < n && count[i]! >= i) {
      count[i] = 0;
      i++;
    }
    if (i < n) {
      const j = i % 2 === 0 ? 0 : count[i]!;
      const t = column[i]!;
      column[i] = column[j]!;
      column[j] = t;
      count[i]!++;
      sign = -sign;
    }
  }
  return sum;
}
