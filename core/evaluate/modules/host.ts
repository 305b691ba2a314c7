/** What linking asks of whoever has the files: which file a specifier means, and what a file says. */
import type { ModuleStatement } from '../../source/syntax.ts';

/** A file, before it has run. The same object as long as nothing in the file has changed. */
export interface ModuleSource {
  /** Which file it is: what resolution gives. */
  readonly id: string;
  /** The file as locations name it. */
  readonly file: string;
  readonly format: 'esm' | 'commonjs' | 'json';
  readonly statements: readonly ModuleStatement[];
  /** Of a JSON file: what it says. */
  readonly data?: unknown;
  /** TypeScript: an import that is used as a type alone does not exist at run time. */
  readonly elides: boolean;
  /** Node's own ES module: the default export of a CommonJS module is its `module.exports`, whatever that says. */
  readonly native: boolean;
  /** Its package says that nobody imports it for its effects: it may run when something of it is first needed. */
  readonly quiet: boolean;
  /** What `__filename` says. */
  readonly path: string;
}

export type Resolution =
  | { readonly kind: 'file'; readonly id: string }
  /** A module of Node's own. */
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'missing'; readonly message: string };

export interface ModuleHost {
  /** `how` decides which conditions of a package's `exports` hold. */
  resolve(from: string, specifier: string, how: 'import' | 'require'): Resolution;
  /** undefined where the file cannot be read, or is none of source text. */
  load(id: string): ModuleSource | undefined;
  /** What is known of a file without reading its statements. */
  describe(id: string): Omit<ModuleSource, 'statements'>;
  /** A script that stands in a text; undefined where it is nested too deeply. */
  read(text: string): readonly ModuleStatement[] | undefined;
  /** Steps that the top level of a module may take. */
  readonly steps: number;
  /** Changes when any file may have changed. */
  readonly generation: number;
}
