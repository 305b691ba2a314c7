/** Formulas as text, compiled to closures: the text is fixed, the variables are not. */
type Env = Readonly<Record<string, number>>;
type Node = (env: Env) => number;
const FUNCTIONS: Record<string, (...xs: number[]) => number> = { sin: Math.sin, exp: Math.exp, sqrt: Math.sqrt, max: Math.max };
export function parse(source: string): Node {
  const tokens = source.match(/\d+(?:\.\d*)?(?:e[-+]?\d+)?|[a-z_]\w*|[-+*/^(),]/gi) ?? [];
  let at = 0;
  const accept = (t: string) => (tokens[at] === t ? (at++, true) : false);
  const primary = (): Node => {
    const t = tokens[at++];
    if (t === undefined) throw new SyntaxError('unexpected end');
    if (t === '(') { const e = sum(); if (!accept(')')) throw new SyntaxError(`expected ) at ${at}`); return e; }
    if (t === '-') { const e = power(); return (env) => -e(env); }
    if (/^\d/.test(t)) { const v = Number.parseFloat(t); return () => v; }
    if (accept('(')) {
      const args: Node[] = [];
      if (!accept(')')) { do args.push(sum()); while (accept(',')); accept(')'); }
      const f = FUNCTIONS[t]!;
      return (env) => f(...args.map((a) => a(env)));
    }
    return (env) => env[t]!;
  };
  const power = (): Node => { const b = primary(); if (!accept('^')) return b; const e = power(); return (env) => b(env) ** e(env); };
  const chain = (next: () => Node, ops: Record<string, (a: number, b: number) => number>) => (): Node => {
    let left = next();
    for (let op = ops[tokens[at]!]; op !== undefined; op = ops[tokens[at]!]) { at++; const l = left, r = next(), f = op; left = (env) => f(l(env), r(env)); }
    return left;
  };
  const product = chain(power, { '*': (a, b) => a * b, '/': (a, b) => a / b });
  const sum: () => Node = chain(product, { '+': (a, b) => a + b, '-': (a, b) => a - b });
  return sum();
}
//= formula({"x": 1.3, "y": 0.7})
export const formula = (env: Env) => parse('2*x^2*sin(y) - exp(-x/y) + max(x, y, 0.5)')(env);
//= calculate("a*b + sqrt(a)/(b-1.5)", {"a": 2, "b": 3})
export const calculate = (text: string, env: Env) => parse(text)(env);
