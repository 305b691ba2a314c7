/** Thresholds up to this are there to set 0 apart. */
const WINDOW = 1e-5;

/** Relative distance of thresholds that are there to set some other number apart, and up to where they are. */
const NARROW = 1e-8;
const ORDINARY = 1000;

/** Whether of two numbers that are compared one is 0 and the other next to nothing, or both are nearly one number. */
export function withinWindow(x: number, y: number): boolean {
  if (x === y) return false;
  if (x === 0 || y === 0) return Math.abs(x) <= WINDOW && Math.abs(y) <= WINDOW;
  const size = Math.max(Math.abs(x), Math.abs(y));
  return size > WINDOW && size <= ORDINARY && Math.abs(x - y) <= NARROW * size;
}
