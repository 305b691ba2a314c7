/** The parameters of generated functions: leaves of a Program put together to what callers pass. */
import { analyseActivity } from '../derive/activity.ts';
import type { Program, ProgramFunction, ProgramParameter } from '../program/program.ts';
import { EACH, isNested, keysOf, leafKeys } from './nested.ts';
import { type Leaf, type Tree, treeOf } from './structure.ts';

/** A number or an array that callers pass and nothing reads: its type. */
export interface Unread {
  readonly unread: string;
  /** The one value that it may have, as a text. */
  readonly guard?: string;
}

/** What stands at a path for good: text, null, undefined. */
export interface Constant {
  readonly path: readonly (string | number)[];
  readonly name: string;
  /** As a text. */
  readonly value: string;
}

/** How long an array is for good; '*' in a path stands for each element of an array. */
export interface Length {
  readonly path: readonly (string | number)[];
  readonly name: string;
  readonly length: number;
}

/** The index of the receiver among parameters. */
export const RECEIVER = -1;

export interface ParameterGroup {
  /** The wish for a name. */
  readonly name: string;
  /** Leaves by indices of the Program's parameters. */
  readonly tree: Tree<number | Unread>;
  /** Which of the function's parameters it is, or RECEIVER. */
  readonly index?: number;
}

/** Marks of parameters that a derivative adds, and how their names end. */
const ADDED: Readonly<Record<string, string>> = { tangent: 'Dot', adjoint: 'Bar' };

/** The leaves of each parameter of the function as written, the receiver before them; of those added by a derivative only where `added`. */
export function groupParameters(
  parameters: readonly ProgramParameter[],
  names: readonly string[] = [],
  added = true,
  constants: readonly Constant[] = [],
): ParameterGroup[] {
  const groups = new Map<string, { name: string; leaves: Leaf<number | Unread>[] }>();
  parameters.forEach((parameter, index) => {
    if (parameter.extent || parameter.presence) return;
    const [first, second] = parameter.path;
    const suffix = typeof first === 'string' ? ADDED[first] : undefined;
    if (suffix !== undefined && !added) return;
    // The adjoints of results have no parameter of their own to go by: together they are one.
    const wholeResult = first === 'adjoint';
    const depth = suffix === undefined || wholeResult ? 1 : 2;
    const key = JSON.stringify(suffix === undefined || wholeResult ? first : [first, second]);
    let group = groups.get(key);
    if (!group) {
      const path = leafKeys(parameter).slice(depth);
      const root = path.length === 0 ? parameter.name : rootOf(parameter.name);
      const name =
        path.length > 0 && suffix !== undefined ? (wholeResult ? 'resultBar' : root + suffix) : root;
      group = { name: first === 'this' ? 'self' : name, leaves: [] };
      groups.set(key, group);
    }
    group.leaves.push({ path: leafKeys(parameter).slice(depth), leaf: index });
  });
  for (const { path, name, value } of constants) {
    const [first, ...keys] = path;
    const key = JSON.stringify(first);
    const group = groups.get(key) ?? { name: first === 'this' ? 'self' : rootOf(name), leaves: [] };
    groups.set(key, group);
    group.leaves.push({ path: keys, leaf: { unread: value, guard: value } });
  }
  const made = new Map(
    [...groups].map(([key, { name, leaves }]): [string, ParameterGroup] => {
      const at = key === '"this"' ? RECEIVER : Number(key);
      const index = Number.isInteger(at) ? { index: at } : {};
      return [key, { name, tree: treeOf<number | Unread>(leaves), ...index }];
    }),
  );
  const take = (key: string): ParameterGroup[] => {
    const group = made.get(key);
    made.delete(key);
    return group === undefined ? [] : [group];
  };
  const receiver = take('"this"');
  const own = names.flatMap((name, i) => {
    const known = take(String(i));
    return known.length > 0 ? known.map((group) => called(group, name)) : [unreadParameter(name)];
  });
  return [...receiver, ...own, ...made.values()];
}

export function isUnread(tree: Tree<number | Unread>): boolean {
  return tree.kind === 'leaf' && typeof tree.leaf === 'object' && tree.leaf.guard === undefined;
}

/** A destructured parameter has no name of its own. */
function called(group: ParameterGroup, name: string): ParameterGroup {
  return group.name.startsWith('#') ? { ...group, name } : group;
}

/** A parameter of the function's that its derivative keeps the place of. */
function unreadParameter(name: string): ParameterGroup {
  return { name: `_${name}`, tree: { kind: 'leaf', leaf: { unread: 'unknown' } } };
}

/** `p` of `p.mass` and of `p[0]`. */
export function rootOf(name: string): string {
  return /^[^.[]+/.exec(name)?.[0] ?? name;
}

/** The type of each parameter's leaf; arrays that are only read are readonly. */
export function parameterTypes(program: Program): (p: ProgramParameter) => string {
  const f = program.functions[program.entry]!;
  const none = f.parameters.map(() => false);
  const activity = analyseActivity(program, none).of(program.entry, none);
  return (p) => {
    const type = mutableType(p);
    if (isNested(p)) return type;
    const first =
      type !== 'number[]' || activity.isWritten(p.id) || isReturned(f, p) ? type : `readonly ${type}`;
    return [first, ...(p.also ?? [])].join(' | ');
  };
}

/** The array may be one that the function returns. */
function isReturned(f: ProgramFunction, p: ProgramParameter): boolean {
  return f.body.results.includes(p.id);
}

export function mutableType(p: ProgramParameter): string {
  // A field of records in arrays.
  if (isNested(p) && keysOf(p).at(-1) !== EACH) return 'number';
  return p.type === 'buffer' ? (p.typed ?? 'number[]') : p.type;
}

/** Declarations of parameters, those that nothing reads marked as type checkers want it. */
export function withUnread(parameters: readonly string[], body: readonly string[]): string[] {
  const words = (texts: readonly string[]) => new Set(texts.flatMap((text) => text.match(WORD) ?? []));
  const read = words(body);
  return parameters.map((text, i) => {
    const name = text.match(WORD)?.[0] ?? '';
    const others = words(parameters.filter((_, k) => k !== i));
    const isRead = read.has(name) || others.has(name) || name.startsWith('_');
    const dots = text.startsWith('...') ? '...' : '';
    return isRead || read.has(`_${name}`) || others.has(`_${name}`) || !text.startsWith(dots + name)
      ? text
      : `${dots}_${text.slice(dots.length)}`;
  });
}

/** Without those of the declarations whose names nothing reads. */
export function withoutUnread(body: readonly string[], declarations: readonly string[]): string[] {
  return declarations.reduce<string[]>(
    (lines, declaration) => {
      const name = /^const (\S+)/.exec(declaration)?.[1] ?? '';
      const isRead = lines.some((line) => line !== declaration && line.match(WORD)?.includes(name) === true);
      return isRead ? lines : lines.filter((line) => line !== declaration);
    },
    [...body],
  );
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
