/** The reader and writer of `--jsonl` by themselves: how bytes become lines, and that every line has its answer. */
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Sources } from '../../server/cli/evaluate.ts';
import { answerLines } from '../../server/cli/jsonl.ts';
import { type Line, linesOf } from '../../server/cli/lines.ts';
import { answerLine } from '../../server/cli/requests.ts';

async function lines(chunks: readonly (Uint8Array | string)[], longest?: number): Promise<Line[]> {
  const found: Line[] = [];
  for await (const line of linesOf(Readable.from(chunks), longest)) found.push(line);
  return found;
}
const texts = (...given: string[]) => given.map((text) => ({ text }));

describe('lines', () => {
  test.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\n\nb\n', ['a', '', 'b']],
    ['\n', ['']],
    ['a\r\nb\r\n', ['a\r', 'b\r']],
    // Neither ends a line of JSON text.
    ['"a\u2028b\u2029c\u0085d"\n', ['"a\u2028b\u2029c\u0085d"']],
  ])('%j', async (text, expected) => {
    expect(await lines([text])).toEqual(texts(...expected));
  });

  test('bytes may come in any pieces, characters of several bytes cut in two', async () => {
    const bytes = Buffer.from('{"π": "∂𝔸"}\nж\n\n漢\n');
    const expected = texts('{"π": "∂𝔸"}', 'ж', '', '漢');
    for (const size of [1, 2, 3, 5, 7, 100]) {
      const chunks: Uint8Array[] = [];
      for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.subarray(i, i + size));
      expect(await lines(chunks), `pieces of ${size}`).toEqual(expected);
    }
  });

  test('what is too long or not UTF-8 is said in its place, and the next line is read', async () => {
    expect(await lines(['ab', 'cdefghi', 'jkl\nmno\n'], 5)).toEqual([
      { problem: 'A line of more than 5 bytes.' },
      { text: 'mno' },
    ]);
    expect(await lines([Uint8Array.of(0x61, 0xff, 0x0a, 0x62, 0x0a)])).toEqual([
      { problem: 'Not UTF-8.' },
      { text: 'b' },
    ]);
  });
});

describe('answers', () => {
  /** Finds no file, the first ones later than the others. */
  const sources = { recheck: () => undefined, open: (name: string) => `${name} is not there` };
  const answerer = {
    async answerLine(line: string) {
      await new Promise((resolve) => setTimeout(resolve, line.includes('slow') ? 20 : 0));
      return answerLine(sources as unknown as Sources, { line, folder: '', steps: 0 });
    },
  };
  async function answers(input: string): Promise<Record<string, unknown>[]> {
    const output = new PassThrough();
    const text = output.setEncoding('utf8').toArray();
    await answerLines(Readable.from([input]), output, answerer);
    output.end();
    const written = (await text).join('');
    expect(written.endsWith('\n')).toBe(true);
    return written
      .slice(0, -1)
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
  const request = (id: unknown, file: string) => JSON.stringify({ id, file, function: 'f', args: [] });
  const refused = (file: string) => ({
    id: 'BAD',
    message: `The file cannot be read: ${file} is not there.`,
  });

  test('one a line, in order', async () => {
    const given = await answers(`${request(1, 'slow')}\r\n${request('b', 'fast')}\n${request(null, 'last')}`);
    expect(given).toEqual([
      { id: 1, error: { ...refused('slow'), file: 'slow' }, diagnostics: [] },
      { id: 'b', error: { ...refused('fast'), file: 'fast' }, diagnostics: [] },
      { id: null, error: { ...refused('last'), file: 'last' }, diagnostics: [] },
    ]);
  });

  test('a byte order mark is no part of a request', async () => {
    expect(await answers(`\uFEFF${request(1, 'f')}\n`)).toMatchObject([{ id: 1, error: refused('f') }]);
  });

  test.each([
    ['', /^Not JSON/],
    ['   ', /^Not JSON/],
    ['nonsense', /^Not JSON/],
    ['{"id": 1', /^Not JSON/],
    ['null', /JSON object/],
    ['3', /JSON object/],
    ['[1, 2]', /JSON object/],
    ['{}', /"file"/],
    ['{"file": 3, "function": "f"}', /"file"/],
    ['{"file": "f.ts"}', /"function"/],
    ['{"file": "f.ts", "function": "f", "args": {}}', /"args"/],
    ['{"file": "f.ts", "function": "f", "args": [], "wrt": "0"}', /"wrt"/],
    ['{"file": "f.ts", "function": "f", "args": [], "wrt": [0]}', /"wrt"/],
    ['{"file": "f.ts", "function": "f", "args": [], "outputs": [""], "hessian": "yes"}', /"hessian"/],
    ['{"file": "f.ts", "function": "f", "args": [], "outputs": [null]}', /"outputs"/],
    ['{"file": "f.ts", "function": "f", "arg": []}', /"arg"/],
  ])('%s is refused, and the next request answered', async (line, message) => {
    const [bad, good, ...none] = await answers(`${line}\n${request(2, 'f')}\n`);
    expect(bad).toMatchObject({
      error: { id: 'BAD', message: expect.stringMatching(message) },
      diagnostics: [],
    });
    expect(good).toMatchObject({ id: 2, error: refused('f') });
    expect(none).toEqual([]);
  });

  test('null for what is optional is as if it were not there', async () => {
    const line =
      '{"id": 1, "file": "f", "function": "f", "this": null, "args": null, "wrt": null, "hessian": null}';
    expect(await answers(line)).toMatchObject([{ id: 1, error: refused('f') }]);
  });

  test('each is given before the next request comes', async () => {
    const input = new PassThrough();
    const output = new PassThrough().setEncoding('utf8');
    const done = answerLines(input, output, answerer);
    for (const id of [1, 2, 3]) {
      const line = new Promise((resolve) => output.once('data', resolve));
      input.write(`${request(id, 'f')}\n`);
      expect(JSON.parse(String(await line))).toMatchObject({ id });
    }
    input.end();
    await done;
  });
});
