/** What the statement scanner knows of words and characters. */

export const DECLARATION =
  /(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:async\s+)?(?:abstract\s+)?(?:function|class|const|let|var|interface|type|enum|import)\b/y;
export const BLOCK =
  /(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:async\s+)?(?:abstract\s+)?(?:function|class|interface|enum|namespace)\b/y;
export const VARIABLE = /(?:export\s+)?(?:const|let|var)\b/y;

/** Words that need what follows, on whatever line it stands. */
export const OPENING = new Set(
  (
    'return throw new typeof void delete await yield in of instanceof extends implements const let var function class ' +
    'export default import do else try finally case static get set abstract declare type interface enum namespace ' +
    'module as satisfies from keyof infer is asserts async readonly'
  ).split(' '),
);
/** Words that go on with the statement before. */
export const CONTINUING = new Set(
  'else catch finally in instanceof as satisfies of extends implements from'.split(' '),
);
export const DECORATED = new Set(['export', 'abstract', 'class']);
export const MODIFIERS = new Set(['export', 'default', 'declare', 'abstract', 'async', 'else', 'do']);
/** A regular expression, not a division, follows these. */
export const BEFORE_REGEXP = new Set(
  'return typeof case default do else in instanceof new void delete throw yield await of extends'.split(' '),
);
export const CONTROL = new Set(['if', 'for', 'while', 'with', 'await']);

export const BLANK = 1;
export const LINE_BREAK = 2;
export const NAME = 3;
const CLASSES = new Uint8Array(128);
for (const c of [0x09, 0x0b, 0x0c, 0x20]) CLASSES[c] = BLANK;
for (const c of [0x0a, 0x0d]) CLASSES[c] = LINE_BREAK;
for (let c = 0x30; c <= 0x39; c++) CLASSES[c] = NAME;
for (let c = 0x41; c <= 0x5a; c++) CLASSES[c] = CLASSES[c + 32] = NAME;
CLASSES[0x24] = CLASSES[0x5f] = CLASSES[0x5c] = NAME;

export function classOf(code: number): number {
  if (code < 128) return CLASSES[code]!;
  if (code === 0x2028 || code === 0x2029) return LINE_BREAK;
  if (code === 0xa0 || code === 0xfeff || code === 0x3000 || (code >= 0x2000 && code <= 0x200b)) return BLANK;
  return NAME;
}
