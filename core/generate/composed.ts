/**
 * Hessians and Jacobians of arrays: a product with a vector, called for one unit vector after another. A Hessian's row
 * is its product with a unit vector; a Jacobian's column is the directional derivative along one.
 */
import { analyseActivity } from '../derive/activity.ts';
import type { DerivativeMode } from '../derive/kinds.ts';
import type { Problem } from '../problem.ts';
import type { Program, ProgramParameter } from '../program/program.ts';
import { indented } from './body.ts';
import { direct } from './direct.ts';
import type { Inputs } from './inputs.ts';
import { Names } from './names.ts';
import { groupParameters, mutableType, parameterTypes, type Unread } from './parameters.ts';
import { defaultName } from './request.ts';
import { type Declared, declarations, documentOf, Signature } from './signature.ts';
import { accesses, expressionOf, leavesOf, type Tree, treeOf, typeOf } from './structure.ts';
import { documented, type GenerateOptions, headLines } from './typescript.ts';

export function composed(
  program: Program,
  kind: 'hessian' | 'jacobian',
  inputs: Inputs,
  mode: DerivativeMode,
  options: GenerateOptions,
): string | Problem {
  const product = kind === 'hessian' ? 'hvp' : 'jvp';
  const { name: of } = program.functions[program.entry]!;
  const names = new Names([...(options.taken ?? []), options.name]);
  const helper = names.fresh(defaultName(of, product));
  const inner = direct(program, product, inputs, kind === 'hessian' ? mode : 'forward', {
    ...options,
    name: helper,
    exported: false,
    taken: [...(options.taken ?? []), options.name],
    description: [],
  });
  if (typeof inner === 'object') return inner;
  const written = new Composition(program, inputs, options, helper);
  return `${inner}\n${(kind === 'hessian' ? written.hessian() : written.jacobian()).join('\n')}\n`;
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
  private readonly arguments: string[] = [];

  constructor(program: Program, inputs: Inputs, options: GenerateOptions, helper: string) {
    this.program = program;
    this.inputs = inputs;
    this.options = options;
    this.helper = helper;
    this.names = new Names([options.name, helper]);
    this.declare();
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
    const { parameters, constants } = this.options;
    const groups = groupParameters(this.all, parameters, true, constants).map((group) => ({
      ...group,
      name: this.names.fresh(group.name),
    }));
    const signature = new Signature(groups, this.all, this.names, parameterTypes(this.program));
    this.lines.push(...signature.opening);
    this.declared.push(...signature.declared);
    for (const [leaf, text] of signature.texts) this.texts.set(leaf, text);
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

  hessian(): string[] {
    const { tree } = this.inputs;
    const row = typeOf(tree, this.leafType);
    if (tree.kind === 'leaf') {
      const out = this.names.fresh('out');
      this.declared.push({ name: out, type: `${row}[]`, default: '[]' });
      this.loop(tree.leaf, (i) => [`${out}[${i}] = ${this.call(tree.leaf, `${out}[${i}]`)};`]);
      return this.finish(`${row}[]`, out);
    }
    const parts = new Map<number, string>();
    for (const { leaf } of leavesOf(tree)) {
      const p = this.all[leaf]!;
      const name = this.names.fresh(`${p.name}Row${p.type === 'buffer' ? 's' : ''}`);
      parts.set(leaf, name);
      if (p.type === 'buffer') {
        this.lines.push(`const ${name}${this.typed(`${row}[]`)} = [];`);
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
          this.lines.push(`const ${name}${this.typed(`${this.leafType(leaf)}[]`)} = [];`);
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
    const single = inner.kind === 'leaf' && this.all[inner.leaf]!.type === 'buffer';
    const gradient = typeOf(inner, this.leafType);
    const expression = expressionOf(outputs, (output) => {
      const part = (leaf: number) => parts.get(`${output} ${leaf}`)!;
      if (!isArray(output)) return expressionOf(inner, part);
      if (single) return part((inner as { leaf: number }).leaf);
      const [first] = leavesOf(inner);
      const element = expressionOf(inner, (leaf) => `${part(leaf)}${this.at('k')}`);
      return `Array.from(${part(first!.leaf)}, (_, k)${this.typed(gradient)} => ${inner.kind === 'record' ? `(${element})` : element})`;
    });
    const type = typeOf(outputs, (output) => (isArray(output) ? `${gradient}[]` : gradient));
    return this.finish(type, expression);
  }

  private finish(type: string, result: string): string[] {
    const exported = (this.options.exported ?? true) ? 'export ' : '';
    const parameters = declarations(this.declared, this.ts);
    const documents = [...this.declared.map(documentOf), `@returns {${type}}`];
    return [
      ...documented(this.options, documents),
      ...headLines(`${exported}function ${this.options.name}`, parameters, this.typed(type)),
      ...indented([...this.lines, `return ${result};`]),
      '}',
    ];
  }
}
