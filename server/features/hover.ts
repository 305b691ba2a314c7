/** What a hover says: on an annotated function's name, on a parameter, on a variable or expression of its body. */
import type { Observation, SampleResult } from '../../core/analysis/model.ts';
import type { Expr } from '../../core/expression/expression.ts';
import { kinkText } from '../../core/graph/kinks.ts';
import { formatEquation, formatNumber, formatVector } from '../../core/print/numbers.ts';
import { printUnicode } from '../../core/print/unicode.ts';
import type { Problem } from '../../core/problem.ts';
import { COMMANDS, type CopyFormat } from '../protocol/messages.ts';
import {
  adjointOf,
  argumentsText,
  clip,
  type FeatureOptions,
  heldFixed,
  isLeafOf,
  parametersText,
  symbolOf,
  type View,
} from './view.ts';

export interface HoverAnswer {
  /** Lines of the fence. */
  readonly lines: readonly string[];
  /** Sentences below it. */
  readonly notes: readonly string[];
  readonly links: readonly HoverLink[];
}
export interface HoverLink {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
}

const PARTIALS_SHOWN = 4;
/** A longer formula fills the hover: its value stands alone then. */
const LONGEST_FORMULA = 160;
const LONGEST_ARGUMENTS = 48;
const LONGEST_EXPRESSION = 40;
const NOTES_SHOWN = 2;

/** On the function's name. */
export function functionHover(view: View, options: FeatureOptions): HoverAnswer {
  const { sample, formulas, problems } = view.analysis;
  const symbol = symbolOf(view);
  const { digits } = options;
  const lines: string[] = [];
  let more = 0;

  if (sample !== undefined && sample.outputs.length > 0) {
    const head = `${view.analysis.target.name}(${clip(argumentsText(sample, digits), LONGEST_ARGUMENTS)})`;
    lines.push(equation(head, formulas?.value, outputsText(sample, digits)));
    const rows = sample.outputs.flatMap((output, k) =>
      sample.inputs.map((input, i) => {
        const formula = sample.outputs.length === 1 ? formulas?.partials[i] : undefined;
        const left = `∂${symbol}${output.label}/∂${input.label}`;
        return { left, formula, value: partialText(sample, k, i, digits) };
      }),
    );
    more = Math.max(0, rows.length - PARTIALS_SHOWN);
    for (const { left, formula, value } of rows.slice(0, PARTIALS_SHOWN))
      lines.push(equation(left, formula, value));
  } else if (formulas !== undefined) {
    lines.push(`${view.analysis.target.name}(${parametersText(view)}) = ${printed(formulas.value) ?? '…'}`);
    more = Math.max(0, formulas.partials.length - PARTIALS_SHOWN);
    formulas.partials.slice(0, PARTIALS_SHOWN).forEach((partial, i) => {
      lines.push(`∂${symbol}/∂${formulas.inputs[i]} = ${printed(partial) ?? '…'}`);
    });
  }

  const notes = [...outdatedNote(view), ...scopeNote(view), ...problemNotes(problems)];
  if (lines.length === 0 && notes.length === 0)
    notes.push(
      `No formula is short enough to be shown here, or there are several results. With a sample, as in “${sampleExample(view)}”, there are numbers.`,
    );
  if (sample !== undefined && sample.passive.length > 0)
    notes.push(`${clip(heldFixed(sample).join(', '), 60)} held fixed.`);
  return { lines, notes, links: lines.length > 0 ? functionLinks(view, more, options) : [] };
}

/** An annotation as it could read with a sample. */
function sampleExample({ analysis: { target } }: View): string {
  const names = target.node.parameters.slice(0, 2).map((parameter) => parameter.name ?? 'x');
  return `@differentiable at ${names.map((name) => `${name} = …`).join(', ')}`;
}

/** `= 2`, `≈ 2.584`; at a kink with both slopes, one of which is the number. */
function partialText(sample: SampleResult, output: number, input: number, digits: number): string {
  const number = formatEquation(sample.jacobian[output]?.[input] ?? Number.NaN, digits);
  const kink = sample.kinks.find((k) => k.output === output && k.input === input);
  if (kink === undefined) return number;
  return `${number}, ${kinkText(kink.left, kink.right, digits)}`;
}

/** On a parameter: its partials alone. */
export function parameterHover(view: View, parameter: number, options: FeatureOptions): HoverAnswer | null {
  const { sample, formulas, target } = view.analysis;
  const symbol = symbolOf(view);
  const lines: string[] = [];
  let more = 0;
  if (sample !== undefined) {
    const own = sample.inputs.flatMap((input, i) => (input.parameter === parameter ? [{ input, i }] : []));
    const single = own.length === 1 ? own[0]!.input : undefined;
    if (single !== undefined) lines.push(`${single.label} ${formatEquation(single.value, options.digits)}`);
    const rows = sample.outputs.flatMap((output, k) =>
      own.map(({ input, i }) =>
        equation(
          `∂${symbol}${output.label}/∂${input.label}`,
          sample.outputs.length === 1 ? formulas?.partials[i] : undefined,
          partialText(sample, k, i, options.digits),
        ),
      ),
    );
    more = Math.max(0, rows.length - PARTIALS_SHOWN);
    lines.push(...rows.slice(0, PARTIALS_SHOWN));
    const fixed = sample.passive.filter((leaf) => String(leaf.path[0]) === String(parameter));
    for (const leaf of fixed.slice(0, PARTIALS_SHOWN))
      lines.push(`${leaf.label} ${formatEquation(leaf.value, options.digits)}, held fixed`);
  } else if (formulas !== undefined) {
    const name = target.node.parameters[parameter]?.name;
    formulas.inputs.forEach((input, i) => {
      if (name === undefined || !isLeafOf(input, name)) return;
      if (lines.length === PARTIALS_SHOWN) more++;
      else lines.push(`∂${symbol}/∂${input} = ${printed(formulas.partials[i]!) ?? '…'}`);
    });
  }
  if (lines.length === 0) return null;
  return { lines, notes: outdatedNote(view), links: functionLinks(view, more, options) };
}

/**
 * On a variable or a subexpression of the body: its value, the derivative of the result with respect to it (its
 * adjoint), and its own with respect to each input (its tangents: tangents[i] belongs to inputs[i]).
 */
export function expressionHover(
  view: View,
  observation: Observation,
  tangents: readonly number[],
  options: FeatureOptions,
): HoverAnswer | null {
  const { sample } = view.analysis;
  if (sample === undefined) return null;
  const { digits } = options;
  const source = view.text(observation.span).replace(/\s+/g, ' ').trim();
  const text = clip(source, LONGEST_EXPRESSION);
  const lines = [`${text} ${formatEquation(observation.value, digits)}`];
  if (observation.row >= 0) {
    const own = nameOfRow(view, sample, observation.row) ?? text;
    const below = isPlain(own) ? own : `(${own})`;
    const adjoint = adjointOf(sample, observation.row);
    if (adjoint !== undefined) lines.push(`∂${symbolOf(view)}/∂${below} ${formatEquation(adjoint, digits)}`);
    const isInput = sample.inputs.some((input) => input.row === observation.row);
    if (!isInput) {
      sample.inputs.slice(0, PARTIALS_SHOWN).forEach((input, i) => {
        lines.push(`∂${below}/∂${input.label} ${formatEquation(tangents[i] ?? Number.NaN, digits)}`);
      });
    }
  }
  const notes = outdatedNote(view);
  if (observation.count > 1) notes.push(`The last of ${observation.count} times.`);
  return { lines, notes, links: [] };
}

/**
 * A row belongs to the first that has it: an input, else the first variable. (`const y = x` makes no row: what is
 * shown as ∂f/∂y would be ∂f/∂x, and must be called so.)
 */
function nameOfRow(view: View, sample: SampleResult, row: number): string | undefined {
  const input = sample.inputs.find((candidate) => candidate.row === row);
  if (input !== undefined) return input.label;
  let first: Observation | undefined;
  for (const observation of sample.observations) {
    if (observation.row !== row || !isPlain(view.text(observation.span))) continue;
    if (first === undefined || observation.span.start < first.span.start) first = observation;
  }
  return first === undefined ? undefined : view.text(first.span);
}

function isPlain(text: string): boolean {
  return /^[\p{ID_Continue}$.[\]]+$/u.test(text);
}

/** `left = formula ≈ value`, without saying the same twice. */
function equation(left: string, formula: Expr | undefined, value: string): string {
  const text = formula === undefined ? undefined : printed(formula);
  if (text === undefined || value === `= ${text}`) return `${left} ${value}`;
  return `${left} = ${text} ${value}`;
}

function outputsText(sample: SampleResult, digits: number): string {
  if (sample.outputs.length === 1) return formatEquation(sample.outputs[0]!.value, digits);
  const shown = sample.outputs.slice(0, PARTIALS_SHOWN);
  const left = sample.outputs.length - shown.length;
  const named = shown.every((output) => output.label.startsWith('.'));
  if (!named && left === 0) {
    const vector = formatVector(
      shown.map((output) => output.value),
      digits,
    );
    return `${vector.exact ? '=' : '≈'} ${vector.text.replace('(', '[').replace(/\)$/, ']')}`;
  }
  const parts = shown.map((output) => {
    const { text } = formatNumber(output.value, digits);
    return named ? `${output.label.slice(1)}: ${text}` : text;
  });
  if (left > 0) parts.push('…');
  const exact = left === 0 && shown.every((output) => formatNumber(output.value, digits).exact);
  return `${exact ? '=' : '≈'} ${named ? '{' : '['}${parts.join(', ')}${named ? '}' : ']'}`;
}

function printed(formula: Expr): string | undefined {
  const text = printUnicode(formula);
  // Cases stand open at the end of a line: here a value follows.
  const open = text.split('{ ').length > text.split(' }').length;
  const closed = open ? `${text} }` : text;
  return closed.length <= LONGEST_FORMULA ? closed : undefined;
}

function outdatedNote(view: View): string[] {
  return view.outdated ? ['Outdated: the text does not parse at the moment.'] : [];
}

function scopeNote(view: View): string[] {
  const { formulas, sample } = view.analysis;
  return formulas?.scope === 'path' && sample !== undefined && sample.tape.guards.length > 0
    ? ['The formulas hold along the path taken at this sample.']
    : [];
}

function problemNotes(problems: readonly Problem[]): string[] {
  const serious = problems.filter(
    (problem) => problem.severity === 'error' || problem.severity === 'warning',
  );
  const notes = serious.slice(0, NOTES_SHOWN).map((problem) => `${problem.id}: ${problem.message}`);
  const left = serious.length - NOTES_SHOWN;
  if (left > 0) notes.push(`${left} more ${left === 1 ? 'problem' : 'problems'}.`);
  return notes;
}

function functionLinks(view: View, more: number, options: FeatureOptions): HoverLink[] {
  const links: HoverLink[] = [];
  if (!options.commands) return links;
  if (more > 0) links.push(graphLink(view, `${more} more`));
  links.push(graphLink(view, 'Show graph'));
  if (view.analysis.formulas !== undefined) links.push(copyLink(view, 'Copy as LaTeX', 'latex'));
  if (view.analysis.sample !== undefined) links.push(copyLink(view, 'Copy numbers', 'numbers'));
  return links;
}

function graphLink(view: View, title: string): HoverLink {
  return { title, command: COMMANDS.showGraph, arguments: [view.reference] };
}
function copyLink(view: View, title: string, format: CopyFormat): HoverLink {
  return { title, command: COMMANDS.copyGradient, arguments: [view.reference, format] };
}

// ───────────────────────────── rendering ─────────────────────────────

/** As Markdown: a fence tagged `text`, notes, links. */
export function hoverMarkdown(answer: HoverAnswer): string {
  const parts: string[] = [];
  if (answer.lines.length > 0) parts.push(['```text', ...answer.lines, '```'].join('\n'));
  for (const note of answer.notes) parts.push(escapeMarkdown(note));
  if (answer.links.length > 0) parts.push(answer.links.map(markdownLink).join(' · '));
  return parts.join('\n\n');
}

export function hoverPlainText(answer: HoverAnswer): string {
  return [...answer.lines, ...answer.notes].join('\n');
}

function markdownLink(link: HoverLink): string {
  const argument = encodeURIComponent(JSON.stringify(link.arguments)).replace(/[()]/g, percentEncode);
  return `[${link.title}](command:${link.command}?${argument})`;
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\r?\n/g, '  \n');
}
