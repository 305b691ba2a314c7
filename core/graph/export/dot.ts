/** The graph for Graphviz: `dot -Tsvg`. Nodes and edges carry what stands on them in the panel. */
import type { Drawing, DrawnNode } from '../drawing.ts';
import { linesOf } from '../drawing.ts';
import { dashes, LIGHT_PALETTE, lineWidth } from '../magnitude.ts';

const SHAPES: Readonly<Record<DrawnNode['kind'], string>> = {
  input: 'shape=box, style="rounded,bold", color="#1f7a3d"',
  operation: 'shape=box, style=rounded, color="#767676"',
  output: 'shape=box, style="rounded,bold", color="#7a30b8", peripheries=2',
  box: 'shape=box3d, color="#767676"',
};

export function dotGraph({ title, nodes, edges }: Drawing): string {
  const inputs = nodes.flatMap(({ kind }, index) => (kind === 'input' ? [`n${index}`] : []));
  const lines = [
    `digraph ${quoted(title)} {`,
    '  graph [rankdir=TB, ordering=out, fontname="monospace"];',
    '  node [fontname="monospace", fontsize=11];',
    '  edge [fontname="monospace", fontsize=9];',
    ...nodes.map(
      (node, index) => `  n${index} [label=${quoted(linesOf(node).join('\n'))}, ${SHAPES[node.kind]}];`,
    ),
    ...(inputs.length === 0 ? [] : [`  { rank=same; ${inputs.join('; ')}; }`]),
    ...edges.map(({ from, to, label, magnitude }) => {
      const style = dashes(magnitude) === null ? 'solid' : magnitude === 'zero' ? 'dotted' : 'dashed';
      return `  n${from} -> n${to} [label=${quoted(label)}, penwidth=${lineWidth(magnitude)}, color="${LIGHT_PALETTE[magnitude]}", style=${style}];`;
    }),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** A quoted string of the DOT language, in which only the quote and the backslash mean something. */
function quoted(text: string): string {
  const escaped = text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
  return `"${escaped.replace(/\p{Cc}/gu, ' ')}"`;
}
