/**
 * From a request to what is known of a function: runs the module, evaluates the sample, traces the function, reads
 * values, gradient and problems off the tape, and formulas off the staged Program or the path.
 */
import type { Annotation, Sample } from '../annotations/annotation.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import { Closure } from '../evaluate/functions.ts';
import { ModuleInstance } from '../evaluate/module.ts';
import { type World, withModules } from '../evaluate/modules/world.ts';
import { get } from '../evaluate/properties.ts';
import { Site, type Value } from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import type { Program } from '../program/program.ts';
import type { Location } from '../source/span.ts';
import type { FunctionNode } from '../source/syntax.ts';
import { freeNames } from '../source/traverse.ts';
import { type Staged, stageFunction } from '../stage/stageFunction.ts';
import { adjoints } from '../trace/sweep.ts';
import { Trace } from '../trace/trace.ts';
import { matches, type Place } from './arguments.ts';
import { differentiate } from './differentiate.ts';
import { agrees, checked, chosenNames, pathFormulas, programFormulas } from './formulas.ts';
import type {
  AnalysisRequest,
  Formulas,
  FunctionAnalysis,
  FunctionTarget,
  Leaf,
  ModuleSlice,
  SampleResult,
} from './model.ts';
import { Observations } from './observations.ts';
import { besideSteps, type Prepare, type Run, runOnce, type Way } from './run.ts';
import { giveClass, prepareSample, sampleArguments, unknownNames, withoutReceiver } from './samples.ts';
import { heldFixed, steeringRows } from './steering.ts';
import { Worlds } from './worlds.ts';

export interface Instance {
  readonly statements: ModuleSlice['statements'];
  readonly target: FunctionTarget;
  readonly module: ModuleInstance;
  readonly observations: Observations;
  readonly world: World | undefined;
}

/** Stands for no function in particular. */
export const WHOLE: FunctionTarget = {
  file: '',
  statement: -1,
  path: [],
  name: '',
  nameSpan: { start: 0, end: 0 },
  node: Object.freeze({}) as FunctionTarget['node'],
};

/** Steps a stage may take: it runs each loop body a few times, whatever the trip count. */
const STAGE_STEPS = 300_000;

/** Module instances kept, most recently used last. */
const MOST_INSTANCES = 16;

/**
 * An analysis whose formulas are found when they are asked for: only the hover on the name and the panel do. A class,
 * as an object with accessors of its own would have a hidden class of its own, and live on with it.
 */
class SampledAnalysis implements FunctionAnalysis {
  readonly target: FunctionTarget;
  readonly annotation: Annotation;
  readonly sampleIndex: number;
  readonly sampleCount: number;
  readonly sample: SampleResult | undefined;
  readonly refused: SampleResult | undefined;
  readonly problems: readonly Problem[];
  readonly steps: number;
  readonly isCurrent: () => boolean;
  private readonly found: () => Pick<FunctionAnalysis, 'formulas' | 'program'>;

  constructor(known: FunctionAnalysis, found: () => Pick<FunctionAnalysis, 'formulas' | 'program'>) {
    this.target = known.target;
    this.annotation = known.annotation;
    this.sampleIndex = known.sampleIndex;
    this.sampleCount = known.sampleCount;
    this.sample = known.sample;
    this.refused = known.refused;
    this.problems = known.problems;
    this.steps = known.steps;
    this.isCurrent = known.isCurrent ?? current;
    this.found = found;
  }

  get formulas(): Formulas | undefined {
    return this.found().formulas;
  }

  get program(): Program | undefined {
    return this.found().program;
  }
}

const current = (): boolean => true;

export class Analyser {
  readonly ev: Evaluator;
  private readonly instances: Instance[] = [];
  private readonly worlds: Worlds;

  constructor() {
    // Outside of requests nothing is active, so any trace serves.
    this.ev = new Evaluator(undefined as never);
    this.ev.domain = new Trace(this.ev);
    this.worlds = new Worlds(this.ev);
  }

  /** The module of a request, run once for its content and that of the files it needs. */
  instance(slice: ModuleSlice, target: FunctionTarget): Instance {
    const same = (a: ModuleSlice['statements'], b: ModuleSlice['statements']) =>
      a.length === b.length && a.every((s, i) => s === b[i]);
    const index = this.instances.findIndex(
      (i) =>
        i.target.node === target.node &&
        i.module.file === slice.file &&
        same(i.statements, slice.statements) &&
        (i.world === undefined ? slice.linking === undefined : i.world.isCurrent()),
    );
    if (index >= 0) {
      const [found] = this.instances.splice(index, 1);
      this.instances.push(found!);
      return found!;
    }
    const { ev } = this;
    const observations = new Observations(target.node);
    const linked = slice.linking && this.worlds.around(slice.linking, slice.statements, observations);
    ev.steps = 0;
    ev.cells = 0;
    ev.depth = 0;
    ev.handlers = 0;
    ev.budget = { ...ev.budget, steps: 1e7 };
    const module =
      linked?.module ??
      new ModuleInstance(
        ev,
        slice.file,
        slice.statements,
        observations,
        linked === undefined ? {} : { linking: { world: linked.world, source: linked.source } },
      );
    observations.clear();
    const made = { statements: slice.statements, target, module, observations, world: linked?.world };
    this.instances.push(made);
    if (this.instances.length > MOST_INSTANCES) this.instances.shift();
    return made;
  }

  /** The module of a whole file, run once for its content; nothing in it is observed. */
  module(slice: ModuleSlice): ModuleInstance {
    return slice.linking === undefined
      ? this.instance(slice, WHOLE).module
      : this.worlds.whole(slice.linking);
  }

  analyse(request: AnalysisRequest): FunctionAnalysis {
    return withModules(() => this.analyseOnce(request));
  }

  private analyseOnce(request: AnalysisRequest): FunctionAnalysis {
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
    const { world } = instance;
    const isCurrent = world === undefined ? {} : { isCurrent: () => world.isCurrent() };
    const chosen = annotation.samples[sample];
    let steps = 0;
    let result: SampleResult | undefined;
    let traced: Run | undefined;
    let refused: SampleResult | undefined;
    if (chosen !== undefined) {
      const outcome = this.atSample(request, instance, chosen, at);
      problems.push(...outcome.problems);
      steps = outcome.steps;
      result = outcome.result;
      traced = outcome.run;
      refused = outcome.refused;
    }
    const view = { result, traced };
    if (chosen === undefined) {
      const staged = this.staged(request, instance, statement, at);
      if ('problem' in staged) problems.push(staged.problem);
      return { ...base, ...this.formulas(request, view, () => staged), problems, steps, ...isCurrent };
    }
    const formulas = once(() =>
      withModules(() => this.formulas(request, view, () => this.staged(request, instance, statement, at))),
    );
    return new SampledAnalysis({ ...base, sample: result, refused, problems, steps, ...isCurrent }, formulas);
  }

  private formulas(
    { annotation, target }: AnalysisRequest,
    { result, traced }: { readonly result: SampleResult | undefined; readonly traced: Run | undefined },
    stage: () => Staged,
  ): Pick<FunctionAnalysis, 'formulas' | 'program'> {
    // A sample that ended in a problem has nothing to hold a formula against.
    if (traced !== undefined && result === undefined) return {};
    // A trace that met no branch and no loop, and all of whose numbers are inputs, has the whole formula already.
    if (
      traced !== undefined &&
      traced.trace.tape.guards.length === 0 &&
      traced.passive.length === 0 &&
      !loops(traced)
    ) {
      return { formulas: checked(pathFormulas(traced), result) };
    }
    const staged = stage();
    const program =
      'program' in staged && (result === undefined || agrees(staged.program, result))
        ? staged.program
        : undefined;
    const fromProgram =
      program &&
      programFormulas(
        program,
        result?.inputs.map((i) => i.label) ?? chosenNames(program, annotation, target.node),
      );
    const found = fromProgram ?? (traced === undefined ? undefined : pathFormulas(traced));
    return { formulas: checked(found, result), program };
  }

  /** The function with unknown inputs. */
  private staged(
    request: AnalysisRequest,
    instance: Instance,
    statement: ModuleSlice['statements'][number],
    at: Location,
  ): Staged {
    const { target, annotation, sample } = request;
    const { ev } = this;
    const site = new Site(at);
    const chosen = annotation.samples[sample];
    let receiver: Value;
    const samples = (): Value[] => {
      if (chosen === undefined) return [];
      const made = sampleArguments(ev, instance.module, statement, target, chosen, at);
      receiver = made.receiver;
      return made.args;
    };
    return stageFunction(ev, {
      name: target.name,
      node: target.node,
      at,
      reach: () => this.reach(instance, target, statement, false),
      samples,
      receiver: () => receiver,
      giveClass: (object, name) => giveClass(ev, object, instance.module.lookup(name), site),
      steps: Math.min(request.steps, STAGE_STEPS),
    });
  }

  private atSample(
    request: AnalysisRequest,
    instance: Instance,
    sample: Sample,
    at: Location,
  ): { problems: Problem[]; steps: number; result?: SampleResult; refused?: SampleResult; run?: Run } {
    const { target, annotation, point } = request;
    const { ev } = this;
    const unknown = unknownNames(sample, annotation, target);
    if (unknown !== undefined) return { problems: [unknown], steps: 0 };
    const prepare = this.preparing(request, instance, sample, at);
    // A method without numbers among its parameters is a function of its receiver.
    let receiver = false;
    const wanted = (place: Place) =>
      point !== undefined
        ? (request.moving ?? point).has(place.label)
        : annotation.wrt === undefined
          ? place.parameter >= 0 || receiver
          : matches(annotation.wrt, place, target.node);
    // Elsewhere the inputs are those of the sample.
    const byDefault = annotation.wrt === undefined && point === undefined;
    let run = this.runAt(prepare, wanted, request.steps, at, instance);
    if (byDefault && run.inputs.length === 0 && run.passive.length > 0) {
      receiver = true;
      run = this.runAt(prepare, wanted, request.steps, at, instance);
    }
    const held = new Map<string, Leaf>();
    const hold = ({ label, path, value }: Leaf): void => {
      held.set(label, { label, path, value });
    };
    const active = (place: Place) => wanted(place) && !held.has(place.label);
    if (run.problem === undefined && byDefault) {
      const steering = heldFixed(run, (way) =>
        runOnce(ev, prepare, active, besideSteps(run, request, way), at, way),
      );
      for (const input of run.inputs) if (steering.has(input.row)) hold(input);
      if (held.size > 0) run = this.runAt(prepare, active, request.steps, at, instance);
    }
    if (run.problem !== undefined)
      return { problems: [withoutReceiver(run.problem, target, sample)], steps: run.steps, run };
    let observations = instance.observations.numeric(run.trace.tape);
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
    const again = (way: Way) => runOnce(ev, prepare, active, besideSteps(run, request, way), at, way);
    let derivatives = differentiate(run, again, request.steps / 2);
    // A whole number that counts or selects has no derivative where it does; the others' are wanted all the same.
    while (derivatives.culprit !== undefined && byDefault && run.inputs.length > 1) {
      const input = run.inputs[derivatives.culprit]!;
      if (!Number.isInteger(input.value) || steeringRows(run, false)[input.row] === 0) break;
      hold(input);
      run = this.runAt(prepare, active, request.steps, at, instance);
      if (run.problem !== undefined) return { problems: [run.problem], steps: run.steps, run };
      observations = instance.observations.numeric(run.trace.tape);
      derivatives = differentiate(run, again, request.steps / 2);
    }
    instance.observations.clear();
    const { tape } = run.trace;
    const first = run.outputs[0]!;
    const { special, refused } = derivatives;
    const flows = !refused && !special && first.row >= 0;
    const result: SampleResult = {
      inputs: run.inputs,
      fixed: [...held.values()],
      passive: run.passive.map(({ label, path, value }) => ({ label, path, value })),
      outputs: run.outputs.map(({ label, path, value, row }) => ({ label, path, value, row })),
      jacobian: refused ? [] : derivatives.jacobian,
      kinks: refused ? [] : derivatives.kinks,
      tape,
      adjoints: flows
        ? adjoints(tape, first.row)
        : new Float64Array(tape.length).fill(refused || special ? Number.NaN : 0),
      observations,
    };
    const found = { problems: [...derivatives.problems], steps: run.steps, run };
    return refused ? { ...found, refused: result } : { ...found, result };
  }

  /** How the call with a sample's arguments is made, in each run anew; elsewhere where the request says so. */
  preparing(request: AnalysisRequest, instance: Instance, sample: Sample, at: Location): Prepare {
    const { target, point, moving } = request;
    const statement = request.module.statements.find((s) => s.key === target.statement)!;
    return (entered) => {
      const fn = this.reach(instance, target, statement, entered);
      const prepared = prepareSample(this.ev, instance.module, statement, target, fn, sample, at);
      return point === undefined
        ? prepared
        : { ...prepared, places: movedTo(prepared.places, point, moving ?? point) };
    };
  }

  private runAt(
    prepare: Prepare,
    active: (p: Place) => boolean,
    steps: number,
    at: Location,
    instance: Instance,
  ): Run {
    instance.observations.clear();
    return runOnce(this.ev, prepare, active, steps, at);
  }

  /** The function's value. */
  private reach(
    instance: Instance,
    target: FunctionTarget,
    statement: ModuleSlice['statements'][number],
    entered: boolean,
  ): Value {
    const site = new Site({ file: target.file, statement: target.statement, span: target.nameSpan });
    if (!entered) instance.module.enter();
    if (target.path.length === 0) {
      this.insistOnNames(instance, target, site);
      return instance.module.closure(statement, target.node, instance.observations);
    }
    let value = instance.module.lookup(target.path[0]!);
    for (const key of target.path.slice(1)) value = get(this.ev, value, key, site);
    // Declared twice, or replaced: what stands at this place is another function than the name's.
    if (value instanceof Closure && !sameText(value.node, target.node)) {
      if (target.path.length === 1)
        return instance.module.closure(statement, target.node, instance.observations);
      const message = `${target.name} is replaced by another function further on.`;
      return this.ev.refuse('GL111', message, site.location);
    }
    return value;
  }

  /** A function inside another one is called by itself: the variables around it have no values then. */
  private insistOnNames({ module }: Instance, target: FunctionTarget, site: Site): void {
    const { globals } = this.ev.realm;
    for (const name of freeNames([target.node])) {
      if (name === target.node.name || name === 'undefined') continue;
      if (module.cell(name) !== undefined || globals.has(name)) continue;
      const message = `${name} has no value here. If it belongs to the function around ${target.name}, it has one in a call of that only: make it a parameter, or annotate the outer function.`;
      this.ev.refuse('GL111', message, site.location);
    }
  }
}

/** With other numbers in the places of the inputs, those that do not move included. */
function movedTo(
  places: readonly Place[],
  point: ReadonlyMap<string, number>,
  moving: { has(label: string): boolean },
): Place[] {
  return places.map((place) => {
    const value = point.get(place.label);
    if (value === undefined) return place;
    if (!moving.has(place.label)) place.replace(value);
    return { ...place, value };
  });
}

/** Whether two trees are of one place (a tree may have been made twice). */
function sameText(a: FunctionNode, b: FunctionNode): boolean {
  return a === b || (a.span.start === b.span.start && a.span.end === b.span.end && a.name === b.name);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function loops(run: Run): boolean {
  for (const { kind } of run.trace.tape.marks) if (kind === 'enterLoop') return true;
  return false;
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
