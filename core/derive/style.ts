/** What is done to a Program before and after it is differentiated, by the style of code that is wanted. */
import { jamLoops } from '../program/jam.ts';
import { optimise } from '../program/optimise.ts';
import { privatise } from '../program/privatise.ts';
import type { Program } from '../program/program.ts';
import { withWishes } from '../program/wishes.ts';
import { hoistArrays } from '../program/zeroing.ts';
import { withoutEqualities } from './equalities.ts';
import { tapes } from './tapes.ts';

/** `readable` keeps the user's loops and helpers; `fast` writes small constant loops out and helpers in. */
export type Style = 'readable' | 'fast';

/** Helpers of at most so many instructions are copied into their callers before anything else. */
const INLINE: { readonly [S in Style]: number } = { readable: 24, fast: 400 };
/** Loops of at most so many iterations are written out. */
const UNROLL: { readonly [S in Style]: number } = { readable: 0, fast: 16 };

export function prepared(program: Program, style: Style): Program {
  return withWishes(
    privatise(optimise(withoutEqualities(program), { inline: INLINE[style], unroll: UNROLL[style] })),
  );
}

export function polished(program: Program, style: Style): Program {
  const options = { unroll: UNROLL[style], signedZeros: false };
  const taped = optimise(tapes(optimise(program, options), style === 'fast'), options);
  const jammed = style === 'fast' ? optimise(jamLoops(taped), { ...options, unroll: 0 }) : taped;
  return withWishes(hoistArrays(jammed));
}
