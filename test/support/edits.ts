/** What an editor makes of edits that the server answers. */
import type { InsertDerivativeResult } from '../../server/protocol/messages.ts';

type Edit = Extract<InsertDerivativeResult, { kind: 'edit' }>;
type Position = Edit['selection']['start'];

function offsetIn(text: string, { line, character }: Position): number {
  return text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
}

export function applied(text: string, { edits }: Edit): string {
  const all = edits.map(({ range, newText }) => ({
    from: offsetIn(text, range.start),
    to: offsetIn(text, range.end),
    newText,
  }));
  all.sort((a, b) => b.from - a.from);
  return all.reduce((whole, { from, to, newText }) => whole.slice(0, from) + newText + whole.slice(to), text);
}

export const selected = (text: string, { selection }: Edit): string =>
  text.slice(offsetIn(text, selection.start), offsetIn(text, selection.end));
