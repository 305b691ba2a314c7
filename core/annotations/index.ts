/** Annotations: what stands in comments and doc tags. */
import { correction } from './tags.ts';

export { type Ignore, parseIgnores } from './ignores.ts';
export { type ParseOptions, parseAnnotation, parsePaths, parseSample } from './parse.ts';

const TAG = /@([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]{7,15})(?![\p{ID_Continue}$\u200c\u200d])/gu;

/** Whether a text may hold an annotation, or a tag that was meant as one: cheap, and never wrongly false. */
export function mayBeAnnotated(text: string): boolean {
  if (!text.includes('@')) return false;
  if (text.includes('@differentiable') || text.includes('@gradientOf')) return true;
  for (const match of text.matchAll(TAG)) if (correction(match[1]!, '') !== undefined) return true;
  return false;
}
