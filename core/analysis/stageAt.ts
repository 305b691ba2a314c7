/** A named function as a Program: its arguments give the shapes that nothing declares. What generated code begins with. */
import { ModuleNeeded } from '../evaluate/modules/world.ts';
import { Site, type Value } from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import { parameterLabel } from '../source/labels.ts';
import { type Staged, stageFunction } from '../stage/stageFunction.ts';
import { analyser, WHOLE } from './analyse.ts';
import { BadValue, type DecodeContext, decode } from './encoded.ts';
import type { Arguments } from './evaluateAt.types.ts';
import type { ModuleSlice } from './model.ts';
import { named } from './named.ts';
import { resolve } from './resolve.ts';
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
  const { fn, node, at, statement, owner } = found;
  if (node === undefined) return { bad: `'${request.function}' is a built-in or a bound function.` };
  const site = new Site(at);
  const lookup = (name: string): Value => named(module, name)?.value;
  const given = request.arguments;
  let receiver: Value;
  const samples = (): readonly Value[] => {
    module.enter();
    if (given === undefined) return [];
    if (given.kind === 'encoded') {
      const context: DecodeContext = { ev, site, lookup };
      if (given.receiver !== undefined)
        receiver = decode(context, given.receiver, 'this', ['this'], -1).make();
      return given.args.map((v, i) => decode(context, v, parameterLabel(node, i), [i], i).make());
    }
    const name = request.function;
    const target = { ...WHOLE, file, node, name, statement: statement.key, path: name.split('.') };
    const made = sampleArguments(
      ev,
      module,
      statement,
      { ...target, receiver: owner === undefined && name.includes('.') ? 'this' : undefined },
      given.sample,
      at,
    );
    receiver = made.receiver;
    return made.args;
  };
  return stageFunction(ev, {
    name: node.name ?? request.function.split('.').at(-1)!,
    node,
    at,
    reach: () => fn,
    samples,
    receiver: () => receiver,
    ...(owner === undefined ? {} : { owner }),
    giveClass: (object, name) => giveClass(ev, object, lookup(name), site),
    steps: request.steps,
    shapes: request.shapes ?? 'open',
  });
}

function refused(problem: Problem): Staged {
  return { problem, steps: 0 };
}
