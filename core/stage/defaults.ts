/** Defaults of parameters that generated code can say again: numbers, truth values, arrays of numbers, lengths of others. */
import { compileExpression } from '../evaluate/compile/expressions.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { Closure } from '../evaluate/functions.ts';
import { JsArray, JsObject, JsTypedArray } from '../evaluate/objects.ts';
import { Refusal, Thrown, type Value } from '../evaluate/values.ts';
import type { Default } from '../program/program.ts';
import type { Expression, FunctionNode, Parameter } from '../source/syntax.ts';

/** What a parameter of the Program is beside its type. */
export interface Marks {
  readonly default?: Default;
  readonly omitted?: true;
  readonly rest?: true;
}

/** An argument to be made unknown: its sample, with what defaults give where the sample is silent. */
export interface Argument {
  readonly sample: Value;
  /** By the path below the parameter, keys joined by dots. */
  readonly marks: ReadonlyMap<string, Marks>;
}

export class Defaults {
  private readonly ev: Evaluator;
  private readonly fn: Value;
  private readonly node: FunctionNode;
  private readonly samples: readonly Value[];

  constructor(ev: Evaluator, fn: Value, node: FunctionNode, samples: readonly Value[]) {
    this.ev = ev;
    this.fn = fn;
    this.node = node;
    this.samples = samples;
  }

  /** The argument, where its defaults can be said again. */
  argument(index: number): Argument | undefined {
    const p = this.node.parameters[index]!;
    if (p.rest) return undefined;
    const given = this.samples[index];
    const marks = (found: Default, isGiven: boolean): Marks => ({
      default: found,
      ...(isGiven || this.samples.length === 0 ? {} : { omitted: true }),
    });
    if (p.target.kind === 'objectPattern') return this.options(p, given, marks);
    const found = p.default && this.say(p.default, index);
    // A tuple's elements are parameters of their own.
    if (found === undefined || p.shape.kind === 'tuple') return undefined;
    if (given !== undefined && kindOf(given) !== kindOf(found)) return undefined;
    return {
      sample: given === undefined ? this.valueOf(found) : given,
      marks: new Map([['', marks(found, given !== undefined)]]),
    };
  }

  /** `{ sigma = 1, mu = 0 } = {}`: the object, with the defaults of what it does not have. */
  private options(
    p: Parameter,
    given: Value,
    marks: (found: Default, isGiven: boolean) => Marks,
  ): Argument | undefined {
    if (p.target.kind !== 'objectPattern' || p.target.rest !== undefined) return undefined;
    if (p.default !== undefined && !(p.default.kind === 'object' && p.default.members.length === 0))
      return undefined;
    if (given !== undefined && !(given instanceof JsObject && given.constructor === JsObject))
      return undefined;
    const whole = this.ev.object();
    if (given instanceof JsObject)
      for (const [key, value] of given.properties) whole.properties.set(key, value);
    const found = new Map<string, Marks>();
    for (const property of p.target.properties) {
      if (typeof property.key !== 'string') return undefined;
      const said = property.default && this.say(property.default);
      if (said === undefined) continue;
      const own = whole.properties.get(property.key) as Value;
      if (own !== undefined && kindOf(own) !== kindOf(said)) continue;
      if (own === undefined) whole.properties.set(property.key, this.valueOf(said));
      found.set(property.key, marks(said, own !== undefined));
    }
    return found.size === 0 ? undefined : { sample: whole, marks: found };
  }

  /** What stands for a default at the sample. */
  private valueOf(found: Default): Value {
    if (typeof found !== 'object') return found;
    if ('array' in found) return this.ev.array([...found.array]);
    const of = this.samples[found.length];
    return of instanceof JsArray || of instanceof JsTypedArray ? of.elements.length : undefined;
  }

  private say(e: Expression, index?: number): Default | undefined {
    if (e.kind === 'member' && e.key === 'length' && e.object.kind === 'name' && index !== undefined) {
      const { name } = e.object;
      const of = this.node.parameters.findIndex((q) => q.target.kind === 'name' && q.target.name === name);
      const { shape } = this.node.parameters[of] ?? {};
      return of >= 0 && of < index && (shape?.kind === 'array' || shape?.kind === 'unknown')
        ? { length: of }
        : undefined;
    }
    if (!(this.fn instanceof Closure) || !this.isPlain(e)) return undefined;
    const { ev, fn } = this;
    const { outer, site } = fn.code();
    const { file, statement } = site.location;
    let value: Value;
    try {
      const context = { ev, module: outer.module, file, statement, observer: undefined };
      value = compileExpression(context, outer, e)(fn.scope);
    } catch (error) {
      if (error instanceof Thrown || error instanceof Refusal) return undefined;
      throw error;
    }
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    if (!(value instanceof JsArray) || e.kind !== 'array') return undefined;
    const elements = value.elements.filter((x): x is number => typeof x === 'number');
    return elements.length === value.elements.length && elements.length > 0 ? { array: elements } : undefined;
  }

  /** The same at each call: no calls, nothing of the function's own. */
  private isPlain(e: Expression): boolean {
    switch (e.kind) {
      case 'literal':
        return true;
      case 'name':
        return e.name !== this.node.name && e.name !== 'arguments' && !this.isOwn(e.name);
      case 'member':
        // A constant of `Math` or `Number`.
        return (
          typeof e.key === 'string' &&
          e.object.kind === 'name' &&
          (e.object.name === 'Math' || e.object.name === 'Number') &&
          this.isPlain(e.object)
        );
      case 'unary':
        return this.isPlain(e.argument);
      case 'binary':
        return this.isPlain(e.left) && this.isPlain(e.right);
      case 'array':
        return e.elements.every((x) => x !== null && x.kind !== 'spread' && this.isPlain(x));
      default:
        return false;
    }
  }

  private isOwn(name: string): boolean {
    const own = (target: Parameter['target']): boolean => {
      switch (target.kind) {
        case 'name':
          return target.name === name;
        case 'arrayPattern':
          return (
            target.elements.some((x) => x !== null && own(x.target)) ||
            (target.rest !== undefined && own(target.rest))
          );
        case 'objectPattern':
          return (
            target.properties.some((x) => own(x.target)) || (target.rest !== undefined && own(target.rest))
          );
        default:
          return true;
      }
    };
    return this.node.parameters.some((p) => own(p.target));
  }
}

function kindOf(v: Value | Default): string {
  if (v instanceof JsArray) return 'array';
  if (typeof v !== 'object' || v === null) return typeof v;
  return 'array' in v ? 'array' : 'length' in v ? 'number' : 'object';
}
