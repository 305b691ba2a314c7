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

export function dotGraph({ title, nodes, edges, frames }: Drawing): string {
  const inputs = nodes.flatMap(({ kind }, index) => (kind === 'input' ? [`n${index}`] : []));
  const lines = [
    `digraph ${quoted(title)} {`,
    '  graph [rankdir=TB, ordering=out, fontname="monospace"];',
    '  node [fontname="monospace", fontsize=11];',
    '  edge [fontname="monospace", fontsize=9];',
    ...nodes.map(
      (node, index) => `  n${index} [label=${quoted(linesOf(node).join('\n'))}, ${SHAPES[node.kind]}];`,
    ),
    ...clusters(frames),
    ...(inputs.length === 0 ? [] : [`  { rank=same; ${inputs.join('; ')}; }`]),
    ...edges.map(({ from, to, label, magnitude }) => {
      const style = dashes(magnitude) === null ? 'solid' : magnitude === 'zero' ? 'dotted' : 'dashed';
      return `  n${from} -> n${to} [label=${quoted(label)}, penwidth=${lineWidth(magnitude)}, color="${LIGHT_PALETTE[magnitude]}", style=${style}];`;
    }),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** Frames as clusters, within each other as they are. */
function clusters(frames: Drawing['frames']): string[] {
  const lines: string[] = [];
  const open: number[] = [];
  const close = (before: number): void => {
    while (open.length > 0 && open.at(-1)! <= before) {
      open.pop();
      lines.push(`${'  '.repeat(open.length + 1)}}`);
    }
  };
  frames.forEach(({ label, first, end }, index) => {
    close(first);
    const indent = '  '.repeat(open.length + 1);
    const members = Array.from({ length: end - first }, (_, n) => `n${first + n}`).join('; ');
    lines.push(
      `${indent}subgraph cluster_${index} {`,
      `${indent}  label=${quoted(label)}; labeljust=l; color="#a8a8a8"; bgcolor="#f4f4f4"; fontsize=9;`,
      `${indent}  ${members};`,
    );
    open.push(end);
  });
  close(Number.POSITIVE_INFINITY);
  return lines;
}

/** A quoted string of the DOT language, in which only the quote and the backslash mean something. */
function quoted(text: string): string {
  const escaped = text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
  return `"${escaped.replace(/\p{Cc}/gu, ' ')}"`;
}
