/** The edits that write annotations: Differentiate Function and Add Sample Point. */
import type { Annotation, Sample } from '../../core/annotations/annotation.ts';
import type { PlainPosition, PlainRange } from '../../core/graph/panelModel.types.ts';
import type { Shape } from '../../core/source/shape.ts';
import type { Span } from '../../core/source/span.ts';
import type { Expression, FunctionNode, ObjectMember } from '../../core/source/syntax.ts';

/** The function to annotate and the text around it. */
export interface Annotatable {
  readonly node: FunctionNode;
  /** Where the statement (or member) that holds the function starts, its comments left out. */
  readonly start: PlainPosition;
  /** Where its name stands. */
  readonly name: PlainPosition;
  readonly annotation: Annotation | undefined;
  /** Range of the annotation, where there is one. */
  readonly annotationRange: PlainRange | undefined;
  line(line: number): string;
  /** Text of a span of the function's statement. */
  text(span: Span): string;
  readonly eol: string;
}

export interface AnnotationEdit {
  readonly edits: readonly { readonly range: PlainRange; readonly newText: string }[];
  /** The first value, in the edited text. */
  readonly selection: PlainRange | null;
}

/** `// @differentiable at x1 = 1, x2 = 2` on a line of its own above the function. */
export function differentiateFunction(target: Annotatable): AnnotationEdit | string {
  if (target.annotation?.differentiable === true) return 'This function is annotated already.';
  const { line } = target.start;
  const indentation = indentationOf(target.line(line));
  const values = sampleText(target.node);
  const text = `${indentation}// @differentiable${values === '' ? '' : ` at ${values}`}`;
  const at = { line, character: 0 };
  return {
    edits: [{ range: { start: at, end: at }, newText: text + target.eol }],
    selection: firstValue(line, text),
  };
}

/** One more `@at`, below the annotation in its own form. */
export function addSamplePoint(target: Annotatable): AnnotationEdit | string {
  const { annotation, annotationRange } = target;
  if (annotation === undefined || annotationRange === undefined) return differentiateFunction(target);
  const [first] = annotation.samples;
  const values =
    first === undefined ? sampleText(target.node) : sampleLike(first, annotation.samples.length, target);
  if (values === '') return 'No parameter of this function is a number.';
  const { end } = annotationRange;
  const lastLine = target.line(end.line);
  const indentation = indentationOf(lastLine);
  const close = commentEnd(target, annotationRange);
  if (close === undefined) {
    const text = `${indentation}// @at ${values}`;
    const at = { line: end.line, character: lastLine.length };
    return {
      edits: [{ range: { start: at, end: at }, newText: target.eol + text }],
      selection: firstValue(end.line + 1, text),
    };
  }
  const before = target.line(close.line).slice(0, close.character);
  const alone = /^\s*$/.test(before);
  const star = alone ? before : `${indentationOf(target.line(annotationRange.start.line))} `;
  const tag = `${alone ? before : star}* @at ${values}`;
  const from = { line: close.line, character: alone ? 0 : before.trimEnd().length };
  const newText = alone ? `${tag}${target.eol}${before}` : `${target.eol}${tag}${target.eol}${star}`;
  return {
    edits: [{ range: { start: from, end: close }, newText }],
    selection: firstValue(close.line + (alone ? 0 : 1), tag),
  };
}

/** Where the block comment that holds the annotation ends (before its closing mark); undefined for line comments. */
function commentEnd(target: Annotatable, range: PlainRange): PlainPosition | undefined {
  const first = target.line(range.start.line).slice(0, range.start.character + 2);
  if (/\/\/[^/]*$/.test(first) && !/\/\*/.test(first)) return undefined;
  for (let line = range.start.line; line <= range.end.line + 200; line++) {
    const from = line === range.start.line ? range.start.character : 0;
    const at = target.line(line).indexOf('*/', from);
    if (at >= 0) return { line, character: at };
  }
  return undefined;
}

/**
 * The first sample with other numbers, the n-th further away: whole numbers stay whole, and none changes its sign, so
 * that what was inside the domain is likely to stay there. Constants and calls stay as they are.
 */
function sampleLike(first: Sample, n: number, target: Annotatable): string {
  const other = (value: number): string =>
    String(
      Number.isInteger(value) ? value + (value < 0 ? -n : n) : Number((value * (1 + n / 4)).toPrecision(6)),
    );
  const textOf = (value: Expression): string => {
    if (value.kind === 'literal' && typeof value.value === 'number') return other(value.value);
    if (value.kind === 'array') {
      const { elements } = value;
      if (elements.every((e): e is Expression => e !== null && e.kind !== 'spread'))
        return `[${elements.map(textOf).join(', ')}]`;
    }
    if (value.kind === 'object') {
      const { members } = value;
      if (members.every((m) => m.kind === 'property' && typeof m.key === 'string'))
        return `{${members.map(fieldOf).join(', ')}}`;
    }
    if (value.kind === 'unary' && value.operator === '-') return `-${textOf(value.argument)}`;
    // Without the marks of a comment that goes on over several lines.
    return target.text(value.span).replace(/\s*\n[ \t]*(?:\/\/|\*)?[ \t]*/g, ' ');
  };
  const fieldOf = (member: ObjectMember): string =>
    member.kind === 'property' && typeof member.key === 'string'
      ? `${keyText(member.key)}: ${textOf(member.value)}`
      : '';
  return first.values.map(({ root, value }) => `${root} = ${textOf(value)}`).join(', ');
}

function keyText(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}

function indentationOf(line: string): string {
  return /^\s*/.exec(line)![0];
}

function firstValue(line: number, text: string): PlainRange | null {
  const match = /(?:^|\s)at .*?= ([^,[{]+|\[[^\]]*\]|\{[^}]*\})/.exec(text.replace('@at', ' at'));
  if (match === null) return null;
  const end = match.index + match[0].length;
  return { start: { line, character: end - match[1]!.length }, end: { line, character: end } };
}

/** Values of plain numbers that are no special point of anything, and differ: 1, 2, 3 … */
export function sampleText(node: FunctionNode): string {
  let next = 1;
  const value = (shape: Shape, depth: number): string | undefined => {
    switch (shape.kind) {
      case 'number':
      case 'unknown':
        return String(next++);
      case 'boolean':
        return 'true';
      case 'optional':
      case 'string':
      case 'function':
        return undefined;
      case 'array':
        return list([shape.element, shape.element, shape.element], depth);
      case 'tuple':
        return list(shape.elements, depth);
      case 'object': {
        if (depth > 4) return undefined;
        const parts: string[] = [];
        for (const field of shape.fields) {
          if (field.optional) continue;
          const inner = value(field.shape, depth + 1);
          if (inner === undefined) return undefined;
          parts.push(`${keyText(field.name)}: ${inner}`);
        }
        return `{${parts.join(', ')}}`;
      }
    }
  };
  const list = (shapes: readonly Shape[], depth: number): string | undefined => {
    if (depth > 4) return undefined;
    const parts = shapes.map((shape) => value(shape, depth + 1));
    return parts.includes(undefined) ? undefined : `[${parts.join(', ')}]`;
  };
  const values: string[] = [];
  node.parameters.forEach((parameter, i) => {
    if (parameter.optional || parameter.default !== undefined || parameter.rest) return;
    const text = value(parameter.shape, 0);
    if (text !== undefined) values.push(`${parameter.name ?? `#${i + 1}`} = ${text}`);
  });
  return values.join(', ');
}
