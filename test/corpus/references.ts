/** References of rows, computed once: kept in the ignored folder by package, method and the row's own content. */
import fs from 'node:fs';
import path from 'node:path';
import type { ReferenceAnswer } from './child.ts';
import { type CorpusFolder, digest } from './folders.ts';
import { LineProcess } from './lineProcess.ts';
import type { Row } from './row.ts';

const TIMEOUT = 60_000;

export async function referencesOf(
  { folder, child, stamp }: CorpusFolder,
  rows: readonly Row[],
  /** Distinguishes the file of points that are not the usual ones. */
  suffix: string,
): Promise<ReferenceAnswer[]> {
  const name = rows[0]!.package.replaceAll(/[^\w.@-]/g, '_');
  const file = path.join(folder, '.references', `${name}${suffix}.json`);
  const known = readKnown(file);
  const process = new LineProcess([child], folder);
  const answers: ReferenceAnswer[] = [];
  const kept: Record<string, ReferenceAnswer> = {};
  for (const row of rows) {
    const key = digest(`${stamp}\n${wrapperOf(folder, row)}\n${JSON.stringify(row)}`);
    const answer = known[key] ?? (await compute(process, row));
    kept[key] = answer;
    answers.push(answer);
  }
  process.end();
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(kept));
  return answers;
}

function readKnown(file: string): Record<string, ReferenceAnswer> {
  return fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, ReferenceAnswer>)
    : {};
}

async function compute(process: LineProcess, row: Row): Promise<ReferenceAnswer> {
  const reply = await process.ask(JSON.stringify(row), TIMEOUT);
  if (reply.kind === 'line') return JSON.parse(reply.text) as ReferenceAnswer;
  return {
    failed: reply.kind === 'hang' ? `no reference within ${TIMEOUT / 1000} s` : reply.said.slice(-300),
  };
}

/** Its text, where the row is about one. */
function wrapperOf(folder: string, { file }: Row): string {
  return file.startsWith('wrappers/') ? fs.readFileSync(path.join(folder, file), 'utf8') : '';
}
