/** Programs as TypeScript or JavaScript: plain functions that depend on nothing. */
import type { Program, ProgramFunction, ProgramParameter, ValueType } from '../program/program.ts';
import { instructionsIn } from '../program/walk.ts';
import { BodyWriter, indented, type ModuleContext } from './body.ts';
import { Names } from './names.ts';
import { accesses, expressionOf, type Leaf, type Tree, treeOf, typeOf, unwrap } from './structure.ts';

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
}

/** The text of a module with the Program's entry as its one function for others. */
export function generateModule(program: Program, options: GenerateOptions): string {
  return new ModuleWriter(program, options).write();
}

class ModuleWriter implements ModuleContext {
  readonly program: Program;
  readonly typescript: boolean;
  readonly asserted: boolean;
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
    this.moduleNames = new Names();
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
    this.vectorUsed = true;
    return 'Vector';
  }

  write(): string {
    const { program, typescript } = this;
    const entry = program.functions[program.entry]!;
    const helpers = program.functions.flatMap((f, i) => (i === program.entry ? [] : [this.helper(f, i)]));
    const stacks = [...this.stackTypes].map(([stack, type]) => {
      const element = type === 'buffer' ? this.vector() : type;
      return `const ${this.stackName(stack)}${typescript ? `: ${element}[]` : ''} = [];`;
    });
    const shared = stacks.length > 0 && program.functions.length > 1;
    const main = this.entry(entry, shared ? [...stacks, ...helpers.flat()] : stacks);
    const parts = [...(shared ? [] : helpers), main].map((lines) => lines.join('\n'));
    if (this.vectorUsed && typescript) {
      parts.unshift('type Vector = { readonly length: number; [index: number]: number };');
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
    const names = new Names(this.moduleNames.all);
    const writer = new BodyWriter(this, f, names);
    const parameters = f.parameters.map((p) => {
      const name = names.fresh(p.name);
      writer.define(p.id, name);
      return this.typescript ? `${name}: ${p.type === 'buffer' ? this.vector() : p.type}` : name;
    });
    const body = writer.write((results) => {
      if (results.length === 0) return [];
      return [results.length === 1 ? `return ${results[0]};` : `return [${results.join(', ')}];`];
    });
    const types = f.results.map((r) => (r.type === 'buffer' ? this.vector() : r.type));
    const returns = types.length === 0 ? 'void' : types.length === 1 ? types[0]! : `[${types.join(', ')}]`;
    const head = `function ${this.functionName(index)}(${parameters.join(', ')})`;
    return [`${head}${this.typescript ? `: ${returns}` : ''} {`, ...indented(body), '}'];
  }

  private entry(f: ProgramFunction, before: readonly string[]): string[] {
    const names = new Names(this.moduleNames.all);
    const writer = new BodyWriter(this, f, names);
    const groups = groupParameters(f.parameters);
    const documents: string[] = [];
    const parameters = groups.map((group) => {
      const name = names.fresh(group.name);
      for (const leaf of group.leaves) writer.define(leaf.leaf.id, name + accesses(leaf));
      const type = typeOf(treeOf(group.leaves), (p) =>
        p.type === 'buffer' ? (p.typed ?? 'number[]') : p.type,
      );
      documents.push(`@param {${type}} ${name}`);
      return this.typescript ? `${name}: ${type}` : name;
    });
    const tree = resultTree(f);
    const body = writer.write((results) => {
      if (!tree) return [];
      return [`return ${expressionOf(tree, (i) => results[i]!)};`];
    });
    const type = tree
      ? typeOf(tree, (i) =>
          f.results[i]!.type === 'buffer' ? writer.bufferType(f.body.results[i] ?? -1) : f.results[i]!.type,
        )
      : 'void';
    documents.push(`@returns {${type}}`);
    const exported = (this.options.exported ?? true) ? 'export ' : '';
    const head = `${exported}function ${this.functionName(this.program.entry)}(${parameters.join(', ')})`;
    return [
      ...this.header(documents),
      `${head}${this.typescript ? `: ${type}` : ''} {`,
      ...indented([...before, ...body]),
      '}',
    ];
  }

  private header(documents: readonly string[]): string[] {
    const description = this.options.description ?? [];
    const lines = this.typescript ? description : [...description, ...documents];
    if (lines.length === 0) return [];
    const [only] = lines;
    return lines.length === 1 ? [`/** ${only} */`] : ['/**', ...lines.map((line) => ` * ${line}`), ' */'];
  }
}

interface ParameterGroup {
  readonly name: string;
  readonly leaves: Leaf<ProgramParameter>[];
}

/** Marks of parameters that a derivative adds, and how their names end. */
const ADDED: Readonly<Record<string, string>> = { tangent: 'Dot', adjoint: 'Bar' };

/** The leaves of each parameter of the function as written. */
function groupParameters(parameters: readonly ProgramParameter[]): ParameterGroup[] {
  const groups = new Map<string, ParameterGroup>();
  for (const parameter of parameters) {
    const [first, second] = parameter.path;
    const suffix = typeof first === 'string' ? ADDED[first] : undefined;
    // The adjoints of results have no parameter of their own to go by: together they are one.
    const wholeResult = first === 'adjoint';
    const depth = suffix === undefined || wholeResult ? 1 : 2;
    const key = JSON.stringify(suffix === undefined || wholeResult ? first : [first, second]);
    let group = groups.get(key);
    if (!group) {
      const path = parameter.path.slice(depth);
      const root = path.length === 0 ? parameter.name : (/^[^.[]+/.exec(parameter.name)?.[0] ?? '');
      const name =
        path.length > 0 && suffix !== undefined ? (wholeResult ? 'resultBar' : root + suffix) : root;
      group = { name: first === 'this' ? 'self' : name, leaves: [] };
      groups.set(key, group);
    }
    group.leaves.push({ path: parameter.path.slice(depth), leaf: parameter });
  }
  return [...groups.values()];
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
function resultTree(f: ProgramFunction): Tree<number> | undefined {
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
    return [String(key), byParameter(String(key), treeOf(renamed))] as const;
  });
  return trees.length === 1 ? trees[0]![1] : { kind: 'record', fields: trees };
}
