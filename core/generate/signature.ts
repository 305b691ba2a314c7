/** How a generated function declares its parameters: defaults, options, and guards of what it was made for alone. */
import type { Default, ProgramParameter } from '../program/program.ts';
import { type KeysGuard, keysGuards } from './guards.ts';
import { indented } from './lines.ts';
import type { Names } from './names.ts';
import { EACH, isNested } from './nested.ts';
import { irregular } from './nestedEntry.ts';
import { type Length, type ParameterGroup, RECEIVER, type Unread } from './parameters.ts';
import { accesses, leavesOf, quote, type Tree, typeOf } from './structure.ts';

export interface Declared {
  readonly name: string;
  readonly type: string;
  /** Its default as a text. */
  readonly default?: string | undefined;
  /** It is undefined, or may be. */
  readonly absent?: boolean;
  /** It gathers what is left of the arguments, as the function's own does. */
  readonly gathers?: boolean;
}

/** What is taken for granted of arguments beside their types. */
interface Guarded {
  readonly lengths?: readonly Length[] | undefined;
  readonly keys?: readonly KeysGuard[] | undefined;
  readonly typescript: boolean;
}

const mayBeLeftOut = (p: ProgramParameter): boolean => p.default !== undefined || p.optional === true;

/** A value that the derivative was made for, as a text. */
export function literal(value: unknown): string {
  return typeof value === 'string' ? quote(value) : Object.is(value, -0) ? '-0' : String(value);
}

export class Signature {
  readonly declared: readonly Declared[];
  private readonly typescript: boolean;
  /** Declarations and guards, before all else. */
  readonly opening: string[] = [];
  /** What stands for each parameter of the Program. */
  readonly texts = new Map<number, string>();
  /** Declarations of what stands for optional numbers, behind the others. */
  readonly locals: string[] = [];
  /** What is passed on for it, where that is something else. */
  readonly passed = new Map<number, string>();

  constructor(
    groups: readonly ParameterGroup[],
    all: readonly ProgramParameter[],
    names: Names,
    typeOfLeaf: (p: ProgramParameter) => string,
    { lengths = [], keys = [], typescript }: Guarded,
    typed: (group: ParameterGroup, type: string) => string = (_, type) => type,
  ) {
    this.typescript = typescript;
    this.declared = groups.map((group) => {
      const { name, tree } = group;
      const locals = destructured(name, tree, all, names);
      if (locals !== undefined) this.opening.push(locals.line);
      for (const each of leavesOf<number | Unread>(tree)) {
        const access = name + accesses(each);
        if (typeof each.leaf === 'number' && all[each.leaf]!.optional === true)
          this.optional(each.leaf, access, each.path.at(-1), all, names);
        else if (typeof each.leaf === 'number')
          this.texts.set(each.leaf, locals?.names.get(each.leaf) ?? access);
        else if (each.leaf.guard !== undefined) this.guard(access, each.leaf.guard);
      }
      const structure = typeOf<number | Unread>(
        tree,
        (leaf) => (typeof leaf === 'number' ? typeOfLeaf(all[leaf]!) : leaf.unread),
        (leaf) => (typeof leaf === 'number' ? mayBeLeftOut(all[leaf]!) : leaf.guard === 'undefined'),
      );
      const type = typed(group, structure);
      const absent =
        tree.kind === 'leaf' &&
        (typeof tree.leaf === 'object' ? tree.leaf.guard === 'undefined' : all[tree.leaf]!.optional === true);
      const own = defaultOf(tree, all);
      const named = (p: number) => groups.find((g) => g.index === p)?.name ?? '';
      return { name, type, absent, default: own === undefined ? undefined : said(own, named) };
    });
    for (const each of lengths) this.guardLength(each, groups, all);
    this.opening.push(...keysGuards(keys, groups, typescript));
  }

  /** `const hasScale = scale !== undefined;` and the number to compute with. */
  private optional(
    leaf: number,
    access: string,
    key: string | number | undefined,
    all: readonly ProgramParameter[],
    names: Names,
  ): void {
    const path = JSON.stringify([...all[leaf]!.path, '?']);
    const presence = all.findIndex((p) => p.presence === true && JSON.stringify(p.path) === path);
    const word = typeof key === 'string' ? key : access;
    // Types say so elsewhere.
    if (!this.typescript)
      this.opening.push(
        `if (${access} === null) {`,
        ...indented([`throw new RangeError(${quote(`This derivative takes no null for ${access}.`)});`]),
        '}',
      );
    const given = names.fresh(`has${word[0]!.toUpperCase()}${word.slice(1)}`);
    const value = names.fresh(typeof key === 'string' ? key : `${access}OrNaN`);
    this.locals.push(
      `const ${given} = ${access} !== undefined;`,
      `const ${value} = ${access} ?? Number.NaN;`,
    );
    this.texts.set(presence, given);
    this.texts.set(leaf, value);
    this.passed.set(leaf, access);
  }

  private guardLength(
    { path, name, length }: Length,
    groups: readonly ParameterGroup[],
    all: readonly ProgramParameter[],
  ): void {
    const [first, ...keys] = path;
    const group = groups.find(({ index }) => index === (first === 'this' ? RECEIVER : first));
    if (group === undefined) return;
    const leaf = all.findIndex((p) => JSON.stringify(p.path) === JSON.stringify(path));
    const known = this.texts.get(leaf);
    const test =
      known === undefined
        ? irregular(
            group.name,
            keys.map((key) => (key === '*' ? EACH : key)),
            String(length),
          )
        : `${known}.length !== ${length}`;
    this.opening.push(
      `if (${test}) {`,
      ...indented([
        `throw new RangeError(${quote(`This derivative was made for ${name} of length ${length}.`)});`,
      ]),
      '}',
    );
  }

  private guard(access: string, value: string): void {
    const what = value === 'undefined' ? `${access} left out` : `${access} ${value.replace(/^'|'$/g, '"')}`;
    const text = `This derivative was made for ${what}.`;
    this.opening.push(
      `if (${access} !== ${value}) {`,
      ...indented([`throw new RangeError(${quote(text)});`]),
      '}',
    );
  }
}

/** `sigma = 1`, `w: readonly number[] = [1, 1]`, `rule?: undefined`. */
export function declarations(list: readonly Declared[], typescript: boolean): string[] {
  return list.map(({ name, type, default: otherwise, absent, gathers }, i) => {
    if (gathers) return `...${name}${typescript ? `: ${type}` : ''}`;
    if (otherwise !== undefined) {
      const plain = !typescript || type === 'number' || type === 'boolean';
      return `${name}${plain ? '' : `: ${type}`} = ${otherwise}`;
    }
    if (!typescript) return name;
    const last = list.slice(i + 1).every((d) => d.absent || d.default !== undefined);
    return `${name}${absent && last ? '?' : ''}: ${absent && !last ? orUndefined(type) : type}`;
  });
}

/** The rest parameter gathers, as the function's does, where nothing comes after it. */
export function gathering(
  declared: readonly Declared[],
  groups: readonly ParameterGroup[],
  all: readonly ProgramParameter[],
): readonly Declared[] {
  const last = declared.length - 1;
  const tree = groups[last]?.tree;
  const isRest = tree?.kind === 'leaf' && typeof tree.leaf === 'number' && all[tree.leaf]!.rest === true;
  return isRest ? declared.map((each, i) => (i === last ? { ...each, gathers: true } : each)) : declared;
}

/** Refuses single numbers where the function's rest parameter is one array, for callers whose types nobody checks. */
export function arrayGuards(groups: readonly ParameterGroup[], all: readonly ProgramParameter[]): string[] {
  return groups.flatMap(({ name, tree }) =>
    tree.kind === 'leaf' && typeof tree.leaf === 'number' && all[tree.leaf]!.rest === true
      ? [
          `if (typeof ${name} !== 'object') {`,
          ...indented([`throw new TypeError(${quote(`${name} is one array here.`)});`]),
          '}',
        ]
      : [],
  );
}

const orUndefined = (type: string): string => (type === 'undefined' ? type : `${type} | undefined`);

/** What may be left out is said so where nothing that is needed comes after it. */
export function documentsOf(list: readonly Declared[]): string[] {
  const maybe = ({ default: otherwise, absent }: Declared) => otherwise !== undefined || absent === true;
  return list.map((declared, i) => {
    const { name, type, gathers } = declared;
    if (gathers) return `@param {...number} ${name}`;
    const optional = list.slice(i).every((each) => maybe(each) || each.gathers);
    const said = declared.absent && !optional ? orUndefined(type) : type;
    return `@param {${said}} ${optional ? `[${name}]` : name}`;
  });
}

function defaultOf(
  tree: Tree<number | Unread>,
  all: readonly ProgramParameter[],
): Default | 'options' | undefined {
  if (tree.kind === 'leaf') return typeof tree.leaf === 'number' ? all[tree.leaf]!.default : undefined;
  if (tree.kind !== 'record') return undefined;
  const isOptions = tree.fields.every(
    ([, { kind, ...field }]) =>
      kind === 'leaf' &&
      'leaf' in field &&
      (typeof field.leaf === 'number' ? mayBeLeftOut(all[field.leaf]!) : field.leaf.guard === 'undefined'),
  );
  const onlyOptional = leavesOf(tree).some(
    ({ leaf }) => typeof leaf === 'number' && all[leaf]!.optional === true,
  );
  const says = leavesOf(tree).some(
    ({ leaf }) => typeof leaf === 'number' && all[leaf]!.default !== undefined,
  );
  return isOptions && (says || !onlyOptional) ? 'options' : undefined;
}

function said(value: Default | 'options', nameOf: (parameter: number) => string): string {
  if (value === 'options') return '{}';
  if (typeof value !== 'object') return literal(value);
  return 'length' in value ? `${nameOf(value.length)}.length` : `[${value.array.map(literal).join(', ')}]`;
}

/** `const { sigma = 1 } = options;` */
function destructured(
  name: string,
  tree: Tree<number | Unread>,
  all: readonly ProgramParameter[],
  names: Names,
): { readonly line: string; readonly names: ReadonlyMap<number, string> } | undefined {
  if (tree.kind !== 'record') return undefined;
  const locals = new Map<number, string>();
  const parts = tree.fields.flatMap(([key, field]) => {
    const leaf = field.kind === 'leaf' && typeof field.leaf === 'number' ? field.leaf : undefined;
    const p = leaf === undefined ? undefined : all[leaf]!;
    if (p?.default === undefined || isNested(p)) return [];
    const local = names.fresh(key);
    locals.set(leaf!, local);
    return [`${local === key ? key : `${quote(key)}: ${local}`} = ${said(p.default, () => '')}`];
  });
  return parts.length === 0 ? undefined : { line: `const { ${parts.join(', ')} } = ${name};`, names: locals };
}
