type State<S, A> = (s: S) => [A, S];
const unit = <S, A>(a: A): State<S, A> => (s) => [a, s];
const bind = <S, A, B>(m: State<S, A>, f: (a: A) => State<S, B>): State<S, B> => (s) => { const [a, t] = m(s); return f(a)(t); };
const get = <S>(): State<S, S> => (s) => [s, s];
const modify = <S>(f: (s: S) => S): State<S, null> => (s) => [null, f(s)];
//= stateful(1.5, 2)
export function stateful(x: number, k: number): number {
  const step: State<number, null> = modify((s) => s * k + Math.sin(s));
  const program = bind(step, () => bind(step, () => bind(get<number>(), (s) => unit<number, number>(s * s))));
  return program(x)[0];
}
class Stream<T> {
  private constructor(private readonly head: T, private readonly rest: () => Stream<T>) {}
  static iterate<T>(f: (t: T) => T, x: T): Stream<T> { return new Stream(x, () => Stream.iterate(f, f(x))); }
  map<U>(f: (t: T) => U): Stream<U> { return new Stream(f(this.head), () => this.rest().map(f)); }
  take(n: number): T[] { return n === 0 ? [] : [this.head, ...this.rest().take(n - 1)]; }
}
//= geometricSum(0.7, 2)
export const geometricSum = (r: number, a: number) => Stream.iterate((x) => x * r, a).map((x) => x ** 1.5).take(12).reduce((p, q) => p + q);
type Expr = { tag: 'num'; value: number } | { tag: 'var' } | { tag: 'add' | 'mul'; left: Expr; right: Expr } | { tag: 'fn'; name: keyof Math & ('sin' | 'exp'); arg: Expr };
const interpret = (e: Expr, x: number): number => {
  switch (e.tag) {
    case 'num': return e.value;
    case 'var': return x;
    case 'add': return interpret(e.left, x) + interpret(e.right, x);
    case 'mul': return interpret(e.left, x) * interpret(e.right, x);
    case 'fn': return Math[e.name](interpret(e.arg, x));
  }
};
//= interpret({"tag": "mul", "left": {"tag": "var"}, "right": {"tag": "fn", "name": "sin", "arg": {"tag": "add", "left": {"tag": "var"}, "right": {"tag": "num", "value": 0.5}}}}, 1.2)
export { interpret };
