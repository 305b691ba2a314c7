/** What a slider and a field for numbers do, without the DOM. */
import { numberOf } from '../../core/graph/panelModel.types.ts';
import { fullNumber, MINUS } from '../../core/print/numbers.ts';
import type { PanelDifferencesResult, PanelModel } from '../../server/protocol/messages.ts';
import { partialLabel } from './view.ts';

type Input = PanelModel['inputs'][number];

/** From where to where a slider goes: its range, and what the sample and the user's own number lie beyond it. */
export function reachOf(
  { range, sample }: Input,
  value: number,
): { readonly low: number; readonly high: number } {
  const places = [range.low, range.high, numberOf(sample), value].filter(Number.isFinite);
  return { low: Math.min(...places), high: Math.max(...places) };
}

/** A slider has no use for more digits than it has places. */
export function rounded(value: number, low: number, high: number): number {
  const unit = 10 ** Math.floor(Math.log10((high - low) / 500));
  if (!Number.isFinite(unit) || unit === 0) return value;
  const steps = Math.round(value / unit);
  return Number((unit < 1 ? steps / Math.round(1 / unit) : steps * unit).toPrecision(15));
}

/** Where a key moves a slider to; null: it does not. Shift: finer. */
export function keyStep(
  key: string,
  shift: boolean,
  value: number,
  low: number,
  high: number,
): number | null {
  const width = high - low;
  const arrow = shift ? width / 1000 : width / 100;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: arrow,
    ArrowUp: arrow,
    ArrowLeft: -arrow,
    ArrowDown: -arrow,
    PageUp: width / 10,
    PageDown: -width / 10,
  };
  if (key === 'Home') return low;
  if (key === 'End') return high;
  const step = steps[key];
  if (step === undefined) return null;
  return Math.min(high, Math.max(low, rounded(value + step, 0, shift ? width / 10 : width)));
}

/** A number as the user writes it; null: it is none. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replaceAll(MINUS, '-');
  if (plain === '') return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

export function writeNumber(value: number): string {
  return fullNumber(value);
}

/** How many components are named, and not counted. */
const NAMED = 4;

/** Says to how many digits central differences agree; null: there is nothing to say. */
export function differencesText(
  model: PanelModel,
  { rows }: PanelDifferencesResult,
): { readonly text: string; readonly agree: boolean } | null {
  const compared = rows.filter(({ digits }) => digits !== null);
  if (compared.length === 0) return null;
  // What differences themselves cannot tell is no disagreement.
  const agrees = ({ digits, told }: (typeof rows)[number]): boolean => digits! >= Math.min(3, told ?? 3);
  const off = compared.filter((row) => !agrees(row));
  const said = (row: (typeof rows)[number]): string =>
    `${partialLabel(model, row.input)} to ${count(row.digits!, 'digit')}`;
  if (off.length > 0)
    return {
      text: `Central differences do not agree: ${off.slice(0, NAMED).map(said).join(', ')}`,
      agree: false,
    };
  if (compared.length <= NAMED)
    return { text: `Central differences agree: ${compared.map(said).join(', ')}`, agree: true };
  const least = Math.min(...compared.map(({ digits }) => digits!));
  return {
    text: `Central differences agree: all ${compared.length} components to ${count(least, 'digit')} or more`,
    agree: true,
  };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
