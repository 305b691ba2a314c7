/** What the panel shows and what is copied of a function. */
import { sampledRanges } from '../../core/analysis/explore.ts';
import type { AnalysisRequest, FunctionAnalysis, SampleResult } from '../../core/analysis/model.ts';
import { numberOf, type PlainLocation, plainNumber } from '../../core/graph/panelModel.types.ts';
import type { ProblemId } from '../../core/problem.ts';
import type { Location } from '../../core/source/span.ts';
import type { View } from '../features/view.ts';
import type {
  CopyGradientParams,
  CopyGradientResult,
  FunctionReference,
  PanelModelParams,
  PanelModelResult,
  PanelPoint,
  PlainRange,
} from '../protocol/messages.ts';
import type { OpenDocument, Shown } from './document.ts';
import { EXPLICIT_STEPS, type ModelSources, modelOf } from './panelParts.ts';
import { selectedFunction } from './selection.ts';
import type { Session } from './session.ts';

export function panelModelOf(session: Session, params: PanelModelParams): PanelModelResult | null {
  const asked = askedOf(session, params);
  if (asked === undefined) return null;
  const { view, point } = asked;
  return {
    function: asked.base.reference,
    version: asked.version,
    nameRange: asked.nameRange,
    model: modelOf(view, params.output ?? 0, {
      ...asked.sources(),
      ...(point === undefined ? {} : { moved: { base: asked.base.analysis, point } }),
    }),
  };
}

/** What a request of the panel is about: a function, or a selection as one, at a point. */
interface Asked {
  /** At the sample, and at the point. */
  readonly base: View;
  readonly view: View;
  /** undefined: the sample's. */
  readonly point: ReadonlyMap<string, number> | undefined;
  readonly version: number;
  readonly nameRange: PlainRange;
  sources(): ModelSources;
  /** To explore it; undefined where its text does not parse. */
  request(): AnalysisRequest | undefined;
}

function askedOf(
  session: Session,
  params: Pick<PanelModelParams, 'function' | 'sample' | 'point'>,
): Asked | undefined {
  const { function: reference, sample } = params;
  const { selection } = reference;
  if (selection !== undefined) {
    const selected = selectedFunction(session, reference);
    const document = session.document(reference.uri);
    if (selected === undefined || document === undefined) return undefined;
    const { view: base, sources, range, request } = selected;
    const point = movedPoint(base, params.point);
    const view = point === undefined ? base : selected.viewAt(point);
    const { version } = document.file;
    return { base, view, point, version, nameRange: range, sources: () => sources, request: () => request };
  }
  const found = find(session, reference);
  if (found === undefined) return undefined;
  const { document, shown } = found;
  const base = explicitView(session, document, shown, sample);
  const point = shown.kind === 'current' ? movedPoint(base, params.point) : undefined;
  return {
    base,
    view:
      point === undefined || shown.kind !== 'current'
        ? base
        : document.viewAt(shown, EXPLICIT_STEPS, sample, point),
    point,
    version: document.file.version,
    nameRange: document.nameRange(shown),
    sources: () => sourcesOf(document, shown),
    request: () => {
      if (shown.kind !== 'current') return undefined;
      const { target, annotation, sampleIndex } = base.analysis;
      const module = document.file.moduleSlice(target.statement);
      return { module, target, annotation, sample: sampleIndex, steps: EXPLICIT_STEPS };
    },
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

function movedPoint(
  { analysis }: View,
  point: PanelPoint | undefined,
): ReadonlyMap<string, number> | undefined {
  return pointOf(analysis.sample ?? analysis.refused, point);
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
  const asked = askedOf(session, params);
  const request = asked?.request();
  if (asked === undefined || request === undefined) return undefined;
  const { base: atSample, view, point, version } = asked;
  const base = atSample.analysis.sample ?? atSample.analysis.refused;
  if (base === undefined) return undefined;
  return {
    request: {
      ...request,
      interrupted: session.interrupted,
      point: point ?? new Map(base.inputs.map(({ label, value }) => [label, value])),
    },
    at: view.analysis,
    base,
    version,
    locate: (location) => view.locate(location),
  };
}

const NO_SOURCES: ModelSources = { ranges: [], textOf: () => undefined, treeOf: () => undefined };

function sourcesOf(document: OpenDocument, shown: Shown): ModelSources {
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
