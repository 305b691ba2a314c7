/**
 * Files as people write them, in test/styles/files: a folder is a project. A line `//= name(arguments)` in a file asks
 * for the function's value and Jacobian there through the command line; the arguments are JSON, in its forms. After it
 * may follow ` on RECEIVER`, ` into 0` (the outputs are what the call writes into that argument) and flags
 * (test/support/comparison.ts); `fresh`: the module keeps state from call to call, so that each call gets a new one.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { root } from '../../scripts/lib/process.mjs';
import { ask, type Request } from '../support/commandLine.ts';
import { type Call, type Flags, type Judgement, judge } from '../support/comparison.ts';
import { inputLeaves, plainPath, resultLeaves } from '../support/encoding.ts';
import { loadNative, type NativeModule } from '../support/native.ts';
import type { Row } from '../support/report.ts';

export const FILES = path.join(root, 'test/styles/files');

export interface Case {
  /** Relative to FILES. */
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly args: readonly EncodedValue[];
  readonly receiver: EncodedValue | undefined;
  /** The argument whose final state is the output. */
  readonly into: number | undefined;
  readonly flags: Flags;
}

const SOURCE = /\.[cm]?[jt]sx?$/;

/** The cases of all files below a folder of FILES. */
export function casesIn(folder: string): Case[] {
  const entries = fs.readdirSync(path.join(FILES, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((e) => e.isFile() && SOURCE.test(e.name))
    .map((e) => path.relative(FILES, path.join(e.parentPath, e.name)))
    .sort()
    .flatMap(casesOf);
}

function casesOf(file: string): Case[] {
  const lines = fs.readFileSync(path.join(FILES, file), 'utf8').split('\n');
  return lines.flatMap((text, at) => {
    const match = /^ *\/\/= *([\w$.]+)\((.*?)\)((?: on .*?)?)((?: into \d+)?)((?: [A-Za-z]+)*)$/.exec(
      text.trimEnd(),
    );
    if (match === null) {
      if (/^ *\/\/=/.test(text)) throw new Error(`${file}:${at + 1}: no case: ${text}`);
      return [];
    }
    const [, name, args, on, into, flags] = match as unknown as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    return {
      file,
      line: at + 1,
      name,
      args: JSON.parse(`[${args}]`) as EncodedValue[],
      receiver: on === '' ? undefined : (JSON.parse(on.slice(4)) as EncodedValue),
      into: into === '' ? undefined : Number(into.slice(6)),
      flags: new Set(flags.trim().split(' ')),
    };
  });
}

/** The receiver's numbers are inputs too: they stand before the arguments. */
function inputPath(c: Case): (at: (string | number)[]) => string {
  if (c.receiver === undefined) return (at) => plainPath(c.args, at);
  const all = [c.receiver, ...c.args];
  return ([head, ...keys]) => {
    const plain = plainPath(all, [head!, ...keys]);
    const rest = plain.slice(plain.indexOf('.') + 1);
    if (head === 0) return `this.${rest}`;
    const index = Number(head) - 1;
    return plain.includes('.') ? `${index}.${rest}` : String(index);
  };
}

function withReceiver(c: Case): readonly EncodedValue[] {
  return c.receiver === undefined ? c.args : [c.receiver, ...c.args];
}

function request(c: Case, native: NativeModule): Request {
  const outputs = c.into === undefined ? {} : { outputs: [...outcome(c, native, withReceiver(c)).keys()] };
  const named = inputPath(c);
  return {
    file: c.file,
    function: c.name,
    args: c.args,
    ...(c.receiver === undefined
      ? {}
      : { this: c.receiver, wrt: inputLeaves(withReceiver(c)).map((l) => named(l.path)) }),
    ...outputs,
    ...(c.flags.has('H') ? { hessian: true } : {}),
  };
}

function outcome(c: Case, native: NativeModule, all: readonly EncodedValue[]): Map<string, number> {
  const [receiver, args] = c.receiver === undefined ? [undefined, all] : [all[0], all.slice(1)];
  const called = (c.flags.has('fresh') ? native.fresh() : native).call(c.name, args, receiver);
  if (c.into === undefined) return resultLeaves(called.result);
  const state = resultLeaves(called.args[c.into]);
  return new Map([...state].map(([key, value]) => [`$${c.into}.${key}`, value]));
}

export interface Outcome extends Judgement, Row {
  readonly case: Case;
}

/** Asks for every case and compares. */
export async function check(cli: string, cases: readonly Case[]): Promise<Outcome[]> {
  const modules = new Map<string, NativeModule>();
  for (const file of new Set(cases.map((c) => c.file))) modules.set(file, load(file, cases));
  const native = (c: Case) => modules.get(c.file)!;
  const answers = await ask(
    cli,
    FILES,
    cases.map((c) => request(c, native(c))),
  );
  return cases.map((c, k) => {
    const call: Call = {
      args: withReceiver(c),
      name: inputPath(c),
      run: (args) => outcome(c, native(c), args),
    };
    return {
      case: c,
      group: c.file,
      what: `${c.line} ${c.name}(${JSON.stringify(c.args).slice(1, -1)})`.slice(0, 90),
      ...judge(answers[k]!, call, c.flags),
    };
  });
}

function load(file: string, cases: readonly Case[]): NativeModule {
  const text = fs.readFileSync(path.join(FILES, file), 'utf8');
  const made = [...text.matchAll(/"\$(?:new|class|function)": *"([\w$]+)"/g)].map((m) => m[1]!);
  const asked = cases.filter((c) => c.file === file).map((c) => c.name);
  return loadNative(path.join(FILES, file), [...asked, ...made]);
}
