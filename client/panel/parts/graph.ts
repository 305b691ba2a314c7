/** The computational graph with what is chosen of it, and the sweeps over it. */
import { h } from '../dom.ts';
import { GraphView } from '../graph/view.ts';
import type { PanelContent } from '../messages.ts';
import { type Actions, isShown, type Part, type Shown, whyRows } from '../state.ts';
import { differs } from '../store.ts';
import { reachedAt } from '../sweep.ts';
import { sweepNote } from '../view.ts';
import { controls } from './controls.ts';
import { exportsBar } from './exports.ts';
import { describedPart, sectionElement } from './part.ts';
import { sweepPart } from './sweep.ts';
import { GraphTree } from './tree.ts';

/** Names what is shown over edits, reloads and other functions. */
export function sourceKey({ source, model }: PanelContent): string {
  return source.kind === 'function'
    ? `${source.function.uri} ${source.function.target ?? model.name}`
    : `selection ${source.expression}`;
}

/** `changed`: what the view remembers, or the graph that it shows, is another. */
export function graphPart(actions: Actions, changed: () => void): Part & { readonly view: GraphView } {
  const { section, body } = sectionElement('Graph');
  const choices = h('div', {});
  const sweep = sweepPart(actions);
  const view = new GraphView({
    select: (row, open, location) => actions.selectRow(row, open, location),
    changed: () => {
      tree.update();
      changed();
    },
  });
  const tree = new GraphTree(view, actions);
  body.append(choices, sweep.element, view.element, tree.element, exportsBar(view, actions));
  const above = describedPart(choices, choices, ['content', 'choice'], (shown) => {
    const said = sweepNote(shown.content.model);
    return [controls(shown, actions), said === null ? null : h('p', { class: 'note' }, said)];
  });
  return {
    element: section,
    view,
    update(now, before) {
      section.hidden = !isShown(now) || now.content.model.trace.length === 0;
      above.update(now, before);
      sweep.update(now, before);
      if (section.hidden || !isShown(now)) {
        if (before !== null && isShown(before)) view.clear();
        return;
      }
      const { content, numbers, choice, digits } = now;
      const anew =
        differs(now, before, 'content', 'digits') ||
        now.choice.mode !== before?.choice.mode ||
        before.content?.model.trace.length === 0;
      if (anew)
        view.show({ source: sourceKey(content), model: content.model, numbers, mode: choice.mode, digits });
      else if (differs(now, before, 'numbers')) view.update(numbers);
      if (!now.dragging && differs(now, before, 'content', 'numbers', 'digits', 'dragging')) tree.update();
      if (anew || differs(now, before, 'choice', 'step', 'why')) highlight(view, now);
    },
  };
}

function highlight(view: GraphView, now: Shown): void {
  const { content, choice, step, steps } = now;
  const reached = step === 0 ? null : reachedAt(content.model, steps, step);
  view.highlight({
    selected: choice.row,
    current: steps[step - 1]?.row ?? null,
    reached:
      reached === null
        ? null
        : {
            values: reached.value,
            derivatives: choice.mode === 'reverse' ? reached.adjoint : reached.tangent,
          },
    why: whyRows(now),
  });
}
