/** What the keys do, at the foot of the page. */
import { h } from '../dom.ts';
import type { Part } from '../state.ts';

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['Tab, Shift+Tab', 'from control to control'],
  [
    '← → on a slider',
    'move an input by a hundredth of its range; with Shift by a thousandth; Page Up and Down by a tenth',
  ],
  ['↑ ↓ in a field', 'the same, on its number; Enter takes what was typed, Escape takes it back'],
  ['← → on the scrubber', 'one step of the sweeps; Home and End the first and the last'],
  ['↑ ↓ Home End in the trace', 'from row to row; Enter goes to the source'],
  ['↑ ↓ ← → in the graph', 'along its edges; Enter goes to the source; more under Keys below the picture'],
  ['↑ ↓ ← → in the tree', 'from line to line, unfold and fold; Enter goes to the source'],
];

export function helpPart(): Part {
  const rows = KEYS.flatMap(([keys, what]) => [h('dt', {}, keys), h('dd', {}, what)]);
  return {
    element: h('details', { class: 'help' }, h('summary', {}, 'Keyboard'), h('dl', {}, ...rows)),
    update() {},
  };
}
