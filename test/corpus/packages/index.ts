import type { PackageSpec } from '../row.ts';
import { curves } from './curves.ts';

export const everything: readonly PackageSpec[] = [...curves];
