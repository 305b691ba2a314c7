#!/usr/bin/env node
/** The command line: `gradlens gradient`, `generate`, `check`, `lsp`. Exit codes: 0 done, 1 refused, 2 usage. */
import { Command, CommanderError, Option } from 'commander';
import { DERIVATIVE_KINDS, type DerivativeKind } from '../../core/derive/kinds.ts';
import {
  type GeneratedShape,
  MODES,
  type Mode,
  SHAPES,
  STYLES,
  type Style,
} from '../../core/generate/request.ts';
import { version } from '../../package.json';
import { BAD_REQUEST, toJson } from './answers.ts';
import type { CheckFormat } from './check.ts';
import { answerText, diagnosticText } from './text.ts';

const DONE = 0;
const REFUSED = 1;
const USAGE = 2;

interface GradientOptions {
  readonly at?: string;
  readonly wrt?: string;
  readonly hessian?: true;
  readonly json?: true;
  readonly jsonl?: true;
}

async function gradient(
  file: string | undefined,
  name: string | undefined,
  options: GradientOptions,
  command: Command,
): Promise<number> {
  const { Evaluator } = await import('./evaluator.ts');
  const evaluator = new Evaluator();
  try {
    if (options.jsonl === true) {
      if (file !== undefined) command.error('error: --jsonl takes its requests from standard input');
      const { answerLines } = await import('./jsonl.ts');
      await answerLines(process.stdin, process.stdout, evaluator);
      return DONE;
    }
    if (file === undefined) command.error("error: missing required argument 'FILE'");
    if (name === undefined) command.error("error: missing required argument 'FUNCTION'");
    const answer = await evaluator.evaluate({
      file,
      function: name,
      arguments: { kind: 'sample', at: options.at, wrt: options.wrt },
      hessian: options.hessian === true,
    });
    const refused = 'error' in answer;
    if (options.json === true) console.log(toJson(answer));
    else {
      for (const diagnostic of answer.diagnostics) console.error(diagnosticText(diagnostic));
      if (refused) console.error(diagnosticText({ ...answer.error, severity: 'error' }));
      else console.log(answerText(name, answer));
    }
    if (!refused) return DONE;
    return answer.error.id === BAD_REQUEST ? USAGE : REFUSED;
  } finally {
    evaluator.dispose();
  }
}

interface GenerateOptions {
  readonly kind: DerivativeKind;
  readonly mode: Mode;
  readonly style: Style;
  readonly checkpoints: boolean;
  readonly shape: GeneratedShape;
  readonly at?: string;
  readonly wrt?: string;
  readonly name?: string;
  readonly language?: 'ts' | 'js';
}

async function generate(file: string, name: string, options: GenerateOptions): Promise<number> {
  const { Evaluator } = await import('./evaluator.ts');
  const evaluator = new Evaluator();
  try {
    const { kind, mode, style, checkpoints, shape, at, wrt, language } = options;
    const request = { kind, mode, style, checkpoints, shape, at, wrt, language, name: options.name };
    const answer = await evaluator.generate({ ...request, file, function: name });
    for (const diagnostic of answer.diagnostics) console.error(diagnosticText(diagnostic));
    if (!('error' in answer)) {
      process.stdout.write(answer.code);
      return DONE;
    }
    console.error(diagnosticText({ ...answer.error, severity: 'error' }));
    return answer.error.id === BAD_REQUEST ? USAGE : REFUSED;
  } finally {
    evaluator.dispose();
  }
}

async function checkPaths(
  paths: readonly string[],
  { format }: { readonly format: CheckFormat },
  command: Command,
): Promise<number> {
  const { check } = await import('./check.ts');
  try {
    return (await check(paths, format, (text) => console.log(text))) ? REFUSED : DONE;
  } catch (error) {
    return command.error(`error: ${(error as Error).message}`);
  }
}

/** Runs until the client has said `exit`. */
async function lsp(): Promise<number> {
  await import('../main.node.ts');
  return new Promise(() => {});
}

async function main(): Promise<number> {
  let code = DONE;
  const program = new Command('gradlens')
    .description(
      'Derivatives of the numeric functions of TypeScript and JavaScript files. Reads source, never runs it.',
    )
    .version(version)
    .showHelpAfterError('(gradlens --help shows how it is used)')
    .exitOverride();
  program
    .command('gradient')
    .description('the value and the derivatives of a function at a point')
    .argument('[FILE]', 'a .ts, .tsx, .js, .jsx, .mts, .cts, .mjs or .cjs file')
    .argument(
      '[FUNCTION]',
      'an exported or top-level name, default, obj.method, Class.method or Namespace.fn',
    )
    .option('--at <values>', "the point, as in an annotation: 'x = 2, y = [1, 2, 3]'")
    .option('--wrt <leaves>', "with respect to what: 'x, p.mass, y[0], q.*'")
    .option('--hessian', 'the second derivatives too')
    .option('--json', 'print JSON')
    .option('--jsonl', 'read one JSON request a line from standard input, answer one a line')
    .addHelpText(
      'after',
      `
A request of --jsonl is {"file": "a.ts", "function": "f", "args": [2, 3]}, with id, this, wrt, outputs, hessian where
wanted; docs/command-line.md has its values, its paths and its answers.`,
    )
    .action(
      async (
        file: string | undefined,
        name: string | undefined,
        options: GradientOptions,
        command: Command,
      ) => {
        code = await gradient(file, name, options, command);
      },
    );
  program
    .command('generate')
    .description('a derivative of a function as source code: a module on standard output')
    .argument('<FILE>', 'a .ts, .tsx, .js, .jsx, .mts, .cts, .mjs or .cjs file')
    .argument(
      '<FUNCTION>',
      'an exported or top-level name, default, obj.method, Class.method or Namespace.fn',
    )
    .addOption(new Option('--kind <kind>', 'which derivative').choices(DERIVATIVE_KINDS).default('gradient'))
    .addOption(new Option('--mode <mode>', 'how it is worked out').choices(MODES).default('auto'))
    .addOption(
      new Option('--style <style>', 'readable, or unrolled and blocked').choices(STYLES).default('readable'),
    )
    .option('--checkpoints', 'loops keep states and run again from there', false)
    .addOption(
      new Option('--shape <shape>', 'for arrays of any lengths, or for what the point has alone')
        .choices(SHAPES)
        .default('open'),
    )
    .option('--wrt <leaves>', "with respect to what: 'x, p.mass, q.*'")
    .option('--at <values>', "a point that shows shapes which no type declares: 'x = [1, 2, 3]'")
    .option('--name <name>', 'the name of the generated function')
    .addOption(
      new Option('--language <language>', 'as the file is, unless said otherwise').choices(['ts', 'js']),
    )
    .action(async (file: string, name: string, options: GenerateOptions) => {
      code = await generate(file, name, options);
    });
  program
    .command('check')
    .description('every diagnostic of the annotated functions in files and folders')
    .argument('<PATH...>', 'files, or folders that are searched for TypeScript and JavaScript')
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['text', 'json', 'sarif']).default('text'),
    )
    .action(async (paths: string[], options: { format: CheckFormat }, command: Command) => {
      code = await checkPaths(paths, options, command);
    });
  program
    .command('lsp')
    .description('the language server, for editors that have no Gradlens extension')
    .requiredOption('--stdio', 'speak over standard input and output')
    .action(async () => {
      code = await lsp();
    });
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has printed its message; help and version count as done.
    return error.exitCode === 0 ? DONE : USAGE;
  }
  return code;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader has gone (`| head`).
  if (error.code === 'EPIPE') process.exit(DONE);
  throw error;
});
process.exitCode = await main();
