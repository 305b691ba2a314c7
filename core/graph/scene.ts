/** What stands on the nodes and edges of a folded graph: names, formulas and numbers, as text. */
import { formatNumber } from '../print/numbers.ts';
import { type EdgeNumber, edgeNumbers, type PartialOf } from './fold/totals.ts';
import type { FoldedGraph, FoldedNode } from './fold.ts';
import { type Magnitude, magnitudeOf } from './magnitude.ts';
import type { PanelModel, PanelRow } from './panelModel.types.ts';

/** Numbers by row of the trace. */
export interface SceneNumbers {
  readonly values: ArrayLike<number>;
  readonly tangents: ArrayLike<number> | null;
  readonly adjoints: ArrayLike<number> | null;
  readonly partial: PartialOf;
}

export interface SceneOptions {
  readonly mode: 'forward' | 'reverse';
  /** Significant digits. */
  readonly digits: number;
}

export interface SceneNode {
  readonly key: string;
  readonly kind: FoldedNode['kind'];
  /** Row of the trace; of a box its last result. */
  readonly row: number;
  /** `w3 = w1·w2`, with the user's name before it; `for i × 12`. */
  readonly heading: string;
  /** `= 6`; of a box `w9 ≈ 2.5` or `3 results`. */
  readonly value: string;
  /** `ẇ3 = 3`; null where there is none. */
  readonly derivative: string | null;
  readonly magnitude: Magnitude;
  /** The whole node in words. */
  readonly description: string;
}

export interface SceneEdge {
  readonly key: string;
  /** `cos(w1) ≈ −0.416`; '' where there is nothing to say. */
  readonly label: string;
  readonly description: string;
  readonly magnitude: Magnitude;
}

export interface Scene {
  readonly nodes: readonly SceneNode[];
  /** By node and port; null where nothing is drawn. */
  readonly edges: readonly (readonly (SceneEdge | null)[])[];
}

const LABEL_LENGTH = 24;
/** Results of a box that stand on it, and that are read out. */
const RESULTS_SHOWN = 2;
const MOST_READ = 8;

export function sceneOf(
  { trace }: Pick<PanelModel, 'trace'>,
  graph: FoldedGraph,
  numbers: SceneNumbers,
  options: SceneOptions,
): Scene {
  // At a special point sweeps say nothing, and neither do the partials that they would go by.
  const known = numbers.tangents !== null || numbers.adjoints !== null;
  const partials = known ? edgeNumbers(graph, trace, numbers.partial) : null;
  return {
    nodes: graph.nodes.map((node) =>
      node.region === null
        ? rowNode(node, trace[node.row]!, numbers, options)
        : boxNode(node, trace, numbers, options),
    ),
    edges: graph.nodes.map((node, index) =>
      node.ports.map((port, at) =>
        port === null
          ? null
          : partials === null
            ? unknownEdge(graph, node, at)
            : edgeOf(graph, node, at, partials[index]![at] ?? null, trace, options.digits),
      ),
    ),
  };
}

function equal(value: number, digits: number): string {
  const { text, exact } = formatNumber(value, digits);
  return `${exact ? '=' : '≈'} ${text}`;
}

function derivativeAt(row: number, numbers: SceneNumbers, mode: SceneOptions['mode']): number | null {
  return (mode === 'reverse' ? numbers.adjoints : numbers.tangents)?.[row] ?? null;
}

function derivativeName({ tangent, adjoint }: PanelRow, mode: SceneOptions['mode']): string {
  return (mode === 'reverse' ? adjoint?.left : tangent?.left) ?? '';
}

function derivativeWord(mode: SceneOptions['mode']): string {
  return mode === 'reverse' ? 'adjoint' : 'tangent';
}

function rowNode(
  { key, kind, row }: FoldedNode,
  traced: PanelRow,
  numbers: SceneNumbers,
  { mode, digits }: SceneOptions,
): SceneNode {
  const { left, right } = traced.primal;
  const userName = traced.name === right ? null : traced.name;
  const value = equal(numbers.values[row] ?? Number.NaN, digits);
  const slope = derivativeAt(row, numbers, mode);
  const equation = `${left} = ${right}`;
  const said = slope === null ? null : equal(slope, digits);
  return {
    key,
    kind,
    row,
    heading: userName === null ? equation : `${userName}: ${equation}`,
    value,
    derivative: said === null ? null : `${derivativeName(traced, mode)} ${said}`,
    magnitude: magnitudeOf(slope),
    description: [
      ...(userName === null ? [] : [userName]),
      `${equation} ${value}`,
      ...(said === null ? [] : [`${derivativeWord(mode)} ${said}`]),
    ].join(', '),
  };
}

function boxNode(
  { key, row, region, results }: FoldedNode,
  trace: readonly PanelRow[],
  numbers: SceneNumbers,
  { mode, digits }: SceneOptions,
): SceneNode {
  const valueOf = (at: number, name: string): string =>
    `${name} ${equal(numbers.values[at] ?? Number.NaN, digits)}`;
  const names = results.map((at) => trace[at]!.name ?? trace[at]!.primal.left);
  const told = new Set(names).size === names.length;
  const many = results.length > RESULTS_SHOWN || region!.kind === 'inputs';
  const slopes = results.map((at) => derivativeAt(at, numbers, mode));
  const derivative =
    many || results.length === 0 || slopes.includes(null)
      ? null
      : results.map((at, n) => `${derivativeName(trace[at]!, mode)} ${equal(slopes[n]!, digits)}`).join(', ');
  const size = slopes.reduce<number | null>(
    (most, slope) => (slope === null ? most : Math.max(most ?? 0, Math.abs(slope))),
    null,
  );
  const { label, first, end } = region!;
  const value = many
    ? `${results.length} ${region!.kind === 'inputs' ? 'inputs' : 'results'}`
    : results.map((at, n) => valueOf(at, told ? names[n]! : trace[at]!.primal.left)).join(', ') ||
      'no result';
  return {
    key,
    kind: 'box',
    row,
    heading: label,
    value,
    derivative,
    magnitude: magnitudeOf(size),
    description: [
      `${label}, folded, ${end - first} nodes`,
      ...results.slice(0, MOST_READ).map((at) => valueOf(at, trace[at]!.primal.left)),
      ...(derivative === null ? [] : [`${derivativeWord(mode)} ${derivative}`]),
    ].join(', '),
  };
}

function edgeKey({ nodes }: FoldedGraph, node: FoldedNode, at: number): string {
  return `${nodes[node.ports[at]!.from]!.key} → ${node.key} ${at}`;
}

function unknownEdge(graph: FoldedGraph, node: FoldedNode, at: number): SceneEdge {
  const description = 'no derivative at this point';
  return { key: edgeKey(graph, node, at), label: '', description, magnitude: 'unknown' };
}

function edgeOf(
  graph: FoldedGraph,
  node: FoldedNode,
  at: number,
  number: EdgeNumber | null,
  trace: readonly PanelRow[],
  digits: number,
): SceneEdge {
  const port = node.ports[at]!;
  const key = edgeKey(graph, node, at);
  const magnitude = magnitudeOf(number === null ? 0 : number.size);
  const to = trace[number?.to ?? node.row]!.primal.left;
  const from = trace[number?.from ?? port.rows[0]!]!.primal.left;
  const name = `∂${to}/∂${from}`;
  if (number === null) return { key, label: '', description: `nothing flows from ${from}`, magnitude };
  if (number.value === null)
    return { key, label: '', description: 'several results or several operands', magnitude };
  const { text, exact } = formatNumber(number.value, digits);
  const said = `${exact ? '=' : '≈'} ${text}`;
  if (node.region !== null)
    return { key, label: clip(text), description: `${name} ${said}, all paths inside`, magnitude };
  const formula = trace[node.row]!.operands[port.operand]!.partial;
  if (formula === null || formula === text)
    return { key, label: text, description: `${name} ${said}`, magnitude };
  return { key, label: clip(`${formula} ${said}`), description: `${name} = ${formula} ${said}`, magnitude };
}

/** The number stands at the end: a formula that is too long loses its own. */
function clip(text: string): string {
  if (text.length <= LABEL_LENGTH) return text;
  const number = /\s[=≈] \S+$/.exec(text)?.[0] ?? '';
  return `${text.slice(0, Math.max(1, LABEL_LENGTH - 1 - number.length))}…${number}`;
}
