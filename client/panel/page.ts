/**
 * The page inside the panel's webview: one state, and parts that change in place. It shows the model that the
 * extension sends, keeps what the user chose, and says what was clicked. All text of the user's source enters as text.
 */

import { numberOf } from '../../core/graph/panelModel.types.ts';
import type { PlainLocation } from '../../server/protocol/messages.ts';
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
import { LiveTapes, ModelQuestions, place } from './motion.ts';
import { type Moved, modelNumbers, pointOf, samePoint } from './numbers.ts';
import { formulasPart, gradientPart } from './parts/formulas.ts';
import { graphPart, sourceKey } from './parts/graph.ts';
import { headerPart, noticePart, problemsPart } from './parts/header.ts';
import { helpPart } from './parts/help.ts';
import { differencesPart, inputsPart } from './parts/inputs.ts';
import { plotsPart } from './parts/plots.ts';
import { tablePart } from './parts/table.ts';
import { Questions } from './questions.ts';
import { RecentModels } from './recent.ts';
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
  modelAt: {},
  inputs: [],
  behind: 'no',
  differences: null,
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

/** Where the editor's cursor is, and in which text. */
let cursor: string | undefined;

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
      const { uri, position } = message;
      const at = `${uri} ${position.line} ${position.character} ${content?.version}`;
      // It is told again when the focus goes to the page, where keys may have chosen another row since.
      if (at === cursor) break;
      cursor = at;
      const row = content === null ? null : rowAt(content.model, uri, position);
      if (row !== null && row !== choice.row) actions.choose({ row });
      break;
    }
    case 'renamed':
      renamed(message.from, message.to);
      break;
    case 'why':
      actions.showWhy(message.problem);
      break;
    case 'answer':
      questions.answered(message.id, message.result);
      break;
  }
}

function renamed(from: string, to: string): void {
  graph.view.renamed(from, to);
  const { content } = store.state;
  if (content?.source.function.uri !== from) return;
  const { source } = content;
  store.change({ content: { ...content, source: { ...source, function: { ...source.function, uri: to } } } });
}

/** `restored`: it is what was shown before the window was loaded anew. */
function show(content: PanelContent, digits: number, follow: boolean, restored = false): void {
  const before = store.state;
  const same = restored || (before.content !== null && sourceKey(before.content) === sourceKey(content));
  const moves = same && (restored || before.content?.model.sample?.index === content.model.sample?.index);
  modelQuestions.drop();
  recent.clear();
  showModel(content, restored && content.model.moved ? before.moved : {}, {
    digits,
    follow,
    choice: keepChoice(before.choice, same, content.model),
    moved: moves ? before.moved : {},
    ...(same ? {} : { sort: null, playing: false, step: 0, numbers: null, inputs: [] }),
  });
}

/** Shows a model, at its own point or where the sliders are; `at`: what had been moved when it was made. */
function showModel(content: PanelContent, at: Moved, change: Partial<PageState>): void {
  const before = { ...store.state, ...change };
  recent.add({ model: content.model, version: content.version, at });
  moveTo({ ...change, ...ofModel(content, at, before), why: null, numbers: null });
}

/** What goes with a model. */
function ofModel(
  content: PanelContent,
  at: Moved,
  before: PageState,
): Pick<PageState, 'content' | 'modelAt' | 'choice' | 'steps' | 'step' | 'inputs'> {
  const { model } = content;
  const steps = stepsOf(model);
  return {
    content,
    modelAt: at,
    choice: keepChoice(before.choice, true, model),
    steps,
    step: before.step <= steps.length ? before.step : 0,
    inputs: model.inputs.length > 0 || Object.keys(at).length === 0 ? model.inputs : before.inputs,
  };
}

// ───────────────────────────── the point ─────────────────────────────

const questions = new Questions((message) => vscode.postMessage(message));
const tapes = new LiveTapes();
const recent = new RecentModels();
const modelQuestions = new ModelQuestions(questions, (result, moved) => {
  const { content } = store.state;
  if (content === null) return;
  if (result !== null) {
    const { model, version } = result;
    showModel({ ...content, model, version: content.version === null ? null : version }, moved, {});
  } else if (store.state.moved !== moved) moveTo({});
  else if (store.state.behind === 'asking') store.change({ behind: 'unknown' });
});

/** Changes the state so that its numbers are those of the point, or asks for them. */
function moveTo(change: Partial<PageState>): void {
  const next = { ...store.state, ...change };
  const { content, choice, moved, inputs, modelAt } = next;
  if (content === null) {
    store.change(change);
    return;
  }
  const { model } = content;
  const wanted = pointOf(inputs, moved);
  const { numbers, ask } = place(model, tapes.of(model), wanted, choice, next.dragging);
  const other = ask === 'now' ? recent.find(wanted, choice, inputs, (one) => tapes.of(one)) : undefined;
  if (other !== undefined && other.model !== model) {
    moveTo({ ...change, ...ofModel({ ...content, model: other.model }, other.at, next), why: null });
    return;
  }
  // The model of this very point has nothing better to say.
  const asked = ask === 'now' && samePoint(wanted, pointOf(inputs, modelAt));
  const shown = numbers ?? next.numbers ?? modelNumbers(model, choice);
  store.change({
    ...change,
    numbers: shown,
    behind: ask !== 'now' ? 'no' : asked ? 'unknown' : 'asking',
    differences:
      next.numbers !== null && samePoint(next.numbers.point, shown.point) ? next.differences : null,
  });
  modelQuestions.want(moved, asked ? 'never' : ask);
}

// ───────────────────────────── what the parts ask for ─────────────────────────────

function chosen(change: Partial<Choice>): { readonly choice: Choice } {
  return { choice: { ...store.state.choice, ...change } };
}

const actions: Actions = {
  post: (message) => vscode.postMessage(message),
  choose(change) {
    if ('seed' in change || 'direction' in change) moveTo(chosen(change));
    else store.change(chosen(change));
  },
  selectRow(row, open, location = null) {
    store.change({ ...chosen({ row }), playing: false });
    reveal(row, open, location);
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
  move(to, dragging) {
    const { moved, inputs } = store.state;
    const next = new Map(Object.entries(moved));
    for (const [label, value] of Object.entries(to)) {
      const input = inputs.find((one) => one.label === label);
      if (value === null || input === undefined || Object.is(value, numberOf(input.sample)))
        next.delete(label);
      else next.set(label, value);
    }
    moveTo({ moved: Object.fromEntries(next), dragging });
  },
  plot: (plot) => store.change({ plot }),
  showWhy(why) {
    const ways = store.state.content?.model.why.filter((one) => one.problem === why) ?? [];
    const row = ways.find(({ culprit }) => culprit !== null)?.culprit ?? null;
    store.change({ why: ways.length === 0 ? null : why, ...(row === null ? {} : chosen({ row })) });
    if (row !== null) reveal(row, false);
  },
};

function reveal(row: number, open: boolean, place: PlainLocation | null = null): void {
  const location = place ?? store.state.content?.model.trace[row]?.location ?? null;
  if (location !== null) vscode.postMessage({ kind: 'reveal', location, open });
}

/** Time from one keeping of the state to the next, and without a movement of a slider: it holds the whole model. */
const KEEP_MS = 200;
let keeping: number | undefined;
let keptAt = Number.NEGATIVE_INFINITY;

// ───────────────────────────── start ─────────────────────────────

const graph = graphPart(actions, () => keepLater());
graph.view.state = stored?.graph;
const parts: readonly Part[] = [
  noticePart(actions),
  headerPart(actions),
  problemsPart(actions),
  formulasPart(actions),
  gradientPart(),
  inputsPart(actions),
  graph,
  plotsPart(actions, questions),
  tablePart(actions),
  helpPart(),
  differencesPart(questions, (found) => store.change(found)),
];
root.append(h('div', { class: 'page' }, ...parts.map(({ element }) => element)));
store.subscribe((now, before) => {
  for (const part of parts) part.update(now, before);
  keepLater();
});

function keepLater(): void {
  window.clearTimeout(keeping);
  const rest = store.state.dragging ? KEEP_MS : keptAt + KEEP_MS - performance.now();
  keeping = window.setTimeout(keep, Math.max(0, rest));
}
function keep(): void {
  window.clearTimeout(keeping);
  keptAt = performance.now();
  vscode.setState(storedState(store.state, graph.view.state));
}
// When another panel comes to stand here it is too late to keep anything.
window.addEventListener('blur', keep);
window.addEventListener('pagehide', keep);

for (const part of parts) part.update(store.state, null);
if (stored?.content) show(stored.content, stored.digits, stored.follow, true);
vscode.postMessage({ kind: 'ready' });
