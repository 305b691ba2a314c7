/** The modules that requests have run, kept by content. */
import type { Observer } from '../evaluate/compile/compiler.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { ModuleInstance } from '../evaluate/module.ts';
import { dependencies } from '../evaluate/modules/exports.ts';
import type { ModuleHost, ModuleSource } from '../evaluate/modules/host.ts';
import { World } from '../evaluate/modules/world.ts';
import type { ModuleStatement } from '../source/syntax.ts';
import type { SliceLinking } from './model.ts';

/** Worlds kept, and how many modules they may have together. */
const MOST_WORLDS = 64;
const MOST_MODULES = 4000;

interface Entry {
  readonly key: string;
  readonly host: ModuleHost;
  readonly world: World;
}

export class Worlds {
  private readonly ev: Evaluator;
  /** Most recently used last. */
  private entries: Entry[] = [];

  constructor(ev: Evaluator) {
    this.ev = ev;
  }

  /** A file's module in a world of its own: all of it has run, and before it all that it imports. */
  whole({ host, id }: SliceLinking): ModuleInstance {
    const world = this.world(host, `whole ${id}`);
    const module = world.load(id);
    if (module === undefined) throw new Error(`${id} cannot be loaded`);
    return module;
  }

  /**
   * What the statements of an open file import, run before them. Where that leads back to the file, the file's own
   * module in that world is the one to use.
   */
  around(
    { host, id }: SliceLinking,
    statements: readonly ModuleStatement[],
    observer: Observer,
  ): { readonly world: World; readonly source: ModuleSource; readonly module?: ModuleInstance } {
    const source = { ...host.describe(id), statements };
    const imports = [...dependencies(source)];
    const key = `around ${id}\0${imports.join('\0')}`;
    // What statements of an earlier text left half-way is nothing to those of this one.
    this.entries = this.entries.filter((entry) => entry.key !== key || entry.world.lost === undefined);
    const world = this.world(host, key);
    world.preload(source);
    if (!world.has(id)) return { world, source };
    this.entries = this.entries.filter((entry) => entry.world !== world);
    const cyclic = new World(this.ev, host, { id, observer });
    return { world: cyclic, source, module: cyclic.load(id)! };
  }

  private world(host: ModuleHost, key: string): World {
    const at = this.entries.findIndex((entry) => entry.key === key && entry.host === host);
    const known = this.entries[at];
    if (known !== undefined) {
      this.entries.splice(at, 1);
      if (known.world.isCurrent()) {
        this.entries.push(known);
        return known.world;
      }
    }
    const world = new World(this.ev, host);
    this.entries.push({ key, host, world });
    let modules = this.entries.reduce((sum, entry) => sum + entry.world.size, 0);
    while (this.entries.length > 1 && (this.entries.length > MOST_WORLDS || modules > MOST_MODULES))
      modules -= this.entries.shift()!.world.size;
    return world;
  }
}
