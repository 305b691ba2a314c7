/**
 * Other algebra systems, asked for the same derivatives: installed from npm into the cache on the first run, none of
 * them part of the product. Each gets the formula as text with neutral names and answers with a formula.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { E, number, op, PI, variable } from '../../core/expression/build.ts';
import type { Expr } from '../../core/expression/expression.ts';
import { children, freeVariables, substitute, withChildren } from '../../core/expression/walk.ts';
import { OPERATIONS, type Operation } from '../../core/operations/names.ts';
import { printTypescript } from '../../core/print/typescript.ts';
import { parse } from '../../test/simplify/parse.ts';
import { installed } from '../installed.ts';

export interface Tool {
  readonly name: string;
  /** The simplified derivative with respect to x; throws where the tool has none. */
  readonly derivative: (f: Expr) => Expr;
}

const PACKAGES = ['mathjs@15', 'nerdamer@1', 'algebrite@1', '@cortex-js/compute-engine'];

const LOADERS = { mathjs, nerdamer, algebrite, 'compute-engine': computeEngine };

/** Installs what is missing; the names that loadTool takes. */
export function installTools(cache: string): string[] {
  folderIn(cache);
  return Object.keys(LOADERS);
}

const folderIn = (cache: string) => installed(cache, 'algebra-systems', PACKAGES);

export async function loadTool(cache: string, name: string): Promise<Tool> {
  const folder = folderIn(cache);
  const require = createRequire(path.join(folder, 'package.json'));
  return LOADERS[name as keyof typeof LOADERS](require, folder);
}

// biome-ignore lint/suspicious/noExplicitAny: these packages are loaded at run time, without their types.
type Foreign = any;

function mathjs(require: NodeJS.Require): Tool {
  const math: Foreign = require('mathjs');
  return {
    name: 'mathjs',
    derivative: (f) => throughText(f, (text) => math.simplify(math.derivative(text, 'x')).toString()),
  };
}

function nerdamer(require: NodeJS.Require): Tool {
  const engine: Foreign = require('nerdamer');
  require('nerdamer/Calculus');
  require('nerdamer/Algebra');
  return {
    name: 'nerdamer',
    derivative: (f) => throughText(f, (text) => engine(`simplify(diff(${text}, x))`).toString()),
  };
}

function algebrite(require: NodeJS.Require): Tool {
  const engine: Foreign = require('algebrite');
  return {
    name: 'algebrite',
    derivative: (f) =>
      throughText(f, (text) => engine.run(`simplify(d(${text.replaceAll('atan(', 'arctan(')}, x))`)),
  };
}

async function computeEngine(_: NodeJS.Require, folder: string): Promise<Tool> {
  const home = path.join(folder, 'node_modules', '@cortex-js', 'compute-engine');
  const manifest = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8'));
  const entry = manifest.exports['.'].import;
  const file = typeof entry === 'string' ? entry : entry.default;
  const module: Foreign = await import(pathToFileURL(path.join(home, file)).href);
  const engine = new module.ComputeEngine();
  return {
    name: 'compute-engine',
    derivative: (f) => {
      const { neutral, back } = renamed(f);
      const boxed = engine.box(['D', mathJson(neutral), 'x']);
      return back(fromMathJson(boxed.evaluate().simplify().json));
    },
  };
}

// ───────────────────────────── text ─────────────────────────────

/** Variables other than x as v0, v1, …: some names mean something to some tool. */
function renamed(f: Expr): { neutral: Expr; back: (answer: Expr) => Expr } {
  const names = freeVariables(f).filter((name) => name !== 'x');
  const there = new Map(names.map((name, i) => [name, variable(`v${i}`)]));
  const home = new Map(names.map((name, i) => [`v${i}`, variable(name)]));
  return { neutral: substitute(f, there), back: (answer) => substitute(answer, home) };
}

function throughText(f: Expr, ask: (text: string) => string): Expr {
  const { neutral, back } = renamed(f);
  const text = printTypescript(neutral)
    .replaceAll('Math.PI', 'pi')
    .replaceAll('Math.', '')
    .replaceAll('**', '^');
  return back(exponentials(parse(clean(ask(text)))));
}

const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/\barctan\b/g, 'atan'],
  [/\barcsin\b/g, 'asin'],
  [/\barccos\b/g, 'acos'],
  [/\bln\b/g, 'log'],
  [/\be\b/g, 'E'],
];

function clean(text: string): string {
  return ALIASES.reduce((t, [from, to]) => t.replace(from, to), text);
}

/** e^u as exp(u), the way everybody would print it. */
function exponentials(expr: Expr): Expr {
  const node = withChildren(expr, children(expr).map(exponentials));
  if (node.kind !== 'op' || node.op !== 'pow') return node;
  const [base, exponent] = node.args as [Expr, Expr];
  return base.kind === 'named' && base.value === Math.E ? op('exp', exponent) : node;
}

// ───────────────────────────── MathJSON ─────────────────────────────

type Json = number | string | readonly Json[] | { readonly num?: string; readonly sym?: string };

const HEADS: { readonly [O in Operation]?: string } = {
  add: 'Add',
  sub: 'Subtract',
  mul: 'Multiply',
  div: 'Divide',
  neg: 'Negate',
  pow: 'Power',
  sqrt: 'Sqrt',
  exp: 'Exp',
  log: 'Ln',
  sin: 'Sin',
  cos: 'Cos',
  tan: 'Tan',
  sinh: 'Sinh',
  cosh: 'Cosh',
  tanh: 'Tanh',
  atan: 'Arctan',
  asin: 'Arcsin',
  acos: 'Arccos',
  abs: 'Abs',
};

function mathJson(expr: Expr): Json {
  if (expr.kind === 'number') return expr.value;
  if (expr.kind === 'named') return expr.value === Math.PI ? 'Pi' : 'ExponentialE';
  if (expr.kind === 'variable') return expr.name;
  if (expr.kind !== 'op') throw new Error(`no MathJSON of ${expr.kind}`);
  const head = HEADS[expr.op];
  if (head === undefined) throw new Error(`no MathJSON of ${expr.op}`);
  return [head, ...expr.args.map(mathJson)];
}

function fromMathJson(json: Json): Expr {
  if (typeof json === 'number') return number(json);
  if (typeof json === 'string') return symbol(json);
  if (!Array.isArray(json)) {
    const { num, sym } = json as { num?: string; sym?: string };
    return num === undefined ? symbol(sym!) : number(Number(num));
  }
  const [head, ...rest] = json as [string, ...Json[]];
  const args = rest.map(fromMathJson);
  const [a, b] = args as [Expr, Expr];
  switch (head) {
    case 'Add':
      return args.reduce((x, y) =>
        y.kind === 'op' && y.op === 'neg' ? op('sub', x, y.args[0]!) : op('add', x, y),
      );
    case 'Multiply':
      return args.reduce((x, y) => op('mul', x, y));
    case 'Rational':
      return op('div', a, b);
    case 'Half':
      return number(0.5);
    case 'Square':
      return op('pow', a, number(2));
    case 'Root':
      return op('pow', a, op('div', number(1), b));
    case 'Sec':
      return op('div', number(1), op('cos', a));
    case 'Sech':
      return op('div', number(1), op('cosh', a));
    case 'Log':
      return args.length === 1 ? op('log10', a) : op('div', op('log', a), op('log', b));
    case 'Power':
      return exponentials(op('pow', a, b));
    default: {
      const name = OPERATIONS.find((o) => HEADS[o] === head);
      if (!name) throw new Error(`MathJSON head ${head}`);
      return op(name, ...args);
    }
  }
}

function symbol(name: string): Expr {
  if (name === 'Pi') return PI;
  if (name === 'Half') return number(0.5);
  return name === 'ExponentialE' ? E : variable(name);
}
