/** The formulas, and the derivatives as numbers. */
import type { CopyFormat, PanelModel } from '../../../server/protocol/messages.ts';
import { h } from '../dom.ts';
import { mathElement } from '../mathml.ts';
import type { Actions, Part, Shown } from '../state.ts';
import {
  formulaText,
  gradientRows,
  jacobianTable,
  type NumberView,
  scopeNote,
  UNKNOWN,
  viewOf,
} from '../view.ts';
import { describedPart, head, scrolled, sectionElement } from './part.ts';

const COPIES: readonly { readonly format: CopyFormat; readonly label: string }[] = [
  { format: 'typescript', label: 'TypeScript' },
  { format: 'latex', label: 'LaTeX' },
  { format: 'unicode', label: 'Unicode' },
  { format: 'numbers', label: 'Numbers' },
];

export function formulasPart(actions: Actions): Part {
  const { section, body } = sectionElement('Formulas');
  const described = describedPart(section, body, ['content'], ({ content }) => {
    const { source, model } = content;
    if (model.formulas.length === 0) return null;
    const rows = model.formulas.map((formula) => {
      const plain = `${formula.label} = ${formula.unicode}`;
      return h(
        'div',
        { class: 'formula', role: 'listitem' },
        h(
          'div',
          { class: 'math', tabindex: 0, 'aria-label': plain, role: 'math' },
          mathElement(formula.mathml) ?? plain,
        ),
        h('span', { class: 'number' }),
      );
    });
    const note = scopeNote(model);
    return [
      h('div', { class: 'formulas', role: 'list' }, ...rows),
      note === null ? null : h('p', { class: 'note' }, note),
      h(
        'div',
        { class: 'toolbar', role: 'group', 'aria-label': 'Copy the formulas' },
        'Copy as',
        ...copies(actions, model),
        source.kind === 'selection' &&
          h('button', { onclick: () => actions.post({ kind: 'insert' }) }, 'Insert Below as Code'),
      ),
    ];
  });
  return {
    element: section,
    update(now, before) {
      described.update(now, before);
      const { numbers, digits } = now;
      if (
        section.hidden ||
        (now.content === before?.content && numbers === before?.numbers && digits === before.digits)
      )
        return;
      const values = formulaValues(now as Shown);
      [...section.querySelectorAll('.formula > .number')].forEach((element, index) => {
        const value = values[index];
        const view = value === undefined ? null : viewOf(value, digits);
        element.textContent = view === null ? '' : `${view.relation} ${view.text}`;
        if (view === null) element.removeAttribute('title');
        else element.setAttribute('title', view.full);
      });
    },
  };
}

/** Of the function and its partials, where they have one. */
function formulaValues({ content: { model }, numbers }: Shown): readonly number[] {
  if (model.sample === null || model.outputs.length !== 1) return [];
  return [...numbers.outputs, ...(numbers.jacobian[0] ?? [])];
}

function copies(actions: Actions, model: PanelModel): Node[] {
  const offered = COPIES.filter((copy) => copy.format !== 'numbers' || model.sample !== null);
  return offered.map(({ format, label }) =>
    h(
      'button',
      { onclick: () => actions.post({ kind: 'copy', text: formulaText(model, format), what: label }) },
      label,
    ),
  );
}

// ───────────────────────────── numbers ─────────────────────────────

/** Left out where the formulas already say all of it. */
export function gradientPart(): Part {
  const { section, body } = sectionElement('Gradient');
  return describedPart(section, body, ['content', 'digits', 'numbers'], (shown) => {
    const { model } = shown.content;
    if (model.sample === null || model.inputs.length === 0) return null;
    if (model.formulas.length === model.inputs.length + 1 && model.kinks.length === 0) return null;
    const several = model.outputs.length > 1;
    section.querySelector('h2')!.textContent = several ? 'Jacobian' : 'Gradient';
    return several ? jacobian(shown) : gradient(shown);
  });
}

function gradient({ content: { model }, numbers, digits }: Shown): (Node | null)[] {
  const rows = gradientRows(model, numbers, digits).map((row) =>
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
  const value = viewOf(numbers.outputs[model.output] ?? Number.NaN, digits);
  return [
    output === undefined
      ? null
      : h(
          'p',
          { class: 'value', title: value.full },
          `${model.name}${output.label} ${value.relation} ${value.text}`,
        ),
    scrolled(
      'Gradient',
      [
        head('Input'),
        head('At', 'number'),
        head(`∂${model.name}`, 'number adjoint'),
        ...(model.kinks.length > 0 ? [head('Kink')] : []),
      ],
      rows,
    ),
  ];
}

function partialCell(partial: NumberView | null, kink: string | null): Node {
  return h(
    'td',
    { class: 'number adjoint', title: partial?.full ?? '' },
    partial?.text ?? UNKNOWN,
    kink === null ? null : h('span', { class: 'user' }, kink),
  );
}

function jacobian({ content: { model }, numbers, digits }: Shown): (Node | null)[] {
  const { inputs, rows, leftOut } = jacobianTable(model, numbers, digits);
  const heads = [head('Output'), head('Value', 'number')];
  for (const input of inputs) heads.push(head(`∂/∂${input}`, 'number adjoint'));
  const body = rows.map((row) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, row.label),
      h('td', { class: 'number', title: row.value.full }, row.value.text),
      ...row.partials.map((partial) => partialCell(partial, partial?.kink ?? null)),
    ),
  );
  const more = [
    leftOut.outputs > 0 ? `${leftOut.outputs} more outputs` : '',
    leftOut.inputs > 0 ? `${leftOut.inputs} more inputs` : '',
  ].filter((text) => text !== '');
  return [
    scrolled('Jacobian', heads, body),
    more.length === 0 ? null : h('p', { class: 'note' }, `${more.join(' and ')} are left out.`),
  ];
}
