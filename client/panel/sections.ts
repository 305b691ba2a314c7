/** The parts of the page above the graph: what it is about, problems, formulas and numbers. */
import type { CopyFormat, PanelModel, PlainLocation } from '../../server/protocol/messages.ts';
import { head, type PageContext, section } from './context.ts';
import { h } from './dom.ts';
import { mathElement } from './mathml.ts';
import { formulaText, gradientRows, jacobianTable, type NumberView, numberView, scopeNote } from './view.ts';

const COPIES: readonly { readonly format: CopyFormat; readonly label: string }[] = [
  { format: 'typescript', label: 'TypeScript' },
  { format: 'latex', label: 'LaTeX' },
  { format: 'unicode', label: 'Unicode' },
  { format: 'numbers', label: 'Numbers' },
];

export function header(at: PageContext): Node {
  const { source, model } = at.content;
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
          checked: at.follow,
          onchange: (event: Event) => {
            at.setFollow((event.target as HTMLInputElement).checked);
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
              { 'data-focus': 'sample', onclick: () => at.post({ kind: 'nextSample' }) },
              `sample ${sample.index + 1} of ${sample.count} ›`,
            ),
        ),
    model.fixed.length === 0
      ? null
      : h('p', { class: 'note' }, `Held fixed: ${fixedTexts(model, at.digits).join(', ')}`),
  );
}

const FIXED_SHOWN = 12;

function fixedTexts({ fixed }: PanelModel, digits: number): string[] {
  const texts = fixed.slice(0, FIXED_SHOWN).map(({ label, value }) => {
    const { relation, text } = numberView(value, digits);
    return `${label} ${relation} ${text}`;
  });
  return fixed.length > FIXED_SHOWN ? [...texts, `${fixed.length - FIXED_SHOWN} more`] : texts;
}

export function problems(at: PageContext): Node[] {
  const { model } = at.content;
  if (model.problems.length === 0) return [];
  const items = model.problems.map((problem, index) =>
    h(
      'li',
      { class: problem.severity },
      h('span', { class: 'severity' }, `${problem.severity} ${problem.id}`),
      ' ',
      h('span', {}, problem.message),
      ' ',
      problem.location === null ? null : placeLink(at, problem.location, `problem ${index}`),
    ),
  );
  return [section('Problems', h('ul', { class: 'problems' }, ...items))];
}

function placeLink(at: PageContext, location: PlainLocation, focus: string): Node {
  return h(
    'button',
    {
      class: 'link',
      'data-focus': focus,
      onclick: () => at.post({ kind: 'reveal', location, open: true }),
    },
    `line ${location.range.start.line + 1}`,
  );
}

// ───────────────────────────── formulas and numbers ─────────────────────────────

export function formulas(at: PageContext): Node[] {
  const { source, model } = at.content;
  if (model.formulas.length === 0) return [];
  const rows = model.formulas.map((formula, index) => {
    const plain = `${formula.label} = ${formula.unicode}`;
    const value = formula.value === null ? null : numberView(formula.value, at.digits);
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
        ...copies(at),
        source.kind === 'selection' && insertButton(at),
      ),
    ),
  ];
}

function copies(at: PageContext): Node[] {
  const { model } = at.content;
  const offered = COPIES.filter((copy) => copy.format !== 'numbers' || model.sample !== null);
  return offered.map(({ format, label }) =>
    h(
      'button',
      {
        'data-focus': `copy ${format}`,
        onclick: () => at.post({ kind: 'copy', text: formulaText(model, format), what: label }),
      },
      label,
    ),
  );
}

function insertButton(at: PageContext): HTMLElement {
  return h(
    'button',
    { 'data-focus': 'insert', onclick: () => at.post({ kind: 'insert' }) },
    'Insert Below as Code',
  );
}

/** The derivatives as numbers; left out where the formulas already say all of it. */
export function gradient(at: PageContext): Node[] {
  const { model } = at.content;
  if (model.sample === null || model.inputs.length === 0) return [];
  if (model.formulas.length === model.inputs.length + 1 && model.kinks.length === 0) return [];
  if (model.outputs.length > 1) return [section('Jacobian', ...jacobian(at))];
  const rows = gradientRows(model, at.digits).map((row) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, row.input),
      h('td', { class: 'number', title: row.at.full }, row.at.text),
      partialCell(row.partial, null),
      model.kinks.length > 0 && h('td', { class: 'user' }, row.kink ?? ''),
    ),
  );
  const output = model.outputs[model.output];
  const value = output === undefined ? null : numberView(output.value, at.digits);
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
      scrolled(
        'gradient',
        [
          head('Input'),
          head('At', 'number'),
          head(`∂${model.name}`, 'number adjoint'),
          ...(model.kinks.length > 0 ? [head('')] : []),
        ],
        rows,
      ),
    ),
  ];
}

function partialCell(partial: NumberView | null, kink: string | null): Node {
  return h(
    'td',
    { class: 'number adjoint', title: partial?.full ?? '' },
    partial?.text ?? '',
    kink === null ? null : h('span', { class: 'user' }, kink),
  );
}

function jacobian(at: PageContext): Node[] {
  const { model } = at.content;
  const { inputs, rows, leftOut } = jacobianTable(model, at.digits);
  const heads = [head('Output'), head('Value', 'number')];
  for (const input of inputs) heads.push(head(`∂/∂${input}`, 'number adjoint'));
  const body = rows.map((row) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, row.label),
      h('td', { class: 'number', title: row.value.full }, row.value.text),
      ...row.partials.map((partial) => partialCell(partial, partial.kink)),
    ),
  );
  const more = [
    leftOut.outputs > 0 ? `${leftOut.outputs} more outputs` : '',
    leftOut.inputs > 0 ? `${leftOut.inputs} more inputs` : '',
  ].filter((text) => text !== '');
  return [
    scrolled('jacobian', heads, body),
    ...(more.length === 0 ? [] : [h('p', { class: 'note' }, `${more.join(' and ')} are left out.`)]),
  ];
}

/** A table that scrolls sideways where it is too wide. */
function scrolled(name: string, heads: readonly Node[], rows: readonly Node[]): Node {
  return h(
    'div',
    {
      class: 'scroller',
      tabindex: 0,
      'data-scroll': name,
      'data-focus': name,
      role: 'region',
      'aria-label': name,
    },
    h('table', {}, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows)),
  );
}
