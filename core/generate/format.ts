/** Generated text in the format of the file around it. */
import type { Format } from './request.ts';
import { wrapped } from './wrap.ts';

const COMMENT = /^\s*(?:\/\*\*|\*|\/\/)/;
/** A statement that begins so would go on with the line before. */
const HAZARD = /^[([`+\-/]/;

/** From two spaces, single quotes and semicolons. Quotes stand in messages of errors and in keys only. */
export function formatted(text: string, { indentation, quotes, semicolons }: Format): string {
  let begins = true;
  return wrapped(text)
    .split('\n')
    .map((line) => {
      const [, spaces, rest] = /^( *)(.*)$/.exec(line)!;
      const [levels, own] = [Math.floor(spaces!.length / 2), spaces!.length % 2];
      const indent = indentation.repeat(levels) + ' '.repeat(own);
      if (COMMENT.test(line)) return indent + rest;
      let code = quotes === '"' ? doubled(rest!) : rest!;
      const hazard = begins && HAZARD.test(code);
      begins = code === '' || /[;{}]$/.test(code);
      if (!semicolons) {
        code = code.replace(/;$/, '');
        if (hazard) code = `;${code}`;
      }
      return indent + code;
    })
    .join('\n');
}

function doubled(code: string): string {
  return code.replaceAll(
    /'((?:[^'\\]|\\.)*)'/g,
    (_, inner: string) => `"${inner.replaceAll('"', '\\"').replaceAll("\\'", "'")}"`,
  );
}

/** How a text is written, by what most of it does. */
export function formatOf(text: string): Format {
  const lines = text.split(/\r?\n/);
  const tabs = lines.filter((line) => line.startsWith('\t')).length;
  const steps = new Map<number, number>();
  let before = 0;
  let spaced = 0;
  let ended = 0;
  let open = 0;
  for (const line of lines) {
    const code = line.trim();
    if (code === '' || COMMENT.test(line)) continue;
    const indent = /^ */.exec(line)![0].length;
    if (indent > 0) spaced++;
    if (indent > before) steps.set(indent - before, (steps.get(indent - before) ?? 0) + 1);
    before = indent;
    if (code.endsWith(';')) ended++;
    else if (/^(?:const|let|var|return|import)\b.*[\w)\]'"]$/.test(code)) open++;
  }
  const [width = 2] = [...steps].sort((a, b) => b[1] - a[1])[0] ?? [];
  const count = (quote: string) => text.split(quote).length - 1;
  return {
    indentation: tabs > spaced ? '\t' : ' '.repeat(Math.min(width, 8)),
    quotes: count('"') > count("'") ? '"' : "'",
    semicolons: open <= ended,
  };
}
