/** The evaluation trace as a table. Its structure changes with the model, its numbers and marks in place. */
import { equation, h, patch } from '../dom.ts';
import { type Actions, isShown, type Part, type Shown } from '../state.ts';
import { differs } from '../store.ts';
import { type Reached, reachedAt } from '../sweep.ts';
import { TABLE_FORMATS, tableText } from '../tableText.ts';
import {
  columnsOf,
  numberAt,
  type TraceCell,
  type TraceColumn,
  type TraceTable,
  traceTable,
} from '../traceTable.ts';
import { UNKNOWN } from '../view.ts';
import { sectionElement } from './part.ts';

/** Rows that are tabulated unasked. */
const ROWS = 200;

export function tablePart(actions: Actions): Part {
  const { section, body } = sectionElement('Evaluation trace');
  const scroller = h('div', { class: 'scroller' });
  const notes = h('div', {});
  let latest: Shown | null = null;
  const copies = h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'Copy the trace' },
    'Copy as',
    ...TABLE_FORMATS.map((format) =>
      h(
        'button',
        {
          onclick: () => {
            if (latest === null) return;
            const text = tableText(latest.content.model, latest.numbers, latest.choice, format);
            actions.post({ kind: 'copy', text, what: `the trace as ${format}` });
          },
        },
        format,
      ),
    ),
  );
  body.append(scroller, notes, copies);
  let table: TraceTable | null = null;
  let all = false;
  const more = h('button', {
    onclick: () => {
      all = true;
      if (latest !== null) build(latest);
    },
  });
  body.insertBefore(more, copies);
  const build = (now: Shown): void => {
    const whole = traceTable(now.content.model, now.numbers, now.choice, now.digits, now.sort);
    const selected = whole.rows.findIndex(({ row }) => row === now.choice.row);
    const shown = all || selected >= ROWS ? whole.rows : whole.rows.slice(0, ROWS);
    more.hidden = shown.length === whole.rows.length;
    more.textContent = `Show all ${whole.rows.length} rows`;
    table = { ...whole, rows: shown };
    patch(scroller, h('div', { class: 'scroller' }, tableElement(table, now, actions)));
    cells = new NumberCells(scroller, table);
    patch(notes, h('div', {}, ...leftOut(now)));
    mark(scroller, now);
  };
  let cells: NumberCells | null = null;

  return {
    element: section,
    update(now, before) {
      section.hidden = !isShown(now) || now.content.model.trace.length === 0;
      if (section.hidden || !isShown(now)) return;
      latest = now;
      const structure =
        table === null ||
        differs(now, before, 'content', 'digits', 'sort', 'steps') ||
        now.choice.mode !== before!.choice.mode ||
        now.choice.seed !== before!.choice.seed ||
        now.choice.direction !== before!.choice.direction ||
        (now.sort !== null && !now.dragging && differs(now, before, 'numbers', 'dragging'));
      if (now.content.model.title !== before?.content?.model.title) all = false;
      if (structure || isBeyond(table, now.choice.row)) build(now);
      else {
        if (differs(now, before, 'numbers', 'dragging')) cells?.refresh(now);
        if (differs(now, before, 'choice', 'step')) mark(scroller, now);
      }
      if (now.choice.row !== before?.choice.row && now.choice.row !== null)
        keepInSight(section, now.choice.row, now.step > 0);
    },
  };
}

/** A row that is not in the part of the table that is shown. */
function isBeyond(table: TraceTable | null, selected: number | null): boolean {
  return selected !== null && table !== null && !table.rows.some(({ row }) => row === selected);
}

function leftOut({ content: { model } }: Shown): Node[] {
  const { rows, seeds } = model.leftOut;
  const note = (text: string): Node => h('p', { class: 'note' }, text);
  return [
    ...(rows === 0 ? [] : [note(`${rows} more rows of the trace are left out.`)]),
    ...(seeds === 0 ? [] : [note(`${seeds} more seeds are left out.`)]),
  ];
}

// ───────────────────────────── structure ─────────────────────────────

function tableElement(table: TraceTable, shown: Shown, actions: Actions): HTMLElement {
  const { model } = shown.content;
  const tabbable = shown.choice.row ?? table.rows[0]?.row ?? 0;
  const body = table.rows.map(({ row, name, equation: right, userName, output, cells }) =>
    h(
      'tr',
      {
        id: `row-${row}`,
        class: output ? 'output' : '',
        onclick: () => actions.selectRow(row, false),
        ondblclick: () => actions.selectRow(row, true),
      },
      h(
        'th',
        { scope: 'row', class: 'equation primal' },
        h(
          'button',
          {
            class: 'link',
            tabindex: row === tabbable ? 0 : -1,
            onkeydown: (event: KeyboardEvent) => moveInTable(event, row, actions),
          },
          equation(name),
        ),
        equation(` = ${right}`),
        userName === null ? null : h('span', { class: 'user', dir: 'auto' }, userName),
      ),
      ...cells.map((cell, index) => cellElement(cell, table.columns[index + 1]!)),
    ),
  );
  return h(
    'table',
    { class: `trace ${model.special ? 'primal' : shown.choice.mode}` },
    h('caption', {}, table.caption),
    h('thead', {}, h('tr', {}, ...table.columns.map((column) => headElement(column, shown, actions)))),
    h('tbody', {}, ...body),
  );
}

function headElement(
  { key, title, kind, tone, chosen, hint }: TraceColumn,
  { sort }: Shown,
  actions: Actions,
): Node {
  const sorted = sort?.key !== key ? undefined : sort.descending ? 'descending' : 'ascending';
  const sign = sorted === undefined ? '' : sorted === 'ascending' ? ' ▴' : ' ▾';
  const cls = `${kind} ${tone}${chosen ? ' chosen' : ''}`;
  if (kind === 'equation' && key !== 'primal')
    return h('th', { scope: 'col', class: cls, title: hint === '' ? undefined : hint }, title);
  return h(
    'th',
    { scope: 'col', class: cls, 'aria-sort': sorted },
    h(
      'button',
      {
        class: 'sort',
        title: [hint, key === 'primal' ? 'In the order of evaluation' : 'Sort by these numbers']
          .filter(Boolean)
          .join('. '),
        onclick: () => actions.sortBy(key),
      },
      `${title}${sign}`,
    ),
  );
}

function cellElement(cell: TraceCell, column: TraceColumn): Node {
  if (cell.kind === 'number') {
    const cls = `number ${column.tone}${column.chosen ? ' chosen' : ''}`;
    return h('td', { class: cls, title: cell.number?.full ?? '' }, cell.number?.text ?? UNKNOWN);
  }
  return h(
    'td',
    { class: `equation ${column.tone}` },
    equation(cell.text),
    cell.note === null ? null : h('span', { class: 'user' }, cell.note),
  );
}

/** Arrow keys move from row to row as they stand, Enter goes to the source. */
function moveInTable(event: KeyboardEvent, row: number, actions: Actions): void {
  if (event.key === 'Enter') {
    event.preventDefault();
    actions.selectRow(row, true);
    return;
  }
  const here = (event.currentTarget as HTMLElement).closest('tr');
  const next =
    event.key === 'ArrowDown'
      ? here?.nextElementSibling
      : event.key === 'ArrowUp'
        ? here?.previousElementSibling
        : event.key === 'Home'
          ? here?.parentElement?.firstElementChild
          : event.key === 'End'
            ? here?.parentElement?.lastElementChild
            : null;
  if (next === null || next === undefined) return;
  event.preventDefault();
  actions.selectRow(Number(next.id.slice('row-'.length)), false);
  next.querySelector('button')?.focus();
}

// ───────────────────────────── changes in place ─────────────────────────────

/** The cells that show a number, by row and column. */
class NumberCells {
  private readonly rows: readonly { readonly row: number; readonly cells: readonly HTMLElement[] }[];
  private readonly columns: readonly number[];

  constructor(scroller: HTMLElement, table: TraceTable) {
    this.columns = table.columns.flatMap(({ kind }, index) => (kind === 'number' ? [index] : []));
    const rows = [...scroller.querySelectorAll('tbody tr')];
    this.rows = table.rows.map(({ row }, index) => ({
      row,
      cells: this.columns.map((column) => rows[index]!.children[column] as HTMLElement),
    }));
  }

  /** Tooltips, which have all digits, wait for the end of a drag. */
  refresh(shown: Shown): void {
    const columns = columnsOf(shown.content.model, shown.numbers, shown.choice);
    for (const { row, cells } of this.rows)
      this.columns.forEach((column, at) => {
        const view = columns[column] === undefined ? null : numberAt(columns[column], row, shown.digits);
        const cell = cells[at]!;
        const text = cell.firstChild;
        const said = view?.text ?? UNKNOWN;
        if (text === null) cell.textContent = said;
        else if (text.nodeValue !== said) text.nodeValue = said;
        const full = view?.full ?? '';
        if (!shown.dragging && cell.title !== full) cell.title = full;
      });
  }
}

/** The selected row, and what the sweep has not come to. */
function mark(scroller: HTMLElement, { content: { model }, choice, steps, step }: Shown): void {
  const reached: Reached | null = step === 0 ? null : reachedAt(model, steps, step);
  for (const tr of scroller.querySelectorAll<HTMLElement>('tbody tr')) {
    const row = Number(tr.id.slice('row-'.length));
    const selected = row === choice.row;
    tr.classList.toggle('selected', selected);
    tr.classList.toggle('current', selected && step > 0);
    tr.classList.toggle('no-primal', reached !== null && !reached.value(row));
    tr.classList.toggle('no-tangent', reached !== null && !reached.tangent(row));
    tr.classList.toggle('no-adjoint', reached !== null && !reached.adjoint(row));
    const button = tr.querySelector('th button');
    if (selected) button?.setAttribute('aria-current', 'true');
    else button?.removeAttribute('aria-current');
    if (choice.row !== null) button?.setAttribute('tabindex', selected ? '0' : '-1');
  }
}

/** Scrolls a row into view where its table can be seen; a sweep leaves the page where it is. */
function keepInSight(section: HTMLElement, row: number, sweeping: boolean): void {
  const box = section.getBoundingClientRect();
  if (box.bottom <= 0 || box.top >= window.innerHeight) return;
  if (sweeping && box.top > window.innerHeight / 2) return;
  document.getElementById(`row-${row}`)?.scrollIntoView({ block: 'nearest' });
}
