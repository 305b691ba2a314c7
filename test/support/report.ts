/** What became of a corpus: handled, right, wrong and refused by group, and the reasons of the refusals counted. */
import type { Verdict } from './comparison.ts';

export interface Row {
  readonly group: string;
  /** What is asked, as a reader finds it again. */
  readonly what: string;
  readonly verdict: Verdict;
  readonly message: string;
}

export function report(title: string, rows: readonly Row[], short = false): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  const lines = [`${title}: ${counts(rows)}`];
  if (short) return lines.join('\n');
  const width = Math.max(...[...groups.keys()].map((g) => g.length), 0);
  for (const [group, of] of groups) lines.push(`  ${group.padEnd(width)}  ${counts(of)}`);
  const reasons = new Map<string, number>();
  for (const { verdict, message } of rows)
    if (verdict === 'refused') reasons.set(reason(message), (reasons.get(reason(message)) ?? 0) + 1);
  if (reasons.size > 0) lines.push('refused:');
  for (const [text, n] of [...reasons].sort((a, b) => b[1] - a[1]))
    lines.push(`  ${String(n).padStart(4)}  ${text}`);
  for (const verdict of ['wrong', 'unsure', 'refused'] as const) {
    const of = rows.filter((r) => r.verdict === verdict);
    if (of.length > 0) lines.push(`${verdict}:`, ...of.map((r) => `  ${r.group} ${r.what}: ${r.message}`));
  }
  return lines.join('\n');
}

function counts(rows: readonly Row[]): string {
  const of = (verdict: Verdict) => rows.filter((r) => r.verdict === verdict).length;
  const share = rows.length === 0 ? 0 : (100 * of('right')) / rows.length;
  return `${rows.length} points, right ${of('right')} (${share.toFixed(1)} %), wrong ${of('wrong')}, refused ${of('refused')}, unsure ${of('unsure')}`;
}

/** A refusal without what is the function's own: names in quotes, numbers. */
function reason(message: string): string {
  return message
    .replace(/ \(line \d+\)$/, '')
    .replace(/'[^']*'/g, "'…'")
    .replace(/-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g, (digits, at) => (at === 2 ? digits : 'n'))
    .slice(0, 140);
}
