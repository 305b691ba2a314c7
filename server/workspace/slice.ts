/**
 * Which statements a function's meaning depends on: those that declare what it names, transitively, and those that
 * run and may change any of it: a statement with effects is among them if what it refers to, transitively, reaches a
 * needed name that can change.
 */
import { DECLARED, MENTIONED, type MentionIndex, TOUCHED } from './mentions.ts';
import type { Rigidity, StatementEntry, StatementIndex } from './statement.ts';

/** Globals that nothing can change. */
const FIXED = new Set(['undefined', 'NaN', 'Infinity', 'arguments', 'this']);

/** Words of code that runs without being called. */
const HOOKS = ['get', 'set', 'valueOf', 'toString', 'toPrimitive', 'iterator', 'hasInstance'];
const PROTOTYPES = ['prototype', '__proto__', 'getPrototypeOf', 'setPrototypeOf'];
const BUILT_IN = new Set([
  'Array',
  'Object',
  'Number',
  'String',
  'Boolean',
  'Function',
  'Map',
  'Set',
  'Symbol',
  'RegExp',
  'Reflect',
  'Float64Array',
  'Float32Array',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
]);

export interface SliceSource {
  readonly mentions: MentionIndex<StatementEntry>;
  index(entry: StatementEntry): StatementIndex;
}

/** The statements that declare a name. */
export function declaring(source: SliceSource, name: string): StatementEntry[] {
  return source.mentions.get(name, DECLARED).filter((entry) => {
    const { declares, imports } = source.index(entry);
    return declares.some((d) => d.name === name) || imports.some((i) => i.local === name);
  });
}

/** What `start` and the names in `extra` depend on, `start` itself included, in no order. */
export function sliceFrom(
  source: SliceSource,
  start: StatementEntry | undefined,
  extra: Iterable<string>,
): Set<StatementEntry> {
  const included = new Set<StatementEntry>();
  const needed = new Set<string>();
  const waiting: string[] = [];
  const reachedAll = new Set<string>();
  const reachedTouched = new Set<string>();

  const need = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    waiting.push(name);
  };
  const include = (entry: StatementEntry): void => {
    if (included.has(entry)) return;
    included.add(entry);
    for (const name of source.index(entry).references) need(name);
  };
  let hooked: Set<StatementEntry> | undefined;
  /** Whether touching what a statement declares may run code of its: accessors, conversions, iterators. */
  const hasHooks = (entry: StatementEntry): boolean => {
    hooked ??= new Set(HOOKS.flatMap((word) => source.mentions.get(word, MENTIONED)));
    return hooked.has(entry);
  };
  /** Includes the statements with effects from which a name is reached, and those that may set off a hook on the way. */
  const reach = (first: string, touched: boolean): void => {
    const queue: { name: string; touched: boolean; hook?: boolean }[] = [{ name: first, touched }];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const seen = next.touched ? reachedTouched : reachedAll;
      if (seen.has(next.name) || reachedAll.has(next.name)) continue;
      seen.add(next.name);
      for (const user of source.mentions.get(next.name, next.touched ? TOUCHED : MENTIONED)) {
        const index = source.index(user);
        if (!index.references.includes(next.name)) continue;
        if (index.effects || next.hook === true) include(user);
        if (index.declares.length === 0) continue;
        const hook = next.hook === true || hasHooks(user);
        for (const { name } of index.declares) queue.push({ name, touched: false, hook });
      }
    }
  };

  // What changes a built-in prototype changes every literal and every call of a built-in method.
  for (const word of PROTOTYPES) {
    for (const entry of source.mentions.get(word, MENTIONED)) {
      const { effects, references } = source.index(entry);
      if (effects && (references.length === 0 || references.some((name) => BUILT_IN.has(name))))
        include(entry);
    }
  }
  // What is imported for its effects may change anything.
  for (const entry of source.mentions.get('import', MENTIONED))
    if (source.index(entry).imports.some(({ local }) => local === '')) include(entry);
  if (start) {
    include(start);
    for (const { name } of source.index(start).declares) need(name);
  }
  for (const name of extra) need(name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (FIXED.has(name)) continue;
    const declarers = declaring(source, name);
    for (const entry of declarers) include(entry);
    const specifiers = declarers.flatMap((entry) =>
      source
        .index(entry)
        .imports.filter((i) => i.local === name)
        .map((i) => i.specifier),
    );
    if (specifiers.length > 0) {
      // What else comes from that module may change the state behind this name.
      for (const entry of source.mentions.get('import', MENTIONED))
        for (const { local, specifier } of source.index(entry).imports)
          if (specifiers.includes(specifier)) reach(local, false);
    } else {
      const rigidity = rigidityOf(source, name, declarers);
      if (rigidity !== 'constant') reach(name, rigidity === 'function');
    }
  }
  return included;
}

function rigidityOf(source: SliceSource, name: string, declarers: readonly StatementEntry[]): Rigidity {
  // A global changes only where it is assigned to or handed around.
  if (declarers.length === 0) return 'function';
  if (declarers.length > 1) return 'state';
  const found = source.index(declarers[0]!).declares.filter((d) => d.name === name);
  return found.length === 1 ? found[0]!.rigidity : 'state';
}
