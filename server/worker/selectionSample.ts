/** What a selection and its variables were at the sample of the annotated function around it. */
import type { FunctionTarget, SampleResult } from '../../core/analysis/model.ts';
import type { Sample, SampleValue } from '../../core/annotations/annotation.ts';
import type { PlainRange } from '../../core/graph/panelModel.types.ts';
import { type Span, span } from '../../core/source/span.ts';
import type { Expression } from '../../core/source/syntax.ts';
import type { LoweredFragment } from '../languages/typescript/index.ts';
import type { DifferentiateSelectionResult } from '../protocol/messages.ts';
import type { DocumentStatement, SourceDocument } from '../workspace/document.ts';
import { isAnnotated, type OpenDocument } from './document.ts';
import type { Variable } from './selectionLeaves.ts';
import type { Session } from './session.ts';

export interface Selection {
  readonly document: OpenDocument;
  readonly file: SourceDocument;
  readonly statement: DocumentStatement;
  /** Offset of its text in the file. */
  readonly start: number;
  readonly text: string;
  readonly range: PlainRange;
}

/** The annotated function around a selection. */
export interface Enclosing {
  readonly target: FunctionTarget;
  /** As the annotation has it. */
  readonly given: Sample | undefined;
  readonly sample: SampleResult;
}

export function enclosing(
  session: Session,
  { document, statement, start, file }: Selection,
): Enclosing | undefined {
  const from = start - statement.start;
  for (const shown of document.shown()) {
    if (shown.kind !== 'current' || shown.statement.key !== statement.key) continue;
    const { target } = shown.found;
    const { body } = target.node;
    if (from < body.span.start || from >= body.span.end || !isAnnotated(shown.found)) continue;
    const { sample, sampleIndex } = document.view(shown, session.settingsOf(file.uri).budgetSteps).analysis;
    if (sample === undefined) return undefined;
    return { target, given: shown.found.annotation.samples[sampleIndex], sample };
  }
  return undefined;
}

/** What a part of the selection was when the function around it last evaluated it. */
export function observedAt(
  { statement, start }: Selection,
  sample: SampleResult,
  part: Span,
): number | undefined {
  const from = start - statement.start;
  return sample.observations.find(
    ({ span: seen }) => seen.start === from + part.start && seen.end === from + part.end,
  )?.value;
}

/**
 * The values that the variables had at the sample of the annotated function around: those that its run has seen, and
 * of its own parameters that are arrays or objects those of the annotation. undefined where one is not known.
 */
export function sampleOf(
  selection: Selection,
  variables: readonly Variable[],
  { target, given, sample }: Enclosing,
): Sample | undefined {
  const nowhere = span(0, 0);
  const values: SampleValue[] = [];
  for (const { label, root, leaf, spans } of variables) {
    const seen = spans.map((at) => observedAt(selection, sample, at)).find((value) => value !== undefined);
    if (seen !== undefined) {
      const value: Expression = { kind: 'literal', value: seen, span: nowhere };
      values.push({ root: label, rootSpan: nowhere, value });
      continue;
    }
    const index = target.node.parameters.findIndex(({ name }) => name === root);
    const own = given?.values.find((value) => value.root === root || value.root === `#${index + 1}`);
    if (leaf || index < 0 || own === undefined) return undefined;
    values.push({ root: label, rootSpan: nowhere, value: own.value });
  }
  return { values, span: nowhere };
}

/** What the selection itself was at the sample. */
export function valueOf(selection: Selection, { expression, block }: LoweredFragment, { sample }: Enclosing) {
  if (expression !== undefined) return observedAt(selection, sample, expression.span);
  const last = block?.statements.at(-1);
  if (last?.kind === 'return') return last.value && observedAt(selection, sample, last.value.span);
  if (last?.kind === 'declare')
    return observedAt(selection, sample, last.target.span) ?? observedAt(selection, sample, last.value.span);
  if (last?.kind === 'expression') {
    const { expression: own } = last;
    return observedAt(selection, sample, own.kind === 'assign' ? own.target.span : own.span);
  }
  return undefined;
}

/** Whether the result has that value. What has not been seen was not evaluated at the sample. */
export function hasValue(result: DifferentiateSelectionResult, value: number | undefined): boolean {
  const output = result.kind === 'result' ? result.model.outputs[0] : undefined;
  return output === undefined || Object.is(Number(output.value), value) || Number(output.value) === value;
}
