/** Which branch of a conditional type holds, and which members of a union another type filters: where that is plain. */
import { type Shape, UNKNOWN } from '../../../core/source/shape.ts';
import { type TypeTerm, textOf } from './declared.ts';
import { ELEMENTS, fieldOf, sameShape, unionOf } from './shapes.ts';
import type { Bound, Entered, Environment } from './typeNames.ts';

/** Names and members that lead on to others. */
const DEEPEST = 40;

/** What is asked of whoever reads types. */
export interface TypeReader {
  shape(term: TypeTerm, at: Environment, depth: number): Shape;
  signature(term: TypeTerm, at: Environment): { readonly returns: Shape } | undefined;
  enter(term: TypeTerm & { readonly kind: 'reference' }, at: Environment): Entered | 'recursive' | undefined;
  /** Counts a step; true where there have been too many. */
  isSpent(): boolean;
}

interface Simple {
  readonly kind: string;
  readonly value?: string | number | boolean;
  /** It may be one of a few values alone. */
  readonly inexact?: boolean;
}

/** `before`: what is known of the other members. */
function isAssignable(member: Simple, other: Simple, before: boolean | undefined): boolean | undefined {
  if (member.kind !== other.kind) return other.kind === 'unknown' ? undefined : before;
  if (other.inexact || !PLAIN.has(member.kind)) return undefined;
  if (other.value === undefined || member.value === other.value) return true;
  const isOpen = member.inexact || (member.kind === 'boolean' && member.value === undefined);
  return isOpen ? undefined : before;
}
export const PLAIN = new Set(['number', 'string', 'boolean', 'absent', 'null']);

export class Conditions {
  private readonly types: TypeReader;

  constructor(types: TypeReader) {
    this.types = types;
  }

  /** The branches that a conditional type comes to: one for each member of a union that it goes over. */
  chosen(
    term: TypeTerm & { readonly kind: 'conditional' },
    at: Environment,
    depth: number,
  ): readonly Bound[] | undefined {
    const { check } = term;
    const name = check.kind === 'reference' && check.path.length === 1 ? check.path[0]! : undefined;
    const bound = name === undefined ? undefined : at.bindings.get(name);
    const over = bound === undefined ? [{ term: check, environment: at }] : this.unfolded(bound);
    const chosen: Bound[] = [];
    for (const member of over) {
      const bindings = new Map(at.bindings);
      if (bound !== undefined) bindings.set(name!, member);
      const holds = this.matches(member, { term: term.extends, environment: at }, bindings, depth + 1);
      if (holds === undefined) return undefined;
      const branch = holds ? term.then : term.otherwise;
      if (branch.kind !== 'opaque' || branch.text !== 'never')
        chosen.push({ term: branch, environment: { ...at, bindings } });
    }
    return chosen.length === 0 ? undefined : chosen;
  }

  /** The members of what a type parameter stands for, where that is a union. */
  private unfolded(bound: Bound, depth = 0): readonly Bound[] {
    const { term, environment } = this.settled(bound);
    if (term.kind !== 'union' || depth > DEEPEST) return [bound];
    return term.members.flatMap((member) => this.unfolded({ term: member, environment }, depth + 1));
  }

  /** What a name leads to in the end. */
  settled({ term, environment }: Bound): Bound {
    let at = environment;
    let here = term;
    for (let i = 0; i < DEEPEST && here.kind === 'reference'; i++) {
      const bound = here.path.length === 1 ? at.bindings.get(here.path[0]!) : undefined;
      const entered = bound === undefined ? this.types.enter(here, at) : undefined;
      if (bound !== undefined) ({ term: here, environment: at } = bound);
      else if (typeof entered === 'object') ({ type: here, environment: at } = entered);
      else break;
    }
    return { term: here, environment: at };
  }

  /** Whether a type extends another, where that is plain; what `infer` stands for goes into the bindings. */
  private matches(
    member: Bound,
    other: Bound,
    bindings: Map<string, Bound>,
    depth: number,
  ): boolean | undefined {
    if (depth > DEEPEST || this.types.isSpent()) return undefined;
    const { term: pattern, environment: around } = other;
    if (pattern.kind === 'infer') {
      bindings.set(pattern.name, member);
      return true;
    }
    const wanted = this.settled(other);
    if (wanted.term.kind === 'shape' && wanted.term.shape.kind === 'unknown') return true;
    if (wanted.term.kind === 'opaque') return wanted.term.text === 'unknown' ? true : undefined;
    const own = this.settled(member);
    if (wanted.term.kind === 'union') {
      const each = wanted.term.members.map((one) =>
        this.matches(member, { term: one, environment: wanted.environment }, bindings, depth + 1),
      );
      return each.includes(true) ? true : each.includes(undefined) ? undefined : false;
    }
    if (wanted.term.kind === 'function') {
      const signature = this.types.signature(own.term, own.environment);
      if (signature === undefined)
        return PLAIN.has(this.types.shape(own.term, own.environment, depth).kind) ? false : undefined;
      const { returns } = wanted.term;
      // Parameters are not compared: only those that take anything are understood.
      const open = wanted.term.parameters.every(isAny);
      const given: Bound = { term: shapeTerm(signature.returns), environment: around };
      const of = { term: returns, environment: wanted.environment };
      return open ? this.matches(given, of, bindings, depth + 1) : undefined;
    }
    const shape = this.types.shape(own.term, own.environment, depth + 1);
    if (wanted.term.kind === 'array' || isArrayName(wanted.term)) {
      if (shape.kind !== 'array' && shape.kind !== 'tuple') return PLAIN.has(shape.kind) ? false : undefined;
      const readonly = isReadonly(own.term);
      if (isReadonly(wanted.term) === false && readonly !== false) return readonly ? false : undefined;
      const inner = wanted.term.kind === 'array' ? wanted.term.element : argumentOf(wanted.term);
      const element = fieldOf(shape, ELEMENTS, () => textOf(member.term));
      const given: Bound = { term: shapeTerm(element), environment: around };
      return (
        inner && this.matches(given, { term: inner, environment: wanted.environment }, bindings, depth + 1)
      );
    }
    if (wanted.term.kind === 'object' && wanted.term.class === undefined && !wanted.term.indexed) {
      if (shape.kind !== 'object') return undefined;
      let all: boolean | undefined = true;
      for (const { name, type, optional } of wanted.term.fields) {
        const field = shape.fields.find((each) => each.name === name);
        if (field === undefined && optional) continue;
        if (field === undefined) return shape.class === undefined ? false : undefined;
        if (field.optional && !optional) return false;
        const given: Bound = { term: shapeTerm(field.shape), environment: around };
        const of: Bound = { term: type, environment: wanted.environment };
        const one = this.matches(given, of, bindings, depth + 1);
        if (one === false) return false;
        all &&= one;
      }
      return all;
    }
    const simple = this.simple(own.term, own.environment, depth);
    const simpleOther = this.simple(wanted.term, wanted.environment, depth);
    if (simple.kind === 'unknown' || simpleOther.kind === 'unknown') return undefined;
    if (PLAIN.has(simple.kind) || PLAIN.has(simpleOther.kind)) {
      // A number may extend an empty object; an object is never a number.
      if (!PLAIN.has(simpleOther.kind)) return undefined;
      return isAssignable(simple, simpleOther, false);
    }
    return undefined;
  }

  private simple(given: TypeTerm, at: Environment, depth: number): Simple {
    const { term, environment } = this.settled({ term: given, environment: at });
    if (term.kind === 'literal') return { kind: typeof term.value, value: term.value };
    if (term.kind === 'absent' || term.kind === 'null') return { kind: term.kind };
    const { kind } = this.types.shape(term, environment, depth + 1);
    // Shapes do not tell which text or number it is: only the types themselves say that it may be any.
    const inexact = term.kind !== 'shape' && PLAIN.has(kind);
    return { kind: kind === 'tuple' ? 'array' : kind, inexact };
  }

  /** Those members of a union that are, or are not, of the other type, where that is plain. */
  filtered(
    [whole, other]: readonly TypeTerm[],
    keep: boolean,
    at: Environment,
    depth: number,
  ): Shape | undefined {
    const members = this.members(whole!, at);
    const others = this.members(other!, at);
    const kept: Shape[] = [];
    for (const member of members) {
      const shape = this.simple(member, at, depth);
      let isOf: boolean | undefined = false;
      for (const one of others)
        isOf = isOf === true ? true : isAssignable(shape, this.simple(one, at, depth), isOf);
      if (isOf === undefined) return undefined;
      if (isOf === keep) kept.push(this.types.shape(member, at, depth + 1));
    }
    return kept.length === 0 ? undefined : unionOf(kept, () => textOf(whole!));
  }

  /** A union's members, by name or written out. */
  private members(term: TypeTerm, at: Environment): readonly TypeTerm[] {
    if (term.kind === 'union') return term.members.flatMap((member) => this.members(member, at));
    const entered =
      term.kind === 'reference' && !at.bindings.has(term.path[0]!) ? this.types.enter(term, at) : undefined;
    return typeof entered === 'object' &&
      entered.type.kind === 'union' &&
      entered.environment.lookup === at.lookup &&
      entered.environment.bindings.size === 0
      ? this.members(entered.type, { ...at, above: entered.environment.above })
      : [term];
  }
}

/** Of a shape, which does not tell literals from what they are of. */
const shapeTerm = (shape: Shape): TypeTerm => ({ kind: 'intersection', members: [{ kind: 'shape', shape }] });

/** `any`, and lists of such. */
const isAny = (term: TypeTerm): boolean =>
  term.kind === 'array'
    ? isAny(term.element)
    : (term.kind === 'shape' && sameShape(term.shape, UNKNOWN)) ||
      (term.kind === 'opaque' && (term.text === 'unknown' || term.text === 'never'));

/** Of a list; undefined where that is not to be seen. */
const isReadonly = (term: TypeTerm): boolean | undefined =>
  term.kind === 'array' || term.kind === 'tuple'
    ? term.readonly === true
    : isArrayName(term)
      ? term.path[0] === 'ReadonlyArray'
      : undefined;

const isArrayName = (term: TypeTerm): term is TypeTerm & { readonly kind: 'reference' } =>
  term.kind === 'reference' && /^(?:Readonly)?Array$/.test(term.path.join('.'));

const argumentOf = ({ arguments: [argument] }: TypeTerm & { readonly kind: 'reference' }) => argument;
