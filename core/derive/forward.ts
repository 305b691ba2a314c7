/**
 * Forward mode: the Program of a function's value and of its tangent along a direction (its JVP). Every active value
 * is followed by its tangent; branches and loops carry both; an active buffer has a shadow that holds its elements'
 * tangents (Griewank and Walther, §3.1 and §6.2). Stacks are followed by shadow stacks, so that forward mode applies
 * to what reverse mode yields.
 */
import { type BuilderResult, type FunctionBuilder, ProgramBuilder } from '../program/builder.ts';
import type { Block, Instruction, Program, ValueId, ValueType } from '../program/program.ts';
import { blocksOf, instructionsIn, isTerminated } from '../program/walk.ts';
import { type Activity, analyseActivity, holdsFloats, type ProgramActivity } from './activity.ts';
import { tangentOf } from './rules.ts';

/** Which parameters can be differentiated with respect to: numbers and buffers of floating-point numbers. */
export function differentiable(program: Program): boolean[] {
  const { parameters } = program.functions[program.entry]!;
  return parameters.map(
    (p) => (p.type === 'number' && p.extent !== true) || (p.type === 'buffer' && holdsFloats(p.typed)),
  );
}

/**
 * Parameters: the function's own, then the tangents of those in `wrt`. Results: the function's own, under the path
 * `value`, then the tangent of each that is no boolean, under `tangent`. Tangent buffers are written along with theirs.
 */
export function forward(program: Program, wrt: readonly boolean[] = differentiable(program)): Program {
  return new Forward(program, wrt).whole(wrt, undefined);
}

/** The same with respect to one number, whose tangent is 1 and no parameter. */
export function partialDerivative(program: Program, parameter: number): Program {
  const wrt = differentiable(program).map((_, i) => i === parameter);
  return new Forward(program, wrt).whole(wrt, parameter);
}

class Forward {
  readonly builder: ProgramBuilder;
  readonly activity: ProgramActivity;
  private readonly program: Program;
  private readonly stride: number;
  private readonly derived = new Map<string, number>();
  private readonly waiting: (() => void)[] = [];
  private readonly stackUsers: ReadonlySet<number>;

  constructor(program: Program, wrt: readonly boolean[]) {
    this.program = program;
    this.builder = new ProgramBuilder(program.functions);
    this.activity = analyseActivity(program, wrt);
    this.stride = stackCount(program);
    this.stackUsers = stackUsers(program);
  }

  whole(wrt: readonly boolean[], unit: number | undefined): Program {
    const source = this.program.functions[this.program.entry]!;
    const f = this.builder.open(`${source.name}Jvp`);
    const activity = this.activity.of(this.program.entry, wrt);
    const tangents = new ForwardFunction(this, activity, f);
    tangents.parameters(wrt, unit);
    tangents.block(source.body);
    const ended = isTerminated(source.body);
    f.close([
      ...tangents.ownResults(),
      ...source.results.flatMap((r, i) =>
        r.type === 'boolean' || r.extent === true
          ? []
          : [
              {
                path: ['tangent', ...r.path],
                value: ended ? 0 : tangents.resultTangent(source.body.results[i]!),
                type: r.type,
              },
            ],
      ),
    ]);
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) next();
    return this.builder.finish(f.index);
  }

  shadowStack(stack: number): number {
    return stack + this.stride;
  }

  /** The function that computes tangents along with `callee`, or `callee` itself where there are none. */
  callee(index: number, active: readonly boolean[]): { readonly index: number; readonly activity: Activity } {
    const activity = this.activity.of(index, active);
    const plain = !active.includes(true) && !activity.results.includes(true) && !this.stackUsers.has(index);
    if (plain) return { index, activity };
    const key = `${index} ${active.map(Number).join('')}`;
    let derived = this.derived.get(key);
    if (derived === undefined) {
      const source = this.program.functions[index]!;
      const reserved = this.builder.reserve(`${source.name}Jvp`);
      derived = reserved;
      this.derived.set(key, reserved);
      this.waiting.push(() => {
        const f = this.builder.open(reserved);
        const tangents = new ForwardFunction(this, activity, f);
        tangents.parameters(active);
        tangents.block(source.body);
        const ended = isTerminated(source.body);
        f.close([
          ...tangents.ownResults(),
          ...source.results.flatMap((r, i) => {
            if (ended || !activity.results[i]) return [];
            const value = tangents.tangent(source.body.results[i]!);
            return [{ path: ['tangent', ...r.path], value, type: r.type }];
          }),
        ]);
      });
    }
    return { index: derived, activity };
  }
}

/** Tangents are doubles, in a typed array where the primal is in one. */
function tangentType(typed: string | undefined): { typed?: string } {
  return typed === undefined ? {} : { typed: 'Float64Array' };
}

/** Numbers of stacks are below this. */
export function stackCount(program: Program): number {
  let count = 0;
  for (const f of program.functions) {
    for (const i of instructionsIn(f.body)) {
      if (i.kind === 'push' || i.kind === 'pop') count = Math.max(count, i.stack + 1);
    }
  }
  return count;
}

/** The functions that push or pop, or call one that does. */
function stackUsers(program: Program): Set<number> {
  const users = new Set<number>();
  for (let before = -1; before !== users.size; ) {
    before = users.size;
    program.functions.forEach((f, index) => {
      for (const i of instructionsIn(f.body)) {
        const uses = i.kind === 'push' || i.kind === 'pop' || (i.kind === 'call' && users.has(i.function));
        if (uses) users.add(index);
      }
    });
  }
  return users;
}

class ForwardFunction {
  private readonly forward: Forward;
  private readonly activity: Activity;
  private readonly f: FunctionBuilder;
  private readonly primals = new Map<ValueId, ValueId>();
  private readonly tangents = new Map<ValueId, ValueId>();
  /** Tangents that are 0 where a choice went past what they are of. */
  private readonly masked = new Set<ValueId>();

  constructor(forward: Forward, activity: Activity, f: FunctionBuilder) {
    this.forward = forward;
    this.activity = activity;
    this.f = f;
  }

  ownResults(): BuilderResult[] {
    const { results, body } = this.activity.f;
    const ended = isTerminated(body);
    return results.map((r, i) => ({
      path: ['value', ...r.path],
      value: ended ? 0 : this.primal(body.results[i]!),
      type: r.type,
    }));
  }

  /** Declares the parameters and the tangents of those in `given`; other active buffers begin with tangents 0. */
  parameters(given: readonly boolean[], unit?: number): void {
    const { parameters } = this.activity.f;
    for (const { id, ...parameter } of parameters) this.primals.set(id, this.f.parameter(parameter));
    parameters.forEach(
      ({ id, typed, also: _, default: __, omitted: ___, rest: ____, optional: _____, ...parameter }, i) => {
        if (i === unit) {
          this.tangents.set(id, this.f.constant(1));
        } else if (given[i]) {
          const name = `${parameter.name}Dot`;
          const tangent = { ...parameter, ...tangentType(typed), name, path: ['tangent', ...parameter.path] };
          this.tangents.set(id, this.f.parameter(tangent));
        } else if (this.activity.isActive(id)) {
          this.tangents.set(id, this.f.alloc(this.f.length(this.primal(id)), tangentType(typed).typed));
        }
      },
    );
  }

  primal(id: ValueId): ValueId {
    const mapped = this.primals.get(id);
    if (mapped === undefined) throw new Error(`%${id} has no value yet`);
    return mapped;
  }

  tangent(id: ValueId): ValueId {
    const mapped = this.tangents.get(id);
    if (mapped !== undefined) return mapped;
    if (this.type(id) === 'buffer') throw new Error(`%${id} has no shadow`);
    return this.f.constant(0);
  }

  /** For a result of the whole, which has a tangent even where it is inactive. */
  resultTangent(id: ValueId): ValueId {
    if (this.type(id) === 'buffer' && !this.activity.isActive(id)) {
      return this.f.alloc(this.f.length(this.primal(id)));
    }
    return this.tangent(id);
  }

  block(block: Block): void {
    for (const instruction of block.instructions) this.instruction(instruction);
  }

  private type(id: ValueId): ValueType {
    return this.activity.f.types[id]!;
  }

  private actives(ids: readonly ValueId[]): ValueId[] {
    return ids.filter((id) => this.activity.isActive(id));
  }

  private set(ids: readonly ValueId[], actives: readonly ValueId[], values: readonly ValueId[]): void {
    ids.forEach((id, i) => {
      this.setPrimal(id, values[i]!);
    });
    actives.forEach((id, i) => {
      this.setTangent(id, values[ids.length + i]!);
    });
  }

  private setPrimal(id: ValueId, value: ValueId): void {
    this.primals.set(id, value);
    const name = this.activity.f.names.get(id);
    if (name !== undefined) this.f.setName(value, name);
  }

  private setTangent(id: ValueId, value: ValueId): void {
    this.tangents.set(id, value);
    const name = this.activity.f.names.get(id);
    if (name !== undefined) this.f.setName(value, `${name}Dot`);
  }

  /** Values, then tangents of those at which `targets` are active. */
  private both(ids: readonly ValueId[], targets: readonly ValueId[]): ValueId[] {
    const active = ids.filter((_, i) => this.activity.isActive(targets[i]!));
    return [...ids.map((id) => this.primal(id)), ...active.map((id) => this.tangent(id))];
  }

  private instruction(instruction: Instruction): void {
    const { f } = this;
    switch (instruction.kind) {
      case 'constant':
        this.primals.set(instruction.id, f.constant(instruction.value));
        break;
      case 'op': {
        const { id, op, at } = instruction;
        const args = instruction.args.map((arg) => this.primal(arg));
        this.setPrimal(id, f.op(op, args, at));
        if (!this.activity.isActive(id)) break;
        const tangents = instruction.args.map((arg) => this.tangents.get(arg));
        const tangent = tangentOf(f, op, args, tangents, this.masked);
        if (tangent !== undefined) this.setTangent(id, tangent);
        break;
      }
      case 'if': {
        const actives = this.actives(instruction.ids);
        const [then, other] = blocksOf(instruction).map((arm) => {
          f.openBlock();
          this.block(arm);
          return f.closeBlock(isTerminated(arm) ? [] : this.both(arm.results, instruction.ids));
        }) as [Block, Block];
        const joined = f.if(this.primal(instruction.condition), then, other, instruction.at);
        this.set(instruction.ids, actives, joined);
        actives.forEach((_, i) => {
          const at = instruction.ids.length + i;
          const isZero = ({ results }: Block) => results[at] !== undefined && f.constantOf(results[at]) === 0;
          const isMasked = ({ results }: Block) => this.masked.has(results[at]!);
          if ([then, other].some((arm) => isZero(arm) || isMasked(arm))) this.masked.add(joined[at]!);
        });
        break;
      }
      case 'loop': {
        const { parameters } = instruction;
        const actives = this.actives(parameters);
        this.set(parameters, actives, f.openLoop(this.both(instruction.initial, parameters)));
        this.block(instruction.test);
        f.loopBody(this.primal(instruction.test.results[0]!));
        this.block(instruction.body);
        const next = isTerminated(instruction.body) ? [] : this.both(instruction.body.results, parameters);
        const after = f.closeLoop(next, instruction.at);
        const activeIds = instruction.ids.filter((_, i) => this.activity.isActive(parameters[i]!));
        this.set(instruction.ids, activeIds, after);
        break;
      }
      case 'call': {
        const active = instruction.args.map((arg) => this.activity.isActive(arg));
        const callee = this.forward.callee(instruction.function, active);
        const actives = instruction.ids.filter((_, i) => callee.activity.results[i]);
        const types = [...instruction.ids, ...actives].map((id) => this.type(id));
        const args = this.both(instruction.args, instruction.args);
        this.set(instruction.ids, actives, f.call(callee.index, args, types, instruction.at));
        break;
      }
      case 'alloc': {
        const length = this.primal(instruction.length);
        this.setPrimal(instruction.id, f.alloc(length, instruction.typed, instruction.at));
        if (this.activity.isActive(instruction.id)) {
          this.setTangent(
            instruction.id,
            f.alloc(length, tangentType(instruction.typed).typed, instruction.at),
          );
        }
        break;
      }
      case 'load': {
        const index = this.primal(instruction.index);
        this.setPrimal(instruction.id, f.load(this.primal(instruction.buffer), index, instruction.at));
        if (this.activity.isActive(instruction.buffer)) {
          this.setTangent(instruction.id, f.load(this.tangent(instruction.buffer), index));
        }
        break;
      }
      case 'store': {
        const index = this.primal(instruction.index);
        f.store(this.primal(instruction.buffer), index, this.primal(instruction.value), instruction.at);
        if (this.activity.isActive(instruction.buffer)) {
          f.store(this.tangent(instruction.buffer), index, this.tangent(instruction.value));
        }
        break;
      }
      case 'length':
        this.setPrimal(instruction.id, f.length(this.primal(instruction.buffer)));
        break;
      case 'push':
        f.push(instruction.stack, this.primal(instruction.value));
        if (this.forward.activity.stackIsActive(instruction.stack)) {
          f.push(this.forward.shadowStack(instruction.stack), this.tangent(instruction.value));
        }
        break;
      case 'pop': {
        const type = this.type(instruction.id);
        this.setPrimal(instruction.id, f.pop(instruction.stack, type));
        if (this.forward.activity.stackIsActive(instruction.stack)) {
          this.setTangent(instruction.id, f.pop(this.forward.shadowStack(instruction.stack), type));
        }
        break;
      }
      case 'throw':
        f.throw(instruction.message, instruction.at);
        break;
    }
  }
}
