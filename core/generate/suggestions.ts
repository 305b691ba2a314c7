/** Names for values that the user gave none: what their expressions say, where that is short. */
import type { Operation } from '../operations/names.ts';
import type { Instruction, ProgramFunction } from '../program/program.ts';
import type { Text } from './expressions.ts';

/** Longer names say less than a number. */
const LONGEST = 22;

const FUNCTIONS: { readonly [O in Operation]?: string } = {
  sqrt: 'root',
  log: 'log',
  exp: 'exp',
  neg: 'minus',
  ceil: 'count',
};
const BETWEEN: { readonly [O in Operation]?: string } = {
  add: 'plus',
  sub: 'minus',
  mul: 'times',
  div: 'over',
  gt: 'above',
  lt: 'below',
};

const SIMPLE = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A wish for a name; undefined where nothing short says what it is. */
export function suggestion(
  text: Text,
  made: Instruction | undefined,
  f: ProgramFunction,
): string | undefined {
  const wish = made && wishFor(text, made, f);
  return wish !== undefined && wish.length <= LONGEST && SIMPLE.test(wish) ? wish : undefined;
}

function wishFor({ operands }: Text, made: Instruction, _: ProgramFunction): string | undefined {
  const [a, b] = operands ?? [];
  if (a === undefined) return undefined;
  if (made.kind === 'load') return b === undefined ? undefined : elementName(a, b);
  if (made.kind !== 'op') return undefined;
  const first = simple(a);
  const second = b === undefined ? undefined : simple(b);
  if (b === undefined) {
    const name = FUNCTIONS[made.op] ?? made.op;
    return first === undefined
      ? /^(?:exp|log|sqrt)$/.test(made.op)
        ? name
        : undefined
      : joined(name, first);
  }
  switch (made.op) {
    case 'mul':
      if (first !== undefined && a === b) return joined(first, 'squared');
      if (a === '2' && second !== undefined) return joined('twice', second);
      break;
    case 'pow':
      return first !== undefined && b === '2' ? joined(first, 'squared') : undefined;
    case 'div':
      if (a === '1' && second !== undefined) return joined('inverse', second);
      break;
    case 'add':
    case 'sub':
      if (a === '1' && second !== undefined)
        return joined('one', made.op === 'add' ? 'plus' : 'minus', second);
      break;
  }
  const between = BETWEEN[made.op];
  if (between === undefined || first === undefined || second === undefined) return undefined;
  return joined(first, between, second);
}

/** `wi` of w[i], `x0` of x[0], `position` of positions[…]. */
function elementName(array: string, index: string): string | undefined {
  const name = simple(array);
  if (name === undefined) return undefined;
  const singular = name.length > 3 && name.endsWith('s') && !name.endsWith('ss') ? name.slice(0, -1) : name;
  if (/^\d+$/.test(index)) return `${name}${index}`;
  if (/^[a-z]$/.test(index))
    return singular.length < name.length ? singular : `${name}${/^[A-Z]$/.test(name) ? index : index}`;
  if (/^\w+ \+ 1$/.test(index)) return joined('next', singular);
  if (/^\w+ - 1$/.test(index)) return joined('previous', singular);
  return singular.length < name.length ? singular : joined(name, 'value');
}

/** The last word of a simple operand that is no temporary of ours: `mass` of p.mass. */
function simple(operand: string): string | undefined {
  const name = /^(?:[\p{ID_Start}$_][\p{ID_Continue}$]*\.)*([\p{ID_Start}$_][\p{ID_Continue}$]*)$/u.exec(
    operand,
  )?.[1];
  return name === undefined || /^t\d+$/.test(name) ? undefined : name;
}

function joined(first: string, ...rest: readonly string[]): string {
  return first + rest.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}
