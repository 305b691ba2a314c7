/**
 * Jacobians with a pattern: the function with as many tangents as there are colours beside its values, and in place of
 * each store into its results the stores of that row's elements, which the tangents hold compressed.
 */
import { type FunctionBuilder, ProgramBuilder } from '../program/builder.ts';
import { optimise } from '../program/optimise.ts';
import type { Block, Instruction, Program, ValueId } from '../program/program.ts';
import { blocksOf, isTerminated } from '../program/walk.ts';
import { gradient } from './reverse.ts';
import { tangentOf } from './rules.ts';
import { type Column, Dense, type Row, type Sparsity, sparsityOf } from './sparsity.ts';
import { polished, prepared, type Style } from './style.ts';

export interface Compressed {
  /**
   * Its results: for each parameter in `wrt`, under `rows` and its path, one buffer of all rows one after another; of a
   * number the elements of its column. Of a Hessian the one under `hessian`.
   */
  readonly program: Program;
  /** The shape of the pattern, in words. */
  readonly pattern: string;
  readonly colours: number;
}

/** The Jacobian of the array that the Program yields; undefined where its pattern is dense or not known. */
export function compressedJacobian(
  program: Program,
  wrt: readonly boolean[],
  style: Style,
): Compressed | undefined {
  const { results } = program.functions[program.entry]!;
  if (results.length !== 1 || results[0]!.type !== 'buffer') return undefined;
  return compressed(flattened(program), wrt, style, (path) => ['rows', ...path]);
}

/** The Hessian of the number that the Program yields, as the Jacobian of its gradient by the one array in `wrt`. */
export function compressedHessian(
  program: Program,
  wrt: readonly boolean[],
  style: Style,
): Compressed | undefined {
  const { results } = program.functions[program.entry]!;
  if (results.length !== 1 || wrt.filter(Boolean).length !== 1) return undefined;
  const first = gradient(prepared(flattened(program), style), { wrt, fast: style === 'fast' });
  return compressed(flattened(first), wrt, style, () => ['hessian']);
}

/** Loops of at most so many iterations are written out. */
const UNROLL = 16;

function flattened(program: Program): Program {
  return optimise(program, { inline: Number.POSITIVE_INFINITY, unroll: UNROLL });
}

type Path = readonly (string | number)[];

function compressed(
  program: Program,
  wrt: readonly boolean[],
  style: Style,
  resultPath: (parameter: Path) => Path,
): Compressed | undefined {
  const sparsity = sparsityOf(program, wrt, 0);
  if (!sparsity) return undefined;
  try {
    const whole = new Compression(sparsity, wrt).run(resultPath);
    return { program: polished(whole, style), pattern: sparsity.pattern, colours: sparsity.colours };
  } catch (error) {
    if (error instanceof Dense) return undefined;
    throw error;
  }
}

class Compression {
  private readonly sparsity: Sparsity;
  private readonly builder = new ProgramBuilder();
  private readonly f: FunctionBuilder;
  private readonly wrt: readonly number[];
  private readonly primals = new Map<ValueId, ValueId>();
  /** By colour. */
  private readonly tangents = new Map<ValueId, readonly (ValueId | undefined)[]>();
  /** Tangents that are 0 where a choice went past what they are of. */
  private readonly masked = new Set<ValueId>();
  private readonly definitions = new Map<ValueId, Instruction>();
  /** The buffers of elements, by parameter. */
  private readonly elements = new Map<number, ValueId>();

  constructor(sparsity: Sparsity, wrt: readonly boolean[]) {
    this.sparsity = sparsity;
    this.f = this.builder.open(`${sparsity.f.name}Jacobian`);
    this.wrt = wrt.flatMap((is, i) => (is ? [i] : []));
  }

  run(resultPath: (parameter: Path) => Path): Program {
    const { f, sparsity } = this;
    for (const { id, ...parameter } of sparsity.f.parameters) {
      this.primals.set(id, f.parameter(parameter));
      this.seed(id);
    }
    this.block(sparsity.f.body);
    f.close(
      this.wrt.map((parameter) => ({
        path: resultPath(sparsity.f.parameters[parameter]!.path),
        value: this.elements.get(parameter)!,
      })),
    );
    return this.builder.finish(f.index);
  }

  private primal(id: ValueId): ValueId {
    const mapped = this.primals.get(id);
    if (mapped === undefined) throw new Dense();
    return mapped;
  }

  private setPrimal(id: ValueId, value: ValueId): void {
    this.primals.set(id, value);
    const name = this.sparsity.f.names.get(id);
    if (name !== undefined) this.f.setName(value, name);
  }

  private setTangents(id: ValueId, tangents: readonly (ValueId | undefined)[]): void {
    this.tangents.set(id, tangents);
    const name = this.sparsity.f.names.get(id);
    if (name === undefined) return;
    for (const tangent of tangents) if (tangent !== undefined) this.f.setName(tangent, `${name}Dot`);
  }

  /** Of an input or an element of one: 1 in its colour. */
  private seed(id: ValueId): void {
    const [column] = this.sparsity.columnsOf(id);
    if (column === undefined) return;
    const tangents: (ValueId | undefined)[] = [];
    tangents[this.sparsity.colourOf(column)] = this.f.constant(1);
    this.tangents.set(id, tangents);
  }

  private coloursOf(id: ValueId): number[] {
    return [...new Set(this.sparsity.columnsOf(id).map(this.sparsity.colourOf))];
  }

  private tangent(id: ValueId, colour: number): ValueId | undefined {
    return this.tangents.get(id)?.[colour];
  }

  private block(block: Block): void {
    for (const instruction of block.instructions) this.instruction(instruction);
  }

  private instruction(i: Instruction): void {
    const { f } = this;
    switch (i.kind) {
      case 'constant':
        this.primals.set(i.id, f.constant(i.value));
        break;
      case 'op': {
        this.definitions.set(i.id, i);
        const args = i.args.map((arg) => this.primal(arg));
        this.setPrimal(i.id, f.op(i.op, args, i.at));
        const tangents: (ValueId | undefined)[] = [];
        for (const colour of this.coloursOf(i.id)) {
          const inner = i.args.map((arg) => this.tangent(arg, colour));
          tangents[colour] = tangentOf(f, i.op, args, inner, this.masked);
        }
        if (tangents.length > 0) this.setTangents(i.id, tangents);
        break;
      }
      case 'if':
        this.if(i);
        break;
      case 'loop': {
        const inside = f.openLoop(i.initial.map((id) => this.primal(id)));
        i.parameters.forEach((id, k) => {
          this.setPrimal(id, inside[k]!);
        });
        this.block(i.test);
        f.loopBody(this.primal(i.test.results[0]!));
        this.block(i.body);
        const next = isTerminated(i.body) ? [] : i.body.results.map((id) => this.primal(id));
        const after = f.closeLoop(next, i.at);
        i.ids.forEach((id, k) => {
          this.setPrimal(id, after[k]!);
        });
        break;
      }
      case 'alloc': {
        const length = this.primal(i.length);
        this.setPrimal(i.id, f.alloc(length, i.typed, i.at));
        if (i.id === this.sparsity.buffer) this.allocate(length);
        break;
      }
      case 'load':
        this.setPrimal(i.id, f.load(this.primal(i.buffer), this.primal(i.index), i.at));
        this.seed(i.id);
        break;
      case 'store': {
        const row = this.sparsity.rows.get(i);
        if (row) this.row(row);
        if (!row || this.sparsity.read)
          f.store(this.primal(i.buffer), this.primal(i.index), this.primal(i.value), i.at);
        break;
      }
      case 'length':
        this.definitions.set(i.id, i);
        this.setPrimal(i.id, f.length(this.primal(i.buffer)));
        break;
      case 'throw':
        f.throw(i.message, i.at);
        break;
      default:
        throw new Dense();
    }
  }

  private if(i: Extract<Instruction, { kind: 'if' }>): void {
    const { f } = this;
    const colours = i.ids.map((id) => this.coloursOf(id));
    const [then, other] = blocksOf(i).map((arm) => {
      f.openBlock();
      this.block(arm);
      if (isTerminated(arm)) return f.closeBlock([]);
      const tangents = colours.flatMap((own, k) =>
        own.map((colour) => this.tangent(arm.results[k]!, colour) ?? f.constant(0)),
      );
      return f.closeBlock([...arm.results.map((id) => this.primal(id)), ...tangents]);
    }) as [Block, Block];
    const after = f.if(this.primal(i.condition), then, other, i.at);
    let next = i.ids.length;
    i.ids.forEach((id, k) => {
      this.setPrimal(id, after[k]!);
      const tangents: (ValueId | undefined)[] = [];
      for (const colour of colours[k]!) tangents[colour] = after[next++];
      if (tangents.length > 0) this.setTangents(id, tangents);
    });
  }

  private allocate(length: ValueId): void {
    const { f, sparsity } = this;
    for (const parameter of this.wrt) {
      const { id, type, name } = sparsity.f.parameters[parameter]!;
      const size = type === 'buffer' ? f.op('mul', [length, f.length(this.primal(id))]) : length;
      const elements = f.alloc(size, 'Float64Array');
      f.setName(elements, this.wrt.length === 1 ? 'elements' : `${name}Elements`);
      this.elements.set(parameter, elements);
    }
  }

  /** The elements of a row: what the tangents hold, each in its column. */
  private row({ store, term, adds, columns, guarded, distinct, fresh }: Row): void {
    const { f } = this;
    const row = this.primal(store.index);
    if (adds === undefined && !fresh) this.clear(row);
    for (const column of columns) {
      const tangent = this.tangent(term, this.sparsity.colourOf(column));
      if (tangent === undefined) continue;
      const place = this.placeOf(row, column);
      const write = () => {
        const elements = this.elements.get(column.parameter)!;
        const assigns = adds === undefined && distinct.has(column);
        const before = assigns ? undefined : f.load(elements, place.at);
        const sum = before === undefined ? tangent : f.op(adds === -1 ? 'sub' : 'add', [before, tangent]);
        f.store(elements, place.at, sum);
      };
      if (!guarded.has(column)) {
        write();
        continue;
      }
      const { index, count } = place;
      const inside = f.op('and', [f.op('ge', [index, f.constant(0)]), f.op('lt', [index, count])]);
      f.openBlock();
      write();
      const then = f.closeBlock([]);
      f.openBlock();
      f.if(inside, then, f.closeBlock([]));
    }
  }

  private placeOf(row: ValueId, { parameter, index }: Column) {
    const { f } = this;
    const { id } = this.sparsity.f.parameters[parameter]!;
    if (index === undefined) return { at: row, index: f.constant(0), count: f.constant(1) };
    const count = f.length(this.primal(id));
    const column = this.again(index);
    return { at: f.op('add', [f.op('mul', [row, count]), column]), index: column, count };
  }

  /** A value where it may be out of scope: what it was computed by is, again. */
  private again(id: ValueId): ValueId {
    const { f } = this;
    const primal = this.primal(id);
    if (f.isVisible(primal) || f.constantOf(primal) !== undefined) return primal;
    const definition = this.definitions.get(id);
    if (definition?.kind === 'length') return f.length(this.again(definition.buffer));
    if (definition?.kind !== 'op') throw new Dense();
    return f.op(
      definition.op,
      definition.args.map((arg) => this.again(arg)),
    );
  }

  /** What another store has left in the row. */
  private clear(row: ValueId): void {
    const { f } = this;
    for (const parameter of this.wrt) {
      const { id, type } = this.sparsity.f.parameters[parameter]!;
      const elements = this.elements.get(parameter)!;
      if (type !== 'buffer') {
        f.store(elements, row, f.constant(0));
        continue;
      }
      const count = f.length(this.primal(id));
      const start = f.op('mul', [row, count]);
      const [i] = f.openLoop([f.constant(0)]) as [ValueId];
      f.setName(i, 'i');
      f.loopBody(f.op('lt', [i, count]));
      f.store(elements, f.op('add', [start, i]), f.constant(0));
      f.closeLoop([f.op('add', [i, f.constant(1)])]);
    }
  }
}
