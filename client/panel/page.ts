/**
 * The page inside the panel's webview: one state, and parts that change in place. It shows the model that the
 * extension sends, keeps what the user chose, and says what was clicked. All text of the user's source enters as text.
 */
import { type Choice, FIRST_CHOICE, keepChoice } from './choice.ts';
import { h } from './dom.ts';
import {
  type FromPage,
  isToPage,
  type PanelContent,
  type PanelState,
  readState,
  type ToPage,
} from './messages.ts';
import { sampleNumbers } from './numbers.ts';
import { formulasPart, gradientPart } from './parts/formulas.ts';
import { graphPart } from './parts/graph.ts';
import { headerPart, noticePart, problemsPart } from './parts/header.ts';
import { tablePart } from './parts/table.ts';
import { type Actions, type PageState, type Part, storedState } from './state.ts';
import { Store } from './store.ts';
import { stepsOf } from './sweep.ts';
import { rowAt } from './view.ts';
import './page.css';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: PanelState): void;
};

const vscode = acquireVsCodeApi();
const root = document.getElementById('root')!;

const stored = readState(vscode.getState());
const store = new Store<PageState>({
  content: null,
  empty: '',
  notice: null,
  digits: stored?.digits ?? 4,
  follow: stored?.follow ?? true,
  choice: stored?.choice ?? FIRST_CHOICE,
  sort: null,
  numbers: null,
  moved: stored?.moved ?? {},
  dragging: false,
  steps: [],
  step: 0,
  playing: false,
  plot: stored?.plot ?? { x: null, y: null },
  why: null,
});

// ───────────────────────────── messages ─────────────────────────────

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isToPage(data)) receive(data);
});

function receive(message: ToPage): void {
  switch (message.kind) {
    case 'show':
      show(message.content, message.digits, message.follow);
      break;
    case 'empty':
      store.change({ content: null, numbers: null, empty: message.message, follow: message.follow });
      break;
    case 'notice': {
      const { text, canOpen } = message;
      store.change({ notice: text === null ? null : { text, canOpen } });
      break;
    }
    case 'cursor': {
      const { content, choice } = store.state;
      const row = content === null ? null : rowAt(content.model, message.uri, message.position);
      if (row !== null && row !== choice.row) actions.choose({ row });
      break;
    }
    case 'why':
      actions.showWhy(message.problem);
      break;
    case 'answer':
      break;
  }
}

/** `restored`: it is what was shown before the window was loaded anew. */
function show(content: PanelContent, digits: number, follow: boolean, restored = false): void {
  const before = store.state;
  const same = restored || (before.content !== null && sourceKey(before.content) === sourceKey(content));
  const choice = keepChoice(before.choice, same, content.model);
  const steps = stepsOf(content.model);
  const step = same && before.step <= steps.length ? before.step : 0;
  store.change({
    content,
    digits,
    follow,
    choice,
    numbers: sampleNumbers(content.model, choice),
    steps,
    step,
    why: null,
    ...(same ? {} : { sort: null, moved: {}, playing: false }),
  });
}

function sourceKey({ source, model }: PanelContent): string {
  return source.kind === 'function'
    ? `${source.function.uri} ${source.function.target ?? model.name}`
    : `selection ${source.expression}`;
}

// ───────────────────────────── what the parts ask for ─────────────────────────────

function chosen(change: Partial<Choice>): Partial<PageState> {
  const { content, choice } = store.state;
  const next = { ...choice, ...change };
  const seeded = 'seed' in change || 'direction' in change;
  return content !== null && seeded
    ? { choice: next, numbers: sampleNumbers(content.model, next) }
    : { choice: next };
}

const actions: Actions = {
  post: (message) => vscode.postMessage(message),
  choose: (change) => store.change(chosen(change)),
  selectRow(row, open) {
    store.change({ ...chosen({ row }), playing: false });
    reveal(row, open);
  },
  setFollow(follow) {
    store.change({ follow });
    vscode.postMessage({ kind: 'follow', on: follow });
  },
  sortBy(key) {
    const { sort } = store.state;
    if (key === 'primal') store.change({ sort: null });
    else if (sort?.key !== key) store.change({ sort: { key, descending: true } });
    else store.change({ sort: sort.descending ? { key, descending: false } : null });
  },
  goToStep(step) {
    const at = store.state.steps[step - 1];
    if (at === undefined) {
      store.change({ step: 0, playing: false });
      return;
    }
    store.change({ step, ...chosen({ mode: at.phase, row: at.row }) });
    reveal(at.row, false);
  },
  play: (playing) => store.change({ playing }),
  showWhy(why) {
    const ways = store.state.content?.model.why.filter((one) => one.problem === why) ?? [];
    const row = ways.find(({ culprit }) => culprit !== null)?.culprit ?? null;
    store.change({ why: ways.length === 0 ? null : why, ...(row === null ? {} : chosen({ row })) });
    if (row !== null) reveal(row, false);
  },
};

function reveal(row: number, open: boolean): void {
  const location = store.state.content?.model.trace[row]?.location ?? null;
  if (location !== null) vscode.postMessage({ kind: 'reveal', location, open });
}

// ───────────────────────────── start ─────────────────────────────

const parts: readonly Part[] = [
  noticePart(actions),
  headerPart(actions),
  problemsPart(actions),
  formulasPart(actions),
  gradientPart(),
  graphPart(actions),
  tablePart(actions),
];
root.append(h('div', { class: 'page' }, ...parts.map(({ element }) => element)));
store.subscribe((now, before) => {
  for (const part of parts) part.update(now, before);
  keepLater();
});

/** Time without changes before the state is kept: it holds the whole model. */
const KEEP_MS = 200;
let keeping: number | undefined;

function keepLater(): void {
  window.clearTimeout(keeping);
  keeping = window.setTimeout(keep, KEEP_MS);
}
function keep(): void {
  window.clearTimeout(keeping);
  vscode.setState(storedState(store.state, null));
}
window.addEventListener('pagehide', keep);

for (const part of parts) part.update(store.state, null);
if (stored?.content) show(stored.content, stored.digits, stored.follow, true);
vscode.postMessage({ kind: 'ready' });
