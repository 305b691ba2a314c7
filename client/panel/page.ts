/**
 * The page inside the panel's webview. It computes nothing: it shows the model that the extension sends, keeps what
 * the user chose, and says what was clicked. All text of the user's source enters as text.
 */
import type { PageContext } from './context.ts';
import { h } from './dom.ts';
import {
  type Choice,
  type FromPage,
  type PanelContent,
  type PanelState,
  readState,
  type ToPage,
} from './messages.ts';
import { formulas, gradient, header, problems } from './sections.ts';
import { trace } from './traceView.ts';
import { FIRST_CHOICE, keepChoice, rowAt } from './view.ts';
import './page.css';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: PanelState): void;
};

const vscode = acquireVsCodeApi();
const root = document.getElementById('root')!;

let content: PanelContent | null = null;
let emptyMessage = '';
let digits = 4;
let follow = true;
let choice: Choice = FIRST_CHOICE;
let drawAll = false;

// ───────────────────────────── messages ─────────────────────────────

window.addEventListener('message', (event: MessageEvent<ToPage>) => {
  const message = event.data;
  switch (message.kind) {
    case 'show': {
      const same = content !== null && sourceKey(content) === sourceKey(message.content);
      if (!same) drawAll = false;
      choice = keepChoice(choice, same, message.content.model);
      content = message.content;
      digits = message.digits;
      follow = message.follow;
      render();
      break;
    }
    case 'empty':
      content = null;
      emptyMessage = message.message;
      follow = message.follow;
      render();
      break;
    case 'cursor': {
      const row = content === null ? null : rowAt(content.model, message.uri, message.position);
      if (row !== null && row !== choice.row) choose({ row }, false);
      break;
    }
  }
});

function sourceKey({ source, model }: PanelContent): string {
  return source.kind === 'function'
    ? `${source.function.uri} ${source.function.target ?? model.name}`
    : `selection ${source.expression}`;
}

function choose(change: Partial<Choice>, byHand: boolean): void {
  choice = { ...choice, ...change };
  render();
  if (change.row === undefined || change.row === null) return;
  const row = document.getElementById(`row-${change.row}`);
  if (byHand || isPartlyVisible(row?.closest('section') ?? null)) row?.scrollIntoView({ block: 'nearest' });
}

function isPartlyVisible(element: Element | null): boolean {
  if (element === null) return false;
  const box = element.getBoundingClientRect();
  return box.bottom > 0 && box.top < window.innerHeight;
}

function selectRow(row: number, open: boolean): void {
  choose({ row }, true);
  const location = content?.model.trace[row]?.location ?? null;
  if (location !== null) vscode.postMessage({ kind: 'reveal', location, open });
}

// ───────────────────────────── rendering ─────────────────────────────

/** Builds the page anew; focus and the scrolling of the parts are carried over. */
function render(): void {
  const focused = document.activeElement?.closest('[data-focus]')?.getAttribute('data-focus') ?? null;
  const scrolled = new Map(
    [...root.querySelectorAll('[data-scroll]')].map((e) => [e.getAttribute('data-scroll'), e.scrollLeft]),
  );
  root.replaceChildren(...(content === null ? [emptyPage()] : page(content)));
  for (const element of root.querySelectorAll('[data-scroll]')) {
    const before = scrolled.get(element.getAttribute('data-scroll'));
    if (before !== undefined) element.scrollLeft = before;
    else element.querySelector('.node')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }
  if (focused !== null) {
    const next = root.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`);
    next?.focus({ preventScroll: true });
  }
  vscode.setState({ version: 1, content, follow, digits, choice });
}

function emptyPage(): Node {
  return h(
    'div',
    { class: 'empty' },
    h('p', {}, emptyMessage === '' ? 'Nothing to show yet.' : emptyMessage),
    h(
      'pre',
      {},
      '// @differentiable at x1 = 2, x2 = 3\nfunction f(x1: number, x2: number) {\n  return x1 * x2 + Math.sin(x1);\n}',
    ),
  );
}

function page(shown: PanelContent): Node[] {
  const at: PageContext = {
    content: shown,
    digits,
    follow,
    choice,
    drawAll,
    post: (message) => vscode.postMessage(message),
    choose: (change) => choose(change, false),
    selectRow,
    setFollow(on) {
      follow = on;
      vscode.postMessage({ kind: 'follow', on });
      render();
    },
    drawEverything() {
      drawAll = true;
      render();
    },
    focus: (name) => root.querySelector<HTMLElement>(`[data-focus="${CSS.escape(name)}"]`)?.focus(),
  };
  return [header(at), ...problems(at), ...formulas(at), ...gradient(at), ...trace(at)];
}

// ───────────────────────────── start ─────────────────────────────

for (const [event, input] of [
  ['pointerdown', 'pointer'],
  ['keydown', 'keys'],
] as const) {
  window.addEventListener(event, () => document.body.setAttribute('data-input', input), { capture: true });
}

const stored = readState(vscode.getState());
if (stored !== null) ({ content, digits, follow, choice } = stored);
render();
vscode.postMessage({ kind: 'ready' });
