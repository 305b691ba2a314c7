import { Analyser } from '../../core/analysis/analyse.ts';
import { get } from '../../core/evaluate/properties.ts';
import { Site } from '../../core/evaluate/values.ts';
import type { Program } from '../../core/program/program.ts';
import type { Shapes } from '../../core/stage/inputs.ts';
import { type Staged, stageFunction } from '../../core/stage/stageFunction.ts';
import { literal, targetOf } from './source.ts';

/** Stages one function of a text; sample arguments, where given, provide shapes. */
export function stageText(
  text: string,
  name: string,
  samples: readonly unknown[] = [],
  raw = false,
  shapes: Shapes = 'elements',
): Staged {
  const analyser = new Analyser();
  const { slice, target } = targetOf(text, name);
  const module = analyser.module(slice);
  const at = { file: 'test.ts', statement: 1, span: target.nameSpan };
  return stageFunction(analyser.ev, {
    name,
    node: target.node,
    at,
    reach: () =>
      target.path
        .slice(1)
        .reduce((v, key) => get(analyser.ev, v, key, new Site(at)), module.lookup(target.path[0]!)),
    samples: () => samples.map((s) => module.evaluate(slice.statements[0]!, literal(s))),
    receiver: () => undefined,
    giveClass: () => undefined,
    steps: 3e6,
    raw,
    shapes,
  });
}

export function staged(text: string, name: string, samples: readonly unknown[] = [], raw = false): Program {
  const result = stageText(text, name, samples, raw);
  if ('problem' in result) throw new Error(`${result.problem.id} ${result.problem.message}`);
  return result.program;
}
