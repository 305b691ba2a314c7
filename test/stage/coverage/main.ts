/** `node scripts/staging.mjs [PART OF A FILE OR FUNCTION…] [--examples N] [--json FILE]`: the whole, npm packages too. */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { calls } from './cases.ts';
import { check } from './check.ts';
import { type Checked, report } from './report.ts';

export function main(args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { examples: { type: 'string' }, json: { type: 'string' }, progress: { type: 'boolean' } },
  });
  const wanted = calls(true).filter(
    ({ group, file, function: name }) =>
      positionals.length === 0 || positionals.some((p) => `${group} ${file} ${name}`.includes(p)),
  );
  const checked = wanted.map((call): Checked => {
    if (values.progress === true) console.error(`${call.file} ${call.function}`);
    try {
      return { call, finding: check(call) };
    } catch (error) {
      return { call, finding: { kind: 'wrong', message: `defect: ${(error as Error).stack}` } };
    }
  });
  console.log(report(checked, Number(values.examples ?? 0)));
  if (values.json === undefined) return;
  const rows = checked.map(({ call, finding }) => ({ file: call.file, function: call.function, ...finding }));
  fs.writeFileSync(values.json, JSON.stringify(rows, null, 1));
}
