/** What module resolution asks of the disk, or of what stands for it. */

export type Kind = 'file' | 'directory' | 'none';

/** All synchronous: what is not known yet is recorded by whoever stands behind it, and asked for. */
export interface Files {
  kind(id: string): Kind;
  /** undefined where there is no such file. */
  read(id: string): string | undefined;
  /** Where symbolic links lead. */
  real(id: string): string;
  /** Changes with the file's content; the same text may have several. */
  stamp(id: string): string;
  /** Files may have come or gone: to be asked again. */
  forget(): void;
  /** A file as a user names it, looked at afresh; or why it cannot be read. Absent where nobody names files. */
  find?(name: string): { readonly id: string; readonly stamp: string } | string;
}
