/**
 * What the features read: the analysis of one function, and the way from its spans to the text. Plain questions
 * only, so that a feature can be tested with an object literal.
 */
import type { FunctionAnalysis, Leaf, SampleResult } from '../../core/analysis/model.ts';
import { arrayOf, between } from '../../core/analysis/steering.ts';
import type { PlainLocation, PlainPosition } from '../../core/graph/panelModel.types.ts';
import { formatNumber } from '../../core/print/numbers.ts';
import type { Location, Span } from '../../core/source/span.ts';
import type { FunctionReference } from '../protocol/messages.ts';

export interface View {
  readonly uri: string;
  readonly analysis: FunctionAnalysis;
  /** The function's text does not parse at the moment: this is what was last known of it. */
  readonly outdated: boolean;
  /** For links. */
  readonly reference: FunctionReference;
  /** Where a place is now; null where its text is gone. */
  locate(location: Location): PlainLocation | null;
  /** Text of a span of the function's own top-level statement. */
  text(span: Span): string;
  /** Position of an offset of that statement; null where its text has changed since. */
  position(offset: number): PlainPosition | null;
  /** Text of the line that holds the position, without its end. */
  line(line: number): string;
}

export interface FeatureOptions {
  readonly digits: number;
  /** The client has our commands and trusts links to them. */
  readonly commands: boolean;
}

/** How the function is written below a ∂: `f`, `length` of `Vec.length`. */
export function symbolOf(view: View): string {
  const { name } = view.analysis.target;
  const last = name.slice(name.lastIndexOf('.') + 1);
  return /^[\p{ID_Start}$_#][\p{ID_Continue}$]*$/u.test(last) ? last : 'f';
}

/** `2, [1, 2, 3], {mass: 1}`: the arguments at the sample, as far as they are numbers, inputs or not. */
export function argumentsText(sample: SampleResult, digits: number): string {
  const leaves = [...sample.inputs, ...sample.passive];
  const byArgument = new Map<number, Leaf[]>();
  for (const leaf of leaves) {
    const index = Number(leaf.path[0]);
    if (Number.isNaN(index)) continue;
    const own = byArgument.get(index);
    if (own === undefined) byArgument.set(index, [leaf]);
    else own.push(leaf);
  }
  const length = Math.max(-1, ...byArgument.keys()) + 1;
  return Array.from({ length }, (_, index) => {
    const own = byArgument.get(index);
    return own === undefined ? '…' : treeText(own, 1, digits);
  }).join(', ');
}

/**
 * The gradient of the first result with 0 in the places of array elements that are held fixed, so that no component
 * stands in another's place. What only steers is flat wherever it has a slope at all.
 */
export function gradientInPlaces({ inputs, fixed, jacobian }: SampleResult): readonly number[] {
  const held = between(fixed, inputs);
  const row = inputs.map((leaf, i) => ({ leaf: leaf as Leaf, slope: jacobian[0]?.[i] ?? 0 }));
  if (held.length === 0) return row.map(({ slope }) => slope);
  for (const leaf of held) {
    const array = arrayOf(leaf.path);
    const index = Number(leaf.path.at(-1));
    let at = row.findIndex((one) => arrayOf(one.leaf.path) === array && Number(one.leaf.path.at(-1)) > index);
    if (at < 0) at = row.findLastIndex((one) => arrayOf(one.leaf.path) === array) + 1;
    row.splice(at, 0, { leaf, slope: 0 });
  }
  return row.map(({ slope }) => slope);
}

/** `theta0, n`: what is no input; a parameter of which nothing is one stands as a whole. */
export function heldFixed({ inputs, passive }: SampleResult): string[] {
  const names = new Set<string>();
  const below = (leaves: readonly Leaf[], { path }: Leaf): number =>
    leaves.filter((leaf) => leaf.path[0] === path[0]).length;
  for (const leaf of passive.slice(0, MOST_HELD)) {
    const whole = below(inputs, leaf) === 0 && below(passive, leaf) > 1;
    names.add(whole ? /^[^.[]*/.exec(leaf.label)![0] : leaf.label);
  }
  return [...names];
}

/** More of them are not looked at: their names would not fit. */
const MOST_HELD = 100;

/** Elements and fields shown of an array or object. */
const SHOWN = 3;

function treeText(leaves: readonly Leaf[], depth: number, digits: number): string {
  const first = leaves[0]!;
  if (first.path.length === depth) return formatNumber(first.value, digits).text;
  const groups = new Map<string | number, Leaf[]>();
  for (const leaf of leaves) {
    const key = leaf.path[depth];
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [leaf]);
    else group.push(leaf);
  }
  const array = [...groups.keys()].every((key) => /^\d+$/.test(String(key)));
  const entries = [...groups];
  // Inputs and what is held fixed come one after the other.
  if (array) entries.sort(([a], [b]) => Number(a) - Number(b));
  const parts: string[] = [];
  for (const [key, group] of entries) {
    if (parts.length === SHOWN && groups.size > SHOWN + 1) {
      parts.push('…');
      break;
    }
    const text = treeText(group, depth + 1, digits);
    parts.push(array ? text : `${key}: ${text}`);
  }
  return array ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
}

/** `x1, x2`: the parameters' names. */
export function parametersText(view: View): string {
  return view.analysis.target.node.parameters
    .map((parameter, i) => (parameter.rest ? '…' : '') + (parameter.name ?? `#${i + 1}`))
    .join(', ');
}

/**
 * Whether the sample is a kink, a jump or a singularity: its gradient comes from one-sided runs, and sweeps over its one
 * tape do not give it. The analysis then has no adjoint, not even the result's own.
 */
export function isSpecial({ adjoints, outputs }: SampleResult): boolean {
  return Number.isNaN(adjoints[Math.max(outputs[0]?.row ?? 0, 0)]);
}

/** ∂(result)/∂(row); undefined where it is not known. */
export function adjointOf(sample: SampleResult, row: number): number | undefined {
  const only = sample.outputs.length === 1 ? sample.outputs[0]! : undefined;
  if (only === undefined || isSpecial(sample)) return undefined;
  return only.row < 0 ? 0 : sample.adjoints[row];
}

/** `p.mass` is a leaf of `p`, as is `p` itself. */
export function isLeafOf(label: string, parameter: string): boolean {
  return label === parameter || label.startsWith(`${parameter}.`) || label.startsWith(`${parameter}[`);
}

/** The text, cut to so many characters. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
