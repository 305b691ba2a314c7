/** The lower part of the page: the graph with its controls, and the evaluation trace as a table. */
import { head, type PageContext, section } from './context.ts';
import { equation, h } from './dom.ts';
import { DRAWN_NODES, drawGraph } from './graphView.ts';
import type { Mode } from './messages.ts';
import { seedIndex, sweepNote, type TraceCell, traceTable } from './view.ts';

export function trace(at: PageContext): Node[] {
  const { model } = at.content;
  if (model.trace.length === 0) return [];
  const limit = at.drawAll ? Number.POSITIVE_INFINITY : DRAWN_NODES;
  const hidden = model.trace.length - Math.min(limit, model.trace.length);
  const { rows, seeds } = model.leftOut;
  const sweepsSaid = sweepNote(model);
  return [
    section(
      'Graph',
      toolbar(at),
      sweepsSaid === null ? null : h('p', { class: 'note' }, sweepsSaid),
      drawGraph(model, at.choice, at.digits, limit, { select: at.selectRow }),
      hidden === 0
        ? null
        : h(
            'p',
            { class: 'note' },
            `${hidden} more nodes are not drawn. `,
            h('button', { 'data-focus': 'all', onclick: at.drawEverything }, 'Draw all'),
          ),
    ),
    section(
      'Evaluation trace',
      traceElement(at),
      rows === 0 ? null : h('p', { class: 'note' }, `${rows} more rows of the trace are left out.`),
      seeds === 0 ? null : h('p', { class: 'note' }, `${seeds} more seeds are left out.`),
    ),
  ];
}

/** Mode, output and seed; null where there is nothing to choose. */
function toolbar(at: PageContext): Node | null {
  const { model } = at.content;
  if (model.special && model.outputs.length <= 1) return null;
  const mode = (value: Mode, label: string): Node =>
    h(
      'button',
      {
        class: value,
        'data-focus': `mode ${value}`,
        'aria-pressed': at.choice.mode === value ? 'true' : 'false',
        onclick: () => at.choose({ mode: value }),
      },
      label,
    );
  const chosen = seedIndex(model, at.choice);
  return h(
    'div',
    { class: 'toolbar' },
    model.special
      ? null
      : h(
          'div',
          { class: 'segments', role: 'group', 'aria-label': 'Mode' },
          mode('forward', 'Forward: tangents ẇ'),
          mode('reverse', 'Reverse: adjoints w̄'),
        ),
    model.outputs.length > 1 ? outputSelect(at) : null,
    at.choice.mode === 'forward' && model.seeds.length > 1
      ? h(
          'label',
          {},
          'Seed ',
          h(
            'select',
            {
              'data-focus': 'seed',
              onchange: (event: Event) => at.choose({ seed: (event.target as HTMLSelectElement).value }),
            },
            ...model.seeds.map((seed, index) =>
              h('option', { value: seed, selected: index === chosen }, seed),
            ),
          ),
        )
      : null,
  );
}

function outputSelect(at: PageContext): Node {
  const { model } = at.content;
  return h(
    'label',
    {},
    'Output ',
    h(
      'select',
      {
        'data-focus': 'output',
        onchange: (event: Event) =>
          at.post({ kind: 'output', output: (event.target as HTMLSelectElement).selectedIndex }),
      },
      ...model.outputs.map((output, index) =>
        h('option', { selected: index === model.output }, `${model.name}${output.label}`),
      ),
    ),
  );
}

function traceElement(at: PageContext): Node {
  const { model } = at.content;
  const table = traceTable(model, at.choice, at.digits);
  const first = at.choice.row ?? table.rows[0]?.row ?? 0;
  const body = table.rows.map((row) =>
    h(
      'tr',
      {
        id: `row-${row.row}`,
        class: [row.selected && 'selected', row.output && 'output'].filter(Boolean).join(' '),
        onclick: () => at.selectRow(row.row, false),
        ondblclick: () => at.selectRow(row.row, true),
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
            onkeydown: (event: KeyboardEvent) => moveInTable(at, event, row.row),
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
      { class: `trace ${model.special ? 'primal' : at.choice.mode}` },
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
function moveInTable(at: PageContext, event: KeyboardEvent, row: number): void {
  if (event.key === 'Enter') {
    event.preventDefault();
    at.selectRow(row, true);
    return;
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const { model } = at.content;
  const upward = at.choice.mode === 'reverse' && !model.special;
  const next = row + (upward ? -step : step);
  if (next < 0 || next >= model.trace.length) return;
  at.selectRow(next, false);
  at.focus(`row ${next}`);
}
