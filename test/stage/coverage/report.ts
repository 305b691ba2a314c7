/** How much of what people write is staged, and what keeps the rest from it. */
import type { Call } from './cases.ts';
import type { Finding } from './check.ts';

export interface Checked {
  readonly call: Call;
  readonly finding: Finding;
}

/** Calls of one function are one: the worst of its findings counts. */
const ORDER = ['wrong', 'refused', 'stopped', 'at the sample', 'staged'] as const;

export function byFunction(checked: readonly Checked[]): Checked[] {
  const worst = new Map<string, Checked>();
  for (const one of checked) {
    const key = `${one.call.group} ${one.call.file} ${one.call.function}`;
    const known = worst.get(key);
    if (known === undefined || ORDER.indexOf(one.finding.kind) < ORDER.indexOf(known.finding.kind))
      worst.set(key, one);
  }
  return [...worst.values()];
}

/** A refusal's message without the names in it. */
export function construct(message: string): string {
  return message
    .replace(/^[\w$.[\]]+ (calls itself|is a|has no)/, '… $1')
    .replace(/^(The shape of|Storing into an?) [\w$.[\]]+/, '$1 …')
    .replace(/^[\w$.[\]]+ has values of different kinds/, '… has values of different kinds')
    .replace(/"[^"]*"|'[^']*'/g, '…')
    .replace(/\.[A-Za-z_$][\w$]* after one/, '.… after one');
}

export function report(checked: readonly Checked[], examples = 0): string {
  const functions = byFunction(checked);
  const groups = new Map<string, number[]>();
  for (const { call, finding } of functions) {
    const group = call.group.startsWith('npm ') ? 'npm' : call.group;
    const row = groups.get(group) ?? [0, 0, 0, 0, 0];
    row[ORDER.indexOf(finding.kind)]!++;
    groups.set(group, row);
  }
  const lines: string[] = [];
  const total = [0, 0, 0, 0, 0];
  for (const [group, row] of groups) {
    row.forEach((n, i) => {
      total[i]! += n;
    });
    lines.push(line(group, row));
  }
  lines.push(line('all', total), '');
  const kinds = new Map<string, Checked[]>();
  for (const one of functions) {
    const { finding } = one;
    const what =
      finding.kind === 'at the sample' && finding.open !== undefined
        ? `at the sample: ${finding.open.id} ${construct(finding.open.message)}`
        : finding.kind === 'refused'
          ? `${finding.problem.id} ${construct(finding.problem.message)}`
          : finding.kind === 'stopped'
            ? `stopped: ${finding.message}`
            : finding.kind === 'staged' && finding.without !== ''
              ? `staged, not compared: ${finding.without}`
              : undefined;
    if (what !== undefined) kinds.set(what, [...(kinds.get(what) ?? []), one]);
  }
  for (const [what, of] of [...kinds].sort((a, b) => b[1].length - a[1].length)) {
    lines.push(`${String(of.length).padStart(4)}  ${what}`);
    for (const { call, finding } of of.slice(0, examples)) {
      const at = finding.kind === 'refused' ? finding.problem.location : undefined;
      lines.push(
        `        ${call.file} ${call.function}${at === undefined ? '' : ` ${at.file.split('/').at(-1)} ${at.statement}:${at.span.start}`}`,
      );
    }
  }
  for (const { call, finding } of functions)
    if (finding.kind === 'wrong') lines.push(`WRONG ${call.file} ${call.function}: ${finding.message}`);
  return lines.join('\n');
}

function line(group: string, [wrong, refused, stopped, sampled, staged]: readonly number[]): string {
  const all = wrong! + refused! + stopped! + sampled! + staged!;
  return `${group.padEnd(16)} ${String(staged).padStart(4)} of ${String(all).padStart(4)} staged (${((100 * staged!) / all).toFixed(1)} %), ${sampled} at the sample (${((100 * (staged! + sampled!)) / all).toFixed(1)} %), ${refused} refused, ${stopped} stop, ${wrong} wrong`;
}
