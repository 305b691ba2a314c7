/** The picture as a file of SVG: complete in itself, on white, as text that other programs can edit. */
import {
  baseline,
  type Drawing,
  type DrawnEdge,
  type DrawnFrame,
  type DrawnNode,
  edgePath,
  FONT_SIZE,
  LABEL_SIZE,
  linesOf,
} from '../drawing.ts';
import { dashes, LIGHT_PALETTE, lineWidth, STEPS, stepText } from '../magnitude.ts';

const MARGIN = 20;
const FONT = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
export const LIGHT = {
  ink: '#1b1b1b',
  value: '#3b3b3b',
  tangent: '#0062a8',
  adjoint: '#9a4400',
  input: '#1f7a3d',
  output: '#7a30b8',
  outline: '#767676',
  frame: '#a8a8a8',
  inside: '#f4f4f4',
} as const;

export function svgPicture(drawing: Drawing): string {
  const { left, title, nodes, edges } = drawing;
  const columns = legendColumns(drawing);
  const width = Math.ceil(Math.max(drawing.width, columns * LEGEND_STEP) + 2 * MARGIN);
  const height = Math.ceil(
    drawing.height + 2 * MARGIN + LEGEND_LINE * Math.ceil(LEGEND_ITEMS.length / columns),
  );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${round(left - MARGIN)} ${-MARGIN} ${width} ${height}" font-family="${FONT}" font-size="${FONT_SIZE}">`,
    `<title>${escape(title)}</title>`,
    // A marker takes its line's colour in few programs only: one for each colour.
    `<defs>${Object.entries(LIGHT_PALETTE)
      .map(([name, colour]) => arrow(name, colour))
      .join('')}</defs>`,
    `<rect x="${round(left - MARGIN)}" y="${-MARGIN}" width="${width}" height="${height}" fill="#ffffff"/>`,
    ...drawing.frames.map(frameGroup),
    ...edges.map(edgeLine),
    ...edges.flatMap(edgeLabel),
    ...nodes.map((node) => nodeGroup(node, drawing.mode)),
    legend(drawing),
    '</svg>',
  ].join('\n')}\n`;
}

function arrow(name: string, colour: string): string {
  return `<marker id="arrow-${name}" markerUnits="userSpaceOnUse" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="9" markerHeight="9" orient="auto"><path d="M0 0.6 L8 4 L0 7.4 Z" fill="${colour}"/></marker>`;
}

/** All lines, then all insides: what is left of the lines is around the whole. */
function frameGroup({ label, boxes, at }: DrawnFrame): string {
  const rects = (style: string): string =>
    boxes
      .map(
        ({ x, y, width, height }) =>
          `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ${style}/>`,
      )
      .join('');
  return `<g>${rects(`fill="none" stroke="${LIGHT.frame}" stroke-width="2"`)}${rects(`fill="${LIGHT.inside}"`)}<text x="${round(at.x)}" y="${round(at.y)}" font-size="${LABEL_SIZE}" fill="${LIGHT.value}">${escape(label)}</text></g>`;
}

function edgeLine({ points, magnitude }: DrawnEdge): string {
  const dash = dashes(magnitude);
  return `<path d="${edgePath(points)}" fill="none" stroke="${LIGHT_PALETTE[magnitude]}" stroke-width="${lineWidth(magnitude)}"${dash === null ? '' : ` stroke-dasharray="${dash}"`} marker-end="url(#arrow-${magnitude})"/>`;
}

function edgeLabel({ label, at, anchor }: DrawnEdge): string[] {
  if (label === '') return [];
  return [
    `<text x="${round(at.x)}" y="${round(at.y)}" text-anchor="${anchor}" font-size="${LABEL_SIZE}" fill="${LIGHT.ink}" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke">${escape(label)}</text>`,
  ];
}

function nodeGroup(node: DrawnNode, mode: Drawing['mode']): string {
  const { x, y, width, height, kind, magnitude, description } = node;
  const stroke = kind === 'input' ? LIGHT.input : kind === 'output' ? LIGHT.output : LIGHT.outline;
  const frame = (at: number): string =>
    `<rect x="${at}" y="${at}" width="${width}" height="${height}" rx="6" fill="#ffffff" stroke="${stroke}" stroke-width="${kind === 'output' ? 2.4 : 1.4}"/>`;
  const colours = [LIGHT.ink, LIGHT.value, mode === 'reverse' ? LIGHT.adjoint : LIGHT.tangent];
  const lines = linesOf(node).map((line, n) => {
    const squeezed =
      estimate(line) > width - 12 ? ` textLength="${width - 12}" lengthAdjust="spacingAndGlyphs"` : '';
    return `<text x="${width / 2}" y="${baseline(n)}" text-anchor="middle" fill="${colours[n]}"${n === 0 ? ' font-weight="600"' : ''}${squeezed}>${escape(line)}</text>`;
  });
  const bar =
    typeof magnitude === 'number'
      ? `<rect y="${height - 4}" width="${round((width * (magnitude + 1)) / 6)}" height="4" rx="2" fill="${LIGHT_PALETTE[magnitude]}"/>`
      : '';
  return `<g transform="translate(${round(x)} ${round(y)})"><title>${escape(description)}</title>${kind === 'box' ? frame(4) : ''}${frame(0)}${bar}${lines.join('')}</g>`;
}

const LEGEND_STEP = 92;
const LEGEND_LINE = 18;
const LEGEND_ITEMS = ['zero', ...STEPS] as const;

function legendColumns({ width }: Drawing): number {
  return Math.min(LEGEND_ITEMS.length, Math.max(3, Math.floor(width / LEGEND_STEP)));
}

function legend(drawing: Drawing): string {
  const columns = legendColumns(drawing);
  const items = LEGEND_ITEMS.map((magnitude, n) => {
    const x = round(drawing.left + (n % columns) * LEGEND_STEP);
    const y = round(drawing.height + MARGIN + Math.floor(n / columns) * LEGEND_LINE);
    const dash = dashes(magnitude);
    const line = `<line x1="${x}" x2="${x + 22}" y1="${y}" y2="${y}" stroke="${LIGHT_PALETTE[magnitude]}" stroke-width="${lineWidth(magnitude)}"${dash === null ? '' : ` stroke-dasharray="${dash}"`}/>`;
    const text = magnitude === 'zero' ? '0' : stepText(magnitude);
    return `${line}<text x="${x + 27}" y="${y + 4}">${escape(text)}</text>`;
  });
  return `<g font-size="10" fill="${LIGHT.value}">${items.join('')}</g>`;
}

/** Width of a text in pixels in most monospaced fonts. */
function estimate(text: string): number {
  return text.length * FONT_SIZE * 0.61;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** For text and attributes; what XML has no place for is left out. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
