/** The page's one state: parts read it, changes are told to all of them. */

export type Listener<S> = (now: S, before: S) => void;

export class Store<S extends object> {
  private current: S;
  private readonly listeners: Listener<S>[] = [];
  /** What was changed while the listeners were being told; they are told of it afterwards. */
  private pending: Partial<S>[] | null = null;

  constructor(state: S) {
    this.current = state;
  }

  get state(): S {
    return this.current;
  }

  /** Called with the new state and the one before, once for each change. */
  subscribe(listener: Listener<S>): void {
    this.listeners.push(listener);
  }

  change(change: Partial<S>): void {
    if (this.pending !== null) {
      this.pending.push(change);
      return;
    }
    this.pending = [];
    try {
      for (let next: Partial<S> | undefined = change; next !== undefined; next = this.pending.shift()) {
        const before: S = this.current;
        this.current = { ...before, ...next };
        for (const listener of this.listeners) listener(this.current, before);
      }
    } finally {
      this.pending = null;
    }
  }
}

/** Whether any of these differs between two states. */
export function differs<S extends object>(now: S, before: S | null, ...keys: readonly (keyof S)[]): boolean {
  return before === null || keys.some((key) => now[key] !== before[key]);
}
