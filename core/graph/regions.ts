/**
 * The parts of a trace that fold: calls, loops and their rounds as the tape's marks say, and within each the rows of one
 * statement of the source.
 */
import { contains, isSameLocation, type Location } from '../source/span.ts';
import { StatementSpans } from '../source/statementSpans.ts';
import type { ModuleStatement } from '../source/syntax.ts';
import type { Mark, Tape } from '../trace/tape.ts';
import type { PanelRegion, PlainLocation } from './panelModel.types.ts';

export interface RegionSources {
  readonly name: string;
  readonly at: Location;
  locate(location: Location): PlainLocation | null;
  /** The text of a place; undefined where it is not known. */
  textOf(location: Location): string | undefined;
  /** The tree of a top-level statement, for the statements in it. */
  treeOf(location: Location): ModuleStatement | undefined;
}

/** A region over rows of the tape. */
interface Part {
  kind: PanelRegion['kind'];
  readonly site: Location | undefined;
  readonly first: number;
  end: number;
  trips: number | null;
  children: Part[];
}

/** `rows` are the rows of the tape that are shown, ascending. */
export function regionsOf(tape: Tape, rows: readonly number[], sources: RegionSources): PanelRegion {
  const root = partsOf(tape, sources.at);
  simplify(root);
  return new Regions(tape, rows, sources).plain(root);
}

/** As loops and calls were entered and left. What an exception left, or a generator resumed, ends with what is around it. */
function partsOf(tape: Tape, at: Location): Part {
  const part = (kind: Part['kind'], site: Location | undefined, first: number): Part => ({
    ...{ kind, site, first, end: tape.length, trips: null, children: [] },
  });
  const root = part('function', at, tape.inputs);
  const open: { readonly part: Part; readonly site: number }[] = [{ part: root, site: -1 }];
  const close = (position: number): void => {
    const { part: closed } = open.pop()!;
    closed.end = position;
    if (closed.end > closed.first) open.at(-1)!.part.children.push(closed);
  };
  /** Ends what was opened since the innermost open part of that kind and place, which is left on top. */
  const backTo = (kind: Part['kind'], { site, position }: Mark): Part | undefined => {
    const index = open.findLastIndex((one) => one.site === site && one.part.kind === kind);
    if (index < 0) return undefined;
    while (open.length > index + 1) close(position);
    return open[index]!.part;
  };
  for (const mark of tape.marks) {
    const { kind, position, site } = mark;
    const place = tape.sites[site];
    if (kind === 'enterLoop') open.push({ part: part('loop', place, position), site });
    else if (kind === 'enterCall') open.push({ part: part('call', place, position), site });
    else if (kind === 'iteration') {
      const loop = backTo('loop', mark);
      if (loop === undefined) continue;
      loop.trips = (loop.trips ?? 0) + 1;
      const round = part('iteration', place, position);
      round.trips = loop.trips;
      open.push({ part: round, site });
    } else if (backTo(kind === 'exitLoop' ? 'loop' : 'call', mark) !== undefined) close(position);
  }
  while (open.length > 1) close(tape.length);
  return root;
}

/**
 * What is one and the same to the reader is one part: the function and the call of it, the call of `map` and the loop in
 * it, a round of that and the call of its function.
 */
function simplify(root: Part): void {
  const parts = [root];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    for (let only = onlyChild(part); only !== undefined; only = onlyChild(part)) {
      if (only.kind === 'call') part.children = only.children;
      else if (only.kind === 'loop' && part.kind === 'call')
        Object.assign(part, { kind: only.kind, trips: only.trips, children: only.children });
      else break;
    }
    parts.push(...part.children);
  }
}

/** The child that is all of a part, and stands at its place. */
function onlyChild({ children, site, first, end }: Part): Part | undefined {
  const [only] = children;
  if (only === undefined || children.length > 1 || only.first !== first || only.end !== end) return undefined;
  const same = site !== undefined && only.site !== undefined && isSameLocation(site, only.site);
  return same ? only : undefined;
}

const LONGEST_NAME = 60;

class Regions {
  private readonly tape: Tape;
  private readonly rows: readonly number[];
  private readonly sources: RegionSources;
  private readonly spans = new Map<string, StatementSpans | undefined>();

  constructor(tape: Tape, rows: readonly number[], sources: RegionSources) {
    this.tape = tape;
    this.rows = rows;
    this.sources = sources;
  }

  plain(part: Part): PanelRegion {
    const { kind, site, trips, first, end } = part;
    const shown = this.shown(first, end);
    return {
      kind,
      name: this.nameOf(part),
      location: site === undefined ? null : this.sources.locate(site),
      first: shown[0],
      end: shown[1],
      rows: end - first,
      trips,
      children: this.grouped(part).map((child) => this.plain(child)),
    };
  }

  /** Which of the shown rows lie in a stretch of the tape. */
  private shown(first: number, end: number): readonly [number, number] {
    return [this.position(first), this.position(end)];
  }

  private position(row: number): number {
    const { rows } = this;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The children of a part of which something is shown; rows of one statement, and what they call, stand together. */
  private grouped(part: Part): Part[] {
    const inner = part.children.filter(({ first, end }) => {
      const [a, b] = this.shown(first, end);
      return a < b;
    });
    if (part.kind === 'loop' || part.kind === 'statement') return inner;
    const groups: Part[] = [];
    let group: { readonly statement: Location; readonly part: Part } | undefined;
    const add = (site: Location | undefined, first: number, end: number, child: Part | undefined): void => {
      const statement = site === undefined ? undefined : this.statementOf(site, part);
      if (statement === undefined) {
        group = undefined;
        if (child !== undefined) groups.push(child);
        return;
      }
      if (group === undefined || !isSameLocation(group.statement, statement) || group.part.end !== first) {
        const made: Part = { kind: 'statement', site: statement, first, end, trips: null, children: [] };
        groups.push(made);
        group = { statement, part: made };
      }
      group.part.end = end;
      if (child !== undefined) group.part.children.push(child);
    };
    const [from, to] = this.shown(part.first, part.end);
    let next = 0;
    for (let i = from; i < to; ) {
      const row = this.rows[i]!;
      const child = inner[next];
      if (child !== undefined && row >= child.first) {
        add(child.site, child.first, child.end, child);
        i = this.position(child.end);
        next++;
        continue;
      }
      add(this.tape.sites[this.tape.at[row]!], row, row + 1, undefined);
      i++;
    }
    // One row, or one call or loop, is a box of its own.
    return groups.flatMap((one) => {
      if (one.kind !== 'statement') return [one];
      const only = one.children[0];
      if (only !== undefined) return only.first === one.first && only.end === one.end ? [only] : [one];
      return one.end - one.first > 1 ? [one] : [];
    });
  }

  /** The innermost plain statement around a place, unless the part lies within it. */
  private statementOf(site: Location, part: Part): Location | undefined {
    const key = `${site.file}\0${site.statement}`;
    if (!this.spans.has(key)) {
      const tree = this.sources.treeOf(site);
      this.spans.set(key, tree && new StatementSpans(tree));
    }
    const found = this.spans.get(key)?.around(site.span);
    if (found === undefined) return undefined;
    const { site: own } = part;
    const within = own !== undefined && own.file === site.file && own.statement === site.statement;
    // The body of a function that is called may stand in the statement that calls it.
    if (within && contains(found, own.span)) return undefined;
    return { ...site, span: found };
  }

  private nameOf({ kind, site, trips }: Part): string {
    if (kind === 'function') return this.sources.name;
    if (kind === 'iteration') return `iteration ${trips}`;
    const text = site === undefined ? undefined : this.sources.textOf(site);
    if (text === undefined) return kind;
    return clip(kind === 'loop' ? headOf(text) : text);
  }
}

/** Of a loop what stands before its body. */
function headOf(text: string): string {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return text.slice(0, i + 1);
    else if (c === '{' && depth === 0) return text.slice(0, i).trim();
  }
  return text;
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/;$/, '').trim();
  return line.length <= LONGEST_NAME ? line : `${line.slice(0, LONGEST_NAME - 1)}…`;
}
