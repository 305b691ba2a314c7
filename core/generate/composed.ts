/**
 * Hessians and Jacobians of arrays: a product with a vector, called for one unit vector after another. A Hessian's row
 * is its product with a unit vector; a Jacobian's column is the directional derivative along one. Where there is a
 * pattern all elements come from one call.
 */
import { analyseActivity } from '../derive/activity.ts';
import { type Compressed, compressedHessian, compressedJacobian } from '../derive/compressed.ts';
import type { DerivativeMode } from '../derive/kinds.ts';
import type { Problem } from '../problem.ts';
import type { Program, ProgramParameter } from '../program/program.ts';
import { direct } from './direct.ts';
import type { Inputs } from './inputs.ts';
import { emptyList, indented } from './lines.ts';
import { Names } from './names.ts';
import { groupParameters, mutableType, parameterTypes, type Unread } from './parameters.ts';
import { defaultName } from './request.ts';
import { type Declared, declarations, documentsOf, gathering, Signature } from './signature.ts';
import { accesses, expressionOf, leavesOf, mapTree, type Tree, treeOf, typeOf } from './structure.ts';
import { documented, type GenerateOptions, generateModule, headLines } from './typescript.ts';
import { namedTypeOf, parameterOf, UserTypes } from './userTypes.ts';

type Kind = 'hessian' | 'jacobian';

/** What a Hessian or a Jacobian of arrays has instead of columns where it has a pattern. */
export function patternOf(
  program: Program,
  kind: Kind,
  { active, tree }: Inputs,
  style: GenerateOptions['style'] = 'readable',
): Compressed | undefined {
  const { parameters, results } = program.functions[program.entry]!;
  if (leavesOf(tree).some(({ leaf }) => !active[leaf])) return undefined;
  if (kind === 'jacobian')
    return results[0]?.path.length === 0 ? compressedJacobian(program, active, style) : undefined;
  return tree.kind === 'leaf' && parameters[tree.leaf]!.type === 'buffer'
    ? compressedHessian(program, active, style)
    : undefined;
}

export function composed(
  program: Program,
  kind: Kind,
  inputs: Inputs,
  mode: DerivativeMode,
  options: GenerateOptions,
  pattern?: Compressed,
): string | Problem {
  if (pattern) return fromElements(program, kind, inputs, options, pattern);
  const product = kind === 'hessian' ? 'hvp' : 'jvp';
  const { name: of } = program.functions[program.entry]!;
  const names = new Names([...(options.taken ?? []), options.name]);
  const helper = names.fresh(defaultName(of, product));
  const inner = direct(program, product, inputs, kind === 'hessian' ? mode : 'forward', {
    ...options,
    name: helper,
    exported: false,
    gathers: false,
    taken: [...(options.taken ?? []), options.name],
    description: [],
  });
  if (typeof inner === 'object') return inner;
  const written = new Composition(program, inputs, options, helper);
  return `${inner}\n${(kind === 'hessian' ? written.hessian() : written.jacobian()).join('\n')}\n`;
}

/** Rows from the elements of all of them, which one function yields. */
function fromElements(
  program: Program,
  kind: Kind,
  inputs: Inputs,
  options: GenerateOptions,
  { program: elements }: Compressed,
): string | Problem {
  const wrong = options.hold?.(elements);
  if (wrong) return wrong;
  const { name: of, parameters } = program.functions[program.entry]!;
  const taken = [...(options.taken ?? []), options.name];
  const helper = new Names(taken).fresh(`${defaultName(of, kind)}Elements`);
  const order = new Map(
    elements.functions[elements.entry]!.results.map(({ path }, index) => [JSON.stringify(path), index]),
  );
  const result = mapTree(inputs.tree, (leaf) => {
    const path = kind === 'hessian' ? ['hessian'] : ['rows', ...parameters[leaf]!.path];
    const index = order.get(JSON.stringify(path))!;
    return { kind: 'leaf', leaf: { kind: 'result', index } as const };
  });
  const inner = generateModule(elements, {
    ...options,
    name: helper,
    exported: false,
    gathers: false,
    taken,
    description: [],
    result,
  });
  const written = new Composition(program, inputs, options, helper, false);
  const lines = kind === 'hessian' ? written.hessianOfElements() : written.jacobianOfElements();
  return `${inner}\n${lines.join('\n')}\n`;
}

class Composition {
  private readonly program: Program;
  private readonly inputs: Inputs;
  private readonly options: GenerateOptions;
  private readonly helper: string;
  private readonly names: Names;
  private readonly lines: string[] = [];
  private readonly declared: Declared[] = [];
  /** What stands for each parameter of the Program, and for its direction where that is an array. */
  private readonly texts = new Map<number, string>();
  private readonly directions = new Map<number, string>();
  private types!: UserTypes;
  private readonly arguments: string[] = [];

  constructor(program: Program, inputs: Inputs, options: GenerateOptions, helper: string, directions = true) {
    this.program = program;
    this.inputs = inputs;
    this.options = options;
    this.helper = helper;
    this.names = new Names([options.name, helper]);
    this.declare();
    if (directions) this.declareDirections();
  }

  private get all(): readonly ProgramParameter[] {
    return this.program.functions[this.program.entry]!.parameters;
  }

  private get ts(): boolean {
    return this.options.language === 'ts';
  }

  private typed(type: string): string {
    return this.ts ? `: ${type}` : '';
  }

  /** `[i]`, as it is read. */
  private at(index: string): string {
    return `[${index}]${this.options.asserted && this.ts ? '!' : ''}`;
  }

  private isWritten(leaf: number): boolean {
    const none = this.all.map(() => false);
    const { entry } = this.program;
    return analyseActivity(this.program, none).of(entry, none).isWritten(this.all[leaf]!.id);
  }

  private declare(): void {
    const { parameters, constants, lengths, keys } = this.options;
    const groups = groupParameters(this.all, parameters, true, constants).map((group) => ({
      ...group,
      name: this.names.fresh(group.name),
    }));
    this.types = new UserTypes((this.ts && this.options.types) || [], groups, { parameters: this.all });
    const signature = new Signature(
      groups,
      this.all,
      this.names,
      parameterTypes(this.program),
      { lengths, keys, typescript: this.ts },
      (group, type) => this.types.of(group) ?? type,
    );
    this.lines.push(...signature.opening);
    this.declared.push(...gathering(signature.declared, groups, this.all));
    for (const [leaf, text] of signature.texts) this.texts.set(leaf, signature.passed.get(leaf) ?? text);
    for (const { name, tree } of groups) {
      const leaves = leavesOf(tree).flatMap((each) =>
        typeof each.leaf === 'number' ? [{ path: each.path, leaf: each.leaf }] : [],
      );
      const isArray = (leaf: number) => this.all[leaf]!.type === 'buffer';
      const written = leaves.some(({ leaf }) => isArray(leaf) && this.isWritten(leaf));
      // What the function writes into is another array in each call.
      const copy = (leaf: number | Unread): string =>
        typeof leaf === 'number'
          ? this.texts.get(leaf)! + (isArray(leaf) ? '.slice()' : '')
          : (leaf.guard ?? name);
      this.arguments.push(written ? expressionOf(tree, copy) : name);
    }
  }

  private declareDirections(): void {
    for (const { leaf } of leavesOf(this.inputs.tree)) {
      const p = this.all[leaf]!;
      if (p.type !== 'buffer') continue;
      const name = this.names.fresh(`${p.name}Dot`);
      this.directions.set(leaf, name);
      this.lines.push(`const ${name} = ${this.zeros(leaf)};`);
    }
  }

  private zeros(leaf: number): string {
    const length = `${this.texts.get(leaf)!}.length`;
    const { typed } = this.all[leaf]!;
    return typed === undefined
      ? `new Array${this.ts ? '<number>' : ''}(${length}).fill(0)`
      : `new ${typed}(${length})`;
  }

  /** What stands for a direction's array; another one in each call where the function writes into it. */
  private direction(leaf: number): string | undefined {
    const name = this.directions.get(leaf);
    return name !== undefined && this.isWritten(leaf) ? `${name}.slice()` : name;
  }

  /** The product with the unit vector of a number, or with what the directions' arrays hold. */
  private call(unit: number, out?: string): string {
    const { tree, paths } = this.inputs;
    const parts = paths.length === 1 ? [tree] : (tree as { elements: readonly Tree<number>[] }).elements;
    const directions = parts.map((part) =>
      expressionOf(part, (leaf) => this.direction(leaf) ?? (leaf === unit ? '1' : '0')),
    );
    const all = [...this.arguments, ...directions, ...(out === undefined ? [] : [out])];
    return `${this.helper}(${all.join(', ')})`;
  }

  /** Runs over the elements of an input, each of which is 1 in turn. */
  private loop(leaf: number, body: (i: string) => readonly string[]): void {
    const i = this.names.fresh('i');
    const direction = this.directions.get(leaf)!;
    this.lines.push(
      `for (let ${i} = 0; ${i} < ${this.texts.get(leaf)!}.length; ${i}++) {`,
      ...indented([`${direction}[${i}] = 1;`, ...body(i), `${direction}[${i}] = 0;`]),
      '}',
    );
  }

  private readonly leafType = (leaf: number): string => mutableType(this.all[leaf]!);

  private rowType(tree: Tree<number>): string {
    return namedTypeOf(this.types, tree, this.leafType, (leaf) => parameterOf(this.all[leaf]!));
  }

  hessian(): string[] {
    const { tree } = this.inputs;
    const row = this.rowType(tree);
    if (tree.kind === 'leaf') {
      const out = this.outParameter(row);
      this.loop(tree.leaf, (i) => [`${out}[${i}] = ${this.call(tree.leaf, `${out}[${i}]`)};`]);
      return this.finish(`${row}[]`, out);
    }
    const parts = new Map<number, string>();
    for (const { leaf } of leavesOf(tree)) {
      const p = this.all[leaf]!;
      const name = this.names.fresh(`${p.name}Row${p.type === 'buffer' ? 's' : ''}`);
      parts.set(leaf, name);
      if (p.type === 'buffer') {
        this.lines.push(...emptyList(name, `${row}[]`, this.ts));
        this.loop(leaf, () => [`${name}.push(${this.call(leaf)});`]);
      } else this.lines.push(`const ${name} = ${this.call(leaf)};`);
    }
    const type = typeOf(tree, (leaf) => (this.all[leaf]!.type === 'buffer' ? `${row}[]` : row));
    return this.finish(
      type,
      expressionOf(tree, (leaf) => parts.get(leaf)!),
    );
  }

  jacobian(): string[] {
    const { results } = this.program.functions[this.program.entry]!;
    const outputs = treeOf(results.map(({ path }, leaf) => ({ path, leaf })));
    const paths = new Map(leavesOf(outputs).map((each) => [each.leaf, accesses(each)]));
    const isArray = (output: number) => results[output]!.type === 'buffer';
    /** By output and input: a number, an array over either, or rows over both. */
    const parts = new Map<string, string>();
    for (const { leaf } of leavesOf(this.inputs.tree)) {
      const p = this.all[leaf]!;
      const column = this.names.fresh(`${p.name}Column`);
      if (p.type !== 'buffer') {
        this.lines.push(`const ${column} = ${this.call(leaf)};`);
        for (const [output, access] of paths) parts.set(`${output} ${leaf}`, column + access);
        continue;
      }
      const body: ((i: string) => readonly string[])[] = [];
      for (const [output, access] of paths) {
        const name = this.names.fresh(`${p.name}Rows`);
        parts.set(`${output} ${leaf}`, name);
        if (isArray(output)) {
          this.lines.push(...emptyList(name, `${this.leafType(leaf)}[]`, this.ts));
          body.push((i) => [
            `for (let k = 0; k < ${column}${access}.length; k++) {`,
            `  const row = (${name}[k] ??= ${this.zeros(leaf)});`,
            `  row[${i}] = ${column}${access}${this.at('k')};`,
            '}',
          ]);
        } else {
          this.lines.push(`const ${name} = ${this.zeros(leaf)};`);
          body.push((i) => [`${name}[${i}] = ${column}${access};`]);
        }
      }
      this.loop(leaf, (i) => [`const ${column} = ${this.call(leaf)};`, ...body.flatMap((lines) => lines(i))]);
    }
    const inner = this.inputs.tree;
    const gradient = this.rowType(inner);
    const expression = expressionOf(outputs, (output) => {
      const part = (leaf: number) => parts.get(`${output} ${leaf}`)!;
      if (!isArray(output)) return expressionOf(inner, part);
      return this.rowsOf(inner, new Map(leavesOf(inner).map(({ leaf }) => [leaf, part(leaf)])), gradient);
    });
    const type = typeOf(outputs, (output) => (isArray(output) ? `${gradient}[]` : gradient));
    return this.finish(type, expression);
  }

  /** Rows over the elements of one array, of which there are as many as it has. */
  hessianOfElements(): string[] {
    const { leaf } = this.inputs.tree as { leaf: number };
    const row = this.leafType(leaf);
    const out = this.outParameter(row);
    const [elements, i] = this.declareElements();
    const count = `${this.texts.get(leaf)!}.length`;
    this.lines.push(
      `for (let ${i} = 0; ${i} < ${count}; ${i}++) {`,
      ...indented([
        `const row = (${out}[${i}] ??= ${this.zeros(leaf)});`,
        `for (let k = 0; k < ${count}; k++) row[k] = ${elements}${this.at(`${i} * ${count} + k`)};`,
      ]),
      '}',
    );
    return this.finish(`${row}[]`, out);
  }

  jacobianOfElements(): string[] {
    const { tree } = this.inputs;
    const [elements] = this.declareElements();
    const parts = new Map<number, string>();
    for (const { leaf, path } of leavesOf(tree)) {
      const p = this.all[leaf]!;
      const flat = elements + accesses({ path });
      parts.set(leaf, flat);
      if (p.type !== 'buffer') continue;
      const rows = this.names.fresh(`${p.name}Rows`);
      parts.set(leaf, rows);
      const count = `${this.texts.get(leaf)!}.length`;
      const slice = `${flat}.subarray(k, k + ${count})`;
      this.lines.push(
        ...emptyList(rows, `${this.leafType(leaf)}[]`, this.ts),
        `for (let k = 0; k < ${flat}.length; k += ${count}) {`,
        `  ${rows}.push(${p.typed === undefined ? `Array.from(${slice})` : slice});`,
        '}',
      );
    }
    const row = this.rowType(tree);
    return this.finish(`${row}[]`, this.rowsOf(tree, parts, row));
  }

  private declareElements(): [string, string] {
    const elements = this.names.fresh('elements');
    this.lines.push(`const ${elements} = ${this.helper}(${this.arguments.join(', ')});`);
    return [elements, this.names.fresh('i')];
  }

  private outParameter(row: string): string {
    const out = this.names.fresh('out');
    if (this.all.some((p) => p.rest)) this.lines.push(...emptyList(out, `${row}[]`, this.ts));
    else this.declared.push({ name: out, type: `${row}[]`, default: '[]' });
    return out;
  }

  /** The rows of one output: those of one array, or together those of several inputs. */
  private rowsOf(tree: Tree<number>, parts: ReadonlyMap<number, string>, row: string): string {
    if (tree.kind === 'leaf' && this.all[tree.leaf]!.type === 'buffer') return parts.get(tree.leaf)!;
    const [first] = leavesOf(tree);
    const element = expressionOf(tree, (leaf) => `${parts.get(leaf)!}${this.at('k')}`);
    return `Array.from(${parts.get(first!.leaf)!}, (_, k)${this.typed(row)} => ${tree.kind === 'record' ? `(${element})` : element})`;
  }

  private finish(type: string, result: string): string[] {
    const exported = (this.options.exported ?? true) ? 'export ' : '';
    const parameters = declarations(this.declared, this.ts);
    const documents = [...documentsOf(this.declared), `@returns {${type}}`];
    return [
      ...documented(this.options, documents),
      ...headLines(`${exported}function ${this.options.name}`, parameters, this.typed(type)),
      ...indented([...withoutUnread(this.lines, result), `return ${result};`]),
      '}',
    ];
  }
}

/** Options are taken apart where something is read of them. */
function withoutUnread(lines: readonly string[], result: string): string[] {
  return lines.filter((line, at) => {
    const parts = /^const \{ (.*) \} = [\w$]+;$/.exec(line)?.[1];
    if (parts === undefined) return true;
    const others = [...lines.filter((_, i) => i !== at), result].join('\n');
    // A key of a record is another thing.
    const read = new Set(
      others.match(/(?<![.\p{ID_Continue}$])[\p{ID_Continue}$]+(?![\p{ID_Continue}$]|: )/gu),
    );
    const names = [...parts.matchAll(/([\p{ID_Continue}$]+) = /gu)].map((match) => match[1]!);
    return names.some((name) => read.has(name));
  });
}
