/** What the statements of a module import and export, as tables. */
import type { ExportBinding, ModuleStatement } from '../../source/syntax.ts';
import type { ModuleSource } from './host.ts';

export interface ExportTable {
  readonly bindings: ReadonlyMap<string, ExportBinding>;
  /** Specifiers of `export * from`, in order. */
  readonly stars: readonly string[];
}

const tables = new WeakMap<readonly ModuleStatement[], ExportTable>();

export function exportTable(statements: readonly ModuleStatement[]): ExportTable {
  const known = tables.get(statements);
  if (known !== undefined) return known;
  const bindings = new Map<string, ExportBinding>();
  const stars: string[] = [];
  for (const statement of statements) {
    for (const binding of statement.exports) {
      if (binding.exported === '*' && binding.from !== undefined) stars.push(binding.from.specifier);
      else bindings.set(binding.exported, binding);
    }
  }
  const table = { bindings, stars };
  tables.set(statements, table);
  return table;
}

/** The specifiers of the modules that have to run before an ES module does, in order. */
export function dependencies(source: Pick<ModuleSource, 'statements' | 'elides'>): Set<string> {
  const { statements, elides } = source;
  const specifiers = new Set<string>();
  let used: Set<string> | undefined;
  const isUsed = (name: string): boolean => {
    used ??= new Set(statements.flatMap((statement) => [...statement.references]));
    return used.has(name);
  };
  for (const statement of statements) {
    for (const { local, specifier } of statement.imports)
      if (local === '' || !elides || isUsed(local)) specifiers.add(specifier);
    for (const { from } of statement.exports) if (from !== undefined) specifiers.add(from.specifier);
  }
  return specifiers;
}
