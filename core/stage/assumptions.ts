/** What a Program takes for granted of its arguments beside their types: what it was staged with, which code has to check. */
export type Assumption = {
  /** The parameter's index (or 'this'), then keys; '*' at the places in `each`. */
  readonly path: readonly (string | number)[];
  readonly each?: readonly number[];
  /** How the user writes it. */
  readonly name: string;
} /** `declared`: its type says so. */ & (
  | { readonly kind: 'length'; readonly length: number; readonly declared?: true }
  /** It is this very value: text, null, an absent option. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** It is there, though its type lets it be left out. */
  | { readonly kind: 'given' }
  /** A key that was asked for, and is not there. */
  | { readonly kind: 'lacks' }
  /** It has these keys alone; in this order where that may matter. */
  | { readonly kind: 'keys'; readonly keys: readonly string[]; readonly ordered: boolean }
  /** It is the sample's function or object, which the Program has taken in. */
  | { readonly kind: 'object' }
);
