/** Runs rows: installs, computes references, asks gradlens, judges. */
import { prepare } from './folders.ts';
import { variants } from './inputs.ts';
import { type Judged, judge } from './judge.ts';
import { LineProcess } from './lineProcess.ts';
import { referencesOf } from './references.ts';
import { type PackageSpec, type Row, rowsOf } from './row.ts';

/** Milliseconds for one request: its own deadline is shorter, so this is met only by what hangs. */
const TIMEOUT = 60_000;

export async function runCorpus(
  name: string,
  specs: readonly PackageSpec[],
  cli: string,
  options: {
    /** The packages to run; all are installed. */
    readonly only?: (spec: PackageSpec) => boolean;
    /** Not at the points given, but at others near them. */
    readonly vary?: boolean;
    readonly onPackage?: (spec: PackageSpec, judged: readonly Judged[]) => void;
  } = {},
): Promise<Judged[]> {
  const folder = await prepare(name, specs);
  const gradlens = new LineProcess([cli, 'gradient', '--jsonl'], folder.folder);
  const all: Judged[] = [];
  for (const spec of specs) {
    if (options.only?.(spec) === false) continue;
    const own = rowsOf(spec);
    const rows = options.vary === true ? own.flatMap(variants) : own;
    if (rows.length === 0) continue;
    const references = await referencesOf(folder, rows, options.vary === true ? '.varied' : '');
    const judged: Judged[] = [];
    for (const [i, row] of rows.entries()) {
      const reply = await gradlens.ask(requestOf(row), TIMEOUT);
      const reference = references[i]!;
      judged.push({ row, reference, verdict: judge(reference, reply) });
    }
    all.push(...judged);
    options.onPackage?.(spec, judged);
  }
  gradlens.end();
  return all;
}

export function requestOf(row: Row): string {
  const { package: _, ...request } = row;
  return JSON.stringify(request);
}
