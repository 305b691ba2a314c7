/**
 * Types in JSDoc comments of JavaScript files: `@param {number[]} x`, `@param {number} [k=1]`, `@param {number} p.mass`,
 * `@returns {number}`, `@template T`, `@typedef`, `@callback`, `@import`.
 */
import type ts from 'typescript';
import type { Shape } from '../../../core/source/shape.ts';
import type { Anchor, Lowering } from './context.ts';
import { type DeclaredType, opaque, type TypeField, type TypeParameter, type TypeTerm } from './declared.ts';
import { parse, SyntaxKind } from './parser.ts';
import { importedTypes } from './typeImports.ts';
import { ANY_TERM, typeOf } from './types.ts';

export interface DocumentedShapes {
  readonly parameters: ReadonlyMap<string, { readonly shape: Shape; readonly optional: boolean }>;
  readonly returns?: Shape;
}

/** One tag with what stands between its braces and the name behind them. */
interface Tag {
  readonly tag: string;
  readonly type: TypeTerm | undefined;
  readonly optional: boolean;
  /** `p.mass`, `points[].x`. */
  readonly path: readonly string[];
  /** What follows the type. */
  readonly rest: string;
}

const TAG =
  /@(param|arg|argument|returns?|type|typedef|callback|template|property|prop|import)\b[^\S\n]*(\{)?/g;
const NAME = /^\s*(\[)?\s*([\w$]+(?:\[\])?(?:\.[\w$]+(?:\[\])?)*)/;
const COMMENT = /\/\*\*[\s\S]*?\*\//g;
const SAME: { readonly [tag: string]: string } = {
  arg: 'param',
  argument: 'param',
  return: 'returns',
  prop: 'property',
};

function tagsOf(comment: string): Tag[] {
  const tags: Tag[] = [];
  for (const match of comment.matchAll(TAG)) {
    const end = match.index + match[0].length;
    const tag = SAME[match[1]!] ?? match[1]!;
    const close = match[2] === undefined || tag === 'import' ? -1 : closing(comment, end - 1);
    if (match[2] !== undefined && tag !== 'import' && close < 0) continue;
    const rest = comment.slice(close < 0 ? match.index + match[1]!.length + 1 : close + 1);
    const name = NAME.exec(rest);
    const { type, optional } = close < 0 ? UNTYPED : typeIn(comment.slice(end, close));
    tags.push({
      tag,
      type,
      optional: optional || name?.[1] !== undefined,
      path: name?.[2]?.split('.') ?? [],
      rest,
    });
  }
  return tags;
}

const UNTYPED = { type: undefined, optional: false };

function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

/** Closure's `number=` is optional, `?T` may be null, `!T` is T, `Array.<T>` is Array<T>; the rest is TypeScript's. */
function typeIn(given: string): { readonly type: TypeTerm; readonly optional: boolean } {
  const text = given.replace(/\n[^\S\n]*\*/g, '\n').trim();
  const optional = text.endsWith('=');
  const plain = (optional ? text.slice(0, -1) : text).replace(/\.</g, '<');
  const parsed = parse(`type T = ${plain}`, 'ts', false);
  const statement = parsed?.file.statements[0];
  const readable = statement?.kind === SyntaxKind.TypeAliasDeclaration;
  if (/^\s*(?:\*|any)?\s*$/.test(plain)) return { type: ANY_TERM, optional };
  return {
    type: readable ? typeOf((statement as ts.TypeAliasDeclaration).type) : opaque(plain),
    optional,
  };
}

/** `Object` and arrays of such are what the tags of their properties say. */
function withProperties(type: TypeTerm, properties: readonly Tag[]): TypeTerm {
  if (properties.length === 0) return type;
  if (type.kind === 'array') return { kind: 'array', element: withProperties(type.element, properties) };
  const [name] = type.kind === 'reference' ? type.path : [];
  if (name === 'Array') return { kind: 'array', element: withProperties(OBJECT, properties) };
  const isObject = name === 'Object' || (type.kind === 'opaque' && type.text === 'object');
  return isObject ? { kind: 'object', fields: fieldsIn(properties, 0) } : type;
}
const OBJECT: TypeTerm = opaque('object');

/** The fields that the tags tell of whose paths go on at a depth. */
function fieldsIn(tags: readonly Tag[], depth: number): TypeField[] {
  const own = tags.filter(({ path }) => path.length === depth + 1);
  return own.map(({ path, type, optional }) => {
    const name = bare(path[depth]!);
    const below = tags.filter((tag) => tag.path.length > depth + 1 && bare(tag.path[depth]!) === name);
    const made = withPropertiesAt(type ?? ANY_TERM, below, depth + 1);
    return { name, type: made, optional };
  });
}

const withPropertiesAt = (type: TypeTerm, tags: readonly Tag[], depth: number): TypeTerm =>
  withProperties(
    type,
    tags.map((tag) => ({ ...tag, path: tag.path.slice(depth) })),
  );

const bare = (name: string): string => name.replace(/\[\]$/, '');

function templatesIn(tags: readonly Tag[]): { readonly name: string; readonly type: TypeTerm | undefined }[] {
  return tags.flatMap(({ tag, type, rest }) => {
    if (tag !== 'template') return [];
    const names = /^\s*([\w$]+(?:\s*,\s*[\w$]+)*)/.exec(rest)?.[1] ?? '';
    return names.split(/\s*,\s*/).flatMap((name) => (name === '' ? [] : [{ name, type }]));
  });
}

/** The parameters that tags tell of, those of their properties with them. */
function parametersIn(tags: readonly Tag[]): { name: string; type: TypeTerm; optional: boolean }[] {
  const all = tags.filter(({ tag }) => tag === 'param');
  return fieldsIn(
    all.filter(({ type, path }) => type !== undefined && path.length > 0),
    0,
  );
}

export function documentedShapes(ctx: Lowering, anchors: readonly Anchor[]): DocumentedShapes | undefined {
  const span = ctx.commentsOf(anchors);
  const comment = span && ctx.text.slice(span.start, span.end);
  if (comment === undefined || !comment.includes('@')) return undefined;
  const tags = tagsOf(comment);
  const outer = ctx.typeParameters;
  const templates = templatesIn(tags).map(({ name, type = opaque(name) }): DeclaredType => {
    return { name, parameters: [], type };
  });
  ctx.typeParameters = new Map([...outer, ...templates.map((type) => [type.name, type] as const)]);
  const parameters = new Map(
    parametersIn(tags).map(({ name, type, optional }) => [name, { shape: ctx.resolve(type), optional }]),
  );
  const result = tags.findLast(({ tag, type }) => tag === 'returns' && type !== undefined);
  const returns = result && ctx.resolve(result.type!);
  ctx.typeParameters = outer;
  return parameters.size === 0 && returns === undefined
    ? undefined
    : { parameters, ...(returns === undefined ? {} : { returns }) };
}

/** `@type {number[]}` in front of a declaration. */
export function documentedType(ctx: Lowering, anchors: readonly Anchor[]): Shape | undefined {
  const span = ctx.commentsOf(anchors);
  if (span === undefined) return undefined;
  const comment = ctx.text.slice(span.start, span.end);
  if (!comment.includes('@type')) return undefined;
  const type = tagsOf(comment).find(({ tag }) => tag === 'type')?.type;
  return type && ctx.resolve(type);
}

/** The types that comments declare, or import. */
export function documentedTypes(text: string): DeclaredType[] {
  const types: DeclaredType[] = [];
  if (!/@(?:typedef|callback|import)\b/.test(text)) return types;
  for (const [comment] of text.matchAll(COMMENT)) {
    if (!/@(?:typedef|callback|import)\b/.test(comment)) continue;
    const tags = tagsOf(comment);
    const parameters = templatesIn(tags).map(({ name, type }): TypeParameter => {
      return type === undefined ? { name } : { name, otherwise: type };
    });
    tags.forEach((tag, i) => {
      const [name] = tag.path;
      if (tag.tag === 'import') types.push(...documentedImport(tag.rest));
      if (name === undefined || !(tag.tag === 'typedef' || tag.tag === 'callback')) return;
      const following = tags.slice(i + 1);
      const next = following.findIndex((other) => other.tag === 'typedef' || other.tag === 'callback');
      const own = next < 0 ? following : following.slice(0, next);
      types.push({ name, parameters, type: tag.tag === 'typedef' ? typedef(tag, own) : callback(own) });
    });
  }
  return types;
}

function typedef({ type }: Tag, own: readonly Tag[]): TypeTerm {
  const properties = own.filter(({ tag, path }) => tag === 'property' && path.length > 0);
  return withProperties(type ?? OBJECT, properties);
}

function callback(own: readonly Tag[]): TypeTerm {
  const returns = own.find(({ tag }) => tag === 'returns')?.type ?? ANY_TERM;
  return { kind: 'function', parameters: parametersIn(own).map(({ type }) => type), returns };
}

/** `@import { P } from './p.js'`. */
function documentedImport(rest: string): DeclaredType[] {
  const clause = /^[^\n'"]*?from\s*(?:'[^'\n]*'|"[^"\n]*")/.exec(rest)?.[0];
  const statement = clause && parse(`import type ${clause}`, 'ts', true)?.file.statements[0];
  return statement ? importedTypes(statement) : [];
}
