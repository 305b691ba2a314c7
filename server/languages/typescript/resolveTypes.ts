/** Terms to shapes: names are followed, through imports too, and what TypeScript's own operators do is done. */
import { NUMBER, type Shape, UNKNOWN } from '../../../core/source/shape.ts';
import { Conditions, PLAIN, type TypeReader } from './conditionalTypes.ts';
import { NUMBER_TERM, type TypeLookup, type TypeTerm, textOf } from './declared.ts';
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
import { aliasOf, type Bound, type Entered, type Environment, find } from './typeNames.ts';

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
const DEEPEST = 40;
const MOST_STEPS = 2000;
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

class Resolver implements TypeReader {
  private steps = 0;
  private readonly conditions = new Conditions(this);

  isSpent(): boolean {
    return ++this.steps > MOST_STEPS;
  }

  shape(term: TypeTerm, at: Environment, depth: number): Shape {
    if (depth > DEEPEST || this.isSpent()) return unread(textOf(term));
    const text = (): string => textOf(term);
    const inner = (part: TypeTerm): Shape => this.shape(part, at, depth + 1);
    switch (term.kind) {
      case 'shape':
        return term.shape;
      case 'literal':
        return { kind: typeof term.value as 'number' | 'string' | 'boolean' };
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
      case 'template':
        return { kind: 'string' };
      case 'conditional': {
        const chosen = this.conditions.chosen(term, at, depth);
        return unionOf(
          chosen?.map(({ term: branch, environment }) => this.shape(branch, environment, depth + 1)) ?? [],
          text,
        );
      }
      case 'absent':
      case 'null':
      case 'imported':
      case 'infer':
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
    const { keys: over, parameter, type, as } = term;
    const source =
      over.kind === 'keyof' ? this.shape(over.of, at, depth + 1) : ({ kind: 'object', fields: [] } as const);
    const isParameter =
      as === undefined &&
      over.kind === 'keyof' &&
      over.of.kind === 'reference' &&
      at.bindings.has(over.of.path[0]!);
    const bound = (key: TypeTerm): Environment => ({
      ...at,
      bindings: new Map([...at.bindings, [parameter, { term: key, environment: at }]]),
    });
    // Over a type parameter what is no object stays what it is, and arrays are gone through.
    if (isParameter && PLAIN.has(source.kind)) return source;
    if (isParameter && term.optional === undefined && source.kind === 'array' && source.typed === undefined)
      return { kind: 'array', element: this.shape(type, bound(NUMBER_TERM), depth + 1) };
    if (isParameter && term.optional === undefined && source.kind === 'tuple') {
      const elements = source.elements.map((_, i) =>
        this.shape(type, bound({ kind: 'literal', value: i }), depth + 1),
      );
      return { kind: 'tuple', elements };
    }
    const keys = this.keys(over, at, depth + 1);
    if (keys === undefined || source.kind !== 'object') return unread(textOf(term));
    const fields: ObjectShape['fields'][number][] = [];
    for (const key of keys) {
      if (key === ELEMENTS) return unread(textOf(term));
      const name = String(key);
      const environment = bound({ kind: 'literal', value: name });
      const names = as === undefined ? [name] : this.keys(as, environment, depth + 1);
      if (names === undefined || names.includes(ELEMENTS)) return unread(textOf(term));
      const shape = this.shape(type, environment, depth + 1);
      const was = source.fields.find((field) => field.name === name)?.optional ?? false;
      const bare = term.optional === false && shape.kind === 'optional' ? shape.shape : shape;
      for (const given of names) fields.push(fieldAs(String(given), bare, term.optional ?? was));
    }
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
  enter(term: TypeTerm & { readonly kind: 'reference' }, at: Environment): Entered | 'recursive' | undefined {
    const found = find(term.path, term.specifier, at);
    if (found === undefined) return undefined;
    const { declared } = found;
    // What goes on below its own arguments ends with them.
    const goesOn = declared.type.kind === 'conditional' || declared.type.kind === 'mapped';
    if (at.above.includes(declared.type) && !(goesOn && term.arguments.length > 0)) return 'recursive';
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
        return args.length === 2 ? this.conditions.filtered(args, name === 'Extract', at, depth) : undefined;
      case 'Parameters': {
        const signature = args[0] && this.signature(args[0], at);
        return signature && { kind: 'tuple', elements: signature.parameters };
      }
      case 'InstanceType': {
        const [of] = args;
        const isClass = of?.kind === 'reference' && of.path.length === 1 && of.path[0]!.startsWith('typeof ');
        const path = isClass ? [of.path[0]!.slice('typeof '.length)] : [];
        return isClass ? this.shape({ ...of, path }, at, depth + 1) : undefined;
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

  /** The keys that a type of keys stands for. */
  private keys(term: TypeTerm, at: Environment, depth: number): Key[] | undefined {
    if (depth > DEEPEST || this.isSpent()) return undefined;
    switch (term.kind) {
      case 'literal':
        return typeof term.value === 'boolean' ? undefined : [term.value];
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
        if (typeof entered === 'object') return this.keys(entered.type, entered.environment, depth + 1);
        return entered === undefined && term.path.length === 1
          ? this.builtInKeys(term.path[0]!, term.arguments, at, depth)
          : undefined;
      }
      case 'template':
        return term.parts.reduce<Key[] | undefined>(
          (heads, part) => {
            const tails = typeof part === 'string' ? [part] : this.keys(part, at, depth + 1);
            if (tails === undefined || tails.includes(ELEMENTS)) return undefined;
            return heads?.flatMap((head) => tails.map((tail) => `${String(head)}${String(tail)}`));
          },
          [''],
        );
      case 'conditional': {
        const keys = this.conditions
          .chosen(term, at, depth)
          ?.map((one) => this.keys(one.term, one.environment, depth + 1));
        return keys?.every((k) => k !== undefined) ? keys.flat() : undefined;
      }
      case 'access': {
        const { term: list, environment } = this.conditions.settled({ term: term.object, environment: at });
        const [key, more] = this.keys(term.key, at, depth + 1) ?? [];
        if (key === undefined || more !== undefined) return undefined;
        const parts = partsAt(list, key)?.map((part) => this.keys(part, environment, depth + 1));
        return parts?.every((k) => k !== undefined) ? parts.flat() : undefined;
      }
      case 'opaque':
        return term.text === 'never' ? [] : undefined;
      default:
        return undefined;
    }
  }

  private builtInKeys(
    name: string,
    args: readonly TypeTerm[],
    at: Environment,
    depth: number,
  ): Key[] | undefined {
    const [whole, other] = args.map((argument) => this.keys(argument, at, depth + 1));
    if (whole === undefined) return undefined;
    const spelt = SPELT[name];
    if (spelt !== undefined)
      return whole.includes(ELEMENTS) ? undefined : whole.map((key) => spelt(String(key)));
    if ((name !== 'Exclude' && name !== 'Extract') || other === undefined) return undefined;
    if ([...whole, ...other].includes(ELEMENTS)) return undefined;
    return whole.filter((key) => other.includes(key) === (name === 'Extract'));
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

/** A field that may be undefined may as well be missing. */
const fieldAs = (name: string, shape: Shape, optional: boolean): ObjectShape['fields'][number] =>
  shape.kind === 'optional' ? { name, shape: shape.shape, optional: true } : { name, shape, optional };

/** What stands in a list or record at a key. */
function partsAt(term: TypeTerm, key: Key): readonly TypeTerm[] | undefined {
  if (term.kind === 'array') return key === ELEMENTS || typeof key === 'number' ? [term.element] : undefined;
  if (term.kind === 'tuple') {
    const types = term.elements.map(({ type }) => type);
    return key === ELEMENTS ? types : types[Number(key)] && [types[Number(key)]!];
  }
  const field = term.kind === 'object' ? term.fields.find(({ name }) => name === key) : undefined;
  return field && [field.type];
}

const SPELT: { readonly [name: string]: (key: string) => string } = {
  Capitalize: (key) => key.slice(0, 1).toUpperCase() + key.slice(1),
  Uncapitalize: (key) => key.slice(0, 1).toLowerCase() + key.slice(1),
  Uppercase: (key) => key.toUpperCase(),
  Lowercase: (key) => key.toLowerCase(),
};
