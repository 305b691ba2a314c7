import type { PackageSpec } from '../row.ts';
import { algebra } from './algebra.ts';
import { astro } from './astro.ts';
import { colour } from './colour.ts';
import { curves } from './curves.ts';
import { finance } from './finance.ts';
import { geo } from './geo.ts';
import { further } from './more.ts';
import { physics } from './physics.ts';
import { statistics } from './statistics.ts';

export const everything: readonly PackageSpec[] = [
  ...curves,
  ...geo,
  ...astro,
  ...finance,
  ...statistics,
  ...colour,
  ...algebra,
  ...physics,
  ...further,
];
