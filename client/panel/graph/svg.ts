/** The picture as SVG: elements are kept by key, so that moving numbers rewrites text and nothing else. */
import {
  baseline,
  type Drawing,
  type DrawnEdge,
  type DrawnNode,
  edgePath,
} from '../../../core/graph/drawing.ts';
import { svg } from '../dom.ts';
import { FramePicture, type Shorten } from './frames.ts';
import type { Viewport } from './viewport.ts';

/** What of the picture stands out, by indices of nodes. */
export interface Marks {
  readonly selected: number;
  /** The step of the sweep. */
  readonly current: number;
  /** On the way from the culprit to the result. */
  readonly why: ReadonlySet<number>;
  /** Nodes whose numbers are known yet; null: all. */
  readonly values: ((node: number) => boolean) | null;
  readonly derivatives: ((node: number) => boolean) | null;
}

/** What elements were told last: asking them costs as much as telling them. */
type Said = Map<string, string>;

interface NodeElements {
  readonly said: Said;
  readonly group: SVGGElement;
  readonly title: SVGTitleElement;
  readonly frame: SVGRectElement;
  readonly back: SVGRectElement;
  readonly bar: SVGRectElement;
  readonly lines: readonly SVGTextElement[];
}
interface EdgeElements {
  readonly said: Said;
  readonly path: SVGPathElement;
  readonly label: SVGTextElement;
  readonly title: SVGTitleElement;
  readonly text: Text;
}

/** Below this scale text is left out. */
const LEGIBLE = 0.33;
const LINES = ['heading', 'value', 'derivative'] as const;
/** Length of the bar below a node, as part of its width. */
const BAR: Readonly<Record<string, number>> = { 0: 0.1, 1: 0.25, 2: 0.42, 3: 0.6, 4: 0.8, 5: 1 };

export class SvgPicture {
  readonly element: SVGSVGElement;
  private readonly content: SVGGElement;
  /** So small that text is not drawn. */
  private far = false;
  private readonly edgeLayer: SVGGElement;
  private readonly labelLayer: SVGGElement;
  private readonly nodeLayer: SVGGElement;
  private readonly nodes = new Map<string, NodeElements>();
  private readonly edges = new Map<string, EdgeElements>();
  /** Shortens what does not fit a node. */
  private readonly fit: Shorten;
  private readonly frames: FramePicture;

  constructor(fit: Shorten) {
    this.fit = fit;
    this.frames = new FramePicture(fit);
    this.edgeLayer = svg('g', { class: 'edges', 'aria-hidden': 'true' });
    this.labelLayer = svg('g', { class: 'labels', 'aria-hidden': 'true' });
    this.nodeLayer = svg('g', { class: 'nodes' });
    this.content = svg(
      'g',
      {},
      this.frames.element,
      this.edgeLayer,
      this.frames.labels,
      this.labelLayer,
      this.nodeLayer,
    );
    this.element = svg('svg', { class: 'graph', role: 'listbox', tabindex: 0 }, arrowHead(), this.content);
  }

  look({ x, y, scale }: Viewport): void {
    this.content.setAttribute('transform', `scale(${scale}) translate(${-x} ${-y})`);
    if (this.far === scale < LEGIBLE) return;
    this.far = scale < LEGIBLE;
    this.element.classList.toggle('far', this.far);
  }

  /** Draws the nodes and the edges asked for, and takes away the others. */
  draw(drawing: Drawing, shown: readonly number[], edges: readonly number[], marks: Marks): void {
    this.frames.draw(shown.length === 0 ? [] : drawing.frames);
    const keys = new Set(shown.map((index) => drawing.nodes[index]!.key));
    sweepOut(this.nodes, keys, ({ group }) => group.remove());
    const edgeKeys = new Set(edges.map((index) => drawing.edges[index]!.key));
    sweepOut(this.edges, edgeKeys, ({ path, label }) => {
      path.remove();
      label.remove();
    });
    for (const index of edges) {
      const edge = drawing.edges[index]!;
      const elements = kept(this.edges, edge.key, () => this.newEdge());
      const { said, path, label } = elements;
      tell(said, 'd', edgePath(edge.points), (d) => path.setAttribute('d', d));
      tell(said, 'at', `${edge.at.x} ${edge.at.y} ${edge.anchor}`, () => {
        label.setAttribute('x', String(edge.at.x));
        label.setAttribute('y', String(edge.at.y));
        label.setAttribute('text-anchor', edge.anchor);
      });
    }
    let before: SVGGElement | null = null;
    for (const index of shown) {
      const node = drawing.nodes[index]!;
      const elements = kept(this.nodes, node.key, () => this.newNode());
      const { said, group } = elements;
      tell(said, 'id', String(index), (text) => {
        group.id = nodeId(index);
        group.setAttribute('data-node', text);
      });
      tell(said, 'at', `translate(${node.x} ${node.y})`, (text) => group.setAttribute('transform', text));
      tell(said, 'room', `${node.width} ${node.height}`, () => resize(elements, node));
      // The order of the elements is the order of evaluation, for readers that go by it.
      const next: ChildNode | null = before === null ? this.nodeLayer.firstChild : before.nextSibling;
      if (next !== group) this.nodeLayer.insertBefore(group, next);
      before = group;
    }
    this.write(drawing, shown, edges, marks);
  }

  /**
   * Numbers and marks of what is drawn. `moving`: they will be others in a moment, so what only readers and tooltips
   * say can wait.
   */
  write(
    drawing: Drawing,
    shown: readonly number[],
    edges: readonly number[],
    marks: Marks,
    moving = false,
  ): void {
    for (const index of shown) {
      const node = drawing.nodes[index]!;
      const elements = this.nodes.get(node.key);
      if (elements !== undefined) this.writeNode(elements, node, index, marks, moving);
    }
    for (const index of edges) {
      const edge = drawing.edges[index]!;
      const elements = this.edges.get(edge.key);
      if (elements !== undefined) this.writeEdge(elements, edge, marks, moving);
    }
  }

  private writeNode(
    { said, group, title, back, bar, lines }: NodeElements,
    node: DrawnNode,
    index: number,
    marks: Marks,
    moving: boolean,
  ): void {
    const selected = marks.selected === index;
    const knows = marks.values?.(index) ?? true;
    const derived = node.derivative !== null && (marks.derivatives?.(index) ?? true);
    const share = derived ? (BAR[node.magnitude] ?? 0) : 0;
    const names = [
      ...(selected ? ['selected'] : []),
      ...(marks.current === index ? ['current'] : []),
      ...(marks.why.has(index) ? ['why'] : []),
    ];
    tell(said, 'class', ['node', node.kind, ...names].join(' '), (text) => group.setAttribute('class', text));
    tell(said, 'selected', String(selected), (text) => group.setAttribute('aria-selected', text));
    tell(said, 'kind', node.kind, () => back.classList.toggle('behind', node.kind === 'box'));
    tell(said, 'bar', String(Math.round(share * node.width)), (text) => bar.setAttribute('width', text));
    tell(said, 'size', `bar m-${node.magnitude}`, (text) => bar.setAttribute('class', text));
    if (!moving) {
      tell(said, 'description', node.description, (text) => {
        group.setAttribute('aria-label', text);
        title.textContent = text;
      });
    }
    if (this.far && moving) return;
    const room = node.width - 12;
    const texts = [node.heading, knows ? node.value : '', derived ? node.derivative! : ''];
    texts.forEach((text, n) => {
      tell(said, LINES[n]!, text, () => {
        lines[n]!.textContent = this.fit(text, room);
      });
    });
  }

  private writeEdge(
    { said, path, label, title, text }: EdgeElements,
    edge: DrawnEdge,
    marks: Marks,
    moving: boolean,
  ): void {
    const touched = marks.selected === edge.from || marks.selected === edge.to;
    const why = marks.why.has(edge.from) && marks.why.has(edge.to);
    const flowing = marks.current === edge.to || marks.current === edge.from;
    const known = (marks.values?.(edge.to) ?? true) && (marks.values?.(edge.from) ?? true);
    const names = [...(touched ? ['touched'] : []), ...(flowing ? ['flowing'] : []), ...(why ? ['why'] : [])];
    const magnitude = known ? edge.magnitude : 'unknown';
    tell(said, 'class', ['edge', `m-${magnitude}`, ...names].join(' '), (cls) =>
      path.setAttribute('class', cls),
    );
    tell(said, 'label', touched || flowing ? 'label touched' : 'label', (cls) =>
      label.setAttribute('class', cls),
    );
    if (!moving) {
      tell(said, 'description', edge.description, (words) => {
        title.textContent = words;
      });
    }
    if (this.far && moving) return;
    tell(said, 'text', known ? edge.label : '', (words) => {
      text.data = words;
    });
  }

  private newNode(): NodeElements {
    const title = svg('title');
    const back = svg('rect', { class: 'back', rx: 6, x: 4, y: 4 });
    const frame = svg('rect', { class: 'frame', rx: 6 });
    const bar = svg('rect', { class: 'bar', height: 4, rx: 2 });
    const lines = LINES.map((name) => svg('text', { class: name }));
    const group = svg('g', { role: 'option' }, title, back, frame, bar, ...lines);
    this.nodeLayer.append(group);
    return { said: new Map(), group, title, frame, back, bar, lines };
  }

  private newEdge(): EdgeElements {
    const path = svg('path', { 'marker-end': 'url(#arrow)' });
    const title = svg('title');
    const text = document.createTextNode('');
    const label = svg('text', { class: 'label' }, title, text);
    this.edgeLayer.append(path);
    this.labelLayer.append(label);
    return { said: new Map(), path, label, title, text };
  }
}

function tell(said: Said, what: string, text: string, say: (text: string) => void): void {
  if (said.get(what) === text) return;
  said.set(what, text);
  say(text);
}

function resize({ said, frame, back, bar, lines }: NodeElements, { width, height }: DrawnNode): void {
  for (const rect of [frame, back]) {
    rect.setAttribute('width', String(width));
    rect.setAttribute('height', String(height));
  }
  bar.setAttribute('y', String(height - 4));
  lines.forEach((line, n) => {
    line.setAttribute('x', String(width / 2));
    line.setAttribute('y', String(baseline(n)));
    // What did not fit may fit now.
    said.delete(LINES[n]!);
  });
}

export function nodeId(index: number): string {
  return `node-${index}`;
}

function arrowHead(): SVGDefsElement {
  const shape = svg('path', { d: 'M0 0.6 L8 4 L0 7.4 Z', class: 'arrow' });
  const marker = {
    id: 'arrow',
    markerUnits: 'userSpaceOnUse',
    viewBox: '0 0 8 8',
    refX: 8,
    refY: 4,
    markerWidth: 9,
    markerHeight: 9,
    orient: 'auto',
  };
  return svg('defs', {}, svg('marker', marker, shape));
}

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set(key, found);
  }
  return found;
}

function sweepOut<T>(map: Map<string, T>, keys: ReadonlySet<string>, remove: (gone: T) => void): void {
  for (const [key, elements] of map) {
    if (keys.has(key)) continue;
    remove(elements);
    map.delete(key);
  }
}
