/** The objectives that benchmarks of differentiation share, at moderate sizes, against differences of them in Node. */
import path from 'node:path';
import { expect, test } from 'vitest';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { ask } from '../support/commandLine.ts';
import { judge } from '../support/comparison.ts';
import { inputLeaves, resultLeaves } from '../support/encoding.ts';
import { loadNative } from '../support/native.ts';
import { type Row, report } from '../support/report.ts';
import { commandLine } from './commandLine.ts';
import { type Objective, objectives } from './objectiveCases.ts';

const FOLDER = path.join(import.meta.dirname, 'objectives');
const cli = commandLine();

/** Calls with all but the inputs fixed. */
function callOf({ file, name, args, inputs }: Objective) {
  const native = loadNative(path.join(FOLDER, file), [name]);
  return {
    args: inputs.map((i) => args[i]!),
    run: (given: readonly EncodedValue[]) =>
      resultLeaves(
        native.call(
          name,
          args.map((a, i) => given[inputs.indexOf(i)] ?? a),
        ).result,
      ),
  };
}

test('objectives', async () => {
  const calls = objectives.map(callOf);
  const named = objectives.map((c, k) => inputLeaves(calls[k]!.args).map(({ path: at }) => nameOf(c, at)));
  const answers = await ask(
    cli(),
    FOLDER,
    objectives.map((c, k) => ({ file: c.file, function: c.name, args: c.args, wrt: named[k]! })),
  );
  const rowsOf: Row[] = objectives.map((c, k) => ({
    group: c.file,
    what: `${c.name} with ${named[k]!.length} inputs`,
    ...judge(answers[k]!, { ...calls[k]!, name: (at) => nameOf(c, at) }, new Set()),
  }));
  console.info(report('objectives of benchmarks', rowsOf));
  expect(rowsOf.filter((r) => r.verdict !== 'right')).toEqual([]);
});

/** As the command line names an input, through typed arrays. */
function nameOf(c: Objective, [head, ...keys]: readonly (string | number)[]): string {
  return [c.inputs[Number(head)]!, ...keys.filter((key) => key !== 'data')].join('.');
}
