/**
 * Regular expressions (ECMA-262 §22.2.1) as instructions for a matcher that counts its steps: the host's own may run
 * for ever. The host has checked the syntax before; here atoms are told apart, and what one character may be is left
 * to the host, asked about that character alone.
 */

/** Whether one character (a code unit, or a code point in Unicode mode) is matched. */
export type CharacterTest = (code: number) => boolean;

export type Instruction =
  | { readonly op: 'character'; readonly test: CharacterTest; readonly backward: boolean }
  /** A run of single characters: as many as possible, or as few. */
  | {
      readonly op: 'run';
      readonly test: CharacterTest;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
    }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'mark'; readonly register: number }
  | { readonly op: 'capture'; readonly group: number; readonly register: number; readonly backward: boolean }
  | { readonly op: 'set'; readonly register: number }
  | {
      readonly op: 'loop';
      readonly count: number;
      readonly start: number;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
      /** Groups inside, which each iteration forgets. */
      readonly groups: readonly [number, number];
      exit: number;
    }
  | {
      readonly op: 'again';
      readonly count: number;
      readonly start: number;
      readonly min: number;
      readonly head: number;
    }
  | { readonly op: 'start' | 'end' }
  | { readonly op: 'boundary'; readonly negated: boolean }
  | { readonly op: 'same'; readonly groups: readonly number[]; readonly backward: boolean }
  | { readonly op: 'look'; readonly negated: boolean; readonly body: number; after: number }
  | { readonly op: 'accept' };

export interface Pattern {
  readonly code: readonly Instruction[];
  /** Capturing groups, the whole match among them. */
  readonly groups: number;
  readonly registers: number;
  readonly names: readonly (readonly [name: string, groups: readonly number[]])[];
  readonly unicode: boolean;
  readonly multiline: boolean;
  readonly same: (a: number, b: number) => boolean;
  readonly isWord: CharacterTest;
}

/** Thrown for syntax that is newer than this parser. */
export class UnknownSyntax extends Error {}

type Node =
  | { readonly kind: 'character'; readonly source: string }
  | { readonly kind: 'sequence' | 'either'; readonly parts: readonly Node[] }
  | { readonly kind: 'group'; readonly body: Node; readonly group: number }
  | {
      readonly kind: 'repeat';
      readonly body: Node;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
      readonly groups: readonly [number, number];
    }
  | { readonly kind: 'look'; readonly body: Node; readonly negated: boolean; readonly backward: boolean }
  | { readonly kind: 'same'; readonly group: number | string }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'boundary'; readonly negated: boolean };

const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;

class Parser {
  private at = 0;
  group = 0;
  readonly names: [string, number[]][] = [];
  private readonly source: string;
  private readonly unicode: boolean;
  private readonly count: number;
  private readonly named: boolean;

  constructor(source: string, unicode: boolean) {
    this.source = source;
    this.unicode = unicode;
    const bare = source.replace(/\\[\s\S]/g, '.').replace(/\[[^\]]*\]/g, '.');
    this.count = bare.match(/\((?!\?)|\(\?<(?![=!])/g)?.length ?? 0;
    this.named = /\(\?<(?![=!])/.test(bare);
  }

  either(): Node {
    const parts = [this.sequence()];
    while (this.source[this.at] === '|') {
      this.at++;
      parts.push(this.sequence());
    }
    return parts.length === 1 ? parts[0]! : { kind: 'either', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at]!)) parts.push(this.term());
    return { kind: 'sequence', parts };
  }

  private term(): Node {
    const first = this.group;
    const body = this.atom();
    const quantifier = QUANTIFIER.exec(this.source.slice(this.at, this.at + 40));
    if (quantifier === null) return body;
    this.at += quantifier[0].length;
    const greedy = !(quantifier[0].length > 1 && quantifier[0].endsWith('?'));
    const [min, max] = bounds(greedy ? quantifier[0] : quantifier[0].slice(0, -1));
    return { kind: 'repeat', body, min, max, greedy, groups: [first + 1, this.group] };
  }

  private atom(): Node {
    const { source } = this;
    switch (source[this.at]) {
      case '(':
        return this.parenthesis();
      case '^':
        this.at++;
        return { kind: 'start' };
      case '$':
        this.at++;
        return { kind: 'end' };
      case '[': {
        const from = this.at++;
        while (source[this.at] !== ']') this.at += source[this.at] === '\\' ? 2 : 1;
        this.at++;
        return { kind: 'character', source: source.slice(from, this.at) };
      }
      case '\\':
        return this.escape();
      default: {
        const width = this.unicode && source.codePointAt(this.at)! > 0xffff ? 2 : 1;
        const text = source.slice(this.at, this.at + width);
        this.at += width;
        // What would be syntax if it stood by itself.
        return { kind: 'character', source: '{}]/'.includes(text) ? `\\${text}` : text };
      }
    }
  }

  private parenthesis(): Node {
    const { source } = this;
    const head = /^\((?:\?(?:[:=!]|<[=!]|<([^>=!][^>]*)>))?/.exec(source.slice(this.at))!;
    if (head[0] === '(' && source[this.at + 1] === '?')
      throw new UnknownSyntax(source.slice(this.at, this.at + 4));
    this.at += head[0].length;
    const isGroup = head[0] === '(' || head[1] !== undefined;
    const group = isGroup ? ++this.group : 0;
    if (head[1] !== undefined) this.name(head[1], group);
    const body = this.either();
    this.at++;
    if (isGroup) return { kind: 'group', body, group };
    if (head[0] === '(?:') return body;
    return { kind: 'look', body, negated: head[0].endsWith('!'), backward: head[0].includes('<') };
  }

  private name(text: string, group: number): void {
    const name = text.replace(/\\u(?:\{([\da-f]+)\}|([\da-f]{4}))/gi, (_, a: string, b: string) =>
      String.fromCodePoint(Number.parseInt(a ?? b, 16)),
    );
    const known = this.names.find(([other]) => other === name);
    if (known === undefined) this.names.push([name, [group]]);
    else known[1].push(group);
  }

  private escape(): Node {
    const { source, unicode } = this;
    const rest = source.slice(this.at, this.at + 400);
    const take = (text: string, shown = text): Node => {
      this.at += text.length;
      return { kind: 'character', source: shown };
    };
    const next = rest[1]!;
    if (next === 'b' || next === 'B') {
      this.at += 2;
      return { kind: 'boundary', negated: next === 'B' };
    }
    if (next === 'k' && (this.named || unicode)) {
      const [whole, name] = /^\\k<([^>]*)>/.exec(rest)!;
      this.at += whole.length;
      return { kind: 'same', group: name! };
    }
    const digits = /^\\([1-9]\d*)/.exec(rest);
    if (digits !== null && (unicode || Number(digits[1]) <= this.count)) {
      this.at += digits[0].length;
      return { kind: 'same', group: Number(digits[1]) };
    }
    const octal = /^\\(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(rest);
    if (octal !== null && !unicode) return take(octal[0]);
    const hex = /^\\(?:x[\da-f]{2}|u[\da-f]{4})/i.exec(rest);
    if (unicode) {
      const long =
        /^\\(?:u\{[\da-f]+\}|u[d][89ab][\da-f]{2}\\u[d][c-f][\da-f]{2}|p\{[^}]*\}|P\{[^}]*\})/i.exec(rest);
      if (long !== null) return take(long[0]);
    }
    if (hex !== null) return take(hex[0]);
    if (next === 'c') return /^\\c[a-z]/i.test(rest) ? take(rest.slice(0, 3)) : take('\\', '\\\\');
    if (next === 'x' || next === 'u' || next === 'k') return take(rest.slice(0, 2), next);
    return take(rest.slice(0, unicode && rest.codePointAt(1)! > 0xffff ? 3 : 2));
  }
}

function bounds(quantifier: string): [number, number] {
  if (quantifier === '*') return [0, Number.POSITIVE_INFINITY];
  if (quantifier === '+') return [1, Number.POSITIVE_INFINITY];
  if (quantifier === '?') return [0, 1];
  const [min, max] = quantifier.slice(1, -1).split(',');
  return [Number(min), max === undefined ? Number(min) : max === '' ? Number.POSITIVE_INFINITY : Number(max)];
}

/** A test of one character by the host, remembered for the first code units. */
function characterTest(source: string, flags: string): CharacterTest {
  if (flags === '' && source.length === 1 && source !== '.' && source !== '\\') {
    const code = source.charCodeAt(0);
    return (c) => c === code;
  }
  const one = new RegExp(`^(?:${source})$`, flags);
  const known = new Int8Array(256);
  return (code) => {
    const before = code < 256 ? known[code]! : 0;
    if (before !== 0) return before > 0;
    const found = one.test(String.fromCodePoint(code));
    if (code < 256) known[code] = found ? 1 : -1;
    return found;
  };
}

class Compiler {
  readonly code: Instruction[] = [];
  registers = 0;
  private readonly flags: string;
  private readonly unicode: boolean;
  private readonly names: readonly (readonly [string, readonly number[]])[];
  private readonly tests = new Map<string, CharacterTest>();

  constructor(flags: string, unicode: boolean, names: readonly (readonly [string, readonly number[]])[]) {
    this.flags = flags;
    this.unicode = unicode;
    this.names = names;
  }

  private test(source: string): CharacterTest {
    const known = this.tests.get(source) ?? characterTest(source, this.flags);
    this.tests.set(source, known);
    return known;
  }

  private add<I extends Instruction>(instruction: I): I {
    if (this.code.push(instruction) > 100_000) throw new UnknownSyntax('a pattern of this size');
    return instruction;
  }

  node(node: Node, backward: boolean): void {
    switch (node.kind) {
      case 'character':
        this.add({ op: 'character', test: this.test(node.source), backward });
        return;
      case 'sequence':
        for (const part of backward ? [...node.parts].reverse() : node.parts) this.node(part, backward);
        return;
      case 'either':
        this.either(node.parts, backward);
        return;
      case 'group': {
        const register = this.registers++;
        this.add({ op: 'mark', register });
        this.node(node.body, backward);
        this.add({ op: 'capture', group: node.group, register, backward });
        return;
      }
      case 'repeat':
        this.repeat(node, backward);
        return;
      case 'look': {
        const look = this.add({ op: 'look', negated: node.negated, body: this.code.length + 1, after: 0 });
        this.node(node.body, node.backward);
        this.add({ op: 'accept' });
        look.after = this.code.length;
        return;
      }
      case 'same': {
        const groups =
          typeof node.group === 'number'
            ? [node.group]
            : (this.names.find(([name]) => name === node.group)?.[1] ?? []);
        this.add({ op: 'same', groups, backward });
        return;
      }
      case 'start':
      case 'end':
        this.add({ op: node.kind });
        return;
      case 'boundary':
        this.add({ op: 'boundary', negated: node.negated });
    }
  }

  private either(parts: readonly Node[], backward: boolean): void {
    const ends: { to: number }[] = [];
    parts.forEach((part, i) => {
      if (i === parts.length - 1) {
        this.node(part, backward);
        return;
      }
      const split = { op: 'split' as const, first: this.code.length + 1, second: 0 };
      this.add(split);
      this.node(part, backward);
      ends.push(this.add({ op: 'jump', to: 0 }));
      split.second = this.code.length;
    });
    for (const end of ends) end.to = this.code.length;
  }

  private repeat(node: Node & { kind: 'repeat' }, backward: boolean): void {
    const { body, min, max, greedy, groups } = node;
    if (max === 0) return;
    if (body.kind === 'character' && !backward && !this.unicode) {
      this.add({ op: 'run', test: this.test(body.source), min, max, greedy });
      return;
    }
    const count = this.registers++;
    const start = this.registers++;
    this.add({ op: 'set', register: count });
    const head = this.code.length;
    const loop = this.add({ op: 'loop', count, start, min, max, greedy, groups, exit: 0 });
    this.node(body, backward);
    this.add({ op: 'again', count, start, min, head });
    loop.exit = this.code.length;
  }
}

const known = new Map<string, Pattern>();

/** The instructions of a pattern whose syntax the host has accepted. */
export function patternOf(source: string, flags: string): Pattern {
  const key = `${flags}/${source}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (flags.includes('v')) throw new UnknownSyntax('the flag v');
  const unicode = flags.includes('u');
  const parser = new Parser(source, unicode);
  const tree = parser.either();
  const single = [...flags].filter((f) => 'ius'.includes(f)).join('');
  const compiler = new Compiler(single, unicode, parser.names);
  compiler.node(tree, false);
  compiler.code.push({ op: 'accept' });
  const pattern: Pattern = {
    code: compiler.code,
    groups: parser.group + 1,
    registers: compiler.registers,
    names: parser.names,
    unicode,
    multiline: flags.includes('m'),
    same: sameness(flags.includes('i'), unicode),
    isWord: characterTest('\\w', unicode && flags.includes('i') ? 'iu' : ''),
  };
  if (known.size > 2000) known.clear();
  known.set(key, pattern);
  return pattern;
}

/** Canonicalize (§22.2.2.7.3), for what a group has matched before. */
function sameness(ignoreCase: boolean, unicode: boolean): (a: number, b: number) => boolean {
  if (!ignoreCase) return (a, b) => a === b;
  if (unicode) {
    return (a, b) => a === b || new RegExp(`^\\u{${a.toString(16)}}$`, 'iu').test(String.fromCodePoint(b));
  }
  const canonical = (code: number): number => {
    const upper = String.fromCharCode(code).toUpperCase();
    if (upper.length !== 1) return code;
    const made = upper.charCodeAt(0);
    return code >= 128 && made < 128 ? code : made;
  };
  return (a, b) => a === b || canonical(a) === canonical(b);
}
