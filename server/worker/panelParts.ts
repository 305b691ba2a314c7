/** What the panel's model is made of: an analysis as a view has it, and what stands in the document. */
import { checked } from '../../core/analysis/formulas.ts';
import type { FunctionAnalysis, SampledRange } from '../../core/analysis/model.ts';
import { panelModel } from '../../core/graph/panelModel.ts';
import type { PanelModel } from '../../core/graph/panelModel.types.ts';
import type { Location } from '../../core/source/span.ts';
import type { ModuleStatement } from '../../core/source/syntax.ts';
import { adjoints } from '../../core/trace/sweep.ts';
import { parametersText, type View } from '../features/view.ts';
import { seeded } from './sweeps.ts';

/** Steps for what is asked for explicitly. */
export const EXPLICIT_STEPS = 30_000_000;

/** What the model takes from the document besides the view. */
export interface ModelSources {
  readonly ranges: readonly SampledRange[];
  textOf(location: Location): string | undefined;
  treeOf(location: Location): ModuleStatement | undefined;
  /** Where the view is of another point: what is known at the sample. */
  readonly moved?: { readonly base: FunctionAnalysis; readonly point: ReadonlyMap<string, number> };
}

export function modelOf(view: View, output: number, sources: ModelSources): PanelModel {
  const { analysis } = view;
  const sample = analysis.sample ?? analysis.refused;
  const { moved, ranges, textOf, treeOf } = sources;
  const names = new Map<number, string>();
  if (sample !== undefined) {
    for (const { span, row } of sample.observations) {
      const text = view.text(span);
      if (row >= 0 && !names.has(row) && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text))
        names.set(row, text);
    }
    for (const input of sample.inputs) names.set(input.row, input.label);
  }
  return panelModel(analysis, {
    output,
    outdated: view.outdated,
    sampleText: sample === undefined ? '' : sampleText(view),
    parametersText: parametersText(view),
    base: moved === undefined ? sample : (moved.base.sample ?? moved.base.refused),
    point: moved?.point,
    ranges,
    formulas: formulasAt(analysis, moved?.base),
    locate: (location) => view.locate(location),
    textOf,
    treeOf,
    nameOf: (row) => names.get(row) ?? null,
    tangents: (row) => (sample === undefined ? new Float64Array() : seeded(sample, row)),
    adjoints: (row) => (sample === undefined ? new Float64Array() : adjoints(sample.tape, row)),
  });
}

/** Formulas that hold on all paths need not be found again at another point. */
function formulasAt(
  analysis: FunctionAnalysis,
  base: FunctionAnalysis | undefined,
): FunctionAnalysis['formulas'] {
  const known = base?.formulas;
  if (known?.scope !== 'stage' || analysis.sample === undefined) return analysis.formulas;
  return checked(known, analysis.sample) ?? analysis.formulas;
}

const LEAVES_SHOWN = 8;

function sampleText({ analysis: { sample, refused } }: View): string {
  const leaves = (sample ?? refused)?.inputs ?? [];
  const shown = leaves.slice(0, LEAVES_SHOWN).map(({ label, value }) => `${label} = ${value}`);
  if (leaves.length > LEAVES_SHOWN) shown.push('…');
  return shown.join(', ');
}
