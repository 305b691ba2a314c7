/** Long lines of generated code, broken where formatters break them. */

/** Columns of a line. */
const WIDEST = 100;
const COMMENT = /^\s*(?:\/\*\*|\*|\/\/)/;

/** Binary operators by how tightly they bind, loosest first: between these a text is broken first. */
const RANKS = [['||', '??'], ['&&'], ['===', '!==', '<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']];

export function wrapped(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => {
      if (line.length <= WIDEST && !isTable(line)) return [line];
      return COMMENT.test(line) ? comment(line) : statement(line);
    })
    .join('\n');
}

/** Whether it holds an array of several arrays or objects of several parts each: each has a line. */
function isTable(text: string): boolean {
  if (!/\[[[{]/.test(text) || /^\s*\)|\b(?:function|number|boolean)\b|=>/.test(text)) return false;
  return pairsIn(text).some(({ open, close }) => {
    const inner = text.slice(open + 1, close);
    const parts = separated(inner, ',');
    const first = parts[0]?.[0] ?? '';
    const is =
      text[open] === '[' &&
      parts.length > 1 &&
      /[[{]/.test(first) &&
      parts.every((part) => part[0] === first && separated(part.slice(1, -1), ',').length > 1);
    return is || isTable(inner);
  });
}

/** A sentence in as many lines as it needs. */
function comment(line: string): string[] {
  const [, indent = '', text = ''] = /^(\s*)(?:\/\*\*|\*) (.*?)(?: \*\/)?$/.exec(line) ?? [];
  if (text === '') return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && indent.length + 3 + current.length + word.length > WIDEST) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  lines.push(current);
  if (!line.includes('/**')) return lines.map((each) => `${indent}* ${each}`);
  return [`${indent}/**`, ...lines.map((each) => `${indent} * ${each}`), `${indent} */`];
}

function statement(line: string): string[] {
  const indent = /^ */.exec(line)![0];
  const code = line.slice(indent.length);
  const assigned = assignmentIn(code);
  if (assigned !== undefined) return assignment(indent, code.slice(0, assigned), code.slice(assigned + 1));
  const head = /^(?:return |throw )/.exec(code)?.[0];
  if (head !== undefined) {
    const end = code.endsWith(';') ? ';' : '';
    return value(indent, head, code.slice(head.length, code.length - end.length), end, true);
  }
  const test = /^(?:\} else )?(?:if|while) \(/.exec(code)?.[0];
  if (test !== undefined && code.endsWith(') {')) {
    const inner = expression(`${indent}  `, '', code.slice(test.length, -3), '');
    return [indent + test, ...inner, `${indent}) {`];
  }
  return bracket(indent, code) ?? [line];
}

/** The place of the `=` of a declaration or an assignment. */
function assignmentIn(code: string): number | undefined {
  if (!/^(?:const|let|[\w$.[\]!+\-* ]+ [-+*/%]?= )/.test(code) || !code.endsWith(';')) return undefined;
  const at = topLevel(code).find(({ index }) => /^ [-+*/%]?= /.test(code.slice(index)));
  return at === undefined ? undefined : code.indexOf('=', at.index);
}

function assignment(indent: string, target: string, rest: string): string[] {
  const text = rest.trim().slice(0, -1);
  const head = `${target.trimEnd()}=`.replace(/([^ +*/%-])=$/, '$1 =');
  const begins = `${head} `;
  const rank = rankOf(text);
  const condition = rank?.ternary ? text.slice(0, rank.cuts[0]) : '';
  if (rank === undefined || (rank.ternary && rankOf(condition) === undefined))
    return value(indent, begins, text, ';', false);
  return [indent + head, ...expression(`${indent}  `, '', text, ';')];
}

/** What is returned or assigned. */
function value(indent: string, head: string, text: string, end: string, isReturn: boolean): string[] {
  const rank = rankOf(text);
  if (rank !== undefined && !rank.ternary && isReturn)
    return [`${indent}${head}(`, ...expression(`${indent}  `, '', text, ''), `${indent})${end}`];
  return expression(indent, head, text, end);
}

function expression(indent: string, head: string, text: string, end: string, breaks = false): string[] {
  const line = indent + head + text + end;
  if (!breaks && line.length <= WIDEST && !isTable(text)) return [line];
  const rank = rankOf(text);
  if (rank === undefined) return bracket(indent, head + text + end) ?? [line];
  const parts = rank.cuts.map((cut, i) => text.slice(i === 0 ? 0 : rank.cuts[i - 1]! + 1, cut).trim());
  parts.push(text.slice(rank.cuts.at(-1)! + 1).trim());
  if (rank.ternary) {
    const [condition, ...sides] = parts as [string, ...string[]];
    return [
      ...expression(indent, head, condition, ''),
      ...sides.flatMap((side, i) => {
        const [mark, inner] = [side.slice(0, 2), nested(side.slice(2))];
        return expression(`${indent}  `, mark, inner.text, i === sides.length - 1 ? end : '', inner.isChoice);
      }),
    ];
  }
  return parts.flatMap((part, i) =>
    expression(indent, i === 0 ? head : '', part, i === parts.length - 1 ? end : ''),
  );
}

/** A side of a conditional: within one that is broken, others are too, and need no parentheses. */
function nested(side: string): { readonly text: string; readonly isChoice: boolean } {
  const [pair] = pairsIn(side);
  const inner = pair?.open === 0 && pair.close === side.length - 1 ? side.slice(1, -1) : side;
  return rankOf(inner)?.ternary ? { text: inner, isChoice: true } : { text: side, isChoice: false };
}

interface Rank {
  readonly ternary: boolean;
  /** Where lines end, or for conditionals begin. */
  readonly cuts: readonly number[];
}

function rankOf(text: string): Rank | undefined {
  const spaces = topLevel(text);
  const word = (index: number) => /^ (\S+) /.exec(text.slice(index))?.[1] ?? '';
  const question = spaces.find(({ index }) => word(index) === '?');
  if (question !== undefined) {
    let open = 0;
    for (const { index } of spaces) {
      if (word(index) === '?') open++;
      if (word(index) === ':' && --open === 0) return { ternary: true, cuts: [question.index, index] };
    }
  }
  if (/^(?:\([\w, ]*\)|\w+) => /.test(text)) return undefined;
  for (const operators of RANKS) {
    const cuts = spaces.filter(({ index }) => operators.includes(word(index)));
    if (cuts.length > 0)
      return { ternary: false, cuts: cuts.map(({ index }) => index + 1 + word(index).length) };
  }
  return undefined;
}

/** One line for each of what the widest of the brackets holds. */
function bracket(indent: string, code: string): string[] | undefined {
  const pairs = pairsIn(code).filter(({ open, close }) => close - open > 1);
  const isHead = /^(?:export )?function /.test(code);
  const pair = isHead ? headPair(code, pairs, indent) : pairs.reduce<Pair | undefined>(wider, undefined);
  if (pair === undefined) return undefined;
  const space = code[pair.open] === '{' ? 1 : 0;
  const inner = code.slice(pair.open + 1 + space, pair.close - space);
  const separator = code[pair.open] === '{' && inner.includes(';') ? ';' : ',';
  const parts = separated(inner, separator);
  // An index takes no comma.
  const isIndex = code[pair.open] === '[' && /[\w$)\]!]/.test(code[pair.open - 1] ?? '');
  const single = parts.length === 1 && (code[pair.open] === '(' || isIndex) && !isHead;
  const lines = parts.flatMap((part, i) => {
    const last = single || /^\.\.\./.test(part);
    return expression(`${indent}  `, '', part, last && i === parts.length - 1 ? '' : separator);
  });
  const rest = code.slice(pair.close);
  const tail =
    (indent + rest).length <= WIDEST ? [indent + rest] : (bracket(indent, rest) ?? [indent + rest]);
  return [indent + code.slice(0, pair.open + 1), ...lines, ...tail];
}

/** A function's parameters; what it returns where that is a record, and there is one parameter. */
function headPair(code: string, pairs: readonly Pair[], indent: string): Pair | undefined {
  const [parameters, returns] = pairs;
  if (parameters === undefined || returns === undefined || code[returns.open] !== '{') return parameters;
  const inner = code.slice(parameters.open + 1, parameters.close);
  const fits = indent.length + returns.open < WIDEST;
  return fits && separated(inner, ',').length === 1 && code[returns.close + 1] === ' ' ? returns : parameters;
}

interface Pair {
  readonly open: number;
  readonly close: number;
}

const wider = (best: Pair | undefined, pair: Pair): Pair =>
  best === undefined || pair.close - pair.open > best.close - best.open ? pair : best;

/** The brackets that are in no others. */
function pairsIn(code: string): Pair[] {
  const pairs: Pair[] = [];
  let depth = 0;
  let open = -1;
  for (const { index, char } of significant(code)) {
    if ('([{'.includes(char)) {
      if (depth++ === 0) open = index;
    } else if (')]}'.includes(char) && depth > 0 && --depth === 0) pairs.push({ open, close: index });
  }
  return pairs;
}

function separated(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { index, char } of significant(text)) {
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === separator && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}

/** The spaces outside of brackets. */
function topLevel(text: string): { readonly index: number }[] {
  const spaces: { index: number }[] = [];
  let depth = 0;
  for (const { index, char } of significant(text)) {
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === ' ' && depth === 0) spaces.push({ index });
  }
  return spaces;
}

/** The characters that stand in no text. */
function* significant(code: string): Iterable<{ readonly index: number; readonly char: string }> {
  let quote = '';
  for (let index = 0; index < code.length; index++) {
    const char = code[index]!;
    if (quote !== '') {
      if (char === '\\') index++;
      else if (char === quote) quote = '';
    } else if (char === "'" || char === '"' || char === '`') quote = char;
    else yield { index, char };
  }
}
