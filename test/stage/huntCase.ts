/** A function that tempts a stage to be wrong. */
export interface HuntCase {
  readonly name: string;
  readonly text: string;
  /** Arguments of each call. */
  readonly at: readonly (readonly unknown[])[];
  /** Whether it stages; else it is refused. */
  readonly staged: boolean;
}
