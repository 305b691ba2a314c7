/** How a partial derivative that has two values is written. */
import { formatNumber } from '../print/numbers.ts';

/** `kink: slopes −1 and +1`: below and above the sample. */
export function kinkText(left: number, right: number, digits: number): string {
  return `kink: slopes ${signed(left, digits)} and ${signed(right, digits)}`;
}

function signed(value: number, digits: number): string {
  const { text } = formatNumber(value, digits);
  return value > 0 ? `+${text}` : text;
}
