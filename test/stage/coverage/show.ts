/** Prints the Program of the calls whose names contain a text. */
import { stageAt } from '../../../core/analysis/stageAt.ts';
import { withModules } from '../../../core/evaluate/modules/world.ts';
import { printProgram } from '../../../core/program/print.ts';
import { calls } from './cases.ts';

export function main(args: readonly string[]): void {
  const [wanted, shapes] = args;
  for (const call of calls(true)) {
    if (!`${call.group} ${call.file} ${call.function}`.includes(wanted!)) continue;
    console.log(`── ${call.file} ${call.function} ${JSON.stringify(call.arguments)}`);
    const request = { module: call.module(), function: call.function, arguments: call.arguments, steps: 3e6 };
    const staged = withModules(() =>
      stageAt({ ...request, shapes: shapes === 'sample' ? 'sample' : 'open' }),
    );
    console.log('program' in staged ? printProgram(staged.program) : JSON.stringify(staged));
  }
}
