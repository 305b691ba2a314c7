import type { PackageSpec } from '../row.ts';
import { algebra } from './algebra.ts';
import { astro } from './astro.ts';
import { colour } from './colour.ts';
import { curves } from './curves.ts';
import { earth } from './earth.ts';
import { engines } from './engines.ts';
import { finance } from './finance.ts';
import { geo } from './geo.ts';
import { money } from './money.ts';
import { further } from './more.ts';
import { paint } from './paint.ts';
import { physics } from './physics.ts';
import { shapes } from './shapes.ts';
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
  ...earth,
  ...money,
  ...paint,
  ...shapes,
  ...engines,
];
