/** The head of the page: what it is about, and what is amiss with it. */
import type { PanelModel, PlainLocation } from '../../../server/protocol/messages.ts';
import { h, patch } from '../dom.ts';
import { pointOf } from '../numbers.ts';
import type { Actions, PageState, Part, Shown } from '../state.ts';
import { isShown } from '../state.ts';
import { differs } from '../store.ts';
import { numberView, viewOf } from '../view.ts';
import { describedPart, sectionElement } from './part.ts';

export function headerPart(actions: Actions): Part {
  const element = h('header', {});
  return describedPart(element, element, ['content', 'digits', 'follow', 'numbers', 'moved'], (shown) =>
    describe(shown, actions),
  );
}

function describe(shown: Shown, actions: Actions): (Node | null)[] {
  const { content, digits, follow } = shown;
  const { source, model } = content;
  const { sample } = model;
  const selection = source.kind === 'selection';
  return [
    h(
      'div',
      { class: 'title' },
      h('h1', { dir: 'auto' }, selection ? 'Selection' : model.title),
      model.outdated ? h('span', { class: 'badge', role: 'status' }, 'outdated') : null,
      h(
        'button',
        {
          class: 'pin',
          'aria-pressed': follow ? 'false' : 'true',
          title: follow
            ? 'Keep showing this, wherever the cursor goes'
            : 'Show the function that the cursor is in',
          onclick: () => actions.setFollow(!follow),
        },
        follow ? 'Pin' : 'Pinned',
      ),
    ),
    selection ? h('pre', { class: 'expression' }, source.expression) : null,
    sample === null
      ? h('p', { class: 'sample' }, withoutSample(shown))
      : h(
          'p',
          { class: 'sample' },
          h('span', { class: 'at', dir: 'auto' }, `at ${placeText(shown) ?? sample.text}`),
          sample.count > 1 &&
            h(
              'button',
              { onclick: () => actions.post({ kind: 'nextSample' }) },
              `sample ${sample.index + 1} of ${sample.count} ›`,
            ),
        ),
    model.fixed.length === 0
      ? null
      : h('p', { class: 'note' }, `Held fixed: ${fixedTexts(model, digits).join(', ')}`),
  ];
}

function withoutSample({ content: { source }, moved, inputs }: Shown): string {
  if (Object.keys(moved).length > 0) {
    const point = pointOf(inputs, moved).map((value, index) => `${inputs[index]!.label} = ${value}`);
    return `There is no value at ${point.slice(0, LEAVES_SHOWN).join(', ')}.`;
  }
  if (source.kind === 'selection') return 'No sample point here: formulas only.';
  return 'No sample point: formulas only. Write one: // @differentiable at x = 1';
}

const LEAVES_SHOWN = 8;

/** Where the numbers are that are shown; null: at the sample. */
function placeText({ content: { model }, numbers, moved, digits }: Shown): string | null {
  if (!model.moved && Object.keys(moved).length === 0) return null;
  const leaves = model.inputs.slice(0, LEAVES_SHOWN).map(({ label }, index) => {
    const { relation, text } = viewOf(numbers.point[index] ?? Number.NaN, digits);
    return `${label} ${relation} ${text}`;
  });
  if (model.inputs.length > LEAVES_SHOWN) leaves.push('…');
  return leaves.join(', ');
}

const FIXED_SHOWN = 12;

function fixedTexts({ fixed }: PanelModel, digits: number): string[] {
  const texts = fixed.slice(0, FIXED_SHOWN).map(({ label, value }) => {
    const { relation, text } = numberView(value, digits);
    return `${label} ${relation} ${text}`;
  });
  return fixed.length > FIXED_SHOWN ? [...texts, `${fixed.length - FIXED_SHOWN} more`] : texts;
}

// ───────────────────────────── problems ─────────────────────────────

export function problemsPart(actions: Actions): Part {
  const { section, body } = sectionElement('Problems');
  return describedPart(
    section,
    body,
    ['content', 'why', 'numbers'],
    ({ content: { model }, why, numbers }) => {
      if (model.problems.length === 0) return null;
      const items = model.problems.map(({ severity, id, message, location }, index) =>
        h(
          'li',
          { class: severity },
          h('span', { class: 'severity' }, `${severity} ${id}`),
          ' ',
          h('span', { dir: 'auto' }, message),
          ' ',
          location === null ? null : placeLink(actions, location),
          model.why.some((one) => one.problem === index) && wayButton(actions, index, why === index),
        ),
      );
      const elsewhere = h('p', { class: 'note' }, 'This was said before the inputs were moved.');
      return [h('ul', { class: 'problems' }, ...items), numbers.settled ? null : elsewhere];
    },
  );
}

function placeLink(actions: Actions, location: PlainLocation): Node {
  return h(
    'button',
    { class: 'link', onclick: () => actions.post({ kind: 'reveal', location, open: true }) },
    `line ${location.range.start.line + 1}`,
  );
}

function wayButton(actions: Actions, problem: number, shown: boolean): Node {
  return h(
    'button',
    {
      class: 'link',
      'aria-pressed': shown ? 'true' : 'false',
      onclick: () => actions.showWhy(shown ? null : problem),
    },
    'show its way in the graph',
  );
}

// ───────────────────────────── nothing to show, or not as it was ─────────────────────────────

const EXAMPLE =
  '// @differentiable at x1 = 2, x2 = 3\nfunction f(x1: number, x2: number) {\n  return x1 * x2 + Math.sin(x1);\n}';

/** Above all else: that the file is closed; or, alone on the page, why there is nothing. */
export function noticePart(actions: Actions): Part {
  const element = h('div', { class: 'notices', role: 'status' });
  return {
    element,
    update(now, before) {
      if (!differs(now, before, 'content', 'empty', 'notice')) return;
      const model = element.cloneNode(false) as HTMLElement;
      model.append(...notices(now, actions));
      patch(element, model);
    },
  };
}

function notices(state: PageState, actions: Actions): Node[] {
  const said: Node[] = [];
  const { notice } = state;
  if (notice !== null) {
    const open = h('button', { onclick: () => actions.post({ kind: 'openFile' }) }, 'Open');
    said.push(
      h('p', { class: 'notice' }, h('span', { dir: 'auto' }, notice.text), ' ', notice.canOpen && open),
    );
  }
  if (!isShown(state)) {
    const why = state.empty === '' ? 'Nothing to show yet.' : state.empty;
    said.push(h('div', { class: 'empty' }, h('p', {}, why), h('pre', {}, EXAMPLE)));
  }
  return said;
}
