import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex } from '../../server/workspace/lineIndex.ts';
import { random } from './helpers.ts';

const BITS = ['\n', '\r', '\r\n', 'a', 'bc', '\u2028', '😀', '\n\n', '\r\r', 'line\n', ''];

describe('positions are those of the protocol', () => {
  it.each([1, 2, 3, 4, 5])('under random edits, against vscode-languageserver-textdocument (%i)', (seed) => {
    const below = random(seed * 104729);
    let text = 'one\ntwo\r\nthree\rfour';
    const index = new LineIndex(text);
    for (let i = 0; i < 300; i++) {
      const start = below(text.length + 1);
      const end = Math.min(text.length, start + below(4) * below(4));
      let inserted = '';
      for (let n = below(4); n > 0; n--) inserted += BITS[below(BITS.length)];
      index.replace(
        start,
        end,
        inserted,
        text.slice(Math.max(0, start - 1), start),
        text.slice(end, end + 2),
      );
      text = text.slice(0, start) + inserted + text.slice(end);
      const reference = TextDocument.create('file:///a', 'x', 1, text);
      expect(index.lineCount).toBe(reference.lineCount);
      const textOf = (a: number, b: number): string => text.slice(a, b);
      for (let line = 0; line <= reference.lineCount; line++)
        for (const character of [0, 1, 2, 5, 100])
          expect(index.offsetAt({ line, character }, textOf)).toBe(reference.offsetAt({ line, character }));
      for (let offset = 0; offset <= text.length; offset++) {
        // Between the halves of a \r\n the reference steps back to the line's end.
        if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
        expect(index.positionAt(offset)).toEqual(reference.positionAt(offset));
      }
    }
  });
});
