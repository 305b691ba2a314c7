/**
 * The modules that run together: each runs once, before what imports it, outside of any request. What a request finds
 * that it needs and that has not run yet is loaded between two attempts (ModuleNeeded).
 */
import type { Problem } from '../../problem.ts';
import type { Location } from '../../source/span.ts';
import type { Observer } from '../compile/compiler.ts';
import { type Evaluator, problem } from '../evaluator.ts';
import { Cell, type Change, restoreShared } from '../heap.ts';
import { failureOf, ModuleInstance } from '../module.ts';
import { JsObject } from '../objects.ts';
import { get } from '../properties.ts';
import { Poison, Refusal, Site, Thrown, type Value } from '../values.ts';
import { builtinModule } from './builtins.ts';
import { dependencies } from './exports.ts';
import type { ModuleHost, ModuleSource, Resolution } from './host.ts';
import { withLater } from './later.ts';
import { installText } from './text.ts';

/** Thrown through a request that needs a module that has not run. Only `World.load` can serve it. */
export class ModuleNeeded {
  readonly world: World;
  readonly id: string;
  constructor(world: World, id: string) {
    this.world = world;
    this.id = id;
  }
}

/** Runs something that may need modules, as often as one turns up. */
export function withModules<T>(attempt: () => T): T {
  for (let last: string | undefined; ; ) {
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof ModuleNeeded)) throw error;
      if (error.id === last) throw new Error(`${error.id} is needed again after it was loaded`);
      last = error.id;
      error.world.load(error.id);
    }
  }
}

export function applyChanges(ev: Evaluator, changes: readonly Change[]): void {
  for (const { container, after } of changes) {
    ev.own(container);
    restoreShared(container, after);
  }
}

/** Modules that may spend all their steps, of those loaded together. */
const MOST_SHARES = 3;
/** Steps of a statement after one that spent its module's. */
const STEPS_AFTER = 10_000;

/** What a specifier leads to: a module, one of Node's own, or nothing. */
type Target = ModuleInstance | JsObject | Problem['message'];

export class World {
  readonly host: ModuleHost;
  private readonly ev: Evaluator;
  private readonly instances = new Map<string, ModuleInstance>();
  private readonly missing = new Set<string>();
  private readonly resolutions = new Map<string, Resolution>();
  private readonly builtins = new Map<string, JsObject>();
  private readonly observed: { readonly id: string; readonly observer: Observer } | undefined;
  private readonly changes: Change[] = [];
  private depth = 0;
  /** Why nothing is known of any of them. */
  lost: Poison | undefined;
  /** Steps that all modules loaded together may take. */
  private limit = 0;
  private checked: number;

  constructor(
    ev: Evaluator,
    host: ModuleHost,
    observed?: { readonly id: string; readonly observer: Observer },
  ) {
    this.ev = ev;
    this.host = host;
    this.observed = observed;
    this.checked = host.generation;
    installText(ev, (text) => host.read(text));
  }

  get size(): number {
    return this.instances.size;
  }

  /** The files it has read. */
  files(): IterableIterator<string> {
    return this.instances.keys();
  }

  has(id: string): boolean {
    return this.instances.has(id);
  }

  /** Whether every file is as it was, and every specifier leads where it led. */
  isCurrent(): boolean {
    const { host } = this;
    if (host.generation === this.checked) return true;
    for (const [id, instance] of this.instances) if (host.load(id) !== instance.source) return false;
    for (const id of this.missing) if (host.load(id) !== undefined) return false;
    for (const [key, was] of this.resolutions) {
      const [from, how, specifier] = key.split('\0') as [string, 'import' | 'require', string];
      if (!sameResolution(host.resolve(from, specifier, how), was)) return false;
    }
    this.checked = host.generation;
    return true;
  }

  /** Makes what its modules changed of the realm so again: to be called at the head of whatever uses them. */
  enter(): void {
    applyChanges(this.ev, this.changes);
  }

  /** Runs a module and what it imports, if it has not run. Not to be called within a request. */
  load(id: string): ModuleInstance | undefined {
    const known = this.instances.get(id);
    if (known?.state === 'done') return known;
    return this.outside(() => {
      const instance = this.instance(id);
      if (instance !== undefined) this.evaluate(instance);
      return instance;
    });
  }

  /** Runs what a module imports, in order. */
  preload(source: ModuleSource): void {
    this.outside(() => this.evaluateDependencies(source));
  }

  /** Work outside of any request: what it changes of what was there before is remembered. */
  private outside<T>(work: () => T): T {
    const { ev } = this;
    if (this.depth > 0) return work();
    const { budget } = ev;
    this.limit = MOST_SHARES * this.host.steps;
    ev.budget = { ...budget, steps: this.limit };
    ev.steps = 0;
    ev.cells = 0;
    ev.depth = 0;
    ev.handlers = 0;
    const around = ev.store.begin();
    try {
      this.enter();
      const token = ev.store.begin();
      this.depth++;
      try {
        return withLater(ev, (because) => this.lose(because), work);
      } finally {
        this.depth--;
        this.changes.push(...ev.store.end(token));
      }
    } finally {
      ev.store.end(around);
      ev.current = undefined;
      ev.budget = budget;
    }
  }

  // ───────────────────────────── modules ─────────────────────────────

  private instance(id: string): ModuleInstance | undefined {
    const known = this.instances.get(id);
    if (known !== undefined) return known;
    const source = this.host.load(id);
    if (source === undefined) {
      this.missing.add(id);
      return undefined;
    }
    const observer = this.observed?.id === id ? this.observed.observer : undefined;
    const made = new ModuleInstance(this.ev, source.file, source.statements, observer, {
      linking: { world: this, source },
      deferred: true,
    });
    this.instances.set(id, made);
    // What is made within a request would be of the request.
    if (this.depth > 0) made.prepare();
    return made;
  }

  private evaluate(instance: ModuleInstance): void {
    if (instance.state !== 'new') return;
    instance.state = 'running';
    instance.prepare();
    if (instance.source?.format === 'esm') this.evaluateImports(instance, instance.source);
    const { ev } = this;
    const { budget, steps } = ev;
    // A module that does not end leaves their shares to the others.
    ev.budget = { ...budget, steps: Math.min(steps + this.host.steps, this.limit) };
    try {
      instance.run();
    } finally {
      ev.budget = { ...budget, steps: budget.steps + (ev.steps - steps) };
    }
    ev.progress();
  }

  private evaluateImports(instance: ModuleInstance, source: ModuleSource): void {
    try {
      this.evaluateDependencies(source);
    } catch (error) {
      const why = failureOf(this.ev, error, undefined);
      if (why === undefined || !(error instanceof Refusal || error instanceof Thrown)) throw error;
      const because = new Poison(why);
      // What it would have done is not looked into.
      if (error instanceof Refusal) this.lose(because);
      instance.fail(error, because);
    }
  }

  /** Code that was left half-way may have changed what all modules use. */
  lose(because: Poison): void {
    this.lost ??= because;
    for (const instance of this.instances.values()) instance.lose(this.lost);
  }

  /** A statement has spent its module's steps: a few for each of those that follow. */
  goOn(): void {
    const { ev } = this;
    const wanted = Math.min(ev.steps + STEPS_AFTER, this.limit);
    if (this.depth > 0 && ev.budget.steps < wanted) ev.budget = { ...ev.budget, steps: wanted };
  }

  private evaluateDependencies(source: ModuleSource): void {
    for (const specifier of dependencies(source)) {
      const target = this.target(source, specifier, 'import');
      if (target instanceof ModuleInstance && target.source?.quiet !== true) this.evaluate(target);
    }
  }

  /** A module by its id, which has run; undefined where there is none. */
  reach(id: string): ModuleInstance | undefined {
    const instance = this.instance(id);
    if (instance !== undefined) this.need(instance);
    return instance;
  }

  /** Sees to it that a module has run, or is running (in a cycle). */
  need(instance: ModuleInstance): void {
    // Where it is asked for again, it fails again, or does not.
    if (instance.failed !== undefined) this.ev.mayThrow(instance.failed);
    if (instance.state !== 'new' || instance.source === undefined) return;
    if (this.depth === 0) throw new ModuleNeeded(this, instance.source.id);
    this.evaluate(instance);
  }

  /** What a specifier leads to, not run yet; a message where it leads nowhere. */
  target(from: ModuleSource, specifier: string, how: 'import' | 'require'): Target {
    const key = `${from.id}\0${how}\0${specifier}`;
    const resolution = this.resolutions.get(key) ?? this.host.resolve(from.id, specifier, how);
    this.resolutions.set(key, resolution);
    if (resolution.kind === 'missing') return resolution.message;
    if (resolution.kind === 'builtin') return this.builtin(resolution.name);
    return (
      this.instance(resolution.id) ?? `'${specifier}' is no source text: what it gives cannot be followed.`
    );
  }

  private builtin(name: string): JsObject {
    let made = this.builtins.get(name);
    if (made === undefined) {
      made = builtinModule(this.ev, name);
      this.builtins.set(name, made);
    }
    return made;
  }

  // ───────────────────────────── linking ─────────────────────────────

  /** The variable behind an import. */
  link(from: ModuleSource, specifier: string, imported: string, location: Location): Cell {
    const { ev } = this;
    const constant = (value: Value): Cell => new Cell(imported, value, false, ev.store.epoch);
    const target = this.target(from, specifier, 'import');
    if (typeof target === 'string') return constant(new Poison(problem('GL011', target, location)));
    const whole = imported === '*' || imported === 'export=';
    if (!(target instanceof ModuleInstance)) {
      if (whole || imported === 'default') return constant(target);
      return constant(get(ev, target, imported, new Site(location)));
    }
    if (imported === 'export=') {
      this.need(target);
      return constant(target.whole());
    }
    if (imported === '*') return constant(this.namespaceOf(target));
    const cell = target.isCommon ? target.commonCell(imported, from.native) : target.exportCell(imported);
    if (cell !== undefined) return cell;
    // What transpilers make of it reads a property that is not there.
    if (target.isCommon && !from.native) return constant(undefined);
    const message = `'${specifier}' has no export '${imported}'.`;
    return constant(new Poison(problem('GL011', message, location)));
  }

  private namespaceOf(target: ModuleInstance): JsObject {
    if (target.isCommon) this.need(target);
    return target.namespace();
  }

  /** What `require` gives. */
  require(from: ModuleSource, specifier: string, at: Site): Value {
    const { ev } = this;
    const target = this.target(from, specifier, 'require');
    if (typeof target === 'string') {
      // A program may ask for what is optional, and go on without.
      if (ev.handlers === 0) return ev.poison('GL011', target, at.location);
      const error = new JsObject(ev.realm.errorPrototypes.Error, ev.store.epoch, 'Error');
      error.properties.set('message', `Cannot find module '${specifier}'`);
      error.properties.set('code', 'MODULE_NOT_FOUND');
      throw new Thrown(error, at);
    }
    if (!(target instanceof ModuleInstance)) return target;
    this.need(target);
    return target.whole();
  }
}

function sameResolution(a: Resolution, b: Resolution): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'file') return a.id === (b as typeof a).id;
  return a.kind !== 'builtin' || a.name === (b as typeof a).name;
}
