/** What the panel shows and what is copied of a function. */
import { sampledRanges } from '../../core/analysis/explore.ts';
import { checked } from '../../core/analysis/formulas.ts';
import type {
  AnalysisRequest,
  FunctionAnalysis,
  SampledRange,
  SampleResult,
} from '../../core/analysis/model.ts';
import { panelModel } from '../../core/graph/panelModel.ts';
import {
  numberOf,
  type PanelModel,
  type PlainLocation,
  plainNumber,
} from '../../core/graph/panelModel.types.ts';
import type { ProblemId } from '../../core/problem.ts';
import type { Location } from '../../core/source/span.ts';
import type { ModuleStatement } from '../../core/source/syntax.ts';
import { adjoints } from '../../core/trace/sweep.ts';
import { parametersText, type View } from '../features/view.ts';
import type {
  CopyGradientParams,
  CopyGradientResult,
  FunctionReference,
  PanelModelParams,
  PanelModelResult,
  PanelPoint,
} from '../protocol/messages.ts';
import type { OpenDocument, Shown } from './document.ts';
import type { Session } from './session.ts';
import { seeded } from './sweeps.ts';

/** Steps for what is asked for explicitly. */
export const EXPLICIT_STEPS = 30_000_000;

export function panelModelOf(session: Session, params: PanelModelParams): PanelModelResult | null {
  const found = find(session, params.function);
  if (found === undefined) return null;
  const { document, shown } = found;
  const view = explicitView(session, document, shown, params.sample);
  const moved = movedView(document, shown, view, params);
  return {
    function: view.reference,
    version: document.file.version,
    nameRange: document.nameRange(shown),
    model: modelOf(moved?.view ?? view, params.output ?? 0, {
      ...sourcesOf(document, shown),
      ...(moved === undefined ? {} : { moved: { base: view.analysis, point: moved.point } }),
    }),
  };
}

interface Found {
  readonly document: OpenDocument;
  readonly shown: Shown;
}

export function find(session: Session, reference: FunctionReference): Found | undefined {
  const document = session.document(reference.uri);
  const shown = document?.find(reference);
  return document === undefined || shown === undefined ? undefined : { document, shown };
}

/** As the editor has it, or with more steps where those were not enough. */
export function explicitView(session: Session, document: OpenDocument, shown: Shown, sample?: number): View {
  const view = document.view(shown, session.settingsOf(document.file.uri).budgetSteps, sample);
  return view.analysis.problems.some(({ id }) => id === 'GL012')
    ? document.view(shown, EXPLICIT_STEPS, sample)
    : view;
}

/** The function elsewhere than at the sample; undefined where nothing is moved, or nothing is known of its inputs. */
function movedView(
  document: OpenDocument,
  shown: Shown,
  view: View,
  { point, sample }: Pick<PanelModelParams, 'point' | 'sample'>,
): { readonly view: View; readonly point: ReadonlyMap<string, number> } | undefined {
  const { analysis } = view;
  const moved = pointOf(analysis.sample ?? analysis.refused, point);
  if (moved === undefined || shown.kind !== 'current') return undefined;
  return { view: document.viewAt(shown, EXPLICIT_STEPS, sample, moved), point: moved };
}

/** Every input by label; undefined where all are as the sample has them. */
export function pointOf(
  sample: SampleResult | undefined,
  point: PanelPoint | undefined,
): ReadonlyMap<string, number> | undefined {
  if (sample === undefined || point === undefined) return undefined;
  const given = new Map(point.map(([label, value]) => [label, numberOf(value)]));
  const all = new Map(sample.inputs.map(({ label, value }) => [label, given.get(label) ?? value]));
  return sample.inputs.every(({ label, value }) => Object.is(all.get(label), value)) ? undefined : all;
}

/** Where these are told slopes are those of one side. */
export const ONE_SIDED: ReadonlySet<ProblemId> = new Set(['GL104', 'GL106', 'GL108']);

/** A function at a point, to be explored from there. */
export interface PanelPlace {
  readonly request: AnalysisRequest;
  /** What is known there, and at the sample. */
  readonly at: FunctionAnalysis;
  readonly base: SampleResult;
  readonly version: number;
  locate(location: Location): PlainLocation | null;
}

/** Where a request about a function and a point leads; undefined without such a function, or inputs known of it. */
export function placeOf(
  session: Session,
  params: Pick<PanelModelParams, 'function' | 'sample' | 'point'>,
): PanelPlace | undefined {
  const found = find(session, params.function);
  if (found?.shown.kind !== 'current') return undefined;
  const { document, shown } = found;
  const view = explicitView(session, document, shown, params.sample);
  const base = view.analysis.sample ?? view.analysis.refused;
  if (base === undefined) return undefined;
  const moved = movedView(document, shown, view, params);
  const { analysis } = moved?.view ?? view;
  const { target, annotation, sampleIndex } = analysis;
  return {
    request: {
      module: document.file.moduleSlice(target.statement),
      target,
      annotation,
      sample: sampleIndex,
      steps: EXPLICIT_STEPS,
      point: moved?.point ?? new Map(base.inputs.map(({ label, value }) => [label, value])),
    },
    at: analysis,
    base,
    version: document.file.version,
    locate: (location) => view.locate(location),
  };
}

/** What the model takes from the document besides the view. */
export interface ModelSources {
  readonly ranges: readonly SampledRange[];
  textOf(location: Location): string | undefined;
  treeOf(location: Location): ModuleStatement | undefined;
  /** Where the view is of another point: what is known at the sample. */
  readonly moved?: { readonly base: FunctionAnalysis; readonly point: ReadonlyMap<string, number> };
}

export const NO_SOURCES: ModelSources = { ranges: [], textOf: () => undefined, treeOf: () => undefined };

export function sourcesOf(document: OpenDocument, shown: Shown): ModelSources {
  const { file } = document;
  const own = (location: Location) =>
    location.file === file.uri ? file.statementOf(location.statement) : undefined;
  if (shown.kind !== 'current') return NO_SOURCES;
  const input = document.input(shown, EXPLICIT_STEPS);
  const { found, sample, steps } = input;
  const module = file.moduleSlice(found.target.statement);
  const { target, annotation } = found;
  return {
    ranges: sampledRanges({ module, target, annotation, sample, steps }),
    textOf: (location) => own(location)?.text.slice(location.span.start, location.span.end),
    treeOf: (location) =>
      location.file === file.uri
        ? module.statements.find(({ key }) => key === location.statement)
        : undefined,
  };
}

export function modelOf(view: View, output: number, sources: ModelSources): PanelModel {
  const { analysis } = view;
  const sample = analysis.sample ?? analysis.refused;
  const { moved, ranges, textOf, treeOf } = sources;
  const names = new Map<number, string>();
  if (sample !== undefined) {
    for (const { span, row } of sample.observations) {
      const text = view.text(span);
      if (row >= 0 && !names.has(row) && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text))
        names.set(row, text);
    }
    for (const input of sample.inputs) names.set(input.row, input.label);
  }
  return panelModel(analysis, {
    output,
    outdated: view.outdated,
    sampleText: sample === undefined ? '' : sampleText(view),
    parametersText: parametersText(view),
    base: moved === undefined ? sample : (moved.base.sample ?? moved.base.refused),
    point: moved?.point,
    ranges,
    formulas: formulasAt(analysis, moved?.base),
    locate: (location) => view.locate(location),
    textOf,
    treeOf,
    nameOf: (row) => names.get(row) ?? null,
    tangents: (row) => (sample === undefined ? new Float64Array() : seeded(sample, row)),
    adjoints: (row) => (sample === undefined ? new Float64Array() : adjoints(sample.tape, row)),
  });
}

/** Formulas that hold on all paths need not be found again at another point. */
function formulasAt(
  analysis: FunctionAnalysis,
  base: FunctionAnalysis | undefined,
): FunctionAnalysis['formulas'] {
  const known = base?.formulas;
  if (known?.scope !== 'stage' || analysis.sample === undefined) return analysis.formulas;
  return checked(known, analysis.sample) ?? analysis.formulas;
}

const LEAVES_SHOWN = 8;

function sampleText({ analysis: { sample, refused } }: View): string {
  const leaves = (sample ?? refused)?.inputs ?? [];
  const shown = leaves.slice(0, LEAVES_SHOWN).map(({ label, value }) => `${label} = ${value}`);
  if (leaves.length > LEAVES_SHOWN) shown.push('…');
  return shown.join(', ');
}

export function copyGradient(session: Session, params: CopyGradientParams): CopyGradientResult {
  const found = find(session, params.function);
  if (found === undefined) return { kind: 'refused', message: 'There is no annotated function here.' };
  const { document, shown } = found;
  const view = explicitView(session, document, shown);
  const { sample, problems } = view.analysis;
  if (params.format === 'numbers') {
    if (sample === undefined)
      return { kind: 'refused', message: problems[0]?.message ?? 'The function has no sample point.' };
    const rows = sample.jacobian.map((row) => row.map(plainNumber));
    return { kind: 'text', text: JSON.stringify(rows.length === 1 ? rows[0] : rows) };
  }
  const { formulas } = modelOf(view, 0, sourcesOf(document, shown));
  if (formulas.length === 0)
    return { kind: 'refused', message: problems[0]?.message ?? 'There are no formulas for this function.' };
  const { format } = params;
  const lines = formulas.map((formula) => {
    switch (format) {
      case 'latex':
        return formula.latexEquation;
      case 'mathml':
        return formula.mathml;
      case 'typescript':
        return `// ${formula.label}\n${formula.typescript}`;
      case 'unicode':
        return `${formula.label} = ${formula.unicode}`;
    }
  });
  return { kind: 'text', text: lines.join(format === 'latex' ? ' \\\\\n' : '\n') };
}
