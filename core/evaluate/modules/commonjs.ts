/** CommonJS: what a file finds around itself, and what others see of its `module.exports`. */
import type { ModuleStatement } from '../../source/syntax.ts';
import { walk } from '../../source/traverse.ts';
import type { Evaluator } from '../evaluator.ts';
import type { ModuleInstance } from '../module.ts';
import { JsObject, type NativeFunction, Slot } from '../objects.ts';
import { get, hasProperty } from '../properties.ts';
import { here } from '../realm/here.ts';
import { Poison, type Site, type Value } from '../values.ts';
import type { ModuleSource } from './host.ts';
import type { World } from './world.ts';

export interface CommonParts {
  readonly names: ReadonlyMap<string, Value>;
  /** `this` at the top: the first `module.exports`. */
  readonly first: JsObject;
  /** `module.exports` now. */
  exports(): Value;
  /** It has run. */
  loaded(): void;
  /** A statement ended half-way: what it would have exported is not known. */
  spoil(statement: ModuleStatement, because: Poison): void;
  /** Nothing that it exports is known. */
  lose(because: Poison): void;
}

/** Given a module they give a `require` that takes ES modules as well, as ours does. */
const LOADERS: ReadonlySet<string> = new Set(['esm', '@std/esm']);

export function commonParts(ev: Evaluator, instance: ModuleInstance, world: World | undefined): CommonParts {
  const { source } = instance;
  const path = source?.path ?? instance.file;
  const first = ev.object();
  const module = ev.object();
  const put = (object: JsObject, key: string, value: Value): void => {
    object.properties.set(key, value);
  };
  put(module, 'id', path);
  put(module, 'path', directory(path));
  put(module, 'exports', source?.format === 'json' ? adopt(ev, source.data) : first);
  put(module, 'filename', path);
  put(module, 'loaded', false);
  put(module, 'children', ev.array([]));
  // It has been imported, by something that is not the program's main module.
  put(module, 'parent', ev.object());
  const require = requireOf(ev, source, world);
  put(module, 'require', require);
  const names = new Map<string, Value>([
    ['module', module],
    ['exports', first],
    ['require', require],
    ['__filename', path],
    ['__dirname', directory(path)],
  ]);
  const exports = (): Value => {
    const value = module.properties.get('exports');
    return value instanceof Slot ? value.value : value;
  };
  return {
    names,
    first,
    exports,
    loaded: () => put(module, 'loaded', true),
    lose(because) {
      ev.own(module);
      put(module, 'exports', because);
    },
    spoil(statement, because) {
      const now = exports();
      for (const key of exportedBy(statement)) {
        if (key === undefined) put(module, 'exports', because);
        else if (now instanceof JsObject) put(now, key, because);
      }
      if (now instanceof JsObject) now.outside ??= () => because;
    },
  };
}

/** The `require` of a module, whose relative names are from there. */
function requireOf(
  ev: Evaluator,
  source: ModuleSource | undefined,
  world: World | undefined,
): NativeFunction {
  const require = ev.native('require', (_self, [specifier]) => {
    const site = here(ev);
    if (specifier instanceof Poison) return specifier;
    if (typeof specifier !== 'string') {
      return ev.poison('GL011', 'What is required here is not known: write its name out.', site.location);
    }
    if (world === undefined || source === undefined) {
      const message = `'${specifier}' is required here, and cannot be followed from here.`;
      return ev.poison('GL011', message, site.location);
    }
    if (LOADERS.has(specifier)) return ev.native(specifier, (_s, [of]) => get(ev, of, 'require', here(ev)));
    return world.require(source, specifier, site);
  });
  require.properties.set('main', undefined);
  require.properties.set('cache', ev.object(null));
  require.properties.set('extensions', ev.object(null));
  const locate = ev.native('resolve', () =>
    ev.poison(
      'GL114',
      '`require.resolve` tells about the disk: its result is not followed.',
      here(ev).location,
    ),
  );
  require.properties.set('resolve', locate);
  return require;
}

/** `import.meta.url`: unlike any text that is known, and `createRequire` takes it. */
export class ModuleUrl extends Poison {
  readonly require: NativeFunction;
  constructor({ problem }: Poison, require: NativeFunction) {
    super(problem);
    this.require = require;
  }
}

/** Its name among those that a module finds around itself. */
export const META = 'import.meta';

/** What an ES module finds as `import.meta`: naming it does no harm, using what it gives does. */
export function importMeta(ev: Evaluator, { source }: ModuleInstance, world: World | undefined): JsObject {
  const unusable = (): Poison => {
    const message = '`import.meta` is not supported: its value is known only at run time.';
    return ev.poison('GL111', message, here(ev).location);
  };
  const meta = ev.object();
  const require = requireOf(ev, source, world);
  const url = ev.native('url', () => new ModuleUrl(unusable(), require));
  meta.properties.set('url', new Slot({ get: url, configurable: true }));
  meta.outside = unusable;
  return meta;
}

function directory(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '') || '/';
}

/** The properties of `exports` that a statement assigns to, undefined for `module.exports` itself. */
function exportedBy(statement: ModuleStatement): Set<string | undefined> {
  const keys = new Set<string | undefined>();
  for (const node of statement.statements) {
    walk(node, (inner) => {
      if (!('kind' in inner)) return true;
      if (inner.kind === 'assign' && inner.target.kind === 'member' && typeof inner.target.key === 'string') {
        const { object, key } = inner.target;
        const isModule = (e: typeof object): boolean => e.kind === 'name' && e.name === 'module';
        if (isModule(object) && key === 'exports') keys.add(undefined);
        else if (object.kind === 'name' && object.name === 'exports') keys.add(key);
        else if (object.kind === 'member' && object.key === 'exports' && isModule(object.object))
          keys.add(key);
      }
      return true;
    });
  }
  return keys;
}

/** What an ES module gets of `module.exports` under a name. */
export function commonExport(
  ev: Evaluator,
  exports: Value,
  name: string,
  native: boolean,
  site: Site,
): Value {
  if (name === 'default') {
    if (native || !(exports instanceof JsObject)) return exports;
    const marked = get(ev, exports, '__esModule', site);
    const isMarked = marked instanceof Poison ? false : Boolean(marked);
    return isMarked && hasProperty(ev, exports, 'default') ? get(ev, exports, 'default', site) : exports;
  }
  if (name === 'module.exports') return exports;
  if (exports instanceof Poison) return exports;
  return exports instanceof JsObject ? get(ev, exports, name, site) : undefined;
}

export function hasExport(ev: Evaluator, exports: Value, name: string): boolean {
  if (name === 'default' || exports instanceof Poison) return true;
  if (!(exports instanceof JsObject)) return false;
  for (let o: JsObject | null = exports; o !== null; o = o.proto) {
    // What every object has is no export.
    if (o === ev.realm.objectPrototype || o === ev.realm.functionPrototype) return false;
    if (o.outside !== undefined || o.properties.has(name)) return true;
  }
  return false;
}

/** Parsed JSON as values. */
function adopt(ev: Evaluator, value: unknown): Value {
  ev.charge(1, undefined);
  if (Array.isArray(value)) return ev.array(value.map((element) => adopt(ev, element)));
  if (typeof value !== 'object' || value === null) return value as Value;
  const object = ev.object();
  for (const [key, child] of Object.entries(value)) object.properties.set(key, adopt(ev, child));
  return object;
}
