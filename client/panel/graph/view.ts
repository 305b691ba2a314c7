/**
 * The computational graph: folded, laid out and drawn, with its tools. It stays in the page as long as the page does;
 * what is shown changes in place, and the part in sight stays where the user has put it. Core folds and lays out.
 */
import { type Drawing, drawingSteps, withScene } from '../../../core/graph/drawing.ts';
import { searchRows } from '../../../core/graph/fold/search.ts';
import {
  enclosingRegion,
  type FoldedGraph,
  type FoldRegion,
  type FoldState,
  foldGraph,
  NOTHING_FOLDED,
  unfoldedTo,
  withFolded,
} from '../../../core/graph/fold.ts';
import type { LayoutMemory } from '../../../core/graph/layout.ts';
import { type SceneNumbers, sceneOf } from '../../../core/graph/scene.ts';
import { type Sensitivity, sensitivity } from '../../../core/graph/sensitivity.ts';
import type { PanelModel, PlainLocation } from '../../../server/protocol/messages.ts';
import { h } from '../dom.ts';
import { CanvasPicture } from './canvas.ts';
import { neighbour, nodeAt } from './keys.ts';
import { listenToPointer } from './pointer.ts';
import { type Marks, nodeId, SvgPicture } from './svg.ts';
import { GraphText } from './text.ts';
import { GraphTools } from './tools.ts';
import {
  type Box,
  clamped,
  fitted,
  including,
  initial,
  inSight,
  MARGIN,
  panned,
  type Size,
  type Viewport,
  zoomed,
} from './viewport.ts';
import './graph.css';

export interface GraphEvents {
  /** A node was chosen; `open` also goes to its source. */
  select(row: number, open: boolean, location: PlainLocation | null): void;
  /** `state`, `graph` or the drawing have changed. */
  changed(): void;
}

export interface GraphShown {
  /** Which function: what was folded and where the picture stood is remembered by it. */
  readonly source: string;
  readonly model: PanelModel;
  readonly numbers: SceneNumbers;
  readonly mode: 'forward' | 'reverse';
  readonly digits: number;
}

export interface GraphHighlight {
  /** Rows of the trace. */
  readonly selected: number | null;
  readonly current: number | null;
  /** What a sweep has come to; null: everything is known. */
  readonly reached: { values(row: number): boolean; derivatives(row: number): boolean } | null;
  readonly why?: readonly number[];
}

/** What survives a reload of the page: plain data. */
export interface GraphState {
  readonly source: string;
  readonly unfolded: readonly string[];
  readonly folded: readonly string[];
  readonly weighed: { readonly input: number; readonly share: number } | null;
  readonly viewport: Viewport | null;
}

/** More nodes in sight than these are drawn on a canvas. */
const MOST_ELEMENTS = 400;
/** Graphs up to this size are laid out at once. */
const AT_ONCE = 600;
const SLICE_MS = 8;
/** Pixels of the picture around the window that are drawn too. */
const BEYOND = 150;
const LOWEST = 160;
const HIGHEST = 0.72;
const NO_HIGHLIGHT: GraphHighlight = { selected: null, current: null, reached: null };

export class GraphView {
  readonly element: HTMLElement;
  private readonly events: GraphEvents;
  private readonly frame: HTMLElement;
  private readonly text = new GraphText();
  private readonly svg: SvgPicture;
  private readonly canvas = new CanvasPicture();
  private readonly tools: GraphTools;
  private shown: GraphShown | null = null;
  private folded: FoldedGraph | null = null;
  private picture: Drawing | null = null;
  private memory: LayoutMemory | null = null;
  private viewport: Viewport | null = null;
  private fold: FoldState = NOTHING_FOLDED;
  private weighed: GraphState['weighed'] = null;
  private weighing: Sensitivity | null = null;
  private highlighted = NO_HIGHLIGHT;
  private hits: readonly number[] | null = null;
  private hit = 0;
  private job = 0;
  private frameRequest = 0;
  private inView: { nodes: number[]; edges: number[] } = { nodes: [], edges: [] };
  private readonly kept = new Map<string, GraphState & { readonly memory: LayoutMemory | null }>();

  constructor(events: GraphEvents) {
    this.events = events;
    this.svg = new SvgPicture(this.text.fit);
    this.svg.element.setAttribute('data-focus', 'graph');
    this.svg.element.addEventListener('keydown', (event) => this.key(event));
    this.tools = new GraphTools({
      search: (query) => this.search(query),
      nextHit: (step) => this.goToHit(this.hit + step),
      zoom: (factor) => this.zoom(factor),
      fit: () => this.fitAll(),
      toggle: (id) => this.toggle(id),
      weigh: (input, share) => this.weigh(input === null ? null : { input, share }),
    });
    this.frame = h(
      'div',
      { class: 'graph-frame' },
      this.svg.element as unknown as HTMLElement,
      this.canvas.element,
    );
    this.element = h('div', { class: 'graph-view' }, this.tools.bar, this.frame, this.tools.below);
    this.canvas.element.hidden = true;
    listenToPointer(this.frame, {
      pan: (dx, dy) => this.look((view) => panned(view, dx, dy)),
      zoom: (factor, at) => this.look((view) => zoomed(view, factor, at)),
      click: (target, at, open) => this.click(target, at, open),
      wheelPans: (dx, dy) => this.wheelPans(dx, dy),
    });
    new ResizeObserver(() => this.paintSoon()).observe(this.frame);
  }

  // ───────────────────────────── what is shown ─────────────────────────────

  /** Shows a model: structure and numbers. What was folded, and the part in sight, stays. */
  show(shown: GraphShown): void {
    if (this.shown?.source !== shown.source) this.change(shown.source);
    const weighedLabel =
      this.weighed === null ? undefined : this.shown?.model.inputs[this.weighed.input]?.label;
    const label = this.weighed === null ? undefined : shown.model.inputs[this.weighed.input]?.label;
    if (weighedLabel !== undefined && label !== weighedLabel) this.weighed = null;
    this.shown = shown;
    this.hits = null;
    this.rebuild();
  }

  /** Other numbers for the same model. */
  update(numbers: SceneNumbers): void {
    if (this.shown === null) return;
    this.shown = { ...this.shown, numbers };
    if (this.picture === null || this.folded === null) return;
    this.picture = withScene(this.picture, sceneOf(this.shown.model, this.folded, numbers, this.shown));
    this.paintNumbers();
  }

  highlight(highlighted: GraphHighlight): void {
    const moved =
      highlighted.selected !== this.highlighted.selected || highlighted.current !== this.highlighted.current;
    this.highlighted = highlighted;
    if (moved) {
      const row = highlighted.current ?? highlighted.selected;
      if (row !== null && row >= 0) this.reveal(row);
    }
    this.paintNumbers();
  }

  /** Nothing to show. */
  clear(): void {
    this.shown = null;
    this.folded = null;
    this.picture = null;
    this.job++;
    this.paintSoon();
  }

  get graph(): FoldedGraph | null {
    return this.folded;
  }

  /** All of the picture, for exports. */
  drawing(): Drawing | null {
    return this.picture;
  }

  get state(): GraphState | null {
    if (this.shown === null) return null;
    return {
      source: this.shown.source,
      unfolded: [...this.fold.unfolded],
      folded: [...this.fold.folded],
      weighed: this.weighed,
      viewport: this.viewport,
    };
  }

  /** What was kept of a function that is to be shown (again). */
  set state(state: GraphState | null) {
    if (state === null || !isState(state)) return;
    this.kept.set(state.source, { ...state, memory: null });
    if (this.shown?.source === state.source) {
      this.restore(state.source);
      this.rebuild();
    }
  }

  toggle(id: string): void {
    const folds = this.folded?.open.some((region) => region.id === id) ?? false;
    this.fold = withFolded(this.fold, id, folds);
    this.rebuild();
    this.events.changed();
  }

  private change(source: string): void {
    const { state } = this;
    if (state !== null) this.kept.set(state.source, { ...state, memory: this.memory });
    this.restore(source);
  }

  private restore(source: string): void {
    const before = this.kept.get(source);
    this.fold = { unfolded: new Set(before?.unfolded), folded: new Set(before?.folded) };
    this.weighed = before?.weighed ?? null;
    this.viewport = before?.viewport ?? null;
    this.memory = before?.memory ?? null;
  }

  // ───────────────────────────── folding and layout ─────────────────────────────

  private rebuild(): void {
    const { shown } = this;
    if (shown === null) return;
    const { model, numbers } = shown;
    this.text.refresh();
    this.weighing = this.weigh1(model, numbers);
    const { weighing } = this;
    const keep =
      weighing === null ? null : { row: (row: number) => weighing.rows[row] === 1, edge: weighing.edge };
    const graph = foldGraph(model, { state: this.fold, keep });
    const scene = sceneOf(model, graph, numbers, shown);
    const steps = drawingSteps(graph, scene, this.text.measure, shown.digits, {
      title: model.title,
      mode: shown.mode,
      memory: this.memory,
    });
    this.folded = graph;
    const job = ++this.job;
    const slice = (): void => {
      if (job !== this.job) return;
      const start = performance.now();
      for (;;) {
        const step = steps.next();
        if (step.done) {
          this.laidOut(step.value);
          return;
        }
        if (graph.nodes.length > AT_ONCE && performance.now() - start > SLICE_MS) break;
      }
      setTimeout(slice, 0);
    };
    slice();
  }

  private laidOut(drawing: Drawing): void {
    const { shown, folded } = this;
    if (shown === null || folded === null) return;
    const first = this.viewport === null;
    this.picture = withScene(drawing, sceneOf(shown.model, folded, shown.numbers, shown));
    this.memory = drawing.memory;
    this.svg.element.setAttribute('class', `graph ${shown.mode}`);
    this.svg.element.setAttribute(
      'aria-label',
      `Computational graph of ${shown.model.title}: ${drawing.nodes.length} nodes. Arrow keys move along the edges, Enter goes to the source.`,
    );
    const window = this.size();
    const { scale } = initial(boxOf(drawing), [], window);
    const height = Math.round((drawing.height + 2 * MARGIN) * scale);
    const highest = Math.max(LOWEST, globalThis.innerHeight * HIGHEST);
    if (this.frame.dataset['sized'] !== 'by hand')
      this.frame.style.height = `${Math.max(LOWEST, Math.min(height, highest))}px`;
    if (first) this.viewport = initial(boxOf(drawing), drawing.nodes, this.size());
    this.showTools();
    this.paint();
    this.events.changed();
  }

  private weigh1(model: PanelModel, numbers: SceneNumbers): Sensitivity | null {
    const input = this.weighed === null ? null : (model.inputs[this.weighed.input]?.row ?? null);
    const output = model.outputs[model.output]?.row ?? null;
    if (this.weighed === null || input === null || output === null || !canWeigh(model)) return null;
    return sensitivity(model.trace, numbers.partial, { input, output, share: this.weighed.share });
  }

  private weigh(weighed: GraphState['weighed']): void {
    this.weighed = weighed;
    this.rebuild();
    this.events.changed();
  }

  private showTools(): void {
    const { shown, folded } = this;
    if (shown === null || folded === null) return;
    const { model } = shown;
    const boxes = folded.nodes.filter(({ region }) => region !== null);
    const hidden = boxes.reduce((sum, { region }) => sum + region!.end - region!.first, 0);
    const notes = [
      ...(this.weighing === null ? [] : [this.weighing.note]),
      ...(boxes.length === 0
        ? []
        : [
            `${hidden} nodes are folded into ${boxes.length} ${boxes.length === 1 ? 'box' : 'boxes'}: Enter or a double click unfolds one.`,
          ]),
      ...(model.leftOut.rows === 0 ? [] : [`${model.leftOut.rows} more rows of the trace are left out.`]),
    ];
    this.tools.show({
      open: folded.open.filter(({ id }) => this.fold.unfolded.has(id)),
      inputs: canWeigh(model)
        ? model.inputs.flatMap(({ label, row }, index) => (row === null ? [] : [{ label, index }]))
        : [],
      weighed: this.weighed,
      notes,
      hits: this.hits === null ? null : { at: this.hit, count: this.hits.length },
    });
  }

  // ───────────────────────────── search ─────────────────────────────

  private search(query: string): void {
    if (this.shown === null) return;
    this.hits = query.trim() === '' ? null : searchRows(this.shown.model, query);
    this.hit = 0;
    if (this.hits === null || this.hits.length === 0) this.showTools();
    else this.goToHit(0);
  }

  private goToHit(hit: number): void {
    if (this.hits === null || this.hits.length === 0) return;
    this.hit = (hit + this.hits.length) % this.hits.length;
    const row = this.hits[this.hit]!;
    this.unfoldTo(row);
    this.showTools();
    this.choose(row, false);
    this.reveal(row);
  }

  private unfoldTo(row: number): void {
    if (this.folded === null) return;
    const node = this.folded.nodes[this.folded.nodeOf[row]!];
    if (node === undefined && this.weighed !== null) this.weighed = null;
    else if (node?.region === null) return;
    this.fold = unfoldedTo(this.fold, this.folded, row);
    this.rebuild();
    this.events.changed();
  }

  // ───────────────────────────── choosing ─────────────────────────────

  private choose(row: number, open: boolean, region: FoldRegion | null = null): void {
    const location = region === null ? (this.shown?.model.trace[row]?.location ?? null) : region.location;
    this.events.select(row, open, location);
  }

  private chooseNode(index: number, open: boolean): void {
    const node = this.folded?.nodes[index];
    if (node === undefined) return;
    if (open && node.region !== null) this.toggle(node.region.id);
    else this.choose(node.row, open, node.region);
  }

  private click(target: EventTarget | null, at: { x: number; y: number }, open: boolean): void {
    const { viewport, picture } = this;
    if (viewport === null || picture === null) return;
    const group = target instanceof Element ? target.closest('.node') : null;
    const point = { x: viewport.x + at.x / viewport.scale, y: viewport.y + at.y / viewport.scale };
    const index = group === null ? nodeAt(picture, point) : Number(group.getAttribute('data-node'));
    if (index >= 0) this.chooseNode(index, open);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.picture === null) return;
    if (this.act(event)) event.preventDefault();
  }

  /** Whether the key meant something. */
  private act({ key, shiftKey }: KeyboardEvent): boolean {
    const selected = this.selectedNode();
    const step = 60;
    if (shiftKey && key.startsWith('Arrow')) {
      const dx = key === 'ArrowLeft' ? -step : key === 'ArrowRight' ? step : 0;
      const dy = key === 'ArrowUp' ? -step : key === 'ArrowDown' ? step : 0;
      this.look((view) => panned(view, dx, dy));
      return true;
    }
    switch (key) {
      case '+':
      case '=':
        this.zoom(1.25);
        return true;
      case '-':
        this.zoom(1 / 1.25);
        return true;
      case '0':
        this.look((view) => zoomed(view, 1 / view.scale, this.middle()));
        return true;
      case 'f':
        this.fitAll();
        return true;
      case '/':
        this.tools.focusSearch();
        return true;
      case 'Enter':
        if (selected >= 0) this.chooseNode(selected, true);
        return selected >= 0;
      case 'Backspace': {
        const row = this.highlighted.selected;
        const region = row === null || this.folded === null ? null : enclosingRegion(this.folded, row);
        if (region !== null) this.toggle(region.id);
        return region !== null;
      }
      default: {
        const next = neighbour(this.picture!, selected, key);
        if (next !== null) this.chooseNode(next, false);
        return next !== null;
      }
    }
  }

  private selectedNode(): number {
    const row = this.highlighted.selected;
    return row === null || this.folded === null ? -1 : (this.folded.nodeOf[row] ?? -1);
  }

  // ───────────────────────────── the part in sight ─────────────────────────────

  private size(): Size {
    return { width: this.frame.clientWidth || 600, height: this.frame.clientHeight || LOWEST };
  }

  private middle(): { x: number; y: number } {
    const { width, height } = this.size();
    return { x: width / 2, y: height / 2 };
  }

  zoom(factor: number): void {
    this.look((view) => zoomed(view, factor, this.middle()));
  }

  fitAll(): void {
    if (this.picture !== null) this.look(() => fitted(boxOf(this.picture!), this.size()));
  }

  private look(change: (view: Viewport) => Viewport): void {
    if (this.viewport === null || this.picture === null) return;
    this.viewport = clamped(change(this.viewport), boxOf(this.picture), this.size());
    this.paintSoon();
    this.events.changed();
  }

  private reveal(row: number): void {
    const place = this.picture?.nodes[this.folded?.nodeOf[row] ?? -1];
    if (place === undefined || this.viewport === null) return;
    const next = including(this.viewport, place, this.size());
    if (next.x !== this.viewport.x || next.y !== this.viewport.y) this.look(() => next);
  }

  /** The wheel belongs to the page, unless the picture has the focus and there is more of it that way. */
  private wheelPans(dx: number, dy: number): boolean {
    const { viewport, picture } = this;
    if (viewport === null || picture === null) return false;
    const { width, height } = this.size();
    const more = (by: number, at: number, from: number, length: number, extent: number): boolean =>
      by < 0 ? at > from : by > 0 && at + extent < from + length;
    const across = more(
      dx,
      viewport.x,
      picture.left - MARGIN,
      picture.width + 2 * MARGIN,
      width / viewport.scale,
    );
    const down = more(dy, viewport.y, -MARGIN, picture.height + 2 * MARGIN, height / viewport.scale);
    if (Math.abs(dx) > Math.abs(dy)) return across;
    return down && this.frame.contains(document.activeElement);
  }

  // ───────────────────────────── painting ─────────────────────────────

  private paintSoon(): void {
    if (this.frameRequest !== 0) return;
    this.frameRequest = requestAnimationFrame(() => {
      this.frameRequest = 0;
      this.paint();
    });
  }

  private marks(): Marks {
    const { highlighted, folded } = this;
    const nodeOf = (row: number | null): number => (row === null ? -1 : (folded?.nodeOf[row] ?? -1));
    const { reached } = highlighted;
    const known = (is: (row: number) => boolean) => (index: number) => {
      const results = folded?.nodes[index]?.results ?? [];
      return results.every(is);
    };
    return {
      selected: nodeOf(highlighted.selected),
      current: nodeOf(highlighted.current),
      why: new Set((highlighted.why ?? []).map(nodeOf).filter((node) => node >= 0)),
      values: reached === null ? null : known((row) => reached.values(row)),
      derivatives: reached === null ? null : known((row) => reached.derivatives(row)),
    };
  }

  /** Chooses what is in sight and draws it. */
  private paint(): void {
    const { picture, viewport } = this;
    this.frame.hidden = picture === null;
    if (picture === null || viewport === null) return;
    const window = this.size();
    const box: Box = {
      x: viewport.x,
      y: viewport.y,
      width: window.width / viewport.scale,
      height: window.height / viewport.scale,
    };
    const whole = picture.nodes.length <= MOST_ELEMENTS;
    const nodes = picture.nodes.flatMap((node, index) =>
      whole || inSight(node, viewport, window, BEYOND) ? [index] : [],
    );
    const edges = picture.edges.flatMap(({ points }, index) =>
      whole || inSight(around(points), viewport, window, 0) ? [index] : [],
    );
    this.inView = { nodes, edges };
    const drawn = nodes.length <= MOST_ELEMENTS && edges.length <= 3 * MOST_ELEMENTS;
    this.canvas.element.hidden = drawn;
    const marks = this.marks();
    if (drawn) {
      this.svg.look(box, window.width);
      this.svg.draw(picture, nodes, edges, marks);
    } else {
      this.svg.draw(picture, [], [], marks);
      this.canvas.draw(picture, nodes, edges, marks, box, window);
    }
    this.activate(drawn ? marks.selected : -1);
  }

  private paintNumbers(): void {
    if (this.picture === null) return;
    if (!this.canvas.element.hidden) {
      this.paintSoon();
      return;
    }
    const marks = this.marks();
    this.svg.write(this.picture, this.inView.nodes, this.inView.edges, marks);
    this.activate(marks.selected);
  }

  private activate(selected: number): void {
    if (selected >= 0 && this.inView.nodes.includes(selected))
      this.svg.element.setAttribute('aria-activedescendant', nodeId(selected));
    else this.svg.element.removeAttribute('aria-activedescendant');
  }
}

function boxOf({ left, width, height }: Drawing): Box {
  return { x: left, y: 0, width, height };
}

function around(points: readonly { x: number; y: number }[]): Box {
  const [first, last] = [points[0]!, points.at(-1)!];
  let [left, right] = [first.x, first.x];
  for (const { x } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  return { x: left, y: first.y, width: right - left, height: last.y - first.y };
}

/** Ways can be weighed where all rows are there and derivatives are. */
function canWeigh({ special, refused, leftOut, trace }: PanelModel): boolean {
  return !special && !refused && leftOut.rows === 0 && trace.length > 2;
}

function isState(state: Partial<GraphState>): boolean {
  return typeof state.source === 'string' && Array.isArray(state.unfolded) && Array.isArray(state.folded);
}
