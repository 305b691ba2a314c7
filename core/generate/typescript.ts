/** Programs as TypeScript or JavaScript: plain functions that depend on nothing. */
import type { Style } from '../derive/style.ts';
import type { Problem } from '../problem.ts';
import type { Program, ProgramFunction, ValueType } from '../program/program.ts';
import { instructionsIn } from '../program/walk.ts';
import { BodyWriter, type ModuleContext } from './body.ts';
import type { KeysGuard } from './guards.ts';
import { emptyList, indented } from './lines.ts';
import { Names } from './names.ts';
import { EACH, isNested } from './nested.ts';
import { NestedEntry } from './nestedEntry.ts';
import {
  type Constant,
  groupParameters,
  isUnread,
  type Length,
  mutableType,
  type ParameterGroup,
  parameterTypes,
  withoutUnread,
  withUnread,
} from './parameters.ts';
import { type Remarked, Remarks } from './remarks.ts';
import { listsAt, ResultLists } from './resultLists.ts';
import { arrayGuards, declarations, documentsOf, gathering, Signature } from './signature.ts';
import {
  accesses,
  expressionOf,
  type Leaf,
  type List,
  leavesOf,
  mapTree,
  type Tree,
  treeOf,
  unwrap,
} from './structure.ts';
import { namedTypeOf, parameterOf, type UserType, UserTypes } from './userTypes.ts';
import { Workspaces } from './workspaces.ts';

export interface GenerateOptions {
  /** The name of the exported function. */
  readonly name: string;
  readonly language: 'ts' | 'js';
  /** The header's lines (see `describe`). */
  readonly description?: readonly string[];
  /** Whether element access is asserted (`x[i]!`), as noUncheckedIndexedAccess wants it. */
  readonly asserted?: boolean;
  /** Whether the function is exported; true unless said otherwise. */
  readonly exported?: boolean;
  /** Names of the scope around it, which the functions must not take. */
  readonly taken?: Iterable<string>;
  /** Parameters that the derivative adds; found from their paths where absent. */
  readonly added?: readonly ParameterGroup[];
  /** Readable unless said otherwise. */
  readonly style?: Style;
  readonly checkpoints?: boolean;
  /** Comments that carry over. */
  readonly remarks?: readonly Remarked[];
  /** The types of the function's parameters where they have names. */
  readonly types?: readonly (UserType | undefined)[];
  /** What is wrong with a derivative Program that would become code. */
  readonly hold?: (derived: Program) => Problem | undefined;
  /** The names of the function's own parameters, those that are constant among them. */
  readonly parameters?: readonly string[];
  /** What the derivative was made for, and refuses otherwise. */
  readonly constants?: readonly Constant[];
  readonly lengths?: readonly Length[];
  readonly keys?: readonly KeysGuard[];
  /** Whether a rest parameter that nothing follows gathers its arguments, as the function's does; true unless said otherwise. */
  readonly gathers?: boolean;
  /** What the function returns; found from the results' paths where absent. */
  readonly result?: Tree<Out>;
  /** What of it a preallocated `out` receives; there is no such parameter where it has no array of its own. */
  readonly out?: Tree<Out>;
}

/** What stands at a leaf of what a function returns. */
export type Out =
  | { readonly kind: 'result'; readonly index: number }
  /** Zeros in the shape of a parameter, by its index. */
  | { readonly kind: 'zeros'; readonly parameter: number };

const OUT = 'out';
const VECTOR = '{ readonly length: number; [index: number]: number }';

/** Columns of a line. */
const WIDEST = 100;

/** The text of a module with the Program's entry as its one function for others. */
export function generateModule(program: Program, options: GenerateOptions): string {
  return new ModuleWriter(program, options).write();
}

class ModuleWriter implements ModuleContext {
  readonly program: Program;
  readonly typescript: boolean;
  readonly asserted: boolean;
  readonly readable: boolean;
  readonly remarks: Remarks;
  private readonly options: GenerateOptions;
  private readonly moduleNames: Names;
  private readonly functionNames: string[];
  private readonly stackNames = new Map<number, string>();
  private readonly stackTypes: ReadonlyMap<number, ValueType>;
  private vectorUsed = false;

  constructor(program: Program, options: GenerateOptions) {
    this.program = program;
    this.options = options;
    this.typescript = options.language === 'ts';
    this.asserted = (options.asserted ?? false) && this.typescript;
    this.readable = options.style !== 'fast';
    this.remarks = new Remarks(this.readable ? options.remarks : []);
    this.moduleNames = new Names(options.taken);
    const entryName = this.moduleNames.fresh(options.name);
    this.functionNames = program.functions.map((f, i) =>
      i === program.entry ? entryName : this.moduleNames.fresh(f.name),
    );
    this.stackTypes = this.nameStacks();
  }

  functionName(index: number): string {
    return this.functionNames[index]!;
  }

  stackName(stack: number): string {
    return this.stackNames.get(stack)!;
  }

  vector(): string {
    if (!this.typescript) return VECTOR;
    this.vectorUsed = true;
    return 'Vector';
  }

  write(): string {
    const { program, typescript } = this;
    const entry = program.functions[program.entry]!;
    const helpers = program.functions.flatMap((f, i) => (i === program.entry ? [] : [this.helper(f, i)]));
    const stacks = [...this.stackTypes].flatMap(([stack, type]) => {
      const element = type === 'buffer' ? this.vector() : type;
      return emptyList(this.stackName(stack), `${element}[]`, typescript);
    });
    const shared = stacks.length > 0 && program.functions.length > 1;
    const main = this.entry(entry, shared ? [...stacks, ...helpers.flat()] : stacks);
    const parts = [...(shared ? [] : helpers), main].map((lines) => lines.join('\n'));
    if (this.vectorUsed && typescript) {
      parts.unshift(`type Vector = ${VECTOR};`);
    }
    return `${parts.join('\n\n')}\n`;
  }

  /** Each stack by what is pushed on it, its name by the pushed value's. */
  private nameStacks(): Map<number, ValueType> {
    const types = new Map<number, ValueType>();
    for (const f of this.program.functions) {
      for (const i of instructionsIn(f.body)) {
        if (i.kind !== 'push' || types.has(i.stack)) continue;
        types.set(i.stack, f.types[i.value]!);
        this.stackNames.set(i.stack, this.moduleNames.fresh(`${f.names.get(i.value) ?? 'value'}Stack`));
      }
    }
    return types;
  }

  private helper(f: ProgramFunction, index: number): string[] {
    const names = this.localNames();
    const writer = new BodyWriter(this, f, names);
    const documents: string[] = [];
    const parameters = f.parameters.map((p) => {
      const name = names.fresh(p.name);
      writer.define(p.id, name);
      const type = p.type === 'buffer' ? this.vector() : p.type;
      documents.push(`@param {${type}} ${name}`);
      return this.typescript ? `${name}: ${type}` : name;
    });
    const body = writer.write((results) => {
      if (results.length === 0) return [];
      return [results.length === 1 ? `return ${results[0]};` : `return [${results.join(', ')}];`];
    });
    const types = f.results.map((r) => (r.type === 'buffer' ? this.vector() : r.type));
    const returns = types.length === 0 ? 'void' : types.length === 1 ? types[0]! : `[${types.join(', ')}]`;
    const used = this.typescript ? withUnread(parameters, body) : parameters;
    const head = `function ${this.functionName(index)}(${used.join(', ')})`;
    const said = this.typescript ? [] : commented([...documents, `@returns {${returns}}`]);
    return [...said, `${head}${this.typescript ? `: ${returns}` : ''} {`, ...indented(body), '}'];
  }

  private localNames(): Names {
    return new Names([...this.functionNames, ...this.stackNames.values()]);
  }

  private entry(f: ProgramFunction, before: readonly string[]): string[] {
    const names = this.localNames();
    const { added, parameters: own = [], constants, lengths, keys } = this.options;
    const given = groupParameters(f.parameters, own, added === undefined, constants);
    const groups = [...given, ...(added ?? [])].map((group) => ({ ...group, name: names.fresh(group.name) }));
    const nested = new NestedEntry(f, groups, names);
    const tree = this.options.result ?? resultTree(f);
    const lists = new ResultLists(f, nested, names, { tree, typescript: this.typescript });
    const writer = new BodyWriter(this, f, names, nested.layout, nested.views);
    if (this.options.style === 'fast') writer.workspaces = new Workspaces(this.program, f, this.moduleNames);
    const types = new UserTypes((this.typescript && this.options.types) || [], groups, f);
    const signature = new Signature(
      groups,
      f.parameters,
      names,
      parameterTypes(this.program),
      { lengths, keys, typescript: this.typescript },
      (group, type) => types.of(group) ?? types.likeGroup(group) ?? type,
    );
    for (const [index, text] of signature.texts)
      if (!isNested(f.parameters[index]!)) writer.define(f.parameters[index]!.id, text);
    for (const [id, name] of nested.names) writer.define(id, name);
    for (const [id, length] of nested.lengths) writer.defineLength(id, length);
    const outType = (out: Out): string => {
      if (out.kind === 'zeros') return mutableType(f.parameters[out.parameter]!);
      const { type } = f.results[out.index]!;
      if (lists.isNumber(out)) return 'number';
      return type === 'buffer' ? writer.bufferType(f.body.results[out.index] ?? -1) : type;
    };
    const named = (node: Tree<Out>): string =>
      namedTypeOf(types, node, outType, (out) =>
        parameterOf(out.kind === 'zeros' ? f.parameters[out.parameter]! : f.results[out.index]!),
      );
    const needed = groups.findLastIndex(({ tree: shape }) => !isUnread(shape)) + 1;
    // What a rest parameter gathers comes last, and then all that is left is its own.
    const gathers = this.options.gathers !== false && (added ?? []).length === 0;
    const isRest = f.parameters.some((p) => p.rest);
    const wanted = isRest && gathers ? undefined : this.options.out;
    const out = wanted && this.outParameter(f, wanted, { writer, lists, names }, named);
    // Nothing comes after what nothing reads.
    const reads = out === undefined ? signature.declared.slice(0, needed) : signature.declared;
    const declared = gathers ? gathering(reads, groups, f.parameters) : reads;
    const parameters = declarations(declared, this.typescript);
    const documents = documentsOf(declared);
    if (out !== undefined) {
      documents.push(`@param {${out.type}} [${out.name}]`);
      parameters.push(this.typescript ? `${out.name}?: ${out.type}` : out.name);
    }
    const guards =
      gathers || this.typescript || this.options.exported === false ? [] : arrayGuards(groups, f.parameters);
    for (const line of [
      ...guards,
      ...signature.opening,
      ...signature.locals,
      ...nested.opening,
      ...lists.opening(),
    ])
      writer.open(line);
    const written = writer.write((results) => {
      if (!tree) return [];
      const print = (out: Out): string => {
        if (out.kind === 'result') return results[out.index]!;
        const p = f.parameters[out.parameter]!;
        return p.type === 'buffer' ? writer.zeros(`${writer.text(p.id)}.length`, p.typed) : '0';
      };
      const list = (node: List<Out>): string => lists.print(node, results, this.asserted);
      const whole = (node: Tree<Out>): string => {
        const made = expressionOf(node, print, list);
        return out !== undefined && node === wanted && isCollection(node) ? `${out.name} ?? ${made}` : made;
      };
      return [...(out?.write(print) ?? []), `return ${answer(tree, whole)};`];
    });
    const body = withoutUnread(written, signature.locals);
    const type = tree ? named(tree) : 'void';
    const used = this.typescript ? withUnread(parameters, body) : parameters;
    documents.push(`@returns {${type}}`);
    const exported = (this.options.exported ?? true) ? 'export ' : '';
    const head = `${exported}function ${this.functionName(this.program.entry)}(${used.join(', ')})`;
    const kept = writer.workspaces?.declarations ?? [];
    return [
      ...(kept.length === 0 ? [] : [...kept, '']),
      ...documented(this.options, documents),
      `${head}${this.typescript ? `: ${type}` : ''} {`,
      ...indented([...before, ...body]),
      '}',
    ];
  }

  /** The parameter whose arrays are used instead of new ones, where there are arrays. */
  private outParameter(
    f: ProgramFunction,
    tree: Tree<Out>,
    { writer, lists, names }: { writer: BodyWriter; lists: ResultLists; names: Names },
    typeOfTree: (tree: Tree<Out>) => string,
  ): { name: string; type: string; write: (print: (out: Out) => string) => string[] } | undefined {
    const nested = listsAt(tree);
    if (!nested.every(({ list }) => lists.canReuse(list))) return undefined;
    const leaves = leavesOf(tree).filter(({ path }) => !path.includes(EACH));
    const arrays = leaves.filter(
      ({ leaf }) => leaf.kind === 'result' && f.results[leaf.index]!.type === 'buffer',
    );
    const allocated = arrays.map(({ leaf }) =>
      writer.allocation(f.body.results[(leaf as { index: number }).index] ?? -1),
    );
    const only = arrays.length + nested.length === 0;
    // A list of numbers is cheap to make: only speed asks for more.
    if (only && (this.options.style !== 'fast' || leaves.length < 2)) return undefined;
    if (allocated.some((each) => each === undefined)) return undefined;
    if (leaves.some(({ leaf }) => leaf.kind === 'zeros' && f.parameters[leaf.parameter]!.type === 'buffer'))
      return undefined;
    const name = names.fresh(OUT);
    const optional = (leaf: { readonly path: readonly (string | number)[] }) => {
      const access = accesses(leaf);
      return `${name}?${access.startsWith('[') ? '.' : ''}${access}`;
    };
    arrays.forEach((leaf, i) => {
      writer.preallocate(allocated[i]!.id, optional(leaf));
    });
    for (const { list, path } of nested) lists.reuse(list, path.length === 0 ? name : optional({ path }));
    const numbers = leaves.filter((each) => !arrays.includes(each));
    return {
      name,
      type: typeOfTree(tree),
      write: (print) =>
        numbers.length === 0
          ? []
          : [
              `if (${name} !== undefined) {`,
              ...indented([
                ...numbers.map((each) => `${name}${accesses(each)} = ${print(each.leaf)};`),
                ...(only && tree === this.options.result ? [`return ${name};`] : []),
              ]),
              '}',
            ],
    };
  }
}

/** The first line of a function, or a line for each of its parameters where that is too long. */
export function headLines(name: string, parameters: readonly string[], type: string): string[] {
  const line = `${name}(${parameters.join(', ')})${type} {`;
  if (line.length <= WIDEST || parameters.length === 0) return [line];
  return [`${name}(`, ...indented(parameters.map((each) => `${each},`)), `)${type} {`];
}

const isCollection = ({ kind }: Tree<Out>): boolean => kind === 'tuple' || kind === 'record';

/** What is returned, the parts of a record one by one. */
function answer(tree: Tree<Out>, print: (tree: Tree<Out>) => string): string {
  if (tree.kind !== 'record' || !tree.fields.some(([key]) => key === 'gradient')) return print(tree);
  const texts = new Map(tree.fields.map(([key, field]) => [key, print(field)]));
  const named: Tree<string> = {
    kind: 'record',
    fields: [...texts].map(([key, leaf]) => [key, { kind: 'leaf', leaf }]),
  };
  return expressionOf(named, (text) => text);
}

/** A comment of the options' description, with the types where the language has no other place for them. */
export function documented(options: GenerateOptions, documents: readonly string[]): string[] {
  const description = options.description ?? [];
  const lines = options.language === 'ts' ? description : [...description, ...documents];
  return commented(lines);
}

function commented(lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const [only] = lines;
  return lines.length === 1 ? [`/** ${only} */`] : ['/**', ...lines.map((line) => ` * ${line}`), ' */'];
}

const PER_PARAMETER: ReadonlySet<string> = new Set(['gradient', 'product']);

/** Where a receiver stands among the parameters, they are all told apart by their names. */
function byName<T>(f: ProgramFunction, { path, leaf }: Leaf<T>): Leaf<T> {
  const of = f.parameters.find((p) => p.path[0] === path[0] && typeof path[0] === 'number');
  const name = of && /^[^.[]+/.exec(of.name)?.[0];
  return { path: name === undefined ? path : [name, ...path.slice(1)], leaf };
}

/** What is listed by parameters is no list where there is but one. */
function byParameter<T>(key: string, tree: Tree<T>): Tree<T> {
  if (PER_PARAMETER.has(key)) return unwrap(tree);
  if (key !== 'jacobian' || tree.kind !== 'tuple') return tree;
  return { kind: 'tuple', elements: tree.elements.map((row) => unwrap(row)) };
}

/** Under what the results of derivatives stand. */
const DERIVED: ReadonlySet<string> = new Set([
  'value',
  'gradient',
  'tangent',
  'product',
  'jacobian',
  'hessian',
]);

/** The shape of what the entry returns, over indices of results; undefined where it returns nothing. */
function resultTree(f: ProgramFunction): Tree<Out> | undefined {
  const tree = resultIndices(f);
  return tree && mapTree(tree, (index) => ({ kind: 'leaf', leaf: { kind: 'result', index } }));
}

function resultIndices(f: ProgramFunction): Tree<number> | undefined {
  if (f.results.length === 0) return undefined;
  const parts = new Map<string | number | undefined, Leaf<number>[]>();
  f.results.forEach(({ path }, leaf) => {
    const part = parts.get(path[0]) ?? [];
    parts.set(path[0], part);
    part.push({ path: path.slice(1), leaf });
  });
  if (![...parts.keys()].every((key) => DERIVED.has(String(key)))) {
    return treeOf(f.results.map(({ path }, leaf) => ({ path, leaf })));
  }
  const named = f.parameters.some((p) => p.path[0] === 'this');
  const trees = [...parts].map(([key, leaves]) => {
    const renamed = named && PER_PARAMETER.has(String(key)) ? leaves.map((leaf) => byName(f, leaf)) : leaves;
    return [String(key), byParameter(String(key), treeOf(renamed, true))] as const;
  });
  return trees.length === 1 ? trees[0]![1] : { kind: 'record', fields: trees };
}
