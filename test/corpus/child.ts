/**
 * A process of its own that runs the packages' functions: reads rows, one JSON a line, and answers each with its
 * reference. The only place where foreign code is executed.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { hostValue, type Leaf, type Lookup, resultLeaves, withLeaves } from '../support/encoding.ts';
import { inputsOf } from './inputs.ts';
import { type Entries, jacobian } from './reference.ts';
import type { Row } from './row.ts';

export interface Reference {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly value: readonly number[];
  readonly entries: Entries;
  /** The function's text, as Node has it. */
  readonly text: string;
}
export type ReferenceAnswer = Reference | { readonly failed: string };

type Namespace = { readonly [name: string]: unknown };

const modules = new Map<string, Promise<Namespace>>();

function load(file: string): Promise<Namespace> {
  let loaded = modules.get(file);
  if (loaded === undefined) {
    loaded = /\.[cm]?ts$/.test(file)
      ? bundled(file)
      : (import(pathToFileURL(file).href) as Promise<Namespace>).catch(() => bundled(file));
    modules.set(file, loaded);
  }
  return loaded;
}

/** What Node does not load as it stands (TypeScript, ES modules in CommonJS packages) is bundled first. */
async function bundled(file: string): Promise<Namespace> {
  const outfile = path.join('.bundles', `${file.replaceAll(/[^\w]/g, '_')}.cjs`);
  await esbuild.build({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
  });
  return createRequire(path.resolve('.'))(path.resolve(outfile)) as Namespace;
}

function memberOf(holder: unknown, name: string): unknown {
  return holder === undefined || holder === null ? undefined : (holder as Namespace)[name];
}

/** An export, or a property of `module.exports` or of the default export. */
function exported(module: Namespace, name: string): unknown {
  const whole = module['default'];
  if (name === 'default') {
    const inner = memberOf(whole, 'default');
    return memberOf(whole, '__esModule') === true && inner !== undefined ? inner : whole;
  }
  return module[name] ?? memberOf(whole, name);
}

function find(module: Namespace, name: string): unknown {
  const [first = '', ...rest] = name.split('.');
  let found = exported(module, first);
  for (const key of rest) {
    // A class's methods are asked for by its name; its own `name` and `length` are not meant.
    const direct = memberOf(found, key);
    const method = memberOf(memberOf(found, 'prototype'), key);
    found = typeof direct === 'function' || method === undefined ? direct : method;
  }
  return found;
}

/** Calls the function with fresh arguments, one number of them moved, and gives all the outputs by path. */
function caller(row: Row, callee: (...args: unknown[]) => unknown, lookup: Lookup) {
  const receiver = row.this === undefined ? [] : [row.this];
  const encoded: readonly EncodedValue[] = [...row.args, ...receiver];
  return (moved: Leaf | undefined, t: number): ReadonlyMap<string, number> => {
    const changed =
      moved === undefined ? encoded : withLeaves(encoded, [{ path: moved.path, value: moved.value + t }]);
    const values = changed.map((value) => hostValue(value, lookup));
    const self = row.this === undefined ? undefined : values.pop();
    const own = resultLeaves(callee.apply(self, values));
    if (row.outputs === undefined) return own;
    const all = new Map(own);
    values.forEach((value, i) => {
      for (const [p, n] of resultLeaves(value)) all.set(p === '' ? `$${i}` : `$${i}.${p}`, n);
    });
    for (const [p, n] of resultLeaves(self)) all.set(`$this.${p}`, n);
    return new Map(row.outputs.map((p) => [p, all.get(p) ?? Number.NaN]));
  };
}

async function referenceOf(row: Row): Promise<ReferenceAnswer> {
  const module = await load(path.resolve(row.file));
  const callee = find(module, row.function);
  if (typeof callee !== 'function') return { failed: `no function ${row.function}` };
  const lookup: Lookup = (name) => {
    const found = find(module, name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  const call = caller(row, callee as (...args: unknown[]) => unknown, lookup);
  const inputs = inputsOf(row);
  if (inputs.length === 0) return { failed: 'no number in the arguments' };
  const here = call(undefined, 0);
  if (here.size === 0) return { failed: 'no number in the result' };
  const outputs = [...here.keys()];
  const values = (i: number, t: number): number[] => {
    try {
      const moved = call(inputs[i]!.leaf, t);
      return outputs.map((p) => moved.get(p) ?? Number.NaN);
    } catch {
      return outputs.map(() => Number.NaN);
    }
  };
  const entries = jacobian(
    inputs.map(({ leaf }) => leaf.value),
    values,
  );
  const text = Function.prototype.toString.call(callee).slice(0, 20_000);
  return { inputs: inputs.map(({ name }) => name), outputs, value: [...here.values()], entries, text };
}

for (const noisy of ['log', 'warn', 'error', 'info', 'debug'] as const) console[noisy] = () => {};

/** JSON has no NaN and no infinities. */
const plain = (_: string, v: unknown) => (typeof v === 'number' && !Number.isFinite(v) ? String(v) : v);

for await (const line of createInterface({ input: process.stdin })) {
  let answer: ReferenceAnswer;
  try {
    answer = await referenceOf(JSON.parse(line) as Row);
  } catch (error) {
    answer = { failed: error instanceof Error ? error.message : String(error) };
  }
  fs.writeSync(1, `${JSON.stringify(answer, plain)}\n`);
}
