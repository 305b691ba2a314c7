/** Deadlines in processor time, so that a busy machine makes nothing a runaway. */

/** A deadline is over after so many times as much time of the clock, whatever the processor did. */
const MOST_WAITING = 5;

/** Calls `over` once the worker has used that much processor time (clock time, where it cannot tell). Returns the way to call it off. */
export function deadline(
  busy: (() => number) | undefined,
  milliseconds: number,
  over: () => void,
): () => void {
  const before = busy?.();
  const latest = performance.now() + milliseconds * MOST_WAITING;
  const check = (): void => {
    const left = busy === undefined || before === undefined ? 0 : milliseconds - (busy() - before);
    // The processor was elsewhere: what is left of the deadline is still to come.
    if (left > 1 && performance.now() < latest) timer = setTimeout(check, left);
    else over();
  };
  let timer = setTimeout(check, milliseconds);
  return () => clearTimeout(timer);
}
