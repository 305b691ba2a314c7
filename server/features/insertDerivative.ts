/** Where generated code goes in a file, and what of earlier generated code it replaces. */
import { blockOf, marked } from '../../core/generate/marks.ts';
import type { PlainPosition, PlainRange } from '../../core/graph/panelModel.types.ts';

/** The file that the code goes into. */
export interface Into {
  readonly text: string;
  /** Offset after which it stands where there is none of it yet; absent: the end. */
  readonly after?: number | undefined;
  /** Offset after what it imports. */
  readonly imported?: number;
  /** Names that are taken, those of generated code included. */
  readonly taken: ReadonlySet<string>;
}

/** Where the code goes. */
export interface Slot {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Something is replaced that has been edited. */
  readonly edited: boolean;
  readonly replaces: boolean;
}

/** The first free name, or the one that stands for the same function already. */
export function slotFor(into: Into, of: string, wanted: string): Slot {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}${n}`;
    const block = blockOf(into.text, name, of);
    if (block !== undefined) return { name, ...block, replaces: true };
    if (into.taken.has(name)) continue;
    const at = into.after === undefined ? into.text.trimEnd().length : lineEnd(into.text, into.after);
    return { name, start: at, end: at, edited: false, replaces: false };
  }
}

export interface Insertion {
  readonly edits: readonly { readonly range: PlainRange; readonly newText: string }[];
  /** Of the function's name, afterwards. */
  readonly selection: PlainRange;
}

/** `imports`: statements that the code needs at the head of the file. */
export function insertion(
  { text, imported = 0 }: Into,
  slot: Slot,
  of: string,
  code: string,
  imports: readonly string[] = [],
): Insertion {
  const eol = /\r\n/.test(text) ? '\r\n' : '\n';
  const block = marked(code, of).trimEnd().replaceAll('\n', eol);
  const before = slot.replaces || slot.start === 0 ? '' : eol + eol;
  const rest = text.slice(slot.end);
  const after = slot.replaces
    ? ''
    : rest.trim() === ''
      ? endOf(rest, eol)
      : /^(?:\r?\n){2}/.test(rest)
        ? ''
        : eol;
  const head = imports.length === 0 ? '' : imports.join(eol) + eol;
  // Where the code begins the file there is one edit alone.
  const together = slot.start === imported && !slot.replaces;
  const apart = together || head === '' ? '' : imported === 0 ? head + eol : eol + imports.join(eol);
  const newText = (together && head !== '' ? head + eol : '') + before + block + after;
  const named = new RegExp(
    `^(?:export )?(?:function|const) (${slot.name.replaceAll('$', '\\$')})\\b`,
    'm',
  ).exec(newText);
  const from = slot.start + (named === null ? 0 : named.index + named[0].length - slot.name.length);
  const whole = text.slice(0, imported) + apart + text.slice(imported, slot.start) + newText;
  const at = from + apart.length;
  const edit = (start: number, end: number, by: string): Insertion['edits'][number] => ({
    range: { start: positionIn(text, start), end: positionIn(text, end) },
    newText: by,
  });
  const placed = edit(slot.start, slot.end, newText);
  return {
    edits: apart === '' ? [placed] : [placed, edit(imported, imported, apart)],
    selection: { start: positionIn(whole, at), end: positionIn(whole, at + slot.name.length) },
  };
}

/** A file ends with a line's end. */
const endOf = (rest: string, eol: string): string => (rest === '' ? eol : '');

/** The end of the line where only blanks or a comment follow; else the place itself, for what follows is other code. */
function lineEnd(text: string, offset: number): number {
  const rest = /^[ \t]*(?:;[ \t]*)?(?:\/\/.*)?(?=\r?\n|$)/.exec(text.slice(offset));
  return offset + (rest?.[0].length ?? 0);
}

function positionIn(text: string, offset: number): PlainPosition {
  const before = text.slice(0, offset);
  const line = before.split('\n').length - 1;
  return { line, character: offset - (before.lastIndexOf('\n') + 1) };
}
