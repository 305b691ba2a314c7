/** The regions of a trace as a tree with names of its own: by structure, so that they outlive edits elsewhere. */
import type { PanelRegion, PlainLocation } from '../panelModel.types.ts';

export interface FoldRegion {
  /** `for (const x of xs)#0/iteration 3`: what it is, within what it is in. */
  readonly id: string;
  /** Iterations of a long loop are folded together in tens, hundreds …: `iterations`; elements of an input: `inputs`. */
  readonly kind: PanelRegion['kind'] | 'iterations' | 'inputs';
  /** `norm(v)`, `for i × 12`, `iteration 3`, `iterations 11–20`. */
  readonly label: string;
  readonly location: PlainLocation | null;
  /** Rows of the trace, from first up to but not including end. */
  readonly first: number;
  readonly end: number;
  /** All its rows are in the trace. */
  readonly complete: boolean;
  /** How many there are around it that have more rows than it. */
  readonly depth: number;
  readonly parent: FoldRegion | null;
  readonly children: readonly FoldRegion[];
}

/** More iterations than this are grouped. */
const MOST_ITERATIONS = 16;
const GROUP = 10;

export function regionTree(region: PanelRegion): FoldRegion {
  return grow(region, null, '');
}

function grow(region: PanelRegion, parent: FoldRegion | null, id: string): FoldRegion {
  const children: FoldRegion[] = [];
  const { kind, location, first, end } = region;
  const complete = region.rows === end - first;
  const own: FoldRegion = {
    id,
    kind,
    label: labelOf(region),
    location,
    first,
    end,
    complete,
    depth: parent === null ? 0 : parent.depth + (parent.first === first && parent.end === end ? 0 : 1),
    parent,
    children,
  };
  const groups =
    kind === 'loop' ? grouped(region.children, own) : [{ region: own, members: region.children }];
  for (const { region: group, members } of groups) {
    const list = group === own ? children : (group.children as FoldRegion[]);
    const seen = new Map<string, number>();
    for (const child of members) {
      const key = `${child.kind} ${keyOf(child)}`;
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      list.push(grow(child, group, `${group.id}/${key}${count === 0 ? '' : `#${count}`}`));
    }
    if (group !== own) children.push(group);
  }
  return own;
}

/** `for i × 12` of `for (let i = 0; i < n; i++)`, `for x of xs × 3` of `for (const x of xs)`. */
function labelOf({ kind, name, trips }: PanelRegion): string {
  if (kind !== 'loop') return name;
  const counted = /^for \((?:let |var |const )?([\p{L}\p{N}_$]+) = /u.exec(name)?.[1];
  const over = /^for \((?:let |var |const )(.+ (?:of|in) .+)\)$/u.exec(name)?.[1];
  const head = counted === undefined ? (over === undefined ? name : `for ${over}`) : `for ${counted}`;
  return trips === null ? head : `${head} × ${trips}`;
}

/**
 * What stays the same when a region is edited a little: of a statement what it assigns to, of a call whom it calls, of
 * an iteration its number.
 */
function keyOf({ kind, name, trips }: PanelRegion): string {
  switch (kind) {
    case 'statement':
      return /^[^=<>!]*[^=<>!\s](?=\s*=[^=>])/.exec(name)?.[0] ?? name;
    case 'call':
      return name.slice(0, name.indexOf('(') < 0 ? name.length : name.indexOf('('));
    case 'iteration':
      return String(trips ?? name);
    default:
      return name;
  }
}

interface Group {
  readonly region: FoldRegion;
  readonly members: readonly PanelRegion[];
}

function grouped(iterations: readonly PanelRegion[], loop: FoldRegion): Group[] {
  if (iterations.length <= MOST_ITERATIONS) return [{ region: loop, members: iterations }];
  let size = GROUP;
  while (iterations.length / size > MOST_ITERATIONS) size *= GROUP;
  const groups: Group[] = [];
  for (const members of inTens(iterations, size)) {
    const [first, last] = [members[0]!, members.at(-1)!];
    const span = spanOf(first, last, iterations);
    const rows = members.reduce((sum, member) => sum + member.rows, 0);
    const region: FoldRegion = {
      id: `${loop.id}/iterations ${span}`,
      kind: 'iterations',
      label: `iterations ${span}`,
      location: loop.location,
      first: first.first,
      end: last.end,
      complete: rows === last.end - first.first,
      depth: loop.depth + 1,
      parent: loop,
      children: [],
    };
    groups.push({ region, members });
  }
  return groups;
}

/**
 * Rounds by their number, so that those on both sides of what was left out do not stand together; by their order, where
 * few rounds have recorded anything.
 */
function inTens(iterations: readonly PanelRegion[], size: number): PanelRegion[][] {
  const groupsBy = (key: (iteration: PanelRegion, index: number) => number): PanelRegion[][] => {
    const groups = new Map<number, PanelRegion[]>();
    iterations.forEach((iteration, index) => {
      const at = Math.floor(key(iteration, index) / size);
      const group = groups.get(at);
      if (group === undefined) groups.set(at, [iteration]);
      else group.push(iteration);
    });
    return [...groups.values()];
  };
  const numbered = groupsBy(({ trips }, index) => (trips ?? index + 1) - 1);
  return numbered.length <= 2 * MOST_ITERATIONS ? numbered : groupsBy((_, index) => index);
}

function spanOf(first: PanelRegion, last: PanelRegion, all: readonly PanelRegion[]): string {
  return [first, last].map((one) => one.trips ?? all.indexOf(one) + 1).join('–');
}

/** Fewer elements of an input than these are not folded together. */
const LEAST_INPUTS = 6;

/** Inputs that are elements of one: `x[0]`, `x[1]` …; rows 0 … end−1 are the inputs' names. */
export function inputRegions(names: readonly string[]): FoldRegion[] {
  const baseOf = (name: string): string => /^[^.[]+(?=[.[])/.exec(name)?.[0] ?? '';
  const regions: FoldRegion[] = [];
  for (let first = 0; first < names.length; ) {
    const base = baseOf(names[first]!);
    let end = first + 1;
    while (base !== '' && end < names.length && baseOf(names[end]!) === base) end++;
    if (end - first >= LEAST_INPUTS) {
      const label = `${names[first]} … ${names[end - 1]}`;
      regions.push({
        id: `inputs ${base}`,
        kind: 'inputs',
        label,
        location: null,
        first,
        end,
        complete: true,
        depth: 1,
        parent: null,
        children: [],
      });
    }
    first = end;
  }
  return regions;
}

/** The regions around a row, from the outermost in, without the function itself. */
export function regionsAround(root: FoldRegion, row: number): FoldRegion[] {
  const path: FoldRegion[] = [];
  for (let at: FoldRegion | undefined = root; at !== undefined; ) {
    at = at.children.find(({ first, end }) => first <= row && row < end);
    if (at !== undefined) path.push(at);
  }
  return path;
}
