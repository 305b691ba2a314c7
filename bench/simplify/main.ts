/**
 * Derivatives of the textbook lists, simplified by us and by other algebra systems: lengths against what a person
 * writes, times, and whether the answer is right at random points, points where a formula is undefined included.
 */
import fs from 'node:fs';
import path from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { differentiate } from '../../core/expression/differentiate.ts';
import type { Expr } from '../../core/expression/expression.ts';
import { freeVariables } from '../../core/expression/walk.ts';
import { printUnicode } from '../../core/print/unicode.ts';
import { partial } from '../../core/simplify/simplify.ts';
import { parse } from '../../test/simplify/parse.ts';
import { difference, evaluateStrictly } from '../../test/simplify/strict.ts';
import { installTools, loadTool, type Tool } from './tools.ts';

const LISTS = ['textbook.tsv', 'textbook-more.tsv'];
const CACHE = path.resolve('.cache', 'bench');
const WARM = 5;
const RUNS = 30;

interface Row {
  readonly name: string;
  readonly f: Expr;
  readonly ideal: Expr;
}

function rowsOf(file: string): Row[] {
  const text = fs.readFileSync(path.join('test', 'simplify', file), 'utf8').trim();
  return text
    .split('\n')
    .slice(1)
    .map((line) => {
      const [name, f, ideal] = line.split('\t') as [string, string, string];
      return { name, f: parse(f), ideal: parse(ideal) };
    });
}

const compact = (expr: Expr) => printUnicode(expr).replaceAll(' ', '');

/** A generator of its own, so that every run compares at the same points. */
function points(f: Expr, count: number): ReadonlyMap<string, number>[] {
  let state = 12345;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const special = [0, 1, -1, 2, -2, 0.5];
  const pick = () => (random() < 0.3 ? special[Math.floor(random() * special.length)]! : random() * 6 - 3);
  return Array.from({ length: count }, () => new Map(freeVariables(f).map((name) => [name, pick()])));
}

/** Wherever f is defined: the same value, or undefined on both sides. */
function isRight(f: Expr, answer: Expr, known: Expr): boolean {
  return points(f, 200).every((at) => {
    if (typeof evaluateStrictly(f, at) === 'string') return true;
    return difference(evaluateStrictly(known, at), evaluateStrictly(answer, at)) === undefined;
  });
}

interface Answer {
  readonly text: string;
  readonly right: boolean;
  /** Milliseconds of every run. */
  readonly times: readonly number[];
}

function answer(tool: Tool, row: Row): Answer {
  const times: number[] = [];
  try {
    const result = tool.derivative(row.f);
    const runs = tool.name === OURS ? RUNS : 2;
    for (let run = -Math.min(WARM, runs); run < runs; run++) {
      const start = performance.now();
      tool.derivative(row.f);
      if (run >= 0) times.push(performance.now() - start);
    }
    return { text: compact(result), right: isRight(row.f, result, differentiate(row.f, 'x')), times };
  } catch (error) {
    return { text: `(${String(error).slice(0, 60)})`, right: false, times };
  }
}

/** Each system answers in a thread of its own, which is given up where it takes longer than this a row. */
const PATIENCE = 20_000;

class Contestant {
  readonly name: string;
  private worker: Worker | undefined;

  constructor(name: string) {
    this.name = name;
  }

  ask(list: string, index: number): Promise<Answer> {
    this.worker ??= new Worker(new URL(import.meta.url), { workerData: this.name });
    const { worker } = this;
    return new Promise((resolve) => {
      const giveUp = (text: string) => {
        this.worker = undefined;
        void worker.terminate();
        resolve({ text, right: false, times: [] });
      };
      const timer = setTimeout(() => giveUp('(no answer in time)'), PATIENCE);
      worker.removeAllListeners();
      worker.once('message', (message: Answer) => {
        clearTimeout(timer);
        resolve(message);
      });
      worker.once('error', (error) => {
        clearTimeout(timer);
        giveUp(`(${String(error).slice(0, 60)})`);
      });
      worker.postMessage({ list, index });
    });
  }

  close(): void {
    void this.worker?.terminate();
  }
}

const quantile = (sorted: readonly number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;

const OURS = 'gradlens';

async function toolOf(name: string): Promise<Tool> {
  if (name === OURS) return { name, derivative: (f) => partial(f, 'x') };
  return loadTool(CACHE, name);
}

async function work(name: string): Promise<void> {
  const tool = await toolOf(name);
  const rows = new Map(LISTS.map((list) => [list, rowsOf(list)]));
  parentPort!.on('message', ({ list, index }: { list: string; index: number }) => {
    parentPort!.postMessage(answer(tool, rows.get(list)![index]!));
  });
}

function report(list: string, row: Row, answers: readonly Answer[], names: readonly string[]): boolean {
  const ideal = compact(row.ideal).length;
  const cells = answers.map(({ text, right }, i) => {
    const cell = text.startsWith('(') && !right ? '×' : `${right ? '' : '×'}${text.length}`;
    return cell.padStart(names[i]!.length);
  });
  const mine = answers[0]!;
  const rivals = answers.slice(1).filter((a) => a.right);
  const shorter = rivals.find((a) => a.text.length < mine.text.length);
  const note = shorter ? `  ← longer than ${shorter.text}` : '';
  console.log([row.name.padEnd(13), String(ideal).padStart(5), ...cells, mine.text].join('  ') + note);
  return mine.right && !(shorter && list === LISTS[0]);
}

async function compare(): Promise<boolean> {
  const names = [OURS, ...installTools(CACHE)];
  const contestants = names.map((name) => new Contestant(name));
  const times = names.map((): number[] => []);
  /** Of the runs of each formula: single runs are held up by whatever else the machine does. */
  const medians = names.map((): number[] => []);
  let good = true;
  // Everybody answers everything once before anything is timed: the first runs of code are the compiler's.
  for (const list of LISTS)
    for (const index of rowsOf(list).keys())
      for (const contestant of contestants) await contestant.ask(list, index);
  for (const list of LISTS) {
    const rows = rowsOf(list);
    console.log(`\n${list}: characters of the Unicode form without blanks; × wrong somewhere or no answer`);
    console.log(['row'.padEnd(13), 'ideal', ...names].join('  '));
    let ratio = 0;
    for (const [index, row] of rows.entries()) {
      const answers: Answer[] = [];
      for (const contestant of contestants) answers.push(await contestant.ask(list, index));
      for (const [i, a] of answers.entries()) {
        times[i]!.push(...a.times);
        if (a.times.length > 0)
          medians[i]!.push(
            quantile(
              [...a.times].sort((x, y) => x - y),
              0.5,
            ),
          );
      }
      ratio += answers[0]!.text.length / compact(row.ideal).length;
      good = report(list, row, answers, names) && good;
    }
    const mean = ratio / rows.length;
    good &&= mean <= 1.15;
    console.log(`mean length ${mean.toFixed(3)} × the ideals (goal ≤ 1.15)`);
  }
  for (const contestant of contestants) contestant.close();
  console.log('\nmilliseconds a formula, differentiated and simplified (goal p50 ≤ 0.5, p99 ≤ 3)');
  for (const [i, name] of names.entries()) {
    const sorted = times[i]!.sort((a, b) => a - b);
    const shown = [0.5, 0.9, 0.99].map((q) => `p${q * 100} ${quantile(sorted, q).toFixed(3)}`).join('  ');
    const slowest = Math.max(...medians[i]!);
    console.log(`${name.padEnd(15)} ${shown}  slowest formula ${slowest.toFixed(3)}`);
  }
  return good;
}

if (isMainThread) {
  if (!(await compare())) process.exitCode = 1;
} else await work(workerData as string);
