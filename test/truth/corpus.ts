/**
 * Programs as people write them, with points to check them at. A line `//= name(arguments)` asks for the function's
 * value and Jacobian there; the arguments are JSON, in the forms of core/analysis/evaluateAt.types.ts. Words after it
 * are flags (test/support/comparison.ts); words after `refused` say why.
 */
import * as esbuild from 'esbuild';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import type { EncodedValue, EvaluateAtResult } from '../../core/analysis/evaluateAt.types.ts';
import { type Given, type Judgement, judge } from '../support/comparison.ts';
import { hostValue, resultLeaves } from '../support/encoding.ts';
import { lowerSource } from '../support/source.ts';

export interface Case {
  readonly program: string;
  readonly name: string;
  readonly args: readonly EncodedValue[];
  readonly flags: ReadonlySet<string>;
  readonly why: string;
}

export interface Program {
  readonly name: string;
  readonly text: string;
  readonly language: 'ts' | 'js';
  readonly cases: readonly Case[];
}

export function program(name: string, text: string, language: 'ts' | 'js' = 'ts'): Program {
  const cases: Case[] = [];
  for (const match of text.matchAll(/^ *\/\/= *([\w$.]+)\((.*)\)([^()]*)$/gm)) {
    const [, fn, args, rest] = match as unknown as [string, string, string, string];
    const [head, ...tail] = rest.trim().split(/ +/);
    const refused = head === 'refused';
    cases.push({
      program: name,
      name: fn,
      args: JSON.parse(`[${args}]`) as EncodedValue[],
      flags: new Set(refused ? ['refused'] : [head!, ...tail]),
      why: refused ? tail.join(' ') : '',
    });
  }
  return { name, text, language, cases };
}

type Native = (args: readonly EncodedValue[]) => ReadonlyMap<string, number>;

/** The text as Node runs it: its top-level functions by name. */
function native(source: Program): (name: string) => Native {
  const names = [...new Set(source.cases.map((c) => c.name.split('.')[0]!))];
  const made = [...source.text.matchAll(/"\$(?:new|class|function)": *"(\w+)"/g)].map((m) => m[1]!);
  const all = [...new Set([...names, ...made])];
  const { code } = esbuild.transformSync(source.text + `\n;globalThis.__truth = { ${all.join(', ')} };`, {
    loader: source.language,
    target: 'es2022',
    format: 'cjs',
  });
  const scope: { __truth?: Record<string, unknown> } = {};
  new Function('globalThis', 'module', 'exports', `'use strict';${code}`)(scope, { exports: {} }, {});
  const table = scope.__truth!;
  return (name) => {
    const [head, ...keys] = name.split('.');
    let owner: unknown;
    let value: unknown = table[head!];
    for (const key of keys) {
      owner = value;
      value = (value as Record<string, unknown>)[key];
    }
    const decoded = (args: readonly EncodedValue[]) => args.map((a) => hostValue(a, (n) => table[n]));
    return (args) => resultLeaves((value as (...a: unknown[]) => unknown).apply(owner, decoded(args)));
  };
}

export interface Outcome extends Judgement {
  readonly case: Case;
  readonly result: EvaluateAtResult;
}

export function checkProgram(source: Program, only: (name: string) => boolean = () => true): Outcome[] {
  const run = native(source);
  const { slice } = lowerSource(source.text, source.language);
  return source.cases
    .filter((c) => only(c.name))
    .map((c) => {
      const result = evaluateAt({
        module: slice,
        function: c.name,
        arguments: { kind: 'encoded', args: c.args },
        hessian: c.flags.has('H'),
        steps: 3e6,
      });
      return { case: c, result, ...judge(given(result), { args: c.args, run: run(c.name) }, c.flags) };
    });
}

function given(result: EvaluateAtResult): Given {
  if (result.kind === 'done') return { ...result, diagnostics: result.problems };
  const { id, message } = result.error;
  const where = 'location' in result.error && result.error.location?.span;
  return { refused: `${id} ${message}${where ? ` at ${where.start}` : ''}` };
}
