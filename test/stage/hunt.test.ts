import { describe, expect, it } from 'vitest';
import { agree } from './agree.ts';
import { ARRAYS } from './huntArrays.ts';
import { CALLS } from './huntCalls.ts';
import { EDGES } from './huntEdges.ts';
import { NAMES } from './huntNames.ts';
import { STATE } from './huntState.ts';

/** It agrees with Node, or refuses and says where. */
const CASES = [...STATE, ...CALLS, ...ARRAYS, ...EDGES, ...NAMES];

describe('what tempts a stage to be wrong', () => {
  it.each(CASES)('$name', ({ name, text, at, staged }) => {
    const names = /function f\(([^)]*)\)/
      .exec(text)![1]!
      .replace(/\{[^}]*\}/g, '')
      .split(',')
      .map((p) => /[\w$]+/.exec(p)![0]);
    // The trace lists an object that is returned twice once.
    const trace = name === 'sameTwice' ? {} : { trace: names };
    const fixed = names.flatMap((n, i) => (n === 'n' ? [i] : []));
    for (const args of at) {
      const result = agree(text, 'f', args, { ...trace, fixed });
      expect(result.kind === 'refused').toBe(!staged);
      if (result.kind !== 'refused') continue;
      expect(result.id).toBe('GL111');
      expect(result.message).toMatch(/\.$/);
      expect(result.at).not.toBe('');
    }
  });
});
