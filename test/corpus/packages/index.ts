import type { PackageSpec } from '../row.ts';
import { algebra } from './algebra.ts';
import { astro } from './astro.ts';
import { colour } from './colour.ts';
import { curves } from './curves.ts';
import { earth } from './earth.ts';
import { engines } from './engines.ts';
import { finance } from './finance.ts';
import { geo } from './geo.ts';
import { maps } from './maps.ts';
import { medley } from './medley.ts';
import { money } from './money.ts';
import { further } from './more.ts';
import { motion } from './motion.ts';
import { orbits } from './orbits.ts';
import { paint } from './paint.ts';
import { physics } from './physics.ts';
import { pricing } from './pricing.ts';
import { ratings } from './ratings.ts';
import { samples } from './samples.ts';
import { shapes } from './shapes.ts';
import { solvers } from './solvers.ts';
import { statistics } from './statistics.ts';
import { survey } from './survey.ts';
import { tints } from './tints.ts';
import { wider } from './wider.ts';

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
  ...maps,
  ...motion,
  ...orbits,
  ...ratings,
  ...solvers,
  ...tints,
  ...wider,
  ...survey,
  ...samples,
  ...pricing,
  ...medley,
];
