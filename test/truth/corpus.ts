/**
 * Programs as people write them, with points to check them at. A line `//= name(arguments)` asks for the function's
 * value and Jacobian there; the arguments are JSON, in the forms of core/analysis/evaluateAt.types.ts. Words after it:
 * `H`: the Hessian too; `special`: no two-sided derivative here, so that a diagnostic must come with a one-sided one,
 * or a refusal; `unbounded`: an infinite one-sided slope is right; `refused`: must be refused (the words after it say why).
 */
import * as esbuild from 'esbuild';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import type { EncodedValue, EvaluateAtResult } from '../../core/analysis/evaluateAt.types.ts';
import { lowerSource } from '../support/source.ts';
import { central, type Estimate, mixed, oneSided } from './reference.ts';

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

type Native = (...args: unknown[]) => unknown;

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
    return (...args) =>
      (value as Native).apply(
        owner,
        args.map((a) => hostValue(a, table)),
      );
  };
}

function hostValue(encoded: unknown, table: Record<string, unknown>): unknown {
  if (typeof encoded !== 'object' || encoded === null) return encoded;
  if (Array.isArray(encoded)) return encoded.map((e) => hostValue(e, table));
  const record = encoded as Record<string, unknown>;
  if ('$number' in record) return Number(record['$number']);
  if ('$undefined' in record) return undefined;
  if ('$function' in record) return table[String(record['$function'])];
  if ('$typed' in record) {
    const type = (globalThis as unknown as Record<string, { from(a: unknown): unknown }>)[
      String(record['$typed'])
    ]!;
    return type.from(record['data']);
  }
  if ('$map' in record)
    return new Map((record['$map'] as [unknown, unknown][]).map(([k, v]) => [k, hostValue(v, table)]));
  if ('$set' in record) return new Set(record['$set'] as unknown[]);
  if ('$new' in record) {
    const type = table[String(record['$new'])] as new (...a: unknown[]) => unknown;
    return new type(...((record['args'] ?? []) as unknown[]).map((a) => hostValue(a, table)));
  }
  if ('$class' in record) {
    const type = table[String(record['$class'])] as { prototype: object };
    return Object.assign(Object.create(type.prototype) as object, hostValue(record['fields'], table));
  }
  return Object.fromEntries(Object.entries(record).map(([k, v]) => [k, hostValue(v, table)]));
}

/** Numeric leaves of a result, depth first, as the paths of the answer name them. */
function resultLeaves(value: unknown, path: string, found: Map<string, number>): Map<string, number> {
  if (typeof value === 'number') found.set(path, value);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      resultLeaves(inner, path === '' ? key : `${path}.${key}`, found);
  return found;
}

type Path = (string | number)[];

function inputPaths(args: readonly EncodedValue[]): { path: Path; value: number }[] {
  const found: { path: Path; value: number }[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (typeof value === 'number') found.push({ path, value });
    else if (typeof value === 'object' && value !== null) {
      const record = value as Record<string, unknown>;
      if ('$number' in record) found.push({ path, value: Number(record['$number']) });
      else for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    }
  };
  args.forEach((value, i) => visit(value, [i]));
  return found;
}

/** A path through the encoding as the answer names it. */
function plainPath(args: readonly EncodedValue[], path: Path): string {
  const parts: unknown[] = [];
  let at: unknown = args;
  let pairs = false;
  for (const key of path) {
    const pair = pairs;
    pairs = key === '$map';
    const inner = (at as Record<string | number, unknown>)[key];
    if (pair) parts.push((inner as unknown[])[0]);
    else if (!['$map', 'args', 'fields', 'data'].includes(String(key)) && !isPair(at)) parts.push(key);
    at = inner;
  }
  return parts.join('.');

  function isPair(value: unknown): boolean {
    return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
  }
}

function replaced(
  args: readonly EncodedValue[],
  changes: readonly { path: Path; value: number }[],
): unknown[] {
  const copy = structuredClone(args) as unknown as unknown[];
  for (const { path, value } of changes) {
    let at = copy as unknown as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
    at[path.at(-1)!] = value;
  }
  return copy;
}

export type Verdict = 'right' | 'wrong' | 'refused' | 'unsure';

export interface Outcome {
  readonly case: Case;
  readonly verdict: Verdict;
  readonly message: string;
  readonly result: EvaluateAtResult;
}

const RELATIVE = 1e-6;

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
      return { case: c, result, ...judge(c, result, run(c.name)) };
    });
}

function judge(c: Case, result: EvaluateAtResult, f: Native): { verdict: Verdict; message: string } {
  if (result.kind === 'refused') {
    const { id, message } = result.error;
    if (c.flags.has('refused') || c.flags.has('special')) return { verdict: 'right', message: '' };
    const where = 'location' in result.error && result.error.location?.span;
    return { verdict: 'refused', message: `${id} ${message}${where ? ` at ${where.start}` : ''}` };
  }
  if (c.flags.has('refused')) return { verdict: 'wrong', message: 'answered, must be refused' };
  const wrong = (message: string) => ({ verdict: 'wrong' as const, message });
  const call = (changes: { path: Path; value: number }[]): Map<string, number> =>
    resultLeaves(f(...replaced(c.args, changes)), '', new Map());
  const here = call([]);
  const names = [...here.keys()];
  if (names.join() !== result.outputs.join()) return wrong(`outputs ${result.outputs}, not ${names}`);
  for (const [o, name] of names.entries()) {
    const a = here.get(name)!;
    const b = result.value[o]!;
    if (!Object.is(a, b) && !(Math.abs(a - b) <= 1e-15 * Math.abs(a)))
      return wrong(`value ${name}: ${b}, Node says ${a}`);
  }
  const inputs = inputPaths(c.args);
  const plain = (path: Path) => plainPath(c.args, path);
  if (inputs.map((i) => plain(i.path)).join() !== result.inputs.join())
    return wrong(`inputs ${result.inputs}, not ${inputs.map((i) => plain(i.path))}`);
  const along = (i: number) => (t: number) => {
    const { path, value } = inputs[i]!;
    try {
      const there = call([{ path, value: value + t }]);
      return names.map((n) => there.get(n) ?? Number.NaN);
    } catch {
      return names.map(() => Number.NaN);
    }
  };
  const scale = (i: number) => Math.abs(inputs[i]!.value) || 1;
  const said = result.problems.some((p) => p.severity !== 'hint');
  const columns = inputs.map((_, i) => central(along(i), scale(i)));
  const largest = names.map((_, o) => Math.max(...columns.map((e) => Math.abs(e[o]!.value) || 0), 0));
  let unsure = '';
  for (const [o, name] of names.entries()) {
    for (const [i, input] of inputs.entries()) {
      const d = result.jacobian[o]![i]!;
      const what = `d ${name || 'f'} / d ${plain(input.path)}`;
      const near = (e: Estimate) =>
        Math.abs(d - e.value) <=
        Math.max(RELATIVE * Math.max(Math.abs(e.value), 1e-3 * largest[o]!), 10 * e.error);
      const floor = (1e-9 * Math.abs(here.get(name)!)) / scale(i) + 1e-12;
      const sure = (e: Estimate) =>
        e.error <= Math.max(1e-4 * Math.max(Math.abs(e.value), 1e-3 * largest[o]!), floor);
      const reference = columns[i]![o]!;
      if (!c.flags.has('special') && sure(reference)) {
        if (!near(reference))
          return wrong(`${what}: ${d}, differences say ${reference.value} ± ${reference.error}`);
        continue;
      }
      const at = names.map((n) => here.get(n)!);
      const sides = ([1, -1] as const).map((s) => oneSided(along(i), at, scale(i), s)[o]!);
      const known = sides.filter(sure);
      const text = sides.map((e) => `${e.value} ± ${e.error}`).join(' and ');
      if (known.length > 0 && known.some(near)) {
        const smooth = known.length === 2 && known.every(near);
        if (!smooth && !said) return wrong(`${what}: ${d} without a diagnostic; sides say ${text}`);
        continue;
      }
      if (known.length === 2) return wrong(`${what}: ${d}, sides say ${text}`);
      if ((Number.isNaN(d) || (c.flags.has('unbounded') && Math.abs(d) === Number.POSITIVE_INFINITY)) && said)
        continue;
      // An index, a count or a selector: it has no derivative, and that is said.
      if (d === 0 && result.problems.some((p) => p.id === 'GL101')) continue;
      unsure = `${what}: ${d}, sides say ${text}, both ${reference.value} ± ${reference.error}`;
    }
  }
  if (c.flags.has('special') && !said) return wrong('special without a diagnostic');
  if (c.flags.has('H')) {
    for (const [i, a] of inputs.entries()) {
      for (const [j, b] of inputs.entries()) {
        if (j < i) continue;
        const estimates =
          i === j
            ? secondAlong(
                along(i),
                names.map((n) => here.get(n)!),
                scale(i),
              )
            : mixed(
                (s, t) => {
                  const there = call([
                    { path: a.path, value: a.value + s },
                    { path: b.path, value: b.value + t },
                  ]);
                  return names.map((n) => there.get(n) ?? Number.NaN);
                },
                scale(i),
                scale(j),
              );
        for (const [o, name] of names.entries()) {
          const e = estimates[o]!;
          for (const h of [result.hessian![o]![i]![j]!, result.hessian![o]![j]![i]!]) {
            const tolerance = Math.max(
              RELATIVE * Math.max(Math.abs(e.value), 1e-3 * largest[o]!),
              10 * e.error,
            );
            if (!(Math.abs(h - e.value) <= tolerance))
              return wrong(
                `d² ${name || 'f'} / d ${plain(a.path)} d ${plain(b.path)}: ${h}, differences say ${e.value} ± ${e.error}`,
              );
          }
        }
      }
    }
  }
  return unsure === '' ? { verdict: 'right', message: '' } : { verdict: 'unsure', message: unsure };
}

/** ∂²/∂t² of eighth order (Fornberg 1988, table 1). */
function secondAlong(f: (t: number) => readonly number[], at: readonly number[], scale: number): Estimate[] {
  return mixed((s, t) => (s === 0 && t === 0 ? at : f(s + t)), scale, scale);
}
