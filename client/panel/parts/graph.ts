/** The computational graph with what is chosen of it, and the sweeps over it. */
import { h, patch } from '../dom.ts';
import { DRAWN_NODES, drawGraph } from '../graphView.ts';
import { type Actions, isShown, type Part, type Shown } from '../state.ts';
import { differs } from '../store.ts';
import { sweepNote } from '../view.ts';
import { controls } from './controls.ts';
import { describedPart, sectionElement } from './part.ts';
import { sweepPart } from './sweep.ts';

export function graphPart(actions: Actions): Part {
  const { section, body } = sectionElement('Graph');
  const choices = h('div', {});
  const sweep = sweepPart(actions);
  const picture = h('div', {});
  const drawEverything = (): void => {
    drawAll = true;
    if (last !== null) draw(last);
  };
  let drawAll = false;
  let last: Shown | null = null;
  body.append(choices, sweep.element, picture);
  const above = describedPart(choices, choices, ['content', 'choice'], (shown) => {
    const said = sweepNote(shown.content.model);
    return [controls(shown, actions), said === null ? null : h('p', { class: 'note' }, said)];
  });
  const draw = ({ content: { model }, choice, digits }: Shown): void => {
    const limit = drawAll ? Number.POSITIVE_INFINITY : DRAWN_NODES;
    const hidden = model.trace.length - Math.min(limit, model.trace.length);
    const drawn = h(
      'div',
      {},
      drawGraph(model, choice, digits, limit, { select: actions.selectRow }),
      hidden === 0
        ? null
        : h(
            'p',
            { class: 'note' },
            `${hidden} more nodes are not drawn. `,
            h('button', { onclick: drawEverything }, 'Draw all'),
          ),
    );
    patch(picture, drawn);
  };
  return {
    element: section,
    update(now, before) {
      section.hidden = !isShown(now) || now.content.model.trace.length === 0;
      if (now.content?.model.title !== before?.content?.model.title) drawAll = false;
      above.update(now, before);
      sweep.update(now, before);
      if (section.hidden || !isShown(now) || !differs(now, before, 'content', 'choice', 'digits')) return;
      last = now;
      draw(now);
    },
  };
}
