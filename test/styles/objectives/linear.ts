export type Vec = readonly number[];
export type Mat = readonly Vec[];

export const dot = (a: Vec, b: Vec): number => {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]! * b[i]!;
  return s;
};

export function logSumExp(xs: Vec): number {
  let top = xs[0]!;
  for (const x of xs) if (x > top) top = x;
  let s = 0;
  for (const x of xs) s += Math.exp(x - top);
  return top + Math.log(s);
}

export const cross = (a: Vec, b: Vec): number[] => [
  a[1]! * b[2]! - a[2]! * b[1]!,
  a[2]! * b[0]! - a[0]! * b[2]!,
  a[0]! * b[1]! - a[1]! * b[0]!,
];
