/** What is known of a value before the program runs: read from declared types, from samples or from uses. */
export type Shape =
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'string' }
  | { readonly kind: 'function' }
  /** `number[]`, `Float64Array` (typed: its constructor's name), `[number, number]` (tuple). */
  | { readonly kind: 'array'; readonly element: Shape; readonly typed?: string }
  | { readonly kind: 'tuple'; readonly elements: readonly Shape[] }
  | {
      readonly kind: 'object';
      readonly fields: readonly {
        readonly name: string;
        readonly shape: Shape;
        readonly optional: boolean;
      }[];
      /** A class of the file: its instances have that prototype. */
      readonly class?: string;
    }
  | { readonly kind: 'optional'; readonly shape: Shape }
  /** `named`: a type is given, of a name that is not known here: nothing says that it is a number. */
  | { readonly kind: 'unknown'; readonly named?: string };

export const UNKNOWN: Shape = { kind: 'unknown' };
export const NUMBER: Shape = { kind: 'number' };
