/** Terms to shapes: names are followed, through imports too, and what TypeScript's own operators do is done. */
import { NUMBER, type Shape, UNKNOWN } from '../../../core/source/shape.ts';
import { type DeclaredType, partsOf, type TypeLookup, type TypeTerm, textOf, valueName } from './declared.ts';
import {
  ELEMENTS,
  fieldOf,
  intersectionOf,
  type Key,
  type ObjectShape,
  optionalOf,
  picked,
  unionOf,
  unread,
  withOptional,
} from './shapes.ts';
import { WHOLE_EXPORT } from './typeExports.ts';

const TYPED_ARRAYS = new Set([
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
]);

/** Bounds the size of a shape: what lies deeper is not read. */
const DEEPEST = 16;
const MOST_STEPS = 2000;
/** Aliases and exports that lead on to others. */
const LONGEST_CHAIN = 20;

/** What names mean where a term stands. */
interface Environment {
  readonly bindings: ReadonlyMap<string, Bound>;
  readonly lookup: TypeLookup;
  /** The namespace around. */
  readonly inside?: string | undefined;
  /** The declarations around, so that recursive types end. */
  readonly above: readonly DeclaredType['type'][];
  /**
   * How the file itself calls what another module declares; where it has no name for it `module#`, '' where even that is
   * not known.
   */
  readonly alias?: string | undefined;
}

interface Bound {
  readonly term: TypeTerm;
  readonly environment: Environment;
}

/** Shapes of what a function type takes (a rest parameter's is that of its array) and returns. */
export interface Signature {
  readonly parameters: readonly Shape[];
  readonly returns: Shape;
}

/** The shape of a type; unread where it is not to be known from syntax. */
export function resolveShape(term: TypeTerm, lookup: TypeLookup): Shape {
  return new Resolver().shape(term, { bindings: new Map(), lookup, above: [] }, 0);
}

/** The signature of a function type, by name or written out. */
export function resolveSignature(term: TypeTerm, lookup: TypeLookup): Signature | undefined {
  return new Resolver().signature(term, { bindings: new Map(), lookup, above: [] });
}

/** Whether nothing of a type can be readonly, as far as its name leads to declarations. */
export function isMutable(term: TypeTerm, lookup: TypeLookup): boolean {
  return new Resolver().mutable(term, { bindings: new Map(), lookup, above: [] }, new Set());
}

class Resolver {
  private steps = 0;

  shape(term: TypeTerm, at: Environment, depth: number): Shape {
    if (depth > DEEPEST || ++this.steps > MOST_STEPS) return unread(textOf(term));
    const text = (): string => textOf(term);
    const inner = (part: TypeTerm): Shape => this.shape(part, at, depth + 1);
    switch (term.kind) {
      case 'shape':
        return term.shape;
      case 'literal':
        return typeof term.value === 'number' ? NUMBER : { kind: 'string' };
      case 'function':
        return { kind: 'function' };
      case 'array':
        return { kind: 'array', element: inner(term.element) };
      case 'tuple':
        return this.tuple(term, at, depth);
      case 'object': {
        if (term.indexed) return unread(text());
        const fields = term.fields.map(({ name, type, optional }) => ({
          name,
          shape: inner(type),
          optional,
        }));
        if (term.class === undefined) return { kind: 'object', fields };
        const owner = at.alias ?? term.class;
        // The methods of a class whose code is not at hand are out of reach.
        if (owner === '') return unread(text());
        return { kind: 'object', fields, class: owner.endsWith('#') ? owner + term.class : owner };
      }
      case 'union': {
        const members = term.members.filter(({ kind }) => kind !== 'absent' && kind !== 'null');
        const shape = unionOf(
          members.map((member) => this.shape(member, at, depth)),
          text,
        );
        return term.members.some(({ kind }) => kind === 'absent') ? optionalOf(shape) : shape;
      }
      case 'intersection':
        return intersectionOf(
          term.members.map((member) => this.shape(member, at, depth)),
          text,
        );
      case 'access': {
        const member = this.ofNamespace(term, at);
        if (member !== undefined) return this.reference(member, at, depth);
        const keys = this.keys(term.key, at, depth + 1);
        if (keys === undefined || keys.length === 0) return unread(text());
        const object = inner(term.object);
        return unionOf(
          keys.map((key) => fieldOf(object, key, text)),
          text,
        );
      }
      case 'keyof':
        return this.keys(term, at, depth + 1)?.every((key) => typeof key === 'string')
          ? { kind: 'string' }
          : unread(text());
      case 'mapped':
        return this.mapped(term, at, depth);
      case 'reference':
        return this.reference(term, at, depth);
      case 'absent':
      case 'null':
      case 'imported':
      case 'opaque':
        return unread(text());
    }
  }

  /** One with a rest element is an array where all its elements are alike. */
  private tuple(term: TypeTerm & { readonly kind: 'tuple' }, at: Environment, depth: number): Shape {
    const elements: Shape[] = [];
    let open = false;
    for (const { type, optional, rest } of term.elements) {
      const shape = this.shape(type, at, depth + 1);
      if (!rest) elements.push(optional ? optionalOf(shape) : shape);
      else if (shape.kind === 'tuple') elements.push(...shape.elements);
      else {
        open = true;
        elements.push(fieldOf(shape, ELEMENTS, () => textOf(term)));
      }
    }
    if (!open) return { kind: 'tuple', elements };
    const element = unionOf(elements, () => textOf(term));
    return element.kind === 'unknown' ? unread(textOf(term)) : { kind: 'array', element };
  }

  private mapped(term: TypeTerm & { readonly kind: 'mapped' }, at: Environment, depth: number): Shape {
    const { keys: over, parameter, type } = term;
    const source =
      over.kind === 'keyof' ? this.shape(over.of, at, depth + 1) : ({ kind: 'object', fields: [] } as const);
    const keys = this.keys(over, at, depth + 1);
    if (keys === undefined || source.kind !== 'object') return unread(textOf(term));
    const fields = keys.map((key) => {
      const name = String(key);
      const literal: TypeTerm = { kind: 'literal', value: name };
      const bindings = new Map([...at.bindings, [parameter, { term: literal, environment: at }]]);
      const shape = this.shape(type, { ...at, bindings }, depth + 1);
      const was = source.fields.find((field) => field.name === name)?.optional ?? false;
      const bare = term.optional === false && shape.kind === 'optional' ? shape.shape : shape;
      return fieldAs(name, bare, term.optional ?? was);
    });
    return { kind: 'object', fields };
  }

  // ───────────────────────────── names ─────────────────────────────

  private reference(term: TypeTerm & { readonly kind: 'reference' }, at: Environment, depth: number): Shape {
    const { path, arguments: args, specifier } = term;
    const [name] = path;
    const bound = path.length === 1 && specifier === undefined ? at.bindings.get(name!) : undefined;
    if (bound) return this.shape(bound.term, bound.environment, depth + 1);
    const entered = this.enter(term, at);
    if (entered !== undefined) {
      if (entered === 'recursive') return unread(textOf(term));
      const shape = this.shape(entered.type, entered.environment, depth + 1);
      return shape.kind === 'unknown' && shape.named !== undefined ? unread(textOf(term)) : shape;
    }
    const known =
      path.length > 1 || specifier !== undefined ? undefined : this.builtIn(name!, args, at, depth);
    if (known !== undefined) return known;
    // What it depends on is recorded all the same.
    for (const argument of args) this.shape(argument, at, depth + 1);
    return unread(textOf(term));
  }

  /** `typeof N.x` of `import * as N`, as a name. */
  private ofNamespace(
    { object, key }: TypeTerm & { readonly kind: 'access' },
    at: Environment,
  ): (TypeTerm & { readonly kind: 'reference' }) | undefined {
    if (object.kind !== 'reference' || object.path.length > 1 || object.specifier !== undefined)
      return undefined;
    if (key.kind !== 'literal' || !object.path[0]!.startsWith('typeof ')) return undefined;
    const declared = at.lookup(object.path[0]!);
    if (declared?.type.kind !== 'imported' || declared.type.name !== '*') return undefined;
    return { ...object, path: [object.path[0]!, String(key.value)] };
  }

  /** The declaration that a name leads to, with what the names in it mean. */
  private enter(
    term: TypeTerm & { readonly kind: 'reference' },
    at: Environment,
  ): { readonly type: TypeTerm; readonly environment: Environment } | 'recursive' | undefined {
    const found = find(term.path, term.specifier, at);
    if (found === undefined) return undefined;
    const { declared } = found;
    if (at.above.includes(declared.type)) return 'recursive';
    const lookup = declared.scope ?? at.lookup;
    const environment: Environment = {
      bindings: new Map(),
      lookup,
      inside: declared.inside,
      above: [...at.above, declared.type],
      // A parent's class is that of what extends it.
      alias: term.parent && at.alias !== undefined ? at.alias : aliasOf(found, at),
    };
    const bindings = new Map<string, Bound>();
    declared.parameters.forEach(({ name, otherwise }, i) => {
      const given = term.arguments[i];
      if (given !== undefined) bindings.set(name, { term: given, environment: at });
      else if (otherwise !== undefined)
        bindings.set(name, { term: otherwise, environment: { ...environment, bindings } });
      else bindings.set(name, { term: { kind: 'opaque', text: name }, environment });
    });
    return { type: declared.type, environment: { ...environment, bindings } };
  }

  private builtIn(
    name: string,
    args: readonly TypeTerm[],
    at: Environment,
    depth: number,
  ): Shape | undefined {
    const argument = (i: number): Shape =>
      args[i] === undefined ? UNKNOWN : this.shape(args[i], at, depth + 1);
    const keys = (i: number): string[] | undefined => {
      const found = args[i] && this.keys(args[i], at, depth + 1);
      return found === undefined || found.includes(ELEMENTS) ? undefined : found.map(String);
    };
    if (TYPED_ARRAYS.has(name)) return { kind: 'array', element: NUMBER, typed: name };
    switch (name) {
      case 'Array':
      case 'ReadonlyArray':
      case 'ArrayLike':
      case 'Iterable':
        return { kind: 'array', element: argument(0) };
      case 'Readonly':
      case 'Awaited':
      case 'NoInfer':
        return argument(0);
      case 'NonNullable': {
        const shape = argument(0);
        return shape.kind === 'optional' ? shape.shape : shape;
      }
      case 'Partial':
      case 'Required':
        return withOptional(argument(0), name === 'Partial');
      case 'Pick':
      case 'Omit':
        return picked(argument(0), keys(1), name === 'Pick');
      case 'Record': {
        const names = keys(0);
        const shape = argument(1);
        return (
          names && { kind: 'object', fields: names.map((key) => ({ name: key, shape, optional: false })) }
        );
      }
      case 'Exclude':
      case 'Extract':
        return args.length === 2 ? this.filtered(args, name === 'Extract', at, depth) : undefined;
      case 'Parameters': {
        const signature = args[0] && this.signature(args[0], at);
        return signature && { kind: 'tuple', elements: signature.parameters };
      }
      case 'ReturnType':
        return args[0] && this.signature(args[0], at)?.returns;
      case 'Function':
        return { kind: 'function' };
      case 'Number':
        return NUMBER;
      case 'Boolean':
        return { kind: 'boolean' };
      case 'String':
        return { kind: 'string' };
      default:
        return undefined;
    }
  }

  /** Those members of a union that are, or are not, of the other type, where that is plain. */
  private filtered(
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
      if (isOf === keep) kept.push(this.shape(member, at, depth + 1));
    }
    return kept.length === 0 ? undefined : unionOf(kept, () => textOf(whole!));
  }

  private simple(term: TypeTerm, at: Environment, depth: number): Simple {
    if (term.kind === 'literal') return { kind: typeof term.value, value: term.value };
    if (term.kind === 'absent' || term.kind === 'null') return { kind: term.kind };
    const { kind } = this.shape(term, at, depth + 1);
    return { kind: kind === 'tuple' ? 'array' : kind };
  }

  /** A union's members, by name or written out. */
  private members(term: TypeTerm, at: Environment): readonly TypeTerm[] {
    if (term.kind === 'union') return term.members.flatMap((member) => this.members(member, at));
    const entered =
      term.kind === 'reference' && !at.bindings.has(term.path[0]!) ? this.enter(term, at) : undefined;
    return typeof entered === 'object' &&
      entered.type.kind === 'union' &&
      entered.environment.lookup === at.lookup &&
      entered.environment.bindings.size === 0
      ? this.members(entered.type, { ...at, above: entered.environment.above })
      : [term];
  }

  /** The keys that a type of keys stands for. */
  private keys(term: TypeTerm, at: Environment, depth: number): Key[] | undefined {
    if (depth > DEEPEST || ++this.steps > MOST_STEPS) return undefined;
    switch (term.kind) {
      case 'literal':
        return [term.value];
      case 'shape':
        return term.shape.kind === 'number' ? [ELEMENTS] : undefined;
      case 'union': {
        const keys = term.members.map((member) => this.keys(member, at, depth + 1));
        return keys.every((k) => k !== undefined) ? keys.flat() : undefined;
      }
      case 'keyof': {
        const shape = this.shape(term.of, at, depth + 1);
        return shape.kind === 'object' ? shape.fields.map(({ name }) => name) : undefined;
      }
      case 'reference': {
        const bound = term.path.length === 1 ? at.bindings.get(term.path[0]!) : undefined;
        if (bound) return this.keys(bound.term, bound.environment, depth + 1);
        const entered = this.enter(term, at);
        return typeof entered === 'object'
          ? this.keys(entered.type, entered.environment, depth + 1)
          : undefined;
      }
      default:
        return undefined;
    }
  }

  mutable(term: TypeTerm, at: Environment, visited: Set<TypeTerm>): boolean {
    if (visited.has(term)) return true;
    visited.add(term);
    if (++this.steps > MOST_STEPS) return false;
    if (term.kind === 'reference') {
      const found = find(term.path, term.specifier, at);
      if (found?.declared.fixed) return false;
      const inner = found && {
        ...at,
        lookup: found.declared.scope ?? at.lookup,
        inside: found.declared.inside,
      };
      if (inner && !this.mutable(found.declared.type, inner, visited)) return false;
    }
    return partsOf(term).every((part) => this.mutable(part, at, visited));
  }

  signature(type: TypeTerm, at: Environment, depth = 0): Signature | undefined {
    if (type.kind === 'function') {
      return {
        parameters: type.parameters.map((parameter) => this.shape(parameter, at, 0)),
        returns: this.shape(type.returns, at, 0),
      };
    }
    const member = type.kind === 'access' ? this.ofNamespace(type, at) : undefined;
    if (member !== undefined) return this.signature(member, at, depth + 1);
    if (type.kind !== 'reference' || depth > DEEPEST) return undefined;
    const bound = type.path.length === 1 ? at.bindings.get(type.path[0]!) : undefined;
    if (bound) return this.signature(bound.term, bound.environment, depth + 1);
    const entered = this.enter(type, at);
    return typeof entered === 'object'
      ? this.signature(entered.type, entered.environment, depth + 1)
      : undefined;
  }
}

function aliasOf({ declared, foreign }: Located, at: Environment): string | undefined {
  const module = declared.module === undefined ? '' : `${declared.module}#`;
  if (foreign !== undefined) return foreign.name || module;
  return at.alias === undefined ? undefined : module;
}

/** A field that may be undefined may as well be missing. */
const fieldAs = (name: string, shape: Shape, optional: boolean): ObjectShape['fields'][number] =>
  shape.kind === 'optional' ? { name, shape: shape.shape, optional: true } : { name, shape, optional };

interface Simple {
  readonly kind: string;
  readonly value?: string | number;
}

/** `before`: what is known of the other members. */
function isAssignable(member: Simple, other: Simple, before: boolean | undefined): boolean | undefined {
  if (member.kind !== other.kind) return other.kind === 'unknown' ? undefined : before;
  if (other.value !== undefined) return member.value === other.value ? true : before;
  return PLAIN.has(member.kind) ? true : undefined;
}
const PLAIN = new Set(['number', 'string', 'boolean', 'absent', 'null']);

interface Located {
  readonly declared: DeclaredType;
  /** It is another module's: what the asking file calls it. */
  readonly foreign?: { readonly name: string };
}

/** What a path means, through the imports that it leads to. */
function find(path: readonly string[], specifier: string | undefined, at: Environment): Located | undefined {
  let { lookup } = at;
  let rest = path;
  let from = specifier;
  let foreign: Located['foreign'];
  let typeOnly = false;
  for (let i = 0; i < LONGEST_CHAIN; i++) {
    const { declared, over } = first(rest, from, lookup, i === 0 ? at.inside : undefined) ?? {};
    if (declared === undefined) return undefined;
    if (from !== undefined)
      foreign ??= {
        name: at.alias === undefined && specifier === undefined && !typeOnly ? path.join('.') : '',
      };
    if (declared.type.kind !== 'imported') {
      if (over!.length > 0) return undefined;
      return foreign === undefined ? { declared } : { declared, foreign };
    }
    const { name } = declared.type;
    typeOnly ||= declared.type.typeOnly === true;
    from = declared.type.specifier;
    if (name !== '*') rest = [name, ...over!];
    else if (over!.length === 0) rest = [WHOLE_EXPORT];
    else rest = path[0]!.startsWith('typeof ') ? [valueName(over![0]!), ...over!.slice(1)] : over!;
    lookup = declared.scope ?? lookup;
  }
  return undefined;
}

/** The declaration of the longest part of a path that has one, from the innermost namespace outwards. */
function first(
  path: readonly string[],
  specifier: string | undefined,
  lookup: TypeLookup,
  inside: string | undefined,
): { readonly declared: DeclaredType; readonly over: readonly string[] } | undefined {
  for (
    let around = inside;
    ;
    around = around.includes('.') ? around.slice(0, around.lastIndexOf('.')) : undefined
  ) {
    for (let length = path.length; length > 0; length--) {
      const name = path.slice(0, length).join('.');
      const declared = lookup(around === undefined ? name : `${around}.${name}`, specifier);
      if (declared !== undefined) return { declared, over: path.slice(length) };
    }
    if (around === undefined) return undefined;
  }
}
