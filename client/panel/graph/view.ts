/**
 * The computational graph: folded, laid out and drawn, with its tools. It stays in the page as long as the page does;
 * what is shown changes in place, and the part in sight stays where the user has put it. Core folds and lays out.
 */
import { type Drawing, withScene } from '../../../core/graph/drawing.ts';
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
import {
  count,
  finite,
  list,
  optional,
  orNull,
  record,
  type Shape,
  string,
  table,
} from '../../../core/graph/shapes.ts';
import type { PanelModel, PlainLocation } from '../../../server/protocol/messages.ts';
import { h } from '../dom.ts';
import { Drafts } from './drafts.ts';
import { frameAt } from './frames.ts';
import { neighbour, nodeAt } from './keys.ts';
import { canWeigh, notesOf, weighable } from './notes.ts';
import { type GraphHighlight, Painter } from './painter.ts';
import { listenToPointer } from './pointer.ts';
import { GraphText } from './text.ts';
import { GraphTools } from './tools.ts';
import {
  type Box,
  clamped,
  fitted,
  including,
  initial,
  MARGIN,
  panned,
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

/** What survives a reload of the page: plain data. */
export interface GraphState {
  readonly source: string;
  readonly unfolded: readonly string[];
  readonly folded: readonly string[];
  readonly weighed: { readonly input: number; readonly share: number } | null;
  readonly viewport: Viewport | null;
  /** Where the nodes of a graph that is not too large stand, by key: the next layout keeps to it. */
  readonly places: Readonly<Record<string, readonly number[]>> | null;
}

/** Graphs with more nodes are laid out afresh after a reload. */
const MOST_PLACES = 600;
const HIGHEST = 0.72;
/** Milliseconds within which a second click belongs to the first, which has folded something. */
const DOUBLE_CLICK = 600;
/** Of a key: factor of the zoom, pixels of the window. */
const STEP = 1.25;
const PAN = 60;
const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const NO_HIGHLIGHT: GraphHighlight = { selected: null, current: null, reached: null };

export class GraphView {
  readonly element: HTMLElement;
  private readonly events: GraphEvents;
  private readonly text = new GraphText();
  private readonly drafts = new Drafts(this.text.measure);
  private readonly painter: Painter;
  private readonly tools: GraphTools;
  private shown: GraphShown | null = null;
  private folded: FoldedGraph | null = null;
  private picture: Drawing | null = null;
  private memory: LayoutMemory | null = null;
  private viewport: Viewport | null = null;
  /** The part in sight that was chosen for a window of this width: it is chosen anew when that changes. */
  private unasked: { readonly view: Viewport; readonly width: number } | null = null;
  private fold: FoldState = NOTHING_FOLDED;
  private weighed: GraphState['weighed'] = null;
  private weighing: Sensitivity | null = null;
  private highlighted = NO_HIGHLIGHT;
  private hits: readonly number[] | null = null;
  private hit = 0;
  /** What was in sight before is to stay: the row that is selected with it is not gone to. */
  private still = false;
  private foldedAt = Number.NEGATIVE_INFINITY;
  private readonly kept = new Map<string, GraphState & { readonly memory: LayoutMemory | null }>();

  constructor(events: GraphEvents) {
    this.events = events;
    const resized = (): void => {
      if (this.viewport === this.unasked?.view && this.painter.size.width !== this.unasked?.width)
        this.lookUnasked();
    };
    this.painter = new Painter(this.text, resized, () => {
      const { picture, folded, viewport, highlighted: highlight } = this;
      if (picture === null || folded === null || viewport === null) return null;
      return { drawing: picture, folded, viewport, highlight };
    });
    this.painter.target.addEventListener('keydown', (event) => this.key(event));
    this.tools = new GraphTools({
      search: (query) => this.search(query),
      nextHit: (step) => this.goToHit(this.hit < 0 && step < 0 ? -1 : this.hit + step),
      zoom: (factor) => this.zoom(factor),
      fit: () => this.fitAll(),
      toggle: (id) => this.toggle(id),
      weigh: (input, share) => this.weigh(input === null ? null : { input, share }),
    });
    this.element = h('div', { class: 'graph-view' }, this.tools.bar, this.painter.frame, this.tools.below);
    listenToPointer(this.painter.frame, {
      pan: (dx, dy) => this.look((view) => panned(view, dx, dy)),
      zoom: (factor, at) => this.look((view) => zoomed(view, factor, at)),
      click: (target, at, open) => this.click(target, at, open),
      wheelPans: (dx, dy) => this.wheelPans(dx, dy),
    });
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
    this.painter.rewrite(true);
  }

  highlight(highlighted: GraphHighlight): void {
    const moved =
      highlighted.selected !== this.highlighted.selected || highlighted.current !== this.highlighted.current;
    this.highlighted = highlighted;
    const { still } = this;
    this.still = false;
    if (moved && !still) {
      const row = highlighted.current ?? highlighted.selected;
      if (row !== null && row >= 0) this.reveal(row);
    }
    this.painter.rewrite(false);
  }

  /** Nothing to show. */
  clear(): void {
    this.shown = null;
    this.folded = null;
    this.picture = null;
    this.drafts.leave();
    this.painter.paintSoon();
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
      places: placesOf(this.memory),
    };
  }

  /** What was kept of a function that is to be shown (again). */
  set state(state: unknown) {
    if (!isState(state)) return;
    const memory = state.places ? { centers: new Map(Object.entries(state.places)) } : null;
    this.kept.set(state.source, { ...state, memory });
    if (this.shown?.source === state.source) {
      this.restore(state.source);
      this.rebuild();
    }
  }

  /** What is remembered of the functions of a file goes with its name. */
  renamed(from: string, to: string): void {
    const now = (source: string): string =>
      source.startsWith(`${from} `) ? `${to}${source.slice(from.length)}` : source;
    if (this.shown !== null) this.shown = { ...this.shown, source: now(this.shown.source) };
    const kept = [...this.kept];
    this.kept.clear();
    for (const [source, state] of kept) this.kept.set(now(source), { ...state, source: now(source) });
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
    this.still = this.viewport !== null;
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
    this.folded = graph;
    this.drafts.draw(
      {
        graph,
        scene: () => sceneOf(model, graph, numbers, shown),
        title: model.title,
        mode: shown.mode,
        digits: shown.digits,
        memory: this.memory,
      },
      (drawing) => this.laidOut(drawing, numbers),
    );
  }

  /** `numbers`: those in the drawing; meanwhile there may be others. */
  private laidOut(drawing: Drawing, numbers: SceneNumbers): void {
    const { shown, folded } = this;
    if (shown === null || folded === null) return;
    const first = this.viewport === null;
    this.picture =
      shown.numbers === numbers
        ? drawing
        : withScene(drawing, sceneOf(shown.model, folded, shown.numbers, shown));
    this.memory = drawing.memory;
    const count = drawing.nodes.length;
    this.painter.describe(
      shown.mode,
      `Computational graph of ${shown.model.title}: ${count} nodes. Arrow keys move along the edges, Enter goes to the source.`,
    );
    const { scale } = initial(boxOf(drawing), [], this.painter.size);
    this.painter.resize((drawing.height + 2 * MARGIN) * scale, globalThis.innerHeight * HIGHEST);
    if (first) this.lookUnasked();
    this.showTools();
    this.painter.paint();
    this.events.changed();
  }

  private lookUnasked(): void {
    if (this.picture === null) return;
    const { size } = this.painter;
    this.viewport = initial(boxOf(this.picture), this.picture.nodes, size);
    this.unasked = { view: this.viewport, width: size.width };
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
    this.tools.show({
      open: folded.open.filter(({ id }) => this.fold.unfolded.has(id)),
      inputs: weighable(model),
      weighed: this.weighed,
      notes: notesOf(model, folded, this.weighing),
      hits: this.hits === null ? null : { at: this.hit, count: this.hits.length },
    });
  }

  // ───────────────────────────── search ─────────────────────────────

  /** While it is typed the hits are counted, and one that is in the picture is shown; Enter unfolds to it. */
  private search(query: string): void {
    if (this.shown === null) return;
    this.hits = query.trim() === '' ? null : searchRows(this.shown.model, query);
    this.hit = -1;
    const first = this.hits?.[0];
    const node = first === undefined ? undefined : this.folded?.nodes[this.folded.nodeOf[first] ?? -1];
    if (first !== undefined && node?.region === null) this.goToHit(0);
    else this.showTools();
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
    const frame = index < 0 ? frameAt(picture, point, this.text.fit) : undefined;
    if (frame !== undefined) {
      this.toggle(frame.key);
      this.foldedAt = performance.now();
    } else if (index >= 0 && !(open && performance.now() - this.foldedAt < DOUBLE_CLICK))
      this.chooseNode(index, open);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.picture === null) return;
    if (this.act(event)) event.preventDefault();
  }

  /** Whether the key meant something. */
  private act({ key, shiftKey }: KeyboardEvent): boolean {
    const selected = this.selectedNode();
    const pan = shiftKey ? PANS[key] : undefined;
    if (pan !== undefined) {
      this.look((view) => panned(view, pan[0] * PAN, pan[1] * PAN));
      return true;
    }
    const acts: Readonly<Record<string, () => void>> = {
      '+': () => this.zoom(STEP),
      '=': () => this.zoom(STEP),
      '-': () => this.zoom(1 / STEP),
      '0': () => this.look((view) => zoomed(view, 1 / view.scale, this.middle())),
      f: () => this.fitAll(),
      '/': () => this.tools.focusSearch(),
    };
    const act = acts[key];
    if (act !== undefined) {
      act();
      return true;
    }
    if (key === 'Enter') {
      if (selected >= 0) this.chooseNode(selected, true);
      return selected >= 0;
    }
    if (key === 'Backspace') {
      const row = this.highlighted.selected;
      const region = row === null || this.folded === null ? null : enclosingRegion(this.folded, row);
      if (region !== null) this.toggle(region.id);
      return region !== null;
    }
    const next = neighbour(this.picture!, selected, key);
    if (next !== null) this.chooseNode(next, false);
    return next !== null;
  }

  private selectedNode(): number {
    const row = this.highlighted.selected;
    return row === null || this.folded === null ? -1 : (this.folded.nodeOf[row] ?? -1);
  }

  // ───────────────────────────── the part in sight ─────────────────────────────

  private middle(): { x: number; y: number } {
    const { width, height } = this.painter.size;
    return { x: width / 2, y: height / 2 };
  }

  zoom(factor: number): void {
    this.look((view) => zoomed(view, factor, this.middle()));
  }

  fitAll(): void {
    if (this.picture !== null) this.look(() => fitted(boxOf(this.picture!), this.painter.size));
  }

  private look(change: (view: Viewport) => Viewport): void {
    if (this.viewport === null || this.picture === null) return;
    this.viewport = clamped(change(this.viewport), boxOf(this.picture), this.painter.size);
    this.painter.paintSoon();
    this.events.changed();
  }

  private reveal(row: number): void {
    const place = this.picture?.nodes[this.folded?.nodeOf[row] ?? -1];
    if (place === undefined || this.viewport === null) return;
    const next = including(this.viewport, place, this.painter.size);
    if (next.x !== this.viewport.x || next.y !== this.viewport.y) this.look(() => next);
  }

  /** The wheel belongs to the page, unless the picture has the focus and there is more of it that way. */
  private wheelPans(dx: number, dy: number): boolean {
    const { viewport, picture } = this;
    if (viewport === null || picture === null) return false;
    const { width, height } = this.painter.size;
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
    return down && this.painter.frame.contains(document.activeElement);
  }
}

function boxOf({ left, width, height }: Drawing): Box {
  return { x: left, y: 0, width, height };
}

const numbers = list(finite);
const someNumbers: Shape<readonly number[]> = (value): value is readonly number[] =>
  numbers(value) && value.length > 0;

function placesOf(memory: LayoutMemory | null): GraphState['places'] {
  return memory === null || memory.centers.size > MOST_PLACES ? null : Object.fromEntries(memory.centers);
}

const isState = record<GraphState>({
  source: string,
  unfolded: list(string),
  folded: list(string),
  weighed: orNull(record<NonNullable<GraphState['weighed']>>({ input: count, share: finite })),
  viewport: orNull(record<Viewport>({ scale: finite, x: finite, y: finite })),
  places: optional(orNull(table(someNumbers))),
});
