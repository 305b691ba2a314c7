/** Which inputs a derivative is taken with respect to, and the shape that its answer has for them. */
import { analyseActivity } from '../derive/activity.ts';
import { type Decision, decisionBy } from '../derive/decisions.ts';
import { differentiable } from '../derive/forward.ts';
import type { Problem } from '../problem.ts';
import type { Program, ProgramParameter } from '../program/program.ts';
import { leafKeys } from './nested.ts';
import type { InputPath } from './request.ts';
import { type Leaf, type Tree, treeOf } from './structure.ts';

export interface Inputs {
  /** The paths asked for, or the parameters that count. */
  readonly paths: readonly InputPath[];
  /** Parameters of the Program that are differentiated with respect to. */
  readonly active: readonly boolean[];
  /** Names of what is left constant. */
  readonly constant: readonly string[];
  /** Names of what the results depend on by comparisons alone. */
  readonly decides: readonly string[];
  /** What callers see, over parameters of the Program: of each path its shape, of several a tuple. */
  readonly tree: Tree<number>;
}

/** Beyond so many numbers each is not looked at by itself. */
const MOST_SINGLE = 64;

/** The inputs, or what is wrong with those asked for. */
export function inputsOf(
  program: Program,
  wrt: readonly InputPath[] | undefined,
): Inputs | Pick<Problem, 'id' | 'message'> {
  const { parameters } = program.functions[program.entry]!;
  const can = differentiable(program).map((is, i) => is && !parameters[i]!.extent);
  const moves = smooth(program, can);
  const roots = [...new Set(parameters.map((p) => p.path[0]!))];
  const under = (path: InputPath) =>
    parameters.flatMap((p, i) => (path.every((key, k) => String(p.path[k]) === String(key)) ? [i] : []));
  // What the sample leaves to its default stays so, unless it is asked for.
  const moving = roots
    .map((root) => [root])
    .filter((path) => under(path).some((i) => moves[i] && parameters[i]!.omitted !== true));
  // A method without numbers among its parameters is a function of its receiver.
  const arguments_ = moving.filter(([root]) => root !== 'this');
  const paths = wrt ?? (arguments_.length > 0 ? arguments_ : moving);
  const decisions =
    wrt === undefined
      ? can.map((is, i) => (is && !moves[i] && !parameters[i]!.omitted ? decisionBy(program, i) : undefined))
      : [];
  if (paths.length === 0) return nothingMoves(program, decisions);
  const active = parameters.map(() => false);
  const parts: Tree<number>[] = [];
  for (const path of paths) {
    const below = under(path);
    const numbers = below.filter((i) => can[i]);
    if (numbers.length === 0) return { id: 'GL101', message: nothingThere(program, path, below) };
    for (const i of numbers)
      if (wrt !== undefined || (moves[i] && parameters[i]!.omitted !== true)) active[i] = true;
    parts.push(
      treeOf(
        numbers.map((leaf): Leaf<number> => ({ path: leafKeys(parameters[leaf]!).slice(path.length), leaf })),
      ),
    );
  }
  return {
    paths,
    active,
    constant: named(parameters, (i) => !active[i] && decisions[i] === undefined),
    decides: named(parameters, (i) => !active[i] && decisions[i] !== undefined),
    tree: parts.length === 1 ? parts[0]! : { kind: 'tuple', elements: parts },
  };
}

/** Which parameters reach a result by operations that have a derivative. */
function smooth(program: Program, can: readonly boolean[]): boolean[] {
  const reaches = (flags: readonly boolean[]) =>
    analyseActivity(program, flags).of(program.entry, flags).results.includes(true);
  if (can.filter(Boolean).length > MOST_SINGLE) return [...can];
  return can.map((is, i) => is && reaches(can.map((_, j) => i === j)));
}

/** Nothing has a derivative: where that is no reason to call it zero, that is said. */
function nothingMoves(
  program: Program,
  decisions: readonly (Decision | undefined)[],
): Pick<Problem, 'id' | 'message'> {
  const { name, parameters } = program.functions[program.entry]!;
  const deciding = named(parameters, (i) => decisions[i] !== undefined).join(', ');
  if (deciding === '')
    return {
      id: 'GL101',
      message: `No result of ${name} depends smoothly on a parameter: its derivative is zero.`,
    };
  if (!decisions.includes('loop'))
    return {
      id: 'GL101',
      message: `${name} depends on ${deciding} through comparisons only: its derivative is zero but for jumps, and so would be that of its code.`,
    };
  return {
    id: 'GL113',
    message: `${name} depends on ${deciding} through comparisons only, in a loop: code for its derivative would be zero, and what a loop finds by comparisons may have another. Where it searches, end with one step of Newton's method from what was found.`,
  };
}

/** Parameters all of which are chosen, and parts of the others. */
function named(parameters: readonly ProgramParameter[], chosen: (index: number) => boolean): string[] {
  const names = new Set<string>();
  parameters.forEach((p, i) => {
    if (!chosen(i) || p.extent || p.presence) return;
    const alone = parameters.every((q, j) => q.path[0] !== p.path[0] || chosen(j) || q.extent || q.presence);
    names.add(alone ? (/^[^.[]+/.exec(p.name)?.[0] ?? p.name) : p.name);
  });
  return [...names];
}

function nothingThere(program: Program, path: InputPath, below: readonly number[]): string {
  const { name, parameters } = program.functions[program.entry]!;
  const last = path.at(-1);
  const array = parameters.find(
    (p) => p.type === 'buffer' && p.path.length < path.length && p.path.every((key, k) => key === path[k]),
  );
  if (array)
    return `${array.name} is differentiated as a whole array: ask for ${array.name} instead of ${array.name}[${last}].`;
  const found = parameters[below[0] ?? -1];
  return found === undefined
    ? `${name} reads no number there: ${path.join('.')}.`
    : `${found.name} is no real number to differentiate with respect to.`;
}
