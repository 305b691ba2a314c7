/** What the corpus is made of: functions of npm packages, called at points. */
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';

/** One call as the command line is asked for it, in the form of `gradlens gradient --jsonl`. */
export interface Row {
  /** `name@version` */
  readonly package: string;
  /** Relative to the folder that the packages are installed in. */
  readonly file: string;
  readonly function: string;
  readonly this?: EncodedValue;
  readonly args: readonly EncodedValue[];
  readonly wrt?: readonly string[];
  readonly outputs?: readonly string[];
}

/** The arguments alone, or a call with more to say. */
export type Point =
  | readonly EncodedValue[]
  | {
      readonly args: readonly EncodedValue[];
      readonly this?: EncodedValue;
      readonly wrt?: readonly string[];
      readonly outputs?: readonly string[];
    };

/** Functions by name (several in one key, apart by spaces), each called at each of the points. */
export type Calls = { readonly [names: string]: readonly Point[] };

export interface Source {
  readonly file: string;
  readonly calls: Calls;
  /** For all the points that do not say. */
  readonly wrt?: readonly string[];
}

export interface PackageSpec {
  readonly name: string;
  readonly version: string;
  readonly sources: readonly Source[];
  /** Other packages that the files import, as `name@version`. */
  readonly with: readonly string[];
}

/** Functions in a file of the package itself. */
export function inFile(file: string, calls: Calls, wrt?: readonly string[]): Source {
  return { file, calls, ...(wrt === undefined ? {} : { wrt }) };
}

/** Functions of a file in `wrappers/` that imports the package as a project does. */
export function inWrapper(file: string, calls: Calls, wrt?: readonly string[]): Source {
  return inFile(`wrappers/${file}`, calls, wrt);
}

export function fromPackage(
  name: string,
  version: string,
  sources: readonly Source[],
  imports: readonly string[] = [],
): PackageSpec {
  return { name, version, sources, with: imports };
}

export function rowsOf(spec: PackageSpec): Row[] {
  const rows: Row[] = [];
  for (const source of spec.sources) {
    const file = source.file.startsWith('wrappers/')
      ? source.file
      : `node_modules/${spec.name}/${source.file}`;
    for (const [names, points] of Object.entries(source.calls)) {
      for (const name of names.split(/\s+/).filter((n) => n !== '')) {
        for (const point of points) {
          const call = isList(point) ? { args: point } : point;
          const wrt = call.wrt ?? source.wrt;
          rows.push({
            package: `${spec.name}@${spec.version}`,
            file,
            function: name,
            ...call,
            ...(wrt === undefined ? {} : { wrt }),
          });
        }
      }
    }
  }
  return rows;
}

function isList(point: Point): point is readonly EncodedValue[] {
  return Array.isArray(point);
}

/** Many one-argument (or equally called) functions at the same points. */
export function numbers(...values: readonly number[]): Point[] {
  return values.map((value) => [value]);
}
