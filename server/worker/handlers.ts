/** From a request to its feature: finds the document, the function and what is known of it, and asks. */
import {
  ANSWER_LINE,
  type AnswerLineParams,
  EVALUATE,
  type EvaluateParams,
  GENERATE,
  type GenerateParams,
} from '../cli/answers.ts';
import { evaluateFile } from '../cli/evaluate.ts';
import { generateFile } from '../cli/generate.ts';
import { answerLine } from '../cli/requests.ts';
import { type LensKind, lensKinds, lensTitle } from '../features/codeLens.ts';
import { inlayHints, MOST_HINTS } from '../features/inlayHints.ts';
import type { FeatureOptions } from '../features/view.ts';
import {
  ANNOTATE,
  type AnnotateParams,
  COPY_GRADIENT,
  type CopyGradientParams,
  DIFFERENTIATE_SELECTION,
  type DifferentiateSelectionParams,
  INSERT_DERIVATIVE,
  type InsertDerivativeParams,
  NEXT_SAMPLE,
  type NextSampleParams,
  PANEL_DIFFERENCES,
  PANEL_MODEL,
  PANEL_PLOT,
  type PanelDifferencesParams,
  type PanelModelParams,
  type PanelPlotParams,
} from '../protocol/messages.ts';
import type { Settings } from '../protocol/settings.ts';
import { annotateAt, type CodeActionParams, codeActionsAt, resolveAction } from './actions.ts';
import { DIAGNOSE, type Range } from './channel.ts';
import { diagnose } from './diagnose.ts';
import type { OpenDocument, Shown } from './document.ts';
import { samplesOf } from './document.ts';
import { type HoverParams, hoverAt } from './hoverAt.ts';
import { insertDerivative } from './insert.ts';
import { copyGradient, panelModelOf } from './panel.ts';
import { panelDifferences } from './panelDifferences.ts';
import { panelPlot } from './panelPlot.ts';
import { differentiateSelection } from './selection.ts';
import type { Session } from './session.ts';
import { hintSources } from './sweeps.ts';

/** A handler returns this where it should be asked again when nothing more urgent waits. */
export const LATER = Symbol('later');

/** Milliseconds of work after which a request that is not urgent makes way. */
const SLICE = 20;

type Handler = (session: Session, params: unknown) => unknown;
const handler =
  <P>(handle: (session: Session, params: P) => unknown): Handler =>
  (session, params) =>
    handle(session, params as P);

export const HANDLERS: { readonly [method: string]: Handler } = {
  'textDocument/hover': handler<HoverParams>(hoverAt),
  'textDocument/codeLens': handler<InDocument>(codeLenses),
  'codeLens/resolve': handler<LensItem>(resolveLens),
  'textDocument/inlayHint': handler<InDocument & { range: Range }>(hints),
  'textDocument/codeAction': handler<CodeActionParams>(codeActionsAt),
  'codeAction/resolve': handler<Parameters<typeof resolveAction>[1]>(resolveAction),
  [DIAGNOSE]: handler<{ uri: string }>((session, { uri }) => {
    const document = session.document(uri);
    if (document === undefined) return [];
    const slice = slicer(document, session.settingsOf(uri));
    return document.shown().some(slice) ? LATER : diagnose(session, document);
  }),
  [PANEL_MODEL]: handler<PanelModelParams>(panelModelOf),
  [PANEL_DIFFERENCES]: handler<PanelDifferencesParams>(panelDifferences),
  [PANEL_PLOT]: handler<PanelPlotParams>(panelPlot),
  [COPY_GRADIENT]: handler<CopyGradientParams>(copyGradient),
  [NEXT_SAMPLE]: handler<NextSampleParams>((session, params) => session.nextSample(params)),
  [ANNOTATE]: handler<AnnotateParams>(annotateAt),
  [DIFFERENTIATE_SELECTION]: handler<DifferentiateSelectionParams>(differentiateSelection),
  [INSERT_DERIVATIVE]: handler<InsertDerivativeParams>(insertDerivative),
  [EVALUATE]: handler<EvaluateParams>((session, params) => evaluateFile(session.sources, params)),
  [GENERATE]: handler<GenerateParams>((session, params) => generateFile(session.sources, params)),
  [ANSWER_LINE]: handler<AnswerLineParams>((session, params) => answerLine(session.sources, params)),
};

/** What others do not wait for too: it is left as soon as it is cancelled. */
export const INTERRUPTIBLE: ReadonlySet<string> = new Set([PANEL_MODEL, PANEL_DIFFERENCES, PANEL_PLOT]);

interface InDocument {
  readonly textDocument: { readonly uri: string };
}

/**
 * Evaluates one function after another, which is kept; true as soon as the slice of time is spent and there is a
 * function left to evaluate.
 */
function slicer(document: OpenDocument, { budgetSteps }: Settings): (shown: Shown) => boolean {
  const end = performance.now() + SLICE;
  return (shown) => {
    if (document.peek(shown, budgetSteps) !== undefined) return false;
    if (performance.now() > end) return true;
    document.view(shown, budgetSteps);
    return false;
  };
}

export function optionsOf(session: Session, uri: string): FeatureOptions {
  return { digits: session.settingsOf(uri).significantDigits, commands: session.capabilities.commands };
}

// ───────────────────────────── lenses ─────────────────────────────

interface LensItem {
  readonly range: Range;
  readonly data: { readonly uri: string; readonly id: string; readonly kind: LensKind };
}

function codeLenses(session: Session, { textDocument: { uri } }: InDocument): LensItem[] {
  const document = session.document(uri);
  if (document === undefined || !session.settingsOf(uri).codeLens) return [];
  return document.shown().flatMap((shown) => {
    const range = document.nameRange(shown);
    return lensKinds(samplesOf(shown), session.capabilities.commands).map((kind) => ({
      range,
      data: { uri, id: shown.id, kind },
    }));
  });
}

function resolveLens(session: Session, lens: LensItem): unknown {
  const { uri, id, kind } = lens.data;
  const document = session.document(uri);
  const shown = document?.shown().find((one) => one.id === id);
  if (document === undefined || shown === undefined) return { ...lens, command: { title: '…', command: '' } };
  const view = document.view(shown, session.settingsOf(uri).budgetSteps);
  return { ...lens, command: lensTitle(kind, view, optionsOf(session, uri)) };
}

// ───────────────────────────── hints ─────────────────────────────

function hints(
  session: Session,
  { textDocument: { uri }, range }: InDocument & { readonly range: Range },
): unknown {
  const document = session.document(uri);
  const settings = session.settingsOf(uri);
  if (document === undefined || settings.inlayHints === 'off') return [];
  const inRange = document.shown().filter((shown) => {
    const [start, end] = document.extent(shown);
    const { positionAt } = document.file;
    return (
      positionAt.call(document.file, start).line <= range.end.line &&
      positionAt.call(document.file, end).line >= range.start.line
    );
  });
  if (inRange.some(slicer(document, settings))) return LATER;
  const answers = inRange.flatMap((shown) => {
    const view = document.view(shown, settings.budgetSteps);
    return inlayHints(view, settings.inlayHints, range, settings.significantDigits, hintSources(view));
  });
  return answers
    .slice(0, MOST_HINTS)
    .map(({ position, label, tooltip }) => ({ position, label, tooltip, paddingLeft: true }));
}
