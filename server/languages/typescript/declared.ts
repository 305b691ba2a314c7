/**
 * Declared types as plain data, kept apart from the parser's tree so that the tree can be dropped, and resolved to
 * shapes when all the file's types are known.
 */
import { NUMBER, type Shape } from '../../../core/source/shape.ts';

export type TypeTerm =
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'array'; readonly element: TypeTerm; readonly readonly?: true }
  | { readonly kind: 'function'; readonly parameters: readonly TypeTerm[]; readonly returns: TypeTerm }
  | { readonly kind: 'tuple'; readonly elements: readonly TupleElement[]; readonly readonly?: true }
  | {
      readonly kind: 'object';
      readonly fields: readonly TypeField[];
      readonly class?: string;
      /** It may have other keys: `{ [key: string]: number }`. */
      readonly indexed?: true;
    }
  | { readonly kind: 'union'; readonly members: readonly TypeTerm[] }
  | { readonly kind: 'intersection'; readonly members: readonly TypeTerm[] }
  /** `typeof x` is a name as well. `specifier`: of that module (`import('./t').P`). */
  | {
      readonly kind: 'reference';
      readonly path: readonly string[];
      readonly arguments: readonly TypeTerm[];
      readonly specifier?: string;
      /** What a class extends. */
      readonly parent?: true;
    }
  | { readonly kind: 'access'; readonly object: TypeTerm; readonly key: TypeTerm }
  | { readonly kind: 'keyof'; readonly of: TypeTerm }
  | {
      readonly kind: 'mapped';
      readonly parameter: string;
      readonly keys: TypeTerm;
      readonly type: TypeTerm;
      /** What the keys become. */
      readonly as?: TypeTerm;
      /** What becomes of the question marks; absent: they stay. */
      readonly optional?: boolean;
    }
  | {
      readonly kind: 'conditional';
      readonly check: TypeTerm;
      readonly extends: TypeTerm;
      readonly then: TypeTerm;
      readonly otherwise: TypeTerm;
    }
  | { readonly kind: 'infer'; readonly name: string }
  /** Text with types between. */
  | { readonly kind: 'template'; readonly parts: readonly (string | TypeTerm)[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  /** Undefined, which makes a union optional. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'null' }
  /** What a name in a file stands for: an export of another module, or (`*`) all of them. */
  | {
      readonly kind: 'imported';
      readonly specifier: string;
      readonly name: string;
      /** There is no such value here. */
      readonly typeOnly?: true;
    }
  /** Anything else, as it is written. */
  | { readonly kind: 'opaque'; readonly text: string };

export interface TypeField {
  readonly name: string;
  readonly type: TypeTerm;
  readonly optional: boolean;
}

export interface TupleElement {
  readonly type: TypeTerm;
  readonly optional?: boolean;
  readonly rest?: boolean;
}

export interface TypeParameter {
  readonly name: string;
  /** What it is where it is not given: its default, or what it extends. */
  readonly otherwise?: TypeTerm;
}

/** An interface, type alias, class or enum of a file, under its name (`N.T` in a namespace); `typeof x` of a value. */
export interface DeclaredType {
  readonly name: string;
  readonly parameters: readonly TypeParameter[];
  readonly type: TypeTerm;
  /** Something in its text is readonly. */
  readonly fixed?: true;
  /** The namespace it stands in. */
  readonly inside?: string;
  /** What the names in it mean, where it comes from another module. */
  readonly scope?: TypeLookup;
  /** The module whose code makes it, where it comes from another one and that is known. */
  readonly module?: string;
}

/** Knows the types of a file by name; with a specifier the exports of that module. */
export type TypeLookup = (name: string, specifier?: string) => DeclaredType | undefined;

export const NUMBER_TERM: TypeTerm = { kind: 'shape', shape: NUMBER };

export const opaque = (text: string): TypeTerm => ({ kind: 'opaque', text });
export const referenceTo = (...path: readonly string[]): TypeTerm => ({
  kind: 'reference',
  path,
  arguments: [],
});

/** The name under which a value's type is declared. */
export const valueName = (name: string): string => `typeof ${name}`;

/** Gives one lookup over several declarations of one name: interfaces merge. */
export function typeLookup(types: Iterable<DeclaredType>): TypeLookup {
  const byName = new Map<string, DeclaredType>();
  for (const type of types) {
    const earlier = byName.get(type.name);
    byName.set(
      type.name,
      earlier
        ? {
            ...type,
            ...(earlier.fixed ? { fixed: true } : {}),
            type: { kind: 'intersection', members: [earlier.type, type.type] },
          }
        : type,
    );
  }
  return (name, specifier) => (specifier === undefined ? byName.get(name) : undefined);
}

/** A type as users write it, cut short where it is long. */
export function textOf(term: TypeTerm, depth = 0): string {
  if (depth > 3) return '…';
  const inner = (part: TypeTerm): string => textOf(part, depth + 1);
  switch (term.kind) {
    case 'shape':
      return shapeText(term.shape);
    case 'array':
      return /[|&=\s]/.test(inner(term.element)) ? `(${inner(term.element)})[]` : `${inner(term.element)}[]`;
    case 'function':
      return `(${term.parameters.map((p, i) => `x${i + 1}: ${inner(p)}`).join(', ')}) => ${inner(term.returns)}`;
    case 'tuple':
      return `[${term.elements.map((e) => `${e.rest ? '...' : ''}${inner(e.type)}${e.optional ? '?' : ''}`).join(', ')}]`;
    case 'object': {
      if (term.class !== undefined) return term.class;
      const fields = term.fields
        .slice(0, 4)
        .map((f) => `${f.name}${f.optional ? '?' : ''}: ${inner(f.type)}`);
      const more = term.indexed || term.fields.length > fields.length ? ['…'] : [];
      return fields.length + more.length === 0 ? '{}' : `{ ${[...fields, ...more].join('; ')} }`;
    }
    case 'union':
      return term.members.map(inner).join(' | ');
    case 'intersection':
      return term.members.map(inner).join(' & ');
    case 'reference': {
      const args = term.arguments.length === 0 ? '' : `<${term.arguments.map(inner).join(', ')}>`;
      const from = term.specifier === undefined ? '' : `import('${term.specifier}')`;
      return [...(from === '' ? [] : [from]), ...term.path].join('.') + args;
    }
    case 'access':
      return `${inner(term.object)}[${inner(term.key)}]`;
    case 'keyof':
      return `keyof ${inner(term.of)}`;
    case 'mapped':
      return `{ [${term.parameter} in ${inner(term.keys)}]: ${inner(term.type)} }`;
    case 'conditional':
      return `${inner(term.check)} extends ${inner(term.extends)} ? … : …`;
    case 'infer':
      return `infer ${term.name}`;
    case 'template':
      return 'string';
    case 'literal':
      return typeof term.value === 'string' ? `'${term.value}'` : String(term.value);
    case 'absent':
      return 'undefined';
    case 'null':
      return 'null';
    case 'imported':
      return term.name;
    case 'opaque':
      return term.text;
  }
}

function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case 'number':
    case 'boolean':
    case 'string':
      return shape.kind;
    case 'function':
      return 'Function';
    case 'unknown':
      return shape.named ?? 'any';
    default:
      return shape.kind;
  }
}

/** The terms that a term is made of. */
export function partsOf(term: TypeTerm): readonly TypeTerm[] {
  switch (term.kind) {
    case 'array':
      return [term.element];
    case 'tuple':
      return term.elements.map(({ type }) => type);
    case 'object':
      return term.fields.map(({ type }) => type);
    case 'union':
    case 'intersection':
      return term.members;
    case 'reference':
      return term.arguments;
    case 'access':
      return [term.object, term.key];
    case 'keyof':
      return [term.of];
    case 'mapped':
      return term.as === undefined ? [term.keys, term.type] : [term.keys, term.type, term.as];
    case 'conditional':
      return [term.check, term.extends, term.then, term.otherwise];
    default:
      return [];
  }
}
