/**
 * Every request and notification that is not LSP's own, shared by client, server and panel. Method names are
 * literal; each says who sends it and why. Nothing here needs Node, vscode or vscode-languageserver.
 */
import type { DerivativeKind } from '../../core/derive/kinds.ts';
import type {
  PanelModel,
  PlainLocation,
  PlainNumber,
  PlainPosition,
  PlainRange,
} from '../../core/graph/panelModel.types.ts';
import type { ProblemId } from '../../core/problem.ts';

export { DERIVATIVE_TITLES, type DerivativeKind } from '../../core/derive/kinds.ts';
export type {
  PanelGuard,
  PanelInterval,
  PanelModel,
  PanelRegion,
  PanelTape,
  PanelWhy,
  PlainLocation,
  PlainNumber,
  PlainPosition,
  PlainRange,
} from '../../core/graph/panelModel.types.ts';

// ───────────────────────────── start ─────────────────────────────

/** `initializationOptions` of our own client. Absent (Neovim, Helix …): no command links, no client commands. */
export interface InitializationOptions {
  /** The client has the commands of COMMANDS and trusts links to them in hovers. */
  readonly commands?: boolean;
  /** In the browser: the address of analysis.js and worker.browser.js as one script, which the server cannot know. */
  readonly worker?: string;
  /** Address of the folder with a page for each diagnostic (`GL108.md`); absent: diagnostics carry no link. */
  readonly docs?: string;
}

/** Commands that the client registers; the server names them in links, lenses and code actions. */
export const COMMANDS = {
  /** Arguments: [FunctionReference, ProblemReference?]. Opens or reveals the panel on it, and marks what is to blame. */
  showGraph: 'gradlens.showGraph',
  /** Arguments: [FunctionReference, CopyFormat]. */
  copyGradient: 'gradlens.copyGradient',
  /** Arguments: [FunctionReference]. */
  nextSample: 'gradlens.nextSample',
  /** Arguments: [uri, range] or none (the active editor's selection). */
  differentiateSelection: 'gradlens.differentiateSelection',
  /** Arguments: [uri, position, DerivativeKind], or none: the active editor's cursor, and the kind is asked for. */
  insertDerivative: 'gradlens.insertDerivative',
} as const;

/**
 * Names a function so that it is still found after edits: by `target` where the file still has it, else by the
 * function whose text holds `position`.
 */
export interface FunctionReference {
  readonly uri: string;
  /** The function's name as the user would say it (`f`, `Vec.length`); absent: by position alone. */
  readonly target?: string;
  readonly position?: PlainPosition;
  /** What Differentiate Selection made a function of, for the panel's requests: null is answered once it has changed. */
  readonly selection?: SelectionReference;
}
export interface SelectionReference {
  readonly range: PlainRange;
  readonly wrt: readonly string[];
  /** Digest of the text that it depends on. */
  readonly content: string;
}

/** A problem of a function's model, as a diagnostic has it. */
export interface ProblemReference {
  readonly id: ProblemId;
  readonly message: string;
}

// ───────────────────────────── panel ─────────────────────────────

/** Client → server: the panel needs what to show of a function. Result null: no annotated function there. */
export const PANEL_MODEL = 'gradlens/panelModel';
export interface PanelModelParams {
  readonly function: FunctionReference;
  /** 0-based; absent: the active sample. */
  readonly sample?: number;
  /** Output whose adjoints are shown; absent: 0. */
  readonly output?: number;
  /** Where sliders have moved the inputs; absent: the sample. The model is that of the function there. */
  readonly point?: PanelPoint;
}
/** Inputs by their label, each at most once; those that are not named, and labels that are none, are as the sample has it. */
export type PanelPoint = readonly (readonly [label: string, value: PlainNumber])[];
export interface PanelModelResult {
  /** The reference to ask with next time. */
  readonly function: FunctionReference;
  /** Version of the document that it was computed from. */
  readonly version: number;
  /** Where the function's name stands. */
  readonly nameRange: PlainRange;
  readonly model: PanelModel;
}

/**
 * Client → server: the partials of an output held against differences of the function's own values (by our evaluator;
 * the program is not executed). Result null: no annotated function there, or no point that it can be evaluated at.
 */
export const PANEL_DIFFERENCES = 'gradlens/panelDifferences';
export interface PanelDifferencesParams {
  readonly function: FunctionReference;
  readonly sample?: number;
  readonly point?: PanelPoint;
  /** Absent: 0. */
  readonly output?: number;
}
export interface PanelDifferencesResult {
  /** Of the document. */
  readonly version: number;
  /** In the order of the model's inputs; the first 50 at most, fewer where the function takes long. */
  readonly rows: readonly PanelDifference[];
}
export interface PanelDifference {
  /** The input's label. */
  readonly input: string;
  /** Our partial; null where it was refused. */
  readonly derivative: PlainNumber | null;
  /** What differences tend to, and how far off that may be; null where they tell nothing (no value beside the point). */
  readonly difference: number | null;
  readonly error: number | null;
  /** To how many digits they agree, as far as differences can tell (0 … 16); null where one of the two is missing. */
  readonly digits: number | null;
  /** How many digits differences can tell here at all. */
  readonly told: number | null;
  /** Where there is a value: on both sides of the point, or on one alone. */
  readonly side: 'both' | 'above' | 'below' | 'none';
}

/**
 * Client → server: an output along one input, or over a grid of two, the others as they are at `point`. For what the
 * page's tape does not answer: its path ends on the way, or its sweeps are not vouched for. A
 * request that is cancelled is left, also while it is being answered. Result null as above.
 */
export const PANEL_PLOT = 'gradlens/panelPlot';
export interface PanelPlotParams {
  readonly function: FunctionReference;
  readonly sample?: number;
  readonly point?: PanelPoint;
  readonly output?: number;
  /** One or two. `count` points from low to high, both included: at most 1,025 along one, 65 × 65 over two. */
  readonly axes: readonly PlotAxis[];
}
export interface PlotAxis {
  /** The input's label. */
  readonly input: string;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}
export interface PanelPlotResult {
  readonly version: number;
  /** The points along each axis, ascending. */
  readonly at: readonly (readonly number[])[];
  /** values[j · n + i] for the i-th point of the first axis (of n) and the j-th of the second; null: not known. */
  readonly values: readonly (PlainNumber | null)[];
  /** partials[axis], in the same order; null where it was refused or not worked out. */
  readonly partials: readonly (readonly (PlainNumber | null)[])[];
  /** Which path each point lies on, numbered from 0; −1 without a value. Kinks and jumps lie between paths. */
  readonly paths: readonly number[];
  /** Along one input: where it has kinks and jumps, ascending. */
  readonly marks: readonly PlotMark[];
  /** Over two inputs: lines of kinks and jumps, in pieces from (x, y) to (x, y), as far as there was time for them. */
  readonly borders: readonly PlotBorder[];
  /** False: the budget was spent; what is null may be known to a request with fewer points. */
  readonly complete: boolean;
}
export interface PlotMark {
  /** 'end': the function has no value on one side. 'pole': it grows beyond all bounds. */
  readonly kind: 'kink' | 'jump' | 'pole' | 'end';
  readonly at: number;
  /** Right below and above; null where there is none. */
  readonly below: { readonly value: PlainNumber; readonly slope: PlainNumber | null } | null;
  readonly above: { readonly value: PlainNumber; readonly slope: PlainNumber | null } | null;
  /** The comparison or operation that it comes of. */
  readonly location: PlainLocation | null;
}

export interface PlotBorder {
  readonly kind: PlotMark['kind'];
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/**
 * Server → client: what PANEL_MODEL requests asked for of a document may have changed (an edit, another sample, a
 * setting). The client asks again for what it still shows of it; sent at most once until it does.
 */
export const PANEL_CHANGED = 'gradlens/panelChanged';
export interface PanelChangedParams {
  readonly uri: string;
}

// ───────────────────────────── commands ─────────────────────────────

/** Client → server: differentiate the selected expression, statement or function, annotated or not. */
export const DIFFERENTIATE_SELECTION = 'gradlens/differentiateSelection';
export interface DifferentiateSelectionParams {
  readonly uri: string;
  readonly range: PlainRange;
  /** The variables chosen; absent: ask where there is more than one. */
  readonly wrt?: readonly string[];
}
export type DifferentiateSelectionResult =
  /** More than one free variable: ask the user (all chosen at first) and send the request again with `wrt`. */
  | { readonly kind: 'choose'; readonly expression: string; readonly variables: readonly string[] }
  | {
      readonly kind: 'result';
      readonly expression: string;
      readonly model: PanelModel;
      /** For what the panel asks further. */
      readonly function: FunctionReference;
      /**
       * Where "insert below as code" writes whole lines: before this line, so indented. It is the line after the
       * statement that holds the selection, or that statement's own line where it returns or throws.
       */
      readonly insertAt?: { readonly line: number; readonly indentation: string };
    }
  /** One message, to be shown at the cursor. */
  | { readonly kind: 'refused'; readonly message: string; readonly range: PlainRange };

/** Client → server: make the next `@at` of a function the active one (lenses and hints are refreshed by the server). */
export const NEXT_SAMPLE = 'gradlens/nextSample';
export interface NextSampleParams {
  readonly function: FunctionReference;
}
/** null: no annotated function there, or it has no samples. */
export type NextSampleResult = { readonly sample: number; readonly count: number } | null;

/** Client → server: the edit of Differentiate Function ('differentiable') or Add Sample Point ('sample'). */
export const ANNOTATE = 'gradlens/annotate';
export interface AnnotateParams {
  readonly uri: string;
  readonly position: PlainPosition;
  readonly kind: 'differentiable' | 'sample';
}
export type AnnotateResult =
  | {
      readonly kind: 'edit';
      /** Version of the document that the edit is for. */
      readonly version: number;
      readonly edits: readonly { readonly range: PlainRange; readonly newText: string }[];
      /** What to select afterwards (the first sample value), in the edited document. */
      readonly selection: PlainRange | null;
    }
  | { readonly kind: 'refused'; readonly message: string };

/** Client → server: the text to put on the clipboard. */
export const COPY_GRADIENT = 'gradlens/copyGradient';
/** Formulas as `latex`, `unicode`, `typescript` or `mathml`; `numbers` the gradient with all 17 digits, as JSON. */
export type CopyFormat = 'latex' | 'unicode' | 'typescript' | 'mathml' | 'numbers';
export interface CopyGradientParams {
  readonly function: FunctionReference;
  readonly format: CopyFormat;
}
export type CopyGradientResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly message: string };

/** Client → server: the edit that writes the derivative of the function at a position as source code. */
export const INSERT_DERIVATIVE = 'gradlens/insertDerivative';
export interface InsertDerivativeParams {
  readonly uri: string;
  readonly position: PlainPosition;
  readonly kind: DerivativeKind;
  /** Text of the file of its own that the derivative goes into, null: a new one; absent: below the function. */
  readonly own?: string | null;
  /** Replace what was generated before and has been edited since. */
  readonly overwrite?: boolean;
}
export type InsertDerivativeResult =
  | {
      readonly kind: 'edit';
      /** The generated function's. */
      readonly name: string;
      /** Of the document at `uri`. */
      readonly version: number;
      /** Of the file that it goes into. */
      readonly edits: readonly { readonly range: PlainRange; readonly newText: string }[];
      /** Of the name, once the edits are made. */
      readonly selection: PlainRange;
    }
  /** What was generated before has been edited by hand: ask the user, and send the request again with `overwrite`. */
  | { readonly kind: 'edited'; readonly name: string }
  | { readonly kind: 'refused'; readonly message: string };

// ───────────────────────────── files ─────────────────────────────

/**
 * Server → client: what stands in files that the server has no disk for (virtual workspaces, the browser), and what
 * folders hold. Sent where a function imports them.
 */
export const READ_FILES = 'gradlens/readFiles';
export interface ReadFilesParams {
  /** URIs. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
}
/** In the order asked for; null: not there, or not to be read. */
export interface ReadFilesResult {
  readonly files: readonly (string | null)[];
  readonly folders: readonly ((readonly [name: string, kind: 'file' | 'directory'])[] | null)[];
}

// ───────────────────────────── state ─────────────────────────────

/** Server → client: what the language status item shows. */
export const SERVER_STATUS = 'gradlens/serverStatus';
export interface ServerStatusParams {
  /** 'restarted': the analysis worker was ended and started again; `message` says why. */
  readonly state: 'ready' | 'busy' | 'restarted' | 'failed' | 'off';
  readonly message: string;
}

/** Method → parameters and result, for typed senders and handlers on both sides. */
export interface GradlensRequests {
  [PANEL_MODEL]: { params: PanelModelParams; result: PanelModelResult | null };
  [PANEL_DIFFERENCES]: { params: PanelDifferencesParams; result: PanelDifferencesResult | null };
  [PANEL_PLOT]: { params: PanelPlotParams; result: PanelPlotResult | null };
  [DIFFERENTIATE_SELECTION]: { params: DifferentiateSelectionParams; result: DifferentiateSelectionResult };
  [NEXT_SAMPLE]: { params: NextSampleParams; result: NextSampleResult };
  [ANNOTATE]: { params: AnnotateParams; result: AnnotateResult };
  [COPY_GRADIENT]: { params: CopyGradientParams; result: CopyGradientResult };
  [INSERT_DERIVATIVE]: { params: InsertDerivativeParams; result: InsertDerivativeResult };
}
export interface GradlensNotifications {
  [PANEL_CHANGED]: PanelChangedParams;
  [SERVER_STATUS]: ServerStatusParams;
}
