/** The computational graph as SVG. Layout is core's; this measures text, draws, and moves the selection by keys. */
import { type GraphLayout, layoutGraph, type PlacedEdge } from '../../core/graph/layout.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import type { Choice } from './choice.ts';
import { h, svg } from './dom.ts';
import { edgeView, type GraphNodeView, graphNodes } from './view.ts';

export interface GraphEvents {
  /** A node was chosen; `open` also goes to its source. */
  readonly select: (row: number, open: boolean) => void;
}

const FONT = 12;
/** Of the labels of edges; the style sheet has the same. */
const LABEL_FONT = 11;
const LABEL_LENGTH = 24;
const LINE = 17;
const PAD = 10;
const MIN_WIDTH = 84;
const MAX_WIDTH = 230;
/** Room around the drawing, for the outlines and the labels that stand out. */
const MARGIN = 14;

/** At most this many nodes are drawn unasked. */
export const DRAWN_NODES = 200;

export function drawGraph(
  model: PanelModel,
  choice: Choice,
  digits: number,
  limit: number,
  events: GraphEvents,
): HTMLElement {
  const views = graphNodes(model, choice, digits, limit);
  const measure = textMeasure();
  const result = views.findIndex((view) => view.kind === 'output');
  const layout = layoutGraph(
    views.map((view) => ({
      ...sizeOf(view, measure),
      operands: view.operands,
      labels: view.operands.map((_, port) => {
        const said = edgeView(model, view.row, port, digits);
        return said === null ? 0 : (measure(clip(said.label)) * LABEL_FONT) / FONT;
      }),
    })),
    { result: result < 0 ? null : result },
  );
  const width = layout.width + 2 * MARGIN;
  const height = layout.height + 2 * MARGIN;
  const selected = choice.row !== null && choice.row < views.length ? choice.row : null;
  const picture = svg(
    'svg',
    {
      class: `graph ${choice.mode}`,
      viewBox: `${-MARGIN} ${-MARGIN} ${width} ${height}`,
      width,
      height,
      role: 'listbox',
      tabindex: 0,
      'data-focus': 'graph',
      'aria-label': `Computational graph of ${model.title}: ${views.length} nodes. Arrow keys move along the edges, Enter goes to the source.`,
      'aria-activedescendant': selected === null ? null : nodeId(selected),
      onkeydown: (event: KeyboardEvent) => {
        const key = event.key;
        if (key === 'Enter' && selected !== null) events.select(selected, true);
        const next = neighbour(layout, selected, key);
        if (next === null && key !== 'Enter') return;
        event.preventDefault();
        if (next !== null) events.select(next, false);
      },
    },
    svg(
      'defs',
      {},
      svg(
        'marker',
        {
          id: 'arrow',
          markerUnits: 'userSpaceOnUse',
          viewBox: '0 0 8 8',
          refX: 8,
          refY: 4,
          markerWidth: 8,
          markerHeight: 8,
          orient: 'auto',
        },
        svg('path', { d: 'M0 0.6 L8 4 L0 7.4 Z', class: 'arrow' }),
      ),
    ),
  );
  const edges = svg('g', { class: 'edges', 'aria-hidden': 'true' });
  const labels = svg('g', { class: 'labels', 'aria-hidden': 'true' });
  for (const edge of layout.edges) {
    const touched = selected === edge.from || selected === edge.to;
    edges.append(
      svg('path', {
        d: edgePath(edge),
        class: touched ? 'edge touched' : 'edge',
        'marker-end': 'url(#arrow)',
      }),
    );
    const said = edgeView(model, edge.to, edge.port, digits);
    if (said === null) continue;
    labels.append(
      svg(
        'text',
        {
          x: edge.label.x,
          y: edge.label.y,
          'text-anchor': edge.label.anchor,
          class: touched ? 'label touched' : 'label',
        },
        clip(said.label),
        svg('title', {}, said.description),
      ),
    );
  }
  const nodes = svg('g', { class: 'nodes' });
  views.forEach((view, index) => {
    nodes.append(drawNode(view, layout.nodes[index]!, index === selected, measure, events));
  });
  picture.append(edges, labels, nodes);
  picture.style.setProperty('--natural-width', `${width}px`);
  return h('div', { class: 'graph-scroller', 'data-scroll': 'graph' }, picture as unknown as HTMLElement);
}

function nodeId(row: number): string {
  return `node-${row}`;
}

function drawNode(
  view: GraphNodeView,
  at: GraphLayout['nodes'][number],
  selected: boolean,
  measure: Measure,
  events: GraphEvents,
): SVGGElement {
  const room = at.width - 2 * PAD;
  const { heading, value, derivative } = linesOf(view);
  const line = (text: string, n: number, cls: string): SVGTextElement =>
    svg(
      'text',
      { x: at.width / 2, y: PAD + 4 + n * LINE + FONT / 2, class: cls },
      shorten(text, room, measure),
    );
  return svg(
    'g',
    {
      id: nodeId(view.row),
      class: `node ${view.kind}${selected ? ' selected' : ''}`,
      transform: `translate(${at.x} ${at.y})`,
      role: 'option',
      'aria-selected': selected ? 'true' : 'false',
      'aria-label': view.description,
      onclick: () => events.select(view.row, false),
      ondblclick: () => events.select(view.row, true),
    },
    svg('title', {}, [view.description, `${view.name} = ${view.value.full}`].join('\n')),
    svg('rect', { width: at.width, height: at.height, rx: 6 }),
    line(heading, 0, 'heading'),
    line(value, 1, 'value'),
    derivative === null ? null : line(derivative, 2, 'derivative'),
  );
}

interface NodeLines {
  readonly heading: string;
  readonly value: string;
  readonly derivative: string | null;
}

function linesOf(view: GraphNodeView): NodeLines {
  const equation = `${view.name} = ${view.equation}`;
  return {
    heading: view.userName === null ? equation : `${view.userName}: ${equation}`,
    value: `${view.value.relation} ${view.value.text}`,
    derivative:
      view.derivative === null
        ? null
        : `${view.derivative.name} ${view.derivative.value.relation} ${view.derivative.value.text}`,
  };
}

function sizeOf(view: GraphNodeView, measure: Measure): { width: number; height: number } {
  const { heading, value, derivative } = linesOf(view);
  const lines = [heading, value, ...(derivative === null ? [] : [derivative])];
  const longest = Math.max(...lines.map(measure));
  const wanted = Math.max(longest + 2 * PAD, MIN_WIDTH);
  return { width: Math.ceil(Math.min(MAX_WIDTH, wanted)), height: 2 * PAD + lines.length * LINE - 4 };
}

// ───────────────────────────── text ─────────────────────────────

type Measure = (text: string) => number;

function textMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (text) => text.length * FONT * 0.6;
  const family = getComputedStyle(document.body).getPropertyValue('--vscode-editor-font-family');
  context.font = `${FONT}px ${family === '' ? 'monospace' : family}`;
  return (text) => context.measureText(text).width;
}

function shorten(text: string, room: number, measure: Measure): string {
  if (measure(text) <= room) return text;
  let length = text.length;
  while (length > 1 && measure(text.slice(0, length) + '…') > room) length--;
  return text.slice(0, length) + '…';
}

function clip(text: string): string {
  return text.length <= LABEL_LENGTH ? text : text.slice(0, LABEL_LENGTH - 1) + '…';
}

// ───────────────────────────── edges and keys ─────────────────────────────

/** A smooth line through the points that leaves and arrives upright; straight along the bends of a chain. */
function edgePath(edge: PlacedEdge): string {
  const [start, ...rest] = edge.points;
  let path = `M${start!.x} ${start!.y}`;
  let from = start!;
  for (const to of rest) {
    if (to.x === from.x) path += ` L${to.x} ${to.y}`;
    else {
      const middle = (from.y + to.y) / 2;
      path += ` C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
    }
    from = to;
  }
  return path;
}

/** The node that an arrow key leads to: along an edge up or down, else the next of its layer. */
function neighbour(layout: GraphLayout, selected: number | null, key: string): number | null {
  const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];
  if (!keys.includes(key) || layout.nodes.length === 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return layout.nodes.length - 1;
  if (selected === null) return 0;
  const here = layout.nodes[selected]!;
  if (key === 'ArrowUp') return layout.edges.find((edge) => edge.to === selected)?.from ?? null;
  if (key === 'ArrowDown') return layout.edges.find((edge) => edge.from === selected)?.to ?? null;
  const side = key === 'ArrowLeft' ? -1 : 1;
  let best: number | null = null;
  layout.nodes.forEach((node, index) => {
    const distance = (node.x - here.x) * side;
    if (node.layer !== here.layer || distance <= 0) return;
    if (best === null || distance < (layout.nodes[best]!.x - here.x) * side) best = index;
  });
  return best;
}
