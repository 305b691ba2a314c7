/** Everything there is to say of a document. */

import { rangeProblems } from '../../core/analysis/explore.ts';
import type { Annotation } from '../../core/annotations/annotation.ts';
import type { PlainLocation } from '../../core/graph/panelModel.types.ts';
import type { Problem } from '../../core/problem.ts';
import type { Location } from '../../core/source/span.ts';
import { type DiagnosticAnswer, diagnostics, type Told } from '../features/diagnostics.ts';
import type { DocumentStatement, SourceDocument } from '../workspace/document.ts';
import type { OpenDocument, Shown } from './document.ts';
import type { Session } from './session.ts';
import { locate } from './views.ts';

/** A statement with more syntax errors than this is half-typed: the first ones tell. */
const SYNTAX_ERRORS_SHOWN = 3;

export function diagnose(session: Session, document: OpenDocument): DiagnosticAnswer[] {
  const { file } = document;
  const settings = session.settingsOf(file.uri);
  const problems: Told[] = [];
  /** Malformed annotations: their values refuse to be evaluated with the same words. */
  const said = new Set<string>();
  for (const found of file.annotated()) {
    const { statement: key, nameSpan } = found.target;
    const statement = file.statementOf(key);
    if (statement === undefined || found.annotation === undefined) continue;
    const fallback = {
      start: file.positionAt(statement.start + nameSpan.start),
      end: file.positionAt(statement.start + nameSpan.end),
    };
    for (const { id, message, span } of found.annotation.problems) {
      const location = { file: file.uri, statement: key, span };
      said.add(message);
      problems.push({ problem: { id, severity: 'error', message, location }, fallback });
    }
    const claim = claimProblem(file, key, found.annotation);
    if (claim !== undefined) problems.push({ problem: claim, fallback });
  }
  for (const { statement, problem } of file.strayAnnotations()) {
    const { id, message, span } = problem;
    const location = { file: file.uri, statement, span };
    const place = locate(file, location);
    if (place !== null)
      problems.push({ problem: { id, severity: 'error', message, location }, fallback: place.range });
  }
  const told = new Set<number>();
  for (const statement of file.unreadable()) {
    told.add(statement.key);
    const start = file.positionAt(statement.start);
    for (const problem of syntaxProblems(file.uri, statement)) {
      problems.push({ problem, fallback: { start, end: start } });
    }
  }
  for (const shown of document.shown()) {
    const fallback = document.nameRange(shown);
    if (shown.kind === 'current') {
      const view = document.view(shown, settings.budgetSteps);
      for (const problem of view.analysis.problems)
        if (!said.has(problem.message)) problems.push({ problem, fallback, about: fallback.start });
      for (const problem of rangesOf(document, shown, settings.budgetSteps))
        problems.push({ problem, fallback });
    } else {
      const statement = file.statementAt(shown.last.name.start);
      if (statement !== undefined && told.has(statement.key)) continue;
      for (const problem of syntaxProblems(file.uri, statement)) problems.push({ problem, fallback });
    }
  }
  return diagnostics(
    {
      uri: file.uri,
      locate: (location) => locate(file, location) ?? elsewhere(session, location),
      line: (line) => file.line(line),
    },
    problems,
    { severity: settings.severity, docs: session.capabilities.docs },
  );
}

/** `@gradientOf` of what the file does not have. */
function claimProblem(
  file: SourceDocument,
  statement: number,
  { gradientOf }: Annotation,
): Problem | undefined {
  const root = gradientOf?.name.split('.')[0];
  if (gradientOf === undefined || root === undefined) return undefined;
  if (file.declares(root) || (root === 'Math' && gradientOf.name !== root)) return undefined;
  const location = { file: file.uri, statement, span: gradientOf.span };
  return {
    id: 'GL002',
    severity: 'error',
    message: `The file has no function '${gradientOf.name}'.`,
    location,
  };
}

function rangesOf({ file }: OpenDocument, shown: Shown & { kind: 'current' }, steps: number): Problem[] {
  const { target, annotation } = shown.found;
  if (annotation.ranges.length === 0) return [];
  const module = file.moduleSlice(target.statement);
  return rangeProblems({ module, target, annotation, sample: 0, steps });
}

/** A place in another file. */
function elsewhere(session: Session, location: Location): PlainLocation | null {
  const place = session.workspace.locate(location);
  return place === undefined ? null : { uri: place.uri, range: { start: place.start, end: place.end } };
}

function syntaxProblems(uri: string, statement: DocumentStatement | undefined): Problem[] {
  if (statement === undefined) return [];
  return statement.syntaxErrors.slice(0, SYNTAX_ERRORS_SHOWN).map(({ span, message }) => ({
    id: 'GL010',
    severity: 'error',
    message: `Syntax error: ${message}`,
    location: { file: uri, statement: statement.key, span },
  }));
}
