/**
 * Source text with what is said of it. Below a line of a fixture stand, as comments:
 *
 *   //  ^^ hover: lines of the hover, joined by ⏎ (`null` where there is none): asked where the first ^ points
 *   //  ^^ GL108 warning: a diagnostic of that range
 *   //  hint: the inlay hint at the line's end
 *   //  lens: titles of the lenses above it, joined by |
 *
 * Hovers are those that the fixture asks for; all the others are complete. GRADLENS_UPDATE=1 rewrites the files:
 * read the difference, it is the specification.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { InProcess } from './inProcess.ts';

const FOLDER = path.join(import.meta.dirname, 'fixtures');
const EXPECTATION = /^\s*\/\/\s*(?:\^+ |hint:|lens:)/;
const SEVERITY = ['', 'error', 'warning', 'information', 'hint'];

interface Asked {
  readonly line: number;
  readonly character: number;
}

function parse(fixture: string): { source: string[]; asked: Asked[] } {
  const source: string[] = [];
  const asked: Asked[] = [];
  for (const line of fixture.split('\n')) {
    if (!EXPECTATION.test(line)) source.push(line);
    else if (/\^+ hover:/.test(line)) asked.push({ line: source.length - 1, character: line.indexOf('^') });
  }
  return { source, asked };
}

/** `//` in column 0, then the mark under what it is about. */
function under(start: number, width: number, text: string): string {
  return `//${' '.repeat(Math.max(0, start - 2))}${'^'.repeat(Math.max(1, start < 2 ? width + start - 2 : width))} ${text}`;
}

function render(fixture: string, uri: string, language: string): string {
  const { source, asked } = parse(fixture);
  const worker = new InProcess();
  worker.open(uri, source.join('\n'), language);
  const below = source.map((): string[] => []);

  const lenses = new Map<number, string[]>();
  const items = worker.request<{ range: { start: { line: number } }; command?: { title: string } }[]>(
    'textDocument/codeLens',
    { textDocument: { uri } },
  );
  for (const item of items) {
    const { command } = worker.request<typeof item>('codeLens/resolve', item);
    const { line } = item.range.start;
    lenses.set(line, [...(lenses.get(line) ?? []), command?.title ?? '']);
  }
  for (const [line, titles] of lenses) below[line]!.push(`//  lens: ${titles.join(' | ')}`);
  for (const { position, label } of worker.hints(uri)) {
    expect(position.character).toBe(source[position.line]!.length);
    below[position.line]!.push(`//  hint: ${label}`);
  }
  for (const { line, character } of asked) {
    const answer = worker.request<{
      contents: { value: string };
      range: { start: Asked; end: Asked };
    } | null>('textDocument/hover', { textDocument: { uri }, position: { line, character } });
    const text = answer?.contents.value
      .replace(/```text\n([\s\S]*?)\n```/, '$1')
      .replace(/\]\(command:[^)]*\)/g, ']')
      .replace(/\n+/g, ' ⏎ ');
    // The range is shown from the character that was asked for.
    const end = answer?.range.end.line === line ? answer.range.end.character : source[line]!.length;
    below[line]!.push(
      under(character, answer === null ? 1 : Math.max(1, end - character), `hover: ${text ?? 'null'}`),
    );
  }
  for (const { code, severity, message, range } of worker.diagnostics(uri)) {
    const width =
      range.end.line === range.start.line
        ? range.end.character - range.start.character
        : source[range.start.line]!.length - range.start.character;
    below[range.start.line]!.push(
      under(range.start.character, width, `${code} ${SEVERITY[severity]}: ${message.replace(/\n/g, ' ⏎ ')}`),
    );
  }
  return source.flatMap((line, i) => [line, ...below[i]!]).join('\n');
}

test.each(fs.readdirSync(FOLDER))('%s', (name) => {
  const file = path.join(FOLDER, name);
  const fixture = fs.readFileSync(file, 'utf8');
  const language = name.includes('.js') ? 'javascript' : 'typescript';
  const rendered = render(fixture, `file:///${name.replace(/\.txt$/, '')}`, language);
  if (process.env['GRADLENS_UPDATE'] === '1') fs.writeFileSync(file, rendered);
  else expect(rendered).toBe(fixture);
});
