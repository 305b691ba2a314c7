/** Types in JSDoc comments of JavaScript files: `@param {number[]} x`, `@param {number} [k=1]`, `@returns {number}`. */
import type ts from 'typescript';
import type { Shape } from '../../../core/source/shape.ts';
import type { Anchor, Lowering } from './context.ts';
import { parse, SyntaxKind } from './parser.ts';

export interface DocumentedShapes {
  readonly parameters: ReadonlyMap<string, { readonly shape: Shape; readonly optional: boolean }>;
  readonly returns?: Shape;
}

const TAG = /@(param|arg|argument|returns?)\s*\{/g;
const NAME = /^\s*(\[)?\s*([\w$]+)/;

export function documentedShapes(ctx: Lowering, anchors: readonly Anchor[]): DocumentedShapes | undefined {
  const span = ctx.commentsOf(anchors);
  if (span === undefined) return undefined;
  const comment = ctx.text.slice(span.start, span.end);
  const parameters = new Map<string, { shape: Shape; optional: boolean }>();
  let returns: Shape | undefined;
  for (const match of comment.matchAll(TAG)) {
    const open = match.index + match[0].length - 1;
    const close = closing(comment, open);
    if (close < 0) continue;
    const { shape, optional } = shapeOf(ctx, comment.slice(open + 1, close));
    if (match[1]!.startsWith('return')) {
      returns = shape;
      continue;
    }
    const name = NAME.exec(comment.slice(close + 1));
    if (name) parameters.set(name[2]!, { shape, optional: optional || name[1] !== undefined });
  }
  return parameters.size === 0 && returns === undefined
    ? undefined
    : { parameters, ...(returns === undefined ? {} : { returns }) };
}

/** `@type {number[]}` in front of a declaration. */
export function documentedType(ctx: Lowering, anchors: readonly Anchor[]): Shape | undefined {
  const span = ctx.commentsOf(anchors);
  if (span === undefined) return undefined;
  const comment = ctx.text.slice(span.start, span.end);
  const match = /@type\s*\{/.exec(comment);
  const open = match ? match.index + match[0].length - 1 : -1;
  const close = match ? closing(comment, open) : -1;
  return close < 0 ? undefined : shapeOf(ctx, comment.slice(open + 1, close)).shape;
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

/** Closure's `number=` is optional, `!T` is T; the rest of the syntax is TypeScript's. */
function shapeOf(ctx: Lowering, type: string): { shape: Shape; optional: boolean } {
  const trimmed = type.trim().replace(/^[!]/, '');
  const optional = trimmed.endsWith('=');
  const parsed = parse(`type T = ${optional ? trimmed.slice(0, -1) : trimmed}`, 'ts', false);
  const statement = parsed?.file.statements[0];
  const readable = parsed?.errors.length === 0 && statement?.kind === SyntaxKind.TypeAliasDeclaration;
  return { shape: ctx.shape(readable ? (statement as ts.TypeAliasDeclaration).type : undefined), optional };
}
