import type { Evaluator } from '../evaluator.ts';
import { get } from '../properties.ts';
import type { Value } from '../values.ts';
import { here } from './here.ts';
import { marked } from './texts.ts';

/** GetSubstitution (ECMA-262 §22.1.3.19.1): `$&`, `$1`, `$<name>` in a replacement. */
export function substituted(
  ev: Evaluator,
  template: string,
  matched: string,
  text: string,
  position: number,
  captures: readonly (string | undefined)[],
  groups: Value,
): string {
  if (!template.includes('$')) return template;
  const m = captures.length;
  const made = template.replace(
    /\$(?:([$&`'])|(\d\d?)|<([^>]*)>)/g,
    (whole: string, sign: string | undefined, digits: string | undefined, name: string | undefined) => {
      if (sign === '$') return '$';
      if (sign === '&') return matched;
      if (sign === '`') return text.slice(0, position);
      if (sign === "'") return text.slice(Math.min(text.length, position + matched.length));
      if (digits !== undefined) {
        const two = Number(digits);
        if (digits.length === 2 && two >= 1 && two <= m) return captures[two - 1] ?? '';
        const one = Number(digits[0]);
        if (one >= 1 && one <= m) return (captures[one - 1] ?? '') + digits.slice(1);
        return whole;
      }
      if (groups === undefined || name === undefined) return whole;
      const value = get(ev, groups, name, here(ev));
      return value === undefined ? '' : marked(ev, value);
    },
  );
  ev.charge(made.length, here(ev));
  return made;
}
