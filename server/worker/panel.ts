/** What the panel shows and what is copied of a function. */
import { panelModel } from '../../core/graph/panelModel.ts';
import { type PanelModel, plainNumber } from '../../core/graph/panelModel.types.ts';
import { adjoints } from '../../core/trace/sweep.ts';
import { isSpecial, parametersText, type View } from '../features/view.ts';
import type {
  CopyGradientParams,
  CopyGradientResult,
  FunctionReference,
  PanelModelParams,
  PanelModelResult,
} from '../protocol/messages.ts';
import type { OpenDocument, Shown } from './document.ts';
import type { Session } from './session.ts';
import { seeded } from './sweeps.ts';

/** Steps for what is asked for explicitly. */
export const EXPLICIT_STEPS = 30_000_000;

export function panelModelOf(session: Session, params: PanelModelParams): PanelModelResult | null {
  const found = find(session, params.function);
  if (found === undefined) return null;
  const { document, shown } = found;
  const view = explicitView(session, document, shown, params.sample);
  return {
    function: view.reference,
    version: document.file.version,
    nameRange: document.nameRange(shown),
    model: modelOf(view, params.output ?? 0),
  };
}

function find(
  session: Session,
  reference: FunctionReference,
): { document: OpenDocument; shown: Shown } | undefined {
  const document = session.document(reference.uri);
  const shown = document?.find(reference);
  return document === undefined || shown === undefined ? undefined : { document, shown };
}

/** As the editor has it, or with more steps where those were not enough. */
function explicitView(session: Session, document: OpenDocument, shown: Shown, sample?: number): View {
  const view = document.view(shown, session.settingsOf(document.file.uri).budgetSteps, sample);
  return view.analysis.problems.some(({ id }) => id === 'GL012')
    ? document.view(shown, EXPLICIT_STEPS, sample)
    : view;
}

export function modelOf(view: View, output: number): PanelModel {
  const { sample } = view.analysis;
  const names = new Map<number, string>();
  if (sample !== undefined) {
    for (const { span, row } of sample.observations) {
      const text = view.text(span);
      if (row >= 0 && !names.has(row) && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text))
        names.set(row, text);
    }
    for (const input of sample.inputs) names.set(input.row, input.label);
  }
  return panelModel(view.analysis, {
    output,
    outdated: view.outdated,
    special: sample !== undefined && isSpecial(sample),
    sampleText: sample === undefined ? '' : sampleText(view),
    parametersText: parametersText(view),
    locate: (location) => view.locate(location),
    nameOf: (row) => names.get(row) ?? null,
    tangents: (row) => (sample === undefined ? new Float64Array() : seeded(sample, row)),
    adjoints: (row) => (sample === undefined ? new Float64Array() : adjoints(sample.tape, row)),
  });
}

const LEAVES_SHOWN = 8;

function sampleText({ analysis: { sample } }: View): string {
  const leaves = sample?.inputs ?? [];
  const shown = leaves.slice(0, LEAVES_SHOWN).map(({ label, value }) => `${label} = ${value}`);
  if (leaves.length > LEAVES_SHOWN) shown.push('…');
  return shown.join(', ');
}

export function copyGradient(session: Session, params: CopyGradientParams): CopyGradientResult {
  const found = find(session, params.function);
  if (found === undefined) return { kind: 'refused', message: 'There is no annotated function here.' };
  const { document, shown } = found;
  const view = explicitView(session, document, shown);
  const { sample, problems } = view.analysis;
  if (params.format === 'numbers') {
    if (sample === undefined)
      return { kind: 'refused', message: problems[0]?.message ?? 'The function has no sample point.' };
    const rows = sample.jacobian.map((row) => row.map(plainNumber));
    return { kind: 'text', text: JSON.stringify(rows.length === 1 ? rows[0] : rows) };
  }
  const { formulas } = modelOf(view, 0);
  if (formulas.length === 0)
    return { kind: 'refused', message: problems[0]?.message ?? 'There are no formulas for this function.' };
  const { format } = params;
  const lines = formulas.map((formula) => {
    switch (format) {
      case 'latex':
        return formula.latexEquation;
      case 'mathml':
        return formula.mathml;
      case 'typescript':
        return `// ${formula.label}\n${formula.typescript}`;
      case 'unicode':
        return `${formula.label} = ${formula.unicode}`;
    }
  });
  return { kind: 'text', text: lines.join(format === 'latex' ? ' \\\\\n' : '\n') };
}
