/** The picture as SVG: elements are kept by key, so that moving numbers rewrites text and nothing else. */
import {
  baseline,
  type Drawing,
  type DrawnEdge,
  type DrawnNode,
  edgePath,
} from '../../../core/graph/drawing.ts';
import { svg } from '../dom.ts';
import type { Box } from './viewport.ts';

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

interface NodeElements {
  readonly group: SVGGElement;
  readonly title: SVGTitleElement;
  readonly frame: SVGRectElement;
  readonly back: SVGRectElement;
  readonly bar: SVGRectElement;
  readonly lines: readonly SVGTextElement[];
}
interface EdgeElements {
  readonly path: SVGPathElement;
  readonly label: SVGTextElement;
  readonly title: SVGTitleElement;
  readonly said: Text;
}

const LINES = ['heading', 'value', 'derivative'] as const;
/** Length of the bar below a node, as part of its width. */
const BAR: Readonly<Record<string, number>> = { 0: 0.1, 1: 0.25, 2: 0.42, 3: 0.6, 4: 0.8, 5: 1 };

export class SvgPicture {
  readonly element: SVGSVGElement;
  private readonly content: SVGGElement;
  private readonly edgeLayer: SVGGElement;
  private readonly labelLayer: SVGGElement;
  private readonly nodeLayer: SVGGElement;
  private readonly nodes = new Map<string, NodeElements>();
  private readonly edges = new Map<string, EdgeElements>();
  /** Shortens what does not fit a node. */
  private readonly fit: (text: string, room: number) => string;

  constructor(fit: (text: string, room: number) => string) {
    this.fit = fit;
    this.edgeLayer = svg('g', { class: 'edges', 'aria-hidden': 'true' });
    this.labelLayer = svg('g', { class: 'labels', 'aria-hidden': 'true' });
    this.nodeLayer = svg('g', { class: 'nodes' });
    this.content = svg('g', {}, this.edgeLayer, this.labelLayer, this.nodeLayer);
    this.element = svg('svg', { class: 'graph', role: 'listbox', tabindex: 0 }, arrowHead(), this.content);
  }

  look({ x, y, width }: Box, pixels: number): void {
    const scale = pixels / width;
    set(this.content, 'transform', `scale(${scale}) translate(${-x} ${-y})`);
  }

  /** Draws the nodes and the edges asked for, and takes away the others. */
  draw(drawing: Drawing, shown: readonly number[], edges: readonly number[], marks: Marks): void {
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
      set(elements.path, 'd', edgePath(edge.points));
      set(elements.label, 'x', String(edge.at.x));
      set(elements.label, 'y', String(edge.at.y));
      set(elements.label, 'text-anchor', edge.anchor);
    }
    let before: SVGGElement | null = null;
    for (const index of shown) {
      const node = drawing.nodes[index]!;
      const elements = kept(this.nodes, node.key, () => this.newNode());
      const { group, back, frame, bar, lines } = elements;
      set(group, 'id', nodeId(index));
      set(group, 'data-node', String(index));
      set(group, 'transform', `translate(${node.x} ${node.y})`);
      for (const rect of [frame, back]) {
        set(rect, 'width', String(node.width));
        set(rect, 'height', String(node.height));
      }
      set(bar, 'y', String(node.height - 4));
      lines.forEach((line, n) => {
        set(line, 'x', String(node.width / 2));
        set(line, 'y', String(baseline(n)));
      });
      // The order of the elements is the order of evaluation, for readers that go by it.
      const next: ChildNode | null = before === null ? this.nodeLayer.firstChild : before.nextSibling;
      if (next !== group) this.nodeLayer.insertBefore(group, next);
      before = group;
    }
    this.write(drawing, shown, edges, marks);
  }

  /** Numbers and marks of what is drawn. */
  write(drawing: Drawing, shown: readonly number[], edges: readonly number[], marks: Marks): void {
    for (const index of shown) {
      const node = drawing.nodes[index]!;
      const elements = this.nodes.get(node.key);
      if (elements !== undefined) this.writeNode(elements, node, index, marks);
    }
    for (const index of edges) {
      const edge = drawing.edges[index]!;
      const elements = this.edges.get(edge.key);
      if (elements !== undefined) writeEdge(elements, edge, marks);
    }
  }

  private writeNode(elements: NodeElements, node: DrawnNode, index: number, marks: Marks): void {
    const { group, title, back, bar, lines } = elements;
    const selected = marks.selected === index;
    const knows = marks.values?.(index) ?? true;
    const slopes = marks.derivatives?.(index) ?? true;
    const derived = node.derivative !== null && slopes;
    set(
      group,
      'class',
      `node ${node.kind}${selected ? ' selected' : ''}${marks.current === index ? ' current' : ''}${marks.why.has(index) ? ' why' : ''}`,
    );
    set(group, 'aria-selected', selected ? 'true' : 'false');
    set(group, 'aria-label', node.description);
    setText(title, node.description);
    set(back, 'visibility', node.kind === 'box' ? 'visible' : 'hidden');
    const share = derived ? (BAR[node.magnitude] ?? 0) : 0;
    set(bar, 'width', String(Math.round(share * node.width)));
    set(bar, 'class', `bar m-${node.magnitude}`);
    const room = node.width - 12;
    setText(lines[0]!, this.fit(node.heading, room));
    setText(lines[1]!, knows ? this.fit(node.value, room) : '');
    setText(lines[2]!, derived ? this.fit(node.derivative!, room) : '');
  }

  private newNode(): NodeElements {
    const title = svg('title');
    const back = svg('rect', { class: 'back', rx: 6, x: 4, y: 4 });
    const frame = svg('rect', { class: 'frame', rx: 6 });
    const bar = svg('rect', { class: 'bar', height: 4, rx: 2 });
    const lines = LINES.map((name) => svg('text', { class: name }));
    const group = svg('g', { role: 'option' }, title, back, frame, bar, ...lines);
    this.nodeLayer.append(group);
    return { group, title, frame, back, bar, lines };
  }

  private newEdge(): EdgeElements {
    const path = svg('path', { 'marker-end': 'url(#arrow)' });
    const title = svg('title');
    const said = document.createTextNode('');
    const label = svg('text', { class: 'label' }, title, said);
    this.edgeLayer.append(path);
    this.labelLayer.append(label);
    return { path, label, title, said };
  }
}

function writeEdge({ path, label, title, said }: EdgeElements, edge: DrawnEdge, marks: Marks): void {
  const touched = marks.selected === edge.from || marks.selected === edge.to;
  const why = marks.why.has(edge.from) && marks.why.has(edge.to);
  const flowing = marks.current === edge.to || marks.current === edge.from;
  const known = (marks.values?.(edge.to) ?? true) && (marks.values?.(edge.from) ?? true);
  const magnitude = known ? edge.magnitude : 'unknown';
  set(
    path,
    'class',
    `edge m-${magnitude}${touched ? ' touched' : ''}${flowing ? ' flowing' : ''}${why ? ' why' : ''}`,
  );
  set(label, 'class', touched || flowing ? 'label touched' : 'label');
  const text = known ? edge.label : '';
  if (said.data !== text) said.data = text;
  setText(title, edge.description);
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

/** Writing what is there already would cost the browser as much as a change. */
function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
