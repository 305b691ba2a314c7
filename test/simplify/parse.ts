/** A reader of formulas for tests: infix with ^, functions by name, `pi`. */
import { element, named, number, op, PI, variable } from '../../core/expression/build.ts';
import type { Expr } from '../../core/expression/expression.ts';
import { OPERATIONS, type Operation } from '../../core/operations/names.ts';

const FUNCTIONS = new Set<string>(OPERATIONS);

export function parse(text: string): Expr {
  const tokens = text.match(/\d+\.?\d*(?:e[+-]?\d+)?|[A-Za-z_]\w*|<=|>=|[-+*/^(),<>[\]]/g) ?? [];
  let at = 0;
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  };
  const expect = (token: string): void => {
    if (!take(token)) throw new Error(`expected ${token} in ${text} at ${tokens.slice(at).join(' ')}`);
  };
  const sum = (): Expr => {
    let left = product();
    for (;;) {
      if (take('+')) left = op('add', left, product());
      else if (take('-')) left = op('sub', left, product());
      else return left;
    }
  };
  const product = (): Expr => {
    let left = unary();
    for (;;) {
      if (take('*')) left = op('mul', left, unary());
      else if (take('/')) left = op('div', left, unary());
      else return left;
    }
  };
  const unary = (): Expr => {
    if (take('-')) {
      const value = unary();
      return value.kind === 'number' ? number(-value.value) : op('neg', value);
    }
    const base = atom();
    return take('^') ? op('pow', base, unary()) : base;
  };
  const atom = (): Expr => {
    if (take('(')) {
      const inner = sum();
      expect(')');
      return inner;
    }
    const token = tokens[at++];
    if (token === undefined) throw new Error(`unexpected end of ${text}`);
    if (/^\d/.test(token)) return number(Number(token));
    if (take('(')) {
      const args = [sum()];
      while (take(',')) args.push(sum());
      expect(')');
      if (!FUNCTIONS.has(token)) throw new Error(`no function ${token}`);
      return op(token as Operation, ...args);
    }
    if (take('[')) {
      const index = sum();
      expect(']');
      return element(token, index);
    }
    if (token === 'pi') return PI;
    return token === 'E' ? named('e', Math.E) : variable(token);
  };
  const result = sum();
  if (at !== tokens.length) throw new Error(`trailing ${tokens.slice(at).join(' ')} in ${text}`);
  return result;
}
