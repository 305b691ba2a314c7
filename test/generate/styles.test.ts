/** Files as people write them: every derivative that is generated for their functions equals the trace's. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { moduleOf } from '../../server/cli/evaluate.ts';
import { Disk } from '../../server/modules/disk.node.ts';
import { Session } from '../../server/worker/session.ts';
import { type Case, casesIn, FILES } from '../styles/corpus.ts';
import { hostValue } from '../support/encoding.ts';
import { loadNative } from '../support/native.ts';
import { typeErrors } from './execute.ts';
import { type Finding, judge } from './truth.ts';

const FOLDERS = ['chemistry', 'economics', 'engineering', 'geometry', 'mixed'];

const session = new Session(() => {}, new Disk());

function findings(c: Case): readonly Finding[] {
  const file = path.join(FILES, c.file);
  const document = session.sources.open(file);
  if (typeof document === 'string') throw new Error(document);
  const native = loadNative(file, [c.name, 'this']);
  const host = (): unknown[] => {
    const { lookup } = native.fresh();
    const args = c.args.map((arg) => hostValue(arg, lookup));
    return c.receiver === undefined ? args : [hostValue(c.receiver, lookup), ...args];
  };
  return judge({
    module: moduleOf(document, c.name),
    function: c.name,
    args: c.args,
    receiver: c.receiver,
    host,
  });
}

let right = 0;

describe('generated derivatives of user-style files', () => {
  test.each(FOLDERS)('%s', { timeout: 300_000 }, (folder) => {
    const wrong: string[] = [];
    const texts: string[] = [];
    const seen = new Set<string>();
    for (const c of casesIn(folder)) {
      const key = `${c.file} ${c.name}`;
      if (c.into !== undefined || seen.has(key)) continue;
      seen.add(key);
      for (const finding of findings(c)) {
        if (finding.verdict === 'refused') continue;
        texts.push(finding.text);
        if (finding.verdict === 'wrong')
          wrong.push(`${key} ${finding.kind}: ${finding.message}\n${finding.text}`);
        else right++;
      }
    }
    expect(wrong).toEqual([]);
    expect(typeErrors(texts, true)).toEqual([]);
  });

  test('most functions have them', () => {
    expect(right).toBeGreaterThan(100);
  });
});
