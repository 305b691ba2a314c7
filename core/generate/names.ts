/** Identifiers for generated code: the user's names where they have one, made unique by a number. */

const RESERVED = new Set(
  (
    'abstract arguments as async await boolean break case catch class const continue debugger declare default delete ' +
    'do else enum eval export extends false finally for from function get if implements import in instanceof ' +
    'interface let module namespace new null number object of package private protected public return set static ' +
    'string super switch symbol this throw true try type typeof undefined var void while with yield ' +
    'Array ArrayLike Boolean Error Float32Array Float64Array Infinity Int16Array Int32Array Int8Array Math NaN Number ' +
    'Object Uint16Array Uint32Array Uint8Array Uint8ClampedArray Vector'
  ).split(' '),
);

const COUNTERS = ['i', 'j', 'k', 'l', 'm', 'n'];

export class Names {
  private taken: Set<string>;
  /** Of those taken, the ones of the scopes around the innermost. */
  private around: ReadonlySet<string> = new Set();
  private own = new Set<string>();

  /** `outer`: names that must not be hidden. */
  constructor(outer: Iterable<string> = []) {
    this.taken = new Set(outer);
  }

  /** A fresh identifier like `wish`: with a number where that is taken, unless a scope around has it and it is `over`. */
  fresh(wish: string, over: (name: string) => boolean = () => false): string {
    const base = identifier(wish);
    let name = base;
    const isFree = () =>
      !this.taken.has(name) || (this.around.has(name) && !this.own.has(name) && over(name));
    for (let n = 2; !isFree() || RESERVED.has(name); n++) {
      name = /\d$/.test(base) ? `${base}_${n}` : `${base}${n}`;
    }
    this.taken.add(name);
    this.own.add(name);
    return name;
  }

  /** Begins a scope, or goes on with one that stood in `around`; the function returned ends it. */
  enter(around: ReadonlySet<string> = new Set(this.taken)): () => void {
    const outer = { around: this.around, own: this.own };
    this.around = around;
    this.own = new Set();
    return () => {
      this.around = outer.around;
      this.own = outer.own;
    };
  }

  /** What the innermost scope stands in. */
  get outer(): ReadonlySet<string> {
    return this.around;
  }

  /** A fresh t1, t2, … */
  temporary(): string {
    for (let n = 1; ; n++) {
      const name = `t${n}`;
      if (this.taken.has(name)) continue;
      this.taken.add(name);
      return name;
    }
  }

  /** The names taken now; `restore` gives back those taken since, but for some. */
  snapshot(): ReadonlySet<string> {
    return new Set(this.taken);
  }

  restore(before: ReadonlySet<string>, but: Iterable<string> = []): void {
    this.taken = new Set([...before, ...but]);
  }

  release(name: string): void {
    this.taken.delete(name);
  }

  /** i, j, k, … or a number after i. */
  counter(): string {
    const free = COUNTERS.find((name) => !this.taken.has(name));
    return this.fresh(free ?? 'i');
  }

  get all(): ReadonlySet<string> {
    return this.taken;
  }
}

/** `p.massBar` → `pMassBar`, `x[0]` → `x0`, `#k` → `k`. */
function identifier(wish: string): string {
  const words = wish.split(/[^\p{ID_Continue}$]+/u).filter((word) => word !== '');
  const joined = words.map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
  if (joined === '') return 'value';
  return /^\p{ID_Start}|^[$_]/u.test(joined) ? joined : `_${joined}`;
}
