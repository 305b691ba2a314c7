/** What is known of a value before the program runs: read from declared types, from samples or from uses. */
export type Shape =
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'string' }
  | { readonly kind: 'function' }
  /**
   * `number[]`, `Float64Array` (typed: its constructor's name), `[number, number]` (tuple). `also`: or a typed array of
   * one of these kinds (`number[] | Float64Array`).
   */
  | {
      readonly kind: 'array';
      readonly element: Shape;
      readonly typed?: string;
      readonly also?: readonly string[];
    }
  | { readonly kind: 'tuple'; readonly elements: readonly Shape[] }
  | {
      readonly kind: 'object';
      readonly fields: readonly {
        readonly name: string;
        readonly shape: Shape;
        readonly optional: boolean;
      }[];
      /** A class that the file has a name for, or `module#Name`: its instances have that prototype. */
      readonly class?: string;
    }
  | { readonly kind: 'optional'; readonly shape: Shape }
  /** `named`: a type is given, whose text this is, and not understood: nothing says that it is a number. */
  | { readonly kind: 'unknown'; readonly named?: string };

export const UNKNOWN: Shape = { kind: 'unknown' };
/** Nothing is given, and it is used as numbers are not. */
export const UNTYPED: Shape = { kind: 'unknown', named: '' };
export const NUMBER: Shape = { kind: 'number' };
