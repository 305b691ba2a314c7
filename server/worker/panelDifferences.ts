/** The partials that the panel shows, held against differences of the function's values. */
import { agreedDigits, DIFFERENCE_RUNS, differenceAt } from '../../core/analysis/differences.ts';
import { explore } from '../../core/analysis/explore.ts';
import { plainNumber } from '../../core/graph/panelModel.types.ts';
import type {
  PanelDifference,
  PanelDifferencesParams,
  PanelDifferencesResult,
} from '../protocol/messages.ts';
import { ONE_SIDED, placeOf } from './panel.ts';
import { EXPLICIT_STEPS } from './panelParts.ts';
import type { Session } from './session.ts';

const MOST_INPUTS = 50;

export function panelDifferences(
  session: Session,
  params: PanelDifferencesParams,
): PanelDifferencesResult | null {
  const place = placeOf(session, params);
  if (place === undefined) return null;
  const { request, at, version } = place;
  const output = params.output ?? 0;
  const rows = explore(request, (around) => {
    const { run } = around;
    if (run.outputs[output] === undefined) return undefined;
    const affordable = Math.floor(EXPLICIT_STEPS / (DIFFERENCE_RUNS * Math.max(1, run.steps)));
    const { sample } = at;
    const sides = at.problems.some(({ id }) => ONE_SIDED.has(id)) ? (['above', 'below'] as const) : undefined;
    return run.inputs
      .slice(0, Math.min(MOST_INPUTS, affordable))
      .map(({ label, value }, i): PanelDifference => {
        const kink = sample?.kinks.find((one) => one.output === output && one.input === i);
        const derivative = kink?.right ?? sample?.jacobian[output]?.[i];
        const found = differenceAt(around, i, output, kink === undefined ? sides : ['above']);
        const scale = Math.abs(run.outputs[output]!.value) / (Math.abs(value) || 1);
        const agreed =
          found === undefined || derivative === undefined || !Number.isFinite(derivative)
            ? undefined
            : agreedDigits(derivative, found, scale);
        return {
          input: label,
          derivative: derivative === undefined ? null : plainNumber(derivative),
          difference: found?.slope ?? null,
          error: found?.error ?? null,
          digits: agreed?.digits ?? null,
          told: agreed?.told ?? null,
          side: found?.side ?? 'none',
        };
      });
  });
  return rows === undefined ? null : { version, rows };
}
