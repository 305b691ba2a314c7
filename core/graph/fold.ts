/**
 * The graph that is drawn of a trace: its rows, those of folded regions as one box. A region folds to what it hands
 * on: its results; an edge into a box stands for all ways through it.
 */
import { type FoldRegion, inputRegions, regionsAround, regionTree } from './fold/regions.ts';
import type { PanelModel, PanelRow } from './panelModel.types.ts';

export type { FoldRegion } from './fold/regions.ts';

/** What the user has folded and unfolded, by the ids of regions; the rest is as `limit` has it. */
export interface FoldState {
  readonly unfolded: ReadonlySet<string>;
  readonly folded: ReadonlySet<string>;
}
export const NOTHING_FOLDED: FoldState = { unfolded: new Set(), folded: new Set() };

export interface FoldOptions {
  readonly state?: FoldState;
  /** Regions are folded of themselves where more nodes than this would be drawn. */
  readonly limit?: number;
  /** Draw these rows and edges only. */
  readonly keep?: { row(row: number): boolean; edge(row: number, port: number): boolean } | null;
}

/** What flows into a node through one port. */
export interface FoldedPort {
  /** Index into the graph's nodes. */
  readonly from: number;
  /** Rows that it hands in there. */
  readonly rows: readonly number[];
  /** The operand that it is, of a row that is drawn itself; −1 of a box. */
  readonly operand: number;
}

export interface FoldedNode {
  /** What it is known by after an edit. */
  readonly key: string;
  readonly kind: 'input' | 'operation' | 'output' | 'box';
  /** The row; of a box its last result. */
  readonly row: number;
  readonly region: FoldRegion | null;
  /** Rows that others use or that are the output; of a row itself alone. */
  readonly results: readonly number[];
  /** Of a row one for each operand, null for a constant and for what is not drawn; of a box one for each neighbour. */
  readonly ports: readonly (FoldedPort | null)[];
}

export interface FoldFrame {
  readonly region: FoldRegion;
  readonly first: number;
  readonly end: number;
  /** The user has unfolded it. */
  readonly always: boolean;
}

export interface FoldedGraph {
  readonly nodes: readonly FoldedNode[];
  /** The node that shows a row; −1 for none. */
  readonly nodeOf: Int32Array;
  /** Regions that are unfolded and can be folded, from the outermost in. */
  readonly open: readonly FoldRegion[];
  /** Those of them to be framed, and their nodes: first … end−1. */
  readonly frames: readonly FoldFrame[];
  readonly regions: FoldRegion | null;
}

const LIMIT = 60;
const STAYS_BOX: ReadonlySet<FoldRegion['kind']> = new Set(['loop', 'iteration', 'iterations', 'inputs']);
/** A region as small as this is unfolded whole. */
const SMALL = 24;

type FoldModel = Pick<PanelModel, 'trace' | 'regions'>;

export function foldGraph({ trace, regions }: FoldModel, options: FoldOptions = {}): FoldedGraph {
  const root = regions === null ? null : regionTree(regions);
  const inputs = inputRegions(inputNames(trace));
  const isOpen = openness(trace, root, inputs, options);
  const nodeOf = new Int32Array(trace.length).fill(-1);
  const shown: { region: FoldRegion | null; row: number; within: FoldRegion | null }[] = [];
  const open: FoldRegion[] = [];
  const kept = (row: number): boolean => options.keep?.row(row) ?? true;
  const addRow = (row: number, within: FoldRegion | null): void => {
    if (!kept(row)) return;
    nodeOf[row] = shown.length;
    shown.push({ region: null, row, within });
  };
  const addBox = (region: FoldRegion): void => {
    let any = false;
    for (let row = region.first; row < region.end; row++) any ||= kept(row);
    if (!any) return;
    nodeOf.fill(shown.length, region.first, region.end);
    shown.push({ region, row: region.end - 1, within: region.parent });
  };
  const walk = (region: FoldRegion): void => {
    let row = region.first;
    for (const child of region.children) {
      for (; row < child.first; row++) addRow(row, region);
      if (isOpen(child)) {
        if (canFold(child)) open.push(child);
        walk(child);
      } else addBox(child);
      row = child.end;
    }
    for (; row < region.end; row++) addRow(row, region);
  };
  const before = root?.first ?? trace.length;
  let next = 0;
  for (const region of inputs) {
    for (; next < region.first; next++) addRow(next, null);
    if (isOpen(region)) open.push(region);
    else addBox(region);
    if (!isOpen(region)) next = region.end;
  }
  for (; next < before; next++) addRow(next, null);
  if (root !== null) walk(root);
  for (let row = root?.end ?? trace.length; row < trace.length; row++) addRow(row, null);

  const handedOn = usedOutside(trace, nodeOf);
  const keys = new Map<string, number>();
  const nodes = shown.map(({ region, row, within }, index): FoldedNode => {
    const key = distinct(keys, region === null ? rowKey(trace[row]!, within) : `box ${region.id}`);
    if (region === null) return { ...rowNode(trace, row, nodeOf, options), key };
    const results: number[] = [];
    for (let at = region.first; at < region.end; at++)
      if (nodeOf[at] === index && handedOn[at] === 1) results.push(at);
    const ports = boxPorts(trace, region, index, nodeOf, options);
    return { key, kind: 'box', row: results.at(-1) ?? row, region, results, ports };
  });
  return { nodes, nodeOf, open, frames: framesOf(open, nodeOf, options.state), regions: root };
}

const FRAMED: ReadonlySet<FoldRegion['kind']> = new Set(['loop', 'iteration', 'iterations', 'call']);

/** What the user has unfolded has a frame, and, where a rectangle does, loops, their rounds and calls; of two around the same one. */
function framesOf(
  open: readonly FoldRegion[],
  nodeOf: Int32Array,
  { unfolded } = NOTHING_FOLDED,
): FoldFrame[] {
  const frames: FoldFrame[] = [];
  const seen = new Set<string>();
  for (const region of open) {
    const asked = unfolded.has(region.id);
    const shown = nodeOf.subarray(region.first, region.end).filter((node) => node >= 0);
    const [first, end] = [shown[0] ?? 0, (shown.at(-1) ?? -1) + 1];
    const range = `${first} ${end}`;
    if (end - first < (asked ? 1 : 2) || !(asked || FRAMED.has(region.kind)) || seen.has(range)) continue;
    seen.add(range);
    frames.push({ region, first, end, always: asked });
  }
  return frames;
}

function inputNames(trace: readonly PanelRow[]): string[] {
  const end = trace.findIndex(({ kind }) => kind !== 'input');
  return trace.slice(0, end < 0 ? trace.length : end).map(({ primal }) => primal.right);
}

/** One that stands for more than a row. */
function canFold(region: FoldRegion): boolean {
  return region.kind !== 'function' && region.end - region.first > 1;
}

function openness(
  trace: readonly PanelRow[],
  root: FoldRegion | null,
  inputs: readonly FoldRegion[],
  { state = NOTHING_FOLDED, limit = LIMIT, keep = null }: FoldOptions,
): (region: FoldRegion) => boolean {
  const total = keep === null ? trace.length : trace.filter((_, row) => keep.row(row)).length;
  const level =
    root === null || total <= limit
      ? Number.POSITIVE_INFINITY
      : deepestLevel(trace, root, inputs, limit, keep);
  const isOpen = (region: FoldRegion): boolean => {
    if (!canFold(region)) return true;
    if (state.folded.has(region.id)) return false;
    if (state.unfolded.has(region.id)) return true;
    if (opensItself(region, level)) return true;
    const { parent } = region;
    if (parent === null || parent.kind === 'function' || !isOpen(parent)) return false;
    // What is the whole of what was unfolded is unfolded with it, and so is what is small, but for rounds of a loop.
    const whole = parent.first === region.first && parent.end === region.end;
    const small = parent.end - parent.first <= SMALL && !opensItself(parent, level);
    return whole || (small && region.kind !== 'iteration' && region.kind !== 'iterations');
  };
  return isOpen;
}

/**
 * Whether a region is unfolded unasked at this level. Beyond the limit loops, their rounds and the elements of an input
 * stay boxes, and so does what is in them; but a loop that is all of the function shows its rounds.
 */
function opensItself(region: FoldRegion, level: number): boolean {
  const { kind, depth, parent } = region;
  if (level === Number.POSITIVE_INFINITY || kind === 'function') return true;
  if (STAYS_BOX.has(kind) && (kind !== 'loop' || depth > 0)) return false;
  if (depth > level) return false;
  return parent === null || opensItself(parent, level);
}

/** How deep regions may be unfolded everywhere: 0 leaves all of them folded. */
function deepestLevel(
  trace: readonly PanelRow[],
  root: FoldRegion,
  inputs: readonly FoldRegion[],
  limit: number,
  keep: FoldOptions['keep'],
): number {
  const shownRows = (first: number, end: number): number => {
    if (keep == null) return end - first;
    let count = 0;
    for (let row = first; row < end; row++) if (keep.row(row)) count++;
    return count;
  };
  const shownAt = (region: FoldRegion, level: number): number => {
    if (!opensItself(region, level) && canFold(region))
      return Math.min(1, shownRows(region.first, region.end));
    let count = shownRows(region.first, region.end);
    for (const child of region.children) count += shownAt(child, level) - shownRows(child.first, child.end);
    return count;
  };
  const grouped = inputs.reduce((sum, { first, end }) => sum + Math.max(0, shownRows(first, end) - 1), 0);
  const outside = shownRows(0, root.first) - grouped + shownRows(root.end, trace.length);
  const deepest = depthOf(root);
  let level = 0;
  while (level < deepest && outside + shownAt(root, level + 1) <= limit) level++;
  return level;
}

function depthOf(region: FoldRegion): number {
  return region.children.reduce((most, child) => Math.max(most, depthOf(child)), region.depth);
}

function rowNode(
  trace: readonly PanelRow[],
  row: number,
  nodeOf: Int32Array,
  { keep = null }: FoldOptions,
): Omit<FoldedNode, 'key'> {
  const { operands, kind, output } = trace[row]!;
  const ports = operands.map((operand, port): FoldedPort | null => {
    const from = operand.row === null ? -1 : nodeOf[operand.row]!;
    if (from < 0 || keep?.edge(row, port) === false) return null;
    return { from, rows: [operand.row!], operand: port };
  });
  return { kind: output ? 'output' : kind, row, region: null, results: [row], ports };
}

function boxPorts(
  trace: readonly PanelRow[],
  { first, end }: FoldRegion,
  box: number,
  nodeOf: Int32Array,
  { keep = null }: FoldOptions,
): FoldedPort[] {
  const entries = new Map<number, Set<number>>();
  for (let row = first; row < end; row++) {
    trace[row]!.operands.forEach((operand, port) => {
      const from = operand.row === null ? -1 : nodeOf[operand.row]!;
      if (from < 0 || from === box || keep?.edge(row, port) === false) return;
      const rows = entries.get(from) ?? new Set();
      entries.set(from, rows.add(operand.row!));
    });
  }
  return [...entries]
    .sort(([a], [b]) => a - b)
    .map(([from, rows]) => ({ from, rows: [...rows].sort((a, b) => a - b), operand: -1 }));
}

/** 1 for rows that another node uses, and for the output. */
function usedOutside(trace: readonly PanelRow[], nodeOf: Int32Array): Uint8Array {
  const used = new Uint8Array(trace.length);
  trace.forEach(({ operands, output }, row) => {
    if (output) used[row] = 1;
    if (nodeOf[row]! < 0) return;
    for (const operand of operands)
      if (operand.row !== null && nodeOf[operand.row] !== nodeOf[row]) used[operand.row] = 1;
  });
  return used;
}

function rowKey({ kind, name, op, primal }: PanelRow, within: FoldRegion | null): string {
  return kind === 'input' ? `input ${primal.right}` : `${within?.id ?? ''} ${op ?? ''} ${name ?? ''}`;
}

function distinct(keys: Map<string, number>, key: string): string {
  const count = keys.get(key) ?? 0;
  keys.set(key, count + 1);
  return count === 0 ? key : `${key} ${count + 1}`;
}

// ───────────────────────────── what the user does ─────────────────────────────

/** With a region folded or unfolded. */
export function withFolded(state: FoldState, id: string, folded: boolean): FoldState {
  const next = { unfolded: new Set(state.unfolded), folded: new Set(state.folded) };
  (folded ? next.folded : next.unfolded).add(id);
  (folded ? next.unfolded : next.folded).delete(id);
  return next;
}

/** With all around a row unfolded, so that the row itself is drawn. */
export function unfoldedTo(
  state: FoldState,
  { nodes, nodeOf, regions }: FoldedGraph,
  row: number,
): FoldState {
  const box = nodes[nodeOf[row]!]?.region ?? null;
  if (box?.kind === 'inputs') return withFolded(state, box.id, false);
  if (regions === null) return state;
  return regionsAround(regions, row)
    .filter(canFold)
    .reduce((next, { id }) => withFolded(next, id, false), state);
}

/** The innermost unfolded region around a row that can be folded. */
export function enclosingRegion(graph: FoldedGraph, row: number): FoldRegion | null {
  const around = graph.open.filter(({ first, end }) => first <= row && row < end);
  return around.reduce<FoldRegion | null>(
    (inner, region) => (inner === null || region.depth > inner.depth ? region : inner),
    null,
  );
}
