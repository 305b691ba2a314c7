/**
 * Running the top level of a module, or the statements of it that a function depends on: functions first, then the
 * statements in order. What cannot run leaves poison in what it would have defined or changed.
 */

import type { Problem } from '../problem.ts';
import type { FunctionNode, ModuleStatement } from '../source/syntax.ts';
import type { Context, Observer } from './compile/compiler.ts';
import { compileExpression } from './compile/expressions.ts';
import { compileFunction } from './compile/functions.ts';
import { type ModuleScope, Scope } from './compile/scope.ts';
import { compileStatement } from './compile/statements.ts';
import type { Evaluator } from './evaluator.ts';
import { problem } from './evaluator.ts';
import { Activation, Cell, type Change, Frame, restoreShared } from './heap.ts';
import { JsFunction, JsObject } from './objects.ts';
import { toText } from './operators.ts';
import { get } from './properties.ts';
import { Poison, Refusal, Site, Thrown, UNINITIALISED, type Value } from './values.ts';

export class ModuleInstance implements ModuleScope {
  readonly file: string;
  /** What could not run at load; refused only where a value depends on it. */
  readonly problems: Problem[] = [];
  private readonly ev: Evaluator;
  private readonly cells = new Map<string, Cell>();

  private readonly ambient: Site | undefined;
  private readonly statements: readonly ModuleStatement[];
  /** What running it did to what was there before: the realm, which all modules share. Undone after it. */
  private readonly changes: readonly Change[];

  constructor(
    ev: Evaluator,
    file: string,
    statements: readonly ModuleStatement[],
    observer: Observer | undefined,
    ambient?: Site,
  ) {
    this.ambient = ambient;
    this.statements = statements;
    this.ev = ev;
    this.file = file;
    const token = ev.store.begin();
    try {
      for (const statement of statements) this.declare(statement);
      this.offerExports(statements);
      for (const statement of statements) {
        const context = this.context(statement, observer);
        for (const fn of statement.functions) this.runFunction(context, statement, fn);
      }
      for (const statement of statements) this.run(this.context(statement, observer), statement);
    } finally {
      this.changes = ev.store.end(token);
    }
  }

  /** To be called at the head of whatever runs in the module: makes what it changed of the realm so again. */
  enter(): void {
    for (const { container, after } of this.changes) {
      this.ev.own(container);
      restoreShared(container, after);
    }
  }

  cell(name: string): Cell | undefined {
    return this.cells.get(name);
  }

  /** A module-level name's value: undefined where there is none. */
  lookup(name: string): Value | undefined {
    return this.cells.get(name)?.value;
  }

  /** Evaluates an expression in module scope: annotations' values, functions that have no name of their own. */
  evaluate(statement: ModuleStatement, expression: Parameters<typeof compileExpression>[2]): Value {
    const helpers = annotationHelpers(this.ev);
    const names: ModuleScope = { file: this.file, cell: (name) => this.cells.get(name) ?? helpers.get(name) };
    const context = { ...this.context(statement, undefined), module: names };
    const scope = this.scope(statement);
    const value = compileExpression(context, scope, expression);
    return value(this.frame(scope));
  }

  /** A closure of a function that stands by itself at the top level. */
  closure(statement: ModuleStatement, node: FunctionNode, observer: Observer | undefined): Value {
    const scope = this.scope(statement);
    return compileFunction(this.context(statement, observer), scope, node)(this.frame(scope));
  }

  private context(statement: ModuleStatement, observer: Observer | undefined): Context {
    return {
      ev: this.ev,
      module: this,
      file: this.file,
      statement: statement.key,
      observer,
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
    return new Frame(
      slots,
      null,
      new Activation(scope.strict ? undefined : this.ev.realm.globalThis, null, [], undefined),
      this.ev.store.epoch,
    );
  }

  private declare(statement: ModuleStatement): void {
    const { epoch } = this.ev.store;
    for (const { name, mode } of statement.declares) {
      if (this.cells.has(name)) continue;
      const value = mode === 'var' || mode === 'function' ? undefined : UNINITIALISED;
      this.cells.set(name, new Cell(name, value, mode !== 'const', epoch));
    }
    for (const binding of statement.imports) {
      const message = `'${binding.local}' comes from '${binding.specifier}': values imported from other files are not followed yet.`;
      const location = { file: this.file, statement: statement.key, span: binding.span };
      this.cells.set(
        binding.local,
        new Cell(binding.local, new Poison(problem('GL011', message, location)), false, epoch),
      );
    }
  }

  /** CommonJS: `module` and `exports`, where the file uses them and has none of its own. */
  private offerExports(statements: readonly ModuleStatement[]): void {
    const used = (name: string) => !this.cells.has(name) && statements.some((s) => s.references.has(name));
    if (!used('module') && !used('exports')) return;
    const { ev } = this;
    const exports = ev.object();
    const module = ev.object();
    module.properties.set('exports', exports);
    for (const [name, value] of [
      ['module', module],
      ['exports', exports],
    ] as const) {
      if (!this.cells.has(name)) this.cells.set(name, new Cell(name, value, true, ev.store.epoch));
    }
  }

  /** What `module.exports` is after the module has run. */
  get exports(): Value {
    const module = this.cells.get('module')?.value;
    return module instanceof JsObject ? (module.properties.get('exports') as Value) : undefined;
  }

  private runFunction(context: Context, statement: ModuleStatement, fn: FunctionNode): void {
    const cell = this.cells.get(fn.name ?? '');
    if (cell === undefined) return;
    const scope = this.scope(statement);
    cell.value = compileFunction(context, scope, fn, { declaration: true })(this.frame(scope));
  }

  private run(context: Context, statement: ModuleStatement): void {
    if (statement.statements.length === 0) return;
    const { ev } = this;
    const scope = this.scope(statement);
    let failure: Problem | undefined;
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
    }
    if (failure === undefined) return;
    this.problems.push(failure);
    const spoiled = new Poison(failure);
    for (const { name, mode } of statement.declares) {
      const cell = this.cells.get(name)!;
      if (mode !== 'function') cell.value = spoiled;
    }
    // It may have stopped halfway through changing what it names, or what the functions that it names do.
    if (!statement.effects) return;
    for (const name of this.reachableFrom(statement)) {
      const cell = this.cells.get(name);
      if (cell === undefined) continue;
      // A function's own code stays what it is.
      if (cell.value instanceof JsFunction) continue;
      if (cell.mutable || cell.value instanceof JsObject) cell.value = spoiled;
    }
  }

  /** The names that a statement refers to, by way of what those declare too. */
  private reachableFrom(statement: ModuleStatement): Set<string> {
    const names = new Set<string>();
    const waiting = [...statement.references];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (names.has(name)) continue;
      names.add(name);
      for (const other of this.statements) {
        if (other.declares.some((d) => d.name === name)) waiting.push(...other.references);
      }
    }
    return names;
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
