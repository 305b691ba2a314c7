/**
 * The lenses above an annotated function. How many there are and where follows from the annotation alone, so that
 * lines never jump; titles need the analysis and come in resolve.
 */
import { formatNumber, formatVector } from '../../core/print/numbers.ts';
import { COMMANDS, DERIVATIVE_TITLES } from '../protocol/messages.ts';
import { argumentsText, type FeatureOptions, gradientInPlaces, symbolOf, type View } from './view.ts';

export type LensKind = 'graph' | 'gradient' | 'sample' | 'insert';

const LONGEST_TITLE = 60;
const OUTDATED = ' (outdated)';
/** Above so many inputs the gradient's norm is shown. */
const COMPONENTS_SHOWN = 4;

/** Which lenses a function has; those that only carry a command are left out for clients without commands. */
export function lensKinds(samples: number, commands: boolean): readonly LensKind[] {
  const kinds: LensKind[] = [];
  if (commands) kinds.push('graph');
  if (samples > 0) kinds.push('gradient');
  if (samples > 1 && commands) kinds.push('sample');
  if (commands) kinds.push('insert');
  return kinds;
}

export interface LensTitle {
  readonly title: string;
  /** Empty where nothing happens on a click. */
  readonly command: string;
  readonly arguments: readonly unknown[];
}

export function lensTitle(kind: LensKind, view: View, options: FeatureOptions): LensTitle {
  const { sampleIndex, sampleCount } = view.analysis;
  switch (kind) {
    case 'graph':
      return { title: 'show derivative', command: COMMANDS.showGraph, arguments: [view.reference] };
    case 'sample': {
      const title = `sample ${Math.min(sampleIndex + 1, sampleCount)} of ${sampleCount}`;
      return { title, command: COMMANDS.nextSample, arguments: [view.reference] };
    }
    case 'insert': {
      const kind = (view.analysis.sample?.outputs.length ?? 1) > 1 ? 'jacobian' : 'gradient';
      const title = `insert ${DERIVATIVE_TITLES[kind]}`;
      return {
        title,
        command: COMMANDS.insertDerivative,
        arguments: [view.uri, view.reference.position, kind],
      };
    }
    case 'gradient': {
      const suffix = view.outdated ? OUTDATED : '';
      const title = gradientTitle(view, options.digits, LONGEST_TITLE - suffix.length) + suffix;
      return options.commands
        ? { title, command: COMMANDS.showGraph, arguments: [view.reference] }
        : { title, command: '', arguments: [] };
    }
  }
}

/** `∇f(2, 3) ≈ (2.584, 2)`, shorter where that does not fit. */
export function gradientTitle(view: View, digits: number, longest = LONGEST_TITLE): string {
  const { sample, problems } = view.analysis;
  const symbol = symbolOf(view);
  const short = symbol.length > 24 ? `${symbol.slice(0, 23)}…` : symbol;
  if (sample === undefined) {
    const reason = problems.find((problem) => problem.severity === 'error') ?? problems[0];
    return reason === undefined ? `∇${short}: no sample` : `∇${short}: none (${reason.id})`;
  }
  if (sample.inputs.length === 0) return `∇${short}: no numeric inputs`;
  if (sample.outputs.length === 0) return `∇${short}: no numeric result`;
  const call = `${short}(${argumentsText(sample, digits)})`;
  if (sample.outputs.length > 1) {
    const size = `${sample.outputs.length} × ${sample.inputs.length}`;
    return firstThatFits([`J ${call}: ${size}`, `J ${short}: ${size}`], longest);
  }
  const gradient = gradientInPlaces(sample);
  const norm = formatNumber(Math.hypot(...gradient), digits);
  const asNorm = `‖∇${short}‖ ${norm.exact ? '=' : '≈'} ${norm.text} (${gradient.length} inputs)`;
  if (gradient.length > COMPONENTS_SHOWN) return firstThatFits([asNorm], longest);
  const vector = gradient.length === 1 ? formatNumber(gradient[0]!, digits) : formatVector(gradient, digits);
  const kink = sample.kinks.length > 0 ? ' (kink)' : '';
  const right = `${vector.exact ? '=' : '≈'} ${vector.text}${kink}`;
  return firstThatFits([`∇${call} ${right}`, `∇${short} ${right}`, asNorm], longest);
}

function firstThatFits(titles: readonly string[], longest: number): string {
  const fitting = titles.find((title) => title.length <= longest);
  return fitting ?? `${titles[titles.length - 1]!.slice(0, longest - 1)}…`;
}
