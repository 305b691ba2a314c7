/** A function around a point: runs with its inputs moved, and what its annotation says of where they move. */
import { failureOf } from '../evaluate/module.ts';
import { withModules } from '../evaluate/modules/world.ts';
import type { Problem } from '../problem.ts';
import type { Expression } from '../source/syntax.ts';
import { analyser } from './analyse.ts';
import type { AnalysisRequest, SampledRange } from './model.ts';
import { besideSteps, type Run, runOnce, type Way } from './run.ts';

export interface Exploration {
  /** At the request's point. */
  readonly run: Run;
  again(way: Way): Run;
}

/** Explores around a point; undefined where the function cannot be run there. */
export function explore<T>(request: AnalysisRequest, with_: (around: Exploration) => T): T | undefined {
  const { module, target, annotation, point } = request;
  const sample = annotation.samples[request.sample];
  const statement = module.statements.find((s) => s.key === target.statement);
  if (sample === undefined || point === undefined || statement?.syntaxErrors.length !== 0) return undefined;
  const at = { file: target.file, statement: target.statement, span: target.nameSpan };
  return withModules(() => {
    const shared = analyser();
    const instance = shared.instance(module, target);
    const prepare = shared.preparing(request, instance, sample, at);
    const moving = request.moving ?? point;
    const once = (steps: number, way: Way) =>
      runOnce(shared.ev, prepare, ({ label }) => moving.has(label), steps, at, way);
    try {
      const run = once(request.steps, {});
      if (run.problem !== undefined) return undefined;
      return with_({ run, again: (way) => once(besideSteps(run, request, way), way) });
    } finally {
      instance.observations.clear();
    }
  });
}

const isInterval = ({ low, high }: SampledRange): boolean => low < high && Number.isFinite(high - low);

/** The intervals that the annotation gives, without those that are none. */
export function sampledRanges(request: AnalysisRequest): SampledRange[] {
  return rangesIn(request).filter(isInterval);
}

/** What is wrong with those that are none. */
export function rangeProblems(request: AnalysisRequest): Problem[] {
  const { target } = request;
  return rangesIn(request).flatMap((range, i): Problem[] => {
    if (isInterval(range)) return [];
    const { low, high } = request.annotation.ranges[i]!;
    const what = [range.low, range.high].every(Number.isFinite)
      ? `it begins at ${range.low} and ends at ${range.high}`
      : 'an end of it is no finite number';
    const span = { start: low.span.start, end: high.span.end };
    return [
      {
        id: 'GL001',
        severity: 'error',
        message: `The range of ${range.path.root} is no interval: ${what}.`,
        location: { file: target.file, statement: target.statement, span },
      },
    ];
  });
}

/** The ends of all intervals of the annotation; those that are no numbers as NaN. */
function rangesIn(request: AnalysisRequest): SampledRange[] {
  const { module, target, annotation } = request;
  const statement = module.statements.find((s) => s.key === target.statement);
  if (annotation.ranges.length === 0 || statement?.syntaxErrors.length !== 0) return [];
  const at = { file: target.file, statement: target.statement, span: target.nameSpan };
  return withModules(() => {
    const shared = analyser();
    const { ev } = shared;
    const instance = shared.instance(module, target);
    const token = ev.store.begin();
    ev.budget = { ...ev.budget, steps: request.steps };
    ev.steps = 0;
    ev.cells = 0;
    ev.depth = 0;
    try {
      instance.module.enter();
      const number = (expression: Expression): number => {
        try {
          const value = instance.module.evaluate(statement, expression);
          return typeof value === 'number' ? value : Number.NaN;
        } catch (error) {
          if (failureOf(ev, error, at) === undefined) throw error;
          return Number.NaN;
        }
      };
      return annotation.ranges.map(({ path, low, high }) => ({ path, low: number(low), high: number(high) }));
    } catch (error) {
      if (failureOf(ev, error, at) === undefined) throw error;
      return [];
    } finally {
      ev.store.end(token);
    }
  });
}
