/**
 * From a request to what is known of a function: runs the module, evaluates the sample, traces the function, reads
 * values, gradient and problems off the tape, and formulas off the staged Program or the path.
 */
import type { Annotation, Sample } from '../annotations/annotation.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import { ModuleInstance } from '../evaluate/module.ts';
import { JsFunction, JsObject } from '../evaluate/objects.ts';
import { get } from '../evaluate/properties.ts';
import { Poison, Refusal, Site, type Value } from '../evaluate/values.ts';
import { OPCODE } from '../operations/names.ts';
import type { Problem } from '../problem.ts';
import type { Location } from '../source/span.ts';
import { adjoints } from '../trace/sweep.ts';
import { Trace } from '../trace/trace.ts';
import { isFlat, reaching } from './activity.ts';
import { leavesBelow, matches, type Place, parameterLabel } from './arguments.ts';
import { differentiate } from './differentiate.ts';
import { pathFormulas } from './formulas.ts';
import type {
  AnalysisRequest,
  FunctionAnalysis,
  FunctionTarget,
  Leaf,
  ModuleSlice,
  SampleResult,
} from './model.ts';
import { Observations } from './observations.ts';
import { type Prepared, type Run, runOnce } from './run.ts';

interface Instance {
  readonly statements: ModuleSlice['statements'];
  readonly target: FunctionTarget;
  readonly module: ModuleInstance;
  readonly observations: Observations;
}

/** Module instances kept, most recently used last. */
const MOST_INSTANCES = 16;

export class Analyser {
  readonly ev: Evaluator;
  private readonly instances: Instance[] = [];

  constructor() {
    // Outside of requests nothing is active, so any trace serves.
    this.ev = new Evaluator(undefined as never);
    this.ev.domain = new Trace(this.ev);
  }

  /** The module of a request, run once for its content. */
  instance(slice: ModuleSlice, target: FunctionTarget): Instance {
    const same = (a: ModuleSlice['statements'], b: ModuleSlice['statements']) =>
      a.length === b.length && a.every((s, i) => s === b[i]);
    const index = this.instances.findIndex(
      (i) =>
        i.target.node === target.node && i.module.file === slice.file && same(i.statements, slice.statements),
    );
    if (index >= 0) {
      const [found] = this.instances.splice(index, 1);
      this.instances.push(found!);
      return found!;
    }
    const { ev } = this;
    const observations = new Observations(target.node);
    ev.steps = 0;
    ev.cells = 0;
    ev.depth = 0;
    ev.budget = { ...ev.budget, steps: 1e7 };
    // What a module changes in the realm must not reach the next one.
    const module = new ModuleInstance(ev, slice.file, slice.statements, observations);
    observations.clear();
    const made = { statements: slice.statements, target, module, observations };
    this.instances.push(made);
    if (this.instances.length > MOST_INSTANCES) this.instances.shift();
    return made;
  }

  analyse(request: AnalysisRequest): FunctionAnalysis {
    const { target, annotation, sample } = request;
    const base = { target, annotation, sampleIndex: sample, sampleCount: annotation.samples.length };
    const at: Location = { file: target.file, statement: target.statement, span: target.nameSpan };
    const problems: Problem[] = [];
    const statement = request.module.statements.find((s) => s.key === target.statement);
    const broken = statement?.syntaxErrors[0];
    if (statement === undefined || broken !== undefined) {
      const message =
        broken === undefined ? 'The function is not part of the module.' : `Syntax error: ${broken.message}`;
      const location = broken === undefined ? at : { ...at, span: broken.span };
      return { ...base, problems: [{ id: 'GL010', severity: 'error', message, location }], steps: 0 };
    }
    const instance = this.instance(request.module, target);
    const chosen = annotation.samples[sample];
    let steps = 0;
    let result: SampleResult | undefined;
    let traced: Run | undefined;
    if (chosen !== undefined) {
      const outcome = this.atSample(request, instance, chosen, at);
      problems.push(...outcome.problems);
      steps = outcome.steps;
      result = outcome.result;
      traced = outcome.run;
    }
    const formulas = traced !== undefined && result !== undefined ? pathFormulas(traced) : undefined;
    return {
      ...base,
      ...(result === undefined ? {} : { sample: result }),
      ...(formulas === undefined ? {} : { formulas }),
      problems,
      steps,
    };
  }

  private atSample(
    request: AnalysisRequest,
    instance: Instance,
    sample: Sample,
    at: Location,
  ): { problems: Problem[]; steps: number; result?: SampleResult; run?: Run } {
    const { target, annotation } = request;
    const { ev } = this;
    const unknown = unknownNames(sample, annotation, target);
    if (unknown !== undefined) return { problems: [unknown], steps: 0 };
    const prepare = () => this.prepare(request, instance, sample, at);
    const wanted = (place: Place) =>
      annotation.wrt === undefined ? place.parameter >= 0 : matches(annotation.wrt, place, target.node);
    let run = this.runAt(prepare, wanted, request.steps, at, instance);
    let fixed: Leaf[] = [];
    if (run.problem === undefined && annotation.wrt === undefined) {
      const steering = steeringOnly(run);
      const held = run.inputs.map((i) => i.row).filter((row) => steering.has(row));
      const sides = (row: number) => [1, -1].map((d) => run.inputs.map((i) => (i.row === row ? d : 0)));
      for (const row of held) {
        // A selector's value jumps beside the sample; x in x === 0 ? 1 : sin(x)/x is none.
        const beside = () => sides(row).map((d) => runOnce(ev, prepare, wanted, request.steps, at, d));
        if (steering.get(row) === true && !beside().every((r) => jumpsAway(run, r))) steering.delete(row);
      }
      if (steering.size > 0) {
        fixed = run.inputs
          .filter((i) => steering.has(i.row))
          .map(({ label, path, value }) => ({ label, path, value }));
        const names = new Set(fixed.map((f) => f.label));
        run = this.runAt(
          prepare,
          (place) => wanted(place) && !names.has(place.label),
          request.steps,
          at,
          instance,
        );
      }
    }
    if (run.problem !== undefined) return { problems: [run.problem], steps: run.steps, run };
    const observations = instance.observations.numeric();
    if (run.outputs.length === 0) {
      const message = `${target.name} returns no number here, so there is nothing to differentiate.`;
      return { problems: [{ id: 'GL003', severity: 'error', message, location: at }], steps: run.steps, run };
    }
    if (annotation.wrt !== undefined && run.inputs.length === 0) {
      const message = 'None of these names a number of the sample.';
      return {
        problems: [
          {
            id: 'GL003',
            severity: 'error',
            message,
            location: { ...at, span: annotation.wrt[0]?.span ?? annotation.span },
          },
        ],
        steps: run.steps,
        run,
      };
    }
    const active = new Set(run.inputs.map((i) => i.label));
    const again = (direction: readonly number[]) =>
      runOnce(ev, prepare, (place) => active.has(place.label), request.steps, at, direction);
    const derivatives = differentiate(run, again);
    instance.observations.clear();
    if (derivatives.refused) return { problems: [...derivatives.problems], steps: run.steps, run };
    const { tape } = run.trace;
    const first = run.outputs[0]!;
    const result: SampleResult = {
      inputs: run.inputs,
      fixed,
      outputs: run.outputs.map(({ label, path, value, row }) => ({ label, path, value, row })),
      jacobian: derivatives.jacobian,
      tape,
      adjoints:
        derivatives.special || first.row < 0
          ? new Float64Array(tape.length).fill(derivatives.special ? Number.NaN : 0)
          : adjoints(tape, first.row),
      observations,
    };
    return { problems: [...derivatives.problems], steps: run.steps, result, run };
  }

  private runAt(
    prepare: () => Prepared,
    active: (p: Place) => boolean,
    steps: number,
    at: Location,
    instance: Instance,
  ): Run {
    instance.observations.clear();
    return runOnce(this.ev, prepare, active, steps, at);
  }

  /** The arguments of the sample, made in the module's scope. */
  private prepare(request: AnalysisRequest, instance: Instance, sample: Sample, at: Location): Prepared {
    const { target } = request;
    const { ev } = this;
    const site = new Site(at);
    const statement = request.module.statements.find((s) => s.key === target.statement)!;
    const fn = this.reach(instance, target, statement);
    const args: Value[] = [];
    const places: Place[] = [];
    let receiver: Value;
    for (const { root, rootSpan, value } of sample.values) {
      const made = instance.module.evaluate(statement, value);
      if (made instanceof Poison) {
        throw new Refusal({
          ...made.problem,
          id: made.problem.id === 'GL011' ? 'GL011' : 'GL002',
          location: made.problem.location,
        });
      }
      if (root === 'this') {
        receiver = made;
        continue;
      }
      const index = root.startsWith('#')
        ? Number(root.slice(1)) - 1
        : target.node.parameters.findIndex((p) => p.name === root);
      if (index < 0)
        ev.refuse('GL002', `${target.name} has no parameter '${root}'.`, { ...at, span: rootSpan });
      const parameter = target.node.parameters[index];
      if (parameter?.rest === true && made instanceof JsObject && 'elements' in made) {
        (made.elements as Value[]).forEach((v, i) => {
          args[index + i] = v;
        });
      } else args[index] = made;
      if (
        parameter?.shape.kind === 'object' &&
        parameter.shape.class !== undefined &&
        made instanceof JsObject
      ) {
        this.giveClass(made, instance.module.lookup(parameter.shape.class), site);
      }
    }
    if (target.receiver !== undefined && receiver instanceof JsObject) {
      this.giveClass(receiver, this.classOf(instance, target, site), site);
    }
    for (let i = 0; i < args.length; i++) args[i] ??= undefined;
    target.node.parameters.forEach((p, i) => {
      if (i >= args.length && !p.rest && p.default === undefined && !p.optional) {
        ev.refuse('GL001', `The sample gives no value for ${p.name ?? `#${i + 1}`}.`, {
          ...at,
          span: sample.span,
        });
      }
    });
    args.forEach((value, i) => {
      if (
        value === undefined &&
        target.node.parameters[i]?.default === undefined &&
        target.node.parameters[i]?.optional !== true
      ) {
        const name = parameterLabel(target.node, i);
        if (!sample.values.some((v) => v.root === name))
          ev.refuse('GL001', `The sample gives no value for ${name}.`, { ...at, span: sample.span });
      }
      places.push(
        ...leavesBelow(value, parameterLabel(target.node, i), [i], i, (v) => {
          args[i] = v;
        }),
      );
    });
    if (receiver !== undefined) {
      places.push(...leavesBelow(receiver, 'this', ['this'], -1, () => undefined));
    }
    return { places, call: () => ev.call(fn, receiver, args, site) };
  }

  private classOf(instance: Instance, target: FunctionTarget, site: Site): Value {
    let value: Value = instance.module.lookup(target.path[0] ?? '');
    for (const key of target.path.slice(1, -1))
      if (key !== 'prototype') value = get(this.ev, value, key, site);
    return value;
  }

  private giveClass(object: JsObject, constructor: Value, site: Site): void {
    if (!(constructor instanceof JsFunction)) return;
    const prototype = get(this.ev, constructor, 'prototype', site);
    if (prototype instanceof JsObject) object.proto = prototype;
  }

  /** The function's value. */
  private reach(
    instance: Instance,
    target: FunctionTarget,
    statement: ModuleSlice['statements'][number],
  ): Value {
    const site = new Site({ file: target.file, statement: target.statement, span: target.nameSpan });
    if (target.path.length === 0)
      return instance.module.closure(statement, target.node, instance.observations);
    let value = instance.module.lookup(target.path[0]!);
    for (const key of target.path.slice(1)) value = get(this.ev, value, key, site);
    return value;
  }
}

/**
 * Inputs that only choose an element, a length, a number of iterations or an equal case, each with whether a
 * comparison that depends on it holds with equality at the sample.
 */
function steeringOnly(run: Run): Map<number, boolean> {
  const { tape } = run.trace;
  const smooth = reaching(
    tape,
    run.outputs.map((o) => o.row),
    (op) => !isFlat(op),
  );
  const any = reaching(
    tape,
    run.outputs.map((o) => o.row),
    () => true,
  );
  const steering: number[] = [];
  for (const guard of tape.guards) {
    const equality = guard.kind === 'branch' && isEquality(run, guard.row);
    if (guard.kind !== 'branch' || equality) steering.push(guard.row);
  }
  const steers = reaching(tape, steering, () => true);
  const ties = reaching(
    tape,
    run.trace.boundaries.map((b) => b.row),
    () => true,
  );
  const found = new Map<number, boolean>();
  for (const { row } of run.inputs) {
    if (smooth[row] === 0 && any[row] === 0 && steers[row] === 1) found.set(row, ties[row] === 1);
  }
  return found;
}

/** Whether a run beside the sample ends with finite values other than the sample's. */
function jumpsAway(run: Run, beside: Run): boolean {
  if (beside.problem !== undefined) return true;
  if (beside.trace.side?.status === 'undecided') return false;
  if (beside.outputs.length !== run.outputs.length) return true;
  return beside.outputs.some(({ value }, i) => {
    const here = run.outputs[i]!.value;
    return Math.abs(value - here) > 1e-9 * Math.max(Math.abs(here), Math.abs(value));
  });
}

function isEquality(run: Run, row: number): boolean {
  const { tape } = run.trace;
  const name = tape.op[row]!;
  return EQUALITIES.has(name) || (name === NOT && isEquality(run, tape.a[row]!));
}

const EQUALITIES = new Set([OPCODE.eq, OPCODE.ne, OPCODE.truthy]);
const NOT = OPCODE.not;

/** A name in the annotation that the function does not have. */
function unknownNames(sample: Sample, annotation: Annotation, target: FunctionTarget): Problem | undefined {
  const names = target.node.parameters.map((p, i) => p.name ?? `#${i + 1}`);
  const roots = [
    ...sample.values.map((v) => ({ root: v.root, span: v.rootSpan })),
    ...(annotation.wrt ?? []),
    ...annotation.ranges.map((r) => r.path),
  ];
  for (const { root, span } of roots) {
    if (root === 'this' || names.includes(root)) continue;
    if (
      root.startsWith('#') &&
      Number(root.slice(1)) <= Math.max(names.length, target.node.parameters.some((p) => p.rest) ? 999 : 0)
    )
      continue;
    return {
      id: 'GL002',
      severity: 'error',
      message: `${target.name} has no parameter '${root}': it has ${names.join(', ') || 'none'}.`,
      location: { file: target.file, statement: target.statement, span },
    };
  }
  return undefined;
}

let shared: Analyser | undefined;

/** The worker's one evaluator and its module instances. */
export function analyser(): Analyser {
  shared ??= new Analyser();
  return shared;
}

export function analyse(request: AnalysisRequest): FunctionAnalysis {
  return analyser().analyse(request);
}
