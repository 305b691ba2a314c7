/** The light bulb: annotate, add a sample, insert derivatives, differentiate the selection, silence a diagnostic. */
import type { PlainPosition, PlainRange } from '../../core/graph/panelModel.types.ts';
import type { ProblemId } from '../../core/problem.ts';
import type { Shape } from '../../core/source/shape.ts';
import {
  COMMANDS,
  DERIVATIVE_TITLES,
  type DerivativeKind,
  type FunctionReference,
  type ProblemReference,
} from '../protocol/messages.ts';
import { type Annotatable, addSamplePoint, differentiateFunction } from './annotate.ts';
import type { DiagnosticAnswer } from './diagnostics.ts';

export interface ActionAnswer {
  readonly title: string;
  readonly kind: 'quickfix' | 'refactor' | 'refactor.rewrite';
  readonly diagnostics?: readonly unknown[];
  readonly edits?: readonly { readonly range: PlainRange; readonly newText: string }[];
  readonly command?: { readonly command: string; readonly arguments: readonly unknown[] };
  /** What its edit is worked out from when it is chosen. */
  readonly data?: InsertionData;
}

export interface InsertionData {
  readonly uri: string;
  readonly position: PlainPosition;
  readonly kind: DerivativeKind;
}

export interface ActionRequest {
  readonly uri: string;
  readonly range: PlainRange;
  /** Those of the range, as the client sent them. */
  readonly diagnostics: readonly {
    readonly source?: string;
    readonly code?: unknown;
    readonly range: PlainRange;
    readonly message?: string;
    readonly data?: unknown;
  }[];
  /** The function at the cursor; undefined where there is none. */
  readonly target: Annotatable | undefined;
  /** The cursor is on its head, or the function is annotated: elsewhere Differentiate Function would be noise. */
  readonly onHead: boolean;
  /** An expression or statement is selected. */
  readonly selected: boolean;
  readonly commands: boolean;
  readonly eol: string;
  line(line: number): string;
}

export function codeActions(request: ActionRequest): ActionAnswer[] {
  const { target } = request;
  const actions: ActionAnswer[] = [];
  for (const diagnostic of request.diagnostics) {
    const why = explain(request, diagnostic);
    if (why !== undefined) actions.push(why);
    const silencing = silence(request, diagnostic);
    if (silencing !== undefined) actions.push(silencing);
  }
  if (target !== undefined) {
    const annotated = target.annotation?.differentiable === true;
    if (!annotated && request.onHead) {
      const edit = differentiateFunction(target);
      if (typeof edit !== 'string')
        actions.push({ title: 'Differentiate Function', kind: 'refactor', edits: edit.edits });
    }
    if (annotated && request.onHead) {
      const edit = addSamplePoint(target);
      if (typeof edit !== 'string')
        actions.push({ title: 'Add Sample Point', kind: 'refactor', edits: edit.edits });
    }
  }
  if (target !== undefined && request.onHead)
    for (const kind of kindsFor(target.node.returns)) {
      const title = `Insert ${DERIVATIVE_TITLES[kind]}`;
      const data = { uri: request.uri, position: target.name, kind };
      actions.push(
        request.commands
          ? {
              title,
              kind: 'refactor.rewrite',
              command: { command: COMMANDS.insertDerivative, arguments: [data.uri, data.position, kind] },
            }
          : { title, kind: 'refactor.rewrite', data },
      );
    }
  if (request.selected && request.commands)
    actions.push({
      title: 'Differentiate Selection',
      kind: 'refactor',
      command: { command: COMMANDS.differentiateSelection, arguments: [request.uri, request.range] },
    });
  return actions;
}

/** Those that a function with such a result has; all of them where nothing declares it. */
function kindsFor(returns: Shape): readonly DerivativeKind[] {
  const ofNumber: readonly DerivativeKind[] = ['gradient', 'value-and-gradient', 'hessian', 'jvp', 'hvp'];
  const ofNumbers: readonly DerivativeKind[] = ['jacobian', 'jvp', 'vjp'];
  switch (returns.kind) {
    case 'number':
      return ofNumber;
    case 'array':
    case 'tuple':
    case 'object':
      return ofNumbers;
    case 'unknown':
      return [...ofNumber, ...ofNumbers.filter((kind) => !ofNumber.includes(kind))];
    default:
      return [];
  }
}

/** Those that the graph can show the way to: the operation to blame, and what leads from it to the result. */
const EXPLAINED: ReadonlySet<unknown> = new Set([
  'GL101',
  'GL102',
  'GL104',
  'GL106',
  'GL107',
  'GL108',
  'GL109',
] satisfies ProblemId[]);

function explain(
  { uri, commands }: ActionRequest,
  diagnostic: ActionRequest['diagnostics'][number],
): ActionAnswer | undefined {
  const { source, code, message, data } = diagnostic;
  if (!commands || source !== 'gradlens' || !EXPLAINED.has(code) || message === undefined) return undefined;
  const about = (data as Partial<DiagnosticAnswer['data']> | null | undefined)?.about;
  if (about === undefined) return undefined;
  const reference: FunctionReference = { uri, position: about };
  const why: ProblemReference = { id: code as ProblemId, message };
  return {
    title: 'Show Why in the Graph',
    kind: 'quickfix',
    diagnostics: [diagnostic],
    command: { command: COMMANDS.showGraph, arguments: [reference, why] },
  };
}

function silence(
  request: ActionRequest,
  diagnostic: ActionRequest['diagnostics'][number],
): ActionAnswer | undefined {
  if (diagnostic.source !== 'gradlens' || typeof diagnostic.code !== 'string') return undefined;
  const { line } = diagnostic.range.start;
  const indentation = /^\s*/.exec(request.line(line))![0];
  const at = { line, character: 0 };
  return {
    title: `Silence ${diagnostic.code} here`,
    kind: 'quickfix',
    diagnostics: [diagnostic],
    edits: [
      {
        range: { start: at, end: at },
        newText: `${indentation}// gradlens-ignore ${diagnostic.code}: reason${request.eol}`,
      },
    ],
  };
}
