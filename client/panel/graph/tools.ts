/** The row of tools above the picture, and the legend and the notes below it. */
import type { FoldRegion } from '../../../core/graph/fold.ts';
import { dashes, lineWidth, STEPS, stepText } from '../../../core/graph/magnitude.ts';
import { h, svg } from '../dom.ts';

export interface ToolEvents {
  search(query: string): void;
  nextHit(step: 1 | -1): void;
  zoom(factor: number): void;
  fit(): void;
  toggle(id: string): void;
  weigh(input: number | null, share: number): void;
}

export interface ToolsShown {
  /** Regions that are unfolded and can be folded again. */
  readonly open: readonly FoldRegion[];
  /** Inputs whose strongest paths can be looked at alone: label, and index into the model's inputs. */
  readonly inputs: readonly { readonly label: string; readonly index: number }[];
  readonly weighed: { readonly input: number; readonly share: number } | null;
  readonly notes: readonly string[];
  readonly hits: { readonly at: number; readonly count: number } | null;
}

const SHARES = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999];
/** More unfolded regions than these are not offered one by one. */
const MOST_OPEN = 12;

export class GraphTools {
  readonly bar: HTMLElement;
  readonly below: HTMLElement;
  private readonly search: HTMLInputElement;
  private readonly hits: HTMLElement;
  private readonly weigh: HTMLSelectElement;
  private readonly share: HTMLSelectElement;
  private readonly weighing: HTMLElement;
  private readonly open: HTMLElement;
  private readonly notes: HTMLElement;
  private readonly events: ToolEvents;

  constructor(events: ToolEvents) {
    this.events = events;
    this.search = h('input', {
      type: 'search',
      class: 'graph-search',
      placeholder: 'Search nodes',
      'aria-label': 'Search nodes by name, operation or source text',
      'data-focus': 'graph search',
      oninput: () => events.search(this.search.value),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === 'Enter') events.nextHit(event.shiftKey ? -1 : 1);
        else if (event.key === 'Escape' && this.search.value !== '') {
          this.search.value = '';
          events.search('');
        } else return;
        event.preventDefault();
      },
    });
    this.hits = h('span', { class: 'hits', role: 'status' });
    const change = (): void =>
      events.weigh(this.weigh.value === '' ? null : Number(this.weigh.value), Number(this.share.value));
    this.weigh = h('select', { 'aria-label': 'Paths shown', 'data-focus': 'graph paths', onchange: change });
    this.share = h('select', {
      'aria-label': 'Share of the derivative that the shown paths carry',
      'data-focus': 'graph share',
      onchange: change,
    });
    for (const share of SHARES)
      this.share.append(h('option', { value: share }, `${Number((100 * share).toFixed(1))} %`));
    this.weighing = h('span', { class: 'weighing' }, this.weigh, this.share);
    const button = (label: string, name: string, act: () => void): HTMLElement =>
      h('button', { title: name, 'aria-label': name, 'data-focus': name, onclick: act }, label);
    this.bar = h(
      'div',
      { class: 'graph-tools', role: 'group', 'aria-label': 'Graph' },
      h(
        'span',
        { class: 'segments' },
        button('−', 'Zoom out', () => events.zoom(1 / 1.25)),
        button('+', 'Zoom in', () => events.zoom(1.25)),
        button('Fit', 'Fit the whole graph', () => events.fit()),
      ),
      this.search,
      this.hits,
      this.weighing,
    );
    this.open = h('div', { class: 'open-regions' });
    this.notes = h('div', { class: 'graph-notes' });
    this.below = h('div', { class: 'graph-below' }, this.open, this.notes, legend());
  }

  show(shown: ToolsShown): void {
    const { inputs, weighed } = shown;
    this.weighing.hidden = inputs.length === 0;
    const options: [string, string][] = [
      ['', 'All paths'],
      ...inputs.map(({ label, index }): [string, string] => [String(index), `Paths of ∂/∂${label}`]),
    ];
    const said = JSON.stringify(options);
    if (this.weigh.dataset['options'] !== said) {
      this.weigh.dataset['options'] = said;
      this.weigh.replaceChildren(...options.map(([value, label]) => h('option', { value }, label)));
    }
    this.weigh.value = weighed === null ? '' : String(weighed.input);
    this.share.value = String(weighed?.share ?? 0.95);
    this.share.hidden = weighed === null;
    const { hits } = shown;
    this.hits.textContent = hits === null ? '' : hitsText(hits);
    this.open.replaceChildren(...this.chips(shown.open));
    this.notes.replaceChildren(...shown.notes.map((note) => h('p', { class: 'note' }, note)));
  }

  focusSearch(): void {
    this.search.focus();
    this.search.select();
  }

  private chips(open: readonly FoldRegion[]): Node[] {
    const chips = open.slice(0, MOST_OPEN).map(({ id, label }) =>
      h(
        'button',
        {
          class: 'chip',
          title: `Fold ${label}`,
          'aria-label': `Fold ${label}`,
          'data-focus': `fold ${id}`,
          onclick: () => this.events.toggle(id),
        },
        h('span', { 'aria-hidden': 'true' }, '⊟ '),
        label,
      ),
    );
    if (open.length <= MOST_OPEN) return chips;
    return [...chips, h('span', { class: 'note' }, `and ${open.length - MOST_OPEN} more unfolded`)];
  }
}

function hitsText({ at, count }: { readonly at: number; readonly count: number }): string {
  if (count === 0) return 'not found';
  return at < 0 ? `${count} found, Enter shows` : `${at + 1} of ${count}`;
}

const KEYS =
  'Arrows move along edges. Enter goes to the source or unfolds a box, Backspace folds what is around a node. ' +
  '+, −, 0 zoom, F fits, Shift and arrows move the picture, / searches. Ctrl and wheel zoom, dragging moves.';

/** What widths, colours and dashes mean. */
function legend(): HTMLElement {
  const line = (magnitude: Parameters<typeof lineWidth>[0], text: string): Node =>
    h(
      'li',
      {},
      svg(
        'svg',
        { width: 30, height: 10, 'aria-hidden': 'true', class: 'swatch' },
        svg('line', {
          x1: 2,
          x2: 28,
          y1: 5,
          y2: 5,
          class: `edge m-${magnitude}`,
          'stroke-width': lineWidth(magnitude),
          'stroke-dasharray': dashes(magnitude),
        }),
      ) as unknown as HTMLElement,
      text,
    );
  return h(
    'div',
    { class: 'legend' },
    h('p', {}, 'Edges: size of the local partial. Bar below a node: size of its tangent or adjoint.'),
    h(
      'ul',
      { 'aria-label': 'Legend of sizes' },
      line('zero', '0'),
      ...STEPS.map((step) => line(step, stepText(step))),
      line('singular', 'NaN or ∞'),
      line('unknown', 'several or none'),
    ),
    h('details', {}, h('summary', {}, 'Keys'), h('p', {}, KEYS)),
  );
}
