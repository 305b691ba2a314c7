/** `npm run corpus`: the whole corpus, its report, and with `--verbose` every function that is not right; `--vary`: at other points. */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/lib/process.mjs';
import type { Judged } from './judge.ts';
import { everything } from './packages/index.ts';
import { byFunction, packageLine, report } from './report.ts';
import { runCorpus } from './run.ts';

export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { verbose: { type: 'boolean' }, cli: { type: 'string' }, vary: { type: 'boolean' } },
  });
  const cli = path.resolve(values.cli ?? path.join(root, 'dist/cli.js'));
  const judged = await runCorpus('full', everything, cli, {
    vary: values.vary === true,
    only: ({ name }) => positionals.length === 0 || positionals.some((p) => name.includes(p)),
    onPackage: (spec, rows) => {
      console.log(packageLine(`${spec.name}@${spec.version}`, rows));
      if (values.verbose === true)
        for (const { rows: calls, kind } of byFunction(rows))
          for (const call of calls
            .filter(({ verdict }) => verdict.kind === kind)
            .slice(0, kind === 'wrong' ? 9 : 1))
            tell(call);
    },
  });
  const text = report(judged);
  console.log(text);
  if (positionals.length > 0 || values.vary === true) return;
  const folder = path.join(root, 'artifacts');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'corpus.txt'), `${text}\n`);
}

function tell({ row, verdict }: Judged): void {
  if (verdict.kind === 'right') return;
  const { kind, ...rest } = verdict;
  console.log(`  ${kind} ${row.file} ${row.function} ${JSON.stringify(row.args)} ${JSON.stringify(rest)}`);
}
