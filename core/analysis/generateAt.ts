/** The derivative of a named function of a file as source code. */
import type { LeafPath, Sample } from '../annotations/annotation.ts';
import { generateDerivative } from '../generate/derivative.ts';
import type { GenerateAnswer, GeneratedShape, GenerateRequest, InputPath } from '../generate/request.ts';
import type { Program } from '../program/program.ts';
import type { FunctionNode } from '../source/syntax.ts';
import { analyser } from './analyse.ts';
import { HeldAt } from './holdAt.ts';
import type { ModuleSlice } from './model.ts';
import { cannotStay, lengthsOf, ownOf } from './ownParameters.ts';
import { remarksOf, type TextOf } from './remarks.ts';
import { resolve } from './resolve.ts';
import { stageForCode, takenForNumbers } from './stageForCode.ts';
import { type TypeNames, userTypesOf } from './userTypes.ts';

export interface GenerateAtRequest
  extends Omit<GenerateRequest, 'wrt' | 'parameters' | 'constants' | 'lengths' | 'remarks'> {
  readonly module: ModuleSlice;
  /** As in `EvaluateAtRequest`. */
  readonly function: string;
  /** For shapes that nothing declares. */
  readonly sample?: Sample | undefined;
  readonly wrt?: readonly LeafPath[] | undefined;
  /** Whether arrays are of any lengths (`open`, the default), or all is as it is at the sample. */
  readonly shape?: GeneratedShape | undefined;
  /** How the shape at the sample is chosen: told where nothing else can be generated. */
  readonly sampleHint?: string;
  readonly steps: number;
  /** Absent: comments do not carry over. */
  readonly textOf?: TextOf | undefined;
  /** The types that are known where the code is to stand. */
  readonly typeNames?: TypeNames | undefined;
}

/** `bad`: what is wrong with the request itself. To be called inside `withModules`. */
export function generateAt(request: GenerateAtRequest): GenerateAnswer | { readonly bad: string } {
  const { module, sample, wrt, steps, textOf, typeNames, shape = 'open', sampleHint, ...how } = request;
  if (shape === 'sample' && sample === undefined) return { bad: NO_SAMPLE };
  const stage = (shapes: GeneratedShape) =>
    stageForCode({
      module,
      function: request.function,
      arguments: sample && { kind: 'sample', sample },
      steps,
      shapes,
    });
  const staged = stage(shape);
  if ('bad' in staged) return staged;
  const resolved = resolve(analyser().module(module), module.statements, request.function);
  const found = typeof resolved === 'object' && 'fn' in resolved ? resolved : undefined;
  const node = found?.node;
  if ('problem' in staged) {
    const { problem } = staged;
    if (sample === undefined && problem.id !== 'GL111' && node !== undefined)
      return { kind: 'refused', problem: { ...problem, message: problem.message + takenForNumbers(node) } };
    const isOpen =
      shape === 'open' && sample !== undefined && sampleHint !== undefined && problem.id === 'GL111';
    if (!isOpen || !('program' in stage('sample'))) return { kind: 'refused', problem };
    const message = `${problem.message} For the shape at the sample alone it can be generated: ${sampleHint}.`;
    return { kind: 'refused', problem: { ...problem, message } };
  }
  const { program, assumptions } = staged;
  if (found === undefined || node === undefined)
    return { bad: `The file has no function '${request.function}'.` };
  const fixed = cannotStay(node, assumptions, program, request.function, shape);
  if (fixed !== undefined)
    return {
      kind: 'refused',
      problem: { id: 'GL111', severity: 'error', message: fixed, location: found.at },
    };
  const paths: InputPath[] = [];
  for (const path of wrt ?? []) {
    const chosen = pathsOf(path, node, program);
    if (chosen === undefined) return { bad: `${request.function} has no parameter '${path.root}'.` };
    paths.push(...chosen);
  }
  const lengths = new Map(
    assumptions.flatMap((a) => (a.kind === 'length' ? [[a.path.join(' '), a.length]] : [])),
  );
  const subject = { module, function: request.function, program, at: found.at, wrt, steps, shape, lengths };
  const held = new HeldAt(subject, how.kind, node);
  const wrong = held.prepare(sample && { kind: 'sample', sample, wrt });
  if (wrong !== undefined) return { kind: 'refused', problem: wrong };
  const options = {
    ...how,
    wrt: wrt && paths,
    ...ownOf(node, assumptions),
    ...(shape === 'sample' ? { lengths: lengthsOf(assumptions) } : {}),
    remarks: textOf === undefined ? [] : remarksOf(module, program, textOf),
    types: typeNames === undefined ? [] : userTypesOf(node, textOf?.(found.at.statement) ?? '', typeNames),
  };
  const answer = generateDerivative(program, options, held);
  if (answer.kind === 'generated') return answer;
  const message = answer.problem.message + (sample === undefined ? takenForNumbers(node) : '');
  return { ...answer, problem: { location: found.at, ...answer.problem, message } };
}

const NO_SAMPLE = 'Code for the shape at a sample needs one: give the arguments of a call.';

/** What a path of an annotation names: one of the parameters, or each of those that a rest parameter gathers. */
function pathsOf(path: LeafPath, node: FunctionNode, program: Program): InputPath[] | undefined {
  const keys = path.keys.at(-1) === '*' ? path.keys.slice(0, -1) : path.keys;
  if (path.root === 'this') return [['this', ...keys]];
  const index = path.root.startsWith('#')
    ? Number(path.root.slice(1)) - 1
    : node.parameters.findIndex((p) => p.name === path.root);
  const parameter = node.parameters[index];
  if (parameter === undefined) return undefined;
  const { parameters } = program.functions[program.entry]!;
  if (!parameter.rest || parameters.some((p) => p.rest)) return [[index, ...keys]];
  const [first, ...others] = keys;
  if (first !== undefined) return [[index + Number(first), ...others]];
  const roots = program.functions[program.entry]!.parameters.map((p) => p.path[0]!);
  return [...new Set(roots)]
    .filter((root) => typeof root === 'number' && root >= index)
    .map((root) => [root]);
}
