/** Running and type-checking generated text. */
import { transformSync } from 'esbuild';
import ts from 'typescript';
import { type GenerateOptions, generateModule } from '../../core/generate/typescript.ts';
import type { Program } from '../../core/program/program.ts';

export function generate(program: Program, options: Partial<GenerateOptions> = {}): string {
  return generateModule(program, { name: 'generated', language: 'ts', ...options });
}

/** Calls the generated function with leaf arguments; yields its results' numbers, in order. */
export async function execute(
  program: Program,
  inputs: readonly (number | readonly number[])[],
  options: Partial<GenerateOptions> = {},
): Promise<number[]> {
  const text = generate(program, options);
  const { code } = transformSync(text, { loader: options.language ?? 'ts', format: 'esm' });
  const module = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return numbers(module.generated(...callArguments(program, inputs)));
}

/** Leaves to arguments: the adjoints of several results are one argument of the results' form. */
function callArguments(program: Program, inputs: readonly (number | readonly number[])[]): unknown[] {
  const { parameters } = program.functions[program.entry]!;
  const all: unknown[] = [];
  const whole: Record<string, unknown> = {};
  parameters.forEach(({ path }, i) => {
    const input = inputs[i]!;
    const value = typeof input === 'number' ? input : [...input];
    if (path[0] === 'adjoint' && path.length > 1) {
      if (!all.includes(whole)) all.push(whole);
      whole[String(path[1])] = value;
    } else all.push(value);
  });
  return all;
}

function numbers(value: unknown): number[] {
  if (typeof value === 'number' || typeof value === 'boolean') return [Number(value)];
  if (value === undefined) return [];
  return Object.values(value as object).flatMap(numbers);
}

/** What the compiler has to say of the texts, in its strictest mode; `unchecked`: and of elements that may be missing. */
export function typeErrors(
  texts: readonly string[],
  unchecked = false,
  language: 'ts' | 'js' = 'ts',
): string[] {
  return typeErrorsIn(new Map(texts.map((text, i) => [`/generated${i}.${language}`, text])), unchecked);
}

/** The same of files that import each other, by their paths. */
export function typeErrorsIn(files: ReadonlyMap<string, string>, unchecked = false): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: unchecked,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitOverride: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    noEmit: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    allowJs: true,
    checkJs: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) => {
    const text = files.get(name);
    return text === undefined
      ? getSourceFile.call(host, name, ...rest)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
  };
  host.fileExists = (name) => files.has(name) || fileExists.call(host, name);
  const folders = new Set([...files.keys()].map((name) => name.slice(0, name.lastIndexOf('/'))));
  const { directoryExists } = host;
  host.directoryExists = (name) => folders.has(name) || directoryExists?.call(host, name) === true;
  host.readFile = (name) => files.get(name) ?? readFile.call(host, name);
  const checked = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(checked).map((d) => {
    const line = d.file?.text.slice(d.start, (d.start ?? 0) + (d.length ?? 0)) ?? '';
    return `${ts.flattenDiagnosticMessageText(d.messageText, '\n')} (${line}) in\n${d.file?.text}`;
  });
}
