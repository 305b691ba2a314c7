/**
 * The page inside the panel's webview. It computes nothing: it shows the model that the extension sends, keeps what
 * the user chose, and says what was clicked. All text of the user's source enters as text.
 */
import type { CopyFormat, PanelModel, PlainLocation } from '../../server/protocol/messages.ts';
import { equation, h } from './dom.ts';
import { DRAWN_NODES, drawGraph } from './graphView.ts';
import { mathElement } from './mathml.ts';
import {
  type Choice,
  type FromPage,
  type Mode,
  type PanelContent,
  type PanelState,
  readState,
  type ToPage,
} from './messages.ts';
import {
  FIRST_CHOICE,
  formulaText,
  gradientRows,
  keepChoice,
  numberView,
  rowAt,
  scopeNote,
  seedIndex,
  sweepNote,
  type TraceCell,
  traceTable,
} from './view.ts';
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

const COPIES: readonly { readonly format: CopyFormat; readonly label: string }[] = [
  { format: 'typescript', label: 'TypeScript' },
  { format: 'latex', label: 'LaTeX' },
  { format: 'unicode', label: 'Unicode' },
  { format: 'numbers', label: 'Numbers' },
];

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

function page({ source, model }: PanelContent): Node[] {
  return [
    header(source, model),
    ...problems(model),
    ...formulas(source.kind, model),
    ...gradient(model),
    ...trace(model),
  ];
}

function section(title: string, ...children: readonly (Node | null)[]): HTMLElement {
  const id = `section-${title.toLowerCase().replace(/\W+/g, '-')}`;
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), ...children);
}

function header(source: PanelContent['source'], model: PanelModel): Node {
  const { sample } = model;
  return h(
    'header',
    {},
    h(
      'div',
      { class: 'title' },
      h('h1', {}, source.kind === 'selection' ? 'Selection' : model.title),
      model.outdated && h('span', { class: 'badge', role: 'status' }, 'outdated'),
      h(
        'label',
        { class: 'follow', title: 'Show the function that the cursor is in' },
        h('input', {
          type: 'checkbox',
          'data-focus': 'follow',
          checked: follow,
          onchange: (event: Event) => {
            follow = (event.target as HTMLInputElement).checked;
            vscode.postMessage({ kind: 'follow', on: follow });
            render();
          },
        }),
        'Follow cursor',
      ),
    ),
    source.kind === 'selection' ? h('pre', { class: 'expression' }, source.expression) : null,
    sample === null
      ? h(
          'p',
          { class: 'sample' },
          source.kind === 'selection'
            ? 'No sample point here: formulas only.'
            : 'No sample point: formulas only. Write one: // @differentiable at x = 1',
        )
      : h(
          'p',
          { class: 'sample' },
          h('span', { class: 'at' }, `at ${sample.text}`),
          sample.count > 1 &&
            h(
              'button',
              { 'data-focus': 'sample', onclick: () => vscode.postMessage({ kind: 'nextSample' }) },
              `sample ${sample.index + 1} of ${sample.count} ›`,
            ),
        ),
    model.fixed.length === 0
      ? null
      : h('p', { class: 'note' }, `Held fixed: ${model.fixed.map(fixedText).join(', ')}`),
  );
}

function fixedText(leaf: PanelModel['fixed'][number]): string {
  const { relation, text } = numberView(leaf.value, digits);
  return `${leaf.label} ${relation} ${text}`;
}

function problems(model: PanelModel): Node[] {
  if (model.problems.length === 0) return [];
  const items = model.problems.map((problem, index) =>
    h(
      'li',
      { class: problem.severity },
      h('span', { class: 'severity' }, `${problem.severity} ${problem.id}`),
      ' ',
      h('span', {}, problem.message),
      ' ',
      problem.location === null ? null : placeLink(problem.location, `problem ${index}`),
    ),
  );
  return [section('Problems', h('ul', { class: 'problems' }, ...items))];
}

function placeLink(location: PlainLocation, focus: string): Node {
  return h(
    'button',
    {
      class: 'link',
      'data-focus': focus,
      onclick: () => vscode.postMessage({ kind: 'reveal', location, open: true }),
    },
    `line ${location.range.start.line + 1}`,
  );
}

// ───────────────────────────── formulas and numbers ─────────────────────────────

function formulas(kind: PanelContent['source']['kind'], model: PanelModel): Node[] {
  if (model.formulas.length === 0) return [];
  const rows = model.formulas.map((formula, index) => {
    const plain = `${formula.label} = ${formula.unicode}`;
    const value = formula.value === null ? null : numberView(formula.value, digits);
    return h(
      'div',
      { class: 'formula', role: 'listitem' },
      h(
        'div',
        {
          class: 'math',
          tabindex: 0,
          'data-scroll': `formula ${index}`,
          'data-focus': `formula ${index}`,
          'aria-label': plain,
          role: 'math',
        },
        mathElement(formula.mathml) ?? plain,
      ),
      value === null
        ? null
        : h('span', { class: 'number', title: value.full }, `${value.relation} ${value.text}`),
    );
  });
  const note = scopeNote(model);
  return [
    section(
      'Formulas',
      h('div', { class: 'formulas', role: 'list' }, ...rows),
      note === null ? null : h('p', { class: 'note' }, note),
      h(
        'div',
        { class: 'toolbar', role: 'group', 'aria-label': 'Copy the formulas' },
        'Copy as',
        ...copies(model),
        kind === 'selection' && insertButton(),
      ),
    ),
  ];
}

function copies(model: PanelModel): Node[] {
  const offered = COPIES.filter((copy) => copy.format !== 'numbers' || model.sample !== null);
  return offered.map(({ format, label }) =>
    h(
      'button',
      {
        'data-focus': `copy ${format}`,
        onclick: () => vscode.postMessage({ kind: 'copy', text: formulaText(model, format), what: label }),
      },
      label,
    ),
  );
}

function insertButton(): HTMLElement {
  return h(
    'button',
    { 'data-focus': 'insert', onclick: () => vscode.postMessage({ kind: 'insert' }) },
    'Insert Below as Code',
  );
}

/** The gradient as numbers; left out where the formulas already carry all of them. */
function gradient(model: PanelModel): Node[] {
  if (model.sample === null || model.inputs.length === 0) return [];
  if (model.formulas.length === model.inputs.length + 1) return [];
  const rows = gradientRows(model, digits).map((row) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, row.input),
      h('td', { class: 'number', title: row.at.full }, row.at.text),
      h('td', { class: 'number adjoint', title: row.partial?.full ?? '' }, row.partial?.text ?? ''),
    ),
  );
  const output = model.outputs[model.output];
  const value = output === undefined ? null : numberView(output.value, digits);
  return [
    section(
      'Gradient',
      value === null
        ? null
        : h(
            'p',
            { class: 'value', title: value.full },
            `${model.name}${output!.label} ${value.relation} ${value.text}`,
          ),
      h(
        'div',
        { class: 'scroller', tabindex: 0, 'data-scroll': 'gradient', 'data-focus': 'gradient' },
        h(
          'table',
          {},
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              head('Input'),
              head('At', 'number'),
              head(`∂${model.name}${output?.label ?? ''}`, 'number adjoint'),
            ),
          ),
          h('tbody', {}, ...rows),
        ),
      ),
    ),
  ];
}

function head(text: string, cls?: string, title?: string): HTMLElement {
  return h('th', { scope: 'col', class: cls, title: title === '' ? undefined : title }, text);
}

// ───────────────────────────── trace ─────────────────────────────

function trace(model: PanelModel): Node[] {
  if (model.trace.length === 0) return [];
  const limit = drawAll ? Number.POSITIVE_INFINITY : DRAWN_NODES;
  const hidden = model.trace.length - Math.min(limit, model.trace.length);
  const { rows, seeds } = model.leftOut;
  const sweepsSaid = sweepNote(model);
  return [
    section(
      'Graph',
      modes(model),
      sweepsSaid === null ? null : h('p', { class: 'note' }, sweepsSaid),
      drawGraph(model, choice, digits, limit, { select: selectRow }),
      hidden === 0
        ? null
        : h(
            'p',
            { class: 'note' },
            `${hidden} more nodes are not drawn. `,
            h('button', { 'data-focus': 'all', onclick: drawEverything }, 'Draw all'),
          ),
    ),
    section(
      'Evaluation trace',
      traceElement(model),
      rows === 0 ? null : h('p', { class: 'note' }, `${rows} more rows of the trace are left out.`),
      seeds === 0 ? null : h('p', { class: 'note' }, `${seeds} more seeds are left out.`),
    ),
  ];
}

function drawEverything(): void {
  drawAll = true;
  render();
}

function modes(model: PanelModel): Node {
  const mode = (value: Mode, label: string): Node =>
    h(
      'button',
      {
        class: value,
        'data-focus': `mode ${value}`,
        'aria-pressed': choice.mode === value ? 'true' : 'false',
        onclick: () => choose({ mode: value }, false),
      },
      label,
    );
  const chosen = seedIndex(model, choice);
  return h(
    'div',
    { class: 'toolbar' },
    h(
      'div',
      { class: 'segments', role: 'group', 'aria-label': 'Mode' },
      mode('forward', 'Forward: tangents ẇ'),
      mode('reverse', 'Reverse: adjoints w̄'),
    ),
    choice.mode === 'forward' && model.seeds.length > 1
      ? h(
          'label',
          {},
          'Seed ',
          h(
            'select',
            {
              'data-focus': 'seed',
              onchange: (event: Event) => choose({ seed: (event.target as HTMLSelectElement).value }, false),
            },
            ...model.seeds.map((seed, index) =>
              h('option', { value: seed, selected: index === chosen }, seed),
            ),
          ),
        )
      : null,
  );
}

function traceElement(model: PanelModel): Node {
  const table = traceTable(model, choice, digits);
  const first = choice.row ?? table.rows[0]?.row ?? 0;
  const body = table.rows.map((row) =>
    h(
      'tr',
      {
        id: `row-${row.row}`,
        class: [row.selected && 'selected', row.output && 'output'].filter(Boolean).join(' '),
        onclick: () => selectRow(row.row, false),
        ondblclick: () => selectRow(row.row, true),
      },
      h(
        'th',
        { scope: 'row', class: 'equation primal' },
        h(
          'button',
          {
            class: 'link',
            tabindex: row.row === first ? 0 : -1,
            'data-focus': `row ${row.row}`,
            'aria-current': row.selected ? 'true' : undefined,
            onkeydown: (event: KeyboardEvent) => moveInTable(event, row.row),
          },
          equation(row.name),
        ),
        equation(` = ${row.equation}`),
        row.userName === null ? null : h('span', { class: 'user' }, row.userName),
      ),
      ...row.cells.map((cell, index) => cellElement(cell, table.columns[index + 1]!)),
    ),
  );
  return h(
    'div',
    { class: 'scroller', 'data-scroll': 'trace' },
    h(
      'table',
      { class: `trace ${choice.mode}` },
      h('caption', {}, table.caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...table.columns.map((c) =>
            head(c.title, `${c.kind} ${c.tone}${c.chosen ? ' chosen' : ''}`, c.hint),
          ),
        ),
      ),
      h('tbody', {}, ...body),
    ),
  );
}

function cellElement(cell: TraceCell, column: { readonly tone: string; readonly chosen: boolean }): Node {
  if (cell.kind === 'number') {
    const cls = `number ${column.tone}${column.chosen ? ' chosen' : ''}`;
    return h('td', { class: cls, title: cell.number.full }, cell.number.text);
  }
  return h(
    'td',
    { class: `equation ${column.tone}` },
    equation(cell.text),
    cell.note === null ? null : h('span', { class: 'user' }, cell.note),
  );
}

/** Arrow keys move from row to row, Enter goes to the source. */
function moveInTable(event: KeyboardEvent, row: number): void {
  if (event.key === 'Enter') {
    event.preventDefault();
    selectRow(row, true);
    return;
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || content === null) return;
  event.preventDefault();
  const next = row + (choice.mode === 'forward' ? step : -step);
  if (next < 0 || next >= content.model.trace.length) return;
  selectRow(next, false);
  root.querySelector<HTMLElement>(`[data-focus="row ${next}"]`)?.focus();
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
