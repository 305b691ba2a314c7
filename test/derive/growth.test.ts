/** Places that are counted on through nested loops: right, and without recording where they are known beforehand. */
import { describe, expect, it } from 'vitest';
import { derive } from '../../core/derive/derive.ts';
import { printProgram } from '../../core/program/print.ts';
import { agree } from '../stage/agree.ts';
import { staged } from '../support/stage.ts';

const numbers = (n: number) => Float64Array.from({ length: n }, (_, i) => Math.sin(1 + 1.7 * i));

interface Case {
  readonly name: string;
  /** `l` is the place; x holds the numbers. */
  readonly body: string;
  readonly extra?: string;
  readonly args?: readonly unknown[];
  readonly fixed?: readonly number[];
}

/** Each multiplies what it reads, so that every place is needed on the way back. */
const KNOWN: readonly Case[] = [
  {
    name: 'rows of one length',
    body: 'for (let i = 0; i < 4; i++) for (let j = 0; j < 3; j++) s += x[l++]! * s * 0.1 + x[i]!;',
  },
  {
    name: 'rows whose length is another array’s',
    extra: ', y: Float64Array',
    body: 'for (let i = 0; i < 4; i++) { for (let j = 0; j < y.length; j++) s += x[l++]! * s * y[j]!; l += 1; }',
    args: [numbers(2)],
  },
  {
    name: 'rows whose length is no integer',
    extra: ', n: number',
    body: 'for (let i = 0; i < 4; i++) for (let j = 0; j < n; j++) s += x[l++]! * s * 0.1;',
    args: [2.5],
    fixed: [1],
  },
  {
    name: 'rows of negative length',
    extra: ', n: number',
    body: 'for (let i = 0; i < 4; i++) { s += x[l]! * s * 0.2; for (let j = 0; j < n; j++) l++; l++; }',
    args: [-3],
    fixed: [1],
  },
  {
    name: 'a packed upper triangle',
    body: 'for (let c = 0; c < 5; c++) for (let r = c + 1; r < 5; r++) s += x[l++]! * s * x[r]!;',
  },
  {
    name: 'a packed lower triangle with its diagonal',
    body: 'for (let r = 0; r < 5; r++) for (let c = 0; c <= r; c++) s += x[l++]! * s * x[c]!;',
  },
  {
    name: 'a triangle whose size is an array’s',
    extra: ', y: Float64Array',
    body: 'for (let c = 0; c < y.length; c++) for (let r = c; r < y.length; r++) s += x[l++]! * s * y[r]!;',
    args: [numbers(4)],
  },
  {
    name: 'triangles in a loop, backwards',
    body: 'l = 29; for (let k = 0; k < 3; k++) { for (let c = 1; c < 4; c++) for (let r = 0; r < c; r++) s += x[l--]! * s * x[r]!; l -= 2; }',
  },
];

const UNKNOWN: readonly Case[] = [
  {
    name: 'two loops and a step between',
    body: 'for (let i = 0; i < 3; i++) { for (let j = 0; j < 2; j++) s += x[l++]! * s; l += 2; for (let j = 0; j < 3; j++) s -= x[l++]! * s * 0.3; }',
  },
  {
    name: 'a loop that begins past its end at first',
    body: 'for (let c = 0; c < 6; c++) for (let r = 2; r < c; r++) s += x[l++]! * s * x[r]!;',
  },
  {
    name: 'a triangle that is cut off',
    body: 'for (let c = 0; c < 6; c++) for (let r = c; r < 4; r++) s += x[l++]! * s * x[r]!;',
  },
  {
    name: 'steps that depend on numbers',
    body: 'for (let i = 0; i < 5; i++) { for (let j = 0; j < 2; j++) { s += x[l]! * s; if (x[j + i]! > 0) l++; } }',
  },
  {
    name: 'a length that changes',
    body: 'let n = 1; for (let i = 0; i < 4; i++) { for (let j = 0; j < n; j++) s += x[l++]! * s * 0.3; n = 3 - n; }',
  },
  {
    name: 'a place that doubles',
    body: 'l = 1; for (let i = 0; i < 4; i++) { s += x[l]! * s; l = l * 2; }',
  },
  {
    name: 'steps of a tenth',
    body: 'let t = 0; for (let i = 0; i < 4; i++) for (let j = 0; j < 3; j++) { t += 0.1; s += x[j]! * s * t; }',
  },
];

const textOf = ({ body, extra = '' }: Case) =>
  `function f(x: Float64Array${extra}) { let s = 1; let l = 0; ${body} return s; }`;

describe('a place that nested loops count on', () => {
  it.each([...KNOWN, ...UNKNOWN])('is right: $name', (each) => {
    const how = each.fixed ? { fixed: each.fixed } : {};
    expect(agree(textOf(each), 'f', [numbers(30), ...(each.args ?? [])], how).kind).toBe('agrees');
  });

  it.each(KNOWN)('is not recorded: $name', (each) => {
    for (const style of ['readable', 'fast'] as const) {
      const program = staged(textOf(each), 'f', [numbers(30), ...(each.args ?? [])]);
      const wrt = program.functions[program.entry]!.parameters.map((_, i) => i === 0);
      const derived = derive(program, 'gradient', wrt, { style });
      if (derived.kind === 'refused') throw new Error(derived.reason);
      expect(printProgram(derived.program)).not.toMatch(/= (?:load|pop) .*; l$/m);
    }
  });
});
