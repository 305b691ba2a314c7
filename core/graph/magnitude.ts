/** How large a derivative is, on a scale of tens that the picture draws by. */

/** A step of the scale; `zero`; `singular`: NaN or infinite; `unknown`: no number. */
export type Magnitude = 0 | 1 | 2 | 3 | 4 | 5 | 'zero' | 'singular' | 'unknown';

export const STEPS = [0, 1, 2, 3, 4, 5] as const;

export function magnitudeOf(size: number | null): Magnitude {
  if (size === null) return 'unknown';
  if (!Number.isFinite(size)) return 'singular';
  if (size === 0) return 'zero';
  const step = Math.floor(Math.log10(Math.abs(size))) + 3;
  return Math.min(5, Math.max(0, step)) as Magnitude;
}

/** What a step of the scale stands for: `< 0.01`, `0.1 – 1`, `≥ 100`. */
export function stepText(step: (typeof STEPS)[number]): string {
  const bounds = ['0.01', '0.1', '1', '10', '100'];
  if (step === 0) return `< ${bounds[0]}`;
  return step === 5 ? `≥ ${bounds[4]}` : `${bounds[step - 1]} – ${bounds[step]}`;
}

/** Width of a line in pixels. */
export function lineWidth(magnitude: Magnitude): number {
  return typeof magnitude === 'number' ? [0.8, 1.1, 1.6, 2.4, 3.6, 5][magnitude]! : 1.2;
}

/**
 * Colours of the steps on white: from grey over blue to near black, so that they differ in lightness, which everybody
 * sees (after cividis: Nuñez, Anderton and Renslow 2018).
 */
export const LIGHT_PALETTE: Readonly<Record<Magnitude, string>> = {
  0: '#a2a69b',
  1: '#8b9089',
  2: '#6f7b8c',
  3: '#3f6fa5',
  4: '#1d4f91',
  5: '#00204c',
  zero: '#b5b5b5',
  singular: '#b3261e',
  unknown: '#8a8a8a',
};

/** Dashes by which lines differ besides their colour; null: drawn through. */
export function dashes(magnitude: Magnitude): string | null {
  if (magnitude === 'zero') return '1 4';
  if (magnitude === 'singular') return '7 3 2 3';
  return magnitude === 'unknown' ? '5 4' : null;
}
