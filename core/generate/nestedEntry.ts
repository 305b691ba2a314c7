/** The nested arrays of a generated function: how they are read at its start and made at its end. */
import type { ProgramFunction, ProgramParameter, ValueId } from '../program/program.ts';
import type { Names } from './names.ts';
import { EACH, isNested, keysOf, Layout, leafKeys, type View } from './nested.ts';
import { accesses, leavesOf, type Tree } from './structure.ts';

type Key = string | number;

/** A parameter with what the user calls it and the keys from there. */
export interface Nested {
  readonly parameter: ProgramParameter;
  readonly view: View;
}

export class NestedEntry {
  readonly layout: Layout;
  readonly views = new Map<ValueId, View>();
  /** Declarations and checks, before all else. */
  readonly opening: string[] = [];
  /** Names of flat arrays, and of lengths. */
  readonly names = new Map<ValueId, string>();
  /** How long buffers are. */
  readonly lengths = new Map<ValueId, string>();
  private readonly known = new Map<string, Nested>();
  private readonly local: Names;

  constructor(
    f: ProgramFunction,
    groups: readonly { readonly name: string; readonly tree: Tree<unknown> }[],
    local: Names,
  ) {
    this.layout = new Layout(f);
    this.local = local;
    for (const { name, tree } of groups) {
      for (const each of leavesOf(tree)) {
        if (typeof each.leaf !== 'number' || !isNested(f.parameters[each.leaf]!)) continue;
        const parameter = f.parameters[each.leaf]!;
        const keys = leafKeys(parameter).length < keysOf(parameter).length ? [...each.path, EACH] : each.path;
        this.known.set(JSON.stringify(parameter.path), { parameter, view: { base: name, keys } });
        this.layout.lay(parameter.id, ofPrimal(parameter));
      }
    }
    this.extents(f);
    for (const { parameter, view } of this.known.values()) {
      if (this.layout.isDirect(parameter.id)) this.views.set(parameter.id, view);
      else {
        const flat = local.fresh(`${parameter.name}Flat`);
        this.names.set(parameter.id, flat);
        this.opening.push(`const ${flat} = ${gathered(view.base, view.keys)};`);
      }
      this.lengths.set(parameter.id, this.lengthOf(f, parameter));
    }
  }

  get isEmpty(): boolean {
    return this.known.size === 0;
  }

  private extents(f: ProgramFunction): void {
    const roots = [...this.known.values()];
    for (const p of f.parameters) {
      if (!p.extent) continue;
      const keys = keysOf(p).slice(0, -1);
      const of = roots.find(({ parameter }) => startsWith(keysOf(parameter), keys));
      if (!of) continue;
      const inside = of.view.keys.slice(0, of.view.keys.length - (keysOf(of.parameter).length - keys.length));
      const outer = !inside.includes(EACH);
      if (outer) {
        this.names.set(p.id, `${of.view.base}${accesses({ path: inside })}.length`);
        continue;
      }
      const name = this.local.fresh(inside.filter((key) => key === EACH).length > 1 ? 'depth' : 'columns');
      this.names.set(p.id, name);
      this.opening.push(
        `const ${name} = ${first(of.view.base, inside)}?.length ?? 0;`,
        `if (${irregular(of.view.base, inside, name)}) {`,
        `  throw new RangeError('The arrays in ${of.view.base} must all be of one length.');`,
        '}',
      );
    }
  }

  private lengthOf(f: ProgramFunction, p: ProgramParameter): string {
    const own = ofPrimal(p);
    const factors = (own.each ?? []).map((position) => {
      const at = JSON.stringify([...own.path.slice(0, position), 'length']);
      const extent = f.parameters.find((q) => q.extent && JSON.stringify(q.path) === at);
      return extent === undefined ? undefined : this.names.get(extent.id);
    });
    if (factors.every((factor) => factor !== undefined)) return factors.join(' * ');
    const known = this.known.get(JSON.stringify(p.path))!;
    return `${gathered(known.view.base, known.view.keys)}.length`;
  }

  /** A parameter by its path, where it is nested. */
  like(path: readonly Key[]): Nested | undefined {
    return this.known.get(JSON.stringify(path));
  }
}

/** The parameter whose shape a tangent has. */
function ofPrimal(p: ProgramParameter): ProgramParameter {
  if (p.path[0] !== 'tangent') return p;
  const path = p.path.slice(1);
  return { ...p, path, each: path.flatMap((key, i) => (key === '*' ? [i] : [])) };
}

const startsWith = (keys: readonly Key[], start: readonly Key[]): boolean =>
  start.every((key, i) => keys[i] === key);

/** The numbers of nested arrays, row by row, as one array. */
function gathered(base: string, keys: readonly Key[]): string {
  const at = keys.indexOf(EACH);
  const outer = base + accesses({ path: keys.slice(0, at) });
  const rest = keys.slice(at + 1);
  if (rest.length === 0) return outer;
  if (rest.length === 1 && rest[0] === EACH) return `${outer}.flatMap((row) => Array.from(row))`;
  const name = rest.includes(EACH) ? 'row' : 'each';
  if (!rest.includes(EACH)) return `${outer}.map((${name}) => ${name}${accesses({ path: rest })})`;
  return `${outer}.flatMap((${name}) => ${gathered(name, rest)})`;
}

/** The first of the arrays at the keys. */
function first(base: string, keys: readonly Key[]): string {
  return keys.reduce<string>(
    (text, key, i) =>
      text +
      (key === EACH
        ? `${i > 0 && keys.slice(0, i).includes(EACH) ? '?.' : ''}[0]`
        : `${keys.slice(0, i).includes(EACH) ? '?' : ''}${accesses({ path: [key] })}`),
    base,
  );
}

/** Whether not all of the arrays at the keys have this length. */
export function irregular(base: string, keys: readonly Key[], length: string): string {
  const at = keys.indexOf(EACH);
  if (at < 0) return `${base}${accesses({ path: keys })}.length !== ${length}`;
  const outer = base + accesses({ path: keys.slice(0, at) });
  const name = keys.slice(at + 1).includes(EACH) ? 'plane' : 'row';
  return `${outer}.some((${name}) => ${irregular(name, keys.slice(at + 1), length)})`;
}

/** A new structure like that of `source`: zeros. */
export function zerosLike<T>(
  tree: Tree<T>,
  source: string,
  leaf: (leaf: T) => { readonly array: boolean; readonly typed: string | undefined },
  typescript: boolean,
): string {
  switch (tree.kind) {
    case 'leaf': {
      const { array, typed } = leaf(tree.leaf);
      if (!array) return '0';
      return typed === undefined
        ? `new Array${typescript ? '<number>' : ''}(${source}.length).fill(0)`
        : `new ${typed}(${source}.length)`;
    }
    case 'list': {
      const usesElement = leavesOf(tree.element).some(
        (each) => each.path.includes(EACH) || leaf(each.leaf).array,
      );
      const inner = zerosLike(tree.element, 'row', leaf, typescript);
      return `${source}.map((${usesElement ? 'row' : ''}) => ${tree.element.kind === 'record' ? `(${inner})` : inner})`;
    }
    case 'tuple':
      return `[${tree.elements.map((element, i) => zerosLike(element, `${source}[${i}]!`, leaf, typescript)).join(', ')}]`;
    case 'record':
      return `{ ${tree.fields.map(([key, field]) => `${propertyKey(key)}: ${zerosLike(field, source + accesses({ path: [key] }), leaf, typescript)}`).join(', ')} }`;
  }
}

/** The structure of `source` with numbers of flat arrays in it. */
export function scattered<T>(
  tree: Tree<T>,
  source: string,
  leaf: (leaf: T) => { readonly array: boolean; readonly flat: string | undefined },
  asserted: string,
  position = '',
): string {
  switch (tree.kind) {
    case 'leaf': {
      const { array, flat } = leaf(tree.leaf);
      if (!array) return flat === undefined ? '0' : `${flat}[${position}]${asserted}`;
      const i = counter(position);
      if (flat === undefined) return `Array.from(${source}, () => 0)`;
      return `Array.from(${source}, (_, ${i}) => ${flat}[${flatIndex(position, source, i)}]${asserted})`;
    }
    case 'list': {
      const i = counter(position);
      const at = flatIndex(position, source, i);
      const row = i === 'i' ? 'row' : `row${COUNTERS.indexOf(i) + 1}`;
      const inner = scattered(tree.element, row, leaf, asserted, at);
      return `${source}.map((${row}, ${i}) => ${tree.element.kind === 'record' ? `(${inner})` : inner})`;
    }
    case 'tuple':
      return `[${tree.elements.map((element, k) => scattered(element, `${source}[${k}]!`, leaf, asserted, position)).join(', ')}]`;
    case 'record':
      return `{ ${tree.fields.map(([key, field]) => `${propertyKey(key)}: ${scattered(field, source + accesses({ path: [key] }), leaf, asserted, position)}`).join(', ')} }`;
  }
}

const COUNTERS = ['i', 'j', 'k', 'l', 'm'];

function counter(position: string): string {
  return COUNTERS[COUNTERS.filter((name) => new RegExp(`\\b${name}\\b`).test(position)).length] ?? 'n';
}

function flatIndex(position: string, source: string, i: string): string {
  if (position === '') return i;
  return `${/[+*]/.test(position) ? `(${position})` : position} * ${source}.length + ${i}`;
}

function propertyKey(key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : JSON.stringify(key);
}
