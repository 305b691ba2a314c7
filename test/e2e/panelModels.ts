/** Models that are measured: of networks of one hidden layer, and of a chain of many operations. */

import { FIRST_CHOICE } from '../../client/panel/choice.ts';
import type { PanelState, ToPage } from '../../client/panel/messages.ts';
import { foldGraph } from '../../core/graph/fold.ts';
import { PANEL_MODEL, type PanelModel, type PanelModelResult } from '../../server/protocol/messages.ts';
import { InProcess } from '../server/inProcess.ts';

const URI = 'file:///network.ts';
export const TARGET = 'energy';

/** A hidden layer of `units` tanh of all `inputs` numbers, and a readout, written without loops. */
function network(inputs: number, units: number): string {
  const weight = (i: number, k: number): string => (0.3 * Math.sin(3 * i + 7 * k + 1)).toFixed(3);
  const names = Array.from({ length: inputs }, (_, i) => `x${i + 1}`);
  const hidden = Array.from({ length: units }, (_, k) => {
    const sum = names.map((name, i) => `${weight(i, k)} * ${name}`).join(' + ');
    return `  const h${k + 1} = Math.tanh(${sum});`;
  });
  const readout = hidden.map((_, k) => `${weight(k, 5)} * h${k + 1}`).join(' + ');
  return `// @differentiable at ${names.map((name, i) => `${name} = ${(0.2 + 0.1 * i).toFixed(1)}`).join(', ')}
export function ${TARGET}(${names.map((name) => `${name}: number`).join(', ')}): number {
${hidden.join('\n')}
  return ${readout.replaceAll('+ -', '- ')};
}
`;
}

export function modelOf(text: string): PanelModel {
  const worker = new InProcess();
  worker.open(URI, text);
  const found = worker.request<PanelModelResult | null>(PANEL_MODEL, {
    function: { uri: URI, target: TARGET },
  });
  if (found === null) throw new Error(`no model of:\n${text}`);
  return found.model;
}

/** As many nodes as there are rows, of a network of about that many operations. */
export const networkModel = (rows: number): PanelModel => {
  const inputs = rows < 200 ? 4 : 7;
  // Of each unit: products, sums, tanh, and its part of the readout.
  return modelOf(network(inputs, Math.round((rows - inputs) / (2 * inputs + 2))));
};

/** A chain over a few inputs, drawn row by row. */
export function chainModel(rows: number): PanelModel {
  const short = modelOf(network(2, 1));
  const input = short.trace[0]!;
  const product = short.trace.find(({ op }) => op === 'add')!;
  const trace = Array.from({ length: rows }, (_, n) => ({
    ...(n < 10 ? input : product),
    index: n + 1,
    primal: { ...product.primal, left: `w${n + 1}`, right: n < 10 ? `x${n}` : `w${n} + w${(n % 10) + 1}` },
    operands:
      n < 10
        ? []
        : product.operands.slice(0, 2).map((one, at) => ({ ...one, row: at === 0 ? n - 1 : n % 10 })),
  }));
  return { ...short, title: `chain(${rows})`, trace, regions: null, tape: null };
}

export const showing = (model: PanelModel): ToPage => ({
  kind: 'show',
  content: { source: { kind: 'function', function: { uri: URI, target: TARGET } }, version: 1, model },
  digits: 4,
  follow: true,
});

/** What the page has stored where the user had unfolded all there is. */
export function unfolded(model: PanelModel): PanelState {
  const open = new Set<string>();
  for (;;) {
    const boxes = foldGraph(model, { state: { unfolded: open, folded: new Set() } }).nodes.flatMap(
      ({ region }) => (region === null ? [] : [region.id]),
    );
    if (boxes.length === 0) break;
    for (const id of boxes) open.add(id);
  }
  return {
    version: 2,
    content: null,
    follow: true,
    digits: 4,
    choice: FIRST_CHOICE,
    moved: {},
    plot: { x: null, y: null },
    graph: { source: `${URI} ${TARGET}`, unfolded: [...open], folded: [], weighed: null, viewport: null },
  };
}
