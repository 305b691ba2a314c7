/** What the user has chosen in the page, and what of it holds for another model. */
import type { PanelModel } from '../../server/protocol/messages.ts';

export type Mode = 'forward' | 'reverse';

export interface Choice {
  readonly mode: Mode;
  /** Label of the input that is seeded with 1 in forward mode; null: the first. */
  readonly seed: string | null;
  /** A seed entered by hand: ẋ of the inputs, in their order; null: the seed above. */
  readonly direction: readonly number[] | null;
  /** Index of the selected row (n of wn), or null. */
  readonly row: number | null;
}

export const FIRST_CHOICE: Choice = { mode: 'forward', seed: null, direction: null, row: null };

/** Index into `seeds` of the chosen seed; −1 where there are none. */
export function seedIndex(model: PanelModel, choice: Choice): number {
  if (model.seeds.length === 0) return -1;
  const index = choice.seed === null ? -1 : model.seeds.indexOf(choice.seed);
  return Math.max(index, 0);
}

/** `x1`, or `(1, 0.5)`: what the chosen tangents are along. */
export function seedText(model: PanelModel, choice: Choice): string {
  if (choice.direction !== null) return `(${choice.direction.join(', ')})`;
  return model.seeds[seedIndex(model, choice)] ?? '';
}

/** What remains of a choice when another model is shown: the mode, and the rest where it is the same function. */
export function keepChoice(choice: Choice, sameFunction: boolean, model: PanelModel): Choice {
  if (!sameFunction) return { ...FIRST_CHOICE, mode: choice.mode };
  const seed = choice.seed !== null && model.seeds.includes(choice.seed) ? choice.seed : null;
  const direction = choice.direction?.length === model.inputs.length ? choice.direction : null;
  const row = choice.row !== null && choice.row < model.trace.length ? choice.row : null;
  return { mode: choice.mode, seed, direction, row };
}

/** `1, 0.5` as a direction of so many inputs; null where it is none. */
export function readDirection(text: string, inputs: number): readonly number[] | null {
  const parts = text
    .replace(/[()[\]]/g, ' ')
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
  const numbers = parts.map((part) => Number(part.replace('−', '-')));
  return numbers.length === inputs && numbers.every(Number.isFinite) ? numbers : null;
}
