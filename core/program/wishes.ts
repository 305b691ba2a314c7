/**
 * Names for values that the user gave none: what their operations say, where that is short. They begin with a tilde, and
 * serve where a value needs a variable.
 */
import type { Operation } from '../operations/names.ts';
import type { Instruction, Program, ProgramFunction, ValueId } from './program.ts';
import { instructionsIn } from './walk.ts';

const MARK = '~';
/** Longer names say less than a number. */
const LONGEST = 20;

/** Whether a name is none of the user's. */
export function isWish(name: string): boolean {
  return name.startsWith(MARK);
}

/** A name that serves where nothing else has been said. */
export function wished(name: string): string {
  return MARK + name;
}

/** The user's name for a value. */
export function ownName({ names }: Pick<ProgramFunction, 'names'>, id: ValueId): string | undefined {
  const name = names.get(id);
  return name === undefined || isWish(name) ? undefined : name;
}

export function withWishes(program: Program): Program {
  return { ...program, functions: program.functions.map((f) => ({ ...f, names: new Wishes(f).all() })) };
}

const UNARY: { readonly [O in Operation]?: string } = { sqrt: 'root', neg: 'minus', toNumber: '' };
/** Those that say enough without what they are of. */
const ALONE: ReadonlySet<Operation> = new Set<Operation>(['exp', 'log', 'sqrt']);
const BETWEEN: { readonly [O in Operation]?: string } = {
  add: 'plus',
  sub: 'minus',
  mul: 'times',
  div: 'over',
};

class Wishes {
  private readonly f: ProgramFunction;
  private readonly names: Map<ValueId, string>;
  private readonly constants = new Map<ValueId, number | boolean>();
  /** What values are called where they stand in others. */
  private readonly said = new Map<ValueId, string>();

  constructor(f: ProgramFunction) {
    this.f = f;
    this.names = new Map(f.names);
    for (const p of f.parameters) this.said.set(p.id, lastWord(p.name));
  }

  all(): Map<ValueId, string> {
    for (const i of instructionsIn(this.f.body)) {
      if (i.kind === 'constant') this.constants.set(i.id, i.value);
      if ((i.kind !== 'op' && i.kind !== 'load') || this.names.has(i.id)) continue;
      const wish = i.kind === 'load' ? this.element(i) : this.result(i);
      if (wish === undefined || wish.length > LONGEST || wish === '') continue;
      this.names.set(i.id, MARK + wish);
    }
    return this.names;
  }

  /** What a value is called: by the user, or as an element; with `made` what it was called here as well. */
  private word(id: ValueId, made = false): string | undefined {
    const said = this.said.get(id);
    if (said !== undefined) return said;
    const name = this.names.get(id);
    if (name === undefined || (isWish(name) && !made)) return undefined;
    return name.replace(MARK, '');
  }

  private element({ id, buffer, index }: Extract<Instruction, { kind: 'load' }>): string | undefined {
    const array = this.word(buffer);
    if (array === undefined) return undefined;
    const plural = array.length > 3 && array.endsWith('s') && !array.endsWith('ss');
    const one = plural ? array.slice(0, -1) : array;
    const place = this.constants.get(index);
    const counter = this.word(index);
    const wish =
      place !== undefined
        ? `${array}${String(place)}`
        : counter !== undefined && counter.length <= 2
          ? `${one}${one.length > 1 ? upper(counter) : counter}`
          : plural
            ? one
            : joined(array, 'value');
    this.said.set(id, wish);
    return wish;
  }

  private result({ op, args }: Extract<Instruction, { kind: 'op' }>): string | undefined {
    const [a, b] = args as [ValueId, ValueId];
    if (b === undefined) {
      const name = UNARY[op] ?? op;
      const of = this.word(a, op !== 'neg');
      if (of !== undefined && name.length + of.length <= LONGEST) return name === '' ? of : joined(name, of);
      return ALONE.has(op) ? name : undefined;
    }
    const [first, second] = [this.constants.get(a), this.constants.get(b)];
    if ((op === 'mul' && a === b) || (op === 'pow' && second === 2)) return this.about('', a, 'squared');
    if (op === 'mul' && first === 2) return this.about('twice', b, '', false);
    if (op === 'div' && first === 1) return this.about('inverse', b);
    if (op === 'add' && first === 1) return this.about('onePlus', b);
    if (op === 'sub' && first === 1) return this.about('oneMinus', b);
    const between = BETWEEN[op];
    const [left, right] = [this.word(a), this.word(b)];
    if (between === undefined || left === undefined || right === undefined || left === right)
      return undefined;
    return isAdjoint(left) || isAdjoint(right) ? undefined : joined(left, between, right);
  }

  private about(before: string, id: ValueId, after = '', made = true): string | undefined {
    const word = this.word(id, made);
    if (word === undefined || isAdjoint(word)) return undefined;
    return joined(before, word, after);
  }
}

const isAdjoint = (word: string): boolean => /(?:Bar|Dot)\d*$/.test(word);

/** `mass` of p.mass, `x0` of x[0]. */
function lastWord(name: string): string {
  const [, word = name, place = ''] =
    /([\p{ID_Start}$_][\p{ID_Continue}$]*)(?:\[(\d+)\])?$/u.exec(name) ?? [];
  return word + place;
}

const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function joined(...words: readonly string[]): string {
  return words
    .filter((word) => word !== '')
    .map((word, i) => (i === 0 ? word : upper(word)))
    .join('');
}
