/** Annotations that stand above no function. */
import type { AnnotationProblem } from '../../core/annotations/annotation.ts';
import type { Site } from './statement.ts';

/** A comment's line that opens with a tag which by itself makes an annotation. */
const TAG_LINE = /^[ \t]*(?:\/\/|\/\*\*?|\*)[ \t]*(@(?:differentiable|gradientOf))(?![\p{ID_Continue}$])/gmu;

export function strayAnnotations(text: string, sites: readonly Site[]): AnnotationProblem[] {
  const problems: AnnotationProblem[] = [];
  for (const match of text.matchAll(TAG_LINE)) {
    const end = match.index + match[0].length;
    const start = end - match[1]!.length;
    if (sites.some(({ commentSpan: c }) => c !== undefined && c.start <= start && end <= c.end)) continue;
    // A line within a template, or a comment in the middle of an expression, is none of ours.
    if (isInTemplate(text, start)) continue;
    problems.push({
      id: 'GL001',
      message: `No function stands directly below this '${match[1]}'.`,
      span: { start, end },
    });
  }
  return problems;
}

function isInTemplate(text: string, offset: number): boolean {
  let ticks = 0;
  for (let at = text.indexOf('`'); at >= 0 && at < offset; at = text.indexOf('`', at + 1)) ticks++;
  return ticks % 2 === 1;
}
