/** The graph as a tree, for screen readers and whoever likes lists better than pictures. */
import { h, patch } from '../dom.ts';
import type { GraphView } from '../graph/view.ts';
import type { Actions } from '../state.ts';
import { type TreeLine, treeLines } from '../treeLines.ts';

/** Longer trees are told in part; the picture folds before it comes to that. */
const MOST_LINES = 600;

export class GraphTree {
  readonly element: HTMLDetailsElement;
  private readonly view: GraphView;
  private readonly actions: Actions;
  private readonly list = h('ul', { role: 'tree', 'aria-label': 'Computational graph' });
  private readonly withEdges = new Set<string>();
  private lines: readonly TreeLine[] = [];
  private at = '';

  constructor(view: GraphView, actions: Actions) {
    this.view = view;
    this.actions = actions;
    const note = 'Arrow keys move, → and ← unfold and fold, Enter goes to the source.';
    this.element = h(
      'details',
      { class: 'tree' },
      h('summary', {}, 'The graph as a tree'),
      h('p', { class: 'note' }, note),
      this.list,
    );
    this.element.addEventListener('toggle', () => this.update());
  }

  /** What the picture shows has changed. */
  update(): void {
    if (!this.element.open) return;
    const { graph } = this.view;
    const drawing = this.view.drawing();
    this.lines =
      graph === null || drawing === null
        ? []
        : treeLines(graph, drawing, this.withEdges).slice(0, MOST_LINES);
    if (!this.lines.some(({ key }) => key === this.at)) this.at = this.lines[0]?.key ?? '';
    const model = this.list.cloneNode(false) as HTMLElement;
    model.append(...this.lines.map((line, index) => this.item(line, index)));
    patch(this.list, model);
  }

  private item(line: TreeLine, index: number): HTMLElement {
    const { key, level, text, expanded, row } = line;
    const item = h(
      'li',
      {
        role: 'treeitem',
        'data-key': key,
        'aria-level': level,
        'aria-expanded': expanded === null ? null : expanded ? 'true' : 'false',
        tabindex: key === this.at ? 0 : -1,
        dir: 'auto',
        onclick: () => {
          this.focus(index);
          if (row !== null) this.actions.selectRow(row, false);
        },
        ondblclick: () => this.toggle(index),
        onkeydown: (event: KeyboardEvent) => this.key(event, index),
      },
      text,
    );
    item.style.setProperty('--level', String(level));
    return item;
  }

  private focus(index: number): void {
    const line = this.lines[index];
    if (line === undefined) return;
    this.at = line.key;
    [...this.list.children].forEach((child, i) => child.setAttribute('tabindex', i === index ? '0' : '-1'));
    (this.list.children[index] as HTMLElement | undefined)?.focus();
  }

  private toggle(index: number): void {
    const line = this.lines[index];
    if (line === undefined || line.expanded === null) return;
    if (line.region !== null) {
      this.view.toggle(line.region);
      return;
    }
    if (line.expanded) this.withEdges.delete(line.key);
    else this.withEdges.add(line.key);
    this.update();
  }

  private key(event: KeyboardEvent, index: number): void {
    const line = this.lines[index]!;
    const to = (next: number): void => {
      if (this.lines[next] === undefined) return;
      this.focus(next);
      const { row } = this.lines[next]!;
      if (row !== null) this.actions.selectRow(row, false);
    };
    switch (event.key) {
      case 'ArrowDown':
        to(index + 1);
        break;
      case 'ArrowUp':
        to(index - 1);
        break;
      case 'Home':
        to(0);
        break;
      case 'End':
        to(this.lines.length - 1);
        break;
      case 'ArrowRight':
        if (line.expanded === false) this.toggle(index);
        else if (line.expanded) to(index + 1);
        break;
      case 'ArrowLeft':
        if (line.expanded) this.toggle(index);
        else to(this.lines.findLastIndex((one, i) => i < index && one.level < line.level));
        break;
      case 'Enter':
        if (line.row !== null) this.actions.selectRow(line.row, true);
        break;
      default:
        return;
    }
    event.preventDefault();
  }
}
