import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Mirror } from '../../server/mirror.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r\n', '\r', '😀'), maxLength: 40 });
const position = fc.record({ line: fc.nat(12), character: fc.nat(12) });
const change = fc.oneof(
  { weight: 9, arbitrary: fc.record({ from: position, to: position, text }) },
  { weight: 1, arbitrary: fc.record({ text }) },
);

test('the text is what the reference implementation of LSP documents makes of the same edits', () => {
  fc.assert(
    fc.property(text, fc.array(change, { maxLength: 30 }), (initial, edits) => {
      const reference = TextDocument.create('file:///a', 'typescript', 0, initial);
      const mirror = new Mirror('typescript', 0, initial);
      edits.forEach((edit, i) => {
        let sent: Parameters<Mirror['change']>[1][number] = { text: edit.text };
        if ('from' in edit) {
          // Lines past the end upset the reference's own line table.
          const within = ({ line, character }: typeof edit.from) => ({
            line: line % reference.lineCount,
            character,
          });
          const [from, to] = [within(edit.from), within(edit.to)];
          const ordered = from.line < to.line || (from.line === to.line && from.character <= to.character);
          const [start, end] = ordered ? [from, to] : [to, from];
          sent = { range: { start, end }, text: edit.text };
        }
        TextDocument.update(reference, [sent], i + 1);
        mirror.change(i + 1, [sent]);
        // Asking for the text starts the next edit from a whole text: ask only now and then.
        if (i % 3 === 0) expect(mirror.text).toBe(reference.getText());
      });
      expect(mirror.text).toBe(reference.getText());
      expect(mirror.version).toBe(edits.length);
    }),
    { numRuns: 1000 },
  );
});

test('positions past the end are the end', () => {
  const mirror = new Mirror('typescript', 0, 'a\nb');
  mirror.change(1, [
    { range: { start: { line: 0, character: 99 }, end: { line: 0, character: 99 } }, text: '!' },
  ]);
  mirror.change(2, [
    { range: { start: { line: 9, character: 0 }, end: { line: 9, character: 9 } }, text: '?' },
  ]);
  expect(mirror.text).toBe('a!\nb?');
});
