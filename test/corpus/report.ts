/** The outcome of a run as text: by package, by construct, and what was refused for which reason. */
import { constructsOf } from './constructs.ts';
import type { Judged, Verdict } from './judge.ts';

export interface FunctionOutcome {
  readonly package: string;
  readonly name: string;
  readonly kind: Verdict['kind'];
  readonly rows: readonly Judged[];
}

/** From the worst to the best: a function is what its worst call is. */
const WORST_FIRST = ['wrong', 'broken', 'refused', 'right', 'dropped'] as const;

export function byFunction(judged: readonly Judged[]): FunctionOutcome[] {
  const groups = grouped(judged, (j) => [keyOf(j)]);
  return groups.map(([, rows]) => ({
    package: rows[0]!.row.package,
    name: nameOf(rows[0]!),
    kind: WORST_FIRST.find((kind) => rows.some(({ verdict }) => verdict.kind === kind))!,
    rows,
  }));
}

const keyOf = ({ row }: Judged): string => `${row.package} ${row.file} ${row.function}`;

function nameOf({ row }: Judged): string {
  const file = row.file.replace(/^node_modules\/(?:@[^/]+\/)?[^/]+\//, '');
  return `${file}:${row.function}`;
}

/** The message without the names and numbers in it: what counts as one reason. */
export function reasonOf(verdict: Verdict): string {
  if (verdict.kind === 'refused') {
    const text = verdict.message.replace(/ @[^@]*$/, '');
    return `${verdict.id} ${text.replace(/-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g, '#')}`;
  }
  return verdict.kind === 'broken' ? verdict.what.split('\n')[0]! : verdict.kind;
}

type Count = Record<Verdict['kind'], number>;

function count(outcomes: readonly FunctionOutcome[]): Count {
  const sum: Count = { right: 0, wrong: 0, refused: 0, broken: 0, dropped: 0 };
  for (const { kind } of outcomes) sum[kind]++;
  return sum;
}

function line(title: string, sum: Count): string {
  const judgedOnes = sum.right + sum.wrong + sum.refused + sum.broken;
  const cells = [judgedOnes, sum.right, sum.wrong, sum.refused, sum.broken, sum.dropped];
  return title.padEnd(44) + cells.map((n) => String(n || '·').padStart(8)).join('');
}

const HEADER =
  ''.padEnd(44) +
  ['judged', 'right', 'wrong', 'refused', 'broken', 'dropped'].map((t) => t.padStart(8)).join('');

export function packageLine(title: string, judged: readonly Judged[]): string {
  return line(title, count(byFunction(judged)));
}

export function report(judged: readonly Judged[]): string {
  const outcomes = byFunction(judged);
  const lines = ['', 'By package (functions)', HEADER];
  for (const [name, group] of grouped(outcomes, ({ package: p }) => [p]))
    lines.push(line(name, count(group)));
  lines.push('', 'By construct in the function’s own text', HEADER);
  const withConstructs = grouped(outcomes, constructs);
  for (const [name, group] of withConstructs.sort((a, b) => b[1].length - a[1].length))
    lines.push(line(name, count(group)));
  lines.push('', 'Reasons');
  const failed = outcomes.filter(({ kind }) => kind === 'refused' || kind === 'broken');
  const reasons = grouped(failed, ({ rows, kind }) => [
    reasonOf(rows.find(({ verdict }) => verdict.kind === kind)!.verdict),
  ]);
  for (const [reason, group] of reasons.sort((a, b) => b[1].length - a[1].length))
    lines.push(`${String(group.length).padStart(4)}  ${reason}`);
  const wrong = judged.filter(({ verdict }) => verdict.kind === 'wrong');
  if (wrong.length > 0) lines.push('', 'Wrong');
  for (const { row, verdict } of wrong)
    lines.push(
      `${row.file}:${row.function}(${JSON.stringify(row.args)}): ${(verdict as { what: string }).what}`,
    );
  lines.push('', HEADER, line('all', count(outcomes)), '', verdictLine(outcomes, judged));
  return lines.join('\n');
}

function constructs({ rows }: FunctionOutcome): string[] {
  const { reference } = rows[0]!;
  return 'failed' in reference ? [] : [...constructsOf(reference.text)];
}

function verdictLine(outcomes: readonly FunctionOutcome[], judged: readonly Judged[]): string {
  const { right, wrong, refused, broken, dropped } = count(outcomes);
  const all = right + wrong + refused + broken;
  const calls = judged.filter(({ verdict }) => verdict.kind !== 'dropped').length;
  const percent = ((100 * right) / Math.max(1, all)).toFixed(1);
  return `${right} of ${all} functions right (${percent} %), ${wrong} wrong, ${refused + broken} refused; ${calls} calls; ${dropped} functions dropped for want of a smooth reference`;
}

function grouped<T>(items: readonly T[], keys: (item: T) => readonly string[]): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) for (const key of keys(item)) groups.set(key, [...(groups.get(key) ?? []), item]);
  return [...groups];
}
