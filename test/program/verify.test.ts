import { describe, expect, it } from 'vitest';
import type { Instruction, Program, ProgramFunction } from '../../core/program/program.ts';
import { verify } from '../../core/program/verify.ts';

/** f(%0: number, %1: boolean, %2: buffer) with these instructions and results, whose types follow from 3 on. */
function program(
  instructions: Instruction[],
  results: number[],
  types: ProgramFunction['types'],
  returned: ProgramFunction['types'] = ['number'],
): Program {
  const parameters = (['number', 'boolean', 'buffer'] as const).map((type, id) => ({
    id,
    type,
    name: `p${id}`,
    path: [id],
  }));
  const f: ProgramFunction = {
    name: 'f',
    parameters,
    body: { instructions, results },
    results: returned.map((type) => ({ path: [], type })),
    types: ['number', 'boolean', 'buffer', ...types],
    names: new Map(),
  };
  return { functions: [f], entry: 0 };
}

describe('verify', () => {
  const one: Instruction = { kind: 'constant', id: 3, value: 1 };
  const empty = { instructions: [], results: [] };
  const cases: [string, Program, string][] = [
    [
      'a use before its definition',
      program(
        [
          { kind: 'op', id: 3, op: 'neg', args: [4] },
          { kind: 'constant', id: 4, value: 1 },
        ],
        [3],
        ['number', 'number'],
      ),
      'not defined before',
    ],
    ['a value defined twice', program([one, one], [3], ['number']), 'defined twice'],
    [
      'a wrong arity',
      program([{ kind: 'op', id: 3, op: 'add', args: [0] }], [3], ['number']),
      'takes 2 arguments',
    ],
    [
      'a wrong argument',
      program([{ kind: 'op', id: 3, op: 'sin', args: [1] }], [3], ['number']),
      'not a number',
    ],
    ['a wrong declared type', program([one], [3], ['boolean']), 'is declared a boolean'],
    ['a result that is missing', program([], [], []), 'yields 0 values, not 1'],
    ['a result of another type', program([], [1], []), 'not a number'],
    [
      'a value of an arm used outside',
      program(
        [{ kind: 'if', ids: [], condition: 1, then: { instructions: [one], results: [] }, else: empty }],
        [3],
        ['number'],
      ),
      'defined in another block',
    ],
    [
      'arms that yield different numbers of values',
      program(
        [{ kind: 'if', ids: [3], condition: 1, then: { instructions: [], results: [0] }, else: empty }],
        [3],
        ['number'],
      ),
      'an arm yields 0 values',
    ],
    [
      'a loop whose body yields another type',
      program(
        [
          {
            kind: 'loop',
            ids: [3],
            initial: [0],
            parameters: [4],
            test: { instructions: [], results: [1] },
            body: { instructions: [], results: [1] },
          },
        ],
        [3],
        ['number', 'number'],
      ),
      'the body of a loop is a boolean, not a number',
    ],
    [
      'instructions after a throw',
      program([{ kind: 'throw', message: '' }, one], [], ['number']),
      'follow a throw',
    ],
    [
      'a call of nothing',
      program([{ kind: 'call', ids: [], function: 7, args: [] }], [0], []),
      'no function 7',
    ],
    [
      'a call with too few arguments',
      program([{ kind: 'call', ids: [3], function: 0, args: [0] }], [3], ['number']),
      'takes 3 arguments',
    ],
    [
      'a load from a number',
      program([{ kind: 'load', id: 3, buffer: 0, index: 0 }], [3], ['number']),
      'not a buffer',
    ],
    [
      'a stack of two types',
      program(
        [
          { kind: 'push', stack: 0, value: 0 },
          { kind: 'pop', id: 3, stack: 0 },
        ],
        [0],
        ['boolean'],
      ),
      'stack 0 holds',
    ],
  ];
  it.each(cases)('finds %s', (_, bad, fault) => {
    expect(verify(bad).join('\n')).toContain(fault);
  });

  it('finds nothing where all is well', () => {
    expect(verify(program([{ kind: 'op', id: 3, op: 'neg', args: [0] }], [3], ['number']))).toEqual([]);
  });
});
