/** Generated text in the format of the file around it. */
import type { Format } from './request.ts';

const COMMENT = /^\s*(?:\/\*\*|\*|\/\/)/;
/** A statement that begins so would go on with the line before. */
const HAZARD = /^[([`+\-/]/;

/** From two spaces, single quotes and semicolons. Quotes stand in messages of errors and in keys only. */
export function formatted(text: string, { indentation, quotes, semicolons }: Format): string {
  return text
    .split('\n')
    .map((line) => {
      const [, spaces, rest] = /^( *)(.*)$/.exec(line)!;
      const [levels, own] = [Math.floor(spaces!.length / 2), spaces!.length % 2];
      const indent = indentation.repeat(levels) + ' '.repeat(own);
      if (COMMENT.test(line)) return indent + rest;
      let code = quotes === '"' ? doubled(rest!) : rest!;
      if (!semicolons) {
        code = code.replace(/;$/, '');
        if (HAZARD.test(code)) code = `;${code}`;
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
