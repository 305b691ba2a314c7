type Vector = readonly number[];

const TOLERANCE = 1e-5;

function norm(x: Vector): number {
  let sum = 0;
  for (const v of x) sum += v * v;
  return Math.sqrt(sum);
}

/** Where f is least, by gradient descent from the start: steps double after ten that fell, and halve where one rises. */
export function argmin(f: (x: Vector) => number, gradient: (x: Vector) => Vector, start: Vector): Vector {
  const x = [...start];
  const slope = [...gradient(x)];
  let value = f(x);
  let rate = 1e-5;
  let falls = 0;
  while (norm(slope) > TOLERANCE) {
    if (falls === 10) {
      rate *= 2;
      falls = 0;
    }
    const step = slope.map((g) => rate * g);
    if (norm(step) <= TOLERANCE) break;
    const next = x.map((v, i) => v - step[i]!);
    const there = f(next);
    if (there < value) {
      const g = gradient(next);
      for (let i = 0; i < x.length; i++) {
        x[i] = next[i]!;
        slope[i] = g[i]!;
      }
      value = there;
      falls++;
    } else {
      rate /= 2;
      falls = 0;
    }
  }
  return x;
}

export function argmax(f: (x: Vector) => number, gradient: (x: Vector) => Vector, start: Vector): Vector {
  return argmin(
    (x) => -f(x),
    (x) => gradient(x).map((g) => -g),
    start,
  );
}
