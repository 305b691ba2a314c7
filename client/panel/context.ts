import { h } from './dom.ts';
import type { Choice, FromPage, PanelContent } from './messages.ts';

/** What the parts of the page show, and what they can do. */
export interface PageContext {
  readonly content: PanelContent;
  readonly digits: number;
  readonly follow: boolean;
  readonly choice: Choice;
  /** Whether all nodes are drawn, however many. */
  readonly drawAll: boolean;
  post(message: FromPage): void;
  choose(change: Partial<Choice>): void;
  /** Selects a row of the trace and marks its source; `open` also goes there. */
  selectRow(row: number, open: boolean): void;
  setFollow(on: boolean): void;
  drawEverything(): void;
  /** Focuses the control with this name after the page has been built anew. */
  focus(name: string): void;
}

export function section(title: string, ...children: readonly (Node | null)[]): HTMLElement {
  const id = `section-${title.toLowerCase().replace(/\W+/g, '-')}`;
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), ...children);
}

export function head(text: string, cls?: string, title?: string): HTMLElement {
  return h('th', { scope: 'col', class: cls, title: title === '' ? undefined : title }, text);
}
