/** What the extension and the page inside the webview say to each other, and what the page keeps over a reload. */
import type {
  FunctionReference,
  PanelModel,
  PlainLocation,
  PlainPosition,
} from '../../server/protocol/messages.ts';

/** What the panel is about: a function of a file, or the result of Differentiate Selection. */
export type PanelSource =
  | { readonly kind: 'function'; readonly function: FunctionReference }
  | { readonly kind: 'selection'; readonly expression: string };

export interface PanelContent {
  readonly source: PanelSource;
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
  | { readonly kind: 'cursor'; readonly uri: string; readonly position: PlainPosition };

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
  | { readonly kind: 'follow'; readonly on: boolean };

export type Mode = 'forward' | 'reverse';

/** What the user has chosen in the page. */
export interface Choice {
  readonly mode: Mode;
  /** Label of the input that is seeded with 1 in forward mode; null: the first. */
  readonly seed: string | null;
  /** Index of the selected row (n of wn), or null. */
  readonly row: number | null;
}

/** Kept by the webview's setState; handed back to the extension when a window is restored. */
export interface PanelState {
  readonly version: 1;
  readonly content: PanelContent | null;
  readonly follow: boolean;
  readonly digits: number;
  readonly choice: Choice;
}

/** null where what was stored is not a state of this version. */
export function readState(stored: unknown): PanelState | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const state = stored as Partial<PanelState>;
  return state.version === 1 && state.choice !== undefined ? (state as PanelState) : null;
}
