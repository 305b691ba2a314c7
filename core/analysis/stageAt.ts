/** A named function as a Program: its arguments give the shapes that nothing declares. What generated code begins with. */
import type { ModuleInstance } from '../evaluate/module.ts';
import { ModuleNeeded } from '../evaluate/modules/world.ts';
import { Refusal, Site, Thrown, type Value } from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import { parameterLabel } from '../source/labels.ts';
import type { Kinds } from '../stage/inputs.ts';
import { type Staged, type StageRequest, stageFunction } from '../stage/stageFunction.ts';
import { analyser, WHOLE } from './analyse.ts';
import { BadValue, type DecodeContext, decode } from './encoded.ts';
import { callOf } from './evaluateAt.ts';
import type { Arguments } from './evaluateAt.types.ts';
import { followed, isOpenData } from './followed.ts';
import type { ModuleSlice } from './model.ts';
import { accessorOf, classNamed, named } from './named.ts';
import { type Found, resolve } from './resolve.ts';
import { giveClass, sampleArguments } from './samples.ts';

export interface StageAtRequest {
  readonly module: ModuleSlice;
  /** As in `EvaluateAtRequest`. */
  readonly function: string;
  /** Absent: the types alone say what the arguments are. */
  readonly arguments?: Arguments | undefined;
  readonly steps: number;
  /** Whether arrays are of unknown lengths (`open`, the default) or have those of the arguments given. */
  readonly shapes?: 'open' | 'sample';
  /** Of which kinds arrays are whose types list several; absent: of any. */
  readonly kinds?: Kinds | undefined;
}

/** `bad`: what is wrong with the request itself. */
export type StagedAt = Staged | { readonly bad: string };

export function stageAt(request: StageAtRequest): StagedAt {
  try {
    return staged(request);
  } catch (error) {
    if (error instanceof BadValue) return { bad: error.message };
    if (error instanceof ModuleNeeded) throw error;
    const { file, statements } = request.module;
    const first = statements[0]?.key ?? 0;
    // A defect must not end in code, nor in the end of the session.
    const message = `How this function uses its arrays and objects is too involved to be followed (${String(error)}).`;
    return refused({
      id: 'GL111',
      severity: 'error',
      message,
      location: { file, statement: first, span: { start: 0, end: 0 } },
    });
  }
}

function staged(request: StageAtRequest): StagedAt {
  const { file, statements } = request.module;
  const broken = statements.find((s) => s.syntaxErrors.length > 0);
  if (broken !== undefined) {
    const { span, message } = broken.syntaxErrors[0]!;
    return refused({
      id: 'GL010',
      severity: 'error',
      message: `Syntax error: ${message}`,
      location: { file, statement: broken.key, span },
    });
  }
  const { ev } = analyser();
  const module = analyser().module(request.module);
  const found = resolve(module, statements, request.function);
  if (typeof found === 'string') return { bad: found };
  if (!('fn' in found)) return refused(found);
  const { fn, node, at, owner } = found;
  if (node === undefined) return { bad: `'${request.function}' is a built-in or a bound function.` };
  const site = new Site(at);
  const lookup = (name: string): Value => named(module, name)?.value;
  const given = request.arguments;
  let receiver: Value;
  const samples = (): readonly Value[] => {
    module.enter();
    const made = argumentsOf(module, found, request.function, given);
    receiver = made.receiver;
    return made.args;
  };
  const asked: StageRequest = {
    name: node.name ?? request.function.split('.').at(-1)!,
    node,
    at,
    reach: () => fn,
    samples,
    receiver: () => receiver,
    ...(owner === undefined ? { maker: makerOf(request.function, lookup) } : { owner }),
    giveClass: (object, name) => {
      giveClass(ev, object, classNamed(module, name), site);
      // Declarations may call a field what the class computes.
      for (const key of [...object.properties.keys()])
        if (accessorOf(object.proto, key) !== undefined) object.properties.delete(key);
    },
    steps: request.steps,
    isGiven: given !== undefined,
    shapes: request.shapes ?? 'open',
    kinds: request.kinds,
  };
  const made = stageFunction(ev, asked);
  if (!('problem' in made) || given === undefined || request.shapes !== 'sample') return made;
  const isOpen = withArguments(request, ({ args, receiver: self }) =>
    [...args, self].every((v) => isOpenData(v)),
  );
  if (isOpen !== true) return made;
  const prepare = callOf(module, { ...request, arguments: given }, found);
  const follow = followed(ev, prepare, { steps: request.steps, at });
  const path = follow && stageFunction(ev, { ...asked, follow });
  return path === undefined || 'problem' in path ? made : path;
}

interface ArgumentValues {
  readonly args: readonly Value[];
  readonly receiver: Value;
}

/** What `use` makes of the arguments of a call, in a run of its own; undefined where there are none such. */
export function withArguments<T>(
  request: Pick<StageAtRequest, 'module' | 'function' | 'arguments'>,
  use: (values: ArgumentValues, module: ModuleInstance) => T,
): T | undefined {
  const { ev } = analyser();
  const module = analyser().module(request.module);
  const found = resolve(module, request.module.statements, request.function);
  if (typeof found === 'string' || !('fn' in found)) return undefined;
  const token = ev.store.begin();
  try {
    module.enter();
    return use(argumentsOf(module, found, request.function, request.arguments), module);
  } catch (error) {
    if (error instanceof BadValue || error instanceof Refusal || error instanceof Thrown) return undefined;
    throw error;
  } finally {
    ev.store.end(token);
  }
}

/** Inside a run, with the module's variables as they are at its beginning. */
function argumentsOf(
  module: ModuleInstance,
  { node, at, statement, owner }: Found,
  name: string,
  given: Arguments | undefined,
): ArgumentValues {
  if (given === undefined || node === undefined) return { args: [], receiver: undefined };
  const { ev } = analyser();
  if (given.kind === 'encoded') {
    const lookup = (of: string): Value => named(module, of)?.value;
    const context: DecodeContext = { ev, site: new Site(at), lookup };
    const { receiver } = given;
    return {
      receiver: receiver === undefined ? undefined : decode(context, receiver, 'this', ['this'], -1).make(),
      args: given.args.map((v, i) => decode(context, v, parameterLabel(node, i), [i], i).make()),
    };
  }
  const target = { ...WHOLE, file: at.file, node, name, statement: statement.key, path: name.split('.') };
  const method = owner === undefined && name.includes('.');
  return sampleArguments(
    ev,
    module,
    statement,
    { ...target, receiver: method ? 'this' : undefined },
    given.sample,
    at,
  );
}

/** The class, or constructor, of a method by its name. */
function makerOf(name: string, lookup: (name: string) => Value): Value {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : lookup(name.slice(0, dot));
}

function refused(problem: Problem): Staged {
  return { problem, steps: 0 };
}
