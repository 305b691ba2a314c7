/** What stands at an offset of a top-level statement, as far as it can be asked about. */
import type { Span } from '../../core/source/span.ts';
import type { FunctionNode, ModuleStatement } from '../../core/source/syntax.ts';
import { boundNames, type CoreNode, nodeAt, roots } from '../../core/source/traverse.ts';

/** The functions of a statement, in the order of their starts. */
export interface SiteLike {
  readonly name: string;
  readonly nameSpan: Span;
  readonly path: readonly string[];
  readonly node: FunctionNode;
}

export type Place<S extends SiteLike> =
  /** A function's own name, where it is declared. */
  | { readonly kind: 'declaration'; readonly site: S; readonly span: Span }
  /** A name, or a path of names, of the module's scope: `f`, `obj.method`. */
  | {
      readonly kind: 'reference';
      readonly path: readonly string[];
      readonly span: Span;
      readonly site: S | undefined;
      /** As of an expression; empty outside of bodies. */
      readonly spans: readonly Span[];
    }
  | { readonly kind: 'parameter'; readonly site: S; readonly parameter: number; readonly span: Span }
  /** Spans of the expressions around the offset, innermost first, up to the body of `site`. */
  | { readonly kind: 'expression'; readonly site: S; readonly spans: readonly Span[] };

export function placeAt<S extends SiteLike>(
  statement: ModuleStatement,
  sites: readonly S[],
  offset: number,
): Place<S> | undefined {
  const touches = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const declared = sites.find((site) => site.nameSpan.end > site.nameSpan.start && touches(site.nameSpan));
  if (declared !== undefined) return { kind: 'declaration', site: declared, span: declared.nameSpan };
  for (const root of roots(statement)) {
    const found = nodeAt(root, offset);
    if (found === undefined) continue;
    const chain = [...found.ancestors, found.node];
    const site = innermost(sites, chain);
    const reference = referenceAt(chain, offset);
    const body = site === undefined ? -1 : chain.indexOf(site.node.body);
    const spans = body < 0 ? [] : chain.slice(body + 1).map((node) => node.span);
    spans.reverse();
    if (reference !== undefined) return { kind: 'reference', ...reference, site, spans };
    if (site === undefined) return undefined;
    const parameter = parameterAt(site.node, chain);
    if (parameter !== undefined) return { kind: 'parameter', site, ...parameter };
    return body < 0 ? undefined : { kind: 'expression', site, spans };
  }
  return undefined;
}

/** The innermost function around the nodes. */
function innermost<S extends SiteLike>(sites: readonly S[], chain: readonly CoreNode[]): S | undefined {
  for (let i = chain.length - 1; i >= 0; i--) {
    const node = chain[i]!;
    if ('kind' in node || !('parameters' in node)) continue;
    const site = sites.find((candidate) => candidate.node === node);
    if (site !== undefined) return site;
  }
  return undefined;
}

/** A parameter's own name, where it is declared. */
function parameterAt(
  node: FunctionNode,
  chain: readonly CoreNode[],
): { parameter: number; span: Span } | undefined {
  const last = chain[chain.length - 1]!;
  const index = node.parameters.findIndex((parameter) => chain.includes(parameter));
  const parameter = node.parameters[index];
  if (parameter === undefined || !('kind' in last) || last.kind !== 'name') return undefined;
  return boundNames(parameter.target).includes(last.name) ? { parameter: index, span: last.span } : undefined;
}

/** The name or path of names at the offset, where its root is not bound inside the statement. */
function referenceAt(
  chain: readonly CoreNode[],
  offset: number,
): { path: readonly string[]; span: Span } | undefined {
  const last = chain[chain.length - 1]!;
  if (!('kind' in last)) return undefined;
  // On the key of `obj.method`, or on its object.
  const member = last.kind === 'member' ? last : undefined;
  const path = pathOf(last);
  if (path === undefined) return undefined;
  if (member !== undefined && !(member.keySpan.start <= offset && offset <= member.keySpan.end))
    return undefined;
  if (isBound(path[0]!, chain)) return undefined;
  return { path, span: last.span };
}

function pathOf(node: CoreNode): string[] | undefined {
  if (!('kind' in node)) return undefined;
  if (node.kind === 'name') return [node.name];
  if (node.kind !== 'member' || typeof node.key !== 'string') return undefined;
  const object = pathOf(node.object);
  return object === undefined ? undefined : [...object, node.key];
}

function isBound(name: string, chain: readonly CoreNode[]): boolean {
  return chain.some((node) => namesBoundBy(node).includes(name));
}

/** The names that a node declares for what is inside it. */
export function namesBoundBy(node: CoreNode): string[] {
  if (!('kind' in node)) {
    if (!('parameters' in node)) return [];
    return [...node.vars, ...node.parameters.flatMap((parameter) => boundNames(parameter.target))];
  }
  if ('static' in node) return [];
  switch (node.kind) {
    case 'block':
    case 'forOf':
    case 'forIn':
      return node.scope.map((entry) => entry.name);
    case 'try':
      return node.handler?.scope.map((entry) => entry.name) ?? [];
    case 'class':
      return node.name === undefined ? [] : [node.name];
    default:
      return [];
  }
}
