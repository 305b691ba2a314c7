import type { Program } from './corpus.ts';
import { learning } from './learning.ts';
import { calculus, expressions, linear } from './numerics.ts';
import { colour, geodesy, physics } from './physics.ts';
import { finance, statistics } from './statistics.ts';
import { oldStyles, styles } from './styles.ts';

export const programs: readonly Program[] = [
  physics,
  geodesy,
  colour,
  statistics,
  finance,
  learning,
  linear,
  calculus,
  expressions,
  styles,
  oldStyles,
];
