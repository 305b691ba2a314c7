/** The tags that are ours, and which misspellings of them can hardly be anything else. */

export const OWN_TAGS: ReadonlySet<string> = new Set(['differentiable', 'at', 'wrt', 'range', 'gradientOf']);

/** Tags of JSDoc, TSDoc and their kin, and words that others may use as a tag. */
const FOREIGN = new Set(
  (
    'a abstract access alias alpha arg argument ast async augments author beta borrows callback class classdesc const constant constructor copyright ' +
    'decorator default defaultValue deprecated desc description differential differentiate enum eventProperty example exception experimental exports extends external file fileoverview ' +
    'fires func function generator global gradient gradients hat hideconstructor host ignore implements import inheritDoc inner instance interface internal ' +
    'kind label lends license link listens member memberof method mixes mixin module name namespace override packageDocumentation ' +
    'package param privateRemarks private prop property protected public rage rang readonly remarks requires return returns satisfies sealed see ' +
    'since static summary template this throws todo tutorial type typedef typeParam variation version virtual yield yields var arr art add act ant apt ate bat cat eat fat mat oat pat rat sat'
  ).split(' '),
);

/** The tag of ours that a foreign one was meant to be; `rest` is what follows it. Undefined where that is not plain. */
export function correction(tag: string, rest: string): string | undefined {
  if (FOREIGN.has(tag)) return undefined;
  const lower = tag.toLowerCase();
  for (const own of OWN_TAGS) if (lower === own.toLowerCase()) return own;
  for (const own of ['differentiable', 'gradientOf'])
    if (Math.abs(tag.length - own.length) <= 2 && distance(lower, own.toLowerCase()) <= 2) return own;
  // Short tags look like many things: only with what stands after such a tag.
  const assigned = /^[ \t]+(?:[\p{L}\p{N}_$.#]|\[[^\]]*\])+[ \t]*=/u.test(rest);
  if (assigned && distance(lower, 'at') === 1 && lower.length >= 2) return 'at';
  if (assigned && distance(lower, 'range') === 1) return 'range';
  if (/^(?:wtr|wrtt|wwrt|wrrt|wr|wrts)$/.test(lower)) return 'wrt';
  return undefined;
}

/** Damerau-Levenshtein distance (optimal string alignment) of two short words. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
