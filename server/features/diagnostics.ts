/** Problems as LSP diagnostics: severities from the settings, silenced ones left out, links and related places. */
import { parseIgnores } from '../../core/annotations/ignores.ts';
import type { PlainLocation, PlainPosition, PlainRange } from '../../core/graph/panelModel.types.ts';
import type { Problem, ProblemId, Severity } from '../../core/problem.ts';
import type { Location } from '../../core/source/span.ts';
import type { SeveritySetting } from '../protocol/settings.ts';

export interface DiagnosticAnswer {
  readonly range: PlainRange;
  /** LSP: 1 error … 4 hint. */
  readonly severity: 1 | 2 | 3 | 4;
  readonly code: ProblemId;
  readonly codeDescription?: { readonly href: string };
  readonly source: 'gradlens';
  readonly message: string;
  readonly relatedInformation?: readonly { readonly location: PlainLocation; readonly message: string }[];
  /** Comes back with a request for code actions. */
  readonly data?: { readonly about: PlainPosition };
}

export interface DiagnosticOptions {
  readonly severity: Readonly<Record<string, SeveritySetting>>;
  /** Folder of the pages, ending in a slash. */
  readonly docs: string | undefined;
}

/** The document that the diagnostics are for. */
export interface DiagnosticSource {
  readonly uri: string;
  locate(location: Location): PlainLocation | null;
  line(line: number): string;
}

const LEVEL: { readonly [S in Severity]: 1 | 2 | 3 | 4 } = { error: 1, warning: 2, information: 3, hint: 4 };

/** What is told of a function, and of none (a malformed tag, broken syntax). */
export interface Told {
  readonly problem: Problem;
  /** Where a problem of another file, or one without a place, is shown: the function's name. */
  readonly fallback: PlainRange;
  /** Where the name stands of the function that was analysed. */
  readonly about?: PlainPosition;
}

export function diagnostics(
  source: DiagnosticSource,
  problems: readonly Told[],
  options: DiagnosticOptions,
): DiagnosticAnswer[] {
  const answers = new Map<string, DiagnosticAnswer>();
  for (const { problem, fallback, about } of problems) {
    const level = levelOf(problem, options.severity);
    if (level === undefined) continue;
    const place = problem.location === undefined ? null : source.locate(problem.location);
    const here = place !== null && place.uri === source.uri;
    const range = here ? place.range : fallback;
    if (isSilenced(source, range.start.line, problem.id)) continue;
    const related = (problem.related ?? []).flatMap(({ location, message }) => {
      const found = source.locate(location);
      return found === null ? [] : [{ location: found, message }];
    });
    if (place !== null && !here) related.unshift({ location: place, message: 'here' });
    const { start, end } = range;
    const key = `${problem.id} ${start.line}:${start.character}-${end.line}:${end.character} ${problem.message}`;
    answers.set(key, {
      range,
      severity: level,
      code: problem.id,
      ...(options.docs === undefined ? {} : { codeDescription: { href: `${options.docs}${problem.id}.md` } }),
      source: 'gradlens',
      message: problem.message,
      ...(related.length === 0 ? {} : { relatedInformation: related }),
      ...(about === undefined ? {} : { data: { about } }),
    });
  }
  return [...answers.values()].sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

function levelOf(problem: Problem, settings: DiagnosticOptions['severity']): 1 | 2 | 3 | 4 | undefined {
  const setting = Object.hasOwn(settings, problem.id) ? settings[problem.id] : undefined;
  if (setting === 'off') return undefined;
  return LEVEL[setting ?? problem.severity];
}

/** `// gradlens-ignore GL104: reason` on the line before. */
function isSilenced(source: DiagnosticSource, line: number, id: ProblemId): boolean {
  if (line === 0) return false;
  return parseIgnores(source.line(line - 1)).some(({ ids }) => ids.includes(id));
}
