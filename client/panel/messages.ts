/** What the extension and the page inside the webview say to each other, and what the page keeps over a reload. */
import { isPanelModel, location, position, range } from '../../core/graph/panelModelShape.ts';
import {
  anything,
  boolean,
  count,
  either,
  finite,
  isRecord,
  list,
  oneOf,
  optional,
  orNull,
  record,
  type Shape,
  string,
  table,
} from '../../core/graph/shapes.ts';
import {
  type FunctionReference,
  type GradlensRequests,
  PANEL_DIFFERENCES,
  PANEL_MODEL,
  PANEL_PLOT,
  type PanelModel,
  type PlainLocation,
  type PlainPosition,
  type SelectionReference,
} from '../../server/protocol/messages.ts';
import type { Choice } from './choice.ts';

/** What the panel is about: a function of a file, or the result of Differentiate Selection. */
export type PanelSource =
  | { readonly kind: 'function'; readonly function: FunctionReference }
  | { readonly kind: 'selection'; readonly expression: string; readonly function: FunctionReference };

export interface PanelContent {
  readonly source: PanelSource;
  /** Of the document that the model was computed from; null for a selection, of which nothing is answered once it has changed. */
  readonly version: number | null;
  readonly model: PanelModel;
}

/** Extension → page. */
export type ToPage =
  /** Show this; `digits` significant digits (the user's setting). Answers `ready` and every later change. */
  | {
      readonly kind: 'show';
      readonly content: PanelContent;
      readonly digits: number;
      readonly follow: boolean;
    }
  /** Nothing to show, and why. */
  | { readonly kind: 'empty'; readonly message: string; readonly follow: boolean }
  /** The editor's cursor: selects the innermost row there, if any. */
  | { readonly kind: 'cursor'; readonly uri: string; readonly position: PlainPosition }
  /** A file has another name: what is shown, and remembered, of it is of the new one. Before its 'show'. */
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string }
  /** Said above what is shown, which may be out of date; null: nothing is amiss. `canOpen`: offers 'openFile'. */
  | { readonly kind: 'notice'; readonly text: string | null; readonly canOpen: boolean }
  /** The user asks why: mark the way of this problem (index into the shown model's problems). After its 'show'. */
  | { readonly kind: 'why'; readonly problem: number }
  /** Exactly one for each 'query'; null: no answer (forgotten, failed, or nothing to answer of). */
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown };

/** A request that the extension passes on to the server, about the function and the output that are shown. */
export type PanelQuery = {
  readonly [M in PanelRequest]: {
    readonly method: M;
    readonly params: Omit<GradlensRequests[M]['params'], 'function' | 'output'>;
  };
}[PanelRequest];

/** What a page may ask the server. */
const PANEL_REQUESTS = [PANEL_MODEL, PANEL_DIFFERENCES, PANEL_PLOT] as const;
type PanelRequest = (typeof PANEL_REQUESTS)[number];

/** Page → extension. */
export type FromPage =
  /** Sent once after the page has loaded and listens. */
  | { readonly kind: 'ready' }
  /** Mark this place in its editor; `open` also moves the cursor and the focus there. */
  | { readonly kind: 'reveal'; readonly location: PlainLocation; readonly open: boolean }
  /** Put this on the clipboard; `what` names it for the confirmation. */
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  /** Write the selection's derivatives below it, as code. */
  | { readonly kind: 'insert' }
  | { readonly kind: 'nextSample' }
  /** Show the trace of this output of the function. */
  | { readonly kind: 'output'; readonly output: number }
  | { readonly kind: 'follow'; readonly on: boolean }
  /** Show the file that the panel is about in an editor. */
  | { readonly kind: 'openFile' }
  /** Ask the user where, and write this file there. */
  | { readonly kind: 'save'; readonly name: string; readonly base64: string }
  /** `id` is the page's own and unused. */
  | { readonly kind: 'query'; readonly id: number; readonly query: PanelQuery }
  /** The answer of this query is not wanted any more. */
  | { readonly kind: 'forget'; readonly id: number };

type Fields<M, K> = Omit<Extract<M, { readonly kind: K }>, 'kind'>;
type Messages<M extends { readonly kind: string }> = {
  readonly [K in M['kind']]: Shape<Fields<M, K>>;
};
const NOTHING = record<Record<never, never>>({});

const request = record<{ readonly method: PanelRequest; readonly params: object }>({
  method: oneOf(...PANEL_REQUESTS),
  // The server looks at them closely.
  params: isRecord as Shape<object>,
}) as Shape<unknown> as Shape<PanelQuery>;

const FROM_PAGE: Messages<FromPage> = {
  ready: NOTHING,
  reveal: record<Fields<FromPage, 'reveal'>>({ location, open: boolean }),
  copy: record<Fields<FromPage, 'copy'>>({ text: string, what: string }),
  insert: NOTHING,
  nextSample: NOTHING,
  output: record<Fields<FromPage, 'output'>>({ output: count }),
  follow: record<Fields<FromPage, 'follow'>>({ on: boolean }),
  openFile: NOTHING,
  save: record<Fields<FromPage, 'save'>>({
    name: (value: unknown): value is string => string(value) && /^[^/\\]+$/.test(value),
    base64: string,
  }),
  query: record<Fields<FromPage, 'query'>>({ id: count, query: request }),
  forget: record<Fields<FromPage, 'forget'>>({ id: count }),
};

export const reference = record<FunctionReference>({
  uri: string,
  target: optional(string),
  position: optional(position),
  selection: optional(record<SelectionReference>({ range, wrt: list(string), content: string })),
});
const source: Shape<PanelSource> = either(
  record<Extract<PanelSource, { kind: 'function' }>>({ kind: oneOf('function'), function: reference }),
  record<Extract<PanelSource, { kind: 'selection' }>>({
    kind: oneOf('selection'),
    expression: string,
    function: reference,
  }),
);
const content = record<PanelContent>({ source, version: orNull(count), model: isPanelModel });

const TO_PAGE: Messages<ToPage> = {
  show: record<Fields<ToPage, 'show'>>({ content, digits: finite, follow: boolean }),
  empty: record<Fields<ToPage, 'empty'>>({ message: string, follow: boolean }),
  cursor: record<Fields<ToPage, 'cursor'>>({ uri: string, position }),
  renamed: record<Fields<ToPage, 'renamed'>>({ from: string, to: string }),
  notice: record<Fields<ToPage, 'notice'>>({ text: orNull(string), canOpen: boolean }),
  why: record<Fields<ToPage, 'why'>>({ problem: count }),
  // Held against what was asked: questions.ts.
  answer: record<Fields<ToPage, 'answer'>>({ id: count, result: anything }),
};

function isOf(messages: Readonly<Record<string, Shape<object>>>, message: unknown): boolean {
  if (!isRecord(message)) return false;
  const { kind } = message;
  return string(kind) && Object.hasOwn(messages, kind) && messages[kind]!(message);
}

/** What else arrives in a webview's channel is ignored. */
export function isFromPage(message: unknown): message is FromPage {
  return isOf(FROM_PAGE, message);
}

/** What else arrives in the page's channel is ignored, as are models of another version and hollow ones. */
export function isToPage(message: unknown): message is ToPage {
  return isOf(TO_PAGE, message);
}

// ───────────────────────────── over a reload ─────────────────────────────

/** Kept by the webview's setState; handed back to the extension when a window is restored. */
export interface PanelState {
  readonly version: 2;
  readonly content: PanelContent | null;
  readonly follow: boolean;
  readonly digits: number;
  readonly choice: Choice;
  /** Where the sliders stand, by the labels of the inputs; those left out stand at the sample. */
  readonly moved: Readonly<Record<string, number>>;
  /** Which inputs the plots are along. */
  readonly plot: PlotChoice;
  /** How the graph is looked at: the part that draws it knows. */
  readonly graph: unknown;
}

/** Labels of inputs; null: the first that there is. */
export interface PlotChoice {
  readonly x: string | null;
  /** null: a line plot. */
  readonly y: string | null;
}

const state = record<PanelState>({
  version: oneOf(2),
  content: orNull(content),
  follow: boolean,
  digits: finite,
  choice: record<Choice>({
    mode: oneOf('forward', 'reverse'),
    seed: orNull(string),
    direction: orNull(list(finite)),
    row: orNull(count),
  }),
  moved: table(finite),
  plot: record<PlotChoice>({ x: orNull(string), y: orNull(string) }),
  graph: anything,
});

/** null where what was stored is not a state of this version. */
export function readState(stored: unknown): PanelState | null {
  return state(stored) ? stored : null;
}
