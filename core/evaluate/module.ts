/**
 * Running the top level of a module, or the statements of it that a function depends on: functions first, then the
 * statements in order. What cannot run leaves poison in what it would have defined or changed.
 */

import type { Problem } from '../problem.ts';
import type { Location } from '../source/span.ts';
import type { FunctionNode, ImportBinding, ModuleStatement } from '../source/syntax.ts';
import type { Context, Observer } from './compile/compiler.ts';
import { compileExpression } from './compile/expressions.ts';
import { compileFunction } from './compile/functions.ts';
import { type ModuleScope, Scope, type Waiting } from './compile/scope.ts';
import { compileStatement } from './compile/statements.ts';
import type { Evaluator } from './evaluator.ts';
import { problem } from './evaluator.ts';
import { Activation, Cell, type Change, Frame } from './heap.ts';
import {
  type CommonParts,
  commonExport,
  commonParts,
  hasExport,
  importMeta,
  META,
} from './modules/commonjs.ts';
import { effectsOf, type Path, THIS } from './modules/effects.ts';
import { dependencies, type ExportTable, exportTable } from './modules/exports.ts';
import type { ModuleSource } from './modules/host.ts';
import { withLater } from './modules/later.ts';
import { commonNamespace, interopObject, namespaceObject } from './modules/namespace.ts';
import { Reach } from './modules/reach.ts';
import { addLeft } from './modules/rescue.ts';
import { applyChanges, type World } from './modules/world.ts';
import { JsObject, UNKNOWN } from './objects.ts';
import { toText } from './operators.ts';
import { get, ownKeys } from './properties.ts';
import { Poison, Refusal, Site, Thrown, UNINITIALISED, type Value } from './values.ts';

/** Objects that a statement may reach, of which it is told which they are. */
const MOST_REACHED = 20_000;

/** Whether this is `exports.x`, `module.exports` or `module.exports.x`. */
function isExport(root: string, keys: readonly string[]): boolean {
  if (root === 'exports') return keys.length === 1;
  return root === 'module' && keys[0] === 'exports' && keys.length <= 2;
}

export interface ModuleOptions {
  /** For code of ours, whose places mean nothing to the user. */
  readonly ambient?: Site | undefined;
  /** Where its imports come from; absent: it has none that can be followed. */
  readonly linking?: { readonly world: World; readonly source: ModuleSource } | undefined;
  /** `run` is called later, and what it changes is the world's to remember. */
  readonly deferred?: boolean;
}

export class ModuleInstance implements ModuleScope {
  readonly file: string;
  readonly source: ModuleSource | undefined;
  readonly statements: readonly ModuleStatement[];
  /** What could not run at load; refused only where a value depends on it. */
  readonly problems: Problem[] = [];
  state: 'new' | 'running' | 'done' = 'new';
  private readonly ev: Evaluator;
  private readonly observer: Observer | undefined;
  private readonly ambient: Site | undefined;
  private readonly world: World | undefined;
  private readonly cells = new Map<string, Cell>();
  /** Names that come from elsewhere; those looked up already are among the cells. */
  private readonly imports = new Map<string, { binding: ImportBinding; statement: number }>();
  private readonly table: ExportTable;
  private common: CommonParts | undefined;
  private prepared = false;
  settled = false;
  private lost: Poison | undefined;
  /** Why it has not run to its end, where somebody asked for it who could go on without. */
  failed: Poison | undefined;
  private commonCells: Map<string, () => void> | undefined;
  private readonly views: { namespace?: JsObject; interop?: JsObject } = {};
  /** What running it did to what was there before: the realm, which all modules share. Undone after it. */
  private readonly changes: readonly Change[];

  constructor(
    ev: Evaluator,
    file: string,
    statements: readonly ModuleStatement[],
    observer: Observer | undefined,
    options: ModuleOptions = {},
  ) {
    this.ev = ev;
    this.file = file;
    this.statements = statements;
    this.observer = observer;
    this.ambient = options.ambient;
    this.world = options.linking?.world;
    this.source = options.linking?.source;
    this.table = exportTable(statements);
    for (const statement of statements)
      for (const binding of statement.imports)
        if (binding.local !== '') this.imports.set(binding.local, { binding, statement: statement.key });
    if (options.deferred === true) {
      this.changes = [];
      return;
    }
    const token = ev.store.begin();
    try {
      this.world?.enter();
      this.prepare();
      withLater(
        ev,
        (because) => this.lose(because),
        () => this.run(),
      );
    } finally {
      this.changes = ev.store.end(token);
    }
  }

  /** Makes its variables and functions, once: in the epoch in which it is to run. */
  prepare(): void {
    if (this.prepared) return;
    this.prepared = true;
    for (const statement of this.statements) this.declare(statement);
    this.common = this.offerCommon();
    if (this.statements.some((s) => s.references.has(META)))
      this.cells.set(META, new Cell(META, importMeta(this.ev, this, this.world), false, this.ev.store.epoch));
    this.settled = true;
    for (const statement of this.statements) {
      const context = this.context(statement);
      for (const fn of statement.functions) this.runFunction(context, statement, fn);
    }
  }

  /** Runs its statements in order. */
  run(): void {
    this.state = 'running';
    const { lost } = this;
    for (const statement of this.statements) {
      if (lost === undefined) this.runStatement(this.context(statement), statement);
      // It may have run before, in what was left out.
      else this.leaveOut(statement, lost.problem, undefined, false, 0);
    }
    this.finish();
  }

  private finish(): void {
    this.state = 'done';
    for (const update of this.commonCells?.values() ?? []) update();
    this.common?.loaded();
    const because = this.lost ?? this.world?.lost;
    if (because !== undefined) this.lose(because);
  }

  /** Nothing of it is known any longer: code that was left half-way may have changed all of it. */
  lose(because: Poison): void {
    this.lost = because;
    if (this.state === 'new') return;
    const { ev } = this;
    const spoil = (cell: Cell): void => {
      ev.own(cell);
      cell.value = because;
    };
    for (const [name, cell] of this.cells) if (!this.imports.has(name)) spoil(cell);
    for (const cell of this.commonKnown.values()) spoil(cell);
    this.common?.lose(because);
  }

  /** To be called at the head of whatever runs in the module: makes what it changed of the realm so again. */
  enter(): void {
    this.world?.enter();
    applyChanges(this.ev, this.changes);
  }

  /** A variable of the module, or the one of another module that it imports. */
  cell(name: string): Cell | undefined {
    const own = this.cells.get(name);
    if (own !== undefined) return own;
    const found = this.imports.get(name);
    if (found === undefined) return undefined;
    const { binding, statement } = found;
    const location = { file: this.file, statement, span: binding.span };
    if (this.world === undefined || this.source === undefined) {
      const message = `'${name}' comes from '${binding.specifier}', which cannot be followed from here.`;
      const poison = new Poison(problem('GL011', message, location));
      return new Cell(name, poison, false, this.ev.store.epoch);
    }
    const cell = this.world.link(this.source, binding.specifier, binding.imported, location);
    this.cells.set(name, cell);
    return cell;
  }

  required(specifier: string): Value | Waiting {
    const { source, world } = this;
    if (source === undefined || world === undefined) return undefined;
    const target = world.target(source, specifier, 'require');
    if (!(target instanceof ModuleInstance)) return undefined;
    return target.state === 'new' ? (target as Waiting) : target.whole();
  }

  get specifiers(): readonly string[] {
    return this.source === undefined ? [] : [...dependencies(this.source)];
  }

  imported(name: string): boolean {
    return this.imports.has(name);
  }

  /** A module-level name's value: undefined where there is none. */
  lookup(name: string): Value | undefined {
    return this.cell(name)?.value;
  }

  /** The module of that id among those that run together. */
  beside(id: string): ModuleInstance | undefined {
    return this.source?.id === id ? this : this.world?.reach(id);
  }

  /** Evaluates an expression in module scope: annotations' values, functions that have no name of their own. */
  evaluate(statement: ModuleStatement, expression: Parameters<typeof compileExpression>[2]): Value {
    const helpers = annotationHelpers(this.ev);
    const names: ModuleScope = { file: this.file, cell: (name) => this.cell(name) ?? helpers.get(name) };
    const context = { ...this.context(statement), observer: undefined, module: names };
    if (this.lost !== undefined) return this.lost;
    const scope = this.scope(statement);
    const value = compileExpression(context, scope, expression);
    return value(this.frame(scope));
  }

  /** A closure of a function that stands by itself at the top level. */
  closure(statement: ModuleStatement, node: FunctionNode, observer: Observer | undefined): Value {
    if (this.lost !== undefined) return this.lost;
    const scope = this.scope(statement);
    return compileFunction({ ...this.context(statement), observer }, scope, node)(this.frame(scope));
  }

  // ───────────────────────────── exports ─────────────────────────────

  /** It is what it sets `module.exports` to (or `export =`), and not a set of variables. */
  get isCommon(): boolean {
    const isCommon = this.source === undefined ? this.common !== undefined : this.source.format !== 'esm';
    return isCommon || this.table.bindings.has('export=');
  }

  /** What `module.exports` is now; of `export =` its value. */
  get exports(): Value {
    if (this.common !== undefined) return this.common.exports();
    return this.table.bindings.has('export=') ? this.lookup('export=') : undefined;
  }

  /** What another file gets under this name: undefined where it gets nothing. */
  exported(name: string): Value | undefined {
    try {
      const cell = this.isCommon ? this.commonCell(name, false) : this.exportCell(name);
      return cell?.value === UNINITIALISED ? undefined : cell?.value;
    } catch (error) {
      const failure = failureOf(this.ev, error, undefined);
      if (failure === undefined) throw error;
      return new Poison(failure);
    }
  }

  /** The variable behind an export of an ES module. */
  exportCell(name: string, seen = new Set<ModuleInstance>()): Cell | undefined {
    const binding = this.table.bindings.get(name);
    if (binding?.from !== undefined) {
      const { specifier, imported } = binding.from;
      return this.source && this.world?.link(this.source, specifier, imported, this.head());
    }
    if (binding?.local !== undefined) {
      if (!this.imports.has(binding.local)) this.world?.need(this);
      return this.cell(binding.local);
    }
    if (name === 'default' || seen.has(this)) return undefined;
    seen.add(this);
    for (const target of this.starred()) {
      const cell = target.isCommon ? target.commonCell(name, true) : target.exportCell(name, seen);
      if (cell !== undefined) return cell;
    }
    return undefined;
  }

  /** All names it exports, those of `export *` included. */
  exportNames(seen = new Set<ModuleInstance>()): Set<string> {
    if (seen.has(this)) return new Set();
    seen.add(this);
    const names = new Set(this.table.bindings.keys());
    for (const target of this.starred()) {
      const found = target.isCommon ? target.commonNames() : target.exportNames(seen);
      for (const name of found) if (name !== 'default') names.add(name);
    }
    return names;
  }

  private starred(): ModuleInstance[] {
    const { source, world } = this;
    if (source === undefined || world === undefined) return [];
    return this.table.stars.flatMap((specifier) => {
      const target = world.target(source, specifier, 'import');
      return target instanceof ModuleInstance ? [target] : [];
    });
  }

  /** The names of what a CommonJS module exports. */
  commonNames(): string[] {
    this.world?.need(this);
    const { exports } = this;
    if (!(exports instanceof JsObject) || exports.properties.has(UNKNOWN)) return [];
    return ownKeys(exports, true);
  }

  /**
   * A variable that holds a property of `module.exports`, for ES modules; `native`: Node's own rule for `default`.
   * While the module runs (in a cycle) it is not there yet.
   */
  commonCell(name: string, native: boolean): Cell | undefined {
    this.world?.need(this);
    const key = name === 'default' && native ? 'default!' : name;
    this.commonCells ??= new Map();
    const known = this.commonKnown.get(key);
    if (known !== undefined) return known;
    const { ev } = this;
    const cell = new Cell(name, UNINITIALISED, false, ev.store.epoch);
    const update = (): void => {
      const { exports } = this;
      cell.value = commonExport(ev, exports, name, native, this.site());
    };
    if (this.state === 'done') update();
    else this.commonCells.set(key, update);
    const isThere = cell.value !== undefined || hasExport(ev, this.exports, name);
    if (!isThere) return undefined;
    this.commonKnown.set(key, cell);
    return cell;
  }
  private readonly commonKnown = new Map<string, Cell>();

  /** The module as `import * as` gives it. */
  namespace(): JsObject {
    this.views.namespace ??= this.isCommon
      ? commonNamespace(this.ev, this, this.site())
      : namespaceObject(this.ev, this, this.site());
    return this.views.namespace;
  }

  /** The module as `require` gives it. */
  whole(): Value {
    if (this.isCommon) return this.exports;
    this.views.interop ??= interopObject(this.ev, this, this.site());
    return this.views.interop;
  }

  private head(): Location {
    return { file: this.file, statement: this.statements[0]?.key ?? -1, span: { start: 0, end: 0 } };
  }

  private site(): Site {
    return new Site(this.head());
  }

  // ───────────────────────────── running ─────────────────────────────

  private context(statement: ModuleStatement): Context {
    return {
      ev: this.ev,
      module: this,
      file: this.file,
      statement: statement.key,
      observer: this.observer,
      ambient: this.ambient,
    };
  }

  private scope(statement: ModuleStatement): Scope {
    return new Scope(
      this,
      { size: 1, parent: undefined, function: true },
      undefined,
      statement.strict,
      false,
      false,
    );
  }

  private frame(scope: Scope): Frame {
    const slots = new Array<Value>(scope.layout.size).fill(UNINITIALISED);
    slots[0] = undefined;
    const standalone = scope.strict ? undefined : this.ev.realm.globalThis;
    const self = this.source === undefined ? standalone : this.common?.first;
    return new Frame(slots, null, new Activation(self, null, [], undefined), this.ev.store.epoch);
  }

  private declare(statement: ModuleStatement): void {
    const { epoch } = this.ev.store;
    for (const { name, mode } of statement.declares) {
      if (this.cells.has(name)) continue;
      const value = mode === 'var' || mode === 'function' ? undefined : UNINITIALISED;
      this.cells.set(name, new Cell(name, value, mode !== 'const', epoch));
    }
  }

  /** CommonJS: `module`, `exports`, `require` and what else the file finds around itself, where it has none of its own. */
  private offerCommon(): CommonParts | undefined {
    const { ev, source, world } = this;
    const used = (name: string) => this.statements.some((s) => s.references.has(name));
    const names = ['module', 'exports', 'require'].filter((name) => !this.cells.has(name) && used(name));
    const isCommon =
      source === undefined ? names.includes('module') || names.includes('exports') : source.format !== 'esm';
    // TypeScript and bundlers let an ES module call `require`.
    const offers = isCommon || (source !== undefined && !source.native && names.includes('require'));
    if (!offers) return undefined;
    const parts = commonParts(ev, this, world);
    for (const [name, value] of parts.names) {
      if (!isCommon && name !== 'require') continue;
      if (!this.cells.has(name)) this.cells.set(name, new Cell(name, value, true, ev.store.epoch));
    }
    return isCommon ? parts : undefined;
  }

  private runFunction(context: Context, statement: ModuleStatement, fn: FunctionNode): void {
    const cell = this.cells.get(fn.name ?? '');
    if (cell === undefined) return;
    const scope = this.scope(statement);
    cell.value = compileFunction(context, scope, fn, { declaration: true })(this.frame(scope));
  }

  private runStatement(context: Context, statement: ModuleStatement): void {
    if (statement.statements.length === 0) return;
    const { ev } = this;
    const scope = this.scope(statement);
    let failure: Problem | undefined;
    let left: unknown;
    const { depth, handlers } = ev;
    const since = ev.given?.length ?? 0;
    try {
      const execute = statement.statements.map((s) => compileStatement(context, scope, s));
      const frame = this.frame(scope);
      for (const e of execute) e(frame);
    } catch (error) {
      failure = failureOf(ev, error, {
        file: this.file,
        statement: statement.key,
        span: { start: 0, end: 0 },
      });
      if (failure === undefined) throw error;
      left = error;
      ev.depth = depth;
      ev.handlers = handlers;
    }
    // Whoever asks for the module may go on without what follows.
    if (failure !== undefined) this.leaveOut(statement, failure, left, handlers > 0, since);
    if (ev.given !== undefined) ev.given.length = since;
  }

  private leaveOut(
    statement: ModuleStatement,
    failure: Problem,
    left: unknown,
    caught: boolean,
    since: number,
  ): void {
    const { ev } = this;
    this.problems.push(failure);
    if (caught && left instanceof Thrown) this.fail(left, new Poison(failure));
    if (failure.id === 'GL012') this.world?.goOn();
    const reach = new Reach(ev, MOST_REACHED);
    const spoiled = reach.unknown(failure);
    for (const { name, mode } of statement.declares) {
      const cell = this.cells.get(name)!;
      if (mode === 'function') continue;
      reach.keep(cell.value);
      cell.value = spoiled;
    }
    this.common?.spoil(statement, spoiled);
    // It may have stopped halfway through changing what it names, or what the functions that it names do.
    const effects = effectsOf(statement);
    reach.start(() => {
      const skips = ({ root, keys, use }: Path): boolean =>
        use === 'write' && this.common?.names.has(root) === true && isExport(root, keys);
      const self = this.common?.first ?? (statement.strict ? undefined : ev.realm.globalThis);
      const find = (name: string) => (name === THIS ? { value: self } : reach.inModule(this, name));
      reach.code(effects, this, find, skips);
      if (caught) for (const one of this.following(statement)) reach.code(effectsOf(one), this, find, skips);
      addLeft(reach, left, since);
      reach.patches();
    });
    if (!reach.lost) {
      if (statement.effects) reach.spoil(spoiled);
      else reach.hold();
    } else {
      this.lose(spoiled);
      this.world?.lose(spoiled);
    }
    if (caught) this.fail(new Refusal(failure), spoiled);
  }

  private following(statement: ModuleStatement): readonly ModuleStatement[] {
    return this.statements.slice(this.statements.indexOf(statement) + 1);
  }

  /** It ends here, and a `try` around what asked for it goes on. */
  fail(error: Refusal | Thrown, because: Poison): never {
    this.failed = because;
    this.lost ??= because;
    this.finish();
    throw error;
  }
}

/** What annotations' values can call besides the module's own: linspace(a, b, n) and fill(value, n). */
function annotationHelpers(ev: Evaluator): Map<string, Cell> {
  const numbers = (args: readonly Value[]): number[] => {
    if (!args.every((a) => typeof a === 'number')) ev.throwError('TypeError', 'numbers are expected here');
    return args as number[];
  };
  const count = (n: number | undefined): number => {
    if (n === undefined || !Number.isInteger(n) || n < 0)
      ev.throwError('RangeError', 'the number of elements is a whole number');
    ev.charge(n, undefined);
    return n;
  };
  const linspace = ev.native('linspace', (_self, args) => {
    const [a, b, n] = numbers(args);
    const size = count(n);
    // Both ends exactly; a single element is the start.
    const at = (i: number) => (i === 0 ? a! : i === size - 1 ? b! : a! + ((b! - a!) * i) / (size - 1));
    return ev.array(Array.from({ length: size }, (_, i) => at(i)));
  });
  const fill = ev.native('fill', (_self, [value, n]) => {
    const size = count(numbers([n])[0]);
    return ev.array(new Array<Value>(size).fill(value));
  });
  return new Map([
    ['linspace', new Cell('linspace', linspace, false, ev.store.epoch)],
    ['fill', new Cell('fill', fill, false, ev.store.epoch)],
  ]);
}

/** The problem behind a host exception, or undefined where it is a defect of ours. */
export function failureOf(ev: Evaluator, error: unknown, location: Problem['location']): Problem | undefined {
  if (error instanceof Refusal)
    return error.problem.location === undefined ? { ...error.problem, location } : error.problem;
  if (error instanceof Thrown) {
    return problem(
      'GL013',
      `This throws here: ${describeThrown(ev, error.value)}`,
      error.site?.location ?? location,
    );
  }
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return problem('GL012', 'The recursion went too deep here.', ev.current?.location ?? location);
  }
  return undefined;
}

function describeThrown(ev: Evaluator, value: Value): string {
  const site = new Site({ file: '', statement: -1, span: { start: 0, end: 0 } });
  try {
    if (value instanceof JsObject) {
      const name = toText(ev, get(ev, value, 'name', site), site);
      const message = toText(ev, get(ev, value, 'message', site), site);
      const head = typeof name === 'string' && name !== 'undefined' ? name : 'an exception';
      return typeof message === 'string' && message !== '' && message !== 'undefined'
        ? `${head}: ${message}`
        : head;
    }
    const text = toText(ev, value, site);
    return typeof text === 'string' ? text : 'an exception';
  } catch {
    return 'an exception';
  }
}
