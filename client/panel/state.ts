/** What the page knows and shows at a moment, and what the parts of the page can ask for. */
import type { PanelDifferencesResult, PanelModel, PlainLocation } from '../../server/protocol/messages.ts';
import type { Choice } from './choice.ts';
import type { FromPage, PanelContent, PanelState, PlotChoice } from './messages.ts';
import type { Moved, Numbers } from './numbers.ts';
import type { Step } from './sweep.ts';
import type { Sort } from './traceTable.ts';

export interface PageState {
  readonly content: PanelContent | null;
  /** What is said where there is no content. */
  readonly empty: string;
  readonly notice: { readonly text: string; readonly canOpen: boolean } | null;
  /** Significant digits. */
  readonly digits: number;
  readonly follow: boolean;
  readonly choice: Choice;
  readonly sort: Sort | null;
  /** At the sample, or where the sliders are; null without content. */
  readonly numbers: Numbers | null;
  readonly moved: Moved;
  /** What had been moved when the model was made. */
  readonly modelAt: Moved;
  /** Those that have sliders: of the model, or of the last one that had any. */
  readonly inputs: PanelModel['inputs'];
  /** The numbers are of another point than the one that is asked for, until the server has answered; or for good. */
  readonly behind: 'no' | 'asking' | 'unknown';
  /** How the derivatives compare with differences at the point of `numbers`; null: not known (yet). */
  readonly differences: PanelDifferencesResult | null;
  /** While the user drags: what is slow waits for the end. */
  readonly dragging: boolean;
  readonly steps: readonly Step[];
  /** How far the sweeps have come, counted from 1; 0: no sweep, everything is shown. */
  readonly step: number;
  readonly playing: boolean;
  readonly plot: PlotChoice;
  /** The problem whose way through the graph is marked (index into the model's problems); null: none. */
  readonly why: number | null;
}

/** Whether an answer is of the text that is shown; after an edit the new text is about to be. */
export function isOfShown(content: PanelContent | null, { version }: { readonly version: number }): boolean {
  return content !== null && (content.version === null || content.version === version);
}

/** Rows of the trace on the ways that are marked. */
export function whyRows({ content, why }: PageState): readonly number[] {
  if (content === null || why === null) return [];
  return content.model.why.filter((one) => one.problem === why).flatMap((one) => one.path);
}

/** What a part shows of a state that has content. */
export type Shown = PageState & { readonly content: PanelContent; readonly numbers: Numbers };

export function isShown(state: PageState): state is Shown {
  return state.content !== null && state.numbers !== null;
}

export interface Actions {
  post(message: FromPage): void;
  choose(change: Partial<Choice>): void;
  /** Selects a row of the trace and marks its source, or the place given; `open` also goes there. */
  selectRow(row: number, open: boolean, location?: PlainLocation | null): void;
  setFollow(on: boolean): void;
  sortBy(key: string): void;
  goToStep(step: number): void;
  play(on: boolean): void;
  /** Moves inputs, by label; null: back to the sample. `dragging`: more will follow. */
  move(to: Readonly<Record<string, number | null>>, dragging: boolean): void;
  plot(choice: PlotChoice): void;
  /** Marks the way of a problem, or none. */
  showWhy(problem: number | null): void;
}

/** A part of the page: made once, it changes in place. */
export interface Part {
  readonly element: HTMLElement;
  update(now: PageState, before: PageState | null): void;
}

export function storedState(state: PageState, graph: unknown): PanelState {
  const { content, follow, digits, choice, moved, plot } = state;
  return { version: 2, content, follow, digits, choice, moved, plot, graph };
}
