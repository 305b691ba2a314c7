/**
 * Declared types as plain data, kept apart from the parser's tree so that the tree can be dropped, and resolved to
 * shapes when all the file's types are known.
 */
import { NUMBER, type Shape, UNKNOWN } from '../../../core/source/shape.ts';

export type TypeTerm =
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'array'; readonly element: TypeTerm }
  | { readonly kind: 'function'; readonly parameters: readonly TypeTerm[]; readonly returns: TypeTerm }
  | { readonly kind: 'tuple'; readonly elements: readonly TypeTerm[] }
  | { readonly kind: 'object'; readonly fields: readonly TypeField[]; readonly class?: string }
  | { readonly kind: 'union'; readonly members: readonly TypeTerm[] }
  | { readonly kind: 'intersection'; readonly members: readonly TypeTerm[] }
  | { readonly kind: 'reference'; readonly name: string; readonly arguments: readonly TypeTerm[] }
  | { readonly kind: 'access'; readonly object: TypeTerm; readonly key: string | number }
  /** A literal type: `'a'`, or undefined, which makes a union optional. */
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'absent' };

export interface TypeField {
  readonly name: string;
  readonly type: TypeTerm;
  readonly optional: boolean;
}

/** An interface, type alias, class or enum of a file. */
export interface DeclaredType {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly type: TypeTerm;
}

/** Knows the types of a file (and of what it imports), by name. */
export type TypeLookup = (name: string) => DeclaredType | undefined;

export const UNKNOWN_TERM: TypeTerm = { kind: 'shape', shape: UNKNOWN };
export const NUMBER_TERM: TypeTerm = { kind: 'shape', shape: NUMBER };

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

/** Bounds the size of a shape: recursive types (lists, trees) end in `unknown`. */
const DEEPEST = 8;
const MOST_STEPS = 2000;

/** Gives one lookup over several declarations of one name: interfaces merge. */
export function typeLookup(types: Iterable<DeclaredType>): TypeLookup {
  const byName = new Map<string, DeclaredType>();
  for (const type of types) {
    const earlier = byName.get(type.name);
    byName.set(
      type.name,
      earlier ? { ...type, type: { kind: 'intersection', members: [earlier.type, type.type] } } : type,
    );
  }
  return (name) => byName.get(name);
}

interface Environment {
  readonly bindings: ReadonlyMap<string, { readonly term: TypeTerm; readonly environment: Environment }>;
}
const EMPTY: Environment = { bindings: new Map() };

/** Shapes of what a function type takes (a rest parameter's is that of its array) and returns. */
export interface Signature {
  readonly parameters: readonly Shape[];
  readonly returns: Shape;
}

/** The shape of a type, `unknown` where it is not to be known from syntax. */
export function resolveShape(term: TypeTerm, lookup: TypeLookup): Shape {
  return resolver(lookup).shape(term);
}

/** The signature of a function type, by name or written out. */
export function resolveSignature(term: TypeTerm, lookup: TypeLookup): Signature | undefined {
  return resolver(lookup).signature(term);
}

function resolver(lookup: TypeLookup): {
  shape: (term: TypeTerm) => Shape;
  signature: (term: TypeTerm) => Signature | undefined;
} {
  let steps = 0;
  const active = new Set<string>();

  function resolve(type: TypeTerm, environment: Environment, depth: number): Shape {
    if (depth > DEEPEST || ++steps > MOST_STEPS) return UNKNOWN;
    switch (type.kind) {
      case 'shape':
        return type.shape;
      case 'key':
        return { kind: 'string' };
      case 'absent':
        return UNKNOWN;
      case 'function':
        return { kind: 'function' };
      case 'array':
        return { kind: 'array', element: resolve(type.element, environment, depth + 1) };
      case 'tuple':
        return {
          kind: 'tuple',
          elements: type.elements.map((element) => resolve(element, environment, depth + 1)),
        };
      case 'object':
        return {
          kind: 'object',
          fields: type.fields.map((field) => ({
            name: field.name,
            shape: resolve(field.type, environment, depth + 1),
            optional: field.optional,
          })),
          ...(type.class === undefined ? {} : { class: type.class }),
        };
      case 'union':
        return union(type.members, environment, depth);
      case 'intersection':
        return intersection(type.members.map((member) => resolve(member, environment, depth)));
      case 'access':
        return fieldOf(resolve(type.object, environment, depth + 1), type.key);
      case 'reference':
        return reference(type.name, type.arguments, environment, depth);
    }
  }

  function union(members: readonly TypeTerm[], environment: Environment, depth: number): Shape {
    const shapes: Shape[] = [];
    let optional = false;
    for (const member of members) {
      if (member.kind === 'absent') {
        optional = true;
        continue;
      }
      let shape = resolve(member, environment, depth);
      if (shape.kind === 'optional') {
        optional = true;
        shape = shape.shape;
      }
      if (!shapes.some((other) => sameShape(other, shape))) shapes.push(shape);
    }
    const shape = shapes.length === 1 ? shapes[0]! : (shapes.find(isNamed) ?? UNKNOWN);
    return optional && shape.kind !== 'unknown' ? { kind: 'optional', shape } : shape;
  }

  function reference(
    name: string,
    args: readonly TypeTerm[],
    environment: Environment,
    depth: number,
  ): Shape {
    const bound = environment.bindings.get(name);
    if (bound) return resolve(bound.term, bound.environment, depth + 1);
    const declared = lookup(name);
    if (declared) {
      if (active.has(name)) return UNKNOWN;
      active.add(name);
      const shape = resolve(declared.type, bind(declared, args, environment), depth + 1);
      active.delete(name);
      return shape;
    }
    const argument = (i: number): Shape =>
      args[i] === undefined ? UNKNOWN : resolve(args[i], environment, depth + 1);
    if (TYPED_ARRAYS.has(name)) return { kind: 'array', element: NUMBER, typed: name };
    switch (name) {
      case 'Array':
      case 'ReadonlyArray':
      case 'ArrayLike':
      case 'Iterable':
        return { kind: 'array', element: argument(0) };
      case 'Readonly':
      case 'NonNullable':
      case 'Awaited': {
        const shape = argument(0);
        return name === 'NonNullable' && shape.kind === 'optional' ? shape.shape : shape;
      }
      case 'Partial':
      case 'Required':
        return withOptional(argument(0), name === 'Partial');
      case 'Pick':
      case 'Omit':
        return picked(argument(0), keysOf(args[1]), name === 'Pick');
      case 'Record': {
        const keys = keysOf(args[0]);
        if (keys === undefined) return UNKNOWN;
        const shape = argument(1);
        return { kind: 'object', fields: keys.map((key) => ({ name: key, shape, optional: false })) };
      }
      case 'Function':
        return { kind: 'function' };
      case 'Number':
        return NUMBER;
      case 'Boolean':
        return { kind: 'boolean' };
      case 'String':
        return { kind: 'string' };
      default:
        return { kind: 'unknown', named: name };
    }
  }

  function keysOf(type: TypeTerm | undefined): string[] | undefined {
    if (type?.kind === 'key') return [type.key];
    if (type?.kind === 'union') {
      const keys = type.members.map(keysOf);
      return keys.every((k) => k !== undefined) ? keys.flat() : undefined;
    }
    if (type?.kind === 'reference') {
      const declared = lookup(type.name);
      return declared && declared.type.kind !== 'reference' ? keysOf(declared.type) : undefined;
    }
    return undefined;
  }

  function signature(type: TypeTerm, environment: Environment, depth: number): Signature | undefined {
    if (type.kind === 'function') {
      return {
        parameters: type.parameters.map((parameter) => resolve(parameter, environment, 0)),
        returns: resolve(type.returns, environment, 0),
      };
    }
    const declared = type.kind === 'reference' && depth < DEEPEST ? lookup(type.name) : undefined;
    if (type.kind !== 'reference' || declared === undefined) return undefined;
    return signature(declared.type, bind(declared, type.arguments, environment), depth + 1);
  }

  return {
    shape: (term) => resolve(term, EMPTY, 0),
    signature: (term) => signature(term, EMPTY, 0),
  };
}

/** The type parameters of a declaration, bound to arguments that are read where the reference stands. */
function bind(declared: DeclaredType, args: readonly TypeTerm[], environment: Environment): Environment {
  return {
    bindings: new Map(
      declared.parameters.map((parameter, i) => {
        const term = args[i];
        return [parameter, term ? { term, environment } : { term: UNKNOWN_TERM, environment: EMPTY }];
      }),
    ),
  };
}

function intersection(shapes: readonly Shape[]): Shape {
  const fields = new Map<string, { name: string; shape: Shape; optional: boolean }>();
  let owner: string | undefined;
  for (const shape of shapes) {
    // A brand (`number & { __unit: 'm' }`) leaves a number a number.
    if (shape.kind === 'number') return shape;
    if (shape.kind !== 'object') return shapes.length === 1 ? shape : (shapes.find(isNamed) ?? UNKNOWN);
    owner ??= shape.class;
    for (const field of shape.fields) fields.set(field.name, field);
  }
  return { kind: 'object', fields: [...fields.values()], ...(owner === undefined ? {} : { class: owner }) };
}

/** Something else than a number as far as is known: a type of a name that leads nowhere. */
function isNamed(shape: Shape): boolean {
  return shape.kind === 'unknown' && shape.named !== undefined;
}

function fieldOf(shape: Shape, key: string | number): Shape {
  if (shape.kind === 'object') return shape.fields.find((f) => f.name === String(key))?.shape ?? UNKNOWN;
  if (shape.kind === 'array' && (key === 'number' || typeof key === 'number')) return shape.element;
  if (shape.kind === 'tuple' && typeof key === 'number') return shape.elements[key] ?? UNKNOWN;
  return UNKNOWN;
}

function withOptional(shape: Shape, optional: boolean): Shape {
  if (shape.kind !== 'object') return shape;
  return { ...shape, fields: shape.fields.map((field) => ({ ...field, optional })) };
}

function picked(shape: Shape, keys: readonly string[] | undefined, keep: boolean): Shape {
  if (shape.kind !== 'object' || keys === undefined) return UNKNOWN;
  return { kind: 'object', fields: shape.fields.filter((field) => keys.includes(field.name) === keep) };
}

function sameShape(a: Shape, b: Shape): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
