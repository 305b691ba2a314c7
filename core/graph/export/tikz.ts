/** The picture as a `tikzpicture`, for papers and slides: it needs TikZ alone, and compiles with any LaTeX. */
import {
  type Drawing,
  type DrawnEdge,
  type DrawnFrame,
  type DrawnNode,
  FONT_SIZE,
  linesOf,
} from '../drawing.ts';
import type { Point } from '../layout.ts';
import { dashes, LIGHT_PALETTE, lineWidth, type Magnitude } from '../magnitude.ts';
import { LIGHT } from './svg.ts';
import { texText } from './tex.ts';

/** Points for one pixel: the text is that of \footnotesize. */
const SCALE = 0.75;

export function tikzPicture(drawing: Drawing): string {
  const { title, nodes, edges, frames, mode } = drawing;
  const used = new Set<Magnitude>(edges.map(({ magnitude }) => magnitude));
  const slope = mode === 'reverse' ? LIGHT.adjoint : LIGHT.tangent;
  return `${[
    `% ${title.replace(/\s+/g, ' ')}: computational graph with ${mode === 'reverse' ? 'adjoints' : 'tangents'}`,
    '% \\usepackage{tikz}',
    `\\begin{tikzpicture}[x=1pt, y=-1pt, font=\\ttfamily\\fontsize{${FONT_SIZE * SCALE}}{${FONT_SIZE * SCALE * 1.35}}\\selectfont,`,
    '  every node/.style={inner sep=2pt},',
    '  op/.style={draw, rounded corners=3pt, align=center, fill=white},',
    '  input/.style={op, draw=gradlensInput, line width=0.9pt},',
    '  output/.style={op, draw=gradlensOutput, line width=1.6pt},',
    '  box/.style={op, double},',
    '  frame/.style={font=\\ttfamily\\fontsize{7.5}{9}\\selectfont, anchor=base west, inner sep=0pt, text=gradlensValue},',
    '  partial/.style={font=\\ttfamily\\fontsize{7.5}{9}\\selectfont, fill=white, inner sep=0.8pt}]',
    ...[
      ['Input', LIGHT.input],
      ['Output', LIGHT.output],
      ['Value', LIGHT.value],
      ['Slope', slope],
    ].map(([name, colour]) => colourOf(name!, colour!)),
    ...[...used].map((magnitude) => colourOf(`Edge${nameOf(magnitude)}`, LIGHT_PALETTE[magnitude])),
    ...(frames.length === 0 ? [] : [colourOf('Frame', LIGHT.frame), colourOf('Inside', LIGHT.inside)]),
    ...frames.flatMap(frameLines),
    ...edges.map(edgeLine),
    ...nodes.map(nodeLine),
    ...edges.flatMap(edgeLabel),
    '\\end{tikzpicture}',
  ].join('\n')}\n`;
}

function colourOf(name: string, colour: string): string {
  return `\\definecolor{gradlens${name}}{HTML}{${colour.slice(1).toUpperCase()}}`;
}

function nameOf(magnitude: Magnitude): string {
  if (typeof magnitude === 'number') return 'ABCDEF'[magnitude]!;
  return magnitude[0]!.toUpperCase() + magnitude.slice(1);
}

function at({ x, y }: Point): string {
  return `(${round(x)},${round(y)})`;
}

function round(value: number): number {
  return Math.round(value * SCALE * 10) / 10;
}

/** All lines, then all insides: what is left of the lines is around the whole. */
function frameLines({ label, boxes, at: place }: DrawnFrame): string[] {
  const corners = boxes.map(
    ({ x, y, width, height }) => `${at({ x, y })} rectangle ${at({ x: x + width, y: y + height })}`,
  );
  return [
    ...corners.map((corner) => `\\draw[gradlensFrame, line width=1.5pt] ${corner};`),
    ...corners.map((corner) => `\\fill[gradlensInside] ${corner};`),
    `\\node[frame] at ${at(place)} {${texText(label)}};`,
  ];
}

function edgeLine({ points, magnitude }: DrawnEdge): string {
  const dash = dashes(magnitude);
  const pattern =
    dash === null
      ? ''
      : `, dash pattern=${dash
          .split(' ')
          .map((length, i) => `${i % 2 === 0 ? 'on' : 'off'} ${length}pt`)
          .join(' ')}`;
  const [start, ...rest] = points;
  let path = at(start!);
  let from = start!;
  for (const to of rest) {
    if (to.x === from.x) path += ` -- ${at(to)}`;
    else {
      const middle = (from.y + to.y) / 2;
      path += ` .. controls ${at({ x: from.x, y: middle })} and ${at({ x: to.x, y: middle })} .. ${at(to)}`;
    }
    from = to;
  }
  return `\\draw[->, gradlensEdge${nameOf(magnitude)}, line width=${round(lineWidth(magnitude))}pt${pattern}] ${path};`;
}

function nodeLine(node: DrawnNode): string {
  const { x, y, width, height, kind } = node;
  const style = kind === 'operation' ? 'op' : kind;
  const [heading, value, slope] = linesOf(node).map(texText);
  const lines = [
    `\\textbf{${heading}}`,
    `\\textcolor{gradlensValue}{${value}}`,
    ...(slope === undefined ? [] : [`\\textcolor{gradlensSlope}{${slope}}`]),
  ];
  const centre = at({ x: x + width / 2, y: y + height / 2 });
  return `\\node[${style}, minimum width=${round(width)}pt, minimum height=${round(height)}pt] at ${centre} {${lines.join(' \\\\ ')}};`;
}

function edgeLabel({ label, at: place, anchor }: DrawnEdge): string[] {
  if (label === '') return [];
  return [
    `\\node[partial, anchor=base ${anchor === 'end' ? 'east' : 'west'}] at ${at(place)} {${texText(label)}};`,
  ];
}
