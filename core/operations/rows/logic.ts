/** Comparisons, booleans, conversions. Whether a comparison is a tie is the business of the guards of a trace. */
import { call, flat, infix, PRECEDENCE, prefix, row } from '../define.ts';
import type { Row } from '../row.ts';

const { or: disjunction, and: conjunction, equality, comparison, prefix: unary } = PRECEDENCE;

function compare(
  value: (x: number, y: number) => boolean,
  js: string,
  unicode: string,
  precedence: number,
): Row {
  return flat(2, {
    value: (x, y) => (value(x!, y!) ? 1 : 0),
    type: 'boolean',
    compares: precedence === equality ? 'equality' : 'order',
    js: infix(js, precedence),
    unicode: infix(unicode, comparison),
  });
}

export const lt: Row = compare((x, y) => x < y, '<', '<', comparison);
export const le: Row = compare((x, y) => x <= y, '<=', '≤', comparison);
export const gt: Row = compare((x, y) => x > y, '>', '>', comparison);
export const ge: Row = compare((x, y) => x >= y, '>=', '≥', comparison);
export const eq: Row = compare((x, y) => x === y, '===', '=', equality);
export const ne: Row = compare((x, y) => x !== y, '!==', '≠', equality);

export const not: Row = flat(1, {
  value: (x) => (x === 0 ? 1 : 0),
  type: 'boolean',
  logical: true,
  js: prefix('!', unary),
  unicode: prefix('¬', unary),
});
export const and: Row = flat(2, {
  value: (x, y) => (x !== 0 && y !== 0 ? 1 : 0),
  type: 'boolean',
  logical: true,
  js: infix('&&', conjunction, 'both'),
  unicode: infix('∧', conjunction, 'both'),
});
export const or: Row = flat(2, {
  value: (x, y) => (x !== 0 || y !== 0 ? 1 : 0),
  type: 'boolean',
  logical: true,
  js: infix('||', disjunction, 'both'),
  unicode: infix('∨', disjunction, 'both'),
});

/** The notations only name it: printers write c ? a : b, or cases. */
export const select: Row = row({
  value: (c, x, y) => (c !== 0 ? x! : y!),
  slopes: [
    undefined,
    (k, c) => k.select(c!, k.constant(1), k.constant(0)),
    (k, c) => k.select(c!, k.constant(0), k.constant(1)),
  ],
  pieces: true,
  choose: (k, c) => [undefined, c, k.not(c!)],
  js: call('?:'),
  unicode: call('if', '\\operatorname{if}'),
});

export const toNumber: Row = flat(1, {
  value: (x) => x!,
  js: call('Number'),
  unicode: call('number', '\\operatorname{number}'),
});
export const truthy: Row = flat(1, {
  value: (x) => (x === 0 || Number.isNaN(x) ? 0 : 1),
  type: 'boolean',
  compares: 'equality',
  js: call('Boolean'),
  unicode: call('truthy', '\\operatorname{truthy}'),
});
