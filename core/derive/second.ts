/** Second derivatives: forward mode over reverse mode (Griewank and Walther, §5.3). */
import { type FunctionBuilder, ProgramBuilder } from '../program/builder.ts';
import { optimise } from '../program/optimise.ts';
import type { Program, ProgramFunction, ProgramParameter, ValueId, ValueType } from '../program/program.ts';
import { analyseActivity } from './activity.ts';
import { differentiable, forward, partialDerivative } from './forward.ts';
import { gradient } from './reverse.ts';

/**
 * ∇²f·v of the one number that the Program yields. Parameters: the function's own, then the direction v, a tangent for
 * each parameter in `wrt`. Results: the product's parts, each under `product` and its parameter's path.
 */
export function hessianVectorProduct(
  program: Program,
  wrt: readonly boolean[] = differentiable(program),
  first = gradient(program, { wrt }),
): Program {
  const both = forward(optimise(first), wrt);
  const entry = both.functions[both.entry]!;
  const name = program.functions[program.entry]!.name;
  const product = keepResults(entry, 'tangent', (path) => ['product', ...path.slice(2)]);
  const functions = both.functions.map((f) => (f === entry ? { ...product, name: `${name}Hvp` } : f));
  return { functions, entry: both.entry };
}

/** The function with those of its results only that are under `key`, their paths changed. */
export function keepResults(
  f: ProgramFunction,
  key: string,
  rename: (path: readonly (string | number)[]) => readonly (string | number)[],
): ProgramFunction {
  const kept = f.results.flatMap((r, i) => (r.path[0] === key ? [i] : []));
  return {
    ...f,
    results: kept.map((i) => ({ ...f.results[i]!, path: rename(f.results[i]!.path) })),
    body: { ...f.body, results: f.body.results.length === 0 ? [] : kept.map((i) => f.body.results[i]!) },
  };
}

/**
 * ∇²f. Where all of `wrt` are numbers: results [i, j] under `hessian`, a number each. Otherwise one buffer of n·n
 * elements, row by row, n counting numbers and elements in the order of the parameters.
 */
export function hessian(
  program: Program,
  wrt: readonly boolean[] = differentiable(program),
  gradients = gradient(program, { wrt }),
): Program {
  const { parameters } = program.functions[program.entry]!;
  const numbers = parameters.every((p, i) => !wrt[i] || p.type === 'number');
  return numbers ? ofNumbers(program, wrt, gradients) : inOneBuffer(program, wrt);
}

/** Row i is the gradient's derivative with respect to number i: one function a row, copied into the whole. */
function ofNumbers(program: Program, wrt: readonly boolean[], gradients: Program): Program {
  const { name, parameters } = program.functions[program.entry]!;
  const first = optimise(gradients);
  const builder = new ProgramBuilder();
  const rows = parameters.flatMap((_, i) => {
    if (!wrt[i]) return [];
    const { functions, entry } = partialDerivative(first, i);
    const offset = builder.append(functions);
    builder.replace(
      offset + entry,
      keepResults(builder.function(offset + entry)!, 'tangent', (path) => path),
    );
    return [offset + entry];
  });
  const f = builder.open(`${name}Hessian`);
  const inputs = parameters.map(({ id: _, ...parameter }) => f.parameter(parameter));
  const results = rows.flatMap((row, i) => {
    const types = rows.map(() => 'number' as const);
    return f.call(row, inputs, types).map((value, j) => ({ path: ['hessian', i, j], value }));
  });
  f.close(results);
  return optimise(builder.finish(f.index), { inline: Infinity });
}

function inOneBuffer(program: Program, wrt: readonly boolean[]): Program {
  const product = hessianVectorProduct(program, wrt);
  const { name, parameters } = program.functions[program.entry]!;
  const activity = analyseActivity(program, wrt).of(program.entry, wrt);
  const builder = new ProgramBuilder(product.functions);
  const f = builder.open(`${name}Hessian`);
  const inputs = parameters.map(({ id, ...parameter }, i) => ({
    parameter,
    value: f.parameter(parameter),
    active: wrt[i] ?? false,
    written: parameter.type === 'buffer' && activity.isWritten(id),
  }));
  const types = product.functions[product.entry]!.results.map((r) => r.type);
  f.close([{ path: ['hessian'], value: new Rows(f, product.entry, types, inputs).build() }]);
  return builder.finish(f.index);
}

interface Input {
  readonly parameter: Omit<ProgramParameter, 'id'>;
  readonly value: ValueId;
  readonly active: boolean;
  /** A buffer that the function writes into: each call has its own copy. */
  readonly written: boolean;
}

class Rows {
  private readonly f: FunctionBuilder;
  private readonly product: number;
  private readonly types: readonly ValueType[];
  private readonly inputs: readonly Input[];
  private readonly active: readonly Input[];

  constructor(f: FunctionBuilder, product: number, types: readonly ValueType[], inputs: readonly Input[]) {
    this.f = f;
    this.product = product;
    this.types = types;
    this.inputs = inputs;
    this.active = inputs.filter((input) => input.active);
  }

  build(): ValueId {
    const { f } = this;
    const one = f.constant(1);
    const zero = f.constant(0);
    const lengths = this.active.map(({ parameter, value }) =>
      parameter.type === 'number' ? one : f.length(value),
    );
    const size = lengths.reduce((total, length) => f.op('add', [total, length]));
    const matrix = f.alloc(f.op('mul', [size, size]));
    f.setName(matrix, 'hessian');
    let offset = zero;
    this.active.forEach(({ parameter }, which) => {
      const start = offset;
      this.loop(lengths[which]!, (i) => {
        const direction = this.active.map((each, at) => {
          if (each.parameter.type === 'number') return f.constant(Number(at === which));
          const unit = f.alloc(lengths[at]!);
          if (at === which) f.store(unit, i, one);
          return unit;
        });
        const index = parameter.type === 'number' ? start : start === zero ? i : f.op('add', [start, i]);
        const row = f.op('mul', [index, size]);
        this.storeRow(
          matrix,
          row,
          f.call(this.product, [...this.fresh(), ...direction], this.types),
          lengths,
        );
      });
      offset = offset === zero ? lengths[which]! : f.op('add', [offset, lengths[which]!]);
    });
    return matrix;
  }

  private fresh(): ValueId[] {
    const { f } = this;
    return this.inputs.map(({ parameter, value, written }) => {
      if (!written) return value;
      const length = f.length(value);
      const copy = f.alloc(length, parameter.typed);
      this.loop(length, (i) => f.store(copy, i, f.load(value, i)));
      return copy;
    });
  }

  private storeRow(
    matrix: ValueId,
    row: ValueId,
    parts: readonly ValueId[],
    lengths: readonly ValueId[],
  ): void {
    const { f } = this;
    let column = row;
    parts.forEach((part, at) => {
      const start = column;
      if (this.types[at] === 'number') f.store(matrix, start, part);
      else this.loop(lengths[at]!, (j) => f.store(matrix, f.op('add', [start, j]), f.load(part, j)));
      column = f.op('add', [column, lengths[at]!]);
    });
  }

  private loop(count: ValueId, body: (i: ValueId) => void): void {
    const { f } = this;
    const [i] = f.openLoop([f.constant(0)]) as [ValueId];
    f.setName(i, 'i');
    f.loopBody(f.op('lt', [i, count]));
    body(i);
    f.closeLoop([f.op('add', [i, f.constant(1)])]);
  }
}
